"""When to lock without being asked: nobody touches the window, the screen is locked, the computer goes to sleep."""

from __future__ import annotations

import sys
from typing import Any, Final

from PySide6.QtCore import SLOT, QElapsedTimer, QEvent, QObject, QPoint, QTimer, Signal, Slot
from PySide6.QtGui import QCursor
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid

IDLE_MINUTES: Final = 10
"""After how long it locks where the user said nothing else; 0 means never."""

_LOOK_MS: Final = 1000


class IdleWatch(QObject):
    """``idle()`` once when neither a key was pressed in a window of ours nor the pointer moved for some minutes.

    Only the widget with the focus is watched and the pointer is asked once a second: a filter on the whole application would pull
    every event of every widget through Python.
    """

    idle = Signal()

    def __init__(self, app: QApplication, minutes: float, parent: QObject | None = None) -> None:
        super().__init__(parent or app)
        self._minutes = minutes
        self._since = QElapsedTimer()
        self._since.start()
        self._told = False
        self._pointer = QPoint()
        self._focused: QWidget | None = None
        self._clock = QTimer(self)
        self._clock.timeout.connect(self._look)
        self._clock.start(_LOOK_MS)
        app.focusChanged.connect(self._follow)
        self._follow(None, app.focusWidget())

    def set_minutes(self, minutes: float) -> None:
        """Change the time; 0 means never."""
        self._minutes = minutes
        self.touched()

    def touched(self) -> None:
        """Somebody is here."""
        self._since.restart()
        self._told = False

    def _follow(self, _old: QWidget | None, new: QWidget | None) -> None:
        if self._focused is not None and isValid(self._focused):
            self._focused.removeEventFilter(self)
        self._focused = new
        if new is not None:
            new.installEventFilter(self)
        self.touched()

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.KeyPress, QEvent.Type.MouseButtonPress, QEvent.Type.Wheel):
            self.touched()
        return False

    def _look(self) -> None:
        pointer = QCursor.pos()
        if pointer != self._pointer:
            self._pointer = pointer
            self.touched()
        elif self._minutes and not self._told and self._since.elapsed() >= self._minutes * 60_000:
            self._told = True
            self.idle.emit()


class SystemWatch(QObject):
    """``locking()`` when the system locks its screen or goes to sleep, where it tells so by D-Bus (Linux)."""

    locking = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.listening = sys.platform == "linux" and self._listen()

    def _listen(self) -> bool:
        """Whether at least one bus took our request; a system without D-Bus is no fault."""
        try:
            from PySide6.QtDBus import QDBusConnection
        except ImportError:
            return False
        # PySide declares bytes here and takes only what SLOT() gives, a str
        said: Any = SLOT("said(bool)")
        told: Any = SLOT("told()")
        heard = False
        system, session = QDBusConnection.systemBus(), QDBusConnection.sessionBus()
        if system.isConnected():
            manager = "org.freedesktop.login1.Manager"
            heard |= system.connect("", "/org/freedesktop/login1", manager, "PrepareForSleep", self, said)
            heard |= system.connect("", "", "org.freedesktop.login1.Session", "Lock", self, told)
        if session.isConnected():
            for name in ("org.freedesktop.ScreenSaver", "org.gnome.ScreenSaver"):
                heard |= session.connect("", "", name, "ActiveChanged", self, said)
        return heard

    @Slot(bool)
    def said(self, begins: bool) -> None:
        """The screen saver began or ended; the computer goes to sleep or wakes."""
        if begins:
            self.locking.emit()

    @Slot()
    def told(self) -> None:
        """The session is being locked."""
        self.locking.emit()
