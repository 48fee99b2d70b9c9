"""Today: what stands on it, in which group, and the sentence that says why (W1).

Everything is decided from the rows and the clock of the moment; nothing remembers a last run, so that a machine that slept
for a week, or a clock that jumped, changes when a thing is shown and never whether. Times are local wall time: a meeting at ten
stays at ten.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from kamdesk.model.messages import Message
from kamdesk.model.values import PartialDate, PersonName
from kamdesk.model.vocabulary import Label
from kamdesk.rules.cadence import Freshness
from kamdesk.rules.dates import Occasion

GROUPS: Final = ("now", "overdue", "today", "week", "later")
AHEAD_DAYS: Final = 7
"""How many days ahead work is shown; birthdays have a preference of their own."""
CHANGE_AHEAD_DAYS: Final = 30
STALE_DAYS: Final = 30
LONGEST_SNOOZE: Final = 366
"""A snooze that ends later than this was set under a wrong clock and hides nothing."""

ACTIONS: Final[Mapping[str, tuple[str, ...]]] = {
    "meeting": ("open",),
    "result": ("result", "cancelled", "open"),
    "date": ("greet", "open"),
    "next_step": ("done", "log", "open"),
    "promise_ours": ("kept", "open"),
    "promise_theirs": ("kept", "log", "open"),
    "closing": ("step_done", "plan_call", "not_today", "open"),
    "proposal": ("open", "log"),
    "proposal_over": ("prolong", "put_down", "log", "open"),
    "complaint": ("settle", "log", "open"),
    "request": ("settle", "log", "open"),
    "quiet": ("log", "open"),
    "change": ("happened", "open"),
    "deal": ("open", "log"),
    "review_facts": ("open",),
    "review_statements": ("open",),
    "closing_hold": ("open",),
}
"""What a card of each kind can do; the first is what Enter does."""

CONTACT_DUE: Final = ("agenda.why.next_contact", "agenda.why.no_next_date")
"""Reasons of a proposal's card that a step after its sending says better."""

_SOON: Final = timedelta(hours=1)
_ORDER: Final = tuple(ACTIONS)


@dataclass(frozen=True, slots=True)
class Placed:
    """Where something stands and why; ``due`` sorts it inside its group."""

    kind: str
    group: str
    reason: Message
    due: date | None


@dataclass(frozen=True, slots=True)
class AgendaItem:
    """One card of Today.

    ``key`` names the thing and its occasion: what is dismissed comes up again only for another occasion. ``record`` is the id
    of the row in ``table``; ``sub`` its kind as a code (of ``interaction``, ``fact_kind`` …), for a card without a title.
    ``target`` is the page it opens: kind, id, tab. ``people`` are those it is about, ``count`` how many a grouped card stands for.
    """

    key: str
    kind: str
    group: str
    reason: Message
    due: date | None
    table: str
    record: str
    title: str = ""
    detail: str = ""
    sub: str = ""
    at: datetime | None = None
    organisation_id: str | None = None
    organisation: str = ""
    people: tuple[tuple[str, PersonName], ...] = ()
    target: tuple[str, str, str] = ("", "", "")
    private: bool = False
    count: int = 1

    @property
    def actions(self) -> tuple[str, ...]:
        """Codes of what can be done, the main one first."""
        return ACTIONS[self.kind]


def order(item: AgendaItem) -> tuple[object, ...]:
    """The sort key of a card: group, the clock, the day, the kind, the words; what is overdue the freshest first."""
    at = item.at or datetime.combine(item.due or date.max, datetime.max.time())
    ago = -at.date().toordinal() if item.group == "overdue" else 0
    return (
        GROUPS.index(item.group),
        ago,
        at,
        _ORDER.index(item.kind),
        item.title.casefold(),
        item.key,
    )


def hidden(until: date | None, today: date) -> bool:
    """Whether a mark hides its item: dismissed for good (None), or put off and that day has not come."""
    return until is None or today < until <= today + timedelta(LONGEST_SNOOZE)


# --- when, in words ----------------------------------------------------------------------------------------------


def weekday(day: date) -> Message:
    """«во вторник» as a part of a sentence."""
    return Message(f"agenda.weekday.{day.weekday()}")


def when(day: date, today: date) -> Message:
    """A day beside today: «сегодня», «через 3 дня, в субботу», «во вторник, 2 дня назад»."""
    n = (day - today).days
    if abs(n) < 2:
        return Message(("agenda.yesterday", "agenda.today", "agenda.tomorrow")[n + 1])
    if n > 0:
        return Message("agenda.in_days", {"n": n, "weekday": weekday(day)})
    return Message("agenda.days_ago", {"n": -n, "weekday": weekday(day)})


