"""Blocks of documents: in the settings for the whole vault, and an order of its own for one proposal."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from kamdesk.desktop.navigation.target import Target
from kamdesk.desktop.pages import proposals
from kamdesk.desktop.settings_blocks import BlocksSection
from kamdesk.rules.block_orders import USUAL


@pytest.fixture
def start(opened):
    proposals.register(opened.desk, lambda _path: True)
    return opened.show(Target("proposal", opened.place.proposals.list()[0].id, "start")).start


def row_of(editor, code: str) -> int:
    codes = [str(editor.list.item(at).data(Qt.ItemDataRole.UserRole)) for at in range(editor.list.count())]
    return codes.index(code)


def test_a_block_is_moved_by_keyboard_and_left_out(opened, start) -> None:
    place, blocks = opened.place, start.blocks
    assert blocks.codes() == USUAL["group"]
    assert not start.usual_blocks.isVisible()
    blocks.list.setCurrentRow(row_of(blocks, "price"))
    QTest.keyClick(blocks.list, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    opened.settle()
    proposal = place.proposals.list()[0].id
    stored = place.proposals.page(proposal).values["blocks"]
    assert stored.index("price") == USUAL["group"].index("price") - 1
    blocks.list.item(row_of(blocks, "benefit")).setCheckState(Qt.CheckState.Unchecked)
    opened.settle()
    assert "Экономический эффект" in blocks.missing.text()
    missing = [
        one for one in place.proposals.page(proposal).findings if one.message.code == "check.block_missing"
    ]
    assert [one.block for one in missing] == ["benefit"]
    start.usual_blocks.click()
    opened.settle()
    assert blocks.codes() == USUAL["group"]
    assert place.proposals.page(proposal).values["blocks"] == ()


def test_what_has_its_place_does_not_move(start) -> None:
    blocks = start.blocks
    at = row_of(blocks, "signature")
    blocks.list.setCurrentRow(at)
    QTest.keyClick(blocks.list, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    assert row_of(blocks, "signature") == at


def test_the_settings_order_letters(opened, start) -> None:
    place = opened.place
    section = BlocksSection(opened.kit, ("benefit",))
    section.chosen.connect(lambda name, codes: place.preferences.set(**{name: codes}))
    section.show_preferences(place.preferences.get())
    section.kinds.setCurrentIndex(2)
    letter = section.editors["cover"]
    letter.list.item(row_of(letter, "validity")).setCheckState(Qt.CheckState.Unchecked)
    assert "validity" not in place.preferences.get().blocks("cover")
    section._reset()
    assert place.preferences.get().blocks_cover == ()
    place.preferences.set(blocks_group=("price", "benefit", "uniqueness", "exclusivity"))
    opened.settle()
    assert start.blocks.codes() == ("price", "benefit", "uniqueness", "exclusivity")
    section.deleteLater()


def test_another_deal_offers_its_decision_group_as_readers(opened, start) -> None:
    place, proposal = opened.place, opened.place.proposals.list()[0].id
    before = [one.person_id for one in place.proposals.page(proposal).readers]
    place.proposals.edit(proposal, {"deal_id": None})
    deal = place.deals.add(opened.client, "Сервис")
    place.people.set_parts(before[1], opened.client, ["decides"], deal_id=deal)
    opened.settle()
    offered = []
    opened.desk.window.notify = lambda say, kind="info", action=None, act=None, **_more: offered.append(
        (say(), act)
    )
    start._choose_deal(deal)
    opened.settle()
    ((words, take),) = [one for one in offered if one[1] is not None and "решают" in str(one[0])]
    take()
    opened.settle()
    assert [one.person_id for one in place.proposals.page(proposal).readers] == [before[1]]
    place.vault.history.undo()
    assert [one.person_id for one in place.proposals.page(proposal).readers] == before
    assert words.endswith(".") and place.proposals.page(proposal).values["deal_id"] == deal
