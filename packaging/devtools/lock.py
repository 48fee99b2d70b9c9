"""``dev.py lock``: exact versions of everything, with the hashes of every release file, naming no package index.

A resolver runs in a throw-away environment and asks whatever index this machine's pip is set up for. It locks for all
systems and Python versions at once. Versions stay as they are unless ``--upgrade`` is given.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from devtools.environment import ROOT

FOLDER = ROOT / "packaging"
NOTE = "# Made by `python3 dev.py lock` from pyproject.toml. Do not edit.\n"
# Needed only by num2words' own command line, and published as source only: nothing here may be built on the way in.
LEFT_OUT = "docopt"


def main(arguments: Sequence[str]) -> int:
    """Write both lists anew. Returns 0; raises CalledProcessError when no set of versions fits."""
    parser = argparse.ArgumentParser(prog="dev.py lock", description=__doc__)
    parser.add_argument(
        "--upgrade", action="store_true", help="take the newest versions that pyproject.toml allows"
    )
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as scratch:
        tool = _resolver(Path(scratch))
        run_list = _compile(tool, Path(scratch), "requirements.txt", [], upgrade=options.upgrade)
        full = _compile(tool, Path(scratch), "requirements-dev.txt", ["--group", "dev"], upgrade=options.upgrade,
                        held=run_list)  # fmt: skip
    dev_list = {name: text for name, text in full.items() if name not in run_list}
    for file, content in (("requirements.txt", run_list), ("requirements-dev.txt", dev_list)):
        (FOLDER / file).write_text(NOTE + "".join(content.values()), encoding="utf-8", newline="\n")
        print(f"packaging/{file}: {len(content)} packages")
    return 0


def _resolver(scratch: Path) -> Path:
    """A uv in an environment that is thrown away."""
    subprocess.run([sys.executable, "-m", "venv", scratch / "venv"], check=True)
    folder = scratch / "venv" / ("Scripts" if os.name == "nt" else "bin")
    subprocess.run([folder / "python", "-m", "pip", "install", "--quiet", "uv"], check=True)
    return folder / "uv"


def _compile(
    tool: Path,
    scratch: Path,
    file: str,
    more: Sequence[str],
    *,
    upgrade: bool,
    held: dict[str, str] | None = None,
) -> dict[str, str]:
    """The resolved packages as text with hashes, by name. ``held`` are versions decided before."""
    target = scratch / file
    if not upgrade:
        present = [FOLDER / name for name in sorted({"requirements.txt", file}) if (FOLDER / name).is_file()]
        target.write_text("".join(one.read_text(encoding="utf-8") for one in present), encoding="utf-8")
    if held is not None:
        constraints = scratch / "held.txt"
        constraints.write_text(
            "".join(text.split("\\")[0] + "\n" for text in held.values()), encoding="utf-8"
        )
        more = [*more, "--constraint", str(constraints)]
    subprocess.run(
        [
            tool, "--no-config", "pip", "compile", "pyproject.toml", *more, "--output-file", target, "--quiet",
            "--universal", "--python-version", "3.11", "--generate-hashes", "--no-header", "--no-annotate",
            "--no-emit-index-url", "--no-emit-find-links", "--only-binary", ":all:", "--no-binary", LEFT_OUT,
            "--no-emit-package", LEFT_OUT,
        ],
        check=True, cwd=ROOT,
        env={name: value for name, value in os.environ.items() if not name.endswith("FIND_LINKS")},
    )  # fmt: skip
    return _packages(target.read_text(encoding="utf-8"))


def _packages(text: str) -> dict[str, str]:
    """The list cut into packages: a line that starts one, and its hashes."""
    found: dict[str, str] = {}
    name = ""
    for line in text.splitlines(keepends=True):
        if line[0] not in " #":
            name = line.split("==")[0]
            found.setdefault(name, "")  # a package may have one version per Python
        if name and not line.startswith(("#", "    #")):
            found[name] += line
    return found


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
