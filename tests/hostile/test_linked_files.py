"""Links to files as a hostile package brings them: what a list asks the disk for, and what is opened."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from kamdesk.bootstrap import Workplace, open_workplace
from kamdesk.model.messages import KamdeskError
from kamdesk.model.tables import Attachment, Person
from kamdesk.services.attachments import Owner
from kamdesk.store.keys import KdfCost
from kamdesk.store.vault import create

NETWORK = ("\\\\evil.example\\share\\plan.docx", "//evil.example/share/plan.docx", "\\/evil.example\\x.pdf")


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Workplace]:
    opened = open_workplace(create(tmp_path / "vault", "p", cost=KdfCost(1024, 1, 1)))
    yield opened
    opened.close()


def linked(place: Workplace, *paths: str, name: str = "отчёт.pdf") -> Owner:
    """A person with links to these places, as a package would bring them: past every check of the window."""

    def work(session: Any) -> str:
        person = Person(family_name="Иванов")
        session.add(person)
        session.flush()
        session.add_all(Attachment(person_id=person.id, name=name, path=path) for path in paths)
        return str(person.id)

    return Owner(person_id=place.store.write("record.add", {"noun": "", "name": ""}, work))


def test_a_list_never_asks_a_server_that_a_path_names(
    place: Workplace, monkeypatch: pytest.MonkeyPatch
) -> None:
    owner = linked(place, *NETWORK)
    monkeypatch.setattr(Path, "is_file", lambda self: pytest.fail(f"asked for {self}"))
    assert [one.missing for one in place.attachments.of(owner)] == [False] * 3


@pytest.mark.parametrize(
    "path", ["x" * 5_000, "a\x00b", "/dev/zero", "relative/../..", " ", "nul:", "C:\\lost.docx"]
)
def test_a_strange_path_is_a_missing_file_and_the_list_stays(path: str, place: Workplace) -> None:
    owner = linked(place, path, str(Path(__file__)))
    shown = {one.path: one for one in place.attachments.of(owner)}
    assert (shown[path].missing, shown[str(Path(__file__))].missing) == (True, False)
    with pytest.raises(KamdeskError) as refused:
        place.attachments.content(shown[path].id)
    assert refused.value.message.code == "attachment.missing"


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_a_pipe_is_not_waited_for(place: Workplace, tmp_path: Path) -> None:
    pipe = tmp_path / "pipe.pdf"
    os.mkfifo(pipe)
    (shown,) = place.attachments.of(linked(place, str(pipe)))
    assert shown.missing
    with pytest.raises(KamdeskError):
        place.attachments.content(shown.id)


@pytest.mark.parametrize(
    "path",
    [
        "C:\\Users\\me\\Downloads\\report.exe", "\\\\evil.example\\share\\report.LNK", "/tmp/report.desktop", "report.scr . .",
        "C:\\x\\report.exe:pdf", "C:\\x\\report.exe::$DATA", "//evil.example/x.settingcontent-ms", "x/report.vhdx", "C:report.exe",
    ],
)  # fmt: skip
def test_a_program_behind_a_harmless_name_is_known(path: str, place: Workplace) -> None:
    """What is opened is the file at the path, so the path tells what it is, not the name that a package gave it."""
    (shown,) = place.attachments.of(linked(place, path))
    assert shown.program


def test_documents_are_no_programs(place: Workplace) -> None:
    shown = place.attachments.of(
        linked(place, "C:\\Users\\me\\план.docx", "/srv/v1.2/план", "\\\\srv\\p\\x.pdf")
    )
    assert not any(one.program for one in shown)
