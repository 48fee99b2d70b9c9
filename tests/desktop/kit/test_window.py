"""The window: sections, back and forward, the box, undo in words, blur, lock, closing without losing anything."""

from __future__ import annotations

import threading

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton

from kamdesk.desktop.dialogs.base import confirm
from kamdesk.desktop.kit import Kit
from kamdesk.desktop.main_window import MainWindow
from kamdesk.desktop.navigation.history import History
from kamdesk.desktop.navigation.target import Hit, Target
from kamdesk.desktop.widgets.inline_text import InlineText
from kamdesk.desktop.widgets.page import PageBase
from kamdesk.desktop.widgets.private import mark_private
from kamdesk.model.messages import KamdeskError, Message

CONTROL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier


class SomePage(PageBase):
    """Says where it is; one field that saves into ``saved``."""

    def __init__(self, kit: Kit, name: str) -> None:
        super().__init__(kit)
        self.saved: list[str] = []
        self.opened: list[Target] = []
        self.changes: list[object] = []
        self.set_title(lambda: name)
        self.field = InlineText(kit, lambda: "Field", self.saved.append)
        self.body.addWidget(self.field)
        self.secret = QLabel("secret")
        self.secret_button = QPushButton("open")
        mark_private(self.secret)
        self.body.addWidget(self.secret)
        self.body.addWidget(self.secret_button)

    def open(self, target: Target) -> None:
        self.opened.append(target)

    def refresh(self, changes: object) -> None:
        self.changes.append(changes)


@pytest.fixture
def window(kit: Kit, qtbot):
    made = MainWindow(kit)
    qtbot.addWidget(made)
    made.add_section("people", lambda: "People", "people", lambda: SomePage(kit, "People"))
    made.add_section("clients", lambda: "Clients", "clients", lambda: SomePage(kit, "Clients"))
    made.add_page_kind("person", lambda target: SomePage(kit, f"Person {target.id}"), "people")
    made.navigate(Target("people"))
    made.show()
    qtbot.waitExposed(made)
    made.activateWindow()
    qtbot.waitUntil(lambda: QApplication.focusWidget() is not None)
    return made


def focus() -> object:
    return QApplication.focusWidget()


def test_back_and_forward_lead_through_pages(window: MainWindow) -> None:
    window.navigate(Target("person", "1"))
    window.navigate(Target("clients"))
    assert window.windowTitle() == "Clients"
    QTest.keyClick(window, Qt.Key.Key_Left, ALT)
    assert window.here() == Target("person", "1")
    assert window.windowTitle() == "People", "never a person's name"
    QTest.keyClick(window, Qt.Key.Key_Left, ALT)
    assert not window.actions_table.action("go.back").isEnabled()
    QTest.keyClick(window, Qt.Key.Key_Right, ALT)
    assert window.here() == Target("person", "1")
    assert window.page().opened == [Target("person", "1")] * 3


def test_the_keyboard_starts_on_the_page_even_when_it_is_filled_later(kit: Kit, qtbot) -> None:
    class Late(PageBase):
        def open(self, target: Target) -> None:
            def fill(_read: object) -> None:
                self.body.addWidget(QPushButton("filled"))

            self.kit.queries.run(lambda: None, fill, owner=self)

    made = MainWindow(kit)
    qtbot.addWidget(made)
    made.add_section("late", lambda: "Late", "people", lambda: Late(kit))
    made.navigate(Target("late"))
    made.show()
    assert made.focusWidget() is made.page() or isinstance(made.focusWidget(), QPushButton)
    qtbot.waitUntil(lambda: isinstance(made.focusWidget(), QPushButton) and not kit.queries.busy)
    assert made.focusWidget().text() == "filled"


def test_no_title_of_a_window_names_what_a_page_shows(kit: Kit, window: MainWindow) -> None:
    window.navigate(Target("person", "1"))
    dialog = confirm(
        kit, window, lambda: "Delete Person 1?", lambda: "Detail", lambda: "Delete", lambda: None
    )
    name = QGuiApplication.applicationDisplayName()
    assert (window.windowTitle(), dialog.windowTitle()) == ("People", name)
    assert dialog.accessibleName() == "Delete Person 1?"
    dialog.reject()


def test_leaving_a_page_saves_what_is_typed(window: MainWindow, qtbot) -> None:
    page = window.page()
    page.field.line.setText("typed")
    window.navigate(Target("clients"))
    assert page.saved == ["typed"]
    window.page().field.line.setText("again")
    QTest.keyClick(window, Qt.Key.Key_S, CONTROL)
    assert window.page().saved == ["again"]


def test_page_that_cannot_be_opened_is_told(window: MainWindow) -> None:
    def gone(_target: Target) -> PageBase:
        raise KamdeskError("sample.gone")

    window.add_page_kind("gone", gone)
    assert window.navigate(Target("gone", "1")) is None
    assert window.notices.texts() == ["sample.gone"]
    assert window.here() == Target("people")
    with pytest.raises(KeyError):
        window.navigate(Target("no such kind"))


