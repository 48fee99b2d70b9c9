"""Trash, duplicates, merging and the history of a field, in the window."""

from __future__ import annotations

import os

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QApplication, QLabel, QMenu, QPushButton, QRadioButton, QTableView, QWidget

from kamdesk.desktop.application_sections import SECTIONS
from kamdesk.desktop.dialogs.base import DialogBase
from kamdesk.desktop.dialogs.field_history import FieldHistoryDialog
from kamdesk.desktop.dialogs.merge import MergeDialog, offer_merge
from kamdesk.desktop.navigation.target import Target
from kamdesk.desktop.pages import clients, people, upkeep
from kamdesk.desktop.widgets.editor_for import editor_for
from kamdesk.desktop.widgets.field_place import mark_field, mark_record, place_of
from kamdesk.desktop.widgets.inline_base import InlineEditor

SHOTS = os.environ.get("KAMDESK_SHOTS", "")


def ready(opened) -> None:
    for register in (clients.register, people.register, upkeep.register):
        register(opened.desk)
    opened.settle()


def shot(opened, widget: QWidget, name: str) -> None:
    """A picture for whoever looks (``KAMDESK_SHOTS`` names the folder), in both themes."""
    if SHOTS:
        for theme in ("light", "dark"):
            opened.kit.theme.set_choice(theme)
            opened.settle()
            widget.grab().save(f"{SHOTS}/{name}-{opened.kit.words.language}-{theme}.png")
        opened.kit.theme.set_choice("light")


def dialog(opened, kind: type):
    opened.settle()
    return next(w for w in QApplication.topLevelWidgets() if isinstance(w, kind) and w.isVisible())


def namesake(opened) -> tuple[str, str]:
    """A second card of the first person; (first, second)."""
    first = opened.place.people.list()[0]
    second = opened.place.people.add("Кто-то", None)
    name = {
        "family_name": first.name.family,
        "given_name": first.name.given,
        "middle_name": first.name.middle,
    }
    opened.place.records.set(
        "person", second, {**name, "address_form": "Коллега", "salutation": "Уважаемый коллега!"}
    )
    opened.place.facts.add(second, "Играет в шахматы")
    return first.id, second


