"""The rule is e-mail or phone, then the parts of the name."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kamdesk.model.values import PersonName
from kamdesk.rules.duplicates import DuplicateIndex, Identity, names_agree, organisation_key

IVANOV = Identity(
    "1", PersonName("Иванов", "Пётр", "Сергеевич"), ("p.ivanov@zavod.ru",), ("+74951234567",), ("завод",)
)


def judged(person: Identity, *known: Identity) -> list[tuple[str, str, str]]:
    found = DuplicateIndex(known or (IVANOV,)).matches(person)
    return [(match.id, match.certainty, match.reason.code) for match in found]


@pytest.mark.parametrize(
    ("person", "expected"),
    [
        (Identity("2", PersonName(), ("P.Ivanov@Zavod.ru ",)), ("same", "duplicate.email")),
        (Identity("2", PersonName("Иванов", "П."), ("p.ivanov@zavod.ru",)), ("same", "duplicate.email")),
        (
            Identity("2", PersonName("Кузин", "Олег"), ("p.ivanov@zavod.ru",)),
            ("possible", "duplicate.email_other_name"),
        ),
        (Identity("2", PersonName("Иванов", "Петр"), (), ("+74951234567",)), ("same", "duplicate.phone")),
        (Identity("2", PersonName("иванов", "петр", "сергеевич")), ("likely", "duplicate.full_name")),
        (
            Identity("2", PersonName("Иванов", "П.", "С."), organisations=("завод",)),
            ("likely", "duplicate.name_organisation"),
        ),
        (Identity("2", PersonName("Иванов", "П.", "С.")), ("possible", "duplicate.name")),
    ],
)
def test_matches_and_their_reasons(person: Identity, expected: tuple[str, str]) -> None:
    assert judged(person) == [("1", *expected)]


@pytest.mark.parametrize(
    "person",
    [
        Identity("2", PersonName("Кузин", "Олег"), (), ("+74951234567",)),
        Identity("2", PersonName("Иванова", "Пётр", "Сергеевич")),
        Identity("2", PersonName("Иванов", "Пётр", "Ильич"), organisations=("завод",)),
        Identity("2", PersonName("Иванов", "Павел"), organisations=("завод",)),
        Identity("2", PersonName("Иванов")),
        Identity("2", PersonName("", "Пётр")),
        Identity("2", PersonName()),
    ],
)
def test_people_who_are_not_the_same(person: Identity) -> None:
    assert judged(person) == []


def test_a_shared_mailbox_is_no_identity() -> None:
    office = replace(IVANOV, emails=("info@zavod.ru",))
    assert judged(Identity("2", PersonName("Кузин", "Олег"), ("info@zavod.ru",)), office) == []
    nameless = judged(Identity("2", PersonName(), ("info@zavod.ru",)), office)
    assert nameless == [("1", "possible", "duplicate.email")]
    assert judged(Identity("2", PersonName("Иванов", "Пётр"), ("info@zavod.ru",)), office)[0][1] == "same"


def test_surest_first_and_never_oneself() -> None:
    other = Identity("3", PersonName("Иванов", "Пётр"))
    index = DuplicateIndex([IVANOV])
    index.add(other)
    found = index.matches(replace(IVANOV, id="2"))
    assert [match.id for match in found] == ["1", "3"]
    assert found[0].score == 100
    assert [match.id for match in index.matches(IVANOV)] == ["3"]


def test_names_agree_only_where_there_is_enough() -> None:
    assert names_agree(PersonName("Иванов", "Пётр"), PersonName("Иванов", "П.", "С.")) is True
    assert names_agree(PersonName("Иванов"), PersonName("Иванов", "Пётр")) is None
    assert names_agree(PersonName("", "Олег"), PersonName("", "Пётр")) is False


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("ООО «Вектор»", "вектор"),
        ("Вектор, ООО", "вектор"),
        ('АО "Завод Вектор-2"', "завод вектор 2"),
        ("Акционерное общество «Пётр»", "петр"),
        ("Vector GmbH & Co. KG", "vector"),
        ("Vector Ltd.", "vector"),
        ("ООО", "ооо"),
        ("Аоста", "аоста"),
        ("", ""),
    ],
)
def test_organisation_keys(name: str, key: str) -> None:
    assert organisation_key(name) == key
