"""Templates in a real window: added with what was removed, where the text begins, the check, the field catalogue."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

import pytest
from docx import Document
from PySide6.QtCore import QMimeData, Qt, QUrl
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QApplication, QLabel

from kamdesk.desktop.navigation.target import Target
from kamdesk.desktop.pages import library_entry
from kamdesk.desktop.pages.template_doctor_repair import RepairDialog, Side
from kamdesk.desktop.pages.template_guide import GuideDialog
from kamdesk.desktop.pages.templates import TemplatesPage
from kamdesk.desktop.pages.templates_word import key_of
from tests.desktop.pages.conftest import Opened
from tests.desktop.pages.walk import caught, english_words, nameless
from tests.documents.word_files import WordFile, paragraph, run

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


def until(opened: Opened, true: Callable[[], bool]) -> None:
    """Let the window run until something is true, ten seconds at most."""
    end = time.monotonic() + 10
    while not true():
        assert time.monotonic() < end
        opened.app.processEvents()
        time.sleep(0.01)


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
    assert not [one for one in page._checked.findings if one.kind != "blank"]
    assert len(page.model.rows()) == 12


def test_a_letterhead_is_added_and_pointed_at(opened: Opened, page: TemplatesPage, tmp_path: Path) -> None:
    page.add_files([word(tmp_path, "Бланк.docx", *LETTER)])
    opened.settle()
    (view,) = opened.place.templates.list()
    assert (view.name, view.mode) == ("Бланк", "letterhead")
    (told,) = opened.window.notices.texts()
    assert told.startswith("Добавлено. Копия очищена. Убраны имена авторов")
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
        [
            word(
                tmp_path,
                "a.docx",
                "Для {{ клиент.назвние }}",
                "{{ “client.name” }} {{ клиент.адрес }}",
                "{{ блок.всё }}",
            )
        ]
    )
    opened.settle()
    assert page.tabs["look"].isChecked()
    assert page.look.problem.text(), "why there is no picture"
    sentences = page.doctor.sentences()
    assert any("клиент.название" in sentence for sentence in sentences)
    assert [one.severity for one in page._checked.findings].count("error") >= 1
    page.doctor.show_severity("error")
    assert 0 < len(page.doctor.sentences()) < len(sentences)
    page.doctor.show_severity("")
    page.doctor.copy_button.click()
    report = QApplication.clipboard().text()
    assert "абзац 1" in report
    assert all(sentence in report for sentence in sentences)


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
    opened.settle()
    tester = QAbstractItemModelTester(page.fields.model, FATAL)
    page.fields.search.setText("клиент назван")
    assert "{{ клиент.название }}" in [row.tag for row in page.fields.model.rows()]
    page.fields.table.select_id("client.name")
    page.fields.copy_button.click()
    assert QApplication.clipboard().text() == "{{ клиент.название }}"
    dragged = page.fields.model.mimeData(page.fields.table.selectionModel().selectedIndexes())
    assert dragged.text() == "{{ клиент.название }}"
    page.fields.language.setCurrentIndex(1)
    opened.settle()
    assert "{{ client.name }}" in [row.tag for row in page.fields.model.rows()]
    opened.kit.words.set_language("en")
    assert page.fields.language.currentIndex() == 1
    QApplication.clipboard().clear()
    del tester


def only(of: type) -> object:
    """The one dialog of a type that is open."""
    (found,) = (one for one in QApplication.topLevelWidgets() if isinstance(one, of) and one.isVisible())
    return found


def test_a_slip_is_fixed_after_a_look_and_undone(opened: Opened, page: TemplatesPage, tmp_path: Path) -> None:
    page.add_files(
        [word(tmp_path, "a.docx", "{{ клиент–название }} {{\u00a0клиент.название }}", "{{ блок.всё }}")]
    )
    opened.settle()
    (view,) = opened.place.templates.list()
    before = opened.place.templates.content(view.id)
    assert not page.doctor.fix_button.isHidden()
    page.doctor.fix_button.click()
    opened.settle()
    dialog = only(RepairDialog)
    (old, new), *_others = dialog.pairs()
    assert old != new
    assert opened.place.templates.content(view.id) == before, "only looked at"
    dialog.accept()
    opened.settle()
    assert opened.place.templates.content(view.id) != before
    assert not page._checked.safe(), "checked anew by itself"
    opened.window.undo_requested.emit()
    opened.settle()
    assert opened.place.templates.content(view.id) == before
    assert page._checked.safe()


def test_a_repair_that_the_eye_cannot_tell_is_marked_and_said(
    opened: Opened, page: TemplatesPage, tmp_path: Path
) -> None:
    split = paragraph(run("{{ кли"), run("ент.название }}", "<w:b/>"))
    path = tmp_path / "a.docx"
    path.write_bytes(WordFile(split, paragraph("{{ клиeнт.адрес }}"), paragraph("{{ блок.всё }}")).build())
    page.add_files([str(path)])
    opened.settle()
    page.doctor.fix_button.click()
    opened.settle()
    dialog = only(RepairDialog)
    assert dialog.pairs() == [
        ("{{ кли┊ент.название }}", "{{ клиент.название }}"),
        ("{{ клиeнт.адрес }}", "{{ клиент.адрес }}"),
    ]
    told = [one.text() for one in dialog.findChildren(QLabel)]
    assert any("Word хранит тег в 2 кусках" in one for one in told)
    assert any("Латинская буква «e» станет русской" in one for one in told)
    marked = [one.text() for one in dialog.findChildren(Side)]
    assert "{{ кли" in marked[0] and ">e</b>" in marked[2] and ">е</b>" in marked[3]
    dialog.reject()


def test_a_guess_is_replaced_one_by_one(opened: Opened, page: TemplatesPage, tmp_path: Path) -> None:
    page.add_files([word(tmp_path, "a.docx", "{{ клиент.назвние }} {{ клиент.адес }}", "{{ блок.всё }}")])
    opened.settle()
    at = next(at for at, one in enumerate(page._checked.findings) if "назвние" in str(one.text.params))
    page.doctor.fix_wanted.emit((at,))
    opened.settle()
    dialog = only(RepairDialog)
    assert len(dialog.pairs()) == 1
    dialog.accept()
    opened.settle()
    said = " ".join(page.doctor.sentences())
    assert "назвние" not in said
    assert "адес" in said


def test_the_sample_decides_what_comes_out_blank(opened: Opened, page: TemplatesPage, tmp_path: Path) -> None:
    page.add_files([word(tmp_path, "a.docx", "{{ клиент.адрес }} {{ клиент.название }}", "{{ блок.всё }}")])
    opened.settle()
    assert any(one.kind == "blank" for one in page._checked.findings)
    proposal = page.sample.itemData(1)
    assert proposal in {row.id for row in opened.place.proposals.list()}
    page.sample.setCurrentIndex(1)
    page.sample.activated.emit(1)
    opened.settle()
    document = opened.place.template_checks.document("group", "ru", proposal)
    page.fields.search.setText("client.name")
    shown = next(row for row in page.fields.model.rows() if row.path == "client.name")
    assert shown.value == document.fields["client"]["name"]
    page.fields.search.setText("родительный")
    assert "filter.genitive" in [row.path for row in page.fields.model.rows()]
    opened.place.templates.set_use(page._shown.id, mode="tags", kind="cover")
    opened.settle()
    assert page.reader.count() >= 1
    assert page.look.preview.page_count() >= 1


@pytest.mark.parametrize("kind", ["brief", "dossier", "cheat_sheet", "results"])
def test_papers_of_the_house_are_looked_at_with_records_of_the_vault(
    opened: Opened, page: TemplatesPage, tmp_path: Path, kind: str
) -> None:
    page.add_files([word(tmp_path, "a.docx", "{{ печать.для_кого }}", "{{ блок.текст }}")])
    opened.settle()
    opened.place.templates.set_use(page._shown.id, mode="tags", kind=kind, language="ru")
    opened.settle()
    assert page.sample.itemText(0) == "Вымышленный пример"
    assert page.usual.box.text() == "Брать для новых документов этого вида"
    assert page.look.preview.page_count() >= (0 if kind == "results" else 1)
    assert not any(one.kind == "blank" for one in page._checked.findings)
    choices = opened.place.template_choices.of(kind, "ru")
    assert [page.sample.itemData(at) for at in range(1, page.sample.count())] == [one.id for one in choices]
    page.sample.setCurrentIndex(1)
    page.sample.activated.emit(1)
    opened.settle()
    assert page.samples.value().sample_id == choices[0].id
    document = opened.place.template_checks.document(kind, "ru", choices[0].id)
    shown = {row.path: row.value for row in page.fields.model.rows()}
    root, leaves = next((root, leaves) for root, leaves in document.fields.items() if root != "print")
    said = {f"{root}.{leaf}": " ".join(text.split())[:40] for leaf, text in leaves.items()}
    assert said == {path: shown[path][:40] for path in said}
    assert not nameless(page)
    opened.kit.words.set_language("en")
    opened.settle()
    assert page.sample.itemText(0) == "An invented example"
    assert page.samples.value().sample_id == choices[0].id
    opened.place.templates.set_use(page._shown.id, mode="tags", kind="group")
    opened.settle()
    assert page.sample.itemText(0) == "An invented proposal"
    assert page.samples.value().sample_id == ""


def test_findings_come_before_the_picture(
    opened: Opened, page: TemplatesPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    order: list[str] = []
    told, pages = page.doctor.show_result, page.look.preview.set_pages
    monkeypatch.setattr(page.doctor, "show_result", lambda found: (order.append("found"), told(found)))
    monkeypatch.setattr(
        page.look.preview, "set_pages", lambda *given: (order.append("picture"), pages(*given))
    )
    page._look_again()
    opened.settle()
    assert order == ["found", "picture"]


def test_default_and_tables_are_switches(opened: Opened, page: TemplatesPage, tmp_path: Path) -> None:
    page.add_files([word(tmp_path, "Бланк.docx", *LETTER), word(tmp_path, "Другой.docx", *LETTER)])
    opened.settle()
    ids = {view.name: view.id for view in opened.place.templates.list()}
    for name in ("Бланк", "Другой"):
        page.table.select_id(ids[name])
        opened.settle()
        page.usual.box.click()
        opened.settle()
    views = {view.name: view for view in opened.place.templates.list()}
    assert (views["Бланк"].is_default, views["Другой"].is_default) == (False, True)
    page.pattern.box.click()
    opened.settle()
    assert not opened.place.templates.view(ids["Другой"]).table_pattern


def test_a_save_in_word_is_shown_at_once_and_a_broken_one_is_told(
    opened: Opened, page: TemplatesPage, tmp_path: Path
) -> None:
    page.add_files([word(tmp_path, "a.docx", "{{ клиент.название }}", "{{ блок.всё }}")])
    opened.settle()
    (view,) = opened.place.templates.list()
    first = opened.place.templates.content(view.id)
    page.watch._open_file = lambda _path: True
    page.word_button.click()
    opened.settle()
    path = page.watch.path_of(key_of(view.id))
    assert path is not None
    assert path.read_bytes() == first
    assert page.in_word.isVisibleTo(page)
    word(path.parent, path.name, "{{ клиент.назвние }}", "{{ блок.всё }}")
    until(opened, lambda: opened.place.templates.content(view.id) != first)
    opened.settle()
    assert any("назвние" in sentence for sentence in page.doctor.sentences())
    good = opened.place.templates.content(view.id)
    path.write_bytes(b"PK\x03\x04 broken")
    until(opened, lambda: page.word_problem.isVisibleTo(page))
    assert opened.place.templates.content(view.id) == good
    word(path.parent, path.name, "{{ клиент.название }}!", "{{ блок.всё }}")
    until(opened, lambda: opened.place.templates.content(view.id) != good)
    opened.settle()
    assert not page.word_problem.isVisibleTo(page)
    opened.window.undo_requested.emit()
    opened.settle()
    assert opened.place.templates.content(view.id) == good


def test_a_template_is_made_from_a_document(opened: Opened, page: TemplatesPage, tmp_path: Path) -> None:
    client = next(one for one in opened.place.organisations.list() if one.id == opened.client)
    path = word(
        tmp_path,
        "Старое.docx",
        "Исх. № 5 от 5 марта 2024 г.",
        f"Решение для {client.name}",
        "Тема: насосы",
        "Цены",
        "Сто рублей",
    )
    page.guide("Старое.docx", Path(path).read_bytes)
    opened.settle()
    dialog = only(GuideDialog)
    assert not nameless(dialog)
    assert not english_words(dialog)
    assert dialog.client.currentData() == opened.client
    assert [item.path for item in dialog.state.items if item.taken][:2] == [
        "proposal.number",
        "proposal.date",
    ]
    dialog.put(dialog._fields["proposal.subject"])
    assert dialog.problem.text(), "nothing is marked"
    dialog.text.select(2, 6, 12)
    dialog.put(dialog._fields["proposal.subject"])
    assert not dialog.problem.text()
    dialog.text.select(4, 0, 3)
    dialog.put(dialog._fields["block.prices"])
    dialog.tabs["after"].click()
    assert {line.index: text for line, _before, text in dialog.state.changed()}[
        2
    ] == "Тема: {{ предложение.тема }}"
    dialog.tabs["look"].click()
    opened.settle()
    assert dialog.preview.page_count() >= 1
    dialog.ok_button.click()
    opened.settle()
    (view,) = opened.place.templates.list()
    assert (view.name, view.mode) == ("Старое", "tags")
    assert page._shown.id == view.id
    assert not [one for one in page._checked.findings if one.severity == "error"]


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
