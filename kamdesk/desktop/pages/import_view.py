"""The looks of the import: first where people come from, then what would happen row by row, at the end what did."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QPlainTextEdit,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from kamdesk.desktop.kit import Kit, Option
from kamdesk.desktop.models.import_rows import ImportRow, ImportRowsModel
from kamdesk.desktop.models.rows import Column
from kamdesk.desktop.pages.company_view import local_files
from kamdesk.desktop.pages.import_columns import ColumnsPanel
from kamdesk.desktop.pages.import_tick import TickDelegate
from kamdesk.desktop.pages.import_words import STATE_LOOKS, STATES, ImportWords
from kamdesk.desktop.pages.library_view import FilterBox
from kamdesk.desktop.widgets.basic import IconLabel, Say, button, label, set_look
from kamdesk.desktop.widgets.flow import FlowLayout
from kamdesk.desktop.widgets.inline_choice import Combo
from kamdesk.desktop.widgets.page import PageBase
from kamdesk.desktop.widgets.section import Card
from kamdesk.desktop.widgets.table import RowsTable


class ImportTable(RowsTable):
    """Space ticks or unticks all chosen rows."""

    def __init__(self, kit: Kit, say: Say, model: ImportRowsModel) -> None:
        super().__init__(kit, say, model, "import")
        self._model = model
        self.setItemDelegateForColumn(0, TickDelegate(kit, self))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        rows: list[ImportRow] = self.selected_rows()
        if event.key() == Qt.Key.Key_Space and rows and self._model.choosing:
            on = not all(self._model.is_ticked(row) for row in rows if row.wanted)
            self._model.set_ticked(rows, on)
        else:
            super().keyPressEvent(event)


class SourcePanel(QWidget):
    """Where people come from. ``files_given(paths)``, ``text_given(str)``."""

    files_given = Signal(object)
    text_given = Signal(str)

    def __init__(self, kit: Kit) -> None:
        super().__init__()
        self._kit = kit
        _ = kit.words.gettext
        self.setAcceptDrops(True)
        zone = QFrame()
        set_look(zone, "card")
        inner = QVBoxLayout(zone)
        inner.setContentsMargins(24, 22, 24, 22)
        inner.setSpacing(8)
        inner.addWidget(IconLabel(kit, "import", 40, "accent"), 0, Qt.AlignmentFlag.AlignHCenter)
        heading = label(kit, lambda: _("Drop files here"), "heading")
        inner.addWidget(heading, 0, Qt.AlignmentFlag.AlignHCenter)
        kinds = label(
            kit,
            lambda: _(
                "Excel or CSV, contacts of Outlook, Google or a phone (vCard), a dossier of a colleague"
            ),
            "muted",
            wrap=True,
        )
        kinds.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        inner.addWidget(kinds)
        self.choose = button(kit, lambda: _("Choose files…"), "folder", "primary")
        inner.addWidget(self.choose, 0, Qt.AlignmentFlag.AlignHCenter)
        self.hint = label(kit, look="muted", wrap=True)
        self.hint.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.hint.hide()
        inner.addWidget(self.hint)
        self.text = QPlainTextEdit()
        self.text.setTabChangesFocus(True)
        self.text.setMinimumHeight(kit.theme.px(120))
        self.read = button(kit, lambda: _("Read the text"), "forward")
        self.read.clicked.connect(lambda: self.text_given.emit(self.text.toPlainText()))
        self.text.textChanged.connect(lambda: self.read.setEnabled(bool(self.text.toPlainText().strip())))
        self.read.setEnabled(False)
        self.problem = label(kit, look="error", wrap=True)
        self.problem.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(self.problem)
        column.addWidget(zone)
        column.addWidget(label(kit, lambda: _("Or paste people here"), "heading", buddy=self.text))
        column.addWidget(self.text, 1)
        below = QHBoxLayout()
        below.addWidget(
            label(
                kit,
                lambda: _("Nothing is stored yet: first you see what each row becomes."),
                "caption",
            )
        )
        below.addStretch(1)
        below.addWidget(self.read)
        column.addLayout(below)
        kit.words.bind(
            self,
            lambda: self.text.setPlaceholderText(
                _(
                    "Cells from Excel, a table from Word, lines such as “Ivanova Anna, HR director, anna@works.com”, or mail signatures"
                )
            ),
        )
        kit.words.bind(self, lambda: self.text.setAccessibleName(_("Or paste people here")))

    def tell(self, words: str) -> None:
        """Say why a source cannot be read; "" takes it away."""
        self.problem.setText(words)
        self.problem.setVisible(bool(words))

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if local_files(event.mimeData()) or event.mimeData().hasText():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        event.acceptProposedAction()
        files = local_files(event.mimeData())
        if files:
            self.files_given.emit(files)
        else:
            self.text_given.emit(event.mimeData().text())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        data = QGuiApplication.clipboard().mimeData()
        if not event.matches(QKeySequence.StandardKey.Paste):
            super().keyPressEvent(event)
        elif local_files(data):
            self.files_given.emit(local_files(data))
        else:
            self.text.setPlainText(data.text())
            self.text.setFocus()


class ReviewPanel(QWidget):
    """What would happen, or what did: the columns at the left, the rows at the right."""

    def __init__(self, kit: Kit) -> None:
        super().__init__()
        self._kit = kit
        _ = kit.words.gettext
        self.words = ImportWords(kit)
        self.done = False
        self.picture = IconLabel(kit, "info", 20, "accent_text")
        self.summary = label(kit, look="heading", wrap=True)
        self.source = label(kit, look="caption", wrap=True)
        self.client = Combo(kit)
        self.client.setMinimumContentsLength(16)
        self.client_label = label(kit, lambda: _("Works at"), "muted", buddy=self.client)
        self.state = FilterBox(
            kit,
            lambda: _("All rows"),
            lambda: [Option(code, self.words.state(code, done=self.done)) for code in STATES],
        )
        self.all = button(kit, lambda: _("Tick all"), look="quiet")
        self.none = button(kit, lambda: _("Untick all"), look="quiet")
        self.model = ImportRowsModel(kit, self._columns())
        self.table = ImportTable(kit, lambda: _("Rows of the import"), self.model)
        # what is not taken and what may be a double stands on top
        self.table.sortByColumn(1, Qt.SortOrder.AscendingOrder)
        self.columns = ColumnsPanel(kit)
        self.start_over = button(kit, lambda: _("Another source"), "back")
        self.take = button(kit, lambda: _("Import"), "import", "primary")
        self.undo = button(kit, lambda: _("Undo the import"), "undo")
        self.people = button(kit, lambda: _("To the people"), "people", "primary")
        self._lay_out()
        kit.words.bind(self, lambda: self.client.setAccessibleName(_("Works at")))

    def set_done(self, done: bool) -> None:
        """Whether it is a look ahead or the final account."""
        self.done = done
        self.model.choosing = not done
        for widget in (self.client, self.client_label, self.all, self.none, self.take):
            widget.setVisible(not done)
        for widget in (self.undo, self.people):
            widget.setVisible(done)
        if done:
            self.columns.hide()
        self.state.fill()

    def _columns(self) -> tuple[Column, ...]:
        _ = self._kit.words.gettext
        return (
            Column("name", lambda: _("Full name"), lambda row: row.name or _("Without a name"), 210),
            Column(
                "state",
                lambda: _("What happens"),
                lambda row: self.words.state(row.state, done=self.done),
                158,
                key=lambda row: (STATES.index(row.state), not row.doubtful, row.name.casefold()),
                icon=lambda row: STATE_LOOKS[row.state][0],
            ),
            Column(
                "notes",
                lambda: _("Why, and what to look at"),
                self.words.notes,
                stretch=True,
                icon=lambda row: "warning" if row.doubtful else "",
                hint=self.words.notes,
            ),
            Column(
                "source",
                lambda: _("Row"),
                lambda row: self.words.place(row.source),
                76,
                hint=lambda row: row.source,
            ),
        )

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(10)
        said = QVBoxLayout()
        said.setSpacing(2)
        said.addWidget(self.summary)
        said.addWidget(self.source)
        head.addWidget(self.picture, 0, Qt.AlignmentFlag.AlignTop)
        head.addLayout(said, 1)
        card = Card(self._kit)
        card.body.setContentsMargins(14, 10, 14, 10)
        card.body.addLayout(head)
        bar = FlowLayout()
        for widget in (self.client_label, self.client, self.state, self.all, self.none):
            bar.addWidget(widget)
        self.columns.setMinimumWidth(min(self._kit.theme.px(230), 270))
        right = QWidget()
        column = QVBoxLayout(right)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(bar)
        column.addWidget(self.table, 1)
        self.splitter = QSplitter(Qt.Orientation.Horizontal)
        self.splitter.setHandleWidth(14)
        self.splitter.setChildrenCollapsible(False)
        self.splitter.addWidget(self.columns)
        self.splitter.addWidget(right)
        self.splitter.setStretchFactor(1, 1)
        self.splitter.setSizes([self._kit.theme.px(330), 720])
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addWidget(self.start_over)
        buttons.addStretch(1)
        for made in (self.undo, self.people, self.take):
            buttons.addWidget(made)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(10)
        outer.addWidget(card)
        outer.addWidget(self.splitter, 1)
        outer.addLayout(buttons)


class ImportView(PageBase):
    """``source`` and ``review``, one at a time."""

    def __init__(self, kit: Kit) -> None:
        super().__init__(kit)
        _ = kit.words.gettext
        self.source = SourcePanel(kit)
        self.review = ReviewPanel(kit)
        self.stack = QStackedWidget()
        self.stack.addWidget(self.source)
        self.stack.addWidget(self.review)
        self.fill(self.stack)
        self.set_title(lambda: _("Import of people"))

    def panes(self) -> list[QWidget]:
        """What is shown."""
        if self.stack.currentWidget() is self.source:
            return [self.source.choose, self.source.text]
        return [self.review.table, self.review.columns]


def file_line(kit: Kit, names: list[str], rows: int) -> str:
    """What was read, in one line."""
    said = kit.words.ngettext("{n} row", "{n} rows", rows).format(n=rows)
    return " · ".join([", ".join(names[:3]) + (" …" if len(names) > 3 else ""), said])
