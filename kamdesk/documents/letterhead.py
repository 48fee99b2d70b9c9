"""Letterhead mode (R9): a company's own Word file becomes a template without a single tag typed by hand.

Page, headers, footers, logo, fonts, styles and everything before the place pointed at stay; from there on the old
text gives way to tags, which take its look.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from copy import deepcopy
from dataclasses import dataclass, replace
from typing import Final

from kamdesk.documents.letterhead_look import Look, follow_text, look_of_text
from kamdesk.documents.letterhead_places import LetterBody, Place
from kamdesk.documents.letterhead_rest import drop_half_marks, forget_unused, page_bound_drawings
from kamdesk.documents.letterhead_tables import take_pattern
from kamdesk.documents.ooxml.names import local, w
from kamdesk.documents.ooxml.package import Package
from kamdesk.documents.ooxml.walk import paragraphs, replace_text
from kamdesk.documents.ooxml.xml import Element, element, remove
from kamdesk.documents.styles import empty_sheet, find_styles

_COLUMNS: Final = 2
_AFTER_COLUMNS: Final = frozenset(
    {"formProt", "vAlign", "noEndnote", "titlePg", "textDirection", "bidi", "rtlGutter", "docGrid"}
)
KINDS: Final = ("group", "variant", "cover", "results", "brief", "cheat_sheet", "dossier")
_OF_PROPOSAL: Final = ("group", "variant", "cover")

_BLANK_NUMBER: Final = re.compile(
    r"(?<!На )(?<!на )№\s*_{2,}\s*от\s*(?:[«\"]_+[»\"]\s*_+|_{2,})(?:\s*20_*)?(?:\s*г\.?)?"
)


@dataclass(frozen=True, slots=True)
class StyleMap:
    """Ids of the file's styles by what they are for, found by name; "" where the file has none.

    ``normal`` is the default paragraph style; ``text`` the style the old text was written in.
    """

    heading1: str
    heading2: str
    heading3: str
    normal: str
    text: str
    list_bullet: str
    list_number: str
    table: str


def places(data: bytes) -> tuple[Place, ...]:
    """The blocks of the body in order, and the end. Raises KamdeskError when the file cannot be read."""
    letter = LetterBody(Package.read(data))
    found = [*letter.places, Place(len(letter.places), "", "", "end")]
    return tuple(replace(item, suggested=item.index == letter.suggestion) for item in found)


def prepare(data: bytes, start: int | None, kind: str, language: str, pattern: bool = True) -> bytes:
    """A template from a cleaned letterhead: text begins at block ``start`` (of :func:`places`; None takes the suggestion).

    ``kind`` is one of KINDS; ``language`` ("ru", "en") is that of the tags and of fixed words; with ``pattern`` our
    tables look like the file's own (``letterhead_tables``). Raises KamdeskError when the file cannot be read and ValueError
    for a place or kind that does not exist.
    """
    package = Package.read(data)
    package.edit(package.main())
    letter = LetterBody(package)
    at = letter.suggestion if start is None else start
    if kind not in KINDS or not 0 <= at <= len(letter.blocks):
        raise ValueError((kind, start))
    look = look_of_text(letter, at)
    if pattern:
        take_pattern(package, letter, at)
    _follow_text(package, letter, look)
    # Nothing but a proposal has a number to be filled in.
    numbered = kind in _OF_PROPOSAL and _fill_number(package, letter.blocks[:at], language)
    _pour(letter, at, lambda width: _tags(kind, language, look, width, numbered))
    forget_unused(package)
    return package.write()


def styles(data: bytes) -> StyleMap:
    """The styles of a file by name, whatever their ids («1», «a3»). Raises KamdeskError when it cannot be read."""
    letter = LetterBody(Package.read(data))
    found = find_styles(letter.sheet if letter.sheet is not None else empty_sheet(), letter.element)
    return StyleMap(
        heading1=found.ids.get("heading1", ""),
        heading2=found.ids.get("heading2", ""),
        heading3=found.ids.get("heading3", ""),
        normal=letter.default_style,
        text=look_of_text(letter, letter.suggestion).style or letter.default_style,
        list_bullet=found.ids.get("bullet", ""),
        list_number=found.ids.get("number", ""),
        table=found.table,
    )


def _follow_text(package: Package, letter: LetterBody, look: Look) -> None:
    for name in package.related(package.main(), "styles"):
        follow_text(package.edit(name), find_styles(letter.sheet, letter.element), look)


def _pour(letter: LetterBody, start: int, tags: Callable[[int], Iterator[Element]]) -> None:
    """Put tags in place of everything from ``start`` on; ``tags`` makes them for a width of text in twips."""
    section = _section_at(letter, start)
    rescued = page_bound_drawings(letter.blocks[start:])
    for block in letter.blocks[start:]:
        remove(block)
    for old in letter.element.findall(w("sectPr")):
        remove(old)
    kept = letter.blocks[:start]
    if section is not None and _in_one_column(section) and kept and kept[-1].tag == w("p"):
        _close_columns(kept[-1], section)
    made = list(tags(_text_width(section)))
    made[0].extend(rescued)
    letter.element.extend(made)
    if section is not None:
        letter.element.append(section)
    drop_half_marks(letter.element)


# --- putting tags in ---------------------------------------------------------------------------------------

_TAGS: Final = {
    "number": {
        "ru": "Исх. № {{ предложение.номер }} от {{ предложение.дата }}",
        "en": "Ref. {{ proposal.number }}, {{ proposal.date }}",
    },
    "address": {"ru": "{{ получатель.кому }}", "en": "{{ recipient.to }}"},
    "title": {"ru": "{{ блок.заголовок }}", "en": "{{ block.title }}"},
    "subject": {
        "ru": "О предложении № {{ предложение.номер }}: {{ предложение.тема }}",
        "en": "Proposal No. {{ proposal.number }}: {{ proposal.subject }}",
    },
    "team": {"ru": "{{ блок.команда }}", "en": "{{ block.team }}"},
    "salutation": {"ru": "{{ получатель.обращение }}", "en": "{{ recipient.salutation }}"},
    "body": {"ru": "{{ блок.текст }}", "en": "{{ block.body }}"},
    "signature": {"ru": "{{ блок.подпись }}", "en": "{{ block.signature }}"},
    "annexes": {"ru": "{{ блок.приложения }}", "en": "{{ block.annexes }}"},
    "figures": {"ru": "{{ блок.показатели }}", "en": "{{ block.figures }}"},
    "letter_date": {"ru": "{{ письмо.дата }}", "en": "{{ letter.date }}"},
    "letter_to": {"ru": "{{ письмо.кому }}", "en": "{{ letter.to }}"},
    "letter_subject": {"ru": "{{ письмо.тема }}", "en": "{{ letter.subject }}"},
    "print_eyes": {"ru": "{{ печать.для_кого }}", "en": "{{ print.eyes }}"},
    "print_title": {"ru": "{{ печать.название }}", "en": "{{ print.title }}"},
    "print_subtitle": {"ru": "{{ печать.подзаголовок }}", "en": "{{ print.subtitle }}"},
}
_ORDER: Final = {
    "group": ("number", "address", "title", "figures", "body", "signature", "annexes"),
    "variant": ("number", "address", "title", "salutation", "figures", "body", "signature", "annexes"),
    "cover": ("number", "address", "subject", "salutation", "body", "annexes", "signature", "team"),
    "results": ("letter_date", "letter_to", "letter_subject", "body"),
    **dict.fromkeys(
        ("brief", "cheat_sheet", "dossier"), ("print_eyes", "print_title", "print_subtitle", "body")
    ),
}


_BOLD: Final = ("subject", "letter_subject", "print_title")


def _tags(kind: str, language: str, look: Look, width: int, numbered: bool) -> Iterator[Element]:
    russian = language == "ru"
    # Russian letters have the address on the right half and the salutation in the middle, English ones on the left.
    head = {
        "number": (0, "left", "0"),
        "address": (width * 54 // 100 if russian else 0, "left", "240"),
        "subject": (0, "left", "0"),
        "salutation": (0, "center" if russian else "left", "120"),
        "letter_date": (0, "left", "0"),
        "letter_to": (width * 54 // 100 if russian else 0, "left", "240"),
        "letter_subject": (0, "left", "0"),
        "print_eyes": (0, "left", "0"),
        "print_title": (0, "left", "0"),
        "print_subtitle": (0, "left", "0"),
    }
    for name in _ORDER[kind]:
        if name != "number" or not numbered:
            made = _tag_paragraph(_TAGS[name]["ru" if russian else "en"], look, head.get(name))
            if name in _BOLD:
                _make_bold(made)
            yield made


def _tag_paragraph(tag: str, look: Look, head: tuple[int, str, str] | None) -> Element:
    """A paragraph of one run. Lines of the letter's head (indent, alignment, space before) have no first-line indent."""
    paragraph = [deepcopy(item) for item in look.paragraph]
    if head is not None:
        indent, align, before = head
        paragraph = [item for item in paragraph if local(item.tag) == "pStyle"]
        paragraph += [
            element(w("spacing"), {w("before"): before, w("after"): "240"}),
            element(w("ind"), {w("left"): str(indent), w("right"): "0", w("firstLine"): "0"}),
            element(w("jc"), {w("val"): align}),
        ]
    run = element(w("r"))
    if look.run:
        run.append(element(w("rPr"), None, *(deepcopy(item) for item in look.run)))
    run.append(element(w("t"), text=tag))
    made = element(w("p"))
    if paragraph:
        made.append(element(w("pPr"), None, *paragraph))
    made.append(run)
    return made


