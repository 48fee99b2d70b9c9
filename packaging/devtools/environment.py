"""The environment ``.venv``: made once, remembered by a hash of the locked requirements, so that a start is instant."""

from __future__ import annotations

import hashlib
import importlib.util
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Final

from devtools import debian

ROOT: Final = Path(__file__).resolve().parent.parent.parent
VENV: Final = ROOT / ".venv"
STATE: Final = VENV / "kamdesk-environment.json"
LOCKS: Final = {"run": ("requirements.txt",), "dev": ("requirements.txt", "requirements-dev.txt")}
OLDEST: Final = (3, 11)


def python() -> Path:
    """The interpreter of the environment."""
    return VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def ensure(kind: str) -> Path:
    """Make the environment hold what ``kind`` ("run" or "dev") needs. Returns its interpreter.

    Exits with a message that says what to do where that is impossible.
    """
    if sys.version_info < OLDEST:
        sys.exit(f"kamdesk needs Python {OLDEST[0]}.{OLDEST[1]} or newer; this is {sys.version.split()[0]}.")
    if not _alive():
        _create()
    state, wanted = _state(), _fingerprint(kind)
    if wanted not in state.get("installed", []):
        _install(kind)
        known = [_fingerprint(one) for one in LOCKS if set(LOCKS[one]) <= set(LOCKS[kind])]
        STATE.write_text(json.dumps({"installed": known}), encoding="utf-8")
    _point_at_source()
    return python()


def _alive() -> bool:
    """Whether the environment's interpreter starts and is new enough."""
    if not python().is_file():
        return False
    test = f"import sys; sys.exit(sys.version_info < {OLDEST})"
    return subprocess.run([python(), "-c", test], check=False, capture_output=True).returncode == 0


def _create() -> None:
    """Make an empty environment beside ``dev.py``."""
    if importlib.util.find_spec("ensurepip") is None:  # Debian keeps it in a package of its own
        if not debian.is_debian():
            sys.exit(
                "This Python has no `ensurepip`, so no environment can be made. Install it and try again."
            )
        if os.geteuid() != 0:
            sys.exit("An environment needs a Debian package. As root: apt-get install python3-venv")
        debian.install(["python3-venv"])
    print("Making the environment .venv (once)", flush=True)
    if VENV.exists():
        shutil.rmtree(VENV)
    base = getattr(sys, "_base_executable", sys.executable)
    subprocess.run([base, "-m", "venv", VENV], check=True)


def _install(kind: str) -> None:
    """Install the locked packages. The lists are complete and nothing may be built, so no other code gets in."""
    print("Installing the locked packages (a minute or two, once)", flush=True)
    lists = [word for name in LOCKS[kind] for word in ("-r", str(ROOT / "packaging" / name))]
    command: list[str | Path] = [
        python(), "-m", "pip", "install", "-qq", "--disable-pip-version-check", "--no-deps", "--require-hashes",
        "--only-binary", ":all:", *lists,
    ]  # fmt: skip
    for attempt in (1, 2):
        if subprocess.run(command, check=False, stdin=subprocess.DEVNULL).returncode == 0:
            return
        print(f"pip failed (attempt {attempt})", file=sys.stderr, flush=True)
    sys.exit("The packages could not be installed: see pip's words above. Is the network there?")


def _point_at_source() -> None:
    """Let the environment import ``kamdesk`` from this clone: one line, no build, right again after a move."""
    if os.name == "nt":
        packages = VENV / "Lib/site-packages"
    else:
        packages = next(VENV.glob("lib/python3.*/site-packages"))
    pointer, content = packages / "kamdesk-source.pth", f"{ROOT}\n{ROOT / 'packaging'}\n"
    if not pointer.is_file() or pointer.read_text(encoding="utf-8") != content:
        pointer.write_text(content, encoding="utf-8")


def _fingerprint(kind: str) -> str:
    """What an environment of this kind is made from."""
    content = b"".join((ROOT / "packaging" / name).read_bytes() for name in LOCKS[kind])
    return hashlib.sha256(content + kind.encode()).hexdigest()


def _state() -> dict[str, list[str]]:
    """What was installed by earlier runs; empty where that is not known."""
    try:
        state: dict[str, list[str]] = json.loads(STATE.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return state
