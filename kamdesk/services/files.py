"""Files inside the vault: stored once by content, read back, given safe names (D14)."""

from __future__ import annotations

import hashlib
import mimetypes
from dataclasses import dataclass
from pathlib import PurePath
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from kamdesk.model.messages import KamdeskError
from kamdesk.model.tables import StoredFile
from kamdesk.rules.filenames import safe_name
from kamdesk.services.base import get
from kamdesk.services.rows import insert
from kamdesk.store.files import FileStore
from kamdesk.store.unit_of_work import Store

_WORD: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml."
_MEDIA: Final = {
    ".docx": _WORD + "document",
    ".dotx": _WORD + "template",
    ".docm": "application/vnd.ms-word.document.macroEnabled.12",
    ".dotm": "application/vnd.ms-word.template.macroEnabled.12",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    ".msg": "application/vnd.ms-outlook",
    ".eml": "message/rfc822",
    ".webp": "image/webp",
}
_STARTS: Final = (
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF8", "image/gif"),
    (b"%PDF-", "application/pdf"),
)


@dataclass(frozen=True, slots=True)
class FileView:
    """A stored file: ``name`` is safe to save under, ``size`` is in bytes."""

    id: str
    name: str
    media_type: str
    size: int


class Files:
    """Everything a user can do to a stored file."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def add(self, name: str, content: bytes) -> str:
        """Store a file and return its id. Raises KamdeskError for one too large, a full or read-only disk."""
        safe = plain_name(name)
        return self._store.write(
            "files.add", {"name": safe}, lambda session: add(session, self._store.files, safe, content)
        )

    def view(self, file_id: str) -> FileView:
        """One file without its content. Raises ``record.gone``."""
        return self._store.read(lambda session: _view(get(session, StoredFile, file_id)))

    def list(self) -> tuple[FileView, ...]:
        """All files by name."""
        query = select(StoredFile).order_by(StoredFile.name, StoredFile.id)
        return self._store.read(lambda session: tuple(_view(row) for row in session.scalars(query)))

    def content(self, file_id: str) -> bytes:
        """The bytes. Raises ``record.gone``, ``storage.file_missing`` or ``storage.file_damaged``."""
        storage = self._store.read(lambda session: get(session, StoredFile, file_id).storage)
        return self._store.files.get(storage)


def add(session: Session, files: FileStore, name: str, content: bytes) -> str:
    """Store a file inside a step of another service; the same content under the same name is one row."""
    if not content:
        raise KamdeskError("files.empty", name=name)
    safe = plain_name(name)
    digest = hashlib.sha256(content).hexdigest()
    known = session.scalars(
        select(StoredFile).where(StoredFile.sha256 == digest, StoredFile.name == safe).limit(1)
    ).first()
    storage = files.put(content)
    if known is not None:
        return known.id
    return insert(
        session,
        StoredFile(
            name=safe,
            media_type=media_type(safe, content),
            size=len(content),
            sha256=digest,
            storage=storage,
        ),
    )


def content(session: Session, files: FileStore, file_id: str | None) -> bytes | None:
    """The bytes of a linked file inside another query; None without a link."""
    return None if file_id is None else files.get(get(session, StoredFile, file_id).storage)


def media_type(name: str, content: bytes) -> str:
    """The kind of a file: by its first bytes where they tell, else by its name; octet-stream when neither does."""
    told = next((kind for start, kind in _STARTS if content.startswith(start)), None)
    suffix = PurePath(name).suffix.casefold()
    return told or _MEDIA.get(suffix) or mimetypes.guess_type(name)[0] or "application/octet-stream"


def plain_name(name: str) -> str:
    """The last part of a path as a name that every system can save; the extension stays when the name is cut."""
    last = PurePath(name.replace("\\", "/")).name
    path = PurePath(last)
    suffix = path.suffix if 1 < len(path.suffix) <= 10 and path.suffix[1:].isalnum() else ""
    return safe_name(last.removesuffix(suffix), suffix, "file")


def _view(row: StoredFile) -> FileView:
    return FileView(row.id, row.name, row.media_type, row.size)
