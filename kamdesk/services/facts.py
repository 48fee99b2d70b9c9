"""Facts about persons: only the text is asked, the rest is filled and can be changed (D7)."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from kamdesk.model.messages import KamdeskError, Message, label
from kamdesk.model.tables import Fact, Person
from kamdesk.model.values import PartialDate, Sensitivity
from kamdesk.rules import guard
from kamdesk.services.base import get, name_of
from kamdesk.services.rows import check_changes, check_new, ensure, first_words, insert, put
from kamdesk.store.unit_of_work import Store

BIRTHDAY = "birthday"
_OPEN_TO_COLLEAGUES = frozenset(
    {
        BIRTHDAY,
        "name_day",
        "professional_holiday",
        "anniversary",
        "other_date",
        "hobby",
        "education",
        "career",
        "topic_good",
    }
)
_AGELESS = frozenset({BIRTHDAY, "name_day", "education"})


@dataclass(frozen=True, slots=True)
class FactView:
    """A fact as the person page shows it. ``stale`` means its review-by date has passed."""

    id: str
    kind: str
    text: str
    date: PartialDate | None
    source_kind: str
    source: str
    noted_on: datetime.date | None
    review_by: datetime.date | None
    stale: bool
    sensitivity: str


@dataclass(frozen=True, slots=True)
class FactGroup:
    """The facts of one kind, the newest first."""

    kind: str
    facts: tuple[FactView, ...]


@dataclass(frozen=True, slots=True)
class Added:
    """The id of a new fact, and the word of the guard that was set aside where there was one."""

    id: str
    warning: Message | None


class Facts:
    """Everything a user can do to a fact. Single fields are edited and rows deleted through ``Records``."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def add(
        self,
        person_id: str,
        text: str,
        *,
        kind: str = "other",
        on: PartialDate | None = None,
        source_kind: str = "",
        sensitivity: str = "",
        ask: bool = False,
    ) -> Added:
        """Note a fact of today. Raises KamdeskError ``record.required`` for an empty one without a date.

        Family, values and whatever is not of a friendlier kind is private until opened; it is to be checked again
        in a year, except what does not change. With ``ask`` nothing is stored that the guard warns of: its
        ``guard.…`` is raised, so that the user decides.
        """
        check_new(Fact, {"kind": kind, "text": text, "date": on, "source_kind": source_kind})
        if on is None:
            _require_text(text)
        warning = guard.concern(text, kind)
        if ask and warning is not None:
            raise KamdeskError(warning.code, **warning.params)
        name = self._person(person_id)

        def work(session: Session) -> str:
            return add(
                session,
                person_id,
                text,
                self._store.now().date(),
                kind=kind,
                on=on,
                source_kind=source_kind,
                sensitivity=sensitivity,
            )

        new_id = self._store.write("fact.add", {"name": name, "text": first_words(text)}, work)
        return Added(new_id, warning)

    def edit(self, fact_id: str, text: str, *, visit: str = "", ask: bool = False) -> Message | None:
        """Change the words of a fact and return a word of the guard, if it has one; ``ask`` as in :meth:`add`.

        Raises ``record.gone``.
        """
        check_changes(Fact, {"text": text})
        kind = self._store.read(lambda session: get(session, Fact, fact_id).kind)
        warning = guard.concern(text, kind)
        if ask and warning is not None:
            raise KamdeskError(warning.code, **warning.params)

        def work(session: Session) -> None:
            put(session, Fact, fact_id, {"text": text})

        self._store.write("fact.edit", {"text": first_words(text)}, work, visit=visit)
        return warning

    def change(self, fact_id: str, *, visit: str = "", **values: object) -> None:
        """Change kind, date, source_kind, source, noted_on, review_by or sensitivity. Raises ``record.gone``.

        Another kind never opens a fact to more people: the stricter of what it had and what the kind asks stays.
        """
        check_changes(Fact, values)

        def work(session: Session) -> None:
            row = put(session, Fact, fact_id, values)
            if "kind" in values and "sensitivity" not in values:
                usual = Sensitivity(default_sensitivity(row.kind))
                row.sensitivity = Sensitivity.strictest(Sensitivity(row.sensitivity), usual).value

        text = self._store.read(lambda session: first_words(get(session, Fact, fact_id).text))
        self._store.write("fact.edit", {"text": text}, work, visit=visit)

    def confirm(self, fact_id: str) -> None:
        """Still true: noted today, to be checked again in a year. Raises ``record.gone``."""
        today = self._store.now().date()

        def work(session: Session) -> None:
            row = get(session, Fact, fact_id)
            row.noted_on, row.review_by = today, review_by(row.kind, today)

        text = self._store.read(lambda session: first_words(get(session, Fact, fact_id).text))
        self._store.write("fact.confirm", {"text": text}, work)

    def birthday(self, person_id: str) -> PartialDate | None:
        """The birthday as far as it is known. Raises ``record.gone``."""

        def work(session: Session) -> PartialDate | None:
            ensure(session, "person", person_id)
            row = _birthday(session, person_id)
            return None if row is None else row.date

        return self._store.read(work)

    def set_birthday(self, person_id: str, value: PartialDate | None) -> None:
        """Set the one birthday of a person, or forget it with None. Raises ``record.gone``."""
        name = self._person(person_id)

        def work(session: Session) -> None:
            set_birthday(session, person_id, value, self._store.now().date())

        self._store.write("fact.birthday", {"name": name}, work)

    def of_person(self, person_id: str, kinds: Sequence[str] = ()) -> tuple[FactGroup, ...]:
        """The facts of a person grouped by kind, in the order of ``kinds`` (the vocabulary's) first."""
        today = self._store.now().date()

        def work(session: Session) -> tuple[FactGroup, ...]:
            ensure(session, "person", person_id)
            rows = session.scalars(
                select(Fact).where(Fact.person_id == person_id).order_by(Fact.noted_on.desc(), Fact.id)
            )
            found: dict[str, list[FactView]] = {}
            for row in rows:
                found.setdefault(row.kind, []).append(_view(row, today))
            place = {kind: number for number, kind in enumerate(kinds)}
            order = sorted(found, key=lambda kind: (place.get(kind, len(place)), kind))
            return tuple(FactGroup(kind, tuple(found[kind])) for kind in order)

        return self._store.read(work)

    @staticmethod
    def warning(text: str, kind: str = "") -> Message | None:
        """What the guard says of a text while it is typed into a fact of a kind."""
        return guard.concern(text, kind)

    def _person(self, person_id: str) -> str:
        return self._store.read(lambda session: name_of(get(session, Person, person_id)).full())


