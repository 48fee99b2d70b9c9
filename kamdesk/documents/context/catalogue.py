"""The catalogue of fields and their names in both languages, derived from the contracts."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Final, get_type_hints

from kamdesk.documents.context.cover import CoverContext
from kamdesk.documents.context.declare import declarations
from kamdesk.documents.context.group import GroupContext
from kamdesk.documents.context.internal import INTERNAL, PrintBlocks
from kamdesk.documents.context.results import RESULTS, ResultsBlocks
from kamdesk.documents.context.shared import LetterBlocks
from kamdesk.documents.context.text_contract import TEXTS, TextBlocks
from kamdesk.documents.context.variant import VariantContext
from kamdesk.model.messages import KamdeskError

CONTRACTS: Final[Mapping[str, type]] = {
    "group": GroupContext,
    "variant": VariantContext,
    "cover": CoverContext,
}
"""Kinds of documents of a proposal."""

KINDS: Final[Mapping[str, type]] = {**CONTRACTS, **RESULTS, **INTERNAL}
"""Every kind a user may make a template for; those of INTERNAL stay in the house."""

_PAIR: Final = ("en", "ru")
_BLOCKS: Final = (LetterBlocks, PrintBlocks, ResultsBlocks, TextBlocks)


@dataclass(frozen=True, slots=True)
class CatalogueEntry:
    """One field as a user copies it. ``path`` is the stable English name «client.name».

    ``tag``, ``about`` and ``example`` are (English, Russian) pairs; ``is_block`` fields stand alone in a paragraph.
    """

    path: str
    tag: tuple[str, str]
    about: tuple[str, str]
    example: tuple[str, str]
    is_block: bool

    def tag_in(self, language: str) -> str:
        """The tag to copy, braces included."""
        return "{{ " + self.tag[_PAIR.index(language)] + " }}"


@dataclass(frozen=True, slots=True)
class Catalogue:
    """All fields of one kind of document.

    ``paths`` leads every accepted name (both languages, «е» for «ё») to its stable path.
    """

    kind: str
    entries: tuple[CatalogueEntry, ...]
    paths: Mapping[str, str]

    @property
    def names(self) -> frozenset[str]:
        """Every accepted name such as ``client.name`` and ``клиент.название``."""
        return frozenset(self.paths)

    @property
    def blocks(self) -> frozenset[str]:
        """The paths of the blocks."""
        return frozenset(entry.path for entry in self.entries if entry.is_block)

    def path_of(self, name: str) -> str | None:
        """The stable path of a name as written in a template; None where there is no such field."""
        return self.paths.get(unicodedata.normalize("NFC", name))

    def examples(self, language: str) -> dict[str, dict[str, str]]:
        """Sample values of the plain fields, for a preview without a proposal."""
        found: dict[str, dict[str, str]] = {}
        for entry in self.entries:
            if not entry.is_block:
                root, leaf = entry.path.split(".")
                found.setdefault(root, {})[leaf] = entry.example[_PAIR.index(language)]
        return found

    def spread(self, values: Mapping[str, Mapping[str, str]]) -> dict[str, dict[str, str]]:
        """Values by stable path, repeated under every accepted name: what a template is given."""
        tree: dict[str, dict[str, str]] = {}
        for name, path in self.paths.items():
            root, leaf = name.split(".")
            stable_root, stable_leaf = path.split(".")
            if stable_leaf in values.get(stable_root, {}):
                tree.setdefault(root, {})[leaf] = values[stable_root][stable_leaf]
        return tree


@cache
def catalogue(kind: str) -> Catalogue:
    """The catalogue of one of KINDS, or of a text for a letter. Raises KamdeskError for another."""
    contract = {**KINDS, **TEXTS}.get(kind)
    if contract is None:
        raise KamdeskError("documents.unknown_kind", kind=kind)
    entries: list[CatalogueEntry] = []
    paths: dict[str, str] = {}
    parts = get_type_hints(contract)
    for root, group in declarations(contract):
        is_block = issubclass(parts[root], _BLOCKS)
        for leaf, field in declarations(parts[root]):
            tags = (f"{root}.{leaf}", f"{group.tag[1]}.{field.tag[1]}")
            entries.append(CatalogueEntry(tags[0], tags, field.about, field.example, is_block))
            # Word's autocorrect and habit drop the dots of ё; both spellings mean the field.
            paths.update(dict.fromkeys((*tags, tags[1].replace("ё", "е")), tags[0]))
    return Catalogue(kind, tuple(entries), paths)
