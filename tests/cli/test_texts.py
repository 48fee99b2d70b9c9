"""The verb ``text``: what is there, a letter for a proposal and for a meeting, faults with line and column."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import pytest

from kamdesk.bootstrap import make_demo
from kamdesk.cli.command import run


@pytest.fixture(scope="module")
def vault(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("texts") / "vault"
    place, _client = make_demo(folder, "en")
    place.close()
    return folder


def call(vault: Path, *arguments: object, plain: bool = False) -> tuple[int, Any, str]:
    out, err = io.StringIO(), io.StringIO()
    words = ["--vault", str(vault), "--interface", "en", *([] if plain else ["--json"]), *map(str, arguments)]
    code = run(words, out, err)
    said = out.getvalue()
    return code, said if plain or code else json.loads(said), err.getvalue()


def test_texts_are_listed_and_filled(vault: Path) -> None:
    code, rows, _ = call(vault, "text", "list", "--language", "en")
    assert code == 0 and {row["purpose"] for row in rows} >= {"receipt", "thanks"}
    assert set(rows[0]) == {"id", "name", "purpose", "language", "own", "by_itself"}
    proposal = call(vault, "proposals")[1][0]["id"]
    code, made, _ = call(vault, "text", "render", "receipt", "--language", "en", "--proposal", proposal)
    assert code == 0 and made["subject"] and "{" not in made["body"]
    code, said, _ = call(vault, "text", "render", "Reminder", "--proposal", proposal, plain=True)
    assert code == 0 and said.count("\n") > 5


def test_faults_are_placed(vault: Path, tmp_path: Path) -> None:
    file = tmp_path / "letter.txt"
    file.write_text("Hello\n{{ client.nmae }}", "utf-8")
    code, found, _ = call(vault, "text", "check", file, "--language", "en")
    assert code == 0
    (one,) = found["findings"]
    assert (one["line"], one["column"], one["suggestion"]) == (2, 1, "{{ client.name }}")
    assert call(vault, "text", "check", "shipped.receipt.ru")[1] == {"findings": []}


@pytest.mark.parametrize(
    "words",
    [("check",), ("render", "nothing"), ("render", "receipt"), ("render", "receipt", "--proposal", "x"), ("check", "/none")],
)  # fmt: skip
def test_problems_are_told(vault: Path, words: tuple[str, ...]) -> None:
    code, _result, said = call(vault, "text", *words)
    assert code == 1 and said.strip() and "Traceback" not in said
