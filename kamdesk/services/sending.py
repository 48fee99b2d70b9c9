"""Sending: a proposal goes from approved to sent with its channel, its next date, and the exact file kept (R12)."""

from __future__ import annotations

import json
from collections.abc import Sequence
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
from kamdesk.services.word_files import WordFiles
from kamdesk.store.unit_of_work import Store


class Sending:
    """What leaves the house and what is kept of it."""

    def __init__(self, store: Store, word_files: WordFiles) -> None:
        self._store = store
        self._word_files = word_files

    def send(
        self,
        proposal_id: str,
        document_ids: Sequence[str],
        *,
        channel: str,
        next_date: date | None,
        sent_on: date | None = None,
        note: str = "",
    ) -> None:
        """Record that these documents were sent: status, next date, the files, and what each reader was told by it.

        Raises KamdeskError ``proposal.needs_next_date``, ``proposal.nothing_to_send`` or a transition that R12
        does not allow.
        """
        today = self._store.now().date()
        if next_date is None:
            raise KamdeskError("proposal.needs_next_date")
        if not document_ids:
            raise KamdeskError("proposal.nothing_to_send")
        leaving = {}
        for document_id in document_ids:
            self._word_files.pdf(document_id)
            leaving[document_id] = self._word_files.outgoing(document_id)
            self._store.files.put(leaving[document_id])
        when = sent_on or today

        def work(session: Session) -> None:
            row = get(session, Proposal, proposal_id)
            problem = proposal_checks.status_problem(row.status, "sent", next_date, today)
            if problem is not None:
                raise KamdeskError(problem.code, **problem.params)
            for document_id in document_ids:
                document = get(session, Document, document_id)
                name = f"{document.file_name}.docx"
                word = files.add(session, self._store.files, name, leaving[document_id])
                for file_id in (document.pdf_id, word):
                    _keep(session, document, file_id, channel, when, note)
                _remember_told(session, document, when)
            row.status, row.next_date, row.changed_at = "sent", next_date, self._store.now()
            restart(session, row, when)
            supersede_earlier(session, row)

        subject = self._store.read(lambda session: get(session, Proposal, proposal_id).subject)
        self._store.write("proposal.send", {"name": subject}, work)

    def attach_sent(
        self,
        proposal_id: str,
        name: str,
        data: bytes,
        *,
        channel: str,
        sent_on: date | None = None,
        note: str = "",
    ) -> str:
        """Keep a file that was sent in another way (a signed scan) beside the proposal; returns its id."""

        def work(session: Session) -> str:
            row = get(session, Proposal, proposal_id)
            dispatch = Dispatch(
                proposal_id=row.id,
                file_id=files.add(session, self._store.files, name, data),
                channel=channel,
                sent_on=sent_on or self._store.now().date(),
                note=note,
            )
            session.add(dispatch)
            session.flush()
            return dispatch.id

        return self._store.write("proposal.attach_sent", {"name": name}, work)

    def sent_file(self, dispatch_id: str) -> tuple[str, bytes]:
        """The exact file that was sent: its name and bytes."""
        name, storage = self._store.read(
            lambda session: (
                (file := get(session, StoredFile, get(session, Dispatch, dispatch_id).file_id)).name,
                file.storage,
            )
        )
        return name, self._store.files.get(storage)


def _keep(
    session: Session, document: Document, file_id: str | None, channel: str, when: date, note: str
) -> None:
    """Keep one file that left with a document."""
    if file_id is None:
        return
    reader = session.get(ProposalReader, document.reader_id) if document.reader_id else None
    session.add(
        Dispatch(
            proposal_id=document.proposal_id,
            document_id=document.id,
            file_id=file_id,
            person_id=reader.person_id if reader is not None else None,
            channel=channel,
            sent_on=when,
            note=note,
        )
    )


def _remember_told(session: Session, document: Document, when: date) -> None:
    """Every argument of the document counts as told to its readers, once a proposal."""
    told: dict[str, list[str]] = json.loads(document.reasons or "{}")
    for reader_id, argument_ids in told.items():
        reader = session.get(ProposalReader, reader_id)
        if reader is None:
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
