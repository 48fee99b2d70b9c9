"""Files of a client, a person, a contact or a deal: inside the vault, or a link to a place on the disk (D14)."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path, PurePath
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from kamdesk.model.messages import KamdeskError, Message
from kamdesk.model.tables import Attachment, Deal, Interaction, Organisation, Participant, Person, StoredFile
from kamdesk.services import files
from kamdesk.services.base import get, title_of
from kamdesk.services.rows import check_changes, ensure, first_words, insert, put
from kamdesk.services.word_files import write_file
from kamdesk.store.unit_of_work import Store

Extract = Callable[[bytes, str], str]

_PROGRAMS: Final = frozenset(
    ".exe .com .bat .cmd .scr .pif .msi .msp .ps1 .vbs .vbe .js .jse .wsf .wsh .hta .lnk .url .reg .jar .cpl .chm .iso .img"
    " .sh .desktop .appimage .run .command .app .dmg .pkg .py .pyw .msc .scf .settingcontent-ms .library-ms .search-ms .application"
    " .appref-ms .website .webloc .vhd .vhdx .xll .ws .wsc .sct .psm1 .diagcab .msix .appx .jnlp .gadget .inf".split()
)
_DRIVE: Final = re.compile(r"^[A-Za-z]:")


@dataclass(frozen=True, slots=True)
class Owner:
    """What a file belongs to: one of the four, the nearest thing it was given to."""

    organisation_id: str = ""
    person_id: str = ""
    interaction_id: str = ""
    deal_id: str = ""

    def pair(self) -> tuple[str, str]:
        """(table, id). Raises KamdeskError ``attachment.of_what`` for none."""
        for table in ("interaction", "deal", "person", "organisation"):
            row_id = str(getattr(self, f"{table}_id"))
            if row_id:
                return table, row_id
        raise KamdeskError("attachment.of_what")


@dataclass(frozen=True, slots=True)
class NewFile:
    """A file to be attached. ``text`` is what was read from it for the search."""

    name: str
    content: bytes
    text: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class AttachmentView:
    """A file as pages show it. ``size`` is in bytes, None for a link; ``missing``: a link whose file is not there.

    ``owner_table`` and ``owner`` say what it belongs to; ``kind`` is the extension without its dot. A ``program`` is never opened.
    ``when`` is the day of the contact it belongs to.
    """

    id: str
    name: str
    note: str
    kind: str
    size: int | None
    added_on: date | None
    path: str
    missing: bool
    program: bool
    sensitivity: str
    owner_table: str
    owner_id: str
    owner: str
    owner_kind: str = ""
    when: date | None = None

    @property
    def linked(self) -> bool:
        """Whether it is only a link to a file on the disk."""
        return bool(self.path)


class Attachments:
    """Everything a user can do to an attached file. ``extract`` reads its words in the worker; fields go through ``Records`` too."""

    def __init__(self, store: Store, extract: Extract) -> None:
        self._store = store
        self._extract = extract

    # --- intentions

    def read(self, name: str, content: bytes) -> tuple[NewFile, Message | None]:
        """A file with its words, and a word on it where they could not be read. Nothing is written; it may take seconds."""
        try:
            return NewFile(name, content, self._extract(content, name)), None
        except KamdeskError as problem:
            if problem.message.code == "documents.cancelled":
                raise
            return NewFile(name, content), Message("attachment.text_not_read", {"name": name})

    def add(self, owner: Owner, new: Sequence[NewFile]) -> tuple[str, ...]:
        """Attach files in one step and return their ids. Raises ``attachment.of_what``, ``files.empty``, ``record.gone`` …"""
        table, row_id = owner.pair()
        for one in new:
            if not one.content:
                raise KamdeskError("files.empty", name=one.name)

        def work(session: Session) -> tuple[str, ...]:
            ensure(session, table, row_id)
            return tuple(attach(session, self._store, (table, row_id), one) for one in new)

        if len(new) == 1:
            return self._store.write("attachment.add", {"name": first_words(new[0].name)}, work)
        return self._store.write("attachment.add_many", {"n": len(new)}, work)

    def link(self, owner: Owner, path: Path) -> str:
        """Link to a file where it lies; its words are searched as of now. Raises ``attachment.unreadable``, ``.not_file`` …"""
        table, row_id = owner.pair()
        text = self._words_of(path)

        def work(session: Session) -> str:
            ensure(session, table, row_id)
            values = {f"{table}_id": row_id}
            today = self._store.now().date()
            return insert(
                session,
                Attachment(path=str(path.absolute()), name=path.name, text=text, added_on=today, **values),
            )

        return self._store.write("attachment.link", {"name": first_words(path.name)}, work)

    def find_again(self, attachment_id: str, path: Path) -> None:
        """Point a link to where its file lies now; the name that was given stays."""
        text = self._words_of(path)

        def work(session: Session) -> None:
            put(session, Attachment, attachment_id, {"path": str(path.absolute()), "text": text})

        self._store.write("attachment.find_again", {"name": first_words(path.name)}, work)

    def rename(self, attachment_id: str, name: str, *, visit: str = "") -> None:
        """Call it otherwise; the extension stays when it is left off. Raises ``record.required``, ``record.gone``."""
        clean = " ".join(name.split())
        check_changes(Attachment, {"name": clean})
        old = self._store.read(lambda session: get(session, Attachment, attachment_id).name)
        suffix = PurePath(old).suffix
        if clean and suffix and not PurePath(clean).suffix:
            clean += suffix

        def work(session: Session) -> None:
            put(session, Attachment, attachment_id, {"name": clean})

        self._store.write("attachment.rename", {"name": first_words(clean)}, work, visit=visit)

    def remark(self, attachment_id: str, note: str, *, visit: str = "") -> None:
        """Say something about it. Raises ``record.gone``."""
        check_changes(Attachment, {"note": note})
        name = self._store.read(lambda session: get(session, Attachment, attachment_id).name)

        def work(session: Session) -> None:
            put(session, Attachment, attachment_id, {"note": note.strip()})

        self._store.write("attachment.remark", {"name": first_words(name)}, work, visit=visit)

    def delete(self, ids: Sequence[str]) -> None:
        """Remove files from their records; a linked file stays on the disk. Undo brings them back."""

        def work(session: Session) -> None:
            for one in ids:
                session.delete(get(session, Attachment, one))

        self._store.write("attachment.delete", {"n": len(ids)}, work)

    # --- questions

    def of(self, owner: Owner) -> tuple[AttachmentView, ...]:
        """The files of a record and of what belongs to it, the newest first.

        A client's include those of its contacts and deals; a person's those of contacts the person took part in.
        """
        table, row_id = owner.pair()

        def work(session: Session) -> tuple[AttachmentView, ...]:
            query = select(Attachment, StoredFile.size).outerjoin(
                StoredFile, StoredFile.id == Attachment.file_id
            )
            if table == "organisation":
                contacts = select(Interaction.id).where(Interaction.organisation_id == row_id)
                deals = select(Deal.id).where(Deal.organisation_id == row_id)
                query = query.where(
                    (Attachment.organisation_id == row_id)
                    | Attachment.interaction_id.in_(contacts)
                    | Attachment.deal_id.in_(deals)
                )
            elif table == "person":
                there = select(Participant.interaction_id).where(Participant.person_id == row_id)
                query = query.where((Attachment.person_id == row_id) | Attachment.interaction_id.in_(there))
            else:
                query = query.where(getattr(Attachment, f"{table}_id") == row_id)
            query = query.order_by(Attachment.added_on.desc(), Attachment.name, Attachment.id)
            return tuple(_view(session, row, size) for row, size in session.execute(query))

        return self._store.read(work)

    def view(self, attachment_id: str) -> AttachmentView:
        """One file. Raises ``record.gone``."""

        def work(session: Session) -> AttachmentView:
            row = get(session, Attachment, attachment_id)
            size = get(session, StoredFile, row.file_id).size if row.file_id else None
            return _view(session, row, size)

        return self._store.read(work)

    def content(self, attachment_id: str) -> tuple[str, bytes]:
        """Name (safe to save under) and bytes. Raises ``attachment.missing``, ``attachment.unreadable``, ``storage.file_missing`` …"""

        def work(session: Session) -> tuple[str, str, str]:
            row = get(session, Attachment, attachment_id)
            storage = get(session, StoredFile, row.file_id).storage if row.file_id else ""
            return row.name, row.path, storage

        name, path, storage = self._store.read(work)
        safe = files.plain_name(name)
        if storage:
            return safe, self._store.files.get(storage)
        if not _is_there(path):
            raise KamdeskError("attachment.missing", name=name, path=path)
        try:
            return safe, Path(path).read_bytes()
        except OSError as error:
            raise KamdeskError("attachment.unreadable", name=name) from error

    def save_copy(self, attachment_id: str, folder: Path) -> Path:
        """Write a copy into a folder under its own name; one that is there is not overwritten. Raises ``document.folder_unwritable``."""
        name, content = self.content(attachment_id)
        return write_file(folder, _free_name(folder, name), content)

    def _words_of(self, path: Path) -> str:
        if not path.is_file():
            code = "attachment.not_file" if path.exists() else "attachment.unreadable"
            raise KamdeskError(code, name=path.name)
        try:
            content = path.read_bytes()
        except OSError as error:
            raise KamdeskError("attachment.unreadable", name=path.name) from error
        return self.read(path.name, content)[0].text if content else ""


def attach(session: Session, store: Store, owner: tuple[str, str], new: NewFile) -> str:
    """Attach one file inside a step of another service."""
    safe = files.plain_name(new.name)
    file_id = files.add(session, store.files, safe, new.content)
    values = {f"{owner[0]}_id": owner[1]}
    return insert(
        session,
        Attachment(
            file_id=file_id, name=safe, note=new.note, text=new.text, added_on=store.now().date(), **values
        ),
    )


def is_program(name: str) -> bool:
    """Whether opening a file of this name or place would run it; what Windows does not read of a name is not read here either."""
    last = _DRIVE.sub("", name.replace("\\", "/").rpartition("/")[2]).partition(":")[0]
    return PurePath(last.rstrip(" .")).suffix.casefold() in _PROGRAMS


def _is_there(path: str) -> bool:
    """Whether a plain file lies there: a pipe or a device would never end."""
    try:
        return Path(path).is_file()
    except (OSError, ValueError):
        return False


def _is_lost(path: str) -> bool:
    """Whether the file of a link is known not to be there.

    A place on the network is only asked for when somebody opens it: a list would wait for it, and a path that came in a
    package would make Windows sign in at a stranger's server.
    """
    return bool(path) and not path.replace("\\", "/").startswith("//") and not _is_there(path)


def _free_name(folder: Path, name: str) -> str:
    path = PurePath(name)
    number = 2
    while (folder / name).exists():
        name = f"{path.stem} ({number}){path.suffix}"
        number += 1
    return name


def _view(session: Session, row: Attachment, size: int | None) -> AttachmentView:
    table, owner_id = Owner(
        row.organisation_id or "", row.person_id or "", row.interaction_id or "", row.deal_id or ""
    ).pair()
    owner: Interaction | Deal | Person | Organisation
    kind, when = "", None
    if table == "interaction":
        meeting = owner = get(session, Interaction, owner_id)
        kind, when = meeting.kind, meeting.starts_at.date() if meeting.starts_at else None
    else:
        entity: type[Deal | Person | Organisation] = {"deal": Deal, "person": Person}.get(table, Organisation)  # type: ignore[assignment]
        owner = get(session, entity, owner_id)
    return AttachmentView(
        row.id,
        row.name,
        row.note,
        PurePath(row.name).suffix[1:].casefold(),
        size,
        row.added_on,
        row.path,
        _is_lost(row.path),
        is_program(row.name) or is_program(row.path),
        row.sensitivity,
        table,
        owner_id,
        title_of(owner),
        kind,
        when,
    )
