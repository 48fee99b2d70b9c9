"""One step on a proposal: named by its subject or its reader, with its total and its time of change kept."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Final, TypeVar

from sqlalchemy.orm import Session

from kamdesk.model.messages import KamdeskError
from kamdesk.model.tables import Person, Proposal, ProposalReader
from kamdesk.model.vocabulary import Vocabularies
from kamdesk.services.base import get, name_of
from kamdesk.services.proposal_data import offer_total
from kamdesk.services.proposal_page import page
from kamdesk.services.proposal_views import ProposalPage
from kamdesk.store.unit_of_work import Store

T = TypeVar("T")
_MOST_MINOR: Final = 2**62
"""More kopecks than a row of the list can hold."""


class ProposalSteps:
    """What every intention on a proposal is built on: its page, and one step of undo."""

    def __init__(self, store: Store, vocabularies: Callable[[], Vocabularies]) -> None:
        self._store = store
        self._vocabularies = vocabularies

    def page(self, proposal_id: str) -> ProposalPage:
        """Everything of one proposal, tailored and checked as of today. Raises ``record.gone``."""
        return self._store.read(
            lambda session: page(session, proposal_id, self._vocabularies(), self._store.files, self._today())
        )

    def _today(self) -> date:
        return self._store.now().date()

    def _change(
        self,
        proposal_id: str,
        code: str,
        work: Callable[[Session, Proposal], T],
        *,
        visit: str = "",
        **params: object,
    ) -> T:
        """One step on a proposal: named by its subject, its time of change and its total kept."""

        def run(session: Session) -> T:
            row = get(session, Proposal, proposal_id)
            result = work(session, row)
            session.flush()
            keep_total(session, row)
            if session.new or session.dirty or session.deleted:
                session.flush()
            row.changed_at = self._store.now()
            return result

        subject = self._store.read(lambda session: get(session, Proposal, proposal_id).subject)
        return self._store.write(code, {"name": subject, **params}, run, visit=visit)

    def _change_reader(
        self,
        reader_id: str,
        code: str,
        work: Callable[[Session, ProposalReader], T],
        *,
        visit: str = "",
        n: int | None = None,
    ) -> T:
        proposal_id, name = self._store.read(lambda session: whose_reader(session, reader_id))
        params: dict[str, object] = {"reader": name} if n is None else {"reader": name, "n": n}
        return self._change(
            proposal_id,
            code,
            lambda session, _: work(session, get(session, ProposalReader, reader_id)),
            visit=visit,
            **params,
        )


def keep_total(session: Session, row: Proposal) -> None:
    """Bring the stored total into step with the offer. Raises ``proposal.total_too_large``."""
    total = offer_total(session, row)
    if total is not None and abs(total.minor) > _MOST_MINOR:
        raise KamdeskError("proposal.total_too_large")
    row.total_minor = total.minor if total is not None else None


def whose_reader(session: Session, reader_id: str) -> tuple[str, str]:
    """The id of the proposal that a reader is of, and the reader's name. Raises ``record.gone``."""
    reader = get(session, ProposalReader, reader_id)
    return reader.proposal_id, name_of(get(session, Person, reader.person_id)).full()
