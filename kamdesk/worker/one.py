"""One worker as seen from the program: a process, its pipes, and what is done when it fails."""

from __future__ import annotations

import contextlib
import os
import queue
import subprocess
import sys
import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO, Final

from kamdesk.documents.findings import message_from_json
from kamdesk.model.messages import KamdeskError, Message
from kamdesk.worker.limits import OUT_OF_MEMORY
from kamdesk.worker.protocol import ProtocolError, read_frame, write_frame
from kamdesk.worker.used import processor_seconds

_TICK: Final = 0.05
_GRACE: Final = 1.0
"""Seconds beyond the processor limit, at which a worker that does not answer is killed."""
_PATIENCE: Final = 6
"""How many times its limit a job may take on the clock while others keep the processor from it."""
_START: Final = 15.0
"""Seconds for a start on a busy machine, before the first job's own time begins."""

Answer = tuple[dict[str, Any], list[bytes]]


@dataclass(frozen=True, slots=True)
class Job:
    """One request. ``seconds`` of processor time; ``cancel`` is set to have the worker killed."""

    name: str
    params: Mapping[str, Any]
    blobs: Sequence[bytes]
    seconds: float
    cancel: threading.Event


class Worker:
    """A process that is started by its first job. One job at a time; ``kill`` may come from any thread.

    ``folder`` is where it may put temporary files.
    """

    def __init__(self, command: Sequence[str], folder: Path) -> None:
        self._command = tuple(command)
        self._folder = folder
        self._process: subprocess.Popen[bytes] | None = None
        self._reader: threading.Thread | None = None
        self._frames: queue.Queue[Answer | None] = queue.Queue()

    def do(self, job: Job) -> Answer:
        """The answer of the job. Raises KamdeskError; after a kill the next job starts a fresh process."""
        if self._process is None or self._process.poll() is not None:
            self._start()
            # Starting has a limit of its own, or the first job could hang for as long as a slow start may take.
            self._ask(Job("ping", {}, (), job.seconds, job.cancel), _START)
        return self._ask(job, _GRACE)

    def _ask(self, job: Job, more: float) -> Answer:
        """Send a job and wait until it has had ``more`` seconds beyond its processor time."""
        assert self._process is not None
        patience = _Patience(self._process, job.seconds + more)
        try:
            self._send(job)
        except OSError as error:
            raise self._ended(Message("documents.anywhere")) from error
        return self._wait(job, patience)

    def kill(self) -> None:
        """End the process; whoever waits for it is told."""
        process = self._process
        if process is not None and process.poll() is None:
            process.kill()

    def _start(self) -> None:
        self._frames = queue.Queue()
        # A worker that is killed cannot clear up: its temporary files lie where the private folder is emptied.
        environment = {**os.environ, **dict.fromkeys(("TMPDIR", "TEMP", "TMP"), str(self._folder))}
        if not getattr(sys, "frozen", False):
            environment["PYTHONPATH"] = _search_path()
        flags = getattr(subprocess, "CREATE_NO_WINDOW", 0)
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            self._process = subprocess.Popen(
                self._command,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env=environment,
                creationflags=flags,
            )
        except OSError as error:
            raise KamdeskError("documents.worker_missing", why=error.strerror or str(error)) from error
        self._reader = threading.Thread(target=_read, args=(self._process, self._frames), daemon=True)
        self._reader.start()

    def _send(self, job: Job) -> None:
        assert self._process is not None
        assert self._process.stdin is not None
        body = {"job": job.name, "params": dict(job.params), "seconds": job.seconds}
        write_frame(_binary(self._process.stdin), body, job.blobs)

    def _wait(self, job: Job, patience: _Patience) -> Answer:
        place = Message("documents.anywhere")
        while True:
            try:
                frame = self._frames.get(timeout=_TICK)
            except queue.Empty:
                if job.cancel.is_set():
                    self.stop()
                    raise KamdeskError("documents.cancelled") from None
                if patience.ended():
                    self.stop()
                    raise KamdeskError("documents.too_slow", place=place) from None
                continue
            if frame is None:
                raise self._ended(place)
            body, blobs = frame
            if "at" in body:
                place = message_from_json(body["at"])
            if "result" in body:
                return body["result"], blobs
            if "error" in body:
                message = message_from_json(body["error"])
                raise KamdeskError(message.code, **message.params)
            if "limit" in body:
                # What a job left behind after such an end cannot be told; a fresh process costs little.
                self.stop()
                code = "too_much_memory" if body["limit"] == "memory" else "too_slow"
                raise KamdeskError(f"documents.{code}", place=place)
            if "fault" in body:
                self.stop()
                raise KamdeskError("documents.worker_failed", why=body["fault"])

    def _ended(self, place: Message) -> KamdeskError:
        """The error for a process that is gone."""
        code = self.stop()
        if code == OUT_OF_MEMORY:
            return KamdeskError("documents.too_much_memory", place=place)
        return KamdeskError("documents.worker_failed", why=str(code))

    def stop(self) -> int | None:
        """Kill the process for sure and close its pipes; its exit code. For whoever holds the worker, no other thread."""
        process, self._process = self._process, None
        if process is None:
            return None
        # A process that ended by itself says why only in its exit code.
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(timeout=0 if process.poll() is None else 1)
        process.kill()
        code = process.wait()
        if self._reader is not None:
            # The pipe is at its end now; a stream must not be closed under a thread that reads it.
            self._reader.join(timeout=_GRACE)
        for stream in (process.stdin, process.stdout):
            if stream is not None:
                with contextlib.suppress(OSError):
                    stream.close()
        return code


class _Patience:
    """How long an answer is waited for: ``seconds`` on the clock, and on while the process had less of the processor.

    On a busy computer a short job takes long on the clock, which is no fault of the file. What uses none at all has
    stopped for good and is given up at ``_PATIENCE`` times the limit.
    """

    def __init__(self, process: subprocess.Popen[bytes], seconds: float) -> None:
        self._process, self._seconds = process, seconds
        self._begun = time.monotonic()
        self._had = processor_seconds(process)

    def ended(self) -> bool:
        """Whether the job has had what it may have."""
        past = time.monotonic() - self._begun
        if past <= self._seconds:
            return False
        had = processor_seconds(self._process)
        if self._had is None or had is None:
            return True
        return had - self._had > self._seconds or past > self._seconds * _PATIENCE


def _read(process: subprocess.Popen[bytes], frames: queue.Queue[Answer | None]) -> None:
    """Hand frames over until the process ends; None says that it did."""
    assert process.stdout is not None
    stream = _binary(process.stdout)
    try:
        while True:
            frame = read_frame(stream)
            frames.put(frame)
            if frame is None:
                return
    except (ProtocolError, OSError, ValueError):
        frames.put(None)


def _binary(stream: Any) -> BinaryIO:
    binary: BinaryIO = stream
    return binary


def _search_path() -> str:
    """The folder of the package first, so that a worker runs the same code wherever it is started."""
    root = str(Path(__file__).resolve().parent.parent.parent)
    known = os.environ.get("PYTHONPATH", "")
    return os.pathsep.join(part for part in (root, known) if part)
