"""Interactions: planned and past, who was there, what was promised at them."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from kamdesk.model.messages import KamdeskError
from kamdesk.services.interactions import InteractionData, Interactions
from kamdesk.services.promises import PromiseData, Promises


def meeting(ids, **values) -> InteractionData:
    given = {"organisation_id": ids["client"], "person_ids": (ids["petr"], ids["anna"]), **values}
    return InteractionData(**given)


def test_a_planned_meeting_asks_for_its_result_after_its_hour(store, clock, plant) -> None:
    service = Interactions(store)
    row = service.plan(
        meeting(
            plant,
            starts_at=datetime(2026, 3, 5, 14),
            ends_at=datetime(2026, 3, 5, 15),
            colleague_ids=(plant["me"],),
        )
    )
    assert service.awaiting_result() == ()
    assert [one.id for one in service.ahead(organisation_id=plant["client"])] == [row]
    clock.forward(hours=2, minutes=30)  # 14:30, it is going on
    assert service.awaiting_result() == ()
    clock.forward(hours=1)
    (waiting,) = service.awaiting_result(organisation_id=plant["client"])
    assert waiting.awaits_result and waiting.organisation == "Завод «Прогресс»"
    assert [(who.name.family, who.ours) for who in waiting.people] == [
        ("Ёлкина", False), ("Иванов", False), ("Соколова", True),
    ]  # fmt: skip
    service.done(
        row, "Договорились", next_step="Прислать расчёт", next_step_on=date(2026, 3, 9),
        given=[PromiseData("Прислать расчёт", due=date(2026, 3, 9), person_id=plant["anna"])],
    )  # fmt: skip
    view = service.view(row)
    assert (view.state, view.outcome, view.next_step) == ("done", "Договорились", "Прислать расчёт")
    (promise,) = view.promises
    assert (promise.organisation_id, promise.interaction_id, promise.side) == (plant["client"], row, "ours")
    assert service.awaiting_result() == () and service.ahead() == ()
    assert [one.id for one in service.next_steps(organisation_id=plant["client"])] == [row]


def test_saying_how_it_went_is_one_step_of_undo(vault, store, plant) -> None:
    service = Interactions(store)
    row = service.plan(meeting(plant, starts_at=datetime(2026, 3, 5, 10), purpose="Смета"))
    service.done(row, "Да", given=[PromiseData("Счёт")])
    message = vault.history.undo()
    assert (message.code, message.params) == ("interaction.done", {"name": "Смета"})
    view = service.view(row)
    assert (view.state, view.outcome, view.promises) == ("planned", "", ())


def test_timeline_filters_pages_and_searches(store, clock, plant) -> None:
    service = Interactions(store)
    for day in range(1, 6):
        service.log(
            meeting(plant, starts_at=datetime(2026, 2, day, 10), kind="call", purpose=f"Звонок {day}")
        )
    lone = service.log(
        meeting(plant, kind="meeting", outcome="Нужен счёт", person_ids=(plant["anna"],), place="50% у_них")
    )
    assert [one.purpose for one in service.timeline(kinds=["call"], limit=2, offset=1)] == [
        "Звонок 4",
        "Звонок 3",
    ]
    assert service.count(organisation_id=plant["client"]) == 6
    assert service.count(person_id=plant["petr"]) == 5
    assert [one.id for one in service.timeline(text="СЧЕТ")] == [lone]
    assert [one.id for one in service.timeline(text="елкина счёт")] == [lone]
    assert service.timeline(text="пётр счёт") == ()
    assert [one.id for one in service.timeline(text="у_них")] == [lone]
    assert service.timeline(text="' OR 1=1 --") == ()
    assert service.timeline()[0].starts_at == datetime(2026, 3, 5, 12, 0)


def test_moving_keeps_the_length_and_participants_can_change(store, plant) -> None:
    service = Interactions(store)
    row = service.plan(
        meeting(plant, starts_at=datetime(2026, 4, 1, 10), ends_at=datetime(2026, 4, 1, 11, 30))
    )
    service.move(row, datetime(2026, 4, 2, 9))
    assert service.view(row).ends_at == datetime(2026, 4, 2, 10, 30)
    service.set_participants(row, [plant["anna"], plant["anna"]], [plant["me"]])
    assert [who.id for who in service.view(row).people] == [plant["anna"], plant["me"]]
    service.cancel(row, "Заболел водитель")
    assert (service.view(row).state, service.view(row).outcome) == ("cancelled", "Заболел водитель")


def test_what_cannot_be_is_refused_before_anything_is_written(vault, store, plant) -> None:
    service = Interactions(store)
    for call, code in (
        (lambda: service.plan(meeting(plant)), "interaction.when"),
        (lambda: service.log(meeting(plant, starts_at=datetime(2026, 3, 6))), "interaction.in_future"),
        (
            lambda: service.plan(
                meeting(plant, starts_at=datetime(2026, 3, 6), ends_at=datetime(2026, 3, 5))
            ),
            "interaction.ends_before",
        ),
        (lambda: service.log(meeting(plant, person_ids=("nobody",))), "record.gone"),
        (lambda: service.log(meeting(plant, promises=(PromiseData(" "),))), "record.required"),
        (lambda: service.log(meeting(plant, purpose="a\x00b")), "record.wrong_signs"),
        (lambda: service.view("x"), "record.gone"),
    ):
        with pytest.raises(KamdeskError) as raised:
            call()
        assert raised.value.message.code == code
    assert service.timeline() == () and Promises(store).of() == ()
    assert vault.history.undoable().message.code == "record.add"  # the fixture's own step
