"""The disk: files, backups, kill -9 in saving, a full disk, a read-only medium (trust.md, Storage)."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from kamdesk.model.messages import KamdeskError
from kamdesk.model.tables import Person
from kamdesk.store import connection
from kamdesk.store.backup import KEEP_NEWEST
from tests.store.conftest import add_client, add_person


def code_of(call) -> str:
    with pytest.raises(KamdeskError) as raised:
        call()
    return raised.value.message.code


# --- files -------------------------------------------------------------------------------------------------


def test_a_file_is_encrypted_named_by_a_key_and_stored_once(tmp_path: Path, opened, vault, store) -> None:
    content = "Секретный договор ".encode() * 1000
    name = store.files.put(content)
    assert store.files.put(content) == name and store.files.get(name) == content
    (path,) = [one for one in (vault.folder / "files").rglob("*") if one.is_file()]
    assert path.name == name and "договор".encode() not in path.read_bytes()
    other = opened(tmp_path / "other", new=True)
    assert other.store.files.put(content) != name


@pytest.mark.parametrize("damage", ["flip", "cut", "empty", "gone", "moved"])
def test_a_file_changed_outside_is_not_given_out(vault, store, damage: str) -> None:
    name = store.files.put(b"x" * 5000)
    path = vault.folder / "files" / name[:2] / name
    sealed = path.read_bytes()
    if damage == "gone":
        path.unlink()
    elif damage == "moved":
        other = store.files.put(b"y")
        path.write_bytes((vault.folder / "files" / other[:2] / other).read_bytes())
    else:
        path.write_bytes(
            {"flip": sealed[:-1] + bytes([sealed[-1] ^ 1]), "cut": sealed[:-1], "empty": b""}[damage]
        )
    assert code_of(lambda: store.files.get(name)) == (
        "storage.file_missing" if damage == "gone" else "storage.file_damaged"
    )


def test_an_empty_and_a_large_file_come_back(store) -> None:
    for content in (b"", os.urandom(3_000_000)):
        assert store.files.get(store.files.put(content)) == content


# --- backups -----------------------------------------------------------------------------------------------


def test_a_backup_opens_with_the_key_and_has_every_row(tmp_path: Path, vault, store) -> None:
    for number in range(5):
        add_person(store, f"Ч{number}")
    path = vault.back_up()
    assert path.name == "000001-by-hand.db"
    copy = connection.connect(path, vault._key, query_only=True)
    try:
        assert copy.execute("SELECT count(*) FROM person").fetchone() == (5,)
        assert copy.execute("SELECT count(*) FROM step").fetchone() == (5,)
    finally:
        copy.close()
    assert code_of(lambda: connection.connect(path, bytes(32))) == "vault.damaged"
    for _ in range(KEEP_NEWEST + 2):
        last = vault.back_up()
    kept = sorted(one.name for one in (vault.folder / "backups").glob("*.db"))
    assert len(kept) == KEEP_NEWEST and kept[-1] == last.name == "000013-by-hand.db"
    assert not list((vault.folder / "backups").glob("*.part*"))


def test_a_backup_that_cannot_be_written_leaves_nothing(vault, store) -> None:
    add_person(store, "А")
    folder = vault.folder / "backups"
    folder.rmdir()
    folder.write_text("a file in the way")
    assert code_of(vault.back_up) == "backup.failed"
    assert folder.read_text() == "a file in the way"
    add_person(store, "Б")


def test_a_backup_with_fewer_rows_is_not_taken_for_one(vault, store, monkeypatch: pytest.MonkeyPatch) -> None:
    add_person(store, "А")
    real = connection.connect

    def emptied(path: Path, key: bytes, **options: bool):
        raw = real(path, key)
        if path.suffix == ".part":
            raw.execute("DELETE FROM person")
        return raw

    monkeypatch.setattr(connection, "connect", emptied)
    assert code_of(vault.back_up) == "backup.failed"
    assert list((vault.folder / "backups").iterdir()) == []


# --- kill -9 -----------------------------------------------------------------------------------------------

SAVER = """
import sys
from pathlib import Path
from kamdesk.model.tables import Note, Person
from kamdesk.store.vault import Secret, open_vault

