"""The pages of the manual and which of them belongs to which place; knows no widget."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Final

FIRST: Final = "start"

ORDER: Final = (
    "start", "clients", "people", "proposals", "library", "our_company", "import", "settings", "protection", "keys",
)  # fmt: skip
"""The order of the contents."""

_OF_KIND: Final = {
    "client": "clients",
    "group": "clients",
    "organisation": "clients",
    "person": "people",
    "proposal": "proposals",
    "argument": "library",
    "objection": "library",
    "case_study": "library",
    "recommender": "library",
    "company": "our_company",
    "colleague": "our_company",
}


@dataclass(frozen=True)
class HelpPage:
    """One page: its name (of the file) and its title (its first line)."""

    name: str
    title: str


def page_for(kind: str) -> str:
    """The page of the manual for a kind of place; the first page where there is none of its own."""
    name = _OF_KIND.get(kind, kind)
    return name if name in ORDER else FIRST


def pages(folder: Path) -> list[HelpPage]:
    """The pages of one language in the order of the contents. Raises OSError when the installation is incomplete."""
    found = []
    for name in ORDER:
        with (folder / f"{name}.md").open(encoding="utf-8") as stream:
            found.append(HelpPage(name, stream.readline().lstrip("# ").strip()))
    return found
