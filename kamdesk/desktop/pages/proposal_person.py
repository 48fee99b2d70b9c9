"""The card of a reader beside the work: who they are, what matters to them, what they were told. It covers the preview until it is closed."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from kamdesk.desktop.kit import Kit
from kamdesk.desktop.pages.proposal_words import ProposalWords
from kamdesk.desktop.widgets.basic import Say, button, clear, label, tool_button
from kamdesk.desktop.widgets.cards import Avatar
from kamdesk.desktop.widgets.private import mark_private
from kamdesk.desktop.widgets.scroll import scrolling
from kamdesk.model.written import write_date
from kamdesk.services.people_views import PersonCard

_MOST_TOLD = 5


class ReaderPanel(QWidget):
    """``closed()``: back to the pages. ``open_asked(person id)``: the whole page of the person."""

    closed = Signal()
    open_asked = Signal(str)

    def __init__(self, kit: Kit, words: ProposalWords) -> None:
        super().__init__()
        self._kit = kit
        self._words = words
        self._card: PersonCard | None = None
        _ = kit.words.gettext
        head = QHBoxLayout()
        head.addWidget(label(kit, lambda: _("Card"), "heading"), 1)
        self.close_button = tool_button(kit, lambda: _("Back to the pages"), "close", self.closed.emit)
        head.addWidget(self.close_button)
        inner = QWidget()
        room = QVBoxLayout(inner)
        room.setContentsMargins(0, 0, 4, 0)
        self._column = QVBoxLayout()
        room.addLayout(self._column)
        room.addStretch(1)
        scroll = scrolling(inner)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addLayout(head)
        outer.addWidget(scroll, 1)
        mark_private(self)
        kit.words.bind(self, self._fill)

    def show_card(self, card: PersonCard) -> None:
        """Show another person."""
        self._card = card
        self._fill()

    def _fill(self) -> None:
        clear(self._column)
        card, kit, _ = self._card, self._kit, self._kit.words.gettext
        if card is None:
            return
        name = self._words.name(card.name)
        self._column.addWidget(Avatar(kit, name, size=56))
        self._line(lambda: name, "heading")
        for post in card.posts[:1]:
            self._line(
                lambda post=post: " · ".join(
                    part for part in (post.title, post.unit, post.organisation) if part
                ),
                "muted",
            )
        if card.address_form:
            self._pair(lambda: _("How to address"), card.address_form)
        self._pair(lambda: _("Type"), self._words.label("lens", card.lens))
        ranked = [
            f"{rank}. {self._words.label('criteria', code)}"
            for rank, code in enumerate(card.criteria, start=1)
        ]
        if ranked:
            self._pair(lambda: _("What matters"), "\n".join(ranked))
        parts = dict.fromkeys(code for codes in card.parts.values() for code in codes)
        if parts:
            self._pair(
                lambda: _("Part in the decision"),
                ", ".join(self._words.label("part", code) for code in parts),
            )
        if card.last_contact is not None:
            self._pair(lambda: _("Last contact"), write_date(card.last_contact, kit.words.language))
        for contact in card.contacts[:3]:
            self._pair(lambda contact=contact: self._words.label("contact_kind", contact.kind), contact.value)
        if card.told:
            told = [
                f"• {one.text}"
                + (f" ({write_date(one.on, kit.words.language)})" if one.on is not None else "")
                for one in card.told[:_MOST_TOLD]
            ]
            self._pair(lambda: _("Already told"), "\n".join(told))
        self._column.addWidget(
            button(kit, lambda: _("Open the person"), "person", "", lambda: self.open_asked.emit(card.id)),
            0,
            Qt.AlignmentFlag.AlignLeft,
        )

    def _pair(self, say: Say, text: str) -> None:
        self._line(say, "caption")
        self._line(lambda: text, "")

    def _line(self, say: Say, look: str) -> None:
        made = label(self._kit, say, look, wrap=True)
        made.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._column.addWidget(made)
