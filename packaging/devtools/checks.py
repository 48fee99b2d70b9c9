"""``dev.py check``: everything that is judged without running the program."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final

from devtools import translations

ROOT: Final = Path(__file__).resolve().parent.parent.parent
_INDEXES: Final = (
    "py" + "pi.org",
    "python" + "hosted",
    "npm" + "js.org",
    "--index" + "-url",
    "--find" + "-links",
)
_MACHINE: Final = r"(?<![\w.~])/(?:work/(?:main|shared|\.library)|root/|home/\w+/|opt/(?:pypi|wheels))"
_UNFINISHED: Final = r"\b(?:TO" + r"DO|FIX" + r"ME)\b"


def tracked_files() -> list[Path]:
    """Every file that git knows and that is there. Raises CalledProcessError outside a clone."""
    listing = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, check=True, capture_output=True).stdout
    paths = [ROOT / name for name in listing.decode().split("\0") if name]
    return [path for path in paths if path.is_file()]


def forbidden(paths: list[Path] | None = None) -> list[str]:
    """Lines that no file may have: an address in a lock, a package index, a path of one machine, unfinished work."""
    found = []
    for path in tracked_files() if paths is None else paths:
        content = path.read_bytes()
        if b"\0" in content:
            continue
        for number, line in enumerate(content.decode("utf-8", "replace").splitlines(), 1):
            found += [f"{path.relative_to(ROOT)}:{number}: {what}" for what in _faults(path, line)]
    return found


def _faults(path: Path, line: str) -> Iterator[str]:
    if path.parent.name == "packaging" and path.suffix == ".txt" and "://" in line:
        yield "an address in a list of requirements"
    if (
        any(index in line for index in _INDEXES)
        and path.relative_to(ROOT).as_posix() != "packaging/devtools/lock.py"
    ):
        yield "names a package index"
    if re.search(_MACHINE, line):
        yield "names a path of one machine"
    if re.search(_UNFINISHED, line):
        yield "unfinished work"


def main() -> int:
    """Run every check, all of them, and say which failed. Returns 1 where one did."""
    tool = [sys.executable, "-m"]
    sources = ["kamdesk", "tests", "packaging", "dev.py"]
    steps: list[tuple[str, Callable[[], list[str]] | list[str]]] = [
        ("format", [*tool, "ruff", "format", "--check", "--output-format", "concise", *sources]),
        ("ruff", [*tool, "ruff", "check", "--quiet", "--output-format", "concise", *sources]),
        ("mypy", [*tool, "mypy"]),
        ("imports", [sys.executable, "-c", "from importlinter.cli import lint_imports_command as c; c()"]),
        ("translations", translations.problems),
        ("forbidden", forbidden),
    ]
    failed = []
    for name, step in steps:
        if isinstance(step, list):
            result = subprocess.run(
                step, cwd=ROOT, check=False, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
            )
            words, good = result.stdout, result.returncode == 0
        else:
            faults = step()
            words, good = "\n".join(faults), not faults
        print(f"{name}: {'ok' if good else 'FAILED'}", flush=True)
        if not good:
            failed.append(name)
            print(words, flush=True)
    print(f"check: failed: {', '.join(failed)}" if failed else "check: all well")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
