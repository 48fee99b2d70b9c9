"""The verb ``template``: check with a sample, a repaired copy, the fields."""

from __future__ import annotations

import io
import json
import sys
from pathlib import Path
from typing import Any

import pytest

from kamdesk.cli.command import run
from tests.documents.word_files import WordFile, paragraph

FAULTY = WordFile(
    paragraph("{{ клиeнт.название }} {{ клиент.назвние }}"),
    paragraph("{% if client.address %}{{ client.address }}{% endif %} {{ our.website }}"),
    paragraph("{{ блок.всё }}"),
).build()


def call(*arguments: object) -> tuple[int, Any, str]:
    out, err = io.StringIO(), io.StringIO()
    code = run(["--json", "--interface", "en", *map(str, arguments)], out, err)
    text = out.getvalue()
    return code, json.loads(text) if text.strip() else None, err.getvalue()


@pytest.fixture
def faulty(tmp_path: Path) -> Path:
    path = tmp_path / "ours.docx"
    path.write_bytes(FAULTY)
    return path


@pytest.fixture(scope="module")
def vault(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("vault") / "demo"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("KAMDESK_KDF_MEMORY_KIB", "1024")
        assert run(["demo", "--into", str(folder), "--language", "ru"], io.StringIO(), sys.stderr) == 0
    return folder


def test_a_check_says_kind_place_text_around_and_whether_repair_is_safe(faulty: Path) -> None:
    code, said, _ = call("template", "check", faulty)
    assert code == 1
    first, second = said["findings"]
    assert (first["kind"], first["place"], first["repair"]) == ("mixed_letters", "paragraph 1", "safe")
    assert (second["kind"], second["suggestion"], second["repair"]) == (
        "unknown_field", "{{ клиент.название }}", "guess",
    )  # fmt: skip
    assert second["around"] == "{{ клиeнт.название }} {{ клиент.назвние }}"
    assert second["part"] == "word/document.xml"
    assert second["number"] == 1


def test_a_fix_writes_a_copy_and_says_before_and_after(faulty: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy.docx"
    code, said, _ = call("template", "fix", faulty, "--out", copy)
    assert code == 0
    assert [(one["before"], one["after"]) for one in said["repaired"]] == [
        ("{{ клиeнт.название }}", "{{ клиент.название }}")
    ]
    assert [one["kind"] for one in said["left"]] == ["unknown_field"]
    assert faulty.read_bytes() == FAULTY
    code, said, words = call("template", "fix", faulty, "--out", copy)
    assert (code, said) == (1, None)
    assert "exists already" in words
    one = tmp_path / "one.docx"
    code, said, _ = call("template", "fix", faulty, "--out", one, "--only", 1)
    assert [item["after"] for item in said["repaired"]] == ["{{ клиент.название }}"]
    assert [item["kind"] for item in said["left"]] == ["mixed_letters"]


def test_what_is_missing_is_said(faulty: Path, tmp_path: Path) -> None:
    for arguments in (("check",), ("fix", faulty), ("fix", faulty, "--out", tmp_path / "no" / "copy.docx")):
        code, said, words = call("template", *arguments)
        assert (code, said) == (1, None)
        assert words
    assert "--vault" in call("template", "check", faulty, "--sample", "sample")[2]


def test_fields_are_searched_by_name_description_and_example() -> None:
    _, everything, _ = call("template", "fields", "--kind", "variant")
    _, some, _ = call("template", "fields", "--search", "АДРЕС")
    assert {"our.address", "client.address"} <= {one["path"] for one in some}
    assert len(some) < len(everything)
    assert set(some[0]) == {"path", "tag", "other_tag", "about", "example", "block"}
    assert {one["path"] for one in call("template", "fields", "--kind", "dossier")[1]} >= {"print.title"}


def test_what_comes_out_blank_for_a_proposal_is_named(faulty: Path, vault: Path) -> None:
    _, proposals, _ = call("--vault", vault, "proposals")
    wanted = proposals[0]["id"]
    for sample in ("sample", wanted):
        code, said, _ = call("--vault", vault, "template", "check", faulty, "--sample", sample)
        assert code == 1
        blank = [one["text"] for one in said["findings"] if one["kind"] == "blank"]
        assert not any("client.address" in text for text in blank)
    assert call("--vault", vault, "template", "check", faulty, "--sample", "nothing")[0] == 1
