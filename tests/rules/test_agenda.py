"""What stands on Today, where, and why."""

from __future__ import annotations

import os
import time
from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kamdesk.model.values import PartialDate
from kamdesk.rules import agenda
from kamdesk.rules.dates import occasion
from kamdesk.translation import Translator

NOON = datetime(2026, 3, 5, 12, 0)
TODAY = NOON.date()


def words(placed, language="ru") -> str:
    return Translator(language).message(placed.reason)


@pytest.mark.parametrize(
    ("starts", "ends", "kind", "group", "said"),
    [
        (NOON + timedelta(minutes=40), None, "meeting", "now", "Начнётся через 40 минут"),
        (NOON - timedelta(minutes=10), None, "meeting", "now", "Идёт сейчас"),
        (NOON - timedelta(minutes=60), None, "result", "today", "Планировалось: сегодня. Как прошло?"),
        (NOON - timedelta(hours=2), NOON + timedelta(hours=1), "meeting", "now", "Идёт сейчас"),
        (NOON + timedelta(hours=3), None, "meeting", "today", "Запланировано: сегодня в 15:00"),
        (datetime(2026, 3, 6, 10), None, "meeting", "week", "Запланировано: завтра в 10:00"),
        (datetime(2026, 3, 5), None, "meeting", "today", "Запланировано: сегодня, без времени"),
        (datetime(2026, 3, 4), None, "result", "overdue", "Планировалось: вчера. Как прошло?"),
        (datetime(2026, 2, 24, 9), None, "result", "overdue", "Планировалось: 9 дней назад, во вторник. Как прошло?"),
    ],
)  # fmt: skip
def test_a_meeting_before_during_and_after_its_hour(starts, ends, kind, group, said) -> None:
    placed = agenda.meeting(starts, ends, NOON)
    assert (placed.kind, placed.group, words(placed)) == (kind, group, said)


def test_a_meeting_after_tomorrow_waits() -> None:
    assert agenda.meeting(datetime(2026, 3, 7, 10), None, NOON) is None


@given(st.datetimes(datetime(2020, 1, 1), datetime(2030, 1, 1)), st.integers(-1000, 1000))
def test_no_planned_meeting_is_lost_after_its_day(starts, days) -> None:
    """Whatever the clock says, one that is over asks for its result, and one of today or tomorrow stands there."""
    now = starts + timedelta(days=days)
    placed = agenda.meeting(starts, None, now)
    if (starts.date() - now.date()).days <= 1:
        assert placed is not None
    if days > 1:
        assert placed.kind == "result"


@pytest.mark.parametrize(
    "zone", ["Europe/Berlin", "America/New_York", "Europe/Moscow", "Australia/Lord_Howe"]
)
def test_a_meeting_at_ten_stays_at_ten_over_a_change_of_the_clocks(zone) -> None:
    """Wall time only: the hour that summer time takes or gives moves nothing."""
    before = os.environ.get("TZ")
    os.environ["TZ"] = zone
    time.tzset()
    try:
        for day in (
            date(2026, 3, 29),
            date(2026, 10, 25),
            date(2026, 3, 8),
            date(2026, 11, 1),
            date(2026, 4, 5),
        ):
            ten = datetime.combine(day, datetime.min.time()).replace(hour=10)
            evening = datetime.combine(day - timedelta(1), datetime.min.time()).replace(hour=20)
            assert words(agenda.meeting(ten, None, evening), "en") == "Planned tomorrow at 10:00"
            assert agenda.meeting(ten, None, ten.replace(hour=9, minute=30)).group == "now"
            assert agenda.meeting(ten, None, ten.replace(hour=11)).kind == "result"
    finally:
        if before is None:
            del os.environ["TZ"]
        else:
            os.environ["TZ"] = before
        time.tzset()


def test_work_by_its_day() -> None:
    expected = {-31: "later", -2: "overdue", 0: "today", 1: "week", 7: "week"}
    for days, group in expected.items():
        assert agenda.work_due("next_step", TODAY + timedelta(days), TODAY).group == group
    assert (
        agenda.work_due("promise_ours", TODAY - timedelta(400), TODAY).group == "overdue"
    )  # a promise never sinks
    assert agenda.work_due("next_step", TODAY + timedelta(8), TODAY) is None
    late = agenda.work_due("promise_theirs", TODAY - timedelta(2), TODAY)
    assert (
        words(late) == "Нам обещали, просрочено на 2 дня"
        and words(late, "en") == "They promised, overdue by 2 days"
    )