def deadline(day: date, today: date) -> Message:
    """How much time is left: «срок сегодня», «срок через 3 дня», «просрочено на 2 дня»."""
    n = (day - today).days
    if n < 0:
        return Message("agenda.overdue", {"n": -n})
    return (
        Message("agenda.due_in", {"n": n})
        if n > 1
        else Message(("agenda.due_today", "agenda.due_tomorrow")[n])
    )


def group_of(day: date, today: date) -> str:
    """The group of a day: overdue, today, week (the next seven days) or later."""
    n = (day - today).days
    return "overdue" if n < 0 else "today" if n == 0 else "week" if n <= AHEAD_DAYS else "later"


# --- what stands on Today ----------------------------------------------------------------------------------------


def ends(starts_at: datetime, ends_at: datetime | None) -> datetime:
    """When a planned interaction is over: its end, an hour after its start, the end of a day without a clock."""
    if ends_at is not None:
        return ends_at
    return starts_at + (timedelta(days=1) if starts_at.time() == datetime.min.time() else timedelta(hours=1))


def meeting(starts_at: datetime, ends_at: datetime | None, now: datetime) -> Placed | None:
    """A planned interaction: today's and tomorrow's; one that is over asks how it went, however long ago it was."""
    today, day = now.date(), starts_at.date()
    if ends(starts_at, ends_at) <= now:
        reason = Message("agenda.why.result", {"when": when(day, today)})
        return Placed("result", "today" if day == today else "overdue", reason, day)
    if (day - today).days > 1:
        return None
    if starts_at.time() == datetime.min.time():
        return Placed(
            "meeting",
            group_of(max(day, today), today),
            Message("agenda.why.meeting_day", {"when": when(day, today)}),
            day,
        )
    if starts_at <= now:
        return Placed("meeting", "now", Message("agenda.why.meeting_on"), day)
    if starts_at - now <= _SOON:
        n = int((starts_at - now).total_seconds() // 60)
        return Placed("meeting", "now", Message("agenda.why.meeting_soon", {"n": n}), day)
    clock = {"when": when(day, today), "time": f"{starts_at:%H:%M}"}
    return Placed("meeting", group_of(day, today), Message("agenda.why.meeting", clock), day)


def work_due(kind: str, due: date, today: date) -> Placed | None:
    """A next step or a promise with its day: a week ahead, and for as long as it is overdue.

    A next step that nobody marked for a month has been overtaken by life as a rule: it sinks, and is still there.
    """
    if (due - today).days > AHEAD_DAYS:
        return None
    if kind == "next_step" and (today - due).days > STALE_DAYS:
        return Placed(kind, "later", Message(f"agenda.why.{kind}", {"when": deadline(due, today)}), due)
    return Placed(
        kind, group_of(due, today), Message(f"agenda.why.{kind}", {"when": deadline(due, today)}), due
    )


def yearly(kind: str, found: Occasion, today: date) -> Placed:
    """A birthday or another yearly date that is near (``rules.dates.occasion``); ``kind`` is a code of ``fact_kind``."""
    called = Label("fact_kind", kind, inline=False)
    if found.day is None:
        month = PartialDate(None, found.month, None)
        return Placed(
            "date", "later", Message("agenda.why.month", {"kind": called, "month": month}), found.act_on
        )
    parts: dict[str, object] = {"kind": called, "when": when(found.day, today), "years": "", "greet": ""}
    if found.years is not None:
        turns = "agenda.turns" if found.day >= today else "agenda.turned"
        parts["years"] = Message(turns if kind == "birthday" else "agenda.years", {"n": found.years})
    if found.act_on != found.day and today <= max(found.act_on, found.day):
        parts["greet"] = Message("agenda.greet_on", {"weekday": weekday(found.act_on)})
    missed = today > max(found.day, found.act_on)
    group = "overdue" if missed else group_of(max(found.act_on, today), today)
    return Placed("date", group, Message("agenda.why.date", parts), found.day if missed else found.act_on)


def proposal(status: str, valid_until: date | None, next_date: date | None, today: date) -> Placed | None:
    """A sent proposal: expiring or expired, its next contact due, or standing without a next date (W6)."""
    if status not in ("sent", "receipt_confirmed", "discussion", "revision"):
        return None
    if valid_until is not None and (valid_until - today).days <= AHEAD_DAYS:
        n = (valid_until - today).days
        over = Message("agenda.why.expired", {"when": when(valid_until, today)})
        left = Message("agenda.why.expires", {"when": when(valid_until, today)})
        kind = "proposal_over" if n < 0 else "proposal"
        return Placed(kind, group_of(valid_until, today), over if n < 0 else left, valid_until)
    if next_date is None:
        return Placed("proposal", "today", Message("agenda.why.no_next_date"), today)
    if (next_date - today).days > AHEAD_DAYS:
        return None
    reason = Message("agenda.why.next_contact", {"when": deadline(next_date, today)})
    return Placed("proposal", group_of(next_date, today), reason, next_date)


def closing_step(kind: str, due: date, verdict: Message, today: date) -> Placed:
    """A step after sending that is due (W6), with what ``rules.closing`` says to do about it."""
    parts = {
        "step": Label("follow_up_step", kind, inline=False),
        "when": deadline(due, today),
        "verdict": verdict,
    }
    return Placed("closing", group_of(due, today), Message("agenda.why.closing", parts), due)


def rest(verdict: Message, today: date) -> Placed:
    """A proposal about which nobody is to call today; it stands last, for nothing is to be done."""
    return Placed("closing_hold", "today", Message("agenda.why.closing_hold", {"verdict": verdict}), today)


def open_matter(kind: str, since: date | None, next_on: date | None, today: date) -> Placed:
    """A complaint or a request that is not settled: at once, or by the day of its next step where there is one."""
    n = max(0, (today - since).days) if since is not None else 0
    reason = Message(f"agenda.why.{kind}", {"n": n})
    if next_on is not None and next_on > today:
        return Placed(kind, group_of(next_on, today), reason, next_on)
    return Placed(
        kind, "overdue" if next_on is not None and next_on < today else "today", reason, next_on or today
    )


def quiet(found: Freshness, today: date) -> Placed | None:
    """Somebody whose cadence ran out; nothing is counted and nobody is ranked."""
    if found.code not in ("yellow", "red"):
        return None
    group = "week" if found.code == "yellow" else "today"
    if found.last_contact is None or found.due is None:
        return Placed("quiet", group, Message("agenda.why.never_met"), None)
    n = max(0, (today - found.last_contact).days)
    return Placed("quiet", group, Message("agenda.why.quiet", {"n": n}), found.due)


def change(kind: str, expected: PartialDate, today: date) -> Placed | None:
    """An expected change: a month before its day (or its month, its year), and until somebody says whether it happened."""
    first, last = span(expected, today)
    if (first - today).days > CHANGE_AHEAD_DAYS:
        return None
    parts = {"kind": Label("change_kind", kind, inline=False), "date": expected}
    if last < today:
        return Placed("change", "overdue", Message("agenda.why.change_over", parts), last)
    group = group_of(first, today) if expected.is_full else "later"
    return Placed("change", group, Message("agenda.why.change", parts), last)


def deal(expected: PartialDate, today: date) -> Placed | None:
    """An open deal whose expected month is this one or the next within a week, or is over."""
    first, last = span(expected, today)
    if (first - today).days > AHEAD_DAYS:
        return None
    if last < today:
        return Placed("deal", "overdue", Message("agenda.why.deal_over", {"date": expected}), last)
    return Placed(
        "deal",
        "week" if (last - today).days <= AHEAD_DAYS else "later",
        Message("agenda.why.deal", {"date": expected}),
        last,
    )


def span(value: PartialDate, today: date) -> tuple[date, date]:
    """The first and the last day a partial date may mean; without a year the return nearest to today."""
    year = value.year
    if year is None:
        # half a year back and half ahead: «март» said in December is next March, said in May it is over
        near = [y for y in (today.year - 1, today.year, today.year + 1) if date.min.year < y < date.max.year]
        year = min(near, key=lambda y: abs((date(y, value.month or 1, 15) - today).days))
    first = date(year, value.month or 1, min(value.day or 1, 28))
    if value.day is not None and value.month is not None:
        exact = first + timedelta(value.day - first.day)
        exact = exact if exact.month == value.month else exact - timedelta(1)
        return exact, exact
    if value.month is None:
        return first, date(year, 12, 31)
    following = first + timedelta(31) if year < date.max.year or value.month < 12 else None
    return first, following.replace(day=1) - timedelta(1) if following is not None else date.max
