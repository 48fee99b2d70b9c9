"""What became of an offer since it was sent: dearer and cheaper are one thing, fewer pieces and fewer lines another (W7)."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping
from decimal import Decimal
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from kamdesk.model.tables import OfferItem, Proposal
from kamdesk.store.raw import raw

PRICE, DISCOUNT, QUANTITY, REMOVED, OTHER = "price", "discount", "quantity", "removed", "other"
GIVEN_WAY: Final = frozenset((PRICE, DISCOUNT))
"""Changes with which we gave way; with any other the client gets less for less."""


def since_sending(
    session: Session, row: Proposal, sent: int, then: Mapping[str, Any], earlier: str = ""
) -> tuple[str, ...]:
    """Which kinds of change made the offer smaller after its sending (:func:`sending_of`), in a fixed order.

    ``earlier`` is the id of the earlier version that was sent, where it is compared with that: its lines are found again
    by their names, the first of a name with the first.
    """
    before = _lines_at(session, earlier or row.id, sent)
    now = _lines_now(session, row.id)
    if earlier:
        before, now = _by_name(before), _by_name(now)
    found = set()
    for item, was in before.items():
        line = now.get(item)
        if line is None or (line["optional"] and not was.get("optional")):
            found.add(REMOVED)
            continue
        for name, kind, sign in (("price", PRICE, 1), ("discount", DISCOUNT, -1), ("quantity", QUANTITY, 1)):
            if (_number(was.get(name)) - _number(line[name])) * sign > 0:
                found.add(kind)
    if _whole_rose(row, then):
        found.add(DISCOUNT)
    return tuple(kind for kind in (PRICE, DISCOUNT, QUANTITY, REMOVED) if kind in found) or (OTHER,)


def sending_of(session: Session, proposal_id: str) -> tuple[int, Mapping[str, Any]] | None:
    """The recorded change with which a proposal became "sent" last, and its values then; None where there is none."""
    found = (
        raw(session.connection())
        .execute(
            "SELECT id, after FROM change WHERE table_name = 'proposal' AND row_id = ? AND op <> 'delete' "
            "AND json_extract(after, '$.status') = 'sent' "
            "AND coalesce(json_extract(before, '$.status'), '') <> 'sent' ORDER BY id DESC LIMIT 1",
            (proposal_id,),
        )
        .fetchone()
    )
    return (int(found[0]), json.loads(found[1])) if found is not None else None


def _lines_at(session: Session, proposal_id: str, sent: int) -> dict[str, Mapping[str, Any]]:
    """The lines as they stood: those of now, and where one changed since, what it was before its first change."""
    lines = _lines_now(session, proposal_id)
    changed = raw(session.connection()).execute(
        "SELECT row_id, before FROM change WHERE table_name = 'offer_item' AND id > ? "
        "AND coalesce(json_extract(before, '$.proposal_id'), json_extract(after, '$.proposal_id')) = ? "
        "ORDER BY id DESC",
        (sent, proposal_id),
    )
    for item, before in changed:
        if before is None:
            lines.pop(item, None)
        else:
            lines[item] = json.loads(before)
    return lines


def _by_name(lines: Mapping[str, Mapping[str, Any]]) -> dict[str, Mapping[str, Any]]:
    """The lines by name and which of that name it is, in the order of the offer."""
    met: Counter[str] = Counter()
    found = {}
    for line in sorted(lines.values(), key=lambda one: one.get("position") or 0):
        name = str(line.get("name") or "").strip().casefold()
        met[name] += 1
        found[f"{met[name]} {name}"] = line
    return found


def _lines_now(session: Session, proposal_id: str) -> dict[str, Mapping[str, Any]]:
    query = select(OfferItem).where(OfferItem.proposal_id == proposal_id)
    names = ("name", "position", "price", "discount", "quantity", "optional")
    return {one.id: {name: getattr(one, name) for name in names} for one in session.scalars(query)}


def _whole_rose(row: Proposal, was: Mapping[str, Any]) -> bool:
    same = str(was.get("total_discount_kind") or "percent") == (row.total_discount_kind or "percent")
    then, now = _number(was.get("total_discount")), _number(row.total_discount)
    return now > then if same else now > 0


def _number(value: object) -> Decimal:
    return Decimal(str(value)) if value not in (None, "") else Decimal(0)
