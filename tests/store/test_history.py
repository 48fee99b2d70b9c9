"""The change record: undo and redo in words, cascades, visits, field history, version vectors."""

from __future__ import annotations

import threading
from datetime import datetime
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import update

from kamdesk.model.messages import KamdeskError, Message, label
from kamdesk.model.tables import (
    Contact,
    Employment,
    Fact,
    Note,
    OfferItem,
    Organisation,
    Person,
    Proposal,
    Seat,
    entities,
)
from kamdesk.store import versions
from tests.store.conftest import add_client, add_note, add_person, edit


def snapshot(store) -> dict[str, list[tuple]]:
    """Every row of every entity, in a fixed order."""
    return store.read(
        lambda session: {
            entity.__tablename__: [
                tuple(row)
                for row in session.connection().exec_driver_sql(
                    f'SELECT * FROM "{entity.__tablename__}" ORDER BY id'
                )
            ]
            for entity in entities()
        }
    )


def dossier(store) -> str:
    """A client with a tree below it: seats that report, a person with facts, a proposal with lines."""

    def work(session) -> str:
        client = Organisation(short_name="Завод")
        session.add(client)
        session.flush()
        chief = Seat(organisation_id=client.id, title="Директор")
        session.add(chief)
        session.flush()
        session.add(Seat(organisation_id=client.id, title="Зам", reports_to_id=chief.id))
        person = Person(family_name="Иванов", favours_id=client.id)
        session.add(person)
        session.flush()
        proposal = Proposal(organisation_id=client.id, subject="Насосы")
        session.add_all(
            [
                Employment(person_id=person.id, organisation_id=client.id, seat_id=chief.id),
                Fact(person_id=person.id, text="Рыбак"),
                Contact(organisation_id=client.id, kind="phone", value="1"),
                Note(organisation_id=client.id, text="x"),
                proposal,
            ]
        )
        session.flush()
        session.add(OfferItem(proposal_id=proposal.id, name="Насос", price=Decimal("10.50")))
        return client.id

    return store.write("record.add", {"name": "Завод"}, work)


def test_undo_and_redo_name_the_step_and_move_along_the_stack(vault, store) -> None:
    add_person(store, "Первый")
    add_person(store, "Второй")
    history = vault.history
    assert history.undo() == Message("record.add", {"name": "Второй"})
    assert history.undoable().message.params == {"name": "Первый"}
    assert history.redoable().message.params == {"name": "Второй"}
    history.undo()
    assert history.redo().params == {"name": "Первый"}
    assert history.redo().params == {"name": "Второй"}
    with pytest.raises(KamdeskError) as raised:
        history.redo()
    assert raised.value.message.code == "history.nothing_to_redo"
    history.undo()
    add_person(store, "Третий")
    assert history.redoable() is None
    assert store.read(lambda s: sorted(row.family_name for row in s.query(Person))) == ["Первый", "Третий"]


def test_a_deleted_client_comes_back_with_all_that_went_with_it(vault, store) -> None:
    client = dossier(store)
    before = snapshot(store)
    store.write(
        "record.delete", {"name": "Завод"}, lambda session: session.delete(session.get(Organisation, client))
    )
    gone = snapshot(store)
    assert [
        gone[name] for name in ("organisation", "seat", "employment", "proposal", "offer_item", "contact")
    ] == [[]] * 6
    assert len(gone["person"]) == 1
    vault.history.undo()
    assert snapshot(store) == before
    vault.history.redo()
    assert snapshot(store) == gone
    vault.history.undo()
    assert snapshot(store) == before
    assert store.read(lambda s: s.connection().exec_driver_sql("PRAGMA foreign_key_check").all()) == []


def test_bulk_updates_are_recorded_too(vault, store) -> None:
    dossier(store)
    before = snapshot(store)
    store.write("record.edit", {}, lambda session: session.execute(update(Seat).values(title="X")))
    assert store.read(lambda s: {row.title for row in s.query(Seat)}) == {"X"}
    vault.history.undo()
    assert snapshot(store) == before


def test_one_visit_is_one_step_and_an_undone_visit_is_left_alone(vault, store) -> None:
    row = add_person(store, "А")
    for name in ("Аб", "Абв"):
        edit(store, Person, row, visit="name:1", family_name=name)
    edit(store, Person, row, visit="name:2", family_name="Абвг")
    vault.history.undo()
    assert store.read(lambda s: s.get(Person, row).family_name) == "Абв"
    edit(store, Person, row, visit="name:2", family_name="Абвд")
    vault.history.undo()
    assert store.read(lambda s: s.get(Person, row).family_name) == "Абв"
    vault.history.undo()
    assert store.read(lambda s: s.get(Person, row).family_name) == "А"


def test_a_visit_that_ends_where_it_began_leaves_undo_harmless(vault, store) -> None:
    row = add_person(store, "А")
    edit(store, Person, row, visit="v", family_name="Б")
    edit(store, Person, row, visit="v", family_name="А")
    vault.history.undo()
    assert store.read(lambda s: s.get(Person, row).family_name) == "А"


def test_nothing_is_left_of_a_step_that_failed_or_changed_nothing(vault, store) -> None:
    def broken(session) -> None:
        session.add(Person(family_name="X"))
        session.flush()
        raise KamdeskError("record.gone")

    with pytest.raises(KamdeskError):
        store.write("record.add", {}, broken)
    row = add_person(store, "А")
    edit(store, Person, row, family_name="А")
    assert vault.history.undoable().message.params == {"name": "А"}
    assert store.read(lambda s: s.query(Person).count()) == 1
    assert store.read(lambda s: s.connection().exec_driver_sql("SELECT count(*) FROM step").scalar()) == 1


