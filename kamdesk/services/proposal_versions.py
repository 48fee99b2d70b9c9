"""Versions of a proposal: a new one is made from this one, as a draft that takes its place once it is sent (R12).

The versions of one proposal are a chain of ``started_from_id`` of the same client whose ``revision`` grows; a copy that was
started as a proposal of its own begins with 1 again.
"""

from __future__ import annotations

from sqlalchemy.orm import Session

from kamdesk.model.messages import KamdeskError
from kamdesk.model.tables import Proposal
from kamdesk.rules.proposal_checks import PREPARED
from kamdesk.services.base import get
from kamdesk.services.proposal_chain import family, versions_of, view_of
from kamdesk.services.proposal_views import VersionView
from kamdesk.services.proposals import Proposals
from kamdesk.store.unit_of_work import Store


class ProposalVersions:
    """Making versions and reading them."""

    def __init__(self, store: Store, proposals: Proposals) -> None:
        self._store = store
        self._proposals = proposals

    def new_version(self, proposal_id: str) -> str:
        """A new draft of the same proposal with everything of this one, numbered one higher; returns its id.

        The earlier version is superseded when the new one is sent, not before. Raises KamdeskError
        ``proposal.version_waits`` while a later version is still being prepared.
        """
        source = self._store.read(lambda session: view_of(session, get(session, Proposal, proposal_id)))

        def work(session: Session) -> str:
            old = get(session, Proposal, proposal_id)
            for other in family(session, old):
                if other.revision > old.revision and other.status in PREPARED:
                    raise KamdeskError("proposal.version_waits", n=other.revision)
            row = self._proposals.start_in(session, old.organisation_id, old.id, "", None)
            row.revision = max(other.revision for other in family(session, old)) + 1
            return row.id

        name = {"name": source.subject, "n": source.version}
        return self._store.write("proposal.new_version", name, work)

    def list(self, proposal_id: str) -> tuple[VersionView, ...]:
        """All versions of one proposal, the first one first."""
        return self._store.read(lambda session: versions_of(session, get(session, Proposal, proposal_id)))
