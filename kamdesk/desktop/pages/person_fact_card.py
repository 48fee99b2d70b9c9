"""One thing known of a person: its words, and quietly below them kind, source, age, review and who may see it, each a click away."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QMenu, QPushButton, QVBoxLayout, QWidget

from kamdesk.desktop.desk import Desk
from kamdesk.desktop.pages.people_keyed import bare
from kamdesk.desktop.pages.people_words import Said
from kamdesk.desktop.pages.person_guard import GuardQuestion
from kamdesk.desktop.pages.unfolding import UnfoldingRow
from kamdesk.desktop.widgets.basic import IconLabel, button, columns, label, set_look, tool_button
from kamdesk.desktop.widgets.field_place import mark_field, mark_row
from kamdesk.desktop.widgets.flow import FlowLayout
from kamdesk.desktop.widgets.inline_choice import InlineChoice
from kamdesk.desktop.widgets.inline_text import InlineDate, InlineLongText, InlinePartialDate, InlineText
from kamdesk.desktop.widgets.section import Card, FieldList
from kamdesk.model.messages import Message

if TYPE_CHECKING:
    from kamdesk.services.facts import FactView

_ICONS: Final = {
    "birthday": "calendar", "anniversary": "calendar", "name_day": "calendar", "other_date": "calendar",
    "professional_holiday": "calendar", "topic_avoid": "warning", "topic_good": "capture", "hobby": "star",
    "family": "people", "career": "seat", "values": "ok-circle", "education": "library", "favourite": "star",
}  # fmt: skip


class FactRow(UnfoldingRow):
    """A card; the pencil opens all of its fields in its place. ``show_kind`` where the heading above does not say it."""

    def __init__(self, desk: Desk, said: Said, item: FactView, *, show_kind: bool = True) -> None:
        super().__init__()
        self._desk, self._said, self._item, self._show_kind = desk, said, item, show_kind
        self._room = QVBoxLayout(self)
        self._room.setContentsMargins(0, 0, 0, 0)
        self._card = self._make_card()
        self._room.addWidget(self._card)
        self.setFocusProxy(self.edit_button)
        desk.kit.words.bind(self, lambda: self.show_item(self._item))

    # --- the card ---------------------------------------------------------------------------------------------

    def _make_card(self) -> Card:
        kit, _ = self._desk.kit, self._desk.kit.words.gettext
        card = Card(kit)
        set_look(card, "fact")
        card.setSizePolicy(card.sizePolicy().Policy.Preferred, card.sizePolicy().Policy.Preferred)
        card.body.setContentsMargins(12, 6, 6, 4)
        self.icon = IconLabel(kit, "fact", 20)
        self.words = label(kit, wrap=True)
        self.words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.edit_button = tool_button(
            kit, lambda: _("Change: {what}").format(what=self._said_words()), "edit", self.edit
        )
        self.meta: dict[str, QPushButton] = {
            "kind": self._meta(lambda: self._choose("kind", "fact_kind")),
            "source_kind": self._meta(lambda: self._choose("source_kind", "confidence")),
            "noted_on": self._meta(lambda: self.edit("noted_on")),
            "review_by": self._meta(lambda: self.edit("review_by")),
            "sensitivity": self._meta(lambda: self._choose("sensitivity", "sensitivity")),
        }
        quiet = QWidget()
        flow = FlowLayout(quiet)
        flow.setSpacing(0)
        for made in self.meta.values():
            flow.addWidget(made)
        self.stale = QWidget()
        self.stale_words = label(kit, look="caption", wrap=True)
        again = QHBoxLayout(self.stale)
        again.setContentsMargins(4, 0, 0, 0)
        again.setSpacing(6)
        again.addWidget(IconLabel(kit, "clock", 16, "warning"))
        again.addWidget(self.stale_words, 1)
        again.addWidget(button(kit, lambda: _("Still true"), "ok", "link", self.confirm))
        row = QHBoxLayout()
        row.setSpacing(10)
        row.addWidget(self.icon, 0, Qt.AlignmentFlag.AlignTop)
        words = QVBoxLayout()
        words.setSpacing(1)
        words.addWidget(self.words)
        words.addWidget(quiet)
        words.addWidget(self.stale)
        row.addLayout(words, 1)
        row.addWidget(self.edit_button, 0, Qt.AlignmentFlag.AlignTop)
        card.body.addLayout(row)
        return card

    def _meta(self, on_click: Callable[[], object]) -> QPushButton:
        made = button(self._desk.kit, lambda: "", "", "meta", on_click)
        made.setAutoDefault(False)
        return made

    def show_item(self, item: FactView) -> None:
        """Show another state of it; an open form keeps what is being typed."""
        self._item = item
        mark_row(self, "fact", item.id, **self._editors)
        for name, editor in self._editors.items():
            editor.set_value(getattr(item, name))
        _, said = self._desk.kit.words.gettext, self._said
        avoid, stale = item.kind == "topic_avoid", item.stale
        self.icon.set_icon(
            _ICONS.get(item.kind, "fact"),
            "warning" if avoid else "success" if item.kind == "topic_good" else "icon",
        )
        self.words.setText(self._said_words())
        source = " · ".join(
            part for part in (said.label("confidence", item.source_kind), item.source) if part
        )
        review = said.day(item.review_by) if item.review_by else ""
        texts = {
            "kind": said.label("fact_kind", item.kind),
            "source_kind": source or _("how do we know?"),
            "noted_on": said.ago(item.noted_on) or _("since when?"),
            "review_by": _("check by {day}").format(day=review) if review else _("no review"),
            "sensitivity": said.label("sensitivity", item.sensitivity),
        }
        names = {
            "kind": _("About"), "source_kind": _("How we know"), "noted_on": _("Noted on"),
            "review_by": _("Check again by"), "sensitivity": _("May be shown to"),
        }  # fmt: skip
        for name, made in self.meta.items():
            made.setText(texts[name].replace("&", "&&"))
            made.setAccessibleName(f"{names[name]}: {texts[name]}")
            made.setToolTip(names[name])
        self.meta["kind"].setVisible(self._show_kind)
        self.meta["review_by"].setVisible(bool(review) and not stale)
        self.stale_words.setText(
            _("Noted {age}: is it still so?").format(age=said.ago(item.noted_on))
            if item.noted_on
            else _("Is it still so?")
        )
        self.stale.setVisible(stale)
        self.edit_button.setAccessibleName(_("Change: {what}").format(what=self._said_words()))

    def _said_words(self) -> str:
        item, kit = self._item, self._desk.kit
        date = kit.typed.show_partial_date(item.date) if item.date is not None else ""
        return ": ".join(part for part in (date, item.text) if part)

    def _choose(self, name: str, vocabulary: str) -> None:
        made = self.meta[name]
        menu = QMenu(made)
        chosen = getattr(self._item, name)
        for option in self._said.options(vocabulary):
            if option.code == "birthday" and name == "kind" and chosen != "birthday":
                continue  # a person has one birthday, in a field of its own
            action = menu.addAction(option.label)
            action.setCheckable(True)
            action.setChecked(option.code == chosen)
            action.triggered.connect(lambda _on=False, code=option.code: self._set(name, code))
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(made.mapToGlobal(made.rect().bottomLeft()))

    def _set(self, name: str, value: str) -> None:
        facts, fact = self._desk.workplace.facts, self._item.id
        self._desk.kit.commands.run(lambda: facts.change(fact, **{name: value}))

    def confirm(self) -> None:
        """Still true: noted today."""
        facts, fact = self._desk.workplace.facts, self._item.id
        self._desk.kit.commands.run(lambda: facts.confirm(fact))

    # --- the form ---------------------------------------------------------------------------------------------

    def edit(self, first: str = "text") -> None:
        """Open the fields, and go into one."""
        if self._fields is not None:
            return
        kit, said, place = self._desk.kit, self._said, self._desk.workplace
        _ = kit.words.gettext
        self._card.hide()
        self._fields = QWidget()
        column = QVBoxLayout(self._fields)
        column.setContentsMargins(0, 0, 0, 4)
        self._editors = {
            "text": InlineLongText(kit, lambda: _("What we know"), self._save_text),
            "kind": InlineChoice(
                kit, lambda: _("About"), lambda: said.options("fact_kind"), self._saver("kind"), required=True
            ),
            "date": InlinePartialDate(kit, lambda: _("Date"), self._saver("date")),
            "source_kind": InlineChoice(
                kit, lambda: _("How we know"), lambda: said.options("confidence"), self._saver("source_kind")
            ),
            "source": InlineText(kit, lambda: _("Source"), self._saver("source")),
            "noted_on": InlineDate(kit, lambda: _("Noted on"), self._saver("noted_on")),
            "review_by": InlineDate(kit, lambda: _("Check again by"), self._saver("review_by")),
            "sensitivity": InlineChoice(
                kit, lambda: _("May be shown to"), lambda: said.options("sensitivity"), self._saver("sensitivity"),
                required=True,
            ),
        }  # fmt: skip
        self.question = GuardQuestion(kit, self._back_to_words, self._store_anyway, self._forget_words)
        fields = FieldList(kit)
        for name, editor in self._editors.items():
            editor.set_value(getattr(self._item, name))
            bare(editor)
            mark_field(editor, name)
            fields.add(editor, always=name not in ("date", "source"))
        column.addWidget(fields)
        column.addWidget(self.question)
        fact = self._item.id
        column.addLayout(
            columns(
                button(kit, lambda: _("Done"), "ok", "", self.close_fields),
                button(kit, lambda: _("Still true"), "refresh", "quiet", self.confirm),
                button(
                    kit, lambda: _("Delete"), "trash", "quiet",
                    lambda: kit.commands.run(lambda: place.records.delete("fact", fact)),
                ),
                1,
            )
        )  # fmt: skip
        self._room.addWidget(self._fields)
        if first in ("noted_on", "review_by"):
            fields.refresh()
        self._editors[first].focus()

    def folded(self) -> None:
        """Show the line again."""
        self._card.show()
        self.show_item(self._item)

    def _save_text(self, text: str, *, sure: bool = False) -> None:
        editor, facts, fact = self._editors["text"], self._desk.workplace.facts, self._item.id

        def refused(problem: Message) -> None:
            editor.show_problem(problem)
            self.question.setVisible(problem.code.startswith("guard."))

        self._desk.kit.commands.run(
            lambda: facts.edit(fact, text, visit=editor.visit, ask=not sure),
            lambda _warning: self.question.hide(),
            failed=refused,
            owner=editor,
        )

    def _back_to_words(self) -> None:
        self.question.hide()
        self._editors["text"].focus()

    def _store_anyway(self) -> None:
        editor = self._editors["text"]
        words = editor.text.toPlainText().strip()  # type: ignore[attr-defined]
        self.question.hide()
        facts, fact = self._desk.workplace.facts, self._item.id

        def stored(_warning: object) -> None:
            editor.restore()
            editor.set_value(words)

        self._desk.kit.commands.run(
            lambda: facts.edit(fact, words), stored, failed=editor.show_problem, owner=editor
        )

    def _forget_words(self) -> None:
        self.question.hide()
        self._editors["text"].restore()

    def _saver(self, name: str) -> Any:
        def save(value: object) -> None:
            editor, facts, fact = self._editors[name], self._desk.workplace.facts, self._item.id
            self._desk.kit.commands.run(
                lambda: facts.change(fact, visit=editor.visit, **{name: value}),
                failed=editor.show_problem,
                owner=editor,
            )

        return save
