"""The tree itself: nothing of one machine, no package index, locks complete, the command surface answers."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from devtools import checks, debian


def _names(path: Path) -> set[str]:
    return set(re.findall(r"^([a-z0-9.-]+)==", path.read_text(encoding="utf-8"), re.MULTILINE))


def test_no_file_names_an_index_or_a_machine(repository: Path) -> None:
    if not (repository / ".git").exists():
        pytest.skip("not a clone: git cannot say which files belong to the project")
    assert checks.forbidden() == []


def test_forbidden_words_are_seen(repository: Path) -> None:
    scratch = repository / "packaging" / "requirements.txt"
    found = [
        *checks._faults(scratch, "x @ https://example.org/x.whl"),
        *checks._faults(scratch, "see /ro" + "ot/x"),
    ]
    assert found == ["an address in a list of requirements", "names a path of one machine"]
    assert [*checks._faults(scratch, "sqlalchemy==2.1")] == []


def test_locks_cover_what_pyproject_asks_for(repository: Path) -> None:
    project = tomllib.loads((repository / "pyproject.toml").read_text(encoding="utf-8"))
    wanted = [*project["project"]["dependencies"], *project["dependency-groups"]["dev"]]
    names = {re.split(r"[<>=\[; ]", one)[0].lower().replace("_", "-") for one in wanted}
    folder = repository / "packaging"
    run, dev = _names(folder / "requirements.txt"), _names(folder / "requirements-dev.txt")
    assert names <= run | dev
    assert not run & dev


def test_every_locked_package_has_hashes(repository: Path) -> None:
    for path in (repository / "packaging").glob("requirements*.txt"):
        packages = re.split(r"^(?=[a-z0-9])", path.read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]
        assert packages
        assert [one.split()[0] for one in packages if one.count("--hash=sha256:") < 1] == []


def test_the_command_surface_lists_its_verbs(repository: Path) -> None:
    """With the system's own libraries only: -S -I hides the environment."""
    shown = subprocess.run(
        [sys.executable, "-S", str(repository / "dev.py"), "--help"],
        check=True,
        capture_output=True,
        text=True,
    ).stdout
    for verb in ("run", "demo", "test", "check", "bench", "build", "translate", "lock"):
        assert f"dev.py {verb}" in shown


def test_missing_debian_packages_are_found_by_what_is_provided() -> None:
    if not debian.is_debian():
        pytest.skip("not a Debian system")
    assert debian.missing_packages(["dpkg", "no-such-package"]) == ["no-such-package"]
