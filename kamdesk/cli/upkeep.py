"""The verbs that keep a vault in order: trash, duplicates, merging, the history of a field."""

from __future__ import annotations

import argparse
from typing import Any

from kamdesk.bootstrap import Workplace
from kamdesk.model.messages import KamdeskError
from kamdesk.services.field_words import in_words
from kamdesk.translation import Translator

_TABLES = {"person": "person", "client": "organisation", "people": "person", "clients": "organisation"}


def add_verbs(verb: Any) -> None:
    """Declare the options; ``verb(name, words)`` adds a parser."""
    verb("trash", "list what was deleted and can be restored")
    restore = verb("restore", "bring deleted records back")
    restore.add_argument("ids", nargs="+", type=int, metavar="ID", help="as listed by trash")
    restore.add_argument(
        "--with-parents", action="store_true", help="also what they belong to, where it was deleted"
    )
    duplicates = verb("duplicates", "list records that may be one")
    duplicates.add_argument("kind", choices=("people", "clients"))
    merge = verb("merge", "make two records one; undo takes it back")
    merge.add_argument("kind", choices=("person", "client"))
    merge.add_argument("kept", metavar="KEPT", help="name or id of the record that stays")
    merge.add_argument("other", metavar="OTHER", help="name or id of the record that goes into it")
    merge.add_argument(
        "--take",
        action="append",
        default=[],
        metavar="FIELD=SIDE",
        help="side: kept, other or both (lists, long texts)",
    )
    merge.add_argument("--dry-run", action="store_true", help="only show both sides of every field")
    history = verb("field-history", "who changed a field, when, from what to what")
    history.add_argument("kind", choices=("person", "client"))
    history.add_argument("name", metavar="X", help="name or id")
    history.add_argument("field", metavar="FIELD", help="as named by show, or family_name, stance …")


def trash(place: Workplace, options: argparse.Namespace, words: Translator) -> list[dict[str, Any]]:
    """What can be brought back, the newest first."""
    return [
        {
            "id": item.id,
            "kind": item.table,
            "record": item.row_id,
            "title": item.title,
            "deleted_at": item.deleted_at.isoformat(),
            "step": words.message(item.step),
            "with_it": {words.gettext(noun): n for noun, n in item.with_it},
            "days_left": item.days_left,
        }
        for item in place.trash.list()
    ]


def restore(place: Workplace, options: argparse.Namespace, words: Translator) -> dict[str, Any]:
    """Bring records back."""
    back = place.trash.restore(options.ids, with_parents=options.with_parents)
    return {"restored": [{"kind": table, "id": row_id} for table, row_id in back]}


def duplicates(place: Workplace, options: argparse.Namespace, words: Translator) -> list[dict[str, Any]]:
    """Pairs that may be one, the surest first."""
    return [
        {
            "certainty": pair.certainty,
            "why": words.message(pair.reason),
            "score": pair.score,
            "records": [
                {"id": side.id, "title": side.title, "detail": side.detail} for side in (pair.one, pair.other)
            ],
        }
        for pair in place.duplicates.find(_TABLES[options.kind])
    ]


def merge(place: Workplace, options: argparse.Namespace, words: Translator) -> dict[str, Any]:
    """Merge, or say what would be chosen."""
    table = _TABLES[options.kind]
    kept, other = (_found(place, table, name) for name in (options.kept, options.other))
    choices: dict[str, str] = {}
    for pair in options.take:
        field, sign, side = pair.partition("=")
        if not sign:
            raise KamdeskError("merge.unknown_choice", field=field, choice=side)
        choices[field] = side
    if not options.dry_run:
        return {"kept": place.merging.merge(table, kept, other, choices)}
    plan = place.merging.plan(table, kept, other)
    known = place.vocabularies()
    return {
        "kept": {"id": plan.kept_id, "title": plan.kept_title},
        "other": {"id": plan.other_id, "title": plan.other_title},
        "fields": [
            {
                "field": field.name,
                "kept": in_words(field.specs, field.kept, field.kept_titles, words, known),
                "other": in_words(field.specs, field.other, field.other_titles, words, known),
                "take": choices.get(field.name, field.proposed),
            }
            for field in plan.fields
            if not field.equal
        ],
        "goes_over": {words.gettext(noun): n for noun, n in plan.moves},
    }


def field_history(place: Workplace, options: argparse.Namespace, words: Translator) -> dict[str, Any]:
    """The changes of one field, the newest first."""
    table = _TABLES[options.kind]
    story = place.field_history.of(table, _found(place, table, options.name), options.field)
    known = place.vocabularies()
    return {
        "record": story.row_id,
        "title": story.title,
        "field": story.field,
        "changes": [
            {
                "at": change.at.isoformat(),
                "step": words.message(change.step),
                "kind": change.kind,
                "before": None
                if change.before is None
                else in_words(story.specs, change.before, change.before_titles, words, known),
                "after": in_words(story.specs, change.after, change.after_titles, words, known),
                "sensitivity": change.sensitivity.value,
            }
            for change in story.changes
        ],
    }


def _found(place: Workplace, table: str, name: str) -> str:
    """The id of a record by name or id."""
    return place.people.find(name) if table == "person" else place.organisations.find(name)
