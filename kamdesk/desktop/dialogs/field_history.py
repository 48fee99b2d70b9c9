"""The history of one field: when it was changed, by which step, from what to what; one click takes an earlier value back."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from kamdesk.desktop.desk import Desk
from kamdesk.desktop.dialogs.base import DialogBase
from kamdesk.desktop.pages.people_words import Said
from kamdesk.desktop.widgets.basic import button, columns, label, set_look
from kamdesk.desktop.widgets.private import mark_private
from kamdesk.desktop.widgets.scroll import scrolling
from kamdesk.model.messages import Message
from kamdesk.model.values import Sensitivity
from kamdesk.services.field_history import FieldChange, FieldStory
from kamdesk.services.field_words import in_words


def show_history(desk: Desk, table: str, row_id: str, field: str) -> None:
    """Read the history of a field and show it."""
    place = desk.workplace

    def done(story: FieldStory) -> None:
        FieldHistoryDialog(desk, story).open()

    desk.kit.commands.run(lambda: place.field_history.of(table, row_id, field), done, owner=desk.window)


class FieldHistoryDialog(DialogBase):
    """Changes, the newest first."""

    def __init__(self, desk: Desk, story: FieldStory) -> None:
        kit = desk.kit
        _ = kit.words.gettext
        super().__init__(
            kit,
            lambda: _("History: {field}").format(field=_(story.label)),
            desk.window,
            cancel=lambda: _("Close"),
        )
        self._desk, self._story = desk, story
        self._said = Said(kit, desk.workplace.vocabularies, lambda: desk.workplace.store.now().date())
        self.setMinimumSize(kit.theme.px(620), kit.theme.px(360))
        self.body.addWidget(
            label(kit, lambda: f"{_(story.noun)}: {story.title}" if story.title else _(story.noun), "caption")
        )
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 0, 2, 0)
        column.setSpacing(8)
        column.setAlignment(Qt.AlignmentFlag.AlignTop)
        for change in story.changes:
            column.addWidget(self._row(change))
        if not story.changes:
            column.addWidget(
                label(kit, lambda: _("This field has not been changed yet."), "muted", wrap=True)
            )
        scroll = scrolling(inner)
        self.body.addWidget(scroll, 1)

    def _row(self, change: FieldChange) -> QFrame:
        kit, _ = self.kit, self.kit.words.gettext
        row = QFrame()
        set_look(row, "card")
        column = QVBoxLayout(row)
        column.setContentsMargins(12, 8, 12, 8)
        column.setSpacing(3)
        column.addWidget(label(kit, lambda: self._when(change), "caption", wrap=True))
        values = label(kit, lambda: self._values(change), wrap=True)
        values.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        column.addWidget(values)
        if change.before is not None:
            back = button(
                kit, lambda: _("Take the earlier value back"), "undo", "link", lambda: self._back(change)
            )
            back.setAutoDefault(False)
            kit.words.bind(
                back,
                lambda: back.setAccessibleName(
                    _("Take the earlier value back: {value}").format(value=self._before(change))
                ),
            )
            column.addLayout(columns(back, 1))
        if change.sensitivity is Sensitivity.PRIVATE:
            mark_private(row)
        return row

    def _when(self, change: FieldChange) -> str:
        _ = self.kit.words.gettext
        step = self.kit.words.message(change.step)
        if change.kind == "undo":
            step = _("Undone: {what}").format(what=step)
        elif change.kind == "redo":
            step = _("Done again: {what}").format(what=step)
        private = _("private") if change.sensitivity is Sensitivity.PRIVATE else ""
        return " · ".join(part for part in (self._said.moment(change.at), step, private) if part)

    def _before(self, change: FieldChange) -> str:
        return self._in_words(change.before or (), change.before_titles)

    def _values(self, change: FieldChange) -> str:
        after = self._in_words(change.after, change.after_titles)
        return after if change.before is None else f"{self._before(change)} → {after}"

    def _in_words(self, values: tuple[object, ...], titles: tuple[str, ...]) -> str:
        words = self.kit.words
        vocabularies = self._desk.workplace.vocabularies()
        said = in_words(self._story.specs, values, titles, words, vocabularies) if values else ""
        return said or words.gettext("(empty)")

    def _back(self, change: FieldChange) -> None:
        story, history = self._story, self._desk.workplace.field_history

        def failed(message: Message) -> None:
            self.tell(self.kit.words.message(message))

        self.kit.commands.run(
            lambda: history.take_back(story.table, story.row_id, story.field, change.id),
            lambda _none: self.accept(),
            failed,
            owner=self,
        )