def _make_bold(paragraph: Element) -> None:
    run = paragraph.find(w("r"))
    properties = run.find(w("rPr"))
    if properties is None:
        properties = element(w("rPr"))
        run.insert(0, properties)
    # The schema wants w:b right behind the typeface.
    properties.insert(sum(child.tag == w("rFonts") for child in properties), element(w("b")))


def _fill_number(package: Package, kept: list[Element], language: str) -> bool:
    """Fill «№ ____ от ____» of a printed form, in the kept part or in a header; whether there was one."""
    inside = {node for block in kept for node in block.iter(w("p"))}
    for paragraph in paragraphs(package):
        if paragraph.element not in inside and paragraph.where != "header":
            continue
        pieces = paragraph.pieces
        match = _BLANK_NUMBER.search("".join(piece.text for piece in pieces))
        if match is not None:
            package.edit(paragraph.part)
            tag = _TAGS["number"]["ru" if language == "ru" else "en"]
            replace_text(pieces, match.start(), match.end(), tag[tag.index("№") :] if "№" in tag else tag)
            return True
    return False


def _section_at(letter: LetterBody, start: int) -> Element:
    """The properties of the section in which the place stands: the first section mark from there on."""
    for block in letter.blocks[start:]:
        section = next(block.iter(w("sectPr")), None)
        if section is not None:
            return deepcopy(section)
    section = letter.element.find(w("sectPr"))
    return deepcopy(section) if section is not None else None


