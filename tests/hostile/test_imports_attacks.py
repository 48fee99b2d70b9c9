"""Hostile files through the real ``import``, and hostile words through the real ``search`` (trust.md, Tables and contacts, Packages)."""

from __future__ import annotations

import json
import re
import resource
import time
import zipfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest

from tests.hostile.conftest import Call, state

HEAD = {"format": "kamdesk-dossier", "version": 1}


def raw(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")


def dossier(**more: Any) -> bytes:
    return raw(json.dumps({**HEAD, **more}, ensure_ascii=False))


def _open(inside: str) -> str:
    return '{"format": "kamdesk-dossier", "version": 1, ' + inside


BOMBS: dict[str, Callable[[], bytes]] = {
    "100,000 deep": lambda: raw(_open('"people": ' + "[" * 100_000)),
    "100,000 deep and closed": lambda: raw(_open('"people": ' + "[" * 100_000 + "]" * 100_000 + "}")),
    "objects deep": lambda: raw(_open('"a": ' + '{"a":' * 50_000 + "1" + "}" * 50_001)),
    "NaN": lambda: raw(_open('"people": [{"influence": NaN}]}')),
    "Infinity": lambda: raw(_open('"people": [{"influence": -Infinity}]}')),
    "a key twice": lambda: raw(_open('"people": [{"id": "a", "id": "b", "family_name": "X"}]}')),
    "version 99": lambda: raw('{"format": "kamdesk-dossier", "version": 99}'),
    "version true": lambda: raw('{"format": "kamdesk-dossier", "version": true}'),
    "version 1e400": lambda: raw('{"format": "kamdesk-dossier", "version": 1e400}'),
    "cut": lambda: dossier(people=[{"id": "1", "family_name": "Иванов"}])[:-9],
    "utf-16": lambda: dossier().decode().encode("utf-16"),
    "a million rows": lambda: raw(_open('"people": [' + "{}," * 1_000_000 + "{}]}")),
    "65 MB": lambda: raw(_open('"program": "' + "x" * (65 * 1024 * 1024) + '"}')),
    "bytes behind": lambda: dossier() + b"PK\x03\x04",
}


@pytest.mark.parametrize("name", BOMBS)
def test_a_dossier_that_cannot_be_read_changes_nothing(
    name: str, demo: Path, call: Call, tmp_path: Path
) -> None:
    file = tmp_path / "dossier.json"
    file.write_bytes(BOMBS[name]())
    before = state(demo, call)
    began, memory = time.process_time(), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    said = call("--vault", demo, "import", file)
    assert time.process_time() - began < 5
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - memory < 400 * 1024
    assert (said.code, said.result) == (1, None)
    assert said.words.strip()
    assert state(demo, call) == before


ROWS: dict[str, dict[str, Any]] = {
    "a huge number": {"influence": 10**400},
    "a list for a text": {"family_name": ["a"]},
    "an object for a text": {"family_name": {"$ref": "#"}},
    "a lone surrogate": {"family_name": "\ud800"},
    "NUL": {"family_name": "a\x00b"},
    "an unknown gender": {"gender": "__class__"},
    "a stance beyond the scale": {"stance": 99},
    "a number for a link": {"photo_id": 5},
    "a link to nobody": {"photo_id": "nobody"},
    "a date that is none": {"stance_date": "2026-02-30"},
    "a text for a number": {"influence": "'; DROP TABLE person; --"},
    "three million letters": {"family_name": "x" * 3_000_000},
}


@pytest.mark.parametrize("name", ROWS)
def test_a_row_that_cannot_be_taken_is_told_by_its_place(
    name: str, demo: Path, call: Call, tmp_path: Path
) -> None:
    file = tmp_path / "d.json"
    row = {"id": "p1", "family_name": "Новиков", **ROWS[name]}
    file.write_bytes(raw(json.dumps({**HEAD, "people": [row, {"id": "p2", "family_name": "Целый"}]})))
    said = call("--vault", demo, "import", file)
    assert said.code == 0
    assert [row["name"] for row in said.result["created"]][-1] == "Целый"
    told = said.result["skipped"] + [row for row in said.result["created"] if row.get("notes")]
    assert told or said.result["remarks"]
    assert all(row["why"] for row in said.result["skipped"])
    assert "people[0]" in json.dumps(said.result)


def test_an_id_of_somebody_else_s_row_is_not_moved_between_tables(
    demo: Path, client: str, call: Call, tmp_path: Path
) -> None:
    """Ids of a stranger's file may equal ours: nothing of ours may be deleted or handed to another owner."""
    own = call(
        "--vault", demo, "show", "client", client, "--format", "dossier", "--level", "everything"
    ).result
    note = own["facts"][0]
    file = tmp_path / "d.json"
    file.write_bytes(
        raw(json.dumps({**HEAD, "people": [{"id": note["id"], "family_name": "Чужой"}], "organisations": []}))
    )
    before = state(demo, call)
    said = call("--vault", demo, "import", file)
    assert said.code in (0, 1)
    after = json.loads(state(demo, call))
    kept = next(iter(after.values()))
    assert next(row for row in kept["facts"] if row["id"] == note["id"]) == note
    assert json.loads(before).keys() <= after.keys()


def _xlsx(**parts: bytes) -> bytes:
    target = BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name.replace("__", "/").replace("_xml", ".xml"), data)
    return target.getvalue()