def add(
    session: Session,
    person_id: str,
    text: str,
    today: datetime.date,
    *,
    kind: str = "other",
    on: PartialDate | None = None,
    source_kind: str = "",
    source: str = "",
    sensitivity: str = "",
) -> str:
    """Note a fact inside a step of another service; everything but the text is filled."""
    ensure(session, "person", person_id)
    row = new_fact(person_id, text, today, kind=kind, on=on, source=source)
    row.source_kind = source_kind
    row.sensitivity = sensitivity or row.sensitivity
    return insert(session, row)


def new_fact(
    person_id: str,
    text: str,
    today: datetime.date,
    *,
    kind: str = "other",
    on: PartialDate | None = None,
    source: str = "",
) -> Fact:
    """A fact that is not yet added to a session."""
    return Fact(
        person_id=person_id,
        kind=kind,
        text=text.strip(),
        date=on,
        source=source,
        noted_on=today,
        review_by=review_by(kind, today),
        sensitivity=default_sensitivity(kind),
    )


def set_birthday(session: Session, person_id: str, value: PartialDate | None, today: datetime.date) -> str:
    """Set the one birthday, or forget it with None, inside a step of another service; the id of its fact, or ""."""
    row = _birthday(session, person_id)
    if value is None:
        if row is not None:
            session.delete(row)
        return ""
    if row is None:
        return add(session, person_id, "", today, kind=BIRTHDAY, on=value)
    if row.date != value:
        row.date, row.noted_on = value, today
    return row.id


def default_sensitivity(kind: str) -> str:
    """Who may be shown a new fact of this kind: dates, hobbies and career colleagues too, all else only me."""
    return "personal" if kind in _OPEN_TO_COLLEAGUES else "private"


def review_by(kind: str, noted_on: datetime.date) -> datetime.date | None:
    """When to check a fact again: a year later; never for what does not change."""
    if kind in _AGELESS:
        return None
    if (noted_on.month, noted_on.day) == (2, 29):
        return datetime.date(noted_on.year + 1, 2, 28)
    return noted_on.replace(year=noted_on.year + 1)


def _birthday(session: Session, person_id: str) -> Fact | None:
    query = select(Fact).where(Fact.person_id == person_id, Fact.kind == BIRTHDAY).order_by(Fact.id)
    return session.scalars(query.limit(1)).first()


def _require_text(text: str) -> None:
    if not text.strip():
        raise KamdeskError("record.required", field=label("What we know"))


def _view(row: Fact, today: datetime.date) -> FactView:
    return FactView(
        row.id,
        row.kind,
        row.text,
        row.date,
        row.source_kind,
        row.source,
        row.noted_on,
        row.review_by,
        row.review_by is not None and row.review_by < today,
        row.sensitivity,
    )
