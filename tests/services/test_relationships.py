"""Ties: one record read from both ends, no doubles, across clients, with somebody new in the same step."""

from __future__ import annotations

import pytest

from kamdesk.model.messages import KamdeskError
from kamdesk.model.tables import Person
from kamdesk.model.values import PartialDate
from kamdesk.services.influence import Influence
from kamdesk.services.relationships import Relationships, directed
from kamdesk.services.vocabulary import VocabularyService
from kamdesk.translation import shipped_vocabularies


@pytest.fixture
def words(store) -> VocabularyService:
    return VocabularyService(store, shipped_vocabularies())


@pytest.fixture
def ties(store, words) -> Relationships:
    return Relationships(store, lambda: words.current)


def code_of(call) -> str:
    with pytest.raises(KamdeskError) as raised:
        call()
    return raised.value.message.code


def test_a_tie_is_seen_from_both_ends(ties, plant) -> None:
    new = ties.add(
        plant["petr"], plant["anna"], "trusts", strength=3, since=PartialDate(2019), note="ещё с завода"
    )
    (mine,) = ties.of_person(plant["petr"])
    (theirs,) = ties.of_person(plant["anna"])
    assert (mine.id, mine.reverse, mine.person.family, mine.strength) == (new, False, "Ёлкина", 3)
    assert (theirs.id, theirs.reverse, theirs.person.family, theirs.note) == (
        new,
        True,
        "Иванов",
        "ещё с завода",
    )
    assert (theirs.organisation, theirs.since, theirs.sensitivity) == (
        "Завод «Прогресс»",
        PartialDate(2019),
        "private",
    )


def test_recorded_from_the_other_end(ties, plant) -> None:
    ties.add(plant["petr"], plant["anna"], "trusts", reverse=True)
    assert ties.of_person(plant["petr"])[0].reverse
    assert not ties.of_person(plant["anna"])[0].reverse


def test_doubles_and_oneself_are_refused(ties, plant) -> None:
    petr, anna = plant["petr"], plant["anna"]
    ties.add(petr, anna, "ally")
    assert code_of(lambda: ties.add(anna, petr, "ally")) == "relation.twice"
    ties.add(petr, anna, "trusts")
    assert code_of(lambda: ties.add(petr, anna, "trusts")) == "relation.twice"
    ties.add(anna, petr, "trusts")
    assert code_of(lambda: ties.add(petr, petr, "ally")) == "person.related_to_self"
    assert code_of(lambda: ties.add(petr, anna, "reports_to")) == "relation.kind"
    assert code_of(lambda: ties.add(petr, anna, "nonsense")) == "relation.kind"
    assert code_of(lambda: ties.add(petr, anna, "knows", strength=4)) == "relation.strength"


def test_somebody_new_in_the_same_step(ties, store, vault, plant) -> None:
    ties.add(plant["petr"], "Сидоров Олег", "classmate")
    assert ties.of_person(plant["petr"])[0].person.full() == "Сидоров Олег"
    vault.history.undo()
    assert ties.of_person(plant["petr"]) == ()
    assert store.read(lambda session: session.query(Person).filter_by(family_name="Сидоров").count()) == 0
    assert code_of(lambda: ties.add(plant["petr"], " , ", "classmate")) == "person.name_empty"


def test_changed_in_place(ties, plant) -> None:
    tie = ties.add(plant["petr"], plant["anna"], "knows")
    ties.edit(tie, strength=2, until=PartialDate(2025), source_kind="guess", sensitivity="personal")
    ties.turn(tie, plant["petr"], "mentor", reverse=True)
    (seen,) = ties.of_person(plant["petr"])
    assert (seen.kind, seen.reverse, seen.strength, seen.until, seen.sensitivity) == (
        "mentor", True, 2, PartialDate(2025), "personal",
    )  # fmt: skip
    assert code_of(lambda: ties.edit(tie, strength=7)) == "relation.strength"


def test_own_kinds_are_mutual_until_they_have_a_reverse(ties, words, plant) -> None:
    code = words.add("relation", "Вместе в совете", "On one board")
    assert not directed(words.current, code)
    ties.add(plant["petr"], plant["anna"], code)
    assert code_of(lambda: ties.add(plant["anna"], plant["petr"], code)) == "relation.twice"


def test_an_own_kind_reads_from_its_other_end(ties, words, store, plant) -> None:
    code = words.add("relation", "Консультирует", "Advises")
    graph = lambda: Influence(store, lambda: words.current, lambda *_: b"").graph(plant["client"])  # noqa: E731
    tie = ties.add(plant["petr"], plant["anna"], code)
    assert [edge.directed for edge in graph().edges if edge.id == tie] == [False]
    words.set_extra("relation", code, "reverse_ru", "Советуется с")
    assert directed(words.current, code)
    assert [edge.directed for edge in graph().edges if edge.id == tie] == [True]
    (theirs,) = ties.of_person(plant["anna"])
    for language in ("ru", "en"):  # a label in one language is better than the wrong direction
        said = words.current.label("relation", theirs.kind, language, reverse=theirs.reverse)
        assert said == "Советуется с"
    ties.add(plant["anna"], plant["petr"], code)  # another tie, not the same one read backwards
    words.set_extra("relation", code, "directed", False)
    assert not directed(words.current, code)


def test_candidates_of_any_client_by_parts_of_the_name(ties, plant) -> None:
    found = ties.candidates("елк ан")
    assert [(one.name.family, one.organisation) for one in found] == [("Ёлкина", "Завод «Прогресс»")]
    assert ties.candidates("ИВАН", besides=plant["petr"]) == ()
    assert ties.candidates("%_'") == ()
