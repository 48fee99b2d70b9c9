"""The strictest word wins, and what is left out stays out."""

from __future__ import annotations

import pytest

from kamdesk.model.values import Sensitivity
from kamdesk.model.vocabulary import Vocabularies
from kamdesk.resources import resources_folder
from kamdesk.rules.redaction import Redaction, effective

STRUCTURAL, PUBLIC, BUSINESS, PERSONAL, PRIVATE = Sensitivity


def test_the_strictest_of_column_row_parent_and_ends_holds() -> None:
    assert effective(BUSINESS) is BUSINESS
    assert effective(BUSINESS, PERSONAL) is PERSONAL
    assert effective(BUSINESS, None, PRIVATE) is PRIVATE
    assert effective(PUBLIC, BUSINESS, PUBLIC, (PUBLIC, PERSONAL)) is PERSONAL
    assert effective(STRUCTURAL) is STRUCTURAL
    assert effective(STRUCTURAL, PRIVATE) is PRIVATE


@pytest.mark.parametrize(
    ("level", "passing"),
    [
        ("business", {STRUCTURAL, PUBLIC, BUSINESS}),
        ("business_personal", {STRUCTURAL, PUBLIC, BUSINESS, PERSONAL}),
        ("everything", set(Sensitivity)),
        ("own", {STRUCTURAL, PUBLIC}),
    ],
)
def test_levels(level: str, passing: set[Sensitivity]) -> None:
    redaction = Redaction.of(level)
    assert {value for value in Sensitivity if redaction.passes(value)} == passing


def test_categories_left_out() -> None:
    redaction = Redaction.of("everything", ["family", "gifts"])
    assert not redaction.passes(PUBLIC, "family")
    assert not redaction.passes(STRUCTURAL, "", "gifts")
    assert redaction.passes(PRIVATE, "notes")
    assert redaction.passes(PRIVATE, "")
    assert Redaction.of("own", own_ceiling=PERSONAL).passes(PERSONAL)


def test_every_level_of_the_vocabulary_is_known_and_no_other() -> None:
    vocabularies = Vocabularies.load(resources_folder() / "vocabulary.json")
    for level in vocabularies.codes("redaction_level"):
        Redaction.of(level)
    with pytest.raises(ValueError, match="level"):
        Redaction.of("all")
