"""Who of us knows whom, and who knows about what."""

from __future__ import annotations

import pytest

from kamdesk.model.messages import KamdeskError
from kamdesk.model.tables import Acquaintance, Colleague
from kamdesk.model.values import PartialDate
from kamdesk.services.acquaintances import Acquaintances


@pytest.fixture
def service(store) -> Acquaintances:
    return Acquaintances(store)


def test_a_cell_is_set_changed_and_forgotten(service, store, vault, plant) -> None:
    me, petr = plant["me"], plant["petr"]
    service.set(me, petr, 2)
    service.edit(me, petr, note="Вместе на выставке", since=PartialDate(2023))
    found = service.matrix(plant["client"])
    assert [one.name.family for one in found.ours] == ["Соколова"]
    assert [(one.name.family, one.title) for one in found.theirs] == [
        ("Ёлкина", "Финансовый директор"), ("Иванов", "Генеральный директор"),
    ]  # fmt: skip
    cell = found.cells[petr, me]
    assert (cell.strength, cell.since, cell.note) == (2, PartialDate(2023), "Вместе на выставке")
    assert [(one.name.family, one.strength) for one in service.of_person(petr)] == [("Соколова", 2)]
    service.set(me, petr, 0)
    assert service.matrix(plant["client"]).cells == {}
    vault.history.undo()
    assert service.matrix(plant["client"]).cells[petr, me].note == "Вместе на выставке"
    assert store.read(lambda session: session.query(Acquaintance).count()) == 1
    with pytest.raises(KamdeskError) as raised:
        service.set(me, petr, 4)
    assert raised.value.message.code == "acquaintance.strength"


def test_experts_by_topic_in_any_form(service, store, plant) -> None:
    def work(session):
        session.add_all(
            [
                Colleague(family_name="Громов", topics="Автоматизация, пуск и наладка", position=2),
                Colleague(family_name="Белова", post="Инженер по сервису", position=3),
            ]
        )

    store.write("record.add", {"noun": "", "name": ""}, work)
    assert [one.name.family for one in service.experts("автоматизации")] == ["Громов"]
    assert [one.name.family for one in service.experts("сервис")] == ["Белова"]
    assert [one.name.family for one in service.experts("")] == ["Громов"]
    assert service.experts("наладка автоматизация белова") == ()
