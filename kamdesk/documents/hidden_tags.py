"""Tags outside the text of paragraphs: in alternative texts, field codes and formulas, and where nothing is ever filled."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Final
from urllib.parse import unquote

from kamdesk.documents.environment import LockedEnvironment
from kamdesk.documents.findings import Finding
from kamdesk.documents.found import Found, around, cut
from kamdesk.documents.ooxml.names import MC, TYPES_PART, local, w
from kamdesk.documents.ooxml.package import Package
from kamdesk.documents.ooxml.walk import Paragraph
from kamdesk.documents.ooxml.xml import Element
from kamdesk.documents.package_parts import text_parts
from kamdesk.documents.tagcheck import Known, TagChecker
from kamdesk.documents.tags import Tag, scan
from kamdesk.model.messages import Message

_TAG: Final = re.compile(r"\{\{.*?\}\}|\{%.*?%\}", re.DOTALL)
_SEEN: Final = frozenset({w("t"), w("delText"), w("delInstrText")})
_UNREAD: Final = frozenset({w("del"), w("moveFrom"), f"{{{MC}}}Fallback"})


def hidden_tags(
    package: Package, held: Mapping[Element, Paragraph], known: Known, environment: LockedEnvironment
) -> Iterator[Found]:
    """Faults of tags that stand in a part's text, but in no paragraph's; nothing of them is repaired by itself."""
    for part in text_parts(package):
        if b"{{" not in package.parts[part] and b"{%" not in package.parts[part]:
            continue
        for node, text in _odd_texts(package.tree(part)):
            place = _paragraph(node, part, held)
            checker = TagChecker(known, environment)
            tags, _ = scan(text, lambda name: False)
            for tag in tags:
                for found in checker.check(tag, place, text):
                    if found.finding.kind not in ("block_not_alone", "wrong_marker"):
                        yield Found(replace(found.finding, repair=""))
            yield from (Found(replace(found.finding, repair="")) for found in checker.finish())
            yield from _block_in(tags, checker, place, text)


def never_filled(package: Package) -> Iterator[Found]:
    """Tags in parts and in addresses of links, which the renderer leaves as they are."""
    filled = {*text_parts(package), TYPES_PART}
    for name in sorted(package.parts):
        if name.endswith(".rels"):
            yield from _addresses(package, name)
        elif name not in filled and package.is_xml(name):
            data = package.parts[name]
            if b"{{" not in data and b"{%" not in data:
                continue
            for node in package.tree(name).iter():
                for text in (node.text or "", *node.attrib.values()):
                    match = _TAG.search(str(text))
                    if match is not None:
                        yield _never(name, str(text), match)


def _addresses(package: Package, name: str) -> Iterator[Found]:
    for entry in package.tree(name):
        target = unquote(entry.get("Target", ""))
        match = _TAG.search(target)
        if match is not None:
            yield _never(name, target, match)


def _never(part: str, text: str, match: re.Match[str]) -> Found:
    place = Message("word.at_part", {"part": part})
    said = Message("word.tag_never_filled", {"tag": cut(match[0])})
    shown = around(text, match.start(), match.end())
    return Found(Finding(place, "never_filled", said, "", "warning", shown, part))


def _odd_texts(root: Element) -> Iterator[tuple[Element, str]]:
    for node in root.iter():
        if not isinstance(node.tag, str):
            continue
        texts = [str(value) for value in node.attrib.values()]
        if node.tag not in _SEEN:
            texts.append(node.text or "")
        for text in texts:
            if _TAG.search(text) and not any(parent.tag in _UNREAD for parent in node.iterancestors()):
                yield node, text


def _paragraph(node: Element, part: str, held: Mapping[Element, Paragraph]) -> Paragraph:
    for parent in (node, *node.iterancestors()):
        if parent in held:
            return held[parent]
    return Paragraph(Message("word.at_part", {"part": part}), part, local(node.tag), node)


def _block_in(tags: list[Tag], checker: TagChecker, place: Paragraph, text: str) -> Iterator[Found]:
    """A block in an attribute or a field code can never be poured in."""
    if not checker.blocks:
        return
    tag = tags[0]
    said = Message("word.block_not_alone", {"tag": cut(tag.raw)})
    shown = around(text, tag.start, tag.end)
    yield Found(Finding(place.place, "block_not_alone", said, tag.raw, "error", shown, place.part))
