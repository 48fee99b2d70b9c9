"""A vault: created, opened, refused with the true reason, mended where a copy is left (trust.md, Vault)."""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
from pathlib import Path

import pytest

from kamdesk.model.messages import KamdeskError
from kamdesk.model.tables import Person
from kamdesk.store import migrate
from kamdesk.store.vault import cautions, create, is_unprotected, is_vault
from tests.store.conftest import CHEAP, PASSPHRASE, add_client, add_person

PASSPHRASES = ["Пароль «с» кавычками", "a'b\"c;--", "100%", "x\x00y", "я" * 1000, "x'" + "0" * 64 + "'", "é"]


def refused(call) -> str:
    with pytest.raises(KamdeskError) as raised:
        call()
    return raised.value.message.code


def names(vault) -> list[str]:
    return vault.store.read(
        lambda session: [row.family_name for row in session.query(Person).order_by(Person.sort_key)]
    )


def test_what_was_saved_is_there_after_closing(tmp_path: Path, opened) -> None:
    folder = tmp_path / "vault"
    vault = opened(folder, new=True)
    add_person(vault.store, "Иванов")
    vault.close()
    assert sorted(path.name for path in folder.iterdir()) == [
        "backups", "data.db", "files", "open.kamdesk", "vault.json", "vault.json.copy", "vault.lock",
    ]  # fmt: skip
    assert not (folder / "data.db").read_bytes().startswith(b"SQLite")
    assert "Иванов".encode() not in (folder / "data.db").read_bytes()
    assert names(opened(folder)) == ["Иванов"]
    assert is_vault(folder) and not is_unprotected(folder)


@pytest.mark.parametrize("passphrase", PASSPHRASES)
def test_any_passphrase_opens_only_its_vault(tmp_path: Path, opened, passphrase: str) -> None:
    folder = tmp_path / "vault"
    opened(folder, passphrase, new=True).close()
    for _ in range(2):
        assert refused(lambda: opened(folder, passphrase + "x")) == "vault.wrong_passphrase"
    opened(folder, passphrase).close()


def test_a_passphrase_is_the_same_in_either_unicode_form(tmp_path: Path, opened) -> None:
    folder = tmp_path / "vault"
    opened(folder, "й\u0301é", new=True).close()
    opened(folder, "и\u0306\u0301e\u0301").close()


def test_the_passphrase_can_be_changed_and_a_recovery_code_helps(tmp_path: Path, opened) -> None:
    folder = tmp_path / "vault"
    vault = opened(folder, new=True)
    code = vault.make_recovery_code()
    assert refused(lambda: vault.change_passphrase("wrong", "new")) == "vault.wrong_passphrase"
    assert refused(lambda: vault.change_passphrase(PASSPHRASE, " ")) == "vault.passphrase_empty"
    vault.change_passphrase(PASSPHRASE, "new")
    vault.close()
    assert refused(lambda: opened(folder)) == "vault.wrong_passphrase"
    opened(folder, "new").close()
    opened(folder, code.replace("-", " "), kind="recovery").close()
    wrong = ("1" if code[0] != "1" else "2") + code[1:]
    assert refused(lambda: opened(folder, wrong, kind="recovery")) == "vault.recovery_group_wrong"
    assert refused(lambda: opened(folder, code[:-7], kind="recovery")) == "vault.recovery_length"
    other = "-".join(reversed(code.split("-")))
    assert refused(lambda: opened(folder, other, kind="recovery")) == "vault.wrong_recovery_code"


def test_after_the_recovery_code_a_new_passphrase_is_set_without_the_old(tmp_path: Path, opened) -> None:
    folder = tmp_path / "vault"
    vault = opened(folder, new=True)
    code = vault.make_recovery_code()
    vault.close()
    vault = opened(folder, code, kind="recovery")
    assert refused(lambda: vault.set_passphrase("  ")) == "vault.passphrase_empty"
    vault.set_passphrase("after the code")
    vault.close()
    assert refused(lambda: opened(folder)) == "vault.wrong_passphrase"
    opened(folder, "after the code").close()
    opened(folder, code, kind="recovery").close()