vault = open_vault(Path(sys.argv[1]), Secret("correct horse"))
start = vault.store.read(lambda s: s.query(Person).count())
for number in range(start, start + 10_000):
    def work(session):
        person = Person(family_name=f"{number:06d}")
        session.add(person)
        session.flush()
        session.add_all([Note(person_id=person.id, text="x" * 500) for _ in range(3)])
    vault.store.write("record.add", {"name": str(number)}, work)
    print(number, flush=True)
"""


def test_nothing_that_was_confirmed_is_lost_by_kill_9(tmp_path: Path, opened) -> None:
    folder = tmp_path / "vault"
    opened(folder, new=True).close()
    confirmed = -1
    for kill_round in range(4):
        process = subprocess.Popen(
            [sys.executable, "-c", SAVER, str(folder)], stdout=subprocess.PIPE, text=True
        )
        assert process.stdout is not None
        for _ in range(5 + 7 * kill_round):
            confirmed = int(process.stdout.readline())
        process.send_signal(signal.SIGKILL)
        rest = process.stdout.read().split()
        process.stdout.close()
        process.wait()
        confirmed = int(rest[-1]) if rest else confirmed
        vault = opened(folder)
        try:
            rows = vault.store.read(
                lambda s: [p.family_name for p in s.query(Person).order_by(Person.family_name)]
            )
            notes, steps, entries = (
                vault.store.read(
                    lambda s, t=table: s.connection().exec_driver_sql(f"SELECT count(*) FROM {t}").scalar()
                )
                for table in ("note", "step", "search_entry WHERE table_name = 'person'")
            )
            assert rows == [f"{number:06d}" for number in range(len(rows))]
            assert len(rows) in (confirmed + 1, confirmed + 2), "at most the step in flight is there besides"
            assert (notes, steps, entries) == (3 * len(rows), len(rows), len(rows))
            assert vault.store.raw_writer(
                lambda c: c.connection.execute("PRAGMA integrity_check").fetchone()
            ) == ("ok",)
        finally:
            vault.close()


# --- media -------------------------------------------------------------------------------------------------


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 3 MB of its own."""
    place = tmp_path / "disk"
    place.mkdir()
    if sys.platform != "linux" or os.geteuid() != 0:
        pytest.skip("only root on Linux can mount a small disk")
    made = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=3m", "tmpfs", str(place)], capture_output=True, check=False
    )
    if made.returncode:
        pytest.skip("this system does not let a small disk be mounted")
    yield place
    subprocess.run(["umount", "-l", str(place)], check=True)


def test_a_full_disk_loses_the_step_and_nothing_else(small_disk: Path, opened) -> None:
    vault = opened(small_disk / "vault", new=True)
    add_person(vault.store, "Первый")
    ballast = small_disk / "ballast"
    try:
        with ballast.open("wb") as stream:
            while True:
                stream.write(bytes(4096))
                stream.flush()
    except OSError:
        assert ballast.exists()
    big = "x" * 300_000
    assert code_of(lambda: add_person(vault.store, big)) == "storage.full"
    assert code_of(lambda: vault.store.files.put(os.urandom(100_000))) == "storage.file_not_written"
    assert code_of(vault.back_up) == "backup.failed"
    assert [p.name for p in (small_disk / "vault" / "files").rglob("*") if p.is_file()] == []
    ballast.unlink()
    add_person(vault.store, "Второй")
    assert vault.store.read(lambda s: sorted(p.family_name for p in s.query(Person))) == ["Второй", "Первый"]
    vault.close()
    opened(small_disk / "vault").close()


def test_a_vault_is_not_half_made_on_a_full_disk(small_disk: Path, opened) -> None:
    (small_disk / "ballast").write_bytes(bytes(2_900_000))
    assert code_of(lambda: opened(small_disk / "vault", new=True)) in (
        "storage.full",
        "vault.cannot_write",
        "vault.damaged",
    )
    (small_disk / "ballast").unlink()
    opened(small_disk / "vault", new=True).close()


def test_a_read_only_medium_is_said(small_disk: Path, opened) -> None:
    vault = opened(small_disk / "vault", new=True)
    vault.close()
    subprocess.run(["mount", "-o", "remount,ro", str(small_disk)], check=True)
    assert code_of(lambda: opened(small_disk / "vault")) == "vault.cannot_write"
    assert code_of(lambda: opened(small_disk / "new", new=True)) == "vault.cannot_write"
    subprocess.run(["mount", "-o", "remount,rw", str(small_disk)], check=True)
    add_client(opened(small_disk / "vault").store, "Завод")
