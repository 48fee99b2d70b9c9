"""Filters of templates: Russian and English names, forms by hand, wrong input told and never a traceback."""

from __future__ import annotations

from dataclasses import replace

import pytest
from jinja2 import UndefinedError
from markupsafe import escape

from kamdesk.documents.context.forms import forms_of
from kamdesk.documents.environment import FILTERS, LockedEnvironment
from kamdesk.documents.language.filters import (
    FORMS,
    LANGUAGE,
    LANGUAGE_FILTERS,
    RUSSIAN,
    FilterMisuse,
    kind_of,
)
from kamdesk.documents.text_render import TextEnvironment
from kamdesk.model.inputs import ClientData, Reader
from kamdesk.model.messages import LANGUAGES
from kamdesk.model.values import PersonName
from kamdesk.translation import Translator

N = "\u00a0"


def _say(source: str, language: str = "ru", **values: object) -> str:
    return TextEnvironment().from_string(source).render({LANGUAGE: language, **values})


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("{{ 'Иванов Пётр Сергеевич'|genitive }}", "Иванова Петра Сергеевича"),
        ("{{ 'Пётр Иванов'|дательный }}", "Петру Иванову"),
        ("{{ 'Генеральный директор'|творительный }}", "Генеральным директором"),
        ("{{ 'Генеральный Директор'|genitive }}", "Генерального Директора"),
        ("{{ 'Директор по АХО'|dative }}", "Директору по АХО"),
        ("{{ 'Завод «Прогресс»'|родительный }}", "Завода «Прогресс»"),
        ("{{ 'АО «Север»'|родительный }}", "АО «Север»"),
        ("{{ 'Мастер Пётр'|genitive('имя') }} {{ 'Мастер'|genitive('должность') }}", "Мастера Петра Мастера"),
        ("{{ 'Иванов Пётр Сергеевич'|инициалы }}", f"П.{N}С.{N}Иванов"),
        ("{{ 'Иванов Пётр Сергеевич'|фамилия_вперёд }}", f"Иванов{N}П.{N}С."),
        ("{{ 'Иванов Пётр Сергеевич'|имя_отчество }}", "Пётр Сергеевич"),
        ("{{ 'Иванова Анна Петровна'|обращение }}", "Уважаемая Анна Петровна!"),
        ("{{ 'Иванова Анна'|latin }}", "Ivanova Anna"),
        ("{{ '12 000 000,00 ₽'|прописью }}", "Двенадцать миллионов рублей 00 копеек"),
        ("{{ 5|in_words }}", "пять"),
        ("{{ 1200|деньги('USD') }}", f"1{N}200,00{N}$"),
        ("{{ 1234.5|число }}", f"1{N}234,5"),
        ("{{ 5|количество('год', 'года', 'лет') }} {{ 21|форма('год', 'года', 'лет') }}", f"5{N}лет год"),
        ("{{ '23.11.2026'|date }}", f"23{N}ноября{N}2026{N}г."),
        ("{{ '2026-11-23'|дата('кратко') }}", "23.11.2026"),
        (f"{{{{ '23{N}ноября{N}2026{N}г.'|date('short') }}}}", "23.11.2026"),
        ("{{ 'в 5 кг — г. Пермь'|неразрывно }}", f"в{N}5{N}кг{N}— г.{N}Пермь"),
        (
            "{{ 'Главный инженер'|со_строчной }} {{ 'HR-директор'|small_first }}",
            "главный инженер HR-директор",
        ),
        ("{{ 'завод'|с_прописной }}", "Завод"),
        ("{{ ''|genitive }}", ""),
    ],
)
def test_what_filters_say_in_russian(source: str, said: str) -> None:
    assert _say(source) == said


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("{{ 'John Smith'|genitive }}", "John Smith"),
        ("{{ 'Peter Ivanov'|salutation }}", "Dear Mr Ivanov,"),
        ("{{ '€1,200,000.50'|in_words }}", "One million two hundred thousand euros and 50 cents"),
        ("{{ 2|counted('year', 'years') }}", f"2{N}years"),
        ("{{ '2026-11-23'|date }}", f"23{N}November{N}2026"),
        ("{{ 1234.5|money('GBP') }}", "£1,234.50"),
    ],
)
def test_what_filters_say_in_english(source: str, said: str) -> None:
    assert _say(source, "en") == said


def test_the_address_block_of_plain_values() -> None:
    said = _say("{{ 'Иванов Пётр Сергеевич'|адресат('Главный инженер', 'Завод «Прогресс»') }}")
    assert said == f"Главному инженеру\nЗавода «Прогресс»\nИванову{N}П.{N}С."


def test_what_was_written_by_hand_wins() -> None:
    forms = {
        "Заяц Пётр": {"genitive": "Заяца Петра", "salutation": "Пётр, добрый день!"},
        "АО «Север»": {"genitive": "Севера"},
    }
    assert _say("{{ 'Заяц Пётр'|genitive }}", **{FORMS: forms}) == "Заяца Петра"
    assert _say("{{ 'Заяц Пётр'|обращение }}", **{FORMS: forms}) == "Пётр, добрый день!"
    assert _say("{{ 'АО «Север»'|genitive }}", **{FORMS: forms}) == "Севера"


