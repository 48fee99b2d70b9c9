"""After sending (W6): five steps with their days, two needles whose arithmetic is shown, and what to do today.

*Indifference* rises while nothing is agreed: the client sees that we do not care. *Neediness* rises while we knock and
nobody answers, and with every concession for nothing: the client sees that we need the order more than they do. Each is
a sum of parts that are said in words, so that one can disagree with a part instead of with a number.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from kamdesk.model.messages import Message
from kamdesk.model.vocabulary import Label

STEPS: Final = ("sent", "receipt", "next_steps", "urgency", "dated")
"""The closing routine of product.md W6, in its order; codes of ``follow_up_step``."""

AWAITING: Final = ("sent", "receipt_confirmed", "discussion")
"""Statuses in which the client has the proposal and an answer is awaited."""
CLOSING: Final = ("accepted", "declined", "withdrawn", "superseded")
"""Statuses after which nothing is left to be done about this sending."""

TOUCH_POINTS: Final = 15
"""One touch without an answer. Three make 45: alone they do not forbid a fourth with the usual limit, four do."""
CONCESSION_POINTS: Final = 15
"""One concession for nothing weighs as much as one touch without an answer: both say that we need it more."""
IDLE_DAY_POINTS: Final = 5
"""One working day without a dated next step: three working weeks lead the needle to its end, a week and a half to 40."""
LATE_STEP_POINTS: Final = 10
"""One of the five steps whose day is over."""
FULL: Final = 100

SILENT_KINDS: Final = ("greeting", "gift")
"""Neither a push nor an answer: a card on a birthday asks for nothing."""
BOTH_KINDS: Final = (
    "meeting", "video", "informal", "exhibition", "conference", "presentation", "workshop", "pilot", "site_visit",
    "interim_review",
)  # fmt: skip
"""Nobody is there alone: whoever proposed it, the client came, and that is an answer."""
THEIR_KINDS: Final = ("complaint", "request")
OURS, THEIRS, MUTUAL = "ours", "theirs", "mutual"
ANSWERS: Final = (THEIRS, MUTUAL)

CALL, WRITE, HOLD, WAIT, ASK, CLOSED = "call", "write", "hold", "wait", "ask", "closed"
VERDICTS: Final = (CALL, WRITE, HOLD, WAIT, ASK, CLOSED)


@dataclass(frozen=True, slots=True)
class Habits:
    """Days and limits; the defaults are those of ``services.preferences``, where each can be changed.

    ``receipt``, ``next_steps``, ``urgency``, ``dated``: working days from the day of sending to the day a step is due. One
    day for the receipt is the rule of W6; the others leave a week and a half for a decision of several people.
    ``idle_limit`` and ``need_limit``: where a needle says "act" and "hold". ``rest``: working days of silence after too many
    touches: a working week, after which a new reason is no longer pressure.
    """

    receipt: int = 1
    next_steps: int = 3
    urgency: int = 5
    dated: int = 7
    idle_limit: int = 50
    need_limit: int = 60
    rest: int = 5

    def stricter(self, percent: int) -> Habits:
        """For a client who never bought: days and limits shortened to a percentage, never below one.

        A new client has no reason yet to wait for us or to bear with us: silence and pressure both cost more. The rest
        stays as long: it must not be shortened, or strictness would mean calling sooner after too many calls.
        """
        days = {
            name: max(1, -(-getattr(self, name) * percent // 100))
            for name in ("receipt", "next_steps", "urgency", "dated", "idle_limit", "need_limit")
        }
        return Habits(**days, rest=self.rest)


@dataclass(frozen=True, slots=True)
class Step:
    """One of the five steps as far as it is."""

    kind: str
    due_on: date | None
    done_on: date | None = None
    skipped: bool = False

    @property
    def is_open(self) -> bool:
        """Whether it is still to be done."""
        return self.done_on is None and not self.skipped


@dataclass(frozen=True, slots=True)
class Touch:
    """A contact after the sending: whose it was counts, see :func:`side_of`."""

    on: date
    kind: str
    side: str


@dataclass(frozen=True, slots=True)
class Part:
    """What one reason adds to a needle, and the reason."""

    points: int
    why: Message


@dataclass(frozen=True, slots=True)
class Needle:
    """0–100 with its parts and the limit from which it says something. ``parts`` may come to more than 100."""

    value: int
    limit: int
    parts: tuple[Part, ...]

    @property
    def over(self) -> bool:
        """Whether it has reached its limit."""
        return self.value >= self.limit


@dataclass(frozen=True, slots=True)
class Verdict:
    """What to do today: a code of ``VERDICTS`` and why; ``until`` is the day before which not to call, or to wait for."""

    code: str
    why: Message
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Position:
    """Where a sent proposal stands. ``agreed`` is the day of the nearest planned call or meeting that is still ahead and is
    not about something else; ``next_date`` was set by the user for this proposal and is believed before it."""

    status: str
    sent_on: date | None
    next_date: date | None
    agreed: date | None
    steps: tuple[Step, ...]
    touches: tuple[Touch, ...]
    unreturned: int
    new_client: bool


@dataclass(frozen=True, slots=True)
class Reading:
    """Both needles and what follows from them."""

    indifference: Needle
    neediness: Needle
    verdict: Verdict


# --- working days -------------------------------------------------------------------------------------------------


def is_working(day: date) -> bool:
    """Monday to Friday. Public holidays differ by country and year and are not known here: a step may be moved."""
    return day.weekday() < 5


def add_working_days(day: date, days: int) -> date:
    """The day so many working days later; a weekend never counts. Zero gives the day itself, or the Monday after it."""
    found = day
    while not is_working(found):
        found = _next(found)
    for _ in range(max(0, days)):
        found = _next(found)
        while not is_working(found):
            found = _next(found)
    return found


def working_days(since: date, until: date) -> int:
    """How many working days lie after ``since`` up to ``until``, that day included; 0 when it is not later."""
    if until <= since:
        return 0
    weeks, rest = divmod((until - since).days, 7)
    return weeks * 5 + sum(is_working(since + timedelta(n)) for n in range(1, rest + 1))


def due_dates(sent_on: date, habits: Habits) -> dict[str, date]:
    """The day on which each step is due, none earlier than the one before it."""
    found = {"sent": sent_on}
    latest = 0
    for kind in STEPS[1:]:
        latest = max(latest, getattr(habits, kind))
        found[kind] = add_working_days(sent_on, latest)
    return found


# --- touches ------------------------------------------------------------------------------------------------------


def side_of(initiative: str, kind: str, *, told: bool) -> str:
    """Whose a contact was: ours (a touch that waits for an answer), theirs, mutual; "" for what counts as neither.

    What was recorded decides. Else the kind: one meets together, a complaint is theirs, and a call with a result (``told``)
    was a talk, while a call or a letter without one only went out.
    """
    if kind in SILENT_KINDS:
        return ""
    if kind in BOTH_KINDS:
        return THEIRS if initiative == THEIRS else MUTUAL
    if initiative:
        return initiative
    if kind in THEIR_KINDS:
        return THEIRS
    return MUTUAL if kind == "call" and told else OURS


def unanswered(touches: Iterable[Touch]) -> tuple[Touch, ...]:
    """Our touches in a row since the last answer, in their order. Touches are given in the order in which they happened."""
    row: list[Touch] = []
    for one in touches:
        if one.side in ANSWERS:
            row.clear()
        elif one.side == OURS:
            row.append(one)
    return tuple(row)


# --- needles ------------------------------------------------------------------------------------------------------


def indifference(position: Position, today: date, habits: Habits) -> Needle:
    """How much it looks as if we did not care: days without a dated next step, and steps whose day is over."""
    parts = []
    idle_since = _idle_since(position, today)
    if idle_since is not None:
        days, calendar = working_days(idle_since, today), (today - idle_since).days
        if days > 0:
            parts.append(
                Part(days * IDLE_DAY_POINTS, Message("closing.part.idle", {"n": calendar, "days": days}))
            )
    for step in position.steps:
        if step.is_open and step.due_on is not None and step.due_on < today:
            late = (today - step.due_on).days
            why = Message(
                "closing.part.late", {"step": Label("follow_up_step", step.kind, inline=False), "n": late}
            )
            parts.append(Part(LATE_STEP_POINTS, why))
    return _needle(parts, habits.idle_limit)


def neediness(position: Position, habits: Habits) -> Needle:
    """How much it looks as if we needed it: touches without an answer, and what was given for nothing."""
    parts = []
    n = len(unanswered(position.touches))
    if n:
        parts.append(Part(n * TOUCH_POINTS, Message("closing.part.touches", {"n": n})))
    n = max(0, position.unreturned)
    if n:
        parts.append(Part(n * CONCESSION_POINTS, Message("closing.part.concessions", {"n": n})))
    return _needle(parts, habits.need_limit)


def _idle_since(position: Position, today: date) -> date | None:
    """The day from which nothing has been agreed, or None while a day is agreed."""
    if position.agreed is not None or (position.next_date is not None and position.next_date >= today):
        return None
    met = [one.on for one in position.touches if one.side in ANSWERS]
    known = [one for one in (position.next_date, position.sent_on, *met) if one is not None and one <= today]
    return max(known, default=None)


def _needle(parts: Sequence[Part], limit: int) -> Needle:
    return Needle(min(FULL, sum(one.points for one in parts)), limit, tuple(parts))


# --- what to do today ---------------------------------------------------------------------------------------------


def read(position: Position, today: date, habits: Habits) -> Reading:
    """Both needles as of today and the verdict; ``habits`` are already those for this client."""
    idle, need = indifference(position, today, habits), neediness(position, habits)
    return Reading(idle, need, _verdict(position, today, habits, idle, need))


def _verdict(position: Position, today: date, habits: Habits, idle: Needle, need: Needle) -> Verdict:
    if position.status not in AWAITING:
        return Verdict(CLOSED, Message("closing.why.closed"))
    fixed = position.next_date if position.next_date is not None and position.next_date >= today else None
    agreed = position.agreed if fixed in (None, position.agreed) else None
    if agreed == today:
        return Verdict(CALL, Message("closing.why.agreed_today"))
    row = unanswered(position.touches)
    held = _hold(position, row, today, habits, need)
    if held is not None:
        return held
    due = next((one for one in position.steps if one.is_open and one.due_on and one.due_on <= today), None)
    if need.over and row:  # the rest is over: one message that gives something, not another knock
        return Verdict(WRITE, Message("closing.why.one_message", {"n": len(row)}))
    if due is not None and due.kind == "receipt":
        return Verdict(CALL, Message("closing.why.receipt"))
    if agreed is not None:
        return Verdict(WAIT, Message("closing.why.agreed", {"date": agreed}), agreed)
    if fixed == today:
        return _touch(row, Message("closing.why.promised_today"))
    if fixed is None:
        if idle.over:
            return _touch(row, Message("closing.why.idle", {"value": idle.value}))
        return Verdict(ASK, Message("closing.why.no_date"))
    if due is not None and (position.agreed is None or position.agreed <= today):
        why = Message("closing.why.step", {"step": Label("follow_up_step", due.kind, inline=False)})
        return _touch(row, why)
    return Verdict(WAIT, Message("closing.why.next_date", {"date": fixed}), fixed)


def _hold(
    position: Position, row: Sequence[Touch], today: date, habits: Habits, need: Needle
) -> Verdict | None:
    """ "Do not call today", until when and why; None when nothing speaks against it."""
    if need.over:
        last = max((one.on for one in row), default=None)
        until = add_working_days(last, habits.rest) if last is not None else None
        if until is not None and today < until:
            return Verdict(HOLD, Message("closing.why.needy", {"value": need.value, "n": len(row)}), until)
    if not is_working(today):
        return Verdict(HOLD, Message("closing.why.weekend"), add_working_days(today, 0))
    if row and row[-1].on >= today:
        return Verdict(HOLD, Message("closing.why.touched_today"), add_working_days(today, 1))
    if position.sent_on is not None and position.sent_on >= today:
        return Verdict(HOLD, Message("closing.why.sent_today"), add_working_days(position.sent_on, 1))
    return None


def _touch(row: Sequence[Touch], why: Message) -> Verdict:
    """Another way than the last one that was not answered: a call after a letter, a letter after a call."""
    return Verdict(WRITE if row and row[-1].kind == "call" else CALL, why)


def _next(day: date) -> date:
    return day + timedelta(1)