CARD = "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Новиков Илья\r\n{}\r\nEND:VCARD\r\n"
CONTACTS: dict[str, tuple[str, Callable[[], bytes]]] = {
    "nothing": ("a.csv", lambda: b""),
    "only NUL": ("a.csv", lambda: bytes(10_000)),
    "an unclosed quote": ("a.csv", lambda: 'ФИО;Почта\n"'.encode() + b"x" * (3 * 2**20)),
    "a million columns": ("a.csv", lambda: "ФИО".encode() + b";" * 1_000_000 + b"\n"),
    "a zip of nothing": ("a.xlsx", lambda: b"PK\x05\x06" + bytes(18)),
    "a sheet that swells": ("a.xlsx", lambda: _xlsx(xl__worksheets__sheet1_xml=b"<a>" + b" " * (200 * 2**20) + b"</a>")),
    "a password": ("a.xlsx", lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(5000)),
    "cards nested": ("a.vcf", lambda: ("BEGIN:VCARD\r\n" * 3000).encode()),
    "a line of 20 MB": ("a.vcf", lambda: CARD.format("NOTE:" + "x" * (20 * 2**20)).encode()),
    "a photo by address": ("a.vcf", lambda: CARD.format("PHOTO;VALUE=uri:http://127.0.0.1:9/x.jpg").encode()),
    "a photo that is a bomb": (
        "a.vcf", lambda: CARD.format("PHOTO;ENCODING=b;TYPE=PNG:iVBORw0KGgoAAAANSUhEUgAA//8AAP//CAIAAAA=").encode(),
    ),
    "a folder": ("a.txt", lambda: b"\x00\x01\x02" * 999),
}  # fmt: skip


@pytest.mark.parametrize("name", CONTACTS)
def test_contact_files_end_in_a_report_or_a_reason(
    name: str, demo: Path, call: Call, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def forbidden(*_: object) -> None:
        raise AssertionError("a connection was made")

    monkeypatch.setattr("socket.socket.connect", forbidden)
    file_name, make = CONTACTS[name]
    file = tmp_path / file_name
    file.write_bytes(make())
    before = len(call("--vault", demo, "people").result)
    said = call("--vault", demo, "import", file)
    people = call("--vault", demo, "people").result
    if said.code:
        assert (said.code, said.result) == (1, None)
        assert file_name in said.words or len(said.words) > 20
        assert len(people) == before
    else:
        created = [row["name"] for row in said.result["created"]]
        assert len(people) == before + len(created)
    assert "Traceback" not in said.words


def test_formulas_and_commands_stay_text(demo: Path, call: Call, tmp_path: Path) -> None:
    names = [
        "=cmd|' /C calc'!A0",
        "+7(495)",
        "@SUM(1)",
        "-2+3",
        "＝1＋1",
        "\t=1",
        "Robert'); DROP TABLE person;--",
        "${jndi:x}",
    ]
    file = tmp_path / "a.csv"
    file.write_text("Фамилия;Имя\n" + "".join(f'"{name}";Иван\n' for name in names), "utf-8")
    said = call("--vault", demo, "import", file)
    assert said.code == 0
    accounted = [
        *said.result["created"],
        *said.result["skipped"],
        *said.result["same"],
        *said.result["updated"],
    ]
    assert len(accounted) == len(names)
    assert all(re.search(r"\d", row["source"]) for row in accounted)


def test_paths_that_are_no_files(demo: Path, call: Call, tmp_path: Path) -> None:
    for path in (tmp_path, "/dev/zero", "/nowhere/at/all.csv", "a\x00b", "x" * 5000, ""):
        said = call("--vault", demo, "import", path)
        assert (said.code, said.result) == (1, None), path
        assert said.words.strip()
        assert call("template", "check", path).code == 1


@pytest.mark.parametrize(
    "text",
    ["иван-петров", "C++", '"', '""', "(", ")", "*", "a*", "^", "' OR 1=1 --", "я" * 10_000, "я " * 5000, "NEAR(a b)", "AND", "NOT",
     "name:x", "{a b}: c", "\x00", "\ud800", "%", "_", "\\", "😀", "\u202e", "-", "--", "ё" * 3, "a OR b", "+", "  "],
)  # fmt: skip
def test_no_words_break_the_search(text: str, demo: Path, call: Call) -> None:
    said = call("--vault", demo, "search", "--", text)
    assert (said.code, said.words) == (0, "")
    assert isinstance(said.result, list)
    assert call("--vault", demo, "search", "--limit", "-5", "--", text).code == 0


@pytest.mark.parametrize("name", ["' OR 1=1 --", "%", "", "\ud800", "x" * 10_000, "../..", "*"])
def test_names_that_are_nobody_s(name: str, demo: Path, call: Call, tmp_path: Path) -> None:
    for verb in (
        ("show", "client"),
        ("show", "person"),
        ("people", "--client"),
        ("propose", "--group", "--output", tmp_path / "o"),
    ):
        said = call("--vault", demo, *verb, name)
        assert said.code == 1 or (name == "" and verb[0] == "people"), verb
    assert not (tmp_path / "o").exists()
