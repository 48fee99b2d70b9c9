"""Rows of people, seats and organisations as documents take them, with all that was written by hand of their names (R10)."""

from __future__ import annotations

from kamdesk.model.inputs import CaseForms, ClientData, Reader
from kamdesk.model.tables import Organisation, Person, Seat
from kamdesk.services.base import name_of


def reader_of(reader_id: str, person: Person, seat: Seat | None) -> Reader:
    """Somebody who is written to; ``seat`` is what they are written to as."""
    return Reader(
        reader_id,
        name_of(person),
        seat.title if seat is not None else "",
        person.gender,
        person.salutation,
        name_cases(person),
        title_cases(seat),
        person.courtesy_title,
        person.initials,
        person.written_name,
    )


def client_data(row: Organisation | None) -> ClientData:
    """The organisation that is addressed; without one an empty one."""
    if row is None:
        return ClientData("")
    return ClientData(row.short_name, row.legal_name, legal_cases(row), row.address)


def name_cases(person: Person) -> CaseForms:
    """The cases of a name as they were written by hand."""
    return CaseForms(person.name_genitive, person.name_dative, person.name_instrumental)


def title_cases(seat: Seat | None) -> CaseForms:
    """The cases of a job title as they were written by hand."""
    if seat is None:
        return CaseForms()
    return CaseForms(seat.title_genitive, seat.title_dative, seat.title_instrumental)


def legal_cases(row: Organisation) -> CaseForms:
    """The cases of a legal name as they were written by hand."""
    return CaseForms(row.legal_name_genitive, row.legal_name_dative, row.legal_name_instrumental)
