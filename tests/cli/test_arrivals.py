"""Capture, attach and calendar on the command line."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest

from kamdesk.cli.command import run
from tests.exchange.arrivals import invitation, mail


@pytest.fixture
def call(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, demo_copy):
    """Run a verb on a demo vault of this test's own; gives (code, result, words)."""
    monkeypatch.setenv("KAMDESK_KDF_MEMORY_KIB", "1024")
    folder = tmp_path / "demo"
    demo_copy(folder, "ru").close()

    def verb(*arguments: object):
        out, err = io.StringIO(), io.StringIO()
        code = run(["--json", "--vault", str(folder), "--interface", "en", *map(str, arguments)], out, err)
        return code, json.loads(out.getvalue()) if out.getvalue().strip() else None, err.getvalue()

    verb.client = verb("clients")[1][0]["name"]
    return verb


def test_capture_saves_what_was_said(call) -> None:
    line = "Встреча с Самариным, обещал прислать ТЗ до пятницы"
    code, dry, _ = call("capture", line, "--dry-run")
    assert code == 0 and [one["kind"] for one in dry] == ["interaction", "promise_theirs"]
    assert not any(one["id"] for one in dry)
    code, saved, _ = call("capture", line)
    assert code == 0 and all(one["id"] for one in saved)
    warned = ("Самарин увлекается парусом", "Факт: Самарин верующий")
    code, two, _ = call("capture", *warned)
    assert code == 0 and two[0]["id"] and not two[1]["id"] and "верующий" in two[1]["warning"]
    code, one, _ = call("capture", warned[1])
    assert code == 0 and not one[0]["id"]
    code, one, _ = call("capture", warned[1], "--keep-warned")
    assert code == 0 and one[0]["id"]
    code, nothing, words = call("capture", "просто мысль")
    assert code == 1 and nothing is None and words


def test_files_become_what_they_are(call, tmp_path: Path) -> None:
    (tmp_path / "a.ics").write_bytes(invitation())
    (tmp_path / "b.eml").write_bytes(mail())
    (tmp_path / "c.txt").write_text("Турбина", encoding="utf-8")
    files = [tmp_path / name for name in ("a.ics", "b.eml", "c.txt")]
    code, dry, _ = call("attach", *files, "--client", call.client, "--dry-run")
    assert code == 0 and [one["became"] for one in dry] == ["meeting", "mail", "file"]
    code, made, words = call("attach", *files, "--client", call.client)
    assert code == 0, words
    assert all(one["id"] for one in made)
    again = call("attach", *files[:2])[1]
    assert [one["change"] for one in again] == ["same", "same"]
    assert call("search", "турбина")[1]
    code, wrote, _ = call("calendar", made[0]["id"], "--output", tmp_path / "out")
    assert code == 0 and b"uid-1@progress.ru" in Path(wrote["file"]).read_bytes()
    code, wrote, _ = call("calendar", "--output", tmp_path / "out")
    assert code == 0 and b"FREQ=YEARLY" in Path(wrote["file"]).read_bytes()


def test_a_file_for_nobody_is_refused(call, tmp_path: Path) -> None:
    (tmp_path / "c.txt").write_bytes(b"x")
    code, _, words = call("attach", tmp_path / "c.txt")
    assert code == 1 and words


def test_too_much_for_one_capture_is_told(call, monkeypatch) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("строка\n" * 20_000))
    code, _saved, words = call("capture")
    assert code == 1 and "100" in words
