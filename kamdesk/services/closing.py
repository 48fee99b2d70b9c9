"""After sending (W6): the five steps begin with the sending, are done, moved and left out, and end with the answer."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from kamdesk.model.messages import KamdeskError
from kamdesk.model.tables import FollowUp, Interaction, Participant, Proposal
from kamdesk.model.vocabulary import Label
from kamdesk.rules import closing
from kamdesk.rules.closing import AWAITING
from kamdesk.services.base import get
from kamdesk.services.closing_views import ClosingView, are_new, habits_of, views
from kamdesk.services.preferences import preferences
from kamdesk.services.rows import check_changes, check_new, first_words, insert
from kamdesk.store.unit_of_work import Store


@dataclass(frozen=True, slots=True)
class Contact:
    """A contact that is recorded with a step. ``initiative`` "" leaves it to be judged by its kind."""

    kind: str = "call"
    initiative: str = closing.MUTUAL
    outcome: str = ""
    person_ids: tuple[str, ...] = ()


class Closing:
    """Everything one can do after a proposal was sent. What is planned and logged stands in the client's history."""

    def __init__(self, store: Store) -> None:
        self._store = store

    # --- questions

    def view(self, proposal_id: str) -> ClosingView:
        """One proposal. Raises ``record.gone``."""
        return self._store.read(
            lambda session: views(session, [get(session, Proposal, proposal_id)], self._store.now())[0]
        )

    def of_deal(self, deal_id: str) -> tuple[ClosingView, ...]:
        """The proposals of a deal that the client has, the latest first."""
        query = (
            select(Proposal)
            .where(Proposal.deal_id == deal_id, Proposal.status.in_(AWAITING))
            .order_by(Proposal.date.desc(), Proposal.id)
        )
        return self._store.read(
            lambda session: views(session, session.scalars(query).all(), self._store.now())
        )

    # --- intentions

    def begin(self, proposal_id: str, sent_on: date | None = None) -> None:
        """Start the steps of a proposal that was sent before they were kept. Raises ``closing.not_sent``."""
        when = sent_on or self.view(proposal_id).sent_on or self._today()

        def work(session: Session) -> None:
            row = get(session, Proposal, proposal_id)
            if row.status not in AWAITING:
                raise KamdeskError("closing.not_sent")
            restart(session, row, when)

        self._store.write("closing.begin", self._named(proposal_id), work)

    def done(
        self,
        step_id: str,
        result: str = "",
        *,
        on: date | None = None,
        contact: Contact | None = None,
        interaction_id: str | None = None,
    ) -> None:
        """A step is done, today unless another day is given; with a contact that is recorded, or one that is known.

        "Receipt" moves the status to "receipt confirmed". Raises ``record.gone``, ``interaction.in_future``.
        """
        check_changes(FollowUp, {"result": result})
        day = on or self._today()
        if day > self._today():
            raise KamdeskError("interaction.in_future")

        def work(session: Session) -> None:
            step = get(session, FollowUp, step_id)
            row = get(session, Proposal, step.proposal_id)
            step.done_on, step.skipped = day, False
            step.result = result.strip() or step.result
            if interaction_id is not None:
                step.interaction_id = get(session, Interaction, interaction_id).id
            elif contact is not None:
                at = self._store.now() if day == self._today() else datetime.combine(day, datetime.min.time())
                step.interaction_id = _log(session, row, contact, at)
            if step.kind == "receipt":
                self._confirm(session, row)

        self._step("closing.done", step_id, work)

    def skip(self, step_id: str) -> None:
        """A step is not needed. Raises ``record.gone``."""

        def work(session: Session) -> None:
            step = get(session, FollowUp, step_id)
            step.skipped, step.done_on = True, None

        self._step("closing.skip", step_id, work)

    def move(self, step_id: str, day: date) -> None:
        """A step is due on another day. Raises ``closing.past``."""
        if day < self._today():
            raise KamdeskError("closing.past")

        def work(session: Session) -> None:
            step = get(session, FollowUp, step_id)
            step.due_on, step.done_on, step.skipped = day, None, False

        self._step("closing.move", step_id, work)

    def reopen(self, step_id: str) -> None:
        """A step was not done after all, or is needed again. Its result stays."""

        def work(session: Session) -> None:
            step = get(session, FollowUp, step_id)
            step.done_on, step.skipped, step.interaction_id = None, False, None
            row = get(session, Proposal, step.proposal_id)
            if step.kind == "receipt" and row.status == "receipt_confirmed":
                row.status = "sent"

        self._step("closing.reopen", step_id, work)

    def set_result(self, step_id: str, result: str, *, visit: str = "") -> None:
        """Write what came of a step. Raises what ``Records.set`` raises."""
        check_changes(FollowUp, {"result": result})

        def work(session: Session) -> None:
            get(session, FollowUp, step_id).result = result.strip()

        self._step("closing.result", step_id, work, visit=visit)

    def plan(
        self, proposal_id: str, starts_at: datetime, kind: str = "call", person_ids: Sequence[str] = ()
    ) -> str:
        """Agree on a call or a meeting: it is planned, is the next date, and the step "dated" is done. Returns its id.

        Raises ``closing.past``.
        """
        if starts_at < self._store.now():
            raise KamdeskError("closing.past")
        check_new(Interaction, {"kind": kind})

        def work(session: Session) -> str:
            row = get(session, Proposal, proposal_id)
            planned = Interaction(
                organisation_id=row.organisation_id,
                deal_id=row.deal_id,
                kind=kind,
                state="planned",
                starts_at=starts_at,
                purpose=row.subject or row.number,
            )
            new_id = insert(session, planned)
            _attend(session, new_id, person_ids)
            row.next_date = starts_at.date()
            step = _open_step(session, row.id, "dated")
            if step is not None:
                step.done_on, step.interaction_id = self._today(), new_id
            return new_id

        return self._store.write("closing.plan", self._named(proposal_id), work)

    def touch(self, proposal_id: str, contact: Contact) -> str:
        """Record that somebody got in touch about the proposal, and return the id of the contact."""
        check_new(Interaction, {"kind": contact.kind, "outcome": contact.outcome})

        def work(session: Session) -> str:
            return _log(session, get(session, Proposal, proposal_id), contact, self._store.now())

        return self._store.write("closing.touch", self._named(proposal_id), work)

    # --- inside

    def _today(self) -> date:
        return self._store.now().date()

    def _confirm(self, session: Session, row: Proposal) -> None:
        """The client has it; the next date stays ahead, for the proposal never stands without one."""
        if row.status != "sent":
            return
        row.status, row.changed_at = "receipt_confirmed", self._store.now()
        today = self._today()
        if row.next_date is None or row.next_date < today:
            session.flush()
            following = [
                step.due_on for step in _round(session, row.id) if step.done_on is None and not step.skipped
            ]
            ahead = [day for day in following if day is not None and day > today]
            row.next_date = min(ahead, default=closing.add_working_days(today, 1))

    def _named(self, proposal_id: str) -> dict[str, object]:
        row = self._store.read(
            lambda session: (
                (found := get(session, Proposal, proposal_id)).subject,
                found.number,
            )
        )
        return {"name": first_words(row[0] or row[1])}

    def _step(self, code: str, step_id: str, work: Callable[[Session], None], *, visit: str = "") -> None:
        kind = self._store.read(lambda session: get(session, FollowUp, step_id).kind)
        self._store.write(code, {"step": Label("follow_up_step", kind)}, work, visit=visit)


