"""The window over an open vault: undo, settings, faults, help, backups, search."""

from __future__ import annotations

import sys
import threading
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from kamdesk.desktop.application import Application
from kamdesk.desktop.crash import CrashDialog, CrashReports, CrashTeller
from kamdesk.desktop.dialogs.change_passphrase import ChangePassphraseDialog
from kamdesk.desktop.dialogs.recovery_code import RecoveryCodeDialog
from kamdesk.desktop.help_pages import ORDER, page_for, pages
from kamdesk.desktop.help_window import HelpWindow
from kamdesk.desktop.kit import Kit
from kamdesk.desktop.navigation.target import Target
from kamdesk.desktop.settings_page import SettingsPage
from kamdesk.resources import resources_folder
from kamdesk.store.vault import Secret, open_vault

from .conftest import CHEAP, Runs


@pytest.fixture
def program(runs: Runs, qtbot, vault_folder: Path) -> Application:
    made = runs.new()
    made.start(vault_folder)
    made._front.secret.line.setText("пароль один")
    made._front.open_button.click()
    qtbot.waitUntil(lambda: made.session is not None)
    return made


def _settings(program: Application) -> SettingsPage:
    page = program.session.window.navigate(Target("settings"))
    assert isinstance(page, SettingsPage)
    return page


