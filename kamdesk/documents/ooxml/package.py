"""A Word file as parts with relations between them."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final
from urllib.parse import unquote

from kamdesk.documents.ooxml.archive import read_archive, write_archive
from kamdesk.documents.ooxml.names import (
    MAIN_TYPES,
    PACKAGE_RELATIONS,
    PACKAGE_TYPES,
    ROOT_RELATIONS,
    STRICT,
    TYPES_PART,
    local,
)
from kamdesk.documents.ooxml.xml import Element, element, parse, remove, serialise
from kamdesk.model.messages import KamdeskError

_XML_ENDINGS: Final = (".xml", ".rels", ".vml", ".svg")


@dataclass(frozen=True, slots=True)
class Relation:
    """A relation of ``source`` (a part; "" for the file itself). ``kind`` is the last word of its type.

    ``part`` is the name of the part it leads to; None where the relation is external or leads nowhere.
    """

    source: str
    id: str
    type: str
    target: str
    external: bool
    part: str | None

    @property
    def kind(self) -> str:
        """The last word of the type: image, hyperlink, attachedTemplate, vbaProject …"""
        return self.type.rstrip("/").rpartition("/")[2]


@dataclass(frozen=True, slots=True)
class Parsed:
    """A part with the tree that :func:`kamdesk.documents.ooxml.xml.parse` made of these very bytes.

    Of a long table of ours the tree may hold the first rows only, where the others have the same elements and attributes.
    """

    name: str
    data: bytes
    root: Element


class Package:
    """The parts of one Word file; trees are parsed once and written back only where :meth:`edit` was asked for them.

    Raises KamdeskError from every reading method when a part cannot be read safely.
    """

    def __init__(self, parts: Mapping[str, bytes]) -> None:
        self.parts: dict[str, bytes] = dict(parts)
        self._trees: dict[str, Element] = {}
        self._edited: set[str] = set()

    @classmethod
    def read(cls, data: bytes) -> Package:
        """The package in the bytes of a file. Raises KamdeskError with the true reason of a refusal."""
        return cls(read_archive(data))

    def write(self) -> bytes:
        """The bytes of the file, equal for equal content."""
        for name in self._edited & self.parts.keys():
            self.parts[name] = serialise(self._trees[name])
        self._edited.clear()
        return write_archive(self.parts)

    # --- parts ---------------------------------------------------------------------------------------------

    def find(self, name: str) -> str | None:
        """The true name of a part whatever the case of its letters; None where it is absent."""
        if name in self.parts:
            return name
        folded = name.casefold()
        return next((part for part in self.parts if part.casefold() == folded), None)

    def tree(self, name: str) -> Element:
        """The root of an XML part, to be read only."""
        if name not in self._trees:
            if name not in self.parts:
                raise KamdeskError("word.missing_part", part=name)
            self._trees[name] = parse(self.parts[name], name)
        return self._trees[name]

    def adopt(self, part: Parsed) -> None:
        """Spare the parsing of a part that holds exactly the bytes parsed before; any other is parsed as usual."""
        if self.parts.get(part.name) == part.data:
            self._trees[part.name] = part.root

    def edit(self, name: str) -> Element:
        """The root of an XML part, to be changed."""
        root = self.tree(name)
        self._edited.add(name)
        return root

    def put(self, name: str, data: bytes, content_type: str = "") -> None:
        """Add or replace a part; a content type is declared for the part itself."""
        self.parts[name] = data
        self._trees.pop(name, None)
        self._edited.discard(name)
        if content_type:
            self.set_content_type(name, content_type)

    def drop(self, name: str) -> None:
        """Take a part out with its relations and its content type."""
        for gone in (name, relations_part(name)):
            self.parts.pop(gone, None)
            self._trees.pop(gone, None)
            self._edited.discard(gone)
        for entry in list(self.tree(TYPES_PART)):
            if (
                local(entry.tag) == "Override"
                and entry.get("PartName", "").casefold() == f"/{name}".casefold()
            ):
                remove(entry)
                self._edited.add(TYPES_PART)

    def xml_parts(self) -> list[str]:
        """The names of all parts that are XML by ending or by content type."""
        return [name for name in self.parts if name == TYPES_PART or self.is_xml(name)]

    def is_xml(self, name: str) -> bool:
        """Whether a part is XML."""
        return name.lower().endswith(_XML_ENDINGS) or self.content_type(name).endswith(("+xml", "/xml"))

    # --- content types -------------------------------------------------------------------------------------

    def content_type(self, name: str) -> str:
        """The declared content type of a part; "" where none is declared."""
        ending = name.rpartition(".")[2].casefold()
        default = ""
        for entry in self.tree(TYPES_PART):
            kind = local(entry.tag)
            if kind == "Override" and entry.get("PartName", "").casefold() == f"/{name}".casefold():
                return str(entry.get("ContentType", ""))
            if kind == "Default" and entry.get("Extension", "").casefold() == ending:
                default = entry.get("ContentType", "")
        return default

    def set_content_type(self, name: str, content_type: str) -> None:
        """Declare the content type of one part."""
        root = self.edit(TYPES_PART)
        for entry in root:
            if (
                local(entry.tag) == "Override"
                and entry.get("PartName", "").casefold() == f"/{name}".casefold()
            ):
                entry.set("ContentType", content_type)
                return
        root.append(
            element(f"{{{PACKAGE_TYPES}}}Override", {"PartName": f"/{name}", "ContentType": content_type})
        )

    # --- relations -----------------------------------------------------------------------------------------

    def relations(self, source: str) -> list[Relation]:
        """The relations of a part; of the file itself for ""."""
        name = self.find(relations_part(source))
        if name is None:
            return []
        found = []
        folded = {part.casefold(): part for part in self.parts}
        for entry in self.tree(name):
            if local(entry.tag) != "Relationship":
                continue
            target = entry.get("Target", "")
            external = entry.get("TargetMode", "").lower() == "external"
            part = None if external else folded.get(resolve(source, target).casefold())
            found.append(Relation(source, entry.get("Id", ""), entry.get("Type", ""), target, external, part))
        return found

    def all_relations(self) -> Iterator[Relation]:
        """Every relation of the file, those of the file itself first."""
        yield from self.relations("")
        for name in sorted(self.parts):
            if name != ROOT_RELATIONS and name.lower().endswith(".rels"):
                source = source_of(name)
                if source is not None:
                    yield from self.relations(source)

    def drop_relation(self, relation: Relation) -> None:
        """Take a relation out; the part it leads to stays until :meth:`prune`."""
        root = self.edit(self.find(relations_part(relation.source)) or relations_part(relation.source))
        for entry in list(root):
            if entry.get("Id") == relation.id:
                remove(entry)

    def add_relation(self, source: str, relation_type: str, target: str) -> str:
        """A new internal relation of a part; its id."""
        name = self.find(relations_part(source))
        if name is None:
            name = relations_part(source)
            self.put(name, serialise(element(f"{{{PACKAGE_RELATIONS}}}Relationships")))
        root = self.edit(name)
        taken = {entry.get("Id") for entry in root}
        fresh = next(f"rIdK{number}" for number in range(1, len(taken) + 2) if f"rIdK{number}" not in taken)
        attributes = {"Id": fresh, "Type": relation_type, "Target": target}
        root.append(element(f"{{{PACKAGE_RELATIONS}}}Relationship", attributes))
        return fresh

    def prune(self) -> list[str]:
        """Take out every part that no relation leads to any more; their names."""
        reached: set[str] = set()
        waiting = [""]
        while waiting:
            for relation in self.relations(waiting.pop()):
                if relation.part is not None and relation.part not in reached:
                    reached.add(relation.part)
                    waiting.append(relation.part)
        kept = reached | {relations_part(name) for name in reached} | {TYPES_PART, ROOT_RELATIONS}
        gone = [name for name in self.parts if name not in kept]
        for name in gone:
            self.drop(name)
        return [name for name in gone if not name.lower().endswith(".rels")]

    # --- the document itself -------------------------------------------------------------------------------

    def main(self) -> str:
        """The name of the main part. Raises KamdeskError when the file is not an ordinary Word document."""
        for relation in self.relations(""):
            if relation.kind != "officeDocument":
                continue
            if relation.type.startswith(STRICT):
                raise KamdeskError("word.is_strict")
            if relation.part is not None and self.content_type(relation.part) in MAIN_TYPES:
                return relation.part
        raise KamdeskError("word.no_document")

    def related(self, source: str, *kinds: str) -> list[str]:
        """The parts to which relations of these kinds lead, in the order of the relations."""
        return [item.part for item in self.relations(source) if item.part is not None and item.kind in kinds]


def relations_part(source: str) -> str:
    """The name of the part that holds the relations of ``source``."""
    folder, name = posixpath.split(source)
    return posixpath.join(folder, "_rels", f"{name}.rels")


def source_of(relations: str) -> str | None:
    """The part whose relations a .rels part holds; None where the name is not of that shape."""
    folder, name = posixpath.split(relations)
    outer, last = posixpath.split(folder)
    return posixpath.join(outer, name[: -len(".rels")]) if last == "_rels" else None


def resolve(source: str, target: str) -> str:
    """The part name that a relation's target means, seen from its source."""
    path = unquote(target.partition("#")[0])
    joined = path if path.startswith("/") else posixpath.join("/", posixpath.dirname(source), path)
    return posixpath.normpath(joined).lstrip("/")
