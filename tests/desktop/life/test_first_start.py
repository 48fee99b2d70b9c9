"""The first start, as a newcomer walks through it."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from kamdesk.desktop.dialogs.import_people import ImportPreview
from kamdesk.desktop.first_start import FirstStart
from kamdesk.desktop.main_window import MainWindow
from kamdesk.desktop.navigation.target import Target
from kamdesk.desktop.unlock import Unlock
from kamdesk.store.vault import Secret, open_vault

from .conftest import CHEAP, Runs


def _first(runs: Runs, language: str = "en") -> FirstStart:
    program = runs.new(language)
    program.start()
    window = program._front
    assert isinstance(window, FirstStart)
    return window


def test_the_demo_is_on_the_first_button_and_opens(runs: Runs, qtbot) -> None:
    first = _first(runs, "ru")
    program = runs.made[-1][0]
    qtbot.waitUntil(lambda: first.demo.hasFocus() or not first.isActiveWindow())
    assert first.demo.text() == "Открыть пример"
    qtbot.keyClick(first.demo, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: program.session is not None)
    workplace = program.session.workplace
    assert workplace.vault.is_unprotected
    assert len(workplace.organisations.list()) >= 1
    assert any("пример" in text for text in program.session.window.notices.texts())
    assert runs.settings.get("vault.last") is None, "the demo is not what is opened next time"
    assert program._front is None


def test_the_language_is_chosen_from_the_first_moment(runs: Runs, qtbot) -> None:
    first = _first(runs, "ru")
    english = next(choice for choice in first._languages.buttons() if choice.text() == "English")
    english.click()
    assert first.demo.text() == "Open the demo"
    assert first.windowTitle() == "First steps"
    assert runs.settings.get("window.language") == "en"


def test_five_steps_make_a_vault_with_code_company_and_me(runs: Runs, qtbot, tmp_path: Path) -> None:
    first = _first(runs)
    program = runs.made[-1][0]
    first.own.click()
    assert not first.make.isEnabled()
    qtbot.keyClicks(first.new.first.line, "yellow engine")
    assert "Latin" in first.new.first.hint.text()
    qtbot.keyClicks(first.new.again.line, "yellow motor")
    assert not first.make.isEnabled() and "not the same" in first.new.mismatch.text()
    first.new.again.line.setText("yellow engine")
    qtbot.keyClick(first.new.again.line, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: first.step() == "recovery")
    assert first.new.first.text() == ""
    first.make_code.click()
    qtbot.waitUntil(lambda: bool(first.code.code()))
    code = first.code.code()
    assert not first.code_next.isEnabled()
    assert runs.settings.get("recovery.unkept")
    target = tmp_path / "code.txt"
    first.code.save(target)
    assert code in target.read_text("utf-8")
    first.code_next.click()
    assert first.code.code() == "" and not runs.settings.get("recovery.unkept")
    first.fields["company"].setText("Northern Bridge Ltd")
    first.fields["name"].setText("Anna Falcon")
    first.fields["inn"].setText("123")
    first.about_next.click()
    qtbot.waitUntil(lambda: bool(first.problem.text()))
    assert first.step() == "about" and first.fields["inn"].property("wrong") == "true"
    first.fields["inn"].clear()
    first.about_next.click()
    qtbot.waitUntil(lambda: first.step() == "people")
    first.finish.click()
    qtbot.waitUntil(lambda: program.session is not None)
    company = program.session.workplace.company
    assert company.get().data.full_name == "Northern Bridge Ltd"
    assert company.me().data.name.family == "Falcon"
    assert program.session.window.notices.texts() == []
    folder = program.session.workplace.vault.folder
    program.session.window.close()
    runs.end()
    open_vault(folder, Secret(code, "recovery"), cost=CHEAP).close()
    program = runs.new()
    program.start()
    assert isinstance(program._front, Unlock), "the next start asks for the passphrase of this vault"


def test_a_code_put_off_is_reminded_of(runs: Runs, qtbot) -> None:
    first = _first(runs)
    program = runs.made[-1][0]
    first.own.click()
    for line in (first.new.first.line, first.new.again.line):
        line.setText("three old maps")
    first.make.click()
    qtbot.waitUntil(lambda: first.step() == "recovery")
    first.later.click()
    first.about_skip.click()
    first.finish.click()
    qtbot.waitUntil(lambda: program.session is not None)
    assert any("recovery code" in text for text in program.session.window.notices.texts())


def test_a_folder_in_use_is_told_beside_the_fields(runs: Runs, qtbot, vault_folder: Path) -> None:
    first = _first(runs)
    first.own.click()
    first.set_folder(vault_folder)
    for line in (first.new.first.line, first.new.again.line):
        line.setText("three old maps")
    first.make.click()
    qtbot.waitUntil(lambda: bool(first.problem.text()))
    assert "already a vault" in first.problem.text()
    assert first.step() == "passphrase" and first.new.ready()


def test_a_synchronised_folder_is_warned_of(runs: Runs, qtbot, tmp_path: Path) -> None:
    first = _first(runs)
    first.set_folder(tmp_path / "Dropbox" / "vault")
    assert "synchronised" in first.where.text()


def test_closing_in_the_middle_leaves_a_vault_that_opens(runs: Runs, qtbot) -> None:
    first = _first(runs)
    first.own.click()
    for line in (first.new.first.line, first.new.again.line):
        line.setText("three old maps")
    first.make.click()
    qtbot.waitUntil(lambda: first.step() == "recovery")
    folder = first.abandon().workplace.vault.folder
    first.close()
    runs.end()
    open_vault(folder, Secret("three old maps"), cost=CHEAP).close()


def test_the_window_comes_up_before_the_first_windows_go(runs: Runs, qtbot, vault_folder: Path) -> None:
    program = runs.new()
    program.start(vault_folder)
    unlock = program._front
    unlock.fresh.click()
    assert isinstance(program._front, FirstStart) and program._front.isVisible() and not unlock.isVisible()
    program._front.folder_chosen.emit(vault_folder)
    assert isinstance(program._front, Unlock)
    assert [
        type(one) for one in QApplication.topLevelWidgets() if one.isVisible() and isinstance(one, MainWindow)
    ] == []


def test_a_pasted_list_is_shown_before_it_is_taken(runs: Runs, qtbot, qapp: QApplication) -> None:
    first = _first(runs)
    program = runs.made[-1][0]
    first.own.click()
    for line in (first.new.first.line, first.new.again.line):
        line.setText("three old maps")
    first.make.click()
    qtbot.waitUntil(lambda: first.step() == "recovery")
    first.later.click()
    first.about_skip.click()
    qapp.clipboard().setText(
        "Имя\tДолжность\nИванов Пётр Сергеевич\tДиректор\nЁлкина Анна Львовна\tБухгалтер\n"
    )
    first.sources["paste"].click()
    qtbot.waitUntil(lambda: program.session is not None)
    window = program.session.window
    assert window.here() == Target("people")
    qtbot.waitUntil(lambda: bool(window.page().findChildren(ImportPreview)))
    assert program.session.workplace.people.list() == () or not program.session.workplace.people.list()
    window.page().findChild(ImportPreview).accept()
    qtbot.waitUntil(lambda: len(program.session.workplace.people.list()) == 2)
    qapp.clipboard().clear()
