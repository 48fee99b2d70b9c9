"""Word is where a proposal is finished: giving a document out, taking the edited one back, versions (R11).

The edited file becomes the current version; PDF, print and mail are made from it. Nothing is ever overwritten.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Protocol

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from kamdesk.documents import edits
from kamdesk.model.messages import KamdeskError
from kamdesk.model.tables import Document, StoredFile
from kamdesk.rules import filenames
from kamdesk.rules.file_pattern import has_version, unique
from kamdesk.services import files
from kamdesk.services.base import get
from kamdesk.services.document_names import document_names
from kamdesk.services.generation import PdfMade
from kamdesk.services.templates import CleanedFile
from kamdesk.store.unit_of_work import Store


class Reader(Protocol):
    """The worker as this module needs it."""

    def to_pdf(self, docx: bytes, converter: str = "builtin") -> PdfMade:
        """The PDF of a Word file."""
        ...

    def differences(self, before: bytes, after: bytes) -> tuple[edits.Edit, ...]:
        """What changed between two Word files, in reading order."""
        ...

    def strip_personal(self, docx: bytes, *, leaving: bool = True) -> bytes:
        """A copy without author, comments, tracked changes and hidden text; refused where it may not leave."""
        ...

    def clean(self, data: bytes) -> CleanedFile:
        """A copy without what may not be in a Word file of ours; refuses what cannot be cleaned."""
        ...


@dataclass(frozen=True, slots=True)
class Given:
    """A document in the private folder: edit it there and give ``document_id`` back with the path."""

    document_id: str
    path: Path
    sha256: str


class WordFiles:
    """Documents going out to Word and coming back."""

    def __init__(self, store: Store, worker: Reader) -> None:
        self._store = store
        self._worker = worker

    # --- bytes

    def docx(self, document_id: str) -> bytes:
        """The Word file of one version. Raises KamdeskError ``document.not_made``."""
        return self._bytes(document_id, "docx")

    def outgoing(self, document_id: str) -> bytes:
        """The Word file as it may leave the house: of one edited by hand a copy without its author, comments,
        tracked changes and what no page shows. Raises KamdeskError where it holds what may not leave."""
        data = self.docx(document_id)
        by_hand = self._store.read(lambda session: get(session, Document, document_id).hand_edited)
        return self._worker.strip_personal(data) if by_hand else data

    def pdf(self, document_id: str, converter: str = "builtin") -> bytes:
        """The PDF of one version; made now, from exactly that Word file, where it is not there yet."""
        held = self._store.read(lambda session: get(session, Document, document_id).pdf_id)
        if held is None:
            self._make_pdf(document_id, converter)
        return self._bytes(document_id, "pdf")

    def outgoing_pdf(self, document_id: str) -> bytes:
        """The PDF as it may leave the house. Raises KamdeskError where its Word file holds what may not leave."""
        if self._store.read(lambda session: get(session, Document, document_id).hand_edited):
            self.outgoing(document_id)
        return self.pdf(document_id)

    def _bytes(self, document_id: str, kind: str) -> bytes:
        def work(session: Session) -> str:
            row = get(session, Document, document_id)
            file_id = row.docx_id if kind == "docx" else row.pdf_id
            if file_id is None:
                raise KamdeskError("document.not_made", format=kind.upper())
            return get(session, StoredFile, file_id).storage

        return self._store.files.get(self._store.read(work))

    def _make_pdf(self, document_id: str, converter: str) -> None:
        made = self._worker.to_pdf(self.outgoing(document_id), converter)
        self._store.files.put(made.pdf)

        def work(session: Session) -> None:
            row = get(session, Document, document_id)
            row.pdf_id = files.add(session, self._store.files, f"{row.file_name}.pdf", made.pdf)
            row.pages, row.converter = made.pages, made.converter

        name = self._store.read(lambda session: get(session, Document, document_id).file_name)
        self._store.write("proposal.generate", {"name": name, "n": 1}, work)

    # --- out and back

    def give_out(self, document_id: str, folder: Path) -> Given:
        """Write the Word file into a folder for editing, under its own name. Raises KamdeskError for the folder."""
        data = self.docx(document_id)
        name = self._store.read(lambda session: get(session, Document, document_id).file_name)
        path = write_file(folder, f"{name}.docx", data)
        return Given(document_id, path, hashlib.sha256(data).hexdigest())

    def take_back(self, document_id: str, data: bytes) -> str | None:
        """Keep an edited Word file as the current version and return its id; None when its bytes are the same.

        The file of the user's own hand is kept byte by byte. Raises KamdeskError for something that is no Word
        file; the version before stays current then.
        """
        if data == self.docx(document_id):
            return None
        self._worker.clean(data)
        made = self._worker.to_pdf(self._worker.strip_personal(data, leaving=False))
        self._store.files.put(data)
        self._store.files.put(made.pdf)

        today = self._store.now().date()

        def work(session: Session) -> str:
            old = get(session, Document, document_id)
            same = _same(old)
            name = _next_name(session, old, today)
            last = session.scalar(select(func.max(Document.version)).where(*same)) or old.version
            for row in session.scalars(select(Document).where(*same)):
                row.is_current = False
            row = Document(
                proposal_id=old.proposal_id,
                reader_id=old.reader_id,
                kind=old.kind,
                version=int(last) + 1,
                is_current=True,
                hand_edited=True,
                file_name=name,
                docx_id=files.add(session, self._store.files, f"{name}.docx", data),
                pdf_id=files.add(session, self._store.files, f"{name}.pdf", made.pdf),
                pages=made.pages,
                converter=made.converter,
                template_name=old.template_name,
                basis=old.basis,
                reasons=old.reasons,
                made_at=self._store.now(),
            )
            session.add(row)
            session.flush()
            return row.id

        name = self._store.read(lambda session: get(session, Document, document_id).file_name)
        return self._store.write("proposal.take_back", {"name": name}, work)

    # --- versions

    def use_version(self, document_id: str) -> None:
        """Make this version the one that is printed and sent; the others stay."""

        def work(session: Session) -> None:
            chosen = get(session, Document, document_id)
            for row in session.scalars(select(Document).where(*_same(chosen))):
                row.is_current = row.id == chosen.id

        version, name = self._store.read(
            lambda session: ((row := get(session, Document, document_id)).version, row.file_name)
        )
        self._store.write("proposal.use_version", {"version": version, "name": name}, work)

    def generated_before(self, document_id: str) -> str | None:
        """The id of the last generated version before this one; None where there is none. Raises ``record.gone``."""

        def work(session: Session) -> str | None:
            row = get(session, Document, document_id)
            query = (
                select(Document.id)
                .where(*_same(row), Document.hand_edited.is_(False), Document.version < row.version)
                .order_by(Document.version.desc())
            )
            return session.scalars(query).first()

        return self._store.read(work)

    def compare(self, one_id: str, other_id: str) -> tuple[edits.Edit, ...]:
        """The differences between any two versions, in reading order."""
        return self._worker.differences(self.docx(one_id), self.docx(other_id))

    # --- to a folder of the user's

    def export(
        self,
        document_id: str,
        folder: Path,
        formats: Sequence[str] = ("docx", "pdf"),
        taken: set[str] | None = None,
    ) -> tuple[Path, ...]:
        """Write one document into a folder, replacing a file of the same name as a whole or not at all.

        ``taken`` are the names that other documents of the same run have; it gets the name of this one, which is numbered
        where it is taken.
        """
        name = self._store.read(lambda session: get(session, Document, document_id).file_name)
        if taken is not None:
            name = unique(name, taken)
            taken.add(name)
        makers: dict[str, Callable[[str], bytes]] = {"docx": self.outgoing, "pdf": self.outgoing_pdf}
        # Both are made before one is written: a document that cannot be made leaves no half of itself.
        contents = [(kind, makers[kind](document_id)) for kind in formats]
        return tuple(write_file(folder, f"{name}.{kind}", data) for kind, data in contents)


def _next_name(session: Session, old: Document, today: date) -> str:
    """What the next version is called: as this one, unless the pattern of names has the version in it."""
    names = document_names(session, old.proposal_id, today)
    if not has_version(names.pattern):
        return old.file_name
    return names.all().get((old.kind, old.reader_id), old.file_name)


def _same(row: Document) -> list[ColumnElement[bool]]:
    """The conditions of all versions of one document."""
    return [
        Document.proposal_id == row.proposal_id,
        Document.kind == row.kind,
        Document.reader_id.is_(None) if row.reader_id is None else Document.reader_id == row.reader_id,
    ]


def check_folder(folder: Path) -> None:
    """Raises KamdeskError ``document.folder_unwritable`` where no file can be put; the folder is not made by asking."""
    there = folder
    while not there.exists() and there != there.parent:
        there = there.parent
    try:
        with tempfile.TemporaryFile(dir=there) as probe:
            probe.write(b"kamdesk")
    except OSError as error:
        raise _unwritable(folder, error) from error


def write_file(folder: Path, name: str, data: bytes) -> Path:
    """Write a file whole or not at all, under a name that Windows takes too.

    Raises KamdeskError ``document.folder_unwritable`` or ``document.file_busy``.
    """
    path = folder / filenames.safe_name(Path(name).stem, Path(name).suffix)
    part = path.with_name(f".{path.name}.part")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with part.open("wb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
    except OSError as error:
        _drop(part)
        raise _unwritable(folder, error) from error
    try:
        part.replace(path)
    except OSError as error:
        _drop(part)
        raise KamdeskError("document.file_busy", file=path.name) from error
    return path


def _unwritable(folder: Path, error: OSError) -> KamdeskError:
    return KamdeskError("document.folder_unwritable", folder=str(folder), reason=error.strerror or "")


def _drop(part: Path) -> None:
    # On a disk that is gone this fails as well; the first problem is the one to tell.
    with contextlib.suppress(OSError):
        part.unlink(missing_ok=True)
