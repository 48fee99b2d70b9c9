"""The library in a real window over the demo: adding, editing in place, filters, consent, undo, both languages."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QApplication

from kamdesk.desktop.navigation.target import Target
from kamdesk.desktop.pages import library_entry
from kamdesk.desktop.pages.library import LibraryPage
from tests.desktop.pages.conftest import Opened
from tests.desktop.pages.walk import caught, english_words, nameless

FATAL = QAbstractItemModelTester.FailureReportingMode.Fatal


@pytest.fixture
def page(opened: Opened) -> LibraryPage:
    library_entry.register(opened.desk)
    shown = opened.show(Target("library"))
    assert isinstance(shown, LibraryPage)
    return shown


def without_prices(opened: Opened) -> None:
    """Take what the demo has out of the price list."""
    opened.place.prices.delete([row.id for row in opened.place.prices.list()])


def test_a_sentence_is_enough(opened: Opened, page: LibraryPage) -> None:
    page.add_line.line.setText("Запуск без остановки линии")
    QTest.keyClick(page.add_line.line, Qt.Key.Key_Return)
    opened.settle()
    added = next(
        view for view in opened.place.library.arguments() if view.text == "Запуск без остановки линии"
    )
    assert added.language == "ru"
    assert page.add_line.line.text() == ""
    panel = page._panels["argument"]
    assert panel.row.id == added.id, "the new one is shown at once"
    assert page.shown().table.selected_rows()[0].id == added.id


def test_several_pasted_lines_are_several_entries(opened: Opened, page: LibraryPage) -> None:
    before = len(opened.place.library.arguments())
    QApplication.clipboard().setText("Первая мысль\n\nSecond thought\n")
    QTest.keyClick(page.add_line.line, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(page.add_line.line, Qt.Key.Key_Home)  # the key that was held is let go
    opened.settle()
    added = {view.text: view.language for view in opened.place.library.arguments()}
    assert len(added) == before + 2
    assert (added["Первая мысль"], added["Second thought"]) == ("ru", "en")


def test_fields_are_edited_where_they_stand(opened: Opened, page: LibraryPage) -> None:
    panel = page._panels["argument"]
    row_id = panel.row.id
    panel.fields.open_field("product")
    editor = panel.fields.editors()["product"]
    editor.line.setText("Насосы")
    editor.flush()
    panel.fields.editors()["lenses"].chips.add("legal")
    opened.settle()
    stored = opened.place.library.argument(row_id)
    assert stored.product == "Насосы"
    assert "legal" in stored.lenses
    opened.window.undo_requested.emit()
    opened.settle()
    assert "legal" not in opened.place.library.argument(row_id).lenses
    assert "legal" not in panel.fields.editors()["lenses"].value()


def test_typing_outlives_a_change_from_elsewhere(opened: Opened, page: LibraryPage) -> None:
    panel = page._panels["argument"]
    panel.main.text.setPlainText("Недописано")
    opened.place.library.edit("argument", panel.row.id, {"short": "Иначе"})
    opened.settle()
    assert page._panels["argument"] is panel
    assert panel.main.text.toPlainText() == "Недописано"
    assert panel.fields.editors()["short"].value() == "Иначе"


def test_typing_for_one_entry_never_ends_in_another(opened: Opened, page: LibraryPage) -> None:
    first = page._panels["argument"].row
    page._panels["argument"].main.text.setPlainText("Другими словами")
    page.shown().table.selectRow(2)
    opened.settle()
    assert opened.place.library.argument(first.id).text == "Другими словами"
    second = page._panels["argument"].row
    assert second.id != first.id
    assert opened.place.library.argument(second.id).text == second.text != "Другими словами"


def test_filters_narrow_the_list(opened: Opened, page: LibraryPage) -> None:
    shown = page.shown()
    box = shown.narrowed["lens"]
    box.setCurrentIndex(box._codes.index("finance"))
    opened.settle()
    rows = shown.model.rows()
    assert 0 < len(rows) < len(opened.place.library.arguments())
    assert all(not row.lenses or "finance" in row.lenses for row in rows)
    target = next(
        view.id for view in opened.place.library.arguments() if view.lenses and "finance" not in view.lenses
    )
    shown_page = opened.show(Target("argument", target))
    assert shown_page._panels["argument"].row.id == target


def test_the_expired_are_found(opened: Opened, page: LibraryPage) -> None:
    row_id = page._panels["argument"].row.id
    opened.place.library.edit("argument", row_id, {"valid_until": date(2026, 1, 1)})
    opened.settle()
    page.shown().chips["expired"].click()
    opened.settle()
    assert row_id in [row.id for row in page.shown().model.rows()]
    assert all(row.expired for row in page.shown().model.rows())


def test_duplicate_and_delete_with_undo(opened: Opened, page: LibraryPage) -> None:
    before = len(opened.place.library.arguments())
    page._panels["argument"].copy_button.click()
    opened.settle()
    assert len(opened.place.library.arguments()) == before + 1
    page._panels["argument"].delete_button.click()
    opened.settle()
    assert len(opened.place.library.arguments()) == before
    assert any("удал" in text.casefold() for text in opened.window.notices.texts())
    opened.window.undo_requested.emit()
    opened.settle()
    assert len(opened.place.library.arguments()) == before + 1


def test_consent_is_recorded_and_withdrawn(opened: Opened, page: LibraryPage) -> None:
    page._switch("recommenders")
    opened.settle()
    without = next(view for view in opened.place.library.recommenders() if view.consent == "none")
    page.shown().table.select_id(without.id)
    opened.settle()
    panel = page._panels["recommender"]
    assert panel.consent.state.text() == "Согласия нет"
    panel.consent.record.click()
    dialog = opened.app.activeModalWidget()
    dialog.until.setText("вчера-позавчера")
    dialog.accept()
    assert dialog.problem.text()
    dialog.until.setText("31.12.2026")
    dialog.accept()
    opened.settle()
    stored = opened.place.library.recommender(without.id)
    assert (stored.consent, stored.consent_scope) == ("valid", "proposal")
    assert stored.consent_until == date(2026, 12, 31)
    assert panel.consent.state.text() == "Согласие есть"
    assert "31.12.2026" in panel.consent.details.text()
    panel.consent.withdraw.click()
    opened.settle()
    assert opened.place.library.recommender(without.id).consent == "none"


def test_a_recommender_is_a_name_of_three_parts(opened: Opened, page: LibraryPage) -> None:
    page._switch("recommenders")
    page.add_line.line.setText("Синицын Олег Петрович")
    page.add_line.button.click()
    opened.settle()
    panel = page._panels["recommender"]
    assert panel.row.name.family == "Синицын"
    panel.main.line.setText("Синицын Олег Павлович")
    panel.main.flush()
    opened.settle()
    assert opened.place.library.recommender(panel.row.id).name.middle == "Павлович"


@pytest.mark.parametrize("tab", ["arguments", "objections", "cases", "recommenders", "prices", "worked"])
def test_names_words_and_tab(opened: Opened, page: LibraryPage, tab: str) -> None:
    page._switch(tab)
    opened.settle()
    assert not nameless(page)
    assert not english_words(page)
    assert not caught(opened, page)
    tester = QAbstractItemModelTester(page.shown().model, FATAL)
    opened.kit.words.set_language("en")
    opened.settle()
    assert page.title() == "Library"
    del tester


def test_a_tab_is_come_back_to(opened: Opened, page: LibraryPage) -> None:
    page.tabs["cases"].click()
    opened.settle()
    assert opened.window.here() == Target("library", "", "cases")
    opened.show(Target("company"))
    opened.window.go_back()
    opened.settle()
    assert page.tab() == "cases"


def test_a_price_list_is_pasted_after_a_look(opened: Opened, page: LibraryPage) -> None:
    without_prices(opened)
    page._switch("prices")
    opened.settle()
    QApplication.clipboard().setText("Артикул\tНаименование\tЦена\nRK-1\tРекуператор\t100\nRK-2\t\t5\n")
    page.files.paste()
    opened.settle()
    dialog = page.files.dialog
    assert dialog is not None and opened.place.prices.count() == 0
    assert "не взято: 1" in dialog.summary.text() and english_words(dialog) == ["RK-1", "RK-2"]
    assert [combo.currentData() for combo in dialog.combos] == ["article", "name", "price"]
    dialog.combos[2].setCurrentIndex(dialog.combos[2].findData("-"))
    dialog.combos[2].activated.emit(0)
    opened.settle()
    assert not dialog.ok_button.isEnabled(), "without prices there is nothing to take"
    dialog.combos[2].setCurrentIndex(dialog.combos[2].findData("price"))
    dialog.combos[2].activated.emit(0)
    opened.settle()
    dialog.accept()
    opened.settle()
    assert [row.article for row in page.shown().model.rows()] == ["RK-1"]
    panel = page._panels["price_item"]
    panel.fields.editors()["price"].line.setText("120,5")
    panel.fields.editors()["price"].flush()
    opened.settle()
    assert str(opened.place.prices.list()[0].price) == "120.5"
    opened.window.undo_requested.emit()
    opened.window.undo_requested.emit()
    opened.settle()
    assert opened.place.prices.count() == 0


def test_a_long_price_list_is_read_in_turns(opened: Opened, page: LibraryPage) -> None:
    from kamdesk.exchange.prices import columns_of, read_lines
    from kamdesk.exchange.tables import read_text

    without_prices(opened)
    text = "Артикул\tНаименование\tЦена\n" + "".join(f"A{n}\tНасос {n}\t{n + 1}\n" for n in range(1500))
    opened.place.prices.take(read_lines(columns_of(read_text(text, "p"))))
    page._switch("prices")
    opened.settle()
    assert page.shown().model.rowCount() == 1500
    page.shown().search.setText("a1499")
    page.shown().ask_again()
    opened.settle()
    assert [row.article for row in page.shown().model.rows()] == ["A1499"]


def test_lines_are_picked_with_quantities(opened: Opened, page: LibraryPage) -> None:
    from kamdesk.desktop.dialogs.price_pick import PricePickDialog
    from kamdesk.desktop.pages.proposal_words import ProposalWords

    for name in ("Насос", "Клапан"):
        opened.place.library.add_price_item(name)
    words = ProposalWords(opened.kit, opened.place.vocabularies)
    dialog = PricePickDialog(opened.kit, words, opened.place.prices, opened.window, currency="EUR")
    picked: list[object] = []
    dialog.picked.connect(picked.append)
    dialog.open()
    opened.settle()
    QAbstractItemModelTester(dialog.model, FATAL, dialog)
    assert not nameless(dialog) and not english_words(dialog)
    dialog.search.setText("нас")
    opened.settle()
    dialog._ask()
    opened.settle()
    QTest.keyClick(dialog.search, Qt.Key.Key_Return)
    dialog._quantities[next(iter(dialog._quantities))].setText("минус")
    dialog.accept()
    assert not picked and dialog.problem.text()
    dialog._quantities[next(iter(dialog._quantities))].setText("2,5")
    dialog.accept()
    ((only,),) = picked
    assert (only.row.name, str(only.quantity)) == ("Насос", "2.5")


def test_a_twin_is_written_and_leads_there(opened: Opened, page: LibraryPage) -> None:
    from kamdesk.desktop.dialogs.translate_entry import TranslateDialog

    row = page._panels["argument"].row
    page._panels["argument"].twins.wanted.emit()
    dialog = next(one for one in page.findChildren(TranslateDialog) if one.isVisible())
    dialog.accept()
    assert dialog.problem.text(), "without a text there is no entry"
    dialog.fields["text"].setPlainText("It pays back")
    dialog.accept()
    opened.settle()
    (twin,) = opened.place.library.argument(row.id).twins
    assert (twin.text, twin.language) == ("It pays back", "en")


def test_an_objection_that_was_heard_is_counted(opened: Opened, page: LibraryPage) -> None:
    from kamdesk.desktop.dialogs.objection_heard import ObjectionHeardDialog

    page._switch("objections")
    opened.settle()
    panel = page._panels["objection"]
    before = panel.row.answered
    panel.heard.heard_wanted.emit()
    opened.settle()
    dialog = next(one for one in page.findChildren(ObjectionHeardDialog) if one.isVisible())
    dialog.on.setText("когда-нибудь")
    dialog.accept()
    assert dialog.problem.text()
    dialog.on.setText("01.03.2026")
    dialog.answered.setCurrentIndex(dialog.answered.findData("worked"))
    dialog.accept()
    opened.settle()
    assert f"{before.worked + 1} из {before.known + 1}" in panel.heard.line.text()


def test_a_person_has_a_tab_of_objections(opened: Opened) -> None:
    from kamdesk.desktop.pages.person_objections import PersonObjections

    people = (row.id for row in opened.place.people.list())
    person = next(one for one in people if not opened.place.objection_uses.of_person(one))
    panel = PersonObjections(opened.desk)
    panel.open(person)
    opened.settle()
    assert panel._stack.currentWidget() is panel.nothing and not english_words(panel)
    panel.add_line.line.setText("У вас дорого")
    QTest.keyClick(panel.add_line.line, Qt.Key.Key_Return)
    opened.settle()
    (heard,) = opened.place.objection_uses.of_person(person)
    assert heard.text == "У вас дорого"
    panel._load()
    opened.settle()
    assert panel._stack.currentIndex() == 0 and not nameless(panel)
    panel.deleteLater()


def test_an_objection_is_recorded_for_a_client_and_after_a_meeting(opened: Opened, page: LibraryPage) -> None:
    from kamdesk.desktop.dialogs.objection_heard import ObjectionHeardDialog, open_after_meeting

    uses = opened.place.objection_uses
    page._switch("objections")
    opened.settle()
    panel = page._panels["objection"]
    panel.heard.heard_wanted.emit()
    opened.settle()
    dialog = next(one for one in page.findChildren(ObjectionHeardDialog) if one.isVisible())
    client = opened.place.organisations.list()[0]
    dialog.search.setText(client.name)
    rows = [dialog.list.item(at) for at in range(dialog.list.count())]
    of_client = next(item for item in rows if item.data(Qt.ItemDataRole.UserRole).id == client.id)
    dialog.list.setCurrentItem(of_client)
    dialog.accept()
    opened.settle()
    heard = uses.of_objection(panel.row.id)
    assert any((one.person_id, one.organisation_id) == (None, client.id) for one in heard)

    items = opened.place.interactions.timeline(organisation_id=opened.client)
    met = next(one for one in items if one.state == "done" and any(not who.ours for who in one.people))
    person = next(who.id for who in met.people if not who.ours)
    after = open_after_meeting(opened.desk, opened.window, met)
    opened.settle()
    assert after.list.currentItem().data(Qt.ItemDataRole.UserRole).id == person, "who was there is chosen"
    assert not nameless(after) and not english_words(after)
    after.accept()
    assert after.problem.text(), "without words nothing is recorded"
    after.said.setText("Мы уже обожглись на таком")
    after.accept()
    opened.settle()
    recorded = next(one for one in uses.of_person(person) if one.text == "Мы уже обожглись на таком")
    assert recorded.heard_on == met.starts_at.date()
    opened.window.undo_requested.emit()
    opened.settle()
    assert all(one.text != recorded.text for one in uses.of_person(person))


@pytest.fixture
def prices(opened: Opened, page: LibraryPage):
    """The price list of two lines, shown; the first has run out."""
    from kamdesk.exchange.prices import columns_of, read_lines
    from kamdesk.exchange.tables import read_text

    without_prices(opened)
    text = "Артикул\tНаименование\tЦена\tДействует до\nA1\tКлапан\t100\t01.02.2020\nA2\tНасос\t7\t\n"
    opened.place.prices.take(read_lines(columns_of(read_text(text, "p"))))
    page._switch("prices")
    opened.settle()
    page.shown().table.setFocus()
    return page.shown()


def _stand(shown, row: int, column: str) -> None:
    at = [one.id for one in shown.kind.columns].index(column)
    shown.table.setCurrentIndex(shown.model.index(row, at))


def test_prices_are_typed_into_their_cells(opened: Opened, page: LibraryPage, prices) -> None:
    table, cells = prices.table, page.cells
    QAbstractItemModelTester(prices.model, FATAL, prices)
    _stand(prices, 0, "price")
    QTest.keyClick(table, Qt.Key.Key_F2)
    assert cells.line.text() == "100" and cells.line.accessibleName() == "Цена"
    cells.line.setText("много")
    QTest.keyClick(cells.line, Qt.Key.Key_Return)
    assert cells.line.text() == "много", "what cannot be read stays open"
    cells.line.setText("1 250,5 €")
    QTest.keyClick(cells.line, Qt.Key.Key_Return)
    opened.settle()
    row = opened.place.prices.list("a1")[0]
    assert (str(row.price), row.currency) == ("1250.5", "EUR")
    assert cells.line is None and table.currentIndex().row() == 1, "Enter goes down"
    assert prices.kind.columns[table.currentIndex().column()].id == "price"
    QTest.keyClicks(table, "8")
    QTest.keyClicks(cells.line, ",5")
    QTest.keyClick(cells.line, Qt.Key.Key_Backtab)
    opened.settle()
    assert str(opened.place.prices.list("a2")[0].price) == "8.5"
    order = [prices.kind.columns[at].title() for at in cells._order()]
    assert cells.line.accessibleName() == order[order.index("Цена") - 1], "Shift+Tab stores and goes back"
    QTest.keyClick(cells.line, Qt.Key.Key_Escape)
    assert cells.line is None
    _stand(prices, 1, prices.kind.columns[cells._order()[-1]].id)
    QTest.keyClick(table, Qt.Key.Key_F2)
    QTest.keyClick(cells.line, Qt.Key.Key_Tab)
    assert cells.line is None and table.currentIndex().row() == 1, "there is nothing behind the last cell"
    opened.window.undo_requested.emit()
    opened.settle()
    assert str(opened.place.prices.list("a2")[0].price) == "7"


def test_a_cell_outlives_a_reading_of_the_list_and_is_stored_on_leaving(
    opened: Opened, page: LibraryPage, prices
) -> None:
    _stand(prices, 1, "until")
    QTest.keyClick(prices.table, Qt.Key.Key_F2)
    page.cells.line.setText("05.03.2030")
    opened.place.library.add_price_item("Задвижка")
    opened.settle()
    assert page.cells.line.text() == "05.03.2030"
    page.leave()
    opened.settle()
    assert opened.place.prices.list("a2")[0].valid_until == date(2030, 3, 5)
    _stand(prices, 0, "name")
    QTest.keyClick(prices.table, Qt.Key.Key_F2)
    page.cells.line.clear()
    page.leave()
    opened.settle()
    assert all(row.name for row in opened.place.prices.list()), "a name cannot be emptied"


def test_prices_that_ran_out_are_marked_and_found(opened: Opened, page: LibraryPage, prices) -> None:
    from kamdesk.desktop.dialogs.price_pick import PricePickDialog
    from kamdesk.desktop.pages.proposal_words import ProposalWords

    name = next(column for column in prices.kind.columns if column.id == "name")
    marked = {row.article: (name.icon(row), name.hint(row)) for row in prices.model.rows()}
    assert marked["A1"][0] == "clock" and "01.02.2020" in marked["A1"][1] and marked["A2"][0] == ""
    prices.chips["expired"].setChecked(True)
    opened.settle()
    assert [row.article for row in prices.model.rows()] == ["A1"]
    words = ProposalWords(opened.kit, opened.place.vocabularies)
    dialog = PricePickDialog(opened.kit, words, opened.place.prices, opened.window)
    dialog.open()
    opened.settle()
    ended = next(row for row in dialog.model.rows() if row.expired)
    dialog.choose(ended)
    assert "01.02.2020" in dialog._quantities[ended.id].accessibleDescription()


def test_a_price_list_is_saved_as_a_table_and_another_sheet_chosen(
    opened: Opened, page: LibraryPage, prices, tmp_path
) -> None:
    from openpyxl import Workbook

    book = Workbook()
    book.active.title = "Розница"
    for sheet, price in ((book.active, 150), (book.create_sheet("Опт"), 80)):
        for row in (["Артикул", "Наименование", "Цена"], ["A2", "Насос", price]):
            sheet.append(row)
    book.save(tmp_path / "book.xlsx")
    page.files.take_file(tmp_path / "book.xlsx")
    opened.settle()
    dialog = page.files.dialog
    assert dialog.sheets.currentText() == "Розница" and not nameless(dialog)
    dialog.sheets.setCurrentText("Опт")
    dialog.sheets.activated.emit(1)
    opened.settle()
    assert len(dialog.combos) == 3
    dialog.accept()
    opened.settle()
    assert str(opened.place.prices.list("a2")[0].price) == "80"
    page.files.give_file(lambda: opened.place.prices.table("ru", "csv"), tmp_path / "out.csv")
    opened.settle()
    assert "A2;Насос" in (tmp_path / "out.csv").read_text("utf-8-sig")
