"""What the attacks share: the command line as a script uses it, demo vaults, a disk of a few megabytes."""

from __future__ import annotations

import io
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from kamdesk.cli.command import run


@dataclass(frozen=True)
class Said:
    """What one verb answered: exit code, parsed JSON, and the words on standard error."""

    code: int
    result: Any
    words: str


Call = Callable[..., Said]


@pytest.fixture(autouse=True)
def cheap_keys(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KAMDESK_KDF_MEMORY_KIB", "1024")


@pytest.fixture
def call() -> Call:
    """Run a verb in this process: what is not a problem told in words is raised and fails the test."""

    def verb(*arguments: object) -> Said:
        out, err = io.StringIO(), io.StringIO()
        code = run(["--json", *map(str, arguments)], out, err)
        text = out.getvalue()
        return Said(code, json.loads(text) if text.strip() else None, err.getvalue())

    return verb


@pytest.fixture(scope="session")
def demos(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """A demo vault in each language, to be copied and never changed."""
    made = {}
    for language in ("ru", "en"):
        folder = tmp_path_factory.mktemp("demo") / language
        assert run(["demo", "--into", str(folder), "--language", language], io.StringIO(), sys.stderr) == 0
        made[language] = folder
    return made


@pytest.fixture
def demo(demos: dict[str, Path], tmp_path: Path) -> Path:
    """A Russian demo vault of this test's own."""
    return Path(shutil.copytree(demos["ru"], tmp_path / "demo"))


@pytest.fixture
def client(demo: Path, call: Call) -> str:
    """The name of the demo's client."""
    return str(call("--vault", demo, "clients").result[0]["name"])


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 6 MB of its own."""
    place = tmp_path / "disk"
    place.mkdir()
    if sys.platform != "linux" or os.geteuid() != 0:
        pytest.skip("only root on Linux can mount a small disk")
    made = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=6m", "tmpfs", str(place)], capture_output=True, check=False
    )
    if made.returncode:
        pytest.skip("this system does not let a small disk be mounted")
    yield place
    subprocess.run(["umount", "-l", str(place)], check=True)


def fill(place: Path) -> Path:
    """Write until the disk is full; the file to remove afterwards."""
    ballast = place / "ballast"
    try:
        with ballast.open("wb", buffering=0) as stream:
            while True:
                stream.write(bytes(1024))
    except OSError:
        return ballast


def state(vault: Path, call: Call) -> str:
    """Everything of a demo vault's content, to compare before and after an attack."""
    rows = {}
    for name in (row["id"] for row in call("--vault", vault, "clients").result):
        said = call("--vault", vault, "show", "client", name, "--format", "dossier", "--level", "everything")
        rows[name] = said.result
    return json.dumps(rows, sort_keys=True)