def test_forgotten_record_leaves_page_and_history(window: MainWindow) -> None:
    window.navigate(Target("person", "1"))
    window.navigate(Target("person", "2"))
    window.forget("person", "2")
    assert window.here() == Target("person", "1")
    assert window.page().title() == "Person 1"


def test_many_pages_do_not_pile_up(window: MainWindow) -> None:
    for number in range(30):
        window.navigate(Target("person", str(number)))
    assert window.pages.count() <= 10
    window.apply("changes")
    assert window.page().changes == ["changes"]


def test_box_finds_records_and_actions(window: MainWindow, kit: Kit, qtbot) -> None:
    window.set_search(lambda text: [Hit("People", f"found {text}", "seat", "person", Target("person", "7"))])
    QTest.keyClick(window, Qt.Key.Key_K, CONTROL)
    qtbot.waitUntil(window.box.hasFocus)
    assert any(hit.title == "Quick capture" for hit in window.box.hits())
    with qtbot.waitSignal(kit.queries.idle):
        QTest.keyClicks(window.box, "lo")
    assert [hit.title for hit in window.box.hits()] == ["found lo", "Lock"]
    QTest.keyClick(window.box, Qt.Key.Key_Down)
    QTest.keyClick(window.box, Qt.Key.Key_Up)
    QTest.keyClick(window.box, Qt.Key.Key_Return)
    assert window.here() == Target("person", "7")
    assert window.box.text() == ""


def test_box_runs_an_action_and_esc_goes_back_to_the_page(window: MainWindow, qtbot) -> None:
    QTest.keyClick(window, Qt.Key.Key_F, CONTROL)
    qtbot.waitUntil(window.box.hasFocus)
    QTest.keyClicks(window.box, "quick")
    qtbot.waitUntil(lambda: [hit.title for hit in window.box.hits()] == ["Quick capture"])
    with qtbot.waitSignal(window.capture_requested):
        QTest.keyClick(window.box, Qt.Key.Key_Return)
    window.box.start()
    QTest.keyClick(window.box, Qt.Key.Key_Escape)
    assert window.page().isAncestorOf(focus())


def test_box_says_when_nothing_is_found(window: MainWindow, qtbot) -> None:
    window.box.start()
    QTest.keyClicks(window.box, "zzz")
    model = window.box._model
    qtbot.waitUntil(
        lambda: model.rowCount() == 1 and model.index(0).data() == "Nothing found. Try fewer letters."
    )
    assert window.box.hits() == []
    QTest.keyClick(window.box, Qt.Key.Key_Return)


def test_undo_and_redo_are_named(window: MainWindow, qtbot) -> None:
    undo = window.actions_table.action("edit.undo")
    assert not undo.isEnabled()
    window.set_undo("add Ivan Petrov", "")
    assert undo.text() == "Undo: add Ivan Petrov"
    window.page().secret_button.setFocus()
    with qtbot.waitSignal(window.undo_requested):
        QTest.keyClick(focus(), Qt.Key.Key_Z, CONTROL)
    window.set_undo("", "add Ivan Petrov")
    with qtbot.waitSignal(window.redo_requested):
        QTest.keyClick(focus(), Qt.Key.Key_Y, CONTROL)


def test_f6_steps_through_the_parts(window: MainWindow) -> None:
    seen = []
    for _step in range(3):
        QTest.keyClick(focus(), Qt.Key.Key_F6)
        part = [window.rail, window.box, window.page()]
        seen.append(next(at for at, one in enumerate(part) if one is focus() or one.isAncestorOf(focus())))
    assert sorted(seen) == [0, 1, 2]
    before = focus()
    QTest.keyClick(focus(), Qt.Key.Key_F6)
    QTest.keyClick(focus(), Qt.Key.Key_F6, Qt.KeyboardModifier.ShiftModifier)
    assert focus() is before


def test_rail_by_arrows_folds_and_remembers(window: MainWindow, kit: Kit) -> None:
    window.box.setFocus()
    QTest.keyClick(focus(), Qt.Key.Key_F6, Qt.KeyboardModifier.ShiftModifier)
    assert focus().accessibleName() == "People"
    QTest.keyClick(focus(), Qt.Key.Key_Down)
    QTest.keyClick(focus(), Qt.Key.Key_Return)
    assert window.here() == Target("clients")
    wide = window.rail.width()
    window.rail.toggle()
    assert window.rail.width() < wide
    assert kit.settings.get("window.rail_folded") is True


def covers_of(panel: QLabel) -> list:
    """What lies on a panel."""
    return [child for child in panel.children() if child.isWidgetType()]


