"""Plain dated notes."""

from __future__ import annotations

from datetime import date

import pytest

from kamdesk.model.messages import KamdeskError
from kamdesk.services.notes import Notes


def test_notes_are_dated_private_and_newest_first(vault, store, clock, plant) -> None:
    service = Notes(store)
    first = service.add("Спросить про бюджет", organisation_id=plant["client"])
    clock.forward(days=1)
    second = service.add("Любит точность", person_id=plant["petr"])
    service.add("Готовится слияние", organisation_id=plant["client"])
    found = service.of(organisation_id=plant["client"])
    assert [one.text for one in found] == ["Готовится слияние", "Спросить про бюджет"]
    assert (found[1].id, found[1].written_on, found[1].sensitivity) == (first, date(2026, 3, 5), "private")
    assert [one.id for one in service.of(person_id=plant["petr"])] == [second]


def test_one_visit_to_a_note_is_one_step(vault, store, plant) -> None:
    service = Notes(store)
    row = service.add("а", person_id=plant["petr"])
    for text in ("аб", "абв", "абвг"):
        service.edit(row, text, visit="note:1")
    vault.history.undo()
    assert service.of(person_id=plant["petr"])[0].text == "а"


def test_a_note_needs_words_and_an_owner(store, plant) -> None:
    service = Notes(store)
    for call, code in (
        (lambda: service.add(" ", person_id=plant["petr"]), "record.required"),
        (lambda: service.add("x"), "note.of_whom"),
        (lambda: service.add("x", person_id="?"), "record.gone"),
        (lambda: service.edit("?", "x"), "record.gone"),
    ):
        with pytest.raises(KamdeskError) as raised:
            call()
        assert raised.value.message.code == code