# --- inside steps of other services -------------------------------------------------------------------------------


def restart(session: Session, row: Proposal, sent_on: date) -> None:
    """Begin the five steps with a sending; what was open of an earlier one is gone, what was done stays as its story."""
    last = session.scalars(select(func.max(FollowUp.position)).where(FollowUp.proposal_id == row.id)).first()
    for step in _open_steps(session, row.id):
        session.delete(step)
    new = row.organisation_id in are_new(session, [row.organisation_id])
    due = closing.due_dates(sent_on, habits_of(preferences(session), new))
    first = last + 1 if last is not None else 0
    for at, kind in enumerate(closing.STEPS):
        done = sent_on if kind == "sent" else None
        session.add(
            FollowUp(proposal_id=row.id, kind=kind, position=first + at, due_on=due[kind], done_on=done)
        )
    session.flush()


def follow_status(session: Session, row: Proposal, today: date) -> None:
    """What a new status of a proposal means for its steps; called by whoever sets one."""
    session.flush()
    if row.status == "sent":
        restart(session, row, today)
    elif row.status == "receipt_confirmed":
        step = _open_step(session, row.id, "receipt")
        if step is not None:
            step.done_on = today
    elif row.status in closing.CLOSING:
        close_steps(session, row.id)


def close_steps(session: Session, proposal_id: str) -> None:
    """Nothing is left to be done about what was sent."""
    for step in _open_steps(session, proposal_id):
        step.skipped = True


def _round(session: Session, proposal_id: str) -> Sequence[FollowUp]:
    """The steps since the last sending."""
    rows = session.scalars(
        select(FollowUp).where(FollowUp.proposal_id == proposal_id).order_by(FollowUp.position)
    ).all()
    first = max((at for at, one in enumerate(rows) if one.kind == "sent"), default=0)
    return rows[first:]


def _open_steps(session: Session, proposal_id: str) -> Sequence[FollowUp]:
    return session.scalars(
        select(FollowUp).where(
            FollowUp.proposal_id == proposal_id, FollowUp.done_on.is_(None), FollowUp.skipped.is_(False)
        )
    ).all()


def _open_step(session: Session, proposal_id: str, kind: str) -> FollowUp | None:
    return next((one for one in _open_steps(session, proposal_id) if one.kind == kind), None)


def _log(session: Session, row: Proposal, contact: Contact, at: datetime) -> str:
    made = Interaction(
        organisation_id=row.organisation_id,
        deal_id=row.deal_id,
        kind=contact.kind,
        state="done",
        starts_at=at,
        purpose=row.subject or row.number,
        outcome=contact.outcome.strip(),
        initiative=contact.initiative,
    )
    new_id = insert(session, made)
    _attend(session, new_id, contact.person_ids)
    return new_id


def _attend(session: Session, interaction_id: str, person_ids: Sequence[str]) -> None:
    for person_id in dict.fromkeys(person_ids):
        session.add(Participant(interaction_id=interaction_id, person_id=person_id))
    session.flush()
