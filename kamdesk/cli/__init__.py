"""The command line: the same services as the windows, as verbs.

Exit code 0; 1 for a problem told on standard error in words; 2 for wrong usage. Verbs and JSON keys stay.
"""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Sequence
from typing import Final

_INTERRUPTED: Final = 130
_PIPE_CLOSED: Final = 141


def main(arguments: Sequence[str]) -> int:
    """Run one verb and return the exit code; 130 where the user stopped it, 141 where nobody reads the answer any more."""
    from kamdesk.cli.command import run

    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            # A console that cannot show a letter gets its number; the answer is not lost for it.
            stream.reconfigure(errors="backslashreplace")
    try:
        code = run(arguments, sys.stdout, sys.stderr)
        sys.stdout.flush()
    except KeyboardInterrupt:
        return _INTERRUPTED
    except BrokenPipeError:
        # What is left in the buffer has nowhere to go; without this the interpreter complains at its end.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return _PIPE_CLOSED
    return code
