"""What Today looks like: the day, a line to write something down, and the cards in their groups."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from kamdesk.desktop.kit import Kit
from kamdesk.desktop.pages.people_keyed import Keyed
from kamdesk.desktop.widgets.basic import Say, button, columns, label, set_look
from kamdesk.desktop.widgets.cards import EmptyState
from kamdesk.desktop.widgets.page import PageBase
from kamdesk.rules.agenda import GROUPS, AgendaItem

_AT_ONCE: Final = 12
"""Cards of a group that are made at first; each makes a dozen widgets, and nobody works through more at a glance."""


class Group(QWidget):
    """A heading with a count and its cards; the rest of a long group comes on request."""

    def __init__(self, kit: Kit, say: Say, make: Callable[[AgendaItem], QWidget]) -> None:
        super().__init__()
        _, ngettext = kit.words.gettext, kit.words.ngettext
        self._items: Sequence[AgendaItem] = ()
        self._shown = _AT_ONCE
        self._n = 0
        self.heading = label(kit, look="heading")
        self.list = Keyed(make, key=lambda item: item.key, spacing=6)
        self.more = button(kit, lambda: "", "down", "link", self._more)
        kit.words.bind(self.heading, lambda: self.heading.setText(f"{say()} · {len(self._items)}"))

        def say_more() -> None:
            n = max(0, len(self._items) - self._shown)
            self.more.setText(ngettext("Show {n} more", "Show {n} more", n).format(n=n))

        self._say_more = say_more
        self._say_heading = lambda: self.heading.setText(f"{say()} · {len(self._items)}")
        kit.words.bind(self.more, say_more)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(self.heading)
        column.addWidget(self.list)
        column.addLayout(columns(self.more, 1))
        self.hide()

    def show_items(self, items: Sequence[AgendaItem]) -> None:
        """Show these cards."""
        self._items = items
        self.list.show_items(items[: self._shown])
        self._say_heading()
        self._say_more()
        self.more.setVisible(len(items) > self._shown)
        self.setVisible(bool(items))

    def _more(self) -> None:
        self._shown += 4 * _AT_ONCE
        self.show_items(self._items)


class TodayView(PageBase):
    """The looks; ``today`` holds the behaviour."""

    def __init__(
        self, kit: Kit, make: Callable[[AgendaItem], QWidget], make_off: Callable[[AgendaItem], QWidget]
    ) -> None:
        super().__init__(kit)
        _ = kit.words.gettext
        self.capture = QPushButton()
        set_look(self.capture, "box")
        self.capture.setIcon(kit.icons.icon("capture"))
        kit.words.bind(
            self.capture, lambda: self.capture.setText(_("Write down what happened or was promised (Ctrl+J)"))
        )
        self.dates_button = button(kit, lambda: _("Dates of the year"), "calendar", "quiet")
        self.add_head(self.dates_button)
        self.add_below_title(self.capture)
        names: dict[str, Say] = {
            "now": lambda: _("Now"),
            "overdue": lambda: _("Overdue"),
            "today": lambda: _("Today"),
            "week": lambda: _("This week"),
            "later": lambda: _("Later"),
        }
        self.groups = {group: Group(kit, names[group], make) for group in GROUPS}
        for group in self.groups.values():
            self.body.addWidget(group)
        self.off_button = button(kit, lambda: "", "clock", "link", self._turn_off)
        self.off_button.setCheckable(True)
        self.off = Group(kit, lambda: _("Put off"), make_off)
        self.nothing = EmptyState(
            kit,
            "ok-circle",
            lambda: _(
                "Meetings, birthdays, promises and next steps come up here by themselves when it is time."
            ),
            heading=lambda: _("Nothing is due"),
            first=lambda: _("Write something down"),
            on_first=self.capture.click,
        )
        self.beginning = EmptyState(
            kit,
            "today",
            lambda: _(
                "Here stands what is due and why: meetings, birthdays, promises, next steps. It begins with the first client."
            ),
            heading=lambda: _("Your day"),
            first=lambda: _("Add a client"),
            on_first=lambda: self.go("clients", "", "add"),
            other=lambda: _("Import"),
            on_other=lambda: self.go("import"),
        )
        for widget in (self.nothing, self.beginning):
            widget.hide()
            self.body.addWidget(widget)
        self.body.addLayout(columns(self.off_button, 1))
        self.body.addWidget(self.off)
        self.off_button.hide()

    def _turn_off(self) -> None:
        self.off.setVisible(self.off_button.isChecked())

    def cards(self) -> list[QWidget]:
        """The cards in the order in which they stand."""
        return [
            card
            for group in (*self.groups.values(), self.off)
            if group.isVisible()
            for card in group.list.rows()
        ]

    def step(self, card: QWidget, step: int) -> None:
        """Move the keyboard to the neighbour of a card."""
        cards = self.cards()
        at = cards.index(card) + step
        if 0 <= at < len(cards):
            cards[at].setFocus(Qt.FocusReason.TabFocusReason)
            if self._scroll is not None:
                self._scroll.ensureWidgetVisible(cards[at], 0, 24)
        elif at < 0:
            self.capture.setFocus(Qt.FocusReason.TabFocusReason)

    def panes(self) -> list[QWidget]:
        cards = self.cards()
        return [*cards[:1], self.capture] if cards else [self.capture]
