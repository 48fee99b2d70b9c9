"""Lists: sorting by the alphabet, copying for Excel, opening, what is remembered, empty pages; models through Qt's tester."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QWidget

from kamdesk.desktop.kit import Kit
from kamdesk.desktop.models.rows import Column, RowsModel, text_key
from kamdesk.desktop.navigation.search_box import HitsModel
from kamdesk.desktop.navigation.target import Hit
from kamdesk.desktop.widgets.cards import EmptyState
from kamdesk.desktop.widgets.list_page import ListPage
from kamdesk.desktop.widgets.switches import switches
from kamdesk.desktop.widgets.table import RowsTable

FATAL = QAbstractItemModelTester.FailureReportingMode.Fatal


@dataclass(frozen=True)
class Row:
    id: str
    name: str
    seat: str = ""


ROWS = [Row("1", "Жуков", "юрист"), Row("2", "Ёлкина", "HR"), Row("3", "Егоров"), Row("4", "Ерёмин", "IT")]
COLUMNS = (
    Column("name", lambda: "Name", lambda row: row.name, icon=lambda _row: "person"),
    Column("seat", lambda: "Seat", lambda row: row.seat, right=True, hint=lambda row: row.seat),
)


@pytest.fixture
def page(kit: Kit, qtbot) -> ListPage:
    made = ListPage(kit, "people", lambda: "People", COLUMNS, filters=(("key", lambda: "Key"),))
    made.tester = QAbstractItemModelTester(made.model, FATAL)
    qtbot.addWidget(made)
    made.resize(800, 500)
    made.show()
    qtbot.waitExposed(made)
    made.set_rows(ROWS)
    return made


def names(page: ListPage) -> list[str]:
    return [row.name for row in page.model.rows()]


def test_yo_stands_after_ye() -> None:
    assert sorted(["Ж", "Ёж", "Ея", "Еж", "д"], key=text_key) == ["д", "Еж", "Ея", "Ёж", "Ж"]


def test_sorting_keeps_selection_and_empty_last(page: ListPage) -> None:
    assert names(page) == ["Егоров", "Ерёмин", "Ёлкина", "Жуков"]
    page.table.select_id("4")
    page.table.sortByColumn(1, Qt.SortOrder.DescendingOrder)
    assert names(page)[-1] == "Егоров"
    assert [row.id for row in page.table.selected_rows()] == ["4"]


def test_reloading_keeps_selection(page: ListPage) -> None:
    page.table.select_id("2")
    page.set_rows([*ROWS, Row("5", "Абрамов")])
    assert [row.id for row in page.table.selected_rows()] == ["2"]
    assert page.table.current_row().id == "2"
    assert names(page)[0] == "Абрамов"


def test_a_row_is_selected_alone_while_ctrl_is_down(page: ListPage) -> None:
    """A list that is filled a moment after Ctrl+N took the selection off its row, and Return did nothing."""
    page.table.select_id("2")
    QTest.keyPress(page.table, Qt.Key.Key_Control, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.keyboardModifiers() == Qt.KeyboardModifier.ControlModifier
    page.table.selectRow(2)
    assert [row.id for row in page.table.selected_rows()] == ["2"]
    page.table.select_id("3")
    assert [row.id for row in page.table.selected_rows()] == ["3"]
    page.table.selectRow(9)
    assert page.table.current_row().id == "3"


def test_enter_opens_and_copy_is_a_table(page: ListPage, qtbot) -> None:
    page.table.selectAll()
    QTest.keyClick(page.table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text().splitlines()[:2] == ["Name\tSeat", "Егоров\t"]
    page.table.select_id("2")
    with qtbot.waitSignal(page.opened) as opened:
        QTest.keyClick(page.table, Qt.Key.Key_Return)
    assert opened.args[0].id == "2"


def test_search_filters_here_and_arrow_goes_into_the_list(page: ListPage, qtbot) -> None:
    page.search.setText("елкина")
    qtbot.waitUntil(lambda: names(page) == ["Ёлкина"])
    QTest.keyClick(page.search, Qt.Key.Key_Down)
    assert page.table.current_row().name == "Ёлкина"
    QTest.keyClick(page.search, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: len(names(page)) == 4)


def test_chip_asks_anew_and_is_remembered(page: ListPage, kit: Kit, qtbot) -> None:
    with qtbot.waitSignal(page.asked) as asked:
        page.chips["key"].click()
    assert asked.args == ["", ("key",)]
    assert kit.settings.get("list.people.filters") == ["key"]


def test_columns_are_remembered(page: ListPage, kit: Kit, qtbot) -> None:
    page.table.setColumnWidth(0, 333)
    page.table.sortByColumn(1, Qt.SortOrder.DescendingOrder)
    qtbot.waitUntil(lambda: kit.settings.get("list.people", {}).get("sort") == ["seat", True])
    again = ListPage(kit, "people", lambda: "People", COLUMNS)
    qtbot.addWidget(again)
    header = again.table.horizontalHeader()
    assert again.table.columnWidth(0) == 333
    assert (header.sortIndicatorSection(), header.sortIndicatorOrder()) == (1, Qt.SortOrder.DescendingOrder)
    header.moveSection(1, 0)
    qtbot.waitUntil(lambda: kit.settings.get("list.people")["order"] == ["seat", "name"])
    third = ListPage(kit, "people", lambda: "People", COLUMNS)
    qtbot.addWidget(third)
    assert third.table.horizontalHeader().visualIndex(1) == 0


def test_empty_list_says_what_to_do(page: ListPage, kit: Kit, qtbot) -> None:
    steps: list[str] = []
    page.set_empty(
        EmptyState(
            kit, "people", lambda: "No one yet.", first=lambda: "Add", on_first=lambda: steps.append("first")
        )
    )
    page.set_rows([])
    empty = page.panes()[0]
    assert isinstance(empty, EmptyState)
    assert not page.search.isVisible()
    qtbot.mouseClick(empty.first, Qt.MouseButton.LeftButton)
    assert steps == ["first"]
    page.set_rows(ROWS)
    assert page.table.isVisible()


def test_long_list_fetches_more(kit: Kit, qtbot) -> None:
    model = RowsModel(kit, COLUMNS)
    tester = QAbstractItemModelTester(model, FATAL)
    model.set_rows(ROWS[:2], total=4, more=lambda: model.add_rows(ROWS[2:]))
    model.fetchMore(QModelIndex())
    qtbot.waitUntil(lambda: model.rowCount() == 4)
    assert not model.canFetchMore(QModelIndex())
    tester.deleteLater()
    model.deleteLater()


def test_headings_follow_the_language(page: ListPage, kit: Kit) -> None:
    kit.words.set_language("ru")
    assert page._count.text() == "4 строки"


def test_hits_model(qapp) -> None:
    model = HitsModel()
    tester = QAbstractItemModelTester(model, FATAL)
    model.set_hits([Hit("A", "one"), Hit("B", "two"), Hit("A", "three")])
    assert [model.index(row).data() for row in range(5)] == ["A", "one", "three", "B", "two"]
    assert model.first() == 1
    assert not model.index(0).flags()
    model.set_hits([], "nothing")
    assert (model.rowCount(), model.first()) == (1, -1)
    tester.deleteLater()
    model.deleteLater()


def test_the_column_that_takes_the_rest_can_always_be_read(kit: Kit, qtbot) -> None:
    columns = (
        Column("name", lambda: "Name", lambda row: row.name, stretch=True),
        *(Column(f"c{at}", lambda: "Column", lambda row: row.seat, width=120) for at in range(4)),
    )
    table = RowsTable(kit, lambda: "People", RowsModel(kit, columns), "readable")
    qtbot.addWidget(table)
    table.resize(500, 300)
    table.show()
    qtbot.waitUntil(lambda: table.columnWidth(0) >= kit.theme.px(100))
    table.resize(1200, 300)
    qtbot.waitUntil(lambda: table.columnWidth(0) > 600)  # it takes the rest again
    table.resize(500, 300)
    qtbot.waitUntil(lambda: kit.theme.px(100) <= table.columnWidth(0) < 200)


def test_switches_go_on_below_where_the_width_ends(kit: Kit, qtbot) -> None:
    room = QWidget()
    row, chips = switches(kit, room, {name: lambda name=name: f"A long word {name}" for name in "abcdef"})
    room.setLayout(row)
    qtbot.addWidget(room)
    room.resize(360, 200)
    room.show()
    qtbot.waitExposed(room)
    assert all(one.width() >= one.sizeHint().width() for one in chips.values())
    assert len({one.y() for one in chips.values()}) > 1
