"""Our side: who of us knows whom at a client and how well, and who knows about what (D13)."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from kamdesk.model.messages import KamdeskError
from kamdesk.model.tables import Acquaintance, Colleague, Employment, Organisation, Person, Seat
from kamdesk.model.values import PartialDate, PersonName
from kamdesk.services.base import get, name_of
from kamdesk.services.employment import HERE
from kamdesk.services.rows import check_changes
from kamdesk.store.text import words
from kamdesk.store.unit_of_work import Store


@dataclass(frozen=True, slots=True)
class OurView:
    """A colleague at the head of a column. ``topics`` is what they are expert in, as typed."""

    id: str
    name: PersonName
    post: str
    topics: str
    is_me: bool


@dataclass(frozen=True, slots=True)
class TheirView:
    """Somebody of the client at the head of a row."""

    id: str
    name: PersonName
    title: str


@dataclass(frozen=True, slots=True)
class AcquaintanceView:
    """How well one of us knows one of them: ``strength`` 0 (not at all) to 3 (closely)."""

    strength: int = 0
    since: PartialDate | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class WhoKnows:
    """The matrix of a client; ``cells`` by (person id, colleague id), absent where nobody said anything."""

    organisation_id: str
    organisation: str
    ours: tuple[OurView, ...]
    theirs: tuple[TheirView, ...]
    cells: dict[tuple[str, str], AcquaintanceView]


@dataclass(frozen=True, slots=True)
class KnownBy:
    """One of us who knows a person."""

    colleague_id: str
    name: PersonName
    strength: int
    since: PartialDate | None
    note: str


class Acquaintances:
    """Everything a user can do to the matrix."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def matrix(self, organisation_id: str) -> WhoKnows:
        """Our colleagues and the people who work at one client now. Raises ``record.gone``."""
        return self._store.read(lambda session: _matrix(session, organisation_id))

    def of_person(self, person_id: str) -> tuple[KnownBy, ...]:
        """Who of us knows a person, the closest first."""
        return self._store.read(lambda session: known_by(session, person_id))

    def experts(self, topic: str) -> tuple[OurView, ...]:
        """Colleagues who know about something: every typed word begins a word of their topics, post or name.

        An empty question gives all who have topics.
        """
        wanted = [_stem(word) for word in words(topic)]

        def work(session: Session) -> tuple[OurView, ...]:
            found = []
            for row in session.scalars(select(Colleague).order_by(Colleague.position)):
                own = words(f"{row.topics} {row.post} {name_of(row).full()}")
                fits = all(any(one.startswith(word) for one in own) for word in wanted)
                if fits and (wanted or row.topics):
                    found.append(_ours(row))
            return tuple(found)

        return self._store.read(work)

    def set(self, colleague_id: str, person_id: str, strength: int) -> None:
        """How well they know each other, 0 to 3; 0 forgets the acquaintance. Raises ``acquaintance.strength``."""
        if strength not in (0, 1, 2, 3):
            raise KamdeskError("acquaintance.strength")

        def work(session: Session) -> None:
            ours, theirs = get(session, Colleague, colleague_id), get(session, Person, person_id)
            row = _row(session, ours.id, theirs.id)
            if strength == 0:
                if row is not None:
                    session.delete(row)
                return
            if row is None:
                row = Acquaintance(colleague_id=ours.id, person_id=theirs.id)
                session.add(row)
            row.strength = strength

        self._store.write("acquaintance.set", self._params(colleague_id, person_id), work)

    def edit(self, colleague_id: str, person_id: str, *, visit: str = "", **values: object) -> None:
        """Change since or note; where nobody said yet that they know each other, they know each other slightly."""
        check_changes(Acquaintance, values)

        def work(session: Session) -> None:
            row = _row(session, colleague_id, person_id)
            if row is None:
                ours, theirs = get(session, Colleague, colleague_id), get(session, Person, person_id)
                row = Acquaintance(colleague_id=ours.id, person_id=theirs.id, strength=1)
                session.add(row)
            for name, value in values.items():
                setattr(row, name, value)

        self._store.write("acquaintance.set", self._params(colleague_id, person_id), work, visit=visit)

    def _params(self, colleague_id: str, person_id: str) -> dict[str, object]:
        def work(session: Session) -> dict[str, object]:
            return {
                "name": name_of(get(session, Person, person_id)).full(),
                "ours": name_of(get(session, Colleague, colleague_id)).full(),
            }

        return self._store.read(work)


def known_by(session: Session, person_id: str) -> tuple[KnownBy, ...]:
    """Who of us knows a person; for the services that show it."""
    query = (
        select(Acquaintance, Colleague)
        .join(Colleague, Colleague.id == Acquaintance.colleague_id)
        .where(Acquaintance.person_id == person_id)
        .order_by(func.coalesce(Acquaintance.strength, 0).desc(), Colleague.position)
    )
    return tuple(
        KnownBy(ours.id, name_of(ours), row.strength or 0, row.since, row.note)
        for row, ours in session.execute(query)
    )


def _matrix(session: Session, organisation_id: str) -> WhoKnows:
    client = get(session, Organisation, organisation_id)
    ours = tuple(
        _ours(row) for row in session.scalars(select(Colleague).order_by(Colleague.position, Colleague.id))
    )
    people: dict[str, TheirView] = {}
    query = (
        select(Person, Seat.title)
        .join(Employment, Employment.person_id == Person.id)
        .outerjoin(Seat, Seat.id == Employment.seat_id)
        .where(Employment.organisation_id == client.id, *HERE)
        .order_by(Person.sort_key, Employment.position)
    )
    for person, title in session.execute(query):
        people.setdefault(person.id, TheirView(person.id, name_of(person), title or ""))
    known = session.scalars(
        select(Acquaintance)
        .join(Employment, Employment.person_id == Acquaintance.person_id)
        .where(Employment.organisation_id == client.id, *HERE)
    )
    cells = {
        (row.person_id, row.colleague_id): AcquaintanceView(row.strength or 0, row.since, row.note)
        for row in known
    }
    return WhoKnows(client.id, client.short_name, ours, tuple(people.values()), cells)


def _ours(row: Colleague) -> OurView:
    return OurView(row.id, name_of(row), row.post, row.topics, row.is_me)


def _row(session: Session, colleague_id: str, person_id: str) -> Acquaintance | None:
    query = select(Acquaintance).where(
        Acquaintance.colleague_id == colleague_id, Acquaintance.person_id == person_id
    )
    return session.scalars(query.limit(1)).first()


def _stem(word: str) -> str:
    """The word without its ending, so that «автоматизации» finds «автоматизация»."""
    import snowballstemmer

    russian = any("а" <= sign <= "я" for sign in word)
    stemmed = str(snowballstemmer.stemmer("russian" if russian else "english").stemWord(word))
    return stemmed if word.startswith(stemmed) else word
