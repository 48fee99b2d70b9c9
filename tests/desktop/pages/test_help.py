"""The manual: F1 opens a page for every place, in both languages, and what it tells of filters and limits is true."""

from __future__ import annotations

import re

import pytest

from kamdesk.desktop import settings_page
from kamdesk.desktop.application_sections import SECTIONS
from kamdesk.desktop.help_pages import OF_KIND, ORDER, page_for, place_of
from kamdesk.desktop.navigation.target import Target
from kamdesk.desktop.pages import client_tabs, person_tabs
from kamdesk.resources import resources_folder
from kamdesk.rules.search_query import FILTERS, KINDS
from tests.desktop.pages.conftest import Opened

LANGUAGES = ("ru", "en")


def manual(language: str, page: str) -> str:
    return (resources_folder() / "help" / language / f"{page}.md").read_text("utf-8")


@pytest.fixture
def whole(opened: Opened) -> Opened:
    """A window with every section, as the application fills it."""
    for register in SECTIONS:
        register(opened.desk)
    settings_page.register(opened.desk, lambda _minutes: None, lambda _folder: None)
    return opened


def test_every_kind_of_page_and_every_tab_has_a_page_of_the_manual(whole: Opened) -> None:
    kinds = set(whole.window._factories)
    assert {"today", "client", "person", "trash", "standard", "settings"} <= kinds
    assert kinds - OF_KIND.keys() == set(), "name its page in help_pages.OF_KIND"
    for tab in client_tabs.TABS:
        assert place_of("client", tab) in OF_KIND or tab in ("overview", "decides"), tab
    for tab in person_tabs.TABS:
        assert place_of("person", tab) in OF_KIND or tab == "card", tab
    for page in OF_KIND.values():
        assert page in ORDER
        assert all(manual(language, page).startswith("# ") for language in LANGUAGES)


def test_f1_opens_the_page_of_the_tab(whole: Opened) -> None:
    asked: list[str] = []
    whole.window.help_requested.connect(asked.append)
    for target, page in (
        (Target("today"), "today"),
        (Target("client", whole.client, "map"), "influence_map"),
        (Target("client", whole.client, "history"), "history"),
        (Target("people"), "lists"),
        (Target("trash"), "trash"),
    ):
        whole.show(target)
        whole.window.actions_table.action("window.help").trigger()
        assert page_for(asked[-1]) == page, target


def test_a_place_within_a_tab_is_the_tab() -> None:
    assert page_for(place_of("client", "history:abc")) == "history"
    assert page_for(place_of("client", "overview")) == page_for(place_of("client")) == "clients"
    assert page_for("") == page_for("anything") == "start"
    assert [page_for(page) for page in ("start", "capture", "search", "keys")] == [
        "start",
        "capture",
        "search",
        "keys",
    ]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_table_of_filters_is_whole(language: str) -> None:
    text = manual(language, "search")
    for english, russian in FILTERS.values():
        assert f"| {english[0]}: |" in text
        assert f"| {russian[0]}: |" in text
    spoken = text.casefold()
    known = {word for spellings in KINDS.values() for word in spellings}
    listed = re.search(r"(?:know|понимают:?) (.+)\.", text)
    assert listed is not None
    for word in re.split(r", ", listed[1].casefold()):
        assert word in known, word
    assert "bdfyjd" in spoken


@pytest.mark.parametrize(("language", "words"), [
    ("en", ("Malware", "keystrokes", "coercion", "CUPS")),
    ("ru", ("вредоносной", "нажатий клавиш", "принуждения", "CUPS")),
])  # fmt: skip
def test_it_says_what_is_out_of_scope(language: str, words: tuple[str, ...]) -> None:
    text = manual(language, "protection")
    for word in words:
        assert word in text


def test_both_languages_have_the_same_headings_and_links() -> None:
    for page in ORDER:
        ru, en = (manual(language, page) for language in LANGUAGES)
        assert len(re.findall(r"^#", ru, re.M)) == len(re.findall(r"^#", en, re.M)), page
        assert sorted(re.findall(r"\]\(([^)]+)\)", ru)) == sorted(re.findall(r"\]\(([^)]+)\)", en)), page
        assert ru.count("\n- ") == en.count("\n- "), page
