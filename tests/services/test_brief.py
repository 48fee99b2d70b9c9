"""The meeting brief: what it says, what a paper on the table never says, and that it is always one page (W4)."""

from __future__ import annotations

from dataclasses import fields
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from kamdesk.model.internal import Brief
from kamdesk.model.messages import KamdeskError
from kamdesk.model.tables import (
    Argument,
    Criterion,
    Fact,
    Interaction,
    Objection,
    Part,
    Person,
    Promise,
    Telling,
)
from kamdesk.model.values import PartialDate
from kamdesk.model.vocabulary import Vocabularies
from kamdesk.resources import resources_folder
from kamdesk.services.brief import Briefs
from kamdesk.services.interactions import InteractionData, Interactions
from kamdesk.services.promises import PromiseData, Promises
from kamdesk.services.questions import Questions
from kamdesk.store.unit_of_work import Store
from kamdesk.store.vault import Vault
from tests.services.press import Press, pdf_text, word_text
from tests.services.test_dossier_canaries import Planting

AT = datetime(2026, 3, 9, 10, 0)


@pytest.fixture
def vocabularies(repository: Path) -> Vocabularies:
    return Vocabularies.load(repository / "resources" / "vocabulary.json")


@pytest.fixture
def press() -> Press:
    return Press()


@pytest.fixture
def briefs(store: Store, vocabularies: Vocabularies, press: Press) -> Briefs:
    questions = Questions(store, lambda: vocabularies, resources_folder() / "standard.json")
    return Briefs(store, lambda: vocabularies, press, questions)


@pytest.fixture
def meeting(store: Store, plant: dict[str, str]) -> str:
    """A meeting ahead with both people, and a history behind it."""
    interactions, promises = Interactions(store), Promises(store)
    done = InteractionData(
        plant["client"],
        starts_at=datetime(2026, 2, 20, 15, 0),
        purpose="Показать расчёт",
        outcome="ТАЙНАЯ БЕСЕДА",
        person_ids=(plant["petr"],),
    )
    interactions.log(done)
    interactions.log(
        InteractionData(
            plant["client"], kind="complaint", starts_at=datetime(2026, 2, 1), purpose="Брак в партии"
        )
    )
    promises.add(PromiseData("Прислать чертежи", due=datetime(2026, 3, 1).date(), person_id=plant["petr"]))
    promises.add(
        PromiseData("Дать ответ", "theirs", person_id=plant["anna"], organisation_id=plant["client"])
    )
    promises.add(PromiseData("ТАЙНОЕ ОБЕЩАНИЕ", person_id=plant["petr"], sensitivity="private"))
    subject = interactions.plan(
        InteractionData(
            plant["client"],
            starts_at=AT,
            ends_at=AT + timedelta(hours=1),
            place="Завод, кабинет 5",
            purpose="Договориться о пилоте",
            person_ids=(plant["petr"], plant["anna"]),
            colleague_ids=(plant["me"],),
        )
    )

    def work(session: Any) -> None:
        session.get(Interaction, subject).aim_ideal = "ТАЙНАЯ ЦЕЛЬ"
        session.get(Interaction, subject).aim_minimum = "ТАЙНЫЙ МИНИМУМ"
        petr = session.get(Person, plant["petr"])
        petr.stance, petr.influence, petr.lens = 2, 3, "finance"
        petr.address_form = "Пётр Сергеевич"
        told = Argument(text="Уже рассказанный довод", lenses=("finance",), language="ru")
        fresh = Argument(text="Новый довод про окупаемость", lenses=("finance",), language="ru")
        session.add_all([told, fresh])
        session.flush()
        session.add_all(
            [
                Telling(person_id=petr.id, argument_id=told.id, told_on=datetime(2026, 2, 20).date()),
                Objection(text="Дорого", answer="Окупится за год", lenses=("finance",), language="ru"),
                Objection(text="Без ответа", answer="", lenses=("finance",), language="ru"),
                Part(person_id=petr.id, organisation_id=plant["client"], code="decider"),
                Criterion(person_id=petr.id, code="payback", rank=0),
                Fact(person_id=petr.id, kind="topic_avoid", text="ТАЙНАЯ ТЕМА"),
                Fact(person_id=petr.id, kind="hobby", text="ТАЙНОЕ ХОББИ"),
                Fact(
                    person_id=petr.id, kind="birthday", date=PartialDate(1970, 3, 12), sensitivity="personal"
                ),
                Fact(person_id=plant["anna"], kind="birthday", date=PartialDate(None, 3, 14)),
            ]
        )

    store.write("record.add", {"noun": "", "name": ""}, work)
    return subject


