"""Where the program starts: no arguments open the desktop, a verb is the command line, ``--worker`` the worker.

``--vault FOLDER`` without a verb opens the desktop on that vault, and so does the path of its ``open.kamdesk`` (a double click).
Each way imports only what it needs.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

OPENER = "open.kamdesk"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the program and return its exit code."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    if words[:1] == ["--worker"]:
        from kamdesk.worker.process import main as work

        return int(work() or 0)
    asked, folder, target = desktop_words(words)
    if not asked:
        from kamdesk.cli import main as command

        return int(command(words) or 0)
    return _desktop(folder, target)


def desktop_words(words: Sequence[str]) -> tuple[bool, Path | None, str]:
    """Whether the desktop is asked for, with which vault, and the place to return to after a lock (``kind/id/tab``)."""
    folder: Path | None = None
    target = ""
    rest = list(words)
    while rest:
        word = rest.pop(0)
        if word == "--vault" and rest:
            folder = Path(rest.pop(0))
        elif word.startswith("--vault="):
            folder = Path(word.removeprefix("--vault="))
        elif word == "--return" and rest:
            target = rest.pop(0)
        elif Path(word).name == OPENER and folder is None:
            folder = Path(word).absolute().parent
        else:
            return False, None, ""
    return True, folder, target


def _desktop(folder: Path | None, target: str) -> int:
    from kamdesk.desktop.missing_libraries import problem

    words = problem()
    if words is not None:
        print(words, file=sys.stderr)
        return 1
    from kamdesk.desktop.application import run

    return run(folder, target)


if __name__ == "__main__":
    sys.exit(main())
