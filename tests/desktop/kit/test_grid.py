"""The grid: typing, moving, pasting with growth, filling down, wrong cells, undo; its model through Qt's own tester."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence, QShortcut
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QComboBox, QLineEdit, QPushButton, QVBoxLayout, QWidget

from kamdesk.desktop.kit import Kit
from kamdesk.desktop.models.tsv import from_tsv, to_tsv
from kamdesk.desktop.widgets.edit_grid import CellKind, EditGrid, GridChange, GridColumn, GridRow

CONTROL, ALT, SHIFT = (
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.AltModifier,
    Qt.KeyboardModifier.ShiftModifier,
)
NAME, PART, PRICE, KEY, SUM = range(5)


def columns(kit: Kit) -> tuple[GridColumn, ...]:
    return (
        GridColumn("name", lambda: "Name", required=True, names=("ФИО",)),
        GridColumn(
            "part", lambda: "Part", CellKind.CHOICE, options=lambda: kit.vocabularies.options("criteria")
        ),
        GridColumn("price", lambda: "Price", CellKind.DECIMAL),
        GridColumn("key", lambda: "Key", CellKind.YES_NO),
        GridColumn("sum", lambda: "Sum", computed=lambda row: str((row.values.get("price") or 0) * 2)),
    )


class Host(QWidget):
    """A grid between two buttons."""

    def __init__(self, grid: EditGrid) -> None:
        super().__init__()
        self.before, self.after = QPushButton("before"), QPushButton("after")
        layout = QVBoxLayout(self)
        for widget in (self.before, grid, self.after):
            layout.addWidget(widget)


@pytest.fixture
def grid(kit: Kit, qtbot):
    made = EditGrid(kit, lambda: "Group", columns(kit), "test")
    tester = QAbstractItemModelTester(made.model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    made.set_rows(
        GridRow(key, {"name": key, "part": "", "price": Decimal(at), "key": False})
        for at, key in enumerate("abc", 1)
    )
    host = Host(made)
    qtbot.addWidget(host)
    host.resize(900, 500)
    host.show()
    qtbot.waitExposed(host)
    host.activateWindow()
    made.view.setFocus()
    qtbot.waitUntil(made.view.hasFocus)
    made.changes = []
    made.edited.connect(made.changes.append)
    made.view.go_to(0, 0)
    yield made
    tester.deleteLater()


def names(grid: EditGrid) -> list[str]:
    return [row.values["name"] for row in grid.rows()]


def keys(grid: EditGrid, text: str) -> None:
    """Type into the current cell as a person does; the open editor gets the rest."""
    for sign in text:
        target = grid.view.delegate.editor or grid.view
        if sign.isascii():
            QTest.keyClicks(target, sign)
        else:  # QTest itself knows no other letters
            press = QKeyEvent(QEvent.Type.KeyPress, ord(sign.upper()), Qt.KeyboardModifier.NoModifier, sign)
            QCoreApplication.sendEvent(target, press)


def key(grid: EditGrid, which: Qt.Key, modifiers=Qt.KeyboardModifier.NoModifier) -> None:
    QTest.keyClick(grid.view.delegate.editor or grid.view, which, modifiers)


def here(grid: EditGrid) -> tuple[int, int]:
    index = grid.view.currentIndex()
    return index.row(), index.column()


def test_typing_replaces_and_enter_goes_below(grid: EditGrid) -> None:
    keys(grid, "Иван")
    key(grid, Qt.Key.Key_Return)
    assert names(grid) == ["Иван", "b", "c"]
    assert here(grid) == (1, NAME)
    assert [row.key for row in grid.changes[0].changed] == ["a"]
    assert grid.view.hasFocus()


def test_esc_leaves_the_cell_as_it_was(grid: EditGrid) -> None:
    keys(grid, "xyz")
    key(grid, Qt.Key.Key_Escape)
    assert names(grid) == ["a", "b", "c"]
    assert grid.changes == []


def test_tab_runs_and_enter_returns_to_where_the_run_began(grid: EditGrid) -> None:
    keys(grid, "one")
    key(grid, Qt.Key.Key_Tab)
    keys(grid, "qual")
    key(grid, Qt.Key.Key_Tab)
    keys(grid, "12,5")
    key(grid, Qt.Key.Key_Return)
    assert here(grid) == (1, NAME)
    values = grid.rows()[0].values
    assert (values["name"], values["part"], values["price"]) == ("one", "quality", Decimal("12.5"))


def test_row_is_added_at_the_end_and_the_editor_stays_on_it(grid: EditGrid) -> None:
    grid.view.go_to(3, NAME)
    keys(grid, "new")
    key(grid, Qt.Key.Key_Tab)
    assert names(grid) == ["a", "b", "c", "new"]
    assert here(grid) == (3, PART)
    added = grid.changes[-1].added[0]
    assert added.key.startswith("new-")
    grid.rekey(added.key, "stored")
    assert grid.rows()[3].key == "stored"
    assert grid.model.rowCount() == 5


def test_nine_people_need_no_mouse(grid: EditGrid) -> None:
    grid.set_rows([])
    grid.view.go_to(0, NAME)
    for number in range(9):
        keys(grid, f"p{number}")
        key(grid, Qt.Key.Key_Tab)
        keys(grid, "pr")
        key(grid, Qt.Key.Key_Return)
    assert names(grid) == [f"p{number}" for number in range(9)]
    assert {row.values["part"] for row in grid.rows()} == {"price"}


def test_tab_leaves_past_the_last_cell_and_before_the_first(grid: EditGrid, qtbot) -> None:
    grid.view.go_to(3, KEY)
    key(grid, Qt.Key.Key_Tab)
    assert not grid.view.hasFocus()
    grid.view.setFocus()
    grid.view.go_to(0, NAME)
    key(grid, Qt.Key.Key_Backtab, SHIFT)
    qtbot.waitUntil(lambda: grid.window().before.hasFocus())


def test_wrong_cell_keeps_its_text_and_says_why(grid: EditGrid) -> None:
    grid.view.go_to(0, PRICE)
    keys(grid, "дорого")
    key(grid, Qt.Key.Key_Return)
    assert grid.rows()[0].drafts == {"price": "дорого"}
    assert grid.rows()[0].values["price"] == Decimal(1)
    assert grid.problems() == [("a", "price", "This is not a number")]
    index = grid.model.index(0, PRICE)
    assert index.data() == "дорого"
    assert index.data(Qt.ItemDataRole.ToolTipRole) == "This is not a number"
    grid.view.go_to(0, PRICE)
    keys(grid, "7")
    key(grid, Qt.Key.Key_Return)
    assert grid.problems() == []


def test_given_problem_goes_when_the_row_is_changed(grid: EditGrid) -> None:
    grid.set_problem("b", "part", "Not in this group")
    assert grid.problems() == [("b", "part", "Not in this group")]
    grid.model.write([(1, NAME, "bb")])
    assert grid.problems() == []


def test_required_cell_of_a_used_row(grid: EditGrid) -> None:
    grid.model.write([(3, PRICE, "5")])
    assert [(column, words) for _key, column, words in grid.problems()] == [
        ("name", "This must be filled in")
    ]


def test_paste_grows_and_counts_what_was_not_understood(grid: EditGrid) -> None:
    grid.view.go_to(2, NAME)
    grid.paste("x\tPrice\t1\r\ny\tQuality\tмного\tда\r\nz\tLead time\t3\tx\tbeyond\tagain\r\n")
    assert names(grid) == ["a", "b", "x", "y", "z"]
    assert [row.values["part"] for row in grid.rows()[2:]] == ["price", "quality", "lead_time"]
    assert [row.values["key"] for row in grid.rows()[2:]] == [False, True, True]
    assert len(grid.problems()) == 1
    assert len(grid.changes) == 1
    assert (
        grid._message.text()
        == "3 rows pasted, 2 of them new, 1 cell had no column, 1 cell was not understood"
    )


def test_paste_with_headings_finds_its_columns(grid: EditGrid) -> None:
    grid.paste("Price\tUnknown\tФИО\n10\t?\tИван\n20\t\tПётр\n")
    assert names(grid)[3:] == ["Иван", "Пётр"]
    assert [row.values["price"] for row in grid.rows()[3:]] == [Decimal(10), Decimal(20)]
    assert "1 cell had no column" in grid._message.text()


def test_one_copied_cell_fills_the_selection(grid: EditGrid) -> None:
    grid.view.selectColumn(PART)
    grid.view.clearSelection()
    for row in range(3):
        grid.view.selectionModel().select(
            grid.model.index(row, PART), grid.view.selectionModel().SelectionFlag.Select
        )
    grid.paste("quality")
    assert [row.values["part"] for row in grid.rows()] == ["quality"] * 3


def test_reader_of_texts_that_are_no_table(grid: EditGrid) -> None:
    grid.set_paste_reader(lambda text: [{"name": "From a signature"}] if "Best regards" in text else None)
    grid.paste("Best regards,\nsomeone")
    assert names(grid)[-1] == "From a signature"
    grid.paste("plain")
    assert names(grid)[0] == "plain"


def test_copy_and_cut_are_a_table(grid: EditGrid) -> None:
    for row in range(2):
        for column in (NAME, PART, PRICE):
            grid.view.selectionModel().select(
                grid.model.index(row, column), grid.view.selectionModel().SelectionFlag.Select
            )
    key(grid, Qt.Key.Key_C, CONTROL)
    assert QGuiApplication.clipboard().text() == "a\t\t1\nb\t\t2"
    key(grid, Qt.Key.Key_X, CONTROL)
    assert names(grid) == ["", "", "c"]


def test_fill_down_takes_the_top_or_the_one_above(grid: EditGrid) -> None:
    for row in range(3):
        grid.view.selectionModel().select(
            grid.model.index(row, NAME), grid.view.selectionModel().SelectionFlag.Select
        )
    key(grid, Qt.Key.Key_D, CONTROL)
    assert names(grid) == ["a", "a", "a"]
    grid.model.write([(0, PART, "Price")])
    grid.view.go_to(1, PART)
    key(grid, Qt.Key.Key_D, CONTROL)
    assert grid.rows()[1].values["part"] == "price"
    grid.view.go_to(3, PART)
    grid.model.write([(2, PART, "Quality")])
    key(grid, Qt.Key.Key_D, CONTROL)
    assert grid.rows()[3].values["part"] == "quality"


def test_rows_are_removed_inserted_and_moved(grid: EditGrid) -> None:
    grid.view.go_to(1, NAME)
    key(grid, Qt.Key.Key_Delete, CONTROL)
    assert names(grid) == ["a", "c"]
    assert grid.changes[-1].removed == ("b",)
    key(grid, Qt.Key.Key_Return, CONTROL)
    assert names(grid) == ["a", "c", ""]
    grid.view.go_to(1, NAME)
    key(grid, Qt.Key.Key_Up, ALT)
    assert names(grid)[:2] == ["c", "a"]
    assert grid.changes[-1].reordered
    assert here(grid) == (0, NAME)


def test_space_ticks_and_delete_empties(grid: EditGrid) -> None:
    grid.view.go_to(0, KEY)
    key(grid, Qt.Key.Key_Space)
    assert grid.rows()[0].values["key"] is True
    key(grid, Qt.Key.Key_Delete)
    assert grid.rows()[0].values["key"] is False


def test_undo_and_redo_tell_what_they_changed(grid: EditGrid) -> None:
    grid.paste("1\n2\n3\n4\n5")
    grid.view.go_to(0, NAME)
    key(grid, Qt.Key.Key_Z, CONTROL)
    assert names(grid) == ["a", "b", "c"]
    assert len(grid.changes[-1].removed) == 2
    key(grid, Qt.Key.Key_Y, CONTROL)
    assert names(grid) == ["1", "2", "3", "4", "5"]
    assert len(grid.changes[-1].added) == 2
    grid.view.remove_rows()
    grid.model.undo()
    grid.model.undo()
    assert names(grid) == ["a", "b", "c"]
    assert not grid.view.has_own_undo()


def test_what_is_not_stored_is_taken_back_before_what_the_window_has_stored(kit: Kit, qtbot) -> None:
    grid = EditGrid(kit, lambda: "Offer", columns(kit), "offer", own_undo=False)
    grid.set_rows([GridRow("a", {"name": "a", "part": "", "price": Decimal(1), "key": False})])
    qtbot.addWidget(grid)
    asked: list[str] = []
    window = QShortcut(QKeySequence("Ctrl+Z"), grid, lambda: asked.append("window"))
    window.setContext(Qt.ShortcutContext.WindowShortcut)
    grid.show()
    qtbot.waitExposed(grid)
    grid.view.setFocus()
    qtbot.waitUntil(grid.view.hasFocus)
    grid.model.write([(0, PRICE, "two")])
    grid.model.write([(0, NAME, "b"), (1, PRICE, "three"), (1, KEY, "four"), (2, PRICE, "five")])
    stored: list[GridChange] = []
    grid.edited.connect(stored.append)
    wrong: list[int] = []
    grid.problems_changed.connect(wrong.append)
    undo = lambda: QTest.keyClick(grid.view, Qt.Key.Key_Z, CONTROL)  # noqa: E731
    undo()
    assert [dict(row.drafts) for row in grid.rows()] == [{"price": "two"}]
    undo()
    assert [(row.values["name"], dict(row.drafts)) for row in grid.rows()] == [("b", {})] and asked == []
    assert (wrong, stored) == ([1, 0], []), (
        "told, and nothing to store: that would be a step of undo in between"
    )
    undo()
    assert names(grid) == ["b"] and asked == ["window"]


def test_f2_opens_the_list_and_typing_filters(grid: EditGrid) -> None:
    grid.view.go_to(0, PART)
    key(grid, Qt.Key.Key_F2)
    combo = grid.view.delegate.editor
    assert isinstance(combo, QComboBox)
    assert [combo.itemText(at) for at in range(combo.count())] == ["", "Price", "Quality", "Lead time"]
    combo.hidePopup()
    combo.setCurrentIndex(2)
    combo.activated.emit(2)
    assert grid.rows()[0].values["part"] == "quality"
    assert grid.view.delegate.editor is None or not grid.view.delegate.editor.isVisible()


def test_stored_rows_leave_an_open_editor_and_drafts_alone(grid: EditGrid) -> None:
    grid.model.write([(1, PRICE, "дорого")])
    keys(grid, "hal")
    editor = grid.view.delegate.editor
    assert isinstance(editor, QLineEdit)
    grid.set_rows([GridRow(row.key, {**row.values, "price": Decimal(99)}) for row in grid.rows()])
    assert grid.view.delegate.editor is editor
    assert editor.text() == "hal"
    assert grid.rows()[1].drafts == {"price": "дорого"}
    assert grid.flush()
    assert names(grid)[0] == "hal"


def test_computed_column_is_shown_and_never_written(grid: EditGrid) -> None:
    assert grid.model.index(1, SUM).data() == "4"
    grid.model.write([(1, SUM, "9")])
    assert grid.model.index(1, SUM).data() == "4"
    assert not grid.model.index(1, SUM).flags() & Qt.ItemFlag.ItemIsEditable


def test_grid_follows_the_language(grid: EditGrid, kit: Kit) -> None:
    grid.model.write([(0, PART, "Quality"), (0, KEY, "yes")])
    kit.words.set_language("ru")
    assert grid.model.index(0, PART).data() == "Качество"
    assert grid.model.index(0, KEY).data() == "да"
    assert grid.model.index(3, NAME).data() == "Введите или вставьте сюда"


def test_grid_that_does_not_grow(kit: Kit, qtbot) -> None:
    fixed = EditGrid(kit, lambda: "Fixed", columns(kit), "fixed", grows=False)
    qtbot.addWidget(fixed)
    fixed.set_rows([GridRow("a", {"name": "a"})])
    fixed.paste("1\n2\n3")
    assert names(fixed) == ["1"]
    assert fixed.model.rowCount() == 1


cells = st.text(st.characters(exclude_categories=("Cs", "Cc"), include_characters='\t\n"'), max_size=12)


@given(
    st.lists(st.lists(cells, min_size=2, max_size=4), min_size=1, max_size=5).filter(
        lambda rows: len({len(r) for r in rows}) == 1
    )
)
def test_table_survives_the_clipboard(rows: list[list[str]]) -> None:
    assert from_tsv(to_tsv(rows)) == rows


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("a\tb\r\nc\td\r\n", [["a", "b"], ["c", "d"]]),
        ('"two\nlines"\tx', [["two\nlines", "x"]]),
        ('ООО "Вектор"\tx', [['ООО "Вектор"', "x"]]),
        ('"Вектор" ООО\tx', [['"Вектор" ООО', "x"]]),
        ("one", [["one"]]),
    ],
)
def test_pasted_tables(text: str, rows: list[list[str]]) -> None:
    assert from_tsv(text) == rows


def test_difference_of_states() -> None:
    a, b, c = (GridRow(key, {"name": key}) for key in "abc")
    change = GridChange.between((a, b), (b.with_cell("name", "B"), c))
    assert ([row.key for row in change.added], [row.key for row in change.changed], change.removed) == (
        ["c"],
        ["b"],
        ("a",),
    )
    assert not change.reordered
    assert GridChange.between((a, b), (b, a)).reordered


@given(st.lists(st.permutations(range(6)).map(lambda order: order[:4]), min_size=2, max_size=6))
def test_any_state_follows_any_other(states: list[list[int]]) -> None:
    from PySide6.QtWidgets import QApplication

    from kamdesk.desktop.models.grid import GridModel
    from tests.desktop.conftest import end_kit, make_kit

    kit = make_kit(QApplication.instance())
    model = GridModel(kit, columns(kit))
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    for state in states:
        model.set_rows(GridRow(str(at), {"name": str(at)}) for at in state)
        assert [row.key for row in model.rows()] == [str(at) for at in state]
    tester.deleteLater()
    model.deleteLater()
    end_kit(kit)


def test_the_still_column_stays_in_sight_and_takes_mouse_and_keys(grid: EditGrid, qtbot) -> None:
    view = grid.view
    view.still = NAME
    for at in range(5):
        view.setColumnWidth(at, 300)
    view.window().resize(700, 500)
    qtbot.waitUntil(lambda: view.horizontalScrollBar().maximum() > 600)
    assert view.strip().isEmpty()
    view.go_to(0, SUM)
    assert view.strip().width() == 300
    assert view.visualRect(grid.model.index(1, NAME)).left() == 0
    assert view.grab().toImage().width() > 0  # draws without a word of Qt
    QTest.mouseClick(
        view.viewport(),
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
        view.visualRect(grid.model.index(1, NAME)).center(),
    )
    assert (view.currentIndex().row(), view.currentIndex().column()) == (1, NAME)
    assert view.horizontalScrollBar().value() > 600, "the column is in sight where it stands"
    view.go_to(1, PART)
    assert view.columnViewportPosition(PART) >= view.strip().width(), "no cell is entered under the strip"


def test_the_still_column_is_typed_into_where_it_stands(grid: EditGrid, qtbot) -> None:
    view = grid.view
    view.still = NAME
    for at in range(5):
        view.setColumnWidth(at, 300)
    view.window().resize(700, 500)
    qtbot.waitUntil(lambda: view.horizontalScrollBar().maximum() > 600)
    view.go_to(0, SUM)
    view.go_to(0, NAME)
    keys(grid, "Z")
    assert view.delegate.editor.geometry().left() == 0
    QTest.keyClick(view.delegate.editor, Qt.Key.Key_Return)
    assert names(grid)[0] == "Z"


@pytest.mark.parametrize("scale", [1.0, 1.3])
def test_no_head_is_cut_in_either_language(kit: Kit, qtbot, scale: float) -> None:
    kit.theme.set_scale(scale)
    said = {"ru": "Единица измерения товара", "en": "Measure"}
    made = EditGrid(
        kit,
        lambda: "Prices",
        (
            GridColumn("unit", lambda: said[kit.words.language], width=40),
            GridColumn("set", lambda: said[kit.words.language], width=40),
            GridColumn("last", lambda: "", width=40),
        ),
        "heads",
    )
    qtbot.addWidget(made)
    made.resize(900, 300)
    made.show()
    header = made.view.horizontalHeader()
    made.view.setColumnWidth(1, 90)
    for language in ("ru", "en", "ru"):
        kit.words.set_language(language)
        assert header.sectionSize(0) >= header.sectionSizeHint(0)
        assert header.sectionSize(1) == 90, "what the user set stays"
    assert header.sectionSize(0) < 400
