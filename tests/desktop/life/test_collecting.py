"""A lane that reads never destroys what belongs to the windows."""

from __future__ import annotations

import gc
import threading
import weakref
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QObject, QTimer

from kamdesk.desktop.collecting import Collector


class Ring(QObject):
    """Reaches itself, as a window does through what it connected."""

    def __init__(self) -> None:
        super().__init__()
        self.ring = self
        QTimer(self).start(1)


@pytest.fixture
def collector(qapp) -> Iterator[Collector]:
    made = Collector()
    yield made
    made.stop()
    made.deleteLater()


def busy() -> None:
    kept = [[number] for number in range(100_000)]
    kept.clear()


def test_only_the_thread_of_the_windows_collects(collector: Collector, qtbot) -> None:
    gone = weakref.ref(Ring())
    lane = threading.Thread(target=busy)
    kept = [[number] for number in range(5_000)]
    lane.start()
    lane.join()
    assert gone() is not None
    collector.collect()
    qtbot.wait(10)
    assert gone() is None
    assert kept


def test_python_collects_again_afterwards(qapp) -> None:
    made = Collector()
    assert not gc.isenabled()
    made.stop()
    assert gc.isenabled()
    made.deleteLater()
