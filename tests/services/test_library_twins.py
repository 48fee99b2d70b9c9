"""Twins in other languages count as one argument; objections heard are counted and prepared for."""

from __future__ import annotations

from datetime import date

import pytest

from kamdesk.model.messages import KamdeskError
from kamdesk.model.tables import Argument, Proposal, Telling
from kamdesk.services.library import Library, library_arguments
from kamdesk.services.library_uses import LibraryUses
from kamdesk.services.library_variants import groups, latest_of_twins
from kamdesk.services.library_views import ObjectionView
from kamdesk.services.objection_uses import ObjectionUses, answered


def told(store, plant, argument_id: str, status: str, on: date) -> None:
    def work(session) -> None:
        proposal = Proposal(organisation_id=plant["client"], status=status)
        session.add(proposal)
        session.flush()
        session.add(
            Telling(person_id=plant["anna"], argument_id=argument_id, proposal_id=proposal.id, told_on=on)
        )

    store.write("record.add", {"noun": "", "name": ""}, work)


def objection(library: Library, row_id: str) -> ObjectionView:
    """One of the list."""
    return next(one for one in library.objections() if one.id == row_id)


def test_told_in_one_language_is_told_in_the_other(vault, store, plant) -> None:
    library = Library(store)
    russian = library.add_argument("Окупается за год", {"lenses": ("finance",), "evidence": "Расчёт"})
    english = library.translate("argument", russian, "en", {"text": "Pays back in a year"})
    told(store, plant, russian, "accepted", date(2026, 2, 1))
    told(store, plant, english, "declined", date(2026, 3, 1))
    one, two = library.argument(russian), library.argument(english)
    assert (one.told, one.told_on, one.won, one.lost) == (two.told, two.told_on, two.won, two.lost)
    assert (one.told, one.told_on, one.told_to.family, one.won, one.lost) == (
        2,
        date(2026, 3, 1),
        "Ёлкина",
        1,
        1,
    )
    assert (two.lenses, two.evidence, two.language) == (("finance",), "", "en")
    of_english = store.read(lambda session: library_arguments(session, "en"))
    assert (of_english[0].won, of_english[0].lost) == ({"finance": 1}, {"finance": 1})
    spread = store.read(
        lambda session: latest_of_twins({russian: date(2026, 2, 1)}, groups(session, Argument))
    )
    assert spread[english] == date(2026, 2, 1)
    (row,) = LibraryUses(store).worked("finance")
    assert (row.won, row.lost, row.share) == (1, 1, 0.5)
    assert LibraryUses(store).worked("technical") == ()
    library.edit("argument", english, {"evidence_date": date(2020, 1, 1)})
    for_anna = library.for_reader(plant["anna"], "finance")
    assert {(one.won, one.lost) for one in for_anna.values()} == {(1, 1)} and len(for_anna) == 2
    assert for_anna[russian].told.params["date"] == date(2026, 3, 1), "heard in the other language"
    assert for_anna[russian].old is None and for_anna[english].old.code == "tailoring.old"
    for_petr = library.for_reader(plant["petr"], "technical")
    assert [(key, one.won, one.told) for key, one in for_petr.items()] == [(english, 0, None)]
    with pytest.raises(KamdeskError):
        library.translate("argument", english, "ru", {"text": "Ещё раз"})
    library.part("argument", russian)
    assert library.argument(english).twins == ()
    vault.history.undo()
    library.delete("argument", russian)
    assert library.argument(english).variant_of_id is None


def test_entries_that_are_there_can_be_linked_but_not_within_a_language(store) -> None:
    library = Library(store)
    one, two = library.add_objection("Дорого"), library.add_objection("Too expensive", "", {"language": "en"})
    three = library.add_objection("Дороговато")
    library.edit("objection", two, {"variant_of_id": one})
    assert [twin.id for twin in objection(library, one).twins] == [two]
    with pytest.raises(KamdeskError):
        library.edit("objection", three, {"variant_of_id": two})
    with pytest.raises(KamdeskError):
        library.edit("objection", one, {"variant_of_id": one})


def test_heard_is_counted_over_twins_and_never_made_up(vault, store, plant) -> None:
    library, uses = Library(store), ObjectionUses(store)
    row = library.add_objection("Дорого", "Считаем за пять лет")
    twin = library.translate("objection", row, "en", {"text": "Too expensive"})
    for result in ("worked", "worked", "failed", ""):
        uses.record(row, person_id=plant["anna"], result=result, heard_on=date(2026, 3, 1))
    first = uses.record(twin, organisation_id=plant["client"], result="worked")
    went = objection(library, twin).answered
    assert (went.heard, went.worked, went.failed, went.known, went.rank) == (5, 3, 1, 4, 0)
    heard = uses.of_objection(row)
    assert heard[0].id == first and heard[1].organisation == "Завод «Прогресс»"
    assert len(uses.of_person(plant["anna"])) == 4
    uses.edit(first, {"result": "failed"})
    assert store.read(answered)[row].failed == 2
    uses.delete(first)
    vault.history.undo()
    assert len(uses.of_objection(row)) == 5
    for wrong in ({}, {"person_id": plant["anna"], "heard_on": date(2030, 1, 1)}):
        with pytest.raises(KamdeskError):
            uses.record(row, **wrong)


def test_what_is_typed_on_the_page_of_a_person_becomes_an_entry_once(store, plant) -> None:
    library, uses = Library(store), ObjectionUses(store)
    uses.record_new("Слишком  дорого", plant["anna"], result="failed")
    uses.record_new("слишком дорого", plant["petr"])
    (entry,) = library.objections()
    assert (entry.text, entry.answered.heard, entry.language) == ("Слишком дорого", 2, "ru")
    with pytest.raises(KamdeskError):
        uses.record_new("  ", plant["anna"])
