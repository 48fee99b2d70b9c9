"""The one folder for files in plain text that other programs must read: Word, the printer, mail (trust.md, Plain text on disk).

It belongs to the user alone and is emptied at lock and at start, but never of a file whose edits have not been taken back.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import re
import shutil
import stat
import uuid
from pathlib import Path
from typing import Final

from kamdesk.model.messages import KamdeskError

_MARK: Final = ".given"
_FORBIDDEN: Final = re.compile(r'[\x00-\x1f/\\:*?"<>|]+')


class PrivateFolder:
    """Each file lies in a folder of its own, so that it can keep the name that people know it by.

    Beside an editable file lies the hash of what was given out; while file and hash differ there are edits to take back.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    @property
    def path(self) -> Path:
        """The folder; it may not exist yet."""
        return self._folder

    def give(self, name: str, content: bytes, *, editable: bool = False) -> Path:
        """Write a file and return its path; ``editable`` ones are kept while they hold edits.

        Raises KamdeskError ``plain.cannot_write``.
        """
        place = self._folder / uuid.uuid4().hex[:12]
        path = place / _safe(name)
        try:
            self._make()
            place.mkdir(mode=0o700)
            with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as stream:
                stream.write(content)
            if editable:
                _mark(path, content)
        except OSError as error:
            raise KamdeskError(
                "plain.cannot_write", folder=str(self._folder), reason=error.strerror or ""
            ) from error
        return path

    def edited(self) -> tuple[Path, ...]:
        """Files whose content differs from what was given out or taken back last, and those that cannot be read to compare."""
        marks = sorted(self._folder.glob(f"*/*{_MARK}")) if self._folder.is_dir() else []
        return tuple(
            path
            for mark in marks
            if (path := mark.with_name(mark.name[: -len(_MARK)])).exists() and _differs(path, mark)
        )

    def taken_back(self, path: Path, content: bytes) -> None:
        """Say that ``content``, read from an editable file, is safe in the vault; a later save makes it edited again."""
        _mark(path, content)

    def remove(self, path: Path) -> None:
        """Remove one given file; one that another program still holds is left for :meth:`empty`."""
        if path.parent.parent == self._folder:
            shutil.rmtree(path.parent, ignore_errors=True)

    def empty(self) -> tuple[Path, ...]:
        """Remove everything but files with edits; returns what had to stay."""
        if not self._folder.is_dir():
            return ()
        kept = self.edited()
        keep = {path.parent for path in kept}
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


def _mark(path: Path, content: bytes) -> None:
    mark = path.with_name(path.name + _MARK)
    fresh = mark.with_name(mark.name + ".new")
    fresh.write_text(hashlib.sha256(content).hexdigest(), "ascii")
    fresh.replace(mark)


def _differs(path: Path, mark: Path) -> bool:
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest() != mark.read_text("ascii")
    except OSError:
        return True
