"""A booklet: A5 pages two a sheet on A4 across, so that the sheets are printed on both sides, folded and stapled (X4)."""

from __future__ import annotations

from io import BytesIO
from typing import Any, Final

from kamdesk.model.messages import KamdeskError

_PAGES_A_SHEET: Final = 4
_A4_ACROSS: Final = (841.89, 595.276)  # points


def order(pages: int) -> tuple[int | None, ...]:
    """The pages (from 0) as they stand from left to right, side after side; None is an empty one.

    Eight pages: 8 1, 2 7, 6 3, 4 5, as saddle stitching wants it.
    """
    total = -(-pages // _PAGES_A_SHEET) * _PAGES_A_SHEET
    found: list[int] = []
    for sheet in range(total // _PAGES_A_SHEET):
        first, last = 2 * sheet, total - 1 - 2 * sheet
        found += [last, first, first + 1, last - 1]
    return tuple(number if number < pages else None for number in found)


def imposed(pdf: bytes) -> bytes:
    """The pages of an A5 PDF as a booklet on A4. Raises KamdeskError ``documents.not_pdf``."""
    import pypdfium2
    import pypdfium2.raw as raw

    try:
        source = pypdfium2.PdfDocument(pdf)
    except pypdfium2.PdfiumError as error:
        raise KamdeskError("documents.not_pdf") from error
    ordered = pypdfium2.PdfDocument.new()
    try:
        width, height = source.get_page_size(0)
        for number in order(len(source)):
            if number is None:
                ordered.new_page(width, height)
            else:
                ordered.import_pages(source, [number])
        handle: Any = raw.FPDF_ImportNPagesToOne(ordered, *_A4_ACROSS, 2, 1)
        if not handle:
            raise KamdeskError("documents.not_pdf")
        sheets = pypdfium2.PdfDocument(handle)
        try:
            target = BytesIO()
            sheets.save(target)
            return target.getvalue()
        finally:
            sheets.close()
    finally:
        ordered.close()
        source.close()