def test_the_stack_can_be_cut_without_losing_history(vault, store) -> None:
    row = add_person(store, "А")
    edit(store, Person, row, family_name="Б")
    vault.history.undo()
    vault.history.cut()
    assert vault.history.undoable() is None and vault.history.redoable() is None
    assert len(vault.history.of_field("person", row, "family_name")) == 3


def test_a_field_tells_its_history(vault, store) -> None:
    row = add_person(store, "А")
    edit(store, Person, row, family_name="Б")
    edit(store, Person, row, given_name="Не оно")
    events = vault.history.of_field("person", row, "family_name")
    assert [(one.before, one.after) for one in events] == [("А", "Б"), (None, "А")]
    assert events[0].message == Message("record.edit", {"name": "x"})
    assert events[0].at == datetime.fromisoformat("2026-03-05T09:00:00.000+00:00")


def test_nested_messages_are_kept_in_the_name_of_a_step(vault, store) -> None:
    params = {"noun": label("Person"), "n": 3, "inner": Message("x", {"y": label("z")})}
    store.write("record.add", params, lambda session: session.add(Person(family_name="А")))
    assert vault.history.undoable().message == Message("record.add", params)


def test_listeners_get_ids_once_after_the_commit(vault, store) -> None:
    seen = []
    stop = store.subscribe(seen.append)
    row = add_person(store, "А", visit="page")
    edit(store, Person, row, family_name="А")
    (changed,) = seen
    assert changed.rows == {("person", row)} and changed.initiator == "page"
    assert changed.touches("person") and changed.ids("note") == frozenset()
    vault.history.undo()
    assert seen[1].initiator == "undo"
    stop()
    add_person(store, "Б")
    assert len(seen) == 2


def test_versions_count_what_each_field_went_through(vault, store) -> None:
    row = add_person(store, "А")

    def vector(group: str) -> dict[str, int]:
        return store.read(lambda s: versions.vector_of(s.connection(), "person", row, group))

    first = vector("name")
    assert first == vector("stance") and list(first) == [store.vault_id]
    edit(store, Person, row, family_name="Б")
    second = vector("name")
    assert versions.compare(first, second) == "theirs" and vector("stance") == first
    vault.history.undo()
    assert versions.compare(second, vector("name")) == "theirs"  # undo is a new event
    assert versions.compare({"a": 2, "b": 1}, {"a": 1, "b": 2}) == "concurrent"
    assert versions.compare(second, first) == "ours" and versions.compare({}, {}) == "same"


def test_steps_from_many_threads_wait_their_turn(vault, store) -> None:
    threads = [
        threading.Thread(target=lambda n=n: [add_person(store, f"{n}-{k}") for k in range(10)])
        for n in range(4)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert store.read(lambda s: s.query(Person).count()) == 40
    for _ in range(40):
        vault.history.undo()
    assert store.read(lambda s: s.query(Person).count()) == 0


def test_a_question_inside_a_question_sees_the_same_and_a_step_inside_a_step_is_refused(store) -> None:
    add_person(store, "А")

    def ask(session) -> int:
        before = session.query(Person).count()
        add_person(store, "Б")
        return before * 10 + store.read(lambda inner: inner.query(Person).count())

    assert store.read(ask) == 11 and store.read(lambda s: s.query(Person).count()) == 2
    with pytest.raises(RuntimeError):
        store.write("record.add", {}, lambda session: add_person(store, "В"))
    add_person(store, "Г")
    assert store.read(lambda s: sorted(row.family_name for row in s.query(Person))) == ["А", "Б", "Г"]


def test_a_reader_cannot_write(store) -> None:
    with pytest.raises(KamdeskError) as raised:
        store.read(lambda s: s.connection().exec_driver_sql("DELETE FROM step"))
    assert raised.value.message.code == "storage.read_only"


@given(
    st.lists(
        st.tuples(st.sampled_from(["add", "edit", "delete", "note", "undo", "redo"]), st.integers(0, 5)),
        max_size=25,
    )
)
@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_undoing_everything_always_leads_back(vault, store, acts) -> None:
    before = snapshot(store)
    vault.history.cut()
    rows: list[str] = []
    for act, number in acts:
        alive = [r for r in rows if store.read(lambda s, r=r: s.get(Organisation, r) is not None)]
        target = alive[number % len(alive)] if alive else None
        if act == "add":
            rows.append(add_client(store, f"К{number}"))
        elif act in ("undo", "redo"):
            if getattr(vault.history, f"{act}able")():
                getattr(vault.history, act)()
        elif target is None:
            continue
        elif act == "edit":
            edit(store, Organisation, target, short_name=f"Ё{number}", tags=("a", "b"))
        elif act == "note":
            add_note(store, "текст", organisation_id=target)
        else:
            store.write("record.delete", {}, lambda s, t=target: s.delete(s.get(Organisation, t)))
    after = snapshot(store)
    done = 0
    while vault.history.undoable():
        vault.history.undo()
        done += 1
    assert snapshot(store) == before
    for _ in range(done):
        vault.history.redo()
    assert snapshot(store) == after
    while vault.history.undoable():
        vault.history.undo()
