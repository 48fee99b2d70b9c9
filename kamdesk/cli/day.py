"""The verb ``today``: what is due and why, for people and for scripts."""

from __future__ import annotations

import argparse
from datetime import date
from typing import Any

from kamdesk.bootstrap import Workplace
from kamdesk.model.messages import KamdeskError, Message
from kamdesk.translation import Translator


def today(place: Workplace, options: argparse.Namespace, words: Translator) -> list[dict[str, Any]]:
    """The cards of Today in their order; with ``--on`` as they would be on that day."""
    on = None
    if options.on is not None:
        try:
            on = date.fromisoformat(options.on)
        except ValueError as error:
            raise KamdeskError("agenda.no_date", text=options.on) from error
    return [
        {
            "key": item.key,
            "group": item.group,
            "kind": item.kind,
            "title": item.title,
            "reason": words.message(item.reason),
            "due": item.due.isoformat() if item.due is not None else None,
            "at": item.at.isoformat(timespec="minutes") if item.at is not None else None,
            "client": item.organisation,
            "people": [name.full() for _id, name in item.people],
            "count": item.count,
            "table": item.table,
            "id": item.record,
        }
        for item in place.agenda.day(on).items
    ]


def in_words(cards: list[dict[str, Any]], words: Translator) -> str:
    """The cards as lines below the headings of their groups."""
    if not cards:
        return words.message(Message("agenda.nothing")) + "\n"
    lines, group = [], ""
    for card in cards:
        if card["group"] != group:
            group = card["group"]
            lines.append(words.message(Message(f"agenda.group.{group}")))
        called = card["title"] or ", ".join(card["people"]) or card["client"]
        lines.append("  " + " · ".join(part for part in (called, card["reason"], card["client"]) if part))
    return "\n".join(lines) + "\n"
