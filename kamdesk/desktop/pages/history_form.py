"""Where an interaction is written down or planned: opens above the timeline, saves with one step."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime, time

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from kamdesk.desktop.desk import Desk
from kamdesk.desktop.kit import Kit, Option
from kamdesk.desktop.pages.people_words import Said
from kamdesk.desktop.widgets.basic import button, columns, label
from kamdesk.desktop.widgets.inline_base import InlineEditor
from kamdesk.desktop.widgets.inline_choice import InlineChoice, InlineCodes
from kamdesk.desktop.widgets.inline_text import InlineDate, InlineLongText, InlineText, InlineTyped
from kamdesk.desktop.widgets.section import Section
from kamdesk.model.messages import KamdeskError, Message
from kamdesk.model.written import write_date
from kamdesk.services.interactions import InteractionData


def read_moment(text: str, today: date) -> datetime:
    """A day with or without a time. Raises KamdeskError ``typed.date``."""
    from kamdesk.rules.typed import parse_date, parse_moment

    moment = parse_moment(text, today)
    if moment is not None:
        return moment
    day = parse_date(text, today)
    if day is None:
        raise KamdeskError("typed.date")
    return datetime.combine(day, time())


def show_moment(value: datetime, language: str) -> str:
    """A moment as :func:`read_moment` reads it back."""
    day = write_date(value.date(), language)
    return day if (value.hour, value.minute) == (0, 0) else f"{day} {value:%H:%M}"


def moment_editor(
    kit: Kit, said: Said, say: Callable[[], str], save: Callable[[datetime | None], object] | None = None
) -> InlineTyped:
    """A line for day and time as people type them."""
    return InlineTyped(
        kit,
        say,
        lambda text: read_moment(text, said.today()),
        lambda value: show_moment(value, said.language),
        save,
        placeholder=lambda: kit.words.gettext("tomorrow at 10, 15 March 14:30"),
    )


class InteractionForm(Section):
    """``closed()`` when it was saved or put away. Esc on an empty form and the button put it away."""

    closed = Signal()

    def __init__(self, desk: Desk, said: Said) -> None:
        _ = desk.kit.words.gettext
        self._planning = False
        super().__init__(
            desk.kit, lambda: _("Plan a meeting or a call") if self._planning else _("Log what happened")
        )
        self._desk, self._said = desk, said
        self._client: str | None = None
        self._people: tuple[Option, ...] = ()
        kit = desk.kit
        self.kind = InlineChoice(kit, lambda: _("Kind"), lambda: said.options("interaction"), required=True)
        self.when = moment_editor(kit, said, lambda: _("When"))
        self.people = InlineCodes(kit, lambda: _("With whom"), lambda: self._people)
        self.purpose = InlineText(kit, lambda: _("Purpose"))
        self.place = InlineText(kit, lambda: _("Where"))
        self.aim_ideal = InlineText(kit, lambda: _("Best result"))
        self.aim_minimum = InlineText(kit, lambda: _("Least result"))
        self.outcome = InlineLongText(kit, lambda: _("Outcome"))
        self.step = InlineText(kit, lambda: _("Next step"))
        self.step_on = InlineDate(kit, lambda: _("Next step on"))
        self._labels: dict[QWidget, QWidget] = {}
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(6)
        grid.setColumnStretch(1, 1)
        for at, editor in enumerate(self._editors()):
            name = label(kit, editor.label_text, "muted", buddy=editor)
            name.setContentsMargins(0, 6, 0, 0)
            grid.addWidget(name, at, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(editor, at, 1)
            self._labels[editor] = name
        self.body.addLayout(grid)
        self.problem = label(kit, look="error", wrap=True)
        self.problem.hide()
        self.body.addWidget(self.problem)
        self.save_button = button(kit, lambda: _("Save"), "", "primary", self._save)
        self.cancel_button = button(kit, lambda: _("Cancel"), on_click=self.close_form)
        self.body.addLayout(columns(self.save_button, self.cancel_button, 1))
        self.hide()

    def start(
        self, client: str | None, people: Sequence[Option], *, planning: bool, with_person: str = ""
    ) -> None:
        """Open it for a client; what was begun and not saved stays."""
        if self.isHidden() or client != self._client or planning != self._planning:
            for editor in self._editors():
                editor.set_value(() if editor is self.people else None)
            self.kind.set_value("meeting")
            self.people.set_value((with_person,) if with_person else ())
        self._client, self._people, self._planning = client, tuple(people), planning
        self.people.chips.set_values(self.people.value() or ())
        self.people.chips._rebuild()  # noqa: SLF001 (the choices are the people of this client)
        _ = self.kit.words.gettext
        self.heading.setText(_("Plan a meeting or a call") if planning else _("Log what happened"))
        for editor in (self.outcome, self.step, self.step_on, self.aim_ideal, self.aim_minimum):
            shown = planning == (editor in (self.aim_ideal, self.aim_minimum))
            editor.setVisible(shown)
            self._labels[editor].setVisible(shown)
        if not planning and self.when.value() is None:
            self.when.set_value(datetime.combine(self._said.today(), time()))
        self._tell("")
        self.show()
        self.purpose.focus()

    def close_form(self) -> None:
        """Put it away without saving."""
        for editor in self._editors():
            editor.restore()
        self.hide()
        self.closed.emit()

    def _editors(self) -> tuple[InlineEditor, ...]:
        return (
            self.kind, self.when, self.people, self.purpose, self.place, self.aim_ideal, self.aim_minimum,
            self.outcome, self.step, self.step_on,
        )  # fmt: skip

    def _save(self) -> None:
        if not all(editor.flush() for editor in self._editors()):
            return
        data = InteractionData(
            organisation_id=self._client,
            kind=self.kind.value() or "meeting",
            starts_at=self.when.value(),
            place=self.place.value() or "",
            purpose=self.purpose.value() or "",
            outcome="" if self._planning else self.outcome.value() or "",
            next_step="" if self._planning else self.step.value() or "",
            next_step_on=None if self._planning else self.step_on.value(),
            person_ids=tuple(self.people.value() or ()),
            aim_ideal=self.aim_ideal.value() or "" if self._planning else "",
            aim_minimum=self.aim_minimum.value() or "" if self._planning else "",
        )
        interactions = self._desk.workplace.interactions
        work = interactions.plan if self._planning else interactions.log
        self.save_button.setEnabled(False)
        self.kit.commands.run(lambda: work(data), self._saved, self._refused, owner=self)

    def _saved(self, _id: object) -> None:
        self.save_button.setEnabled(True)
        self.hide()
        self.closed.emit()

    def _refused(self, problem: Message) -> None:
        self.save_button.setEnabled(True)
        self._tell(self.kit.words.message(problem))

    def _tell(self, words: str) -> None:
        self.problem.setText(words)
        self.problem.setVisible(bool(words))
