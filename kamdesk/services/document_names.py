"""What the documents of a proposal are called as files: the vault's pattern, filled for each of them, all different (R11)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from kamdesk.documents.language import short_name
from kamdesk.model.tables import Document, Organisation, Person, Proposal, ProposalReader
from kamdesk.rules import file_pattern
from kamdesk.rules.file_pattern import NameParts
from kamdesk.services.base import get, name_of
from kamdesk.services.preferences import preferences

Key = tuple[str, str | None]
"""Kind of document and id of its reader; None for the document of the group."""


@dataclass(frozen=True, slots=True)
class DocumentNames:
    """The names of the next version of every document a proposal may have, without extension."""

    pattern: str
    about: NameParts
    readers: tuple[tuple[str, str], ...]
    versions: tuple[tuple[Key, int], ...]

    def all(self) -> dict[Key, str]:
        """The names. They depend on the readers and not on which documents are made now."""
        keys = self._keys()
        return dict(
            zip(keys, file_pattern.names(self.pattern, [self._parts(key) for key in keys]), strict=True)
        )

    def _keys(self) -> list[Key]:
        ids = [reader_id for reader_id, _name in self.readers]
        return [("group", None), *(("cover", one) for one in ids), *(("variant", one) for one in ids)]

    def _parts(self, key: Key) -> NameParts:
        kind, reader_id = key
        reader = dict(self.readers).get(reader_id or "", "")
        return replace(self.about, kind=kind, reader=reader, version=dict(self.versions).get(key, 0) + 1)


def document_names(session: Session, proposal_id: str, today: date, number: str = "") -> DocumentNames:
    """The names for one proposal; ``number`` is the one it would get. Raises KamdeskError ``record.gone``."""
    row = get(session, Proposal, proposal_id)
    client = get(session, Organisation, row.organisation_id)
    people = session.execute(
        select(ProposalReader.id, Person)
        .join(Person, Person.id == ProposalReader.person_id)
        .where(ProposalReader.proposal_id == proposal_id)
        .order_by(ProposalReader.position)
    )
    versions = session.execute(
        select(Document.kind, Document.reader_id, func.max(Document.version))
        .where(Document.proposal_id == proposal_id)
        .group_by(Document.kind, Document.reader_id)
    )
    about = NameParts(
        number=row.number or number,
        client=client.short_name,
        subject=row.subject,
        date=row.date or today,
        language=row.language,
    )
    return DocumentNames(
        preferences(session).file_pattern,
        about,
        tuple((reader_id, _short(person, row.language)) for reader_id, person in people),
        tuple(((kind, reader_id), int(version)) for kind, reader_id, version in versions),
    )


def example(pattern: str, language: str, today: date, readers: Sequence[str] = ()) -> tuple[str, ...]:
    """How a pattern looks: the document of a group, and a letter for each of ``readers``."""
    client, subject = (
        ("Северный насосный завод", "Насосы для второй очереди")
        if language == "ru"
        else ("Northern Pumps", "Pumps for the second stage")
    )
    about = NameParts("17", client, subject, "", "group", today, 1, language)
    letters = [replace(about, kind="cover", reader=name) for name in readers]
    return file_pattern.names(pattern, [about, *letters])


def _short(person: Person, language: str) -> str:
    """Family name and initials."""
    name = short_name(name_of(person), language, family_first=True, by_hand=person.initials)
    return name.replace("\u00a0", " ")
