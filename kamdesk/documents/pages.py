"""Pages of a PDF as pictures, drawn by PDFium in the worker."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from kamdesk.documents.pictures import png
from kamdesk.model.messages import KamdeskError

_POINTS_PER_INCH: Final = 72
_LARGEST_SIDE: Final = 6000  # pixels: A3 at 300 dpi and more, and 100 MB of memory at most


@dataclass(frozen=True, slots=True)
class Page:
    """One page as a PNG. ``number`` counts from 0; ``width`` and ``height`` are pixels."""

    number: int
    width: int
    height: int
    png: bytes


def count(pdf: bytes) -> int:
    """How many pages a PDF has. Raises KamdeskError ``documents.not_pdf``."""
    document = _open(pdf)
    try:
        return len(document)
    finally:
        document.close()


def draw(pdf: bytes, first: int = 0, many: int | None = None, dpi: float = 110) -> list[Page]:
    """Draw ``many`` pages (None: all) from ``first`` on. Raises KamdeskError ``not_pdf``, ``no_page``."""
    document = _open(pdf)
    try:
        total = len(document)
        if first < 0 or first >= total:
            raise KamdeskError("documents.no_page", number=first + 1)
        last = total if many is None else min(first + many, total)
        return [_draw(document, number, dpi) for number in range(first, last)]
    finally:
        document.close()


def _open(pdf: bytes) -> Any:
    import pypdfium2

    try:
        return pypdfium2.PdfDocument(pdf)
    except pypdfium2.PdfiumError as error:
        raise KamdeskError("documents.not_pdf") from error


def _draw(document: Any, number: int, dpi: float) -> Page:
    page = document[number]
    longest = max(page.get_width(), page.get_height()) * dpi / _POINTS_PER_INCH
    scale = dpi / _POINTS_PER_INCH * min(1.0, _LARGEST_SIDE / max(longest, 1))
    bitmap = page.render(scale=scale, rev_byteorder=True, prefer_bgrx=False)
    try:
        data = png(bitmap.width, bitmap.height, memoryview(bitmap.buffer), bitmap.stride)
        return Page(number, bitmap.width, bitmap.height, data)
    finally:
        bitmap.close()
        page.close()
