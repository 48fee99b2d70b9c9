"""What both dialogs of printing share: printer, copies and sides, and what the printers of this computer are."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtGui import QIntValidator
from PySide6.QtWidgets import QLineEdit, QWidget

from kamdesk.desktop.dialogs.base import DialogBase
from kamdesk.desktop.kit import Kit
from kamdesk.desktop.printing import PrinterChoice, PrintOrder, Sides
from kamdesk.desktop.widgets.basic import Say, label
from kamdesk.desktop.widgets.inline_choice import Combo

_KEY = "print"


class PrinterDialog(DialogBase):
    """Makes the fields, which the dialog lays out; printer and sides are remembered. ``ready`` is what ``note`` says where there is a printer."""

    def __init__(self, kit: Kit, say: Say, ready: Say, parent: QWidget | None = None) -> None:
        _ = kit.words.gettext
        super().__init__(kit, say, parent, ok=lambda: _("Print"))
        self._ready_words = ready
        self.printer = Combo(kit)
        self.copies = QLineEdit("1")
        self.copies.setValidator(QIntValidator(1, 99, self.copies))
        self.sides = Combo(kit)
        for one in Sides:
            self.sides.addItem("", str(one))
        self.sides.setCurrentIndex(max(0, self.sides.findData(kit.settings.get(f"{_KEY}.sides"))))
        self.note = label(kit, look="caption", wrap=True)
        kit.words.bind(self.sides, self._say_sides)

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
            self.note.setText(self._ready_words())

    def order(self, pages: tuple[tuple[int, int], ...] = ()) -> PrintOrder:
        """What was chosen, remembered for the next time; without pages all of them."""
        printer, sides = str(self.printer.currentData()), Sides(self.sides.currentData())
        self.kit.settings.set(f"{_KEY}.printer", printer)
        self.kit.settings.set(f"{_KEY}.sides", str(sides))
        return PrintOrder(printer, max(1, int(self.copies.text() or 1)), pages, sides)

    def _say_sides(self) -> None:
        _ = self.kit.words.gettext
        names = {
            Sides.ONE: _("One side"),
            Sides.LONG_EDGE: _("Both sides, turned like a book"),
            Sides.SHORT_EDGE: _("Both sides, turned upwards"),
        }
        for row in range(self.sides.count()):
            self.sides.setItemText(row, names[Sides(self.sides.itemData(row))])
