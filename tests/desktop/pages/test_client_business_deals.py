"""The tabs Business and Deals of a client: typed in one line, edited where it stands, one click a stage, undone."""

from __future__ import annotations

from decimal import Decimal

import pytest
from PySide6.QtTest import QAbstractItemModelTester

from kamdesk.desktop.navigation.target import Target
from kamdesk.desktop.pages import clients, people
from kamdesk.desktop.widgets.page import PageBase
from kamdesk.model.values import Money, PartialDate

FATAL = QAbstractItemModelTester.FailureReportingMode.Fatal


@pytest.fixture
def shown(opened):
    """A function that gives a panel of the demo's client, of whom nothing is known yet."""
    for group in opened.place.statements.of(opened.client):
        for statement in group.statements:
            opened.place.records.delete("statement", statement.id)
    for deal in opened.place.deals.list(opened.client):
        opened.place.records.delete("deal", deal.id)
    for module in (clients, people):
        module.register(opened.desk)
    opened.window.add_page_kind("proposal", lambda _target: PageBase(opened.kit))
    opened.window.add_page_kind("argument", lambda _target: PageBase(opened.kit))

    def show(tab: str, rest: str = ""):
        target = Target("client", opened.client, f"{tab}:{rest}" if rest else tab)
        return opened.show(target).panels[tab].panel

    return show


def cards(panel) -> dict:
    """The statement cards by their words."""
    sections = [*panel.left.rows(), *panel.right.rows()]
    return {card.text.value(): card for section in sections for card in section.list.rows()}


def test_a_sentence_is_enough(shown, opened) -> None:
    panel = shown("business")
    panel.start("weak_point")
    panel.line.line.setText("Простои линии")
    panel.line.flush()
    opened.settle()
    assert "Простои линии" in cards(panel)
    panel.start("weak_point")
    section = panel.left.row("weak_point") or panel.right.row("weak_point")
    section.line.line.setText("Нет своего сервиса")
    section.line.flush()
    opened.settle()
    assert len(section.list.rows()) == 2
    opened.window.undo_requested.emit()
    opened.settle()
    assert "Нет своего сервиса" not in cards(panel)


def test_a_statement_is_edited_confirmed_and_made_an_argument(shown, opened) -> None:
    made = opened.place.statements.add(opened.client, "Скидка у Альфы", kind="competitor_move")
    panel = shown("business")
    card = cards(panel)["Скидка у Альфы"]
    assert "не сказано" in card.detail.text()
    card.text.text.setPlainText("Скидка у Альфы 15 %")
    card.text.flush()
    card.edit_button.click()
    card._fields.editor("source_kind").combo.setCurrentIndex(1)
    card._fields.editor("source_kind")._chosen()
    rival = card._fields.editor("competitor")
    rival.line.setText("Альфа Маш")
    rival.flush()
    opened.settle()
    view = opened.place.statements.of(opened.client)[0].statements[0]
    assert (view.text, view.competitor) == ("Скидка у Альфы 15 %", "Альфа Маш")
    assert view.source_kind
    card.argument.click()
    opened.settle()
    assert card.argument.text() == "Это аргумент: открыть"
    card.argument.click()
    opened.settle()
    assert opened.window.here().kind == "argument"
    assert opened.window.here().id == opened.place.statements.make_argument(made)


def test_an_empty_statement_is_refused_and_its_draft_stays(shown, opened) -> None:
    opened.place.statements.add(opened.client, "Скидка")
    card = cards(shown("business"))["Скидка"]
    card.text.text.setPlainText("")
    card.text.flush()
    opened.settle()
    assert card.text.problem()


def test_a_deal_from_its_name_to_its_loss(shown, opened) -> None:
    panel = shown("deals")
    panel.tester = QAbstractItemModelTester(panel.model, FATAL)
    assert panel.stack.currentIndex() == 1
    panel.line.start()
    panel.line.line.setText("Линия розлива")
    panel.line.flush()
    opened.settle()
    assert panel.stack.currentIndex() == 0
    amount = panel.card.fields.editor("amount")
    amount.line.setText("1,2 млн")
    amount.flush()
    expected = panel.card.fields.editor("expected")
    expected.line.setText("сентябрь 2026")
    expected.flush()
    panel.card._stage_buttons["lost"].click()
    opened.settle()
    (row,) = opened.place.deals.list(opened.client)
    assert (row.amount, row.expected, row.stage) == (Money(Decimal(1_200_000)), PartialDate(2026, 9), "lost")
    assert not panel.card.fields.editor("loss_reason").isHidden()
    assert "1\u00a0200\u00a0000\u00a0₽" in panel.sums.text()
    amount.line.setText("-5")
    amount.flush()
    opened.settle()
    assert amount.problem()
    amount.restore()
    opened.window.undo_requested.emit()
    opened.settle()
    assert opened.place.deals.list(opened.client)[0].stage == "interest"


def test_a_target_opens_its_deal_and_the_list_another(shown, opened) -> None:
    first, second = (opened.place.deals.add(opened.client, name) for name in ("А", "Б"))
    panel = shown("deals", second)
    assert panel.card.name.value() == "Б"
    panel.table.select_id(first)
    opened.settle()
    assert panel.current() == first
    assert panel.card.name.value() == "А"


def test_who_decides_about_one_deal(shown, opened) -> None:
    deal = opened.place.deals.add(opened.client, "Линия")
    panel = shown("deals", deal)
    person = opened.person("Самарин")
    panel.card.set_parts(person, ("signatory",), None)
    opened.settle()
    row = panel.card.group_list.row(person)
    assert row.parts.value() == ("signatory",)
    assert "обычно" in row.general.text()
    row.parts.chips.add("economic_buyer")
    opened.settle()
    member = next(one for one in opened.place.deals.card(deal).members if one.id == person)
    assert member.parts == ("economic_buyer",)


def test_what_belongs_to_a_deal(shown, opened) -> None:
    deal = opened.place.deals.add(opened.client, "Линия")
    panel = shown("deals", deal)
    panel.card.rival_line.line.setText("Альфа")
    panel.card._add_rival("Альфа")
    panel.card._promise("Прислать расчёт до 9 марта", "ours")
    panel.card.notes._add("Спешат")
    free = opened.place.deals.card(deal).free_interactions[0]
    opened.place.deals.link(deal, "interaction", free.id)
    opened.settle()
    card = opened.place.deals.card(deal)
    assert [one.name for one in card.rivals] == ["Альфа"]
    assert str(card.promises[0].due) == "2026-03-09"
    assert len(panel.card.notes.list.rows()) == 1
    assert len(panel.card.history_list.rows()) == 1
    panel.card._start_proposal()
    opened.settle()
    assert opened.window.here().kind == "proposal"
    assert [one.id for one in opened.place.deals.card(deal).proposals] == [opened.window.here().id]


def test_a_deleted_deal_comes_back(shown, opened) -> None:
    deal = opened.place.deals.add(opened.client, "Линия")
    panel = shown("deals", deal)
    panel.card._delete()
    opened.settle()
    assert panel.stack.currentIndex() == 1
    opened.window.undo_requested.emit()
    opened.settle()
    assert panel.card.name.value() == "Линия"
