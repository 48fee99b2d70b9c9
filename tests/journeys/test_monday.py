"""Monday 8:30 with a meeting at ten, in the window and in both languages: invitation, brief on paper, results, letter, and Today again."""

from __future__ import annotations

import importlib.util
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from email import message_from_bytes
from email.policy import default
from pathlib import Path
from types import ModuleType

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton

from kamdesk.bootstrap import make_demo, open_workplace
from kamdesk.desktop.application_sections import SECTIONS
from kamdesk.desktop.dialogs import meeting_letter
from kamdesk.desktop.dialogs.incoming import IncomingDialog
from kamdesk.desktop.dialogs.meeting_letter import MeetingLetterDialog
from kamdesk.desktop.dialogs.quick_capture import QuickCapture
from kamdesk.desktop.navigation.target import Target
from kamdesk.desktop.pages.brief import BriefPage
from kamdesk.desktop.pages.client import ClientPage
from kamdesk.desktop.pages.today import TodayPage
from kamdesk.desktop.pages.today_cards import AgendaCard
from kamdesk.desktop.qt_setup import make_application
from kamdesk.store.vault import Secret, open_vault

HALF_PAST_EIGHT = datetime(2026, 3, 2, 8, 30)
"""A Monday, local time."""


@dataclass(frozen=True)
class Story:
    """What is said in one language, about the people of its demo. ``lines`` are typed after the meeting."""

    language: str
    families: tuple[str, str]
    subject: str
    aim: str
    lines: str
    promise: str
    step: str
    letter: tuple[str, ...]


STORIES = (
    Story(
        "ru",
        ("Лебедева", "Штерн"),
        "Разбор ТЗ на учебный класс",
        "Сроки обучения согласованы",
        "Встреча с Лебедевой и Штерн, сроки согласованы\nШтерн обещала прислать ТЗ до пятницы\nПозвонить Лебедевой во вторник",
        "Прислать ТЗ",
        "Позвонить Лебедевой",
        ("Итоги встречи", "Прислать ТЗ", "М. Э. Штерн", "6 марта 2026"),
    ),
    Story(
        "en",
        ("Traynor", "Moloney"),
        "Going through the training plan",
        "The dates of the training are agreed",
        "Meeting with Traynor and Moloney, dates agreed\nMoloney promised to send the plan by Friday\nCall Traynor on Tuesday",
        "Send the plan",
        "Call Traynor",
        ("Results of", "Send the plan", "Moloney", "6 March 2026"),
    ),
)


class Clock:
    """A clock that is turned by hand."""

    def __init__(self) -> None:
        self.now = HALF_PAST_EIGHT

    def __call__(self) -> datetime:
        return self.now.astimezone()