@pytest.mark.parametrize(
    "source",
    [
        "{{ 'абв'|money }}", "{{ [1]|genitive }}", "{{ none|dative }}", "{{ true|initials }}", "{{ 5|plural('a') }}",
        "{{ 'x'|date }}", "{{ 'завтра'|date }}", "{{ 'Иван'|genitive('кто') }}", "{{ ('9' * 30)|in_words }}", "{{ 5|money('рубли') }}",
        "{{ ('я' * 5000)|genitive }}", "{{ ''|plural('a', 'b', 'c') }}", "{{ '!!!'|initials }}", "{{ {'a': 1}|nbsp }}",
    ],
)  # fmt: skip
def test_wrong_input_is_told_in_words(source: str) -> None:
    with pytest.raises(FilterMisuse) as problem:
        _say(source)
    for language in LANGUAGES:
        assert "{" not in Translator(language).message(problem.value.said)


@pytest.mark.parametrize("name", sorted(LANGUAGE_FILTERS))
def test_a_missing_field_is_missing_in_every_filter(name: str) -> None:
    with pytest.raises((UndefinedError, FilterMisuse)):
        _say(f"{{{{ nothing|{name} }}}}")


def test_every_filter_has_a_russian_name_and_is_known_to_the_doctor() -> None:
    assert set(RUSSIAN.values()) == {name for name in LANGUAGE_FILTERS if name.isascii()}
    assert LANGUAGE_FILTERS.keys() <= FILTERS


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Иванов Пётр Сергеевич", "person"), ("Мамедов Эльчин Гасан оглы", "person"), ("Людвиг ван Бетховен", "person"),
        ("Главный бухгалтер", "title"), ("директор", "title"), ("Начальник ОМТС", "title"), ("HR-директор", "title"),
        ("ООО «Луч»", "company"), ("Завод имени Лихачёва", "company"), ("Группа компаний Север", "company"),
    ],
)  # fmt: skip
def test_what_a_text_names_is_told_by_its_look(text: str, kind: str) -> None:
    assert kind_of(text) == kind


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Иванов П. С. и П. С. Иванов", f"Иванов{N}П.{N}С. и{N}П.{N}С.{N}Иванов"),
        ("в 2026 г. до 5 %", f"в{N}2026{N}г. до{N}5{N}%"),
        ("договор № 5 — от 3 марта", f"договор №{N}5{N}— от{N}3{N}марта"),
        ("г. Пермь, ул. Мира, д. 1", f"г.{N}Пермь, ул.{N}Мира, д.{N}1"),
        ("12 000 000 ₽ за 10 кг", f"12{N}000{N}000{N}₽ за{N}10{N}кг"),
    ],
)
def test_where_a_line_must_not_end(text: str, said: str) -> None:
    made = _say("{{ text|nbsp }}", text=text)
    assert made == said
    assert _say("{{ text|nbsp }}", text=made) == made


def test_all_that_is_written_by_hand_of_a_name_reaches_the_filters() -> None:
    kim = Reader(
        "1", PersonName("Ким", "Мин Чжун"), "директор", "m", courtesy="доктор", initials="М.Ч. Ким", written_name="Мин Чжун Ким",
    )  # fmt: skip
    values = {FORMS: forms_of([kim], ClientData("Север")), "name": "Мин Чжун Ким"}
    assert _say("{{ name|инициалы }}; {{ name|фамилия_вперёд }}", **values) == f"М.Ч.{N}Ким; Ким{N}М.Ч."
    assert _say("{{ name|дательный }}", **values) == "Мину Чжуну Киму"
    assert _say("{{ name|обращение }}", **values) == "Уважаемый доктор Ким!"
    assert _say("{{ name|адресат('директор') }}", **values) == f"Директору\nдоктору Киму{N}М.Ч."
    western = {FORMS: forms_of([replace(kim, courtesy="Dr")], ClientData("")), "name": "Мин Чжун Ким"}
    assert _say("{{ name|salutation }}", "en", **western) == "Dear Dr Kim,"


def test_signs_of_a_pattern_in_a_name_are_letters() -> None:
    for signs in ("\\1", "\\", "\\\\2"):
        assert _say("{{ name|dative('имя') }}", name=f"Пётр Иванов{signs}").startswith("Петру Иванов")


def test_a_form_by_hand_is_found_for_a_value_that_was_put_together() -> None:
    forms = {"Шон О'Коннор": {"salutation": "Дорогой Шон!", "initials": "Ш. О'Коннор"}}
    source = "{% set name %}{{ one }}{% endset %}{{ name|salutation }} {{ name|initials }}"
    said = LockedEnvironment().from_string(source)
    values = {LANGUAGE: "ru", FORMS: forms, "one": "Шон О'Коннор"}
    assert said.render(values) == escape(f"Дорогой Шон! Ш.{N}О'Коннор")
