"""The nearest project: industry, words of the task in any form, sizes compared as numbers, reasons that name what was found."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from kamdesk.rules.nearest_case import CaseLike, Wanted, nearest, size_nearness

CASES = [
    CaseLike("a", "Рекуперация тепла сушильных камер", "Деревообработка", "1 200 человек", "Снизить расход газа", 2024),
    CaseLike("b", "Замена насосов", "Металлургия", "15 тыс. человек", "Снизить простои", 2025),
    CaseLike("c", "Склад готовой продукции", "Торговля", "", "Ускорить отгрузку", 2021),
]  # fmt: skip


def test_word_forms_and_industry_decide_and_are_named() -> None:
    found = nearest(Wanted("деревообработка", "1500", "Система рекуперации для сушильной камеры"), CASES)
    assert [one.id for one in found] == ["a", "b", "c"]
    reason = found[0].reason
    assert reason is not None and reason.code == "nearest.3"
    assert [part.code for part in reason.params.values()] == [
        "nearest.industry",
        "nearest.task",
        "nearest.size",
    ]
    assert reason.params["second"].params["words"] == "«рекуперация», «сушильных камер»"
    assert found[2].reason is None and found[2].nearness == 0


def test_an_adjective_is_quoted_with_its_noun() -> None:
    case = CaseLike("p", "Частотное регулирование насосных станций", task="Снизить расход")
    (near,) = nearest(Wanted(task="Насосные станции и расход воды"), [case])
    assert near.reason is not None and near.reason.params["words"] == "«насосных станций», «расход»"


def test_words_that_any_task_has_are_no_likeness() -> None:
    found = nearest(Wanted("", "", "Новая система для завода клиента"), CASES)
    assert all(one.reason is None for one in found)
    assert [one.id for one in found] == ["b", "a", "c"]  # the latest first


def test_english_too_and_related_industries() -> None:
    cases = [CaseLike("x", "Heat recovery for drying", "Wood processing", "12 MW", "Cut gas", 2020)]
    (near,) = nearest(Wanted("Wood and paper", "10 MW", "Recovering heat of dryers"), cases)
    assert near.reason is not None and near.reason.params["first"].code == "nearest.industry_like"


def test_sizes_are_numbers() -> None:
    assert size_nearness("15 тыс. человек", "15000") == 1
    assert size_nearness("1,2 млн", "1 200 000 т") == 1
    assert size_nearness("10", "100") == 0
    assert size_nearness("большой", "100") is None and size_nearness("0", "1") is None
    assert size_nearness("1,200 people", "1200 people") == 1
    assert size_nearness("1,250,000.50 units", "1 250 000,5 шт.") == 1
    assert size_nearness("12,500 т", "12,5 т") == 1
    assert size_nearness("0,125 MW", "0.125 MW") == 1
    assert size_nearness("1,250.50 т", "1250,5 т") == 1
    assert size_nearness("1", "9" * 400) is None
    assert size_nearness("0," + "0" * 300 + "1", "9" * 300) == 0


@given(st.text(max_size=60), st.text(max_size=60), st.text(max_size=20))
def test_any_text_gives_a_share(industry: str, task: str, size: str) -> None:
    for near in nearest(Wanted(industry, size, task), CASES):
        assert 0 <= near.nearness <= 1
