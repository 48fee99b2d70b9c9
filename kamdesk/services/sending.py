"""Sending: a proposal goes from approved to sent with its channel, its next date, and the exact file kept (R12).

The kept bytes are read back only where their hash is the one of the day they were sent.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from kamdesk.model.messages import KamdeskError
from kamdesk.model.tables import Dispatch, Document, Proposal, ProposalReader, StoredFile, Telling
from kamdesk.rules import proposal_checks
from kamdesk.services import files
from kamdesk.services.base import get
from kamdesk.services.closing import restart
from kamdesk.services.proposal_chain import supersede_earlier
from kamdesk.services.proposal_views import DispatchView, DocumentView
from kamdesk.services.proposals import Proposals
from kamdesk.services.word_files import WordFiles
from kamdesk.store.unit_of_work import Store


@dataclass(frozen=True, slots=True)
class _Leaving:
    """A document that leaves: its Word file as it goes out, and who gets it."""

    id: str
    word: bytes
    origin: str
    people: tuple[str, ...]
    """Ids of persons."""
    recipient: str


class Sending:
    """What leaves the house and what is kept of it."""

    def __init__(self, store: Store, word_files: WordFiles, proposals: Proposals) -> None:
        self._store = store
        self._word_files = word_files
        self._proposals = proposals

    def send(
        self,
        proposal_id: str,
        document_ids: Sequence[str],
        *,
        channel: str,
        next_date: date | None,
        sent_on: date | None = None,
        note: str = "",
        recipient: str = "",
        reader_ids: Sequence[str] | None = None,
        accept_behind: bool = False,
    ) -> None:
        """Record that these documents were sent: status, next date, the files, and what each reader was told by it.

        Each file is recorded once for each who got it: a letter or a variant for its reader, the document of the group for
        ``reader_ids`` (None: every reader) and for ``recipient``, who is somebody else or a platform; where a ``recipient``
        is named and no readers are, it went to nobody else. Raises KamdeskError ``proposal.needs_next_date``,
        ``proposal.nothing_to_send``, ``sending.ahead``, ``sending.not_reader``, a transition that R12 does not allow, and
        ``sending.behind`` for a document that was edited by hand before the last changes of the offer, unless
        ``accept_behind``.
        """
        today = self._store.now().date()
        when = self._day(sent_on)
        if next_date is None:
            raise KamdeskError("proposal.needs_next_date")
        if not document_ids:
            raise KamdeskError("proposal.nothing_to_send")
        leaving = self._leaving(proposal_id, document_ids, recipient, reader_ids, accept_behind)
        for one in leaving:
            self._store.files.put(one.word)

        def work(session: Session) -> None:
            row = get(session, Proposal, proposal_id)
            problem = proposal_checks.status_problem(row.status, "sent", next_date, today)
            if problem is not None:
                raise KamdeskError(problem.code, **problem.params)
            for one in leaving:
                document = get(session, Document, one.id)
                name = f"{document.file_name}.docx"
                word = files.add(session, self._store.files, name, one.word)
                for file_id in (document.pdf_id, word):
                    _keep(session, document, file_id, one, channel, when, note)
                _remember_told(session, document, one.people, when)
            row.status, row.next_date, row.changed_at = "sent", next_date, self._store.now()
            restart(session, row, when)
            supersede_earlier(session, row)

        subject = self._store.read(lambda session: get(session, Proposal, proposal_id).subject)
        self._store.write("proposal.send", {"name": subject}, work)

    def _leaving(
        self,
        proposal_id: str,
        document_ids: Sequence[str],
        recipient: str,
        reader_ids: Sequence[str] | None,
        accept_behind: bool,
    ) -> tuple[_Leaving, ...]:
        page = self._proposals.page(proposal_id)
        known = {one.id: one for one in page.documents}
        if any(one not in known for one in document_ids):
            raise KamdeskError("record.gone")
        people = {reader.id: reader.person_id for reader in page.readers}
        recipient = " ".join(recipient.split())
        if reader_ids is None:
            reader_ids = () if recipient else tuple(people)
        if any(one not in people for one in reader_ids):
            raise KamdeskError("sending.not_reader")
        found = []
        for document in (known[one] for one in document_ids):
            if _is_behind(document) and not accept_behind:
                raise KamdeskError("sending.behind", name=document.file_name)
            self._word_files.pdf(document.id)
            word = self._word_files.outgoing(document.id)
            for_group = document.kind == "group"
            of = reader_ids if for_group else (document.reader_id or "",)
            found.append(
                _Leaving(
                    document.id,
                    word,
                    "edited" if document.hand_edited else "made",
                    tuple(people[one] for one in of if one in people),
                    recipient if for_group else "",
                )
            )
        return tuple(found)

    def attach_sent(
        self,
        proposal_id: str,
        name: str,
        data: bytes,
        *,
        channel: str,
        sent_on: date | None = None,
        note: str = "",
        recipient: str = "",
    ) -> str:
        """Keep a file that was sent in another way (a signed scan) beside the proposal; returns its id.

        Raises ``sending.ahead``, ``record.gone``.
        """
        when = self._day(sent_on)

        def work(session: Session) -> str:
            row = get(session, Proposal, proposal_id)
            dispatch = Dispatch(
                proposal_id=row.id,
                file_id=files.add(session, self._store.files, name, data),
                recipient=" ".join(recipient.split()),
                origin="scan",
                channel=channel,
                sent_on=when,
                note=note,
            )
            session.add(dispatch)
            session.flush()
            return dispatch.id

        return self._store.write("proposal.attach_sent", {"name": name}, work)

    def _day(self, sent_on: date | None) -> date:
        """The day of a sending, today where none is said. Raises ``sending.ahead`` for one that has not come."""
        today = self._store.now().date()
        if sent_on is not None and sent_on > today:
            raise KamdeskError("sending.ahead")
        return sent_on or today

    def sent(self, proposal_id: str) -> tuple[DispatchView, ...]:
        """What was sent of a proposal, the first first. Raises ``record.gone``."""
        return self._proposals.page(proposal_id).dispatches

    def sent_file(self, dispatch_id: str) -> tuple[str, bytes]:
        """The exact file that was sent: its name and bytes.

        Raises KamdeskError ``sending.missing`` where the kept copy is gone or cannot be read, ``sending.changed`` where it is
        not what was sent.
        """
        name, storage, sha256 = self._store.read(
            lambda session: (
                (file := get(session, StoredFile, get(session, Dispatch, dispatch_id).file_id)).name,
                file.storage,
                file.sha256,
            )
        )
        try:
            data = self._store.files.get(storage)
        except KamdeskError as error:
            raise KamdeskError("sending.missing", name=name) from error
        if hashlib.sha256(data).hexdigest() != sha256:
            raise KamdeskError("sending.changed", name=name)
        return name, data


def _is_behind(document: DocumentView) -> bool:
    """Whether a version, current or not, was edited by hand before the last changes of the proposal."""
    return document.hand_edited and document.stale


def _keep(
    session: Session,
    document: Document,
    file_id: str | None,
    leaving: _Leaving,
    channel: str,
    when: date,
    note: str,
) -> None:
    """Keep one file that left with a document, once for each who got it."""
    if file_id is None:
        return
    whom: list[tuple[str | None, str]] = [(person, "") for person in leaving.people]
    if leaving.recipient or not whom:
        whom.append((None, leaving.recipient))
    for person_id, recipient in whom:
        session.add(
            Dispatch(
                proposal_id=document.proposal_id,
                document_id=document.id,
                file_id=file_id,
                person_id=person_id,
                recipient=recipient,
                origin=leaving.origin,
                channel=channel,
                sent_on=when,
                note=note,
            )
        )


def _remember_told(session: Session, document: Document, people: Sequence[str], when: date) -> None:
    """Every argument of the document counts as told to those who got it, once a proposal."""
    told: dict[str, list[str]] = json.loads(document.reasons or "{}")
    for reader_id, argument_ids in told.items():
        reader = session.get(ProposalReader, reader_id)
        if reader is None or reader.person_id not in people:
            continue
        known = set(
            session.scalars(
                select(Telling.argument_id).where(
                    Telling.person_id == reader.person_id, Telling.proposal_id == document.proposal_id
                )
            )
        )
        for argument_id in argument_ids:
            if argument_id not in known:
                session.add(
                    Telling(
                        person_id=reader.person_id,
                        argument_id=argument_id,
                        proposal_id=document.proposal_id,
                        told_on=when,
                    )
                )
                known.add(argument_id)
