"""The verbs about ties: how somebody is tied to others, who of us knows whom. Plain JSON values."""

from __future__ import annotations

import argparse
from typing import Any

from kamdesk.bootstrap import Workplace
from kamdesk.translation import Translator


def relations(place: Workplace, options: argparse.Namespace, words: Translator) -> dict[str, Any]:
    """The ties of a person, what is expected of them, and who of us knows them."""
    person_id = place.people.find(options.name)
    card = place.people.card(person_id)
    return {
        "id": card.id,
        "name": card.name.full(),
        "relationships": [
            {
                "id": one.id,
                "kind": one.kind,
                "reverse": one.reverse,
                "label": place.vocabularies().label(
                    "relation", one.kind, words.language, reverse=one.reverse
                ),
                "person_id": one.person_id,
                "person": one.person.full(),
                "organisation": one.organisation,
                "strength": one.strength,
                "since": str(one.since) if one.since else None,
                "until": str(one.until) if one.until else None,
                "note": one.note,
                "sensitivity": one.sensitivity,
            }
            for one in card.relations
        ],
        "expected": [
            {
                "id": one.id,
                "kind": one.kind,
                "text": one.text,
                "date": str(one.date) if one.date else None,
                "happened_on": one.happened_on.isoformat() if one.happened_on else None,
                "seat": one.seat,
                "overdue": one.overdue,
            }
            for one in card.expected
        ],
        "known_by": [
            {"id": one.colleague_id, "name": one.name.full(), "strength": one.strength, "note": one.note}
            for one in card.known_by
        ],
    }


def who_knows(place: Workplace, options: argparse.Namespace, words: Translator) -> dict[str, Any]:
    """Who of us knows whom at a client; with a topic, who of us knows about it."""
    result: dict[str, Any] = {}
    if options.topic:
        result["experts"] = [
            {"id": one.id, "name": one.name.full(), "post": one.post, "topics": one.topics}
            for one in place.acquaintances.experts(options.topic)
        ]
    if options.client:
        matrix = place.acquaintances.matrix(place.organisations.find(options.client))
        ours = {one.id: one.name.full() for one in matrix.ours}
        theirs = {one.id: one.name.full() for one in matrix.theirs}
        result["client"] = matrix.organisation
        result["acquaintances"] = [
            {
                "colleague_id": colleague,
                "colleague": ours[colleague],
                "person_id": person,
                "person": theirs[person],
                "strength": cell.strength,
                "since": str(cell.since) if cell.since else None,
                "note": cell.note,
            }
            for (person, colleague), cell in matrix.cells.items()
            if person in theirs and colleague in ours
        ]
    return result
