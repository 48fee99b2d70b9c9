"""What people type: forms, errors, other layouts, phones, filters; what is found leads to the right page."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from kamdesk.model.tables import (
    Attachment,
    Contact,
    CustomField,
    CustomValue,
    Deal,
    ExpectedChange,
    Fact,
    Interaction,
    Note,
    Organisation,
    Part,
    Participant,
    Person,
    Statement,
    Unit,
)
from kamdesk.model.values import PartialDate
from kamdesk.services.searching import Searching
from kamdesk.store.search import SOURCES, searched_tables
from kamdesk.translation import shipped_vocabularies


@pytest.fixture
def search(store) -> Searching:
    return Searching(store, shipped_vocabularies)


@pytest.fixture
def filled(store, plant) -> dict[str, str]:
    """More on the client and its people, and a second client."""

    def work(session) -> dict[str, str]:
        other = Organisation(short_name="Smith & Sons", territory="Тверь", tags=("стратегический",))
        session.add(other)
        session.flush()
        client, petr = plant["client"], plant["petr"]
        deal = Deal(organisation_id=client, name="Линия розлива")
        field = CustomField(label_ru="Любимый клуб")
        talk = Interaction(organisation_id=client, purpose="Смета", starts_at=datetime(2026, 2, 3, 10))
        session.add_all([deal, field, talk])
        session.flush()
        session.add_all(
            [
                Statement(organisation_id=client, text="Расширяет цех окраски"),
                Unit(organisation_id=client, name="Литейка"),
                ExpectedChange(person_id=petr, text="Уходит в отпуск"),
                Attachment(organisation_id=client, name="Регламент.docx", text="порядок тендера"),
                Attachment(person_id=petr, name="Визитка.png"),
                Note(deal_id=deal.id, text="Просили рассрочку"),
                Note(person_id=petr, text="Обсудили договоры поставки", written_on=date(2024, 5, 1)),
                CustomValue(field_id=field.id, person_id=petr, value="Торпедо"),
                Contact(person_id=petr, kind="phone", value="8 (495) 123-45-67", normalised="+74951234567"),
                Contact(person_id=plant["anna"], kind="email", value="anna@zavod.example"),
                Fact(person_id=petr, kind="birthday", date=PartialDate(1975, 3, 5)),
                Fact(person_id=plant["anna"], kind="birthday", date=PartialDate(None, 7, 20)),
                Part(person_id=petr, organisation_id=client, code="decider"),
                Participant(interaction_id=talk.id, person_id=petr),
            ]
        )
        session.get(Person, petr).stance = 2
        session.get(Person, plant["anna"]).lens = "finance"
        session.flush()
        return {**plant, "other": other.id, "deal": deal.id, "talk": talk.id}

    return store.write("record.add", {"noun": "", "name": "x"}, work)


def pages(found) -> set[tuple[str, str]]:
    return {(hit.target_table, hit.target_id) for hit in found}


@pytest.mark.parametrize(
    "typed",
    [
        "иванова", "Ивановым", "Ивонов", "иавнов", "bdfyjd", "Bdfyjd gtnh", "bdfyjd пётр", "ivanov", "ИВАН",
        "84951234567", "+7 495 123-45-67", "8 495 123", "123-45-67", "4567", "495123", "8(495)1234567",
        "договорами", "договор поставок", "отпуске", "торпедо", "др:март", "др:03", 'др:"5 марта"', "birthday:march", "роль:реш", "role:decider",
        "отношение:+", "stance:поддерживает", "человек:иванов", "клиент:прогресс иванов",
    ],
)  # fmt: skip
def test_petr_is_found(search: Searching, filled, typed: str) -> None:
    assert ("person", filled["petr"]) in pages(search.find(typed))


@pytest.mark.parametrize(
    "typed", ["ыьшер", "smiht", "смит", "город:тверь", "тег:страт", "клиент:smith", "city:твер"]
)
def test_smith_is_found(search: Searching, filled, typed: str) -> None:
    assert ("organisation", filled["other"]) in pages(search.find(typed))


@pytest.mark.parametrize(
    ("typed", "page", "source"),
    [
        ("розлива", ("deal", "deal"), "deal"),
        ("рассрочку", ("deal", "deal"), "note"),
        ("окраски", ("organisation", "client"), "statement"),
        ("литейка", ("organisation", "client"), "unit"),
        ("тендера", ("organisation", "client"), "attachment"),
        ("визитка", ("person", "petr"), "attachment"),
        ("смета", ("interaction", "talk"), "interaction"),
    ],
)
def test_each_row_leads_to_its_page(search: Searching, filled, typed: str, page, source: str) -> None:
    (hit,) = search.find(typed)
    assert (hit.target_table, hit.target_id, hit.source_table) == (page[0], filled[page[1]], source)
    if page[0] in ("deal", "interaction"):
        assert hit.client_id == filled["client"]


def test_what_was_taken_for_the_typed_words_is_said(search: Searching, filled) -> None:
    assert search.look("bdfyjd").shown_for == "Иванов"
    assert search.look("Ивонов").shown_for == "Иванов"
    assert search.look("иванов").shown_for == ""
    assert {hit.found_as for hit in search.find("bdfyjd")} == {"layout"}
    assert {hit.found_as for hit in search.find("Ивонов")} == {"typing"}


def test_words_are_marked_where_they_stand(search: Searching, filled) -> None:
    (hit,) = search.find("рассрочк")
    assert [hit.matched[start:end] for start, end in hit.matched_marks] == ["рассрочку"]
    hit = search.find("петр иван")[0]
    assert [hit.title[start:end] for start, end in hit.title_marks] == ["Иван", "Пётр"]
    (hit,) = [one for one in search.find("договором") if one.source_table == "note"]
    assert [hit.matched[start:end] for start, end in hit.matched_marks] == ["договоры"]


def test_the_exact_name_stands_before_its_beginning_and_its_errors(search: Searching, store) -> None:
    def work(session) -> None:
        session.add_all(Person(family_name=name) for name in ("Петровский", "Петров", "Петрова", "Ветров"))

    store.write("record.add", {"noun": "", "name": "x"}, work)
    assert search.find("петров")[0].title == "Петров"
    assert {hit.title for hit in search.find("петров")} == {"Петров", "Петрова", "Петровский"}
    assert search.find("петровск")[0].title == "Петровский"


def test_filters_narrow_and_say_what_they_do_not_know(search: Searching, filled) -> None:
    assert pages(search.find("договор клиент:smith")) == set()
    assert pages(search.find("договор что:заметка")) == {("person", filled["petr"])}
    assert pages(search.find("договор что:факт")) == set()
    assert pages(search.find("договор с:2025")) == set() and pages(search.find("договор с:2024 по:2024"))
    assert pages(search.find("что:сделка")) == {("deal", filled["deal"])}
    assert pages(search.find("тип:фин что:люди")) == {("person", filled["anna"])}
    assert pages(search.find("прогресс в:имени")) == {("organisation", filled["client"])}
    codes = [(message.code, message.params["name"]) for message in search.problems("foo:x роль:ъъ др:ъъ")]
    assert codes == [
        ("search.unknown_filter", "foo"),
        ("search.unknown_value", "роль"),
        ("search.unknown_date", "др"),
    ]
    assert search.problems("роль:") == search.problems("иванов") == ()


def test_lists_use_the_same_language(search: Searching, filled) -> None:
    petr, anna, client, other = (filled[name] for name in ("petr", "anna", "client", "other"))
    assert search.ids("", "person") is None and search.ids("роль:", "person") is None
    assert search.ids("иванов прогресс", "person") == {petr}
    assert search.ids("финансовый", "person") == {anna}
    assert search.ids("zavod.example", "person") == {anna}
    assert search.ids("bdfyjd", "person") == search.ids("ивонов", "person") == {petr}
    assert search.ids("клиент:прогресс", "person") == {petr, anna}
    assert search.ids("роль:реш", "organisation") == {client}
    assert search.ids("тег:страт", "organisation") == {other}
    assert search.ids("клиент:прогресс отношение:+", "person") == {petr}
    assert search.ids("ъъъъъъъ", "person") == frozenset()
    with pytest.raises(ValueError, match="deal"):
        search.ids("x", "deal")


def test_a_change_is_followed_by_what_is_kept(search: Searching, filled, store) -> None:
    assert search.ids("роль:реш", "person") == {filled["petr"]}
    store.write(
        "record.add", {"noun": "", "name": "x"},
        lambda s: s.add(Part(person_id=filled["anna"], organisation_id=filled["client"], code="decider")),
    )  # fmt: skip
    assert search.ids("роль:реш", "person") == {filled["petr"], filled["anna"]}
    store.write("record.add", {"noun": "", "name": "x"}, lambda s: s.add(Person(family_name="Квазимодов")))
    assert [hit.title for hit in search.find("квозимодов")] == ["Квазимодов"]


def test_filters_and_values_are_suggested(search: Searching, filled) -> None:
    assert [one.text for one in search.suggest("иванов кли", "ru")] == ["иванов клиент:"]
    assert [one.text for one in search.suggest("client:про", "en")] == ['client:"Завод Прогресс" '] or [
        one.label for one in search.suggest("client:про", "en")
    ] == ['client:"Завод «Прогресс»"']
    assert [one.text for one in search.suggest("др:ма", "ru")] == ["др:март ", "др:май "]
    assert "тег:стратегический " in [one.text for one in search.suggest("тег:", "ru")]
    assert search.suggest("", "ru") == search.suggest("клиент:x ", "ru") == ()


def test_a_suggested_client_is_found(search: Searching, filled) -> None:
    text = search.suggest("клиент:про", "ru")[0].text
    assert ("organisation", filled["client"]) in pages(search.find(text))


def test_every_searched_table_has_its_room() -> None:
    assert searched_tables() == set(SOURCES)


def test_more_than_is_shown_is_counted(search: Searching, store) -> None:
    store.write(
        "record.add", {"noun": "", "name": "x"},
        lambda s: s.add_all(Person(family_name=f"Морозов{number}") for number in range(200)),
    )  # fmt: skip
    (group,) = search.look("мороз").groups
    assert (group.kind, len(group.hits), group.more) == ("person", 6, True) and group.count >= 6
    (group,) = search.look("морозов7").groups
    assert (group.count, group.more) == (11, False)
