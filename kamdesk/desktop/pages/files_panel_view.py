"""How the files of a client or a person look: a bar, the list, and what is said of the chosen one."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl, Signal
from PySide6.QtGui import QDrag, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from kamdesk.desktop.desk import Desk
from kamdesk.desktop.models.rows import Column, RowsModel
from kamdesk.desktop.pages.files_words import belongs, icon_of, said_size
from kamdesk.desktop.pages.people_words import Said
from kamdesk.desktop.widgets.basic import button, columns, label
from kamdesk.desktop.widgets.cards import EmptyState
from kamdesk.desktop.widgets.inline_choice import InlineChoice
from kamdesk.desktop.widgets.inline_text import InlineText
from kamdesk.desktop.widgets.panel import Panel
from kamdesk.desktop.widgets.section import Card
from kamdesk.desktop.widgets.table import RowsTable


class FilesTable(RowsTable):
    """Dragging a row gives its file away: ``drag_paths()`` answers with copies in the private folder."""

    pasted = Signal()
    removing = Signal()
    renaming = Signal()
    drag_paths: Callable[[], list[Path]]

    def startDrag(self, _actions: Qt.DropAction) -> None:
        paths = self.drag_paths()
        if paths:
            data = QMimeData()
            data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
            drag = QDrag(self)
            drag.setMimeData(data)
            drag.exec(Qt.DropAction.CopyAction)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Paste):
            self.pasted.emit()
        elif event.key() == Qt.Key.Key_Delete:
            self.removing.emit()
        elif event.key() == Qt.Key.Key_F2:
            self.renaming.emit()
        else:
            super().keyPressEvent(event)


class FilesView(Panel):
    """The widgets and their words; the panel says what they do."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self.kit = kit = desk.kit
        self.said = Said(kit, desk.workplace.vocabularies, lambda: desk.workplace.store.now().date())
        _ = kit.words.gettext
        self.owner_id = ""
        self.add_button = button(kit, lambda: _("Add a file"), "add", "primary")
        self.link_button = button(kit, lambda: _("Link to a file"), "link")
        self.paste_button = button(kit, lambda: _("Paste"), "paste")
        self.bar = QWidget()
        bar = QHBoxLayout(self.bar)
        bar.setContentsMargins(0, 0, 0, 0)
        for widget in (self.add_button, self.link_button, self.paste_button):
            bar.addWidget(widget)
        bar.addStretch(1)
        bar.addWidget(label(kit, lambda: _("Files, invitations and mails can be dropped here"), "caption"))
        self.model = RowsModel(kit, self._columns())
        self.table = FilesTable(kit, lambda: _("Files"), self.model, "files")
        self.table.setDragEnabled(True)
        self.table.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.nothing = EmptyState(
            kit,
            "attach",
            lambda: _(
                "Contracts, drawings, minutes and mails are kept here, and search finds them by their words. Drop files here, paste "
                "them with Ctrl+V, or choose them."
            ),
            first=lambda: _("Choose a file"),
            on_first=lambda: self.add_button.click(),
            heading=lambda: _("No files yet"),
        )
        words, width = self.nothing.text, kit.theme.px(520)
        words.setFixedWidth(width)  # centred, the layout gives a wrapped text the height of one line
        kit.words.bind(words, lambda: words.setFixedHeight(words.heightForWidth(width)))
        self.pages = QStackedWidget()
        self.pages.addWidget(self.table)
        self.pages.addWidget(self.nothing)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 8, 0, 0)
        outer.setSpacing(8)
        outer.addWidget(self.bar)
        outer.addWidget(self.pages, 1)
        outer.addWidget(self._make_card())

    def _make_card(self) -> Card:
        kit, _ = self.kit, self.kit.words.gettext
        self.card = Card(kit)
        self.name = InlineText(kit, lambda: _("Name"))
        self.note = InlineText(kit, lambda: _("Remark"), placeholder=lambda: _("Add a remark"))
        self.sensitivity = InlineChoice(
            kit, lambda: _("May be shown to"), lambda: self.said.options("sensitivity"), required=True
        )
        self.place = label(kit, look="caption", wrap=True)
        self.open_button = button(kit, lambda: _("Open"), "external")
        self.copy_button = button(kit, lambda: _("Save a copy"), "save")
        self.find_button = button(kit, lambda: _("Find it again"), "search")
        self.delete_button = button(kit, lambda: _("Remove"), "trash")
        fields = columns(self.name, self.note, self.sensitivity)
        fields.setStretch(0, 3)
        fields.setStretch(1, 3)
        fields.setStretch(2, 2)
        self.card.body.setContentsMargins(12, 8, 12, 8)
        self.card.body.addLayout(fields)
        self.card.body.addWidget(self.place)
        self.card.body.addLayout(
            columns(self.open_button, self.copy_button, self.find_button, self.delete_button, 1)
        )
        self.card.hide()
        return self.card

    def _columns(self) -> tuple[Column, ...]:
        kit, said, _ = self.kit, self.said, self.kit.words.gettext
        return (
            Column("name", lambda: _("Name"), lambda one: one.name, 260, icon=icon_of, stretch=True,
                   hint=lambda one: _("The file is not where it was: {path}").format(path=one.path) if one.missing else one.name),
            Column("note", lambda: _("Remark"), lambda one: one.note, 180, hint=lambda one: one.note),
            Column("owner", lambda: _("Kept with"), lambda one: belongs(kit, said, one, self.owner_id), 240,
                   hint=lambda one: one.owner),
            Column("date", lambda: _("Added on"), lambda one: said.day(one.added_on), 110, key=lambda one: str(one.added_on)),
            Column("size", lambda: _("Size"), lambda one: said_size(kit, one.size), 90, key=lambda one: one.size or 0, right=True),
            Column("kind", lambda: _("Kind"), lambda one: one.kind.upper(), 70),
        )  # fmt: skip

    def first_pane(self) -> QWidget:
        """The list, or the first step where it is empty."""
        return self.table if self.pages.currentWidget() is self.table else (self.nothing.first or self)

    def menu_place(self, at: QPoint) -> QPoint:
        """Where the context menu opens."""
        return self.table.viewport().mapToGlobal(at)
