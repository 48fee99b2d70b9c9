"""Who was told which argument, when and where, and with whom it worked (R5): in proposals that were sent, and in talks."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from kamdesk.model.inputs import LibraryArgument, ToldAt
from kamdesk.model.messages import KamdeskError
from kamdesk.model.tables import (
    Argument,
    Interaction,
    Organisation,
    Participant,
    Person,
    Proposal,
    Telling,
)
from kamdesk.services.base import get, name_of
from kamdesk.services.library_variants import groups, latest_of_twins
from kamdesk.services.rows import insert
from kamdesk.store.unit_of_work import Store

_CONTACTS = 20
"""How many of the last contacts are offered as the place where something was told."""


@dataclass(frozen=True, slots=True)
class ContactChoice:
    """A contact at which something may have been told. ``kind`` is a code of ``interaction``."""

    id: str
    kind: str
    at: datetime | None
    purpose: str


class Tellings:
    """Noting that somebody was told an argument in a talk; what a proposal says is noted when it is sent."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def contacts(self, person_id: str) -> tuple[ContactChoice, ...]:
        """The last contacts with somebody, the latest first."""

        def work(session: Session) -> tuple[ContactChoice, ...]:
            query = (
                select(Interaction)
                .join(Participant, Participant.interaction_id == Interaction.id)
                .where(Participant.person_id == person_id, Interaction.starts_at <= self._store.now())
                .order_by(Interaction.starts_at.desc())
                .limit(_CONTACTS)
            )
            return tuple(
                ContactChoice(row.id, row.kind, row.starts_at, row.purpose) for row in session.scalars(query)
            )

        return self._store.read(work)

    def tell(
        self, person_id: str, argument_id: str, on: date | None, *, interaction_id: str | None = None
    ) -> str:
        """Note that this person was told this argument on that day, or at that contact; returns the id of the note.

        Raises KamdeskError ``telling.ahead`` for a day that has not come.
        """
        today = self._store.now().date()
        if on is not None and on > today:
            raise KamdeskError("telling.ahead", date=on)

        def work(session: Session) -> str:
            get(session, Argument, argument_id)
            met = get(session, Interaction, interaction_id) if interaction_id else None
            day = met.starts_at.date() if met is not None and met.starts_at is not None else on or today
            row = Telling(
                person_id=get(session, Person, person_id).id,
                argument_id=argument_id,
                interaction_id=interaction_id,
                told_on=day,
            )
            return insert(session, row)

        name = self._store.read(lambda session: name_of(get(session, Person, person_id)).full())
        return self._store.write("telling.tell", {"name": name}, work)


def told_at(session: Session, person_id: str) -> dict[str, ToldAt]:
    """By argument: when and where this person was last told it, or its twin in another language."""
    return told_to(session, (person_id,))[person_id]


def told_to(
    session: Session, person_ids: Sequence[str], proposal_id: str | None = None, earlier: Collection[str] = ()
) -> dict[str, dict[str, ToldAt]]:
    """The same for several people, by person, but for ``proposal_id`` itself; two queries however many they are.

    ``earlier`` are the other versions of that proposal: what was told in them is marked.
    """
    query = (
        select(Telling.person_id, Telling.argument_id, Telling.told_on, Proposal, Interaction.kind)
        .outerjoin(Proposal, Proposal.id == Telling.proposal_id)
        .outerjoin(Interaction, Interaction.id == Telling.interaction_id)
        .where(Telling.person_id.in_(person_ids), Telling.told_on.is_not(None))
    )
    if proposal_id is not None:
        query = query.where(Telling.proposal_id.is_distinct_from(proposal_id))
    found: dict[str, dict[str, ToldAt]] = {person_id: {} for person_id in person_ids}
    for person_id, argument_id, on, proposal, contact in session.execute(query):
        if on is None:
            continue
        number, same = (proposal.number, proposal.id in earlier) if proposal is not None else ("", False)
        at = ToldAt(on, proposal is not None, number, contact or "", same)
        told = found[person_id]
        told[argument_id] = max(told.get(argument_id, at), at)
    twins = groups(session, Argument)
    return {person_id: latest_of_twins(told, twins) for person_id, told in found.items()}


def with_clients(session: Session, arguments: Sequence[LibraryArgument]) -> tuple[LibraryArgument, ...]:
    """The arguments with the names of the clients who accepted a proposal that told them, the latest first."""
    rows = session.execute(
        select(Telling.argument_id, Organisation.short_name)
        .join(Proposal, Proposal.id == Telling.proposal_id)
        .join(Organisation, Organisation.id == Proposal.organisation_id)
        .where(Proposal.status == "accepted")
        .order_by(Telling.told_on.desc(), Organisation.short_name)
    )
    names: dict[str, list[str]] = {}
    of = groups(session, Argument)
    for argument_id, name in rows:
        for one in of.get(argument_id, (argument_id,)):
            if name not in names.setdefault(one, []):
                names[one].append(name)
    return tuple(
        replace(argument, won_with=tuple(names[argument.id])) if argument.id in names else argument
        for argument in arguments
    )
