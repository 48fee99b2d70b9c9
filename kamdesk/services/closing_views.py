"""Where sent proposals stand: their steps, what was tried since, and what the needles say; read for many at once (W6)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from kamdesk.model.messages import Message
from kamdesk.model.tables import Concession, Deal, Dispatch, FollowUp, Interaction, Proposal
from kamdesk.model.values import Money
from kamdesk.rules import closing
from kamdesk.rules.closing import AWAITING, Habits, Position, Reading, Step, Touch
from kamdesk.services.base import organisations_of
from kamdesk.services.offer_changes import GIVEN_WAY, sending_of, since_sending
from kamdesk.services.preferences import Preferences, preferences

WON = "won"
_WRITTEN = ("email", "letter", "messenger")


@dataclass(frozen=True, slots=True)
class StepView:
    """One of the five steps. ``late`` is by how many days an open one is overdue, 0 for any other."""

    id: str
    kind: str
    due_on: date | None
    done_on: date | None
    skipped: bool
    result: str
    interaction_id: str | None
    late: int

    @property
    def is_open(self) -> bool:
        """Whether it is still to be done."""
        return self.done_on is None and not self.skipped


@dataclass(frozen=True, slots=True)
class TouchView:
    """A contact since the sending. ``side`` is ours, theirs or mutual as it was recorded or judged; "" for neither."""

    id: str
    on: date
    kind: str
    side: str
    purpose: str


@dataclass(frozen=True, slots=True)
class Lowered:
    """By how much the total fell since the sending, and through what: codes of ``services.offer_changes``."""

    money: Money
    through: tuple[str, ...]

    @property
    def gave_way(self) -> bool:
        """Whether a price or a discount changed, and not only what is delivered."""
        return not GIVEN_WAY.isdisjoint(self.through)


@dataclass(frozen=True, slots=True)
class ClosingView:
    """One proposal after its last sending. ``earlier`` are steps of sendings before it that were done.

    ``steps`` is empty for a proposal that was never sent, or was sent before its steps were kept. ``lowered`` is by how
    much the total fell since the sending, as far as no concession says so; None where it did not.
    """

    proposal_id: str
    subject: str
    number: str
    organisation_id: str
    organisation: str
    deal_id: str | None
    status: str
    sent_on: date | None
    next_date: date | None
    agreed: date | None
    new_client: bool
    steps: tuple[StepView, ...]
    earlier: tuple[StepView, ...]
    touches: tuple[TouchView, ...]
    reading: Reading
    lowered: Lowered | None = None

    @property
    def awaits(self) -> bool:
        """Whether the client has it and an answer is awaited."""
        return self.status in AWAITING

    @property
    def next_step(self) -> StepView | None:
        """The first step that is still open."""
        return next((one for one in self.steps if one.is_open), None)

    @property
    def verdict(self) -> Message:
        """What to do today and why, as one sentence."""
        return verdict_of(self.reading)


def verdict_of(reading: Reading) -> Message:
    """The verdict as one sentence."""
    found = reading.verdict
    if found.code == closing.HOLD and found.until is not None:
        return Message("closing.verdict.hold_until", {"date": found.until, "why": found.why})
    return Message(f"closing.verdict.{found.code}", {"why": found.why})


def habits_of(wishes: Preferences, new_client: bool) -> Habits:
    """The habits of the vault, stricter for a client who never bought."""
    usual = Habits(
        wishes.closing_receipt,
        wishes.closing_next_steps,
        wishes.closing_urgency,
        wishes.closing_dated,
        wishes.closing_idle_limit,
        wishes.closing_need_limit,
        wishes.closing_rest,
    )
    return usual.stricter(wishes.closing_new_client) if new_client else usual


def are_new(session: Session, organisation_ids: Iterable[str]) -> frozenset[str]:
    """Those of these clients who never bought: no accepted proposal and no deal that was won."""
    wanted = set(organisation_ids)
    if not wanted:
        return frozenset()
    bought = set(
        session.scalars(
            select(Proposal.organisation_id).where(
                Proposal.organisation_id.in_(wanted), Proposal.status == "accepted"
            )
        )
    ) | set(
        session.scalars(
            select(Deal.organisation_id).where(Deal.organisation_id.in_(wanted), Deal.stage == WON)
        )
    )
    return frozenset(wanted - bought)


def views(session: Session, rows: Sequence[Proposal], now: datetime) -> tuple[ClosingView, ...]:
    """Where these proposals stand, in the order given; in a fixed number of queries."""
    if not rows:
        return ()
    return _Loader(session, rows, now).views()


class _Loader:
    def __init__(self, session: Session, rows: Sequence[Proposal], now: datetime) -> None:
        self._session, self._rows, self._now, self._today = session, rows, now, now.date()
        self._ids = [row.id for row in rows]
        self._clients = {row.organisation_id for row in rows}
        self._wishes = preferences(session)
        self._new = are_new(session, self._clients)
        self._names = organisations_of(session, self._clients)
        self._taken_over = self._load_taken_over()
        self._with_earlier = [*self._ids, *self._taken_over.values()]
        self._steps = self._load_steps()
        self._dispatched = self._load_dispatched()
        self._planned_by = self._load_planned_by()
        self._unreturned, self._conceded = self._load_concessions()

    def views(self) -> tuple[ClosingView, ...]:
        sent = {row.id: self._sent_on(row.id) for row in self._rows}
        known = [day for day in sent.values() if day is not None]
        done, planned = self._interactions(min(known)) if known else ({}, {})
        return tuple(self._view(row, sent[row.id], done, planned) for row in self._rows)

    def _view(
        self,
        row: Proposal,
        sent_on: date | None,
        done: dict[str, list[Interaction]],
        planned: dict[str, list[Interaction]],
    ) -> ClosingView:
        now_steps, earlier = self._rounds(row.id)
        touches = _touches(row, done.get(row.organisation_id, ()), sent_on)
        ahead = [
            one.starts_at.date()
            for one in planned.get(row.organisation_id, ())
            if one.starts_at is not None
            and one.deal_id in (None, row.deal_id)
            and self._planned_by.get(one.id, row.id) == row.id
        ]
        new = row.organisation_id in self._new
        agreed = min(ahead, default=None)
        position = Position(
            row.status,
            sent_on,
            row.next_date,
            agreed,
            tuple(Step(one.kind, one.due_on, one.done_on, one.skipped) for one in now_steps),
            tuple(Touch(one.on, one.kind, one.side) for one in touches),
            self._unreturned[row.id] + (self._unreturned[row.deal_id] if row.deal_id else 0),
            new,
        )
        return ClosingView(
            row.id, row.subject, row.number, row.organisation_id, self._names.get(row.organisation_id, ""), row.deal_id,
            row.status, sent_on, row.next_date, agreed, new, now_steps, earlier, tuple(touches),
            closing.read(position, self._today, habits_of(self._wishes, new)), self._lowered(row),
        )  # fmt: skip

    def _load_taken_over(self) -> dict[str, str]:
        """The id of the latest version whose place each of these took."""
        query = (
            select(Proposal.superseded_by_id, Proposal.id)
            .where(Proposal.superseded_by_id.in_(self._ids))
            .order_by(Proposal.revision)
        )
        return {str(row[0]): row[1] for row in self._session.execute(query)}

    def _load_steps(self) -> dict[str, list[FollowUp]]:
        found: dict[str, list[FollowUp]] = defaultdict(list)
        query = (
            select(FollowUp).where(FollowUp.proposal_id.in_(self._with_earlier)).order_by(FollowUp.position)
        )
        for step in self._session.scalars(query):
            found[step.proposal_id].append(step)
        return found

    def _load_planned_by(self) -> dict[str, str]:
        """Of the talks that are planned: as a step of which proposal."""
        query = (
            select(FollowUp.interaction_id, FollowUp.proposal_id)
            .join(Interaction, Interaction.id == FollowUp.interaction_id)
            .where(Interaction.organisation_id.in_(self._clients), Interaction.state == "planned")
        )
        return {row[0]: row[1] for row in self._session.execute(query) if row[0] is not None}

    def _rounds(self, proposal_id: str) -> tuple[tuple[StepView, ...], tuple[StepView, ...]]:
        """The steps since the last sending, and those done before it."""
        rows = self._steps.get(proposal_id, [])
        first = max((at for at, one in enumerate(rows) if one.kind == "sent"), default=0)
        shown = [self._step(one) for one in rows]
        return tuple(shown[first:]), tuple(shown[:first])

    def _step(self, row: FollowUp) -> StepView:
        is_open = row.done_on is None and not row.skipped
        late = (self._today - row.due_on).days if is_open and row.due_on is not None else 0
        return StepView(
            row.id,
            row.kind,
            row.due_on,
            row.done_on,
            row.skipped,
            row.result,
            row.interaction_id,
            max(0, late),
        )

    def _load_dispatched(self) -> dict[str, date]:
        query = (
            select(Dispatch.proposal_id, func.max(Dispatch.sent_on))
            .where(Dispatch.proposal_id.in_(self._with_earlier), Dispatch.sent_on.is_not(None))
            .group_by(Dispatch.proposal_id)
        )
        return {row[0]: row[1] for row in self._session.execute(query) if row[1] is not None}

    def _sent_on(self, proposal_id: str) -> date | None:
        current, _earlier = self._rounds(proposal_id)
        began = next((one.done_on for one in current if one.kind == "sent"), None)
        return began or self._dispatched.get(proposal_id)

    def _interactions(self, since: date) -> tuple[dict[str, list[Interaction]], dict[str, list[Interaction]]]:
        """By client: what took place since a day, in its order, and what is planned and still ahead."""
        done: dict[str, list[Interaction]] = defaultdict(list)
        planned: dict[str, list[Interaction]] = defaultdict(list)
        start = datetime.combine(since, time())
        query = (
            select(Interaction)
            .where(
                Interaction.organisation_id.in_(self._clients),
                Interaction.state.in_(("done", "planned")),
                Interaction.starts_at >= start,
            )
            .order_by(Interaction.starts_at, Interaction.id)
        )
        for one in self._session.scalars(query):
            client = one.organisation_id or ""
            if one.state == "done":
                done[client].append(one)
            elif one.starts_at is not None and self._ahead(one.starts_at):
                planned[client].append(one)
        return done, planned

    def _ahead(self, starts_at: datetime) -> bool:
        """Whether a talk is not over; one without an hour is ahead until the end of its day."""
        return starts_at >= self._now or (starts_at.time() == time() and starts_at.date() == self._today)

    def _load_concessions(self) -> tuple[dict[str, int], dict[str, list[Concession]]]:
        """How many were given for nothing, by proposal with its earlier versions, else by deal; and those of each proposal."""
        deals = [row.deal_id for row in self._rows if row.deal_id]
        counted: dict[str, int] = defaultdict(int)
        of: dict[str, list[Concession]] = defaultdict(list)
        earlier = select(Proposal.id, Proposal.superseded_by_id).where(
            Proposal.superseded_by_id.in_(self._ids)
        )
        # What was given for an earlier version was given on the way to this one.
        taken_over = {row[0]: str(row[1]) for row in self._session.execute(earlier)}
        query = select(Concession).where(
            or_(Concession.proposal_id.in_([*self._ids, *taken_over]), Concession.deal_id.in_(deals))
        )
        for one in self._session.scalars(query):
            if one.proposal_id:
                of[one.proposal_id].append(one)
            if for_nothing(one.got, one.worth):
                for key in {one.proposal_id or one.deal_id or "", taken_over.get(one.proposal_id or "", "")}:
                    counted[key] += 1
        return counted, of

    def _lowered(self, row: Proposal) -> Lowered | None:
        """By how much the total fell since the sending, what was recorded as a concession on price taken away.

        The sending is that of the version whose place this one took, where the total was higher there.
        """
        if row.status not in (*AWAITING, "revision") or row.total_minor is None:
            return None
        for earlier in (self._taken_over.get(row.id, ""), ""):
            sending = sending_of(self._session, earlier or row.id)
            if sending is None or sending[1].get("currency") != row.currency:
                continue
            was = sending[1].get("total_minor")
            drop = int(was or 0) - row.total_minor - self._recorded(row, earlier)
            if drop > 0:
                money = Money.of_minor(drop, row.currency)
                return Lowered(money, since_sending(self._session, row, *sending, earlier))
        return None

    def _recorded(self, row: Proposal, earlier: str) -> int:
        """Concessions on price since the sending, in the smallest unit of the proposal's currency."""
        began = self._sent_on(earlier or row.id)
        return sum(
            Money(one.cost, row.currency).minor
            for key in {row.id, earlier or row.id}
            for one in self._conceded[key]
            if one.kind == "price"
            and one.cost is not None
            and one.currency == row.currency
            and (began is None or one.given_on is None or one.given_on >= began)
        )


def for_nothing(got: str, worth: object) -> bool:
    """Whether nothing was got for a concession."""
    return not got.strip() and not worth


def _touches(row: Proposal, done: Iterable[Interaction], sent_on: date | None) -> list[TouchView]:
    """What happened since the sending, in its order; of the same moment an answer is the last word."""
    found = []
    for one in done:
        if one.starts_at is None or sent_on is None or one.starts_at.date() < sent_on:
            continue
        if one.deal_id is not None and one.deal_id != row.deal_id:
            continue
        side = closing.side_of(one.initiative, one.kind, told=bool(one.outcome.strip()))
        if side == closing.OURS and one.starts_at.date() == sent_on and one.kind in _WRITTEN:
            continue  # the letter with which it was sent
        view = TouchView(one.id, one.starts_at.date(), one.kind, side, one.purpose)
        found.append((one.starts_at, side in closing.ANSWERS, view))
    return [view for *_order, view in sorted(found, key=lambda one: one[:2])]
