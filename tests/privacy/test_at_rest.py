"""What lies on the disk, in temporary folders, command lines and messages while and after work: no word of a dossier in plain."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterable
from pathlib import Path

import pytest

from kamdesk.bootstrap import Workplace, make_demo, open_workplace
from kamdesk.cli.command import run
from kamdesk.model.messages import KamdeskError
from kamdesk.services.generation import Audience
from kamdesk.store.keys import KdfCost
from kamdesk.store.vault import Secret, create, open_vault
from tests.privacy.marks import WORD, plant

CHEAP = KdfCost(1024, 1, 1)
FAMILY = "Жъщцфимова"


def readable(words: Iterable[str], folder: Path) -> list[str]:
    """Files under a folder in which a word can be read in any usual encoding, or in their own name."""
    coded = [word.encode(codec) for word in words for codec in ("utf-8", "utf-16-le", "cp1251")]
    return [
        f"{path.name}: {one!r}"
        for path in folder.rglob("*")
        if path.is_file()
        for one in coded
        if one in path.read_bytes() or one in os.fsencode(path.name)
    ]


@pytest.fixture
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder that this test's processes take for temporary files."""
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setenv("TMPDIR", str(folder))
    monkeypatch.setattr(tempfile, "tempdir", None)
    return folder


def filled(folder: Path) -> tuple[Workplace, list[str]]:
    """A vault with a passphrase and the demo in it, marks everywhere; the words that must not be readable."""
    place = open_workplace(create(folder, "тайна", cost=CHEAP))
    place.dossiers.open_demo("ru")
    place.store.write("record.add", {"noun": "", "name": FAMILY}, plant)
    dossier = place.dossiers.export(place.organisations.list()[0].id, "everything").decode()
    rows = json.loads(dossier)
    words = [
        WORD,
        FAMILY,
        *(row["family_name"] for row in rows["people"]),
        rows["organisations"][0]["short_name"],
    ]
    return place, [word for word in dict.fromkeys(words) if len(word) > 4]


def test_nothing_in_the_folder_of_a_vault_can_be_read(tmp_path: Path, temporary: Path) -> None:
    """While it is open (WAL), with backups, documents and drafts, and after it was closed."""
    place, words = filled(tmp_path / "vault")
    try:
        place.generation.generate(place.proposals.list()[0].id, Audience(letters=()))
        place.files.add(f"{FAMILY}.txt", FAMILY.encode() * 100)
        place.drafts.keep("note", FAMILY)
        place.vault.back_up()
        assert (tmp_path / "vault" / "data.db-wal").stat().st_size > 0
        assert len(words) > 8
        assert readable(words, tmp_path / "vault") == []
        assert readable([*words, "CREATE TABLE", "SQLite format 3"], tmp_path / "vault" / "backups") == []
        assert readable(words, temporary) == []
    finally:
        place.close()
    assert readable([*words, "CREATE TABLE", "SQLite format 3", "тайна"], tmp_path / "vault") == []
    assert list(temporary.iterdir()) == []


def test_what_was_deleted_is_not_readable_with_the_key_either(tmp_path: Path) -> None:
    """secure_delete: after an undo of an import and its redo being cut, free pages hold no old text."""
    vault = create(tmp_path / "vault", "p", cost=CHEAP)
    raw = vault.store.raw_writer(lambda opened: opened.connection.driver_connection)
    pragma = {
        name: vault.store.raw_writer(lambda _, n=name: raw.execute(f"PRAGMA {n}").fetchone()[0])
        for name in (
            "secure_delete",
            "synchronous",
            "foreign_keys",
            "trusted_schema",
            "temp_store",
            "journal_mode",
        )
    }
    vault.close()
    assert pragma == {
        "secure_delete": 1, "synchronous": 2, "foreign_keys": 1, "trusted_schema": 0, "temp_store": 2, "journal_mode": "wal",
    }  # fmt: skip


def test_a_business_dossier_holds_no_judgement(tmp_path: Path) -> None:
    place, _words = filled(tmp_path / "vault")
    try:
        client = place.organisations.list()[0].id
        everything = place.dossiers.export(client, "everything").decode()
        business = place.dossiers.export(client, "business").decode()
    finally:
        place.close()
    assert WORD in everything
    assert WORD not in business
    for key in ("stance", "lens", "lenses", "influence", "ladder_now", "told_on", "address_form", "witness"):
        assert f'"{key}"' not in business


