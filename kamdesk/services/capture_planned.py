"""The planned meeting that a line of quick capture tells the result of, so that it is answered and not written down twice (D10)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from kamdesk.model.messages import KamdeskError
from kamdesk.model.tables import Interaction, Participant
from kamdesk.services.base import get
from kamdesk.store.unit_of_work import Store

_IN_PERSON: Final = frozenset(
    "meeting video informal presentation workshop site_visit interim_review pilot".split()
)
"""«Встреча с …» is said of any of these."""


@dataclass(frozen=True, slots=True)
class PlannedContact:
    """A planned interaction as the question names it: when it was to begin, and why."""

    id: str
    starts_at: datetime
    purpose: str


def planned_for(
    store: Store, kind: str, day: datetime, people: Sequence[str], organisation_id: str
) -> PlannedContact | None:
    """The planned contact of that day and kind with most of these people, of several the one nearest in time.

    Where nobody is named, the only one of that day at the client. None where there is none.
    """

    def work(session: Session) -> PlannedContact | None:
        begin = datetime.combine(day.date(), time())
        query = select(Interaction).where(
            Interaction.state == "planned",
            Interaction.starts_at >= begin,
            Interaction.starts_at < begin + timedelta(days=1),
        )
        if organisation_id:
            query = query.where(Interaction.organisation_id == organisation_id)
        rows = [row for row in session.scalars(query) if _same(kind, row.kind)]
        if not people:
            return _told(rows[0], day) if organisation_id and len(rows) == 1 else None
        there = session.execute(
            select(Participant.interaction_id, Participant.person_id).where(
                Participant.interaction_id.in_([row.id for row in rows]), Participant.person_id.in_(people)
            )
        )
        shared: dict[str, int] = {}
        for interaction_id, _person in there:
            shared[interaction_id] = shared.get(interaction_id, 0) + 1
        fit = [row for row in rows if shared.get(row.id)]
        best = min(fit, key=lambda row: (-shared[row.id], _far(row, day), row.id), default=None)
        return _told(best, day) if best is not None else None

    return store.read(work)


def held(
    session: Session, interaction_id: str, text: str, outcome: str, people: Sequence[str], now: datetime
) -> Interaction | None:
    """Answer a planned contact: it took place, with this outcome and these people too; None where it is not planned any more."""
    try:
        row = get(session, Interaction, interaction_id)
    except KamdeskError:
        return None
    if row.state != "planned":
        return None
    row.state = "done"
    row.purpose = row.purpose or text.strip()
    row.outcome = "\n".join(part for part in (row.outcome.strip(), outcome.strip()) if part)
    if row.starts_at is not None and row.starts_at > now:
        row.starts_at, row.ends_at = now, None
    there = set(
        session.scalars(select(Participant.person_id).where(Participant.interaction_id == row.id)).all()
    )
    for person_id in dict.fromkeys(people):
        if person_id not in there:
            session.add(Participant(interaction_id=row.id, person_id=person_id))
    session.flush()
    return row


def _same(said: str, planned: str) -> bool:
    return said == planned or (said == "meeting" and planned in _IN_PERSON)


def _far(row: Interaction, day: datetime) -> timedelta:
    return abs((row.starts_at or day) - day)


def _told(row: Interaction, day: datetime) -> PlannedContact:
    return PlannedContact(row.id, row.starts_at or day, row.purpose)
