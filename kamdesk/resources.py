"""Where the files that ship with the program are: beside the package in a clone, inside it when installed."""

from __future__ import annotations

from functools import cache
from pathlib import Path


@cache
def resources_folder() -> Path:
    """The folder ``resources``. Raises FileNotFoundError when the installation is incomplete."""
    here = Path(__file__).resolve().parent
    for candidate in (here / "resources", here.parent / "resources"):
        if (candidate / "vocabulary.json").is_file():
            return candidate
    raise FileNotFoundError("resources")
