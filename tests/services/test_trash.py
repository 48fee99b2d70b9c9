"""The trash: what is listed, bringing back after later steps, parents that are gone too, and forgetting after thirty days."""

from __future__ import annotations

from datetime import datetime

import pytest

from kamdesk.model.messages import KamdeskError
from kamdesk.model.tables import (
    Contact,
    Employment,
    Fact,
    Interaction,
    Note,
    Organisation,
    Part,
    Person,
    Promise,
    Relationship,
    Seat,
)
from kamdesk.services.merging import Merging
from kamdesk.services.records import Records
from kamdesk.services.trash import Trash
from kamdesk.store import versions
from tests.services.test_merging import add, all_of, snapshot


@pytest.fixture
def trash(store) -> Trash:
    return Trash(store)


@pytest.fixture
def records(store) -> Records:
    return Records(store, None)


def names(trash: Trash) -> list[tuple[str, str]]:
    return [(item.noun, item.title) for item in trash.list()]


def test_a_deleted_person_is_listed_with_what_went_along(store, plant, trash, records) -> None:
    add(
        store,
        Fact(person_id=plant["petr"], text="Рыбак"),
        Fact(person_id=plant["petr"], text="Дача"),
        Contact(person_id=plant["petr"], value="1"),
        Relationship(from_id=plant["anna"], to_id=plant["petr"]),
    )
    records.delete("person", plant["petr"])
    (item,) = trash.list()
    assert (item.noun, item.title, item.days_left) == ("Person", "Иванов Пётр Сергеевич", 30)
    assert item.with_it == (("Fact", 2), ("Contact", 1), ("Employment", 1), ("Relationship", 1))
    assert item.deleted_at == datetime(2026, 3, 5, 12, 0) and item.step.code == "record.delete"


def test_restoring_gives_back_every_row_though_later_steps_happened(
    vault, store, plant, trash, records
) -> None:
    add(
        store,
        Fact(person_id=plant["petr"], text="Рыбак"),
        Promise(organisation_id=plant["client"], person_id=plant["petr"], text="ТЗ"),
    )
    before = snapshot(store)
    records.delete("person", plant["petr"])
    assert all_of(store, Promise)[0].person_id is None
    records.set("person", plant["anna"], {"gender": "female"})
    deleted = snapshot(store)
    assert trash.restore([trash.list()[0].id]) == (("person", plant["petr"]),)
    after = snapshot(store)
    after["person"] = [row for row in after["person"] if plant["anna"] not in row]
    before["person"] = [row for row in before["person"] if plant["anna"] not in row]
    assert after == before
    assert trash.list() == ()
    vault.history.undo()
    assert snapshot(store) == deleted
    assert names(trash) == [("Person", "Иванов Пётр Сергеевич")]
    vault.history.redo()
    assert trash.list() == ()


def test_a_link_given_to_another_since_is_not_taken_back(store, plant, trash, records) -> None:
    (promise,) = add(store, Promise(organisation_id=plant["client"], person_id=plant["petr"], text="ТЗ"))
    records.delete("person", plant["petr"])
    records.set("promise", promise, {"person_id": plant["anna"]})
    trash.restore([trash.list()[0].id])
    assert all_of(store, Promise)[0].person_id == plant["anna"]


def test_several_deleted_at_once_come_back_one_by_one_with_the_ties_between_them(
    store, plant, trash, records
) -> None:
    add(store, Relationship(from_id=plant["petr"], to_id=plant["anna"], note="Учились вместе"))
    records.delete_all("person", [plant["petr"], plant["anna"]])
    first, second = trash.list()
    trash.restore([first.id])
    assert all_of(store, Relationship) == []
    trash.restore([second.id])
    assert all_of(store, Relationship)[0].note == "Учились вместе"
    assert trash.list() == ()


def test_several_come_back_in_one_step(vault, store, plant, trash, records) -> None:
    before = snapshot(store)
    records.delete_all("person", [plant["petr"], plant["anna"]])
    trash.restore([item.id for item in trash.list()])
    assert snapshot(store) == before
    assert vault.history.undoable().message.params["n"] == 2


def test_a_parent_that_is_gone_too_is_told_and_both_come_back(store, plant, trash, records) -> None:
    (fact,) = add(store, Fact(person_id=plant["petr"], text="Рыбак"))
    records.delete("fact", fact)
    records.delete("person", plant["petr"])
    item = next(item for item in trash.list() if item.title == "Рыбак")
    before = snapshot(store)
    with pytest.raises(KamdeskError) as caught:
        trash.restore([item.id])
    assert caught.value.message.code == "trash.parent_gone"
    assert caught.value.message.params["name"] == "Иванов Пётр Сергеевич"
    assert snapshot(store) == before
    trash.restore([item.id], with_parents=True)
    assert all_of(store, Fact)[0].person_id == plant["petr"]
    assert len(all_of(store, Employment)) == 2


def test_what_belonged_to_a_merged_record_comes_back_to_the_kept_one(store, plant, trash, records) -> None:
    (other,) = add(store, Person(family_name="Иванов"))
    (fact,) = add(store, Fact(person_id=other, text="Рыбак"))
    records.delete("fact", fact)
    Merging(store).merge("person", plant["petr"], other)
    assert names(trash) == [("Fact", "Рыбак")]
    trash.restore([trash.list()[0].id])
    assert all_of(store, Fact)[0].person_id == plant["petr"]


