"""Debian packages behind the program and its tests: what is missing, and installing it where we may.

Elsewhere, or without root, the missing packages are named in one command to copy; nothing is guessed.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Final

WINDOW: Final = (
    "libgl1", "libegl1", "libglib2.0-0", "libxkbcommon0", "libdbus-1-3", "libfontconfig1",
    "libxcb-cursor0", "libxcb-icccm4", "libxcb-keysyms1", "libxcb-shape0", "libxkbcommon-x11-0", "libcups2",
    "fonts-dejavu-core", "fonts-liberation2",
)  # fmt: skip
TEST_PROGRAMS: Final = {
    "soffice": ("libreoffice-writer-nogui",),
    "pdftotext": ("poppler-utils",),
    "Xvfb": ("xvfb",),
    "openbox": ("openbox",),
    "xdotool": ("xdotool",),
    "cupsd": ("cups", "cups-client"),
    "cups-pdf": ("printer-driver-cups-pdf",),
}
_PLACES: Final = (
    *os.environ.get("PATH", "").split(os.pathsep),
    "/usr/sbin",
    "/sbin",
    "/usr/lib/cups/backend",
)


def is_debian() -> bool:
    """Whether packages come from apt here."""
    return sys.platform == "linux" and all(shutil.which(name) for name in ("apt-get", "dpkg-query"))


def missing_packages(wanted: Sequence[str]) -> list[str]:
    """Those of ``wanted`` that no installed package is or provides (names change from release to release)."""
    listing = subprocess.run(
        ["dpkg-query", "-W", "-f", "${db:Status-Abbrev}|${Package}|${Provides}\n"],
        check=True, capture_output=True, text=True,
    ).stdout  # fmt: skip
    present = set()
    for line in listing.splitlines():
        state, package, provides = line.split("|", 2)
        if state.startswith("ii"):
            present.add(package)
            present.update(word.strip().split(" ")[0].split(":")[0] for word in provides.split(","))
    return [name for name in wanted if name not in present]


def missing_programs() -> list[str]:
    """Packages of the programs that tests use and that are not found."""
    path = os.pathsep.join(_PLACES)
    return [
        package
        for program, packages in TEST_PROGRAMS.items()
        if shutil.which(program, mode=os.F_OK, path=path) is None
        for package in packages
    ]


def provide(*, tests: bool) -> None:
    """Install what the window, and with ``tests`` what the tests need; or name it and go on.

    Whatever is really lacking then fails where it is used, right below the name of its package.
    """
    if not is_debian():
        return
    missing = missing_packages(WINDOW) + (missing_programs() if tests else [])
    if not missing:
        return
    if os.geteuid() != 0:
        print(f"Missing Debian packages. As root: apt-get install {' '.join(missing)}", file=sys.stderr)
        return
    install(missing)


def install(packages: Sequence[str]) -> None:
    """apt-get install without a question asked; once more after a failure. Exits with a message if that fails."""
    print(f"Installing Debian packages: {' '.join(packages)}", flush=True)
    with _no_services():
        for attempt in (1, 2):
            _apt("update")
            if _apt("install", "--yes", "--no-install-recommends", *packages) == 0:
                return
            print(f"apt-get failed (attempt {attempt})", file=sys.stderr, flush=True)
    sys.exit(f"These Debian packages could not be installed: {' '.join(packages)}")


def _apt(*arguments: str) -> int:
    """One quiet apt-get run; what it said is shown when it fails. Returns its exit code."""
    result = subprocess.run(
        ["apt-get", "-qq", "-o", "Dpkg::Use-Pty=0", "-o", "DPkg::Lock::Timeout=300", "-o", "Acquire::Retries=3", *arguments],
        check=False, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
        env={**os.environ, "DEBIAN_FRONTEND": "noninteractive", "NEEDRESTART_MODE": "a"},
    )  # fmt: skip
    if result.returncode:
        print("\n".join(result.stdout.splitlines()[-15:]), file=sys.stderr)
    return result.returncode


@contextmanager
def _no_services() -> Iterator[None]:
    """Keep packages from starting daemons where no systemd runs (containers, CI): the start would hang or fail."""
    policy = Path("/usr/sbin/policy-rc.d")
    if policy.exists() or Path("/run/systemd/system").is_dir():
        yield
        return
    policy.write_text("#!/bin/sh\nexit 101\n", encoding="ascii")
    policy.chmod(0o755)
    try:
        yield
    finally:
        policy.unlink(missing_ok=True)
