"""The list of people of all clients."""

from __future__ import annotations

import pytest
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QAbstractButton

from kamdesk.desktop.navigation.target import Target
from kamdesk.desktop.pages import clients, people


@pytest.fixture
def page(opened):
    """The list over the demo."""
    for module in (clients, people):
        module.register(opened.desk)
    made = opened.show(Target("people"))
    made.opened_in = opened
    QAbstractItemModelTester(made.model, QAbstractItemModelTester.FailureReportingMode.Fatal, made)
    return made


def families(page) -> list[str]:
    return [row.name.family for row in page.model.rows()]


def test_filters(page) -> None:
    assert len(families(page)) == 11
    page.chips["decides"].click()
    page.opened_in.settle()
    assert families(page) == ["Самарин"]  # Караваев decides in one deal only
    page.chips["decides"].click()
    page.chips["against"].click()
    page.opened_in.settle()
    assert families(page) == ["Гусева", "Штерн"]
    page.chips["against"].click()
    page.lens.setCurrentIndex(page.lens.findData("technical"))
    page.lens.activated.emit(page.lens.currentIndex())
    assert families(page) == ["Караваев", "Сафин"]


def test_found_by_name_without_yo(page) -> None:
    page.search.setText("петр")
    page._ask()
    page.opened_in.settle()
    assert families(page) == ["Ермолаев"]


def test_a_person_is_added_and_opened(page) -> None:
    opened = page.opened_in
    page.line.start()
    page.line.line.setText("Цой Вера Андреевна")
    page.line.flush()
    opened.settle()
    assert opened.window.here() == Target("person", opened.person("Цой"))


def test_judgement_of_several_at_once(page) -> None:
    opened = page.opened_in
    rows = list(page.model.rows())[:3]
    opened.kit.commands.run(lambda: opened.place.people.set_influence([row.id for row in rows], 3))
    opened.settle()
    assert all(row.influence == 3 for row in list(page.model.rows())[:3])


def test_deleted_person_comes_back(page) -> None:
    opened = page.opened_in
    page.table.selectRow(0)
    page.actions_table.action("people.delete").trigger()
    opened.settle()
    assert len(families(page)) == 10
    opened.window.undo_requested.emit()
    opened.settle()
    assert len(families(page)) == 11


def test_marks_carry_words(page) -> None:
    page.opened_in.kit.words.set_language("en")
    stance = next(at for at, column in enumerate(page.model.columns) if column.id == "stance")
    assert all(page.model.index(row, stance).data() for row in range(page.model.rowCount()))
    page.opened_in.kit.words.set_language("ru")


def test_judging_several_people_is_one_step(page) -> None:
    opened = page.opened_in
    rows = opened.place.people.list()[:2]
    before = {row.id: row.influence for row in rows}
    opened.kit.commands.run(lambda: opened.place.people.set_influence([row.id for row in rows], 0))
    opened.settle()
    opened.place.vault.history.undo()
    assert {row.id: row.influence for row in opened.place.people.list() if row.id in before} == before


def test_the_notice_takes_back_its_own_deletion_only(page) -> None:
    """A later step is not undone by the notice of an earlier one."""
    opened = page.opened_in
    page.table.selectRow(0)
    page.actions_table.action("people.delete").trigger()
    opened.settle()
    records, left = opened.place.records, opened.place.people.list()
    records.delete("person", left[0].id)
    opened.settle()
    next(
        one for one in opened.window.notices.findChildren(QAbstractButton) if one.text() == "Отменить"
    ).click()
    opened.settle()
    assert len(opened.place.people.list()) == len(left) - 1
