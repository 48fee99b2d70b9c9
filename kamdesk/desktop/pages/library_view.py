"""The looks of the library: switches for the four kinds, a line to type in, filters, the list and the panel beside it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import cast

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtWidgets import (
    QSizePolicy,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from kamdesk.desktop.kit import Kit, Option
from kamdesk.desktop.pages.library_add_line import AddLine
from kamdesk.desktop.pages.library_kind import Kind
from kamdesk.desktop.pages.library_kinds import TABS
from kamdesk.desktop.widgets.basic import Say, label, tool_button
from kamdesk.desktop.widgets.cards import EmptyState
from kamdesk.desktop.widgets.inline_choice import Combo
from kamdesk.desktop.widgets.list_page import ListPage
from kamdesk.desktop.widgets.page import PageBase
from kamdesk.desktop.widgets.switches import switches

_LEAST_MAIN = 190
"""Pixels at text size 1 that the main column of a list keeps."""
_GO_FIRST = (
    "used",
    "named",
    "year",
    "client",
    "until",
    "vat",
    "unit",
    "criteria",
    "section",
    "lenses",
    "worked",
    "told",
)
"""Columns in the order in which they give way."""


class FilterBox(Combo):
    """A filter that is one of a list, the first entry being "any"."""

    def __init__(self, kit: Kit, say: Say, options: Callable[[], Sequence[Option]]) -> None:
        super().__init__(kit)
        self._words = kit.words
        self._say = say
        self._options = options
        self._codes = [""]
        self.setSizeAdjustPolicy(Combo.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(11)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        kit.words.bind(self, self.fill)

    def code(self) -> str:
        """The chosen code, "" for any."""
        return self._codes[max(0, self.currentIndex())]

    def fill(self) -> None:
        """Offer the choices of now; what is chosen stays."""
        chosen = self.code()
        options = list(self._options())
        self._codes = ["", *(option.code for option in options)]
        self.blockSignals(True)
        self.clear()
        self.addItem(self._say())
        self.addItems([option.label for option in options])
        self.setCurrentIndex(self._codes.index(chosen) if chosen in self._codes else 0)
        self.blockSignals(False)
        self.setAccessibleName(self._say())


class KindList(ListPage):
    """The list of one kind with its filters and a room for the panel. ``import_wanted()`` from its empty state."""

    import_wanted = Signal()

    def __init__(self, kit: Kit, kind: Kind) -> None:
        _ = kit.words.gettext
        ends = kind.table in ("argument", "price_item")
        filters = (("expired", lambda: _("Expired")),) if ends else ()
        super().__init__(
            kit, f"library.{kind.table}", kind.title, kind.columns, filters=filters, filter_here=False
        )
        self.kind = kind
        self.hide_title()
        self.layout().setContentsMargins(0, 0, 0, 0)
        names: dict[str, tuple[Say, str]] = {
            "lens": (lambda: _("Any type"), "lens"),
            "criterion": (lambda: _("Any criterion"), "criteria"),
            "language": (lambda: _("Any language"), "language"),
        }
        self.narrowed: dict[str, FilterBox] = {}
        for at, name in enumerate(kind.narrows):
            say, vocabulary = names[name]
            box = FilterBox(kit, say, lambda vocabulary=vocabulary: kit.vocabularies.options(vocabulary))
            box.currentIndexChanged.connect(lambda _at: self.ask_again())
            self.narrowed[name] = box
            self.filter_bar.insertWidget(at, box)
        self.room = QWidget()
        self._room = QVBoxLayout(self.room)
        self._room.setContentsMargins(0, 0, 0, 0)
        self._room.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._nothing = label(
            kit, lambda: _("Choose an entry to see and change it here."), "muted", wrap=True
        )
        self._nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._nothing.setContentsMargins(24, 60, 24, 0)
        self._room.addWidget(self._nothing)
        self.set_preview(self.room, 380)
        if kind.table == "worked":
            self._splitter.widget(1).hide()  # a row leads to its argument, which has its panel
        # half of the room at most, so that large text leaves something of both
        self._splitter.widget(1).setMinimumWidth(min(kit.theme.px(330), 420))
        self.table.installEventFilter(self)
        self.empty = EmptyState(
            kit,
            kind.icon,
            kind.empty,
            other=None if kind.add is None else lambda: _("Import from a table"),
            on_other=lambda: self.import_wanted.emit(),
        )
        self.set_empty(self.empty)
        self._panel: QWidget | None = None

    def _show_empty(self) -> None:
        super()._show_empty()
        empty = self._middle.currentIndex() == 1
        if self._splitter.count() > 1:
            self._splitter.widget(1).setVisible(not empty and self.kind.table != "worked")
        for box in getattr(self, "narrowed", {}).values():
            box.setVisible(not empty or bool(box.code()))

    def ask_again(self) -> None:
        """Send what the list is narrowed to."""
        self.asked.emit(self.search.text().strip(), self.filters())

    def show_panel(self, panel: QWidget | None) -> None:
        """Put another panel beside the list."""
        if self._panel is not None:
            self._room.removeWidget(self._panel)
            self._panel.hide()
            self._panel.deleteLater()
        self._panel = panel
        self._nothing.setVisible(panel is None)
        if panel is not None:
            self._room.addWidget(panel)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.table and event.type() == QEvent.Type.Resize:
            self._leave_room()
        return False

    def _leave_room(self) -> None:
        """Where it is narrow the columns that say least go first: what an entry says must stay readable."""
        room = self.table.width() - self.kit.theme.px(_LEAST_MAIN)
        ids = [column.id for column in self.kind.columns]
        spare = [name for name in _GO_FIRST if name in ids]
        main = next(at for at, column in enumerate(self.kind.columns) if column.stretch)
        needed = sum(
            self.kit.theme.px(column.width) for at, column in enumerate(self.kind.columns) if at != main
        )
        for name in spare:
            at = ids.index(name)
            hide = needed > room
            if hide:
                needed -= self.kit.theme.px(self.kind.columns[at].width)
            if self.table.isColumnHidden(at) != hide:
                self.table.setColumnHidden(at, hide)
                # one that comes back may come as narrow as a list that was being laid out left it
                width = self.kit.theme.px(self.kind.columns[at].width)
                if not hide and self.table.columnWidth(at) < width // 2:
                    self.table.widths.renew(at)
                elif not hide:
                    self.table.widths.fit()

    def is_narrowed(self) -> bool:
        """Whether something is left out of the list."""
        return bool(
            self.search.text().strip() or self.filters() or any(b.code() for b in self.narrowed.values())
        )


class LibraryView(PageBase):
    """``lists`` by table; ``tabs`` are the switches; ``add_line`` belongs to the kind that is shown."""

    def __init__(self, kit: Kit, kinds: dict[str, Kind]) -> None:
        super().__init__(kit)
        _ = kit.words.gettext
        self.kinds = kinds
        row, self.tabs = switches(kit, self, {tab: kinds[table].title for tab, table in TABS.items()})
        self.import_button = tool_button(kit, lambda: _("Import entries or prices"), "import")
        self.export_button = tool_button(kit, lambda: _("Export the library"), "export")
        self.print_button = tool_button(kit, lambda: _("Print this list"), "print")
        for tool in (self.import_button, self.export_button, self.print_button):
            row.addWidget(tool)
        self.add_line = AddLine(kit, lambda: "")
        self.stack = QStackedWidget()
        self.lists: dict[str, KindList] = {}
        for table, kind in kinds.items():
            self.lists[table] = KindList(kit, kind)
            self.stack.addWidget(self.lists[table])
        column = QVBoxLayout()
        column.setSpacing(10)
        column.addLayout(row)
        column.addWidget(self.add_line)
        column.addWidget(self.stack, 1)
        self.fill(column)
        self.set_title(lambda: _("Library"))

    def shown(self) -> KindList:
        """The list that is shown."""
        return cast(KindList, self.stack.currentWidget())

    def tab(self) -> str:
        """The tab that is shown."""
        return next(tab for tab, table in TABS.items() if self.lists[table] is self.shown())

    def show_tab(self, tab: str) -> None:
        """Show the list of a tab; the first one for an unknown tab."""
        table = TABS.get(tab, "argument")
        self.stack.setCurrentWidget(self.lists[table])
        self.tabs[self.tab()].setChecked(True)
        self.add_line.set_say(self.kinds[table].hint)
        self.add_line.setVisible(self.kinds[table].add is not None)

    def panes(self) -> list[QWidget]:
        """The line, then what the list has."""
        line = [self.add_line.line] if self.shown().kind.add is not None else []
        return [*line, *self.shown().panes()]
