"""Posts: several at once, moved on with the history kept, come back, reporting to a vacant seat."""

from __future__ import annotations

import pytest

from kamdesk.model.messages import KamdeskError
from kamdesk.model.tables import Employment, Organisation, Person, Seat, Unit
from kamdesk.model.values import PartialDate
from kamdesk.services.employment import Employments


@pytest.fixture
def posts(store) -> Employments:
    return Employments(store)


def code_of(call) -> str:
    with pytest.raises(KamdeskError) as raised:
        call()
    return raised.value.message.code


def test_several_posts_at_once(posts, plant) -> None:
    added = posts.add(plant["petr"], "АО «Север»", "Член совета директоров", since=PartialDate(2024, 5))
    found = posts.of_person(plant["petr"])
    assert [(post.organisation, post.title) for post in found] == [
        ("Завод «Прогресс»", "Генеральный директор"),
        ("АО «Север»", "Член совета директоров"),
    ]
    assert (found[1].employment_id, found[1].since) == (added, PartialDate(2024, 5))
    assert (
        code_of(lambda: posts.add(plant["petr"], "Север, АО", "член совета директоров"))
        == "employment.already"
    )
    assert code_of(lambda: posts.add(plant["petr"], "  ")) == "organisation.name_empty"


def test_moving_keeps_the_history_in_one_step(posts, store, vault, plant) -> None:
    before = posts.of_person(plant["petr"])[0]
    posts.move(plant["petr"], "Вектор", "Технический директор", when=PartialDate(2026, 2))
    now, then = posts.of_person(plant["petr"])
    assert (now.organisation, now.title, now.since, now.is_former) == (
        "Вектор", "Технический директор", PartialDate(2026, 2), False,
    )  # fmt: skip
    assert (then.organisation_id, then.until, then.is_former) == (plant["client"], PartialDate(2026, 2), True)
    kind = store.read(lambda session: session.get(Organisation, now.organisation_id).kind)
    assert kind == "prospect"
    assert store.read(lambda session: session.get(Seat, before.seat_id)) is not None
    vault.history.undo()
    assert posts.of_person(plant["petr"]) == (before,)
    assert store.read(lambda session: session.query(Organisation).count()) == 1


def test_come_back_to_the_seat_that_stayed(posts, plant) -> None:
    old = posts.of_person(plant["petr"])[0]
    posts.end(old.employment_id, PartialDate(2025))
    posts.come_back(old.employment_id, PartialDate(2026, 3))
    now, then = posts.of_person(plant["petr"])
    assert (now.seat_id, now.title, now.since) == (old.seat_id, old.title, PartialDate(2026, 3))
    assert (then.employment_id, then.until) == (old.employment_id, PartialDate(2025))
    posts.end(now.employment_id)
    posts.reopen(now.employment_id)
    assert not posts.of_person(plant["petr"])[0].is_former


def test_dates_may_be_known_in_part(posts, plant) -> None:
    post = posts.of_person(plant["petr"])[0].employment_id
    posts.set_dates(post, since=PartialDate(2019))
    assert posts.of_person(plant["petr"])[0].since == PartialDate(2019)
    wrong = lambda: posts.set_dates(post, since=PartialDate(2019, 5), until=PartialDate(2018))  # noqa: E731
    assert code_of(wrong) == "employment.order"
    posts.set_dates(post, since=PartialDate(2019), until=PartialDate(2019))
    assert posts.of_person(plant["petr"])[0].is_former


def test_unit_and_a_vacant_boss(posts, store, plant) -> None:
    post = posts.of_person(plant["petr"])[0].employment_id
    posts.set_unit(post, "Правление")
    posts.set_unit(post, "правление")
    assert store.read(lambda session: session.query(Unit).count()) == 1
    assert posts.of_person(plant["petr"])[0].unit == "Правление"

    def vacant(session):
        seat = Seat(organisation_id=plant["client"], title="Председатель совета директоров")
        session.add(seat)
        session.flush()
        return seat.id

    boss = store.write("record.add", {"noun": "", "name": ""}, vacant)
    posts.set_boss(post, boss)
    seen = posts.of_person(plant["petr"])[0].boss
    assert (seen.title, seen.person_id) == ("Председатель совета директоров", None)
    choices = {choice.title: choice.holders for choice in posts.seats_above(post)}
    assert choices["Председатель совета директоров"] == ()
    assert [name.family for name in choices["Финансовый директор"]] == ["Ёлкина"]
    other = posts.of_person(plant["anna"])[0]
    posts.set_boss(other.employment_id, posts.of_person(plant["petr"])[0].seat_id)
    assert code_of(lambda: posts.set_boss(post, other.seat_id)) == "organisation.reports_to_itself"


def test_a_post_without_a_seat_gets_one_with_its_title(posts, store, plant) -> None:
    def bare(session):
        person = Person(family_name="Новый")
        session.add(person)
        session.flush()
        row = Employment(person_id=person.id, organisation_id=plant["client"])
        session.add(row)
        session.flush()
        return person.id, row.id

    person, post = store.write("record.add", {"noun": "", "name": ""}, bare)
    assert code_of(lambda: posts.set_unit(post, "Цех 1")) == "employment.needs_title"
    posts.set_title(post, "Мастер")
    posts.set_unit(post, "Цех 1")
    assert (posts.of_person(person)[0].title, posts.of_person(person)[0].unit) == ("Мастер", "Цех 1")
