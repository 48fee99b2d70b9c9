"""The index follows every change and finds whatever is typed, or nothing, never an error."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kamdesk.model.tables import Interaction, Participant, Person, Recommender
from kamdesk.store import search, text
from kamdesk.store.raw import raw
from kamdesk.store.search_reading import Entry, Reading, sought
from kamdesk.store.search_terms import Terms
from tests.store.conftest import add_client, add_note, add_person, edit

HOSTILE = [
    "иван-петров",
    "C++",
    '"',
    "(",
    ")",
    "*",
    "' OR 1=1 --",
    "x" * 10_000,
    "a" * 70,
    "NOT",
    "AND OR",
    "name:",
    "^",
    "{",
    "\x00",
    "\u202e",
    "🙂",
    "\ud83d",
]


def entries(store, query: str) -> list[Entry]:
    """Every entry that the words of a text are found in."""

    def work(session) -> list[Entry]:
        run, terms = raw(session.connection()), Terms()
        words = [sought(run, terms, word) for word in text.query_words(query)]
        return list(Reading(run, terms, words).all_hits(1_000) or ()) if words else []

    return store.read(work)


def found(store, query: str) -> list[str]:
    def body(one: Entry) -> str:
        row = "SELECT title, body FROM search_entry WHERE id = ?"
        return store.read(lambda s: raw(s.connection()).execute(row, (one.id,)).fetchone())

    return [f"{one.owner_table}:{one.title or body(one)[1]}" for one in entries(store, query)]


def test_petr_is_found_however_he_is_typed(store) -> None:
    add_person(store, "Алёхин", "Пётр")
    for query in ("петр", "ПЕТР", "Пётр", "пет", "алех пётр", "Петр Алёх", "\u0435\u0308"):
        assert len(found(store, query)) == (0 if query == "\u0435\u0308" else 1), query
    assert found(store, "петров") == []


def test_short_i_stays_and_accents_go() -> None:
    assert text.fold("Йод Ёлка café ＡＢ") == "йод елка cafe ab"
    assert text.fold("и\u0306") == "й" and text.fold(None) == ""
    assert text.words("АО «Прогресс-2», e-mail") == ["ао", "прогресс", "2", "e", "mail"]


def test_a_hit_opens_the_page_it_stands_on(store) -> None:
    client, person = add_client(store, "Завод"), add_person(store, "Иванов")
    add_note(store, "квазар", organisation_id=client)
    add_note(store, "квазар", person_id=person)
    hits = entries(store, "квазар")
    assert {(one.table, one.owner_table, one.owner_id) for one in hits} == {
        ("note", "organisation", client), ("note", "person", person),
    }  # fmt: skip
    assert not any(one.title for one in hits)


def test_edits_deletions_cascades_and_undo_reach_the_index(vault, store) -> None:
    client = add_client(store, "Завод")
    note = add_note(store, "квазар", organisation_id=client)
    store.write("record.delete", {}, lambda s: s.delete(s.get(search.entity_of("organisation"), client)))
    assert found(store, "квазар") == [] and found(store, "завод") == []
    vault.history.undo()
    assert len(found(store, "квазар")) == 1
    edit(store, search.entity_of("note"), note, text="пульсар")
    assert found(store, "квазар") == [] and len(found(store, "пульсар")) == 1
    before = store.read(
        lambda s: s.connection().exec_driver_sql("SELECT title, body FROM search_entry ORDER BY 1, 2").all()
    )
    store.on_writer(search.rebuild)
    assert (
        store.read(
            lambda s: (
                s.connection().exec_driver_sql("SELECT title, body FROM search_entry ORDER BY 1, 2").all()
            )
        )
        == before
    )


def test_private_words_of_links_do_not_leak_between_pages(store) -> None:
    person = add_person(store, "Иванов")

    def work(session) -> None:
        meeting = Interaction(purpose="Смета")
        session.add(meeting)
        session.flush()
        session.add(Participant(interaction_id=meeting.id, person_id=person))
        session.add(Recommender(family_name="Иванов"))

    store.write("record.add", {}, work)
    assert found(store, "смета") == ["interaction:Смета"]
    assert sorted(found(store, "иванов")) == ["person:Иванов", "recommender:Иванов"]
    assert store.read(lambda s: s.query(Person).count()) == 1


@pytest.mark.parametrize("query", HOSTILE)
def test_hostile_input_is_only_words(store, query: str) -> None:
    add_person(store, "Иванов", "x")
    found(store, query)


@given(query=st.text(max_size=80))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_query_is_an_error(store, query: str) -> None:
    found(store, query)


def terms(store) -> set[str]:
    return set(
        store.read(lambda s: [row[0] for row in raw(s.connection()).execute("SELECT term FROM search_term")])
    )


def test_a_word_is_kept_as_long_as_an_entry_has_it(vault, store) -> None:
    client = add_client(store, "Завод")
    one, two = (add_note(store, text, organisation_id=client) for text in ("квазар пульсар", "квазар"))
    assert {"завод", "квазар", "пульсар"} <= terms(store)
    edit(store, search.entity_of("note"), one, text="комета")
    assert terms(store) == {"завод", "квазар", "комета"}
    store.write("record.delete", {}, lambda s: s.delete(s.get(search.entity_of("note"), two)))
    assert terms(store) == {"завод", "комета"}
    vault.history.undo()
    assert terms(store) == {"завод", "комета", "квазар"}
    store.on_writer(search.rebuild)
    assert terms(store) == {"завод", "комета", "квазар"}


def test_forms_of_one_word_and_family_names() -> None:
    assert {text.stem(one) for one in ("договор", "договоры", "договорами", "договоров")} == {"договор"}
    assert text.stem("петров") == "петров" != text.stem("петр")
    assert text.stem("meetings") == text.stem("meeting") == "meet"


def test_near_words_are_few_errors_away(store) -> None:
    for family in ("Иванов", "Кузнецов", "Ли", "Тимирязевский"):
        add_person(store, family)

    def near(word: str, unfinished: bool = False) -> list[str]:
        return store.read(lambda s: Terms().near(raw(s.connection()), word, unfinished=unfinished, limit=5))

    assert near("ивнаов") == near("иваноф") == near("ванов") == ["иванов"]
    assert near("кузнитцов") == near("кузнеццовв") == ["кузнецов"]
    assert near("ла") == near("иваф") == near("совершенно") == []
    assert near("тимерязе", unfinished=True) == ["тимирязевский"]


def test_phones_are_one_number_however_written() -> None:
    forms = text.phone_words("+7 495 123-45-67").split()
    assert forms == text.phone_words("8 (495) 1234567").split()
    assert {"74951234567", "84951234567", "4951234567", text.from_behind("4951234567")} >= set(forms[1:3])
    assert (
        text.phone_words("123") == ""
        and text.indexed("счёт 40702810000000000001") == "счет 40702810000000000001"
    )
    assert text.joined_numbers("иванов 8 (495) 123") == "иванов 8495123"
