"""The cards of Today that follow a sending: the step that is due, and "do not call today" as a card of its own (W6)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from sqlalchemy import literal_column, select
from sqlalchemy.orm import Session

from kamdesk.model.tables import FollowUp, Proposal
from kamdesk.rules import agenda, closing
from kamdesk.rules.agenda import AgendaItem, Placed
from kamdesk.services.closing_views import ClosingView, StepView, views


def items(session: Session, now: datetime) -> Iterator[AgendaItem]:
    """A card for each proposal the client has of which a step is due; one that must rest says so instead.

    On a day off, and on the day somebody was in touch already, there is none: nothing is to be done.
    """
    today = now.date()
    due = (
        select(FollowUp.proposal_id)
        .where(
            literal_column("follow_up.done_on IS NULL AND follow_up.skipped = 0"), FollowUp.due_on <= today
        )
        .distinct()
    )
    rows = session.scalars(
        select(Proposal).where(Proposal.id.in_(due), Proposal.status.in_(closing.AWAITING))
    ).all()
    for view in views(session, rows, now):
        step = next((one for one in view.steps if one.is_open and one.due_on and one.due_on <= today), None)
        verdict = view.reading.verdict
        if step is None or (verdict.code == closing.HOLD and not view.reading.neediness.over):
            continue
        placed = (
            agenda.rest(view.verdict, today)
            if verdict.code == closing.HOLD
            else agenda.closing_step(step.kind, step.due_on or today, view.verdict, today)
        )
        yield _card(view, step, placed)


def _card(view: ClosingView, step: StepView, placed: Placed) -> AgendaItem:
    rests = placed.kind == "closing_hold"
    return AgendaItem(
        f"hold:{view.proposal_id}:{view.reading.verdict.until}" if rests else f"closing:{step.id}:{step.due_on}",
        placed.kind, placed.group, placed.reason, placed.due, "follow_up", step.id,
        title=view.subject or view.number, detail=view.number if view.subject else "", sub=step.kind,
        organisation_id=view.organisation_id, target=("proposal", view.proposal_id, "closing"),
    )  # fmt: skip
