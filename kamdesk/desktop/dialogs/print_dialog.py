"""The dialog before paper: the pages as they will be, and printer, copies, pages, sides."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QLineEdit, QVBoxLayout, QWidget

from kamdesk.desktop.dialogs.disk import ask_where, name_filter
from kamdesk.desktop.dialogs.printer_dialog import PrinterDialog
from kamdesk.desktop.kit import Kit
from kamdesk.desktop.printing import read_pages
from kamdesk.desktop.widgets.basic import Say, button, columns, label
from kamdesk.desktop.widgets.page_preview import PagePreview
from kamdesk.model.messages import KamdeskError

_KEY: Final = "print"


class PrintDialog(PrinterDialog):
    """``ordered(PrintOrder)`` when the user presses Print, ``kept(path)`` when the PDF is wanted instead.

    Pages and printers come when they are known.
    """

    ordered = Signal(object)
    kept = Signal(str)

    def __init__(self, kit: Kit, name: Say, parent: QWidget | None = None) -> None:
        _ = kit.words.gettext
        super().__init__(
            kit,
            lambda: _("Print: {name}").format(name=name()),
            lambda: _("The system keeps its own copy of what is printed until the job is done."),
            parent,
        )
        self._count = 0
        self._file = f"{name()}.pdf"
        self.setMinimumSize(kit.theme.px(820), kit.theme.px(600))
        self.preview = PagePreview(kit)
        self.preview.setMinimumSize(kit.theme.px(380), kit.theme.px(400))
        self.pages = QLineEdit()
        self._fields = QGridLayout()
        self._fields.setVerticalSpacing(4)
        names: tuple[tuple[Say, QWidget], ...] = (
            (lambda: _("Printer"), self.printer),
            (lambda: _("Copies"), self.copies),
            (lambda: _("Pages"), self.pages),
            (lambda: _("Sides"), self.sides),
        )
        for row, (say, field) in enumerate(names):
            self._fields.addWidget(label(kit, say, "caption", buddy=field), row * 2, 0)
            self._fields.addWidget(field, row * 2 + 1, 0)
            kit.words.bind(field, lambda field=field, say=say: field.setAccessibleName(say()))
        self._fields.setRowMinimumHeight(8, 8)
        side = QWidget()
        side.setFixedWidth(kit.theme.px(260))
        column = QVBoxLayout(side)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(self._fields)
        column.addWidget(self.note)
        self.keep_button = button(kit, lambda: _("Save the PDF…"), "save", on_click=self._keep)
        column.addWidget(self.keep_button)
        column.addStretch(1)
        across = columns(self.preview, side, spacing=20)
        across.setStretch(0, 1)
        self.body.addLayout(across)
        self.pages.textChanged.connect(lambda _text: self.tell(""))
        kit.words.bind(self, self._say)
        self.set_printers(None)
        self.preview.set_busy(True)
        self.copies.setFocus()
        self.copies.selectAll()

    def set_pages(self, pages: Sequence[bytes], per_inch: float) -> None:
        """Show what will be printed."""
        self._count = len(pages)
        self.preview.set_pages(pages, per_inch)
        self.preview.set_busy(False)
        self._say()

    def accept(self) -> None:
        """Order the print, or say what is wrong with the pages that were typed."""
        try:
            ranges = read_pages(self.pages.text(), self._count or 99_999)
        except KamdeskError as problem:
            self.tell(self.kit.words.message(problem.message))
            self.pages.setFocus()
            return
        self.ordered.emit(self.order(ranges))
        super().accept()

    def _keep(self) -> None:
        title = self.kit.words.gettext("Save the PDF…")

        def keep(path: Path) -> None:
            self.kept.emit(str(path))
            self.reject()

        ask_where(self, title, self._file, keep, [name_filter("PDF", "pdf")], ending="pdf")

    def _say(self) -> None:
        _ = self.kit.words.gettext
        self.pages.setPlaceholderText(_("All; or 1, 3-5"))
