"""What would come out blank: fields and blocks of a template that the chosen sample or proposal says nothing for (R9)."""

from __future__ import annotations

from collections import Counter
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
    guards = _Guards()
    part = ""
    for paragraph in paragraphs(package):
        if paragraph.part != part:
            part, guards = paragraph.part, _Guards()
        text = paragraph.text
        if "{{" not in text and "{%" not in text:
            continue
        for tag in scan(text, lambda name: False)[0]:
            if tag.kind == "statement":
                guards.see(tag, catalogue, environment)
            elif tag.kind == "expression":
                for path in _read(tag, catalogue, environment):
                    if path not in filled and path not in said and not guards.cover(path):
                        said.add(path)
                        spot = Spot(tag, paragraph, text)
                        code = "word.block_blank" if path.startswith("block.") else "word.field_blank"
                        yield spot.found("blank", code, severity="warning", name=path)


class _Guards:
    """The conditions that are open, with the paths they ask about."""

    def __init__(self) -> None:
        self._open: list[set[str]] = []
        self._asked: Counter[str] = Counter()

    def cover(self, path: str) -> bool:
        """Whether an open condition asks about a path."""
        return self._asked[path] > 0

    def see(self, tag: Tag, catalogue: Catalogue, environment: LockedEnvironment) -> None:
        """A statement."""
        if tag.word in ("if", "for", "with", "filter"):
            self._open.append(set())
        if tag.word in ("if", "for", "elif") and self._open:
            asked = _paths(names_in(tag, environment), catalogue) - self._open[-1]
            self._open[-1] |= asked
            self._asked.update(asked)
        elif tag.word in ("endif", "endfor", "endwith", "endfilter") and self._open:
            self._asked.subtract(self._open.pop())


def _read(tag: Tag, catalogue: Catalogue, environment: LockedEnvironment) -> list[str]:
    """The paths an expression shows; those with a default, and those only asked about, are not shown blank."""
    tree = tree_of(tag, environment)
    try:
        return _shown(tree, catalogue) if tree is not None else []
    except RecursionError:
        # Said as a fault already: too deep to walk.
        return []


def _shown(tree: nodes.Template, catalogue: Catalogue) -> list[str]:
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
