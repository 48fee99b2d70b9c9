"""Steps after sending, the two needles and the verdict."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kamdesk.rules import closing
from kamdesk.rules.closing import Habits, Position, Step, Touch

FRIDAY, MONDAY = date(2026, 3, 6), date(2026, 3, 9)
HABITS = Habits()
days = st.dates(date(2024, 1, 1), date(2030, 12, 31))
sides = st.sampled_from(["ours", "theirs", "mutual", ""])
touches = st.lists(
    st.builds(Touch, days, st.sampled_from(["call", "email", "messenger"]), sides), max_size=12
).map(lambda found: tuple(sorted(found, key=lambda one: one.on)))


def standing(**changes: object) -> Position:
    """A proposal that was sent on a Monday, everything else as it is then."""
    found = Position("sent", MONDAY, None, None, (), (), 0, False)
    return replace(found, **changes)  # type: ignore[arg-type]


positions = st.builds(
    Position,
    st.sampled_from(["sent", "receipt_confirmed", "discussion", "accepted", "draft"]),
    st.none() | days,
    st.none() | days,
    st.none() | days,
    st.lists(st.builds(Step, st.sampled_from(closing.STEPS), st.none() | days, st.none() | days), max_size=5).map(tuple),
    touches,
    st.integers(0, 9),
    st.booleans(),
)  # fmt: skip


def test_weekends_are_skipped() -> None:
    assert closing.add_working_days(FRIDAY, 1) == MONDAY
    assert closing.add_working_days(FRIDAY + timedelta(1), 0) == MONDAY
    assert closing.add_working_days(FRIDAY, 6) == MONDAY + timedelta(7)
    assert closing.working_days(FRIDAY, MONDAY) == 1


@given(days, st.integers(0, 60))
@settings(max_examples=60, deadline=None)
def test_working_days_are_counted_as_they_are_added(day: date, n: int) -> None:
    start = closing.add_working_days(day, 0)
    assert closing.working_days(start, closing.add_working_days(start, n)) == n


@given(
    days,
    st.builds(Habits, *[st.integers(1, 30)] * 4, st.just(50), st.just(60), st.just(5)),
    st.integers(1, 100),
)
@settings(max_examples=60, deadline=None)
def test_steps_are_due_in_their_order_and_a_new_client_never_later(
    day: date, habits: Habits, share: int
) -> None:
    usual, strict = closing.due_dates(day, habits), closing.due_dates(day, habits.stricter(share))
    order = [usual[kind] for kind in closing.STEPS[1:]]
    assert order == sorted(order)
    assert all(closing.is_working(one) for one in order)
    assert all(strict[kind] <= usual[kind] for kind in closing.STEPS)


def test_a_new_client_has_shorter_steps_and_lower_limits() -> None:
    strict = HABITS.stricter(60)
    assert (strict.receipt, strict.next_steps, strict.urgency, strict.dated) == (1, 2, 3, 5)
    assert strict.need_limit == 36 and strict.idle_limit == 30
    assert strict.rest == HABITS.rest


@given(positions, days)
@settings(max_examples=60, deadline=None)
def test_needles_stay_between_nought_and_hundred_and_are_the_sum_of_their_parts(
    at: Position, today: date
) -> None:
    found = closing.read(at, today, HABITS)
    for needle in (found.indifference, found.neediness):
        assert 0 <= needle.value <= 100
        assert needle.value == min(100, sum(one.points for one in needle.parts))
        assert all(one.points > 0 for one in needle.parts)
    assert found.verdict.code in closing.VERDICTS
    if found.verdict.code == closing.HOLD:
        assert found.verdict.until is not None and found.verdict.until > today
        assert closing.is_working(found.verdict.until)


@given(positions, days)
@settings(max_examples=60, deadline=None)
def test_another_touch_never_lowers_neediness_and_an_answer_takes_its_part_away(
    at: Position, day: date
) -> None:
    before = closing.neediness(at, HABITS)
    knocked = replace(at, touches=(*at.touches, Touch(day, "call", "ours")))
    assert closing.neediness(knocked, HABITS).value >= before.value
    for side in closing.ANSWERS:
        answered = replace(knocked, touches=(*knocked.touches, Touch(day, "email", side)))
        assert closing.neediness(answered, HABITS) == closing.neediness(replace(at, touches=()), HABITS)


@given(positions, days)
@settings(max_examples=60, deadline=None)
def test_indifference_never_falls_by_waiting_without_a_date(at: Position, today: date) -> None:
    alone = replace(at, next_date=None, agreed=None, touches=())
    later = closing.indifference(alone, today + timedelta(1), HABITS)
    if at.sent_on is None or at.sent_on <= today:
        assert later.value >= closing.indifference(alone, today, HABITS).value


def test_the_arithmetic_of_the_book() -> None:
    """Twelve days without a step, three touches and one concession."""
    knocks = tuple(Touch(MONDAY + timedelta(n), "call", "ours") for n in (1, 2, 3))
    at = standing(touches=knocks, unreturned=1)
    found = closing.read(at, MONDAY + timedelta(11), HABITS)
    assert [(one.points, one.why.code, one.why.params["n"]) for one in found.indifference.parts] == [
        (45, "closing.part.idle", 11)
    ]
    assert [(one.points, one.why.params["n"]) for one in found.neediness.parts] == [(45, 3), (15, 1)]
    assert found.neediness.over


@pytest.mark.parametrize(
    ("initiative", "kind", "told", "side"),
    [
        ("", "call", True, "mutual"),
        ("", "call", False, "ours"),
        ("", "email", True, "ours"),
        ("theirs", "email", True, "theirs"),
        ("ours", "call", True, "ours"),
        ("ours", "meeting", True, "mutual"),
        ("", "complaint", True, "theirs"),
        ("ours", "greeting", True, ""),
    ],
)
def test_whose_a_contact_was(initiative: str, kind: str, told: bool, side: str) -> None:
    assert closing.side_of(initiative, kind, told=told) == side


def verdict(at: Position, today: date, habits: Habits = HABITS) -> tuple[str, str, date | None]:
    found = closing.read(at, today, habits).verdict
    return found.code, found.why.code, found.until


def test_what_to_do_on_each_day() -> None:
    open_steps = tuple(Step(kind, day) for kind, day in list(closing.due_dates(MONDAY, HABITS).items())[1:])
    agreed = MONDAY + timedelta(8)
    at = standing(steps=open_steps, next_date=agreed)
    tuesday, sunday = MONDAY + timedelta(1), MONDAY + timedelta(6)
    assert verdict(at, MONDAY) == ("hold", "closing.why.sent_today", tuesday)
    assert verdict(at, tuesday) == ("call", "closing.why.receipt", None)
    assert verdict(at, sunday) == ("hold", "closing.why.weekend", MONDAY + timedelta(7))
    knocked = replace(at, touches=(Touch(tuesday, "call", "ours"),))
    assert verdict(knocked, tuesday) == ("hold", "closing.why.touched_today", tuesday + timedelta(1))
    received = replace(at, status="receipt_confirmed", steps=open_steps[1:])
    assert verdict(received, tuesday) == ("wait", "closing.why.next_date", agreed)
    assert verdict(received, MONDAY + timedelta(3))[:2] == ("call", "closing.why.step")
    called = replace(received, touches=(Touch(tuesday, "call", "ours"),))
    assert verdict(called, MONDAY + timedelta(3))[:2] == ("write", "closing.why.step")
    assert verdict(replace(received, next_date=None), tuesday)[:2] == ("ask", "closing.why.no_date")
    assert verdict(replace(at, status="accepted"), tuesday)[0] == "closed"


def test_the_date_of_the_user_wins_over_a_planned_talk() -> None:
    today = MONDAY + timedelta(1)
    morrow, later = today + timedelta(1), today + timedelta(3)
    at = standing(status="receipt_confirmed", agreed=today)
    assert verdict(at, today) == ("call", "closing.why.agreed_today", None)
    assert verdict(replace(at, next_date=today), today)[1] == "closing.why.agreed_today"
    assert verdict(replace(at, next_date=MONDAY), today)[1] == "closing.why.agreed_today"
    assert verdict(replace(at, next_date=morrow), today) == ("wait", "closing.why.next_date", morrow)
    planned = replace(at, agreed=later)
    assert verdict(planned, today) == ("wait", "closing.why.agreed", later)
    assert verdict(replace(planned, next_date=today), today)[1] == "closing.why.promised_today"
    assert verdict(replace(planned, next_date=morrow), today) == ("wait", "closing.why.next_date", morrow)


def test_too_many_touches_stop_the_call_until_a_week_has_passed() -> None:
    knocks = tuple(Touch(MONDAY + timedelta(n), "call", "ours") for n in range(4))
    at = standing(touches=knocks)
    thursday = MONDAY + timedelta(3)
    rested = thursday + timedelta(7)
    assert verdict(at, thursday + timedelta(1)) == ("hold", "closing.why.needy", rested)
    assert verdict(at, rested)[:2] == ("write", "closing.why.one_message")
    assert verdict(replace(at, agreed=thursday + timedelta(1)), thursday + timedelta(1))[0] == "call"
    new = HABITS.stricter(60)
    assert verdict(replace(at, touches=knocks[:3]), MONDAY + timedelta(3), new)[0] == "hold"
    assert verdict(replace(at, touches=knocks[:3]), MONDAY + timedelta(3), HABITS)[0] != "hold"
