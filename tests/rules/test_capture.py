"""Lines jotted down after a meeting, each sorted. Today is Monday, 23 November 2026."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kamdesk.model.values import PartialDate, PersonName
from kamdesk.rules.capture import KnownPerson, named_person, sort_lines

TODAY = date(2026, 11, 23)
PEOPLE = (
    KnownPerson("petr", PersonName("Иванов", "Пётр", "Сергеевич")),
    KnownPerson("olga", PersonName("Толстая", "Ольга", "Львовна")),
    KnownPerson("pavel", PersonName("Мельник", "Павел", "Ильич")),
    KnownPerson("oleg", PersonName("Сидоров", "Олег", "Павлович")),
    KnownPerson("lev", PersonName("Ким", "Лев")),
    KnownPerson("john", PersonName("Smith", "John")),
)

LINES = [
    ("обещали прислать ТЗ до пятницы", "promise_theirs"),
    ("Иванов обещал познакомить с главным инженером", "promise_theirs"),
    ("обещали мы: смету к 15.12", "promise_ours"),
    ("Мы обещали скидку при предоплате", "promise_ours"),
    ("я пришлю расчёт завтра", "promise_ours"),
    ("Пришлём образцы до конца месяца", "promise_ours"),
    ("Пришлют протокол испытаний в среду", "promise_theirs"),
    ("Ольга Львовна согласует бюджет до 10 декабря", "promise_theirs"),
    ("Позвонить Толстой завтра", "next_step"),
    ("Следующий шаг: встреча 5 декабря", "next_step"),
    ("Договорились встретиться в пятницу", "next_step"),
    ("Встреча в цехе в следующий вторник", "next_step"),
    ("Просили показать завод", "next_step"),
    ("Пётр Сергеевич увлекается рыбалкой", "fact"),
    ("День рождения Мельника 5 марта", "fact"),
    ("Дочь поступила в МГУ", "fact"),
    ("Раньше работал в «Векторе»", "fact"),
    ("Новый главный энергетик — Козлов Андрей Викторович", "person"),
    ("Познакомился с Анной Волковой из бухгалтерии", "person"),
    ("Козлова Мария Андреевна, снабжение, kozlova@zavod.ru", "person"),
    ("Настроение рабочее, но осторожное", "note"),
    ("Новый год отмечают на заводе", "note"),
    ("Новый цех запустят весной", "note"),
    ("they promised to send the drawings by Friday", "promise_theirs"),
    ("We promised a discount", "promise_ours"),
    ("I'll send the estimate tomorrow", "promise_ours"),
    ("I’ll call them", "promise_ours"),
    ("John Smith will sign by next Friday", "promise_theirs"),
    ("He will approve the budget by 10 December", "promise_theirs"),
    ("Call Smith tomorrow", "next_step"),
    ("Next step: meeting on 5 December", "next_step"),
    ("Loves skiing", "fact"),
    ("New chief engineer: Peter Brown", "person"),
    ("Mood was cautious", "note"),
    ("Договорились, что пришлём КП до 1 декабря", "promise_ours"),
    ("Договорились, что они подпишут в среду", "promise_theirs"),
    ("Толстая просила рекомендации", "next_step"),
    ("Нам нужно согласовать график", "next_step"),
    ("в пятницу выезд на площадку", "next_step"),
    ("Мельник в отпуске до 5 декабря", "note"),
    ("Smith asked for references", "next_step"),
    ("Мы: прислать договор", "promise_ours"),
    ("Они — дать доступ на площадку", "promise_theirs"),
    ("Факт: пьёт только зелёный чай", "fact"),
]  # fmt: skip


@pytest.mark.parametrize(("line", "kind"), LINES, ids=[line for line, _ in LINES])
def test_kinds(line: str, kind: str) -> None:
    assert [found.kind for found in sort_lines(line, PEOPLE, TODAY)] == [kind]


def test_dates_and_people_are_suggested() -> None:
    lines = sort_lines(
        "- Иванов обещал ТЗ до пятницы\n\n• Позвонить Толстой завтра\n2) День рождения Мельника 5 марта\n"
        "Познакомился с новым снабженцем: Козлов Андрей Викторович",
        PEOPLE,
        TODAY,
    )
    promise, step, birthday, new = lines
    assert (promise.text, promise.due, promise.person_id) == (
        "Иванов обещал ТЗ до пятницы",
        date(2026, 11, 27),
        "petr",
    )
    assert (step.due, step.person_id) == (date(2026, 11, 24), "olga")
    assert (birthday.fact_kind, birthday.when, birthday.person_id) == (
        "birthday",
        PartialDate(None, 3, 5),
        "pavel",
    )
    assert birthday.due is None
    assert new.new_name == PersonName("Козлов", "Андрей", "Викторович")


@pytest.mark.parametrize(
    ("words", "person"),
    [
        ("Отдать Иванову", "petr"),
        ("Говорили с Петром Сергеевичем", "petr"),
        ("Узнать у Петра", "petr"),
        ("Спросить Павла Ильича", "pavel"),
        ("Павлу понравилось", "pavel"),
        ("Толстую беспокоит срок", "olga"),
        ("С Ольгой Львовной решено", "olga"),
        ("Позвонить Льву", "lev"),
        ("Smith's answer", "john"),
        ("Олегу Павловичу", "oleg"),
        ("иванов день", ""),
        ("Иванов и Толстая согласны", ""),
        ("Никого", ""),
        ("", ""),
    ],
)
def test_people_in_any_case(words: str, person: str) -> None:
    assert named_person(words, PEOPLE) == person


def test_nobody_is_guessed_where_two_fit() -> None:
    two = (*PEOPLE, KnownPerson("other", PersonName("Иванов", "Олег", "Ильич")))
    assert named_person("Иванов обещал", two) == ""
    assert named_person("Иванов Олег обещал", two) == "other"


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=200))
def test_no_line_is_lost(text: str) -> None:
    found = sort_lines(text, PEOPLE, TODAY)
    assert len(found) <= len(text.splitlines())
    assert all(line.text or line.kind for line in found)


@pytest.mark.parametrize("page", ["1" * 100_000, "а" * 100_000, "a.b" * 30_000])
def test_a_page_in_one_line_is_a_note_whole(page: str) -> None:
    (found,) = sort_lines(page, PEOPLE, TODAY)
    assert found.kind == "note"
    assert found.text == page
