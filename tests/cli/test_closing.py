"""The verbs of what follows a sending, in the demo."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from kamdesk.bootstrap import Workplace
from kamdesk.cli.command import run


@pytest.fixture
def vault(tmp_path: Path, demo_copy: Callable[[Path, str], Workplace]) -> Path:
    """The demo with one more proposal, sent today."""
    place = demo_copy(tmp_path / "vault", "ru")
    client = next(row.id for row in place.organisations.list() if row.kind == "client")
    proposal = place.proposals.start(client, subject="Линия розлива")
    today = place.store.now().date()
    place.proposals.set_status(proposal, "sent", next_date=today)
    place.close()
    return tmp_path / "vault"


def said(vault: Path, *words: str) -> Any:
    out, err = io.StringIO(), io.StringIO()
    assert run(["--vault", str(vault), "--interface", "ru", *words, "--json"], out, err) == 0, err.getvalue()
    return json.loads(out.getvalue())


def test_steps_needles_and_verdict(vault: Path) -> None:
    found = said(vault, "closing", "Линия розлива")
    assert [one["kind"] for one in found["steps"]] == ["sent", "receipt", "next_steps", "urgency", "dated"]
    assert set(found["neediness"]) == {"value", "limit", "parts"}
    assert found["verdict"]["code"] and found["verdict"]["text"]
    done = said(
        vault, "closing", "done", "Линия розлива", "--step", "receipt", "--result", "Получили", "--by", "call"
    )
    assert done["status"] == "receipt_confirmed"
    assert done["steps"][1]["result"] == "Получили"
    reopened = said(vault, "closing", "reopen", "Линия розлива", "--step", "receipt")
    assert reopened["status"] == "sent"
    out, err = io.StringIO(), io.StringIO()
    assert run(["--vault", str(vault), "--interface", "ru", "closing", "Линия розлива"], out, err) == 0
    assert "Безразличие" in out.getvalue()
    assert run(["--vault", str(vault), "closing", "done", "Линия розлива"], out, err) == 1
    assert "--step" in err.getvalue()


def test_an_amount_that_is_none_is_told_as_any_wrong_option(vault: Path, capsys) -> None:
    out, err = io.StringIO(), io.StringIO()
    words = ["--vault", str(vault), "concession", "add", "Гарант", "Скидка", "--cost", "много"]
    assert run(words, out, err) == 2
    assert "--cost: invalid amount value" in capsys.readouterr().err


def test_concessions(vault: Path) -> None:
    client = said(vault, "closing", "Линия розлива")["client"]
    before = said(vault, "concessions", client)["concessions"]
    made = said(
        vault, "concession", "add", client, "Отсрочка", "--cost", "1500.50", "--proposal", "Линия розлива"
    )
    found = said(vault, "concessions", client)
    assert len(found["concessions"]) == len(before) + 1
    one = next(row for row in found["concessions"] if row["id"] == made["id"])
    assert (one["cost"], one["for_nothing"], one["proposal"]) == ("1500.50", True, "Линия розлива")
    assert any(row["currency"] == "RUB" for row in found["effect"])
