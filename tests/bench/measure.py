"""Measuring as speed.md says: two things in the same run, alternating, the median of at least five."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass


@dataclass(frozen=True)
class Row:
    """One line of the table: ours and the bare counterpart in seconds, and the aim for their ratio."""

    name: str
    ours: float
    bare: float
    aim: str
    note: str = ""

    @property
    def ratio(self) -> float:
        """Ours divided by the bare counterpart; 0 where there is none."""
        return self.ours / self.bare if self.bare else 0.0

    def as_json(self) -> dict[str, object]:
        """The row with its ratio."""
        return {**asdict(self), "ratio": round(self.ratio, 3)}


def seconds(work: Callable[[], object]) -> float:
    """How long one call takes."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def alternating(ours: Callable[[], object], bare: Callable[[], object], rounds: int) -> tuple[float, float]:
    """The medians of both, called in turns after one unmeasured call each."""
    ours()
    bare()
    one, other = [], []
    for _ in range(max(5, rounds)):
        one.append(seconds(ours))
        other.append(seconds(bare))
    return statistics.median(one), statistics.median(other)


def p95(values: Sequence[float]) -> float:
    """The 95th percentile."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, round(0.95 * len(ordered)))]


def table(rows: Sequence[Row]) -> str:
    """The rows for people."""
    lines = [f"{'what':44} {'ours':>10} {'bare':>10} {'ratio':>7}  aim"]
    lines += [
        f"{row.name:44} {row.ours * 1000:8.1f}ms {row.bare * 1000:8.1f}ms {row.ratio:7.2f}  {row.aim}"
        + (f"  ({row.note})" if row.note else "")
        for row in rows
    ]
    return "\n".join(lines)
