"""What the box on top finds: hits of the search service as lines that lead to their pages."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from kamdesk.desktop.kit import Kit
from kamdesk.desktop.navigation.search_box import Provider
from kamdesk.desktop.navigation.target import Hit, Target
from kamdesk.model.messages import N_

if TYPE_CHECKING:
    from kamdesk.bootstrap import Workplace
    from kamdesk.services.interaction_views import InteractionView
    from kamdesk.services.searching import SearchHit

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


def search_provider(kit: Kit, workplace: Workplace, go: Callable[[Target], object]) -> Provider:
    """A provider of the box; called in the reading lane."""

    def to_history(interaction_id: str) -> None:
        kit.queries.run(lambda: _place_of(workplace.interactions.view(interaction_id)), go)

    def hit(found: SearchHit) -> Hit:
        words, icon, kind = PAGES.get(found.target_table, (N_("Other"), "search", found.target_table))
        detail = " · ".join(part for part in (found.detail, found.matched) if part)
        target = Target(kind, found.target_id)
        run = (lambda: to_history(found.target_id)) if kind == "interaction" else (lambda: go(target))
        return Hit(kit.words.gettext(words), found.title, detail, icon, run=run)

    return lambda text: [hit(found) for found in workplace.searching.find(text)]


def _place_of(view: InteractionView) -> Target:
    """An interaction has no page of its own: it stands in the history of the client, else of the first person who was there."""
    if view.organisation_id:
        return Target("client", view.organisation_id, "history")
    there = next((one.id for one in view.people if not one.ours), None)
    return Target("person", there) if there else Target("clients")
