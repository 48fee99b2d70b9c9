"""The JSON schema of the open dossier format, made from the same collections that reading and writing use."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any, Final

from kamdesk.exchange.dossier import FORMAT, LEVELS, VERSION, Collection, DossierField
from kamdesk.exchange.dossier_values import write_value
from kamdesk.model.fields import FieldKind

_ABOUT: Final = (
    "What kamdesk knows of one client, readable without kamdesk. Every list holds rows of one kind; links are ids of "
    "rows of the list named in the description. An id is a UUID or any short text of your own that is unique in its "
    "list, such as \"p1\"; short ids become UUIDs made of 'dossier_id' (or of the first organisation) and the list's "
    "name, so that the same document read again finds the same rows. Write only what you know: a field that is absent "
    "is not touched, and absent is not empty. Fields this version does not know are reported on import and not stored. "
    "A newer major version is refused. Not in the format: documents made from proposals and the log of what was sent "
    "(versions of a file belong to the vault that made them), search keys and sums (computed again)."
)
_KINDS: Final[Mapping[FieldKind, Mapping[str, Any]]] = {
    FieldKind.TEXT: {"type": "string"},
    FieldKind.LONG_TEXT: {"type": "string"},
    FieldKind.CODE: {"type": "string"},
    FieldKind.CODES: {"type": "array", "items": {"type": "string"}},
    FieldKind.INTEGER: {"type": "integer"},
    FieldKind.DECIMAL: {"$ref": "#/$defs/decimal"},
    FieldKind.YES_NO: {"type": "boolean"},
    FieldKind.DATE: {"$ref": "#/$defs/date"},
    FieldKind.PARTIAL_DATE: {"$ref": "#/$defs/partialDate"},
    FieldKind.MOMENT: {"$ref": "#/$defs/moment"},
    FieldKind.LINK: {"$ref": "#/$defs/id"},
    FieldKind.FILE: {"type": "string", "contentEncoding": "base64"},
    FieldKind.AMOUNTS: {"type": "array", "items": {"$ref": "#/$defs/decimal"}},
}
_DEFS: Final[Mapping[str, Any]] = {
    "id": {"type": "string", "minLength": 1, "maxLength": 200, "description": "A UUID, or a short text unique in its list."},
    "date": {"type": "string", "pattern": r"^\d{4}-\d{2}-\d{2}$", "description": "A full date, ISO 8601."},
    "moment": {
        "type": "string",
        "pattern": r"^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}",
        "description": "Local time without a zone: a meeting at ten stays at ten.",
    },
    "partialDate": {
        "type": "string",
        "pattern": r"^(\d{4}(-\d{2}(-\d{2})?)?|--\d{2}(-\d{2})?)$",
        "description": "Only the known parts: 1975-03-05, 1975-03, 1975, --03-05 (no year), --03 (month only).",
    },
    "decimal": {
        "type": ["string", "number"],
        "pattern": r"^-?\d{1,18}(\.\d{1,18})?$",
        "description": "An exact decimal with a point, best as text. Percent are written as 5 for 5 %.",
    },
}  # fmt: skip


def schema(collections: Sequence[Collection]) -> dict[str, Any]:
    """The schema as a JSON value, draft 2020-12."""
    properties: dict[str, Any] = {
        "format": {"const": FORMAT},
        "version": {"type": "integer", "const": VERSION, "description": "Major version of the format."},
        "dossier_id": {
            "type": "string",
            "maxLength": 200,
            "description": "Any text that names this dossier for ever; short ids are resolved within it.",
        },
        "client": {
            "$ref": "#/$defs/id",
            "description": "Id of the row of 'organisations' that the dossier is about; the first one where absent.",
        },
        "language": {"type": "string", "description": "Language of the content, ISO 639-1."},
        "level": {
            "enum": list(LEVELS),
            "description": "What was let through when it was written: only business; business and personal; everything, private notes too.",
        },
        "exported_on": {"$ref": "#/$defs/date"},
        "program": {"type": "string", "description": "Name and version of the program that wrote it."},
        "dates_as_of": {
            "$ref": "#/$defs/date",
            "description": "For demonstrations: the day on which the dates were true. The demo moves full dates by whole weeks to the day it is opened; an ordinary import takes dates as they stand.",
        },
    }
    for known in collections:
        properties[known.name] = {
            "type": "array",
            "description": known.about or f"{known.label}.",
            "items": {"$ref": f"#/$defs/{known.name}"},
        }
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": "urn:kamdesk:dossier:1",
        "title": "kamdesk open dossier format, version 1",
        "description": _ABOUT,
        "type": "object",
        "required": ["format", "version"],
        "properties": properties,
        "$defs": {**_DEFS, **{known.name: _row(known) for known in collections}},
    }


def schema_bytes(collections: Sequence[Collection]) -> bytes:
    """The schema as the file ``resources/schema/dossier.schema.json`` holds it."""
    return (json.dumps(schema(collections), ensure_ascii=False, indent=2) + "\n").encode()


def _row(known: Collection) -> dict[str, Any]:
    required = [item.name for item in known.fields if item.required]
    row: dict[str, Any] = {"title": known.label, "type": "object"}
    if known.about:
        row["description"] = known.about
    if required:
        row["required"] = required
    row["properties"] = {"id": {"$ref": "#/$defs/id"}, **{item.name: _field(item) for item in known.fields}}
    return row


def _field(item: DossierField) -> dict[str, Any]:
    result: dict[str, Any] = {"title": item.label} if item.label else {}
    result.update(_KINDS[item.kind])
    if item.target:
        result["description"] = f"Id of a row of '{item.target}'."
    elif item.vocabulary:
        result["description"] = f"Code of the vocabulary '{item.vocabulary}'."
    if item.is_ordinal:
        result["description"] = "Place among its siblings from 0; the order of the rows where it is absent."
    _limit(item, result)
    if item.default not in (None, "", (), False):
        result["default"] = write_value(item.default)
    return result


def _limit(item: DossierField, result: dict[str, Any]) -> None:
    """Closed codes become an enumeration, open ones examples."""
    if item.kind is FieldKind.INTEGER and item.choices:
        result["enum"] = [int(code) for code in item.choices]
    elif item.kind is FieldKind.CODES and (item.choices or item.examples):
        codes = {"enum": list(item.choices)} if item.choices else {"examples": list(item.examples)}
        result["items"] = {"type": "string", **codes}
    elif item.choices:
        result["enum"] = [*item.choices] if item.required else ["", *item.choices]
    elif item.examples:
        result["examples"] = list(item.examples)
