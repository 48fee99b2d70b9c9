"""Pictures of the windows around the main one, for the eye: ``python -m tests.desktop.life.pictures FOLDER``.

Russian and English, light and dark, at 1280×720; a real vault in a temporary folder stands behind them.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEventLoop, QTimer
from PySide6.QtWidgets import QApplication, QWidget

from kamdesk.desktop.application import Application
from kamdesk.desktop.crash import CrashDialog, CrashReports
from kamdesk.desktop.first_start_frame import StartFrame
from kamdesk.desktop.kit_making import end_kit, make_kit
from kamdesk.desktop.main_window import MainWindow
from kamdesk.desktop.navigation.target import Target
from kamdesk.desktop.places import Places
from kamdesk.desktop.qt_setup import make_application
from kamdesk.desktop.settings import MemorySettings
from kamdesk.desktop.vault_work import VaultWork
from kamdesk.store.keys import KdfCost

CHEAP = KdfCost(8 * 1024, 1, 1)


def settle(until: Callable[[], bool] = lambda: True, least: int = 120, most: int = 20_000) -> None:
    """Let the window live until something is so."""
    loop = QEventLoop()
    waited = 0

    def look() -> None:
        nonlocal waited
        waited += 30
        if (waited >= least and until()) or waited > most:
            loop.quit()

    timer = QTimer()
    timer.timeout.connect(look)
    timer.start(30)
    loop.exec()


def story(app: QApplication, language: str, theme: str, shoot: Callable[[str, QWidget], None]) -> None:
    """Walk through the steps of one language and theme."""
    with tempfile.TemporaryDirectory() as name:
        base = Path(name)
        places = Places(base / "config", base / "data", base / "state", base / "plain")
        settings = MemorySettings()
        settings.set("window.language", language)
        settings.set("window.theme", theme)
        kit = make_kit(app, settings)
        program = Application(app, kit, places, VaultWork(places, CHEAP))
        first = program.show_first_start()
        shoot("1-welcome", first)
        first.own.click()
        first.new.first.line.setText(
            "жёлтый паровоз в феврале" if language == "ru" else "yellow engine february"
        )
        first.new.again.line.setText("жёлтый паро" if language == "ru" else "yellow engine x")
        shoot("2-passphrase", first)
        first.new.again.line.setText(first.new.first.line.text())
        first.make.click()
        settle(lambda: first.step() == "recovery")
        shoot("3-recovery", first)
        first.make_code.click()
        settle(lambda: bool(first.code.code()))
        shoot("4-code", first)
        first.code.written.setChecked(True)
        first.code_next.click()
        first.fields["company"].setText("ООО «Северный мост»" if language == "ru" else "Northern Bridge Ltd")
        first.fields["name"].setText("Соколова Анна Игоревна" if language == "ru" else "Anna Falcon")
        shoot("5-about", first)
        first.about_next.click()
        settle(lambda: first.step() == "people")
        shoot("6-people", first)
        first.finish.click()
        settle(lambda: program.session is not None, least=600)
        window = program.session.window
        shoot("7-window", window)
        window.navigate(Target("settings"))
        shoot("8-settings", window)
        program.show_help("settings")
        shoot("9-help", program.help)
        reports = CrashReports(places.reports)
        dialog = CrashDialog(
            kit, reports.words("/desktop/pages/client.py:41 _show\nValueError"), places.reports, window
        )
        dialog.open()
        shoot("10-crash", dialog)
        dialog.close()
        print_dialog = program.session.printing.print_pdf(
            window, "КП 2026-014" if language == "ru" else "Proposal 2026-014", _pdf()
        )
        settle(
            lambda: (
                print_dialog.preview.page_count() > 0
                and bool(print_dialog.printer.count() or "…" not in print_dialog.note.text())
            )
        )
        shoot("11-print", print_dialog)
        print_dialog.close()
        folder = program.session.workplace.vault.folder
        window.close()
        program.end()
        kit = make_kit(app, settings)
        program = Application(app, kit, places, VaultWork(places, CHEAP))
        unlock = program.show_unlock(folder)
        shoot("12-unlock", unlock)
        for _try in range(3):
            unlock.secret.line.setText("wrong")
            unlock.open_button.click()
            settle(lambda: bool(unlock.problem.text()) and unlock.parts.isEnabled())
        shoot("13-wrong", unlock)
        unlock.use_code.click()
        shoot("14-code", unlock)
        unlock.hide()
        program.end()
        end = [part for part in (kit.commands, kit.queries) if not part._closed]
        if end:
            end_kit(kit)


def _pdf() -> bytes:
    from kamdesk.desktop.dialogs.recovery_code import code_page

    return code_page(
        ("A page", "123456-123456-123456-123456", "Text of a page."), "123456-123456-123456-123456"
    )


def main(
    folder: Path, languages: tuple[str, ...] = ("ru", "en"), themes: tuple[str, ...] = ("light", "dark")
) -> None:
    """Write the pictures."""
    app = make_application(["pictures"])
    folder.mkdir(parents=True, exist_ok=True)
    for language in languages:
        for theme in themes:

            def shoot(name: str, window: QWidget, suffix: str = f"{language}-{theme}") -> None:
                if isinstance(window, StartFrame | MainWindow):
                    window.showNormal()
                    window.resize(1280, 720)
                settle()
                window.grab().save(str(folder / f"{name}-{suffix}.png"))

            story(app, language, theme, shoot)
            QCoreApplication.sendPostedEvents(None, 52)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
