"""Word files that are out: saves in place and by renaming are taken back once, what cannot be taken is told and kept."""

from __future__ import annotations

import shutil
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


def changed_by_hand(out: Out) -> list[str]:
    """What stands in the version taken back first and not in the one that was made."""
    changes = out.opened.place.word_files.compare(out.document, out.taken[0][1])
    return [one.after for one in changes]


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
    assert changed_by_hand(out) == ["Правка на месте"]


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


def test_a_deleted_file_is_given_out_again(out: Out) -> None:
    path = out.out()
    path.unlink()
    out.opened.settle()
    assert not out.failed and not out.taken and not out.watch.documents()
    out.watch.open(out.document)
    out.wait(lambda: len(out.shown) == 2)
    assert out.shown[-1].read_bytes() == out.opened.place.word_files.docx(out.document)
    out.shown[-1].write_bytes(edited(out.shown[-1], "После удаления"))
    out.wait(lambda: len(out.taken) == 1)


def test_a_whole_folder_that_is_gone_ends_the_watch(out: Out) -> None:
    path = out.out()
    shutil.rmtree(path.parent)
    out.watch.look()
    assert out.watch.path_of(out.document) is None and not out.failed


def test_two_quick_saves_end_with_the_last(out: Out) -> None:
    path = out.out()
    first, second = edited(path, "Первая"), edited(path, "Вторая")
    path.write_bytes(first)
    QTest.qWait(70)  # while the first one is being taken
    path.write_bytes(second)
    files = out.opened.place.word_files
    out.wait(lambda: bool(out.taken) and files.docx(out.taken[-1][1]) == second, 15_000)
    assert not out.failed and not out.opened.desk.plain.edited()


def test_a_file_saved_under_another_name_is_the_same_document(out: Out) -> None:
    path = out.out()
    other = path.with_name("КП финал (2).docx")
    path.with_name("~$owner.docx").write_bytes(b"lock")
    other.write_bytes(edited(path, "Под другим именем"))
    out.wait(lambda: len(out.taken) == 1)
    assert changed_by_hand(out) == ["Под другим именем"]
    other.write_bytes(edited(other, "И ещё раз"))
    out.wait(lambda: len(out.taken) == 2)
    assert out.taken[1][0] == out.taken[0][1]
    assert not out.failed and not out.opened.desk.plain.edited()
    assert len(out.opened.place.proposals.page(out.proposal).documents) == 3


def test_a_locked_file_is_tried_again_and_then_told(out: Out, monkeypatch: pytest.MonkeyPatch) -> None:
    path = out.out()
    path.write_bytes(edited(path, "Пока заперто"))
    read, locked = Path.read_bytes, [True]

    def refuse(self: Path) -> bytes:
        if locked[0] and self == path:
            raise PermissionError(13, "locked")
        return read(self)

    monkeypatch.setattr(Path, "read_bytes", refuse)
    out.wait(lambda: bool(out.failed), 20_000)
    assert out.failed == ["document.file_busy"] and not out.taken
    locked[0] = False
    out.watch.look()
    out.wait(lambda: len(out.taken) == 1)


def test_making_again_overwrites_neither_the_version_nor_the_file_that_is_out(out: Out) -> None:
    path = out.out()
    path.write_bytes(edited(path, "Моя правка"))
    out.wait(lambda: len(out.taken) == 1)
    kept = path.read_bytes()
    out.opened.place.generation.generate(out.proposal, Audience(letters=()))
    out.opened.settle()
    assert path.read_bytes() == kept == out.opened.place.word_files.docx(out.taken[0][1])
    documents = out.opened.place.proposals.page(out.proposal).documents
    assert [one.id for one in documents if one.is_current] == [out.taken[0][1]]


def test_a_fault_of_the_program_ends_the_taking_and_the_next_save_is_taken(
    out: Out, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = out.out()
    faults = out.opened.faults

    def broken(_document: str, _content: bytes) -> str:
        raise ZeroDivisionError

    with monkeypatch.context() as patch:
        patch.setattr(out.opened.place.word_files, "take_back", broken)
        path.write_bytes(edited(path, "Не взято"))
        out.wait(lambda: bool(faults))
    assert len(faults) == 1 and faults.pop().endswith("ZeroDivisionError")
    path.write_bytes(edited(path, "Взято"))
    out.wait(lambda: len(out.taken) == 1)
    assert changed_by_hand(out) == ["Не взято", "Взято"]
