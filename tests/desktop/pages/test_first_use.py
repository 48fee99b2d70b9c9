"""What a first-time user stumbled over: the keyboard in the name, words people use, cells that were not understood."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest

from kamdesk.desktop.dialogs.quick_capture import QuickCapture
from kamdesk.desktop.navigation.target import Target
from kamdesk.desktop.pages import capture, clients, people


@pytest.fixture
def shown(blank):
    """An empty vault with the pages of clients and people."""
    for module in (clients, people, capture):
        module.register(blank.desk)
    blank.client = blank.place.organisations.add("Завод «Вектор»")
    return blank


def from_list(opened, target: Target):
    """Open a page with the keyboard in the list before it."""
    before = opened.show(Target("clients"))
    before.panes()[0].setFocus()
    opened.window.activateWindow()
    return opened.show(target)


@pytest.mark.parametrize("tab", ["", "decides", "history"])
def test_the_keyboard_does_not_start_in_the_name(shown, tab) -> None:
    page = from_list(shown, Target("client", shown.client, tab))
    assert not page.name.has_focus()
    wanted = page.decides.grid.grid.view if tab == "decides" else page.tabs
    assert shown.window.focusWidget() is wanted


def test_the_page_of_a_person_starts_on_its_tabs(shown) -> None:
    person = shown.place.people.add("Громов Лев Ильич")
    page = from_list(shown, Target("person", person))
    assert shown.window.focusWidget() is page.tabs


def test_words_people_use_are_understood(shown) -> None:
    page = shown.show(Target("client", shown.client, "decides"))
    grid = page.decides.grid
    QGuiApplication.clipboard().setText(
        "Имя\tКому подчиняется\tВлияние\tОтношение\n"
        "Ёлкина Мария Павловна\t\tСильное\tза нас\n"
        "Абрамов Лев Ильич\t\tсреднее\t+\n"
        "Цой Вера Андреевна\t\tнет\tскептик\n"
        "Белов Артём Сергеевич\t\t2\t-\n"
    )
    grid.grid.view.go_to(0, 0)
    grid.grid.view.setFocus()
    grid.grid.view.paste()
    shown.settle()
    rows = shown.place.group.rows(shown.client)
    assert [(row.influence, row.stance) for row in rows] == [(3, 2), (2, 2), (0, -1), (2, -2)]
    assert [row.name.split()[0] for row in rows] == ["Ёлкина", "Абрамов", "Цой", "Белов"]


def test_pasted_cells_keep_their_order(shown) -> None:
    page = shown.show(Target("client", shown.client, "decides"))
    grid = page.decides.grid
    titles = ["Юрист", "Главный инженер", "Бухгалтер", "Директор"]
    grid.start()
    grid.grid.paste("\n".join(f"Лицо{at} Имя\t{title}" for at, title in enumerate(titles)))
    shown.settle()
    page.leave()
    shown.settle()
    assert [row.title for row in shown.place.group.rows(shown.client)] == titles


def test_an_unknown_word_closes_the_editor_and_is_marked(shown) -> None:
    page = shown.show(Target("client", shown.client, "decides"))
    grid = page.decides.grid
    shown.place.people.add("Громов Лев Ильич", organisation_id=shown.client)
    shown.settle()
    grid.grid.view.setFocus()
    for word in ("influence", "stance", "parts"):
        at = next(at for at, one in enumerate(grid.grid.model.columns) if one.id == word)
        grid.grid.view.go_to(0, at)
        QTest.keyClicks(grid.grid.view, "q")
        QTest.keyClicks(grid.grid.view.delegate.editor, "wzx")
        QTest.keyClick(grid.grid.view.delegate.editor, Qt.Key.Key_Return)
        assert grid.grid.view.delegate.editor is None
    assert len(grid.grid.problems()) == 3


def test_a_cell_of_several_choices_shows_its_list(shown) -> None:
    page = shown.show(Target("client", shown.client, "decides"))
    shown.place.people.add("Громов Лев Ильич", organisation_id=shown.client)
    shown.settle()
    view = page.decides.grid.grid.view
    at = next(at for at, one in enumerate(view.model().columns) if one.id == "parts")
    view.go_to(0, at)
    QTest.keyClick(view, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    popup = view.delegate.editor.completer().popup()
    assert popup.isVisible()
    assert popup.width() >= 260
    popup.setCurrentIndex(popup.model().index(1, 0))
    QTest.keyClick(popup, Qt.Key.Key_Return)
    chosen = view.delegate.editor.text()
    view.delegate.editor.setText(chosen + ", лпр")
    view.delegate.editor.completer().setCompletionPrefix(chosen + ", лпр")
    assert view.delegate.editor.completer().completionCount() == 1
    view.flush()
    assert len(view.model().rows()[0].values["parts"]) == 2


def test_cells_that_were_not_understood_are_there_again(shown) -> None:
    page = shown.show(Target("client", shown.client, "decides"))
    shown.place.people.add("Громов Лев Ильич", organisation_id=shown.client)
    shown.settle()
    at = {one.id: place for place, one in enumerate(page.decides.grid.grid.model.columns)}
    page.decides.grid.grid.model.write([(0, at["influence"], "qwzx"), (1, at["stance"], "zzz")])
    page.leave()
    shown.settle()
    assert shown.place.drafts.get(f"group:{shown.client}")
    shown.window.forget("client", shown.client)
    shown.settle()
    page = shown.show(Target("client", shown.client, "decides"))
    rows = page.decides.grid.grid.rows()
    assert [dict(row.drafts) for row in rows] == [{"influence": "qwzx"}, {"stance": "zzz"}]
    page.decides.grid.grid.model.write([(0, at["influence"], "высокое"), (1, at["stance"], "")])
    page.leave()
    shown.settle()
    assert shown.place.group.rows(shown.client)[0].influence == 3
    assert not shown.place.drafts.get(f"group:{shown.client}")


def test_every_decider_is_marked_and_who_was_written_to_is_no_gap(shown) -> None:
    place = shown.place
    ids = [place.people.add(f"Лицо{at} Имя", organisation_id=shown.client) for at in range(8)]
    place.people.set_influence(ids, 2)
    for person in ids:
        place.people.set_parts(person, shown.client, ["decider"])
    proposal = place.proposals.start(shown.client)
    readers = [view.person_id for view in place.proposals.page(proposal).readers]
    place.records.set("proposal", proposal, {"status": "sent"})
    page = shown.show(Target("client", shown.client))
    assert len(page.overview.people_list.rows()) == 8
    assert all("ЛПР" in row.detail.text() for row in page.overview.people_list.rows())
    assert set(readers) == set(place.people.written_to(shown.client))
    assert not any(gap.id == f"met {person}" for gap in page._data.gaps for person in readers)


def test_escape_keeps_what_was_typed_in_quick_capture(shown) -> None:
    shown.show(Target("client", shown.client))
    shown.window.capture_requested.emit()
    shown.settle()
    dialog = shown.window.findChild(QuickCapture)
    QTest.keyClicks(dialog.text, "call them")
    QTest.keyClick(dialog.text, Qt.Key.Key_Escape)
    shown.settle()
    assert shown.place.drafts.get(capture.DRAFT) == "call them"
    shown.window.capture_requested.emit()
    shown.settle()
    dialog = next(one for one in shown.window.findChildren(QuickCapture) if one.isVisible())
    assert dialog.text.toPlainText() == "call them"
    dialog.reject()
    shown.settle()
