"""How a field of an outgoing contract is declared: its tag in both languages, what it is, an example."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, fields
from typing import Any


@dataclass(frozen=True, slots=True)
class Declaration:
    """One name of the catalogue. Pairs are (English, Russian)."""

    tag: tuple[str, str]
    about: tuple[str, str]
    example: tuple[str, str]


def declared(tag_ru: str, about: tuple[str, str], example: tuple[str, str] = ("", "")) -> Any:
    """A dataclass field that is a template tag; its English tag is the field's own name."""
    return field(metadata={"tag_ru": tag_ru, "about": about, "example": example})


def declarations(contract: type) -> Iterator[tuple[str, Declaration]]:
    """The declared fields of a contract in order, by attribute name. Raises KeyError for an undeclared field."""
    for item in fields(contract):
        data = item.metadata
        yield item.name, Declaration((item.name, data["tag_ru"]), data["about"], data["example"])
