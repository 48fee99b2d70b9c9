"""The chain of versions of one proposal: which is which, which came from which, which takes whose place (R12)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from kamdesk.model.tables import Organisation, Proposal
from kamdesk.rules import proposal_checks
from kamdesk.services.closing import close_steps
from kamdesk.services.proposal_views import VersionView


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a proposal stands among its versions: of which first one, its number, whether it is the newest."""

    first: str
    version: int
    newest: bool


def standings(rows: Iterable[Proposal]) -> dict[str, Standing]:
    """Where each of these proposals stands; an earlier version that is not among them counts as gone."""
    known = {row.id: row for row in rows}
    firsts: dict[str, str] = {}
    for row in known.values():
        at, seen = row, {row.id}
        while at.revision > 1 and (before := known.get(at.started_from_id or "")) is not None:
            if before.id in seen or before.organisation_id != row.organisation_id:
                break
            seen.add(before.id)
            at = before
        firsts[row.id] = at.id
    latest: dict[str, int] = {}
    for row in known.values():
        latest[firsts[row.id]] = max(latest.get(firsts[row.id], 0), row.revision)
    return {
        row.id: Standing(firsts[row.id], row.revision, row.revision == latest[firsts[row.id]])
        for row in known.values()
    }


def family(session: Session, row: Proposal) -> Sequence[Proposal]:
    """The versions of one proposal, itself among them, the first one first."""
    of_client = session.scalars(select(Proposal).where(Proposal.organisation_id == row.organisation_id)).all()
    places = standings(of_client)
    same = [one for one in of_client if places[one.id].first == places[row.id].first]
    return sorted(same, key=lambda one: one.revision)


def versions_of(session: Session, row: Proposal) -> tuple[VersionView, ...]:
    """The versions of one proposal as the page shows them; a proposal with one version has none to show."""
    found = family(session, row)
    return tuple(view_of(session, one) for one in found) if len(found) > 1 else ()


def source_of(session: Session, row: Proposal) -> VersionView | None:
    """The proposal that this one was started from, with its client."""
    source = session.get(Proposal, row.started_from_id) if row.started_from_id else None
    return view_of(session, source) if source is not None else None


def view_of(session: Session, row: Proposal) -> VersionView:
    """One version in short."""
    client = session.get(Organisation, row.organisation_id)
    return VersionView(
        row.id,
        row.revision,
        row.number,
        row.subject,
        row.status,
        row.date,
        client.short_name if client is not None else "",
    )


def supersede_earlier(session: Session, row: Proposal) -> None:
    """This version was sent: the earlier ones point to it, and those nobody decided on are superseded."""
    for other in family(session, row):
        if other.revision < row.revision:
            other.superseded_by_id = row.id
            if proposal_checks.is_replaced(other.status):
                other.status = "superseded"
                close_steps(session, other.id)
