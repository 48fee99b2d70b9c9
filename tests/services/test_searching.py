"""The search box: pages by group, what matched, and anything may be typed."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kamdesk.services.facts import Facts
from kamdesk.services.interactions import InteractionData, Interactions
from kamdesk.services.library import Library
from kamdesk.services.notes import Notes
from kamdesk.services.searching import Searching
from kamdesk.translation import shipped_vocabularies


def searching(store) -> Searching:
    return Searching(store, shipped_vocabularies)


def test_pages_are_found_by_name_and_by_what_stands_on_them(store, plant) -> None:
    find = searching(store).find
    (hit,) = find("петр ива")
    assert (hit.target_table, hit.target_id, hit.group) == ("person", plant["petr"], "person")
    assert (hit.title, hit.detail, hit.matched) == (
        "Иванов Пётр Сергеевич", "Генеральный директор · Завод «Прогресс»", "",
    )  # fmt: skip
    Facts(store).add(plant["petr"], "Много лет собирает старые географические карты Сибири, " * 3)
    (hit,) = find("географ")
    assert (hit.target_id, hit.source_table, hit.title) == (plant["petr"], "fact", "Иванов Пётр Сергеевич")
    assert "географические карты" in hit.matched and hit.matched.endswith("…")
    assert [one.title for one in find("ЕЛКИНА")] == ["Ёлкина Анна Олеговна"]


def test_groups_stand_in_their_order_and_a_page_is_one_hit(store, plant) -> None:
    Notes(store).add("Прогресс в переговорах", person_id=plant["anna"])
    Notes(store).add("Ещё прогресс", person_id=plant["anna"])
    Interactions(store).log(InteractionData(organisation_id=plant["client"], purpose="О прогрессе"))
    Library(store).add_argument("Прогресс неизбежен")
    hits = searching(store).find("прогресс")
    assert [one.group for one in hits] == ["organisation", "person", "interaction", "argument"]
    assert hits[0].detail == "Машиностроение"
    assert hits[1].source_table == "note"


def test_a_mistyped_name_stands_before_texts_that_name_it(store, plant) -> None:
    Notes(store).add("Ёлкина просит счёт", organisation_id=plant["client"])
    hits = searching(store).find("Елкнна")
    assert [one.group for one in hits] == ["person", "organisation"]


def test_a_seat_leads_to_its_client(store, plant) -> None:
    hits = searching(store).find("финансовый директор")
    assert ("organisation", plant["client"], "seat") in [
        (one.target_table, one.target_id, one.source_table) for one in hits
    ]


def test_what_is_deleted_or_undone_is_found_no_more(vault, store, plant) -> None:
    notes = Notes(store)
    notes.add("Квазар", person_id=plant["petr"])
    assert len(searching(store).find("квазар")) == 1
    vault.history.undo()
    assert searching(store).find("квазар") == ()
    vault.history.redo()
    assert len(searching(store).find("квазар")) == 1


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        '"',
        "*",
        "(",
        "иван-петров",
        "C++",
        "' OR 1=1 --",
        "NEAR(a b)",
        "name:x",
        "x" * 10_000,
        "я " * 5_000,
        "\x00",
        "-",
        "^a",
        "{a}",
        "a AND",
        "\ud800",
    ],
)
def test_anything_may_be_typed(store, plant, text: str) -> None:
    assert isinstance(searching(store).find(text), tuple)


@given(text=st.text(max_size=60))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_text_is_an_error(store, plant, text: str) -> None:
    searching(store).find(text)


def test_a_long_text_is_shown_around_the_word(store, plant) -> None:
    Notes(store).add("слово " * 20_000 + "Ёлочка " + "хвост " * 50_000, organisation_id=plant["client"])
    (hit,) = searching(store).find("елочк")
    assert "Ёлочка" in hit.matched and len(hit.matched) < 200
