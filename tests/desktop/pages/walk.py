"""What the tests of these pages share: names for those who do not see, Tab that is caught nowhere, words in both languages."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QWidget

from tests.desktop.pages.conftest import Opened


def stops(page: QWidget) -> list[QWidget]:
    """Everything of a page that Tab stops at."""
    return [
        one
        for one in page.findChildren(QWidget)
        if one.isVisible() and one.isEnabled() and one.focusPolicy() & Qt.FocusPolicy.TabFocus
    ]


def nameless(page: QWidget) -> list[str]:
    """The controls without an accessible name."""
    found = []
    for widget in stops(page):
        known = QAccessible.queryAccessibleInterface(widget)
        name = known.text(QAccessible.Text.Name) if known else ""
        if not (name or widget.accessibleName() or (isinstance(widget, QAbstractButton) and widget.text())):
            found.append(f"{type(widget).__name__} {widget.objectName()} in {type(widget.parent()).__name__}")
    return found


def caught(opened: Opened, page: QWidget, steps: int = 150) -> bool:
    """Whether Tab comes to stand still somewhere on a page."""
    opened.window.activateWindow()
    opened.settle()
    first = stops(page)[0]
    first.setFocus()
    last: QWidget | None = None
    for _step in range(steps):
        now = QApplication.focusWidget()
        if now is last:
            return True
        if last is not None and now is first:
            return False
        last = now
        QTest.keyClick(now, Qt.Key.Key_Tab)
        opened.app.processEvents()
    return False


def english_words(page: QWidget) -> list[str]:
    """Words of a Russian page that were left in English."""
    shown = [one for one in page.findChildren(QWidget) if one.isVisible()]
    texts = [one.text() for one in shown if isinstance(one, (QLabel, QAbstractButton))]
    allowed = ("@", "example", "png", "jpeg", "kamdesk", "word", "{")
    return [
        text
        for text in texts
        if any("a" <= sign.casefold() <= "z" for sign in text)
        and not any("а" <= sign.casefold() <= "я" for sign in text)
        and not any(word in text.casefold() for word in allowed)
    ]
