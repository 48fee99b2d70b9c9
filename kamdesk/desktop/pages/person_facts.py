"""What we know of a person: facts as cards with source and age; + asks for the text alone; the guard speaks, never refuses."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from kamdesk.desktop.desk import Desk
from kamdesk.desktop.pages.capture_line import AddLine
from kamdesk.desktop.pages.people_keyed import Keyed, grows
from kamdesk.desktop.pages.people_words import Said
from kamdesk.desktop.widgets.basic import button, columns, label
from kamdesk.desktop.widgets.cards import FactCard
from kamdesk.desktop.widgets.inline_base import InlineEditor
from kamdesk.desktop.widgets.inline_choice import Combo, InlineChoice
from kamdesk.desktop.widgets.inline_text import InlineLongText, InlinePartialDate
from kamdesk.desktop.widgets.private import mark_private
from kamdesk.desktop.widgets.section import FieldList, Section

if TYPE_CHECKING:
    from kamdesk.services.facts import Added, FactGroup, FactView

_ICONS = {
    "birthday": "calendar", "anniversary": "calendar", "name_day": "calendar", "other_date": "calendar",
    "professional_holiday": "calendar", "topic_avoid": "warning", "topic_good": "capture", "hobby": "star",
    "family": "people", "career": "seat",
}  # fmt: skip


class FactsSection(Section):
    """Private. Only the words are asked; the kind may be said beside."""

    def __init__(self, desk: Desk, said: Said) -> None:
        kit = desk.kit
        _ = kit.words.gettext
        super().__init__(
            kit, lambda: _("What we know"), add=lambda: _("Add a fact"), on_add=lambda: self.line.start()
        )
        self._desk, self._said, self._person = desk, said, ""
        self.line = AddLine(kit, lambda: _("What do you know? “Skis, was in Sheregesh in winter”"), self._add)
        self.line.typed.connect(self._guard)
        self.kind = Combo(kit)
        self.kind.setMaximumWidth(kit.theme.px(150))
        kit.words.bind(self.kind, self._fill)
        self.line.extras.addWidget(self.kind)
        self.list = Keyed(lambda item: FactRow(desk, said, item))
        self.nothing = label(
            kit,
            lambda: _("What they talk about gladly, what they avoid, what matters in their life."),
            "muted",
            wrap=True,
        )
        for widget in (self.line, self.list, self.nothing):
            self.body.addWidget(widget)
        mark_private(self)

    def show_facts(self, person: str, groups: Sequence[FactGroup]) -> None:
        """Show these of one person."""
        if person != self._person:
            self.line.close_line()
        self._person = person
        # the birthday has a field of its own at the top of the page
        birthday = ("", self._said.label("fact_kind", "birthday").casefold())
        facts = [
            fact
            for group in groups
            for fact in group.facts
            if group.kind != "birthday" or fact.text.casefold() not in birthday
        ]
        self.list.show_items(facts)
        self.nothing.setVisible(not facts)

    def _fill(self) -> None:
        chosen = self.kind.currentData() or "other"
        self.kind.clear()
        for option in self._said.options("fact_kind"):
            if option.code != "birthday":
                self.kind.addItem(option.label, option.code)
        self.kind.setCurrentIndex(max(0, self.kind.findData(chosen)))
        self.kind.setAccessibleName(self.kit.words.gettext("What it is about"))

    def _guard(self, text: str) -> None:
        warning = self._desk.workplace.facts.warning(text)
        self.line.show_hint(self.kit.words.message(warning) if warning else "")

    def _add(self, text: str) -> None:
        person, kind, facts = self._person, self.kind.currentData() or "other", self._desk.workplace.facts

        def done(added: Added) -> None:
            self.line.taken()
            if added.warning is not None:
                self.line.show_hint(self.kit.words.message(added.warning))

        self.kit.commands.run(
            lambda: facts.add(person, text, kind=kind), done, self.line.show_problem, owner=self.line
        )


class FactRow(QWidget):
    """A card; the pencil opens its fields in its place."""

    def __init__(self, desk: Desk, said: Said, item: FactView) -> None:
        super().__init__()
        self._desk, self._said, self._item = desk, said, item
        self._card: FactCard | None = None
        self._fields: QWidget | None = None
        self._editors: dict[str, InlineEditor] = {}
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(0, 0, 0, 0)
        desk.kit.words.bind(self, lambda: self.show_item(self._item))

    def show_item(self, item: FactView) -> None:
        """Show another state of it; an open form keeps what is being typed."""
        self._item = item
        if self._fields is not None:
            for name, editor in self._editors.items():
                editor.set_value(getattr(item, name))
            return
        had_focus = self._card is not None and self._card.isAncestorOf(self.focusWidget() or self)
        if self._card is not None:
            self._box.removeWidget(self._card)
            self._card.hide()
            self._card.deleteLater()
        self._card = grows(self._make_card(item))
        self._box.addWidget(self._card)
        if had_focus:
            self._card.setFocus(Qt.FocusReason.OtherFocusReason)

    def _make_card(self, item: FactView) -> FactCard:
        kit, said = self._desk.kit, self._said
        _ = kit.words.gettext
        warning = self._desk.workplace.facts.warning(item.text)
        date = kit.typed.show_partial_date(item.date) if item.date is not None else ""
        words = ": ".join(part for part in (date, item.text) if part)
        sources = [said.label("confidence", item.source_kind), item.source, said.ago(item.noted_on)]
        if item.stale:
            sources.append(_("check again"))
        source = " · ".join(part for part in sources if part)
        if warning is not None:
            source = "\n".join(part for part in (source, kit.words.message(warning)) if part)
        return FactCard(
            kit,
            words,
            lambda: source,
            kind=lambda: said.label("fact_kind", item.kind),
            icon="warning" if warning is not None else _ICONS.get(item.kind, "fact"),
            warn=warning is not None or item.stale or item.kind == "topic_avoid",
            on_open=self.edit,
        )

    def edit(self) -> None:
        """Open the fields."""
        kit, said, place = self._desk.kit, self._said, self._desk.workplace
        _ = kit.words.gettext
        if self._card is not None:
            self._card.hide()
        self._fields = QWidget()
        column = QVBoxLayout(self._fields)
        column.setContentsMargins(0, 0, 0, 4)
        fields = FieldList(kit)
        self._editors = {
            "text": InlineLongText(kit, lambda: _("What we know"), self._save_text),
            "kind": InlineChoice(
                kit, lambda: _("About"), lambda: said.options("fact_kind"), self._saver("kind"), required=True
            ),
            "date": InlinePartialDate(kit, lambda: _("Date"), self._saver("date")),
            "source_kind": InlineChoice(
                kit, lambda: _("How we know"), lambda: said.options("confidence"), self._saver("source_kind")
            ),
            "sensitivity": InlineChoice(
                kit,
                lambda: _("May be shown to"),
                lambda: said.options("sensitivity"),
                self._saver("sensitivity"),
                required=True,
            ),
        }
        for name, editor in self._editors.items():
            editor.set_value(getattr(self._item, name))
            fields.add(editor, always=name != "date")
        column.addWidget(fields)
        fact = self._item.id
        column.addLayout(
            columns(
                button(kit, lambda: _("Done"), "ok", "", self.close_fields),
                button(
                    kit, lambda: _("Still true"), "refresh", "quiet",
                    lambda: kit.commands.run(lambda: place.facts.confirm(fact)),
                ),
                button(
                    kit, lambda: _("Delete"), "trash", "quiet",
                    lambda: kit.commands.run(lambda: place.records.delete("fact", fact)),
                ),
                1,
            )
        )  # fmt: skip
        self._box.addWidget(self._fields)
        self._editors["text"].focus()

    def close_fields(self) -> None:
        """Back to the card."""
        if self._fields is None or not all(editor.flush() for editor in self._editors.values()):
            return
        fields, self._fields, self._editors = self._fields, None, {}
        self._box.removeWidget(fields)
        fields.hide()
        fields.deleteLater()
        self.show_item(self._item)

    def _save_text(self, text: str) -> None:
        editor, facts, fact = self._editors["text"], self._desk.workplace.facts, self._item.id
        self._desk.kit.commands.run(
            lambda: facts.edit(fact, text, visit=editor.visit), failed=editor.show_problem, owner=editor
        )

    def _saver(self, name: str) -> Any:
        def save(value: object) -> None:
            editor, records, fact = self._editors[name], self._desk.workplace.records, self._item.id
            self._desk.kit.commands.run(
                lambda: records.set("fact", fact, {name: value}, visit=editor.visit),
                failed=editor.show_problem,
                owner=editor,
            )

        return save