def test_blur_covers_the_personal(window: MainWindow) -> None:
    def covers() -> list:
        return covers_of(window.page().secret)

    QTest.keyClick(window, Qt.Key.Key_F9)
    assert len(covers()) == 1
    assert covers()[0].geometry() == window.page().secret.rect()
    assert not window.page().secret.isEnabled()
    window.navigate(Target("person", "1"))
    assert len(covers()) == 1
    QTest.keyClick(window, Qt.Key.Key_F9)
    assert window.page().secret.isEnabled()


def test_panel_that_appears_while_blurred_is_covered(window: MainWindow) -> None:
    QTest.keyClick(window, Qt.Key.Key_F9)
    late = QLabel("late secret")
    mark_private(late)
    window.page().body.addWidget(late)
    late.show()
    plain = QLabel("harmless")
    window.page().body.addWidget(plain)
    plain.show()
    assert len(covers_of(late)) == 1
    mark_private(plain)
    assert len(covers_of(plain)) == 1
    QTest.keyClick(window, Qt.Key.Key_F9)
    assert late.isEnabled()


def test_lock_saves_first(window: MainWindow, qtbot) -> None:
    page = window.page()
    page.field.line.setText("typed")
    with qtbot.waitSignal(window.lock_requested):
        QTest.keyClick(window, Qt.Key.Key_L, CONTROL)
    assert page.saved == ["typed"]


def test_strip_tells_saving_and_running_work(window: MainWindow, kit: Kit, qtbot) -> None:
    gate = threading.Event()
    assert window.strip.saved_text() == "All changes saved"
    kit.commands.run(gate.wait)
    assert window.strip.saved_text() == "Saving…"
    with qtbot.waitSignal(kit.commands.idle):
        gate.set()
    qtbot.waitUntil(lambda: window.strip.saved_text() == "All changes saved")
    go = threading.Event()

    def work(progress) -> None:
        progress.report("page 3", 3, 9)
        go.wait(5)
        progress.report("page 4", 4, 9)

    kit.jobs.start("PDF", work)
    qtbot.waitUntil(lambda: window.strip.job_text() == "PDF · page 3")
    with qtbot.waitSignal(kit.jobs.idle):
        qtbot.mouseClick(window.strip._cancel, Qt.MouseButton.LeftButton)
        assert window.strip.job_text() == "PDF · Stopping…"
        go.set()


def test_problem_without_a_place_and_fault_become_notices(window: MainWindow, kit: Kit, qtbot) -> None:
    def refused() -> None:
        raise KamdeskError("sample.refused")

    kit.commands.run(refused)
    with qtbot.waitSignal(kit.commands.fault):
        kit.commands.run(lambda: 1 / 0)
    texts = window.notices.texts()
    assert texts[0] == "sample.refused"
    assert texts[1].startswith("The program made a mistake here.")
    button = next(
        child for child in window.notices.findChildren(QPushButton) if child.text() == "Copy the report"
    )
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert "ZeroDivisionError" in QGuiApplication.clipboard().text()
    window.notices.clear()
    assert not window.notices.isVisible()


def test_same_notice_is_not_shown_twice(window: MainWindow) -> None:
    for _time in range(5):
        window.notify(Message("sample.same"), "warning")
    assert window.notices.texts() == ["sample.same"]


def test_closing_waits_for_what_is_running(window: MainWindow, kit: Kit, qtbot) -> None:
    gate, done = threading.Event(), []
    window.page().field.line.setText("typed")
    window.page().field.on_save(lambda text: kit.commands.run(gate.wait, lambda _r: done.append(text)))
    window.close()
    assert window.isVisible()
    with qtbot.waitSignal(window.closed):
        gate.set()
    assert done == ["typed"]
    assert not window.isVisible()
    assert kit.settings.get("window.geometry")


def test_language_and_theme_from_the_menu(window: MainWindow, kit: Kit) -> None:
    menus = {action.text(): action.menu() for action in window.menu.actions() if action.menu()}
    choose = {action.text(): action for menu in menus.values() for action in menu.actions()}
    choose["Dark"].trigger()
    choose["Русский"].trigger()
    assert kit.theme.colours.dark
    assert window.strip.saved_text() == "Все изменения сохранены"
    assert kit.settings.get("window.language") == "ru"
    choose["130%"].trigger()
    assert kit.settings.get("window.text_scale") == 1.3


def test_history_of_visits() -> None:
    history = History()
    assert history.go(-1) is None
    for name in "abc":
        history.visit(Target("p", name))
    history.visit(Target("p", "c"))
    assert history.go(-1) == Target("p", "b")
    history.replace(Target("p", "b", "tab"))
    history.visit(Target("p", "d"))
    assert not history.can_go(1)
    history.forget("p", "b")
    assert history.current == Target("p", "d")
    assert history.go(-1) == Target("p", "a")
