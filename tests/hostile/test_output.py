"""Documents going out of ``propose``: places that refuse, names that lie, disks that fill, converters that fail (trust.md, Output)."""

from __future__ import annotations

import json
import os
import stat
import subprocess
from pathlib import Path

import pytest

from kamdesk.documents.pdf import Libreoffice
from kamdesk.model.messages import KamdeskError
from kamdesk.services import word_files
from kamdesk.worker.supervisor import Workers
from tests.documents.made import template_with
from tests.hostile.conftest import Call, fill, state


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def number_of(vault: Path, client: str, call: Call) -> list[str]:
    return [row["number"] for row in call("--vault", vault, "show", "client", client).result["proposals"]]


def test_an_output_that_cannot_be_written_leaves_no_version(
    demo: Path, client: str, call: Call, tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("not a folder")
    before = state(demo, call)
    for target in (tmp_path / "file", tmp_path / "file" / "below", Path("/proc/nobody"), Path("/dev/null/x")):
        said = call("--vault", demo, "propose", client, "--group", "--output", target)
        assert (said.code, said.result) == (1, None)
        assert str(target) in said.words
    assert state(demo, call) == before
    said = call("demo", "--into", tmp_path / "new", "--output", tmp_path / "file")
    assert said.code == 1
    assert not (tmp_path / "new").exists()


def test_a_read_only_folder_and_a_full_disk(demo: Path, client: str, call: Call, small_disk: Path) -> None:
    before = state(demo, call)
    subprocess.run(["mount", "-o", "remount,ro", str(small_disk)], check=True)
    said = call("--vault", demo, "propose", client, "--group", "--output", small_disk / "out")
    assert said.code == 1
    assert state(demo, call) == before
    subprocess.run(["mount", "-o", "remount,rw", str(small_disk)], check=True)
    out = small_disk / "out"
    out.mkdir()
    ballast = fill(small_disk)
    said = call("--vault", demo, "propose", client, "--lens", "finance", "--output", out)
    assert (said.code, said.result, names(out)) == (1, None, [])
    assert str(out) in said.words
    ballast.unlink()
    said = call("--vault", demo, "propose", client, "--lens", "finance", "--output", out)
    assert said.code == 0
    assert all(Path(entry["path"]).stat().st_size > 1000 for entry in said.result)


def test_an_existing_file_is_replaced_whole_and_an_open_one_keeps_its_bytes(
    demo: Path, client: str, call: Call, tmp_path: Path
) -> None:
    propose = (
        "--vault",
        demo,
        "propose",
        client,
        "--lens",
        "finance",
        "--format",
        "docx",
        "--output",
        tmp_path / "out",
    )
    path = Path(call(*propose).result[0]["path"])
    path.write_bytes(b"older")
    path.chmod(stat.S_IRUSR)
    with path.open("rb") as reading:
        assert Path(call(*propose).result[0]["path"]) == path
        assert reading.read() == b"older"
    assert path.read_bytes()[:2] == b"PK"
    path.unlink()
    path.mkdir()
    said = call(*propose)
    assert (said.code, said.result) == (1, None)
    assert path.name in said.words
    assert names(tmp_path / "out") == [path.name]


def test_a_link_in_the_folder_is_replaced_and_not_followed(
    demo: Path, client: str, call: Call, tmp_path: Path
) -> None:
    propose = (
        "--vault",
        demo,
        "propose",
        client,
        "--lens",
        "finance",
        "--format",
        "docx",
        "--output",
        tmp_path / "out",
    )
    path = Path(call(*propose).result[0]["path"])
    victim = tmp_path / "victim.txt"
    victim.write_text("mine")
    path.unlink()
    path.symlink_to(victim)
    assert call(*propose).code == 0
    assert victim.read_text() == "mine"
    assert not path.is_symlink()


@pytest.mark.parametrize(
    "name",
    ['/:*?"<>|', "CON", "con.txt", "LPT¹", "../../../etc/passwd", "Щ" * 300, "a\u202efdp.exe", "..", " . ", "x\ty", "{{ 7*7 }}",
     "%s %n", "😀" * 100, "-rf", "COM1 .x"],
)  # fmt: skip
def test_names_of_clients_never_leave_the_folder(
    name: str, demo: Path, client: str, call: Call, tmp_path: Path
) -> None:
    dossier = call(
        "--vault", demo, "show", "client", client, "--format", "dossier", "--level", "everything"
    ).result
    own = next(row for row in dossier["organisations"] if row["short_name"] == client)
    own["short_name"] = name
    file = tmp_path / "dossier.json"
    file.write_text(json.dumps(dossier), "utf-8")
    assert call("--vault", demo, "import", file).code == 0
    out = tmp_path / "out"
    said = call(
        "--vault", demo, "propose", own["id"], "--lens", "finance", "--format", "docx", "--output", out
    )
    assert said.code == 0, said.words
    assert [Path(entry["path"]) for entry in said.result] == [out / made for made in names(out)]
    for made in names(out):
        assert not set('/:*?"<>|\t\u202e') & set(made)
        assert len(made.encode()) <= 255
        assert not made.startswith((".", " ", "-rf"))
    assert names(tmp_path) == ["demo", "dossier.json", "out"]


def test_namesakes_do_not_overwrite_each_other(demo: Path, client: str, call: Call, tmp_path: Path) -> None:
    dossier = call(
        "--vault", demo, "show", "client", client, "--format", "dossier", "--level", "everything"
    ).result
    readers = [
        row["person_id"] for row in dossier["readers"] if row["proposal_id"] == dossier["proposals"][0]["id"]
    ]
    one, other = (next(row for row in dossier["people"] if row["id"] == who) for who in readers[:2])
    for field in ("family_name", "given_name", "middle_name"):
        other[field] = one[field]
    file = tmp_path / "dossier.json"
    file.write_text(json.dumps(dossier), "utf-8")
    assert call("--vault", demo, "import", file).code == 0
    said = call("--vault", demo, "propose", client, "--all", "--format", "docx", "--output", tmp_path / "out")
    paths = [entry["path"] for entry in said.result]
    assert len(set(paths)) == len(paths) == len(names(tmp_path / "out"))


@pytest.mark.parametrize("failing", ["write", "fsync", "replace"])
def test_nothing_half_written_stays_when_the_nth_call_fails(
    failing: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """EIO, ENOSPC, EACCES: the file of before stays whole, and nothing lies beside it."""
    target = tmp_path / "out"
    word_files.write_file(target, "a.docx", b"before")
    for number in (5, 28, 13):

        def broken(*_: object, code: int = number) -> None:
            raise OSError(code, os.strerror(code))

        if failing == "write":
            monkeypatch.setattr(Path, "open", broken)
        elif failing == "fsync":
            monkeypatch.setattr(word_files.os, "fsync", broken)
        else:
            monkeypatch.setattr(Path, "replace", broken)
        with pytest.raises(KamdeskError) as told:
            word_files.write_file(target, "a.docx", b"after" * 1000)
        monkeypatch.undo()
        assert told.value.message.code in ("document.folder_unwritable", "document.file_busy")
        assert names(target) == ["a.docx"]
        assert (target / "a.docx").read_bytes() == b"before"


# --- converters --------------------------------------------------------------------------------------------


def fake_office(folder: Path, script: str) -> Path:
    program = folder / "soffice"
    program.write_text(f"#!/bin/sh\n{script}\n")
    program.chmod(0o755)
    return program


@pytest.mark.parametrize(
    ("script", "code"),
    [
        ("exit 1", "documents.libreoffice_failed"),
        ("kill -SEGV $$", "documents.libreoffice_failed"),
        ("sleep 60", "documents.libreoffice_slow"),
        ("sleep 60 & sleep 60", "documents.libreoffice_slow"),
        ("exit 0", "documents.libreoffice_failed"),
        (
            'for last; do :; done; mkdir -p "$(dirname "$last")/out"; : > "$(dirname "$last")/out/document.pdf"',
            "documents.libreoffice_failed",
        ),
        ("echo broken >&2; exit 77", "documents.libreoffice_failed"),
    ],
)
def test_a_converter_that_fails_is_told_and_leaves_nothing(script: str, code: str, tmp_path: Path) -> None:
    private = tmp_path / "private"
    office = Libreoffice(private, fake_office(tmp_path, script), seconds=1)
    with pytest.raises(KamdeskError) as told:
        office.convert(b"PK a secret")
    assert told.value.message.code == code
    assert names(private) == []


def test_propose_tells_which_converter_stepped_in_and_why(
    demo: Path, client: str, call: Call, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "bin").mkdir()
    fake_office(tmp_path / "bin", "echo 'source file could not be loaded' >&2; exit 1")
    propose = (
        "--vault",
        demo,
        "propose",
        client,
        "--lens",
        "finance",
        "--converter",
        "libreoffice",
        "--output",
        tmp_path / "out",
    )
    for path in (str(tmp_path / "bin"), str(tmp_path / "empty")):
        monkeypatch.setenv("PATH", path)
        monkeypatch.setattr(
            "kamdesk.documents.pdf.find_libreoffice", lambda p=path: next(Path(p).glob("soffice"), None)
        )
        made = next(entry for entry in call(*propose).result if entry["format"] == "pdf")
        assert made["converter"] == "builtin"
        assert "LibreOffice" in made["converter_reason"]
        assert Path(made["path"]).read_bytes().startswith(b"%PDF-")


def test_both_converters_failing_is_told_with_both_reasons(tmp_path: Path) -> None:
    with Workers(1, folder=tmp_path / "private", office=fake_office(tmp_path, "exit 3")) as workers:
        with pytest.raises(KamdeskError) as told:
            workers.to_pdf(b"not a Word file", "libreoffice")
        assert told.value.message.code == "documents.no_converter"
        assert {str(told.value.message.params[key].code) for key in ("first", "second")} == {
            "documents.libreoffice_failed", "documents.builtin_failed",
        }  # fmt: skip
        assert workers.has_tags(template_with("{{ client.name }}"))


def test_a_converter_sees_no_name_in_its_command_line(tmp_path: Path) -> None:
    log = tmp_path / "log"
    script = f'printf "%s\\n" "$@" > {log}; env >> {log}; exit 1'
    with pytest.raises(KamdeskError):
        Libreoffice(tmp_path / "private", fake_office(tmp_path, script)).convert(b"PK")
    assert "document.docx" in log.read_text()
    assert "PASSPHRASE" not in log.read_text().upper()
