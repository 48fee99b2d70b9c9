"""iCalendar (RFC 5545): invitations that come in, meetings and birthdays that go out.

Read in the worker. A rule of repetition is never unrolled, so one by the second costs nothing; a zone of its own is only
believed where its rule is yearly. What comes out are local wall times: a diary says «в 10», wherever the laptop is.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, tzinfo
from typing import TYPE_CHECKING, Any, Final

from kamdesk.exchange.addresses import Address, address
from kamdesk.exchange.encodings import decode
from kamdesk.model.messages import KamdeskError, Message
from kamdesk.model.values import PartialDate

if TYPE_CHECKING:
    from icalendar import Calendar

MAX_SIZE: Final = 4 * 1024 * 1024
"""Bytes. An invitation with a long text has a hundred kilobytes; pictures inside make it larger."""
MAX_PARTS: Final = 3_000
MAX_DEPTH: Final = 4
MAX_EVENTS: Final = 500
MAX_PEOPLE: Final = 300
_LONGEST: Final = 20_000
_LINE: Final = 300
_PART: Final = re.compile(r"^(BEGIN|END):([A-Z0-9-]{1,40})\s*$", re.IGNORECASE | re.MULTILINE)
_ZONE: Final = re.compile(
    r"^BEGIN:VTIMEZONE\s*$.*?^END:VTIMEZONE\s*$\n?", re.IGNORECASE | re.MULTILINE | re.DOTALL
)
_UNCALM: Final = re.compile(r"^RRULE:(?!.*FREQ=YEARLY)|^RDATE", re.IGNORECASE | re.MULTILINE)
_EARLIEST: Final = 1970
_LATEST: Final = 2199


@dataclass(frozen=True, slots=True)
class Invitation:
    """A meeting as a calendar tells it. Times are local without a zone; ``ends_at`` is after ``starts_at`` or None.

    ``uid`` names it for life, one exception of a series has its own. ``all_day`` starts at midnight. ``repeats``: only its first
    time is here. ``cancelled``: it does not take place. ``sequence`` grows with every change its organiser makes.
    """

    uid: str
    summary: str
    starts_at: datetime
    ends_at: datetime | None = None
    all_day: bool = False
    place: str = ""
    description: str = ""
    organiser: Address | None = None
    attendees: tuple[Address, ...] = ()
    cancelled: bool = False
    repeats: bool = False
    sequence: int = 0

    @property
    def people(self) -> tuple[Address, ...]:
        """Everybody named, the organiser first, none twice."""
        named = (*((self.organiser,) if self.organiser else ()), *self.attendees)
        return tuple({one.email or one.name: one for one in reversed(named)}.values())[::-1]


@dataclass(frozen=True, slots=True)
class CalendarRead:
    """The events of a file, and a message for each that was left out."""

    invitations: tuple[Invitation, ...]
    remarks: tuple[Message, ...] = ()


def holds_calendar(data: bytes) -> bool:
    """Whether the bytes look like iCalendar, in UTF-8 or UTF-16."""
    start = data[:400].replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \r\n\t").upper()
    return start.startswith(b"BEGIN:VCALENDAR")


def read_calendar(data: bytes, file: str, zone: tzinfo | None = None) -> CalendarRead:
    """The events of a calendar file; ``zone`` is the local one, the system's without it. ``file`` is shown in messages.

    Raises KamdeskError ``calendar.too_large``, ``calendar.too_much``, ``calendar.unreadable``, ``calendar.no_events``.
    """
    if len(data) > MAX_SIZE:
        raise KamdeskError("calendar.too_large", file=file, megabytes=MAX_SIZE // 2**20)
    if not holds_calendar(data):
        raise KamdeskError("calendar.unreadable", file=file)
    text = decode(data)[0].replace("\r\n", "\n").replace("\r", "\n").replace("\0", "")
    _check_parts(text, file)
    calendars = _parsed(_without_wild_zones(text), file)
    found: dict[str, Invitation] = {}
    remarks: list[Message] = []
    for calendar in calendars:
        cancelled = str(calendar.get("METHOD", "")).strip().upper() == "CANCEL"
        for event in calendar.walk("VEVENT"):
            if len(found) >= MAX_EVENTS:
                raise KamdeskError("calendar.too_much", file=file)
            read = _event(event, cancelled, zone)
            if isinstance(read, Message):
                remarks.append(read)
            elif read.uid not in found or found[read.uid].sequence <= read.sequence:
                found[read.uid] = read
    if not found and not remarks:
        raise KamdeskError("calendar.no_events", file=file)
    return CalendarRead(tuple(found.values()), tuple(remarks))


def _check_parts(text: str, file: str) -> None:
    """Depth and number of parts before any library sees them."""
    depth = 0
    for number, match in enumerate(_PART.finditer(text)):
        depth += 1 if match[1].upper() == "BEGIN" else -1
        if number > MAX_PARTS or depth > MAX_DEPTH:
            raise KamdeskError("calendar.too_much", file=file)
    if max((len(line) for line in text.split("\n")), default=0) > MAX_SIZE // 4:
        raise KamdeskError("calendar.too_much", file=file)


def _without_wild_zones(text: str) -> str:
    """Zones whose rule is not yearly are left out: unrolling them would cost minutes, and no true zone has one."""
    return _ZONE.sub(lambda match: "" if _UNCALM.search(match[0]) else match[0], text)


def _parsed(text: str, file: str) -> list[Calendar]:
    from icalendar import Calendar

    try:
        read = Calendar.from_ical(text, multiple=True)
    except MemoryError:
        raise
    except Exception as error:
        # The parser raises whatever its parts raise (ValueError, KeyError, IndexError …) for a broken file.
        raise KamdeskError("calendar.unreadable", file=file) from error
    return [one for one in read if one.name == "VCALENDAR"]


def _event(event: Any, cancelled: bool, zone: tzinfo | None) -> Invitation | Message:
    summary = _line(event.get("SUMMARY"))
    start = _value(event, "DTSTART")
    if start is None:
        return Message("calendar.no_time", {"name": summary})
    all_day = not isinstance(start, datetime)
    starts_at = _wall(start, zone)
    if starts_at is None:
        return Message("calendar.bad_time", {"name": summary})
    recurrence = _value(event, "RECURRENCE-ID")
    uid = _line(event.get("UID")) or f"{summary}|{starts_at:%Y-%m-%dT%H:%M}"
    if recurrence is not None:
        uid += f"#{recurrence:%Y-%m-%d}"
    try:
        sequence = int(event.get("SEQUENCE", 0))
    except (TypeError, ValueError):
        sequence = 0
    status = _line(event.get("STATUS")).upper()
    return Invitation(
        uid,
        summary,
        starts_at,
        _end(event, starts_at, all_day, zone),
        all_day,
        _line(event.get("LOCATION")),
        _text(event.get("DESCRIPTION")),
        _person(event.get("ORGANIZER")),
        tuple(_people(event.get("ATTENDEE"))),
        cancelled or status == "CANCELLED",
        "RRULE" in event or "RDATE" in event,
        max(0, min(sequence, 1_000_000)),
    )


def _end(event: Any, starts_at: datetime, all_day: bool, zone: tzinfo | None) -> datetime | None:
    """The end where it is told and stands after the start. All-day events end at the midnight after, which no diary shows."""
    end = _value(event, "DTEND")
    wall = _wall(end, zone) if end is not None else None
    if wall is None:
        duration = _value(event, "DURATION")
        try:
            wall = starts_at + duration if isinstance(duration, timedelta) else None
        except OverflowError:
            wall = None
    if all_day and wall is not None:
        wall -= timedelta(days=1)
    return wall if wall is not None and wall > starts_at and wall.year <= _LATEST else None


def _value(event: Any, name: str) -> Any:
    """The decoded value of a date or a span; None where it is missing, doubled or unreadable."""
    held = event.get(name)
    held = held[0] if isinstance(held, list) and held else held
    return _part(held, "dt")


def _part(held: Any, name: str) -> Any:
    """An attribute of a parsed property; None where the property was broken, which the library tells only when it is asked."""
    from icalendar.error import BrokenCalendarProperty

    try:
        return getattr(held, name, None)
    except BrokenCalendarProperty:
        return None


def _wall(value: date | datetime, zone: tzinfo | None) -> datetime | None:
    """The moment on the local clock, to the minute; None outside the years that a diary has."""
    try:
        if not isinstance(value, datetime):
            wall = datetime(value.year, value.month, value.day)
        elif value.tzinfo is None:
            wall = value
        else:
            wall = value.astimezone(zone)
    except (OverflowError, ValueError, OSError, TypeError):
        return None
    return wall.replace(tzinfo=None, second=0, microsecond=0) if _EARLIEST <= wall.year <= _LATEST else None


def _person(value: Any) -> Address | None:
    value = value[0] if isinstance(value, list) and value else value
    if value is None:
        return None
    name = (_part(value, "params") or {}).get("CN", "")
    return address(str(name), str(value))


def _people(value: Any) -> Iterable[Address]:
    values = value if isinstance(value, list) else [value] if value is not None else []
    for one in values[:MAX_PEOPLE]:
        kind = str((_part(one, "params") or {}).get("CUTYPE", ""))
        found = _person(one)
        if found is not None and kind.upper() not in ("ROOM", "RESOURCE"):
            yield found


def _line(value: Any) -> str:
    return " ".join(_text(value).split())[:_LINE]


def _text(value: Any) -> str:
    value = value[0] if isinstance(value, list) and value else value
    return "" if value is None else str(value).replace("\0", "").strip()[:_LONGEST]


# --- out ---------------------------------------------------------------------------------------------------

_MAKER: Final = "-//kamdesk//kamdesk//RU"


@dataclass(frozen=True, slots=True)
class Meeting:
    """A meeting that goes out: ``uid`` is stable, times are local, ``zone`` the local one."""

    uid: str
    summary: str
    starts_at: datetime
    ends_at: datetime | None
    place: str = ""
    people: tuple[Address, ...] = ()
    cancelled: bool = False


@dataclass(frozen=True, slots=True)
class Anniversary:
    """A yearly date that goes out; one without month and day cannot stand in a calendar."""

    uid: str
    summary: str
    on: PartialDate


def write_meeting(meeting: Meeting, stamp: datetime) -> bytes:
    """One meeting as iCalendar; its moment in UTC, so that every program shows it right. ``stamp`` is now, with its zone."""
    from icalendar import Event, vCalAddress

    event = Event()
    event.add("uid", meeting.uid)
    event.add("summary", meeting.summary)
    event.add("dtstamp", stamp.astimezone(UTC))
    event.add("dtstart", meeting.starts_at.astimezone(UTC))
    event.add("dtend", (meeting.ends_at or meeting.starts_at + timedelta(hours=1)).astimezone(UTC))
    if meeting.place:
        event.add("location", meeting.place)
    if meeting.cancelled:
        event.add("status", "CANCELLED")
    for one in meeting.people:
        if one.email:
            attendee = vCalAddress(f"mailto:{one.email}")
            attendee.params["CN"] = one.shown
            event.add("attendee", attendee, encode=False)
    return _calendar([event])


def write_anniversaries(dates: Sequence[Anniversary], stamp: datetime, today: date) -> bytes:
    """Birthdays and other yearly dates as all-day events that repeat each year and take no time of the day.

    29 February is the last day of February each year (BYMONTH=2;BYMONTHDAY=-1), so that no year loses it.
    """
    from icalendar import Event

    events = []
    for one in dates:
        if one.on.month is None or one.on.day is None:
            continue
        leap = (one.on.month, one.on.day) == (2, 29)
        event = Event()
        event.add("uid", one.uid)
        event.add("summary", one.summary)
        event.add("dtstamp", stamp.astimezone(UTC))
        year = today.year if not leap else today.year - today.year % 4
        event.add("dtstart", date(year, one.on.month, one.on.day))
        rule: dict[str, Any] = {"freq": "yearly"}
        event.add("rrule", rule | {"bymonth": 2, "bymonthday": -1} if leap else rule)
        event.add("transp", "TRANSPARENT")
        events.append(event)
    return _calendar(events)


def _calendar(events: Sequence[Any]) -> bytes:
    from icalendar import Calendar

    calendar = Calendar()
    calendar.add("prodid", _MAKER)
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    for event in events:
        calendar.add_component(event)
    made: bytes = calendar.to_ical()
    return made
