"""Expected changes: noted with a date, and one step when they happen: post ended, successor seated, person moved."""

from __future__ import annotations

from datetime import date

import pytest

from kamdesk.model.messages import KamdeskError
from kamdesk.model.tables import Seat
from kamdesk.model.values import PartialDate
from kamdesk.services.changes_expected import ExpectedChanges
from kamdesk.services.employment import Employments
from kamdesk.services.relationships import relations_of


@pytest.fixture
def expected(store) -> ExpectedChanges:
    return ExpectedChanges(store)


def code_of(call) -> str:
    with pytest.raises(KamdeskError) as raised:
        call()
    return raised.value.message.code


def test_noted_of_a_person_and_seen_at_the_client(expected, plant) -> None:
    expected.add(
        "Говорит, что уйдёт летом", kind="retires", date=PartialDate(2026, 7), person_id=plant["petr"]
    )
    expected.add(kind="reorganised", date=PartialDate(2026), organisation_id=plant["client"])
    (mine,) = expected.of_person(plant["petr"])
    assert (mine.seat, mine.organisation, mine.overdue) == ("Генеральный директор", "Завод «Прогресс»", False)
    assert code_of(lambda: expected.add("x")) == "expected.of_whom"
    assert code_of(lambda: expected.add(" ", person_id=plant["petr"])) == "record.required"


def test_overdue_by_as_much_as_is_known(expected, clock, plant) -> None:
    change = expected.add(kind="retires", date=PartialDate(2026, 3), person_id=plant["petr"])
    assert not expected.of_person(plant["petr"])[0].overdue
    clock.forward(days=30)
    assert expected.of_person(plant["petr"])[0].overdue
    expected.edit(change, date=PartialDate(None, 3))
    assert not expected.of_person(plant["petr"])[0].overdue


def test_retired_and_followed_in_one_step(expected, store, vault, plant) -> None:
    change = expected.add(kind="retires", date=PartialDate(2026, 3), person_id=plant["petr"])
    posts = Employments(store)
    before = posts.of_person(plant["petr"])[0]
    expected.happened(change, date(2026, 3, 5), successor="Орлов Денис Ильич")
    (old,) = posts.of_person(plant["petr"])
    assert (old.is_former, old.until) == (True, PartialDate(2026, 3, 5))
    (tie,) = store.read(lambda session: relations_of(session, plant["petr"]))
    assert (tie.kind, tie.reverse, tie.person.family) == ("successor", True, "Орлов")
    (new,) = posts.of_person(tie.person_id)
    assert (new.seat_id, new.title) == (before.seat_id, "Генеральный директор")
    assert code_of(lambda: expected.happened(change)) == "expected.happened"
    vault.history.undo()
    assert posts.of_person(plant["petr"])[0] == before
    assert expected.of_person(plant["petr"])[0].happened_on is None


def test_appointed_to_a_vacant_seat(expected, store, plant) -> None:
    def vacant(session):
        seat = Seat(organisation_id=plant["client"], title="Исполнительный директор")
        session.add(seat)
        session.flush()
        return seat.id

    seat = store.write("record.add", {"noun": "", "name": ""}, vacant)
    change = expected.add(kind="appointed", person_id=plant["anna"], seat_id=seat)
    expected.happened(change)
    now, then = Employments(store).of_person(plant["anna"])
    assert (now.seat_id, then.title, then.is_former) == (seat, "Финансовый директор", True)


def test_moves_to_another_company(expected, store, plant) -> None:
    change = expected.add(kind="moves", person_id=plant["anna"])
    assert code_of(lambda: expected.happened(change)) == "expected.where"
    expected.happened(change, organisation="Вектор", title="Финансовый директор")
    now, then = Employments(store).of_person(plant["anna"])
    assert (now.organisation, then.organisation, then.is_former) == ("Вектор", "Завод «Прогресс»", True)
