"""The verbs that ask and import. Each returns plain JSON values; ``in_words`` prints them for people."""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

from kamdesk.bootstrap import Workplace
from kamdesk.cli.reading import read
from kamdesk.model.messages import KamdeskError
from kamdesk.services.import_report import ImportedRow, ImportReport
from kamdesk.store import vault as vaults
from kamdesk.store.keys import KdfCost
from kamdesk.translation import Translator


def init(folder: Path, passphrase: str, cost: KdfCost) -> dict[str, Any]:
    """Make a vault; its recovery code is printed this once."""
    vault = vaults.create(folder, passphrase, cost=cost)
    try:
        return {
            "vault": str(folder),
            "id": vault.header.vault_id,
            "recovery_code": vault.make_recovery_code(),
        }
    finally:
        vault.close()


def clients(place: Workplace, options: argparse.Namespace, words: Translator) -> list[dict[str, Any]]:
    """All clients, prospects and training clients."""
    return [
        {
            "id": row.id,
            "name": row.name,
            "kind": row.kind,
            "industry": row.industry,
            "people": row.people,
            "open_promises": row.open_promises,
            "open_proposals": row.open_proposals,
            "last_contact": _iso(row.last_contact),
            "next_meeting": _iso(row.next_meeting),
        }
        for row in place.organisations.list()
    ]


def people(place: Workplace, options: argparse.Namespace, words: Translator) -> list[dict[str, Any]]:
    """People, all or of one client."""
    at = place.organisations.find(options.client) if options.client else None
    return [
        {
            "id": row.id,
            "name": row.name.full(),
            "organisation": row.organisation,
            "title": row.title,
            "type": row.lens,
            "influence": row.influence,
            "stance": row.stance,
            "parts": list(row.parts),
            "phone": row.phone,
            "email": row.email,
            "coverage": row.coverage,
        }
        for row in place.people.list(at)
    ]


def deals(place: Workplace, options: argparse.Namespace, words: Translator) -> list[dict[str, Any]]:
    """Deals, all or of one client, the open ones first."""
    at = place.organisations.find(options.client) if options.client else None
    return [
        {
            "id": row.id,
            "name": row.name,
            "client": row.organisation,
            "stage": row.stage,
            "open": row.is_open,
            "amount": str(row.amount.amount) if row.amount is not None else None,
            "currency": row.currency,
            "expected": str(row.expected) if row.expected is not None else None,
            "closed_on": _iso(row.closed_on),
            "loss_reason": row.loss_reason,
        }
        for row in place.deals.list(at)
    ]


def statements(place: Workplace, options: argparse.Namespace, words: Translator) -> list[dict[str, Any]]:
    """What is known of a client's business, by kind."""
    client = place.organisations.find(options.client)
    kinds = place.vocabularies().codes("statement_kind", hidden=True)
    return [
        {
            "id": row.id,
            "kind": row.kind,
            "text": row.text,
            "how_known": row.source_kind,
            "source": row.source,
            "noted_on": _iso(row.noted_on),
            "review_by": _iso(row.review_by),
            "stale": row.stale,
            "competitor": row.competitor,
            "argument": row.argument_id,
        }
        for group in place.statements.of(client, kinds)
        for row in group.statements
    ]


def show(place: Workplace, options: argparse.Namespace, words: Translator) -> dict[str, Any]:
    """One client or person: a summary, or the open dossier format."""
    if options.kind == "person":
        if options.format == "dossier":
            raise KamdeskError("cli.dossier_of_client")
        return _person(place, place.people.find(options.name))
    client_id = place.organisations.find(options.name)
    if options.format == "dossier":
        document: dict[str, Any] = json.loads(place.dossiers.export(client_id, options.level))
        return document
    values = {item.spec.name: _plain(item.value) for item in place.records.form("organisation", client_id)}
    return {
        "id": client_id,
        "name": values.pop("short_name"),
        **values,
        "units": [{"id": u.id, "name": u.name, "kind": u.kind} for u in place.organisations.units(client_id)],
        "seats": [
            {"id": s.id, "title": s.title, "unit": s.unit, "people": [name.full() for _, name in s.holders]}
            for s in place.organisations.seats(client_id)
        ],
        "people": people(place, argparse.Namespace(client=client_id), words),
        "proposals": [
            {"id": p.id, "number": p.number, "subject": p.subject, "status": p.status}
            for p in place.proposals.list(client_id)
        ],
    }


