"""The row "start": process start → first page painted, against a bare window plus importing our mapped classes."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.bench.measure import Row


def start(vault: Path, rounds: int) -> Row:
    """Both in turns, each in a process of its own; the first pair is not counted (the disk's cache)."""
    ours, bare = [], []
    for _ in range(max(5, rounds) + 1):
        with tempfile.TemporaryDirectory() as folder:
            ours.append(_painted("ours", str(vault), folder))
        bare.append(_painted("bare"))
    return Row(
        "start: process start → first page painted",
        statistics.median(ours[1:]),
        statistics.median(bare[1:]),
        "≤ 1.5×",
    )


def _painted(*arguments: str) -> float:
    """Seconds from the start of the process until it said that it had painted."""
    env = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    begun = time.time()
    done = subprocess.run(
        [sys.executable, "-m", "tests.bench.start_child", *arguments],
        env=env,
        capture_output=True,
        timeout=120,
        check=True,
    )
    return float(done.stdout.split()[-1]) - begun