def test_messages_of_problems_repeat_nothing_from_the_vault(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Neither words on standard error nor the text of an unexpected fault carry a bound value of a statement."""
    vault = create(tmp_path / "vault", "p", cost=CHEAP)
    try:

        def broken(session) -> None:
            from sqlalchemy import text

            session.execute(
                text("INSERT INTO person (id, family_name) VALUES (:a, :b)"), {"a": "1", "b": FAMILY}
            )

        with pytest.raises(Exception) as raised:
            vault.store.write("record.add", {"name": ""}, broken)
        assert FAMILY not in str(raised.value)
        assert FAMILY not in repr(raised.value)
    finally:
        vault.close()


def test_command_lines_and_environments_of_helpers_name_nobody(tmp_path: Path, temporary: Path) -> None:
    """Anybody on the computer can list processes: what they are called with tells no name and no secret."""
    if not Path("/proc").is_dir():
        pytest.skip("this system has no /proc")
    place, words = filled(tmp_path / "vault")
    seen: set[str] = set()
    stop = threading.Event()

    def watch() -> None:
        mine = os.getpid()
        while not stop.is_set():
            for entry in Path("/proc").glob("[0-9]*"):
                try:
                    parent = int((entry / "stat").read_text().rsplit(")", 1)[1].split()[1])
                    if parent == mine:
                        seen.add((entry / "cmdline").read_bytes().decode("utf-8", "replace"))
                        seen.add((entry / "environ").read_bytes().decode("utf-8", "replace"))
                except (OSError, ValueError, IndexError):
                    continue
            time.sleep(0.02)

    watching = threading.Thread(target=watch)
    watching.start()
    try:
        place.generation.generate(place.proposals.list()[0].id, Audience(letters=()))
    finally:
        stop.set()
        watching.join()
        place.close()
    assert any("--worker" in line for line in seen)
    for line in seen:
        assert not any(word in line for word in (*words, "тайна")), line


def test_a_worker_that_is_killed_leaves_no_words(tmp_path: Path, temporary: Path) -> None:
    place, words = filled(tmp_path / "vault")
    try:
        place.generation.preview(place.proposals.list()[0].id)
        for worker in place.workers._all:
            worker.kill()
        assert readable(words, temporary) == []
    finally:
        place.close()


def test_a_wrong_passphrase_and_a_wrong_file_are_not_repeated(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KAMDESK_KDF_MEMORY_KIB", "1024")
    create(tmp_path / "vault", "верно", cost=CHEAP).close()
    secret = tmp_path / "p.txt"
    secret.write_text("оченьтайно", "utf-8")
    out, err = io.StringIO(), io.StringIO()
    assert (
        run(["--vault", str(tmp_path / "vault"), "--passphrase-file", str(secret), "clients"], out, err) == 1
    )
    assert "оченьтайно" not in out.getvalue() + err.getvalue()
    with pytest.raises(KamdeskError) as refused:
        open_vault(tmp_path / "vault", Secret("оченьтайно"))
    assert "оченьтайно" not in repr(refused.value) + str(refused.value.message)


def test_the_demo_command_leaves_nothing_in_temporary_folders(tmp_path: Path, temporary: Path) -> None:
    made = subprocess.run(
        [
            sys.executable,
            "-m",
            "kamdesk",
            "demo",
            "--into",
            str(tmp_path / "v"),
            "--output",
            str(tmp_path / "out"),
            "--language",
            "en",
        ],
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (made.returncode, made.stderr) == (0, "")
    assert list(temporary.iterdir()) == []
    assert not list((tmp_path / "out").glob("*.part")) + list((tmp_path / "out").glob(".*"))


def test_a_demo_vault_is_made_with_a_place(tmp_path: Path) -> None:
    place, _client = make_demo(tmp_path / "v", "en")
    place.close()
    assert readable(["CREATE TABLE", "SQLite format 3"], tmp_path / "v") == []
