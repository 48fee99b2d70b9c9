"""The group grid: a client's decision group typed and pasted as a table (D17).

A row is a person with a seat, or a seat without a person. Only rows that the user touched are saved, all of them
in one step; what cannot be understood is told cell by cell and nothing of that row is stored.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from sqlalchemy import Select, literal_column, select
from sqlalchemy.orm import Session

from kamdesk.model.messages import KamdeskError, Message
from kamdesk.model.tables import Contact, Employment, Organisation, Part, Person, Seat
from kamdesk.model.values import PersonName
from kamdesk.model.vocabulary import Vocabularies
from kamdesk.rules import org_tree, typed
from kamdesk.services.base import get, name_of
from kamdesk.services.organisations import new_seat, seats_of
from kamdesk.services.people import contact_parts, new_contact, new_person, seat, set_parts
from kamdesk.services.people_views import effective_lens
from kamdesk.store.unit_of_work import Store


@dataclass(frozen=True, slots=True)
class GroupRow:
    """A line of the grid. ``name`` is the full name in one cell; ``reports_to`` a name or a title in the grid.

    ``lens`` is what was said by hand; ``suggested_lens`` what the seat suggests (shown grey).
    """

    person_id: str | None = None
    seat_id: str | None = None
    name: str = ""
    title: str = ""
    reports_to: str = ""
    lens: str = ""
    suggested_lens: str = ""
    parts: tuple[str, ...] = ()
    influence: int | None = None
    stance: int | None = None
    phone: str = ""
    email: str = ""


@dataclass(frozen=True, slots=True)
class CellProblem:
    """What is wrong in one cell of the rows that were given: row from 0, name of the column."""

    row: int
    column: str
    message: Message


@dataclass(frozen=True, slots=True)
class GroupSaved:
    """The rows as they are stored now (ids filled) and what could not be taken."""

    rows: tuple[GroupRow, ...]
    problems: tuple[CellProblem, ...] = field(default=())


class Group:
    """Reading and saving the grid of one client."""

    def __init__(self, store: Store, vocabularies: Callable[[], Vocabularies]) -> None:
        self._store = store
        self._vocabularies = vocabularies

    def rows(self, organisation_id: str) -> tuple[GroupRow, ...]:
        """The decision group in the order of its seats, vacant seats included."""
        return self._store.read(lambda session: _rows(session, organisation_id, self._vocabularies()))

    def save(self, organisation_id: str, rows: Sequence[GroupRow]) -> GroupSaved:
        """Save these rows in one step. A row without ids is added, an empty one is passed over."""
        filled = [(index, row) for index, row in enumerate(rows) if row.name.strip() or row.title.strip()]
        problems: list[CellProblem] = []

        def work(session: Session) -> None:
            organisation = get(session, Organisation, organisation_id)
            stored: dict[int, tuple[Person | None, Seat | None]] = {}
            for index, row in filled:
                try:
                    with session.begin_nested():
                        stored[index] = self._save_row(session, organisation.id, row)
                except KamdeskError as error:
                    column = "parts" if error.message.code == "person.both_sets" else "name"
                    problems.append(CellProblem(index, column, error.message))
            session.flush()
            for index, row in filled:
                if index in stored:
                    problem = _report(session, organisation.id, index, row, stored[index][1])
                    if problem is not None:
                        problems.append(problem)

        self._store.write("group.save", {"n": len(filled)}, work)
        return GroupSaved(self.rows(organisation_id), tuple(problems))

    def _save_row(
        self, session: Session, organisation_id: str, row: GroupRow
    ) -> tuple[Person | None, Seat | None]:
        if not row.name.strip():
            return None, _save_vacant(session, organisation_id, row)
        parsed = typed.parse_name(row.name)
        if not parsed:
            raise KamdeskError("person.name_empty")
        if row.person_id is None:
            person = new_person(session, parsed)
        else:
            person = get(session, Person, row.person_id)
            person.family_name, person.given_name, person.middle_name = (
                parsed.family,
                parsed.given,
                parsed.middle,
            )
            person.gender = person.gender or typed.gender_of(parsed)
        person.lens = row.lens
        person.influence = row.influence
        if person.stance != row.stance:
            person.stance = row.stance
            person.stance_date = self._store.now().date() if row.stance is not None else None
        held = seat(session, person.id, organisation_id, row.title)
        set_parts(session, person.id, organisation_id, row.parts, self._vocabularies())
        _set_first(session, person.id, ("phone", "mobile"), row.phone)
        _set_first(session, person.id, ("email",), row.email)
        return person, held


def _save_vacant(session: Session, organisation_id: str, row: GroupRow) -> Seat:
    clean = " ".join(row.title.split())
    if row.seat_id is not None:
        held = get(session, Seat, row.seat_id)
        held.title = clean
        return held
    return new_seat(session, organisation_id, clean)


def _set_first(session: Session, person_id: str, kinds: tuple[str, ...], typed_value: str) -> None:
    """Put a value into the first contact of these kinds; an emptied cell deletes it."""
    first = session.scalars(
        select(Contact)
        .where(Contact.person_id == person_id, Contact.kind.in_(kinds))
        .order_by(Contact.position)
    ).first()
    clean = typed_value.strip()
    if first is None:
        if clean:
            session.add(new_contact(person_id, clean, kinds[0]))
    elif not clean:
        session.delete(first)
    elif first.value != clean:
        _, first.value, first.normalised = contact_parts(clean, first.kind)


def _report(
    session: Session, organisation_id: str, index: int, row: GroupRow, held: Seat | None
) -> CellProblem | None:
    """Join the row's seat to the one it reports to, named by a person or by a title."""
    wanted = " ".join(row.reports_to.split())
    if held is None:
        return None if not wanted else CellProblem(index, "title", Message("group.reports_needs_title"))
    if not wanted:
        held.reports_to_id = None
        return None
    found = [
        view.id for view in seats_of(session, organisation_id) if _means(wanted, view.title, view.holders)
    ]
    found = [seat_id for seat_id in found if seat_id != held.id]
    if len(found) != 1:
        code = "group.reports_to_many" if found else "group.reports_to_unknown"
        return CellProblem(index, "reports_to", Message(code, {"name": wanted}))
    above = {view.id: view.reports_to_id for view in seats_of(session, organisation_id)}
    if org_tree.would_loop(above, held.id, found[0]):
        return CellProblem(
            index, "reports_to", Message("organisation.reports_to_itself", {"title": held.title})
        )
    held.reports_to_id = found[0]
    session.flush()
    return None


