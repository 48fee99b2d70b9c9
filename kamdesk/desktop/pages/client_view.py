"""How the page of a client looks: a first line with the name, tabs, and what stands in each.

What stands in a tab is made when one first turns to it: a client of 200 people must not keep one waiting for all of them.
"""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable
from typing import Final, cast

from PySide6.QtWidgets import QBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from kamdesk.desktop.desk import Desk
from kamdesk.desktop.pages.client_decides import Decides
from kamdesk.desktop.pages.client_overview import Overview
from kamdesk.desktop.pages.client_proposals import ClientProposals
from kamdesk.desktop.pages.client_tabs import PANELS, TABS
from kamdesk.desktop.pages.history import History
from kamdesk.desktop.pages.history_notes import NotesSection
from kamdesk.desktop.pages.people_keyed import grows
from kamdesk.desktop.pages.people_title import title_editor
from kamdesk.desktop.pages.people_words import Said
from kamdesk.desktop.pages.promises import Promises
from kamdesk.desktop.widgets.basic import button
from kamdesk.desktop.widgets.hooks import Hooks
from kamdesk.desktop.widgets.page import PageBase
from kamdesk.desktop.widgets.panel import LatePanel
from kamdesk.desktop.widgets.scroll import in_column
from kamdesk.desktop.widgets.tabs import TabBar
from kamdesk.desktop.widgets.two_columns import TwoColumns
from kamdesk.services.promises import OURS, THEIRS


class ClientView(PageBase, metaclass=Hooks):
    """Tabs by their ids in :data:`TABS`; :meth:`show_tab` turns to one."""

    def __init__(self, desk: Desk, said: Said) -> None:
        super().__init__(desk.kit)
        kit, _ = desk.kit, desk.kit.words.gettext
        self.hide_title()
        self.name = title_editor(kit, lambda: _("Name of the client"))
        first_line = cast(QBoxLayout, self._head.itemAt(0).layout())
        first_line.insertWidget(0, self.name)
        self._caption.setContentsMargins(7, 0, 0, 0)
        self._caption.setWordWrap(True)
        self.start_button = button(
            kit, lambda: _("Start a proposal"), "proposals", "primary", lambda: self.start_proposal()
        )
        self.add_head(self.start_button)
        self.tabs = TabBar()
        self.tabs.add_keys(self)
        for _tab in TABS:
            self.tabs.addTab("")
        kit.words.bind(self.tabs, self._name_tabs)
        self.add_below_title(self.tabs)
        self._makers: Final[dict[str, Callable[[], QWidget]]] = {
            "overview": lambda: Overview(desk, said, self.go, self.turn_to),
            "decides": lambda: Decides(desk, said, lambda person: self.go("person", person)),
            "history": lambda: Past(desk, said),
            "proposals": lambda: ClientProposals(
                desk, said, lambda: self.start_proposal(), lambda row: self.go("proposal", row)
            ),
        }
        self._parts: Final[dict[str, QWidget]] = {}
        self.stack = QStackedWidget()
        self.panels = {tab: LatePanel(desk, spec) for tab, spec in PANELS.items()}
        for tab in TABS:
            self.stack.addWidget(self.panels[tab] if tab in self.panels else _Room())
        self.fill(self.stack)
        self.tabs.currentChanged.connect(self._turned)

    def _name_tabs(self) -> None:
        _ = self.kit.words.gettext
        words = {
            "overview": _("Overview"),
            "decides": _("Who decides"),
            "history": _("History"),
            "proposals": _("Proposals"),
        }
        for at, tab in enumerate(TABS):
            self.tabs.setTabText(at, words.get(tab) or _(PANELS[tab].title))
        self.tabs.setAccessibleName(_("Parts of the page"))

    # --- the parts: made when first asked for

    @property
    def overview(self) -> Overview:
        """The first tab."""
        return cast(Overview, self._part("overview"))

    @property
    def decides(self) -> Decides:
        """The grid and the tree."""
        return cast(Decides, self._part("decides"))

    @property
    def past(self) -> Past:
        """The timeline, promises and notes."""
        return cast(Past, self._part("history"))

    @property
    def history(self) -> History:
        """The timeline."""
        return self.past.history

    @property
    def ours(self) -> Promises:
        """What we promised."""
        return self.past.ours

    @property
    def theirs(self) -> Promises:
        """What they promised."""
        return self.past.theirs

    @property
    def notes(self) -> NotesSection:
        """The plain notes."""
        return self.past.notes

    @property
    def proposals(self) -> ClientProposals:
        """The tab of proposals."""
        return cast(ClientProposals, self._part("proposals"))

    def parts(self) -> tuple[str, ...]:
        """The tabs without a panel that were made already."""
        return tuple(self._parts)

    @abstractmethod
    def part_made(self, tab: str) -> None:
        """A part is there now and empty; the behaviour fills it."""

    def _part(self, tab: str) -> QWidget:
        if tab not in self._parts:
            made = self._parts[tab] = self._makers[tab]()
            cast(_Room, self.stack.widget(TABS.index(tab))).put(
                in_column(made) if tab in ("overview", "history") else made, made
            )
            self.part_made(tab)
        return self._parts[tab]

    @abstractmethod
    def start_proposal(self) -> None:
        """Begin a proposal; the behaviour does it."""

    @abstractmethod
    def turn_to(self, tab: str) -> None:
        """Turn to a tab, and to a form in it."""

    def show_tab(self, tab: str) -> None:
        """Turn to a tab without telling anybody."""
        at = TABS.index(tab) if tab in TABS else 0
        blocked = self.tabs.blockSignals(True)
        self.tabs.setCurrentIndex(at)
        self.tabs.blockSignals(blocked)
        self.stack.setCurrentIndex(at)
        self._turn_panel()

    def tab(self) -> str:
        """The shown tab."""
        return TABS[self.tabs.currentIndex()]

    def _turned(self, at: int) -> None:
        self.leave()
        self.stack.setCurrentIndex(at)
        self._turn_panel()

    def _turn_panel(self) -> None:
        room = self.stack.currentWidget()
        if isinstance(room, LatePanel):
            room.turn()
        else:
            self._part(self.tab())

    def panes(self) -> list[QWidget]:
        """The grid first where it is shown; elsewhere the tabs, so that no first key falls into a field."""
        if self.tab() == "decides":
            return [self.decides.grid, self.decides.tree, self.tabs]
        return [self.tabs, self.stack.currentWidget()]


class Past(TwoColumns):
    """What was: the timeline, and beside it promises and notes."""

    def __init__(self, desk: Desk, said: Said) -> None:
        super().__init__(desk.kit, (3, 2))
        self.history = History(desk, said)
        self.ours, self.theirs = Promises(desk, said, OURS), Promises(desk, said, THEIRS)
        self.notes = NotesSection(desk, said)
        self.left.addWidget(self.history)
        for card in (self.ours, self.theirs, self.notes):
            self.right.addWidget(grows(card))
        for column in (self.left, self.right):
            column.addStretch(1)


class _Room(QWidget):
    """The room of a part: empty until one turns to it."""

    def __init__(self) -> None:
        super().__init__()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)

    def put(self, content: QWidget, first: QWidget) -> None:
        """Fill the room; the keyboard comes to ``first``."""
        self._column.addWidget(content)
        if first.focusProxy() is not None:
            self.setFocusProxy(first)
