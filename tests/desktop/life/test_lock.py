"""Lock: by key, idleness and the system; the process that held data ends, drafts and the place stay."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget

from kamdesk.desktop import restart as restarting
from kamdesk.desktop.application import Application
from kamdesk.desktop.clipboard_guard import ClipboardGuard
from kamdesk.desktop.navigation.target import Target
from kamdesk.desktop.system_watch import IdleWatch
from kamdesk.desktop.widgets.private import mark_private
from kamdesk.store.vault import Secret, open_vault

from .conftest import CHEAP, Runs


def _open(runs: Runs, qtbot, folder: Path) -> Application:
    program = runs.new()
    program.start(folder)
    program._front.secret.line.setText("пароль один")
    program._front.open_button.click()
    qtbot.waitUntil(lambda: program.session is not None)
    return program


def test_ctrl_l_hides_all_and_asks_for_a_fresh_process(runs: Runs, qtbot, vault_folder: Path) -> None:
    program = _open(runs, qtbot, vault_folder)
    window = program.session.window
    window.navigate(Target("settings"))
    program.show_help("settings")
    given = program.session.plain.give("preview.pdf", b"secret")
    edited = program.session.plain.give("letter.docx", b"as given", key="document-1")
    edited.write_bytes(b"edited in Word")
    window.activateWindow()
    qtbot.keyClick(window, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    assert not any(one.isVisible() for one in QApplication.topLevelWidgets())
    assert program.again[1:] == ["-m", "kamdesk", "--vault", str(vault_folder), "--return", "settings//"]
    runs.end()
    assert not given.exists(), "plain files are gone"
    assert edited.read_bytes() == b"edited in Word", "but never edits that were not taken back"
    open_vault(vault_folder, Secret("пароль один"), cost=CHEAP).close()


def test_the_fresh_process_returns_to_the_place(runs: Runs, qtbot, vault_folder: Path) -> None:
    target = restarting.read_target("settings//")
    assert target == Target("settings")
    program = runs.new()
    program.start(vault_folder, target)
    shown = program._front.windowTitle() + program._front.where.text()
    assert "settings" not in shown
    program._front.secret.line.setText("пароль один")
    program._front.open_button.click()
    qtbot.waitUntil(lambda: program.session is not None)
    assert program.session.window.here() == Target("settings")


@pytest.mark.parametrize("words", ["", "x", "client", "/id/tab"])
def test_a_place_that_is_none_is_ignored(words: str) -> None:
    assert restarting.read_target(words) is None


def test_a_place_that_is_gone_leads_to_the_first_section(runs: Runs, qtbot, vault_folder: Path) -> None:
    program = runs.new()
    program.start(vault_folder, Target("no such page", "1"))
    program._front.secret.line.setText("пароль один")
    program._front.open_button.click()
    qtbot.waitUntil(lambda: program.session is not None)
    assert program.session.window.here() is not None


def test_typed_text_is_kept_as_a_draft(runs: Runs, qtbot, vault_folder: Path) -> None:
    program = _open(runs, qtbot, vault_folder)
    program.session.window.navigate(Target("settings"))
    page = program.session.window.page()
    page.unsaved = lambda: {"note:new:1": "не дописано"}
    program.session.lock_wanted.emit()
    qtbot.waitUntil(lambda: not runs.kit().commands.busy)
    assert program.session.workplace.drafts.get("note:new:1") == "не дописано"


def test_idleness_locks_and_a_key_keeps_it_open(qtbot, qapp: QApplication) -> None:
    field = QLineEdit()
    qtbot.addWidget(field)
    watch = IdleWatch(qapp, 1)
    field.show()
    field.setFocus()
    watch._look()  # takes the place of the pointer
    told: list[bool] = []
    watch.idle.connect(lambda: told.append(True))
    watch._minutes = 0.0005
    qtbot.waitUntil(lambda: watch._since.elapsed() > 40)
    qtbot.keyClick(field, Qt.Key.Key_A)
    watch._since.restart() if not field.hasFocus() else None
    assert watch._since.elapsed() < 40
    qtbot.waitUntil(lambda: watch._since.elapsed() > 40)
    watch._look()
    watch._look()
    assert told == [True], "once"
    watch.set_minutes(0)
    qtbot.wait(40)
    watch._look()
    assert told == [True], "never means never"
    watch.deleteLater()


_LISTENER = """
import os, sys
os.environ["QT_QPA_PLATFORM"] = "offscreen"
os.environ["DBUS_SYSTEM_BUS_ADDRESS"] = os.environ["DBUS_SESSION_BUS_ADDRESS"]
from PySide6.QtCore import QCoreApplication, QTimer
from PySide6.QtDBus import QDBusConnection, QDBusMessage
from kamdesk.desktop.system_watch import SystemWatch
app = QCoreApplication([])
watch = SystemWatch()
told = []
watch.locking.connect(lambda: told.append(1))
bus = QDBusConnection.connectToBus(os.environ["DBUS_SESSION_BUS_ADDRESS"], "sender")
def send(path, interface, name, *arguments):
    message = QDBusMessage.createSignal(path, interface, name)
    message.setArguments(list(arguments))
    bus.send(message)
