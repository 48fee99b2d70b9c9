"""Quick capture: sorted for confirmation, saved in one step, undone in one."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from kamdesk.model.messages import KamdeskError
from kamdesk.model.tables import Person
from kamdesk.model.values import PartialDate, PersonName
from kamdesk.services.capture import Capture, CaptureLine
from kamdesk.services.facts import Facts
from kamdesk.services.interactions import InteractionData, Interactions
from kamdesk.services.notes import Notes
from kamdesk.services.promises import Promises

TEXT = """
- Мы обещали прислать Елкиной расчёт до 10.03.2026
- Пётр Сергеевич обещал показать цех
- У Ёлкиной день рождения 29 февраля
- Следующий шаг: созвон 12.03.2026
- Новый человек: Смирнов Олег Ильич, главный энергетик
- Шумно в приёмной
"""


@pytest.fixture
def meeting(store, plant) -> str:
    return Interactions(store).log(InteractionData(organisation_id=plant["client"]))


def test_lines_are_sorted_and_names_are_found_among_the_clients_people(store, plant) -> None:
    lines = Capture(store).preview(TEXT, plant["client"])
    assert [(one.kind, one.person.given) for one in lines] == [
        ("promise_ours", "Анна"),
        ("promise_theirs", "Пётр"),
        ("fact", "Анна"),
        ("next_step", ""),
        ("person", ""),
        ("note", ""),
    ]
    assert lines[0].due == date(2026, 3, 10) and lines[3].due == date(2026, 3, 12)
    assert (lines[2].fact_kind, lines[2].when) == ("birthday", PartialDate(month=2, day=29))
    assert lines[4].new_name == PersonName("Смирнов", "Олег", "Ильич")
    assert Capture(store).preview("", plant["client"]) == ()


def test_saving_is_one_step(vault, store, plant, meeting: str) -> None:
    service = Capture(store)
    made = service.save(service.preview(TEXT, plant["client"]), plant["client"], meeting)
    assert [table for table, _ in made] == ["promise", "promise", "fact", "interaction", "person", "note"]
    view = Interactions(store).view(meeting)
    assert (view.next_step_on, len(view.promises)) == (date(2026, 3, 12), 2)
    assert [one.person_id for one in Promises(store).theirs(organisation_id=plant["client"])] == [
        plant["petr"]
    ]
    assert Facts(store).birthday(plant["anna"]) == PartialDate(month=2, day=29)
    assert [one.text for one in Notes(store).of(organisation_id=plant["client"])] == ["Шумно в приёмной"]
    assert "энергетик" in Notes(store).of(person_id=made[4][1])[0].text
    message = vault.history.undo()
    assert (message.code, message.params) == ("capture.save", {"n": 6})
    assert store.read(lambda session: session.query(Person).count()) == 2
    assert Interactions(store).view(meeting).next_step == "" and Promises(store).of() == ()


def test_a_page_of_a_person_is_who_facts_are_about(store, plant) -> None:
    service = Capture(store)
    (line,) = service.preview("Увлекается рыбалкой", person_id=plant["petr"])
    assert (line.kind, line.person.family) == ("fact", "Иванов")
    service.save([line])
    assert Facts(store).of_person(plant["petr"])[0].kind == "hobby"
    (line,) = service.preview("Факт: после инфаркта не летает", plant["client"], plant["petr"])
    assert line.warning.code == "guard.health"


def test_steps_without_a_meeting_and_known_people_are_not_lost_or_doubled(store, plant) -> None:
    service = Capture(store)
    made = service.save(
        [
            CaptureLine("next_step", "Подготовить смету", due=date(2026, 3, 20)),
            CaptureLine(
                "person", "Иванов Пётр Сергеевич", new_name=PersonName("Иванов", "Пётр", "Сергеевич")
            ),
        ],
        plant["client"],
    )
    assert made[1] == ("person", plant["petr"])
    assert [one.due for one in Promises(store).ours(organisation_id=plant["client"])] == [date(2026, 3, 20)]
    assert Notes(store).of(person_id=plant["petr"]) == ()


def test_what_cannot_be_saved_is_said_and_nothing_is(vault, store, plant) -> None:
    service = Capture(store)
    good = CaptureLine("note", "x")
    for lines, client, code in (
        ([], plant["client"], "capture.nothing"),
        ([good, CaptureLine("fact", "Рыбак")], plant["client"], "capture.whose_fact"),
        ([good, CaptureLine("person", "кто-то")], plant["client"], "capture.no_name"),
        ([good], "", "note.of_whom"),
        ([good, replace(good, text=" ")], plant["client"], "record.required"),
        ([good], "?", "record.gone"),
        ([good, CaptureLine("fact", "Рыбак", person_id="?")], plant["client"], "record.gone"),
    ):
        with pytest.raises(KamdeskError) as raised:
            service.save(lines, client)
        assert raised.value.message.code == code
    assert Notes(store).of() == ()


def test_a_line_about_a_meeting_becomes_the_meeting_with_the_promise_given_at_it(vault, store, plant) -> None:
    service = Capture(store)
    lines = service.preview("Встреча с Ивановым, обещал прислать ТЗ до пятницы", plant["client"])
    meeting, promise = lines
    assert (meeting.kind, meeting.contact_kind, [one.name.family for one in meeting.people]) == (
        "interaction",
        "meeting",
        ["Иванов"],
    )
    assert (promise.kind, promise.person.family, promise.due) == (
        "promise_theirs",
        "Иванов",
        date(2026, 3, 6),
    )
    made = service.save(lines, plant["client"])
    view = Interactions(store).view(made[0][1])
    assert (view.state, view.starts_at, [who.name.family for who in view.people]) == (
        "done",
        store.now(),
        ["Иванов"],
    )
    assert [(one.side, one.text, one.due) for one in view.promises] == [
        ("theirs", "Прислать ТЗ", date(2026, 3, 6))
    ]
    assert vault.history.undo().code == "capture.save"
    assert Interactions(store).timeline(organisation_id=plant["client"]) == ()


def test_what_follows_a_meeting_belongs_to_it(store, plant) -> None:
    service = Capture(store)
    text = "Созвон с Ёлкиной\nпришлём расчёт завтра\nНадо согласовать график\nНедовольна сроками\nпознакомились с Сидоровой, новый главбух"
    made = service.save(service.preview(text, plant["client"]), plant["client"])
    assert [table for table, _ in made] == ["interaction", "promise", "interaction", "interaction", "person"]
    view = Interactions(store).view(made[0][1])
    assert view.next_step == "Надо согласовать график"
    assert {who.name.family for who in view.people} == {"Ёлкина", "Сидорова"}
    complaint = Interactions(store).view(made[3][1])
    assert (complaint.kind, [who.name.family for who in complaint.people]) == ("complaint", ["Ёлкина"])


def test_an_hour_ahead_is_planned(store, plant) -> None:
    service = Capture(store)
    (line,) = service.preview("Встреча с Ивановым в четверг в 10", plant["client"])
    assert line.planned
    ((_table, row),) = service.save([line], plant["client"])
    assert Interactions(store).view(row).state == "planned"


def test_somebody_of_another_client_is_found_but_never_before_ones_own(store, plant) -> None:
    service = Capture(store)
    store.write(
        "record.add",
        {"noun": "", "name": ""},
        lambda session: session.add_all(
            [Person(family_name="Иванов", given_name="Олег"), Person(family_name="Чайкин", given_name="Илья")]
        ),
    )
    (own,) = service.preview("Иванов обещал ТЗ", plant["client"])
    assert own.person_id == plant["petr"]
    (other,) = service.preview("Чайкин обещал ТЗ", plant["client"])
    assert other.person.family == "Чайкин"
    (both,) = service.preview("Иванов обещал ТЗ")
    assert both.person_id == "" and len(both.choices) == 2
    with pytest.raises(KamdeskError) as raised:
        service.save([both])
    assert raised.value.message.code == "capture.who"
    assert service.client_meant([own]) == plant["client"]


def planned_today(store, plant, hour: int, people: tuple[str, ...], purpose: str) -> str:
    at = store.now().replace(hour=hour, minute=0)
    data = InteractionData(organisation_id=plant["client"], starts_at=at, purpose=purpose, person_ids=people)
    return Interactions(store).plan(data)


def test_the_line_about_a_planned_meeting_answers_it(vault, store, plant) -> None:
    service, interactions = Capture(store), Interactions(store)
    planned_today(store, plant, 9, (plant["anna"],), "Другая")
    meeting = planned_today(store, plant, 11, (plant["petr"],), "Показать цех")
    lines = service.preview(
        "Встреча с Ивановым, доволен\nИванов обещал прислать ТЗ до пятницы", plant["client"]
    )
    assert lines[0].answers is not None
    assert (lines[0].answers.id, lines[0].answers.purpose) == (meeting, "Показать цех")
    assert (lines[1].text, lines[1].said) == ("Прислать ТЗ", "Иванов обещал прислать ТЗ до пятницы")
    assert service.save(lines, plant["client"])[0] == ("interaction", meeting)
    view = interactions.view(meeting)
    assert (view.state, view.purpose, view.outcome) == ("done", "Показать цех", "доволен")
    assert [one.text for one in view.promises] == ["Прислать ТЗ"]
    assert len(interactions.timeline(organisation_id=plant["client"])) == 2
    assert vault.history.undo().code == "capture.save"
    assert interactions.view(meeting).state == "planned"


def test_a_meeting_that_was_not_planned_is_another_one(store, plant) -> None:
    service = Capture(store)
    meeting = planned_today(store, plant, 11, (plant["petr"],), "Показать цех")
    for text in ("Встреча с Ёлкиной", "Звонок Иванову", "Вчера встреча с Ивановым"):
        assert service.preview(text, plant["client"])[0].answers is None, text
    (line,) = service.preview("Встреча с Ивановым", plant["client"])
    (made,) = service.save([replace(line, answers=None)], plant["client"])
    assert made[1] != meeting and Interactions(store).view(meeting).state == "planned"
