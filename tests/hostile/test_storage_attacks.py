"""Saving against a disk that fails, a process that dies, a second instance and a wrong clock (trust.md, Storage)."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from kamdesk.model.messages import KamdeskError
from kamdesk.model.tables import Note, Person
from kamdesk.services.organisations import Organisations
from kamdesk.store import backup, durable
from kamdesk.store.keys import KdfCost
from kamdesk.store.vault import Secret, Vault, create, open_vault
from tests.hostile.conftest import Call, fill

CHEAP = KdfCost(1024, 1, 1)
SAVER = """
import sys
from pathlib import Path
from kamdesk.model.tables import Note, Person
from kamdesk.store.vault import Secret, open_vault

vault = open_vault(Path(sys.argv[1]), Secret("p"))
start = vault.store.read(lambda s: s.query(Person).count())
for number in range(start, start + 100_000):
    def work(session):
        person = Person(family_name=f"{number:06d}")
        session.add(person)
        session.flush()
        session.add(Note(person_id=person.id, text="x" * 3000))
    vault.store.write("record.add", {"name": str(number)}, work)
    print(number, flush=True)
"""


@pytest.fixture
def opened(tmp_path: Path) -> Iterator[Callable[..., Vault]]:
    vaults: list[Vault] = []

    def run(folder: Path, **more: Any) -> Vault:
        made = open_vault if folder.exists() else create
        secret: Any = Secret("p") if folder.exists() else "p"
        vaults.append(made(folder, secret, cost=CHEAP, **more))
        return vaults[-1]

    yield run
    for vault in vaults:
        vault.close()


def add(vault: Vault, name: str, text: str = "") -> None:
    def work(session: Any) -> None:
        person = Person(family_name=name)
        session.add(person)
        session.flush()
        session.add(Note(person_id=person.id, text=text or "x"))

    vault.store.write("record.add", {"name": name}, work)


def names(vault: Vault) -> list[str]:
    return list(
        vault.store.read(lambda s: [p.family_name for p in s.query(Person).order_by(Person.family_name)])
    )


def sound(vault: Vault) -> bool:
    def check(opened: Any) -> bool:
        raw = opened.connection.driver_connection
        whole = raw.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        return (
            whole
            and not raw.execute("PRAGMA cipher_integrity_check").fetchall()
            + raw.execute("PRAGMA foreign_key_check").fetchall()
        )

    return bool(vault.store.raw_writer(check))


def saver(folder: Path) -> subprocess.Popen[str]:
    return subprocess.Popen([sys.executable, "-c", SAVER, str(folder)], stdout=subprocess.PIPE, text=True)


@pytest.mark.parametrize("seed", range(4))
def test_kill_9_in_saving_loses_nothing_that_was_confirmed(seed: int, tmp_path: Path, opened) -> None:
    """Five kills each, at any moment of a save; together twenty."""
    folder = tmp_path / "vault"
    opened(folder).close()
    chance = random.Random(seed)
    confirmed = -1
    for _ in range(5):
        process = saver(folder)
        assert process.stdout is not None
        confirmed = int(process.stdout.readline())
        time.sleep(chance.random() * 0.06)
        process.kill()
        rest = process.stdout.read().split()
        process.stdout.close()
        process.wait()
        confirmed = int(rest[-1]) if rest else confirmed
    vault = opened(folder)
    kept = names(vault)
    assert kept == [f"{number:06d}" for number in range(len(kept))]
    assert len(kept) >= confirmed + 1
    assert vault.store.read(lambda s: s.query(Note).count()) == len(kept)
    assert sound(vault)


def test_a_process_that_is_held_in_a_commit_goes_on(tmp_path: Path, opened) -> None:
    """Suspend: everybody else is told that the vault is open, and nothing is lost after waking."""
    folder = tmp_path / "vault"
    opened(folder).close()
    process = saver(folder)
    assert process.stdout is not None
    process.stdout.readline()
    process.send_signal(signal.SIGSTOP)
    with pytest.raises(KamdeskError, match=r"vault\.already_open"):
        opened(folder)
    process.send_signal(signal.SIGCONT)
    for _ in range(3):
        last = int(process.stdout.readline())
    process.kill()
    rest = process.stdout.read().split()
    process.stdout.close()
    process.wait()
    vault = opened(folder)
    assert len(names(vault)) >= int(rest[-1] if rest else last) + 1
    assert sound(vault)


def test_the_command_line_says_that_a_window_has_the_vault(tmp_path: Path, opened, call: Call) -> None:
    folder = tmp_path / "vault"
    opened(folder).close()
    (tmp_path / "p").write_text("p")
    process = saver(folder)
    assert process.stdout is not None
    process.stdout.readline()
    said = call("--vault", folder, "--passphrase-file", tmp_path / "p", "people")
    assert (said.code, said.result) == (1, None)
    assert "already open" in said.words
    process.kill()
    process.stdout.close()
    process.wait()
    assert len(call("--vault", folder, "--passphrase-file", tmp_path / "p", "people").result) > 0


# --- a disk that fails at the n-th write -------------------------------------------------------------------


def test_a_save_on_a_disk_with_room_for_n_pages_is_whole_or_not_there(small_disk: Path, opened) -> None:
    vault = opened(small_disk / "vault")
    add(vault, "000000")
    kept = ["000000"]
    ballast = fill(small_disk)
    size = ballast.stat().st_size
    refused: list[str] = []
    for number in range(1, 80):
        size -= 4096
        os.truncate(ballast, size)
        name = f"{number:06d}"
        try:
            add(vault, name, "y" * 12_000)
            kept.append(name)
        except KamdeskError as error:
            refused.append(error.message.code)
        assert names(vault) == kept
    assert len(refused) > 5
    assert set(refused) <= {"storage.full", "storage.failed"}
    assert len(kept) >= 3
    ballast.unlink()
    add(vault, "999999")
    assert sound(vault)
    vault.close()
    again = opened(small_disk / "vault")
    assert names(again) == [*kept, "999999"]
    assert again.store.read(lambda s: s.query(Note).count()) == len(kept) + 1


def test_a_backup_on_a_full_disk_leaves_nothing_and_works_when_there_is_room(
    small_disk: Path, opened
) -> None:
    vault = opened(small_disk / "vault")
    add(vault, "1", "y" * 200_000)
    ballast = fill(small_disk)
    size = ballast.stat().st_size
    made = None
    for _ in range(60):
        try:
            made = vault.back_up()
            break
        except KamdeskError as error:
            assert error.message.code == "backup.failed"  # noqa: PT017 (the loop ends with the first success)
            assert list((small_disk / "vault" / "backups").iterdir()) == []
        size -= 64 * 1024
        os.truncate(ballast, size)
    assert made is not None
    assert [path.name for path in (small_disk / "vault" / "backups").iterdir()] == [made.name]
    assert names(vault) == ["1"]


@pytest.mark.parametrize("code", [5, 28, 13])
@pytest.mark.parametrize("call", ["fsync", "open", "replace"])
def test_a_stored_file_is_whole_or_not_there(
    code: int, call: str, tmp_path: Path, opened, monkeypatch: pytest.MonkeyPatch
) -> None:
    vault = opened(tmp_path / "vault")

    def broken(*_: object, **__: object) -> None:
        raise OSError(code, os.strerror(code))

    monkeypatch.setattr(
        *{"fsync": (durable.os, "fsync"), "open": (Path, "open"), "replace": (Path, "replace")}[call], broken
    )
    with pytest.raises(KamdeskError, match=r"storage\.file_not_written"):
        vault.store.files.put(b"content")
    monkeypatch.undo()
    assert [path for path in (tmp_path / "vault" / "files").rglob("*") if path.is_file()] == []
    name = vault.store.files.put(b"content")
    assert vault.store.files.get(name) == b"content"


def test_a_stored_file_that_was_cut_is_written_anew(tmp_path: Path, opened) -> None:
    vault = opened(tmp_path / "vault")
    name = vault.store.files.put(b"content" * 100)
    path = tmp_path / "vault" / "files" / name[:2] / name
    path.write_bytes(path.read_bytes()[:50])
    assert vault.store.files.put(b"content" * 100) == name
    assert vault.store.files.get(name) == b"content" * 100


@pytest.mark.parametrize("failing", ["connect", "fsync", "counts"])
def test_a_backup_that_fails_on_the_way_is_no_backup(
    failing: str, tmp_path: Path, opened, monkeypatch: pytest.MonkeyPatch
) -> None:
    vault = opened(tmp_path / "vault")
    add(vault, "1")

    def broken(*_: object, **__: object) -> Any:
        if failing == "connect":
            raise KamdeskError("vault.damaged", file="x")
        raise OSError(5, "Input/output error")

    target = {
        "connect": (backup.connection, "connect"),
        "fsync": (backup.os, "fsync"),
        "counts": (backup, "_counts"),
    }[failing]
    monkeypatch.setattr(*target, broken)
    with pytest.raises(KamdeskError, match=r"backup\.failed"):
        vault.back_up()
    monkeypatch.undo()
    assert list((tmp_path / "vault" / "backups").iterdir()) == []
    (tmp_path / "vault" / "backups" / "my own copy.db").write_text("mine")
    kept = [vault.back_up() for _ in range(12)]
    there = sorted(path.name for path in (tmp_path / "vault" / "backups").iterdir())
    assert there == [*(path.name for path in kept[-10:]), "my own copy.db"]


# --- media and clocks --------------------------------------------------------------------------------------


def test_a_read_only_medium_is_said_by_every_verb(small_disk: Path, call: Call) -> None:
    (small_disk / "p").write_text("p")
    options = ("--vault", small_disk / "v", "--passphrase-file", small_disk / "p")
    assert call(*options, "init").code == 0
    before = sorted(path.name for path in (small_disk / "v").iterdir())
    subprocess.run(["mount", "-o", "remount,ro", str(small_disk)], check=True)
    for verb in (("clients",), ("search", "x"), ("undo",), ("init",)):
        said = call(*options, *verb)
        assert (said.code, said.result) == (1, None)
        assert str(small_disk) in said.words
        assert "damaged" not in said.words
    assert call("demo", "--into", small_disk / "new").code == 1
    assert sorted(path.name for path in (small_disk / "v").iterdir()) == before


def test_two_years_back_and_ten_forward(tmp_path: Path, opened) -> None:
    """Order comes from sequence, not from clocks: undo, backups and history go by what was done last."""
    folder = tmp_path / "vault"
    for number, year in enumerate((2026, 2024, 2036, 1970, 2026)):
        vault = opened(folder, clock=lambda y=year: datetime(y, 3, 5, 9, tzinfo=UTC))
        add(vault, f"{number}")
        assert vault.back_up().name.startswith(f"{number + 1:06d}-")
        vault.close()
    vault = opened(folder, clock=lambda: datetime(1980, 1, 1, tzinfo=UTC))
    for left in (4, 3, 2):
        vault.history.undo()
        assert names(vault) == [str(n) for n in range(left)]
    vault.history.redo()
    assert names(vault) == ["0", "1", "2"]
    assert Organisations(vault.store).list() == ()
