"""A tab of a page that is made when one first turns to it and loads itself."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtWidgets import QVBoxLayout, QWidget

from kamdesk.desktop.desk import Desk
from kamdesk.desktop.widgets.hooks import Hooks
from kamdesk.store.changes import ChangeSet


class Panel(QWidget, metaclass=Hooks):
    """Base of such a tab. ``tables`` names what it shows: a change of them is told to :meth:`refresh`."""

    tables: tuple[str, ...] = ()

    @abstractmethod
    def open(self, owner: str, rest: str = "") -> None:
        """Show the record with the id ``owner``; ``rest`` is what followed the tab's id in the target (``files:<id>``)."""

    @abstractmethod
    def refresh(self, changes: ChangeSet) -> None:
        """Read anew; called only for a change of one of ``tables`` and only once a record is shown."""

    def first_pane(self) -> QWidget:
        """Where F6 leads."""
        return self


@dataclass(frozen=True)
class PanelSpec:
    """A tab of a page: its title (marked with ``N_``) and how it is made; ``make`` imports what it needs."""

    title: str
    make: Callable[[Desk], Panel]


class LatePanel(QWidget):
    """The room of a panel: empty until one turns to it."""

    def __init__(self, desk: Desk, spec: PanelSpec) -> None:
        super().__init__()
        self._desk, self._spec = desk, spec
        self._panel: Panel | None = None
        self._owner = self._shown = self._rest = ""
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)

    @property
    def panel(self) -> Panel | None:
        """The panel, once it was made."""
        return self._panel

    def show_owner(self, owner: str, rest: str = "") -> None:
        """Say whose record the page shows; the panel loads it when it is seen."""
        self._owner, self._rest = owner, rest
        if self.isVisible() or rest:
            self.turn()

    def turn(self) -> None:
        """Make the panel if need be, and show the record."""
        if self._panel is None:
            self._panel = self._spec.make(self._desk)
            self._column.addWidget(self._panel)
            self.setFocusProxy(self._panel)
        if self._owner and (self._owner != self._shown or self._rest):
            self._shown = self._owner
            self._panel.open(self._owner, self._rest)
            self._rest = ""

    def refresh(self, changes: ChangeSet) -> None:
        """Pass a change on that concerns the shown record."""
        if self._panel is not None and self._shown and changes.touches(*self._panel.tables):
            self._panel.refresh(changes)
