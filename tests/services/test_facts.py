"""Facts: only the text is asked; one birthday a person; the guard warns and stores."""

from __future__ import annotations

from datetime import date

import pytest

from kamdesk.model.messages import KamdeskError
from kamdesk.model.values import PartialDate
from kamdesk.services.facts import Facts, review_by


def test_everything_but_the_text_is_filled(store, plant) -> None:
    service = Facts(store)
    added = service.add(plant["petr"], "  Собирает старые карты ")
    assert added.warning is None
    service.add(plant["petr"], "Теннис", kind="hobby")
    service.add(plant["petr"], "Дочь Маша учится в Казани", kind="family")
    groups = service.of_person(plant["petr"], ("family", "hobby", "other"))
    assert [group.kind for group in groups] == ["family", "hobby", "other"]
    family, hobby, other = (group.facts[0] for group in groups)
    assert (other.text, other.noted_on, other.review_by, other.stale) == (
        "Собирает старые карты", date(2026, 3, 5), date(2027, 3, 5), False,
    )  # fmt: skip
    assert [one.sensitivity for one in (family, hobby, other)] == ["private", "personal", "private"]


def test_a_fact_grows_stale_and_can_be_confirmed(store, clock, plant) -> None:
    service = Facts(store)
    added = service.add(plant["petr"], "Строит дачу")
    clock.forward(days=366)
    assert service.of_person(plant["petr"])[0].facts[0].stale
    service.confirm(added.id)
    assert not service.of_person(plant["petr"])[0].facts[0].stale
    assert review_by("hobby", date(2028, 2, 29)) == date(2029, 2, 28)


def test_a_person_has_one_birthday_of_which_only_parts_may_be_known(vault, store, plant) -> None:
    service = Facts(store)
    assert service.birthday(plant["anna"]) is None
    service.set_birthday(plant["anna"], PartialDate(month=2, day=29))
    service.set_birthday(plant["anna"], PartialDate(1980, 2, 29))
    assert service.birthday(plant["anna"]) == PartialDate(1980, 2, 29)
    (group,) = service.of_person(plant["anna"])
    assert (group.kind, len(group.facts), group.facts[0].review_by) == ("birthday", 1, None)
    service.set_birthday(plant["anna"], None)
    assert service.of_person(plant["anna"]) == ()
    vault.history.undo()
    assert service.birthday(plant["anna"]) == PartialDate(1980, 2, 29)


def test_the_guard_warns_and_the_fact_is_kept(store, plant) -> None:
    service = Facts(store)
    added = service.add(plant["petr"], "У него диабет")
    assert (added.warning.code, added.warning.params) == ("guard.health", {"word": "диабет"})
    assert service.of_person(plant["petr"])[0].facts[0].id == added.id
    assert service.edit(added.id, "Не ест сладкого") is None
    assert service.warning("has an affair with").code == "guard.intimate"


def test_an_empty_fact_or_one_about_nobody_is_refused(store, plant) -> None:
    service = Facts(store)
    for call, code in (
        (lambda: service.add(plant["petr"], "  "), "record.required"),
        (lambda: service.add("?", "x"), "record.gone"),
        (lambda: service.set_birthday("?", None), "record.gone"),
    ):
        with pytest.raises(KamdeskError) as raised:
            call()
        assert raised.value.message.code == code


def test_asked_first_the_guard_stores_nothing_until_somebody_is_sure(store, plant) -> None:
    service = Facts(store)
    with pytest.raises(KamdeskError) as raised:
        service.add(plant["petr"], "У него диабет", ask=True)
    assert raised.value.message.code == "guard.health"
    assert service.of_person(plant["petr"]) == ()
    fact = service.add(plant["petr"], "Не ест сладкого", ask=True).id
    with pytest.raises(KamdeskError):
        service.edit(fact, "У него диабет", ask=True)
    assert service.of_person(plant["petr"])[0].facts[0].text == "Не ест сладкого"


def test_another_kind_never_opens_a_fact_to_more_people(store, plant) -> None:
    service = Facts(store)
    fact = service.add(plant["petr"], "Жена Анна", kind="family").id
    service.change(fact, kind="hobby")
    assert service.of_person(plant["petr"])[0].facts[0].sensitivity == "private"
    service.change(fact, sensitivity="personal", source="сам сказал", noted_on=date(2024, 1, 1))
    service.change(fact, kind="family")
    (group,) = service.of_person(plant["petr"])
    assert (group.kind, group.facts[0].sensitivity, group.facts[0].source) == (
        "family",
        "private",
        "сам сказал",
    )
