"""A person's place in the decision: type with its reason, parts in all deals and in one, what matters in order. Private."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QMenu, QVBoxLayout, QWidget

from kamdesk.desktop.desk import Desk
from kamdesk.desktop.kit import Option
from kamdesk.desktop.pages.people_keyed import Keyed
from kamdesk.desktop.pages.people_words import Said
from kamdesk.desktop.widgets.basic import button, columns, label
from kamdesk.desktop.widgets.field_place import mark_field
from kamdesk.desktop.widgets.inline_base import InlineEditor
from kamdesk.desktop.widgets.inline_choice import InlineChoice, InlineCodes
from kamdesk.desktop.widgets.private import mark_private
from kamdesk.desktop.widgets.section import Section
from kamdesk.rules import part_sets
from kamdesk.rules.seats import suggest_lens

if TYPE_CHECKING:
    from kamdesk.services.people_views import DealParts, PersonCard


class Matters(Section):
    """What is only suggested says so and why; one click goes back to it."""

    def __init__(self, desk: Desk, said: Said) -> None:
        kit, _ = desk.kit, desk.kit.words.gettext
        super().__init__(kit, lambda: _("In the decision"))
        self._desk, self._said = desk, said
        self._card: PersonCard | None = None
        self._client = ""
        self._buyer_set = "parts"
        self._opened: set[str] = set()
        people = desk.workplace.people
        self.lens = InlineChoice(
            kit, lambda: _("Type of stakeholder"), lambda: said.options("lens"),
            lambda value: self._run(lambda person: people.set_lens(person, value)),
            say_nothing=self._suggested,
        )  # fmt: skip
        mark_field(self.lens, "lens")
        self.reason = label(kit, look="caption", wrap=True)
        self.reason.setContentsMargins(8, 0, 0, 0)
        self.parts = InlineCodes(
            kit,
            lambda: _("Part in the decision"),
            lambda: self.part_options(self.parts_chosen()),
            self._save_parts,
        )
        self.deals = Keyed(lambda item: _DealRow(self, desk, item), lambda item: item.deal_id, spacing=4)
        self.deal_button = button(
            kit, lambda: _("Another part in one deal"), "add", "link", self._offer_deals
        )
        self.criteria = InlineCodes(
            kit, lambda: _("What matters"), lambda: said.options("criteria"), self._save_criteria, ranked=True
        )
        self.preset = label(kit, look="caption", wrap=True)
        self.preset.setContentsMargins(8, 0, 0, 0)
        self.back_to_preset = button(
            kit,
            lambda: _("Back to what is usual for the type"),
            "undo",
            "link",
            lambda: self._save_criteria(()),
        )
        self.body.addWidget(self._box(self.lens, self.reason))
        self._parts_box = self._box(self.parts, self.deals, link=self.deal_button)
        self.body.addWidget(self._parts_box)
        self.body.addWidget(self._box(self.criteria, self.preset, link=self.back_to_preset))
        mark_private(self)

    def show_card(self, card: PersonCard, buyer_set: str) -> None:
        """Show what is known of the person's place; ``buyer_set`` is the vault's choice of parts."""
        if self._card is None or self._card.id != card.id:
            self._opened = set()
        self._card, self._buyer_set = card, buyer_set
        present = next((post for post in card.posts if not post.is_former), None)
        self._client = present.organisation_id if present is not None else ""
        self.lens.retell()
        self.lens.set_value(card.own_lens)
        self._say_reasons()
        self.parts.set_value(card.parts.get(self._client, ()))
        self._parts_box.setVisible(bool(self._client))
        self._show_deals()
        self.criteria.set_value(card.criteria)

    def part_options(self, chosen: tuple[str, ...]) -> list[Option]:
        """The parts of the set the user works with, those for us, and whatever is chosen already."""
        items = self._said.vocabularies().items("part")
        groups = {item.code: str(item.extras.get("group", "")) for item in items}
        offered = part_sets.offered([item.code for item in items], groups, self._buyer_set)
        return [one for one in self._said.options("part") if one.code in offered or one.code in chosen]

    def parts_chosen(self) -> tuple[str, ...]:
        """The parts in all deals as stored."""
        return self._card.parts.get(self._client, ()) if self._card is not None else ()

    def save_deal_parts(self, deal: str, codes: tuple[str, ...], editor: InlineEditor) -> None:
        """Keep the parts in one deal."""
        people, client = self._desk.workplace.people, self._client
        self._opened.add(deal)
        self._run(lambda person: people.set_parts(person, client, codes, deal_id=deal), editor)

    def _suggested(self) -> str:
        _ = self.kit.words.gettext
        card = self._card
        title = (
            next((post.title for post in card.posts if not post.is_former and post.title), "") if card else ""
        )
        suggested = suggest_lens(title)
        if not suggested:
            return _("Not known")
        return _("{type} (by the job title)").format(type=self._said.label("lens", suggested))

    def _say_reasons(self) -> None:
        _, card = self.kit.words.gettext, self._card
        if card is None:
            return
        self.reason.setText(
            _("Suggested by the job title “{title}”; choose another where you know better.").format(
                title=card.lens_from
            )
            if card.lens_from
            else ""
        )
        self.reason.setVisible(bool(card.lens_from))
        usual = bool(card.criteria) and not card.own_criteria
        self.preset.setText(
            _("Usual for the type “{type}”; drag or Alt with arrows to rank.").format(
                type=self._said.label("lens", card.lens)
            )
            if usual
            else ""
        )
        self.preset.setVisible(usual)
        self.back_to_preset.setVisible(bool(card.own_criteria and card.lens))

    def _show_deals(self) -> None:
        if self._card is None:
            return
        deals = self._card.deal_parts
        self.deals.show_items([deal for deal in deals if deal.codes or deal.deal_id in self._opened])
        self.deal_button.setVisible(
            any(not deal.codes and deal.deal_id not in self._opened for deal in deals)
        )

    def _offer_deals(self) -> None:
        menu = QMenu(self.deal_button)
        for deal in self._card.deal_parts if self._card is not None else ():
            if not deal.codes and deal.deal_id not in self._opened:
                menu.addAction(deal.deal).triggered.connect(
                    lambda _checked=False, deal=deal.deal_id: self._open_deal(deal)
                )
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self.deal_button.mapToGlobal(self.deal_button.rect().bottomLeft()))

    def _open_deal(self, deal: str) -> None:
        self._opened.add(deal)
        self._show_deals()
        row = self.deals.row(deal)
        if row is not None:
            row.setFocus()

    def _box(self, editor: InlineEditor, *below: QWidget, link: QWidget | None = None) -> QWidget:
        box = QWidget()
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addWidget(label(self.kit, editor.label_text, "caption"))
        column.addWidget(editor)
        for widget in below:
            column.addWidget(widget)
        if link is not None:
            column.addLayout(columns(link, 1))
        return box

    def _run(self, change: Callable[[str], object], editor: InlineEditor | None = None) -> None:
        if self._card is not None:
            person = self._card.id
            failed = editor.show_problem if editor is not None else None
            self.kit.commands.run(lambda: change(person), failed=failed, owner=editor)

    def _save_parts(self, codes: tuple[str, ...]) -> None:
        people, client = self._desk.workplace.people, self._client
        self._run(lambda person: people.set_parts(person, client, codes), self.parts)

    def _save_criteria(self, codes: tuple[str, ...]) -> None:
        people = self._desk.workplace.people
        self._run(lambda person: people.set_criteria(codes, person_id=person), self.criteria)


class _DealRow(QWidget):
    """The parts in one deal."""

    def __init__(self, matters: Matters, desk: Desk, item: DealParts) -> None:
        super().__init__()
        self._item = item
        kit, _ = desk.kit, desk.kit.words.gettext
        self.parts = InlineCodes(
            kit,
            lambda: _("Part in the deal “{deal}”").format(deal=self._item.deal),
            lambda: matters.part_options(self._item.codes),
            lambda codes: matters.save_deal_parts(self._item.deal_id, codes, self.parts),
        )
        self.name = label(kit, look="caption", wrap=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 4, 0, 0)
        column.setSpacing(2)
        column.addWidget(self.name)
        column.addWidget(self.parts)
        self.setFocusProxy(self.parts.chips)
        kit.words.bind(self, lambda: self.show_item(self._item))

    def show_item(self, item: DealParts) -> None:
        """Show another state of it."""
        self._item = item
        self.name.setText(self.parts.label_text())
        self.parts.set_value(item.codes)
