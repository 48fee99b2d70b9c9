"""A vault on disk with cheap keys, closed whatever a test did with it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from kamdesk.model.tables import Note, Organisation, Person
from kamdesk.store.keys import KdfCost
from kamdesk.store.unit_of_work import Store
from kamdesk.store.vault import Secret, Vault, create, open_vault

CHEAP = KdfCost(1024, 1, 1)
PASSPHRASE = "correct horse"


@pytest.fixture
def opened() -> Iterator[Callable[..., Vault]]:
    """Open or create vaults; all are closed at the end."""
    vaults: list[Vault] = []

    def run(
        folder: Path, passphrase: str | None = PASSPHRASE, *, new: bool = False, kind: str = "passphrase"
    ) -> Vault:
        if new:
            vault = create(folder, passphrase, cost=CHEAP, clock=lambda: datetime(2026, 3, 5, 9, tzinfo=UTC))
        else:
            vault = open_vault(folder, Secret(passphrase or "", kind), cost=CHEAP)
        vaults.append(vault)
        return vault

    yield run
    for vault in vaults:
        vault.close()


@pytest.fixture
def vault(tmp_path: Path, opened: Callable[..., Vault]) -> Vault:
    return opened(tmp_path / "vault", new=True)


@pytest.fixture
def store(vault: Vault) -> Store:
    return vault.store


def add_person(store: Store, family: str, given: str = "", **step: str) -> str:
    """One step that adds a person; returns the id."""

    def work(session) -> str:
        row = Person(family_name=family, given_name=given)
        session.add(row)
        session.flush()
        return row.id

    return store.write("record.add", {"name": family}, work, **step)


def add_client(store: Store, name: str) -> str:
    """One step that adds an organisation; returns the id."""

    def work(session) -> str:
        row = Organisation(short_name=name)
        session.add(row)
        session.flush()
        return row.id

    return store.write("record.add", {"name": name}, work)


def add_note(store: Store, text: str, **owner: str) -> str:
    """One step that adds a note; returns the id."""

    def work(session) -> str:
        row = Note(text=text, **owner)
        session.add(row)
        session.flush()
        return row.id

    return store.write("note.add", {"text": text}, work)


def edit(store: Store, entity: type, row_id: str, visit: str = "", **values: object) -> None:
    """One step that sets columns of a row."""

    def work(session) -> None:
        row = session.get(entity, row_id)
        for name, value in values.items():
            setattr(row, name, value)

    store.write("record.edit", {"name": "x"}, work, visit=visit)
