"""Paragraphs and runs as WordprocessingML: what the writers of texts and of tables put together.

Element order inside ``w:pPr`` and ``w:rPr`` follows ECMA-376 part 1; Word repairs a file in which it is wrong.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Final
from xml.sax.saxutils import quoteattr

from kamdesk.documents import blocks as b
from kamdesk.documents.environment import word_text

MUTED: Final = "595959"


@dataclass(frozen=True, slots=True)
class Place:
    """Where a block is poured in: the text width there (twips) and the formatting the text has there.

    ``paragraph`` and ``run`` are the inside of ``w:pPr`` (style and direct formatting) and ``w:rPr`` of the tag's own
    paragraph; ``font`` is the part of ``run`` that names the typeface.
    """

    width: int
    paragraph: str = ""
    run: str = ""
    font: str = ""
    in_cell: bool = False
    tail: str = ""
    """A paragraph that must follow: it carries the end of a section."""


def is_broken(runs: tuple[b.Run, ...]) -> bool:
    """Whether a line feed breaks a line of the runs."""
    return any("\n" in run.text for run in runs)


def left_if_broken(runs: tuple[b.Run, ...]) -> str:
    """Word stretches a line that ends with a break where the company's text is justified."""
    return '<w:jc w:val="left"/>' if is_broken(runs) else ""


def p_xml(properties: str, content: str) -> str:
    """A paragraph of the inside of its ``w:pPr`` and what follows it."""
    return f"<w:p><w:pPr>{properties}</w:pPr>{content}</w:p>"


@lru_cache(maxsize=64)
def style_xml(identity: str) -> str:
    """The style of a paragraph by its id; nothing for ""."""
    return f"<w:pStyle w:val={quoteattr(identity)}/>" if identity else ""


def style_only(paragraph: str) -> str:
    """The style of a paragraph's properties without its direct formatting."""
    end = paragraph.find("/>") + 2
    return paragraph[:end] if paragraph.startswith("<w:pStyle") else ""


def joined(paragraph: str, after_style: str, at_end: str, plain: bool = False) -> str:
    """Properties of a place with more put in: right behind the style, and (replacing an alignment) at the end."""
    style = style_only(paragraph)
    direct = "" if plain else paragraph[len(style) :]
    if "<w:jc " in at_end and "<w:jc " in direct:
        start = direct.index("<w:jc ")
        direct = direct[:start] + direct[direct.index("/>", start) + 2 :]
    return style + after_style + direct + at_end


def r_xml(run: b.Run, base: str, more: str = "") -> str:
    """A run. ``base`` is the formatting of the place; what the run says itself replaces it."""
    properties = _run_properties(run.bold, run.italic, run.muted, base, more)
    return f'<w:r>{properties}<w:t xml:space="preserve">{word_text(run.text)}</w:t></w:r>'


@lru_cache(maxsize=256)  # a table of thousands of cells has a handful of different ones
def _run_properties(bold: bool, italic: bool, muted: bool, base: str, more: str) -> str:
    own = ("<w:b/>" if bold else "") + ("<w:i/>" if italic else "")
    own += (f'<w:color w:val="{MUTED}"/>' if muted else "") + more
    replaced = {_name(item) for item in _elements(own)}
    kept = [item for item in _elements(base) if _name(item) not in replaced]
    properties = "".join(sorted([*kept, *_elements(own)], key=lambda item: RUN_ORDER.index(_name(item))))
    return f"<w:rPr>{properties}</w:rPr>" if properties else ""


RUN_ORDER: Final = (
    "rStyle", "rFonts", "b", "bCs", "i", "iCs", "caps", "smallCaps", "strike", "dstrike", "outline", "shadow", "emboss",
    "imprint", "noProof", "snapToGrid", "vanish", "webHidden", "color", "spacing", "w", "kern", "position", "sz", "szCs",
    "highlight", "u", "effect", "bdr", "shd", "fitText", "vertAlign", "rtl", "cs", "em", "lang",
)  # fmt: skip


def _elements(properties: str) -> list[str]:
    return [piece + "/>" for piece in properties.split("/>") if piece]


def _name(element: str) -> str:
    return element[3:].split(" ", 1)[0].split("/", 1)[0]
