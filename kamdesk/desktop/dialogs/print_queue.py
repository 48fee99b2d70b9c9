"""Several documents for the printer: what comes after what, how many copies, on which printer (R11)."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QAbstractItemView, QGridLayout, QListWidget, QListWidgetItem, QWidget

from kamdesk.desktop.dialogs.printer_dialog import PrinterDialog
from kamdesk.desktop.kit import Kit
from kamdesk.desktop.widgets.basic import Say, columns, label, tool_button


class PrintQueueDialog(PrinterDialog):
    """``ordered(places, PrintOrder)``: the places of the chosen documents in the order they are to be printed in."""

    ordered = Signal(object, object)

    def __init__(self, kit: Kit, names: Sequence[str], parent: QWidget | None = None) -> None:
        _ = kit.words.gettext
        super().__init__(
            kit,
            lambda: _("Print several documents"),
            lambda: _("A cancel stops before the next document; what the printer already has is printed."),
            parent,
        )
        self.setMinimumSize(kit.theme.px(560), kit.theme.px(440))
        self.body.addWidget(
            label(
                kit,
                lambda: _("They are printed one after another in this order. Drag them, or use the arrows."),
                "muted",
                wrap=True,
            )
        )
        self.list = QListWidget()
        self.list.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        self.list.setWordWrap(True)
        self.list.setSpacing(3)
        for at, name in enumerate(names):
            item = QListWidgetItem(name)
            item.setData(Qt.ItemDataRole.UserRole, at)
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            item.setCheckState(Qt.CheckState.Checked)
            self.list.addItem(item)
        self.list.setCurrentRow(0)
        kit.words.bind(
            self.list, lambda: self.list.setAccessibleName(_("Documents in the order of printing"))
        )
        self.up = tool_button(kit, lambda: _("Earlier"), "up", lambda: self._move(-1))
        self.down = tool_button(kit, lambda: _("Later"), "down", lambda: self._move(1))
        side = QWidget()
        column = QGridLayout(side)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.up, 0, 0)
        column.addWidget(self.down, 1, 0)
        column.setRowStretch(2, 1)
        across = columns(self.list, side, spacing=6)
        across.setStretch(0, 1)
        self.body.addLayout(across, 1)
        fields = QGridLayout()
        fields.setColumnStretch(1, 1)
        named: tuple[tuple[Say, QWidget], ...] = (
            (lambda: _("Printer"), self.printer),
            (lambda: _("Copies"), self.copies),
            (lambda: _("Sides"), self.sides),
        )
        for row, (say, field) in enumerate(named):
            fields.addWidget(label(kit, say, "caption", buddy=field), row, 0)
            fields.addWidget(field, row, 1)
            kit.words.bind(field, lambda field=field, say=say: field.setAccessibleName(say()))
        self.body.addLayout(fields)
        self.body.addWidget(self.note)
        self.set_printers(None)
        self.list.setFocus()

    def places(self) -> tuple[int, ...]:
        """The places of the ticked documents, in the order they stand in now."""
        items = [self.list.item(row) for row in range(self.list.count())]
        return tuple(
            int(one.data(Qt.ItemDataRole.UserRole))
            for one in items
            if one.checkState() == Qt.CheckState.Checked
        )

    def accept(self) -> None:
        """Order it, or say that nothing is chosen."""
        places = self.places()
        if not places:
            self.tell(self.kit.words.gettext("Tick at least one document."))
            return
        self.ordered.emit(places, self.order())
        super().accept()

    def _move(self, by: int) -> None:
        row = self.list.currentRow()
        if row < 0 or not 0 <= row + by < self.list.count():
            return
        self.list.insertItem(row + by, self.list.takeItem(row))
        self.list.setCurrentRow(row + by)
