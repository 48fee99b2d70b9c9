"""The one command surface for developers. Standard library only; works in a fresh clone and on every system.

python3 dev.py run [arguments]     start kamdesk from this clone
python3 dev.py demo                build the demo vault and its documents, then show the window
python3 dev.py test [arguments]    pytest, two processes
python3 dev.py check               format, lint, types, import arrows, translations, forbidden things
python3 dev.py bench [--quick] [--json] [--make]
python3 dev.py build               wheel, and a folder bundle where PyInstaller is installed
python3 dev.py translate [--add FILE] [--missing] [--prune]
python3 dev.py schema             write the schema of the open dossier format anew
python3 dev.py lock [--upgrade]    make packaging/requirements*.txt anew
"""

from __future__ import annotations

import argparse
import importlib.util
import locale
import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent
sys.path.insert(0, str(ROOT / "packaging"))

from devtools import debian, environment  # noqa: E402 (the line above makes it found from any folder)


def run(arguments: Sequence[str]) -> int:
    """Start kamdesk with the given arguments."""
    debian.provide(tests=False)
    python = environment.ensure("run")
    _compile_words(python)
    return _call([python, "-m", "kamdesk", *arguments])


def demo(arguments: Sequence[str]) -> int:
    """Build the demo vault and its documents by the command line, then show the window where there is a display."""
    parser = argparse.ArgumentParser(prog="dev.py demo", description=demo.__doc__)
    parser.add_argument("--language", choices=("ru", "en"), default=_language())
    parser.add_argument("--no-window", action="store_true", help="only build")
    options = parser.parse_args(arguments)
    debian.provide(tests=False)
    python = environment.ensure("run")
    _compile_words(python)
    vault, output = ROOT / "demo-vault", ROOT / "demo-output"
    if vault.exists():
        print(f"Removing the earlier demo vault {vault}", flush=True)
        shutil.rmtree(vault)
    code = _call(
        [
            python,
            "-m",
            "kamdesk",
            "--interface",
            options.language,
            "demo",
            "--into",
            vault,
            "--language",
            options.language,
            "--output",
            output,
        ]
    )
    if code:
        return code
    print(f"\nThe demo vault: {vault}\nIts documents:  {output}")
    print("It opens again with: python3 dev.py run --vault demo-vault")
    if options.no_window or not _has_display():
        print("No window: " + ("not asked for" if options.no_window else "there is no display here"))
        return 0
    return _call([python, "-m", "kamdesk", "--vault", vault])


def test(arguments: Sequence[str]) -> int:
    """Run pytest in two processes; its summary comes last, and 5 (no test ran) is a failure like any other."""
    debian.provide(tests=True)
    python = environment.ensure("dev")
    alone = any(one.startswith(("-n", "--pdb", "no:xdist")) for one in arguments)
    parallel = [] if alone else ["-n", "2", "--dist", "loadfile"]
    return _call(
        [python, "-m", "pytest", "--durations=25", *parallel, *arguments], QT_QPA_PLATFORM="offscreen"
    )


def check(arguments: Sequence[str]) -> int:
    """Everything that is judged without running the program."""
    _no_more(arguments, "check")
    return _call([environment.ensure("dev"), "-m", "devtools.checks"])


def bench(arguments: Sequence[str]) -> int:
    """Measure; the arguments are those of tests/bench."""
    debian.provide(tests=True)
    python = environment.ensure("dev")
    _compile_words(python)
    return _call([python, "-m", "tests.bench", *arguments], QT_QPA_PLATFORM="offscreen")


def build(arguments: Sequence[str]) -> int:
    """Make what is handed out, in ``dist``."""
    _no_more(arguments, "build")
    return _call([environment.ensure("dev"), "-m", "devtools.build"])


def translate(arguments: Sequence[str]) -> int:
    """Extract strings into the Russian catalogue and merge translations."""
    if (
        importlib.util.find_spec("babel") is not None
    ):  # an environment is at work already: no need to look at it
        python = Path(sys.executable)
    else:
        python = environment.ensure("dev")
    return _call([python, "-m", "devtools.translations", *arguments])


def schema(arguments: Sequence[str]) -> int:
    """Write the schema of the open dossier format from the declarations."""
    _no_more(arguments, "schema")
    return _call([environment.ensure("dev"), "-m", "devtools.schema"])


def lock(arguments: Sequence[str]) -> int:
    """Make the locked requirements anew."""
    from devtools import lock as locking

    return locking.main(arguments)


VERBS = {
    "run": run, "demo": demo, "test": test, "check": check, "bench": bench, "build": build, "translate": translate,
    "schema": schema, "lock": lock,
}  # fmt: skip


def _call(command: Sequence[str | Path], **variables: str) -> int:
    """Run a command from the clone's root, with our own words in UTF-8. Returns its exit code."""
    env = {**os.environ, "PYTHONUTF8": "1", **variables}
    paths = [str(ROOT), str(ROOT / "packaging"), env.get("PYTHONPATH", "")]
    env["PYTHONPATH"] = os.pathsep.join(path for path in paths if path)
    relative = [
        Path(word).resolve() if isinstance(word, Path) and not word.is_absolute() else word
        for word in command
    ]
    try:
        return subprocess.run(relative, check=False, cwd=ROOT, env=env).returncode
    except KeyboardInterrupt:
        return 130


def _compile_words(python: Path) -> None:
    """Compile the translations: the program reads the source file too, but slower."""
    _call([python, "-m", "devtools.translations", "--compile"])


def _language() -> str:
    """The interface language for this machine: English where the locale says so, else Russian."""
    if os.name == "nt":
        name = locale.getlocale()[0] or ""
    else:  # read here, since Python takes the plain C locale for American English
        name = next((os.environ[key] for key in ("LC_ALL", "LC_MESSAGES", "LANG") if os.environ.get(key)), "")
    return "en" if name.lower().startswith("en") else "ru"


def _has_display() -> bool:
    if os.environ.get("CI"):
        return False
    return sys.platform != "linux" or bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def _no_more(arguments: Sequence[str], verb: str) -> None:
    if arguments:
        sys.exit(f"dev.py {verb} takes no arguments")


def main() -> int:
    """Dispatch a verb. Returns its exit code; 2 with the list of verbs where there is none."""
    if len(sys.argv) < 2 or sys.argv[1] not in VERBS:
        print(__doc__)
        return 0 if sys.argv[1:] in (["--help"], ["-h"], ["help"]) else 2
    return VERBS[sys.argv[1]](sys.argv[2:])


if __name__ == "__main__":
    sys.exit(main())
