"""What every test has: no screen, a home of its own, fixed language, and the fixtures for outside help.

Set before any test module is imported, since Qt and the folders of the program are looked up on import.
"""

from __future__ import annotations

import gc
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
    from sqlalchemy import Connection

    from kamdesk.bootstrap import Workplace
    from tests.warm_workers import WarmWorkers

ROOT = Path(__file__).resolve().parent.parent
_ENOUGH = 4 * 1024**3
"""Bytes; a whole run leaves less than half of it."""


def _memory_disk() -> str | None:
    """A folder in memory for all temporary files, where there is room: every test waits for a disk many times otherwise.

    Made by the process that is started by hand; its test processes are told by the environment.
    """
    disk = Path("/dev/shm")
    if "PYTEST_XDIST_WORKER" in os.environ or not os.access(disk, os.W_OK):
        return None
    if shutil.disk_usage(disk).free < _ENOUGH:
        return None
    folder = tempfile.mkdtemp(prefix="kamdesk-run-", dir=disk)
    Path(folder).chmod(0o711)  # the filters of CUPS run as a user of their own and reach what is theirs
    os.environ["TMPDIR"] = tempfile.tempdir = folder
    return folder


_MEMORY = _memory_disk()
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
    """Remove this process's home, and what lies in memory."""
    for folder in filter(None, (_HOME, _MEMORY)):
        shutil.rmtree(folder, ignore_errors=True)


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
def demo_folder(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    """The demo vault of a language as of noon of 5 March 2026, made once in each process; to be copied, never changed."""
    made: dict[str, Path] = {}

    def clock() -> datetime:
        return datetime(2026, 3, 5, 12, 0).astimezone()

    def folder(language: str) -> Path:
        from kamdesk.bootstrap import make_demo

        if language not in made:
            made[language] = tmp_path_factory.mktemp(f"demo-{language}") / "vault"
            make_demo(made[language], language, clock=clock)[0].close()
        return made[language]

    return folder


@pytest.fixture(scope="session")
def demo_copy(demo_folder: Callable[[str], Path]) -> Callable[[Path, str], Workplace]:
    """``demo_copy(folder, language)`` opens a copy of the demo at noon of 5 March 2026."""

    def clock() -> datetime:
        return datetime(2026, 3, 5, 12, 0).astimezone()

    def copy(folder: Path, language: str) -> Workplace:
        from kamdesk.bootstrap import open_workplace
        from kamdesk.store.vault import Secret, open_vault

        shutil.copytree(demo_folder(language), folder)
        return open_workplace(open_vault(folder, Secret(""), clock=clock))

    return copy


@pytest.fixture(autouse=True)
def collected_between(request: pytest.FixtureRequest) -> Iterator[None]:
    """While windows stand, no thread of theirs collects: it would destroy what belongs to Qt (kamdesk.desktop.collecting)."""
    if "qapp" not in request.fixturenames:
        yield
        return
    gc.disable()
    yield
    gc.enable()


@pytest.fixture(scope="module", autouse=True)
def collected_after() -> Iterator[None]:
    """What stands between two files is there to the end (modules, mappings): no collection looks through it again.

    Two hundred thousand such objects are most of what a collection of a test costs.
    """
    yield
    gc.collect()
    gc.freeze()


@pytest.fixture(scope="session", autouse=True)
def steps_once() -> Iterator[Callable[..., None]]:
    """The first new vault of a process is made by the steps of the schema, the next from the statements that these left.

    The steps take half a second, and nearly every test has a vault. ``real_steps`` is for tests of the steps themselves.
    """
    from kamdesk.store import migrate

    steps = migrate._upgrade
    kept: list[str] = []

    def upgrade(connection: Connection, revision: str = "head") -> None:
        if revision != "head" or migrate.current(connection) is not None:
            steps(connection, revision)
        elif kept:
            for statement in kept:
                connection.exec_driver_sql(statement)
        else:
            steps(connection)
            kept.extend(_statements(connection))

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(migrate, "_upgrade", upgrade)
        yield steps


@pytest.fixture(scope="session", autouse=True)
def workers_stay_warm(tmp_path_factory: pytest.TempPathFactory) -> Iterator[WarmWorkers]:
    """A vault's worker processes serve the next test's vault too (``warm_workers.py``)."""
    from tests.warm_workers import warm_workers

    with warm_workers(tmp_path_factory.mktemp("workers")) as warm:
        yield warm


@pytest.fixture(scope="session", autouse=True)
def fonts_of_the_worker(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """A test that converts in this process has the fonts of the worker: all of the system's take five times as long.

    Only while it converts, for Qt of the same process has its own.
    """
    import dxpdf

    from kamdesk.documents.fonts import write_configuration

    convert = dxpdf.convert
    ours = str(write_configuration(tmp_path_factory.mktemp("fonts")))

    def with_fonts(*arguments: object) -> bytes:
        with pytest.MonkeyPatch.context() as patched:
            if "FONTCONFIG_FILE" not in os.environ:
                patched.setenv("FONTCONFIG_FILE", ours)
            return convert(*arguments)

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(dxpdf, "convert", with_fonts)
        yield


@pytest.fixture
def new_workers(workers_stay_warm: WarmWorkers) -> Iterator[None]:
    """The vaults of this test start their workers themselves."""
    workers_stay_warm.on = False
    yield
    workers_stay_warm.on = True


@pytest.fixture
def real_steps(monkeypatch: pytest.MonkeyPatch, steps_once: Callable[..., None]) -> None:
    """New vaults are made by the steps of the schema, as in the program."""
    from kamdesk.store import migrate

    monkeypatch.setattr(migrate, "_upgrade", steps_once)


def _statements(connection: Connection) -> list[str]:
    """What makes an empty database of the same schema; tables that a virtual one makes for itself come with it."""
    rows = connection.exec_driver_sql("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL").all()
    virtual = tuple(f"{name}_" for name, sql in rows if sql.startswith("CREATE VIRTUAL"))
    made = [sql for name, sql in rows if not name.startswith(virtual) and not name.startswith("sqlite_")]
    revision = connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar_one()
    return [*made, f"INSERT INTO alembic_version VALUES ('{revision}')"]
