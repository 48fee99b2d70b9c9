"""What every test has: no screen, a home of its own, fixed language, and the fixtures for outside help.

Set before any test module is imported, since Qt and the folders of the program are looked up on import.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import settings

ROOT = Path(__file__).resolve().parent.parent
_HOME = tempfile.mkdtemp(prefix="kamdesk-tests-")

os.environ.update(
    {
        "QT_QPA_PLATFORM": "offscreen",
        "QT_QPA_PLATFORMTHEME": "",
        "LANG": "C.UTF-8",
        "LC_ALL": "C.UTF-8",
        "LANGUAGE": "en",
        "TZ": "Europe/Moscow",
        "HOME": _HOME,
        "XDG_CONFIG_HOME": f"{_HOME}/config",
        "XDG_DATA_HOME": f"{_HOME}/data",
        "XDG_CACHE_HOME": f"{_HOME}/cache",
        "XDG_STATE_HOME": f"{_HOME}/state",
        "XDG_RUNTIME_DIR": f"{_HOME}/runtime",
    }
)
Path(_HOME, "runtime").mkdir(mode=0o700)

settings.register_profile("kamdesk", max_examples=60, deadline=None, derandomize=True)
settings.load_profile("kamdesk")


def pytest_unconfigure() -> None:
    """Remove this process's home."""
    shutil.rmtree(_HOME, ignore_errors=True)


@pytest.fixture(scope="session")
def repository() -> Path:
    """The root of the clone."""
    return ROOT


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """Sample files written by other programs, kept beside the clone."""
    folder = ROOT.parent / "shared" / "data"
    if not folder.is_dir():
        pytest.skip("the samples of other programs (../shared/data) are not beside this clone")
    return folder


@pytest.fixture
def soffice(tmp_path: Path) -> Iterator[Callable[[Path, str], Path]]:
    """Convert a file by LibreOffice under a profile of its own: ``soffice(file, "pdf")`` gives the new file.

    Two conversions on one profile write nothing and say nothing; hence the profile for each test.
    """
    program = shutil.which("soffice")
    if program is None:
        pytest.skip("LibreOffice (soffice) is not installed")
    with tempfile.TemporaryDirectory(prefix="kamdesk-office-") as profile:

        def convert(source: Path, form: str) -> Path:
            target = tmp_path / "soffice"
            target.mkdir(exist_ok=True)
            result = subprocess.run(
                [program, f"-env:UserInstallation=file://{profile}", "--headless", "--convert-to", form,
                 "--outdir", str(target), str(source)],
                check=False, capture_output=True, text=True, timeout=50,
            )  # fmt: skip
            made = target / f"{source.stem}.{form.split(':')[0]}"
            assert made.is_file(), (
                f"LibreOffice made nothing of {source.name}: {result.stdout}{result.stderr}"
            )
            return made

        yield convert
