"""The verbs of what follows a sending: ``closing``, ``concessions`` and ``concession add``. Plain JSON values."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterable
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from kamdesk.bootstrap import Workplace
from kamdesk.cli.proposals import find_by_subject
from kamdesk.model.messages import KamdeskError, Message
from kamdesk.rules.closing import Needle
from kamdesk.services.closing import Contact
from kamdesk.services.closing_views import ClosingView
from kamdesk.services.concessions import ConcessionData, ConcessionView, Effect, effects_of
from kamdesk.translation import Translator

_DOING = ("done", "skip", "reopen")


def declare(verb: Callable[[str, str], argparse.ArgumentParser]) -> None:
    """The options of these verbs."""
    after = verb("closing", "say what follows a sending, or say what was done")
    after.add_argument(
        "words", nargs="+", metavar="PROPOSAL",
        help='number, id or subject; "done", "skip" or "reopen" before it with --step say what became of a step',
    )  # fmt: skip
    after.add_argument("--step", choices=("receipt", "next_steps", "urgency", "dated"))
    after.add_argument("--result", default="", metavar="TEXT", help="what came of the step")
    after.add_argument("--by", metavar="KIND", help="also record a contact: call, email, meeting …")
    given = verb("concessions", "list what was given to a client, what was got, and the effect on income")
    given.add_argument("client", metavar="CLIENT", help="name or id")
    new = verb("concession", "record a concession")
    new.add_argument("what", choices=("add",))
    new.add_argument("client", metavar="CLIENT", help="name or id")
    new.add_argument("given", metavar="GIVEN", help="what was given")
    new.add_argument("--got", default="", metavar="TEXT", help="what was got for it")
    new.add_argument("--kind", default="price", metavar="CODE", help="price, payment, delivery …")
    new.add_argument("--cost", type=amount, metavar="N", help="what it costs us")
    new.add_argument("--worth", type=amount, metavar="N", help="what it is worth to us")
    new.add_argument("--currency", default="RUB", metavar="CODE")
    new.add_argument("--on", type=date.fromisoformat, metavar="DAY", help="today by default")
    new.add_argument("--proposal", metavar="P", help="number, id or subject")


def closing(place: Workplace, options: argparse.Namespace, words: Translator) -> dict[str, Any]:
    """Where a sent proposal stands, after what was said of a step has been stored."""
    doing = options.words[0] if len(options.words) > 1 and options.words[0] in _DOING else ""
    proposal_id = find_by_subject(place, " ".join(options.words[1:] if doing else options.words))
    if doing:
        _do(place, doing, proposal_id, options)
    return _standing(place, place.closing.view(proposal_id), words)


def concessions(place: Workplace, options: argparse.Namespace, words: Translator) -> dict[str, Any]:
    """What was given to a client and got from them, with the effect on income by currency, deal and year."""
    rows = place.concessions.list(organisation_id=place.organisations.find(options.client))
    found = effects_of(rows)
    deals = {row.deal_id or "": row.deal for row in rows}
    return {
        "concessions": [_concession(row) for row in rows],
        "effect": _effects(found.total),
        "by_deal": [{"deal": deals[deal], "effect": _effects(sums)} for deal, sums in found.by_deal.items()],
        "by_year": [{"year": year or None, "effect": _effects(sums)} for year, sums in found.by_year.items()],
    }


def concession(place: Workplace, options: argparse.Namespace, words: Translator) -> dict[str, Any]:
    """Record one; gives its id."""
    client = place.organisations.find(options.client)
    data = ConcessionData(
        options.given,
        options.got,
        options.kind,
        options.cost,
        options.worth,
        options.currency,
        options.on,
        proposal_id=find_by_subject(place, options.proposal, client) if options.proposal else None,
    )
    return {"id": place.concessions.add(client, data)}


def in_words(standing: dict[str, Any], words: Translator) -> str:
    """The verdict, the steps as lines, and the arithmetic of both needles."""
    lines = [standing["verdict"]["text"]]
    for step in standing["steps"]:
        state = "+" if step["done_on"] else "x" if step["skipped"] else " "
        day = step["done_on"] or step["due_on"] or ""
        lines.append("  ".join(part for part in (f"[{state}] {step['label']}", day, step["result"]) if part))
    for name in ("indifference", "neediness"):
        needle = standing[name]
        head = words.message(
            Message(f"cli.needle.{name}", {"value": needle["value"], "limit": needle["limit"]})
        )
        lines += [head, *(f"  {one['text']}" for one in needle["parts"])]
    return "\n".join(lines) + "\n"


def _do(place: Workplace, doing: str, proposal_id: str, options: argparse.Namespace) -> None:
    steps = place.closing.view(proposal_id).steps
    step = next((one for one in steps if one.kind == options.step), None)
    if step is None:
        raise KamdeskError("cli.no_step")
    if doing == "done":
        contact = Contact(options.by) if options.by else None
        place.closing.done(step.id, options.result, contact=contact)
    elif doing == "skip":
        place.closing.skip(step.id)
    else:
        place.closing.reopen(step.id)


def _standing(place: Workplace, view: ClosingView, words: Translator) -> dict[str, Any]:
    verdict, labels = view.reading.verdict, place.vocabularies()
    return {
        "proposal": view.proposal_id,
        "number": view.number,
        "subject": view.subject,
        "client": view.organisation,
        "status": view.status,
        "sent_on": _day(view.sent_on),
        "next_date": _day(view.next_date),
        "agreed": _day(view.agreed),
        "new_client": view.new_client,
        "steps": [
            {
                "id": one.id,
                "kind": one.kind,
                "label": labels.label("follow_up_step", one.kind, words.language),
                "due_on": _day(one.due_on),
                "done_on": _day(one.done_on),
                "skipped": one.skipped,
                "late": one.late,
                "result": one.result,
            }
            for one in view.steps
        ],
        "indifference": _needle(view.reading.indifference, words),
        "neediness": _needle(view.reading.neediness, words),
        "verdict": {"code": verdict.code, "until": _day(verdict.until), "text": words.message(view.verdict)},
        "lowered": str(view.lowered.money.amount) if view.lowered is not None else None,
        "lowered_through": list(view.lowered.through) if view.lowered is not None else [],
    }


def _needle(needle: Needle, words: Translator) -> dict[str, Any]:
    return {
        "value": needle.value,
        "limit": needle.limit,
        "parts": [
            {
                "points": one.points,
                "text": words.message(Message("closing.points", {"why": one.why, "points": one.points})),
            }
            for one in needle.parts
        ],
    }


def _concession(row: ConcessionView) -> dict[str, Any]:
    return {
        "id": row.id,
        "kind": row.kind,
        "given": row.given,
        "got": row.got,
        "given_on": _day(row.given_on),
        "cost": _amount(row.cost),
        "worth": _amount(row.worth),
        "currency": row.currency,
        "deal": row.deal,
        "proposal": row.proposal,
        "asked_by": row.person.full() if row.person is not None else "",
        "note": row.note,
        "for_nothing": row.for_nothing,
    }


def _effects(effects: Iterable[Effect]) -> list[dict[str, Any]]:
    return [
        {
            "currency": one.currency,
            "count": one.count,
            "cost": str(one.cost),
            "worth": str(one.worth),
            "net": str(one.net),
            "without_cost": one.unknown,
            "for_nothing": one.for_nothing,
        }
        for one in effects
    ]


def amount(text: str) -> Decimal:
    """An option that is an amount: argparse tells of a ValueError, and of no other problem."""
    try:
        return Decimal(text)
    except InvalidOperation as error:
        raise ValueError(text) from error


def _amount(value: Decimal | None) -> str | None:
    return str(value) if value is not None else None


def _day(value: Any) -> str | None:
    return value.isoformat() if value is not None else None
