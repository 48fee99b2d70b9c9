"""What every test has: no screen, a home of its own, fixed language, and the fixtures for outside help.

Set before any test module is imported, since Qt and the folders of the program are looked up on import.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

if TYPE_CHECKING:
    from kamdesk.bootstrap import Workplace

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

settings.register_profile("kamdesk", max_examples=40, deadline=None, derandomize=True)
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


@pytest.fixture(scope="session")
def demo_copy(tmp_path_factory: pytest.TempPathFactory) -> Callable[[Path, str], Workplace]:
    """``demo_copy(folder, language)`` opens a copy of the demo at noon of 5 March 2026; it is made once, to be quick."""
    made: dict[str, Path] = {}

    def clock() -> datetime:
        return datetime(2026, 3, 5, 12, 0).astimezone()

    def copy(folder: Path, language: str) -> Workplace:
        from kamdesk.bootstrap import make_demo, open_workplace
        from kamdesk.store.vault import Secret, open_vault

        if language not in made:
            made[language] = tmp_path_factory.mktemp(f"copied-{language}") / "vault"
            make_demo(made[language], language, clock=clock)[0].close()
        shutil.copytree(made[language], folder)
        return open_workplace(open_vault(folder, Secret(""), clock=clock))

    return copy
