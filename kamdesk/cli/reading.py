"""Reading the files that are named on the command line: never more than a limit, whatever is behind the name."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from kamdesk.model.messages import KamdeskError

LARGEST: Final = 256 * 1024 * 1024
"""Bytes of any file; the readers have tighter limits of their own."""


def read(path: Path, limit: int = LARGEST) -> bytes:
    """The bytes. Raises KamdeskError ``cli.cannot_read`` or ``cli.too_large``: a device has no end."""
    try:
        with path.open("rb") as stream:
            data = stream.read(limit + 1)
    except (OSError, ValueError) as error:
        raise KamdeskError("cli.cannot_read", file=str(path)) from error
    if len(data) > limit:
        raise KamdeskError("cli.too_large", file=str(path), megabytes=max(limit // 1024 // 1024, 1))
    return data
