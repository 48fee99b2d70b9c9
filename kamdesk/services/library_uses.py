"""Where an entry of the library was used and how it went: proposals, and results by the type of reader (R1)."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from kamdesk.model.tables import (
    Organisation,
    Proposal,
    ProposalArgument,
    ProposalCase,
    ProposalReader,
    ProposalRecommender,
    Telling,
)
from kamdesk.services.library import library_arguments
from kamdesk.store.unit_of_work import Store


@dataclass(frozen=True, slots=True)
class UsedIn:
    """A proposal that an entry is in. ``status`` is a code of ``proposal_status``."""

    id: str
    number: str
    subject: str
    client: str
    status: str


@dataclass(frozen=True, slots=True)
class ResultsOf:
    """Accepted and declined proposals in which an argument was told to a reader of a type ("" where none is known)."""

    lens: str
    won: int
    lost: int


class LibraryUses:
    """Reading only; what is used stands in the proposals themselves."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def proposals(self, table: str, row_id: str) -> tuple[UsedIn, ...]:
        """The proposals with this entry, the newest first; none for an objection. Raises KeyError for another table."""

        def work(session: Session) -> tuple[UsedIn, ...]:
            ids = _proposals(session, table, row_id)
            if not ids:
                return ()
            query = (
                select(Proposal, Organisation.short_name)
                .outerjoin(Organisation, Organisation.id == Proposal.organisation_id)
                .where(Proposal.id.in_(ids))
                .order_by(Proposal.date.desc(), Proposal.id.desc())
            )
            return tuple(
                UsedIn(row.id, row.number, row.subject, client or "", row.status)
                for row, client in session.execute(query)
            )

        return self._store.read(work)

    def results(self, argument_id: str) -> tuple[ResultsOf, ...]:
        """What an argument won and lost by type of reader, the most told first."""

        def work(session: Session) -> tuple[ResultsOf, ...]:
            found = next((one for one in library_arguments(session) if one.id == argument_id), None)
            won, lost = Counter(found.won or {} if found else {}), Counter(found.lost or {} if found else {})
            told = won + lost
            return tuple(ResultsOf(lens, won[lens], lost[lens]) for lens, _ in told.most_common())

        return self._store.read(work)


def _proposals(session: Session, table: str, row_id: str) -> set[str]:
    if table == "argument":
        told = select(Telling.proposal_id).where(
            Telling.argument_id == row_id, Telling.proposal_id.is_not(None)
        )
        chosen = (
            select(ProposalReader.proposal_id)
            .join(ProposalArgument, ProposalArgument.reader_id == ProposalReader.id)
            .where(ProposalArgument.argument_id == row_id, ProposalArgument.dropped.is_(False))
        )
        return {str(one) for query in (told, chosen) for one in session.scalars(query)}
    if table == "case_study":
        return {
            str(one)
            for one in session.scalars(select(ProposalCase.proposal_id).where(ProposalCase.case_id == row_id))
        }
    if table == "recommender":
        query = select(ProposalRecommender.proposal_id).where(ProposalRecommender.recommender_id == row_id)
        return {str(one) for one in session.scalars(query)}
    if table == "objection":
        return set()
    raise KeyError(table)
