"""The letter with a meeting's results: what is in it, what is not, and how it is logged (W15)."""

from __future__ import annotations

from datetime import date, datetime
from email import message_from_bytes
from email.policy import default
from typing import Any

import pytest

from kamdesk.documents.context.results_letter import greeting
from kamdesk.model.inputs import Reader
from kamdesk.model.letter import LetterText
from kamdesk.model.messages import KamdeskError
from kamdesk.model.tables import Company, Contact, Interaction, Organisation
from kamdesk.model.values import PersonName
from kamdesk.services.interactions import InteractionData, Interactions
from kamdesk.services.meeting_letter import MeetingLetters
from kamdesk.services.promises import PromiseData
from kamdesk.store.unit_of_work import Store
from kamdesk.store.vault import Vault
from tests.services.press import Press, word_text
from tests.services.test_dossier_canaries import Planting


@pytest.fixture
def letters(store: Store) -> MeetingLetters:
    return MeetingLetters(store, Press())


@pytest.fixture
def meeting(store: Store, plant: dict[str, str]) -> str:
    def work(session: Any) -> None:
        session.add(Contact(person_id=plant["petr"], kind="email", value="ivanov@progress.example"))
        session.add(Contact(person_id=plant["anna"], kind="email", value="не знаю"))

    store.write("record.add", {"noun": "", "name": ""}, work)
    return Interactions(store).log(
        InteractionData(
            plant["client"],
            starts_at=datetime(2026, 3, 4, 10, 0),
            purpose="Выведать бюджет",
            outcome="Иванов за нас. Ёлкина против! Жена Иванова работает у конкурента.",
            next_step="Встреча на площадке",
            next_step_on=date(2026, 3, 20),
            person_ids=(plant["petr"], plant["anna"]),
            colleague_ids=(plant["me"],),
            promises=(
                PromiseData("прислать ТЗ", due=date(2026, 3, 6), person_id=plant["petr"]),
                PromiseData("Назвать срок", "theirs", due=date(2026, 3, 10), person_id=plant["anna"]),
                PromiseData("ЛИЧНОЕ", person_id=plant["petr"], sensitivity="personal"),
                PromiseData("ТАЙНОЕ", "theirs", person_id=plant["petr"], sensitivity="private"),
            ),
        )
    )


def test_the_draft_says_what_was_agreed_and_nothing_more(letters: MeetingLetters, meeting: str) -> None:
    draft = letters.draft(meeting)
    body = draft.text.body.replace("\u00a0", " ")
    assert body.startswith("Уважаемые Анна Олеговна и Пётр Сергеевич!")
    assert "1. Прислать ТЗ (ответственный: М. Соколова, срок: 6 марта 2026 г.)." in body
    assert "1. Назвать срок (ответственный: А. О. Ёлкина, срок: 10 марта 2026 г.)." in body
    assert "Следующий шаг: Встреча на площадке, 20 марта 2026 г." in body
    assert "С уважением,\nМария Соколова" in body
    for word in ("ЛИЧНОЕ", "ТАЙНОЕ", "конкурент", "бюджет", "за нас"):
        assert word not in body and word not in draft.text.subject
    assert draft.offered == (
        "Выведать бюджет", "Иванов за нас.", "Ёлкина против!", "Жена Иванова работает у конкурента.",
    )  # fmt: skip
    assert {one.name: one.email for one in draft.to} == {
        "Иванов Пётр Сергеевич": "ivanov@progress.example",
        "Ёлкина Анна Олеговна": "",
    }


def test_it_is_written_in_the_language_of_the_client(
    letters: MeetingLetters, store: Store, plant: dict[str, str], meeting: str
) -> None:
    def work(session: Any) -> None:
        session.get(Organisation, plant["client"]).language = "en"

    store.write("record.add", {"noun": "", "name": ""}, work)
    body = letters.draft(meeting).text.body
    assert body.startswith("Dear Ms Yolkina and Mr Ivanov,") and "From our side" in body


def test_the_mail_is_a_draft_to_those_with_an_address(letters: MeetingLetters, meeting: str) -> None:
    text = LetterText("Итоги\r\nBcc: thief@example.com", "Добрый день!\n\x00Текст")
    mail = message_from_bytes(letters.mail(meeting, text), policy=default)
    assert mail["X-Unsent"] == "1" and mail["Bcc"] is None
    assert str(mail["To"]) == "Иванов Пётр Сергеевич <ivanov@progress.example>"
    assert mail["Subject"] == "Итоги Bcc: thief@example.com"
    assert mail.get_content().split() == ["Добрый", "день!", "Текст"]


