"""The tree of units and seats: one model for eye and keyboard, drops, refusals, who sits where, the card and what it leads to."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest

from kamdesk.desktop.dialogs.new_organisation import open_new_organisation
from kamdesk.desktop.models.org_tree import NAME, WHO
from kamdesk.desktop.navigation.target import Target
from kamdesk.desktop.pages import clients, people
from kamdesk.desktop.widgets.field_place import place_of

FATAL = QAbstractItemModelTester.FailureReportingMode.Fatal


@pytest.fixture
def tree(opened):
    """The tree on the page of the demo's client."""
    for module in (clients, people):
        module.register(opened.desk)
    page = opened.show(Target("client", opened.client, "decides"))
    made = page.decides.tree
    made.page, made.opened_in = page, opened
    made.tester = QAbstractItemModelTester(made.model, FATAL)
    return made


def seats(tree) -> dict[str, str]:
    """Ids of seats by title."""
    return {seat.title: seat.id for seat in tree.opened_in.place.organisations.seats(tree.opened_in.client)}


def test_the_model_keeps_its_word_through_changes(tree) -> None:
    opened, organisations = tree.opened_in, tree.opened_in.place.organisations
    branch = organisations.add_unit(opened.client, "Филиал в Томске", kind="branch")
    organisations.add_seat(opened.client, "Юрист", unit_id=branch)
    opened.settle()
    index = tree.model.find(f"unit:{branch}")
    assert tree.model.rowCount(index) == 1
    below = tree.model.index(0, WHO, index)
    assert tree.model.data(below) == "Вакантно"
    opened.kit.words.set_language("en")
    opened.settle()
    assert tree.model.data(tree.model.index(0, WHO, tree.model.find(f"unit:{branch}"))) == "Vacant"
    opened.kit.words.set_language("ru")
    opened.window.undo_requested.emit()
    opened.settle()
    assert tree.model.rowCount(tree.model.find(f"unit:{branch}")) == 0


def test_keys_rename_move_and_delete(tree) -> None:
    opened, organisations = tree.opened_in, tree.opened_in.place.organisations
    first, second = (organisations.add_unit(opened.client, name) for name in ("Первый", "Второй"))
    opened.settle()
    tree.choose(f"unit:{second}")
    QTest.keyClick(tree.view, Qt.Key.Key_Up, Qt.KeyboardModifier.ControlModifier)
    opened.settle()
    names = [unit.name for unit in organisations.units(opened.client)]
    assert names.index("Второй") < names.index("Первый")
    assert tree.current_key() == f"unit:{second}"
    index = tree.model.find(f"unit:{second}")
    assert not tree.model.setData(index, "Отдел  снабжения")
    opened.settle()
    assert tree.model.data(tree.model.find(f"unit:{second}").siblingAtColumn(NAME)) == "Отдел снабжения"
    tree.choose(f"unit:{first}")
    QTest.keyClick(tree.view, Qt.Key.Key_Delete)
    opened.settle()
    assert not tree.model.find(f"unit:{first}").isValid()
    opened.window.undo_requested.emit()
    opened.settle()
    assert tree.model.find(f"unit:{first}").isValid()


def test_a_drop_moves_and_an_impossible_one_is_not_offered(tree) -> None:
    opened, organisations = tree.opened_in, tree.opened_in.place.organisations
    branch = organisations.add_unit(opened.client, "Филиал в Томске")
    shop = organisations.add_unit(opened.client, "Цех", parent_id=branch)
    seat = organisations.add_seat(opened.client, "Мастер", unit_id=shop)
    opened.settle()
    model, action = tree.model, Qt.DropAction.MoveAction
    data = model.mimeData([model.find(f"seat:{seat}")])
    assert not model.dropMimeData(data, action, -1, -1, model.find(f"unit:{branch}"))
    opened.settle()
    assert {one.id: one.unit_id for one in organisations.seats(opened.client)}[seat] == branch
    boss = seats(tree)["Генеральный директор"]
    model.dropMimeData(
        model.mimeData([model.find(f"seat:{seat}")]), action, -1, -1, model.find(f"seat:{boss}")
    )
    opened.settle()
    assert {one.id: one.reports_to_id for one in organisations.seats(opened.client)}[seat] == boss
    unit = model.mimeData([model.find(f"unit:{branch}")])
    assert not model.canDropMimeData(unit, action, -1, -1, model.find(f"seat:{boss}"))
    model.dropMimeData(unit, action, -1, -1, model.find(f"unit:{shop}"))
    opened.settle()
    assert {one.id: one.parent_id for one in organisations.units(opened.client)}[branch] is None
    model.dropMimeData(model.mimeData([model.find(f"unit:{shop}")]), action, -1, -1, QModelIndex())
    opened.settle()
    assert {one.id: one.parent_id for one in organisations.units(opened.client)}[shop] is None


def test_a_circle_is_refused_beside_the_choice(tree) -> None:
    opened = tree.opened_in
    held = opened.place.organisations.seats(opened.client)
    lower = next(seat for seat in held if seat.reports_to_id)
    tree.choose(f"seat:{lower.reports_to_id}")
    chooser = tree.details.choosers["above"]
    chooser.combo.setCurrentIndex(chooser.combo.findData(lower.id))
    chooser.combo.activated.emit(chooser.combo.currentIndex())
    opened.settle()
    assert "подчин" in chooser._problem.text()
    assert chooser.combo.currentData() != lower.id
    assert {one.id: one.reports_to_id for one in opened.place.organisations.seats(opened.client)}[lower.id]


