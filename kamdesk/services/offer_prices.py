"""Lines of an offer whose price was taken from the price list and is out of date there (R2, R6)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from kamdesk.model.inputs import OfferLine
from kamdesk.model.messages import Message
from kamdesk.model.tables import PriceItem
from kamdesk.rules.proposal_checks import Finding, Severity
from kamdesk.store.text import fold


def run_out(session: Session, lines: Iterable[OfferLine], currency: str, today: date) -> tuple[Finding, ...]:
    """A warning for each line with the very price of a line of the price list that ran out before ``today``.

    A line is found by its article number, without one by its name and unit. Where any price list has the same price
    still valid, nothing is said; nor of a price that was typed, for it is no longer the list's.
    """
    offered = list(lines)
    articles = {fold(line.article.strip()) for line in offered if line.article.strip()}
    names = {fold(line.name.strip()) for line in offered if not line.article.strip() and line.name.strip()}
    if not articles and not names:
        return ()
    query = select(PriceItem).where(
        func.kamdesk_fold(PriceItem.article).in_(articles) | func.kamdesk_fold(PriceItem.name).in_(names),
        PriceItem.currency == currency,
    )
    listed = list(session.scalars(query))
    found: dict[str, Message] = {}
    for line in offered:
        same = [one for one in listed if one.price == line.price and _is(one, line)]
        ended = [one.valid_until for one in same if one.valid_until is not None and one.valid_until < today]
        if same and len(ended) == len(same):
            params = {"name": line.name, "date": max(ended)}
            found.setdefault(line.name, Message("prices.run_out", params))
    return tuple(Finding(Severity.WARNING, message, "price") for message in found.values())


def _is(item: PriceItem, line: OfferLine) -> bool:
    if line.article.strip():
        return fold(item.article) == fold(line.article.strip())
    return (fold(item.name), fold(item.unit)) == (fold(line.name.strip()), fold(line.unit.strip()))