def test_a_client_comes_back_with_its_tree(store, plant, trash, records) -> None:
    seats = [seat.id for seat in all_of(store, Seat)]
    records.set("seat", seats[1], {"reports_to_id": seats[0]})
    add(
        store,
        Interaction(organisation_id=plant["client"], purpose="Пуск"),
        Note(organisation_id=plant["client"], text="x"),
    )
    before = snapshot(store)
    records.delete("organisation", plant["client"])
    assert names(trash) == [("Organisation", "Завод «Прогресс»")]
    trash.restore([trash.list()[0].id])
    assert snapshot(store) == before


def test_a_tie_is_called_by_its_ends_and_parts_written_anew_are_not_listed(
    store, plant, trash, records
) -> None:
    (tie, part) = add(
        store,
        Relationship(from_id=plant["petr"], to_id=plant["anna"]),
        Part(person_id=plant["petr"], organisation_id=plant["client"], code="decider"),
    )
    records.delete("part", part)
    records.delete("relationship", tie)
    assert names(trash) == [("Relationship", "Иванов Пётр Сергеевич — Ёлкина Анна Олеговна")]


def test_nothing_comes_back_twice(store, plant, trash, records) -> None:
    records.delete("person", plant["petr"])
    (item,) = trash.list()
    trash.restore([item.id])
    for ids in ([item.id], [999_999], []):
        with pytest.raises(KamdeskError) as caught:
            trash.restore(ids)
        assert caught.value.message.code == "trash.gone"


def test_undoing_an_addition_leaves_it_in_the_trash(vault, store, trash) -> None:
    add(store, Note(text="Долго писал"))
    vault.history.undo()
    (item,) = trash.list()
    assert item.was_undo and item.title == "Долго писал"
    trash.restore([item.id])
    assert all_of(store, Note)[0].text == "Долго писал"


# --- thirty days -----------------------------------------------------------------------------------------------


def _records_of(store, row_id: str) -> int:
    query = "SELECT count(*) FROM change WHERE row_id = ?"
    return store.read(lambda s: s.connection().exec_driver_sql(query, (row_id,)).scalar())


def _open_daily(trash: Trash, clock, days: int) -> int:
    forgotten = 0
    for _ in range(days):
        clock.forward(days=1)
        forgotten += trash.begin()
    return forgotten


def test_after_thirty_days_it_is_forgotten_with_its_history_and_its_name(
    vault, store, plant, trash, records, clock
) -> None:
    trash.begin()
    records.set("person", plant["petr"], {"salutation": "Пётр!"})
    records.delete("person", plant["petr"])
    assert _open_daily(trash, clock, 30) == 0
    assert trash.list()[0].days_left == 1
    assert _open_daily(trash, clock, 1) == 2  # the person and the employment that went along
    assert trash.list() == () and _records_of(store, plant["petr"]) == 0
    steps = store.read(
        lambda s: " ".join(s.connection().exec_driver_sql("SELECT params FROM step").scalars())
    )
    assert "Иванов" not in steps
    assert vault.history.undoable() is None
    records.set("person", plant["anna"], {"gender": "female"})
    vault.history.undo()


def test_a_clock_ten_years_ahead_forgets_nothing_then_or_later(store, plant, trash, records, clock) -> None:
    trash.begin()
    records.delete("person", plant["petr"])
    _open_daily(trash, clock, 28)
    clock.forward(days=3653)
    assert trash.begin() == 0
    assert trash.begin() == 0
    clock.forward(days=-3653)
    assert trash.begin() == 0
    assert len(trash.list()) == 1
    for _ in range(50):  # forth and back
        clock.forward(days=3653)
        assert trash.begin() == 0
        clock.forward(days=-3653)
        assert trash.begin() == 0
    assert len(trash.list()) == 1
    assert _open_daily(trash, clock, 5) == 2


def test_a_holiday_counts_one_day(store, plant, trash, records, clock) -> None:
    trash.begin()
    records.delete("person", plant["petr"])
    trash.begin()
    clock.forward(days=40)
    assert trash.begin() == 0
    assert trash.list()[0].days_left == 29
    for _ in range(4):
        clock.forward(days=7)
        assert trash.begin() == 0
    clock.forward(days=7)
    assert trash.begin() == 2


def test_what_was_restored_or_deleted_later_is_kept(store, plant, trash, records, clock) -> None:
    trash.begin()
    records.delete("person", plant["petr"])
    trash.restore([trash.list()[0].id])
    _open_daily(trash, clock, 20)
    records.delete("person", plant["anna"])
    assert _open_daily(trash, clock, 15) == 0
    assert names(trash) == [("Person", "Ёлкина Анна Олеговна")]
    assert _records_of(store, plant["petr"]) > 0


def test_forgetting_keeps_the_count_of_steps_going(store, plant, trash, records, clock) -> None:
    trash.begin()
    (fact,) = add(store, Fact(person_id=plant["petr"], text="Рыбак"))
    records.delete("fact", fact)
    last = store.read(lambda s: s.connection().exec_driver_sql("SELECT max(id) FROM step").scalar())
    _open_daily(trash, clock, 31)
    records.set("person", plant["petr"], {"gender": "male"})
    vector = store.read(lambda s: versions.vector_of(s.connection(), "person", plant["petr"], "gender"))
    assert vector[store.vault_id] == last + 1


def test_a_parent_that_is_forgotten_is_said(store, plant, trash, records, clock) -> None:
    trash.begin()
    (client,) = add(store, Organisation(short_name="Старый"))
    (note,) = add(store, Note(organisation_id=client, text="Запись"))
    records.delete("note", note)
    records.delete("organisation", client)
    item = next(item for item in trash.list() if item.title == "Запись")
    store.on_writer(lambda c: c.exec_driver_sql("DELETE FROM change WHERE row_id = ?", (client,)))
    with pytest.raises(KamdeskError) as caught:
        trash.restore([item.id], with_parents=True)
    assert caught.value.message.code == "trash.parent_forgotten"
