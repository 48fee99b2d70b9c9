"""What would come out blank: fields and blocks of a template that the chosen sample or proposal says nothing for (R9)."""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from typing import TYPE_CHECKING

from jinja2 import nodes

from kamdesk.documents.context.document import OutgoingDocument
from kamdesk.documents.environment import LockedEnvironment
from kamdesk.documents.found import Found, Spot
from kamdesk.documents.ooxml.package import Package
from kamdesk.documents.ooxml.walk import paragraphs
from kamdesk.documents.tagcheck import chains, names_in, tree_of
from kamdesk.documents.tags import Tag, scan

if TYPE_CHECKING:
    from kamdesk.documents.doctor import Catalogue


def filled_paths(document: OutgoingDocument) -> frozenset[str]:
    """The stable paths of the fields and blocks for which a document says something."""
    fields = {
        f"{root}.{leaf}"
        for root, leaves in document.fields.items()
        for leaf, text in leaves.items()
        if text.strip()
    }
    return frozenset(fields | {f"block.{name}" for name, content in document.blocks.items() if content})


def blanks(
    package: Package, catalogue: Catalogue, filled: AbstractSet[str], environment: LockedEnvironment
) -> Iterator[Found]:
    """A warning for each field at its first place; what stands under a condition on itself, or has a default, is expected."""
    said: set[str] = set()
    guards: list[set[str]] = []
    part = ""
    for paragraph in paragraphs(package):
        if paragraph.part != part:
            part, guards = paragraph.part, []
        text = paragraph.text
        if "{{" not in text and "{%" not in text:
            continue
        for tag in scan(text, lambda name: False)[0]:
            if tag.kind == "statement":
                _guard(tag, guards, catalogue, environment)
            elif tag.kind == "expression":
                for path in _read(tag, catalogue, environment):
                    if path not in filled and path not in said and not any(path in one for one in guards):
                        said.add(path)
                        spot = Spot(tag, paragraph, text)
                        code = "word.block_blank" if path.startswith("block.") else "word.field_blank"
                        yield spot.found("blank", code, severity="warning", name=path)


def _guard(tag: Tag, guards: list[set[str]], catalogue: Catalogue, environment: LockedEnvironment) -> None:
    if tag.word in ("if", "for", "with", "filter"):
        guards.append(_paths(names_in(tag, environment), catalogue) if tag.word in ("if", "for") else set())
    elif tag.word == "elif" and guards:
        guards[-1] |= _paths(names_in(tag, environment), catalogue)
    elif tag.word in ("endif", "endfor", "endwith", "endfilter") and guards:
        guards.pop()


def _read(tag: Tag, catalogue: Catalogue, environment: LockedEnvironment) -> list[str]:
    """The paths an expression shows; those with a default, and those only asked about, are not shown blank."""
    tree = tree_of(tag, environment)
    if tree is None:
        return []
    spared: set[str] = set()
    for item in tree.find_all(nodes.Filter):
        if item.name in ("default", "d") and item.node is not None:
            spared |= _paths(chains(item.node), catalogue)
    for condition in tree.find_all(nodes.CondExpr):
        spared |= _paths(chains(condition.test), catalogue)
    for either in tree.find_all(nodes.Or):
        spared |= _paths(chains(either.left), catalogue)
    return [path for path in dict.fromkeys(_in_order(chains(tree), catalogue)) if path not in spared]


def _in_order(names: list[str], catalogue: Catalogue) -> Iterator[str]:
    for name in names:
        path = catalogue.path_of(name)
        if path is not None:
            yield path


def _paths(names: list[str], catalogue: Catalogue) -> set[str]:
    return set(_in_order(names, catalogue))