def _person(place: Workplace, person_id: str) -> dict[str, Any]:
    card = place.people.card(person_id)
    birthday = place.facts.birthday(person_id)
    return {
        "id": card.id,
        "name": card.name.full(),
        "type": card.lens,
        "influence": card.influence,
        "stance": card.stance,
        "criteria": list(card.criteria),
        "coverage": card.coverage,
        "birthday": str(birthday) if birthday is not None else None,
        "contacts": [{"kind": c.kind, "value": c.value} for c in card.contacts],
        "posts": [
            {"organisation": p.organisation, "title": p.title, "unit": p.unit, "former": p.is_former}
            for p in card.posts
        ],
        "facts": [
            {"kind": group.kind, "text": fact.text, "date": str(fact.date) if fact.date else None}
            for group in place.facts.of_person(person_id)
            for fact in group.facts
        ],
        "relationships": [
            {"kind": r.kind, "reverse": r.reverse, "person": r.person.full()} for r in card.relations
        ],
        "told": [{"argument": t.text, "on": _iso(t.on)} for t in card.told],
    }


def import_files(place: Workplace, options: argparse.Namespace, words: Translator) -> dict[str, Any]:
    """Take files, or say what would happen."""
    at = place.organisations.find(options.client) if options.client else None
    report = ImportReport()
    for path in options.files:
        data = read(path)
        report += place.read_file(data, path.name, organisation_id=at, dry_run=options.dry_run)
    return {
        "created": _rows(report.created, words),
        "updated": _rows(report.updated, words),
        "same": _rows(report.same, words),
        "skipped": _rows(report.skipped, words),
        "remarks": [words.message(remark) for remark in report.remarks],
    }


def _rows(rows: Iterable[ImportedRow], words: Translator) -> list[dict[str, Any]]:
    result = []
    for row in rows:
        plain: dict[str, Any] = {"source": row.source, "name": row.name}
        if row.why is not None:
            plain["why"] = words.message(row.why)
        if row.notes:
            plain["notes"] = [words.message(note) for note in row.notes]
        result.append(plain)
    return result


def search(place: Workplace, options: argparse.Namespace, words: Translator) -> list[dict[str, Any]]:
    """Hits, the best first."""
    hits = place.searching.find(" ".join(options.text), options.limit)
    return [
        {
            "kind": hit.target_table,
            "id": hit.target_id,
            "title": hit.title,
            "detail": hit.detail,
            "matched": hit.matched,
            "source": hit.source_table,
            "found_as": hit.found_as or "typed",
        }
        for hit in hits
    ]


def templates(place: Workplace, options: argparse.Namespace, words: Translator) -> list[dict[str, Any]]:
    """The bundled templates and the user's own."""
    from kamdesk.documents.templates import all_bundled

    shipped = [
        {"id": t.id, "name": words.gettext(t.label), "kind": t.kind, "language": t.language, "own": False}
        for t in all_bundled()
    ]
    own = [
        {"id": t.id, "name": t.name, "kind": t.kind, "language": t.language, "own": True}
        for t in place.templates.list()
    ]
    return shipped + own


def undo(place: Workplace, options: argparse.Namespace, words: Translator) -> dict[str, Any]:
    """Take the last step back."""
    return {"undone": words.message(place.vault.history.undo())}


# --- for people ----------------------------------------------------------------------------------------------


def in_words(result: object, indent: str = "") -> str:
    """Any result as indented lines: lists with dashes, names before values, nothing for what is empty."""
    if isinstance(result, Mapping):
        lines = []
        for key, value in result.items():
            if value in (None, "", [], {}):
                continue
            if isinstance(value, (Mapping, list)):
                lines.append(f"{indent}{key}:\n{in_words(value, indent + '  ')}")
            else:
                lines.append(f"{indent}{key}: {value}\n")
        return "".join(lines)
    if isinstance(result, Sequence) and not isinstance(result, str):
        lines = []
        for item in result:
            text = in_words(item, indent + "  ")
            lines.append(f"{indent}- {text.lstrip()}" if text.strip() else "")
        return "".join(lines)
    return f"{indent}{result}\n"


def _iso(value: date | datetime | None) -> str | None:
    return value.isoformat() if value is not None else None


def _plain(value: object) -> object:
    if isinstance(value, tuple):
        return [str(item) for item in value]
    return value if value is None or isinstance(value, (str, int, bool)) else str(value)
