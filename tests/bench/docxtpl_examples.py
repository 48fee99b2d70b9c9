"""``python -m tests.bench.docxtpl_examples [--folder FOLDER]``: docxtpl's examples by docxtpl and by our renderer, side by side.

The example files are read from ``FOLDER`` (``../shared/data/word`` by default; docxtpl's source distribution for 0.20 holds
none, its repository has them under ``tests/templates``); one that is not there is told so. The other examples are
made anew here, with the same tags in the same places. Text and structure are compared; every difference has its reason.
"""

from __future__ import annotations

import argparse
import io
import re
import sys
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from lxml import etree

from kamdesk.documents.context.catalogue import Catalogue
from kamdesk.documents.context.document import OutgoingDocument
from kamdesk.documents.render import Renderer
from kamdesk.model.messages import KamdeskError
from kamdesk.translation import Translator
from tests.documents.word_files import WordFile, paragraph, run, table

FOLDER: Final = Path(__file__).resolve().parents[3] / "shared" / "data" / "word"
_W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_SPACE: Final = "{http://www.w3.org/XML/1998/namespace}space"
_IGNORED: Final = frozenset({"proofErr", "bookmarkStart", "bookmarkEnd", "lastRenderedPageBreak", "noProof"})
_LETTERS: Final = {f"{_W}tab": "\t", f"{_W}br": "\n", f"{_W}cr": "\n"}


@dataclass(frozen=True)
class Example:
    """One example: the name of a file, or the bytes of one made here; "" in ``outside`` means that it is compared.

    ``differs`` says why the two differ where they may.
    """

    name: str
    values: Mapping[str, Any]
    made: bytes = b""
    outside: str = ""
    differs: str = ""


@dataclass(frozen=True)
class Result:
    """``outcome`` is same, differs, outside or absent; ``why`` explains all but the first."""

    name: str
    outcome: str
    why: str = ""
    first: str = ""


class AnyName(Catalogue):
    """Takes every name that the values have: the examples are not about proposals."""

    def path_of(self, name: str) -> str | None:
        return name


def examples() -> tuple[Example, ...]:
    """All examples of docxtpl that are templates; the values are ours."""
    foods = [{"name": "Pizza", "ingredients": ["bread", "tomato"]}, {"name": "Tea", "ingredients": ["water"]}]
    books = [{"name": "Чехов", "books": [{"title": "Чайка"}, {"title": "Степь & <лес>"}]}]
    lines = [{"desc": "Pump", "qty": 2, "price": "10"}, {"desc": "Valve", "qty": 1, "price": "5"}]
    columns = {
        "col_labels": ["a", "b", "c", "d"],
        "tbl_contents": [{"label": "x", "cols": ["1", "2", "3", "4"]}] * 2,
    }
    code = "values are objects of docxtpl made by code (RichText, InlineImage, Subdoc, Listing)"
    real = (
        Example("nested_for", {"dishes": foods, "authors": books}),
        Example("order", {"customer_name": "Eric", "items": lines, "total_price": "15", "is_paid": False, "in_europe": True,
                          "company_name": "World & Co"}),
        Example("vertical_merge", {"items": lines, "category": "Parts", "total_price": "15"}),
        Example("dynamic_table", columns),
        Example("header_footer_image", {"mycompany": "Акционерное общество"}),
        Example("header_footer", {"title": "T", "mysubdoc": "", "company_name": "C", "date": "D"}, outside=code),
        Example("word2016", {}, outside=code),
        Example("richtext_paragraph", {}, outside=code),
    )  # fmt: skip
    return (*real, *_made_again(code))


