"""Ends the process that held a client's data and starts a fresh one in its place (trust.md, Lock).

Python cannot wipe its memory: after a vault is closed hundreds of copies of its texts remain. On POSIX the process image is replaced, so that the
kernel drops every page of it while a terminal or a session manager still sees the program it started; on Windows a new process is
started and this one ends.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from kamdesk.desktop.navigation.target import Target

_MOST_FILES = 65_536


def command(folder: Path | None, target: Target | None) -> list[str]:
    """How this program is started again on a vault; ``target`` is the place to return to: a kind, an id, a tab, nothing personal."""
    start = [sys.executable] if getattr(sys, "frozen", False) else [sys.executable, "-m", "kamdesk"]
    if folder is not None:
        start += ["--vault", str(folder)]
    if target is not None:
        start += ["--return", f"{target.kind}/{target.id}/{target.tab}"]
    return start


def read_target(words: str) -> Target | None:
    """The place that :func:`command` wrote; None for anything else."""
    parts = words.split("/", 2)
    return Target(*parts) if len(parts) == 3 and parts[0] else None


def restart(words: Sequence[str]) -> None:
    """Become the program of this command line; never returns."""
    sys.stdout.flush()
    sys.stderr.flush()
    if os.name == "posix":
        os.closerange(
            3, min(os.sysconf("SC_OPEN_MAX"), _MOST_FILES)
        )  # no pipe or socket of ours lives on in the fresh process
        os.execv(words[0], list(words))
    subprocess.Popen(list(words), close_fds=True)
    os._exit(0)
