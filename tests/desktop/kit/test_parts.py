"""Judgements, steps, preview, cards, dialogs, settings."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QHelpEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QToolTip, QWidget

from kamdesk.desktop.dialogs.base import DialogBase, confirm
from kamdesk.desktop.kit import Kit
from kamdesk.desktop.settings import JsonSettings
from kamdesk.desktop.widgets.basic import button
from kamdesk.desktop.widgets.cards import Avatar
from kamdesk.desktop.widgets.judgement import JudgementBar
from kamdesk.desktop.widgets.page_preview import PagePreview
from kamdesk.desktop.widgets.panel import Panel
from kamdesk.desktop.widgets.steps import Step, Steps
from kamdesk.desktop.widgets.tabs import PageTabs, Tab
from tests.desktop.kit.gallery import STANCE, some_page


@pytest.fixture
def stance(kit: Kit, qtbot) -> JudgementBar:
    made = JudgementBar(
        kit,
        "stance",
        lambda: "Stance",
        lambda: list(zip(range(-3, 4), STANCE[kit.words.language], strict=True)),
    )
    qtbot.addWidget(made)
    made.show()
    qtbot.waitExposed(made)
    return made


def test_one_click_judges(stance: JudgementBar, qtbot) -> None:
    with qtbot.waitSignal(stance.changed) as changed:
        qtbot.mouseClick(stance.bar, Qt.MouseButton.LeftButton, pos=stance.bar._rect(5).center())
    assert changed.args == [2]
    assert stance.bar.accessibleName() == "Stance: Supports"
    qtbot.mouseClick(stance.clear_button, Qt.MouseButton.LeftButton)
    assert stance.value() is None
    assert stance.bar.accessibleName() == "Stance: Not known"


def test_keyboard_judges(stance: JudgementBar) -> None:
    seen: list[object] = []
    stance.changed.connect(seen.append)
    for key in (
        Qt.Key.Key_Right,
        Qt.Key.Key_Right,
        Qt.Key.Key_Left,
        Qt.Key.Key_End,
        Qt.Key.Key_Right,
        Qt.Key.Key_Home,
        Qt.Key.Key_Delete,
    ):
        QTest.keyClick(stance.bar, key)
    assert seen == [0, 1, 0, 3, -3, None]


def test_each_stance_has_a_colour_and_a_shape_of_its_own(stance: JudgementBar) -> None:
    pictures = set()
    for value in range(-3, 4):
        stance.set_value(value)
        step = stance.bar._rect(value + 3)
        pictures.add(
            bytes(
                stance.bar.grab(step)
                .toImage()
                .convertToFormat(stance.bar.grab().toImage().Format.Format_Grayscale8)
                .constBits()
            )
        )
    assert len(pictures) == 7


def test_steps_are_free_and_say_their_state(kit: Kit, qtbot) -> None:
    steps = Steps(
        kit,
        lambda: "Steps",
        [Step(name, lambda name=name: name, "ok") for name in ("offer", "figures", "readers")],
    )
    qtbot.addWidget(steps)
    steps.show()
    steps.set_state("figures", "attention", "No discount rate")
    with qtbot.waitSignal(steps.chosen) as chosen:
        qtbot.mouseClick(steps._buttons["readers"], Qt.MouseButton.LeftButton)
    assert chosen.args == ["readers"]
    assert steps.current() == "readers"
    assert steps._buttons["figures"].accessibleName() == "figures: No discount rate"


def test_preview_zooms_and_pages(kit: Kit, qtbot) -> None:
    preview = PagePreview(kit)
    qtbot.addWidget(preview)
    preview.resize(500, 500)
    preview.show()
    qtbot.waitExposed(preview)
    preview.set_pages([some_page(number) for number in range(1, 4)], 144)
    assert preview.page_count() == 3
    assert preview.current_page() == 1, "before the layout has placed them, too"
    assert "1 of 3" in preview._where.text()
    assert preview._pages[0].width() <= 500
    qtbot.waitUntil(lambda: preview._pages[2].y() > preview._pages[1].y() > 0)
    assert [sheet.y() for sheet in preview._pages] == preview._tops()
    QTest.keyClick(preview._scroll, Qt.Key.Key_PageDown)
    qtbot.waitUntil(lambda: preview.current_page() == 2)
    preview.set_zoom(1.0)
    assert preview._pages[0].width() == round(1190 * 96 / 144)
    before = preview._pages[0].width()
    QTest.keyClick(preview._scroll, Qt.Key.Key_Plus, Qt.KeyboardModifier.ControlModifier)
    assert preview._pages[0].width() > before
    preview.set_busy(True)
    assert "being made anew" in preview._where.text()


def test_initials_and_photo(kit: Kit, qtbot) -> None:
    avatar = Avatar(kit, "Ёлкина Мария Павловна")
    qtbot.addWidget(avatar)
    assert avatar.initials() == "ЁМ"
    avatar.show_person("Anna", some_page(1))
    assert not avatar.grab().isNull()


def test_dialog_keys(kit: Kit, qtbot) -> None:
    host = QWidget()
    qtbot.addWidget(host)
    host.show()
    done: list[str] = []
    first = DialogBase(kit, lambda: "Name it", host, ok=lambda: "Save")
    first.accepted.connect(lambda: done.append("saved"))
    first.open()
    QTest.keyClick(first, Qt.Key.Key_Return)
    second = confirm(
        kit, host, lambda: "Erase?", lambda: "For ever.", lambda: "Erase", lambda: done.append("erased")
    )
    QTest.keyClick(second, Qt.Key.Key_Return)
    third = confirm(
        kit, host, lambda: "Erase?", lambda: "For ever.", lambda: "Erase", lambda: done.append("erased")
    )
    QTest.keyClick(third, Qt.Key.Key_Escape)
    assert done == ["saved"]
    fourth = confirm(
        kit, host, lambda: "Erase?", lambda: "For ever.", lambda: "Erase", lambda: done.append("erased")
    )
    fourth.ok_button.click()
    assert done == ["saved", "erased"]


def test_settings_survive_and_a_broken_file_is_set_aside(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "settings.json"
    JsonSettings(path).set("list.people", {"widths": {"имя": 3}})
    assert JsonSettings(path).get("list.people") == {"widths": {"имя": 3}}
    again = JsonSettings(path)
    again.set("list.people", None)
    assert JsonSettings(path).get("list.people", 7) == 7
    path.write_text("{broken", "utf-8")
    assert JsonSettings(path).get("anything") is None
    assert path.with_name("settings.json.bad").read_text("utf-8") == "{broken"


def test_tabs_are_built_when_visited(kit: Kit, qtbot) -> None:
    made: list[str] = []
    tabs = PageTabs(
        kit,
        lambda: "Client",
        [
            Tab(name, lambda name=name: name, lambda name=name: made.append(name) or QWidget())
            for name in ("overview", "people", "history")
        ],
    )
    qtbot.addWidget(tabs)
    tabs.show()
    qtbot.waitExposed(tabs)
    tabs.activateWindow()
    tabs.bar.setFocus()
    qtbot.waitUntil(tabs.bar.hasFocus)
    assert tabs.current() == "overview"
    assert made == ["overview"]
    seen: list[str] = []
    tabs.chosen.connect(seen.append)
    QTest.keyClick(tabs.bar, Qt.Key.Key_PageDown, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(tabs.bar, Qt.Key.Key_Right)
    assert seen == ["people", "history"]
    tabs.set_current("")
    assert tabs.current() == "overview"
    assert seen == ["people", "history"]
    with pytest.raises(KeyError):
        tabs.set_current("no such tab")


def test_a_name_without_room_ends_in_dots_and_is_said_in_full(kit: Kit, qtbot) -> None:
    made = button(kit, lambda: "Константинопольский & Ко", look="link")
    qtbot.addWidget(made)
    made.show()
    whole = made.grab().toImage()
    made.resize(made.sizeHint().width() // 2, made.height())
    assert made.grab().toImage() != whole.copy(0, 0, made.width(), made.height()), "not just cut off"
    QApplication.sendEvent(
        made, QHelpEvent(QEvent.Type.ToolTip, QPoint(3, 3), made.mapToGlobal(QPoint(3, 3)))
    )
    assert QToolTip.text() == "Константинопольский & Ко"
    QToolTip.hideText()
    made.resize(made.sizeHint())
    assert made.grab().toImage() == whole


def test_a_base_that_is_not_answered_cannot_be_made(kit: Kit, qtbot) -> None:
    class Half(Panel):
        def open(self, owner: str, rest: str = "") -> None:
            self.owner = owner

    with pytest.raises(TypeError, match="Half does not answer refresh"):
        Half()

    class Whole(Half):
        def refresh(self, changes: object) -> None:
            self.owner = ""

    made = Whole()
    qtbot.addWidget(made)
    made.open("x")
    assert made.owner == "x" and made.children() == []
