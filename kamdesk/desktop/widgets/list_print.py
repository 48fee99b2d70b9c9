"""A list on paper: the columns that are shown, with heading, page numbers and no row cut in two."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QBuffer, QIODevice, QMarginsF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPageLayout, QPageSize, QPainter, QPdfWriter, QPen

_DPI = 300
_POINT = _DPI / 72
_HEAD, _ROW_PAD = 34 * _POINT, 3 * _POINT
_LEAST = 28 * _POINT
"""Width that any column keeps."""


@dataclass(frozen=True)
class PrintColumn:
    """A column: its title, its width on the screen (only the proportion counts), whether figures stand at the right."""

    title: str
    width: float
    right: bool = False


def list_pdf(
    title: str, caption: str, columns: Sequence[PrintColumn], rows: Sequence[Sequence[str]], family: str
) -> bytes:
    """The list as a PDF: upright A4 for up to five columns, landscape for more."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setTitle("kamdesk")
    writer.setCreator("kamdesk")
    writer.setResolution(_DPI)
    way = QPageLayout.Orientation.Portrait if len(columns) <= 5 else QPageLayout.Orientation.Landscape
    writer.setPageLayout(
        QPageLayout(
            QPageSize(QPageSize.PageSizeId.A4), way, QMarginsF(15, 12, 12, 12), QPageLayout.Unit.Millimeter
        )
    )
    painter = QPainter(writer)
    sheet = _Sheet(painter, writer, title, caption, columns, family)
    pages = sheet.paginate(rows)
    for number, part in enumerate(pages, start=1):
        if number > 1:
            writer.newPage()
        sheet.page(part, number, len(pages))
    painter.end()
    buffer.close()
    return bytes(buffer.data().data())


class _Sheet:
    """Measures and draws in device pixels of the PDF."""

    def __init__(
        self,
        painter: QPainter,
        writer: QPdfWriter,
        title: str,
        caption: str,
        columns: Sequence[PrintColumn],
        family: str,
    ) -> None:
        self._painter, self._title, self._caption, self._columns = painter, title, caption, tuple(columns)
        self._width, self._height = float(writer.width()), float(writer.height())
        self._plain, self._bold, self._large = (QFont(family) for _ in range(3))
        for font, size in ((self._plain, 8.5), (self._bold, 8.5), (self._large, 13)):
            font.setPointSizeF(size)
        self._bold.setBold(True)
        self._large.setBold(True)
        whole = sum(column.width for column in columns) or 1
        rough = [max(_LEAST, self._width * column.width / whole) for column in columns]
        self._widths = [width * self._width / sum(rough) for width in rough]

    def paginate(self, rows: Sequence[Sequence[str]]) -> list[list[Sequence[str]]]:
        """The rows of each page; there is a page where there are no rows."""
        pages: list[list[Sequence[str]]] = [[]]
        room = self._room()
        left = room
        for row in rows:
            need = self._high(row)
            if need > left and pages[-1]:
                pages.append([])
                left = room
            pages[-1].append(row)
            left -= need
        return pages

    def page(self, rows: Sequence[Sequence[str]], number: int, of: int) -> None:
        """Draw one page."""
        paint = self._painter
        paint.setPen(QColor("black"))
        paint.setFont(self._large)
        paint.drawText(QRectF(0, 0, self._width, 20 * _POINT), Qt.AlignmentFlag.AlignLeft, self._title)
        paint.setFont(self._plain)
        paint.drawText(
            QRectF(0, 19 * _POINT, self._width, 12 * _POINT), Qt.AlignmentFlag.AlignLeft, self._caption
        )
        top = _HEAD
        self._cells([column.title for column in self._columns], top, self._bold)
        top += self._head_high()
        paint.setPen(QPen(QColor("black"), 1.2 * _POINT / 2))
        paint.drawLine(0, round(top), round(self._width), round(top))
        for row in rows:
            paint.setPen(QColor("black"))
            self._cells(row, top, self._plain)
            top += self._high(row)
            paint.setPen(QPen(QColor("#999999"), _POINT / 4))
            paint.drawLine(0, round(top), round(self._width), round(top))
        paint.setPen(QColor("black"))
        paint.setFont(self._plain)
        foot = QRectF(0, self._height - 12 * _POINT, self._width, 12 * _POINT)
        paint.drawText(foot, Qt.AlignmentFlag.AlignRight, f"{number} / {of}")

    def _room(self) -> float:
        return self._height - _HEAD - self._head_high() - 16 * _POINT

    def _head_high(self) -> float:
        return self._high([column.title for column in self._columns])

    def _high(self, cells: Sequence[str]) -> float:
        self._painter.setFont(self._plain)
        flags = Qt.TextFlag.TextWordWrap
        tallest = max(
            (
                self._painter.boundingRect(QRectF(0, 0, width - 6 * _POINT, 1e6), flags, text or " ").height()
                for width, text in zip(self._widths, cells, strict=True)
            ),
            default=0.0,
        )
        return min(tallest + 2 * _ROW_PAD, self._height / 2)

    def _cells(self, cells: Sequence[str], top: float, font: QFont) -> None:
        high, left = self._high(cells), 0.0
        self._painter.setFont(font)
        for column, width, text in zip(self._columns, self._widths, cells, strict=True):
            side = Qt.AlignmentFlag.AlignRight if column.right else Qt.AlignmentFlag.AlignLeft
            place = QRectF(left, top + _ROW_PAD, width - 6 * _POINT, high - 2 * _ROW_PAD)
            self._painter.drawText(place, Qt.TextFlag.TextWordWrap | side, text)
            left += width
