"""What the built-in converter gets says the same as the Word file, without what only costs it time."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator

import dxpdf
import pypdfium2
import pytest

from kamdesk.documents import pdf
from kamdesk.documents.context.build import build
from kamdesk.documents.conversion_copy import ConversionCopy
from kamdesk.documents.fonts import write_configuration
from kamdesk.documents.pictures import png_size
from kamdesk.documents.render import Renderer
from kamdesk.documents.templates import bundled
from tests.documents.sample import proposal, tailored


@pytest.fixture(autouse=True, scope="module")
def _fonts_of_the_worker(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("FONTCONFIG_FILE", str(write_configuration(tmp_path_factory.mktemp("fonts"))))
        yield


def _parts(docx: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(docx)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def _with(docx: bytes, part: str, parts: dict[str, bytes]) -> bytes:
    """The file with one of its parts taken from others."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as made:
        for name, data in _parts(docx).items():
            made.writestr(name, parts[name] if name == part else data)
    return target.getvalue()


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
    assert {name for name in held if held[name] != given[name]} <= {
        "word/theme/theme1.xml",
        "word/styles.xml",
    }
    assert b"<a:font " in held["word/theme/theme1.xml"]
    assert b"<a:font " not in given["word/theme/theme1.xml"]
    assert b"<a:latin " in given["word/theme/theme1.xml"]
    assert dxpdf.convert(docx) == dxpdf.convert(copy)


@pytest.mark.parametrize(
    "family", ["Arial", "Calibri", "Cambria", "Times New Roman", "Courier New", "Nowhere"]
)
def test_the_font_that_stands_in_is_the_one_that_would_be_taken(family: str) -> None:
    from docx import Document

    word = Document()
    for bold, italic in ((False, False), (True, False), (False, True), (True, True)):
        run = word.add_paragraph().add_run(f"Текст {family}, 12 000 ₽")
        run.font.name, run.bold, run.italic = family, bold, italic
    target = io.BytesIO()
    word.save(target)
    docx = target.getvalue()
    copy = ConversionCopy(docx).packed()
    assert f"Текст {family}, 12" in _parts(copy)["word/document.xml"].decode()
    assert dxpdf.convert(docx) == dxpdf.convert(copy)


def test_a_theme_that_nothing_is_written_with_names_no_font() -> None:
    docx = Renderer().render(bundled("ru", "group").read(), build(proposal("ru"), tailored("ru"), "group"))
    copy = ConversionCopy(docx).packed()
    assert b'typeface="C' in _parts(docx)["word/theme/theme1.xml"]
    assert b'typeface="C' not in _parts(copy)["word/theme/theme1.xml"]
    assert dxpdf.convert(copy) == dxpdf.convert(_with(copy, "word/theme/theme1.xml", _parts(docx)))


def test_a_font_the_file_brings_is_not_renamed() -> None:
    docx = _in_other_scripts()
    held = _parts(docx)
    own = held["word/fontTable.xml"].replace(b"</w:font>", b'<w:embedRegular r:id="rId1"/></w:font>')
    copy = _parts(ConversionCopy(_with(docx, "word/fontTable.xml", {"word/fontTable.xml": own})).packed())
    assert {name for name in held if held[name] != copy[name]} == {
        "word/fontTable.xml",
        "word/theme/theme1.xml",
    }
    assert b'typeface="Calibri"' in copy["word/theme/theme1.xml"]


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