def _made_again(code: str) -> tuple[Example, ...]:
    rows = [{"a": "1", "b": "2", "bg": "FF0000"}, {"a": "3", "b": "4", "bg": "00FF00"}]
    people = {"people": [{"name": "Ann", "on": True}, {"name": "Bob", "on": False}]}
    long = [str(number) for number in range(5)]

    def word(*body: str) -> bytes:
        return WordFile(*body).build()

    def p(*texts: str) -> str:
        return "".join(paragraph(text) for text in texts)

    def wide(*cells: str, grid: int = 2) -> str:
        columns = '<w:gridCol w:w="2000"/>' * grid
        return table(cells).replace("<w:tblGrid/>", f"<w:tblGrid>{columns}</w:tblGrid>")

    sides = WordFile(p("{{ title }}"))
    sides.side("header", p("{{ шапка }} & {{ title|default('N/A') }}"))
    sides.side("footer", p("{{ title }} «подвал»"))
    notes = WordFile(p("{{ title }}"))
    notes.footnote(p("see {{ title }}"))
    return (
        Example("cellbg", {"rows": rows},
                word(table(("{%tr for r in rows %}", ""), ("{% cellbg r.bg %}{{ r.a }}", "{{ r.b }}"), ("{%tr endfor %}", "")).replace(
                    "<w:tcPr/>", '<w:tcPr><w:tcW w:w="2000" w:type="dxa"/></w:tcPr>'))),
        Example("comments", {"title": "T"}, word(p("{# no #}a{{ title }}{# no #}", "{#p gone #}", "b"))),
        Example("escape", {"title": "a & b < c > d \"e\" 'f'\nnext\ttab"}, word(p("{{ title }} & <fixed>"))),
        Example("escaping_delimiters", {"title": "T"}, word(p("{_{ a }_} {_% b %_} {{ title }}"))),
        Example("footnotes", {"title": "T"}, notes.build()),
        Example("header_footer_entities", {"title": "T", "шапка": "Ш & <Щ>"}, sides.build()),
        Example("horizontal_merge", {"rows": long}, word(wide("{%tc for r in rows %}", "{% hm %}{{ title }}", "{%tc endfor %}").replace(
            "<w:tcPr/>", '<w:tcPr><w:tcW w:w="2000" w:type="dxa"/></w:tcPr>')),
                differs="docxtpl joins five columns where the table's grid has two; ours has the five"),
        Example("illegal_xml_chars", {"title": "a\x0bb\x00c"}, word(p("{{ title }}"))),
        Example("less_cells_after_loop", {"rows": long[:1]}, word(wide("{%tc for r in rows %}", "{{ r }}", "{%tc endfor %}", grid=3))),
        Example("more_cells_after_loop", {"rows": long}, word(wide("{%tc for r in rows %}", "{{ r }}", "{%tc endfor %}", grid=3))),
        Example("merge_paragraph", {"town": True}, word(p("My house is", "{%- if town -%}", "in town", "{%- else -%}", "away",
                                                          "{%- endif -%}", "and I love it."))),
        Example("module_execute", {"json_dict": {"name": "value"}}, word(p("{{ json_dict.name }}"))),
        Example("multi_rendering", {"title": "T"}, word(p("{{ title }}", "{{ title }}"))),
        Example("preserve_spaces", {"title": "T"}, word(paragraph(run("a "), run("{% if title %}"), run(" b "), run("{% endif %}"), run(" c")))),
        Example("richtext_and_if", people, word(p("{%p for x in people %}", "{{ x.name }}{% if x.on %} here{% endif %}", "{%p endfor %}"))),
        Example("split_tags", {"title": "T"}, word(paragraph(run("{"), run("{ ti", "<w:b/>"), run("tle }"), run("}!")))),
        Example("vertical_merge_nested", {"rows": rows, "title": "T"}, word(table(
            ("{%tr for r in rows %}", ""), ("{% vm %}{{ title }}", "{{ r.b }}"), ("{%tr endfor %}", "")).replace("<w:tcPr/>", '<w:tcPr><w:tcW w:w="2000" w:type="dxa"/></w:tcPr>'))),
        Example("two_loops_in_a_row", {"rows": rows}, word(table(("{%tr for r in rows %}",), ("{% for k in r.a %}{{ k }}{% endfor %}",), ("{%tr endfor %}",)))),
        Example("pictures_in_a_loop", {"rows": long[:2]}, word(p("{%p for r in rows %}")
            + '<w:p><w:r><w:drawing><wp:inline><wp:docPr id="7" name="{{ r }}"/></wp:inline></w:drawing></w:r></w:p>' + p("{%p endfor %}"))),
        Example("filters", {"title": "tEst"}, word(p("{{ title|upper }} {{ title|lower }} {{ title|title }} {{ title|length }}"))),
        Example("conditions", {"n": 3, "title": "T"}, word(p("{% if n > 2 and title != 'x' %}yes{% elif n < 1 %}low{% else %}no{% endif %}"))),
        Example("set_and_with", {"n": 3}, word(p("{% set m = n * 2 %}{{ m }}{% with k = m + 1 %}{{ k }}{% endwith %}"))),
        Example("raw", {}, word(p("{% raw %}{{ kept }}{% endraw %}"))),
        Example("core_properties", {"title": "T"}, outside="properties of a file that goes to a client are ours, never the template's"),
        Example("custom_jinja_filters", {}, outside="filters of one's own are code"),
        Example("custom_delimiters", {}, outside="delimiters of one's own are set by code"),
        Example("embedded", {}, outside="embedded objects (OLE) are refused: trust.md"),
        Example("hyperlink", {}, outside=code),
        Example("inline_image", {}, outside=code),
        Example("merge_docx", {}, outside="another document inside (subdoc) is code; blocks take its place"),
        Example("replace_picture", {}, outside="pictures are replaced by code"),
        Example("richtext", {}, outside=code),
        Example("subdoc", {}, outside=code),
    )  # fmt: skip


def compare(example: Example, folder: Path, renderer: Renderer) -> Result:
    """One example by both."""
    if example.outside:
        return Result(example.name, "outside", example.outside)
    template = example.made
    if not template:
        path = folder / f"{example.name}_tpl.docx"
        if not path.is_file():
            return Result(example.name, "absent", f"{path.name} is not in {folder}")
        template = path.read_bytes()
    values = {"title": "", **example.values}
    try:
        ours = _texts(_ours(renderer, template, values, example.name))
    except KamdeskError as error:
        return Result(example.name, "differs", example.differs or Translator("en").message(error.message))
    try:
        other = _texts(_docxtpl(template, values))
    except (ValueError, etree.XMLSyntaxError) as error:
        return Result(example.name, "differs", example.differs, str(error))
    if ours == other:
        return Result(example.name, "same")
    return Result(example.name, "differs", example.differs, _first_difference(ours, other))


