"""Unreachable objects are collected in the thread of the windows only.

Python collects in whichever thread makes the next object. A lane that reads would then destroy Qt's objects with their
timers running, and the process dies at the next turn of the event loop.
"""

from __future__ import annotations

import gc
from typing import Final

from PySide6.QtCore import QObject, QTimer

_EVERY_MS: Final = 2_000


class Collector(QObject):
    """Collects from now on in place of Python, by Python's own thresholds, until :meth:`stop`."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        gc.disable()
        # What the start has made stays to the end: it need not be looked through every time.
        gc.freeze()
        self._timer = QTimer(self, interval=_EVERY_MS)
        self._timer.timeout.connect(self.collect)
        self._timer.start()

    def collect(self) -> None:
        """Collect the oldest generation that is due; nothing where none is."""
        due = [
            at
            for at, (n, most) in enumerate(zip(gc.get_count(), gc.get_threshold(), strict=True))
            if n > most
        ]
        if due:
            gc.collect(due[-1])

    def stop(self) -> None:
        """Leave it to Python again."""
        self._timer.stop()
        gc.unfreeze()
        gc.enable()
