"""Plain dated notes on a client or a person (D7)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from kamdesk.model.messages import KamdeskError
from kamdesk.model.tables import Note
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


class Notes:
    """Everything a user can do to a note; it is deleted through ``Records``."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def add(self, text: str, *, person_id: str = "", organisation_id: str = "") -> str:
        """Write a note of today on a person or a client and return its id.

        Raises KamdeskError ``record.required`` for an empty text, ``note.of_whom`` without an owner.
        """
        if not person_id and not organisation_id:
            raise KamdeskError("note.of_whom")
        check_new(Note, {"text": text})

        def work(session: Session) -> str:
            if person_id:
                ensure(session, "person", person_id)
            else:
                ensure(session, "organisation", organisation_id)
            return insert(
                session,
                Note(
                    text=text.strip(),
                    written_on=self._store.now().date(),
                    person_id=person_id or None,
                    organisation_id=organisation_id or None,
                ),
            )

        return self._store.write("note.add", {"text": first_words(text)}, work)

    def edit(self, note_id: str, text: str, *, visit: str = "") -> None:
        """Change the words of a note; one ``visit`` to its field is one step. Raises ``record.gone``."""
        check_changes(Note, {"text": text})

        def work(session: Session) -> None:
            put(session, Note, note_id, {"text": text})

        self._store.write("note.edit", {"text": first_words(text)}, work, visit=visit)

    def of(self, *, person_id: str = "", organisation_id: str = "", limit: int = 200) -> tuple[NoteView, ...]:
        """The notes on a person or a client, the newest first."""
        query = select(Note).order_by(Note.written_on.desc(), Note.id).limit(limit)
        if person_id:
            query = query.where(Note.person_id == person_id)
        if organisation_id:
            query = query.where(Note.organisation_id == organisation_id)

        def work(session: Session) -> tuple[NoteView, ...]:
            return tuple(
                NoteView(
                    row.id, row.text, row.written_on, row.person_id, row.organisation_id, row.sensitivity
                )
                for row in session.scalars(query)
            )

        return self._store.read(work)
