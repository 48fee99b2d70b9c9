"""The big vault: seeded, the same rows every time, with words in their natural (Zipf) frequency.

Rows are put in by bulk statements with the recording triggers off: 400,000 rows through services would measure
nothing and take an hour. What is read and edited afterwards is a vault like any other.
"""

from __future__ import annotations

import random
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import accumulate
from pathlib import Path

from sqlalchemy import Connection

from kamdesk.model.tables import Base
from kamdesk.model.tables.base import collation_key
from kamdesk.store import search, triggers
from kamdesk.store.keys import KdfCost
from kamdesk.store.vault import Vault, create

SEED = 20261123
CHEAP = KdfCost(1024, 1, 1)
_FAMILIES = "Иванов Петров Сидоров Кузнецов Смирнов Попов Волков Соколов Лебедев Козлов Новиков Морозов Зайцев Павлов".split()
_GIVEN = "Пётр Иван Алексей Сергей Дмитрий Андрей Николай Фёдор Семён Артём Юрий Олег Максим Егор".split()
_MIDDLE = "Петрович Иванович Сергеевич Олегович Фёдорович Юрьевич Андреевич".split()
_STEMS = "договор поставк срок насос лини цен монтаж сервис гаранти оплат отгрузк проект встреч директор бюджет".split()
_ENDS = ["", "а", "у", "ом", "е", "ы", "ов", "ами", "ный", "ная", "ного"]
_ENGLISH = (
    "delivery price meeting pump line budget service warranty payment project director terms order".split()
)


@dataclass(frozen=True)
class Size:
    """How many of each."""

    clients: int
    people: int
    interactions: int
    proposals: int


BIG = Size(1_000, 20_000, 200_000, 5_000)
TENTH = Size(100, 2_000, 20_000, 500)


