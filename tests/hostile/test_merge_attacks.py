"""Merging what was meant to break it (trust.md, Merge)."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from kamdesk.model.messages import KamdeskError
from kamdesk.model.tables import Contact, Fact, Person, Relationship
from kamdesk.services.merging import Merging
from kamdesk.services.records import Records
from kamdesk.store.keys import KdfCost
from kamdesk.store.vault import Vault, create
from tests.services.test_merging import add, all_of, snapshot


@pytest.fixture
def vault(tmp_path: Path):
    opened: Vault = create(tmp_path / "vault", None, cost=KdfCost(1024, 1, 1))
    yield opened
    opened.close()


def test_one_person_under_three_ids_merged_in_a_ring(vault) -> None:
    store, merging = vault.store, Merging(vault.store)
    a, b, c = add(store, *(Person(family_name="Иванов", given_name="Пётр") for _ in range(3)))
    add(
        store,
        Relationship(from_id=a, to_id=b),
        Relationship(from_id=b, to_id=c),
        Relationship(from_id=c, to_id=a),
    )
    before = snapshot(store)
    assert merging.merge("person", a, b) == a
    assert merging.merge("person", b, c) == a
    assert merging.merge("person", c, a) == a
    assert all_of(store, Relationship) == [] and len(all_of(store, Person)) == 1
    vault.history.undo()
    vault.history.undo()
    assert snapshot(store) == before


def test_merged_here_and_deleted_or_changed_meanwhile(vault) -> None:
    store, merging = vault.store, Merging(vault.store)
    a, b = add(store, Person(family_name="Иванов"), Person(family_name="Иванов"))
    Records(store, None).delete("person", b)
    before = snapshot(store)
    with pytest.raises(KamdeskError) as caught:
        merging.merge("person", a, b)
    assert caught.value.message.code == "record.gone"
    assert snapshot(store) == before


def test_two_windows_merge_the_same_pair_at_once(vault) -> None:
    store, merging = vault.store, Merging(vault.store)
    a, b = add(store, Person(family_name="Иванов"), Person(family_name="Иванов"))
    add(store, *(Fact(person_id=b, text=str(n)) for n in range(50)))

    def merge(pair: tuple[str, str]) -> str:
        try:
            return merging.merge("person", *pair)
        except KamdeskError as problem:
            return problem.message.code

    with ThreadPoolExecutor(4) as pool:
        done = list(pool.map(merge, [(a, b), (b, a), (a, b), (b, a)]))
    (left,) = all_of(store, Person)
    assert set(done) <= {left.id, "record.gone"}
    assert {fact.person_id for fact in all_of(store, Fact)} == {left.id} and len(all_of(store, Fact)) == 50


def test_a_sensitivity_nobody_knows_counts_as_private(vault) -> None:
    store, merging = vault.store, Merging(vault.store)
    a, b = add(store, Person(family_name="Иванов"), Person(family_name="Иванов"))
    add(
        store,
        Contact(person_id=a, value="1", normalised="1", sensitivity="public"),
        Contact(person_id=b, value="1", normalised="1", sensitivity="world-readable"),
    )
    merging.merge("person", a, b)
    assert [contact.sensitivity for contact in all_of(store, Contact)] == ["private"]


@pytest.mark.parametrize("table", ["alias", "nonsense"])
def test_what_is_no_record_of_the_user_is_not_merged(vault, table) -> None:
    with pytest.raises((KamdeskError, KeyError)):
        Merging(vault.store).merge(table, "' OR 1=1 --", "%")


def test_names_of_signs_and_ids_that_look_like_patterns(vault) -> None:
    store, merging = vault.store, Merging(vault.store)
    a, b = add(store, Person(family_name="%' _\"; DROP TABLE person --"), Person(family_name="{name} {0}"))
    merging.merge("person", a, b, {"name": "other"})
    assert [row.family_name for row in all_of(store, Person)] == ["{name} {0}"]
