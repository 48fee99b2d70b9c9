"""The influence map on paper and as a file. Paper is discreet unless one asks for the whole map."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMarginsF
from PySide6.QtGui import QPageLayout, QPageSize, QPainter, QPdfWriter
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QWidget

from kamdesk.desktop.desk import Desk
from kamdesk.desktop.dialogs.map_paper import MapPaperDialog
from kamdesk.desktop.jobs import Progress

if TYPE_CHECKING:
    from kamdesk.desktop.pages.map_work import MapOf

PICTURE_WIDTH = 3000
"""Pixels of a saved PNG: sharp on A3."""


class MapPrint:
    """Asks how, makes the sheets in a job, and hands them to the printing of the window."""

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        self._desk, self._parent = desk, parent

    def ask(self, which: MapOf, name: str) -> MapPaperDialog:
        """Ask for the paper and whether everything is shown."""
        dialog = MapPaperDialog(self._desk.kit, self._parent)
        dialog.ordered.connect(lambda paper, whole: self.print(which, name, paper, discreet=not whole))
        dialog.open()
        return dialog

    def print(self, which: MapOf, name: str, paper: str, *, discreet: bool) -> None:
        """Make the sheets and show them before they are printed."""
        kit, influence = self._desk.kit, self._desk.workplace.influence
        _, language = kit.words.gettext, kit.words.language

        def work(progress: Progress) -> bytes:
            progress.report(name)
            pages = influence.sheets(language=language, discreet=discreet, paper=paper, **which.named)
            return as_pdf(pages, paper)

        kit.jobs.start(
            _("Drawing the map"),
            work,
            lambda pdf: self._desk.printing.print_pdf(self._parent, _("Influence map"), pdf),
            owner=self._parent,
        )

    def save(self, which: MapOf, path: Path) -> None:
        """Write the map as PNG or SVG, by the ending of the name; everything that the window shows is on it."""
        from kamdesk.services.word_files import write_file

        kit, influence, window = self._desk.kit, self._desk.workplace.influence, self._desk.window
        _, language = kit.words.gettext, kit.words.language

        def work(progress: Progress) -> Path:
            progress.report(path.name)
            if path.suffix.casefold() == ".svg":
                data = influence.svg(language=language, **which.named).encode()
            else:
                data = influence.picture(language=language, width_px=PICTURE_WIDTH, **which.named)
            return write_file(path.parent, path.name, data)

        kit.jobs.start(
            _("Drawing the map"),
            work,
            lambda kept: window.notify(lambda: _("Saved: {file}").format(file=kept.name), "success"),
            owner=self._parent,
        )


def as_pdf(sheets: tuple[str, ...], paper: str) -> bytes:
    """Landscape sheets of A4 or A3 as one PDF, drawn as lines and words, not as pixels."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setTitle("kamdesk")
    writer.setCreator("kamdesk")
    writer.setResolution(300)
    size = QPageSize(QPageSize.PageSizeId.A3 if paper == "A3" else QPageSize.PageSizeId.A4)
    writer.setPageLayout(QPageLayout(size, QPageLayout.Orientation.Landscape, QMarginsF(0, 0, 0, 0)))
    painter = QPainter(writer)
    for number, sheet in enumerate(sheets):
        if number:
            writer.newPage()
        QSvgRenderer(QByteArray(sheet.encode())).render(painter)
    painter.end()
    buffer.close()
    return bytes(buffer.data().data())
