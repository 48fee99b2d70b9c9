"""The page of a person."""

from __future__ import annotations

import pytest

from kamdesk.desktop.navigation.target import Target
from kamdesk.desktop.pages import clients, people
from kamdesk.desktop.widgets.editor_for import can_edit
from kamdesk.model.values import PartialDate


@pytest.fixture
def page(opened):
    """The one who decides."""
    for module in (clients, people):
        module.register(opened.desk)
    made = opened.show(Target("person", opened.person("Самарин")))
    made.opened_in = opened
    return made


def card(page):
    return page.opened_in.place.people.card(page.person_id())


def test_judgements_are_one_click_each(page) -> None:
    opened = page.opened_in
    page.judgements.stance.bar.choose(3)
    page.judgements.influence.bar.choose(2)
    page.judgements.wanted.bar.choose(3)
    opened.settle()
    assert (card(page).stance, card(page).influence, card(page).ladder_wanted) == (3, 2, "loyalty")
    assert card(page).stance_date == opened.place.store.now().date()
    page.judgements.stance.bar.choose(None)
    opened.settle()
    assert card(page).stance is None


def test_birthday_is_typed_as_people_type_it(page) -> None:
    opened = page.opened_in
    page.about.birthday.line.setText("29 февраля")
    page.about.birthday.flush()
    opened.settle()
    assert opened.place.facts.birthday(page.person_id()) == PartialDate(None, 2, 29)
    page.about.birthday.line.setText("31 февраля")
    page.about.birthday.flush()
    assert page.about.birthday.problem()
    page.about.birthday.restore()


def test_a_fact_asks_only_for_its_words_and_the_guard_speaks(page) -> None:
    opened = page.opened_in
    page.facts.line.start()
    page.facts.line.line.setText("Перенёс операцию на сердце")
    assert page.facts.line.hint.text()
    page.facts.line.flush()
    opened.settle()
    rows = page.facts.list.rows()
    assert any("операцию" in row._item.text for row in rows)


def test_fact_is_changed_in_its_place(page) -> None:
    opened = page.opened_in
    row = page.facts.list.rows()[0]
    row.edit()
    row._editors["text"].text.setPlainText("Ходит под парусом, ищет команду")
    row._editors["source_kind"]._write("guess")
    row._editors["source_kind"]._chosen()
    row.close_fields()
    opened.settle()
    found = [
        f for g in opened.place.facts.of_person(page.person_id()) for f in g.facts if f.id == row._item.id
    ]
    assert (found[0].text, found[0].source_kind) == ("Ходит под парусом, ищет команду", "guess")


def test_contacts_as_typed(page) -> None:
    opened = page.opened_in
    page.contacts.line.start()
    page.contacts.line.line.setText("@samarin")
    page.contacts.line.flush()
    opened.settle()
    assert ("telegram", "@samarin") in [(one.kind, one.value) for one in card(page).contacts]
    row = page.contacts.list.rows()[0]
    row.value.line.setText("new@sosnogorie.example")
    row.value.flush()
    opened.settle()
    assert "new@sosnogorie.example" in [one.value for one in card(page).contacts]


def test_relationship_with_somebody_of_the_list(page) -> None:
    opened = page.opened_in
    before = len(card(page).relations)
    page.relations.start()
    kinds = [page.relations.kind.itemData(at) for at in range(page.relations.kind.count())]
    page.relations.kind.setCurrentIndex(kinds.index(("trusts", True)))
    page.relations.other.setCurrentIndex(page.relations.other.findData(opened.person("Штерн")))
    page.relations._add()
    opened.settle()
    found = [one for one in card(page).relations if one.person.family == "Штерн" and one.kind == "trusts"]
    assert len(card(page).relations) == before + 1
    assert found[0].reverse
    page.relations.start()
    page.relations.other.setEditText("Кто-то")
    page.relations._add()
    assert page.relations.problem.text()


def test_criteria_are_ranked_and_type_is_overridden(page) -> None:
    opened = page.opened_in
    page.matters.criteria.chips.set_values(("price", "quality"))
    page.matters.criteria.chips.changed.emit(("price", "quality"))
    opened.settle()
    assert card(page).own_criteria == ("price", "quality")
    page.matters.lens._write("finance")
    page.matters.lens._chosen()
    opened.settle()
    assert card(page).own_lens == "finance"


def test_favoured_competitor_is_added_by_its_name(page) -> None:
    opened = page.opened_in
    page.judgements.favours.line.setText("Конкурент-Сервис")
    page.judgements.favours.flush()
    opened.settle()
    assert card(page).favours[1] == "Конкурент-Сервис"
    assert "Конкурент-Сервис" in [row.name for row in opened.place.organisations.list(("competitor",))]


def test_seat_is_renamed_and_left(page) -> None:
    opened = page.opened_in
    row = page.posts.list.rows()[0]
    row.title.line.setText("Председатель правления")
    row.title.flush()
    opened.settle()
    assert card(page).posts[0].title == "Председатель правления"
    row.left.click()
    opened.settle()
    assert card(page).posts[0].is_former


def test_renamed_where_the_name_stands(page) -> None:
    opened = page.opened_in
    page.name.line.setText("Самарин Игорь Андреевич")
    page.name.flush()
    opened.settle()
    assert card(page).name.middle == "Андреевич"
    opened.window.undo_requested.emit()
    opened.settle()
    assert page.name.value() == "Самарин Игорь Павлович"


def test_case_forms_can_be_written(page) -> None:
    opened = page.opened_in
    page.about.fields.open_field("name_dative")
    editor = page.about.fields.editor("name_dative")
    editor.line.setText("Самарину Игорю Павловичу")
    editor.flush()
    opened.settle()
    values = {one.spec.name: one.value for one in opened.place.records.form("person", page.person_id())}
    assert values["name_dative"] == "Самарину Игорю Павловичу"


def test_every_declared_field_has_a_place_on_the_page(page) -> None:
    """A new column in ``model/tables/person.py`` is on the page without a line here."""
    elsewhere = {
        "family_name",
        "given_name",
        "middle_name",
        "lens",
        "influence",
        "stance",
        "ladder_now",
        "ladder_wanted",
    }
    with_the_stance = {"stance_evidence", "stance_date"}
    declared = (
        {spec.name for spec in page.opened_in.place.records.specs("person") if can_edit(spec)}
        - elsewhere
        - with_the_stance
    )
    assert {page.about.fields.editor(name).objectName() for name in declared} == declared


def test_another_language_keeps_what_is_typed(page) -> None:
    opened = page.opened_in
    page.facts.line.start()
    page.facts.line.line.setText("Недописанное")
    opened.kit.words.set_language("en")
    opened.settle()
    assert page.facts.line.line.text() == "Недописанное"
    assert page.facts.heading.text() == "What we know"
    opened.kit.words.set_language("ru")
    page.facts.line.close_line()


def test_a_photo_is_decoded_and_shown(page, tmp_path) -> None:
    from PySide6.QtGui import QImage

    opened = page.opened_in
    picture = QImage(40, 40, QImage.Format.Format_RGB32)
    picture.fill(0x336699)
    picture.save(str(tmp_path / "me.png"))
    page.take_photo(tmp_path / "me.png")
    opened.settle()
    assert card(page).photo_id
    assert not page.avatar._photo.isNull()
