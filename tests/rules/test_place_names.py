"""Places in the names of units and deals, and the town of an address; general words name none."""

from __future__ import annotations

import pytest

from kamdesk.rules.left_names import mentions
from kamdesk.rules.place_names import names_of_deal, names_of_unit, town_of


@pytest.mark.parametrize(
    ("unit", "text", "found"),
    [
        ("Ardnashee Dry Plant", "Survey of the Ardnashee evaporators", ["Ardnashee"]),
        ("Ardnashee Dry Plant", "Dry coolers", []),
        ("Butter hall", "Butter for the hall", []),
        ("Finance Department", "Finance says", []),
        (
            "Филиал «Сосногорский картонный комбинат»",
            "для Сосногорского картонного комбината",
            ["Сосногорского"],
        ),
        ("Механический цех", "Механический привод", []),
        ("Насосная станция № 3", "на насосной станции № 3 и насосной станции № 4", ["насосной станции № 3"]),
        ("Насосная станция", "насосная станция", []),
    ],
)
def test_units(unit: str, text: str, found: list[str]) -> None:
    assert [one.words for one in mentions(text, names_of_unit(unit))] == found


@pytest.mark.parametrize(
    ("deal", "names"),
    [
        ("Ardnashee: heat from the evaporators", [("Ardnashee",)]),
        ("Heat recovery", []),
        ("Heat survey at Kilbracken", [("Kilbracken",)]),
        ("Бумажная фабрика: девять насосов", []),
        ("Линия для «Вектора»", [("Вектора",)]),
    ],
)
def test_deals(deal: str, names: list[tuple[str, ...]]) -> None:
    assert list(names_of_deal(deal)) == names


@pytest.mark.parametrize(
    ("address", "town"),
    [
        ("Thornmere House, Quay Road, Kilbracken, Ireland", ("Kilbracken",)),
        ("Bog Road, Ardnashee", ("Ardnashee",)),
        ("169300, Республика Коми, г. Ухта, ул. Мира, д. 1", ("Ухта",)),
        ("Нижний Новгород, ул. Мира, 5", ("Нижний", "Новгород")),
        ("", ()),
    ],
)
def test_towns(address: str, town: tuple[str, ...]) -> None:
    assert town_of(address) == town
