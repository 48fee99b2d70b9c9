"""Promises both ways: open lists, overdue, kept and open again."""

from __future__ import annotations

from datetime import date

import pytest

from kamdesk.model.messages import KamdeskError
from kamdesk.services.promises import PromiseData, Promises


def test_open_lists_know_what_is_overdue(store, clock, plant) -> None:
    service = Promises(store)
    late = service.add(PromiseData("Образцы", due=date(2026, 3, 4), organisation_id=plant["client"]))
    service.add(PromiseData("Сертификат", organisation_id=plant["client"]))
    today = service.add(PromiseData("Смета", due=date(2026, 3, 5), person_id=plant["petr"]))
    service.add(
        PromiseData("Чертёж", side="theirs", person_id=plant["anna"], organisation_id=plant["client"])
    )
    ours = service.ours(organisation_id=plant["client"])
    assert [(one.text, one.overdue) for one in ours] == [
        ("Образцы", True), ("Смета", False), ("Сертификат", False),
    ]  # fmt: skip
    assert [one.person.given for one in service.theirs(organisation_id=plant["client"])] == ["Анна"]
    assert [one.id for one in service.ours(person_id=plant["petr"])] == [today]
    service.keep(late)
    assert service.of(kept=True)[0].done_on == date(2026, 3, 5)
    assert [one.id for one in service.of(organisation_id=plant["client"])][-1] == late
    service.reopen(late)
    assert service.ours()[0].id == late


def test_steps_are_named_by_whose_promise_it_is(vault, store, plant) -> None:
    service = Promises(store)
    service.add(PromiseData("  Прислать\nрасчёт ", side="theirs"))
    step = vault.history.undoable()
    assert (step.message.code, step.message.params) == ("promise.add_theirs", {"text": "Прислать расчёт"})
    assert service.theirs()[0].text == "Прислать расчёт"
    vault.history.undo()
    assert service.theirs() == ()


def test_a_promise_without_words_or_to_nobody_known_is_refused(store) -> None:
    service = Promises(store)
    for data, code in (
        (PromiseData(""), "record.required"),
        (PromiseData("x", person_id="?"), "record.gone"),
    ):
        with pytest.raises(KamdeskError) as raised:
            service.add(data)
        assert raised.value.message.code == code
    with pytest.raises(KamdeskError):
        service.keep("?")