def test_the_screen_says_everything(briefs: Briefs, meeting: str, plant: dict[str, str]) -> None:
    full = briefs.full(meeting)
    brief = full.brief
    assert [one.name.family for one in brief.people] == ["Иванов", "Ёлкина"]
    petr = brief.people[0]
    assert [one.text for one in petr.done] == ["Уже рассказанный довод"]
    assert petr.to_say == ("Новый довод про окупаемость",)
    assert [(one.text, one.answer) for one in petr.objections] == [("Дорого", "Окупится за год")]
    assert petr.criteria[0] == "payback"
    assert brief.promises[0].text == "Прислать чертежи" and brief.promises[0].overdue
    assert {one.text for one in brief.promises} == {"Прислать чертежи", "Дать ответ", "ТАЙНОЕ ОБЕЩАНИЕ"}
    assert brief.contacts[0].purpose == "Показать расчёт"
    assert [one.purpose for one in brief.complaints] == ["Брак в партии"]
    assert [(one.on.day, one.age) for one in brief.dates] == [(12, 56), (14, None)]
    assert (full.aim_ideal, full.aim_minimum) == ("ТАЙНАЯ ЦЕЛЬ", "ТАЙНЫЙ МИНИМУМ")
    judged = full.of(plant["petr"])
    assert judged is not None and judged.parts == ("decider",) and judged.topics_avoid == ("ТАЙНАЯ ТЕМА",)
    assert any("ТАЙНАЯ БЕСЕДА" in text for text in full.outcomes.values())
    assert brief.questions


def test_the_paper_is_discreet_until_asked(briefs: Briefs, meeting: str) -> None:
    for paper in ("a4", "a5"):
        made = briefs.print(meeting, "ru", paper=paper)
        said = pdf_text(made.pdf) + word_text(made.docx)
        assert made.pages == 1
        assert "ТАЙН" not in said
        for word in ("Решающее", "поддерживает", "ЛПР", "Ёлкина Анна Олеговна: день рождения"):
            assert word.casefold() not in said.casefold(), word
        assert "Прислать чертежи" in said and "12.03.2026" in said
    full = briefs.print(meeting, "ru", full=True)
    said = pdf_text(full.pdf)
    for word in ("ТАЙНАЯ ЦЕЛЬ", "ТАЙНЫЙ МИНИМУМ", "ТАЙНАЯ ТЕМА", "ТАЙНОЕ ОБЕЩАНИЕ", "поддерживает", "ЛПР"):
        assert word in said, word


def test_the_discreet_type_has_no_room_for_judgements() -> None:
    named = {one.name for one in fields(Brief)}
    assert not named & {"aim_ideal", "aim_minimum", "judged", "outcomes", "stance", "influence", "parts"}


def test_no_private_mark_gets_on_a_discreet_paper(
    vault: Vault, vocabularies: Vocabularies, briefs: Briefs
) -> None:
    planting = Planting(vocabularies, "")
    store = vault.store
    store.write("record.add", {"noun": "", "name": ""}, lambda session: planting.plant(session, store.files))
    ids = planting.ids
    for subject in (ids["interaction"], f"person:{ids['person']}", f"client:{ids['organisation']}"):
        made = briefs.print(subject, "ru")
        said = "".join((pdf_text(made.pdf) + word_text(made.docx)).split())
        leaked = [
            one
            for one in planting.canaries
            if one.sensitivity.value == "private" and one.mark in said and one.table != "argument"
        ]
        assert not leaked, leaked
        assert "CANARY.person.family_name" in said or subject.startswith("client:")


