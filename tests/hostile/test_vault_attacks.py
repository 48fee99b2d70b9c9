"""The vault from outside: headers made by an enemy, odd passphrases, interrupted changes of keys (trust.md, Vault)."""

from __future__ import annotations

import base64
import contextlib
import itertools
import json
import os
import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from kamdesk.model.messages import KamdeskError
from kamdesk.store import durable, keys
from kamdesk.store import vault as vaults
from kamdesk.store.keys import HEADER_NAMES, KdfCost, read_header
from kamdesk.store.vault import Secret, create, open_vault
from tests.hostile.conftest import Call

CHEAP = KdfCost(1024, 1, 1)


def refusal(work: Callable[[], Any]) -> str:
    with pytest.raises(KamdeskError) as raised:
        work()
    return raised.value.message.code


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    create(tmp_path / "vault", "p", cost=CHEAP).close()
    return tmp_path / "vault"


def forge(folder: Path, change: Callable[[dict[str, Any]], object], *names: str) -> None:
    """Change the header and give it the checksum that belongs to it, as an attacker would."""
    for name in names or HEADER_NAMES:
        body = json.loads((folder / name).read_text("utf-8"))["vault"]
        change(body)
        document = {"vault": body, "checksum": keys._checksum(body)}
        (folder / name).write_text(json.dumps(document), "utf-8")


def kdf(**values: Any) -> Callable[[dict[str, Any]], object]:
    return lambda body: body["slots"][0]["kdf"].update(values)


def slot(**values: Any) -> Callable[[dict[str, Any]], object]:
    return lambda body: body["slots"][0].update(values)


FORGED: dict[str, tuple[Callable[[dict[str, Any]], object], str]] = {
    "64 GiB": (kdf(memory_kib=64 * 1024 * 1024), "vault.greedy_header"),
    "a million passes": (kdf(time=1_000_000), "vault.greedy_header"),
    "a thousand lanes": (kdf(parallelism=1000), "vault.greedy_header"),
    "no memory": (kdf(memory_kib=0), "vault.header_damaged"),
    "less than nothing": (kdf(memory_kib=-5), "vault.header_damaged"),
    "endless memory": (kdf(memory_kib=float("inf")), "vault.header_damaged"),
    "no passes": (kdf(time=0), "vault.header_damaged"),
    "no lanes": (kdf(parallelism=0), "vault.header_damaged"),
    "no salt": (kdf(salt=""), "vault.header_damaged"),
    "a long salt": (kdf(salt="A" * 4000), "vault.header_damaged"),
    "no nonce": (slot(nonce=""), "vault.header_damaged"),
    "no wrapped key": (slot(wrapped=""), "vault.header_damaged"),
    "a demo without key": (slot(kind="unprotected", wrapped=""), "vault.header_damaged"),
    "another key in the open": (
        slot(kind="unprotected", wrapped=base64.b64encode(bytes(32)).decode()), "vault.damaged",
    ),
    "an unknown kind": (slot(kind="x"), "vault.wrong_passphrase"),
    "no slots": (lambda body: body.update(slots=[]), "vault.wrong_passphrase"),
    "slots of text": (lambda body: body.update(slots="abc"), "vault.header_damaged"),
    "an id that is no text": (lambda body: body.update(vault_id="\ud800"), "vault.header_damaged"),
    "another id": (lambda body: body.update(vault_id="other"), "vault.wrong_passphrase"),
    "format -1": (lambda body: body.update(format=-1), "vault.header_damaged"),
    "format without end": (lambda body: body.update(format=float("inf")), "vault.header_damaged"),
    "format 99": (lambda body: body.update(format=99), "vault.newer"),
}  # fmt: skip


@pytest.mark.parametrize("name", FORGED)
def test_a_forged_header_is_refused_with_a_reason(name: str, folder: Path) -> None:
    change, code = FORGED[name]
    forge(folder, change)
    before = {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}
    assert refusal(lambda: open_vault(folder, Secret("p"))) == code
    assert {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()} == before


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "null",
        '{"vault": 5, "checksum": 1}',
        "[" * 30_000,
        '{"vault":{"format":1e999}}',
        "\x00" * 99,
    ],
)
def test_a_header_that_is_something_else(text: str, folder: Path) -> None:
    for name in HEADER_NAMES:
        (folder / name).write_text(text, "utf-8")
    assert refusal(lambda: open_vault(folder, Secret("p"))) == "vault.header_damaged"


def test_200_random_bit_flips_in_one_copy_are_mended_and_in_both_are_told(folder: Path) -> None:
    whole = {name: (folder / name).read_bytes() for name in HEADER_NAMES}
    rng = random.Random(11)
    codes = set()
    for _ in range(200):
        name = rng.choice(HEADER_NAMES)
        damaged = bytearray(whole[name])
        damaged[rng.randrange(len(damaged))] ^= 1 << rng.randrange(8)
        (folder / name).write_bytes(damaged)
        assert read_header(folder) == keys._from_json(whole[name].decode())
        assert json.loads((folder / name).read_text("utf-8")) == json.loads(whole[name])
        for each in HEADER_NAMES:
            (folder / each).write_bytes(damaged)
        try:
            read_header(folder)
        except KamdeskError as error:
            codes.add(error.message.code)
        for each, data in whole.items():
            (folder / each).write_bytes(data)
    assert codes <= {"vault.header_damaged", "vault.newer"}