def run():
    send("/org/freedesktop/login1", "org.freedesktop.login1.Manager", "PrepareForSleep", False)
    send("/org/freedesktop/login1", "org.freedesktop.login1.Manager", "PrepareForSleep", True)
    send("/org/freedesktop/ScreenSaver", "org.freedesktop.ScreenSaver", "ActiveChanged", True)
    send("/org/freedesktop/login1/session/_31", "org.freedesktop.login1.Session", "Lock")
QTimer.singleShot(100, run)
QTimer.singleShot(1500, app.quit)
app.exec()
print(watch.listening, len(told))
"""


def test_sleep_and_screen_lock_are_heard_by_d_bus(repository: Path) -> None:
    runner = shutil.which("dbus-run-session")
    if (
        runner is None
        or subprocess.run([runner, "--", "true"], capture_output=True, timeout=40, check=False).returncode
    ):
        pytest.skip("no bus of the test's own can be started here (dbus-run-session)")
    said = subprocess.run(
        [runner, "--", sys.executable, "-c", _LISTENER],
        capture_output=True,
        text=True,
        timeout=40,
        cwd=repository,
        check=True,
    )
    assert said.stdout.split() == ["True", "3"]


_SECRET_HOLDER = """
import os, sys
from kamdesk.desktop.restart import restart
canary = "".join(["kana", "reika-", "17"]) * 50
held = [canary + str(n) for n in range(1000)]
pipe = os.pipe()
os.set_inheritable(pipe[0], True)
looker = '''
import re, os, sys
found = 0
needle = b"kana" + b"reika-" + b"17kana"
for line in open("/proc/self/maps"):
    low, high = (int(part, 16) for part in line.split()[0].split("-"))
    if line.split()[1].startswith("r") and "[v" not in line:
        with open("/proc/self/mem", "rb", 0) as memory:
            try:
                memory.seek(low); found += memory.read(high - low).count(needle)
            except (OSError, ValueError, OverflowError):
                pass
print(os.getpid() == int(sys.argv[1]), found, len(os.listdir("/proc/self/fd")))
'''
restart([sys.executable, "-c", looker, str(os.getpid())])
"""


def test_the_fresh_process_holds_nothing_of_the_old(repository: Path) -> None:
    if not Path("/proc/self/mem").exists() or os.name != "posix":
        pytest.skip("this system does not show a process its memory")
    said = subprocess.run(
        [sys.executable, "-c", _SECRET_HOLDER],
        capture_output=True,
        text=True,
        timeout=40,
        cwd=repository,
        check=True,
    )
    same_place, found, files = said.stdout.split()
    assert same_place == "True", "a terminal still sees the program that it started"
    assert int(found) <= 1, "no text of the old process (the one is the needle being looked for)"
    assert int(files) <= 5, "no pipe of the old process"


def test_private_text_leaves_the_clipboard_unless_another_took_it(qtbot, qapp: QApplication) -> None:
    guard = ClipboardGuard(qapp, seconds=0.15)
    panel = QWidget()
    qtbot.addWidget(panel)
    mark_private(panel)
    field = QLineEdit("не любит долгих встреч", panel)
    panel.show()
    panel.activateWindow()
    field.setFocus()
    qtbot.waitUntil(field.hasFocus)
    clipboard = qapp.clipboard()
    field.selectAll()
    field.copy()
    assert clipboard.text() == "не любит долгих встреч" and guard.holding
    qtbot.waitUntil(lambda: clipboard.text() == "")
    assert not guard.holding
    guard.copy("код")
    panel.hide()
    foreign = QMimeData()
    foreign.setText("чужое")
    clipboard.setMimeData(foreign)
    qtbot.wait(250)
    assert clipboard.text() == "чужое"
    clipboard.clear()
    guard.deleteLater()