def test_word_gets_the_edited_text(letters: MeetingLetters, meeting: str) -> None:
    said = word_text(
        letters.word(meeting, LetterText("Итоги встречи", "Первый абзац.\n\nВторой & <последний>."))
    )
    assert "Первый абзац." in said and "Второй & <последний>." in said and "Генеральному директору" in said


def test_what_was_sent_is_logged_in_one_step(
    letters: MeetingLetters, store: Store, vault: Vault, plant: dict[str, str], meeting: str
) -> None:
    logged = Interactions(store).view(letters.sent(meeting, LetterText("Итоги встречи", "Текст письма")))
    assert (logged.kind, logged.state, logged.purpose, logged.outcome) == (
        "email", "done", "Итоги встречи", "Текст письма",
    )  # fmt: skip
    assert {one.id for one in logged.people} == {plant["petr"], plant["anna"]}
    before = Interactions(store).count(organisation_id=plant["client"])
    vault.history.undo()
    assert Interactions(store).count(organisation_id=plant["client"]) == before - 1


def test_what_stands_in_the_way_is_said(letters: MeetingLetters, store: Store, plant: dict[str, str]) -> None:
    interactions = Interactions(store)
    planned = interactions.plan(InteractionData(plant["client"], starts_at=datetime(2026, 4, 1, 10, 0)))
    alone = interactions.log(InteractionData(plant["client"]))
    for row, code in ((planned, "letter.not_done"), (alone, "letter.nobody"), ("gone", "record.gone")):
        with pytest.raises(KamdeskError) as problem:
            letters.draft(row)
        assert problem.value.message.code == code
    with pytest.raises(KamdeskError) as problem:
        letters.sent(alone, LetterText("Тема", "  \n"))
    assert problem.value.message.code == "letter.empty"


def test_no_private_mark_gets_into_a_letter(vault: Vault, letters: MeetingLetters, repository: Any) -> None:
    from kamdesk.model.vocabulary import Vocabularies

    planting = Planting(Vocabularies.load(repository / "resources" / "vocabulary.json"), "")
    store = vault.store

    def work(session: Any) -> None:
        planting.plant(session, store.files)
        session.get(Interaction, planting.ids["interaction"]).state = "done"
        session.get(Company, planting.ids["company"]).logo_id = None  # a planted file is no picture

    store.write("record.add", {"noun": "", "name": ""}, work)
    row = planting.ids["interaction"]
    draft = letters.draft(row)
    mail = message_from_bytes(letters.mail(row, draft.text), policy=default).get_content()
    said = "".join((draft.text.subject + mail + word_text(letters.word(row, draft.text))).split())
    strict = {"personal", "private"}
    leaked = [one for one in planting.canaries if one.sensitivity.value in strict and one.mark in said]
    assert not leaked
    assert "CANARY.promise.text" in said


PETR = Reader("1", PersonName("Иванов", "Пётр", "Сергеевич"), gender="m")
ANNA = Reader("2", PersonName("Ёлкина", "Анна", "Ивановна"), gender="f")
SHORT = Reader("3", PersonName("Ли", "", ""), gender="m")
ODD = Reader("4", PersonName("Смит", "Саша", ""))
OWN = Reader("5", PersonName("Иванов", "Пётр", "Сергеевич"), salutation="Пётр, привет!")


@pytest.mark.parametrize(
    ("readers", "language", "said"),
    [
        ([PETR], "ru", "Уважаемый Пётр Сергеевич!"),
        ([PETR, ANNA], "ru", "Уважаемые Пётр Сергеевич и Анна Ивановна!"),
        ([PETR, ANNA, SHORT], "ru", "Уважаемые Пётр Сергеевич, Анна Ивановна и господин Ли!"),
        ([PETR, ANNA, SHORT, PETR], "ru", "Уважаемые коллеги!"),
        ([PETR, ODD], "ru", "Уважаемые коллеги!"),
        ([PETR, OWN], "ru", "Уважаемые коллеги!"),
        ([OWN], "ru", "Пётр, привет!"),
        ([PETR, ANNA], "en", "Dear Mr Ivanov and Ms Yolkina,"),
        ([PETR, ANNA, SHORT, ODD], "en", "Dear colleagues,"),
    ],
)
def test_everybody_is_greeted_right(readers: list[Reader], language: str, said: str) -> None:
    assert greeting(readers, language) == said
