"""A line of quick capture as it will be saved, and what corrections make of it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import TYPE_CHECKING, TypeAlias, cast

if TYPE_CHECKING:
    from kamdesk.model.values import PartialDate, PersonName
    from kamdesk.services.capture import CaptureLine

_SHORTENED = ("promise_ours", "promise_theirs", "next_step")

Day: TypeAlias = "date | datetime | PartialDate | None"


@dataclass(frozen=True)
class CaptureRow:
    """A line as it will be saved; ``key`` is what it was found as, so that corrections outlive further typing."""

    key: str
    line: CaptureLine
    dropped: bool
    kept: bool = False

    @property
    def left_out(self) -> bool:
        """Whether it is not saved: left out by hand, or warned of and not kept by hand."""
        return self.dropped or (self.line.warning is not None and not self.kept)

    @property
    def kind(self) -> str:
        """What it is."""
        return self.line.kind


def warned(line: CaptureLine) -> CaptureLine:
    """The line with what the guard says of it as it is now: of a fact only."""
    from kamdesk.rules import guard

    concern = guard.concern(line.text, line.fact_kind) if line.kind == "fact" else None
    return replace(line, warning=concern)


def as_kind(line: CaptureLine, kind: str) -> CaptureLine:
    """The line as something else; a new person takes the name out of it, and what came of a contact goes into the words."""
    if line.said and kind not in _SHORTENED and line.kind in _SHORTENED:
        line = replace(line, text=line.said)
    if line.kind == "interaction" and kind != "interaction":
        text = ": ".join(part for part in (line.text, line.outcome) if part)
        person = line.people[0] if line.people else None
        line = replace(line, text=text, outcome="", people=(), answers=None)
        if person is not None:
            line = replace(line, person_id=person.id, person=person.name)
    if kind != "person" or line.new_name is not None:
        return replace(line, kind=kind)
    from kamdesk.rules.typed import parse_name

    head = line.text.partition(",")[0].partition("—")[0]
    return replace(line, kind=kind, new_name=parse_name(head))


def joined(line: CaptureLine, person: str, name: PersonName) -> tuple:
    """Who was there with the person chosen for an open name; nobody chosen leaves nobody."""
    from kamdesk.rules.capture import KnownPerson

    if not person:
        return ()
    there = tuple(one for one in line.people if one.id != person)
    chosen = KnownPerson(person, name)
    return (*there, chosen) if line.choices else (chosen, *there[1:])


def on_day(line: CaptureLine, day: Day, today: date) -> CaptureLine:
    """The line on another day: a partial date of a fact, a moment or a day of a contact, else a day."""
    if line.kind == "fact":
        return replace(line, when=cast("PartialDate | None", day))
    if line.kind == "interaction":
        moment = day
        if day is not None and not isinstance(day, datetime):
            moment = datetime(day.year, day.month, day.day)
        moment = cast("datetime | None", moment)
        other_day = moment is not None and (
            line.answers is None or moment.date() != line.answers.starts_at.date()
        )
        return replace(
            line,
            starts_at=moment,
            planned=moment is not None and moment.date() > today,
            answers=None if other_day else line.answers,
        )
    return replace(line, due=cast("date | None", day))