def _seats_meant(session: Session, organisation_id: str, wanted: str, besides: str) -> list[str]:
    views = seats_of(session, organisation_id)
    return [view.id for view in views if view.id != besides and _means(wanted, view.title, view.holders)]


def seat_meant(session: Session, organisation_id: str, wanted: str, besides: str) -> str | None:
    """The one seat that a name or a title means; None where there is none or several. ``besides`` is left out."""
    found = _seats_meant(session, organisation_id, wanted, besides)
    return found[0] if len(found) == 1 else None


def _means(wanted: str, title: str, holders: Sequence[tuple[str, PersonName]]) -> bool:
    """Whether the words name a seat by its title or by part of the name of whoever sits there."""
    folded = wanted.casefold().replace("ё", "е").replace(".", " ")
    if title.casefold().replace("ё", "е") == folded.strip():
        return True
    words = folded.split()
    for _, name in holders:
        own = name.full().casefold().replace("ё", "е").split()
        if words and words[0] in own and all(any(part.startswith(word) for part in own) for word in words):
            return True
    return False


def _rows(session: Session, organisation_id: str, vocabularies: Vocabularies) -> tuple[GroupRow, ...]:
    seats = seats_of(session, organisation_id)
    called = {view.id: (view.holders[0][1].full() if view.holders else view.title) for view in seats}
    parts: dict[str, tuple[str, ...]] = {}
    for person_id, code in session.execute(
        select(Part.person_id, Part.code).where(
            Part.organisation_id == organisation_id, Part.deal_id.is_(None)
        )
    ):
        parts[person_id] = (*parts.get(person_id, ()), code)
    people = {row.id: row for row in session.scalars(_employed(organisation_id))}
    contacts = _contacts(session, set(people))
    result = []
    seen = set()
    for view in seats:
        base = GroupRow(
            seat_id=view.id,
            title=view.title,
            reports_to=called.get(view.reports_to_id, "") if view.reports_to_id else "",
            suggested_lens=effective_lens("", view.title, vocabularies),
        )
        for person_id, _ in view.holders:
            seen.add(person_id)
            result.append(_filled(base, people[person_id], parts, contacts))
        if not view.holders:
            result.append(base)
    unseated = [row for row in people.values() if row.id not in seen]
    result.extend(_filled(GroupRow(), row, parts, contacts) for row in unseated)
    return tuple(result)


def _employed(organisation_id: str) -> Select[Person]:
    return (
        select(Person)
        .join(Employment, Employment.person_id == Person.id)
        .where(
            Employment.organisation_id == organisation_id,
            Employment.until.is_(None),
            Employment.is_former.is_(False),
        )
        # in the order in which they were typed or pasted: who has no seat has no place of their own
        .order_by(literal_column("employment.rowid"))
    )


def _filled(
    base: GroupRow, person: Person, parts: dict[str, tuple[str, ...]], contacts: dict[tuple[str, str], str]
) -> GroupRow:
    return replace(
        base,
        person_id=person.id,
        name=name_of(person).full(),
        lens=person.lens,
        parts=parts.get(person.id, ()),
        influence=person.influence,
        stance=person.stance,
        phone=contacts.get((person.id, "phone"), ""),
        email=contacts.get((person.id, "email"), ""),
    )


def _contacts(session: Session, people: set[str]) -> dict[tuple[str, str], str]:
    result: dict[tuple[str, str], str] = {}
    query = select(Contact.person_id, Contact.kind, Contact.value).where(Contact.person_id.in_(people))
    for person_id, kind, value in session.execute(query.order_by(Contact.position)):
        slot = "phone" if kind in ("phone", "mobile") else kind
        result.setdefault((str(person_id), slot), value)
    return result
