"""The demo dossier as it ships: each kind of reader begins with what convinces them, in both languages."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from kamdesk.model.inputs import LibraryArgument, ReaderProfile, Tailored
from kamdesk.model.vocabulary import Vocabularies
from kamdesk.resources import resources_folder
from kamdesk.rules.proposal_checks import may_be_named
from kamdesk.rules.tailoring import choose
from kamdesk.translation import Translator

VOCABULARIES = Vocabularies.load(resources_folder() / "vocabulary.json")


def day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


class Demo:
    """What tailoring needs of one demo dossier."""

    def __init__(self, language: str) -> None:
        path = resources_folder() / "demo" / f"dossier.{language}.json"
        if not path.is_file():
            pytest.skip("the demo dossier is not there")
        raw: dict[str, Any] = json.loads(path.read_text("utf-8"))
        self.language = language
        self.today = date.fromisoformat(raw["dates_as_of"])
        people = {person["id"]: person for person in raw["people"]}
        own: dict[str, list[str]] = {}
        for row in raw["criteria"]:
            own.setdefault(row.get("person_id", ""), []).append(row["code"])
        self.client_criteria = own.get("", [])
        self.readers = tuple(
            ReaderProfile(
                row["person_id"],
                people[row["person_id"]]["family_name"],
                row.get("lens") or people[row["person_id"]]["lens"],
                tuple(own.get(row["person_id"], ())),
            )
            for row in raw["readers"]
        )
        self.nameable = {
            row["id"]
            for row in raw["recommenders"]
            if may_be_named(
                bool(row.get("consent_on")),
                row.get("consent_scope", ""),
                day(row.get("consent_until")),
                "proposal",
                self.today,
            )
        }
        self.recommenders = {row["id"] for row in raw["recommenders"]}
        self.library = tuple(self._argument(row) for row in raw["arguments"])

    def _argument(self, row: dict[str, Any]) -> LibraryArgument:
        return LibraryArgument(
            row["id"],
            row["text"],
            lenses=tuple(row.get("lenses", ())),
            criteria=tuple(row.get("criteria", ())),
            industry=row.get("industry", ""),
            evidence_kind=row.get("evidence_kind", ""),
            evidence_date=day(row.get("evidence_date")),
            recommender_id=row.get("recommender_id", ""),
            language=row.get("language", self.language),
            valid_until=day(row.get("valid_until")),
        )

    def tailor(self, readers: tuple[ReaderProfile, ...]) -> Tailored:
        return choose(
            readers,
            self.library,
            vocabularies=VOCABULARIES,
            language=self.language,
            today=self.today,
            client_criteria=self.client_criteria,
            nameable=self.nameable,
        )


@pytest.fixture(params=["ru", "en"])
def demo(request: pytest.FixtureRequest) -> Demo:
    return Demo(request.param)


def test_first_arguments(demo: Demo) -> None:
    tailored = demo.tailor(demo.readers)
    first = {reader.lens: tailored.of(reader.reader_id).chosen[0] for reader in demo.readers}
    assert first["executive"].evidence_kind == "exclusive"
    assert first["people"].evidence_kind == "reference"
    assert first["people"].recommender_id in demo.nameable
    assert first["finance"].evidence_kind == "figure"
    criteria = {argument.id: argument.criteria for argument in demo.library}
    assert {"reliability", "compatibility"} & set(criteria[first["technical"].argument_id])
    assert len({chosen.argument_id for chosen in first.values()}) == len(first)


def test_nobody_without_consent_is_named(demo: Demo) -> None:
    assert demo.recommenders - demo.nameable
    for reader in demo.tailor(demo.readers).readers:
        assert all(chosen.recommender_id in {"", *demo.nameable} for chosen in reader.chosen)


def test_another_lens_and_other_criteria_change_the_first_argument(demo: Demo) -> None:
    finance = next(reader for reader in demo.readers if reader.lens == "finance")
    before = demo.tailor((finance,)).readers[0].chosen[0].argument_id
    technical = replace(finance, lens="technical", criteria=())
    assert demo.tailor((technical,)).readers[0].chosen[0].argument_id != before
    careful = replace(finance, criteria=("payment", "tco"))
    assert demo.tailor((careful,)).readers[0].chosen[0].argument_id != before


@pytest.mark.parametrize("language", ["ru", "en"])
def test_thirty_reasons_are_sentences_in_both_languages(demo: Demo, language: str) -> None:
    words = Translator(language)
    tailored = demo.tailor(demo.readers)
    said = [words.message(one.reason) for reader in tailored.readers for one in reader.chosen]
    assert len(said) >= 20
    for sentence in said:
        assert sentence[:1].isupper()
        assert not re.search(r"tailoring|\{|\}|None|  |[,;:]{2}|[.]$", sentence)
        assert 30 < len(sentence) < 190
        assert sentence.count(";") <= 4
    foreign = re.compile("[а-яё]" if language == "en" else r"\b[a-z]{3,}\b", re.IGNORECASE)
    # what is quoted from the dossier is in its own language
    assert not [one for one in said if foreign.search(re.sub(r"\([^)]*\)|«[^»]*»|“[^”]*”", "", one))]
