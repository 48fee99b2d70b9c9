"""Names as they stand in one cell of a table, a signature or a card."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kamdesk.model.values import PersonName
from kamdesk.rules.typed import gender_of, parse_name

CASES = [
    ("Иванов Пётр Сергеевич", "Иванов|Пётр|Сергеевич"),
    ("Пётр Сергеевич Иванов", "Иванов|Пётр|Сергеевич"),
    ("  иванов  пётр сергеевич ", "Иванов|Пётр|Сергеевич"),
    ("ИВАНОВ ПЁТР СЕРГЕЕВИЧ", "Иванов|Пётр|Сергеевич"),
    ("ИВАНОВ Пётр Сергеевич", "Иванов|Пётр|Сергеевич"),
    ("Пётр ИВАНОВ", "Иванов|Пётр|"),
    ("Иванов П. С.", "Иванов|П.|С."),
    ("Иванов П.С.", "Иванов|П.|С."),
    ("П.С. Иванов", "Иванов|П.|С."),
    ("П. С. Иванов", "Иванов|П.|С."),
    ("П. Иванов", "Иванов|П.|"),
    ("Иванов П", "Иванов|П|"),
    ("Иванов Пётр С.", "Иванов|Пётр|С."),
    ("Иванов, Пётр Сергеевич", "Иванов|Пётр|Сергеевич"),
    ("Иванов, П. С.", "Иванов|П.|С."),
    ("Пётр Сергеевич", "|Пётр|Сергеевич"),
    ("Мария Ивановна", "|Мария|Ивановна"),
    ("Иванов Пётр", "Иванов|Пётр|"),
    ("Пётр Иванов", "Иванов|Пётр|"),
    ("Анна Мельник", "Мельник|Анна|"),
    ("Мельник Анна", "Мельник|Анна|"),
    ("Пётр", "|Пётр|"),
    ("Иванов", "Иванов||"),
    ("Абрамович Роман Аркадьевич", "Абрамович|Роман|Аркадьевич"),
    ("Роман Аркадьевич Абрамович", "Абрамович|Роман|Аркадьевич"),
    ("Римский-Корсаков Николай Андреевич", "Римский-Корсаков|Николай|Андреевич"),
    ("ПЕТРОВА-ВОДКИНА АННА-МАРИЯ ИЛЬИНИЧНА", "Петрова-Водкина|Анна-Мария|Ильинична"),
    ("Толстой Лев Ильич", "Толстой|Лев|Ильич"),
    ("Мамедов Али Гасан оглы", "Мамедов|Али|Гасан оглы"),
    ("Али Гасан оглы Мамедов", "Мамедов|Али|Гасан оглы"),
    ("Алиева Лейла Рашид кызы", "Алиева|Лейла|Рашид кызы"),
    ("г-н Иванов Пётр", "Иванов|Пётр|"),
    ("д-р Вольфганг Мюллер", "Мюллер|Вольфганг|"),
    ("Джон Смит", "Смит|Джон|"),
    ("Людвиг ван Бетховен", "ван Бетховен|Людвиг|"),
    ("Ли Чжун Хо", "Ли|Чжун|Хо"),
    ("Dr. John A. Smith Jr.", "Smith Jr.|John|A."),
    ("John Smith, Jr.", "Smith Jr.|John|"),
    ("John Smith, PhD", "Smith|John|"),
    ("Smith, John", "Smith|John|"),
    ("Smith, John A.", "Smith|John|A."),
    ("JOHN SMITH", "Smith|John|"),
    ("SMITH John", "Smith|John|"),
    ("Mr. Smith", "Smith||"),
    ("г-жа Петрова", "Петрова||"),
    ("John", "|John|"),
    ("Ludwig van Beethoven", "van Beethoven|Ludwig|"),
    ("Juan Carlos de la Cruz", "de la Cruz|Juan|Carlos"),
    ("J. R. R. Tolkien", "Tolkien|J.|R. R."),
    ("Smith J.", "Smith|J.|"),
    ("Ivanov Petr Sergeevich", "Ivanov|Petr|Sergeevich"),
    ("Petr Sergeevich Ivanov", "Ivanov|Petr|Sergeevich"),
    ("Mary O'Neill", "O'Neill|Mary|"),
]


@pytest.mark.parametrize(("text", "parts"), CASES, ids=[case[0] for case in CASES])
def test_names_in_one_cell(text: str, parts: str) -> None:
    assert parse_name(text) == PersonName(*parts.split("|"))


@pytest.mark.parametrize("text", ["", "   ", "—", "123", "...", ","])
def test_what_is_no_name(text: str) -> None:
    assert parse_name(text) is None


@pytest.mark.parametrize(
    ("name", "gender"),
    [
        (PersonName("Иванов", "Пётр", "Сергеевич"), "m"),
        (PersonName("Шевченко", "Саша", "Ильинична"), "f"),
        (PersonName("Мамедов", "Али", "Гасан оглы"), "m"),
        (PersonName("Алиева", "Лейла", "Рашид кызы"), "f"),
        (PersonName("Шевченко", "Саша"), ""),
        (PersonName("Иванова", "Саша"), "f"),
        (PersonName("Смирнов", "Женя"), "m"),
        (PersonName("Мельник", "Никита"), "m"),
        (PersonName("Мельник", "Любовь"), ""),
        (PersonName("Мельник", "Анна-Мария"), "f"),
        (PersonName("Иванова", "Пётр"), ""),
        (PersonName("Иванов", "П.", "С."), "m"),
        (PersonName("Smith", "Mary"), "f"),
        (PersonName("Smith", "Kim"), ""),
        (PersonName(), ""),
    ],
)
def test_gender_only_where_it_is_sure(name: PersonName, gender: str) -> None:
    assert gender_of(name) == gender


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=40))
def test_no_text_breaks_the_reader(text: str) -> None:
    found = parse_name(text)
    if found is not None:
        assert gender_of(found) in ("m", "f", "")


@settings(max_examples=60, deadline=None)
@given(
    st.sampled_from(["Иванов", "Петрова", "Шевченко", "Римский-Корсаков", "Мкртчян"]),
    st.sampled_from(["Пётр", "Анна", "Елена", "Сергей"]),
    st.sampled_from(["Ильич", "Сергеевна", "Петрович", "Кузьмич"]),
)
def test_both_orders_and_initials_agree(family: str, given_name: str, middle: str) -> None:
    name = PersonName(family, given_name, middle)
    assert parse_name(f"{family} {given_name} {middle}") == name
    assert parse_name(f"{given_name} {middle} {family}") == name
    assert (
        parse_name(f"{given_name} {family}")
        == parse_name(f"{family} {given_name}")
        == PersonName(family, given_name)
    )
    short = PersonName(family, f"{given_name[0]}.", f"{middle[0]}.")
    assert parse_name(f"{family} {given_name[0]}.{middle[0]}.") == short