def _in_one_column(section: Element) -> bool:
    """Let a section run over the whole page; whether it had columns. Tables of seven columns are unreadable in half a page."""
    columns = section.find(w("cols"))
    if columns is None or (columns.get(w("num"), "1") in ("", "0", "1") and len(columns) < _COLUMNS):
        return False
    remove(columns)
    return True


def _close_columns(last: Element, section: Element) -> None:
    """End the columns of what is kept before our text, on the same page."""
    if last.find(f"{w('pPr')}/{w('sectPr')}") is not None:
        return
    ended = deepcopy(section)
    # The schema wants w:cols behind the margins and page numbers; of what may follow it Word needs none here.
    following = next((node for node in ended if local(node.tag) in _AFTER_COLUMNS), None)
    columns = element(w("cols"), {w("num"): "2", w("space"): "708"})
    ended.append(columns) if following is None else following.addprevious(columns)
    properties = last.find(w("pPr"))
    if properties is None:
        properties = element(w("pPr"))
        last.insert(0, properties)
    mark = next((node for node in properties if local(node.tag) == "pPrChange"), None)
    properties.append(ended) if mark is None else mark.addprevious(ended)
    kind = section.find(w("type"))
    if kind is None:
        kind = element(w("type"))
        at = sum(
            local(node.tag) in ("headerReference", "footerReference", "footnotePr", "endnotePr")
            for node in section
        )
        section.insert(at, kind)
    kind.set(w("val"), "continuous")


def _text_width(section: Element) -> int:
    """Twips between the margins; those of A4 where the file says nothing."""
    size = section.find(w("pgSz")) if section is not None else None
    margins = section.find(w("pgMar")) if section is not None else None
    if size is None or margins is None:
        return 9638
    try:
        inner = (
            int(size.get(w("w"), "11906"))
            - int(margins.get(w("left"), "1134"))
            - int(margins.get(w("right"), "1134"))
        )
    except ValueError:
        return 9638
    return max(inner, 2000)