def test_a_demo_needs_no_passphrase(tmp_path: Path, opened) -> None:
    opened(tmp_path / "demo", None, new=True).close()
    assert is_unprotected(tmp_path / "demo")
    assert opened(tmp_path / "demo", "whatever").is_unprotected


def test_a_place_that_is_taken_is_left_alone(tmp_path: Path, vault) -> None:
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "letter.txt").write_text("x")
    assert refused(lambda: create(tmp_path / "full", "p", cost=CHEAP)) == "vault.folder_not_empty"
    assert refused(lambda: create(vault.folder, "p", cost=CHEAP)) == "vault.exists"
    assert refused(lambda: create(tmp_path / "new", "  ", cost=CHEAP)) == "vault.passphrase_empty"
    assert not (tmp_path / "new").exists()
    assert [path.name for path in (tmp_path / "full").iterdir()] == ["letter.txt"]


def test_a_second_instance_is_told_and_the_next_one_gets_in(tmp_path: Path, opened, vault) -> None:
    assert refused(lambda: opened(vault.folder)) == "vault.already_open"
    script = (
        "import sys; from pathlib import Path; from kamdesk.model.messages import KamdeskError\n"
        "from kamdesk.store.vault import Secret, open_vault\n"
        "try: open_vault(Path(sys.argv[1]), Secret('correct horse'))\n"
        "except KamdeskError as error: print(error.message.code)\n"
    )
    run = subprocess.run(
        [sys.executable, "-c", script, str(vault.folder)], capture_output=True, text=True, check=True
    )
    assert run.stdout.strip() == "vault.already_open"
    vault.close()
    opened(vault.folder)


# --- damage ------------------------------------------------------------------------------------------------


def closed(opened, folder: Path, people: int = 3) -> Path:
    vault = opened(folder, new=True)
    for number in range(people):
        add_person(vault.store, f"Человек {number}", "x" * 2000)
    vault.close()
    return folder


def test_nothing_is_opened_where_nothing_is(tmp_path: Path, opened) -> None:
    assert refused(lambda: opened(tmp_path)) == "vault.missing"
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", ["vault.json", "vault.json.copy"])
@pytest.mark.parametrize("damage", ["cut", "gone", "empty", "changed", "large"])
def test_one_good_copy_of_the_header_is_enough(tmp_path: Path, opened, name: str, damage: str) -> None:
    folder = closed(opened, tmp_path / "vault", 1)
    path = folder / name
    text = path.read_text("utf-8")
    if damage == "gone":
        path.unlink()
    else:
        path.write_text(
            {
                "cut": text[:100],
                "empty": "",
                "changed": text.replace("argon2id", "argon2di"),
                "large": text + " " * 70_000,
            }[damage],
            "utf-8",
        )
    opened(folder).close()
    opened(folder).close()
    if damage == "gone" or name == "vault.json":
        assert json.loads(path.read_text("utf-8")) == json.loads(text)


def test_without_a_good_copy_the_reason_is_said(tmp_path: Path, opened) -> None:
    folder = closed(opened, tmp_path / "vault", 1)
    for name in ("vault.json", "vault.json.copy"):
        (folder / name).write_text("{", "utf-8")
    assert refused(lambda: opened(folder)) == "vault.header_damaged"


def _set_header(folder: Path, change) -> None:
    from kamdesk.store.keys import _checksum

    for name in ("vault.json", "vault.json.copy"):
        document = json.loads((folder / name).read_text("utf-8"))
        change(document["vault"])
        document["checksum"] = _checksum(document["vault"])
        (folder / name).write_text(json.dumps(document), "utf-8")


def test_a_newer_or_greedy_header_is_refused(tmp_path: Path, opened) -> None:
    folder = closed(opened, tmp_path / "vault", 1)
    _set_header(folder, lambda body: body["slots"][0]["kdf"].update(memory_kib=64 * 1024 * 1024))
    assert refused(lambda: opened(folder)) == "vault.greedy_header"
    _set_header(folder, lambda body: body.update(format=2))
    assert refused(lambda: opened(folder)) == "vault.newer"


