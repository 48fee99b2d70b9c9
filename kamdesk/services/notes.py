"""Plain dated notes on a client, a person or a deal (D7)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from kamdesk.model.messages import KamdeskError
from kamdesk.model.tables import Deal, Employment, Note
from kamdesk.services.base import get
from kamdesk.services.rows import check_changes, check_new, ensure, first_words, insert, put
from kamdesk.store.unit_of_work import Store


@dataclass(frozen=True, slots=True)
class NoteView:
    """A note as pages show it."""

    id: str
    text: str
    written_on: date | None
    person_id: str | None
    organisation_id: str | None
    sensitivity: str
    deal_id: str | None = None


@dataclass(frozen=True, slots=True)
class NoteSubject:
    """Whom and what a note is about, for what is made of a piece of it; "" where that is not told."""

    organisation_id: str
    person_id: str
    deal_id: str


class Notes:
    """Everything a user can do to a note; it is deleted through ``Records``."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def add(self, text: str, *, person_id: str = "", organisation_id: str = "", deal_id: str = "") -> str:
        """Write a note of today on a person, a deal or a client and return its id.

        Raises KamdeskError ``record.required`` for an empty text, ``note.of_whom`` without an owner.
        """
        if not person_id and not organisation_id and not deal_id:
            raise KamdeskError("note.of_whom")
        check_new(Note, {"text": text})

        def work(session: Session) -> str:
            if person_id:
                ensure(session, "person", person_id)
            elif deal_id:
                ensure(session, "deal", deal_id)
            else:
                ensure(session, "organisation", organisation_id)
            return insert(
                session,
                Note(
                    text=text.strip(),
                    written_on=self._store.now().date(),
                    person_id=person_id or None,
                    organisation_id=organisation_id or None,
                    deal_id=deal_id or None,
                ),
            )

        return self._store.write("note.add", {"text": first_words(text)}, work)

    def edit(self, note_id: str, text: str, *, visit: str = "") -> None:
        """Change the words of a note; one ``visit`` to its field is one step. Raises ``record.gone``."""
        check_changes(Note, {"text": text})

        def work(session: Session) -> None:
            put(session, Note, note_id, {"text": text})

        self._store.write("note.edit", {"text": first_words(text)}, work, visit=visit)

    def of(
        self, *, person_id: str = "", organisation_id: str = "", deal_id: str = "", limit: int = 200
    ) -> tuple[NoteView, ...]:
        """The notes on a person, a client or a deal, the newest first."""
        query = select(Note).order_by(Note.written_on.desc(), Note.id).limit(limit)
        if person_id:
            query = query.where(Note.person_id == person_id)
        if organisation_id:
            query = query.where(Note.organisation_id == organisation_id)
        if deal_id:
            query = query.where(Note.deal_id == deal_id)

        def work(session: Session) -> tuple[NoteView, ...]:
            return tuple(
                NoteView(
                    row.id,
                    row.text,
                    row.written_on,
                    row.person_id,
                    row.organisation_id,
                    row.sensitivity,
                    row.deal_id,
                )
                for row in session.scalars(query)
            )

        return self._store.read(work)

    def subject(self, note_id: str) -> NoteSubject:
        """Whom and what a note is about; the client of a note on a person is where the person works now. Raises ``record.gone``."""

        def work(session: Session) -> NoteSubject:
            row = get(session, Note, note_id)
            client = row.organisation_id or ""
            if not client and row.deal_id:
                client = get(session, Deal, row.deal_id).organisation_id
            if not client and row.person_id:
                post = select(Employment.organisation_id).where(
                    Employment.person_id == row.person_id, Employment.is_former.is_(False)
                )
                client = session.scalars(post.order_by(Employment.position)).first() or ""
            return NoteSubject(client, row.person_id or "", row.deal_id or "")

        return self._store.read(work)
