"""How a person's name, job title and salutation are written in documents: computed, or as somebody wrote them by hand (R10)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from kamdesk.model.inputs import CaseForms, ClientData, Reader
from kamdesk.model.tables import Employment, Organisation, Person, Seat
from kamdesk.services.base import get, name_of
from kamdesk.services.employment import HERE
from kamdesk.services.rows import check_changes
from kamdesk.store.unit_of_work import Store

CASES: Final = ("genitive", "dative", "instrumental")


@dataclass(frozen=True, slots=True)
class FormView:
    """One form: the column it is stored in, what would be computed, and what was written by hand ("" nothing)."""

    name: str
    computed: str
    own: str


@dataclass(frozen=True, slots=True)
class LetterLook:
    """How somebody stands in letters of the person's language: what is computed with what was written by hand.

    ``cases`` are initials and family name in the genitive, dative and instrumental (Russian only, else empty).
    """

    language: str
    address: str
    salutation: str
    signature: str
    in_list: str
    cases: tuple[str, ...]


class PersonForms:
    """Reading and overriding them. The fields are columns of the person and of the seat held now."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def of_person(self, person_id: str, *, cases: bool = True) -> tuple[FormView, ...]:
        """The salutation, the name in its cases, and the job title in its cases where there is one (Russian only).

        Without ``cases`` those are not computed, which spares the loading of the dictionaries.
        """
        return self._store.read(lambda session: _forms(session, person_id, cases))

    def look(self, person_id: str, language: str = "") -> LetterLook:
        """How a letter addresses this person, in the language in which they are written to or in another.

        Raises ``record.gone``.
        """
        return self._store.read(lambda session: _look(session, person_id, language))

    def set(self, person_id: str, name: str, text: str, *, visit: str = "") -> None:
        """Write a form by hand; "" goes back to what is computed. ``name`` is a column. Raises ``record.gone``."""
        clean = " ".join(text.split())
        entity = Seat if name.startswith("title_") else Person
        check_changes(entity, {name: clean})

        def work(session: Session) -> None:
            person = get(session, Person, person_id)
            row = _seat(session, person.id) if entity is Seat else person
            if row is not None:
                setattr(row, name, clean)

        def params(session: Session) -> dict[str, object]:
            return {"name": name_of(get(session, Person, person_id)).full()}

        self._store.write("person.form", params, work, visit=visit)

    def of_seat(self, seat_id: str, *, cases: bool = True) -> tuple[FormView, ...]:
        """The job title of a seat in its cases, whoever sits there; () where the client is not written to in Russian.

        Raises ``record.gone``.
        """
        return self._store.read(lambda session: _seat_forms(session, seat_id, cases))

    def set_of_seat(self, seat_id: str, name: str, text: str, *, visit: str = "") -> None:
        """Write a form of a job title by hand; "" goes back to what is computed. Raises ``record.gone``."""
        clean = " ".join(text.split())
        check_changes(Seat, {name: clean})

        def work(session: Session) -> None:
            setattr(get(session, Seat, seat_id), name, clean)

        def params(session: Session) -> dict[str, object]:
            return {"name": get(session, Seat, seat_id).title}

        self._store.write("seat.form", params, work, visit=visit)


def _look(session: Session, person_id: str, language: str) -> LetterLook:
    from kamdesk.documents.language import letters, names

    person = get(session, Person, person_id)
    own = _language(session, person)
    language = language or own
    seat = _seat(session, person.id)
    client = session.get(Organisation, seat.organisation_id) if seat is not None else None
    name = name_of(person)
    cases = CaseForms(person.name_genitive, person.name_dative, person.name_instrumental)
    reader = Reader(
        person.id,
        name,
        seat.title if seat is not None else "",
        person.gender,
        person.salutation if language == own else "",
        cases,
        CaseForms(seat.title_genitive, seat.title_dative, seat.title_instrumental) if seat else CaseForms(),
    )
    where = ClientData("")
    if client is not None:
        legal = CaseForms(client.legal_name_genitive, client.legal_name_dative)
        where = ClientData(client.short_name, client.legal_name, legal)
    short = []
    for case in CASES if language == "ru" else ():
        made = names.name_in_case(name, case, person.gender, cases)
        whole = replace(made, given=name.given, middle=name.middle) if name.family else made
        short.append(names.initials(whole, "ru", family_first=True))
    return LetterLook(
        language,
        letters.address_block(reader, where, language),
        letters.salutation(reader, language),
        names.initials(name, language),
        names.initials(name, language, family_first=True),
        tuple(short),
    )


def _seat_forms(session: Session, seat_id: str, cases: bool) -> tuple[FormView, ...]:
    from kamdesk.documents.language import titles

    seat = get(session, Seat, seat_id)
    if not seat.title or (get(session, Organisation, seat.organisation_id).language or "ru") != "ru":
        return ()
    return tuple(
        FormView(
            f"title_{case}",
            titles.title_in_case(seat.title, case) if cases else "",
            getattr(seat, f"title_{case}"),
        )
        for case in CASES
    )


def _seat(session: Session, person_id: str) -> Seat | None:
    query = (
        select(Seat)
        .join(Employment, Employment.seat_id == Seat.id)
        .where(Employment.person_id == person_id, *HERE)
        .order_by(Employment.position)
    )
    return session.scalars(query).first()


def _language(session: Session, person: Person) -> str:
    """The language in which this person is written to: theirs, else the client's, else Russian."""
    query = (
        select(Organisation.language)
        .join(Employment, Employment.organisation_id == Organisation.id)
        .where(Employment.person_id == person.id, *HERE)
        .order_by(Employment.position)
    )
    return person.language or session.scalars(query).first() or "ru"


def _forms(session: Session, person_id: str, cases: bool) -> tuple[FormView, ...]:
    from kamdesk.documents.language import (
        letters,
        names,
        titles,
    )  # what they load is loaded by their functions

    person = get(session, Person, person_id)
    name, language = name_of(person), _language(session, person)
    greeted = letters.salutation(Reader(person.id, name, gender=person.gender), language)
    forms = [FormView("salutation", greeted, person.salutation)]
    if language != "ru":
        return tuple(forms)
    for case in CASES:
        computed = names.name_in_case(name, case, person.gender).full() if cases else ""
        forms.append(FormView(f"name_{case}", computed, getattr(person, f"name_{case}")))
    seat = _seat(session, person.id)
    if seat is not None and seat.title:
        for case in CASES:
            computed = titles.title_in_case(seat.title, case) if cases else ""
            forms.append(FormView(f"title_{case}", computed, getattr(seat, f"title_{case}")))
    return tuple(forms)
