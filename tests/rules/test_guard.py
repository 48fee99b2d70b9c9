"""The guard sees what should not be written of a person, and leaves the words of trade alone."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kamdesk.model.texts import all_texts
from kamdesk.rules.guard import SUBJECTS, concern


@pytest.mark.parametrize(
    ("text", "subject", "word"),
    [
        ("Лечится от ДИАБЕТА второй год", "health", "ДИАБЕТА"),
        ("Перенёс инфаркт", "health", "инфаркт"),
        ("She was diagnosed in May", "health", "diagnosed"),
        ("Верующий, соблюдает пост", "religion", "Верующий"),
        ("He is a Muslim", "religion", "Muslim"),
        ("Член партии с 2005 года", "politics", "Член партии"),
        ("voted for the mayor", "politics", "voted for"),
        ("по национальности", "ethnicity", "национальности"),
        ("У него любовница", "intimate", "любовница"),
        ("openly gay", "intimate", "gay"),
        ("Аллергия на орехи", "health", "Аллергия"),
        ("Лечился у кардиолога", "health", "Лечился у"),
        ("Ходит в мечеть по пятницам", "religion", "Ходит в мечеть"),
        ("believes in God", "religion", "believes in God"),
        ("Сын Петя, 12 лет", "children", "Сын Петя, 12"),
        ("Дочь учится в школе № 5", "children", "Дочь учится в школе"),
        ("her son is in 5th grade", "children", "son is in 5th"),
    ],
)
def test_subjects_are_seen_in_both_languages(text: str, subject: str, word: str) -> None:
    message = concern(text)
    assert message is not None
    assert (message.code, message.params) == (f"guard.{subject}", {"word": word})


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Принимал партию товара на складе",
        "Болельщик «Зенита»",
        "Болеет за «Спартак»",
        "Любит рыбалку и раков",
        "Гейтс — его кумир",
        "Лечил собаку у нашего ветеринара",
        "Отвечает за кредитную политику",
        "Татарский пролив — мечта яхтсмена",
        "Вера Петровна, окончила МАИ",
        "Likes orthodoxy of accounting rules",
        "Plays in a liberal arts theatre",
        "Loves gardening and stroke play",
        "Ракета на логотипе",
        "Рак по гороскопу",
        "Онколог высшей категории",
        "Держит кавказскую овчарку",
        "Christian name is Peter",
        "A dog lover and an orthodox planner",
        "Хочет вступить в гольф-клуб",
        "Жена Анна, дочери Соня и Варя",
        "Дочь Маша учится в Казани",
        "Окончил школу № 5 в 1984",
        "Любит группу «Дети Ра» и пластинки 1998 года",
    ],
)
def test_daily_words_pass(text: str) -> None:
    assert concern(text) is None


def test_every_subject_has_its_words() -> None:
    assert {f"guard.{subject}" for subject in SUBJECTS} <= set(all_texts())


@given(st.text(max_size=300))
def test_any_text_is_taken(text: str) -> None:
    message = concern(text)
    assert message is None or str(message.params["word"]) in text


def test_of_a_family_only_first_names_and_the_relation() -> None:
    assert concern("Жена Анна", "family") is None
    assert concern("Жена Анна Петровна", "family").code == "guard.family"
    assert concern("Жена Анна, 12.03.1980", "family").params == {"word": "12"}
    assert concern("Встречались с Анной Петровной в 2019", "career") is None
