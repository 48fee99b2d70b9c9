"""How the old text of a letterhead looks, so that what is poured in looks the same."""

from __future__ import annotations

import re
from collections.abc import Iterable
from copy import deepcopy
from dataclasses import dataclass
from typing import Final

from kamdesk.documents.docx_runs import RUN_ORDER
from kamdesk.documents.letterhead_places import LetterBody, shown
from kamdesk.documents.ooxml.names import local, w
from kamdesk.documents.ooxml.xml import Element, element
from kamdesk.documents.styles import Styles

_TEXT_STYLES: Final = ("body text", "основной текст")
_NOT_TEXT_STYLES: Final = re.compile(
    r"heading|title|subtitle|toc|header|footer|caption|заголовок|название|list", re.IGNORECASE
)
_PARAGRAPH_LOOK: Final = ("pStyle", "spacing", "ind", "contextualSpacing", "jc")
_RUN_LOOK: Final = ("rFonts", "sz", "szCs")
_LONG: Final = 40  # letters from which a paragraph is text rather than a line of a form


@dataclass(frozen=True, slots=True)
class Look:
    """Properties that tags take over: elements for w:pPr and w:rPr in schema order."""

    paragraph: tuple[Element, ...] = ()
    run: tuple[Element, ...] = ()

    @property
    def style(self) -> str:
        """The id of the paragraph style; "" for the default one."""
        return next((item.get(w("val"), "") for item in self.paragraph if item.tag == w("pStyle")), "")


def look_of_text(letter: LetterBody, start: int) -> Look:
    """The look of the running text behind the place: its first long paragraph that is no list and no heading."""
    candidates = [
        block
        for item, block in zip(letter.places[start:], letter.blocks[start:], strict=True)
        if item.kind == "text"
        and item.role in ("", "salutation")
        and block.tag == w("p")
        and not _NOT_TEXT_STYLES.match(item.style)
        and block.find(f"{w('pPr')}/{w('numPr')}") is None
    ]
    chosen = next((block for block in candidates if len(shown(block)) >= _LONG), next(iter(candidates), None))
    if chosen is None:
        named = letter.style_id(*_TEXT_STYLES)
        return Look((element(w("pStyle"), {w("val"): named}),) if named else ())
    run = next((item for item in chosen.iter(w("r")) if item.find(w("t")) is not None), None)
    return Look(
        tuple(
            deepcopy(node) for name in _PARAGRAPH_LOOK for node in chosen.iterfind(f"{w('pPr')}/{w(name)}")
        ),
        tuple(deepcopy(node) for name in _RUN_LOOK for node in run.iterfind(f"{w('rPr')}/{w(name)}"))
        if run is not None
        else (),
    )


def follow_text(sheet: Element, styles: Styles, look: Look) -> None:
    """Let headings and lists that name no typeface of their own follow text that was given one by hand.

    Lists follow in size too. Without this a letter typed in Arial over a sheet of Times gets lists in Times.
    """
    by_id = {style.get(w("styleId")): style for style in sheet.iterfind(w("style"))}
    fonts = [item for item in look.run if item.tag == w("rFonts")]
    sizes = [item for item in look.run if item.tag in (w("sz"), w("szCs"))]
    for role in ("heading1", "heading2", "heading3", "bullet", "number"):
        style = by_id.get(styles.ids.get(role, ""))
        if style is None:
            continue
        wanted = [*([] if _names(style, by_id, "rFonts") else fonts)]
        if role in ("bullet", "number") and not _names(style, by_id, "sz"):
            wanted += sizes
        _add(style, wanted)


def _names(style: Element, by_id: dict[str | None, Element], name: str) -> bool:
    """Whether a style or one it is based on, the default style left out, sets a property of its runs."""
    seen: set[str | None] = set()
    while (
        style is not None
        and style.get(w("default")) not in ("1", "true", "on")
        and style.get(w("styleId")) not in seen
    ):
        if style.find(f"{w('rPr')}/{w(name)}") is not None:
            return True
        seen.add(style.get(w("styleId")))
        parent = style.find(w("basedOn"))
        style = by_id.get(parent.get(w("val"))) if parent is not None else None
    return False


def _add(style: Element, wanted: Iterable[Element]) -> None:
    """Put run properties into a style in the order of the schema."""
    properties = style.find(w("rPr"))
    items = [deepcopy(item) for item in wanted]
    if not items:
        return
    if properties is None:
        properties = element(w("rPr"))
        # w:rPr stands behind w:pPr and before the properties of tables.
        at = max(
            (
                number
                for number, child in enumerate(style)
                if local(child.tag) not in ("tblPr", "trPr", "tcPr", "tblStylePr")
            ),
            default=-1,
        )
        style.insert(at + 1, properties)
    children = [*properties, *items]
    children.sort(
        key=lambda child: (
            RUN_ORDER.index(local(child.tag)) if local(child.tag) in RUN_ORDER else len(RUN_ORDER)
        )
    )
    properties.extend(children)
