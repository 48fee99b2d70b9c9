"""Salutations and address blocks, with every part of a name missing in turn."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kamdesk.documents.language import address_block, salutation
from kamdesk.model.inputs import CaseForms, ClientData, Reader
from kamdesk.model.values import PersonName

PETER = Reader("1", PersonName("Иванов", "Пётр", "Сергеевич"), "Генеральный директор")
CLIENT = ClientData("Прогресс", "АО «Прогресс»")


@pytest.mark.parametrize(
    ("name", "gender", "russian", "english"),
    [
        (("Иванов", "Пётр", "Сергеевич"), "", "Уважаемый Пётр Сергеевич!", "Dear Mr Ivanov,"),
        (("Иванова", "Анна", "Юрьевна"), "", "Уважаемая Анна Юрьевна!", "Dear Ms Ivanova,"),
        (("", "Анна", "Юрьевна"), "", "Уважаемая Анна Юрьевна!", "Dear Anna,"),
        (("Иванов", "Пётр", ""), "", "Уважаемый господин Иванов!", "Dear Mr Ivanov,"),
        (("Иванова", "", ""), "f", "Уважаемая госпожа Иванова!", "Dear Ms Ivanova,"),
        (("", "Пётр", ""), "", "Уважаемый Пётр!", "Dear Pyotr,"),
        (("Ким", "Саша", ""), "", "Здравствуйте, Саша Ким!", "Dear Sasha Kim,"),
        (("Smith", "John", ""), "m", "Уважаемый господин Smith!", "Dear Mr Smith,"),
        (("Smith", "John", ""), "", "Уважаемый господин Smith!", "Dear Mr Smith,"),
        (("Smith", "Robin", ""), "", "Здравствуйте, Robin Smith!", "Dear Robin Smith,"),
        (("Иванов", "П.", "С."), "", "Уважаемый господин Иванов!", "Dear Mr Ivanov,"),
        (("Ким", "В.", "П."), "", "Здравствуйте, В. П. Ким!", "Dear V. Kim,"),
        (("", "", ""), "", "Уважаемые коллеги!", "Dear colleagues,"),
    ],
)
def test_salutation(name: tuple[str, str, str], gender: str, russian: str, english: str) -> None:
    reader = Reader("1", PersonName(*name), gender=gender)
    assert salutation(reader, "ru") == russian
    assert salutation(reader, "en") == english


def test_the_salutation_written_by_hand_wins() -> None:
    reader = Reader("1", PETER.name, salutation="Дорогой Пётр!")
    assert salutation(reader, "ru") == salutation(reader, "en") == "Дорогой Пётр!"


def test_the_courtesy_title_counts_in_the_letters_of_its_language() -> None:
    doctor = replace(PETER, courtesy="Dr")
    assert salutation(doctor, "en") == "Dear Dr Ivanov,"
    assert salutation(doctor, "ru") == "Уважаемый Пётр Сергеевич!"
    assert address_block(doctor, CLIENT, "en").startswith("Dr Pyotr Ivanov\n")
    professor = replace(PETER, courtesy="профессор")
    assert salutation(professor, "ru") == "Уважаемый профессор Иванов!"
    assert address_block(professor, CLIENT, "ru").endswith("профессору Иванову\u00a0П.\u00a0С.")
    assert salutation(professor, "en") == "Dear Mr Ivanov,"
    greeted = replace(doctor, salutation="Dear Prof Ivanov,")
    assert salutation(greeted, "en") == "Dear Prof Ivanov,"


def test_the_name_as_it_is_written_stands_on_an_english_envelope() -> None:
    kim = Reader("1", PersonName("Kim", "Min-jun"), "CEO", "m", written_name="Kim Min-jun")
    assert address_block(kim, ClientData("Hanbat"), "en") == "Mr Kim Min-jun\nCEO\nHanbat"
    assert salutation(kim, "en") == "Dear Mr Kim,"


def test_initials_written_by_hand_keep_their_letters_in_every_case() -> None:
    smith = Reader("1", PersonName("Смит", "Джон"), "директор", "m", initials="Дж. Смит")
    assert address_block(smith, CLIENT, "ru").endswith("Смиту\u00a0Дж.")
    assert address_block(smith, CLIENT, "en").startswith("Mr Dzhon Smit\n")


def test_address_block() -> None:
    assert address_block(PETER, CLIENT, "ru", " ").replace("\u00a0", " ") == (
        "Генеральному директору АО «Прогресс» Иванову П. С."
    )
    assert address_block(PETER, CLIENT, "ru").splitlines()[1] == "АО «Прогресс»"
    english = Reader("2", PersonName("Ivanov", "Peter"), "CEO", gender="m")
    assert address_block(english, ClientData("Progress JSC"), "en") == "Mr Peter Ivanov\nCEO\nProgress JSC"


def test_the_organisation_follows_the_title_in_the_genitive() -> None:
    reader = Reader("1", PersonName("Шевчук", "Анна", "Ильинична"), "директор")
    client = ClientData("завод «Луч»", legal_name_cases=CaseForms())
    assert (
        address_block(reader, client, "ru", "|").replace("\u00a0", " ")
        == "Директору|завода «Луч»|Шевчук А. И."
    )


def test_address_with_missing_parts_has_no_empty_line() -> None:
    nobody = Reader("1", PersonName(), "Главный инженер")
    assert address_block(nobody, CLIENT, "ru") == "Главному инженеру\nАО «Прогресс»"
    no_post = Reader("1", PETER.name)
    assert address_block(no_post, CLIENT, "ru").replace("\u00a0", " ") == "АО «Прогресс»\nИванову П. С."
    only_given = Reader("1", PersonName("", "Пётр", "Сергеевич"))
    assert address_block(only_given, ClientData(""), "ru") == "Петру Сергеевичу"


def test_forms_by_hand_reach_the_address() -> None:
    reader = Reader(
        "1",
        PersonName("Заяц", "Илья", "Кузьмич"),
        "завгар",
        name_cases=CaseForms(dative="Зайцу Илье Кузьмичу"),
        post_cases=CaseForms(dative="начальнику гаража"),
    )
    client = ClientData("Луч", legal_name_cases=CaseForms(genitive="фирмы «Луч»"))
    text = address_block(reader, client, "ru", " ").replace("\u00a0", " ")
    assert text == "Начальнику гаража фирмы «Луч» Зайцу И. К."


def test_who_is_greeted_as_doctor_by_hand_is_one_on_the_envelope() -> None:
    reader = Reader("1", PersonName("Brown", "Anna"), "Director", "f", salutation="Dear Dr Brown,")
    assert address_block(reader, ClientData("Acme Ltd"), "en").startswith("Dr Anna Brown\n")
