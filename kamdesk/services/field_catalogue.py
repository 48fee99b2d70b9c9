"""The fields that a Word template may name, as windows show them: both names, what each is, an example (R9)."""

from __future__ import annotations

from dataclasses import dataclass

from kamdesk.documents.context.catalogue import catalogue


@dataclass(frozen=True, slots=True)
class CatalogueField:
    """One field: ``path`` is stable; ``tag`` is what is copied, braces included; ``is_block`` stands alone in a paragraph.

    ``other_tag`` is the same field under its name in the other language.
    """

    path: str
    tag: str
    other_tag: str
    about: str
    example: str
    is_block: bool


def catalogue_fields(kind: str, language: str, tag_language: str = "") -> tuple[CatalogueField, ...]:
    """The fields of a kind of document ("" is the one for the group), blocks first.

    ``language`` is that of the descriptions, ``tag_language`` that of the tags (the same one by default).
    Raises KamdeskError for an unknown kind.
    """
    at = 1 if language == "ru" else 0
    tags = tag_language or language
    other = "en" if tags == "ru" else "ru"
    found = [
        CatalogueField(
            entry.path,
            entry.tag_in(tags),
            entry.tag_in(other),
            entry.about[at],
            entry.example[at],
            entry.is_block,
        )
        for entry in catalogue(kind or "group").entries
    ]
    return tuple(sorted(found, key=lambda field: not field.is_block))
