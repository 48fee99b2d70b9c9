"""Several documents for the printer: what comes after what, how many copies, on which printer (R11)."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QIntValidator
from PySide6.QtWidgets import QAbstractItemView, QGridLayout, QLineEdit, QListWidget, QListWidgetItem, QWidget

from kamdesk.desktop.dialogs.base import DialogBase
from kamdesk.desktop.kit import Kit
from kamdesk.desktop.printing import PrinterChoice, PrintOrder, Sides
from kamdesk.desktop.widgets.basic import Say, columns, label, tool_button
from kamdesk.desktop.widgets.inline_choice import Combo

_KEY = "print"


class PrintQueueDialog(DialogBase):
    """``ordered(places, PrintOrder)``: the places of the chosen documents in the order they are to be printed in."""

    ordered = Signal(object, object)

    def __init__(self, kit: Kit, names: Sequence[str], parent: QWidget | None = None) -> None:
        _ = kit.words.gettext
        super().__init__(kit, lambda: _("Print several documents"), parent, ok=lambda: _("Print"))
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
        self.printer = Combo(kit)
        self.copies = QLineEdit("1")
        self.copies.setValidator(QIntValidator(1, 99, self.copies))
        self.sides = Combo(kit)
        for side_of_paper in Sides:
            self.sides.addItem("", str(side_of_paper))
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
        self.note = label(kit, look="caption", wrap=True)
        self.body.addWidget(self.note)
        kit.words.bind(self, self._say)
        self.set_printers(None)
        self.list.setFocus()

    def set_printers(self, printers: Sequence[PrinterChoice] | None) -> None:
        """The printers to choose from; None while they are being asked for."""
        _ = self.kit.words.gettext
        self.printer.clear()
        for one in printers or ():
            words = one.words if not one.state else _("{printer} (stopped)").format(printer=one.words)
            self.printer.addItem(words, one.name)
        last = self.printer.findData(self.kit.settings.get(f"{_KEY}.printer"))
        self.printer.setCurrentIndex(max(0, last))
        self.printer.setEnabled(bool(printers))
        if self.ok_button is not None:
            self.ok_button.setEnabled(bool(printers))
        if printers is None:
            self.note.setText(_("Looking for printers…"))
        elif not printers:
            self.note.setText(
                _(
                    "This computer has no printer yet. Add one in the settings of the system, or save the PDF and print it elsewhere."
                )
            )
        else:
            self.note.setText(
                _("A cancel stops before the next document; what the printer already has is printed.")
            )

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
        printer, sides = str(self.printer.currentData()), Sides(self.sides.currentData())
        self.kit.settings.set(f"{_KEY}.printer", printer)
        self.kit.settings.set(f"{_KEY}.sides", str(sides))
        self.ordered.emit(places, PrintOrder(printer, max(1, int(self.copies.text() or 1)), (), sides))
        super().accept()

    def _move(self, by: int) -> None:
        row = self.list.currentRow()
        if row < 0 or not 0 <= row + by < self.list.count():
            return
        self.list.insertItem(row + by, self.list.takeItem(row))
        self.list.setCurrentRow(row + by)

    def _say(self) -> None:
        _ = self.kit.words.gettext
        names = {
            Sides.ONE: _("One side"),
            Sides.LONG_EDGE: _("Both sides, turned like a book"),
            Sides.SHORT_EDGE: _("Both sides, turned upwards"),
        }
        for row in range(self.sides.count()):
            self.sides.setItemText(row, names[Sides(self.sides.itemData(row))])
        kept = self.sides.findData(self.kit.settings.get(f"{_KEY}.sides"))
        self.sides.setCurrentIndex(max(0, kept))
