"""The page of the dossier standard, and its two sections on the pages of clients and people."""

from __future__ import annotations

from pathlib import Path

import pytest

from kamdesk.desktop.navigation.target import Target
from kamdesk.desktop.pages import library_entry
from kamdesk.desktop.pages.own_fields import OwnFields, ToLearn
from tests.services.test_standard import forget_standard


@pytest.fixture(autouse=True)
def _registered(opened) -> None:
    forget_standard(opened.place)
    library_entry.register(opened.desk)


def test_a_field_is_added_given_choices_and_removed(opened) -> None:
    page = opened.show(Target("standard"))
    section = page.sections["fields", "organisation"]
    section.line.start()
    section.line.line.setText("Склад")
    section.line.flush()
    opened.settle()
    (row,) = section.list.rows()
    (field,) = opened.place.standard.fields("organisation")
    assert field.label_ru == "Склад"
    opened.place.standard.set_field(field.id, kind="choice", choices=("свой", "чужой"))
    opened.settle()
    assert row.editors["choices"].isVisibleTo(row)
    row.removed.emit()
    opened.settle()
    assert section.list.rows() == []
    opened.place.vault.history.undo()
    opened.settle()
    assert len(section.list.rows()) == 1


def test_a_question_is_reworded_and_moved(opened) -> None:
    page = opened.show(Target("standard", "", "questions"))
    section = page.sections["questions", "person"]
    before = opened.place.questions.list("person")
    first = section.list.rows()[0]
    first.changed.emit("text_ru", "Кем работает?")
    opened.settle()
    assert opened.place.questions.list("person")[0].text_ru == "Кем работает?"
    section.list.rows()[0].moved.emit(1)
    opened.settle()
    assert opened.place.questions.list("person")[1].id == before[0].id


def test_the_standard_is_saved_and_taken_over(opened, tmp_path: Path) -> None:
    page = opened.show(Target("standard"))
    opened.place.standard.add_field("person", "text", "Школа")
    file = tmp_path / "standard.json"
    page.give_file(file)
    opened.settle()
    opened.place.vault.history.undo()
    opened.settle()
    page.take_file(file)
    opened.settle()
    assert [one.label_ru for one in opened.place.standard.fields()] == ["Школа"]
    page.take_file(tmp_path / "missing.json")
    opened.settle()


def test_own_fields_are_shown_and_saved(opened) -> None:
    standard = opened.place.standard
    text = standard.add_field("organisation", "text", "Станция")
    choice = standard.add_field("organisation", "choice", "Склад", choices=("свой", "чужой"))
    standard.set_value(text, opened.client, "Крюково")
    section = OwnFields(opened.desk, "organisation")
    section.show_values(opened.client, standard.values("organisation", opened.client))
    editor = section._fields.editor(choice)
    editor.combo.setCurrentIndex(2)
    editor.combo.activated.emit(2)
    opened.settle()
    values = {one.field.id: one.value for one in standard.values("organisation", opened.client)}
    assert values == {text: "Крюково", choice: "чужой"}
    section.deleteLater()


def test_open_questions_lead_somewhere_and_can_be_put_aside(opened) -> None:
    led: list[str] = []
    section = ToLearn(opened.desk, "organisation", led.append)
    client = opened.place.organisations.add("Новый клиент")
    asked = opened.place.questions.to_learn("organisation", client)
    section.show_questions(client, asked)
    row = section.list.rows()[0]
    row.text.click()
    assert led == [asked[0].about]
    row.aside.click()
    opened.settle()
    assert asked[0] not in opened.place.questions.to_learn("organisation", client)
    section.deleteLater()
