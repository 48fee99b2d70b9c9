"""Anything may be typed into the search and into what is searched: no error, no operator, no other words."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kamdesk.services.notes import Notes
from kamdesk.services.organisations import Organisations
from kamdesk.services.searching import Searching
from kamdesk.store.keys import KdfCost
from kamdesk.store.unit_of_work import Store
from kamdesk.store.vault import create
from kamdesk.translation import shipped_vocabularies

TYPED = [
    '"', "(", ")", "*", "' OR 1=1 --", "C++", "иван-петров", "x" * 10_000, "я " * 5_000, "1" * 10_000, "\x00", "\ud800", "\ud83d иван", "NEAR(a b)",
    "a AND", "NOT", "^a", "{a}", "words:x", "-", "\ue001123", "\U0010ffff", "клиент:", 'клиент:"', "клиент:\x00", "клиент:' OR 1=1 --", "роль:%", "др:99", "др:31.02",
    "с:0000", "с:9999-99", "отношение:999", "что:\ud800", "client:" * 500, "a:b " * 500, "город:_", "%", "_", "\u202e", "🙂", "й̆" * 50, "٣٤٥٦٧٨٩", "²³¹",
    "8 (495", "+" * 50, "+7" * 400, "ß" * 300, "ъъъъ", "ьъь",
]  # fmt: skip


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    vault = create(
        Path(tmp_path_factory.mktemp("search")) / "vault", "correct horse", cost=KdfCost(1024, 1, 1)
    )
    client = Organisations(vault.store).add("Завод «Прогресс»")
    for text in TYPED:
        # What no field takes (NUL, halves of signs) cannot stand in a note either.
        if text.isprintable():
            Notes(vault.store).add(text, organisation_id=client)
    yield vault.store
    vault.close()


def ask(store: Store, text: str) -> None:
    searching = Searching(store, shipped_vocabularies)
    searching.look(text)
    searching.problems(text)
    searching.ids(text, "person")
    searching.ids(text, "organisation")
    for language in ("ru", "en"):
        searching.suggest(text, language)


@pytest.mark.parametrize("text", TYPED)
def test_no_input_is_an_error(store: Store, text: str) -> None:
    ask(store, text)


@given(
    st.lists(
        st.one_of(
            st.text(st.characters(codec=None), max_size=12),
            st.sampled_from(
                [*TYPED[:7], "клиент:", "роль:", "др:", "с:", "что:", "stance:", '"', "«", "495"]
            ),
        ),
        max_size=5,
    ).map("".join)
)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_no_text_is_an_error(store: Store, text: str) -> None:
    ask(store, text)


def test_a_table_is_not_reached_by_typing(store: Store) -> None:
    assert Searching(store, shipped_vocabularies).find("' UNION SELECT passphrase") == ()
