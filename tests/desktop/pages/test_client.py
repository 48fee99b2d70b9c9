"""The page of a client: overview, header, tabs, proposals, undo and live changes."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QComboBox, QLineEdit, QPlainTextEdit

from kamdesk.desktop.navigation.target import Target
from kamdesk.desktop.pages import clients, people
from kamdesk.desktop.pages.client_gaps import gaps_of
from kamdesk.desktop.pages.client_tabs import TABS
from kamdesk.desktop.widgets.page import PageBase


@pytest.fixture
def page(opened):
    """The demo's client."""
    for module in (clients, people):
        module.register(opened.desk)
    opened.window.add_page_kind("proposal", lambda _target: PageBase(opened.kit))
    made = opened.show(Target("client", opened.client))
    made.opened_in = opened
    return made


def test_overview_answers_the_four_questions(page) -> None:
    overview = page.overview
    assert len(overview.people_list.rows()) >= 4
    assert overview.next_list.rows()
    assert overview.ours.list.rows()
    assert overview.gaps_list.rows()
    assert page.name.value() == "Сосногорье Групп"


def test_the_name_is_edited_where_it_stands(page) -> None:
    opened = page.opened_in
    page.name.line.setText("Сосногорье Холдинг")
    page.name.flush()
    opened.settle()
    assert opened.place.organisations.list()[0].name == "Сосногорье Холдинг"
    opened.window.undo_requested.emit()
    opened.settle()
    assert page.name.value() == "Сосногорье Групп"


def test_empty_fields_are_not_drawn_and_a_wrong_one_keeps_its_draft(page) -> None:
    opened = page.opened_in
    fields = page.overview.about.fields
    fields.open_field("inn")
    editor = fields.editor("inn")
    editor.line.setText("1234567890")
    editor.flush()
    opened.settle()
    assert editor.problem()
    assert editor.line.text() == "1234567890"
    assert fields.editor("iban").isHidden()


def test_typing_survives_a_change_from_elsewhere(page) -> None:
    opened = page.opened_in
    page.name.line.setText("Сосногорье и пар")
    opened.place.notes.add("Новая заметка", organisation_id=opened.client)
    opened.settle()
    assert page.name.line.text() == "Сосногорье и пар"
    assert any(row.text.value() == "Новая заметка" for row in page.notes.list.rows())
    page.name.restore()


def test_a_proposal_is_started_and_shown(page) -> None:
    opened = page.opened_in
    before = len(opened.place.proposals.list(opened.client))
    page.start_button.click()
    opened.settle()
    assert len(opened.place.proposals.list(opened.client)) == before + 1
    assert opened.window.here().kind == "proposal"


def test_tabs_are_places_to_come_back_to(page) -> None:
    opened = page.opened_in
    page.tabs.setCurrentIndex(TABS.index("history"))
    opened.show(Target("people"))
    opened.window.go_back()
    opened.settle()
    assert page.tab() == "history"


def test_units_and_seats_are_added_by_a_line(page) -> None:
    opened = page.opened_in
    decides = page.decides.tree
    decides.unit_line.start()
    decides.unit_line.line.setText("Площадка № 3")
    decides.unit_line.flush()
    decides.seat_line.start()
    decides.seat_line.line.setText("Главный механик")
    decides.seat_line.flush()
    opened.settle()
    assert "Площадка № 3" in [unit.name for unit in opened.place.organisations.units(opened.client)]
    assert "Главный механик" in [seat.title for seat in opened.place.organisations.seats(opened.client)]


def test_gaps_lead_to_where_they_are_closed(page) -> None:
    opened = page.opened_in
    organisations = opened.place.organisations
    rows = opened.place.people.list(opened.client)
    known = {
        gap.id.split()[0]: gap for gap in gaps_of(rows, organisations.tree(opened.client), meeting_ahead=True)
    }
    assert "seat" in known
    assert "decider" not in known
    seat = known["seat"].id.split()[1]
    page.overview.open_place(known["seat"].place)
    opened.settle()
    assert page.tab() == "decides"
    assert page.decides.tree.current_key() == f"seat:{seat}"


def test_deleted_client_leaves_its_page(page) -> None:
    opened = page.opened_in
    page.actions_table.action("client.delete").trigger()
    opened.settle()
    assert [row.name for row in opened.place.organisations.list()] == ["Хвойный дом"]
    assert opened.window.here() != Target("client", opened.client)


@pytest.mark.parametrize("tab", ["overview", "decides", "history", "proposals"])
def test_all_of_it_has_names_and_both_languages(page, tab: str) -> None:
    opened = page.opened_in
    page.show_tab(tab)
    for kind in (QAbstractButton, QLineEdit, QComboBox, QPlainTextEdit):
        for widget in page.stack.currentWidget().findChildren(kind):
            if not widget.isVisible() or isinstance(widget.parent(), (QComboBox, QLineEdit)):
                continue
            shown = widget.accessibleName() or getattr(widget, "text", lambda: "")()
            assert shown or widget.objectName().startswith("qt_"), (widget, widget.parent())
    opened.kit.words.set_language("en")
    opened.settle()
    assert page.tabs.tabText(1) == "Who decides"
    opened.kit.words.set_language("ru")
    opened.settle()
    assert page.tabs.tabText(1) == "Кто решает"


def test_blur_covers_what_is_personal(page) -> None:
    opened = page.opened_in
    QTest.qWait(1)
    opened.window.actions_table.action("window.blur").trigger()
    assert not page.overview.notes.isEnabled()
    opened.window.actions_table.action("window.blur").trigger()
    assert page.overview.notes.isEnabled()


def test_tab_goes_as_the_eye_does(page) -> None:
    stops, widget = [], page.overview.people.add_button
    for _step in range(8):
        stops.append(widget)
        widget = widget.nextInFocusChain()
        while not widget.isVisible() or not widget.focusPolicy() & Qt.FocusPolicy.TabFocus:
            widget = widget.nextInFocusChain()
    names = [row.name for row in page.overview.people_list.rows()]
    assert stops[1 : 1 + len(names)] == names
