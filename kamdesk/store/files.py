"""Attachments and documents: immutable encrypted files beside the database, named by a keyed hash (trust.md).

A file is written and synced before its row, so a row never names a file that is not there. Equal contents are
stored once. Format: 12 bytes of nonce, then AES-256-GCM over the content with the name as associated data.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from pathlib import Path
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from kamdesk.model.messages import KamdeskError
from kamdesk.store.durable import replace_file
from kamdesk.store.keys import subkey

MAX_FILE: Final = 256 * 1024 * 1024
_NONCE: Final = 12
_TAG: Final = 16


class FileStore:
    """The folder ``files/`` of one open vault."""

    def __init__(self, folder: Path, key: bytes) -> None:
        self._folder = folder
        self._box = AESGCM(subkey(key, "files"))
        self._naming = subkey(key, "file names")

    def put(self, content: bytes) -> str:
        """Store a content and return its storage name. Raises KamdeskError for a full or read-only disk."""
        if len(content) > MAX_FILE:
            raise KamdeskError("storage.file_too_large", megabytes=MAX_FILE // (1024 * 1024))
        name = hmac.new(self._naming, hashlib.sha256(content).digest(), hashlib.sha256).hexdigest()
        path = self._folder / name[:2] / name
        nonce = secrets.token_bytes(_NONCE)
        try:
            # A file that was changed outside is written anew instead of being taken for the content.
            size = _NONCE + len(content) + _TAG
            if path.is_file() and path.stat().st_size == size and self._holds(path, name):
                return name
            path.parent.mkdir(parents=True, exist_ok=True)
            replace_file(path, nonce + self._box.encrypt(nonce, content, name.encode()))
        except OSError as error:
            raise KamdeskError("storage.file_not_written", reason=error.strerror or "") from error
        return name

    def _holds(self, path: Path, name: str) -> bool:
        """Whether a file is whole: its name is that of its content, so nothing has to be compared."""
        try:
            self._opened(path, name)
        except (InvalidTag, ValueError):
            return False
        return True

    def _opened(self, path: Path, name: str) -> bytes:
        sealed = path.read_bytes()
        return self._box.decrypt(sealed[:_NONCE], sealed[_NONCE:], name.encode())

    def get(self, name: str) -> bytes:
        """The content stored under a name. Raises KamdeskError where it is missing or was changed outside."""
        try:
            return self._opened(self._folder / name[:2] / name, name)
        except OSError as error:
            raise KamdeskError("storage.file_missing", reason=error.strerror or "") from error
        except (InvalidTag, ValueError) as error:
            raise KamdeskError("storage.file_damaged") from error
