"""The list of clients: adding by a name, filters, deletion with undo, the empty page, both languages."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QItemSelectionModel, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QAbstractButton, QComboBox, QLineEdit, QPlainTextEdit

from kamdesk.desktop.navigation.target import Target
from kamdesk.desktop.pages import clients, people


@pytest.fixture
def page(opened):
    """The list over the demo."""
    for module in (clients, people):
        module.register(opened.desk)
    made = opened.show(Target("clients"))
    made.opened_in = opened
    QAbstractItemModelTester(made.model, QAbstractItemModelTester.FailureReportingMode.Fatal, made)
    return made


def names(page) -> list[str]:
    return [row.name for row in page.model.rows()]


def test_a_client_is_added_by_typing_its_name(page) -> None:
    opened = page.opened_in
    page.actions_table.action("clients.add").trigger()
    page.line.line.setText("  Завод   «Вектор» ")
    QTest.keyClick(page.line.line, Qt.Key.Key_Return)
    opened.settle()
    row = next(row for row in opened.place.organisations.list() if row.name == "Завод «Вектор»")
    assert row.kind == "client"
    assert opened.window.here() == Target("client", row.id, "decides")


def test_a_double_is_said_beside_the_line(page) -> None:
    page.line.start()
    page.line.line.setText("Сосногорье Групп")
    page.line.flush()
    page.opened_in.settle()
    assert page.line.hint.text()
    assert page.line.line.text() == "Сосногорье Групп"


def test_lists_are_in_the_order_of_the_alphabet(page) -> None:
    opened = page.opened_in
    for name in ("Ель", "Единство", "Ёлка", "Жар"):
        opened.place.organisations.add(name)
    opened.settle()
    page.table.sortByColumn(0, Qt.SortOrder.AscendingOrder)
    assert names(page) == ["Единство", "Ель", "Ёлка", "Жар", "Сосногорье Групп", "Хвойный дом"]


def test_filters_and_search(page) -> None:
    opened = page.opened_in
    opened.place.organisations.add("Тихий клиент")
    opened.settle()
    page.chips["meeting"].click()
    opened.settle()
    assert names(page) == ["Сосногорье Групп"]
    page.chips["meeting"].click()
    page.chips["quiet"].click()
    opened.settle()
    assert names(page) == ["Тихий клиент", "Хвойный дом"]
    page.chips["quiet"].click()
    page.search.setText("сосно")
    page._ask()
    opened.settle()
    assert names(page) == ["Сосногорье Групп"]


def test_deleted_clients_come_back_by_the_notice(page) -> None:
    opened = page.opened_in
    opened.place.organisations.add("Второй")
    opened.settle()
    page.table.selectAll()
    page.actions_table.action("clients.delete").trigger()
    opened.settle()
    assert names(page) == []
    undo = next(
        one for one in opened.window.notices.findChildren(QAbstractButton) if one.text() == "Отменить"
    )
    undo.click()
    opened.settle()
    assert names(page) == ["Второй", "Сосногорье Групп", "Хвойный дом"]
    assert len(opened.place.people.list()) == 11


def test_copied_rows_paste_into_excel(page) -> None:
    page.table.selectionModel().select(
        page.model.index(0, 0),
        QItemSelectionModel.SelectionFlag.Select | QItemSelectionModel.SelectionFlag.Rows,
    )
    QTest.keyClick(page.table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    lines = QGuiApplication.clipboard().text().splitlines()
    assert lines[0].startswith("Клиент\t")
    assert lines[1].startswith("Сосногорье Групп\t")


def test_empty_page_offers_the_first_steps(blank) -> None:
    for module in (clients, people):
        module.register(blank.desk)
    page = blank.show(Target("clients"))
    assert page.demo_button.isVisible()
    page.demo_button.click()
    blank.settle()
    assert len(names(page)) == 2


def test_everything_has_a_name_and_follows_the_language(page) -> None:
    opened = page.opened_in
    for kind in (QAbstractButton, QLineEdit, QComboBox, QPlainTextEdit):
        for widget in page.findChildren(kind):
            shown = widget.accessibleName() or getattr(widget, "text", lambda: "")()
            inside = isinstance(widget.parent(), (QComboBox, QLineEdit))
            assert shown or inside or widget.objectName().startswith("qt_"), widget
    opened.kit.words.set_language("en")
    opened.settle()
    assert page.title() == "Clients"
    assert page.model.headerData(0, Qt.Orientation.Horizontal) == "Client"
    opened.kit.words.set_language("ru")
