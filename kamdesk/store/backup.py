"""Backups of ``data.db``: VACUUM INTO, verified, then renamed (trust.md, Backups). Files are shared, not copied."""

from __future__ import annotations

import contextlib
import os
from pathlib import Path
from typing import Any, Final

from sqlcipher3 import dbapi2

from kamdesk.model.messages import KamdeskError
from kamdesk.store import connection

KEEP_NEWEST: Final = 10


class Backups:
    """The folder ``backups/``: numbered by sequence, because clocks go wrong."""

    def __init__(self, folder: Path, key: bytes) -> None:
        self._folder = folder
        self._key = key

    def list(self) -> tuple[Path, ...]:
        """The finished backups, the oldest first."""
        return tuple(sorted(self._folder.glob("*.db")))

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
        except (OSError, dbapi2.DatabaseError) as error:
            # Where even this fails (the folder is gone), the first problem is the one to tell.
            with contextlib.suppress(OSError):
                part.unlink(missing_ok=True)
            raise KamdeskError("backup.failed", folder=str(self._folder), reason=str(error)) from error
        self._thin()
        return target

    def _verify(self, raw: Any, part: Path) -> None:
        copy = connection.connect(part, self._key, query_only=True)
        try:
            if _counts(copy) != _counts(raw):
                raise dbapi2.DatabaseError("row counts differ")
            if copy.execute("PRAGMA cipher_integrity_check").fetchone() is not None:
                raise dbapi2.DatabaseError("cipher check")
        finally:
            copy.close()
        for leftover in (part.with_name(part.name + "-wal"), part.with_name(part.name + "-shm")):
            leftover.unlink(missing_ok=True)

    def _thin(self) -> None:
        for path in self.list()[:-KEEP_NEWEST]:
            path.unlink(missing_ok=True)


def _counts(raw: Any) -> dict[str, int]:
    tables = [
        row[0]
        for row in raw.execute(
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'search_name%' "
            "AND name NOT LIKE 'search_word%' ORDER BY name"
        )
    ]
    return {name: raw.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0] for name in tables}
