"""Who of us knows this person, and the way to the matrix of the client (D13). Private."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from kamdesk.desktop.desk import Desk
from kamdesk.desktop.kit import Kit
from kamdesk.desktop.pages.people_keyed import Keyed
from kamdesk.desktop.pages.people_words import Said, shown_name
from kamdesk.desktop.widgets.basic import button, label
from kamdesk.desktop.widgets.judgement import paint_step
from kamdesk.desktop.widgets.private import mark_private
from kamdesk.desktop.widgets.section import Section

if TYPE_CHECKING:
    from kamdesk.services.acquaintances import KnownBy
    from kamdesk.services.people_views import PersonCard


class KnownBySection(Section):
    """``go(kind, id)`` opens the matrix."""

    def __init__(self, desk: Desk, said: Said, go: Callable[[str, str], object]) -> None:
        kit, _ = desk.kit, desk.kit.words.gettext
        super().__init__(kit, lambda: _("Who of us knows them"))
        self._client = ""
        self.open_button = button(
            kit, lambda: _("Who knows whom"), "table", "link", lambda: go("who_knows", self._client)
        )
        self.tools.addWidget(self.open_button)
        self.list = Keyed(lambda item: _Row(desk, said, item), lambda item: item.colleague_id, spacing=2)
        self.nothing = label(kit, lambda: _("None of us yet, as far as it was said."), "muted", wrap=True)
        self.body.addWidget(self.list)
        self.body.addWidget(self.nothing)
        mark_private(self)

    def show_card(self, card: PersonCard) -> None:
        """Show who knows a person."""
        self._client = next((post.organisation_id for post in card.posts if not post.is_former), "")
        self.open_button.setVisible(bool(self._client))
        self.list.show_items(card.known_by)
        self.nothing.setVisible(not card.known_by)


class _Row(QWidget):
    def __init__(self, desk: Desk, said: Said, item: KnownBy) -> None:
        super().__init__()
        self._desk, self._said, self._item = desk, said, item
        self.mark = StrengthMark(desk.kit)
        self.words = label(desk.kit, wrap=True)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.mark)
        row.addWidget(self.words, 1)
        desk.kit.words.bind(self, lambda: self.show_item(self._item))

    def show_item(self, item: KnownBy) -> None:
        """Show another state of it."""
        self._item = item
        kit, _ = self._desk.kit, self._desk.kit.words.gettext
        since = kit.typed.show_partial_date(item.since) if item.since else ""
        parts = [
            f"{shown_name(item.name)}: {how_well(kit, item.strength)}",
            _("since {day}").format(day=since) if since else "",
            item.note,
        ]
        self.words.setText(" · ".join(part for part in parts if part))
        self.mark.show_strength(item.strength)


class StrengthMark(QWidget):
    """Rising bars for how well somebody is known."""

    def __init__(self, kit: Kit) -> None:
        super().__init__()
        self._kit, self._strength = kit, 0
        self.setFixedSize(kit.theme.px(22), kit.theme.px(22))

    def show_strength(self, strength: int) -> None:
        """Show 0 to 3."""
        self._strength = strength
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint_step(painter, self._kit, "influence", self._strength, self._strength > 0, QRectF(self.rect()))


def how_well(kit: Kit, strength: int) -> str:
    """How well one of us knows somebody, in words."""
    _ = kit.words.gettext
    return (_("do not know each other"), _("slightly"), _("well"), _("closely"))[max(0, min(strength, 3))]
