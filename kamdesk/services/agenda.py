"""Today: what is due and why, put off and dismissed, how fresh contacts are, the dates of a year (W1, W2, W3)."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from kamdesk.model.messages import KamdeskError
from kamdesk.model.tables import AgendaMark, ExpectedChange, Organisation
from kamdesk.model.values import PartialDate, PersonName
from kamdesk.model.vocabulary import Vocabularies
from kamdesk.rules import agenda, cadence, dates
from kamdesk.rules.agenda import AgendaItem
from kamdesk.rules.cadence import Freshness
from kamdesk.services import agenda_items
from kamdesk.services.base import get, title_of
from kamdesk.services.preferences import preferences
from kamdesk.store.unit_of_work import Store


@dataclass(frozen=True, slots=True)
class Day:
    """What stands on Today at one moment, in order; ``put_off`` are the hidden ones that come back by themselves."""

    now: datetime
    items: tuple[AgendaItem, ...]
    put_off: tuple[AgendaItem, ...]

    @property
    def counts(self) -> Mapping[str, int]:
        """How many cards each group has, in the order of the groups, empty ones left out."""
        found = {group: sum(item.group == group for item in self.items) for group in agenda.GROUPS}
        return {group: n for group, n in found.items() if n}


@dataclass(frozen=True, slots=True)
class DateRow:
    """A yearly date in the list of a year. ``day`` is None where only the month is known; ``years`` as in an occasion."""

    fact_id: str
    kind: str
    person_id: str
    person: PersonName
    organisation: str
    text: str
    value: PartialDate
    day: date | None
    years: int | None


class Agenda:
    """Everything the page "Today" asks and does. What belongs to a promise, an interaction … is done by their services."""

    def __init__(self, store: Store, vocabularies: Callable[[], Vocabularies]) -> None:
        self._store = store
        self._vocabularies = vocabularies

    # --- questions

    def day(self, on: date | None = None) -> Day:
        """Today, or what another day would show at this hour if nothing changed until then."""
        now = self._store.now()
        if on is not None:
            now = datetime.combine(on, now.time())
        kinds = self._dated()
        stages = tuple(
            item.code
            for item in self._vocabularies().items("deal_stage", hidden=True)
            if item.extras.get("open")
        )

        def work(session: Session) -> Day:
            wishes = preferences(session)
            found = agenda_items.all_items(session, now, wishes, kinds, stages)
            marks = {row.key: row.until for row in session.execute(select(AgendaMark.key, AgendaMark.until))}
            shown = [
                item
                for item in found
                if item.key not in marks or not agenda.hidden(marks[item.key], now.date())
            ]
            off = [item for item in found if item.key in marks and agenda.hidden(marks[item.key], now.date())]
            shown, off = sorted(shown, key=agenda.order), sorted(off, key=agenda.order)
            named = agenda_items.named(session, [*shown, *off])
            return Day(
                now,
                named[: len(shown)],
                tuple(one for one in named[len(shown) :] if marks[one.key] is not None),
            )

        return self._store.read(work)

    def has_clients(self) -> bool:
        """Whether there is any organisation yet: an empty day then means that nothing is due."""
        return self._store.read(
            lambda session: session.scalars(select(Organisation.id).limit(1)).first() is not None
        )

    def freshness(self, person_ids: Sequence[str]) -> dict[str, Freshness]:
        """How fresh the contact with each of these people is; unknown ids are left out."""
        today = self._store.now().date()

        def work(session: Session) -> dict[str, Freshness]:
            last = agenda_items.last_contacts(session, person_ids)
            return {
                person_id: cadence.freshness(days, last.get(person_id), today)
                for person_id, days in agenda_items.cadences(session, person_ids).items()
            }

        return self._store.read(work)

    def dates(self, year: int, month: int = 0) -> tuple[DateRow, ...]:
        """The yearly dates of a year or of one month, by day; those of which only the month is known end their month."""
        kinds = self._dated()

        def work(session: Session) -> tuple[DateRow, ...]:
            leap = preferences(session).leap_birthday
            rows = [
                row
                for row in agenda_items.dated_facts(session, kinds)
                if row.date.month is not None and (row.date.year or 0) <= year
            ]
            days = {row.id: dates.occurrence_in(row.date, year, leap) for row in rows}
            if month:
                rows = [row for row in rows if (days[row.id] or row.date).month == month]
            people = agenda_items.people_of(session, {row.person_id for row in rows})
            seats = agenda_items.workplaces(session, tuple(people))
            found = [
                DateRow(
                    row.id,
                    row.kind,
                    row.person_id,
                    people[row.person_id],
                    seats.get(row.person_id, ("", ""))[1],
                    row.text,
                    row.date,
                    days[row.id],
                    year - row.date.year if row.date.year is not None and year > row.date.year else None,
                )
                for row in rows
            ]
            return tuple(sorted(found, key=_by_day))

        return self._store.read(work)

    def _dated(self) -> tuple[str, ...]:
        items = self._vocabularies().items("fact_kind", hidden=True)
        return tuple(item.code for item in items if item.extras.get("date"))

    # --- intentions

    def snooze(self, item: AgendaItem, until: date) -> None:
        """Put a card off until a day. Raises KamdeskError ``agenda.past_day`` unless that is within a year after today."""
        today = self._store.now().date()
        if not 0 < (until - today).days < agenda.LONGEST_SNOOZE:
            raise KamdeskError("agenda.past_day")
        self._mark("agenda.snooze", item, until)

    def dismiss(self, item: AgendaItem) -> None:
        """Do not remind of this occasion again."""
        self._mark("agenda.dismiss", item, None)

    def bring_back(self, item: AgendaItem) -> None:
        """Show a card again that was put off or dismissed."""

        def work(session: Session) -> None:
            for row in session.scalars(select(AgendaMark).where(AgendaMark.key == item.key)):
                session.delete(row)

        self._store.write("agenda.bring_back", {"name": called(item)}, work)

    def happened(self, change_id: str) -> None:
        """An expected change has happened today. Raises KamdeskError ``record.gone``."""
        today = self._store.now().date()

        def work(session: Session) -> None:
            get(session, ExpectedChange, change_id).happened_on = today

        text = self._store.read(lambda session: title_of(get(session, ExpectedChange, change_id)))
        self._store.write("agenda.happened", {"name": text}, work)

    def _mark(self, code: str, item: AgendaItem, until: date | None) -> None:
        self._store.write(code, {"name": called(item)}, lambda session: mark(session, item, until))


def mark(session: Session, item: AgendaItem, until: date | None) -> None:
    """Put an item off or dismiss it inside a step of another service; its mark goes with the person or the client."""
    row = session.scalars(select(AgendaMark).where(AgendaMark.key == item.key).limit(1)).first()
    if row is None:
        person = item.people[0][0] if len(item.people) == 1 else None
        row = AgendaMark(
            key=item.key, person_id=person, organisation_id=None if person else item.organisation_id
        )
        session.add(row)
    row.until = until


def called(item: AgendaItem) -> str:
    """How a card is called in a step of undo."""
    return item.title or ", ".join(name.full() for _id, name in item.people) or item.organisation


def _by_day(row: DateRow) -> tuple[int, int, str]:
    if row.day is None:
        return row.value.month or 0, 32, row.person.family
    return row.day.month, row.day.day, row.person.family
