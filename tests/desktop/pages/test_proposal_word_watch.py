"""Word files that are out: saves in place and by renaming are taken back once, what cannot be taken is told and kept."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtTest import QTest

from kamdesk.desktop.word_watch import WordWatch
from kamdesk.services.generation import Audience

if TYPE_CHECKING:
    from tests.desktop.pages.conftest import Opened


def edited(path: Path, text: str) -> bytes:
    """The file with one more paragraph, as Word would write it."""
    from docx import Document

    document = Document(BytesIO(path.read_bytes()))
    document.add_paragraph(text)
    out = BytesIO()
    document.save(out)
    return out.getvalue()


class Out:
    """A watched document: what was opened, taken and refused."""

    def __init__(self, opened: Opened) -> None:
        self.opened = opened
        self.shown: list[Path] = []
        self.taken: list[tuple[str, str]] = []
        self.failed: list[str] = []
        self.has_program = True
        self.watch = WordWatch(
            opened.kit, opened.place.word_files, opened.desk.plain, self._show, pause_ms=60
        )
        self.watch.taken.connect(lambda old, new: self.taken.append((old, new)))
        self.watch.failed.connect(lambda _document, message: self.failed.append(message.code))
        self.proposal = opened.place.proposals.list()[0].id
        made = opened.place.generation.generate(self.proposal, Audience(letters=()))
        self.document = made[0].document_id

    def _show(self, path: Path) -> bool:
        self.shown.append(path)
        return self.has_program

    def out(self) -> Path:
        """Open the document and give its path."""
        self.watch.open(self.document)
        self.wait(lambda: bool(self.shown))
        return self.shown[-1]

    def wait(self, until: Callable[[], bool], most: int = 8000) -> None:
        """Let the window live until something is so."""
        waited = 0
        while not until() and waited < most:
            QTest.qWait(30)
            waited += 30
        assert until()


@pytest.fixture
def out(opened: Opened) -> Iterator[Out]:
    made = Out(opened)
    yield made
    opened.settle()
    made.watch.deleteLater()


def test_a_save_by_renaming_becomes_the_current_version(out: Out) -> None:
    path = out.out()
    assert path.stat().st_mode & 0o077 == 0
    fresh = path.with_name("~wrd0001.tmp")
    fresh.write_bytes(edited(path, "Первая правка"))
    fresh.replace(path)
    out.wait(lambda: len(out.taken) == 1)
    assert out.taken[0][0] == out.document
    again = path.with_name("~wrd0002.tmp")
    again.write_bytes(edited(path, "Вторая правка"))
    again.replace(path)
    out.wait(lambda: len(out.taken) == 2)
    assert out.taken[1][0] == out.taken[0][1]
    versions = out.opened.place.proposals.page(out.proposal).documents
    assert [(one.version, one.is_current, one.hand_edited) for one in versions] == [
        (3, True, True),
        (2, False, True),
        (1, False, False),
    ]
    assert not out.opened.desk.plain.edited()
    assert not out.failed


def test_a_save_in_place_and_a_lock_file_beside(out: Out) -> None:
    path = out.out()
    path.with_name(f".~lock.{path.name}#").write_text("somebody", "utf-8")
    path.write_bytes(edited(path, "Правка на месте"))
    out.wait(lambda: len(out.taken) == 1)
    changes = out.opened.place.word_files.hand_made_changes(out.taken[0][1])
    assert [one.after for one in changes] == ["Правка на месте"]


def test_an_open_document_is_only_brought_up_again(out: Out) -> None:
    first = out.out()
    out.watch.open(out.document)
    out.wait(lambda: len(out.shown) == 2)
    assert out.shown == [first, first]
    assert out.watch.documents() == {out.document}


def test_a_broken_file_is_told_and_kept(out: Out) -> None:
    path = out.out()
    path.write_bytes(b"no Word file at all")
    out.wait(lambda: bool(out.failed), 20_000)
    assert len(out.failed) == 1
    assert [one.path for one in out.opened.desk.plain.edited()] == [path]
    assert [one.version for one in out.opened.place.proposals.page(out.proposal).documents] == [1]
    path.write_bytes(out.opened.place.word_files.docx(out.document) + b"")
    out.opened.settle()
    assert not out.taken


def test_no_program_for_word_files_is_told(out: Out) -> None:
    out.has_program = False
    out.watch.open(out.document)
    out.wait(lambda: bool(out.failed))
    assert out.failed == ["document.no_program"]
