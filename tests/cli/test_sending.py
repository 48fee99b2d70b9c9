"""The verbs of what leaves the house: recording a sending, the list with hashes, the exact file, drafts of e-mails."""

from __future__ import annotations

import hashlib
import io
import json
from pathlib import Path

import pytest

from kamdesk.bootstrap import make_demo
from kamdesk.cli.command import run
from kamdesk.services.generation import Audience


@pytest.fixture
def vault(tmp_path: Path) -> Path:
    place, _client = make_demo(tmp_path / "vault", "en")
    place.generation.generate(place.proposals.list()[0].id, Audience(letters=()))
    place.close()
    return tmp_path / "vault"


def call(vault: Path, *arguments: object) -> object:
    out, err = io.StringIO(), io.StringIO()
    words = ["--interface", "en", "--vault", str(vault), "--json", *map(str, arguments)]
    assert run(words, out, err) == 0, err.getvalue()
    return json.loads(out.getvalue())


def test_sent_listed_and_written_as_it_was(vault: Path, tmp_path: Path) -> None:
    proposal = call(vault, "proposals")[0]["id"]
    kept = call(vault, "send", proposal, "--next", "2999-01-11", "--channel", "platform", "--to", "E-tender")
    listed = call(vault, "sent", proposal)
    assert kept == listed
    assert {one["recipient"] for one in listed} == {"E-tender"}
    assert {one["origin"] for one in listed} == {"made"}
    keys = {"id", "file", "sha256", "size", "origin", "recipient", "person", "channel", "sent_on", "note"}
    assert all(set(one) >= keys for one in listed)
    one = listed[0]
    call(vault, "sent-file", one["id"], "--out", tmp_path / "exact.bin")
    assert hashlib.sha256((tmp_path / "exact.bin").read_bytes()).hexdigest() == one["sha256"]
    (tmp_path / "folder").mkdir()
    written = call(vault, "sent-file", one["id"], "--out", tmp_path / "folder")
    assert Path(written["path"]).name == one["file"]


def test_a_problem_is_told(vault: Path, tmp_path: Path) -> None:
    err = io.StringIO()
    words = ["--interface", "en", "--vault", str(vault), "sent-file", "nothing", "--out", str(tmp_path / "x")]
    assert run(words, io.StringIO(), err) == 1
    assert "nothing" in err.getvalue()
    assert not (tmp_path / "x").exists()


def test_drafts_are_written(vault: Path, tmp_path: Path) -> None:
    proposal = call(vault, "proposals")[0]["id"]
    drafts = call(
        vault, "mail-drafts", proposal, "--one", "--attach", "pdf,docx", "--output", tmp_path / "out"
    )
    assert len(drafts) == 1
    assert len(drafts[0]["attachments"]) == 2
    assert b"X-Unsent: 1" in Path(drafts[0]["path"]).read_bytes()