def test_a_newer_copy_is_not_overwritten_by_an_older_one(folder: Path) -> None:
    forge(folder, lambda body: body.update(format=2), "vault.json")
    before = (folder / "vault.json").read_bytes()
    assert refusal(lambda: read_header(folder)) == "vault.newer"
    assert (folder / "vault.json").read_bytes() == before


def test_memory_that_the_system_will_not_give_is_said(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def greedy(*_: object) -> bytes:
        raise keys.HashingError("Memory allocation error")

    monkeypatch.setattr(keys, "hash_secret_raw", greedy)
    assert refusal(lambda: open_vault(folder, Secret("p"))) == "vault.no_memory"
    monkeypatch.undo()
    open_vault(folder, Secret("p")).close()


def _break_fsync(monkeypatch: pytest.MonkeyPatch, at: int) -> None:
    """Let the disk fail at one call only, the first being 0."""
    real, calls = os.fsync, itertools.count()

    def failing(handle: int) -> None:
        if next(calls) == at:
            raise OSError(5, "Input/output error")
        real(handle)

    monkeypatch.setattr(durable.os, "fsync", failing)


def test_a_code_that_was_never_shown_replaces_none(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The disk fails at the n-th write of the header: either all holds, or the old code and passphrase do."""
    vault = open_vault(folder, Secret("p"), cost=CHEAP)
    code, passphrase = vault.make_recovery_code(), "p"
    for broken_at in range(8):
        _break_fsync(monkeypatch, broken_at)
        with contextlib.suppress(KamdeskError):
            code = vault.make_recovery_code()
        with contextlib.suppress(KamdeskError):
            vault.change_passphrase(passphrase, f"p{broken_at}")
            passphrase = f"p{broken_at}"
        monkeypatch.undo()
        vault.close()
        open_vault(folder, Secret(code, "recovery"), cost=CHEAP).close()
        vault = open_vault(folder, Secret(passphrase), cost=CHEAP)
    vault.close()
    assert not list(folder.glob("*.part"))


def test_a_folder_of_a_vault_is_for_its_owner_alone(folder: Path) -> None:
    assert folder.stat().st_mode & 0o077 == 0


def test_five_wrong_ones_and_then_the_right_one(tmp_path: Path, call: Call) -> None:
    secret = tmp_path / "p.txt"
    options = ("--vault", tmp_path / "v", "--passphrase-file", secret)
    secret.write_text("верно\n", "utf-8")
    assert call(*options, "init").code == 0
    for wrong in ("Верно", "верн", "верно ", "dthyj", ""):
        secret.write_text(wrong, "utf-8")
        said = call(*options, "clients")
        assert (said.code, said.result) == (1, None)
        assert "passphrase does not fit" in said.words
    secret.write_text("верно\r\nсовсем другая строка", "utf-8-sig")
    assert call(*options, "clients").result == []


@pytest.mark.parametrize(
    "passphrase",
    [
        "a'b\"c`;--",
        "100%s %n {0}",
        "x\x00y",
        "я" * 1000,
        f"x'{'0' * 64}'",
        f"x'{'0' * 96}'",
        " x ",
        "\u202eж",
        "é",
    ],
)
def test_any_passphrase_of_a_file_opens_its_vault_and_no_other_does(
    passphrase: str, tmp_path: Path, call: Call
) -> None:
    secret = tmp_path / "p.txt"
    options = ("--vault", tmp_path / "v", "--passphrase-file", secret)
    secret.write_text(passphrase, "utf-8", newline="")
    assert call(*options, "init").code == 0
    assert call(*options, "clients").result == []
    for other in (passphrase[:-1], passphrase + "\x00", passphrase.swapcase() + "'", "0" * 64):
        secret.write_text(other, "utf-8", newline="")
        assert call(*options, "clients").code == 1


def test_a_recovery_code_with_any_one_wrong_digit_names_its_group(folder: Path) -> None:
    vault = open_vault(folder, Secret("p"), cost=CHEAP)
    code = vault.make_recovery_code()
    vault.close()
    for at, digit in enumerate(code):
        if digit == "-":
            continue
        wrong = code[:at] + str((int(digit) + 3) % 10) + code[at + 1 :]
        with pytest.raises(KamdeskError) as raised:
            keys.clean_recovery_code(wrong)
        assert raised.value.message.params["group"] == at // 7 + 1
    open_vault(folder, Secret(f" {code.replace('-', ' – ')} ", "recovery"), cost=CHEAP).close()


def test_a_missing_or_toothless_driver_is_said(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import sqlite3

    from kamdesk.store import connection

    monkeypatch.setattr(connection, "dbapi2", sqlite3)
    assert refusal(lambda: open_vault(folder, Secret("p"))) == "vault.no_cipher"
    assert refusal(lambda: vaults.create(folder.parent / "new", "p")) == "vault.no_cipher"
    assert not (folder.parent / "new").exists()
