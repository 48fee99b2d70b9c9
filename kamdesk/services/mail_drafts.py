"""E-mail drafts of a proposal (R11): to each reader or one to all, with the text from a text template and the files that go out.

A draft is not a sending. What was sent is recorded when the user says so.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from kamdesk.exchange import mail_draft
from kamdesk.model.messages import KamdeskError
from kamdesk.model.tables import Contact, ProposalReader
from kamdesk.model.values import Sensitivity
from kamdesk.rules.file_pattern import unique
from kamdesk.rules.filenames import safe_name
from kamdesk.services.batch import name_of_page
from kamdesk.services.proposal_views import DocumentView, ProposalPage
from kamdesk.services.proposals import Proposals
from kamdesk.services.text_templates import TextTemplates
from kamdesk.services.word_files import WordFiles
from kamdesk.store.unit_of_work import Store

PURPOSE: Final = "cover_email"


@dataclass(frozen=True, slots=True)
class MailTo:
    """Somebody a draft is for. ``email`` is "" where none is known: the draft is made and has no address."""

    reader_id: str
    name: str
    email: str


@dataclass(frozen=True, slots=True)
class MailDraft:
    """A draft: ``file_name`` with extension, ``data`` the bytes of the .eml, ``attachments`` the names of its files.

    ``older`` are the names, without extension, of the attached documents made before the last change of the proposal.
    """

    proposal_id: str
    file_name: str
    to: tuple[MailTo, ...]
    subject: str
    document_ids: tuple[str, ...]
    attachments: tuple[str, ...]
    data: bytes
    older: tuple[str, ...] = ()


class MailDrafts:
    """Making them. All of it is for a job: texts are filled and PDFs made by the workers."""

    def __init__(
        self, store: Store, proposals: Proposals, texts: TextTemplates, word_files: WordFiles
    ) -> None:
        self._store = store
        self._proposals = proposals
        self._texts = texts
        self._word_files = word_files

    def drafts(
        self,
        proposal_id: str,
        document_ids: Sequence[str] | None = None,
        *,
        formats: Sequence[str] = ("pdf",),
        template_id: str = "",
        one_for_all: bool = False,
        accept_behind: bool = False,
    ) -> tuple[MailDraft, ...]:
        """The drafts in the order of the readers; ``document_ids`` None means everything that goes out.

        A reader gets the letter and the variant made for them, and the document of the group where there is no variant. One
        for all carries the document of the group only. Raises KamdeskError ``output.no_documents``, ``mail.nobody``,
        ``mail.no_reader_document``, ``sending.behind``, and what the text or a file has wrong.
        """
        page = self._proposals.page(proposal_id)
        chosen = [
            one
            for one in page.documents
            if (one.is_current if document_ids is None else one.id in document_ids)
        ]
        if not chosen:
            raise KamdeskError("output.no_documents", name=name_of_page(page))
        behind = next((one for one in chosen if one.behind), None)
        if behind is not None and not accept_behind:
            raise KamdeskError("sending.behind", name=behind.file_name)
        letters = _for_all(page, chosen) if one_for_all else _for_each(page, chosen)
        addresses = self._store.read(lambda session: _addresses(session, proposal_id, for_all=one_for_all))
        contents = {
            (one.id, kind): self._content(one.id, kind)
            for one in {one.id: one for _ids, found in letters for one in found}.values()
            for kind in formats
        }
        made: list[MailDraft] = []
        for reader_ids, documents in letters:
            made.append(
                self._draft(page, reader_ids, documents, addresses, contents, template_id, formats, made)
            )
        return tuple(made)

    def _content(self, document_id: str, kind: str) -> bytes:
        files = self._word_files
        return files.outgoing_pdf(document_id) if kind == "pdf" else files.outgoing(document_id)

    def _draft(
        self,
        page: ProposalPage,
        reader_ids: Sequence[str],
        documents: Sequence[DocumentView],
        addresses: Mapping[str, str],
        contents: Mapping[tuple[str, str], bytes],
        template_id: str,
        formats: Sequence[str],
        before: Sequence[MailDraft],
    ) -> MailDraft:
        text = self._texts.render(
            template_id,
            purpose=PURPOSE,
            proposal_id=page.id,
            reader_id=reader_ids[0] if len(reader_ids) == 1 else "",
        )
        names = {reader.id: reader.name.full(text.language) for reader in page.readers}
        to = tuple(MailTo(one, names[one], addresses.get(one, "")) for one in reader_ids)
        files = [(f"{one.file_name}.{kind}", contents[one.id, kind]) for one in documents for kind in formats]
        data = mail_draft.draft(
            text.subject, text.body, [(one.name, one.email) for one in to if one.email], files
        )
        title = documents[0].file_name if len(reader_ids) > 1 else f"{name_of_page(page)} - {to[0].name}"
        taken = [one.file_name.removesuffix(".eml") for one in before]
        return MailDraft(
            page.id,
            f"{unique(safe_name(title), taken)}.eml",
            to,
            text.subject,
            tuple(one.id for one in documents),
            tuple(name for name, _data in files),
            data,
            tuple(one.file_name for one in documents if one.stale),
        )


def _for_each(
    page: ProposalPage, chosen: Sequence[DocumentView]
) -> list[tuple[tuple[str, ...], list[DocumentView]]]:
    group = [one for one in chosen if one.kind == "group"]
    found: list[tuple[tuple[str, ...], list[DocumentView]]] = []
    for reader in page.readers:
        own = [one for one in chosen if one.reader_id == reader.id]
        documents = own if any(one.kind == "variant" for one in own) else [*group, *own]
        if documents:
            found.append(((reader.id,), documents))
    if not found:
        raise KamdeskError("mail.nobody")
    return found


def _for_all(
    page: ProposalPage, chosen: Sequence[DocumentView]
) -> list[tuple[tuple[str, ...], list[DocumentView]]]:
    group = [one for one in chosen if one.kind == "group"]
    if not group:
        raise KamdeskError("mail.no_reader_document")
    return [(tuple(reader.id for reader in page.readers), group)]


def _addresses(session: Session, proposal_id: str, *, for_all: bool) -> dict[str, str]:
    """The address of each reader: the first business one; where the letter goes to them alone, else any other one."""
    found: dict[str, str] = {}
    others: dict[str, str] = {}
    query = (
        select(ProposalReader.id, Contact.value, Contact.sensitivity)
        .join(Contact, Contact.person_id == ProposalReader.person_id)
        .where(ProposalReader.proposal_id == proposal_id, Contact.kind == "email")
        .order_by(Contact.position)
    )
    for reader_id, value, sensitivity in session.execute(query):
        if mail_draft.is_address(value):
            open_to_all = sensitivity in (Sensitivity.PUBLIC, Sensitivity.BUSINESS)
            (found if open_to_all else others).setdefault(reader_id, value.strip())
    return found if for_all else {**others, **found}
