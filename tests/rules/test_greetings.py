"""Drafts of greetings."""

from __future__ import annotations

import pytest

from kamdesk.rules.greetings import drafts, subject

KINDS = ("birthday", "name_day", "anniversary", "professional_holiday", "other_date", "of_the_user")


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("language", ["ru", "en"])
def test_every_occasion_has_several_drafts_in_both_tones(kind, language) -> None:
    found = drafts(kind, language, "Здравствуйте, Анна!", "Мария Соколова")
    assert len(found) >= 4 and {one.tone for one in found} == {"formal", "warm"}
    assert len({one.text for one in found}) == len(found)
    for one in found:
        assert one.text.startswith("Здравствуйте, Анна!\n\n") and one.text.endswith("\nМария Соколова")
        assert "{" not in one.text and "тебя" not in one.text.casefold()
    assert subject(kind, language)


def test_the_relation_chooses_the_tone_that_stands_first() -> None:
    assert drafts("birthday", "ru", "", "", "contact")[0].tone == "formal"
    assert drafts("birthday", "ru", "", "", "")[0].tone == "formal"
    assert drafts("birthday", "ru", "", "", "trust")[0].tone == "warm"
