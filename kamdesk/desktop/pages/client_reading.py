"""Start here: what somebody who takes a client over reads first, and why; put away by one click (D15)."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QWidget

from kamdesk.desktop.desk import Desk
from kamdesk.desktop.pages.people_keyed import Keyed
from kamdesk.desktop.pages.people_words import shown_name
from kamdesk.desktop.widgets.basic import IconLabel, button, label
from kamdesk.desktop.widgets.private import mark_private
from kamdesk.desktop.widgets.section import Section
from kamdesk.desktop.widgets.tab_order import take_place

if TYPE_CHECKING:
    from kamdesk.services.reading_order import ReadingOrder, ReadingStep


class StartHere(Section):
    """Hidden until it is asked for; ``open_place(place)`` goes where a step leads."""

    def __init__(self, desk: Desk, open_place: Callable[[str], object]) -> None:
        kit = desk.kit
        _ = kit.words.gettext
        super().__init__(kit, lambda: _("Start here"))
        self._desk, self._client = desk, ""
        self._asked: set[str] = set()
        self._order: ReadingOrder | None = None
        self.done_button = button(kit, lambda: _("I know this client"), "ok", "link", self._dismiss)
        self.tools.addWidget(self.done_button)
        self.list = Keyed(lambda item: _StepLine(desk, open_place, item), spacing=2)
        self.body.addWidget(self.list)
        mark_private(self)
        self.hide()

    def show_order(self, client: str, order: ReadingOrder) -> None:
        """What is to be read about a client."""
        self._client, self._order = client, order
        if order.dismissed:
            self._asked.discard(client)
        asked = client in self._asked
        self.list.show_items(order.steps if asked else ())
        self.setVisible(asked)

    def ask(self) -> None:
        """Show it for this client until it is put away."""
        self._asked.add(self._client)
        self.list.show_items(self._order.steps if self._order is not None else ())
        self.show()
        take_place(self)
        rows = self.list.rows()
        if rows:
            rows[0].setFocus(Qt.FocusReason.OtherFocusReason)

    def _dismiss(self) -> None:
        client, reading = self._client, self._desk.workplace.reading
        self._asked.discard(client)
        self.hide()
        self.kit.commands.run(lambda: reading.dismiss(client))


class _StepLine(QWidget):
    def __init__(self, desk: Desk, open_place: Callable[[str], object], item: ReadingStep) -> None:
        super().__init__()
        kit = desk.kit
        self._kit, self._item = kit, item
        self.picture = IconLabel(kit, item.icon, 20, "accent_text")
        self.name = button(kit, lambda: "", "", "link", lambda: open_place(self._item.place))
        self.reason = label(kit, look="caption")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.picture)
        row.addWidget(self.name)
        row.addWidget(self.reason)
        row.addStretch(1)
        self.setFocusProxy(self.name)
        kit.words.bind(self, lambda: self.show_item(self._item))

    def show_item(self, item: ReadingStep) -> None:
        """Show another state of it."""
        self._item = item
        reason = self._kit.words.message(item.reason)
        title = item.title
        if item.name is not None:
            title = " · ".join(part for part in (shown_name(item.name), item.title) if part)
        # where the reason says it all, it is what is pressed
        self.name.setText((title or reason).replace("&", "&&"))
        self.reason.setText(reason if title else "")
        self.reason.setVisible(bool(title))
        self.picture.set_icon(item.icon, "accent_text")
