"""The first table of a letterhead as pattern of ours, columns, lists and links on letterheads of many kinds; the order of the schema."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from kamdesk.documents import cleaning, letterhead, vetting
from kamdesk.documents.context.build import build
from kamdesk.documents.docx_runs import RUN_ORDER
from kamdesk.documents.ooxml.names import local, w
from kamdesk.documents.render import Renderer
from tests.documents import letterheads, sample
from tests.documents.made import parts_of
from tests.documents.office import convert

ROWS = (
    ("Наименование", "Кол-во", "Цена"),
    ("Насос", "1", "100"),
    ("Клапан", "2", "200"),
    ("Кран", "3", "300"),
)
TEXT = "Текст письма, который уступит место предложению, и он достаточно длинный, чтобы быть текстом."
RICH = "**Главное**:\n1. раз\n2. два\nи\n1. снова [сайт](https://example.com/?a=1&b=2)"
ORDER = {
    "pPr": "pStyle keepNext keepLines pageBreakBefore numPr pBdr shd tabs spacing ind contextualSpacing jc outlineLvl rPr sectPr",
    "rPr": " ".join(RUN_ORDER),
    "tblPr": "tblStyle tblStyleRowBandSize tblW jc tblInd tblBorders shd tblLayout tblCellMar tblLook",
    "tcPr": "tcW gridSpan vMerge tcBorders shd noWrap tcMar vAlign",
    "sectPr": "headerReference footerReference type pgSz pgMar pgNumType cols formProt vAlign titlePg docGrid",
}


def page(fill: Callable[[Any], object]) -> bytes:
    """A letterhead by python-docx."""
    from docx import Document

    document = Document()
    document.add_paragraph("ООО «Контур», ИНН 7451000000, тел. +7 351 200-00-00")
    fill(document)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def dressed(document: Any, fill: str = "1F4E79") -> Any:
    """A table with a dark heading, a band, and red lines, all set by hand."""
    from docx.oxml import OxmlElement
    from docx.shared import Pt, RGBColor

    table = document.add_table(4, 3)
    for number, row in enumerate(ROWS):
        for column, words in enumerate(row):
            cell = table.rows[number].cells[column]
            run = cell.paragraphs[0].add_run(words)
            run.font.size, run.font.name = Pt(9), "Georgia"
            if not number:
                run.font.color.rgb = RGBColor(255, 255, 255)
            if number in (0, 2):
                shade = OxmlElement("w:shd")
                shade.set(w("val"), "clear")
                shade.set(w("fill"), fill if not number else "DDEBF7")
                cell._tc.get_or_add_tcPr().append(shade)
    borders = OxmlElement("w:tblBorders")
    for side in ("top", "bottom", "insideH"):
        line = OxmlElement(f"w:{side}")
        for name, value in (("val", "single"), ("sz", "6"), ("space", "0"), ("color", "C00000")):
            line.set(w(name), value)
        borders.append(line)
    table._tbl.tblPr.append(borders)
    return table


def with_table(document: Any) -> None:
    document.add_paragraph(TEXT)
    dressed(document)


def with_style(document: Any) -> None:
    document.add_paragraph(TEXT)
    table = document.add_table(4, 3, style="Light Grid Accent 1")
    for number, row in enumerate(ROWS):
        for column, words in enumerate(row):
            table.rows[number].cells[column].text = words


def with_bare_table(document: Any) -> None:
    document.add_paragraph(TEXT)
    document.add_table(4, 3)


def in_columns(document: Any) -> None:
    document.add_paragraph(TEXT)
    columns = document.sections[0]._sectPr.find(w("cols"))
    columns.set(w("num"), "2")


def landscape(document: Any) -> None:
    document.sections[0].different_first_page_header_footer = True
    document.sections[0].first_page_header.paragraphs[0].text = "Первая страница"
    document.add_paragraph(TEXT)
    section = document.add_section()
    section.page_width, section.page_height = section.page_height, section.page_width
    dressed(document)


def russian_names(document: Any) -> None:
    for style in document.styles.element.iterfind(w("style")):
        name = style.find(w("name"))
        called = name.get(w("val")).lower()
        if called.startswith("heading "):
            name.set(w("val"), called.replace("heading", "Заголовок"))
    document.add_paragraph(TEXT)


def no_styles(document: Any) -> None:
    keep = ("Normal", "Default Paragraph Font", "Normal Table")
    for style in [*document.styles.element.iterfind(w("style"))]:
        if style.find(w("name")).get(w("val")) not in keep:
            document.styles.element.remove(style)
    document.add_paragraph(TEXT)


MAKERS = (with_table, with_style, with_bare_table, in_columns, landscape, russian_names, no_styles)


def poured(raw: bytes, *, pattern: bool = True, language: str = "ru", kind: str = "group") -> bytes:
    template = letterhead.prepare(cleaning.clean(raw).data, None, kind, language, pattern)
    reader = None if kind == "group" else sample.FINANCE
    data = replace(sample.proposal(language), understanding=RICH)
    return Renderer().render(template, build(data, sample.tailored(language), kind, reader))


def body(data: bytes) -> Any:
    return etree.fromstring(parts_of(data)["word/document.xml"])


def prices(data: bytes) -> Any:
    """Our table of prices."""
    for table in body(data).iter(w("tbl")):
        if "Наименование" in "".join(node.text or "" for node in table.iter(w("t"))):
            return table
    raise AssertionError("no table of prices")


def fills(table: Any) -> list[str]:
    """The shading of the first cell of each row."""
    rows = table.findall(w("tr"))
    found = (row.find(f"{w('tc')}/{w('tcPr')}/{w('shd')}") for row in rows)
    return [one.get(w("fill")) if one is not None else "" for one in found]


def test_a_table_set_by_hand_is_the_pattern_and_goes_with_the_old_text() -> None:
    data = poured(page(with_table))
    table = prices(data)
    assert fills(table)[:4] == ["1F4E79", "", "DDEBF7", ""]
    first = next(table.iter(w("r"))).find(w("rPr"))
    assert (
        first.find(w("color")).get(w("val")) == "FFFFFF"
        and first.find(w("rFonts")).get(w("ascii")) == "Georgia"
    )
    assert first.find(w("b")) is None and first.find(w("sz")).get(w("val")) == "18"
    borders = table.find(f"{w('tblPr')}/{w('tblBorders')}")
    assert {local(side.tag): side.get(w("color")) for side in borders} == dict.fromkeys(
        ("top", "bottom", "insideH"), "C00000"
    )
    assert "Насос" not in etree.tostring(body(data), encoding="unicode")
    style = next(
        one
        for one in etree.fromstring(parts_of(data)["word/styles.xml"]).iter(w("style"))
        if one.get(w("styleId")) == "KdPattern"
    )
    assert [one.get(w("type")) for one in style.iter(w("tblStylePr"))] == ["band2Horz", "firstRow"]


def test_a_table_style_is_followed_where_its_look_is_on() -> None:
    table = prices(poured(page(with_style)))
    assert fills(table)[:3] == ["", "D3DFEE", ""]
    assert table.find(f"{w('tblPr')}/{w('tblBorders')}/{w('top')}").get(w("color")) == "4F81BD"


@pytest.mark.parametrize("maker", [with_bare_table, no_styles])
def test_without_a_pattern_tables_look_as_ever(maker: Callable[[Any], object]) -> None:
    data = poured(page(maker))
    assert b"KdPattern" not in parts_of(data)["word/styles.xml"]


def test_the_pattern_can_be_turned_off() -> None:
    raw = page(with_table)
    assert "1F4E79" not in fills(prices(poured(raw, pattern=False)))


def test_a_table_before_the_text_stays_and_is_the_pattern_where_there_is_no_other() -> None:
    def fill(document: Any) -> None:
        dressed(document)
        document.add_paragraph("Тел. +7 351 200-00-00")  # still the letterhead
        document.add_paragraph(TEXT)

    raw = cleaning.clean(page(fill)).data
    template = letterhead.prepare(raw, 3, "group", "ru")
    data = Renderer().render(template, build(sample.proposal("ru"), sample.tailored("ru"), "group"))
    assert "Насос" in etree.tostring(body(data), encoding="unicode")
    tables = [*body(data).iter(w("tbl"))]
    assert fills(tables[-2])[0] == "1F4E79" or any(fills(table)[0] == "1F4E79" for table in tables[1:])


def test_columns_end_where_our_text_begins() -> None:
    data = poured(page(in_columns))
    sections = [*body(data).iter(w("sectPr"))]
    assert [one.find(w("cols")) is not None for one in sections] == [True, False]
    assert sections[-1].find(w("type")).get(w("val")) == "continuous"
    assert int(prices(data).find(f"{w('tblPr')}/{w('tblW')}").get(w("w"))) > 8000


@pytest.mark.parametrize("maker", MAKERS)
@pytest.mark.parametrize("kind", ["group", "variant", "cover"])
def test_every_letterhead_gives_a_file_in_the_order_of_the_schema(
    maker: Callable[[Any], object], kind: str
) -> None:
    data = poured(page(maker), kind=kind)
    assert vetting.vet(data, "output").ok
    for name in ("word/document.xml", "word/styles.xml"):
        for node in etree.fromstring(parts_of(data)[name]).iter():
            order = ORDER.get(local(node.tag) if isinstance(node.tag, str) else "", "").split()
            places = [order.index(local(child.tag)) for child in node if local(child.tag) in order]
            assert places == sorted(places), etree.tostring(node)


@pytest.mark.parametrize("language", ["ru", "en"])
def test_lists_of_the_letterhead_count_anew_and_links_lead_out(language: str) -> None:
    data = poured(page(russian_names), language=language)
    ids = [one.get(w("val")) for one in body(data).iter(w("numId"))]
    assert len(ids) == 5 and len(set(ids)) == 3  # two lists, then the annexes
    numbering = etree.fromstring(parts_of(data)["word/numbering.xml"])
    nums = {one.get(w("numId")): one for one in numbering.iterfind(w("num"))}
    assert all(
        nums[one].find(f"{w('lvlOverride')}/{w('startOverride')}").get(w("val")) == "1" for one in set(ids)
    )
    link = next(body(data).iter(w("hyperlink")))
    relations = parts_of(data)["word/_rels/document.xml.rels"].decode()
    target = re.search(r'Id="kdLink1"[^>]*Target="([^"]*)" TargetMode="External"', relations)
    assert target is not None and target[1] == "https://example.com/?a=1&amp;b=2"
    assert "".join(node.text for node in link.iter(w("t"))) == "сайт"


@pytest.mark.parametrize("maker", [with_table, in_columns, no_styles])
def test_libreoffice_opens_it_and_says_the_same(maker: Callable[[Any], object], tmp_path: Path) -> None:
    from kamdesk.documents import edits

    data = poured(page(maker))
    assert edits.differences(data, convert(data, tmp_path)) == ()


def test_the_head_of_a_letter_is_no_pattern() -> None:
    data = poured(letterheads.russian().build())
    assert b"KdPattern" not in parts_of(data)["word/styles.xml"]
