"""A real vault with cheap keys and a clock that stands still unless a test moves it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from kamdesk.model.tables import Colleague, Employment, Organisation, Person, Seat
from kamdesk.store.keys import KdfCost
from kamdesk.store.unit_of_work import Store
from kamdesk.store.vault import Vault, create

CHEAP = KdfCost(1024, 1, 1)


class Clock:
    """Noon of 5 March 2026, local time wherever the tests run, until moved."""

    def __init__(self) -> None:
        self.value = datetime(2026, 3, 5, 12, 0).astimezone()

    def __call__(self) -> datetime:
        return self.value

    def forward(self, **parts: float) -> None:
        """Let time pass, in the words of ``timedelta``."""
        self.value += timedelta(**parts)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def vault(tmp_path: Path, clock: Clock) -> Iterator[Vault]:
    """A fresh vault under the passphrase "correct horse"."""
    opened = create(tmp_path / "vault", "correct horse", cost=CHEAP, clock=clock)
    yield opened
    opened.close()


@pytest.fixture
def store(vault: Vault) -> Store:
    return vault.store


@pytest.fixture
def plant(store: Store) -> dict[str, str]:
    """A client with two people and a colleague of ours: ids by short names."""

    def work(session):
        client = Organisation(
            short_name="Завод «Прогресс»", legal_name="АО «Прогресс»", industry="Машиностроение"
        )
        session.add(client)
        session.flush()
        ids = {"client": client.id}
        for key, family, given, middle, title in (
            ("petr", "Иванов", "Пётр", "Сергеевич", "Генеральный директор"),
            ("anna", "Ёлкина", "Анна", "Олеговна", "Финансовый директор"),
        ):
            seat = Seat(organisation_id=client.id, title=title)
            person = Person(family_name=family, given_name=given, middle_name=middle)
            session.add_all([seat, person])
            session.flush()
            session.add(Employment(person_id=person.id, organisation_id=client.id, seat_id=seat.id))
            ids[key] = person.id
        me = Colleague(family_name="Соколова", given_name="Мария", is_me=True)
        session.add(me)
        session.flush()
        return {**ids, "me": me.id}

    return store.write("record.add", {"noun": "", "name": "Прогресс"}, work)
