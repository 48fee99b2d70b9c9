"""The shipped vocabularies are whole, and the user's changes lie over them without losing old labels."""

from __future__ import annotations

import json
import re
from datetime import date
from decimal import Decimal

import pytest

from kamdesk.model.messages import Message
from kamdesk.model.vocabulary import ItemChange, Label, Vocabularies, fill, fill_message
from kamdesk.resources import resources_folder

PATH = resources_folder() / "vocabulary.json"


@pytest.fixture
def vocabularies() -> Vocabularies:
    return Vocabularies.load(PATH)


def test_every_item_has_both_labels_and_a_plain_code(vocabularies: Vocabularies) -> None:
    for name in vocabularies.names():
        assert vocabularies.title(name, "ru")
        assert vocabularies.title(name, "en")
        labels = {"ru": [], "en": []}
        for item in vocabularies.items(name):
            assert re.fullmatch(r"-?[A-Za-z0-9_]+", item.code), (name, item.code)
            for language, seen in labels.items():
                seen.append(item.label(language))
            assert not re.search("[а-яё]", item.en, re.IGNORECASE) or name == "unit_of_measure", item
        assert all(labels["ru"])
        assert all(labels["en"])
        assert len(set(labels["ru"])) == len(labels["ru"]), name
        assert len(set(labels["en"])) == len(labels["en"]), name


def test_no_code_stands_twice_in_the_file() -> None:
    def unique(pairs: list[tuple[str, object]]) -> dict[str, object]:
        assert len({key for key, _ in pairs}) == len(pairs)
        return dict(pairs)

    raw = json.loads(PATH.read_text(encoding="utf-8"), object_pairs_hook=unique)
    for name, entry in raw["vocabularies"].items():
        codes = [item["code"] for item in entry["items"]]
        assert len(set(codes)) == len(codes), name


def test_presets_of_lenses_name_what_exists(vocabularies: Vocabularies) -> None:
    criteria, subjects = set(vocabularies.codes("criteria")), set(vocabularies.codes("subject"))
    for lens in vocabularies.codes("lens"):
        assert len(vocabularies.criteria_of(lens)) == 3
        assert set(vocabularies.criteria_of(lens)) <= criteria
        assert vocabularies.subject_of(lens) in subjects
        assert set(vocabularies.evidence_of(lens)) <= set(vocabularies.codes("evidence_kind"))
    assert len({vocabularies.subject_of(lens) for lens in vocabularies.codes("lens")}) == 8


def test_subjects_name_no_type_of_person(vocabularies: Vocabularies) -> None:
    lenses = {item.label(language) for item in vocabularies.items("lens") for language in ("ru", "en")}
    subjects = {item.label(language) for item in vocabularies.items("subject") for language in ("ru", "en")}
    assert not lenses & subjects


def test_mandatory_blocks_are_benefit_uniqueness_exclusivity(vocabularies: Vocabularies) -> None:
    mandatory = [item.code for item in vocabularies.items("block") if item.extras["mandatory"]]
    assert mandatory == ["benefit", "uniqueness", "exclusivity"]


def test_a_relation_reads_from_both_ends(vocabularies: Vocabularies) -> None:
    assert vocabularies.label("relation", "reports_to", "ru") == "Подчиняется"
    assert vocabularies.label("relation", "reports_to", "ru", reverse=True) == "Руководит"
    assert vocabularies.label("relation", "ally", "en", reverse=True) == "Allies"
    for item in vocabularies.items("relation"):
        turned = item.label("en") != item.label("en", reverse=True)
        assert turned == item.extras["directed"]


def test_unknown_code_and_empty_code(vocabularies: Vocabularies) -> None:
    assert vocabularies.label("stance", "", "ru") == "Неизвестно"
    assert vocabularies.label("stance", None, "en") == "Unknown"
    assert vocabularies.label("stance", "17", "en") == "17"
    assert vocabularies.label("currency", "", "en") == ""
    with pytest.raises(KeyError):
        vocabularies.label("nonsense", "x", "ru")


