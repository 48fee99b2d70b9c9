"""The wheel holds the program with its resources, and starts without the clone."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from devtools import build


def test_the_wheel_finds_its_own_resources(repository: Path, tmp_path: Path) -> None:
    if not (repository / "README.md").is_file():
        pytest.skip("README.md, which the wheel shows as its description, is not in this tree")
    made = build.wheel(tmp_path / "dist")
    installed = tmp_path / "installed"
    with zipfile.ZipFile(made) as archive:
        archive.extractall(installed)
    code = (
        "from kamdesk.resources import resources_folder as folder\n"
        "from kamdesk.translation import Translator\n"
        "print(folder()); Translator('ru')"
    )
    shown = subprocess.run(
        [sys.executable, "-c", code], check=True, capture_output=True, text=True, cwd=tmp_path,
        env={"PYTHONPATH": str(installed), "PATH": ""},
    ).stdout  # fmt: skip
    assert Path(shown.strip()) == installed / "kamdesk" / "resources"
