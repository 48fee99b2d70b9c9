"""What the built-in converter gets says the same as the Word file, without what only costs it time."""

from __future__ import annotations

import io
import zipfile

import dxpdf
import pypdfium2

from kamdesk.documents import pdf
from kamdesk.documents.context.build import build
from kamdesk.documents.conversion_copy import ConversionCopy
from kamdesk.documents.pictures import png_size
from kamdesk.documents.render import Renderer
from kamdesk.documents.templates import bundled
from tests.documents.sample import proposal, tailored


def _parts(docx: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(docx)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def _in_other_scripts() -> bytes:
    from docx import Document

    word = Document()
    for text in ("Текст и text, 12 000 ₽", "日本語", "العربية", "हिन्दी"):
        word.add_paragraph(text)
    target = io.BytesIO()
    word.save(target)
    return target.getvalue()


def test_only_the_fonts_of_scripts_are_taken_off_and_no_page_shows_it() -> None:
    docx = _in_other_scripts()
    copy = ConversionCopy(docx).packed()
    held, given = _parts(docx), _parts(copy)
    assert [*held] == [*given]
    assert {name for name in held if held[name] != given[name]} == {"word/theme/theme1.xml"}
    assert b"<a:font " in held["word/theme/theme1.xml"]
    assert b"<a:font " not in given["word/theme/theme1.xml"]
    assert b"<a:latin " in given["word/theme/theme1.xml"]
    assert dxpdf.convert(docx) == dxpdf.convert(copy)


def test_a_chart_is_not_painted_anew() -> None:
    docx = Renderer().render(bundled("ru", "group").read(), build(proposal("ru"), tailored("ru"), "group"))
    charts = [data for name, data in _parts(docx).items() if name.startswith("word/media/")]
    made = pypdfium2.PdfDocument(pdf.built_in(docx))
    try:
        held = [
            item.get_px_size()
            for page in made
            for item in page.get_objects([pypdfium2.raw.FPDF_PAGEOBJ_IMAGE])
        ]
    finally:
        made.close()
    assert sorted(held) == sorted(map(png_size, charts))
