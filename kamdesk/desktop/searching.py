"""What the box on top finds: hits of the search service as lines that lead to their pages."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Final

from kamdesk.desktop.kit import Kit
from kamdesk.desktop.navigation.search_box import Provider
from kamdesk.desktop.navigation.search_hits import Answer, Note
from kamdesk.desktop.navigation.target import Hit, Target
from kamdesk.desktop.pages import client_tabs, person_tabs
from kamdesk.model.messages import N_
from kamdesk.model.written import write_date
from kamdesk.rules.search_query import FILTERS, KINDS

if TYPE_CHECKING:
    from kamdesk.bootstrap import Workplace
    from kamdesk.services.interaction_views import InteractionView
    from kamdesk.services.searching import SearchHit

PAGES: Final[dict[str, tuple[str, str, str]]] = {
    "organisation": (N_("Clients"), "organisation", "client"),
    "person": (N_("People"), "person", "person"),
    "deal": (N_("Deals"), "money", "deal"),
    "proposal": (N_("Proposals"), "proposals", "proposal"),
    "interaction": (N_("History"), "history", "interaction"),
    "argument": (N_("Arguments"), "argument", "argument"),
    "objection": (N_("Objections"), "argument", "objection"),
    "case_study": (N_("Cases"), "case", "case_study"),
    "recommender": (N_("Recommenders"), "recommender", "recommender"),
    "price_item": (N_("Price list"), "money", "price_item"),
    "colleague": (N_("Our company"), "company", "colleague"),
    "template": (N_("Templates"), "template", "template"),
    "text_template": (N_("Texts of letters"), "mail", "text_template"),
}
"""Table of a hit → its group in words, its drawing, the kind of page that shows it."""

_CLIENT_TABS: Final[Mapping[str, str]] = {
    "attachment": "files", "statement": "business", "unit": "decides", "seat": "decides", "expected_change": "decides", "influence_map": "map",
    "concession": "deals",
}  # fmt: skip
_PERSON_TABS: Final[Mapping[str, str]] = {"attachment": "files", "objection_use": "objections"}
_WITH_RECORD: Final = frozenset({"files", "deals"})
"""Tabs that show one record of theirs when it is named."""

_EACH: Final = 6
_OF_ONE_KIND: Final = 60


def search_provider(kit: Kit, workplace: Workplace, go: Callable[[Target], object]) -> Provider:
    """A provider of the box; called in the reading lane."""
    _ = kit.words.gettext

    def to_history(interaction_id: str) -> None:
        kit.queries.run(lambda: _place_of(workplace.interactions.view(interaction_id)), go)

    def hit(found: SearchHit) -> Hit:
        words, icon, _kind = PAGES[found.target_table]
        target = place_of_hit(found)
        lost = target.kind == "interaction"
        run = (lambda: to_history(found.target_id)) if lost else (lambda: go(target))
        parts = [found.detail]
        if found.day is not None:
            parts.insert(0, write_date(found.day, kit.words.language))
        label = kit.words.gettext(found.source_label) if found.source_label and found.matched else ""
        head = f"{label}: " if label else ""
        marks = tuple((start + len(head), end + len(head)) for start, end in found.matched_marks)
        return Hit(
            kit.words.gettext(words), found.title or _kind_of(kit, found), " · ".join(part for part in parts if part), icon,
            run=run, title_marks=found.title_marks, found=head + found.matched if found.matched else "", found_marks=marks,
        )  # fmt: skip

    def answer(text: str) -> Answer:
        language = "ru" if kit.words.language == "ru" else "en"
        one_kind = _kind_filter(language) in f" {text.casefold()}"
        found = workplace.searching.look(text, _OF_ONE_KIND if one_kind else _EACH)
        hits: list[Hit] = []
        counts = {}
        for group in found.groups:
            name = kit.words.gettext(PAGES[group.kind][0])
            hits += [hit(one) for one in group.hits]
            counts[name] = f"{group.count}+" if group.more else str(group.count)
            if group.count > len(group.hits) and not one_kind:
                more = f"{text.strip()} {_kind_filter(language).strip()}{_spelling(group.kind, language)} "
                hits.append(Hit(name, _("More in “{group}”").format(group=name), icon="more", fill=more))
        suggestions = [
            Hit(_("Filters"), one.label, icon="filter", fill=one.text, suggested=True)
            for one in workplace.searching.suggest(text, language)
        ]
        notes = [Note(kit.words.message(message), "info") for message in found.problems]
        if found.shown_for:
            notes.insert(0, Note(_("Shown for “{words}”").format(words=found.shown_for), "search"))
        value = bool(suggestions) and not suggestions[0].fill.endswith(":")
        return Answer([*suggestions, *hits] if value else [*hits, *suggestions], notes, counts)

    return answer


def place_of_hit(found: SearchHit) -> Target:
    """Where a hit leads: a page of its own, or the tab of a client or person that shows the row."""
    table, page = found.source_table, found.target_table
    if page == "organisation":
        return Target(
            "client", found.target_id, _tab(client_tabs.TABS, _CLIENT_TABS.get(table, ""), found.source_id)
        )
    if page == "person":
        return Target(
            "person", found.target_id, _tab(person_tabs.TABS, _PERSON_TABS.get(table, ""), found.source_id)
        )
    if page == "deal":
        return Target("client", found.client_id, _tab(client_tabs.TABS, "deals", found.target_id))
    if page == "interaction" and found.client_id:
        return Target("client", found.client_id, f"history:{found.target_id}")
    tab = "closing" if table == "follow_up" else ""
    return Target(PAGES[page][2], found.target_id, tab)


def _tab(tabs: tuple[str, ...], tab: str, record: str) -> str:
    """The tab, and the record in it where it can show one; "" for a tab that the page does not have."""
    if tab not in tabs:
        return ""
    return f"{tab}:{record}" if tab in _WITH_RECORD else tab


def _kind_of(kit: Kit, found: SearchHit) -> str:
    """What an interaction without a purpose is called: its kind."""
    if not found.code:
        return kit.words.gettext(PAGES[found.target_table][0])
    options = kit.vocabularies.options("interaction")
    return next((one.label for one in options if one.code == found.code), found.code)


def _kind_filter(language: str) -> str:
    return f" {FILTERS['kind'][1 if language == 'ru' else 0][0]}:"


def _spelling(kind: str, language: str) -> str:
    """How a kind is typed after ``kind:``; the Russian spellings stand behind the English ones."""
    return next(one for one in KINDS[kind] if one.isascii() == (language == "en"))


def _place_of(view: InteractionView) -> Target:
    """An interaction has no page of its own: it stands in the history of the client, else of the first person who was there."""
    if view.organisation_id:
        return Target("client", view.organisation_id, f"history:{view.id}")
    there = next((one.id for one in view.people if not one.ours), None)
    return Target("person", there, f"history:{view.id}") if there else Target("clients")
