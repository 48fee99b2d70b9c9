"""Making the documents of a proposal: load, tailor, build the outgoing context, render and convert, store (R6, R11).

The walk of architecture.md: nothing here holds a session while the worker works, and all documents of one
generation are stored in one step. A version that was edited by hand stays the current one until the user chooses.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from typing import Final, Protocol

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from kamdesk.documents.context.build import build
from kamdesk.documents.context.document import OutgoingDocument
from kamdesk.documents.doctor import WHOLE_BLOCKS
from kamdesk.documents.language import initials
from kamdesk.documents.templates import bundled, for_subject
from kamdesk.model.inputs import Reader, ReaderArguments, Tailored
from kamdesk.model.messages import KamdeskError, Message
from kamdesk.model.tables import Document, Proposal, StoredFile, Template
from kamdesk.model.vocabulary import Label, Vocabularies
from kamdesk.rules import filenames
from kamdesk.rules.proposal_checks import Finding, Severity, mandatory_blocks
from kamdesk.services import files
from kamdesk.services.base import get
from kamdesk.services.company import OurCompany, take_number
from kamdesk.services.proposal_data import LoadedProposal, load
from kamdesk.services.proposal_page import basis_of
from kamdesk.services.proposals import Proposals
from kamdesk.store.unit_of_work import Store

_TEMPLATE_BLOCK: Final = {"benefit": "effect"}
"""What a block is called in templates where it is not called by its code."""
Progress = Callable[[int, int, Message], None]


class PdfMade(Protocol):
    """What a conversion gives: the file, which converter made it, why another one had to step in."""

    @property
    def pdf(self) -> bytes: ...
    @property
    def converter(self) -> str: ...
    @property
    def pages(self) -> int: ...
    @property
    def reason(self) -> Message | None: ...


class Maker(Protocol):
    """The worker as generation needs it."""

    def render(self, template: bytes, document: OutgoingDocument) -> bytes:
        """The filled Word file."""
        ...

    def prepare(
        self, letterhead: bytes, start: int | None, kind: str, language: str, pattern: bool = True
    ) -> bytes:
        """A template from a letterhead; with ``pattern`` our tables look like its own."""
        ...

    def blocks_of(self, template: bytes, kind: str) -> tuple[str, ...]:
        """The paths of the blocks a template has."""
        ...

    def to_pdf(self, docx: bytes, converter: str = "builtin") -> PdfMade:
        """The PDF of a Word file."""
        ...


@dataclass(frozen=True, slots=True)
class Audience:
    """Which documents are wanted: the one for the group, letters, and separate variants for these readers.

    ``letters`` and ``variants`` hold ids of readers; None means all of them for letters, those who asked for a
    separate variant for variants.
    """

    group: bool = True
    letters: tuple[str, ...] | None = None
    variants: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class OwnTemplate:
    """A Word file to use instead of the bundled templates: its bytes, how it is called, and how it is used."""

    name: str
    data: bytes
    mode: str = "tags"
    kind: str = ""
    start_at: int | None = None
    table_pattern: bool = True


@dataclass(frozen=True, slots=True)
class Made:
    """One document that was made. ``reasons`` are the arguments in order with why, for the KAM only.

    ``edits_stand``: it was only put beside a version edited by hand, which stays the one that goes out.
    """

    kind: str
    reader_ids: tuple[str, ...]
    recipients: tuple[str, ...]
    file_name: str
    template: str
    docx: bytes
    pdf: bytes | None
    pages: int | None
    converter: str
    reasons: tuple[ReaderArguments, ...]
    lenses: Mapping[str, str]
    converter_reason: Message | None = None
    document_id: str = ""
    edits_stand: bool = False


class Generation:
    """Making documents, in a job: takes plain values, gives plain values, can be cancelled between documents."""

    def __init__(
        self,
        store: Store,
        proposals: Proposals,
        maker: Maker,
        vocabularies: Callable[[], Vocabularies],
        *,
        parallel: int = 2,
    ) -> None:
        self._store = store
        self._proposals = proposals
        self._maker = maker
        self._vocabularies = vocabularies
        self._parallel = parallel

    def generate(
        self,
        proposal_id: str,
        audience: Audience = Audience(),
        *,
        formats: Sequence[str] = ("docx", "pdf"),
        template: OwnTemplate | None = None,
        converter: str = "builtin",
        progress: Progress | None = None,
        cancelled: Callable[[], bool] | None = None,
    ) -> tuple[Made, ...]:
        """Make and store the documents; the number is given at the first time, in the same step.

        Raises KamdeskError where there is no reader, a template is faulty or the job was cancelled
        (``generation.cancelled``); nothing is stored then, the number is not taken either.
        """
        today = self._store.now().date()
        vocabularies = self._vocabularies()
        loaded = self._load(proposal_id)
        own = template or self._store.read(lambda s: self._own_template(s, proposal_id))
        tailored = loaded.tailor(vocabularies, today)
        wanted = self._wanted(proposal_id, loaded, audience)
        done = 0
        failed = threading.Event()

        def one(item: tuple[str, str | None]) -> Made:
            nonlocal done
            # A hostile template must not have its time again for every document.
            if failed.is_set() or (cancelled is not None and cancelled()):
                raise KamdeskError("generation.cancelled")
            try:
                made = self._make(loaded, tailored, item, own, formats, converter, vocabularies)
            except BaseException:
                failed.set()
                raise
            done += 1
            if progress is not None:
                progress(done, len(wanted), Message("generation.made", {"name": made.file_name}))
            return made

        with ThreadPoolExecutor(self._parallel) as pool:
            jobs = [pool.submit(one, item) for item in wanted]
        # The first problem in the order of the documents is told; what was given up because of it comes after.
        faults = [fault for job in jobs if (fault := job.exception()) is not None]
        if faults:
            raise next((fault for fault in faults if not _given_up(fault)), faults[0])
        made = tuple(job.result() for job in jobs)
        return self._keep(proposal_id, made, loaded.data.number, basis_of(loaded.data, tailored))

    def preview(
        self,
        proposal_id: str,
        kind: str = "group",
        reader_id: str | None = None,
        *,
        converter: str = "builtin",
    ) -> Made:
        """One document as it would be made now, with its PDF; nothing is stored and no number is taken.

        ``reader_id`` is needed for a letter or a variant. Raises as :meth:`generate`, ``record.gone`` for a reader
        who is not one of this proposal.
        """
        loaded = self._load(proposal_id)
        if reader_id is not None and all(reader.id != reader_id for reader in loaded.data.readers):
            raise KamdeskError("record.gone")
        vocabularies = self._vocabularies()
        tailored = loaded.tailor(vocabularies, self._store.now().date())
        own = self._store.read(lambda session: self._own_template(session, proposal_id))
        return self._make(loaded, tailored, (kind, reader_id), own, ("docx", "pdf"), converter, vocabularies)

    def lacking(self, proposal_id: str) -> tuple[Finding, ...]:
        """Mandatory blocks that the proposal's own template with tags has no place for (R4).

        A letterhead takes all blocks, and a letter has none of the mandatory ones.
        """
        own = self._store.read(lambda session: self._own_template(session, proposal_id))
        if own is None or own.mode != "tags" or own.kind == "cover":
            return ()
        present = set(self._maker.blocks_of(own.data, own.kind or "group"))
        if not present.isdisjoint(WHOLE_BLOCKS):
            return ()
        return tuple(
            Finding(
                Severity.ERROR,
                Message(
                    "check.template_lacks", {"block": Label("block", code, inline=False), "name": own.name}
                ),
                code,
            )
            for code in mandatory_blocks(self._vocabularies())
            if f"block.{_TEMPLATE_BLOCK.get(code, code)}" not in present
        )

    def _load(self, proposal_id: str) -> LoadedProposal:
        """The proposal with the number it has or would get. Raises ``proposal.no_readers``."""
        today = self._store.now().date()
        loaded = self._store.read(
            lambda session: load(session, proposal_id, self._vocabularies(), self._store.files, today)
        )
        if not loaded.data.readers:
            raise KamdeskError("proposal.no_readers")
        if loaded.data.number:
            return loaded
        number = OurCompany(self._store).next_number(loaded.data.date)
        return replace(loaded, data=replace(loaded.data, number=number))

    def readers_of_lens(self, proposal_id: str, lens: str) -> tuple[str, ...]:
        """The ids of the readers of one type. Raises KamdeskError ``proposal.no_reader_of_type``."""
        found = tuple(
            reader.id for reader in self._proposals.page(proposal_id).readers if reader.lens == lens
        )
        if not found:
            raise KamdeskError("proposal.no_reader_of_type", lens=Label("lens", lens))
        return found

    def stored_template(self, template_id: str) -> OwnTemplate:
        """A stored Word file of the user's, ready to be used for one generation."""
        return self._store.read(lambda session: self._stored(session, template_id))

    # --- what to make

    def _wanted(
        self, proposal_id: str, loaded: LoadedProposal, audience: Audience
    ) -> list[tuple[str, str | None]]:
        everybody = [reader.id for reader in loaded.data.readers]
        if audience.variants is None:
            separate = {r.id for r in self._proposals.page(proposal_id).readers if r.separate}
        else:
            separate = set(audience.variants)
        letters = everybody if audience.letters is None else list(audience.letters)
        wanted: list[tuple[str, str | None]] = [("group", None)] if audience.group else []
        wanted += [("cover", reader_id) for reader_id in everybody if reader_id in letters]
        wanted += [("variant", reader_id) for reader_id in everybody if reader_id in separate]
        return wanted

    def _own_template(self, session: Session, proposal_id: str) -> OwnTemplate | None:
        template_id = get(session, Proposal, proposal_id).template_id
        return self._stored(session, template_id) if template_id else None

    def _stored(self, session: Session, template_id: str) -> OwnTemplate:
        row = get(session, Template, template_id)
        file = get(session, StoredFile, row.file_id)
        data = self._store.files.get(file.storage)
        return OwnTemplate(row.name, data, row.mode, row.kind, row.start_at, row.table_pattern)

    def _template(self, own: OwnTemplate | None, kind: str, language: str, subject: str) -> tuple[str, bytes]:
        if own is not None and own.kind in ("", kind):
            if own.mode == "letterhead":
                place = own.start_at, kind, language, own.table_pattern
                return own.name, self._maker.prepare(own.data, *place)
            return own.name, own.data
        template = for_subject(language, subject) if kind == "variant" else bundled(language, kind)
        return template.id, template.read()

    # --- one document

    def _make(
        self,
        loaded: LoadedProposal,
        tailored: Tailored,
        wanted: tuple[str, str | None],
        own: OwnTemplate | None,
        formats: Sequence[str],
        converter: str,
        vocabularies: Vocabularies,
    ) -> Made:
        kind, reader_id = wanted
        data = loaded.data
        subject = tailored.of(reader_id).subject if reader_id is not None else ""
        template_name, template = self._template(own, kind, data.language, subject)
        docx = self._maker.render(template, build(data, tailored, kind, reader_id))
        pdf = self._maker.to_pdf(docx, converter) if "pdf" in formats else None
        readers = [r for r in data.readers if reader_id is None or r.id == reader_id]
        return Made(
            kind,
            tuple(r.id for r in readers),
            tuple(r.name.full(data.language) for r in readers),
            _file_name(kind, loaded, readers, vocabularies),
            template_name,
            docx,
            pdf.pdf if pdf is not None else None,
            pdf.pages if pdf is not None else None,
            pdf.converter if pdf is not None else "",
            tuple(tailored.of(r.id) for r in readers),
            {profile.reader_id: profile.lens for profile in loaded.profiles},
            pdf.reason if pdf is not None else None,
        )

    # --- keeping

    def _keep(self, proposal_id: str, made: Sequence[Made], number: str, basis: str) -> tuple[Made, ...]:
        for document in made:
            # Written and synced before the step, so that the writer does not wait for the disk.
            self._store.files.put(document.docx)
            if document.pdf is not None:
                self._store.files.put(document.pdf)

        def work(session: Session) -> list[tuple[str, bool]]:
            row = get(session, Proposal, proposal_id)
            row.date = row.date or self._store.now().date()
            row.number = row.number or take_number(session, row.date)
            if row.number != number:
                raise KamdeskError("generation.renumbered", number=row.number)
            return [self._keep_one(session, proposal_id, document, basis) for document in made]

        subject = self._store.read(lambda session: get(session, Proposal, proposal_id).subject)
        kept = self._store.write("proposal.generate", {"name": subject, "n": len(made)}, work)
        return tuple(
            replace(document, document_id=row_id, edits_stand=by_hand)
            for document, (row_id, by_hand) in zip(made, kept, strict=True)
        )

    def _keep_one(self, session: Session, proposal_id: str, made: Made, basis: str) -> tuple[str, bool]:
        """The id of the new version, and whether one edited by hand stays current."""
        reader_id = made.reader_ids[0] if made.kind != "group" else None
        same = [
            Document.proposal_id == proposal_id,
            Document.kind == made.kind,
            Document.reader_id.is_(None) if reader_id is None else Document.reader_id == reader_id,
        ]
        current = session.scalars(select(Document).where(*same, Document.is_current.is_(True))).first()
        last = session.scalar(select(func.max(Document.version)).where(*same)) or 0
        by_hand = current is not None and current.hand_edited
        if current is not None and not by_hand:
            current.is_current = False
        row = Document(
            proposal_id=proposal_id,
            reader_id=reader_id,
            kind=made.kind,
            version=int(last) + 1,
            is_current=not by_hand,
            file_name=made.file_name,
            docx_id=files.add(session, self._store.files, f"{made.file_name}.docx", made.docx),
            pdf_id=files.add(session, self._store.files, f"{made.file_name}.pdf", made.pdf)
            if made.pdf
            else None,
            pages=made.pages,
            converter=made.converter,
            template_name=made.template,
            basis=basis,
            reasons=_reasons(made.reasons),
            made_at=self._store.now(),
        )
        session.add(row)
        session.flush()
        return row.id, by_hand