def test_a_birthday_says_when_how_many_years_and_when_to_greet() -> None:
    saturday = occasion(PartialDate(1976, 3, 7), TODAY, 7, "feb28", "before")
    placed = agenda.yearly("birthday", saturday, TODAY)
    assert (
        words(placed)
        == "День рождения: через 2 дня, в субботу. Исполнится 50 лет. Поздравить лучше в пятницу."
    )
    assert (placed.group, placed.due) == ("week", date(2026, 3, 6))
    missed = agenda.yearly("birthday", occasion(PartialDate(None, 3, 3), TODAY, 7), TODAY)
    assert missed.group == "overdue"
    assert words(missed, "en") == "Birthday: 2 days ago, on Tuesday."
    over = agenda.yearly("birthday", occasion(PartialDate(1984, 2, 28), TODAY, 7), TODAY)
    assert words(over) == "День рождения: 5 дней назад, в субботу. Исполнилось 42 года."
    assert words(over, "en") == "Birthday: 5 days ago, on Saturday. Turned 42."
    month = agenda.yearly("birthday", occasion(PartialDate(None, 3, None), TODAY, 7), TODAY)
    assert (month.group, words(month)) == ("later", "День рождения: март, день неизвестен")
    after = agenda.yearly(
        "birthday", occasion(PartialDate(None, 3, 7), date(2026, 3, 8), 7, "feb28", "after"), date(2026, 3, 8)
    )
    assert after.group == "week"  # Saturday's greeting is still ahead, on Monday
    assert agenda.yearly("anniversary", occasion(PartialDate(2005, 3, 5), TODAY, 7), TODAY).group == "today"


def test_a_sent_proposal_never_stands_without_a_date() -> None:
    assert agenda.proposal("draft", TODAY, None, TODAY) is None
    assert agenda.proposal("sent", None, None, TODAY).reason.code == "agenda.why.no_next_date"
    assert agenda.proposal("sent", TODAY + timedelta(3), TODAY, TODAY).reason.code == "agenda.why.expires"
    over = agenda.proposal("discussion", TODAY - timedelta(1), None, TODAY)
    assert (over.kind, over.group) == ("proposal_over", "overdue")
    assert agenda.ACTIONS[over.kind][:2] == ("prolong", "put_down")
    assert agenda.proposal("sent", TODAY + timedelta(90), TODAY + timedelta(20), TODAY) is None


def test_open_matters_wait_for_their_next_step() -> None:
    assert agenda.open_matter("complaint", TODAY - timedelta(3), None, TODAY).group == "today"
    assert agenda.open_matter("complaint", TODAY, TODAY + timedelta(2), TODAY).group == "week"
    assert agenda.open_matter("request", None, TODAY - timedelta(2), TODAY).group == "overdue"


def test_changes_and_deals_by_partial_dates() -> None:
    assert agenda.change("retires", PartialDate(2026, 7, None), TODAY) is None
    assert agenda.change("retires", PartialDate(2026, 4, None), TODAY).group == "later"
    assert agenda.change("retires", PartialDate(2026, 2, None), TODAY).group == "overdue"
    assert agenda.deal(PartialDate(2026, 3, None), TODAY).group == "later"
    assert agenda.deal(PartialDate(2026, 3, None), date(2026, 3, 27)).group == "week"
    assert agenda.deal(PartialDate(2026, 2, None), TODAY).group == "overdue"
    assert agenda.deal(PartialDate(2026, 5, None), TODAY) is None
    assert agenda.span(PartialDate(None, 2, 29), TODAY) == (date(2026, 2, 28), date(2026, 2, 28))
    assert agenda.span(PartialDate(9999, 12, None), TODAY)[1] == date.max


def test_a_snooze_of_a_wrong_clock_hides_nothing() -> None:
    assert agenda.hidden(None, TODAY) and agenda.hidden(TODAY + timedelta(1), TODAY)
    assert not agenda.hidden(TODAY, TODAY)
    assert not agenda.hidden(TODAY + timedelta(3650), TODAY)
