"""Making many documents side by side: progress, cancel between two of them, and what one problem means for the others (R11)."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Final, TypeVar

from kamdesk.model.messages import KamdeskError, Message

K = TypeVar("K")
T = TypeVar("T")
Progress = Callable[[int, int, Message], None]
"""``progress(done, total, what)``, from any thread; what it raises stops everything."""
_OF_ONE: Final = frozenset(
    {
        "documents.no_converter",
        "documents.worker_failed",
        "documents.bad_picture",
        "documents.picture_too_large",
        "documents.too_large",
        "documents.broken_result",
        "documents.output_refused",
    }
)
"""What may be wrong with one document while its template is right for the others."""


class Press:
    """With ``keep_going`` what is wrong with one document leaves the others standing."""

    def __init__(
        self,
        parallel: int,
        progress: Progress | None,
        cancelled: Callable[[], bool] | None,
        *,
        keep_going: bool,
    ) -> None:
        self._parallel = parallel
        self._progress = progress
        self._cancelled = cancelled
        self._keep_going = keep_going
        self._stopped = threading.Event()
        self._turn = threading.Lock()
        self._done = 0

    def run(
        self, wanted: Sequence[K], make: Callable[[K], T], called: Callable[[T], str]
    ) -> tuple[list[T], list[tuple[K, Message]]]:
        """What was made in the order of ``wanted``, and what was not with the reason.

        Raises what stops them all: a fault of the template, ``generation.cancelled``, an exception that is none of ours.
        """

        def one(key: K) -> tuple[T | None, Message]:
            # A hostile template must not have its time again for every document.
            if self._stopped.is_set() or (self._cancelled is not None and self._cancelled()):
                raise KamdeskError("generation.cancelled")
            try:
                answer = self._attempt(key, make, called)
                self._tell(len(wanted), answer[1])
            except BaseException:
                self._stopped.set()
                raise
            return answer

        with ThreadPoolExecutor(self._parallel) as pool:
            jobs = [pool.submit(one, key) for key in wanted]
        # The first problem in the order of the documents is told; what was given up because of it comes after.
        faults = [fault for job in jobs if (fault := job.exception()) is not None]
        if faults:
            raise next((fault for fault in faults if not _given_up(fault)), faults[0])
        answers = [job.result() for job in jobs]
        failed = [(key, why) for key, (made, why) in zip(wanted, answers, strict=True) if made is None]
        return [made for made, _said in answers if made is not None], failed

    def _attempt(
        self, key: K, make: Callable[[K], T], called: Callable[[T], str]
    ) -> tuple[T | None, Message]:
        try:
            made = make(key)
        except KamdeskError as error:
            if not self._keep_going or not _of_one(error):
                raise
            return None, error.message
        return made, Message("generation.made", {"name": called(made)})

    def _tell(self, total: int, said: Message) -> None:
        with self._turn:
            self._done += 1
            if self._progress is not None:
                self._progress(self._done, total, said)


def _of_one(error: KamdeskError) -> bool:
    """Whether a problem is that of one document; one of the template would come again with each."""
    code = error.message.code
    return code in _OF_ONE or not code.startswith(("documents.", "template.", "generation."))


def _given_up(fault: BaseException) -> bool:
    return isinstance(fault, KamdeskError) and fault.message.code == "generation.cancelled"