@pytest.mark.parametrize(
    ("paper", "language", "full"), [("a4", "ru", False), ("a5", "ru", True), ("a5", "en", False)]
)
def test_a_flood_of_data_still_makes_one_page(
    briefs: Briefs, store: Store, plant: dict[str, str], meeting: str, paper: str, language: str, full: bool
) -> None:
    def work(session: Any) -> None:
        for number in range(40):
            person = Person(
                family_name=f"Длиннофамильцева{number}", given_name="Аполлинария", middle_name="Христофоровна"
            )
            session.add(person)
            session.flush()
            person.address_form = "обращаться только так " * 20
            for each in range(5):
                session.add(Fact(person_id=person.id, kind="other", text="известно очень многое " * 60))
                session.add(
                    Promise(
                        organisation_id=plant["client"],
                        person_id=person.id,
                        text=f"{each} обещание " * 80,
                        side="ours",
                    )
                )
            from kamdesk.model.tables import Participant

            session.add(Participant(interaction_id=meeting, person_id=person.id))
        for number in range(60):
            session.add(Argument(text=f"{number} аргумент " * 90, language="ru"))
            session.add(
                Objection(text="возражение " * 90, answer="ответ " * 200, lenses=("finance",), language="ru")
            )
            session.add(
                Interaction(
                    organisation_id=plant["client"],
                    kind="complaint",
                    starts_at=datetime(2026, 1, 1) + timedelta(days=number),
                    purpose="претензия " * 100,
                    outcome="результат " * 300,
                    next_step="шаг " * 100,
                )
            )
        row = session.get(Interaction, meeting)
        row.place, row.purpose = "место " * 200, "цель " * 500
        row.aim_ideal = row.aim_minimum = "добиться " * 300

    store.write("record.add", {"noun": "", "name": ""}, work)
    made = briefs.print(meeting, language, paper=paper, full=full)
    assert made.pages == 1
    assert ("и ещё" if language == "ru" else "more") in pdf_text(made.pdf).replace("\u00a0", " ")


def test_the_first_try_is_enough_for_an_ordinary_meeting(briefs: Briefs, press: Press, meeting: str) -> None:
    briefs.print(meeting, "ru")
    assert press.made == 1


def test_one_page_in_libreoffice_too(briefs: Briefs, meeting: str, soffice: Any, tmp_path: Path) -> None:
    from kamdesk.documents import pages

    source = tmp_path / "brief.docx"
    source.write_bytes(briefs.print(meeting, "ru").docx)
    assert pages.count(soffice(source, "pdf").read_bytes()) == 1


def test_a_person_or_a_client_needs_no_meeting(briefs: Briefs, meeting: str, plant: dict[str, str]) -> None:
    person = briefs.full(f"person:{plant['petr']}").brief
    assert [one.name.family for one in person.people] == ["Иванов"] and person.client == "Завод «Прогресс»"
    client = briefs.full(f"client:{plant['client']}").brief
    assert [one.name.family for one in client.people] == ["Иванов", "Ёлкина"]
    assert briefs.next_meeting(plant["client"]) == meeting
    assert briefs.print(f"client:{plant['client']}", "en").pages == 1


def test_an_empty_meeting_makes_a_page(briefs: Briefs, store: Store) -> None:
    subject = Interactions(store).plan(InteractionData(starts_at=AT))
    assert briefs.full(subject).brief.people == ()
    assert briefs.print(subject, "en").pages == 1


@pytest.mark.parametrize("subject", ["", "person:", "client:nobody", "gone", "deal:1"])
def test_what_is_not_there_is_said(briefs: Briefs, subject: str) -> None:
    with pytest.raises(KamdeskError) as problem:
        briefs.full(subject)
    assert problem.value.message.code == "record.gone"


def test_another_paper_is_refused(briefs: Briefs, meeting: str) -> None:
    with pytest.raises(KamdeskError) as problem:
        briefs.print(meeting, "ru", paper="a3")
    assert problem.value.message.code == "brief.paper"
