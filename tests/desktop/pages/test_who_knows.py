"""The matrix of who of us knows whom: one key or click a cell, remark and year beside it, experts by topic."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest

from kamdesk.desktop.navigation.target import Target
from kamdesk.desktop.pages import clients, who_knows
from kamdesk.model.values import PartialDate
from tests.desktop.pages.walk import caught, nameless


@pytest.fixture
def page(opened):
    clients.register(opened.desk)
    who_knows.register(opened.desk)
    made = opened.show(Target("who_knows", opened.client))
    made.opened_in = opened
    return made


def cell(page, row: int = 0, column: int = 0):
    matrix = page.opened_in.place.acquaintances.matrix(page.opened_in.client)
    return matrix.cells.get((matrix.theirs[row].id, matrix.ours[column].id))


def test_the_model_keeps_the_rules_of_qt(page) -> None:
    tester = QAbstractItemModelTester(page.model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    page.model.light(frozenset({page.model.ours(0).id}))
    page.opened_in.place.people.add("Новиков Сергей", page.opened_in.client)
    page.opened_in.settle()
    assert page.model.rowCount() == len(
        page.opened_in.place.acquaintances.matrix(page.opened_in.client).theirs
    )
    tester.deleteLater()


def test_one_key_sets_a_cell_and_undo_takes_it_back(page) -> None:
    opened = page.opened_in
    page.table.setCurrentIndex(page.model.index(0, 0))
    QTest.keyClick(page.table, Qt.Key.Key_2)
    opened.settle()
    assert cell(page).strength == 2
    QTest.keyClick(page.table, Qt.Key.Key_0)
    opened.settle()
    assert cell(page) is None
    opened.window.undo_requested.emit()
    opened.settle()
    assert cell(page).strength == 2
    assert page.table.currentIndex() == page.model.index(0, 0)


def test_a_click_raises_it(page) -> None:
    opened = page.opened_in
    at = page.table.visualRect(page.model.index(1, 1)).center()
    for wanted in (1, 2, 3):
        QTest.mouseClick(page.table.viewport(), Qt.MouseButton.LeftButton, pos=at)
        opened.settle()
        assert cell(page, 1, 1).strength == wanted


def test_remark_and_year_belong_to_the_cell(page) -> None:
    opened = page.opened_in
    page.table.setCurrentIndex(page.model.index(0, 0))
    page.note.line.setText("Учились вместе")
    page.note.flush()
    page.since.line.setText("2019")
    page.since.flush()
    opened.settle()
    assert (cell(page).note, cell(page).since, cell(page).strength) == (
        "Учились вместе",
        PartialDate(2019),
        1,
    )
    page.table.setCurrentIndex(page.model.index(1, 0))
    assert page.note.value() == ""


def test_who_knows_about_something(page) -> None:
    opened = page.opened_in
    me = opened.place.company.colleagues()[0]
    opened.place.records.set("colleague", me.id, {"topics": "Автоматизация сушки"})
    opened.settle()
    page.search.setText("автоматизации")
    page._ask_experts()
    opened.settle()
    assert me.data.name.family in page.experts.text()
    assert page.model.headerData(0, Qt.Orientation.Horizontal, Qt.ItemDataRole.DecorationRole) is not None
    page.search.setText("квантовая механика")
    page._ask_experts()
    opened.settle()
    assert page.experts.text()


def test_by_keyboard_and_by_name(page) -> None:
    assert nameless(page) == []
    assert not caught(page.opened_in, page, 40)


def test_an_empty_side_says_what_is_missing(blank) -> None:
    clients.register(blank.desk)
    who_knows.register(blank.desk)
    client = blank.place.organisations.add("Завод")
    shown = blank.show(Target("who_knows", client))
    assert shown.empty.isVisible()
    assert not shown.table.isVisible()
    assert blank.show(Target("who_knows")).client_id() == client
