"""What somebody changed by hand in a document of ours (R11), and every word that a document carries."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from typing import Any, Final

from kamdesk.documents.findings import message_to_json
from kamdesk.documents.ooxml.fields import CHANGING_FIELDS, read_fields
from kamdesk.documents.ooxml.names import MC, local, w
from kamdesk.documents.ooxml.package import Package
from kamdesk.documents.ooxml.walk import Paragraph, paragraphs
from kamdesk.documents.ooxml.xml import Element
from kamdesk.model.messages import Message

_LIKE: Final = 0.45
"""From this share of common letters on, two paragraphs are one that was changed."""
_COMPARED: Final = 2_000  # letters of a paragraph that decide on likeness
_NAME: Final = 40  # letters of a cell that name a row or a column
_COLUMNS_WITH_HEAD: Final = 3  # from so many filled cells on, a first row is a heading
_A_NAME: Final = re.compile(r"[^\W\d_]{2}")
_SHOWN: Final = 50_000  # letters of a text that are shown of a change
_PAIRS: Final = 10_000  # pairs compared within one changed stretch
_MATCHED: Final = 4_000_000  # pairs above which difflib may leave out what repeats
_UNSEEN: Final = re.compile("[\u00ad\u200b\u200c\u200d\u2060\ufeff]")
_TEXT_TAGS: Final = frozenset({"t", "delText", "instrText", "delInstrText"})
_SAID_BY_ATTRIBUTE: Final = frozenset(
    {"descr", "title", "alt", "author", "initials", "instr", "Target", "userId"}
)
_NAMED: Final = frozenset(
    {"bookmarkStart", "docPr", "cNvPr", "property", "alias", "tag", "docVar", "ffData", "name"}
)
_NOT_TEXT: Final = re.compile(
    r"word/(?:theme/|fontTable\.xml|webSettings\.xml|_rels/fontTable)|\[Content_Types\]"
)
_WORD: Final = re.compile(r"\w+(?:[-’']\w+)*")


@dataclass(frozen=True, slots=True)
class Edit:
    """One change. ``kind`` is changed, added or removed; ``what`` is text, cell, row, table or picture.

    ``place`` is in the edited document, for removed things in the earlier one. Texts are as shown, very long ones cut.
    """

    kind: str
    place: Message
    before: str = ""
    after: str = ""
    what: str = "text"


def edit_to_json(edit: Edit) -> dict[str, Any]:
    """An edit as JSON values."""
    shown = {"kind": edit.kind, "what": edit.what, "before": edit.before, "after": edit.after}
    return {**shown, "place": message_to_json(edit.place)}


@dataclass(frozen=True, slots=True)
class _Unit:
    """A paragraph or a row of a table: what is compared as a whole. ``key`` is the text without regard to spaces."""

    what: str
    key: tuple[str, ...]
    texts: tuple[str, ...]
    places: tuple[Message, ...]
    pictures: int = 0
    table: Element = None
    row: Element = None
    numbered: Message | None = None
    """The place of a row by its number: what a whole table is called by."""


def differences(before: bytes, after: bytes) -> tuple[Edit, ...]:
    """What a person changed between two versions, in reading order; texts only, with notes on pictures and tables.

    Values that a program computes by itself (page numbers, contents, dates), empty paragraphs, spacing and
    the way text is cut into runs count for nothing. Raises KamdeskError when a file cannot be read.
    """
    old, new = _units(Package.read(before)), _units(Package.read(after))
    found = _compare(old["body"], new["body"])
    for side in ("header", "footer"):
        found += _compare(_without(old[side], new[side]), _without(new[side], old[side]))
    for side in ("footnotes", "endnotes"):
        found += _compare(old[side], new[side])
    return tuple(replace(one, before=_cut(one.before), after=_cut(one.after)) for one in found)


def _cut(text: str) -> str:
    return text if len(text) <= _SHOWN else text[:_SHOWN] + "…"


# --- what is compared --------------------------------------------------------------------------------------


def _units(package: Package) -> dict[str, list[_Unit]]:
    sides: dict[str, list[_Unit]] = {
        name: [] for name in ("body", "header", "footer", "footnotes", "endnotes")
    }
    rows: dict[Element, list[Paragraph]] = {}
    computed = _Computed(package)
    for where, group in _grouped(paragraphs(package), rows):
        unit = _row(group, computed) if group[0].row is not None else _line(group[0], computed)
        if any(unit.key) or unit.pictures:
            # Office programs write one header as several parts; the same line counts once.
            if where in ("header", "footer") and any(unit.key == known.key for known in sides[where]):
                continue
            sides[where].append(unit)
    for units in sides.values():
        _name_cells(units)
    return sides


def _grouped(
    items: Iterable[Paragraph], rows: dict[Element, list[Paragraph]]
) -> list[tuple[str, list[Paragraph]]]:
    """Paragraphs of one table row together, in the order in which each row begins."""
    groups: list[tuple[str, list[Paragraph]]] = []
    for item in items:
        if item.row is None:
            groups.append((item.where, [item]))
        elif item.row in rows:
            rows[item.row].append(item)
        else:
            rows[item.row] = [item]
            groups.append((item.where, rows[item.row]))
    return groups


class _Computed:
    """The text elements that are results of fields which change by themselves."""

    def __init__(self, package: Package) -> None:
        self._package = package
        self._parts: dict[str, set[Element]] = {}

    def shown(self, paragraph: Paragraph) -> str:
        """The text of a paragraph without such results."""
        if paragraph.part not in self._parts:
            found: set[Element] = set()
            for field in read_fields(self._package.tree(paragraph.part)):
                if field.name in CHANGING_FIELDS:
                    found.update(field.result if field.simple is None else field.simple.iter())
            self._parts[paragraph.part] = found
        skipped = self._parts[paragraph.part]
        return "".join(piece.text for piece in paragraph.pieces if piece.element not in skipped)


def _line(paragraph: Paragraph, computed: _Computed) -> _Unit:
    text = computed.shown(paragraph)
    return _Unit("text", (_plain(text),), (text.strip(),), (paragraph.place,), _pictures([paragraph]))


def _name_cells(units: list[_Unit]) -> None:
    """Call the cells of tables by the heading of the column and the first words of the row, where these are one of a kind."""
    tables: dict[Element, list[int]] = {}
    for at, unit in enumerate(units):
        if unit.table is not None:
            tables.setdefault(unit.table, []).append(at)
    for rows in tables.values():
        first = units[rows[0]]
        head = first.texts if _is_head(first.row, first.texts) else ()
        names = [next((text for text in units[at].texts if _A_NAME.search(text)), "") for at in rows]
        often = Counter(names)
        for at, name in zip(rows, names, strict=True):
            called = name if often[name] == 1 else ""
            unit = units[at]
            columns = ("",) * len(unit.texts) if unit is first else head
            places = [
                _cell_place(called, columns[number] if number < len(columns) else "") or plain
                for number, plain in enumerate(unit.places)
            ]
            if unit is first and head:
                places = [Message("wording.at_head", {"column": _short(text)}) for text in head]
            units[at] = replace(unit, places=tuple(places))


def _cell_place(row: str, column: str) -> Message | None:
    if row and column:
        return Message("wording.at_cell", {"row": _short(row), "column": _short(column)})
    return Message("wording.at_row", {"row": _short(row)}) if row else None


def _is_head(row: Element, texts: Sequence[str]) -> bool:
    marked = row.find(f"{w('trPr')}/{w('tblHeader')}") is not None
    return (marked and all(texts)) or (
        len(texts) >= _COLUMNS_WITH_HEAD and all(_A_NAME.search(text) for text in texts)
    )


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _NAME else line[: _NAME - 1].rstrip() + "…"


def _row(group: Sequence[Paragraph], computed: _Computed) -> _Unit:
    cells: dict[Element, list[Paragraph]] = {}
    for paragraph in group:
        cells.setdefault(paragraph.cell, []).append(paragraph)
    texts = tuple(
        "\n".join(filter(None, (computed.shown(item).strip() for item in cell))) for cell in cells.values()
    )
    table = next((parent for parent in group[0].row.iterancestors() if parent.tag == w("tbl")), None)
    places = tuple(cell[0].place for cell in cells.values())
    texts_plain = tuple(_plain(text) for text in texts)
    return _Unit("row", texts_plain, texts, places, _pictures(group), table, group[0].row, places[0])


def _plain(text: str) -> str:
    return " ".join(_UNSEEN.sub("", unicodedata.normalize("NFC", text)).replace("\u2011", "-").split())


def _pictures(group: Sequence[Paragraph]) -> int:
    return sum(
        local(node.tag) in ("pic", "imagedata")
        and not any(parent.tag == f"{{{MC}}}Fallback" for parent in node.iterancestors())
        and next((parent for parent in node.iterancestors() if parent.tag == w("p")), None)
        is paragraph.element
        for paragraph in group
        for node in paragraph.element.iter()
    )


# --- comparing ---------------------------------------------------------------------------------------------


def _compare(old: list[_Unit], new: list[_Unit]) -> list[Edit]:
    start = 0
    while start < min(len(old), len(new)) and _same(old[start], new[start]):
        start += 1
    end = 0
    while end < min(len(old), len(new)) - start and _same(old[-1 - end], new[-1 - end]):
        end += 1
    old_part, new_part = old[start : len(old) - end], new[start : len(new) - end]
    lost: list[tuple[_Unit | None, _Unit | None]] = []
    matcher = SequenceMatcher(
        None,
        [unit.key for unit in old_part],
        [unit.key for unit in new_part],
        len(old_part) * len(new_part) > _MATCHED,
    )
    for tag, old_from, old_to, new_from, new_to in matcher.get_opcodes():
        if tag == "equal":
            lost += zip(old_part[old_from:old_to], new_part[new_from:new_to], strict=True)
        else:
            lost += _paired(old_part[old_from:old_to], new_part[new_from:new_to])
    return list(_edits(lost, old, new))


def _without(units: list[_Unit], others: list[_Unit]) -> list[_Unit]:
    """The lines that the other file has not: of first, odd and even headers each program keeps its own order."""
    known = {(unit.key, unit.pictures) for unit in others}
    return [unit for unit in units if (unit.key, unit.pictures) not in known]


def _same(one: _Unit, other: _Unit) -> bool:
    return one.key == other.key and one.pictures == other.pictures


def _paired(old: list[_Unit], new: list[_Unit]) -> list[tuple[_Unit | None, _Unit | None]]:
    """Which unit became which, in order: the pairing with the greatest likeness in all."""
    if len(old) * len(new) > _PAIRS:
        return [*((unit, None) for unit in old), *((None, unit) for unit in new)]
    like = [[_likeness(one, other) for other in new] for one in old]
    best = [[0.0] * (len(new) + 1) for _ in range(len(old) + 1)]
    for i in range(len(old) - 1, -1, -1):
        for j in range(len(new) - 1, -1, -1):
            best[i][j] = max(
                best[i + 1][j], best[i][j + 1], like[i][j] + best[i + 1][j + 1] if like[i][j] else 0.0
            )
    pairs: list[tuple[_Unit | None, _Unit | None]] = []
    i = j = 0
    while i < len(old) and j < len(new):
        if like[i][j] and best[i][j] == like[i][j] + best[i + 1][j + 1]:
            pairs.append((old[i], new[j]))
            i, j = i + 1, j + 1
        elif best[i][j] == best[i + 1][j]:
            pairs.append((old[i], None))
            i += 1
        else:
            pairs.append((None, new[j]))
            j += 1
    return [*pairs, *((unit, None) for unit in old[i:]), *((None, unit) for unit in new[j:])]


def _likeness(one: _Unit, other: _Unit) -> float:
    """0 for units that are not one; else up to 1."""
    from rapidfuzz import fuzz

    if one.what != other.what:
        return 0.0
    ratio = fuzz.ratio(" ".join(one.key)[:_COMPARED], " ".join(other.key)[:_COMPARED]) / 100
    if one.what == "row" and len(one.key) == len(other.key):
        # A row in which one price changed shares cells, whatever their length.
        ratio = max(ratio, sum(a == b for a, b in zip(one.key, other.key, strict=True)) / len(one.key))
    return ratio if ratio >= _LIKE else 0.0


def _edits(
    pairs: list[tuple[_Unit | None, _Unit | None]], old: list[_Unit], new: list[_Unit]
) -> Iterator[Edit]:
    gone = _whole_tables([one for one, other in pairs if other is None and one is not None], old)
    come = _whole_tables([other for one, other in pairs if one is None and other is not None], new)
    for one, other in pairs:
        if one is not None and other is not None:
            yield from _changed(one, other)
        elif other is not None:
            yield from _alone(other, "added", come)
        elif one is not None:
            yield from _alone(one, "removed", gone)


def _whole_tables(units: list[_Unit], everything: list[_Unit]) -> dict[Element, list[_Unit]]:
    """The tables of which every row is among the units, each with its rows."""
    found: dict[Element, list[_Unit]] = {}
    for unit in units:
        if unit.table is not None:
            found.setdefault(unit.table, []).append(unit)
    sizes = {table: sum(unit.table is table for unit in everything) for table in found}
    return {table: rows for table, rows in found.items() if len(rows) == sizes[table]}


def _changed(one: _Unit, other: _Unit) -> Iterator[Edit]:
    if len(one.key) != len(other.key):
        yield Edit("changed", other.places[0], " | ".join(one.texts), " | ".join(other.texts), "row")
    else:
        what = "cell" if one.what == "row" else "text"
        for number, (before, after) in enumerate(zip(one.key, other.key, strict=True)):
            if before != after:
                yield Edit("changed", other.places[number], one.texts[number], other.texts[number], what)
    if one.pictures != other.pictures:
        yield Edit("added" if other.pictures > one.pictures else "removed", other.places[0], what="picture")


def _alone(unit: _Unit, kind: str, tables: dict[Element, list[_Unit]]) -> Iterator[Edit]:
    what, lines = unit.what, [unit]
    if unit.table in tables and unit.table is not None:
        lines = tables[unit.table]
        if lines[0] is not unit:
            return
        what = "table"
    place = (unit.numbered or unit.places[0]) if what == "table" else unit.places[0]
    text = "\n".join(" | ".join(line.texts) for line in lines)
    if any(key for line in lines for key in line.key):
        yield Edit(kind, place, text if kind == "removed" else "", text if kind == "added" else "", what)
    if any(line.pictures for line in lines):
        yield Edit(kind, place, what="picture")


# --- every word --------------------------------------------------------------------------------------------


def visible_text(data: bytes) -> str:
    """The text a reader sees, a line for each paragraph: body, then headers, footers, notes. Raises KamdeskError."""
    return "\n".join(paragraph.text for paragraph in paragraphs(Package.read(data)))


def text(data: bytes) -> str:
    """Every word the file carries, seen or not, for the privacy check.

    Besides the text: comments, deleted text, properties, field codes, link targets, alternative texts, names of
    bookmarks, parts and custom properties. Words are whole however Word cut them into runs. Raises KamdeskError.
    """
    package = Package.read(data)
    package.main()
    lines = [
        line
        for name in package.xml_parts()
        if not _NOT_TEXT.match(name)
        for line in _lines(package.tree(name))
    ]
    return unicodedata.normalize("NFC", "\n".join([*lines, *package.parts]))


def words(data: bytes) -> tuple[str, ...]:
    """The words of :func:`text` in lower case, in order, without repetition."""
    return tuple(dict.fromkeys(match[0].casefold() for match in _WORD.finditer(_UNSEEN.sub("", text(data)))))


def _lines(root: Element) -> Iterator[str]:
    for node in root.iter():
        if node.tag == w("p"):
            line = "".join(_own_text(node))
        else:
            line = node.text or "" if local(node.tag) not in _TEXT_TAGS or not _in_paragraph(node) else ""
        if line.strip():
            yield line
        for name, value in node.attrib.items():
            said = local(name) or name
            if said in _SAID_BY_ATTRIBUTE or (said in ("name", "val") and local(node.tag) in _NAMED):
                yield str(value)


def _own_text(paragraph: Element) -> Iterator[str]:
    """The pieces of a paragraph's text, deleted ones included; marks between words as spaces."""
    for node in paragraph.iter():
        if local(node.tag) in _TEXT_TAGS:
            yield node.text or ""
        elif local(node.tag) in ("tab", "br", "cr", "p") and node is not paragraph:
            yield " "
        elif local(node.tag) == "noBreakHyphen":
            yield "-"


def _in_paragraph(node: Element) -> bool:
    return any(parent.tag == w("p") for parent in node.iterancestors())
