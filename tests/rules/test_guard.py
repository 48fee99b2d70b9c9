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
