"""How a person's name, job title and salutation are written in documents: computed, or as somebody wrote them by hand (R10)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from kamdesk.model.inputs import Reader
from kamdesk.model.tables import Employment, Organisation, Person, Seat
from kamdesk.model.values import PersonName
from kamdesk.services.base import get, name_of
from kamdesk.services.employment import HERE
from kamdesk.services.letter_forms import client_data, legal_cases, reader_of, title_cases
from kamdesk.services.rows import check_changes
from kamdesk.store.unit_of_work import Store

CASES: Final = ("genitive", "dative", "instrumental")
_ANY_POST: Final = "директор"
"""The post above a company's name, which stands there in the genitive."""


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
    full_name: str = ""


@dataclass(frozen=True, slots=True)
class CasesLook:
    """How a job title or a company stands in letters: the lines of an address, and its cases inside a sentence."""

    address: str
    cases: tuple[str, ...]


class PersonForms:
    """Reading and overriding them. The fields are columns of the person and of the seat held now."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def of_person(self, person_id: str, *, cases: bool = True) -> tuple[FormView, ...]:
        """Courtesy title, salutation, whole name and initials; in Russian the name and the job title in their cases too.

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

    def look_of_seat(self, seat_id: str) -> CasesLook | None:
        """How a letter to whoever sits there begins, and the title inside a sentence; None without a Russian title.

        Raises ``record.gone``.
        """
        return self._store.read(lambda session: _seat_look(session, seat_id))

    def of_company(self, organisation_id: str, *, cases: bool = True) -> tuple[FormView, ...]:
        """The legal name of a company in its cases; () where it is not written to in Russian. Raises ``record.gone``."""
        return self._store.read(lambda session: _company_forms(session, organisation_id, cases))

    def look_of_company(self, organisation_id: str) -> CasesLook | None:
        """A company below a job title, and inside a sentence; None where it is not written to in Russian.

        Raises ``record.gone``.
        """
        return self._store.read(lambda session: _company_look(session, organisation_id))

    def set_of_company(self, organisation_id: str, name: str, text: str, *, visit: str = "") -> None:
        """Write a form of a legal name by hand; "" goes back to what is computed. Raises ``record.gone``."""
        clean = " ".join(text.split())
        check_changes(Organisation, {name: clean})

        def work(session: Session) -> None:
            setattr(get(session, Organisation, organisation_id), name, clean)

        def params(session: Session) -> dict[str, object]:
            return {"name": get(session, Organisation, organisation_id).short_name}

        self._store.write("organisation.form", params, work, visit=visit)


def _look(session: Session, person_id: str, language: str) -> LetterLook:
    from kamdesk.documents.language import letters, names

    person = get(session, Person, person_id)
    own = _language(session, person)
    language = language or own
    seat = _seat(session, person.id)
    client = session.get(Organisation, seat.organisation_id) if seat is not None else None
    reader = reader_of(person.id, person, seat)
    if language != own:
        reader = replace(reader, salutation="")
    name, by_hand = reader.name, reader.initials
    short = []
    for case in CASES if language == "ru" else ():
        made = names.name_in_case(name, case, person.gender, reader.name_cases)
        short.append(names.short_name(made, "ru", True, by_hand=by_hand, nominative=name))
    return LetterLook(
        language,
        letters.address_block(reader, client_data(client), language),
        letters.salutation(reader, language),
        names.short_name(name, language, by_hand=by_hand),
        names.short_name(name, language, True, by_hand=by_hand),
        tuple(short),
        names.full_name(name, language, person.written_name),
    )


def _seat_look(session: Session, seat_id: str) -> CasesLook | None:
    from kamdesk.documents.language import letters, titles

    seat = get(session, Seat, seat_id)
    client = get(session, Organisation, seat.organisation_id)
    if not seat.title or (client.language or "ru") != "ru":
        return None
    query = (
        select(Person)
        .join(Employment, Employment.person_id == Person.id)
        .where(Employment.seat_id == seat.id, *HERE)
        .order_by(Employment.position)
    )
    person, own = session.scalars(query).first(), title_cases(seat)
    reader = (
        reader_of(person.id, person, seat)
        if person is not None
        else Reader("", PersonName(), seat.title, post_cases=own)
    )
    return CasesLook(
        letters.address_block(reader, client_data(client), "ru"),
        tuple(_inside(titles.title_in_case(seat.title, case, own)) for case in CASES),
    )


def _inside(title: str) -> str:
    """A job title inside a sentence: «генеральный директор», but «HR-директор»."""
    head = title.split()[0] if title.split() else ""
    return title if sum(letter.isupper() for letter in head) > 1 else title[:1].lower() + title[1:]


def _company_forms(session: Session, organisation_id: str, cases: bool) -> tuple[FormView, ...]:
    from kamdesk.documents.language import titles

    row = get(session, Organisation, organisation_id)
    if (row.language or "ru") != "ru":
        return ()
    name = row.legal_name or row.short_name
    return tuple(
        FormView(
            f"legal_name_{case}",
            titles.organisation_in_case(name, case) if cases else "",
            getattr(row, f"legal_name_{case}"),
        )
        for case in CASES
    )


def _company_look(session: Session, organisation_id: str) -> CasesLook | None:
    from kamdesk.documents.language import letters, titles

    row = get(session, Organisation, organisation_id)
    if (row.language or "ru") != "ru":
        return None
    data, own = client_data(row), legal_cases(row)
    somebody = Reader("", PersonName(), _ANY_POST)
    return CasesLook(
        letters.address_block(somebody, data, "ru"),
        tuple(titles.organisation_in_case(data.legal_name or data.name, case, own) for case in CASES),
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
    reader = replace(reader_of(person.id, person, None), salutation="", initials="", written_name="")
    forms = [
        FormView("courtesy_title", letters.usual_courtesy(reader, language), person.courtesy_title),
        FormView("salutation", letters.salutation(reader, language), person.salutation),
        FormView("written_name", name.full(language), person.written_name),
        FormView("initials", names.initials(name, language), person.initials),
    ]
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