def test_a_database_of_a_newer_program_stays_untouched(tmp_path: Path, opened) -> None:
    folder = tmp_path / "vault"
    vault = opened(folder, new=True)
    vault.store.on_writer(lambda c: c.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'"))
    vault.close()
    before = (folder / "data.db").read_bytes()
    assert refused(lambda: opened(folder)) == "vault.newer"
    assert (folder / "data.db").read_bytes() == before


@pytest.mark.parametrize(
    "content", [None, b"", b"short", b"SQLite format 3\x00" + bytes(5000), os.urandom(8192)]
)
def test_a_swapped_database_is_damage_and_never_a_fresh_vault(
    tmp_path: Path, opened, content: bytes | None
) -> None:
    folder = closed(opened, tmp_path / "vault", 1)
    path = folder / "data.db"
    path.unlink()
    if content is not None:
        path.write_bytes(content)
    assert refused(lambda: opened(folder)) == ("vault.data_missing" if content is None else "vault.damaged")
    assert (path.read_bytes() if path.exists() else None) == content


@pytest.mark.parametrize("seed", range(7, 11))
def test_flipped_bits_are_said_to_be_damage(seed: int, tmp_path: Path, opened) -> None:
    """200 flips in four parts, one at a time: either the page was never needed, or the message is of damage.

    One more in each part is on the first page, which is always needed.
    """
    folder = closed(opened, tmp_path / "vault")
    path = folder / "data.db"
    good = path.read_bytes()
    rng = random.Random(seed)
    codes: dict[str, int] = {}
    for spot in (rng.randrange(4096), *(rng.randrange(len(good)) for _ in range(50))):
        path.write_bytes(good[:spot] + bytes([good[spot] ^ (1 << rng.randrange(8))]) + good[spot + 1 :])
        try:
            vault = opened(folder)
            try:
                # Every page of the file is read: the hash of each is checked by SQLCipher.
                people = names(vault)
                faults = vault.store.raw_writer(
                    lambda c: c.connection.execute("PRAGMA cipher_integrity_check").fetchall()
                )
                assert len(people) == 3 and faults, "a flipped bit went unseen"
                code = "seen by the cipher check"
            finally:
                vault.close()
        except KamdeskError as error:
            code = error.message.code
        codes[code] = codes.get(code, 0) + 1
    assert set(codes) <= {"vault.damaged", "vault.damaged_inside", "seen by the cipher check"}
    assert codes.get("vault.damaged", 0) + codes.get("vault.damaged_inside", 0) > 0


def test_a_file_swapped_under_an_open_vault_is_noticed(tmp_path: Path, vault) -> None:
    path = vault.folder / "data.db"
    copy = tmp_path / "copy.db"
    copy.write_bytes(path.read_bytes())
    path.unlink()
    copy.rename(path)
    assert refused(lambda: add_client(vault.store, "Клиент")) == "vault.replaced"
    path.unlink()
    assert refused(lambda: add_client(vault.store, "Клиент")) == "vault.replaced"


# --- places ------------------------------------------------------------------------------------------------


def test_synced_folders_are_warned_about(tmp_path: Path) -> None:
    assert cautions(tmp_path) == ()
    (message,) = cautions(tmp_path / "Yandex.Disk" / "vault")
    assert message.code == "vault.in_synced_folder"


def test_a_folder_that_cannot_be_written_is_said(tmp_path: Path, opened) -> None:
    if os.geteuid() == 0:
        pytest.skip("root may write everywhere; the tmpfs tests cover a read-only medium")
    folder = closed(opened, tmp_path / "vault", 1)
    for path in (folder, *folder.rglob("*")):
        path.chmod(0o500 if path.is_dir() else 0o400)
    try:
        assert refused(lambda: opened(folder)) == "vault.cannot_write"
        assert refused(lambda: create(folder / "inner", "p", cost=CHEAP)) == "vault.cannot_write"
    finally:
        for path in (folder, *folder.rglob("*")):
            path.chmod(0o700)


def test_the_newest_migration_is_the_one_the_program_knows(repository: Path) -> None:
    found = sorted((repository / "kamdesk/store/migrations/versions").glob("[0-9]*.py"))
    assert found[-1].name.startswith(f"{migrate.HEAD}_")
