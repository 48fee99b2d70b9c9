"""Pairs that may be one, with reasons; two people with one name and birthday may be declared two."""

from __future__ import annotations

import pytest

from kamdesk.model.messages import KamdeskError
from kamdesk.model.tables import Contact, ExternalKey, Fact, Organisation, Person
from kamdesk.model.values import PartialDate
from kamdesk.services.duplicates import Duplicates
from kamdesk.services.merging import Merging
from tests.services.test_merging import add, all_of


@pytest.fixture
def duplicates(store) -> Duplicates:
    return Duplicates(store)


def reasons(found) -> list[tuple[str, str]]:
    return [(pair.certainty, pair.reason.code) for pair in found]


def test_nothing_in_a_clean_vault(plant, duplicates) -> None:
    assert duplicates.find("person") == () == duplicates.find("organisation")


def test_people_by_mail_phone_key_and_name(store, plant, duplicates) -> None:
    one, two, three = add(
        store,
        Person(family_name="Иванов", given_name="П."),
        Person(family_name="Ёлкина", given_name="Анна"),
        Person(family_name="Соков", given_name="Олег"),
    )
    add(
        store,
        Contact(person_id=plant["petr"], kind="email", value="A@x.ru", normalised="a@x.ru"),
        Contact(person_id=one, kind="email", value="a@x.ru", normalised="a@x.ru"),
        ExternalKey(table_name="person", row_id=three, kind="vcard_uid", value="u"),
        ExternalKey(table_name="person", row_id=plant["me"], kind="vcard_uid", value="u"),
    )
    found = duplicates.find("person")
    assert reasons(found) == [("same", "duplicate.email"), ("possible", "duplicate.name")]
    assert {found[0].one.id, found[0].other.id} == {plant["petr"], one}
    details = {side.id: side.detail for pair in found for side in (pair.one, pair.other)}
    assert details[plant["petr"]] == "Завод «Прогресс», Генеральный директор" and details[two] == ""
    assert reasons(duplicates.find("person", [two])) == [("possible", "duplicate.name")]


def test_one_name_and_birthday_may_be_two_people(vault, store, plant, duplicates) -> None:
    (other,) = add(store, Person(family_name="Иванов", given_name="Пётр", middle_name="Сергеевич"))
    add(
        store,
        Fact(person_id=plant["petr"], kind="birthday", date=PartialDate(1975, 3, 5)),
        Fact(person_id=other, kind="birthday", date=PartialDate(None, 3, 5)),
    )
    assert reasons(duplicates.find("person")) == [("likely", "duplicate.name_birthday")]
    duplicates.declare_apart("person", other, plant["petr"])
    duplicates.declare_apart("person", plant["petr"], other)
    assert duplicates.find("person") == () and len(all_of(store, ExternalKey)) == 1
    vault.history.undo()
    assert len(duplicates.find("person")) == 1


def test_other_birthdays_are_two_people_unless_they_work_together(store, plant, duplicates) -> None:
    (other,) = add(store, Person(family_name="Иванов", given_name="Пётр", middle_name="Сергеевич"))
    add(
        store,
        Fact(person_id=plant["petr"], kind="birthday", date=PartialDate(1975, 3, 5)),
        Fact(person_id=other, kind="birthday", date=PartialDate(1980, 3, 5)),
    )
    assert duplicates.find("person") == ()


def test_what_was_declared_two_stays_so_after_a_merge_and_a_merge_ends_it(store, plant, duplicates) -> None:
    one, two = add(
        store,
        Person(family_name="Иванов", given_name="Пётр", middle_name="Сергеевич"),
        Person(family_name="Иванов", given_name="Пётр", middle_name="Сергеевич"),
    )
    duplicates.declare_apart("person", one, two)
    Merging(store).merge("person", plant["petr"], one)
    assert duplicates.find("person") == ()
    Merging(store).merge("person", plant["petr"], two)
    assert all_of(store, ExternalKey) == []


@pytest.mark.parametrize(
    ("mine", "theirs", "expected"),
    [
        ({"inn": "7707083893"}, {"inn": "7707083893", "short_name": "Иное"}, [("same", "duplicate.inn")]),
        (
            {"inn": "7707083893", "kpp": "770701001"},
            {"inn": "7707083893", "kpp": "540601001"},
            [("possible", "duplicate.inn_other_kpp")],
        ),
        ({}, {"short_name": "ООО «Прогресс»"}, [("likely", "duplicate.organisation_name")]),
        ({"inn": "7707083893"}, {"inn": "7736050003", "short_name": "Прогресс"}, []),
        ({"ogrn": "1027700132195"}, {"ogrn": "1027700132195"}, [("same", "duplicate.ogrn")]),
        ({}, {"short_name": "Вектор"}, []),
    ],
)
def test_organisations(store, duplicates, mine, theirs, expected) -> None:
    add(
        store,
        Organisation(**{"short_name": "Прогресс", **mine}),
        Organisation(**{"short_name": "Завод", **theirs}),
    )
    assert reasons(duplicates.find("organisation")) == expected


def test_a_number_that_many_share_makes_nobody_one(store, plant, duplicates) -> None:
    people = add(store, *(Person(family_name=f"Ф{chr(1072 + n)}", given_name="И") for n in range(25)))
    add(store, *(Contact(person_id=p, kind="email", value="x", normalised="x@y.ru") for p in people))
    assert duplicates.find("person") == ()


def test_nobody_is_another_than_oneself(plant, duplicates) -> None:
    with pytest.raises(KamdeskError) as caught:
        duplicates.declare_apart("person", plant["petr"], plant["petr"])
    assert caught.value.message.code == "merge.one_record"


def test_a_name_of_a_crowd_counts_only_with_more(store, plant, duplicates) -> None:
    people = add(
        store, *(Person(family_name="Ким", given_name="Олег", middle_name="Ильич") for _ in range(15))
    )
    assert duplicates.find("person") == ()
    add(store, *(Fact(person_id=p, kind="birthday", date=PartialDate(None, 1, 7)) for p in people[:2]))
    assert reasons(duplicates.find("person")) == [("likely", "duplicate.name_birthday")]
