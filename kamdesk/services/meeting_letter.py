"""The letter with a meeting's results: a draft for those who were there, as mail, Word or text; logged when it was sent (W15).

What came of a meeting is personal, and its purpose is what we wanted of it. Neither is put in: their sentences are offered
apart, to be copied one by one.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from typing import Final, Protocol

from sqlalchemy import select
from sqlalchemy.orm import Session

from kamdesk.documents.context.document import OutgoingDocument
from kamdesk.documents.context.results_letter import letter_document, letter_text
from kamdesk.documents.language import initials, short_name
from kamdesk.exchange import mail_draft
from kamdesk.model.inputs import SignatoryData
from kamdesk.model.letter import Agreement, LetterData, LetterText
from kamdesk.model.messages import LANGUAGES, KamdeskError
from kamdesk.model.tables import (
    Colleague,
    Contact,
    Interaction,
    Organisation,
    Participant,
    Person,
    Promise,
)
from kamdesk.model.values import Sensitivity
from kamdesk.rules.redaction import Redaction, effective
from kamdesk.services.base import get, name_of
from kamdesk.services.company import company_data
from kamdesk.services.letter_forms import client_data, reader_of
from kamdesk.services.own_templates import Letterheads, OwnTemplates
from kamdesk.services.proposal_data import seat_of
from kamdesk.services.rows import first_words, insert
from kamdesk.store.files import FileStore
from kamdesk.store.unit_of_work import Store

_BUSINESS: Final = Redaction.of("business")
_SENTENCE: Final = re.compile(r"(?<=[.!?…])\s+(?=[«\"„(]?[A-ZА-ЯЁ0-9])|\n+")


@dataclass(frozen=True, slots=True)
class Addressee:
    """One who was there. ``email`` is "" where none is known."""

    person_id: str
    name: str
    email: str


@dataclass(frozen=True, slots=True)
class LetterDraft:
    """What the dialog shows. ``offered`` are purpose and sentences of the outcome, which are not in the text."""

    interaction_id: str
    language: str
    to: tuple[Addressee, ...]
    text: LetterText
    offered: tuple[str, ...]


class Render(Letterheads, Protocol):
    """The part of the workers that fills a template."""

    def render(self, template: bytes, document: OutgoingDocument) -> bytes:
        """The finished Word file."""


class MeetingLetters:
    """Drafting, writing out and logging such letters."""

    def __init__(self, store: Store, press: Render, clean_name: Callable[[str], str] = first_words) -> None:
        self._store = store
        self._press = press
        self._clean_name = clean_name
        self._templates = OwnTemplates(store, press)

    def draft(self, interaction_id: str) -> LetterDraft:
        """A draft in the client's language.

        Raises KamdeskError ``record.gone``, ``letter.not_done`` for a meeting that has not taken place,
        ``letter.nobody`` where nobody of theirs was there.
        """

        def work(session: Session) -> LetterDraft:
            met = get(session, Interaction, interaction_id)
            if met.state != "done":
                raise KamdeskError("letter.not_done")
            data = letter_data(session, met, self._store.files, self._store.now().date())
            if not data.readers:
                raise KamdeskError("letter.nobody")
            pieces = (met.purpose, *_SENTENCE.split(met.outcome))
            offered = tuple(piece.strip() for piece in pieces if piece and piece.strip())
            return LetterDraft(met.id, data.language, _addressees(session, data), letter_text(data), offered)

        return self._store.read(work)

    def mail(self, interaction_id: str, text: LetterText) -> bytes:
        """The edited letter as a draft for the mail program, to all of theirs whose address is known.

        Raises KamdeskError ``letter.empty``.
        """
        _check(text)
        to = [(one.name, one.email) for one in self.draft(interaction_id).to if one.email]
        return mail_draft.draft(text.subject, text.body, to)

    def word(self, interaction_id: str, text: LetterText, *, template: str | None = None) -> bytes:
        """The edited letter as a Word file on the user's letterhead, on ours where they have none.

        ``template`` chooses another file, see :meth:`OwnTemplates.read`. Raises KamdeskError ``letter.empty``,
        ``template.other_kind``.
        """
        _check(text)
        data = self._store.read(
            lambda session: letter_data(
                session,
                get(session, Interaction, interaction_id),
                self._store.files,
                self._store.now().date(),
            )
        )
        page = self._templates.read("results", data.language, "results", template)
        return self._press.render(page, letter_document(data, text))

    def document(self, interaction_id: str, language: str) -> OutgoingDocument:
        """What a template is filled with: the draft in a language. Raises as :meth:`draft` does, but for any state."""
        data = self._store.read(
            lambda session: letter_data(
                session,
                get(session, Interaction, interaction_id),
                self._store.files,
                self._store.now().date(),
            )
        )
        if not data.readers:
            raise KamdeskError("letter.nobody")
        data = replace(data, language=language)
        return letter_document(data, letter_text(data))

    def sent(self, interaction_id: str, text: LetterText) -> str:
        """Log the letter as an e-mail of now to those who were there, and return the id of that interaction.

        Raises KamdeskError ``record.gone``, ``letter.empty``.
        """
        _check(text)
        now = self._store.now().replace(second=0, microsecond=0)

        def work(session: Session) -> str:
            met = get(session, Interaction, interaction_id)
            row_id = insert(
                session,
                Interaction(
                    organisation_id=met.organisation_id,
                    deal_id=met.deal_id,
                    kind="email",
                    state="done",
                    starts_at=now,
                    purpose=" ".join(text.subject.split()),
                    outcome=text.body.strip(),
                    initiative="mutual",  # it was agreed at the meeting: it waits for no answer
                    sensitivity=met.sensitivity,
                ),
            )
            there = session.scalars(select(Participant).where(Participant.interaction_id == met.id)).all()
            for one in there:
                if one.person_id is not None:
                    session.add(Participant(interaction_id=row_id, person_id=one.person_id))
            return row_id

        return self._store.write("letter.sent", {"name": self._clean_name(text.subject)}, work)


def _check(text: LetterText) -> None:
    if not text.body.strip():
        raise KamdeskError("letter.empty")


def _passes(column: Sensitivity, row: str) -> bool:
    own = Sensitivity(row) if row in frozenset(Sensitivity) else Sensitivity.PRIVATE
    return _BUSINESS.passes(effective(column, own))


def letter_data(session: Session, met: Interaction, files: FileStore, today: date) -> LetterData:
    """What the letter may say: business fields of business rows, and nothing else."""
    client = session.get(Organisation, met.organisation_id) if met.organisation_id else None
    there = session.execute(
        select(Person)
        .join(Participant, Participant.person_id == Person.id)
        .where(Participant.interaction_id == met.id)
        .order_by(Person.influence.is_(None), Person.influence.desc(), Person.sort_key)
    ).scalars()
    people = list(there)
    me = session.scalars(select(Colleague).where(Colleague.is_me)).first()
    company = company_data(session, files)
    language = (client.language if client is not None else "") or next(
        (row.language for row in people if row.language), "ru"
    )
    language = language if language in LANGUAGES else "ru"
    own = initials(name_of(me), language) if me is not None else ""
    speaks = _passes(Sensitivity.BUSINESS, met.sensitivity)
    given = session.scalars(
        select(Promise)
        .where(Promise.interaction_id == met.id)
        .order_by(Promise.due.is_(None), Promise.due, Promise.text)
    )
    names = {row.id: short_name(name_of(row), language, by_hand=row.initials) for row in people}
    agreed: dict[str, list[Agreement]] = {"ours": [], "theirs": []}
    for one in given:
        if _passes(Sensitivity.BUSINESS, one.sensitivity):
            who = own if one.side == "ours" else names.get(one.person_id or "", "")
            agreed.setdefault(one.side, []).append(Agreement(one.text, who, one.due))
    return LetterData(
        language=language,
        date=today,
        kind=met.kind,
        met_on=met.starts_at.date() if met.starts_at is not None else None,
        client=client_data(client),
        company=company,
        signatory=SignatoryData(name_of(me), me.post, me.authority) if me is not None else None,
        phone=me.phone if me is not None else company.phone,
        email=me.email if me is not None else company.email,
        readers=tuple(
            reader_of(row.id, row, seat_of(session, row.id, met.organisation_id or "")) for row in people
        ),
        ours=tuple(agreed["ours"]),
        theirs=tuple(agreed["theirs"]),
        next_step=met.next_step if speaks else "",
        next_step_on=met.next_step_on if speaks else None,
    )


def _addressees(session: Session, data: LetterData) -> tuple[Addressee, ...]:
    ids = [reader.id for reader in data.readers]
    found: dict[str, str] = {}
    query = select(Contact.person_id, Contact.value, Contact.sensitivity).where(
        Contact.person_id.in_(ids), Contact.kind == "email"
    )
    for person_id, value, sensitivity in session.execute(query.order_by(Contact.position)):
        # All who were there see each other's address.
        if mail_draft.is_address(value) and _passes(Sensitivity.BUSINESS, sensitivity):
            found.setdefault(str(person_id), value.strip())
    return tuple(
        Addressee(one.id, one.name.full(data.language), found.get(one.id, "")) for one in data.readers
    )
