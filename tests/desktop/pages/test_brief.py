"""The page of a brief, the letter and the print of a dossier, in the real window."""

from __future__ import annotations

from email import message_from_bytes
from email.policy import default
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QPushButton

from kamdesk.desktop.dialogs.dossier_print import DossierPrintDialog, open_dossier_print
from kamdesk.desktop.dialogs.meeting_letter import MeetingLetterDialog
from kamdesk.desktop.navigation.target import Target
from kamdesk.desktop.pages import brief, clients
from kamdesk.desktop.pages.brief import BriefPage
from kamdesk.services.brief import Briefs
from kamdesk.services.printed import Printed
from tests.desktop.pages.conftest import Opened


@pytest.fixture
def page(opened: Opened) -> BriefPage:
    brief.register(opened.desk)
    rows = opened.place.interactions.timeline(organisation_id=opened.client)
    subject = max((row for row in rows if row.state == "planned"), key=lambda row: len(row.people)).id
    shown = opened.show(Target("brief", subject))
    assert isinstance(shown, BriefPage)
    return shown


def finished(opened: Opened) -> str:
    rows = opened.place.interactions.timeline(organisation_id=opened.client, states=("done",))
    return max(rows, key=lambda row: len(row.promises)).id


def test_the_page_names_people_and_keeps_the_aim(opened: Opened, page: BriefPage) -> None:
    assert "Сосногорье" in page.title()
    names = [one.text() for one in page.findChildren(QPushButton)]
    assert any("Самарин" in name for name in names)
    page.ideal.text.setPlainText("Решение в декабре")
    page.leave()
    opened.settle()
    subject = page._full.brief.interaction_id
    assert opened.place.briefs.full(subject).aim_ideal == "Решение в декабре"
    opened.kit.words.set_language("en")
    opened.settle()
    assert page.promises.heading.text() == "Promises"


def test_a_full_paper_is_asked_for_once(
    opened: Opened, page: BriefPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[dict[str, object]] = []

    def record(_briefs: Briefs, subject: str, language: str, **options: object) -> Printed:
        made.append({"language": language, **options})
        return Printed("Справка", b"docx", b"pdf", 1)

    monkeypatch.setattr(Briefs, "print", record)
    page.save_pdf(opened.desk.places.data / "one.pdf")
    page.whole.click()
    opened.settle()
    assert not page.whole.isChecked()
    asked = next(one for one in QApplication.topLevelWidgets() if one.isVisible() and one.isModal())
    asked.accept()
    opened.settle()
    assert page.whole.isChecked()
    page.save_pdf(opened.desk.places.data / "two.pdf")
    opened.settle()
    page.whole.click()
    page.whole.click()
    assert page.whole.isChecked()
    assert [one["full"] for one in made] == [False, True]
    assert (opened.desk.places.data / "two.pdf").read_bytes() == b"pdf"


def test_word_gets_a_copy(opened: Opened, page: BriefPage) -> None:
    given: list[Path] = []
    page._open_file = lambda path: bool(given.append(path)) or True
    page.open_in_word()
    opened.settle()
    assert given and given[0].suffix == ".docx" and given[0].read_bytes()[:2] == b"PK"


def test_buttons_lead_on(opened: Opened, page: BriefPage) -> None:
    clients.register(opened.desk)
    went: list[Target] = []
    page.went.connect(went.append)
    assert page.went_button.isVisibleTo(page) and not page.letter_button.isVisibleTo(page)
    page.went_button.click()
    assert went[-1] == Target("client", opened.client, f"history:{page._subject}:went")


def test_what_is_gone_leaves_no_page(opened: Opened, page: BriefPage) -> None:
    opened.window.navigate(Target("brief", "person:nobody"))
    opened.settle()
    assert opened.window.here() != Target("brief", "person:nobody")


def test_a_letter_is_edited_mailed_and_logged(opened: Opened) -> None:
    row = finished(opened)
    given: list[Path] = []
    dialog = MeetingLetterDialog(
        opened.desk,
        opened.place.meeting_letters.draft(row),
        opened.window,
        lambda path: bool(given.append(path)) or True,
    )
    dialog.open()
    dialog.text.setPlainText("Добрый день!\n")
    dialog.put("Ждём вас в четверг.")
    dialog.open_mail()
    dialog.open_word()
    opened.settle()
    assert [path.suffix for path in given] == [".eml", ".docx"]
    mail = message_from_bytes(given[0].read_bytes(), policy=default)
    assert mail["X-Unsent"] == "1" and "Ждём вас в четверг." in mail.get_content()
    dialog.copy()
    assert "Ждём вас" in QApplication.clipboard().text()
    before = opened.place.interactions.count(organisation_id=opened.client, kinds=("email",))
    dialog.accept()
    opened.settle()
    after = opened.place.interactions.count(organisation_id=opened.client, kinds=("email",))
    assert after == before + 1


def test_an_empty_letter_is_not_logged(opened: Opened) -> None:
    dialog = MeetingLetterDialog(
        opened.desk, opened.place.meeting_letters.draft(finished(opened)), opened.window
    )
    dialog.open()
    dialog.text.setPlainText(" ")
    dialog.accept()
    opened.settle()
    assert dialog.isVisible() and "пуст" in dialog.problem.text()
    dialog.reject()


def wait(opened: Opened, dialog: DossierPrintDialog, qtbot) -> None:
    qtbot.waitUntil(lambda: not dialog._pause.isActive() and dialog.ok_button.isEnabled())
    opened.settle()


def test_the_print_of_a_dossier_follows_its_options(opened: Opened, qtbot) -> None:
    dialog = open_dossier_print(opened.desk, opened.window, "client", opened.client)
    wait(opened, dialog, qtbot)
    business = dialog._made.pages
    assert dialog.preview.page_count() == business
    dialog.level.setCurrentIndex(dialog.level.findData("everything"))
    dialog.left_out["family"].setChecked(True)
    dialog._changed()
    wait(opened, dialog, qtbot)
    assert dialog._made.pages > business
    assert dialog.options().left_out == ("family",)
    for tick in dialog.sections.values():
        tick.setChecked(False)
    dialog.renew()
    assert "отмет" in dialog.problem.text().casefold() and not dialog.ok_button.isEnabled()
    dialog.sections["start"].setChecked(True)
    dialog.since.setText("вчера-позавчера")
    dialog.renew()
    assert dialog.problem.isVisible()
    dialog.reject()
    opened.settle()
