"""Greetings: drafts beside last year's text and gift, and the record that somebody was greeted (W2).

A greeting is written down in the history as an interaction of the kind ``greeting``. It is no contact: a card says nothing of how
things are, so it resets no cadence (``rules.cadence``). A call on the birthday is logged as a call, and that does.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from kamdesk.model.inputs import Reader
from kamdesk.model.messages import KamdeskError, label
from kamdesk.model.tables import Colleague, Contact, Interaction, Organisation, Participant, Person
from kamdesk.model.values import PersonName
from kamdesk.rules import greetings
from kamdesk.rules.agenda import AgendaItem
from kamdesk.rules.greetings import Draft
from kamdesk.services import agenda, agenda_items
from kamdesk.services.base import get, name_of
from kamdesk.services.rows import insert
from kamdesk.store.unit_of_work import Store


@dataclass(frozen=True, slots=True)
class Earlier:
    """What somebody was sent or given before; ``kind`` is greeting or gift."""

    kind: str
    on: date | None
    text: str


@dataclass(frozen=True, slots=True)
class GreetingCard:
    """What the dialog shows: who, in which language, the drafts with the fitting tone first, what there was before."""

    person_id: str
    person: PersonName
    language: str
    email: str
    drafts: tuple[Draft, ...]
    earlier: tuple[Earlier, ...]


class Greetings:
    """Drafts, the mail to send, and the record."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def card(self, person_id: str, kind: str, language: str = "") -> GreetingCard:
        """Drafts for one person. ``language`` "" takes the person's, else that of the client's documents.

        Raises KamdeskError ``record.gone``.
        """

        def work(session: Session) -> GreetingCard:
            from kamdesk.documents.language import (
                letters,
            )  # brings the cases of names, which Today does without

            row = get(session, Person, person_id)
            place = agenda_items.workplaces(session, (row.id,)).get(row.id)
            chosen = language or row.language or _language(session, place)
            reader = Reader(
                row.id, name_of(row), gender=row.gender, salutation="" if language else row.salutation
            )
            drafts = greetings.drafts(
                kind, chosen, letters.salutation(reader, chosen), _signature(session, chosen), row.ladder_now
            )
            return GreetingCard(
                row.id, name_of(row), chosen, _email(session, row.id), drafts, _earlier(session, row.id)
            )

        return self._store.read(work)

    def eml(self, person_id: str, kind: str, language: str, text: str) -> bytes:
        """The greeting as an unsent mail that the user's own mail program opens. Raises KamdeskError ``record.gone``."""
        from kamdesk.exchange import mail_draft

        name, address = self._store.read(
            lambda session: (name_of(get(session, Person, person_id)), _email(session, person_id))
        )
        return mail_draft.draft(greetings.subject(kind, language), text, [(name.full(), address)])

    def greeted(self, person_id: str, text: str, item: AgendaItem | None = None) -> str:
        """Write down that somebody was greeted now and take the card off Today, in one step; the id of the interaction.

        Raises KamdeskError ``record.gone``, ``record.required`` for an empty text.
        """
        if not text.strip():
            raise KamdeskError("record.required", field=label("Outcome"))
        name = self._store.read(lambda session: name_of(get(session, Person, person_id)).full())
        now = self._store.now()

        def work(session: Session) -> str:
            place = agenda_items.workplaces(session, (person_id,)).get(person_id)
            row = Interaction(
                organisation_id=place[0] if place else None,
                kind="greeting",
                state="done",
                starts_at=now,
                outcome=text.strip(),
                sensitivity="personal",
            )
            new_id = insert(session, row)
            session.add(Participant(interaction_id=new_id, person_id=person_id))
            if item is not None:
                agenda.mark(session, item, None)
            return new_id

        return self._store.write("agenda.greeted", {"name": name}, work)


def _language(session: Session, place: tuple[str, str] | None) -> str:
    return (get(session, Organisation, place[0]).language if place else "") or "ru"


def _signature(session: Session, language: str) -> str:
    from kamdesk.documents.language.names import romanised

    me = session.scalars(select(Colleague).where(Colleague.is_me.is_(True)).limit(1)).first()
    if me is None:
        return ""
    name = f"{me.given_name} {me.family_name}".strip()
    return name if language == "ru" else romanised(name)


def _email(session: Session, person_id: str) -> str:
    query = select(Contact.value).where(Contact.person_id == person_id, Contact.kind == "email")
    return session.scalars(query.order_by(Contact.position).limit(1)).first() or ""


def _earlier(session: Session, person_id: str) -> tuple[Earlier, ...]:
    query = (
        select(Interaction.kind, Interaction.starts_at, Interaction.purpose, Interaction.outcome)
        .join(Participant, Participant.interaction_id == Interaction.id)
        .where(Participant.person_id == person_id, Interaction.kind.in_(("greeting", "gift")))
        .where(Interaction.state == "done")
        .order_by(Interaction.starts_at.desc())
        .limit(6)
    )
    rows = session.execute(query).all()
    return tuple(
        Earlier(
            kind,
            at.date() if at is not None else None,
            "\n".join(part for part in (purpose, outcome) if part),
        )
        for kind, at, purpose, outcome in rows
    )
