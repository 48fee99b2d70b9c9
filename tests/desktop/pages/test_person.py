"""The page of a person."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import QMimeData, Qt, QUrl
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel

from kamdesk.desktop.navigation.target import Target
from kamdesk.desktop.pages import clients, people
from kamdesk.desktop.pages.person_field import PersonField
from kamdesk.desktop.widgets.editor_for import can_edit
from kamdesk.model.tables import Deal
from kamdesk.model.values import PartialDate
from tests.desktop.pages.walk import caught, nameless


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


def texts_of(page) -> list[str]:
    groups = page.opened_in.place.facts.of_person(page.person_id())
    return [fact.text for group in groups for fact in group.facts]


def ask(page, text: str) -> None:
    """Type what the guard warns of and press Enter."""
    page.facts.start()
    page.facts.line.line.setText(text)
    assert page.facts.line.hint.text()
    page.facts.line._enter()
    page.opened_in.settle()


def test_the_guard_keeps_the_words_until_somebody_decides(page) -> None:
    opened = page.opened_in
    ask(page, "Перенёс операцию на сердце")
    assert "Перенёс операцию на сердце" not in texts_of(page)
    assert page.facts.line.line.text() == "Перенёс операцию на сердце"
    assert page.facts.question.isVisible()
    assert opened.place.drafts.get(f"fact:new:{page.person_id()}") == "Перенёс операцию на сердце"
    assert page.unsaved()
    page.facts.question.change.click()
    assert page.facts.line.line.text() == "Перенёс операцию на сердце"
    page.facts.line._enter()
    opened.settle()
    page.facts.question.store.click()
    opened.settle()
    assert "Перенёс операцию на сердце" in texts_of(page)
    assert not page.facts.question.isVisible()
    assert opened.place.drafts.get(f"fact:new:{page.person_id()}") == ""


def test_what_the_guard_saw_can_be_left_unstored(page) -> None:
    before = texts_of(page)
    ask(page, "Ходит в мечеть")
    page.facts.question.forget.click()
    page.opened_in.settle()
    assert texts_of(page) == before
    assert page.opened_in.place.drafts.get(f"fact:new:{page.person_id()}") == ""


def test_words_that_wait_come_back_with_the_page(page) -> None:
    opened = page.opened_in
    ask(page, "У него диабет")
    person = page.person_id()
    opened.window.forget("person", person)
    opened.show(Target("clients"))
    again = opened.show(Target("person", person))
    assert again.facts.line.line.text() == "У него диабет"
    assert again.facts.line.isVisible()


def test_topics_stand_first_and_apart(page) -> None:
    opened, person = page.opened_in, page.person_id()
    opened.place.facts.add(person, "Парусный спорт", kind="topic_good")
    opened.place.facts.add(person, "Уход прежнего директора", kind="topic_avoid")
    opened.settle()
    good, avoid = page.facts.topics["topic_good"], page.facts.topics["topic_avoid"]
    assert "Парусный спорт" in [row._item.text for row in good.list.rows()]
    assert "Уход прежнего директора" in [row._item.text for row in avoid.list.rows()]
    assert good.y() < avoid.y() < page.facts.list.y()
    assert all(row._item.kind not in page.facts.topics for row in page.facts.list.rows())


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
    row._set("sensitivity", "private")
    opened.settle()
    assert row._item.sensitivity == "private"
    assert row.meta["sensitivity"].text() == "Только для меня"


def test_a_stale_fact_says_so_in_words_and_is_confirmed(page) -> None:
    opened = page.opened_in
    added = opened.place.facts.add(page.person_id(), "Строит дачу")
    opened.place.facts.change(added.id, noted_on=date(2024, 1, 5), review_by=date(2025, 1, 5))
    opened.settle()
    row = page.facts.list.row(added.id)
    assert row.stale.isVisible()
    assert "2 года назад" in row.stale_words.text()
    row.confirm()
    opened.settle()
    assert not row.stale.isVisible()


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


def relate(page, kind: tuple[str, bool]) -> None:
    page.relations.start()
    kinds = [page.relations.kind.itemData(at) for at in range(page.relations.kind.count())]
    page.relations.kind.setCurrentIndex(kinds.index(kind))


def test_relationship_with_somebody_of_any_client_or_new(page) -> None:
    opened = page.opened_in
    before = len(card(page).relations)
    relate(page, ("trusts", True))
    page.relations.other.setText("Штерн")
    page.relations.other._ask()
    opened.settle()
    words = page.relations.other._names.stringList()[0]
    assert words.startswith("Штерн")
    page.relations.other.setText(words)
    page.relations._add()
    opened.settle()
    found = [one for one in card(page).relations if one.person.family == "Штерн" and one.kind == "trusts"]
    assert len(card(page).relations) == before + 1
    assert found[0].reverse
    relate(page, ("trusts", True))
    page.relations.other.setText(words)
    page.relations._add()
    opened.settle()
    assert page.relations.problem.text()
    relate(page, ("classmate", False))
    page.relations.other.setText("Новиков Сергей")
    page.relations._add()
    opened.settle()
    assert "Новиков" in [one.person.family for one in card(page).relations]
    relate(page, ("classmate", False))
    page.relations._add()
    assert page.relations.problem.text()


def test_a_relationship_is_changed_where_it_stands(page) -> None:
    opened = page.opened_in
    tie = opened.place.relationships.add(page.person_id(), opened.person("Штерн"), "mentor")
    opened.settle()
    row = page.relations.list.row(tie)
    row.edit()
    row._editors["kind"]._write("mentor~")
    row._editors["kind"]._chosen()
    row._editors["strength"]._write("3")
    row._editors["strength"]._chosen()
    row._editors["since"].line.setText("2019")
    row.close_fields()
    opened.settle()
    seen = next(one for one in card(page).relations if one.id == tie)
    assert (seen.reverse, seen.strength, seen.since) == (True, 3, PartialDate(2019))
    assert "с" in row.detail.text()


def test_an_expected_change_happens_in_one_step(page) -> None:
    opened = page.opened_in
    page.expected.line.start()
    page.expected.kind.setCurrentIndex(page.expected.kind.findData("retires"))
    page.expected.day.setText("март 2026")
    page.expected._enter()
    opened.settle()
    (change,) = card(page).expected
    assert (change.kind, change.date) == ("retires", PartialDate(2026, 3))
    row = page.expected.list.rows()[0]
    row.happened.click()
    row._ask.findChild(PersonField).setText("Орлов Денис")
    row._happen(successor="Орлов Денис")
    opened.settle()
    assert card(page).posts[0].is_former
    assert "Орлов" in [one.person.family for one in card(page).relations]
    opened.window.undo_requested.emit()
    opened.settle()
    assert not card(page).posts[0].is_former


def test_cadence_is_one_click_or_a_number(page) -> None:
    opened = page.opened_in
    page.touch.chips[91].click()
    opened.settle()
    assert card(page).cadence_days == 91
    page.touch.own.line.setText("45")
    page.touch.own.flush()
    opened.settle()
    assert card(page).cadence_days == 45
    assert page.touch.words.text()
    page.touch.own.line.setText("0")
    page.touch.own.flush()
    opened.settle()
    assert page.touch.own.problem()
    page.touch.own.restore()
    page.touch.chips[None].click()
    opened.settle()
    assert (card(page).cadence_days, card(page).freshness) == (None, "grey")


def test_parts_of_one_deal_stand_apart(page) -> None:
    opened, client = page.opened_in, page.client_id()

    def deal(session):
        row = Deal(organisation_id=client, name="Сушильная линия")
        session.add(row)
        session.flush()
        return row.id

    made = opened.place.store.write("record.add", {"noun": "", "name": ""}, deal)
    opened.settle()
    page.matters._open_deal(made)
    page.matters.deals.row(made).parts.chips.add("approver")
    opened.settle()
    assert [one.codes for one in card(page).deal_parts if one.deal_id == made] == [("approver",)]
    opened.place.preferences.set(buyer_set="buyers")
    opened.settle()
    codes = {one.code for one in page.matters.part_options(())}
    assert "economic_buyer" in codes
    assert "decider" not in codes


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


def test_seat_is_renamed_left_and_come_back_to(page) -> None:
    opened = page.opened_in
    row = page.posts.list.rows()[0]
    row.title.line.setText("Председатель правления")
    row.title.flush()
    opened.settle()
    assert card(page).posts[0].title == "Председатель правления"
    row.left.click()
    opened.settle()
    assert card(page).posts[0].is_former
    row.back.click()
    opened.settle()
    assert [post.is_former for post in card(page).posts] == [False, True]


def test_moved_to_another_company_in_one_action(page) -> None:
    opened = page.opened_in
    here = card(page).posts[0].organisation_id
    page.posts.move_line.start()
    page.posts.move_line.line.setText("АО «Вектор», генеральный директор")
    page.posts.move_line.day.setText("февраль 2026")
    page.posts.move_line._enter()
    opened.settle()
    now, then = card(page).posts
    assert (now.organisation, now.title, now.since) == (
        "АО «Вектор»", "генеральный директор", PartialDate(2026, 2),
    )  # fmt: skip
    assert (then.organisation_id, then.is_former) == (here, True)
    page.posts.move_line.start()
    page.posts.move_line.line.setText("Север")
    page.posts.move_line.day.setText("ерунда")
    page.posts.move_line._enter()
    assert page.posts.move_line.hint.text()
    page.posts.move_line.close_line()


def test_unit_dates_and_boss_of_a_post(page) -> None:
    opened = page.opened_in
    row = page.posts.list.rows()[0]
    row.edit()
    opened.settle()
    row._editors["since"].line.setText("2018")
    row._editors["unit"].line.setText("Совет")
    row.close_fields()
    opened.settle()
    assert (card(page).posts[0].since, card(page).posts[0].unit) == (PartialDate(2018), "Совет")
    client = card(page).posts[0].organisation_id
    seat = opened.place.organisations.add_seat(client, "Председатель совета")
    row.edit()
    opened.settle()
    boss = row._editors["boss"]
    boss._write(seat)
    boss._chosen()
    opened.settle()
    assert "Председатель совета, вакантно" in row.vacant.text()
    row.close_fields()


def test_renamed_where_the_name_stands(page) -> None:
    opened = page.opened_in
    page.name.line.setText("Самарин Игорь Андреевич")
    page.name.flush()
    opened.settle()
    assert card(page).name.middle == "Андреевич"
    opened.window.undo_requested.emit()
    opened.settle()
    assert page.name.value() == "Самарин Игорь Павлович"


def test_case_forms_are_computed_overridden_and_reset(page) -> None:
    opened = page.opened_in
    page.forms.unfold()
    opened.settle()
    row = page.forms.rows["name_dative"]
    assert row.editor.line.placeholderText() == "Самарину Игорю Павловичу"
    row.editor.line.setText("Самарину И. П.")
    row.editor.flush()
    opened.settle()
    values = {one.spec.name: one.value for one in opened.place.records.form("person", page.person_id())}
    assert values["name_dative"] == "Самарину И. П."
    assert row.reset.isVisible()
    row.reset.click()
    opened.settle()
    assert row.editor.value() == ""
    title = page.forms.rows["title_genitive"]
    assert title.editor.line.placeholderText() == "Генерального директора"


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
        "cadence_days",
    }
    with_the_stance = {"stance_evidence", "stance_date"}
    declared = (
        {spec.name for spec in page.opened_in.place.records.specs("person") if can_edit(spec)}
        - elsewhere
        - with_the_stance
        - set(page.forms.rows)
    )
    assert set(page.forms.rows) >= {"salutation", "name_genitive", "name_dative", "name_instrumental"}
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


def picture() -> QImage:
    made = QImage(60, 40, QImage.Format.Format_RGB32)
    made.fill(0x993366)
    return made


def test_a_photo_is_pasted_dropped_removed_and_undone(page, tmp_path) -> None:
    opened = page.opened_in
    QGuiApplication.clipboard().setImage(picture())
    QTest.keyClick(page.tabs, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    opened.settle()
    assert page.avatar.has_photo()
    kept = opened.place.files.content(card(page).photo_id)
    assert QImage.fromData(kept).size().toTuple() == (40, 40)
    page.photo.remove()
    opened.settle()
    assert not page.avatar.has_photo()
    opened.window.undo_requested.emit()
    opened.settle()
    assert page.avatar.has_photo()
    picture().save(str(tmp_path / "other.png"))
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(tmp_path / "other.png"))])
    before = card(page).photo_id
    page.avatar.dropped.emit(data)
    opened.settle()
    assert card(page).photo_id != before
    QGuiApplication.clipboard().clear()


def test_what_is_no_picture_is_told_and_changes_nothing(page, tmp_path) -> None:
    opened = page.opened_in
    (tmp_path / "me.png").write_bytes(b"<svg xmlns='http://www.w3.org/2000/svg'/>")
    page.take_photo(tmp_path / "me.png")
    opened.settle()
    assert card(page).photo_id is None
    assert "PNG" in " ".join(label.text() for label in opened.window.notices.findChildren(QLabel))
    QGuiApplication.clipboard().clear()
    assert not page.photo.paste()


def test_every_part_has_a_name_and_tab_goes_through(page) -> None:
    opened = page.opened_in
    page.posts.list.rows()[0].edit()
    opened.settle()
    assert nameless(page) == []
    assert not caught(opened, page, 60)


def test_a_page_with_a_long_history_reads_it_only_when_asked(page) -> None:
    assert page.history.list.rows() == []
    page.tabs.setCurrentIndex(1)
    page.opened_in.settle()
    assert page.history.list.rows()


def test_a_letter_in_english_has_a_salutation_and_no_cases(english) -> None:
    for module in (clients, people):
        module.register(english.desk)
    person = next(row.id for row in english.place.people.list() if row.organisation_id == english.client)
    shown = english.show(Target("person", person))
    shown.forms.unfold()
    english.settle()
    assert shown.forms.rows["salutation"].editor.line.placeholderText().startswith("Dear ")
    assert not shown.forms.rows["name_dative"].editor.isVisible()


def test_a_courtesy_title_and_initials_by_hand_are_seen_in_the_letter_below(page) -> None:
    opened = page.opened_in
    page.forms.unfold()
    opened.settle()
    for name, text in (("courtesy_title", "профессор"), ("initials", "Иг. Самарин")):
        editor = page.forms.rows[name].editor
        editor.line.setText(text)
        editor.flush()
        opened.settle()
    looked = page.forms.look.text()
    assert "Уважаемый профессор Самарин!" in looked
    assert "Иг.\u00a0Самарин" in looked and "Самарину\u00a0Иг." in looked
