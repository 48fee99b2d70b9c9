"""Reference data in a real window: both labels, adding, hiding, ordering; fixed lists only relabelled."""

from __future__ import annotations

import pytest
from PySide6.QtTest import QAbstractItemModelTester

from kamdesk.desktop.navigation.target import Target
from kamdesk.desktop.pages import library_entry
from kamdesk.desktop.pages.reference_data import ReferenceDataPage
from tests.desktop.pages.conftest import Opened
from tests.desktop.pages.walk import caught, nameless

FATAL = QAbstractItemModelTester.FailureReportingMode.Fatal


@pytest.fixture
def page(opened: Opened) -> ReferenceDataPage:
    library_entry.register(opened.desk)
    shown = opened.show(Target("reference", "", "criteria"))
    assert isinstance(shown, ReferenceDataPage)
    return shown


def labels(opened: Opened, name: str = "criteria") -> list[str]:
    """The Russian labels of a list as they are offered."""
    return [item.ru for item in opened.place.vocabulary.current.items(name)]


def test_an_entry_is_added_renamed_and_hidden(opened: Opened, page: ReferenceDataPage) -> None:
    page.new_ru.setText("Дизайн")
    page.new_en.setText("Design")
    page.add_button.click()
    opened.settle()
    assert labels(opened)[-1] == "Дизайн"
    row = page.item_rows()[-1]
    row.en.line.setText("Industrial design")
    row.en.flush()
    opened.settle()
    assert opened.place.vocabulary.current.items("criteria")[-1].en == "Industrial design"
    row.hide_button.click()
    opened.settle()
    assert "Дизайн" not in labels(opened)
    assert page.show_hidden.isVisible()
    page.show_hidden.click()
    opened.settle()
    page.item_rows()[-1].hide_button.click()
    opened.settle()
    assert "Дизайн" in labels(opened)


def test_the_order_is_changed_and_undone(opened: Opened, page: ReferenceDataPage) -> None:
    before = labels(opened)
    page.item_rows()[1].up.click()
    opened.settle()
    assert labels(opened)[:2] == [before[1], before[0]]
    assert [row.ru.value() for row in page.item_rows()][:2] == [before[1], before[0]]
    opened.window.undo_requested.emit()
    opened.settle()
    assert [row.ru.value() for row in page.item_rows()] == before


def test_what_is_there_already_is_refused_beside_it(opened: Opened, page: ReferenceDataPage) -> None:
    page.new_ru.setText(labels(opened)[0])
    page.add_button.click()
    opened.settle()
    assert page.problem.text()
    assert page.new_ru.text()


def test_a_fixed_list_is_only_relabelled(opened: Opened, page: ReferenceDataPage) -> None:
    page.lists.select_id("stance")
    opened.settle()
    assert not page.new_ru.isVisible()
    row = page.item_rows()[0]
    assert not row.hide_button.isVisible()
    row.ru.line.setText("Против нас изо всех сил")
    row.ru.flush()
    opened.settle()
    assert labels(opened, "stance")[0] == "Против нас изо всех сил"
    row.ru.line.setText("")
    row.ru.flush()
    opened.settle()
    assert labels(opened, "stance")[0] == "Активно против нас", "an empty label is the shipped one again"


def test_names_and_tab(opened: Opened, page: ReferenceDataPage) -> None:
    tester = QAbstractItemModelTester(page.model, FATAL)
    assert not nameless(page)
    assert not caught(opened, page, 250)
    opened.kit.words.set_language("en")
    opened.settle()
    assert page.title() == "Reference data"
    assert any(row.title == "Currency" for row in page.model.rows())
    del tester


def test_a_relation_says_how_it_is_called_from_its_other_end(opened: Opened, page: ReferenceDataPage) -> None:
    service = opened.place.vocabulary
    code = service.add("relation", "Консультирует", "Advises")
    opened.show(Target("reference", "", "relation"))
    row = next(row for row in page.item_rows() if row.key == ("relation", code))
    editor = row.extras["reverse_ru"]
    editor.set_value("")
    editor.line.setText("Советуется с")
    editor.flush()
    opened.settle()
    assert service.current.label("relation", code, "ru", reverse=True) == "Советуется с"
    opened.place.vault.history.undo()
    opened.settle()
    assert editor.value() == ""
