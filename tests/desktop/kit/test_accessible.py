"""Every control can be reached by Tab, is left by Tab again, and has a name for those who do not see it."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QWidget

from kamdesk.desktop.kit import Kit
from kamdesk.desktop.main_window import MainWindow
from kamdesk.desktop.navigation.target import Target
from tests.desktop.kit.gallery import make_gallery

SECTIONS = ("people", "person", "grid", "preview")


@pytest.fixture
def gallery(kit: Kit, qtbot) -> MainWindow:
    window = make_gallery(kit)
    qtbot.addWidget(window)
    window.navigate(Target("people"))
    window.show()
    qtbot.waitExposed(window)
    window.activateWindow()
    qtbot.waitUntil(lambda: QApplication.focusWidget() is not None)
    return window


def stops(window: MainWindow) -> list[QWidget]:
    found = window.findChildren(QWidget)
    return [
        one
        for one in found
        if one.isVisible() and one.isEnabled() and one.focusPolicy() & Qt.FocusPolicy.TabFocus
    ]


@pytest.mark.parametrize("language", ["en", "ru"])
@pytest.mark.parametrize("section", SECTIONS)
def test_every_control_has_a_name(gallery: MainWindow, kit: Kit, section: str, language: str) -> None:
    kit.words.set_language(language)
    gallery.navigate(Target(section))
    nameless = []
    for widget in stops(gallery):
        known = QAccessible.queryAccessibleInterface(widget)
        name = known.text(QAccessible.Text.Name) if known else ""
        if not (name or widget.accessibleName() or (isinstance(widget, QAbstractButton) and widget.text())):
            nameless.append(f"{type(widget).__name__} in {type(widget.parent()).__name__}")
    assert not nameless
    assert len(stops(gallery)) > 8


@pytest.mark.parametrize("section", SECTIONS)
def test_tab_goes_round_and_is_caught_nowhere(gallery: MainWindow, section: str) -> None:
    gallery.navigate(Target(section))
    gallery.box.setFocus()
    seen: list[QWidget] = []
    for _step in range(200):
        QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
        if QApplication.focusWidget() is gallery.box:
            break
        seen.append(QApplication.focusWidget())
    assert QApplication.focusWidget() is gallery.box
    outside = [one for one in seen if not gallery.isAncestorOf(one)]
    assert not outside
    assert len(set(seen)) >= 8


@pytest.mark.parametrize("section", SECTIONS)
def test_focus_is_seen(gallery: MainWindow, section: str) -> None:
    """A control with the focus looks different from itself without."""
    gallery.navigate(Target(section))
    blind = []
    for widget in stops(gallery):
        gallery.box.setFocus()
        if widget is gallery.box or not widget.visibleRegion().boundingRect().isValid():
            continue
        gallery.menu_button.setFocus()
        if widget is gallery.menu_button:
            gallery.box.setFocus()
        before = widget.grab().toImage()
        widget.setFocus(Qt.FocusReason.TabFocusReason)
        if not widget.hasFocus():
            continue
        if widget.grab().toImage() == before:
            blind.append(f"{type(widget).__name__} {widget.accessibleName()}")
    assert not blind


@pytest.mark.parametrize("section", SECTIONS)
def test_nothing_is_cut_at_1280_by_720(gallery: MainWindow, section: str) -> None:
    """Labels that do not wrap have the room for their words."""
    gallery.navigate(Target(section))
    gallery.resize(1280, 720)
    QApplication.sendPostedEvents()
    cut = [
        one.text()
        for one in gallery.findChildren(QLabel)
        if one.isVisible() and not one.wordWrap() and one.width() < one.sizeHint().width()
    ]
    assert not cut
    assert gallery.minimumSizeHint().width() <= 1280
