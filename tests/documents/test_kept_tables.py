"""A short table that Word keeps whole is kept whole by the built-in converter too, and nothing is lost by it."""

from __future__ import annotations

import io
import zipfile

import pypdfium2
import pytest
from lxml import etree

from kamdesk.documents import pdf
from kamdesk.documents.kept_tables import frame
from kamdesk.documents.ooxml.xml import Element


def _docx(before: int, rows: int, keep: bool, words: str = "строка") -> bytes:
    from docx import Document

    word = Document()
    for index in range(before):
        word.add_paragraph(f"абзац {index}")
    table = word.add_table(rows=rows, cols=2)
    for index, row in enumerate(table.rows):
        for cell in row.cells:
            cell.paragraphs[0].text = f"{words} {index}"
            cell.paragraphs[0].paragraph_format.keep_with_next = keep and index < rows - 1
    target = io.BytesIO()
    word.save(target)
    return target.getvalue()


def _body(docx: bytes) -> Element:
    with zipfile.ZipFile(io.BytesIO(docx)) as archive:
        return etree.fromstring(archive.read("word/document.xml"))


def _pages(docx: bytes) -> list[str]:
    document = pypdfium2.PdfDocument(pdf.built_in(docx))
    try:
        return [" ".join(page.get_textpage().get_text_range().split()) for page in document]
    finally:
        document.close()


@pytest.mark.parametrize("before", [20, 22, 24, 26])
def test_a_kept_table_stands_on_one_page(before: int) -> None:
    pages = _pages(_docx(before, 8, keep=True))
    with_rows = [text for text in pages if "строка" in text]
    assert len(with_rows) == 1
    assert all(f"строка {index}" in with_rows[0] for index in range(8))


def test_a_table_longer_than_a_page_is_left_alone_and_whole() -> None:
    for docx in (_docx(3, 60, keep=True), _docx(3, 9, keep=True, words="слово " * 300)):
        assert not frame(_body(docx))
    text = "".join(_pages(_docx(3, 60, keep=True)))
    assert all(f"строка {index}" in text for index in range(60))


def test_a_table_that_may_break_stays_as_it_is() -> None:
    docx = _docx(3, 8, keep=False)
    assert not frame(_body(docx))
