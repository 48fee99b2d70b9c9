"""The import in a real window: dry run, columns remembered, unticked rows, one undo, cancel, dossiers."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest

from kamdesk.desktop.navigation.target import Target
from kamdesk.desktop.pages import library_entry
from kamdesk.desktop.pages.import_page import ImportPage
from tests.desktop.pages.conftest import Opened
from tests.desktop.pages.walk import caught, english_words, nameless

FATAL = QAbstractItemModelTester.FailureReportingMode.Fatal
TABLE = (
    "ФИО;Должность;Компания;Прозвище в отделе\n"
    "Новиков Пётр Сергеевич;Директор;ООО «Свежее»;Бригадир\n"
    "Лаптева Анна Олеговна;Инженер;ООО «Свежее»;\n"
    ";;ООО «Свежее»;\n"
)


@pytest.fixture
def page(opened: Opened) -> ImportPage:
    library_entry.register(opened.desk)
    shown = opened.show(Target("import"))
    assert isinstance(shown, ImportPage)
    return shown


def table(folder: Path, text: str = TABLE, encoding: str = "cp1251") -> str:
    """A CSV file."""
    path = folder / "team.csv"
    path.write_bytes(text.encode(encoding))
    return str(path)


def people(opened: Opened) -> int:
    """How many people the vault has."""
    return len(opened.place.people.list())


def test_a_look_ahead_stores_nothing_then_one_step_takes_all(
    opened: Opened, page: ImportPage, tmp_path: Path
) -> None:
    before = people(opened)
    page.take_files([table(tmp_path)])
    opened.settle()
    assert people(opened) == before
    assert page.stack.currentWidget() is page.review
    assert [row.state for row in page.review.model.rows()] == ["skipped", "created", "created"]
    assert "2" in page.review.take.text()
    page.review.take.click()
    opened.settle()
    assert people(opened) == before + 2
    assert page.review.done
    assert page.review.model.rows()[0].state == "skipped"
    assert page.review.words.notes(page.review.model.rows()[0]), "each row not taken says why"
    page.review.undo.click()
    opened.settle()
    assert people(opened) == before
    assert not page.review.done


def test_unticked_rows_are_left_out(opened: Opened, page: ImportPage, tmp_path: Path) -> None:
    tester = QAbstractItemModelTester(page.review.model, FATAL)
    page.take_files([table(tmp_path)])
    opened.settle()
    rows = page.review.model.rows()
    at = next(n for n, row in enumerate(rows) if row.name.startswith("Лаптева"))
    page.review.table.selectRow(at)
    QTest.keyClick(page.review.table, Qt.Key.Key_Space)
    assert page.review.model.left_out() == {rows[at].source}
    page.import_all()
    opened.settle()
    names = [row.name.family for row in opened.place.people.list()]
    assert "Новиков" in names
    assert "Лаптева" not in names
    del tester


def test_columns_are_set_by_hand_and_remembered(opened: Opened, page: ImportPage, tmp_path: Path) -> None:
    page.take_files([table(tmp_path)])
    opened.settle()
    assert page.review.columns.fields() == ("name", "title", "organisation", "")
    fields = ("name", "title", "organisation", "nickname")
    page.review.columns.fields_changed.emit(fields)
    opened.settle()
    assert page.review.columns.fields() == fields
    page.import_all()
    opened.settle()
    page.start_over()
    page.take_text(TABLE)
    opened.settle()
    assert page.review.columns.fields() == fields, "the same headers, also when pasted"
    assert {row.state for row in page.review.model.rows()} == {"same", "skipped"}
    assert not page.review.take.isEnabled()


def test_another_encoding_reads_anew(opened: Opened, page: ImportPage, tmp_path: Path) -> None:
    page.take_files([table(tmp_path)])
    opened.settle()
    columns = page.review.columns
    columns.encoding.setCurrentIndex(columns.encoding.findData("cp866"))
    columns.reading_changed.emit()
    opened.settle()
    assert "Новиков" not in " ".join(row.name for row in page.review.model.rows())


def test_everybody_can_be_seated_at_a_client(opened: Opened, page: ImportPage) -> None:
    shown = opened.show(Target("import", opened.client))
    shown.take_text("Новиков Пётр Сергеевич — главный технолог\nЛаптева Анна Олеговна — бухгалтер")
    opened.settle()
    assert shown.review.client.currentData() == opened.client
    assert not shown.review.columns.isVisible()
    shown.import_all()
    opened.settle()
    organisations = {row.name.family: row.organisation_id for row in opened.place.people.list()}
    assert organisations["Новиков"] == organisations["Лаптева"] == opened.client


def test_a_dossier_comes_in_too(opened: Opened, page: ImportPage, tmp_path: Path) -> None:
    path = tmp_path / "dossier.json"
    path.write_bytes(opened.place.dossiers.export(opened.client, "everything"))
    page.take_files([str(path)])
    opened.settle()
    rows = page.review.model.rows()
    assert rows
    assert {row.state for row in rows} <= {"same", "updated"}


def test_what_cannot_be_read_is_said_and_nothing_is_lost(
    opened: Opened, page: ImportPage, tmp_path: Path
) -> None:
    (tmp_path / "a.csv").write_bytes(b"\x00\x01\x02\x03" * 400)
    page.take_files([str(tmp_path / "a.csv")])
    opened.settle()
    assert page.stack.currentWidget() is page.source
    assert page.source.problem.text()
    page.take_files([str(tmp_path / "gone.csv")])
    opened.settle()
    assert "gone.csv" in page.source.problem.text()


def test_a_stopped_import_takes_nothing(opened: Opened, page: ImportPage) -> None:
    before = people(opened)
    page.take_text("ФИО\tДолжность\n" + "".join(f"Новиков{n} Пётр Сергеевич\tДиректор\n" for n in range(300)))
    opened.settle()
    page.import_all()
    opened.kit.jobs.cancel_all()
    opened.settle()
    assert people(opened) == before
    assert page.review.take.isEnabled()


def test_a_paste_survives_a_lock(opened: Opened, page: ImportPage) -> None:
    page.source.text.setPlainText("Новиков Пётр — директор")
    ((key, text),) = page.unsaved().items()
    opened.place.drafts.keep(key, text)
    page.source.text.clear()
    opened.show(Target("import"))
    assert page.source.text.toPlainText() == "Новиков Пётр — директор"
    assert opened.place.drafts.get(key) == ""


def test_the_source_that_was_chosen_at_first_is_helped_with(opened: Opened, page: ImportPage) -> None:
    shown = opened.show(Target("import", "", "outlook"))
    assert "Outlook" in shown.source.hint.text()


def test_names_words_and_tab(opened: Opened, page: ImportPage, tmp_path: Path) -> None:
    assert not nameless(page)
    assert not english_words(page)
    page.take_files([table(tmp_path)])
    opened.settle()
    assert not nameless(page)
    assert [text for text in english_words(page) if not text.endswith("csv")] == []
    assert not caught(opened, page)
    opened.kit.words.set_language("en")
    opened.settle()
    assert page.review.summary.text() == "New: 2 · Not to be taken: 1"
