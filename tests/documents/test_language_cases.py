"""Names, job titles and companies in three cases against tables written by hand: how many come out right, and which do not."""

from __future__ import annotations

import pytest

from kamdesk.documents.language import name_in_case, organisation_in_case, title_in_case
from kamdesk.model.inputs import CaseForms
from kamdesk.model.values import PersonName
from tests.documents.case_tables import COMPANIES, NAMES, TITLES

CASES = ("genitive", "dative", "instrumental")
LEAST = 0.99
KNOWN_WRONG = {
    # Read as an adjective, like «Белая»; the form is written by hand on the person's page.
    "Ковая Инна Петровна",
}


def _rows(table: str) -> list[list[str]]:
    return [line.split("|") for line in table.strip().split("\n")]


def _name(text: str) -> tuple[PersonName, str]:
    gender = text[-1] if text[-2:] in ("/m", "/f") else ""
    parts = text.removesuffix(f" /{gender}").split(" ") if gender else text.split(" ")
    return PersonName(*(part.replace("_", " ") for part in parts)), gender


def _wrong_names() -> dict[str, list[str]]:
    wrong: dict[str, list[str]] = {}
    for nominative, *expected in _rows(NAMES):
        name, gender = _name(nominative)
        made = [name_in_case(name, case, gender).full() for case in CASES]
        for got, wanted in zip(made, expected, strict=True):
            if got != wanted.replace("_", " "):
                wrong.setdefault(nominative, []).append(got)
    return wrong


def test_the_tables_are_as_large_as_promised() -> None:
    assert len(_rows(NAMES)) >= 100
    assert len(_rows(TITLES)) >= 40
    assert all(len(row) == 4 for row in (*_rows(NAMES), *_rows(TITLES), *_rows(COMPANIES)))
    assert sum("вна" in row[0] or "/f" in row[0] for row in _rows(NAMES)) >= 35


def test_names_come_out_right_but_for_those_known_to_be_wrong() -> None:
    wrong = _wrong_names()
    assert set(wrong) == KNOWN_WRONG, wrong
    forms = 3 * len(_rows(NAMES))
    assert 1 - sum(map(len, wrong.values())) / forms >= LEAST


@pytest.mark.parametrize("row", _rows(TITLES), ids=lambda row: row[0])
def test_job_titles_come_out_right(row: list[str]) -> None:
    assert [title_in_case(row[0], case) for case in CASES] == row[1:]


@pytest.mark.parametrize("row", _rows(COMPANIES), ids=lambda row: row[0])
def test_companies_come_out_right(row: list[str]) -> None:
    assert [organisation_in_case(row[0], case) for case in CASES] == row[1:]


def test_capitals_stay_as_they_were_written() -> None:
    shouted = PersonName("ЗАЯЦ", "ПЁТР", "ИЛЬИЧ")
    assert name_in_case(shouted, "genitive").full() == "ЗАЙЦА ПЕТРА ИЛЬИЧА"


def test_a_form_by_hand_wins_over_every_rule() -> None:
    name = PersonName("Заяц", "Пётр", "Ильич")
    assert (
        name_in_case(name, "genitive", "m", CaseForms(genitive="Заяца Петра")).full() == "Заяца Петра Ильича"
    )
