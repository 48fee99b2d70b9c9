"""The files of a client and of a person, and what is dropped on the window."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication
from PySide6.QtTest import QAbstractItemModelTester, QTest

from kamdesk.desktop.navigation.target import Target
from kamdesk.desktop.pages import capture, clients, incoming, people
from kamdesk.desktop.pages.incoming import arrivals
from kamdesk.services.attachments import Owner
from tests.desktop.pages.walk import caught, nameless
from tests.exchange.arrivals import invitation, mail


@pytest.fixture
def panel(opened):
    """The files of the demo's client, of which there are none yet."""
    for one in opened.place.attachments.of(Owner(opened.client)):
        opened.place.records.delete("attachment", one.id)
    for module in (clients, people, capture, incoming):
        module.register(opened.desk)
    page = opened.show(Target("client", opened.client, "files"))
    made = page.panels["files"].panel
    made.opened_in = opened
    return made


def write(folder: Path, name: str, data: bytes) -> Path:
    path = folder / name
    path.write_bytes(data)
    return path


def drop(widget, paths: list[Path], app) -> bool:
    """Drag files over a widget and let them fall, as the system does; whether they were taken."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    enter = QDragEnterEvent(
        QPoint(5, 5),
        Qt.DropAction.CopyAction,
        data,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    app.sendEvent(widget, enter)
    fall = QDropEvent(
        QPoint(5, 5),
        Qt.DropAction.CopyAction,
        data,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    app.sendEvent(widget, fall)
    return enter.isAccepted() and fall.isAccepted()


def test_an_empty_tab_says_the_first_step_and_a_dropped_file_stands_there(panel, tmp_path: Path) -> None:
    opened = panel.opened_in
    assert panel.nothing.isVisible() and panel.first_pane() is panel.nothing.first
    assert drop(panel, [write(tmp_path, "Смета.txt", "Турбина".encode())], opened.app)
    opened.settle()
    (row,) = panel.model.rows()
    assert (row.name, row.owner_table) == ("Смета.txt", "organisation")
    assert panel.table.isVisible() and not panel.catcher.shown
    assert opened.place.searching.find("турбина", 5)
    opened.window.undo_requested.emit()
    opened.settle()
    assert panel.model.rows() == ()


def test_the_model_keeps_to_the_rules_of_models(panel, tmp_path: Path) -> None:
    tester = QAbstractItemModelTester(panel.model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    panel.take([write(tmp_path, f"{n}.txt", b"x%d" % n) for n in range(3)])
    panel.opened_in.settle()
    panel.table.sortByColumn(0, Qt.SortOrder.DescendingOrder)
    panel.remove()
    panel.opened_in.settle()
    tester.deleteLater()


def test_name_remark_and_who_may_see_it_are_edited_in_place(panel, tmp_path: Path) -> None:
    opened = panel.opened_in
    panel.take([write(tmp_path, "a.txt", b"1")])
    opened.settle()
    row = panel.model.rows()[0].id
    panel.name.line.setText("Договор")
    panel.name.flush()
    panel.note.line.setText("подписан")
    panel.note.flush()
    opened.settle()
    panel._set_sensitivity("private")
    opened.settle()
    view = opened.place.attachments.view(row)
    assert (view.name, view.note, view.sensitivity) == ("Договор.txt", "подписан", "private")


def test_a_file_is_opened_as_a_copy_in_the_private_folder_and_a_program_never(panel, tmp_path: Path) -> None:
    opened, seen = panel.opened_in, []
    panel._open_file = lambda path: bool(seen.append(path)) or True
    panel.take([write(tmp_path, "a.txt", b"1")])
    opened.settle()
    QTest.keyClick(panel.table, Qt.Key.Key_Return)
    opened.settle()
    assert seen[0].read_bytes() == b"1" and opened.desk.plain.path in seen[0].parents
    assert [path.read_bytes() for path in panel.drag_paths()] == [b"1"]
    panel.remove()
    panel.take([write(tmp_path, "b.exe", b"MZ")])
    opened.settle()
    panel.table.selectRow(0)
    panel.open_chosen()
    opened.settle()
    assert len(seen) == 1


def test_a_lost_link_is_shown_and_found_again(panel, tmp_path: Path) -> None:
    opened = panel.opened_in
    path = write(tmp_path, "План.txt", b"1")
    panel.link([path])
    opened.settle()
    moved = path.rename(tmp_path / "Новый.txt")
    panel._reload()
    opened.settle()
    assert panel.find_button.isVisible() and not panel.open_button.isEnabled()
    panel._find_again([moved])
    opened.settle()
    assert not panel.find_button.isVisible() and panel.open_button.isEnabled()
    panel.save_copies(tmp_path / "out")
    opened.settle()
    assert (tmp_path / "out" / "План.txt").read_bytes() == b"1"


def test_a_copied_file_is_pasted(panel, tmp_path: Path) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(write(tmp_path, "c.txt", b"1")))])
    QGuiApplication.clipboard().setMimeData(data)
    panel.table.setFocus()
    panel.paste()
    panel.opened_in.settle()
    assert [row.name for row in panel.model.rows()] == ["c.txt"]
    QGuiApplication.clipboard().clear()


def test_an_invitation_dropped_on_the_window_is_shown_then_planned_for_the_shown_client(
    panel, tmp_path
) -> None:
    opened = panel.opened_in
    took = arrivals(opened.desk)
    assert drop(opened.window, [write(tmp_path, "a.ics", invitation())], opened.app)
    opened.settle()
    (dialog,) = took.dialogs
    assert dialog.client.currentData() == opened.client
    assert not any(tick.isChecked() for tick, _one in dialog.people)
    dialog.people[2][0].setChecked(True)
    dialog.accept()
    opened.settle()
    (row,) = opened.place.interactions.ahead(organisation_id=opened.client)[:1]
    planned = [
        one
        for one in opened.place.interactions.timeline(organisation_id=opened.client, states=("planned",))
        if one.purpose == "Показ стенда"
    ]
    assert len(planned) == 1 and [who.name.family for who in planned[0].people] == ["Сидорова"]
    assert row is not None and opened.window.here().tab == f"history:{planned[0].id}"
    opened.window.undo_requested.emit()
    opened.settle()
    with_it = opened.place.interactions.timeline(organisation_id=opened.client, states=("planned",))
    assert all(one.purpose != "Показ стенда" for one in with_it)


def test_a_mail_is_kept_with_the_files_that_are_ticked(panel, tmp_path: Path) -> None:
    opened = panel.opened_in
    panel.take([write(tmp_path, "Письмо.eml", mail(files=(("a.txt", b"1"), ("b.txt", b"2"))))])
    opened.settle()
    (dialog,) = arrivals(opened.desk).dialogs
    assert nameless(dialog) == []
    dialog.files[1].setChecked(False)
    dialog.accept()
    opened.settle()
    names = {one.name for one in opened.place.attachments.of(Owner(opened.client))}
    assert names == {"Письмо.eml", "a.txt"}
    panel.take([tmp_path / "Письмо.eml"])
    opened.settle()
    (again,) = arrivals(opened.desk).dialogs
    assert again.mail.interaction_id
    again.accept()
    opened.settle()
    assert len(opened.place.attachments.of(Owner(opened.client))) == 2


def test_a_broken_file_is_said_and_nothing_is_kept(panel, tmp_path: Path) -> None:
    opened = panel.opened_in
    for name, data in (
        ("a.ics", b"BEGIN:VCALENDAR\r\n"),
        ("b.txt", b""),
        ("c.msg", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"),
    ):
        panel.take([write(tmp_path, name, data)])
        opened.settle()
    panel.take([tmp_path])
    opened.settle()
    assert opened.place.attachments.of(Owner(opened.client)) == ()
    assert opened.window.notices.isVisible()


def test_a_person_has_files_too_and_every_control_is_named(panel, tmp_path: Path) -> None:
    opened = panel.opened_in
    panel.take([write(tmp_path, "a.txt", b"1")])
    opened.settle()
    assert nameless(panel) == [] and not caught(opened, panel)
    person = opened.person("Самарин")
    page = opened.show(Target("person", person, "files"))
    files = page.panels["files"].panel
    files.take([tmp_path / "a.txt"])
    opened.settle()
    assert [row.owner_table for row in files.model.rows()] == ["person"]
