"""Blocks of a kind of document: the usual ones unless others were chosen."""

from __future__ import annotations

from kamdesk.model.vocabulary import Vocabularies
from kamdesk.resources import resources_folder
from kamdesk.rules.block_orders import KINDS, STANDING, USUAL, order_of
from kamdesk.rules.proposal_checks import mandatory_blocks

VOCABULARIES = Vocabularies.load(resources_folder() / "vocabulary.json")


def test_every_block_is_a_code_and_the_usual_proposal_has_all_mandatory_ones() -> None:
    for kind in KINDS:
        assert set(USUAL[kind]) <= set(VOCABULARIES.codes("block"))
        assert STANDING[kind] <= set(USUAL[kind])
    assert set(mandatory_blocks(VOCABULARIES)) <= set(USUAL["group"])
    named = {"number_date", "addressee"}
    assert set(VOCABULARIES.codes("block")) == {*USUAL["group"], *named}


def test_what_was_chosen_holds() -> None:
    assert order_of("group", ()) == USUAL["group"]
    assert order_of("group", ("price", "benefit", "price")) == ("price", "benefit")
    assert order_of("cover", ("benefit", "next_step")) == ("next_step",)
    assert order_of("cover", ("benefit",)) == USUAL["cover"]
