"""Work that does not stop the window: short commands one after another, and long jobs with progress and cancel.

Both give their results in the GUI thread. Nothing here calls ``processEvents``.
"""

from __future__ import annotations

import threading
import traceback
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QObject, Qt, Signal
from shiboken6 import isValid

from kamdesk.model.messages import KamdeskError, Message

Done = Callable[[Any], object]
Failed = Callable[[Message], object]


@dataclass(frozen=True)
class _Call:
    work: Callable[[], Any]
    done: Done | None
    failed: Failed | None
    owner: QObject | None
    key: str

    def wanted(self) -> bool:
        return self.owner is None or isValid(self.owner)


def fault_report(error: BaseException) -> str:
    """Where the program failed, without the error's own words: they may quote a client."""
    frames = traceback.extract_tb(error.__traceback__)
    lines = [
        f"{frame.filename.rpartition('kamdesk')[2] or frame.filename}:{frame.lineno} {frame.name}"
        for frame in frames
    ]
    return "\n".join([*lines, type(error).__name__])


class Commands(QObject):
    """Service calls, run in a thread of their own in the order in which they were asked for.

    One object for edits (the writer thread of the vault) and one for reads (the reader connection).
    Signals, all in the GUI thread:

    ``busy_changed(bool)``: something is waiting or running, or nothing is any more;
    ``failed(Message)``: an expected problem whose caller gave no ``failed`` or is gone: for the notice bar;
    ``fault(str)``: a fault of the program, as a traceback without values;
    ``idle()``: the last waiting call has been answered.
    """

    busy_changed = Signal(bool)
    failed = Signal(object)
    fault = Signal(str)
    idle = Signal()
    _answered = Signal(object, object, object)

    def __init__(self, name: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._waiting: deque[_Call] = deque()
        self._turn = threading.Condition()
        self._open = 0
        self._closed = False
        self._answered.connect(self._deliver, Qt.ConnectionType.QueuedConnection)
        self._thread = threading.Thread(target=self._work, name=name, daemon=True)
        self._thread.start()

    @property
    def busy(self) -> bool:
        """Whether a call is waiting, running or not yet answered."""
        return self._open > 0

    def run(
        self,
        work: Callable[[], Any],
        done: Done | None = None,
        failed: Failed | None = None,
        *,
        owner: QObject | None = None,
        key: str = "",
    ) -> None:
        """Call ``work()`` in the thread, then ``done(result)`` or ``failed(message)`` here.

        ``owner``: the answer is dropped when this object was destroyed meanwhile (the work is still done; its error
        then goes to :attr:`failed`). ``key``: a waiting call of the same key is replaced (typing in a search box);
        never give one to an edit.
        """
        if self._closed:
            raise RuntimeError("commands are closed")
        call = _Call(work, done, failed, owner, key)
        with self._turn:
            replaced = [old for old in self._waiting if key and old.key == key]
            for old in replaced:
                self._waiting.remove(old)
            self._waiting.append(call)
            self._turn.notify()
        was_busy = self.busy
        self._open += 1 - len(replaced)
        if not was_busy:
            self.busy_changed.emit(True)

    def close(self) -> None:
        """Finish what waits and end the thread; call it when :attr:`busy` is false or at the very end. Blocks."""
        self._closed = True
        with self._turn:
            self._turn.notify()
        self._thread.join()

    def _work(self) -> None:
        while True:
            with self._turn:
                while not self._waiting and not self._closed:
                    self._turn.wait()
                if not self._waiting:
                    return
                call = self._waiting.popleft()
            result: Any = None
            error: BaseException | None = None
            try:
                result = call.work()
            except BaseException as problem:  # noqa: BLE001 (every problem is answered in the GUI thread, none is lost)
                error = problem
            self._answered.emit(call, result, error)
            del call, result, error

    def _deliver(self, call: _Call, result: Any, error: BaseException | None) -> None:
        self._open -= 1
        try:
            if error is None:
                if call.done is not None and call.wanted():
                    call.done(result)
            elif isinstance(error, KamdeskError):
                if call.failed is not None and call.wanted():
                    call.failed(error.message)
                else:
                    self.failed.emit(error.message)
            else:
                self.fault.emit(fault_report(error))
        finally:
            if not self._open:
                self.busy_changed.emit(False)
                self.idle.emit()


class JobCancelled(Exception):  # noqa: N818 (no fault: the user asked for it)
    """Raised by :meth:`Progress.report` inside the work after the user pressed cancel."""


class Progress:
    """What a running job tells and asks; used from the job's own thread."""

    def __init__(self, tell: Callable[[str | Message, int, int], object]) -> None:
        self._tell = tell
        self._cancel = threading.Event()

    @property
    def cancelled(self) -> bool:
        """Whether the user wants it to stop."""
        return self._cancel.is_set()

    def cancel(self) -> None:
        """Ask the work to stop at its next report."""
        self._cancel.set()

    def report(self, what: str | Message, done: int = 0, total: int = 0) -> None:
        """Say what is being done, ``done`` of ``total`` (0: not known). Raises JobCancelled after a cancel."""
        if self.cancelled:
            raise JobCancelled
        self._tell(what, done, total)


@dataclass(frozen=True)
class JobState:
    """A running job as the status strip shows it."""

    number: int
    title: str
    what: str | Message
    done: int
    total: int
    cancelling: bool


class Jobs(QObject):
    """Long work, each job in its own thread. ``changed(list[JobState])`` after every step, running ones only."""

    changed = Signal(object)
    failed = Signal(object)
    fault = Signal(str)
    idle = Signal()
    _told = Signal(int, object, int, int)
    _ended = Signal(int, object, object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._next = 1
        self._states: dict[int, JobState] = {}
        self._running: dict[int, tuple[threading.Thread, Progress, _Call, Callable[[], object] | None]] = {}
        self._told.connect(self._progressed, Qt.ConnectionType.QueuedConnection)
        self._ended.connect(self._deliver, Qt.ConnectionType.QueuedConnection)

    @property
    def running(self) -> list[JobState]:
        """The running jobs, oldest first."""
        return list(self._states.values())

    def start(
        self,
        title: str,
        work: Callable[[Progress], Any],
        done: Done | None = None,
        failed: Failed | None = None,
        cancelled: Callable[[], object] | None = None,
        *,
        owner: QObject | None = None,
    ) -> int:
        """Run ``work(progress)``; then ``done(result)``, ``failed(message)`` or ``cancelled()`` here. Gives its number."""
        number, self._next = self._next, self._next + 1
        progress = Progress(lambda what, at, total: self._told.emit(number, what, at, total))
        call = _Call(lambda: work(progress), done, failed, owner, "")
        thread = threading.Thread(target=self._work, args=(number, call), name=f"job {number}", daemon=True)
        self._states[number] = JobState(number, title, "", 0, 0, False)
        self._running[number] = (thread, progress, call, cancelled)
        self.changed.emit(self.running)
        thread.start()
        return number

    def cancel(self, number: int) -> None:
        """Ask a job to stop; one that has ended already is left in peace."""
        if number in self._running:
            self._running[number][1].cancel()
            old = self._states[number]
            self._states[number] = JobState(number, old.title, old.what, old.done, old.total, True)
            self.changed.emit(self.running)

    def cancel_all(self) -> None:
        """Ask every job to stop; :attr:`idle` is sent when the last has."""
        for number in list(self._running):
            self.cancel(number)

    def _work(self, number: int, call: _Call) -> None:
        result: Any = None
        error: BaseException | None = None
        try:
            result = call.work()
        except BaseException as problem:  # noqa: BLE001 (every problem is answered in the GUI thread, none is lost)
            error = problem
        self._ended.emit(number, result, error)

    def _progressed(self, number: int, what: str | Message, done: int, total: int) -> None:
        old = self._states.get(number)
        if old is not None:
            self._states[number] = JobState(number, old.title, what, done, total, old.cancelling)
            self.changed.emit(self.running)

    def _deliver(self, number: int, result: Any, error: BaseException | None) -> None:
        thread, _, call, cancelled = self._running.pop(number)
        del self._states[number]
        thread.join()
        self.changed.emit(self.running)
        try:
            if error is None:
                if call.done is not None and call.wanted():
                    call.done(result)
            elif isinstance(error, JobCancelled):
                if cancelled is not None and call.wanted():
                    cancelled()
            elif isinstance(error, KamdeskError):
                if call.failed is not None and call.wanted():
                    call.failed(error.message)
                else:
                    self.failed.emit(error.message)
            else:
                self.fault.emit(fault_report(error))
        finally:
            if not self._running:
                self.idle.emit()
