"""The built-in converter parts no sums from their table and leaves no head alone, wherever on a page a long table begins."""

from __future__ import annotations

from dataclasses import replace

import pypdfium2
import pytest

from kamdesk.documents import blocks as b
from kamdesk.documents import pdf
from kamdesk.documents.context.build import build
from kamdesk.documents.context.document import OutgoingDocument
from kamdesk.documents.render import Renderer
from kamdesk.documents.templates import bundled
from tests.documents.sample import proposal, tailored

LINES = 34


def _document(before: int) -> OutgoingDocument:
    """Some paragraphs, a heading, and a table with three sums under it."""
    rows = tuple((f"{n}", f"Строка{n}.", f"{n}") for n in range(1, LINES + 1))
    sums = tuple(("", f"Итог{n}.", "100") for n in range(3))
    table = b.Table(("№", "Наименование", "Сумма"), (*rows, *sums), total_rows=3, widths=(0.1, 0.7, 0.2))
    text = tuple(b.text(f"Абзац {n}") for n in range(before))
    base = build(proposal("ru"), tailored("ru"), "group")
    return replace(base, blocks={"body": (*text, b.Heading("Заголовок."), table, b.text("Конец."))})


def _pages(docx: bytes) -> list[str]:
    document = pypdfium2.PdfDocument(pdf.built_in(docx))
    try:
        return ["".join(page.get_textpage().get_text_range().split()) for page in document]
    finally:
        document.close()


@pytest.mark.parametrize("before", range(0, 36, 3))
def test_a_long_table_is_parted_only_where_it_may_be(before: int) -> None:
    pages = _pages(Renderer().render(bundled("ru", "group").read(), _document(before)))
    whole = "".join(pages)
    for words in ("Заголовок.", *(f"Строка{n}." for n in range(1, LINES + 1)), "Итог0.", "Конец."):
        assert whole.count(words) == 1, words
    place = {words: next(n for n, page in enumerate(pages) if words in page)
             for words in ("Заголовок.", "Строка1.", f"Строка{LINES}.", "Итог0.", "Итог1.", "Итог2.")}  # fmt: skip
    assert place["Заголовок."] == place["Строка1."]
    assert len({place[f"Строка{LINES}."], place["Итог0."], place["Итог1."], place["Итог2."]}) == 1
    for page in pages:
        if "Строка" in page:
            assert page.count("№НаименованиеСумма") == 1, "each page of the table begins with its head"
        else:
            assert "№НаименованиеСумма" not in page


def test_rows_put_in_late_are_those_that_were_written() -> None:
    """A long table is filled by its form; it comes out as if each row had been written by itself."""
    from lxml import etree

    from kamdesk.documents.ooxml.names import w
    from tests.documents.made import packed, parts_of, template_with

    rows = tuple((f"{n}", f"<Насос & {n}>\nсталь 100 % %s" if n % 7 else "", f"{n}") for n in range(90))
    table = b.Table(("№", "Наименование", "Сумма"), (*rows, ("", "Итого", "1")), total_rows=1)
    document = replace(_document(0), blocks={"body": (table, table)})
    made = Renderer().render(bundled("ru", "group").read(), document)
    root = etree.fromstring(parts_of(made)["word/document.xml"])
    tables = [table for table in root.iter(w("tbl")) if len(table.findall(w("tr"))) > 50]
    assert len(tables) == 2 and etree.tostring(tables[0]) == etree.tostring(tables[1])
    written = tables[0].findall(w("tr"))[1:-1]
    assert len(written) == len(rows)
    for number, (row, cells) in enumerate(zip(written, rows, strict=True)):
        said = tuple(
            "".join("\n" if node.tag == w("br") else node.text or "" for node in cell.iter(w("t"), w("br")))
            for cell in row.findall(w("tc"))
        )
        assert said == cells
        if number < len(rows) - 1:  # the last one is kept with the sum
            for node in row.iter(w("t"), w("br")):
                node.text = None
        plain = [node.tag for node in row.iter() if node.tag not in (w("br"), w("t"))]
        model = [node.tag for node in written[0].iter() if node.tag not in (w("br"), w("t"))]
        assert number == len(rows) - 1 or set(plain) == set(model)
    parts = parts_of(template_with("…", language="ru"))
    for number in (0, 7):
        forged = f'<w:p><kdrows n="{number}"/></w:p><w:sectPr'.encode()
        held = {**parts, "word/document.xml": parts["word/document.xml"].replace(b"<w:sectPr", forged, 1)}
        assert Renderer().render(packed(held), document), (
            "a template that says the same gets rows and no error"
        )
