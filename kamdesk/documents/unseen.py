"""What a Word file carries and no page of it shows: hidden text, data behind it, notes inside pictures, places on somebody's disk."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from kamdesk.documents.letterhead_rest import forget_unused
from kamdesk.documents.ooxml.fields import read_fields
from kamdesk.documents.ooxml.names import IMAGE, is_word_namespace, local, w
from kamdesk.documents.ooxml.package import Package
from kamdesk.documents.ooxml.xml import Element, remove
from kamdesk.documents.picture_notes import bare

_SHOWN: Final = frozenset({w("t"), w("sym"), w("drawing"), w("pict"), w("object")})
"""What a run shows; marks of fields and notes stay, so that none loses its other end."""
_OFF: Final = frozenset({"0", "false", "off"})
_PLACE: Final = re.compile(
    r"\A\s*(?:[a-z]:[\\/]|\\\\|file:|/(?:home|users|tmp|var|mnt|media)/)", re.IGNORECASE
)
_NAMED: Final = frozenset({"docPr", "cNvPr", "shape", "imagedata"})
_SAYING: Final = frozenset({"descr", "name", "title", "alt"})
_TAG: Final = re.compile(r"[{}]")


def drop_unseen(package: Package, *, keep_tags: bool = False) -> int:
    """Take off what no page shows; how many things went. Places of pictures become the names of their files.

    With ``keep_tags`` hidden text stays in a part whose hidden text has tags: a template may hide its conditions.
    """
    parts = len(package.parts)
    _forget_properties(package)
    forget_unused(package)
    gone = parts - len(package.parts)
    for relation in list(package.all_relations()):
        if relation.kind == IMAGE and relation.part is not None and not package.is_xml(relation.part):
            held = package.parts[relation.part]
            made = bare(held)
            if made != held:
                package.parts[relation.part] = made
                gone += 1
    for name in package.xml_parts():
        root = package.tree(name)
        if is_word_namespace(root.tag):
            hidden = list(_hidden(root, _Looks(package)))
            if keep_tags and _TAG.search("".join(node.text or "" for node in hidden)):
                hidden = []
            places = list(_places(root))
            if hidden or places:
                package.edit(name)
            for node in hidden:
                remove(node)
            for node, attribute, said in places:
                node.set(attribute, said)
            gone += len(hidden) + len(places)
    return gone


def _forget_properties(package: Package) -> None:
    """Drop the properties of somebody's own that no field shows: archives and mail programs write names and addresses there."""
    shown = " ".join(
        field.instruction
        for name in package.xml_parts()
        if is_word_namespace(package.tree(name).tag)
        for field in read_fields(package.tree(name))
        if field.name == "DOCPROPERTY"
    )
    for relation in package.relations(""):
        if relation.kind == "custom-properties" and relation.part is not None:
            root = package.edit(relation.part)
            for one in [one for one in root if one.get("name", "") not in shown]:
                root.remove(one)
            if not len(root):
                package.drop_relation(relation)


def _hidden(root: Element, looks: _Looks) -> Iterator[Element]:
    """What hidden runs would show."""
    for run in root.iter(w("r")):
        if looks.is_hidden(run):
            yield from (node for node in run if node.tag in _SHOWN)


def _places(root: Element) -> Iterator[tuple[Element, str, str]]:
    for node in root.iter():
        if local(node.tag) in _NAMED:
            for name, value in node.attrib.items():
                if local(name) in _SAYING and _PLACE.match(str(value)):
                    yield node, str(name), re.split(r"[\\/]", str(value).rstrip("\\/ "))[-1]


class _Looks:
    """Which styles hide their text."""

    def __init__(self, package: Package) -> None:
        sheet = next(iter(package.related(package.main(), "styles")), None)
        styles = package.tree(sheet).iterfind(w("style")) if sheet is not None else ()
        self._styles = {style.get(w("styleId"), ""): style for style in styles}

    def is_hidden(self, run: Element) -> bool:
        """Whether a run is hidden by itself, or by the style of its letters or of its paragraph."""
        properties = run.find(w("rPr"))
        own = _says(properties)
        if own is None:
            own = self._style(properties, "rStyle")
        if own is None:
            paragraph = next((one for one in run.iterancestors() if one.tag == w("p")), None)
            own = self._style(paragraph.find(w("pPr")) if paragraph is not None else None, "pStyle")
        return bool(own)

    def _style(self, properties: Element | None, kind: str) -> bool | None:
        named = properties.find(w(kind)) if properties is not None else None
        seen: set[str] = set()
        identity = named.get(w("val"), "") if named is not None else ""
        while identity in self._styles and identity not in seen:
            seen.add(identity)
            said = _says(self._styles[identity].find(w("rPr")))
            if said is not None:
                return said
            based = self._styles[identity].find(w("basedOn"))
            identity = based.get(w("val"), "") if based is not None else ""
        return None


def _says(properties: Element | None) -> bool | None:
    mark = properties.find(w("vanish")) if properties is not None else None
    return None if mark is None else mark.get(w("val"), "1").lower() not in _OFF
