"""The cheat sheet's dialog: everything on the screen, discreet pages out of it until everything is asked for."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QApplication

from kamdesk.desktop.dialogs.cheat_sheet import CheatSheetDialog
from tests.desktop.pages.conftest import Opened
from tests.services.press import pdf_text, word_text

SECRET = "отношение:"


def ready(opened: Opened, dialog: CheatSheetDialog, qtbot) -> None:
    qtbot.waitUntil(
        lambda: not dialog._pause.isActive() and dialog.ok_button.isEnabled() and bool(dialog._made),
        timeout=9500,
    )
    opened.settle()


def test_the_screen_shows_everything_and_word_gets_what_may_lie_on_a_table(opened: Opened, qtbot) -> None:
    given: list[Path] = []
    dialog = CheatSheetDialog(
        opened.desk,
        f"client:{opened.client}",
        opened.window,
        lambda path: bool(given.append(path)) or True,
    )
    dialog.open()
    assert not dialog.ok_button.isEnabled()
    ready(opened, dialog, qtbot)
    assert SECRET in pdf_text(dialog._made[True].pdf) and dialog.preview.page_count() <= 2
    assert not dialog.templates.isVisibleTo(dialog)
    dialog.open_word()
    qtbot.waitUntil(lambda: bool(given), timeout=9000)
    assert SECRET not in word_text(given[0].read_bytes()) and "амятка" not in given[0].name
    dialog.reject()
    opened.settle()


def test_everything_goes_on_paper_only_after_a_warning(opened: Opened, qtbot) -> None:
    dialog = CheatSheetDialog(opened.desk, f"client:{opened.client}", opened.window)
    dialog.open()
    ready(opened, dialog, qtbot)
    discreet = dialog.ok_button.text()
    dialog.whole.click()
    opened.settle()
    assert not dialog.whole.isChecked()
    asked = next(
        one
        for one in QApplication.topLevelWidgets()
        if one.isVisible() and one.isModal() and one is not dialog
    )
    asked.accept()
    opened.settle()
    assert dialog.whole.isChecked() and dialog.ok_button.text() != discreet
    ready(opened, dialog, qtbot)
    path = opened.desk.places.data / "sheet.pdf"
    dialog.save_pdf(path)
    qtbot.waitUntil(path.exists, timeout=9000)
    opened.settle()
    assert SECRET in pdf_text(path.read_bytes())
    dialog.reject()
    opened.settle()
