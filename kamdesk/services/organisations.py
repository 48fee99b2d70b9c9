"""Clients and other organisations: lists, kinds, the card, and through ``Structure`` their tree (D1, D3)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from kamdesk.model.messages import KamdeskError
from kamdesk.model.tables import Contact, Organisation
from kamdesk.rules import duplicates, org_tree
from kamdesk.services.base import current_id, get
from kamdesk.services.organisation_structure import Structure, new_seat
from kamdesk.services.organisation_views import (
    OPEN_STATUSES,
    OrganisationCard,
    OrganisationContact,
    OrganisationLink,
    OrganisationRow,
    OrganisationTree,
    SeatView,
    UnitView,
    card_of,
    links,
    rows,
    seats_of,
    tags_of,
)

CLIENT_KINDS: Final = ("client", "prospect", "training")


class Organisations(Structure):
    """Everything a user can do to an organisation as a whole. Single fields are edited through ``Records``."""

    # --- lists

    def list(self, kinds: Sequence[str] = CLIENT_KINDS) -> tuple[OrganisationRow, ...]:
        """Organisations of these kinds in the order of the language, with what is open at each."""
        return self._store.read(lambda session: rows(session, tuple(kinds), self._store.now()))

    def find(self, text: str) -> str:
        """The id of the one organisation meant by an id, a short or a legal name, case aside.

        Raises KamdeskError ``organisation.unknown`` or ``organisation.ambiguous``.
        """

        def work(session: Session) -> str:
            wanted = current_id(session, text.strip()).casefold()
            rows = session.execute(
                select(Organisation.id, Organisation.short_name, Organisation.legal_name)
            ).all()
            same = [row.id for row in rows if wanted in (row.id, row[1].casefold(), row[2].casefold())]
            if not same:
                same = [row.id for row in rows if wanted and wanted in f"{row[1]} {row[2]}".casefold()]
            if not same:
                raise KamdeskError("organisation.unknown", name=text)
            if len(same) > 1:
                names = ", ".join(row[1] for row in rows if row.id in same)
                raise KamdeskError("organisation.ambiguous", name=text, names=names)
            return str(same[0])

        return self._store.read(work)

    def links(self, kinds: Sequence[str] = ()) -> tuple[OrganisationLink, ...]:
        """Organisations to choose from, in the order of the language; all kinds unless some are named."""
        return self._store.read(lambda session: links(session, tuple(kinds)))

    def card(self, organisation_id: str) -> OrganisationCard:
        """What stands above, below and around it, and how it is reached. Raises ``record.gone``."""
        return self._store.read(lambda session: card_of(session, organisation_id))

    def tags(self) -> tuple[str, ...]:
        """Every tag in use, the most used first."""
        return self._store.read(tags_of)

    # --- intentions

    def add(self, name: str, kind: str = "client", *, language: str = "ru") -> str:
        """Add an organisation and return its id. Raises KamdeskError for an empty name or an exact double."""
        clean = _clean(name)

        def work(session: Session) -> str:
            if _named(session, clean) is not None:
                raise KamdeskError("organisation.exists", name=clean)
            return _new(session, clean, kind, language).id

        return self._store.write("organisation.add", {"name": clean}, work)

    def set_kind(self, ids: str | Sequence[str], kind: str) -> None:
        """Say of one or several organisations what they are to us: client, prospect, competitor …"""
        wanted = (ids,) if isinstance(ids, str) else tuple(ids)

        def work(session: Session) -> None:
            for row_id in wanted:
                get(session, Organisation, row_id).kind = kind

        if len(wanted) == 1:
            name = self._store.read(lambda session: get(session, Organisation, wanted[0]).short_name)
            self._store.write("organisation.set_kind", {"name": name}, work)
        else:
            self._store.write("organisation.set_kinds", {"n": len(wanted)}, work)

    def set_parent(self, organisation_id: str, parent_id: str | None) -> None:
        """Say which company it belongs to, or none. Raises ``organisation.parent_loop`` where that is a circle."""
        name = self._store.read(lambda session: get(session, Organisation, organisation_id).short_name)

        def work(session: Session) -> None:
            row = get(session, Organisation, organisation_id)
            _put_below(session, row, parent_id)

        self._store.write("organisation.set_parent", {"name": name}, work)

    def set_parent_named(self, organisation_id: str, parent: str) -> str:
        """Say by its name which company it belongs to; one that is not known is added. Returns its id."""
        clean = _clean(parent)
        name = self._store.read(lambda session: get(session, Organisation, organisation_id).short_name)

        def work(session: Session) -> str:
            row = get(session, Organisation, organisation_id)
            above = named_or_new(session, clean, row.kind, row.language)
            _put_below(session, row, above.id)
            return above.id

        return self._store.write("organisation.set_parent", {"name": name}, work)

    def add_contact(self, organisation_id: str, value: str, kind: str = "") -> str:
        """Add a phone, site or mail of the organisation itself as typed; the kind is guessed when not given."""
        # here, because services.people builds on this module
        from kamdesk.services.people import contact_parts

        clean = value.strip()
        if not clean:
            raise KamdeskError("person.contact_empty")

        def work(session: Session) -> str:
            row = get(session, Organisation, organisation_id)
            count = session.scalar(select(func.count()).where(Contact.organisation_id == row.id))
            chosen, shown, normalised = contact_parts(clean, kind)
            contact = Contact(
                organisation_id=row.id, kind=chosen, value=shown, normalised=normalised, position=count or 0
            )
            session.add(contact)
            session.flush()
            return contact.id

        name = self._store.read(lambda session: get(session, Organisation, organisation_id).short_name)
        return self._store.write("person.add_contact", {"name": name}, work)


def named_or_new(session: Session, name: str, kind: str, language: str = "ru") -> Organisation:
    """The organisation of this name, whatever its kind, or a new one; inside a step of another service."""
    clean = _clean(name)
    return _named(session, clean) or _new(session, clean, kind, language)


def _clean(name: str) -> str:
    clean = " ".join(name.split())
    if not clean:
        raise KamdeskError("organisation.name_empty")
    return clean


def _named(session: Session, name: str) -> Organisation | None:
    key = duplicates.organisation_key(name)
    known = session.execute(select(Organisation.id, Organisation.short_name))
    found = next((row[0] for row in known if duplicates.organisation_key(row[1]) == key), None)
    return session.get(Organisation, found) if found is not None else None


def _new(session: Session, name: str, kind: str, language: str) -> Organisation:
    row = Organisation(short_name=name, kind=kind, language=language)
    session.add(row)
    session.flush()
    return row


def _put_below(session: Session, row: Organisation, parent_id: str | None) -> None:
    if parent_id is None:
        row.parent_id = None
        return
    parent = get(session, Organisation, parent_id)
    above = {str(one[0]): one[1] for one in session.execute(select(Organisation.id, Organisation.parent_id))}
    if org_tree.would_loop(above, row.id, parent.id):
        raise KamdeskError("organisation.parent_loop", name=row.short_name, parent=parent.short_name)
    row.parent_id = parent.id


__all__ = [
    "CLIENT_KINDS",
    "OPEN_STATUSES",
    "OrganisationCard",
    "OrganisationContact",
    "OrganisationLink",
    "OrganisationRow",
    "OrganisationTree",
    "Organisations",
    "SeatView",
    "UnitView",
    "named_or_new",
    "new_seat",
    "seats_of",
]
