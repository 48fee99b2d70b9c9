"""Putting a file in its place so that a power cut leaves the old one or the new one, whole (trust.md, Vault)."""

from __future__ import annotations

import contextlib
import os
import secrets
import sys
from pathlib import Path


def replace_file(path: Path, content: bytes) -> None:
    """Write beside, sync, rename, sync the folder. Raises OSError and leaves nothing beside when it fails."""
    part = path.with_name(f"{path.name}.{secrets.token_hex(4)}.part")
    try:
        with part.open("wb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        part.replace(path)
    except BaseException:
        # The first problem is the one to tell.
        with contextlib.suppress(OSError):
            part.unlink(missing_ok=True)
        raise
    sync_folder(path.parent)


def sync_folder(folder: Path) -> None:
    """Make the names in a folder outlast a power cut: without this a row could name a file whose rename was lost.

    Windows syncs names with the file system's own log; some network and removable media refuse, which changes nothing.
    """
    if sys.platform == "win32":
        return
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
