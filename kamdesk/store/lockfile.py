"""A vault has one owner at a time: an OS lock on ``vault.lock``, which dies with its process."""

from __future__ import annotations

import sys
from pathlib import Path
from types import TracebackType
from typing import IO, Self

from kamdesk.model.messages import KamdeskError

if sys.platform == "win32":
    import msvcrt

    def _try_lock(stream: IO[bytes]) -> None:
        msvcrt.locking(stream.fileno(), msvcrt.LK_NBLCK, 1)
else:
    import fcntl

    def _try_lock(stream: IO[bytes]) -> None:
        fcntl.flock(stream.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)


class OwnerLock:
    """Held while a vault is open. Raises KamdeskError ``vault.already_open`` when another process holds it."""

    def __init__(self, folder: Path) -> None:
        try:
            self._stream: IO[bytes] | None = (folder / "vault.lock").open("ab")
        except OSError as error:
            raise KamdeskError("vault.cannot_write", file=str(folder), reason=error.strerror or "") from error
        try:
            _try_lock(self._stream)
        except OSError as error:
            self._stream.close()
            raise KamdeskError("vault.already_open", folder=str(folder)) from error

    def release(self) -> None:
        """Let the next one in; harmless when done twice."""
        if self._stream is not None:
            self._stream.close()
            self._stream = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.release()
