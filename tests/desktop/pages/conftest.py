"""A real vault with the demo dossier, a window over it, and a way to wait until everything asked for is shown.

``opened`` is in Russian; ``english`` the same in English. ``opened.show(Target("client", opened.client))`` gives the page.
"""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication

from kamdesk.bootstrap import Workplace, open_workplace
from kamdesk.desktop.clipboard_guard import ClipboardGuard
from kamdesk.desktop.desk import Desk
from kamdesk.desktop.icons import Icons
from kamdesk.desktop.jobs import Commands, Jobs
from kamdesk.desktop.kit import Kit
from kamdesk.desktop.kit_making import VaultVocabularies, typed_forms
from kamdesk.desktop.live import Words
from kamdesk.desktop.main_window import MainWindow
from kamdesk.desktop.navigation.target import Target
from kamdesk.desktop.places import Places
from kamdesk.desktop.print_desk import Printing
from kamdesk.desktop.private_folder import PrivateFolder
from kamdesk.desktop.settings import MemorySettings
from kamdesk.desktop.theme import Theme
from kamdesk.desktop.undoing import Undoing
from kamdesk.desktop.widgets.page import PageBase
from kamdesk.model.messages import Message
from kamdesk.resources import resources_folder
from kamdesk.store.vault import Secret, open_vault

NOON = datetime(2026, 3, 5, 12, 0)
"""Local time at which every test of a page plays."""
_PATIENCE = 30.0
"""Seconds after which something that was waited for will not come any more, however busy the computer is."""


def clock() -> datetime:
    """Noon of 5 March 2026, local time."""
    return NOON.astimezone()


def make_kit(app: QApplication, language: str, theme: str = "light", scale: float = 1.0) -> Kit:
    """The kit of the program, with settings that are forgotten."""
    words = Words(language, app)
    look = Theme(app, theme, scale, app)
    return Kit(
        words=words,
        theme=look,
        icons=Icons(resources_folder() / "icons", look),
        settings=MemorySettings(),
        commands=Commands("edits", app),
        queries=Commands("reads", app),
        jobs=Jobs(app),
        vocabularies=VaultVocabularies(words),
        typed=typed_forms(words, lambda: NOON.date()),
    )


@dataclass
class Opened:
    """An open vault in a window. ``client`` is the id of the demo's client.

    ``problems`` are the expected problems for which no page had an answer; ``faults`` reports of faults of the program,
    which fail the test when it closes: a test that wants one takes it out.
    """

    app: QApplication
    desk: Desk
    undoing: Undoing
    client: str
    problems: list[Message] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        for lane in (self.kit.commands, self.kit.queries, self.kit.jobs):
            lane.failed.connect(self.problems.append)
            lane.fault.connect(self.faults.append)

    @property
    def kit(self) -> Kit:
        """Words, theme, lanes."""
        return self.desk.kit

    @property
    def place(self) -> Workplace:
        """The services."""
        return self.desk.workplace

    @property
    def window(self) -> MainWindow:
        """The window, shown at 1280×720."""
        return self.desk.window

    def busy(self) -> bool:
        """Whether something is still being read, written or worked on."""
        kit = self.desk.kit
        return kit.commands.busy or kit.queries.busy or bool(kit.jobs.running)

    def settle(self) -> None:
        """Wait until everything asked for has been answered and drawn."""
        quiet, end = 0, time.monotonic() + _PATIENCE
        while quiet < 5:
            assert time.monotonic() < end, f"still at work: {self.said()}"
            self.app.processEvents()
            QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
            quiet = 0 if self.busy() else quiet + 1
            if not quiet:
                time.sleep(0.001)  # looking all the time takes from the lanes what they need to end

    def until(self, so: Callable[[], object], what: str) -> None:
        """Let the window live until something is so; ``what`` names it where it never is."""
        end = time.monotonic() + _PATIENCE
        self.settle()
        while not so():
            assert time.monotonic() < end, f"never came: {what}; {self.said()}"
            time.sleep(0.01)
            self.settle()

    def said(self) -> str:
        """What the window says and what went wrong, for whoever reads why a test failed."""
        running = [job.title for job in self.kit.jobs.running]
        return f"notices {self.window.notices.texts()}, {running=}, {self.problems=}, {self.faults=}"

    def show(self, target: Target) -> PageBase:
        """Go to a page and wait until it is filled."""
        page = self.desk.window.navigate(target)
        assert page is not None
        self.settle()
        return page

    def person(self, family: str) -> str:
        """The id of a person by the family name."""
        return next(row.id for row in self.place.people.list() if row.name.family == family)

    def close(self) -> None:
        """Close window, lanes and vault."""
        self.settle()
        self.undoing.end()
        self.window.close()
        self.settle()
        self.window.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        kit = self.desk.kit
        for lane in (kit.commands, kit.queries):
            lane.close()
        kit.words.set_language("en")
        for part in (kit.commands, kit.queries, kit.jobs, kit.words, kit.theme):
            part.deleteLater()
        self.place.close()
        assert not self.faults, "the program failed:\n" + "\n".join(self.faults)


def open_on(app: QApplication, kit: Kit, place: Workplace, folder: Path) -> Opened:
    """A window over an open vault."""
    kit.vocabularies.use(place.vocabularies)
    window = MainWindow(kit)
    plain = PrivateFolder(folder / "plain")
    desk = Desk(
        kit=kit,
        window=window,
        workplace=place,
        plain=plain,
        printing=Printing(kit, plain, lambda *_: [], lambda _say: None, lambda _message: None),
        clipboard=ClipboardGuard(app, parent=window),
        places=Places(folder, folder, folder, folder / "plain"),
        lock=lambda: None,
    )
    undoing = Undoing(kit, window, place.store, place.vault.history)
    client = next((row.id for row in place.organisations.list() if row.kind == "client"), "")
    window.resize(1280, 720)
    window.show()
    return Opened(app, desk, undoing, client)


def _opened(app: QApplication, folder: Path, tmp_path: Path, language: str) -> Opened:
    shutil.copytree(folder, tmp_path / "vault")
    place = open_workplace(open_vault(tmp_path / "vault", Secret(""), clock=clock))
    return open_on(app, make_kit(app, language), place, tmp_path)


@pytest.fixture
def opened(qapp: QApplication, demo_folder: Callable[[str], Path], tmp_path: Path) -> Iterator[Opened]:
    """The Russian demo in a Russian window."""
    made = _opened(qapp, demo_folder("ru"), tmp_path, "ru")
    yield made
    made.close()


@pytest.fixture
def english(qapp: QApplication, demo_folder: Callable[[str], Path], tmp_path: Path) -> Iterator[Opened]:
    """The English demo in an English window."""
    made = _opened(qapp, demo_folder("en"), tmp_path, "en")
    yield made
    made.close()


@pytest.fixture
def blank(qapp: QApplication, tmp_path: Path) -> Iterator[Opened]:
    """An empty vault in a Russian window."""
    from kamdesk.store.vault import create

    place = open_workplace(create(tmp_path / "vault", None, clock=clock))
    made = open_on(qapp, make_kit(qapp, "ru"), place, tmp_path)
    yield made
    made.close()
