"""Calendars that go out: one meeting, or the birthdays of a client's people, as iCalendar (X3)."""

from __future__ import annotations

import hashlib
from datetime import datetime
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from kamdesk.exchange.addresses import Address
from kamdesk.exchange.calendar import Anniversary, Meeting, write_anniversaries, write_meeting
from kamdesk.model.messages import KamdeskError
from kamdesk.model.tables import (
    Colleague,
    Contact,
    Employment,
    ExternalKey,
    Fact,
    Interaction,
    Participant,
    Person,
)
from kamdesk.model.values import PersonName, Sensitivity
from kamdesk.rules.redaction import Redaction
from kamdesk.services.base import get, name_of
from kamdesk.services.facts import BIRTHDAY
from kamdesk.services.incoming import UID
from kamdesk.store.unit_of_work import Store

_TO_OTHERS: Final = [one.value for one in Sensitivity if Redaction.of("business").passes(one)]
_MINE: Final = [one.value for one in Sensitivity if Redaction.of("business_personal").passes(one)]


class Calendars:
    """Writing calendar files. Only what is asked for leaves: no notes, no outcome, no private fact.

    Diaries are shared with colleagues and sent to those invited: addresses in them are business ones, and a private meeting
    is an hour that is taken, without its purpose, place and people.
    """

    def __init__(self, store: Store) -> None:
        self._store = store

    def calendar_of(self, interaction_id: str) -> bytes:
        """One meeting as an .ics file under the UID it came with, else one of its own that stays.

        Raises KamdeskError ``record.gone``, ``calendar.no_moment`` for a meeting without a time.
        """

        def work(session: Session) -> Meeting:
            row = get(session, Interaction, interaction_id)
            if row.starts_at is None:
                raise KamdeskError("calendar.no_moment")
            uid = session.scalars(
                select(ExternalKey.value).where(ExternalKey.row_id == row.id, ExternalKey.kind == UID)
            ).first()
            told = row.sensitivity in _MINE
            return Meeting(
                (uid or f"{row.id}@kamdesk").partition("#")[0],
                row.purpose if told else _bare(row.purpose),
                row.starts_at,
                row.ends_at,
                row.place if told else "",
                _people(session, row.id) if told else (),
                row.state == "cancelled",
            )

        return write_meeting(self._store.read(work), self._stamp())

    def birthdays(self, organisation_id: str = "") -> bytes:
        """Birthdays as yearly all-day events, of a client's people or of all; one without a day is left out.

        The UID is made of the person's id, so that a second export replaces the first. The year is never told.
        """

        def work(session: Session) -> list[Anniversary]:
            query = (
                select(Fact, Person)
                .join(Person, Person.id == Fact.person_id)
                .where(Fact.kind == BIRTHDAY, Fact.sensitivity.in_(_MINE))
            )
            if organisation_id:
                staff = select(Employment.person_id).where(
                    Employment.organisation_id == organisation_id, Employment.is_former.is_(False)
                )
                query = query.where(Person.id.in_(staff))
            rows = session.execute(query.order_by(Person.sort_key, Person.id))
            return [
                Anniversary(_uid(person.id), _shown(name_of(person)), fact.date)
                for fact, person in rows
                if fact.date is not None
            ]

        return write_anniversaries(self._store.read(work), self._stamp(), self._store.now().date())

    def _stamp(self) -> datetime:
        return self._store.now().astimezone()


def _uid(person_id: str) -> str:
    """Stable, and without the row's own id: the file may leave the house."""
    return hashlib.sha256(f"birthday {person_id}".encode()).hexdigest()[:32] + "@kamdesk"


def _shown(name: PersonName) -> str:
    russian = _is_russian(name.full())
    return ("ДР: " if russian else "Birthday: ") + name.full("ru" if russian else "en")


def _bare(purpose: str) -> str:
    """What a private meeting is called in a diary that others see."""
    return "Встреча" if _is_russian(purpose) or not purpose.strip() else "Meeting"


def _is_russian(text: str) -> bool:
    return any("а" <= sign <= "я" or sign == "ё" for sign in text.casefold())


def _people(session: Session, interaction_id: str) -> tuple[Address, ...]:
    found = []
    rows = session.execute(
        select(Person, Contact.normalised)
        .join(Participant, Participant.person_id == Person.id)
        .outerjoin(
            Contact,
            (Contact.person_id == Person.id)
            & (Contact.kind == "email")
            & Contact.sensitivity.in_(_TO_OTHERS),
        )
        .where(Participant.interaction_id == interaction_id)
        .order_by(Person.sort_key, Contact.position)
    )
    seen = set()
    for person, mail in rows:
        if person.id not in seen:
            seen.add(person.id)
            found.append(Address(name_of(person).full(), mail or ""))
    ours = session.scalars(
        select(Colleague)
        .join(Participant, Participant.colleague_id == Colleague.id)
        .where(Participant.interaction_id == interaction_id)
    )
    found += [Address(name_of(one).full(), one.email) for one in ours]
    return tuple(found)
