"""A guided way from a finished document to a template (R9): what it says, which words look like fields, the template that comes of it."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

from sqlalchemy import select
from sqlalchemy.orm import Session

from kamdesk.documents.guided import Line, Mark, Stretch
from kamdesk.documents.guided_finds import Suggestion, suggest
from kamdesk.documents.guided_known import KnownPerson, KnownWords
from kamdesk.model.inputs import CaseForms
from kamdesk.model.messages import KamdeskError, Message
from kamdesk.model.tables import Colleague, Employment, Organisation, Person, Proposal, Seat
from kamdesk.services.base import get, name_of
from kamdesk.services.company import company_row
from kamdesk.services.letter_forms import legal_cases, name_cases, title_cases
from kamdesk.services.templates import CleanedFile, Templates
from kamdesk.store.unit_of_work import Store

_PEOPLE = 200
"""Of a client: a document never names more."""


class GuideWorker(Protocol):
    """The worker as this module needs it."""

    def clean(self, data: bytes) -> CleanedFile: ...
    def guide_read(self, docx: bytes) -> tuple[Line, ...]: ...
    def guide_apply(self, docx: bytes, marks: Sequence[Mark], stretches: Sequence[Stretch]) -> bytes: ...


@dataclass(frozen=True, slots=True)
class GuidedDocument:
    """A finished document as it was read: the cleaned copy, its text, what was taken out."""

    name: str
    data: bytes
    lines: tuple[Line, ...]
    removed: tuple[Message, ...]


@dataclass(frozen=True, slots=True)
class GuideClient:
    """A client whose words may stand in the document; ``named`` says that its name does."""

    id: str
    name: str
    named: bool


class TemplateGuide:
    """Makes templates from finished documents. The document itself is never touched."""

    def __init__(self, store: Store, templates: Templates, worker: Callable[[], GuideWorker]) -> None:
        self._store = store
        self._templates = templates
        self._worker = worker

    def open(self, name: str, data: bytes) -> GuidedDocument:
        """Clean a copy and read it. Blocks until the worker is done.

        Raises KamdeskError with the true reason, ``guided.no_words`` for a document without text.
        """
        worker = self._worker()
        cleaned = worker.clean(data)
        lines = worker.guide_read(cleaned.data)
        if not any(line.text.strip() for line in lines):
            raise KamdeskError("guided.no_words")
        return GuidedDocument(name, cleaned.data, lines, cleaned.removed)

    def clients(self, lines: Sequence[Line]) -> tuple[GuideClient, ...]:
        """Every client by name, those that the document names first, the one named most often before all."""
        said = _plain(" ".join(line.text for line in lines))
        query = select(Organisation).where(Organisation.kind == "client").order_by(Organisation.short_name)

        def work(session: Session) -> list[tuple[int, GuideClient]]:
            found = []
            for row in session.scalars(query):
                times = max(
                    (
                        said.count(name)
                        for name in map(_core, (row.short_name, row.legal_name))
                        if len(name) > 2
                    ),
                    default=0,
                )
                found.append((times, GuideClient(row.id, row.short_name or row.legal_name, times > 0)))
            return found

        rows = self._store.read(work)
        return tuple(client for _times, client in sorted(rows, key=lambda row: -row[0]))

    def known(self, organisation_id: str = "", proposal_id: str = "") -> KnownWords:
        """What the dossier says of a client and its people, and of those of us who sign. Raises ``record.gone``."""
        return self._store.read(lambda session: _known(session, organisation_id, proposal_id))

    def suggestions(
        self,
        lines: Sequence[Line],
        *,
        kind: str = "",
        language: str = "ru",
        organisation_id: str = "",
        proposal_id: str = "",
    ) -> tuple[Suggestion, ...]:
        """Words that look like fields and parts that look like blocks. "" for the kind is the document for the group."""
        return suggest(lines, kind or "group", language, self.known(organisation_id, proposal_id))

    def made(self, data: bytes, marks: Sequence[Mark], stretches: Sequence[Stretch]) -> bytes:
        """The template. Raises ``guided.nothing`` without a mark, ``guided.overlap``, ``guided.no_text``."""
        if not marks and not stretches:
            raise KamdeskError("guided.nothing")
        return self._worker().guide_apply(data, marks, stretches)

    def keep(
        self,
        name: str,
        data: bytes,
        marks: Sequence[Mark],
        stretches: Sequence[Stretch],
        *,
        kind: str = "",
        language: str = "",
    ) -> str:
        """Store the template with fields as one step, and return its id. Raises as :meth:`made` and ``add_own``."""
        made = self.made(data, marks, stretches)
        return self._templates.add_own(
            f"{name}.docx", made, mode="tags", kind=kind, language=language, step="template.from_document"
        )


def _known(session: Session, organisation_id: str, proposal_id: str) -> KnownWords:
    proposal = get(session, Proposal, proposal_id) if proposal_id else None
    client_id = organisation_id or (proposal.organisation_id if proposal is not None else "")
    client = get(session, Organisation, client_id) if client_id else None
    company = company_row(session)
    ours = session.scalars(select(Colleague).order_by(Colleague.position, Colleague.id)).all()
    return KnownWords(
        client=client.short_name if client is not None else "",
        client_legal=client.legal_name if client is not None else "",
        client_address=client.address if client is not None else "",
        people=tuple(_people(session, client.id)) if client is not None else (),
        ours=tuple(KnownPerson(name_of(one), one.post) for one in ours),
        our_names=tuple(name for name in (company.short_name, company.full_name) if name) if company else (),
        subject=proposal.subject if proposal is not None else "",
        legal_cases=legal_cases(client) if client is not None else CaseForms(),
    )


def _people(session: Session, organisation_id: str) -> list[KnownPerson]:
    """Everybody who works or worked at a client: an old document names those who have left."""
    query = (
        select(Person, Seat)
        .join(Employment, Employment.person_id == Person.id)
        .outerjoin(Seat, Seat.id == Employment.seat_id)
        .where(Employment.organisation_id == organisation_id)
        .order_by(Employment.is_former, Employment.position, Person.id)
        .limit(_PEOPLE)
    )
    return [
        KnownPerson(
            name_of(person),
            seat.title if seat is not None else "",
            person.gender,
            name_cases(person),
            title_cases(seat),
        )
        for person, seat in session.execute(query)
    ]


def _plain(text: str) -> str:
    return re.sub(r"[\W_]+", " ", text.casefold().replace("ё", "е"))


def _core(name: str) -> str:
    """A name without its legal form, as :func:`_plain` writes it."""
    return re.sub(r"\A(?:пао|оао|зао|нао|ао|ооо|ип)\s+", "", _plain(name).strip())
