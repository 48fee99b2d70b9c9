"""The program itself among others: pipes that close, consoles that cannot show a letter, a user who stops it."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


def started(*arguments: object, **environment: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-m", "kamdesk", *map(str, arguments)],
        env={**os.environ, "PYTHONPATH": str(ROOT), **environment},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )


def test_a_reader_that_leaves_is_no_fault(demos: dict[str, Path]) -> None:
    process = started("--vault", demos["ru"], "people", "--json")
    assert process.stdout is not None
    assert process.stderr is not None
    process.stdout.close()
    assert process.stderr.read() == b""
    assert process.wait() == 141
    process.stderr.close()


@pytest.mark.parametrize("encoding", ["ascii", "cp1251", "cp866", "utf-8"])
def test_json_is_right_in_every_encoding_of_a_pipe(
    encoding: str, demos: dict[str, Path], tmp_path: Path
) -> None:
    out, err = started("--vault", demos["ru"], "clients", "--json", PYTHONIOENCODING=encoding).communicate()
    assert err == b""
    assert json.loads(out.decode(encoding))[0]["name"].startswith("Сосногорье")
    out, err = started("--vault", demos["ru"], "clients", PYTHONIOENCODING=encoding).communicate()
    assert (out != b"", err) == (True, b"")
    _, err = started(
        "--interface", "ru", "--vault", tmp_path / "нет", "clients", PYTHONIOENCODING=encoding
    ).communicate()
    assert err
    assert b"Traceback" not in err


def test_ctrl_c_ends_without_a_traceback(tmp_path: Path) -> None:
    process = started("demo", "--into", tmp_path / "v", "--output", tmp_path / "out")
    for _ in range(2000):
        if (tmp_path / "v" / "vault.json").exists():
            break
        time.sleep(0.01)
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=40)
    assert b"Traceback" not in err, err
    assert (process.returncode, out) in ((130, b""), (0, out)), err


@pytest.mark.parametrize(
    "verb", [["search", b"a\xffb"], ["show", "client", b"\xff"], ["people", "--client", b"\xd8\x00"[:1]]]
)
def test_bytes_that_are_no_text(verb: list[str | bytes], demos: dict[str, Path]) -> None:
    ended = subprocess.run(
        [sys.executable, "-m", "kamdesk", "--vault", str(demos["en"]), *verb],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        check=False,
    )
    assert ended.returncode in (0, 1)
    assert b"Traceback" not in ended.stderr
