"""Before and after of a repair can be told apart, also where both look alike."""

from __future__ import annotations

import pytest

from kamdesk.documents import doctor
from kamdesk.documents.context.catalogue import catalogue
from kamdesk.documents.findings import Finding
from kamdesk.documents.repair_words import what_changed
from kamdesk.translation import Translator
from tests.documents.word_files import WordFile, paragraph, run

WHOLE = paragraph("{{ блок.всё }}")


def repaired(*paragraphs: str, only: tuple[int, ...] | None = None) -> tuple[Finding, ...]:
    data = WordFile(*paragraphs, WHOLE).build()
    return doctor.repair(data, catalogue("group"), only=only).repaired


def test_a_tag_in_pieces_shows_its_seams() -> None:
    (one,) = repaired(paragraph(run("{{ кли"), run("ент.наз", "<w:b/>"), run("вание }}")))
    assert one.text.params["tag"] == one.suggestion == "{{ клиент.название }}"
    assert one.text.params["pieces"] == "{{ кли┊ент.наз┊вание }}"
    assert Translator("ru").message(one.text) == "Word хранит тег в 3 кусках; он станет целым"


def test_pieces_of_one_look_are_told_too() -> None:
    split = paragraph(run("Для {{ кли"), run("ент.название }} и {{ клиент"), run(".адрес }}"))
    assert [one.text.params["pieces"] for one in repaired(split)] == [
        "{{ кли┊ент.название }}",
        "{{ клиент┊.адрес }}",
    ]


@pytest.mark.parametrize(
    ("written", "words"),
    [
        ("{{ сlient.nаme }}", "The Cyrillic letters «с», «а» become Latin"),
        ("{{ клиeнт.название }}", "The Latin letter «e» becomes Cyrillic"),
        ("{{\u00a0клиент.название }}", "Non-breaking spaces become plain ones, signs that nobody sees go"),
        (
            "{{\u00a0клиeнт.название }}",
            "The Latin letter «e» becomes Cyrillic. Non-breaking spaces become plain ones, signs that nobody sees go",
        ),
    ],
)
def test_what_the_eye_cannot_tell_is_said(written: str, words: str) -> None:
    (one,) = repaired(paragraph(written))
    assert one.text.params["tag"] == written != one.suggestion
    assert Translator("en").message(one.text) == words


def test_what_the_eye_can_tell_needs_no_words() -> None:
    (one,) = repaired(paragraph("{{ клиент–название }}"))
    assert one.text.code == "word.repaired_tag"


def test_a_word_of_the_text_is_told_by_its_letters() -> None:
    text = paragraph("Завод в Кaзани")
    (at,) = (
        at
        for at, one in enumerate(doctor.check(WordFile(text, WHOLE).build(), catalogue("group"), "group"))
        if one.kind == "mixed_letters"
    )
    (one,) = repaired(text, only=(at,))
    assert (one.text.code, one.suggestion) == ("word.repaired_cyrillic", "Казани")


def test_a_word_that_stands_twice_is_repaired_twice() -> None:
    data = WordFile(paragraph("Завод Кaзань, Кaзаньский склад, Кaзань"), WHOLE).build()
    found = doctor.check(data, catalogue("group"), "group")
    done = doctor.repair(data, catalogue("group"), only=range(len(found)))
    assert [one.suggestion for one in done.repaired] == ["Казань", "Казаньский", "Казань"]
    assert doctor.check(done.data, catalogue("group"), "group") == ()


def test_a_tag_of_a_megabyte_takes_no_time() -> None:
    said = what_changed("{{ сlient " + "a" * 1_000_000, "{{ client " + "b" * 1_000_000, ("x",))
    assert said.params["letters"] == "«с»"
