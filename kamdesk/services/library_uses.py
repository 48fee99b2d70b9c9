"""Where an entry of the library was used and how it went: proposals, and results by the type of reader (R1)."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from kamdesk.model.tables import (
    Argument,
    Organisation,
    Proposal,
    ProposalArgument,
    ProposalCase,
    ProposalReader,
    ProposalRecommender,
    Telling,
)
from kamdesk.services.library import library_arguments, results
from kamdesk.services.library_variants import groups
from kamdesk.services.library_views import last_told
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


@dataclass(frozen=True, slots=True)
class WorkedRow:
    """What one argument came to with one type of reader: a row of "what worked with whom".

    ``id`` is of this row alone. ``lens`` is "" where no type was known. Only proposals that were accepted or declined
    count, each once, whatever the language in which the argument was told.
    """

    id: str
    argument_id: str
    text: str
    lens: str
    won: int
    lost: int
    told_on: date | None

    @property
    def share(self) -> float:
        """Accepted out of all that were decided, 0 to 1."""
        return self.won / (self.won + self.lost)


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

    def worked(self, lens: str = "") -> tuple[WorkedRow, ...]:
        """What worked with whom, with one type of reader where given: most accepted first, then fewest declined."""

        def work(session: Session) -> tuple[WorkedRow, ...]:
            won, lost = results(session, groups(session, Argument))
            ids = won.keys() | lost.keys()
            told = last_told(session)
            found = [
                WorkedRow(
                    f"{row.id}:{code}", row.id, row.short or row.text, code, won[row.id][code], lost[row.id][code],
                    told.get(row.id, (0, None, None))[1],
                )
                for row in session.scalars(select(Argument).where(Argument.id.in_(ids)))
                for code in sorted(won[row.id].keys() | lost[row.id].keys())
                if not lens or code == lens
            ]  # fmt: skip
            return tuple(sorted(found, key=lambda one: (-one.won, one.lost, one.text, one.lens)))

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
    if table in ("objection", "price_item"):
        return set()
    raise KeyError(table)
