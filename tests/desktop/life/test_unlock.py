"""Unlocking: wrong, forgotten, taken, damaged, newer."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from shiboken6 import isValid

from kamdesk.desktop.dialogs.passphrase_fields import script_of
from kamdesk.desktop.unlock import Unlock
from kamdesk.store import keys
from kamdesk.store.vault import Secret, open_vault

from .conftest import CHEAP, Runs


def _unlock(runs: Runs, folder: Path) -> Unlock:
    program = runs.new()
    program.start(folder)
    assert isinstance(program._front, Unlock)
    return program._front


def _try(qtbot, unlock: Unlock, words: str) -> None:
    unlock.secret.line.clear()
    unlock.secret.line.setText(words)
    qtbot.keyClick(unlock.secret.line, Qt.Key.Key_Return)
    assert not unlock.parts.isEnabled(), "nothing can be pressed twice"
    qtbot.waitUntil(lambda: not isValid(unlock) or unlock.parts.isEnabled())


def test_five_times_wrong_then_right(runs: Runs, qtbot, vault_folder: Path) -> None:
    unlock = _unlock(runs, vault_folder)
    program = runs.made[-1][0]
    for attempt in range(5):
        _try(qtbot, unlock, "wrong")
        assert "does not fit" in unlock.problem.text()
        assert ("recovery code" in unlock.problem.text()) == (attempt >= 2)
        assert unlock.secret.line.property("wrong") == "true"
        assert "Latin" in unlock.secret.hint.text()
    _try(qtbot, unlock, "пароль один")
    qtbot.waitUntil(lambda: program.session is not None)
    assert program.session.window.isVisible()
    assert runs.settings.get("vault.last") == str(vault_folder)


def test_the_recovery_code_leads_to_a_new_passphrase(runs: Runs, qtbot, vault_folder: Path) -> None:
    vault = open_vault(vault_folder, Secret("пароль один"), cost=CHEAP)
    code = vault.make_recovery_code()
    vault.close()
    unlock = _unlock(runs, vault_folder)
    program = runs.made[-1][0]
    unlock.use_code.click()
    wrong = code[:-1] + str((int(code[-1]) + 1) % 10)
    unlock.code.setText(wrong)
    unlock.code_button.click()
    qtbot.waitUntil(lambda: "group 8" in unlock.problem.text())
    unlock.code.setText(code.replace("-", " "))
    unlock.code_button.click()
    qtbot.waitUntil(lambda: unlock.parts.currentIndex() == 2)
    assert program.session is None, "nothing is shown before there is a passphrase again"
    for line in (unlock.new.first.line, unlock.new.again.line):
        line.setText("новый пароль")
    unlock.new_button.click()
    qtbot.waitUntil(lambda: program.session is not None)
    program.session.window.close()
    runs.end()
    open_vault(vault_folder, Secret("новый пароль"), cost=CHEAP).close()


def test_a_vault_that_is_open_elsewhere_can_be_tried_again(runs: Runs, qtbot, vault_folder: Path) -> None:
    other = open_vault(vault_folder, Secret("пароль один"), cost=CHEAP)
    unlock = _unlock(runs, vault_folder)
    program = runs.made[-1][0]
    _try(qtbot, unlock, "пароль один")
    assert "already open" in unlock.problem.text()
    assert unlock.step.isVisible() and unlock.step.text() == "Try again"
    other.close()
    unlock.step.click()
    qtbot.waitUntil(lambda: program.session is not None)


def _damage_header(folder: Path) -> None:
    for name in keys.HEADER_NAMES:
        (folder / name).write_text("{", "utf-8")


def _empty_data(folder: Path) -> None:
    (folder / "data.db").write_bytes(b"")


def _newer(folder: Path) -> None:
    header = json.loads((folder / "vault.json").read_text("utf-8"))
    header["vault"]["format"] = 99
    for name in keys.HEADER_NAMES:
        (folder / name).write_text(json.dumps(header), "utf-8")


@pytest.mark.parametrize(
    ("harm", "words", "step"),
    [(_damage_header, "vault.json", True), (_empty_data, "damaged", True), (_newer, "newer", False)],
)
def test_what_is_in_the_way_is_said_with_a_next_step(
    runs: Runs, qtbot, vault_folder: Path, harm, words: str, step: bool
) -> None:
    harm(vault_folder)
    unlock = _unlock(runs, vault_folder)
    if not unlock.problem.text():
        _try(qtbot, unlock, "пароль один")
    assert words in unlock.problem.text()
    assert unlock.step.isVisible() == step
    if step:
        assert unlock.step.text() == "Open the folder"
    runs.kit().words.set_language("ru")
    assert not any(word in unlock.problem.text() for word in ("damaged", "newer")), (
        "the words follow the language"
    )


def test_caps_lock_and_layout_are_said(runs: Runs, qtbot, vault_folder: Path) -> None:
    unlock = _unlock(runs, vault_folder)
    qtbot.keyClicks(unlock.secret.line, "ABC")
    assert "Caps Lock" in unlock.secret.hint.text()
    qtbot.keyClick(unlock.secret.line, Qt.Key.Key_A, Qt.KeyboardModifier.ShiftModifier)
    qtbot.keyClicks(unlock.secret.line, "a")
    assert "Caps Lock" not in unlock.secret.hint.text()
    assert [script_of(text) for text in ("123", "abc", "ёж", "abв")] == ["", "latin", "russian", "both"]


def test_a_demo_opens_by_itself(runs: Runs, qtbot, tmp_path: Path) -> None:
    from kamdesk.bootstrap import make_demo

    place, _client = make_demo(tmp_path / "demo", "en")
    place.close()
    program = runs.new()
    program.start(tmp_path / "demo")
    qtbot.waitUntil(lambda: program.session is not None)
    assert program._front is None, "nothing flashed up before the window"