def _ours(renderer: Renderer, template: bytes, values: Mapping[str, Any], name: str) -> bytes:
    paths = {key: key for key in values}
    fields = AnyName(f"example.{name}", (), paths)
    document = OutgoingDocument("group", "en", "", "", "2026-01-01", {}, {})
    return renderer.fill(template, fields, values, document)


def _docxtpl(template: bytes, values: Mapping[str, Any]) -> bytes:
    from docxtpl import DocxTemplate

    filled = DocxTemplate(io.BytesIO(template))
    filled.render(dict(values), autoescape=True)
    target = io.BytesIO()
    filled.save(target)
    return target.getvalue()


# --- what is compared --------------------------------------------------------------------------------------


def _texts(docx: bytes) -> dict[str, list[str]]:
    """The parts with text, each as a list of lines: paragraphs with their runs, tables with their grids, cells, pictures."""
    found = {}
    with zipfile.ZipFile(io.BytesIO(docx)) as archive:
        for name in archive.namelist():
            if re.fullmatch(r"word/(document|header\d*|footer\d*|footnotes|endnotes)\.xml", name):
                lines: list[str] = []
                _walk(etree.fromstring(archive.read(name)), 0, lines)
                found[name] = lines
    return found


def _walk(node: Any, depth: int, lines: list[str]) -> None:
    name = etree.QName(node).localname
    if name in _IGNORED or name in ("rPr", "lang"):
        return
    if node.tag == f"{_W}p":
        lines.append(f"{'  ' * depth}p {_properties(node.find(f'{_W}pPr'))} {_runs(node)}")
        for inner in node.iter(f"{_W}txbxContent"):
            _walk(inner, depth + 1, lines)
        return
    attributes = {key: value for key, value in node.attrib.items() if "rsid" not in key and key != _SPACE}
    lines.append(f"{'  ' * depth}{name} {sorted(attributes.items())}")
    for child in node:
        if isinstance(child.tag, str):
            _walk(child, depth + 1, lines)


def _runs(paragraph: Any) -> list[tuple[str, str]]:
    """(look, text) of the runs; neighbours of one look are one, and tabs and line breaks are letters of it."""
    found: list[tuple[str, str]] = []
    for part in paragraph.iter(f"{_W}r"):
        look = _properties(part.find(f"{_W}rPr"))
        text = ""
        for child in part:
            if child.tag == f"{_W}t":
                text += child.text or ""
            elif child.tag in _LETTERS and child.get(f"{_W}type") is None:
                text += _LETTERS[child.tag]
            elif isinstance(child.tag, str) and etree.QName(child).localname not in (*_IGNORED, "rPr"):
                text += f"<{etree.QName(child).localname}>"
                text += "".join(f"[{one.get('name')}]" for one in child.iter() if "docPr" in str(one.tag))
        if not text:
            continue
        if found and found[-1][0] == look:
            found[-1] = (look, found[-1][1] + text)
        else:
            found.append((look, text))
    return found


def _properties(node: Any) -> str:
    if node is None:
        return ""
    kept = [child for child in node if etree.QName(child).localname not in ("rPr", "lang", *_IGNORED)]
    return " ".join(
        re.sub(r' (xmlns:\w+|w:rsid\w*)="[^"]*"', "", etree.tostring(child, encoding="unicode")).strip()
        for child in kept
    )


def _first_difference(ours: Mapping[str, list[str]], other: Mapping[str, list[str]]) -> str:
    for name in sorted({*ours, *other}):
        one, two = ours.get(name, []), other.get(name, [])
        for mine, theirs in zip(one, two, strict=False):
            if mine != theirs:
                return f"{name}: ours {mine.strip()!r}, docxtpl {theirs.strip()!r}"
        if len(one) != len(two):
            return f"{name}: {len(one)} lines, docxtpl {len(two)}"
    return ""


def main(write: Callable[[str], object] = print) -> int:
    """Print the table; 1 where a difference has no reason."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.docxtpl_examples", description=__doc__)
    parser.add_argument("--folder", type=Path, default=FOLDER)
    folder: Path = parser.parse_args().folder
    renderer = Renderer()
    results = [compare(example, folder, renderer) for example in examples()]
    for one in results:
        said = one.why or ("" if one.outcome == "same" else f"NOT EXPLAINED {one.first}")
        write(f"{one.name:<26}{one.outcome:<9}{said}".rstrip())
    same = sum(one.outcome == "same" for one in results)
    compared = sum(one.outcome in ("same", "differs") for one in results)
    write(f"{same} of {compared} compared are the same")
    return int(any(one.outcome == "differs" and not one.why for one in results))


if __name__ == "__main__":
    sys.exit(main())
