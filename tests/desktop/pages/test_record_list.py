"""What both lists of records do: filters by name, columns, paper, one field of several, next and previous, rows in turns."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from kamdesk.desktop.dialogs.change_many import ChangeManyDialog
from kamdesk.desktop.navigation.neighbours import Neighbours
from kamdesk.desktop.navigation.target import Target
from kamdesk.desktop.pages import clients, people, record_list
from kamdesk.desktop.pages.people import PeoplePage
from kamdesk.desktop.widgets.list_print import PrintColumn, list_pdf
from tests.desktop.pages.conftest import Opened
from tests.desktop.pages.walk import nameless


@pytest.fixture
def page(opened: Opened) -> PeoplePage:
    clients.register(opened.desk)
    people.register(opened.desk)
    shown = opened.show(Target("people"))
    assert isinstance(shown, PeoplePage)
    shown.opened_in = opened
    return shown


def families(page: PeoplePage) -> list[str]:
    return [row.name.family for row in page.model.rows()]


def test_a_filter_is_kept_used_and_forgotten(page: PeoplePage) -> None:
    opened = page.opened_in
    everybody = families(page)
    page.chips["against"].setChecked(True)
    page.search.setText("тип:финансы")
    page._ask()
    opened.settle()
    found = families(page)
    assert found and found != everybody
    page.keep_filter("Финансы против")
    opened.settle()
    page.apply_filter("{}")
    opened.settle()
    assert families(page) == everybody
    (kept,) = opened.place.saved_filters.list("people")
    page.apply_filter(kept.query)
    opened.settle()
    assert families(page) == found
    page._forget_filter(kept.id)
    opened.settle()
    assert opened.place.saved_filters.list("people") == ()
    opened.place.vault.history.undo()
    assert opened.place.saved_filters.list("people") == (kept,)


@pytest.mark.parametrize("query", ["", "[]", "{", '{"marks": 1, "boxes": [], "text": 5}', "петр"])
def test_a_filter_of_another_program_does_no_harm(page: PeoplePage, query: str) -> None:
    page.apply_filter(query)
    page.opened_in.settle()


def test_an_unknown_filter_is_told_not_refused(page: PeoplePage) -> None:
    page.search.setText("погода:дождь")
    page._ask()
    page.opened_in.settle()
    assert page.hint.text()
    page.search.clear()
    page._ask()
    page.opened_in.settle()
    assert not page.hint.isVisibleTo(page)


def test_the_search_keeps_its_room_and_the_filters_go_on_below(page: PeoplePage) -> None:
    opened = page.opened_in
    clients_page = opened.show(Target("clients"))
    for shown in (page, clients_page):
        opened.show(Target("people" if shown is page else "clients"))
        for width in (1280, 900):
            opened.window.resize(width, 720)
            opened.settle()
            widgets = [shown.filter_bar.itemAt(at).widget() for at in range(shown.filter_bar.count())]
            assert shown.search.width() >= opened.desk.kit.theme.px(180)
            assert all(one.width() >= one.minimumSizeHint().width() for one in widgets if one.isVisible())
            low = max(one.geometry().bottom() for one in widgets)
            assert low <= shown.table.mapTo(shown, shown.table.rect().topLeft()).y()


def test_columns_are_hidden_remembered_and_never_all(page: PeoplePage) -> None:
    table = page.table
    before = [column.id for _at, column in table.shown_columns()]
    at = next(place for place, column in table.shown_columns() if column.id == "phone")
    table.show_column(at, shown=False)
    assert [column.id for _at, column in table.shown_columns()] == [
        name for name in before if name != "phone"
    ]
    assert page.kit.settings.get("list.people", {})["hidden"] == ["phone"]
    for place in range(len(before)):
        table.show_column(place, shown=False)
    assert len(table.shown_columns()) == 1
    for place in range(len(before)):
        table.show_column(place, shown=True)


def test_one_field_of_several_is_one_step(page: PeoplePage) -> None:
    opened = page.opened_in
    page.table.selectAll()
    page.change_many()
    dialog = page.findChild(ChangeManyDialog)
    assert not nameless(dialog)
    dialog.field.setCurrentIndex(dialog.field.findData("language"))
    dialog.editor.set_value("en")
    dialog.accept()
    opened.settle()
    languages = {
        next(
            field.value
            for field in opened.place.records.form("person", row.id)
            if field.spec.name == "language"
        )
        for row in page.model.rows()
    }
    assert languages == {"en"}
    opened.place.vault.history.undo()
    languages = {
        next(
            field.value
            for field in opened.place.records.form("person", row.id)
            if field.spec.name == "language"
        )
        for row in page.model.rows()
    }
    assert languages != {"en"}


def test_rows_come_in_turns_until_all_are_there(page: PeoplePage, monkeypatch) -> None:
    opened = page.opened_in
    monkeypatch.setattr(record_list, "FIRST", 2)
    monkeypatch.setattr(record_list, "NEXT", 3)
    everybody = families(page)
    page._loaded = []
    page.reload()
    opened.settle()
    assert families(page) == everybody


def test_one_goes_from_record_to_record_in_the_order_of_the_list(page: PeoplePage) -> None:
    opened = page.opened_in
    rows = list(page.model.rows())
    page._open_row(rows[1])
    opened.settle()
    person = opened.desk.window.page()
    person.actions_table.action("person.next").trigger()
    opened.settle()
    assert opened.desk.window.here() == Target("person", rows[2].id, "card")
    opened.desk.window.page().actions_table.action("person.previous").trigger()
    opened.settle()
    assert opened.desk.window.here() == Target("person", rows[1].id, "card")


def test_a_list_is_read_anew_only_where_something_was_written(page: PeoplePage, monkeypatch) -> None:
    opened, read, asked = page.opened_in, page.read, []

    def counted(limit: int | None, offset: int) -> object:
        asked.append(offset)
        return read(limit, offset)

    monkeypatch.setattr(page, "read", counted)
    everybody = families(page)
    opened.show(Target("clients"))
    assert opened.show(Target("people")) is page
    assert asked == [] and families(page) == everybody
    opened.show(Target("clients"))
    someone = page.model.rows()[0].id
    opened.place.records.set("person", someone, {"family_name": "Яковлева"})
    opened.settle()
    opened.show(Target("people"))
    assert asked and "Яковлева" in families(page)


def test_neighbours_end_where_the_list_ends() -> None:
    beside = Neighbours()
    beside.remember("person", ["a", "b"])
    assert beside.beside("person", "a", 1) == "b"
    assert beside.beside("person", "b", 1) == beside.beside("person", "x", 1) == ""
    assert beside.place("person", "b") == (2, 2)


def test_a_long_list_is_printed_whole(qapp, tmp_path: Path) -> None:
    if shutil.which("pdftotext") is None:
        pytest.skip("pdftotext is not installed")
    columns = [PrintColumn("Имя", 200), PrintColumn("Сумма", 80, right=True)]
    rows = [
        [f"Строка {n} с длинным именем, которое займёт больше места, чем одна строка листа", str(n)]
        for n in range(300)
    ]
    path = tmp_path / "list.pdf"
    path.write_bytes(list_pdf("Люди", "300 строк", columns, rows, "Liberation Sans"))
    words = subprocess.run(
        ["pdftotext", "-raw", str(path), "-"], capture_output=True, text=True, check=True
    ).stdout
    assert all(f"Строка {n} " in words for n in (0, 150, 299))
    assert "Имя" in words.split("\f")[1]


def test_every_control_of_the_list_has_a_name(page: PeoplePage) -> None:
    assert not nameless(page.opened_in.desk.window)
