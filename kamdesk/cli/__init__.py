"""The command line: the same services as the windows, as verbs.

Exit code 0; 1 for a problem told on standard error in words; 2 for wrong usage. Verbs and JSON keys stay.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence


def main(arguments: Sequence[str]) -> int:
    """Run one verb and return the exit code."""
    from kamdesk.cli.command import run

    return run(arguments, sys.stdout, sys.stderr)
