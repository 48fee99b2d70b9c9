"""The cheat sheet's dialog: everything on the screen, discreet pages out of it until everything is asked for."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from kamdesk.desktop.application_sections import SECTIONS
from kamdesk.desktop.dialogs.cheat_sheet import CheatSheetDialog
from kamdesk.desktop.navigation.target import Target
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
    qtbot.waitUntil(lambda: bool(given))
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
    qtbot.waitUntil(path.exists)
    opened.settle()
    assert SECRET in pdf_text(path.read_bytes())
    dialog.reject()
    opened.settle()


@pytest.mark.parametrize("page", ["client", "proposal"])
def test_the_box_offers_the_sheet_in_both_languages(opened: Opened, page: str) -> None:
    for register in SECTIONS:
        register(opened.desk)
    number = next(one.id for one in opened.place.proposals.list() if one.status == "draft")
    shown = opened.show(Target(page, opened.client if page == "client" else number))
    opened.settle()
    for language, words in (("ru", "памятка"), ("en", "cheat sheet")):
        opened.window.kit.words.set_language(language)
        (action,) = shown.actions_table.offered(words)
    action.trigger()
    opened.settle()
    dialogs = [one for one in QApplication.topLevelWidgets() if isinstance(one, CheatSheetDialog)]
    assert [one for one in dialogs if one.isVisible()]
    for one in dialogs:
        one.reject()
    opened.settle()