def _given_up(fault: BaseException) -> bool:
    return isinstance(fault, KamdeskError) and fault.message.code == "generation.cancelled"


def _reasons(chosen: Sequence[ReaderArguments]) -> str:
    """The ids of the arguments by reader, for "already told" after sending; the sentences are made anew for the page."""
    return json.dumps({reader.reader_id: [item.argument_id for item in reader.chosen] for reader in chosen})


def _in_file_name(reader: Reader, readers: Sequence[Reader], language: str) -> str:
    """Family name and initials; a namesake gets a number, or one letter would overwrite the other in the folder."""

    def short(one: Reader) -> str:
        return initials(one.name, language, family_first=True).replace("\u00a0", " ")

    own = short(reader)
    namesakes = [one.id for one in readers if short(one).casefold() == own.casefold()]
    place = namesakes.index(reader.id)
    return f"{own} ({place + 1})" if place else own


def _file_name(
    kind: str, loaded: LoadedProposal, readers: Sequence[Reader], vocabularies: Vocabularies
) -> str:
    """A name without extension: number, client, and for one reader their name; nothing about anybody's type."""
    data = loaded.data
    parts = [data.number, data.client.name]
    if kind == "cover":
        parts.append(vocabularies.label("document_kind", "cover", data.language))
    if kind != "group":
        parts.append(_in_file_name(readers[0], data.readers, data.language))
    return filenames.safe_name(" - ".join(part for part in parts if part))
