"""Reading what is named on the command line: files, never more than a limit of them, and the kinds of files to write."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from kamdesk.model.messages import KamdeskError
from kamdesk.services.printed import FORMATS

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


def formats_of(text: str) -> tuple[str, ...]:
    """The kinds of files to write, each once: "docx,pdf". Raises KamdeskError ``cli.unknown_format``."""
    found = tuple(dict.fromkeys(part.strip() for part in text.split(",") if part.strip()))
    unknown = [part for part in found if part not in FORMATS]
    if unknown or not found:
        raise KamdeskError("cli.unknown_format", format=", ".join(unknown))
    return found
