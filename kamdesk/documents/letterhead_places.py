"""What stands in the body of a company's Word file, and where a letter's text begins there."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from kamdesk.documents.ooxml.names import local, w
from kamdesk.documents.ooxml.package import Package
from kamdesk.documents.ooxml.walk import joined_text
from kamdesk.documents.ooxml.xml import Element
from kamdesk.model.messages import KamdeskError

_CONTACTS: Final = re.compile(
    r"\b(?:ИНН|КПП|ОГРН|ОКПО|БИК|р/с|к/с|тел|факс|e-?mail|VAT|Tel|Phone|Fax|Company no|Reg(?:istered)?\.? (?:no|office))\b"
    r"|@\w|\bwww\.|https?://|\+7[\s(]|\b\d{6},",
    re.IGNORECASE,
)
_COMPANY: Final = re.compile(
    r"\b(?:ООО|АО|ПАО|ОАО|ЗАО|ФГУП|ГУП|АНО|НПО|ИП|Ltd|Limited|LLC|PLC|Inc|GmbH|S\.A\.)(?:\b|\s)"
    r"|(?:общество с ограниченной|акционерное общество|группа компаний)",
    re.IGNORECASE,
)
_NUMBER: Final = re.compile(
    r"\bисх\b|№\s*_|\bот\s*[«\"]?_|\bour ref\b|\bref\b\s*[.:]|\bdate\s*:", re.IGNORECASE
)
_ADDRESS: Final = re.compile(
    r"\b(?:директору|руководител(?:ю|ям)|начальнику|председателю|г-ну|г-же|господину|госпоже|кому)\b"
    r"|\A\s*(?:to\s*:|attn\b|for the attention)",
    re.IGNORECASE,
)
_SALUTATION: Final = re.compile(r"\A\s*(?:уважаем|dear\b|добрый день)", re.IGNORECASE)
_SIGNATURE: Final = re.compile(
    r"\A\s*(?:с уважением|генеральный директор|yours|kind regards|best regards|sincerely)", re.IGNORECASE
)
_HEADING_STYLES: Final = re.compile(r"heading|title|заголовок|название", re.IGNORECASE)
_BLOCKS: Final = frozenset({"p", "tbl", "sdt", "customXml", "AlternateContent"})
_YES: Final = frozenset({"1", "true", "on"})


@dataclass(frozen=True, slots=True)
class Place:
    """A block of the body at which text may begin. The last place, of kind "end", is behind all blocks.

    ``kind`` is text, heading, table, picture, contents, empty or end; ``role`` is what the block looks like: head (belongs
    to the letterhead), number, address, salutation, signature or "" (text). Exactly one place is ``suggested``.
    """

    index: int
    text: str
    style: str
    kind: str
    role: str = ""
    suggested: bool = False


class LetterBody:
    """The body of one file as blocks. Raises KamdeskError when the file has no body."""

    def __init__(self, package: Package) -> None:
        body = package.tree(package.main()).find(w("body"))
        if body is None:
            raise KamdeskError("word.no_document")
        self.element: Element = body
        self.blocks: list[Element] = [child for child in body if local(child.tag) in _BLOCKS]
        sheet = next(iter(package.related(package.main(), "styles")), None)
        self.sheet: Element = package.tree(sheet) if sheet is not None else None
        self.style_names = self._style_names()
        self.places = [self._place(number, block) for number, block in enumerate(self.blocks)]

    @property
    def suggestion(self) -> int:
        """The index behind the unbroken run of letterhead blocks at the top; empty lines behind it give way to text."""
        end = 0
        for item in self.places:
            if item.role == "head":
                end = item.index + 1
            elif item.kind != "empty":
                break
        return end

    @property
    def default_style(self) -> str:
        """The id of the default paragraph style; "" where there is none."""
        return next(
            (
                style.get(w("styleId"), "")
                for style in self._paragraph_styles()
                if style.get(w("default")) in _YES
            ),
            "",
        )

    def style_id(self, *names: str) -> str:
        """The id of the paragraph style with one of these names (lower case); "" where there is none."""
        return next(
            (identity for identity, name in self.style_names.items() if identity and name.lower() in names),
            "",
        )

    def _paragraph_styles(self) -> Iterator[Element]:
        for style in self.sheet.iterfind(w("style")) if self.sheet is not None else ():
            if style.get(w("type")) == "paragraph":
                yield style

    def _style_names(self) -> dict[str, str]:
        """Names of the paragraph styles by id; that of the default style also by ""."""
        names: dict[str, str] = {}
        for style in self._paragraph_styles():
            name = style.find(w("name"))
            names[style.get(w("styleId"), "")] = name.get(w("val"), "") if name is not None else ""
        names.setdefault("", names.get(self.default_style, ""))
        return names

    def _place(self, number: int, block: Element) -> Place:
        text = shown(block)
        mark = block.find(f"{w('pPr')}/{w('pStyle')}") if block.tag == w("p") else None
        style = self.style_names.get(mark.get(w("val"), "") if mark is not None else "", "")
        picture = any(local(node.tag) in ("drawing", "pict") for node in block.iter())
        kind = _kind(block, text, style, picture)
        return Place(number, text, style, kind, _role(block, text, kind, picture))


def shown(block: Element) -> str:
    """The text of a block in one line, paragraphs of a table or a content control set apart."""
    if block.tag == w("p"):
        return " ".join(joined_text(block).split())
    lines = (" ".join(joined_text(item).split()) for item in block.iter(w("p")))
    return " | ".join(line for line in lines if line)


def _kind(block: Element, text: str, style: str, picture: bool) -> str:
    if block.tag == w("tbl"):
        return "table"
    if any((node.text or "").strip().upper().startswith("TOC") for node in block.iter(w("instrText"))):
        return "contents"
    if not text:
        return "picture" if picture else "empty"
    return "heading" if _HEADING_STYLES.match(style) else "text"


def _role(block: Element, text: str, kind: str, picture: bool) -> str:
    if kind == "table":
        return "head" if picture or _CONTACTS.search(text) else ""
    if _SALUTATION.search(text):
        return "salutation"
    if _SIGNATURE.search(text):
        return "signature"
    if len(text) < 400 and (picture or _CONTACTS.search(text)):
        return "head"
    if _NUMBER.search(text) and len(text) < 160:
        return "number"
    if len(text) < 160 and _ADDRESS.search(text):
        return "address"
    border = block.find(f"{w('pPr')}/{w('pBdr')}")
    if border is not None and len(text) < 160:
        return "head"
    return "head" if _COMPANY.search(text) and len(text) < 200 and kind != "heading" else ""
