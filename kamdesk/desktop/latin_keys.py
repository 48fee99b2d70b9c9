"""Shortcuts under a Russian layout: Ctrl+Я does what Ctrl+Z does, because it is the same key of the keyboard.

Some systems send the Cyrillic letter with Ctrl or Alt. Such a press that no shortcut has taken reaches the focused widget; it is
translated there to the Latin letter of the same physical key and offered again: first to the widget as a shortcut override (Ctrl+C
in a text field), then to the shortcuts of the window, last to the widget as a key. The filter sits only on the widget that has the focus: a filter
on the whole application would pull every event of every widget through Python.
"""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QEvent, QKeyCombination, QObject, Qt
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid

_LATIN = dict(
    zip(
        "ЙЦУКЕНГШЩЗХЪФЫВАПРОЛДЖЭЯЧСМИТЬБЮЁІЇЄЎҐ",
        "QWERTYUIOP[]ASDFGHJKL;'ZXCVBNM,.`S]'O\\",
        strict=True,
    )
)


def latin_key(key: int) -> int | None:
    """The Latin key at the place of a Cyrillic one (Russian, Ukrainian, Belarusian layouts); None for any other."""
    if not 0x400 <= key <= 0x4FF:
        return None
    latin = _LATIN.get(chr(key).upper())
    return ord(latin) if latin else None


class LatinKeys(QObject):
    """Keep one per application; it follows the focus."""

    def __init__(self, app: QApplication) -> None:
        super().__init__(app)
        self._focused: QWidget | None = None
        app.focusChanged.connect(self._follow)

    def _follow(self, _old: QWidget | None, new: QWidget | None) -> None:
        if self._focused is not None and isValid(self._focused):
            self._focused.removeEventFilter(self)
        self._focused = new
        if new is not None:
            new.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if (
            event.type() != QEvent.Type.KeyPress
            or not isinstance(event, QKeyEvent)
            or not isinstance(watched, QWidget)
        ):
            return False
        if not event.modifiers() & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier):
            return False
        latin = latin_key(event.key())
        if latin is None:
            return False
        self._offer(watched, latin, event.modifiers())
        return True

    def _offer(self, widget: QWidget, latin: int, modifiers: Qt.KeyboardModifier) -> None:
        override = QKeyEvent(QEvent.Type.ShortcutOverride, latin, modifiers)
        override.ignore()
        QCoreApplication.sendEvent(widget, override)
        taken = override.isAccepted() or not self._trigger(
            widget, QKeySequence(QKeyCombination(modifiers, Qt.Key(latin)))
        )
        if taken and isValid(widget):
            QCoreApplication.sendEvent(widget, QKeyEvent(QEvent.Type.KeyPress, latin, modifiers))

    def _trigger(self, widget: QWidget, keys: QKeySequence) -> bool:
        window = widget.window()
        for action in window.findChildren(QAction):
            if keys in action.shortcuts() and action.isEnabled() and _reaches(action, widget):
                action.trigger()
                return True
        for shortcut in window.findChildren(QShortcut):
            owner = shortcut.parent()
            if (
                keys in shortcut.keys()
                and shortcut.isEnabled()
                and _covers(shortcut.context(), owner, widget)
            ):
                shortcut.activated.emit()
                return True
        return False


def _reaches(action: QAction, focused: QWidget) -> bool:
    return any(_covers(action.shortcutContext(), owner, focused) for owner in action.associatedObjects())


def _covers(context: Qt.ShortcutContext, owner: QObject | None, focused: QWidget) -> bool:
    if not isinstance(owner, QWidget) or not owner.isVisible():
        return False
    if context == Qt.ShortcutContext.WidgetShortcut:
        return owner is focused
    if context == Qt.ShortcutContext.WidgetWithChildrenShortcut:
        return owner is focused or owner.isAncestorOf(focused)
    return True
