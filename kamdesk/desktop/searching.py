"""What the box on top finds: hits of the search service as lines that lead to their pages."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from kamdesk.desktop.kit import Kit
from kamdesk.desktop.navigation.search_box import Provider
from kamdesk.desktop.navigation.target import Hit, Target
from kamdesk.model.messages import N_
from kamdesk.services.searching import SearchHit, Searching

PAGES: Final[dict[str, tuple[str, str, str]]] = {
    "organisation": (N_("Clients"), "organisation", "client"),
    "person": (N_("People"), "person", "person"),
    "proposal": (N_("Proposals"), "proposals", "proposal"),
    "interaction": (N_("History"), "history", "interaction"),
    "argument": (N_("Arguments"), "argument", "argument"),
    "objection": (N_("Objections"), "argument", "objection"),
    "case_study": (N_("Cases"), "case", "case_study"),
    "recommender": (N_("Recommenders"), "recommender", "recommender"),
    "colleague": (N_("Our company"), "company", "colleague"),
}
"""Table of a hit → its group in words, its drawing, the kind of page that shows it."""


def search_provider(kit: Kit, searching: Searching, go: Callable[[Target], object]) -> Provider:
    """A provider of the box; called in the reading lane."""

    def hit(found: SearchHit) -> Hit:
        words, icon, kind = PAGES.get(found.target_table, (N_("Other"), "search", found.target_table))
        detail = " · ".join(part for part in (found.detail, found.matched) if part)
        target = Target(kind, found.target_id)
        return Hit(kit.words.gettext(words), found.title, detail, icon, run=lambda: go(target))

    return lambda text: [hit(found) for found in searching.find(text)]