class Words:
    """Texts of 5–40 words; the n-th word of the list comes with a frequency of 1/n."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)
        rough = [a + b for a in _STEMS for b in _ENDS] + _ENGLISH
        rough += [
            "".join(self.random.choices("абвгдежзиклмнопрстуя", k=self.random.randint(4, 10)))
            for _ in range(12_000)
        ]
        self._words = rough
        self._weights = list(accumulate(1 / (n + 1) for n in range(len(rough))))

    def text(self) -> str:
        """One sentence."""
        count = self.random.randint(5, 40)
        return " ".join(self.random.choices(self._words, cum_weights=self._weights, k=count))


def make(folder: Path, size: Size) -> Vault:
    """Make and open a vault of this size; the key is open (it is a demo vault)."""
    vault = create(folder, None, cost=CHEAP)
    vault.store.on_writer(lambda connection: _fill(connection, size))
    return vault


def _fill(connection: Connection, size: Size) -> None:
    for name in (
        connection.exec_driver_sql("SELECT name FROM temp.sqlite_master WHERE type = 'trigger'")
        .scalars()
        .all()
    ):
        connection.exec_driver_sql(f'DROP TRIGGER temp."{name}"')
    words = Words(SEED)
    clients = [str(uuid.UUID(int=words.random.getrandbits(128))) for _ in range(size.clients)]
    people = [str(uuid.UUID(int=words.random.getrandbits(128))) for _ in range(size.people)]
    _put(connection, "organisation", _organisations(clients, words))
    rows = list(_people(people, words))
    _put(connection, "person", rows)
    _put(connection, "seat", _seats(people, clients))
    _put(connection, "employment", _employments(people, clients))
    _put(connection, "contact", _contacts(people))
    _put(connection, "fact", _facts(people, words))
    _put(connection, "relationship", _relationships(people, words))
    _put(connection, "interaction", _interactions(clients, size, words))
    _put(connection, "participant", _participants(people, size))
    _put(connection, "proposal", _proposals(clients, size, words))
    search.rebuild(connection)
    connection.exec_driver_sql("DROP TABLE temp.current_step")
    triggers.install(connection)


def _put(
    connection: Connection, table: str, rows: Iterator[dict[str, object]] | list[dict[str, object]]
) -> None:
    """Insert rows; columns that are not given get the default of the declaration."""
    insert = Base.metadata.tables[table].insert()
    batch: list[dict[str, object]] = []
    for row in rows:
        batch.append(row)
        if len(batch) == 5_000:
            connection.execute(insert, batch)
            batch = []
    if batch:
        connection.execute(insert, batch)


def _id(kind: str, n: int) -> str:
    return str(uuid.uuid5(uuid.NAMESPACE_URL, f"{kind}/{n}"))


def _organisations(ids: list[str], words: Words) -> Iterator[dict[str, object]]:
    for n, row_id in enumerate(ids):
        name = f"Завод «{words.text().split()[0].capitalize()} {n}»"
        yield {"id": row_id, "short_name": name, "kind": "client", "sort_key": collation_key(name)}


def _people(ids: list[str], words: Words) -> Iterator[dict[str, object]]:
    for row_id in ids:
        family, given, middle = (words.random.choice(names) for names in (_FAMILIES, _GIVEN, _MIDDLE))
        yield {
            "id": row_id,
            "family_name": family,
            "given_name": given,
            "middle_name": middle,
            "gender": "m",
            "influence": words.random.randint(0, 3),
            "stance": words.random.randint(-3, 3),
            "sort_key": collation_key(family, given, middle),
        }


def _client_of(n: int, clients: list[str]) -> str:
    # The first client is the large one of speed.md: 200 people.
    return clients[0] if n < 200 else clients[n % len(clients)]


def _seats(people: list[str], clients: list[str]) -> Iterator[dict[str, object]]:
    for n in range(len(people)):
        yield {"id": _id("seat", n), "organisation_id": _client_of(n, clients), "title": f"Инженер {n % 50}"}


def _employments(people: list[str], clients: list[str]) -> Iterator[dict[str, object]]:
    for n, person in enumerate(people):
        yield {
            "id": _id("employment", n),
            "person_id": person,
            "organisation_id": _client_of(n, clients),
            "seat_id": _id("seat", n),
        }


def _contacts(people: list[str]) -> Iterator[dict[str, object]]:
    for n, person in enumerate(people):
        value = f"p{n}@client.example"
        yield {
            "id": _id("contact", n),
            "person_id": person,
            "kind": "email",
            "value": value,
            "normalised": value,
        }


def _facts(people: list[str], words: Words) -> Iterator[dict[str, object]]:
    for n in range(len(people) * 5):
        yield {
            "id": _id("fact", n),
            "person_id": people[n % len(people)],
            "kind": "other",
            "text": words.text(),
        }


def _relationships(people: list[str], words: Words) -> Iterator[dict[str, object]]:
    for n in range(len(people) * 2):
        one, other = words.random.sample(range(len(people)), 2)
        yield {"id": _id("relationship", n), "from_id": people[one], "to_id": people[other], "kind": "knows"}


def _interactions(clients: list[str], size: Size, words: Words) -> Iterator[dict[str, object]]:
    start = datetime(2018, 1, 9, 10, 0)
    for n in range(size.interactions):
        # 3,000 of the large client, the rest spread evenly.
        client = clients[0] if n < 3_000 else clients[n % len(clients)]
        yield {
            "id": _id("interaction", n),
            "organisation_id": client,
            "kind": "meeting",
            "state": "done",
            "starts_at": start + timedelta(hours=n % 70_000),
            "purpose": words.text()[:80],
            "outcome": words.text(),
        }


def _participants(people: list[str], size: Size) -> Iterator[dict[str, object]]:
    for n in range(size.interactions):
        person = people[n % 200] if n < 3_000 else people[n % len(people)]
        yield {"id": _id("participant", n), "interaction_id": _id("interaction", n), "person_id": person}


def _proposals(clients: list[str], size: Size, words: Words) -> Iterator[dict[str, object]]:
    for n in range(size.proposals):
        yield {
            "id": _id("proposal", n),
            "organisation_id": clients[n % len(clients)],
            "subject": words.text()[:60],
            "number": f"КП-{n:05}",
            "date": date(2020, 1, 1) + timedelta(days=n % 2000),
            "total_minor": n * 1000,
        }
