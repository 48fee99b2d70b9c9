"""The verbs about proposals as such: the list with its versions, a new version, what differs between two of them."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from typing import Any

from kamdesk.bootstrap import Workplace
from kamdesk.model.messages import KamdeskError, Message
from kamdesk.services.proposal_views import VersionView
from kamdesk.translation import Translator


def declare(verb: Callable[[str, str], argparse.ArgumentParser]) -> None:
    """The options of these verbs."""
    listed = verb("proposals", "list proposals with status, validity and version")
    listed.add_argument("--client", metavar="C", help="only those of one client (name or id)")
    version = verb("proposal-version", "make a new version of a proposal as a draft")
    version.add_argument("proposal", metavar="P", help="number or id")
    compare = verb("proposal-compare", "say what differs between two proposals or versions")
    compare.add_argument("before", metavar="A", help="number or id")
    compare.add_argument("after", metavar="B", help="number or id")
    compare.add_argument("--all", action="store_true", help="name what is the same too")


def proposals(place: Workplace, options: argparse.Namespace, _words: Translator) -> list[dict[str, Any]]:
    """The proposals, the latest change first."""
    client = place.organisations.find(options.client) if options.client else None
    return [
        {
            "id": row.id,
            "number": row.number,
            "subject": row.subject,
            "client": row.organisation,
            "deal": row.deal,
            "status": row.status,
            "expired": row.over,
            "version": row.version,
            "newest": row.newest,
            "total": str(row.total.amount) if row.total is not None else None,
            "currency": row.total.currency if row.total is not None else "",
            "date": row.date.isoformat() if row.date else None,
            "valid_until": row.valid_until.isoformat() if row.valid_until else None,
            "next_date": row.next_date.isoformat() if row.next_date else None,
        }
        for row in place.proposals.list(client)
    ]


def new_version(place: Workplace, options: argparse.Namespace, _words: Translator) -> dict[str, Any]:
    """A new version of a proposal; its id and its number among the versions."""
    made = place.proposal_versions.new_version(find(place, options.proposal))
    return {"id": made, "version": place.proposal_versions.list(made)[-1].version}


def compare(place: Workplace, options: argparse.Namespace, words: Translator) -> dict[str, Any]:
    """What differs, section by section."""
    found = place.proposal_compare.compare(find(place, options.before), find(place, options.after))
    rows = [row for row in found.rows if row.differs or options.all]
    return {
        "before": _version(found.before),
        "after": _version(found.after),
        "differences": sum(row.differs for row in found.rows),
        "rows": [
            {
                "section": row.section,
                "what": words.message(row.what),
                "before": words.message(row.before) if row.before is not None else None,
                "after": words.message(row.after) if row.after is not None else None,
                "differs": row.differs,
            }
            for row in rows
        ],
    }


def in_words(result: dict[str, Any], words: Translator) -> str:
    """Each difference in two lines."""
    lines = []
    section = ""
    for row in result["rows"]:
        if row["section"] != section:
            section = row["section"]
            lines.append(words.message(Message(f"compare.section.{section}")))
        lines.append(f"  {row['what']}")
        lines += [f"    {sign} {row[side]}" for sign, side in (("-", "before"), ("+", "after")) if row[side]]
    if not lines:
        lines.append(words.message(Message("compare.same")))
    return "\n".join(lines) + "\n"


def _version(view: VersionView) -> dict[str, Any]:
    return {
        "id": view.id, "number": view.number, "version": view.version, "subject": view.subject,
        "client": view.organisation, "status": view.status,
    }  # fmt: skip


def find(place: Workplace, wanted: str) -> str:
    """The id of a proposal by number or id. Raises KamdeskError ``cli.no_such_proposal``."""
    folded = wanted.casefold()
    found = [row.id for row in place.proposals.list() if folded in (row.id, row.number.casefold())]
    if len(found) != 1:
        raise KamdeskError("cli.no_such_proposal", name=wanted)
    return found[0]


def find_by_subject(place: Workplace, wanted: str, client_id: str | None = None) -> str:
    """The same, also by subject, and of one client where one is given. Raises KamdeskError ``cli.proposal_unknown``."""
    folded = wanted.casefold()
    rows = place.proposals.list(client_id)
    found = [row.id for row in rows if folded in (row.id, row.number.casefold(), row.subject.casefold())]
    if len(found) != 1:
        raise KamdeskError("cli.proposal_unknown", name=wanted)
    return found[0]
