"""The rows of a deal's card: competitors, people with their parts, linked proposals and interactions, notes."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QVBoxLayout, QWidget

from kamdesk.desktop.desk import Desk
from kamdesk.desktop.navigation.target import Target
from kamdesk.desktop.pages.history_notes import NotesSection
from kamdesk.desktop.pages.part_choice import part_options
from kamdesk.desktop.pages.people_words import Said, shown_name
from kamdesk.desktop.widgets.basic import button, columns, label, set_look, tool_button
from kamdesk.desktop.widgets.inline_choice import InlineCodes
from kamdesk.services.notes import NoteView

if TYPE_CHECKING:
    from kamdesk.desktop.pages.client_deal_card import DealCardView
    from kamdesk.services.deal_views import DealCard, DealMember, Rival


class DealNotes(NotesSection):
    """Notes on the deal itself."""

    def show_deal(self, card: DealCard) -> None:
        """Show those of one deal."""
        self.show_owner(deal_id=card.row.id)
        self.show_notes(
            tuple(NoteView(one.id, one.text, one.written_on, None, None, "private") for one in card.notes)
        )

    def _add(self, text: str) -> None:
        deals, deal = self._desk.workplace.deals, self._owner.get("deal_id", "")
        self.kit.commands.run(
            lambda: deals.add_note(deal, text),
            lambda _id: self.line.taken(),
            self.line.show_problem,
            owner=self.line,
        )


class RivalRow(QWidget):
    """A competitor who is after the same deal; the cross takes it off."""

    def __init__(self, desk: Desk, item: Rival) -> None:
        super().__init__()
        kit, deals = desk.kit, desk.workplace.deals
        _ = kit.words.gettext
        self._item = item
        self.name = button(
            kit,
            lambda: self._item.name,
            "organisation",
            "link",
            lambda: desk.window.navigate(Target("client", self._item.organisation_id)),
        )
        drop = tool_button(
            kit,
            lambda: _("Not a competitor here: {name}").format(name=self._item.name),
            "close",
            lambda: kit.commands.run(lambda: deals.drop_competitor(self._item.id)),
        )
        row = columns(self.name, 1, drop, spacing=2)
        self.setLayout(row)
        self.setFocusProxy(self.name)

    def show_item(self, item: Rival) -> None:
        """Show another state of it."""
        self._item = item
        self.name.setText(item.name.replace("&", "&&"))


class MemberRow(QWidget):
    """A person: name, what they are in general, and chips for this deal."""

    def __init__(self, card: DealCardView, desk: Desk, said: Said, item: DealMember) -> None:
        super().__init__()
        kit = desk.kit
        _ = kit.words.gettext
        self._said, self._item, self._words = said, item, kit.words
        self.name = button(
            kit,
            lambda: shown_name(self._item.name),
            "person",
            "link",
            lambda: desk.window.navigate(Target("person", self._item.id)),
        )
        self.general = label(kit, look="caption", wrap=True)
        self.general.setContentsMargins(8, 0, 0, 0)
        self.parts = InlineCodes(
            kit,
            lambda: _("Part in this deal: {name}").format(name=shown_name(self._item.name)),
            lambda: part_options(said, card.buyer_set, self._item.parts),
            lambda codes: card.set_parts(self._item.id, codes, self.parts),
        )
        self.add_button = tool_button(
            kit,
            lambda: _("Another part in this deal: {name}").format(name=shown_name(self._item.name)),
            "add",
            self._add_part,
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 6)
        column.setSpacing(2)
        column.addLayout(columns(self.name, 1, self.add_button, spacing=2))
        column.addWidget(self.general)
        column.addWidget(self.parts)
        self.setFocusProxy(self.name)
        kit.words.bind(self, lambda: self.show_item(self._item))

    def show_item(self, item: DealMember) -> None:
        """Show another state of them."""
        self._item = item
        _ = self._words.gettext
        self.name.setText(shown_name(item.name).replace("&", "&&"))
        usual = self._said.labels("part", item.general)
        parts = (item.title, _("usually: {parts}").format(parts=usual) if usual else "")
        self.general.setText(" · ".join(part for part in parts if part))
        self.general.setVisible(bool(self.general.text()))
        self.parts.set_value(item.parts)
        self.parts.setVisible(bool(item.parts))
        self.add_button.setVisible(not item.parts)

    def _add_part(self) -> None:
        self.parts.show()
        self.parts.chips.add_button.click()


class LinkedRow(QWidget):
    """A proposal or an interaction of the deal; the cross only unlinks it."""

    def __init__(
        self, desk: Desk, words: Callable[[Any], tuple[str, str, Target]], table: str, item: Any
    ) -> None:
        super().__init__()
        kit, deals = desk.kit, desk.workplace.deals
        _ = kit.words.gettext
        self._item, self._words = item, words
        self.name = button(
            kit, lambda: "", "proposals" if table == "proposal" else "meeting", "link",
            lambda: desk.window.navigate(self._words(self._item)[2]),
        )  # fmt: skip
        self.name.setMinimumWidth(kit.theme.px(80))  # a long one ends in … rather than push the card aside
        self.detail = label(kit, look="caption")
        drop = tool_button(
            kit,
            lambda: _("Not of this deal: {what}").format(what=self._words(self._item)[0]),
            "close",
            lambda: kit.commands.run(lambda: deals.unlink(table, self._item.id)),
        )
        self.setLayout(columns(self.name, self.detail, 1, drop, spacing=4))
        set_look(self, "")
        self.setFocusProxy(self.name)
        kit.words.bind(self, lambda: self.show_item(self._item))

    def show_item(self, item: Any) -> None:
        """Show another state of it."""
        self._item = item
        title, detail, _target = self._words(item)
        self.name.setText(title.replace("&", "&&"))
        self.detail.setText(detail)