@pytest.mark.parametrize("language", ["opened", "english"])
def test_deleting_and_bringing_back(request, language) -> None:
    opened = request.getfixturevalue(language)
    ready(opened)
    page = opened.show(Target("trash"))
    assert page.restore_button.isHidden() and page.model.rowCount() == 0
    shot(opened, opened.window, "trash-empty")
    rows = opened.place.people.list()
    opened.place.records.delete("person", rows[0].id)
    opened.place.records.delete("organisation", opened.client)
    opened.settle()
    assert page.model.rowCount() >= 2
    QAbstractItemModelTester(page.model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    shot(opened, opened.window, "trash")
    page.chips["organisation"].setChecked(True)
    opened.until(
        lambda: [item.table for item in page.model.rows()] == ["organisation"], "the client in the trash"
    )
    page.table.selectRow(0)
    assert [item.row_id for item in page.table.selected_rows()] == [opened.client]
    QTest.keyClick(page.table, Qt.Key.Key_Return)
    opened.until(
        lambda: any(row.id == opened.client for row in opened.place.organisations.list()),
        "the client, restored",
    )


def test_a_parent_in_the_trash_is_offered_too(opened) -> None:
    ready(opened)
    person = opened.place.people.add("Кузин Олег", None)
    fact = opened.place.facts.add(person, "Рыбак").id
    opened.place.records.delete("fact", fact)
    opened.place.records.delete("person", person)
    page = opened.show(Target("trash"))
    item = next(item for item in page.model.rows() if item.title == "Рыбак")
    page.table.select_id(str(item.id))
    page.restore_button.click()
    asked = dialog(opened, DialogBase)
    shot(opened, asked, "trash-both")
    asked.ok_button.click()
    opened.settle()
    assert opened.place.records.title("fact", fact) == "Рыбак"


@pytest.mark.parametrize("language", ["opened", "english"])
def test_a_duplicate_is_shown_merged_and_its_old_place_opens_the_kept_one(request, language) -> None:
    opened = request.getfixturevalue(language)
    ready(opened)
    first, second = namesake(opened)
    page = opened.show(Target("duplicates"))
    assert page.model.rowCount() == 1
    QAbstractItemModelTester(page.model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    page.table.selectRow(0)
    shot(opened, opened.window, "duplicates")
    QTest.keyClick(page.table, Qt.Key.Key_Return)
    shown = dialog(opened, MergeDialog)
    assert all(button.accessibleName() for button in shown.findChildren(QRadioButton))
    shown.show_equal.setChecked(True)
    opened.settle()
    shot(opened, shown, "merge")
    kept = shown._plan.kept_id
    assert kept == first
    shown.ok_button.click()
    opened.settle()
    assert page.model.rowCount() == 0
    shot(opened, opened.window, "duplicates-none")
    opened.show(Target("person", second))
    assert opened.place.merging.aliases() == {second: first}
    assert opened.place.people.card(first).address_form
    opened.place.vault.history.undo()
    opened.settle()
    assert opened.place.merging.aliases() == {}


def test_two_that_are_not_the_same_leave_the_list(opened) -> None:
    ready(opened)
    namesake(opened)
    page = opened.show(Target("duplicates"))
    page.table.selectRow(0)
    page.apart_button.click()
    opened.settle()
    assert page.model.rowCount() == 0
    page.subject.setCurrentIndex(1)
    opened.settle()
    assert page.model.rowCount() == 0


def test_who_is_kept_can_be_turned_round_and_a_problem_is_said(opened) -> None:
    ready(opened)
    first, second = namesake(opened)
    offer_merge(opened.desk, "person", second, first)
    shown = dialog(opened, MergeDialog)
    assert shown._plan.kept_id == first  # more hangs on the first
    shown.swap.click()
    opened.settle()
    assert shown._plan.kept_id == second
    opened.place.records.delete("person", first)
    shown.ok_button.click()
    opened.settle()
    assert shown.isVisible() and shown.problem.text()
    shown.reject()
    opened.settle()


def test_the_lists_offer_merging(opened) -> None:
    ready(opened)
    menu = QMenu()
    upkeep.add_merging(opened.desk, menu, "person", ["a", "b"])
    assert [action.text() for action in menu.actions()] == ["Объединить…", "Найти дубли"]
    menu.clear()
    upkeep.add_merging(opened.desk, menu, "person", ["a"])
    assert [action.text() for action in menu.actions()] == ["Найти дубли"]
    menu.deleteLater()


@pytest.mark.parametrize("language", ["opened", "english"])
def test_the_history_of_a_field_by_its_key_and_back(request, language) -> None:
    opened = request.getfixturevalue(language)
    ready(opened)
    person = opened.place.people.list()[0].id
    opened.place.people.set_stance([person], -2)
    opened.place.records.set("person", person, {"address_form": "Первое"})
    opened.place.records.set("person", person, {"address_form": "Второе"})
    page = opened.show(Target("person", person))
    field = next(e for e in page.findChildren(InlineEditor) if e.objectName() == "address_form")
    field.focus()
    assert place_of(opened.window.focusWidget()) == ("person", person, "address_form")
    opened.window.actions_table.action("edit.history").trigger()
    shown = dialog(opened, FieldHistoryDialog)
    texts = [label.text() for label in shown.findChildren(QLabel)]
    assert "Первое → Второе" in texts
    shot(opened, shown, "history")
    back = next(b for b in shown.findChildren(QPushButton) if b.accessibleName().endswith("Первое"))
    back.click()
    opened.settle()
    assert opened.place.people.card(person).address_form == "Первое"
    assert opened.place.vault.history.undo().code == "field_history.take_back"


def test_a_field_of_a_row_that_nobody_marked_is_not_taken_for_the_page_s_own(opened) -> None:
    ready(opened)
    page = opened.show(Target("client", opened.client))
    specs = {spec.name: spec for spec in opened.place.records.specs("statement")}
    editor = editor_for(specs["kind"], "", opened.kit)
    editor.setParent(page)
    assert place_of(editor) is None
    mark_record(editor, "statement", "1")
    assert place_of(editor) == ("statement", "1", "kind")
    mark_field(editor, "nonsense")
    assert place_of(editor) is None
    opened.window.setFocus()
    opened.window.actions_table.action("edit.history").trigger()
    opened.settle()


def test_facts_contacts_judgements_and_meetings_know_their_fields(opened) -> None:
    ready(opened)
    person = opened.person("Самарин")
    opened.place.people.add_contact(person, "email", "s@x.ru")
    page = opened.show(Target("person", person))
    places = {place_of(editor) for editor in page.findChildren(InlineEditor)} - {None}
    tables = {(table, field) for table, _row, field in places}
    assert {("contact", "value"), ("person", "stance_evidence"), ("person", "lens")} <= tables
    client = opened.show(Target("client", opened.client, "history"))
    opened.settle()
    tables = {place[0] for editor in client.findChildren(InlineEditor) if (place := place_of(editor))}
    assert {"interaction", "note"} <= tables
    for table, row, field in places:
        assert opened.place.field_history.of(table, row, field).title is not None


def editors_in(page) -> set[tuple[str, str]]:
    """Table and field of every editor of a page."""
    return {(place[0], place[2]) for editor in page.findChildren(InlineEditor) if (place := place_of(editor))}


def test_posts_deals_own_fields_library_company_and_proposals_know_their_fields(opened) -> None:
    for register in SECTIONS:
        register(opened.desk)
    place = opened.place
    person = opened.person("Самарин")
    own = place.standard.fields("person")[0].id
    place.standard.set_value(own, person, place.standard.values("person", person)[0].value or "Да")
    page = opened.show(Target("person", person))
    page.posts.list.rows()[0].edit()
    opened.settle()
    wanted = {
        ("seat", "title"),
        ("seat", "reports_to_id"),
        ("seat", "unit_id"),
        ("employment", "since"),
        ("custom_value", "value"),
    }
    assert wanted <= editors_in(page)
    deal = place.deals.list(opened.client)[0].id
    assert {("deal", "name"), ("deal", "amount")} <= editors_in(
        opened.show(Target("client", opened.client, f"deals:{deal}"))
    )
    library = opened.show(Target("argument", place.library.arguments()[0].id))
    assert ("argument", "text") in editors_in(library)
    company = opened.show(Target("company"))
    assert {("company", "inn"), ("colleague", "post"), ("colleague", "family_name")} <= editors_in(company)
    proposal = place.proposals.list()[0].id
    assert ("proposal", "date") in editors_in(opened.show(Target("proposal", proposal, "start")))
    cells = set()
    for step in ("offer", "figures"):
        page = opened.show(Target("proposal", proposal, step))
        for view in page.findChildren(QTableView):
            if view.model().rowCount():
                view.setCurrentIndex(view.model().index(0, 0))
        cells |= {place[0::2] for view in page.findChildren(QTableView) if (place := place_of(view))}
    first = {"offer_item": "article", "stage": "name", "benefit_item": "name", "assumption": "name"}
    assert first.items() <= cells
    assert ("proposal", "valid_until") in editors_in(opened.show(Target("proposal", proposal, "team")))


def test_a_cell_of_the_group_grid_has_a_history(opened) -> None:
    ready(opened)
    page = opened.show(Target("client", opened.client, "decides"))
    view = page.decides.grid.grid.view
    person = page.decides.grid._stored[page.decides.grid.grid.rows()[0].key]
    names = [column.id for column in page.decides.grid.grid.model.columns]
    seen = {}
    for name in ("name", "title", "stance", "parts"):
        view.setCurrentIndex(view.model().index(0, names.index(name)))
        seen[name] = place_of(view)
    assert seen == {
        "name": ("person", person.person_id, "family_name"),
        "title": ("seat", person.seat_id, "title"),
        "stance": ("person", person.person_id, "stance"),
        "parts": None,
    }
    view.setCurrentIndex(view.model().index(0, names.index("stance")))
    opened.place.people.set_stance([person.person_id], -2)
    opened.settle()
    view.setFocus()
    opened.window.actions_table.action("edit.history").trigger()
    assert dialog(opened, FieldHistoryDialog) is not None
