"""Who changed this, when, from what; and going back as a step of its own."""

from __future__ import annotations

import datetime

import pytest

from kamdesk.model.messages import KamdeskError
from kamdesk.model.tables import Contact, Employment, Fact, Organisation, Person
from kamdesk.model.values import PartialDate, Sensitivity
from kamdesk.services.field_history import FieldHistory
from kamdesk.services.field_words import in_words
from kamdesk.services.records import Records
from kamdesk.translation import Translator, shipped_vocabularies
from tests.services.test_merging import add, all_of


@pytest.fixture
def stories(store) -> FieldHistory:
    return FieldHistory(store)


@pytest.fixture
def records(store) -> Records:
    return Records(store, None)


def said(story, language: str = "ru") -> list[tuple[str, str]]:
    words, vocabularies = Translator(language), shipped_vocabularies()
    return [
        (
            in_words(story.specs, one.before, one.before_titles, words, vocabularies) if one.before else "",
            in_words(story.specs, one.after, one.after_titles, words, vocabularies),
        )
        for one in story.changes
    ]


def test_values_in_words_with_step_and_time(store, plant, records, stories, clock) -> None:
    clock.forward(hours=1)
    records.set("person", plant["petr"], {"stance": -1, "stance_date": datetime.date(2026, 3, 5)})
    clock.forward(days=1)
    records.set("person", plant["petr"], {"stance": 2})
    story = stories.of("person", plant["petr"], "stance")
    assert said(story)[:2] == [
        ("Сомневается · 05.03.2026", "Поддерживает · 05.03.2026"),
        ("", "Сомневается · 05.03.2026"),
    ]
    assert said(story, "en")[0][1] == "Supports us · 5 March 2026"
    newest = story.changes[0]
    assert (newest.at, newest.step.code, newest.kind) == (
        datetime.datetime(2026, 3, 6, 13, 0),
        "record.edit",
        "do",
    )
    assert newest.sensitivity is Sensitivity.PRIVATE


def test_name_parts_go_back_together_and_undo_takes_that_back(vault, store, plant, records, stories) -> None:
    records.set("person", plant["petr"], {"family_name": "Кузин"})
    records.set("person", plant["petr"], {"given_name": "Олег"})
    story = stories.of("person", plant["petr"], "given_name")
    assert said(story)[:2] == [
        ("Кузин Пётр Сергеевич", "Кузин Олег Сергеевич"),
        ("Иванов Пётр Сергеевич", "Кузин Пётр Сергеевич"),
    ]
    stories.take_back("person", plant["petr"], "given_name", story.changes[1].id)
    (row,) = all_of(store, Person, id=plant["petr"])
    assert (row.family_name, row.given_name) == ("Иванов", "Пётр") and row.sort_key.startswith("иванов")
    assert vault.history.undo().code == "field_history.take_back"
    assert all_of(store, Person, id=plant["petr"])[0].family_name == "Кузин"
    assert stories.of("person", plant["petr"], "family_name").changes[0].kind == "undo"


def test_a_contact_goes_back_with_its_normal_form(store, plant, records, stories) -> None:
    (row,) = add(store, Contact(person_id=plant["petr"], kind="phone", value="8 495 1", normalised="+74951"))
    records.set("contact", row, {"value": "8 495 2", "normalised": "+74952"})
    change = stories.of("contact", row, "value").changes[0]
    stories.take_back("contact", row, "value", change.id)
    (found,) = all_of(store, Contact)
    assert (found.value, found.normalised) == ("8 495 1", "+74951")


def test_partial_dates_links_and_yes_or_no(store, plant, records, stories) -> None:
    (competitor,) = add(store, Organisation(short_name="Конкурент"))
    records.set("person", plant["petr"], {"favours_id": competitor})
    records.set("person", plant["petr"], {"favours_id": None})
    records.delete("organisation", competitor)
    story = stories.of("person", plant["petr"], "favours_id")
    assert said(story)[:2] == [("Конкурент", ""), ("", "Конкурент")]
    with pytest.raises(KamdeskError) as caught:
        stories.take_back("person", plant["petr"], "favours_id", story.changes[0].id)
    assert caught.value.message.code == "field_history.target_gone"
    post = all_of(store, Employment, person_id=plant["petr"])[0].id
    records.set("employment", post, {"until": PartialDate(2026, 1), "is_former": True})
    assert said(stories.of("employment", post, "until"))[0] == ("нет", "январь 2026 · да")


def test_earlier_values_of_what_was_private_stay_private(store, plant, records, stories) -> None:
    (fact,) = add(store, Fact(person_id=plant["petr"], text="Развод", sensitivity="private"))
    records.set("fact", fact, {"text": "Двое детей"})
    records.set("fact", fact, {"sensitivity": "public"})
    records.set("fact", fact, {"text": "Рыбак"})
    levels = [one.sensitivity.value for one in stories.of("fact", fact, "text").changes]
    assert levels == ["personal", "private", "private"]


def test_what_has_no_history(store, plant, stories) -> None:
    for field, code in (("nonsense", "field_history.unknown"), ("gender", "field_history.unknown")):
        with pytest.raises(KamdeskError) as caught:
            stories.take_back("person", plant["petr"], field, 1)
        assert caught.value.message.code == code
    with pytest.raises(KamdeskError) as caught:
        stories.of("person", "nobody", "gender")
    assert caught.value.message.code == "record.gone"
