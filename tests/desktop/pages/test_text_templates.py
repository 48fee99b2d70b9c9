"""Texts of letters in a real window: what ships, a copy that is edited, fields put in, findings that lead to their place."""

from __future__ import annotations

import pytest
from PySide6.QtTest import QAbstractItemModelTester

from kamdesk.desktop.navigation.target import Target
from kamdesk.desktop.pages import library_entry
from kamdesk.desktop.pages.text_templates import TextTemplatesPage
from tests.desktop.pages.conftest import Opened
from tests.desktop.pages.walk import caught, english_words, nameless

FATAL = QAbstractItemModelTester.FailureReportingMode.Fatal


@pytest.fixture
def page(opened: Opened) -> TextTemplatesPage:
    for own in opened.place.text_templates.list():
        if own.own:  # those of the demo; here the first one is made
            opened.place.text_templates.delete(own.id)
    library_entry.register(opened.desk)
    shown = opened.show(Target("texts"))
    assert isinstance(shown, TextTemplatesPage)
    return shown


def _type(opened: Opened, page: TextTemplatesPage, text: str) -> None:
    page.body_text.text.setPlainText(text)
    page._try()
    opened.settle()


def test_what_ships_is_read_with_an_open_proposal(opened: Opened, page: TextTemplatesPage) -> None:
    assert len(page.model.rows()) == 12
    assert page.sample.currentIndex() == 1, "an open proposal before an invented one"
    assert page.result.body.toPlainText().startswith("Уважаемый")
    assert not page.findings.sentences()
    assert page.body_text.text.isReadOnly() and page.delete_button.isHidden()
    QAbstractItemModelTester(page.model, FATAL)
    QAbstractItemModelTester(page.fields.model, FATAL)


def test_a_copy_is_written_and_taken_back(opened: Opened, page: TextTemplatesPage) -> None:
    page.own_button.click()
    opened.settle()
    row = page._shown
    assert row is not None and row.own and not page.body_text.text.isReadOnly()
    _type(opened, page, "Название: {{ клиент.название|родительный }}")
    assert page.result.body.toPlainText().startswith("Название: ")
    page.body_text.flush()
    opened.settle()
    texts = opened.place.text_templates
    assert texts.view(row.id).body.startswith("Название")
    page.default_button.click()
    opened.settle()
    assert texts.view(row.id).is_default and not page.default_button.isEnabled()
    page.delete_button.click()
    opened.settle()
    assert row.id not in {one.id for one in texts.list()}
    opened.window.undo_requested.emit()
    opened.settle()
    assert row.id in {one.id for one in texts.list()}


def test_a_finding_leads_to_its_place(opened: Opened, page: TextTemplatesPage) -> None:
    page.add_button.click()
    opened.settle()
    _type(opened, page, "Строка\nи {{ клиент.назвние }} конец")
    (said,) = page.findings.sentences()
    assert "клиент.название" in said and "строка 2, знак 3" in said
    page.findings.list.itemClicked.emit(page.findings.list.item(0))
    assert page.body_text.text.textCursor().selectedText() == "{{ клиент.назвние }}"


def test_fields_are_searched_and_put_in(opened: Opened, page: TextTemplatesPage) -> None:
    page.fields.search.setText("адрес клиента")
    (row,) = page.fields.model.rows()
    assert row.tag == "{{ клиент.адрес }}" and row.value
    before = len(opened.place.text_templates.list())
    page.fields.put_button.click()
    opened.settle()
    assert len(opened.place.text_templates.list()) == before, "what ships is not changed"
    page.add_button.click()
    opened.settle()
    page.body_text.text.clear()
    page.fields.put_button.click()
    assert page.body_text.text.toPlainText() == "{{ клиент.адрес }}"


def test_a_search_hit_opens_the_text(opened: Opened, page: TextTemplatesPage) -> None:
    row = opened.place.text_templates.add("Письмо о приёмке", body="Текст")
    opened.settle()
    hits = opened.place.searching.find("приёмке")
    assert ("text_template", row) in {(hit.target_table, hit.target_id) for hit in hits}
    shown = opened.show(Target("text_template", row))
    assert shown._shown.id == row


def test_it_is_named_in_both_languages_and_tab_goes_round(opened: Opened, page: TextTemplatesPage) -> None:
    page.own_button.click()
    opened.settle()
    assert not nameless(page)
    assert not english_words(page)
    assert not caught(opened, page)
    opened.kit.words.set_language("en")
    opened.settle()
    assert page.title() == "Texts of letters"


def test_an_empty_vault_has_texts_and_an_invented_proposal(blank: Opened) -> None:
    library_entry.register(blank.desk)
    page = blank.show(Target("texts"))
    assert page.sample.count() == 1
    assert page.result.body.toPlainText().startswith("Уважаемый Пётр Сергеевич!")
