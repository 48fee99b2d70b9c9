"""The field catalogue of the templates page: fields, blocks and filters in groups, each with what it says in the open dossier (R9)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from kamdesk.documents.blocks import plain_text
from kamdesk.documents.context.catalogue import KINDS, Catalogue, catalogue
from kamdesk.documents.context.declare import declarations
from kamdesk.documents.context.document import OutgoingDocument
from kamdesk.documents.filter_words import FILTER_WORDS, FITTING, FilterWords

_PAIR: Final = ("en", "ru")
BLOCKS: Final = "block"
FILTERS: Final = "filter"


@dataclass(frozen=True, slots=True)
class FieldShown:
    """A field, block or filter. ``tag`` is what is copied; ``value`` what it says in the chosen document.

    ``group`` is a stable code, ``group_name`` its words; ``searched`` holds everything one may look for it by, in both languages.
    """

    path: str
    tag: str
    other_tag: str
    about: str
    value: str
    group: str
    group_name: str
    searched: str

    @property
    def is_block(self) -> bool:
        """Whether it stands alone in a paragraph."""
        return self.group == BLOCKS


def fields_shown(
    kind: str, language: str, tag_language: str = "", document: OutgoingDocument | None = None
) -> tuple[FieldShown, ...]:
    """What a template of a kind may name ("" is the document for the group): fields first, then blocks, then filters.

    ``language`` is that of the words, ``tag_language`` that of the tags. Without ``document`` the examples are those of the catalogue.
    Raises KamdeskError for an unknown kind.
    """
    kind = kind or "group"
    found = catalogue(kind)
    tags = tag_language or language
    at, tag_at = _PAIR.index(language), _PAIR.index(tags)
    groups = dict(declarations(KINDS[kind]))
    shown = []
    for entry in found.entries:
        root, _, leaf = entry.path.partition(".")
        group = groups[root]
        value = _value(document, root, leaf, entry.is_block) if document is not None else entry.example[at]
        shown.append(
            FieldShown(
                entry.path,
                entry.tag_in(tags),
                entry.tag_in(_PAIR[1 - tag_at]),
                entry.about[at],
                value,
                BLOCKS if entry.is_block else root,
                group.about[at],
                _folded((*entry.tag, *entry.about, *group.about, *entry.example, value)),
            )
        )
    fields = [one for one in shown if not one.is_block]
    blocks = [one for one in shown if one.is_block]
    return (*fields, *blocks, *_filters(found, at, tag_at))


def search(fields: Sequence[FieldShown], typed: str, group: str = "") -> tuple[FieldShown, ...]:
    """Those that have every typed word in a name, a meaning or a value, in either language."""
    words = _folded((typed,)).split()
    return tuple(
        one for one in fields if group in ("", one.group) and all(word in one.searched for word in words)
    )


def _value(document: OutgoingDocument | None, root: str, leaf: str, is_block: bool) -> str:
    if document is None:
        return ""
    text = (
        plain_text(document.blocks.get(leaf, ())) if is_block else document.fields.get(root, {}).get(leaf, "")
    )
    line = " ".join(text.split())
    return line if len(line) <= 160 else line[:159] + "…"


def _filters(found: Catalogue, at: int, tag_at: int) -> list[FieldShown]:
    names = {entry.path: entry.tag for entry in found.entries}
    shown = []
    for one in FILTER_WORDS:
        wanted = FITTING.get(one.name[0])
        path = next((path for path in wanted or () if path in names), "")
        # A filter for names is of no use to a kind of document that has none.
        if path or wanted is None:
            shown.append(_filter(one, names[path] if path else ("30", "30"), at, tag_at))
    return shown


def _filter(one: FilterWords, field: tuple[str, str], at: int, tag_at: int) -> FieldShown:
    def tag(language: int) -> str:
        return "{{ " + f"{field[language]}|{one.call[language]}" + " }}"

    group = ("Filters", "Фильтры")
    searched = (*one.name, *one.about, *one.example, *group)
    return FieldShown(
        f"{FILTERS}.{one.name[0]}",
        tag(tag_at),
        tag(1 - tag_at),
        one.about[at],
        one.example[at],
        FILTERS,
        group[at],
        _folded(searched),
    )


def _folded(words: Sequence[str]) -> str:
    return " ".join(words).casefold().replace("ё", "е")
