"""The group grid: nine people typed by keys, nine pasted, problems beside their cells, undo, nothing lost."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QApplication

from kamdesk.desktop.dialogs.paste_columns import PasteColumns
from kamdesk.desktop.navigation.target import Target
from kamdesk.desktop.pages import clients, people

NINE = (
    ("Ёлкина Мария Павловна", "Директор по персоналу", "Громов Лев Ильич", "Заметное", "Поддерживает"),
    ("Громов Лев Ильич", "Генеральный директор", "", "Решающее", "Нейтральное"),
    ("Жукова Анна Викторовна", "Финансовый директор", "Громов", "Решающее", "Сомневается"),
    ("Орлов Дмитрий Ильич", "Главный инженер", "Громов", "Заметное", "Продвигает"),
    ("Соколов Игорь Олегович", "Начальник отдела закупок", "Жукова", "Слабое", "Против"),
    ("Титова Ольга Львовна", "Юрист", "Громов", "Слабое", "Нейтральное"),
    ("Юсупов Тимур Рашидович", "Начальник цеха", "Орлов", "Слабое", "Поддерживает"),
    ("Белов Артём Сергеевич", "Главный энергетик", "Орлов", "Заметное", "Проявляет"),
    ("Цой Вера Андреевна", "Секретарь", "Громов", "Слабое", ""),
)


@pytest.fixture
def grid(blank):
    """The grid of a fresh client, shown in the window."""
    for module in (clients, people):
        module.register(blank.desk)
    client = blank.place.organisations.add("Завод «Вектор»")
    page = blank.show(Target("client", client, "decides"))
    found = page.decides.grid
    found.client, found.opened = client, blank
    QAbstractItemModelTester(found.grid.model, QAbstractItemModelTester.FailureReportingMode.Fatal, found)
    found.grid.view.setFocus()
    found.grid.view.go_to(0, 0)
    return found


def keys(grid, text: str) -> None:
    """Type into the current cell; the open editor gets the rest."""
    for sign in text:
        target = grid.grid.view.delegate.editor or grid.grid.view
        if sign.isascii():
            QTest.keyClicks(target, sign)
        else:  # QTest itself knows no other letters
            press = QKeyEvent(
                QKeyEvent.Type.KeyPress, ord(sign.upper()), Qt.KeyboardModifier.NoModifier, sign
            )
            QApplication.sendEvent(target, press)


def key(grid, which: Qt.Key, modifiers=Qt.KeyboardModifier.NoModifier) -> None:
    """Press one key in the open editor or in the table."""
    QTest.keyClick(grid.grid.view.delegate.editor or grid.grid.view, which, modifiers)


def tab(grid, times: int = 1) -> None:
    """On to the next cell."""
    for _time in range(times):
        key(grid, Qt.Key.Key_Tab)


def type_row(grid, row: tuple[str, ...]) -> None:
    """One person in the order of the columns, as a user types: Tab between cells, Enter for the next row."""
    name, title, boss, influence, stance = row
    keys(grid, name)
    tab(grid)
    keys(grid, title)
    tab(grid)
    keys(grid, boss)
    tab(grid, 3)
    keys(grid, influence)
    tab(grid)
    keys(grid, stance)
    tab(grid)
    keys(grid, "8 495 123-45-67")
    tab(grid)
    keys(grid, "a@vector.example")
    key(grid, Qt.Key.Key_Return)


def test_nine_people_typed_by_keys(grid) -> None:
    opened = grid.opened
    # the boss is typed first, as one does
    for row in (NINE[1], NINE[2], NINE[3], NINE[0], *NINE[4:]):
        type_row(grid, row)
    opened.settle()
    grid.flush()
    opened.settle()
    stored = {row.name: row for row in opened.place.group.rows(grid.client)}
    assert set(stored) == {row[0] for row in NINE}
    assert grid.grid.problems() == []
    for name, title, boss, _influence, _stance in NINE:
        row = stored[name]
        assert row.title == title
        assert row.reports_to == next((full[0] for full in NINE if boss and full[0].startswith(boss)), "")
        assert row.phone == "8 495 123-45-67"
    assert stored["Орлов Дмитрий Ильич"].stance == 3
    assert stored["Ёлкина Мария Павловна"].influence == 2
    assert stored["Соколов Игорь Олегович"].suggested_lens == "procurement"


def test_a_row_is_one_step_and_ctrl_z_takes_it_back(grid) -> None:
    opened = grid.opened
    type_row(grid, NINE[1])
    opened.settle()
    assert len(opened.place.people.list()) == 1
    opened.window.undo_requested.emit()
    opened.settle()
    assert opened.place.people.list() == ()
    assert grid.grid.rows() == ()
    opened.window.redo_requested.emit()
    opened.settle()
    assert [row.values["name"] for row in grid.grid.rows()] == ["Громов Лев Ильич"]


def test_nine_people_pasted_from_a_sheet(grid) -> None:
    opened = grid.opened
    lines = ["ФИО\tДолжность\tРуководитель\tEmail"]
    lines += [
        f"{name}\t{title}\t{boss}\t{at}@vector.example" for at, (name, title, boss, _i, _s) in enumerate(NINE)
    ]
    QGuiApplication.clipboard().setText("\r\n".join(lines))
    key(grid, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    opened.settle()
    stored = {row.name: row for row in opened.place.group.rows(grid.client)}
    assert set(stored) == {row[0] for row in NINE}
    assert stored["Соколов Игорь Олегович"].reports_to == "Жукова Анна Викторовна"
    assert len(grid.grid.rows()) == 9
    assert any("9" in text for text in opened.window.notices.texts())
    opened.window.undo_requested.emit()
    opened.settle()
    assert opened.place.people.list() == ()


def test_lines_of_a_letter_and_a_signature(grid) -> None:
    opened = grid.opened
    grid._pasted("Громов Лев Ильич — генеральный директор\nЖукова Анна Викторовна, финансовый директор")
    opened.settle()
    assert {row.title.casefold() for row in opened.place.group.rows(grid.client)} == {
        "генеральный директор",
        "финансовый директор",
    }


def test_unclear_columns_are_asked_about(grid) -> None:
    opened = grid.opened
    grid._pasted("ФИО\tДолжность\tГрейд\nГромов Лев Ильич\tДиректор\tA7\nЖукова Анна Викторовна\tЮрист\tB2")
    opened.settle()
    dialog = next(one for one in opened.window.findChildren(PasteColumns) if one.isVisible())
    assert opened.place.people.list() == ()
    dialog.combos[2].setCurrentIndex(dialog.combos[2].findData("-"))
    dialog.combos[2].activated.emit(dialog.combos[2].currentIndex())
    dialog.accept()
    opened.settle()
    assert len(opened.place.people.list()) == 2


def test_one_cell_is_pasted_where_one_stands(grid) -> None:
    opened = grid.opened
    type_row(grid, NINE[1])
    opened.settle()
    grid.grid.view.go_to(0, 1)
    grid._pasted("Президент")
    opened.settle()
    grid.flush()
    opened.settle()
    assert opened.place.group.rows(grid.client)[0].title == "Президент"


def test_unknown_boss_is_said_at_the_cell_and_the_rest_is_kept(grid) -> None:
    opened = grid.opened
    type_row(grid, ("Цой Вера Андреевна", "Секретарь", "Никто Неизвестный", "", ""))
    opened.settle()
    assert [(column, bool(words)) for _key, column, words in grid.grid.problems()] == [("reports_to", True)]
    assert grid.grid.rows()[0].values["reports_to"] == "Никто Неизвестный"
    assert opened.place.group.rows(grid.client)[0].title == "Секретарь"


def test_somebody_sits_down_on_a_vacant_seat(grid) -> None:
    opened = grid.opened
    grid.grid.model.write([(0, 1, "Главный инженер")])
    grid.flush()
    opened.settle()
    assert opened.place.group.rows(grid.client)[0].person_id is None
    grid.grid.view.go_to(0, 0)
    keys(grid, "Орлов Дмитрий Ильич")
    key(grid, Qt.Key.Key_Return)
    opened.settle()
    grid.flush()
    opened.settle()
    rows = opened.place.group.rows(grid.client)
    assert [(row.name, row.title) for row in rows] == [("Орлов Дмитрий Ильич", "Главный инженер")]
    assert len(grid.grid.rows()) == 1


def test_removed_row_leaves_a_vacant_seat_and_comes_back(grid) -> None:
    opened = grid.opened
    type_row(grid, NINE[1])
    opened.settle()
    grid.grid.view.go_to(0, 0)
    key(grid, Qt.Key.Key_Delete, Qt.KeyboardModifier.ControlModifier)
    opened.settle()
    assert [row.values["name"] for row in grid.grid.rows()] == [""]
    opened.window.undo_requested.emit()
    opened.settle()
    assert [row.values["name"] for row in grid.grid.rows()] == ["Громов Лев Ильич"]


def test_an_english_name_stays_what_it_is(english) -> None:
    for module in (clients, people):
        module.register(english.desk)
    page = english.show(Target("client", english.client, "decides"))
    grid = page.decides.grid
    assert grid.grid.rows()[0].values["name"] == "Eamon Harkin"
    grid.grid.model.write([(0, 7, "+353 1 555 0100")])
    grid.flush()
    english.settle()
    row = next(row for row in english.place.people.list() if row.name.family == "Harkin")
    assert (row.name.given, row.phone) == ("Eamon", "+353 1 555 0100")
    assert {row.values["reports_to"] for row in grid.grid.rows()} >= {"Eamon Harkin"}
    assert grid.grid.problems() == []


def test_typing_survives_a_change_elsewhere(grid) -> None:
    opened = grid.opened
    type_row(grid, NINE[1])
    opened.settle()
    grid.grid.view.go_to(1, 0)
    keys(grid, "Жук")
    editor = grid.grid.view.delegate.editor
    opened.place.organisations.add_unit(grid.client, "Цех № 2")
    opened.settle()
    assert grid.grid.view.delegate.editor is editor
    assert editor.text() == "Жук"
