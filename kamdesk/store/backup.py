"""Backups of ``data.db``: VACUUM INTO, verified, then renamed (trust.md, Backups). Files are shared, not copied."""

from __future__ import annotations

import contextlib
import os
import re
from pathlib import Path
from typing import Any, Final

from sqlcipher3 import dbapi2

from kamdesk.model.messages import KamdeskError, Message
from kamdesk.store import connection
from kamdesk.store.durable import sync_folder

KEEP_NEWEST: Final = 10
_NAME: Final = re.compile(r"[0-9]{6,9}-")
"""What the user puts into the folder besides is neither counted nor thinned out."""


class Backups:
    """The folder ``backups/``: numbered by sequence, because clocks go wrong."""

    def __init__(self, folder: Path, key: bytes) -> None:
        self._folder = folder
        self._key = key

    def list(self) -> tuple[Path, ...]:
        """The finished backups, the oldest first."""
        return tuple(sorted(path for path in self._folder.glob("*.db") if _NAME.match(path.name)))

    def make(self, raw: Any, reason: str) -> Path:
        """Copy the database behind the raw connection. Raises KamdeskError and leaves nothing when it fails.

        The copy is opened again and compared before it gets its name: a killed VACUUM INTO leaves a file that
        opens empty and sound.
        """
        last = max((int(path.name.split("-", 1)[0]) for path in self.list()), default=0)
        target = self._folder / f"{last + 1:06d}-{reason}.db"
        part = target.with_suffix(".part")
        try:
            self._folder.mkdir(exist_ok=True)
            part.unlink(missing_ok=True)
            raw.execute("VACUUM INTO ?", (str(part),))
            self._verify(raw, part)
            with part.open("rb+") as stream:
                os.fsync(stream.fileno())
            part.replace(target)
            sync_folder(self._folder)
        except (OSError, dbapi2.DatabaseError, KamdeskError) as error:
            # Where even this fails (the folder is gone), the first problem is the one to tell.
            with contextlib.suppress(OSError):
                for leftover in (part, *_beside(part)):
                    leftover.unlink(missing_ok=True)
            raise KamdeskError("backup.failed", folder=str(self._folder), reason=_reason(error)) from error
        self._thin()
        return target

    def _verify(self, raw: Any, part: Path) -> None:
        copy = connection.connect(part, self._key, query_only=True)
        try:
            if _counts(copy) != _counts(raw) or _schema(copy) != _schema(raw):
                raise dbapi2.DatabaseError("contents differ")
            if copy.execute("PRAGMA cipher_integrity_check").fetchone() is not None:
                raise dbapi2.DatabaseError("cipher check")
        finally:
            copy.close()
        for leftover in _beside(part):
            leftover.unlink(missing_ok=True)

    def _thin(self) -> None:
        # An old backup that cannot be removed is no reason to call the new one failed.
        with contextlib.suppress(OSError):
            by_reason: dict[str, list[Path]] = {}
            for path in self.list():
                by_reason.setdefault(path.stem.split("-", 1)[1], []).append(path)
            # Each reason apart: starts that fail one after the other must not push out the backups of good days.
            for paths in by_reason.values():
                for path in paths[:-KEEP_NEWEST]:
                    path.unlink(missing_ok=True)


def _reason(error: Exception) -> Message | str:
    """Why it failed, without a path that would be told twice."""
    if isinstance(error, KamdeskError):
        return error.message
    return (error.strerror or "") if isinstance(error, OSError) else str(error)


def _beside(part: Path) -> tuple[Path, Path]:
    """What SQLite may leave beside a database."""
    return part.with_name(part.name + "-wal"), part.with_name(part.name + "-shm")


def _schema(raw: Any) -> list[tuple[str, str]]:
    """Every table, index and trigger as it was declared, and the revision of the schema."""
    declared = raw.execute("SELECT name, coalesce(sql, '') FROM sqlite_master ORDER BY name").fetchall()
    revision = raw.execute("SELECT 'revision', version_num FROM alembic_version").fetchall()
    return [*declared, *revision]


def _counts(raw: Any) -> dict[str, int]:
    tables = [
        row[0]
        for row in raw.execute(
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'search_name%' "
            "AND name NOT LIKE 'search_word%' ORDER BY name"
        )
    ]
    return {name: raw.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0] for name in tables}
