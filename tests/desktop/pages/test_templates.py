"""Templates in a real window: added with what was removed, where the text begins, the check, the field catalogue."""

from __future__ import annotations

from pathlib import Path

import pytest
from docx import Document
from PySide6.QtCore import QMimeData, Qt, QUrl
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QApplication

from kamdesk.desktop.navigation.target import Target
from kamdesk.desktop.pages import library_entry
from kamdesk.desktop.pages.templates import TemplatesPage
from tests.desktop.pages.conftest import Opened
from tests.desktop.pages.walk import caught, english_words, nameless

FATAL = QAbstractItemModelTester.FailureReportingMode.Fatal
LETTER = (
    "ООО «Контур-Энерго», ИНН 7451234567, тел. +7 351 200-45-67",
    "Исх. № ____ от ________",
    "Уважаемый Пётр Сергеевич!",
    "Прежний текст письма.",
    "С уважением,",
)


@pytest.fixture
def page(opened: Opened) -> TemplatesPage:
    library_entry.register(opened.desk)
    shown = opened.show(Target("templates"))
    assert isinstance(shown, TemplatesPage)
    return shown


def word(folder: Path, name: str, *lines: str) -> str:
    """A Word file of these paragraphs."""
    document = Document()
    for line in lines:
        document.add_paragraph(line)
    path = folder / name
    document.save(path)
    return str(path)


def test_what_ships_is_shown_with_a_sample(page: TemplatesPage) -> None:
    assert page.look.preview.page_count() >= 1
    assert not page.look.problem.text()
    assert page.choices.isHidden(), "a bundled one cannot be changed"
    assert page.doctor.sentences() == []
    assert len(page.model.rows()) == 12


def test_a_letterhead_is_added_and_pointed_at(opened: Opened, page: TemplatesPage, tmp_path: Path) -> None:
    page.add_files([word(tmp_path, "Бланк.docx", *LETTER)])
    opened.settle()
    (view,) = opened.place.templates.list()
    assert (view.name, view.mode) == ("Бланк", "letterhead")
    assert page._shown.id == view.id
    assert page.look.blocks.count() == len(LETTER) + 1
    suggested = page.look.start()
    assert suggested == 1, "behind the head of the letter"
    page.look.blocks.setCurrentRow(3)
    page.look.blocks.itemActivated.emit(page.look.blocks.item(3))
    opened.settle()
    assert opened.place.templates.view(view.id).start_at == 3
    assert page.look.start() == 3
    assert page.look.preview.page_count() >= 1
    opened.window.undo_requested.emit()
    opened.settle()
    assert page.look.start() == suggested


def test_a_faulty_template_says_where_and_what(opened: Opened, page: TemplatesPage, tmp_path: Path) -> None:
    page.add_files(
        [word(tmp_path, "a.docx", "Для {{ клиент.назвние }}", "{{ “client.name” }}", "{{ блок.всё }}")]
    )
    opened.settle()
    assert page.tabs["look"].isChecked()
    assert page.look.problem.text(), "why there is no picture"
    sentences = page.doctor.sentences()
    assert any("клиент.название" in sentence for sentence in sentences)
    assert page._checked.repaired_file
    page.doctor.repair_wanted.emit()
    opened.settle()
    assert len(opened.place.templates.list()) == 2
    assert len(page.doctor.sentences()) < len(sentences)


def test_a_file_that_is_no_word_file_is_refused_in_words(
    opened: Opened, page: TemplatesPage, tmp_path: Path
) -> None:
    (tmp_path / "a.docx").write_bytes(b"no zip at all")
    page.add_files([str(tmp_path / "a.docx"), str(tmp_path / "gone.docx")])
    opened.settle()
    assert opened.window.notices.texts()
    assert opened.place.templates.list() == ()


def test_a_pasted_file_is_added(opened: Opened, page: TemplatesPage, tmp_path: Path) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(word(tmp_path, "b.docx", *LETTER))])
    QApplication.clipboard().setMimeData(data)
    QTest.keyClick(page, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(page, Qt.Key.Key_Home)
    opened.settle()
    assert len(opened.place.templates.list()) == 1
    QApplication.clipboard().clear()


def test_name_use_and_deletion(opened: Opened, page: TemplatesPage, tmp_path: Path) -> None:
    page.add_files([word(tmp_path, "c.docx", *LETTER)])
    opened.settle()
    view = opened.place.templates.list()[0]
    page.name.line.setText("Наш бланк")
    page.name.flush()
    page.kind.combo.setCurrentIndex(page.kind._codes.index("cover"))
    page.kind.combo.activated.emit(page.kind.combo.currentIndex())
    opened.settle()
    stored = opened.place.templates.view(view.id)
    assert (stored.name, stored.kind) == ("Наш бланк", "cover")
    page.delete_button.click()
    opened.settle()
    assert opened.place.templates.list() == ()
    assert page._shown is not None
    assert not page._shown.own
    opened.window.undo_requested.emit()
    opened.settle()
    assert len(opened.place.templates.list()) == 1


def test_fields_are_searched_copied_and_dragged(opened: Opened, page: TemplatesPage) -> None:
    page.tabs["fields"].click()
    tester = QAbstractItemModelTester(page.fields.model, FATAL)
    page.fields.search.setText("клиент назван")
    assert "{{ клиент.название }}" in [row.tag for row in page.fields.model.rows()]
    page.fields.table.select_id("client.name")
    page.fields.copy_button.click()
    assert QApplication.clipboard().text() == "{{ клиент.название }}"
    dragged = page.fields.model.mimeData(page.fields.table.selectionModel().selectedIndexes())
    assert dragged.text() == "{{ клиент.название }}"
    page.fields.language.setCurrentIndex(1)
    assert "{{ client.name }}" in [row.tag for row in page.fields.model.rows()]
    opened.kit.words.set_language("en")
    assert page.fields.language.currentIndex() == 1
    QApplication.clipboard().clear()
    del tester


@pytest.mark.parametrize("tab", ["look", "check", "fields"])
def test_names_words_and_tab(opened: Opened, page: TemplatesPage, tmp_path: Path, tab: str) -> None:
    page.add_files([word(tmp_path, "Бланк.docx", *LETTER)])
    opened.settle()
    page.tabs[tab].click()
    opened.settle()
    assert opened.window.here().tab == tab
    assert not nameless(page)
    assert not english_words(page)
    assert not caught(opened, page)
    opened.kit.words.set_language("en")
    opened.settle()
    assert page.title() == "Templates"
