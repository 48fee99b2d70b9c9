"""``dev.py build``: the wheel, looked into after it was made, and a folder bundle where PyInstaller is installed."""

from __future__ import annotations

import importlib.util
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Final

from devtools import translations

ROOT: Final = Path(__file__).resolve().parent.parent.parent
DIST: Final = ROOT / "dist"
MUST_HOLD: Final = (
    "kamdesk/__init__.py",
    "kamdesk/resources/vocabulary.json",
    "kamdesk/resources/translations/ru/LC_MESSAGES/kamdesk.mo",
)


def wheel(folder: Path = DIST) -> Path:
    """Build the wheel with hatchling itself, so no network is needed. Raises SystemExit when a file is missing in it."""
    translations.compile_words()
    for old in folder.glob("*.whl"):
        old.unlink()
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", folder], cwd=ROOT, check=True
    )
    made = next(folder.glob("*.whl"))
    with zipfile.ZipFile(made) as archive:
        names = set(archive.namelist())
    missing = [name for name in MUST_HOLD if name not in names]
    if missing:
        raise SystemExit(f"{made.name} lacks {', '.join(missing)}")
    print(f"{made.name}: {len(names)} files, {made.stat().st_size:,} bytes")
    return made


def bundle() -> Path | None:
    """A folder with the program and its Python (PyInstaller, onedir); None where PyInstaller is not installed."""
    if importlib.util.find_spec("PyInstaller") is None:
        print("No bundle: PyInstaller is not installed in .venv (pip install pyinstaller, then again)")
        return None
    separator = ";" if sys.platform == "win32" else ":"
    data = f"{ROOT / 'resources'}{separator}kamdesk/resources"
    collected = (
        "docxtpl",
        "docx",
        "pytrovich",
        "pymorphy3_dicts_ru",
        "icalendar",
        "kamdesk.model.texts",
        "kamdesk.store",
    )
    subprocess.run(
        [
            sys.executable, "-m", "PyInstaller", "--noconfirm", "--onedir", "--windowed", "--name", "kamdesk",
            "--distpath", DIST / "bundle", "--workpath", ROOT / "build", "--specpath", ROOT / "build",
            "--add-data", data, *[word for name in collected for word in ("--collect-all", name)],
            ROOT / "kamdesk" / "__main__.py",
        ],
        cwd=ROOT, check=True,
    )  # fmt: skip
    made = DIST / "bundle" / "kamdesk"
    size = sum(path.stat().st_size for path in made.rglob("*") if path.is_file())
    print(f"{made.relative_to(ROOT)}: {size / 1e6:.0f} MB")
    return made


def main() -> int:
    """Build all that can be built here. Returns 0; raises when a tool fails."""
    wheel()
    bundle()
    return 0


if __name__ == "__main__":
    sys.exit(main())
