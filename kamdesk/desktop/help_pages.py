"""The pages of the manual and which of them belongs to which place; knows no widget."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

FIRST: Final = "start"

ORDER: Final = (
    "start", "today", "clients", "influence_map", "business", "history", "people", "capture", "arrivals", "brief", "search",
    "lists", "proposals", "sending", "closing", "library", "template", "texts", "our_company", "who_knows", "duplicates", "trash", "standard",
    "printing", "import", "settings", "protection", "keys",
)  # fmt: skip
"""The order of the contents."""

OF_KIND: Final[Mapping[str, str]] = {
    "today": "today",
    "dates": "today",
    "clients": "lists",
    "people": "lists",
    "client": "clients",
    "client/business": "business",
    "client/deals": "business",
    "client/map": "influence_map",
    "client/history": "history",
    "client/proposals": "proposals",
    "client/files": "arrivals",
    "person": "people",
    "person/history": "history",
    "person/files": "arrivals",
    "person/objections": "library",
    "maps": "influence_map",
    "who_knows": "who_knows",
    "brief": "brief",
    "proposals": "proposals",
    "proposal": "proposals",
    "proposal/documents": "sending",
    "proposal/closing": "closing",
    "library": "library",
    "argument": "library",
    "objection": "library",
    "case_study": "library",
    "recommender": "library",
    "price_item": "library",
    "templates": "template",
    "template": "template",
    "texts": "texts",
    "text_template": "texts",
    "company": "our_company",
    "colleague": "our_company",
    "import": "import",
    "standard": "standard",
    "reference": "standard",
    "duplicates": "duplicates",
    "trash": "trash",
    "settings": "settings",
}
"""Kind of page, or kind and tab, → the page of the manual."""


@dataclass(frozen=True)
class HelpPage:
    """One page: its name (of the file) and its title (its first line)."""

    name: str
    title: str


def place_of(kind: str, tab: str = "") -> str:
    """A place as :func:`page_for` takes it; of a tab such as ``history:<id>`` only the tab counts."""
    return f"{kind}/{tab.split(':')[0]}" if tab else kind


def page_for(place: str) -> str:
    """The page for a place (a kind, ``kind/tab``, or a page itself); the first page where there is none of its own."""
    kind = place.split("/")[0]
    name = OF_KIND.get(place) or OF_KIND.get(kind) or kind
    return name if name in ORDER else FIRST


def pages(folder: Path) -> list[HelpPage]:
    """The pages of one language in the order of the contents. Raises OSError when the installation is incomplete."""
    found = []
    for name in ORDER:
        with (folder / f"{name}.md").open(encoding="utf-8") as stream:
            found.append(HelpPage(name, stream.readline().lstrip("# ").strip()))
    return found
