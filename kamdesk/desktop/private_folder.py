"""The one folder for files in plain text that other programs must read: Word, the printer, mail (trust.md, Plain text on disk).

It belongs to the user alone and is emptied at lock and at start, but never of a file whose edits have not been taken back.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import re
import shutil
import stat
import uuid
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from kamdesk.model.messages import KamdeskError

_MARK: Final = ".given"
_FORBIDDEN: Final = re.compile(r'[\x00-\x1f/\\:*?"<>|]+')


@dataclass(frozen=True)
class Edited:
    """A file with edits that were not taken back; ``key`` is what it was given out as (the id of the document)."""

    path: Path
    key: str


class PrivateFolder:
    """Each file lies in a folder of its own, so that it can keep the name that people know it by.

    Beside an editable file lies what it is and the hash of what was given out; while file and hash differ there are edits to take
    back.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    @property
    def path(self) -> Path:
        """The folder; it may not exist yet."""
        return self._folder

    def place(self) -> Path:
        """A fresh folder inside for one file that a service writes. Raises KamdeskError ``plain.cannot_write``."""
        place = self._folder / uuid.uuid4().hex[:12]
        try:
            self._make()
            place.mkdir(mode=0o700)
        except OSError as error:
            raise _refused(self._folder, error) from error
        return place

    def give(self, name: str, content: bytes, *, key: str = "") -> Path:
        """Write a file and return its path; with a ``key`` it may be edited and is kept while it holds edits.

        Raises KamdeskError ``plain.cannot_write``.
        """
        path = self.place() / _safe(name)
        try:
            with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as stream:
                stream.write(content)
        except OSError as error:
            raise _refused(self._folder, error) from error
        if key:
            self.taken_back(path, content, key)
        return path

    def edited(self) -> tuple[Edited, ...]:
        """Files whose content differs from what was given out or taken back last, and those that cannot be read to compare."""
        marks = sorted(self._folder.glob(f"*/*{_MARK}")) if self._folder.is_dir() else []
        found = [(mark.with_name(mark.name.removesuffix(_MARK)), *_read(mark)) for mark in marks]
        return tuple(
            Edited(path, key) for path, key, sha256 in found if path.exists() and _differs(path, sha256)
        )

    def taken_back(self, path: Path, content: bytes, key: str) -> None:
        """Say that this content of the file is safe in the vault as ``key``; a later save makes it edited again.

        Call it also right after a service wrote a file that may be edited. Raises KamdeskError ``plain.cannot_write``.
        """
        mark = path.with_name(path.name + _MARK)
        fresh = mark.with_name(mark.name + ".new")
        try:
            fresh.write_text(json.dumps({"key": key, "sha256": hashlib.sha256(content).hexdigest()}), "utf-8")
            fresh.replace(mark)
        except OSError as error:
            raise _refused(self._folder, error) from error

    def remove(self, path: Path) -> None:
        """Remove one given file; one that another program still holds is left for :meth:`empty`."""
        if path.parent.parent == self._folder:
            shutil.rmtree(path.parent, ignore_errors=True)

    def empty(self) -> tuple[Edited, ...]:
        """Remove everything but files with edits; returns what had to stay."""
        if not self._folder.is_dir():
            return ()
        kept = self.edited()
        keep = {one.path.parent for one in kept}
        for place in self._folder.iterdir():
            if place in keep:
                continue
            if place.is_dir() and not place.is_symlink():
                shutil.rmtree(place, ignore_errors=True)
            else:
                with contextlib.suppress(OSError):
                    place.unlink()
        return kept

    def _make(self) -> None:
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if os.name == "posix":
            about = self._folder.lstat()
            if not stat.S_ISDIR(about.st_mode) or about.st_uid != os.geteuid():
                raise PermissionError(1, "not ours")
            self._folder.chmod(0o700)


def _safe(name: str) -> str:
    """The name without what file systems refuse; names of documents are made safe where they are made, this is the last net."""
    return _FORBIDDEN.sub("_", name).strip(" .")[:200] or "file"


def _refused(folder: Path, error: OSError) -> KamdeskError:
    return KamdeskError("plain.cannot_write", folder=str(folder), reason=error.strerror or "")


def _read(mark: Path) -> tuple[str, str]:
    """Key and hash of a mark; a damaged one matches no content, so that its file is kept."""
    try:
        kept = json.loads(mark.read_text("utf-8"))
        return str(kept["key"]), str(kept["sha256"])
    except (OSError, ValueError, KeyError, TypeError):
        return "", ""


def _differs(path: Path, sha256: str) -> bool:
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest() != sha256
    except OSError:
        return True
