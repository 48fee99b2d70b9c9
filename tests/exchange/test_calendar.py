"""Invitations as programs send them, and what we write ourselves."""

from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from kamdesk.exchange.addresses import Address
from kamdesk.exchange.calendar import Anniversary, Meeting, read_calendar, write_anniversaries, write_meeting
from kamdesk.model.messages import KamdeskError
from kamdesk.model.values import PartialDate
from tests.exchange.arrivals import invitation

MOSCOW = ZoneInfo("Europe/Moscow")
TASHKENT_OUTLOOK = (
    "BEGIN:VTIMEZONE\r\nTZID:Customized Time Zone\r\nBEGIN:STANDARD\r\nDTSTART:16010101T000000\r\nTZOFFSETFROM:+0500\r\n"
    "TZOFFSETTO:+0500\r\nEND:STANDARD\r\nEND:VTIMEZONE\r\n"
)


def event(when: str, extra: str = "", before: str = "") -> bytes:
    return (
        f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\n{before}BEGIN:VEVENT\r\nUID:u\r\nSUMMARY:Показ\r\n{when}\r\n{extra}END:VEVENT\r\nEND:VCALENDAR\r\n"
    ).encode()


@pytest.mark.parametrize(
    ("when", "wall", "all_day"),
    [
        ("DTSTART:20260310T100000", datetime(2026, 3, 10, 10), False),
        ("DTSTART:20260310T070000Z", datetime(2026, 3, 10, 10), False),
        ("DTSTART;TZID=Europe/Berlin:20260310T080000", datetime(2026, 3, 10, 10), False),
        ("DTSTART;TZID=Russian Standard Time:20260310T100000", datetime(2026, 3, 10, 10), False),
        ("DTSTART;TZID=Europe/Berlin:20260710T080000", datetime(2026, 7, 10, 9), False),
        ("DTSTART;VALUE=DATE:20260310", datetime(2026, 3, 10), True),
    ],
)
def test_times_are_of_the_local_clock(when: str, wall: datetime, all_day: bool) -> None:
    (one,) = read_calendar(event(when), "a.ics", MOSCOW).invitations
    assert (one.starts_at, one.all_day) == (wall, all_day)


def test_a_zone_of_its_own_is_believed() -> None:
    data = event("DTSTART;TZID=Customized Time Zone:20260310T120000", before=TASHKENT_OUTLOOK)
    assert read_calendar(data, "a.ics", MOSCOW).invitations[0].starts_at == datetime(2026, 3, 10, 10)


def test_the_end_of_whole_days_and_by_duration() -> None:
    (days,) = read_calendar(
        event("DTSTART;VALUE=DATE:20260310\r\nDTEND;VALUE=DATE:20260312"), "a.ics"
    ).invitations
    assert days.ends_at == datetime(2026, 3, 11)
    (one,) = read_calendar(
        event("DTSTART;VALUE=DATE:20260310\r\nDTEND;VALUE=DATE:20260311"), "a.ics"
    ).invitations
    assert one.ends_at is None
    (span,) = read_calendar(event("DTSTART:20260310T100000\r\nDURATION:PT90M"), "a.ics").invitations
    assert span.ends_at == datetime(2026, 3, 10, 11, 30)


def test_people_rooms_and_the_organiser() -> None:
    extra = (
        'ORGANIZER;CN="Иванов, Пётр":MAILTO:Ivanov@X.ru\r\nATTENDEE;CUTYPE=ROOM;CN=Переговорная:mailto:room@x.ru\r\n'
        "ATTENDEE;CN=ivanov@x.ru:mailto:ivanov@x.ru\r\nATTENDEE:mailto:anna@x.ru\r\n"
    )
    (one,) = read_calendar(event("DTSTART:20260310T100000", extra), "a.ics").invitations
    assert one.organiser == Address("Иванов, Пётр", "ivanov@x.ru")
    assert [who.email for who in one.people] == ["ivanov@x.ru", "anna@x.ru"]


def test_cancelled_repeated_and_newest_of_two() -> None:
    assert read_calendar(invitation(method="CANCEL"), "a.ics").invitations[0].cancelled
    assert (
        read_calendar(event("DTSTART:20260310T100000", "STATUS:CANCELLED\r\n"), "a.ics")
        .invitations[0]
        .cancelled
    )
    assert (
        read_calendar(event("DTSTART:20260310T100000", "RRULE:FREQ=WEEKLY\r\n"), "a.ics")
        .invitations[0]
        .repeats
    )
    two = event(
        "DTSTART:20260310T100000",
        "SEQUENCE:1\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\nUID:u\r\nDTSTART:20260311T100000\r\nSEQUENCE:0\r\n",
    )
    (one,) = read_calendar(two, "a.ics").invitations
    assert one.starts_at == datetime(2026, 3, 10, 10)


def test_what_is_no_meeting_is_said() -> None:
    empty = b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nEND:VCALENDAR\r\n"
    for data, code in (
        (empty, "calendar.no_events"),
        (b"hello", "calendar.unreadable"),
        (b"", "calendar.unreadable"),
    ):
        with pytest.raises(KamdeskError) as raised:
            read_calendar(data, "a.ics")
        assert raised.value.message.code == code
    read = read_calendar(event("DTSTAMP:20260310T100000"), "a.ics")
    assert not read.invitations and read.remarks[0].code == "calendar.no_time"


def test_what_we_write_is_read_back_the_same() -> None:
    meeting = Meeting(
        "u@k",
        "Показ; стенд, и \\",
        datetime(2026, 3, 10, 10),
        datetime(2026, 3, 10, 11),
        "Цех",
        (Address("А", "a@b.ru"),),
    )
    (one,) = read_calendar(write_meeting(meeting, datetime(2026, 3, 1, tzinfo=UTC)), "a.ics").invitations
    assert (one.uid, one.summary, one.place) == ("u@k", "Показ; стенд, и \\", "Цех")
    assert (one.starts_at, one.ends_at, one.people) == (
        meeting.starts_at,
        meeting.ends_at,
        (Address("А", "a@b.ru"),),
    )


def test_birthdays_repeat_and_the_29th_is_the_last_of_february() -> None:
    days = [
        Anniversary("a", "ДР: А", PartialDate(None, 2, 29)),
        Anniversary("b", "ДР: Б", PartialDate(1980, 3, 5)),
        Anniversary("c", "ДР: В", PartialDate(1980)),
    ]
    text = write_anniversaries(days, datetime(2026, 3, 1, tzinfo=UTC), date(2026, 3, 1)).decode()
    assert text.count("BEGIN:VEVENT") == 2
    assert "BYMONTHDAY=-1" in text and "BYMONTH=2" in text and "DTSTART;VALUE=DATE:20240229" in text
    assert "DTSTART;VALUE=DATE:20260305" in text and "1980" not in text
