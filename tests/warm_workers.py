"""Worker processes that outlive the vault of a test: the next test's vault takes over one that already stands.

Starting one takes a third of a second of a processor, and hundreds of tests need one. They are the program's own processes;
only whoever makes a ``Workplace`` gets a used one. Tests of the workers themselves make ``Workers`` and get new ones.
"""

from __future__ import annotations

import os
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from weakref import WeakKeyDictionary

import pytest

_TURNS = 40
"""Vaults that one process serves: what it keeps of each must not come near the limit of its memory."""
_KEPT = 2
_ANSWER = 5.0
"""Seconds in which a process that waited says that it is there."""
_OWN_TO_A_TEST = ("PYTEST_", "TMPDIR", "TEMP", "TMP")

State = tuple[Any, Any, Any]
"""Process, reading thread and queue of answers of a ``Worker``."""


@dataclass
class WarmWorkers:
    """The processes that wait for the next vault, by the environment in which they were started."""

    folder: Path
    waiting: dict[tuple[tuple[str, str], ...], list[State]] = field(default_factory=dict)
    turns: dict[int, int] = field(default_factory=dict)
    on: bool = True
    """Off for a test that counts what its own processes used."""

    def take(self) -> State | None:
        """A process that was left running, or none."""
        kept = self.waiting.get(_environment(), [])
        return kept.pop() if kept else None

    def keep(self, state: State) -> bool:
        """Let a process wait for the next vault; whether there is a place for it."""
        kept = self.waiting.setdefault(_environment(), [])
        process: subprocess.Popen[bytes] = state[0]
        self.turns[process.pid] = self.turns.get(process.pid, 0) + 1
        if len(kept) >= _KEPT or self.turns[process.pid] >= _TURNS or process.poll() is not None:
            return False
        kept.append(state)
        return True


def _environment() -> tuple[tuple[str, str], ...]:
    return tuple(
        sorted((name, value) for name, value in os.environ.items() if not name.startswith(_OWN_TO_A_TEST))
    )


@contextmanager
def warm_workers(folder: Path) -> Iterator[WarmWorkers]:
    """While it lasts, a closed workplace leaves its idle workers to the next one. Their temporary files lie in ``folder``."""
    from kamdesk.bootstrap import Workplace
    from kamdesk.model.messages import KamdeskError
    from kamdesk.worker.one import Job, Worker

    warm = WarmWorkers(folder)
    ours: WeakKeyDictionary[Worker, bool] = WeakKeyDictionary()
    start, ask, close, make = Worker._start, Worker._ask, Workplace.close, Workplace.__dict__["workers"].func

    def marked(place: Workplace) -> Any:
        workers = make(place)
        if warm.on:
            ours.update(dict.fromkeys(workers._all, True))
        return workers

    def started(worker: Worker) -> None:
        if worker not in ours:
            start(worker)
            return
        while (state := warm.take()) is not None:
            worker._process, worker._reader, worker._frames = state
            try:
                # A test may have killed it, and the system shows that only a moment later.
                ask(worker, Job("ping", {}, (), _ANSWER, threading.Event()), _ANSWER)
            except KamdeskError:
                worker.stop()
            else:
                return
        own, worker._folder = worker._folder, warm.folder
        try:
            start(worker)
        finally:
            worker._folder = own

    def closed(place: Workplace) -> None:
        workers = place.__dict__.get("workers")
        if workers is not None:
            with workers._free:
                for worker in workers._idle:
                    state = (worker._process, worker._reader, worker._frames)
                    if worker in ours and worker._process is not None and warm.keep(state):
                        worker._process = worker._reader = None
        close(place)

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(Worker, "_start", started)
        patched.setattr(Workplace, "close", closed)
        patched.setattr(Workplace.__dict__["workers"], "func", marked)
        yield warm
    for process, reader, frames in (state for kept in warm.waiting.values() for state in kept):
        last = Worker((), folder)
        last._process, last._reader, last._frames = process, reader, frames
        last.kill()
        last.stop()
