"""A program run of the test's own: its places in a temporary folder, cheap keys, nothing restarted in earnest."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from kamdesk.desktop.application import Application
from kamdesk.desktop.kit import Kit
from kamdesk.desktop.kit_making import make_kit
from kamdesk.desktop.places import Places
from kamdesk.desktop.settings import MemorySettings
from kamdesk.desktop.vault_work import VaultWork
from kamdesk.store.keys import KdfCost
from kamdesk.store.vault import create

CHEAP = KdfCost(1024, 1, 1)


@dataclass
class Runs:
    """Makes program runs one after the other, as after a restart; the settings stay."""

    app: QApplication
    places: Places
    settings: MemorySettings = field(default_factory=MemorySettings)
    made: list[tuple[Application, Kit]] = field(default_factory=list)

    def new(self, language: str = "en") -> Application:
        """A fresh run."""
        if self.settings.get("window.language") is None:
            self.settings.set("window.language", language)
        kit = make_kit(self.app, self.settings)
        program = Application(self.app, kit, self.places, VaultWork(self.places, CHEAP))
        self.made.append((program, kit))
        return program

    def kit(self) -> Kit:
        """The kit of the last run."""
        return self.made[-1][1]

    def end(self) -> None:
        """End the last run as the program does after its event loop."""
        program, kit = self.made.pop()
        program.end()
        for lane in (kit.commands, kit.queries):
            if program.again is not None:
                lane.close()
        kit.words.set_language("en")
        for part in (kit.commands, kit.queries, kit.jobs, kit.words, kit.theme, program):
            part.deleteLater()


@pytest.fixture
def places(tmp_path: Path) -> Places:
    """Folders of the test's own."""
    return Places(tmp_path / "config", tmp_path / "data", tmp_path / "state", tmp_path / "plain")


@pytest.fixture
def runs(qapp: QApplication, places: Places) -> Iterator[Runs]:
    """Program runs; every one that the test leaves is ended."""
    quits = qapp.quitOnLastWindowClosed()
    made = Runs(qapp, places)
    yield made
    while made.made:
        made.end()
    qapp.setQuitOnLastWindowClosed(quits)


@pytest.fixture
def vault_folder(tmp_path: Path) -> Path:
    """A closed vault whose passphrase is «пароль один»."""
    folder = tmp_path / "own vault"
    create(folder, "пароль один", cost=CHEAP).close()
    return folder