def test_undo_is_named_and_takes_the_last_step_back(program: Application, runs: Runs, qtbot) -> None:
    window, company = program.session.window, program.session.workplace.company
    heard: list[object] = []
    program.session.undoing.changed.connect(heard.append)
    undo = window.actions_table.action("edit.undo")
    assert not undo.isEnabled()
    runs.kit().commands.run(lambda: company.save({"full_name": "Северный мост"}, visit="page-7"))
    qtbot.waitUntil(lambda: undo.isEnabled())
    assert undo.text().startswith("Undo: ") and len(undo.text()) > 8
    assert heard[-1].initiator == "page-7"
    qtbot.keyClick(window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    redo = window.actions_table.action("edit.redo")
    qtbot.waitUntil(lambda: redo.isEnabled())
    assert company.get() is None and not undo.isEnabled()
    assert heard[-1].initiator == "undo"
    redo.trigger()
    qtbot.waitUntil(lambda: undo.isEnabled())
    assert company.get().data.full_name == "Северный мост"
    runs.kit().words.set_language("ru")
    assert undo.text().startswith("Отменить: ")


def test_no_title_names_a_client(program: Application, qtbot) -> None:
    program.session.workplace.organisations.add("АО «Вектор»")
    window = program.session.window
    for target in (Target("clients"), Target("settings")):
        page = window.navigate(target)
        assert window.windowTitle() == page.title()
    row = program.session.workplace.organisations.list()[0]
    page = window.navigate(Target("client", row.id))
    qtbot.waitUntil(lambda: "Вектор" in page.title())
    assert window.windowTitle() == "Clients"


def test_settings_hold_at_once(program: Application, runs: Runs, qtbot) -> None:
    page, kit = _settings(program), runs.kit()
    page.language._chips["ru"].click()
    assert page.title() == "Настройки" and runs.settings.get("window.language") == "ru"
    page.theme._chips["dark"].click()
    assert kit.theme.choice == "dark"
    page.scale._chips["1.15"].click()
    assert kit.theme.scale == 1.15
    page.idle.setCurrentIndex(page.idle.findData(30))
    assert runs.settings.get("lock.idle_minutes") == 30 and program.session.idle._minutes == 30
    assert page.idle.currentText() == "через 30 минут бездействия"
    kit.theme.set_scale(1.0)
    kit.theme.set_choice("light")


def test_backup_now_makes_one_and_says_so(program: Application, qtbot) -> None:
    page = _settings(program)
    folder = program.session.workplace.vault.folder
    assert page.last_backup.text() == "None yet"
    page.back_up.click()
    qtbot.waitUntil(lambda: page.last_backup.text() != "None yet")
    assert len(list((folder / "backups").glob("*.db"))) == 1
    assert any("backup" in text for text in program.session.window.notices.texts())


def test_the_passphrase_is_changed_in_its_dialog(
    program: Application, runs: Runs, qtbot, vault_folder: Path
) -> None:
    page = _settings(program)
    page.change.click()
    dialog = page.findChild(ChangePassphraseDialog)
    dialog.old.line.setText("не тот")
    for line in (dialog.new.first.line, dialog.new.again.line):
        line.setText("новый пароль")
    dialog.ok_button.click()
    qtbot.waitUntil(lambda: bool(dialog.problem.text()))
    assert dialog.isVisible() and "does not fit" in dialog.problem.text()
    dialog.old.line.setText("пароль один")
    dialog.ok_button.click()
    qtbot.waitUntil(lambda: any("changed" in text for text in program.session.window.notices.texts()))
    program.session.window.close()
    runs.end()
    open_vault(vault_folder, Secret("новый пароль"), cost=CHEAP).close()


def test_the_reminder_leads_to_a_recovery_code(program: Application, qtbot) -> None:
    window = program.session.window
    assert any("no recovery code" in text for text in window.notices.texts())
    page = window.navigate(Target("settings", "", "recovery"))
    qtbot.waitUntil(lambda: page.findChild(RecoveryCodeDialog) is not None)
    dialog = page.findChild(RecoveryCodeDialog)
    assert len(dialog.card.code().split("-")) == 8 and not dialog.ok_button.isEnabled()
    assert "none yet" in page.code_state.text()
    dialog.card.written.setChecked(True)
    dialog.ok_button.click()
    assert page.code_state.text() == "There is one."


def test_changes_are_backed_up_at_the_end(program: Application, runs: Runs, qtbot) -> None:
    folder = program.session.workplace.vault.folder
    runs.kit().commands.run(lambda: program.session.workplace.company.save({"full_name": "x"}))
    qtbot.waitUntil(lambda: not runs.kit().commands.busy and program.session.backups._due)
    program.session.window.close()
    runs.end()
    assert [path.name for path in (folder / "backups").glob("*.db")] == ["000001-at-close.db"]


def test_the_box_finds_and_a_place_without_a_page_is_no_fault(program: Application, qtbot) -> None:
    from kamdesk.desktop.searching import search_provider
    from kamdesk.model.values import PersonName
    from kamdesk.services.company import ColleagueData
    from kamdesk.services.interactions import InteractionData

    session = program.session
    session.workplace.company.add_colleague(ColleagueData(PersonName("Ёлкин", "Пётр", "")))
    went: list[Target] = []
    provider = search_provider(session._kit, session.workplace, went.append)
    hits = provider("елкин").hits
    assert [hit.title for hit in hits] and hits[0].group == "Our company"
    hits[0].run()
    assert went[0].kind == "colleague"
    place = session.workplace
    client = place.organisations.add("Вектор")
    place.interactions.log(InteractionData(client, purpose="Обсудили паровозы", outcome="паровозы"))
    next(hit for hit in provider("паровозы").hits if hit.group == "History").run()
    qtbot.waitUntil(lambda: len(went) == 2)
    assert went[1].kind == "client" and went[1].id == client and went[1].tab.startswith("history:")
    assert session._go(Target("nowhere")) is False


# --- faults ------------------------------------------------------------------------------------------------


def test_a_fault_is_written_shown_and_survived(kit: Kit, qtbot, tmp_path: Path) -> None:
    reports = CrashReports(tmp_path)
    teller = CrashTeller(kit, reports, tmp_path)

    def fail() -> None:
        raise ValueError("Иванов не любит долгих встреч")

    try:
        fail()
    except ValueError:
        kind, error, trace = sys.exc_info()
    reports._caught(kind, error, trace)
    reports._caught(kind, error, trace)
    qtbot.waitUntil(lambda: any(isinstance(one, CrashDialog) for one in QApplication.topLevelWidgets()))
    shown = [
        one for one in QApplication.topLevelWidgets() if isinstance(one, CrashDialog) and one.isVisible()
    ]
    assert len(shown) == 1, "one dialog, however many faults"
    assert "ValueError" in shown[0].report.toPlainText() and "fail" in shown[0].report.toPlainText()
    kept = list(tmp_path.glob("*.txt"))
    assert len(kept) == 2
    for words in (shown[0].report.toPlainText(), *(path.read_text("utf-8") for path in kept)):
        assert "Иванов" not in words
    shown[0].reject()
    assert not teller._shown
    reports.deleteLater()


def test_faults_of_any_thread_are_caught(kit: Kit, qtbot, tmp_path: Path) -> None:
    reports = CrashReports(tmp_path)
    told: list[str] = []
    reports.happened.connect(told.append)
    reports.install()
    try:
        thread = threading.Thread(target=lambda: 1 / 0)
        thread.start()
        thread.join()
        qtbot.waitUntil(lambda: bool(told))
    finally:
        reports.uninstall()
    assert "ZeroDivisionError" in told[0]
    assert sys.excepthook is not reports._caught
    reports.deleteLater()


def test_old_reports_go_and_an_unwritable_folder_is_no_fault(tmp_path: Path) -> None:
    reports = CrashReports(tmp_path / "reports")
    for _n in range(25):
        reports.keep("x")
    assert len(list((tmp_path / "reports").glob("*.txt"))) == 20
    (tmp_path / "file").write_text("")
    assert CrashReports(tmp_path / "file" / "below").keep("x") is None


# --- help --------------------------------------------------------------------------------------------------


def test_f1_opens_the_page_of_the_place(program: Application, qtbot) -> None:
    window = program.session.window
    window.navigate(Target("settings"))
    qtbot.keyClick(window, Qt.Key.Key_F1)
    assert program.help is not None and program.help.isVisible() and program.help.shown() == "settings"
    program.help.close()


def test_every_page_of_the_manual_exists_in_both_languages_and_its_links_lead_somewhere() -> None:
    import re

    folder = resources_folder() / "help"
    for language in ("ru", "en"):
        found = pages(folder / language)
        assert [page.name for page in found] == list(ORDER)
        for page in found:
            text = (folder / language / f"{page.name}.md").read_text("utf-8")
            assert text.startswith("# ") and len(text) > 300, page.name
            for link in re.findall(r"\]\(([^)]+)\)", text):
                assert (folder / language / link).is_file(), f"{language}/{page.name}: {link}"
    assert page_for("client") == "clients" and page_for("anything") == "start"


def test_links_and_contents_turn_the_page(kit: Kit, qtbot) -> None:
    from PySide6.QtCore import QUrl

    window = HelpWindow(kit)
    qtbot.addWidget(window)
    window.show_page("client")
    assert window.shown() == "clients"
    window._follow(QUrl("people.md"))
    assert window.shown() == "people"
    window.contents.setCurrentRow(0)
    assert window.shown() == ORDER[0]
    kit.words.set_language("ru")
    assert window.contents.item(0).text() == pages(resources_folder() / "help" / "ru")[0].title