def test_code_of_typed_words(vocabularies: Vocabularies) -> None:
    assert vocabularies.code_of("part_in_decision", " принимает  решение (лпр)") == "decider"
    assert vocabularies.code_of("criteria", "Надежность") == "reliability"
    assert vocabularies.code_of("lens", "finance") == "finance"
    assert vocabularies.code_of("lens", "что-то") is None
    assert vocabularies.code_of("lens", " ") is None


def test_changes_lie_over_the_shipped_data(vocabularies: Vocabularies) -> None:
    changed = vocabularies.with_changes(
        [
            ItemChange("lens", "user", ru="Пользователи"),
            ItemChange("lens", "medical", hidden=True),
            ItemChange(
                "lens", "safety", ru="Охрана труда", en="Safety", position=0, extras={"subject": "quality"}
            ),
        ]
    )
    assert changed.codes("lens")[0] == "safety"
    assert "medical" not in changed.codes("lens")
    assert "medical" in changed.codes("lens", hidden=True)
    assert changed.label("lens", "medical", "ru") == "Медицина"
    assert changed.label("lens", "user", "ru") == "Пользователи"
    assert changed.label("lens", "user", "en") == "Operation (users)"
    assert changed.criteria_of("user") == vocabularies.criteria_of("user")
    assert changed.subject_of("safety") == "quality"
    added = changed.item("lens", "safety")
    assert added is not None
    assert added.added
    assert vocabularies.codes("lens")[0] == "executive"
    assert changed.with_changes([]).codes("lens") == vocabularies.codes("lens")


def test_an_added_code_with_one_label_shows_it_in_both_languages(vocabularies: Vocabularies) -> None:
    changed = vocabularies.with_changes([ItemChange("fact_kind", "boat", ru="Яхта")])
    assert changed.label("fact_kind", "boat", "en") == "Яхта"


def test_fill_puts_words_into_sentences(vocabularies: Vocabularies) -> None:
    inner = Message("x.inner", {"criterion": Label("criteria", "payback"), "on": date(2026, 3, 12)})
    params = {"a": inner, "rate": Decimal("1200.5"), "n": 3, "lens": Label("lens", "people", inline=False)}
    filled = fill(params, vocabularies, "ru")
    assert filled["a"] == Message("x.inner", {"criterion": "окупаемость", "on": "12.03.2026"})
    assert filled["rate"] == "1\u00a0200,5"
    assert filled["n"] == 3
    assert filled["lens"] == "Персонал (HR)"
    english = fill_message(inner, vocabularies, "en")
    assert english.params == {"criterion": "payback", "on": "12 March 2026"}


def test_parts_join_two_vocabularies_and_follow_their_changes(vocabularies: Vocabularies) -> None:
    assert vocabularies.codes("part") == vocabularies.codes("part_in_decision") + vocabularies.codes(
        "part_for_us"
    )
    groups = {item.code: item.extras["group"] for item in vocabularies.items("part")}
    assert {code for code, group in groups.items() if group == "buyers"} == {
        "economic_buyer",
        "technical_buyer",
        "user_buyer",
    }
    changed = vocabularies.with_changes([ItemChange("part_for_us", "coach", ru="Советует нам")])
    assert changed.label("part", "coach", "ru") == "Советует нам"


@pytest.mark.parametrize(
    ("amount", "currency", "language", "written"),
    [
        ("920000", "EUR", "en", "€920,000"),
        ("-1200.5", "EUR", "en", "−€1,200.50"),
        ("920000.00", "RUB", "ru", "920\u00a0000\u00a0₽"),
        ("-0.5", "RUB", "ru", "−0,50\u00a0₽"),
        ("5", "BYN", "en", "Br\u00a05"),
        ("1E+40", "JPY", "en", "JPY\u00a010" + ",000" * 13),
    ],
)
def test_an_amount_has_one_form_in_each_language(
    vocabularies: Vocabularies, amount: str, currency: str, language: str, written: str
) -> None:
    assert vocabularies.money(Decimal(amount), currency, language) == written
