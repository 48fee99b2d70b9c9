"""What is known of each argument before it is chosen for one reader: how it went with their type, when they heard it, how old its proof is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from kamdesk.model.inputs import ToldAt
from kamdesk.model.messages import Message
from kamdesk.model.tables import Argument
from kamdesk.model.vocabulary import Label
from kamdesk.rules.tailoring import OLD_YEARS
from kamdesk.services.library_variants import Groups, first_of
from kamdesk.services.tellings import told_at

Ended = Mapping[str, Counter[str]]
"""Argument (the first of its twins) → type of reader → number of proposals."""


@dataclass(frozen=True, slots=True)
class ForReader:
    """Accepted and declined proposals with readers of the same type; ``told`` when and where this one heard it; ``old`` that
    the evidence is no longer fresh."""

    won: int = 0
    lost: int = 0
    told: Message | None = None
    old: Message | None = None


def for_reader(
    session: Session, person_id: str, lens: str, today: date, twins: Groups, won: Ended, lost: Ended
) -> dict[str, ForReader]:
    """By argument, ``twins`` in other languages counted together; those of which nothing is known are not in it."""
    told = told_at(session, person_id)
    found = {}
    for argument_id, made in session.execute(select(Argument.id, Argument.evidence_date)).all():
        first = first_of(argument_id, twins)
        one = ForReader(
            won[first][lens] if first in won else 0,
            lost[first][lens] if first in lost else 0,
            _told(told[argument_id]) if argument_id in told else None,
            _old(made, today),
        )
        if one != ForReader():
            found[argument_id] = one
    return found


def _told(at: ToldAt) -> Message:
    if at.number:
        return Message("tailoring.told_in", {"date": at.on, "number": at.number})
    if at.in_proposal:
        return Message("tailoring.told_earlier", {"date": at.on})
    if at.contact:
        return Message("tailoring.told_at", {"date": at.on, "contact": Label("interaction", at.contact)})
    return Message("tailoring.told", {"date": at.on})


def _old(made: date | None, today: date) -> Message | None:
    years = (today - made).days // 365 if made is not None else 0
    return Message("tailoring.old", {"n": years}) if years >= OLD_YEARS else None