def test_somebody_new_takes_a_vacant_seat(tree) -> None:
    opened = tree.opened_in
    vacant = next(seat for seat in opened.place.organisations.seats(opened.client) if not seat.holders)
    tree.choose(f"seat:{vacant.id}")
    assert tree.details.buttons["vacate"].isHidden()
    tree.details.person_line.start()
    tree.details.person_line.line.setText("Орлов Иван Петрович")
    tree.details.person_line.flush()
    opened.settle()
    assert tree.model.data(tree.model.find(f"seat:{vacant.id}").siblingAtColumn(WHO)) == "Орлов Иван Петрович"
    tree._act("vacate")
    opened.settle()
    assert tree.model.data(tree.model.find(f"seat:{vacant.id}").siblingAtColumn(WHO)).startswith(
        "Вакантно; осв"
    )


def test_a_title_is_written_in_its_cases_beside_its_seat(tree) -> None:
    opened = tree.opened_in
    tree.choose(f"seat:{seats(tree)['Финансовый директор']}")
    opened.settle()
    tree.forms.open_button.click()
    opened.settle()
    row = tree.forms.rows["title_dative"]
    assert row.editor.line.placeholderText() == "Финансовому директору"
    assert place_of(row.editor.line) == ("seat", seats(tree)["Финансовый директор"], "title_dative")
    row.editor.line.setText("Фин.  директору")
    row.editor.flush()
    opened.settle()
    forms = opened.place.person_forms
    assert forms.of_seat(seats(tree)["Финансовый директор"])[1].own == "Фин. директору"
    row.reset.click()
    opened.settle()
    assert forms.of_seat(seats(tree)["Финансовый директор"])[1].own == ""
    tree.choose(f"seat:{seats(tree)['Технический директор']}")
    opened.settle()
    assert row.editor.line.placeholderText() == "Техническому директору"


def test_the_tree_folds_to_its_heading_and_the_grid_has_most_of_the_room(tree) -> None:
    opened, decides = tree.opened_in, tree.page.decides
    grid, below = decides.split.sizes()
    assert grid > below
    decides.split.setSizes([grid + 60, below - 60])
    decides.split.splitterMoved.emit(grid + 60, 1)
    moved = decides.split.sizes()
    tree.fold_button.click()
    opened.settle()
    assert tree.stack.isHidden() and decides.split.sizes()[0] > moved[0] + 50
    assert opened.kit.settings.get("client.tree_folded") is True
    tree.seat_button.click()
    opened.settle()
    assert not tree.stack.isHidden() and not tree.seat_line.isHidden()
    assert abs(decides.split.sizes()[0] - moved[0]) < 40


def test_the_set_of_parts_is_switched_where_parts_are_edited(tree) -> None:
    opened, grid = tree.opened_in, tree.page.decides.grid
    assert "economic_buyer" not in {option.code for option in grid._parts_offered()}
    opened.place.preferences.set(buyer_set="buyers")
    opened.settle()
    offered = {option.code for option in grid._parts_offered()}
    assert {"economic_buyer", "champion"} <= offered
    assert "approver" not in offered or any("approver" in row.parts for row in grid._stored.values())


def test_the_card_leads_to_the_parent_and_back(tree) -> None:
    opened, about = tree.opened_in, tree.page.overview.about
    tree.page.turn_to("overview")
    about._open_parent()
    about.parent_name.line.setText("Холдинг «Север»")
    about.parent_name.flush()
    opened.settle()
    parent = opened.place.organisations.card(opened.client).parent
    assert parent is not None
    about.parent_button.click()
    opened.settle()
    assert opened.window.here().id == parent.id
    page = opened.window.page()
    assert page.overview.about._children.itemAt(0).widget().text() == "Сосногорье Групп"
    page.overview.about.parent_name.line.setText("Сосногорье Групп")
    page.overview.about._open_parent()
    page.overview.about.parent_name.flush()
    opened.settle()
    assert page.overview.about.parent_name.problem()


def test_an_organisation_of_any_kind_is_added_by_a_dialog(tree) -> None:
    opened = tree.opened_in
    dialog = open_new_organisation(opened.desk, tree.page, "authority")
    dialog.name.setText("Сосногорье Групп")
    dialog.accept()
    opened.settle()
    assert dialog.problem.text()
    dialog.name.setText("Минпромторг")
    dialog.accept()
    opened.settle()
    (row,) = opened.place.organisations.list(("authority",))
    assert opened.window.here() == Target("client", row.id)


def test_start_here_stays_until_it_is_put_away(tree) -> None:
    opened = tree.opened_in
    tree.page.actions_table.action("client.reading").trigger()
    opened.settle()
    section = tree.page.overview.start_here
    assert not section.isHidden()
    assert len(section.list.rows()) > 4
    section.done_button.click()
    opened.settle()
    assert section.isHidden()
    assert opened.place.reading.of(opened.client).dismissed
    tree.page.actions_table.action("client.reading").trigger()
    opened.settle()
    assert not section.isHidden()


def test_the_company_stands_in_its_cases_on_its_card(tree) -> None:
    opened = tree.opened_in
    forms = tree.page.overview.about.forms
    forms.open_button.click()
    opened.settle()
    assert forms.rows["legal_name_dative"].editor.line.placeholderText()
    row = forms.rows["legal_name_genitive"]
    row.editor.line.setText("Акционерного общества «Сосногорье»")
    row.editor.flush()
    opened.settle()
    assert "Акционерного общества «Сосногорье»" in forms.look.text().split("\n")[1]
    assert place_of(row.editor.line) == ("organisation", opened.client, "legal_name_genitive")
    row.reset.click()
    opened.settle()
    assert "Акционерного" not in forms.look.text()
