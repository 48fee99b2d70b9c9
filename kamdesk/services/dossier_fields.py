"""The open dossier format as the entities declare it: which lists and fields it has, and what stays out and why."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

from sqlalchemy import Column

from kamdesk.exchange.dossier import Collection, DossierField
from kamdesk.model.fields import FieldKind
from kamdesk.model.tables.base import Entity, entities, entity_of, fields_of
from kamdesk.model.vocabulary import Vocabularies

LEFT_OUT: Final = frozenset(
    {
        "document",
        "dispatch",
        "alias",
        "external_key",
        "agenda_mark",
        "saved_filter",
        "preference",
        "price_item",
    }
)
"""Tables outside the format: made documents can be made again, the log of what was sent and the bookkeeping of
identity speak of the vault they stand in; reminders put off, filters and preferences are one user's own; a price list
is long, grows old, and travels as a table."""

_ORDER: Final = (
    "company",
    "colleagues",
    "custom_fields",
    "questions",
    "organisations",
    "statements",
    "units",
    "seats",
    "deals",
    "deal_competitors",
    "people",
    "acquaintances",
    "employments",
    "contacts",
    "parts",
    "criteria",
    "facts",
    "relationships",
    "expected_changes",
    "custom_values",
    "influence_maps",
    "map_places",
    "notes",
    "interactions",
    "participants",
    "promises",
    "attachments",
    "cases",
    "recommenders",
    "arguments",
    "objections",
    "objection_uses",
    "tellings",
    "text_templates",
    "proposals",
    "offer_items",
    "assumptions",
    "benefit_items",
    "stages",
    "readers",
    "proposal_arguments",
    "proposal_cases",
    "proposal_recommenders",
    "proposal_team",
    "follow_ups",
    "concessions",
)
"""The order in which a person would read a dossier; a collection that is not named here follows at the end."""

DERIVED: Final = frozenset(
    {
        ("contact", "normalised"),
        ("proposal", "total_minor"),
        ("proposal", "changed_at"),
        ("stored_file", "storage"),
        ("stored_file", "size"),
        ("stored_file", "sha256"),
    }
)
"""Columns computed again where a dossier arrives; ``sort_key`` is one everywhere."""

CONTENT: Final = DossierField("content", FieldKind.FILE, "Content, base64", required=True, default="")
"""The bytes of a stored file inside the document; it has no column."""


def exchanged() -> tuple[type[Entity], ...]:
    """The entities of the format in the order of the document."""
    found = [entity for entity in entities() if entity.__tablename__ not in LEFT_OUT]
    known = {name: place for place, name in enumerate(_ORDER)}
    return tuple(sorted(found, key=lambda entity: known.get(entity.__collection__, len(known))))


def is_exchanged(table: str, column: str) -> bool:
    """Whether a column is a field of the format."""
    return column not in ("id", "sort_key") and (table, column) not in DERIVED


@dataclass(frozen=True, slots=True)
class Link:
    """A link column: its name, the table it points to, and whether its row cannot be without the other one."""

    name: str
    target: str
    dies: bool


@cache
def links_of(entity: type[Entity]) -> Mapping[str, Link]:
    """The link columns of an entity by name, in their order. A required link and one of several owners ``dies``."""
    return {
        column.name: Link(
            column.name,
            key.column.table.name,
            not column.nullable or key.ondelete == "CASCADE",
        )
        for column, _ in fields_of(entity)
        for key in column.foreign_keys
    }


def collections(vocabularies: Vocabularies) -> tuple[Collection, ...]:
    """All lists of the format. Codes of a vocabulary that nobody may change are a closed choice."""
    return tuple(_collection(entity, vocabularies) for entity in exchanged())


def _collection(entity: type[Entity], vocabularies: Vocabularies) -> Collection:
    table = entity.__tablename__
    fields = [
        _field(entity, column, vocabularies)
        for column, info in fields_of(entity)
        if is_exchanged(table, column.name)
    ]
    if table == "stored_file":
        fields.append(CONTENT)
    return Collection(
        entity.__collection__,
        entity.__label__,
        tuple(fields),
        entity.__parents__,
        entity.__title__,
        _about(entity),
    )


def _field(entity: type[Entity], column: Column[Any], vocabularies: Vocabularies) -> DossierField:
    info = column.info["field"]
    link = links_of(entity).get(column.name)
    vocabulary = "" if info.kind in (FieldKind.LINK, FieldKind.FILE) else info.vocabulary
    codes = vocabularies.codes(vocabulary, hidden=True) if vocabulary else ()
    closed = bool(vocabulary) and not vocabularies.is_configurable(vocabulary)
    return DossierField(
        column.name,
        info.kind,
        info.label,
        required=info.required,
        default=default_of(column),
        target=entity_of(link.target).__collection__ if link else "",
        vocabulary=vocabulary,
        choices=codes if closed else (),
        examples=() if closed else codes,
    )


def default_of(column: Column[Any]) -> Any:
    """The Python value a new row has in this column when nothing is said."""
    return getattr(column.default, "arg", None)


def _about(entity: type[Entity]) -> str:
    """The first paragraph of the entity's description, as plain words."""
    first = (entity.__doc__ or "").strip().split("\n\n")[0]
    return re.sub(r"\s+", " ", first.replace("``", "'"))
