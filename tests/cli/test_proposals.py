"""The verbs about proposals: the list, a new version, what differs."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest

from kamdesk.bootstrap import make_demo
from kamdesk.cli.command import run


@pytest.fixture
def vault(tmp_path: Path) -> Path:
    place, _client = make_demo(tmp_path / "vault", "en")
    place.close()
    return tmp_path / "vault"


def call(*arguments: object) -> object:
    out, err = io.StringIO(), io.StringIO()
    assert run(["--interface", "en", *map(str, arguments)], out, err) == 0, err.getvalue()
    return out.getvalue()


def test_a_version_is_made_and_compared(vault: Path) -> None:
    listed = json.loads(call("--vault", vault, "--json", "proposals"))
    first = listed[0]["id"]
    assert listed[0]["version"] == 1
    made = json.loads(call("--vault", vault, "--json", "proposal-version", first))
    assert made["version"] == 2
    found = json.loads(call("--vault", vault, "--json", "proposal-compare", first, made["id"]))
    assert {one["section"] for one in found["rows"]} <= {"about", "terms", "documents"}
    assert found["differences"] == len(found["rows"])
    everything = json.loads(call("--vault", vault, "--json", "proposal-compare", first, made["id"], "--all"))
    assert len(everything["rows"]) > 20
    assert "About the proposal" in str(call("--vault", vault, "proposal-compare", first, made["id"]))


def test_an_unknown_proposal_is_told(vault: Path) -> None:
    err = io.StringIO()
    assert run(["--vault", str(vault), "proposal-compare", "x", "y"], io.StringIO(), err) == 1
    assert "x" in err.getvalue()