def pages_conftest() -> ModuleType:
    """How tests of pages open a vault in a window."""
    path = Path(__file__).resolve().parent.parent / "desktop/pages/conftest.py"
    spec = importlib.util.spec_from_file_location("monday_pages", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    """The demo vault of a language as of Monday morning, made once and to be copied."""
    made: dict[str, Path] = {}

    def folder(language: str) -> Path:
        if language not in made:
            made[language] = tmp_path_factory.mktemp(f"monday-{language}") / "vault"
            make_demo(made[language], language, clock=Clock())[0].close()
        return made[language]

    return folder


@pytest.fixture(params=STORIES, ids=[one.language for one in STORIES])
def story(request: pytest.FixtureRequest, demo: Callable[[str], Path]) -> Story:
    """The story in one language; its demo is made before the test begins."""
    demo(request.param.language)
    return request.param


@pytest.fixture
def clock() -> Clock:
    """Half past eight."""
    return Clock()


@pytest.fixture
def opened(story: Story, clock: Clock, demo: Callable[[str], Path], tmp_path: Path) -> Iterator:
    """The whole window over the demo, at Today."""
    pages, app = pages_conftest(), make_application(["monday"])
    shutil.copytree(demo(story.language), tmp_path / "vault")
    place = open_workplace(open_vault(tmp_path / "vault", Secret(""), clock=clock))
    made = pages.open_on(app, pages.make_kit(app, story.language), place, tmp_path)
    for register in SECTIONS:
        register(made.desk)
    made.show(Target("today"))
    yield made
    made.close()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def wait(until: Callable[[], bool], most: int = 8_000) -> None:
    """Let the window live until something is so."""
    waited = 0
    while not until() and waited < most:
        QTest.qWait(20)
        waited += 20
    assert until()


def invitation(opened, story: Story) -> bytes:
    """From the client's mail program: at ten, from the first of the two to the second and to us."""
    rows = {row.name.family: row for row in opened.place.people.list()}
    mails = []
    for family in story.families:
        contacts = opened.place.people.card(rows[family].id).contacts
        mails.append(next(one.value for one in contacts if one.kind == "email"))
    return (
        "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Test//EN\r\nMETHOD:REQUEST\r\nBEGIN:VEVENT\r\nUID:monday@client.example\r\n"
        "DTSTAMP:20260301T080000Z\r\nDTSTART:20260302T100000\r\nDTEND:20260302T110000\r\n"
        f"SUMMARY:{story.subject}\r\nLOCATION:4\r\nORGANIZER;CN={story.families[0]}:mailto:{mails[0]}\r\n"
        f"ATTENDEE;CN={story.families[1]}:mailto:{mails[1]}\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
    ).encode()


def drop(opened, path: Path) -> None:
    """Let a file fall on the window as the system does."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    left, plain, copy = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, Qt.DropAction.CopyAction
    enter = QDragEnterEvent(QPoint(300, 300), copy, data, left, plain)
    opened.app.sendEvent(opened.window, enter)
    assert enter.isAccepted()
    opened.app.sendEvent(opened.window, QDropEvent(QPoint(300, 300), copy, data, left, plain))


def planned(opened, story: Story, tmp_path: Path) -> str:
    """The invitation dropped and taken as it is offered. Returns the id of the meeting."""
    path = tmp_path / "invite.ics"
    path.write_bytes(invitation(opened, story))
    drop(opened, path)
    wait(lambda: bool(opened.window.findChildren(IncomingDialog)))
    opened.settle()
    dialog = opened.window.findChild(IncomingDialog)
    assert dialog.client.currentData() == opened.client
    assert [tick.isChecked() for tick, _one in dialog.people] == [True, True]
    assert dialog.ok_button is not None
    dialog.ok_button.click()
    opened.settle()
    rows = opened.place.interactions.timeline(organisation_id=opened.client, states=("planned",))
    return next(row.id for row in rows if row.purpose == story.subject)


def card_of(opened, record: str):
    """The card of Today that is about a record; None where there is none."""
    page = opened.show(Target("today"))
    assert isinstance(page, TodayPage)
    page.reload()
    opened.settle()
    return next((card for card in page.findChildren(AgendaCard) if card.item.record == record), None)


@pytest.mark.qt_log_ignore("^This plugin does not support", extend=True)
def test_from_the_invitation_to_today_and_the_brief(opened, story: Story, tmp_path: Path) -> None:
    meeting = planned(opened, story, tmp_path)
    here = opened.window.page()
    assert isinstance(here, ClientPage) and opened.window.here().tab == f"history:{meeting}"
    wait(lambda: here.history.list.row(meeting) is not None)
    card = card_of(opened, meeting)
    assert card is not None and card.item.group in ("now", "today")
    card.buttons["brief"].click()
    opened.settle()
    page = opened.window.page()
    assert isinstance(page, BriefPage)
    page.ideal.text.setPlainText(story.aim)
    page.ideal.flush()
    opened.settle()
    assert opened.place.interactions.view(meeting).aim_ideal == story.aim
    page.went_button.click()
    opened.settle()
    wait(
        lambda: here.history.list.row(meeting) is not None and here.history.list.row(meeting).went.isVisible()
    )


@pytest.mark.qt_log_ignore("^This plugin does not support", extend=True)
def test_the_brief_on_paper_is_one_page_without_aims(opened, story: Story, tmp_path: Path) -> None:
    if shutil.which("pdftotext") is None:
        pytest.skip("pdftotext is not installed")
    meeting = planned(opened, story, tmp_path)
    opened.place.records.set("interaction", meeting, {"aim_ideal": story.aim})
    page = opened.show(Target("brief", meeting))
    assert isinstance(page, BriefPage)
    paper = tmp_path / f"{page._file_name()}.pdf"
    assert "2026-03-02" in paper.name
    page.save_pdf(paper)
    opened.settle()
    said = subprocess.run(["pdftotext", "-raw", str(paper), "-"], capture_output=True, text=True, check=True)
    words = " ".join(said.stdout.replace("\u00a0", " ").split())
    assert all(name in words for name in (*story.families, story.subject))
    assert story.aim not in words and said.stdout.count("\f") == 1


@pytest.mark.qt_log_ignore("^This plugin does not support", extend=True)
def test_from_the_results_to_the_letter_and_today_again(
    opened, story: Story, clock: Clock, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    given: list[Path] = []
    monkeypatch.setattr(
        MeetingLetterDialog.__init__, "__defaults__", (lambda path: bool(given.append(path)) or True,)
    )
    meeting = planned(opened, story, tmp_path)
    clock.now += timedelta(hours=2, minutes=45)
    asking = card_of(opened, meeting)
    assert asking is not None and "result" in asking.buttons
    captured(opened, story, meeting)
    view = opened.place.interactions.view(meeting)
    assert (view.state, view.next_step) == ("done", story.step)
    assert [(one.side, one.text) for one in view.promises] == [("theirs", story.promise)]
    assert view.next_step_on == HALF_PAST_EIGHT.date() + timedelta(1)
    letter(opened, story, given)
    assert card_of(opened, view.promises[0].id) is not None
    step = card_of(opened, meeting)
    assert step is not None and step.item.kind == "next_step"


def captured(opened, story: Story, meeting: str) -> None:
    """Type the results over whatever page is shown; they answer the planned meeting."""
    opened.window.capture_requested.emit()
    wait(lambda: bool(opened.window.findChildren(QuickCapture)))
    dialog = opened.window.findChild(QuickCapture)
    opened.settle()
    dialog.text.setPlainText(story.lines)
    wait(lambda: not dialog._pause.isActive() and len(dialog.model.rows()) == 3)
    opened.settle()
    kinds = [row.kind for row in dialog.model.rows()]
    assert kinds == ["interaction", "promise_theirs", "next_step"]
    assert dialog.client.currentData() == opened.client
    assert dialog.answers.isVisible() and story.subject in dialog.answers.text()
    assert dialog.model.rows()[0].line.answers.id == meeting
    dialog.accept()
    opened.settle()


def letter(opened, story: Story, given: list[Path]) -> None:
    """The notice after the capture offers the letter: as a draft for the mail program, then logged."""
    words = opened.kit.words.gettext("Letter with results")
    offer = next(one for one in opened.window.notices.findChildren(QPushButton) if one.text() == words)
    offer.click()
    wait(lambda: bool(opened.window.findChildren(meeting_letter.MeetingLetterDialog)))
    dialog = opened.window.findChild(meeting_letter.MeetingLetterDialog)
    dialog.mail_button.click()
    opened.settle()
    mail = message_from_bytes(given[0].read_bytes(), policy=default)
    text = f"{mail['Subject']}\n{mail.get_content()}".replace("\u00a0", " ")
    assert mail["X-Unsent"] == "1" and len(mail["To"].addresses) == 2
    assert all(one in text for one in story.letter), text
    before = opened.place.interactions.count(organisation_id=opened.client, kinds=("email",))
    dialog.accept()
    opened.settle()
    assert opened.place.interactions.count(organisation_id=opened.client, kinds=("email",)) == before + 1
