"""Making the documents of a proposal: load, tailor, build the outgoing context, render and convert, store (R6, R11).

The walk of architecture.md: nothing here holds a session while the worker works, and all documents of one
generation are stored in one step. A version that was edited by hand stays the current one until the user chooses.
A fault of a template stops them all and is told once; what is wrong with one document leaves the others standing.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final, Protocol

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from kamdesk.documents.context.build import build
from kamdesk.documents.context.document import OutgoingDocument
from kamdesk.documents.context.internal import INTERNAL
from kamdesk.documents.doctor import WHOLE_BLOCKS
from kamdesk.documents.templates import bundled, for_subject
from kamdesk.model.inputs import ReaderArguments, Tailored
from kamdesk.model.messages import KamdeskError, Message
from kamdesk.model.tables import Document, Proposal, StoredFile, Template
from kamdesk.model.vocabulary import Label, Vocabularies
from kamdesk.rules.proposal_checks import Finding, Severity, mandatory_blocks
from kamdesk.services import files
from kamdesk.services.base import get
from kamdesk.services.company import OurCompany, take_number
from kamdesk.services.document_names import Key, document_names
from kamdesk.services.pressing import Press, Progress
from kamdesk.services.proposal_data import LoadedProposal, load
from kamdesk.services.proposal_page import basis_of
from kamdesk.services.proposals import Proposals
from kamdesk.store.unit_of_work import Store

_TEMPLATE_BLOCK: Final = {"benefit": "effect"}
"""What a block is called in templates where it is not called by its code."""


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


@dataclass(frozen=True, slots=True)
class NotMade:
    """One document that could not be made, and why; ``name`` is what its file would be called."""

    kind: str
    reader_id: str | None
    name: str
    why: Message


@dataclass(frozen=True, slots=True)
class Generated:
    """What came of a generation: the documents in their order, and those that could not be made."""

    made: tuple[Made, ...]
    failed: tuple[NotMade, ...] = ()


@dataclass(frozen=True, slots=True)
class _Order:
    """One generation: what it is made from, and what its documents are called."""

    loaded: LoadedProposal
    tailored: Tailored
    names: Mapping[Key, str]
    templates: _Templates
    formats: tuple[str, ...]
    converter: str


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

        Raises KamdeskError where there is no reader, a template is faulty, a document cannot be made or the job was
        cancelled (``generation.cancelled``); nothing is stored then, the number is not taken either.
        """
        wish = audience, formats, template, converter, progress, cancelled
        return self._generate(proposal_id, *wish, keep_going=False).made

    def make(
        self,
        proposal_id: str,
        audience: Audience = Audience(),
        *,
        formats: Sequence[str] = ("docx", "pdf"),
        template: OwnTemplate | None = None,
        converter: str = "builtin",
        progress: Progress | None = None,
        cancelled: Callable[[], bool] | None = None,
    ) -> Generated:
        """The same, but what is wrong with one document is told in ``failed`` and the others are stored.

        Raises as :meth:`generate` for a faulty template, a cancel, and where not one document could be made.
        """
        wish = audience, formats, template, converter, progress, cancelled
        return self._generate(proposal_id, *wish, keep_going=True)

    def _generate(
        self,
        proposal_id: str,
        audience: Audience,
        formats: Sequence[str],
        template: OwnTemplate | None,
        converter: str,
        progress: Progress | None,
        cancelled: Callable[[], bool] | None,
        *,
        keep_going: bool,
    ) -> Generated:
        loaded = self._load(proposal_id)
        own = template or self._store.read(lambda s: self._own_template(s, proposal_id))
        order = self._order(loaded, own, formats, converter)
        wanted = self._wanted(proposal_id, loaded, audience)
        made, failed = Press(self._parallel, progress, cancelled, keep_going=keep_going).run(
            wanted, lambda key: self._make(order, key), lambda one: one.file_name
        )
        if not made and failed:
            raise KamdeskError(failed[0][1].code, **failed[0][1].params)
        kept = self._keep(proposal_id, made, loaded.data.number, basis_of(loaded.data, order.tailored))
        return Generated(kept, tuple(NotMade(*key, order.names[key], why) for key, why in failed))

    def _order(
        self, loaded: LoadedProposal, own: OwnTemplate | None, formats: Sequence[str], converter: str
    ) -> _Order:
        # Never quietly another design: whoever chose it expects its words in what goes to the client.
        if own is not None and own.kind in INTERNAL:
            raise KamdeskError("generation.internal_template", name=own.name)
        today = self._store.now().date()
        data = loaded.data
        names = self._store.read(lambda s: document_names(s, data.id, today, data.number).all())
        templates = _Templates(self._maker, own, data.language)
        tailored = loaded.tailor(self._vocabularies(), today)
        return _Order(loaded, tailored, names, templates, tuple(formats), converter)

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
        own = self._store.read(lambda session: self._own_template(session, proposal_id))
        return self._make(self._order(loaded, own, ("docx", "pdf"), converter), (kind, reader_id))

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

    def _wanted(self, proposal_id: str, loaded: LoadedProposal, audience: Audience) -> list[Key]:
        everybody = [reader.id for reader in loaded.data.readers]
        if audience.variants is None:
            separate = {r.id for r in self._proposals.page(proposal_id).readers if r.separate}
        else:
            separate = set(audience.variants)
        letters = everybody if audience.letters is None else list(audience.letters)
        wanted: list[Key] = [("group", None)] if audience.group else []
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

    # --- one document

    def _make(self, order: _Order, wanted: Key) -> Made:
        kind, reader_id = wanted
        data, tailored = order.loaded.data, order.tailored
        subject = tailored.of(reader_id).subject if reader_id is not None else ""
        template_name, template = order.templates.of(kind, subject)
        docx = self._maker.render(template, build(data, tailored, kind, reader_id))
        pdf = self._maker.to_pdf(docx, order.converter) if "pdf" in order.formats else None
        readers = [r for r in data.readers if reader_id is None or r.id == reader_id]
        return Made(
            kind,
            tuple(r.id for r in readers),
            tuple(r.name.full(data.language) for r in readers),
            order.names[wanted],
            template_name,
            docx,
            pdf.pdf if pdf is not None else None,
            pdf.pages if pdf is not None else None,
            pdf.converter if pdf is not None else "",
            tuple(tailored.of(r.id) for r in readers),
            {profile.reader_id: profile.lens for profile in order.loaded.profiles},
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


class _Templates:
    """The templates of one generation, each read and prepared once; asked from several threads."""

    def __init__(self, maker: Maker, own: OwnTemplate | None, language: str) -> None:
        self._maker = maker
        self._own = own
        self._language = language
        self._known: dict[tuple[str, str], tuple[str, bytes]] = {}
        self._turn = threading.Lock()

    def of(self, kind: str, subject: str) -> tuple[str, bytes]:
        """Name and bytes of the template for a kind of document; a variant has one by its ``subject``."""
        key = kind, subject if kind == "variant" else ""
        with self._turn:
            if key not in self._known:
                self._known[key] = self._find(*key)
            return self._known[key]

    def _find(self, kind: str, subject: str) -> tuple[str, bytes]:
        own, language = self._own, self._language
        if own is not None and own.kind in ("", kind):
            if own.mode == "letterhead":
                place = own.start_at, kind, language, own.table_pattern
                return own.name, self._maker.prepare(own.data, *place)
            return own.name, own.data
        template = for_subject(language, subject) if kind == "variant" else bundled(language, kind)
        return template.id, template.read()


def _reasons(chosen: Sequence[ReaderArguments]) -> str:
    """The ids of the arguments by reader, for "already told" after sending; the sentences are made anew for the page."""
    return json.dumps({reader.reader_id: [item.argument_id for item in reader.chosen] for reader in chosen})
