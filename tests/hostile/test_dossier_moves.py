"""Packages that open private rows not by saying so, but by moving them below something open (trust.md, Packages)."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from kamdesk.bootstrap import Workplace, open_workplace
from kamdesk.model.tables import (
    Attachment,
    CustomField,
    CustomValue,
    Employment,
    Interaction,
    Organisation,
    Participant,
    Person,
)
from kamdesk.store.keys import KdfCost
from kamdesk.store.vault import create

HEAD = {"format": "kamdesk-dossier", "version": 1}
SECRETS = ("ТАЙНЫЙ ДОГОВОР", "ТАЙНОЕ ЗНАЧЕНИЕ")


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Workplace]:
    opened = open_workplace(create(tmp_path / "vault", "p", cost=KdfCost(1024, 1, 1)))
    yield opened
    opened.close()


@pytest.fixture
def ids(place: Workplace) -> dict[str, str]:
    """A client with a private meeting that has a file, and a person with a value in a private field."""

    def work(session: Any) -> dict[str, str]:
        rows: dict[str, Any] = {
            "client": Organisation(short_name="Прогресс"),
            "person": Person(family_name="Иванов"),
        }
        session.add_all(rows.values())
        session.flush()
        client, person = rows["client"].id, rows["person"].id
        rows["post"] = Employment(person_id=person, organisation_id=client)
        rows["secret"] = Interaction(organisation_id=client, purpose="ТАЙНА", sensitivity="private")
        rows["talk"] = Interaction(organisation_id=client, purpose="Обычная встреча")
        rows["closed"] = CustomField(subject="person", label_ru="Тайное", sensitivity="private")
        rows["open"] = CustomField(subject="person", label_ru="Открытое", sensitivity="business")
        session.add_all(rows.values())
        session.flush()
        rows["file"] = Attachment(interaction_id=rows["secret"].id, name=SECRETS[0])
        rows["value"] = CustomValue(field_id=rows["closed"].id, person_id=person, value=SECRETS[1])
        rows["there"] = Participant(interaction_id=rows["secret"].id, person_id=person)
        session.add_all(rows.values())
        session.flush()
        return {name: row.id for name, row in rows.items()}

    return place.store.write("record.add", {"noun": "", "name": ""}, work)


def told(place: Workplace, client: str) -> set[str]:
    text = place.dossiers.export(client, "business").decode()
    return {secret for secret in SECRETS if secret in text}


def moves(ids: dict[str, str]) -> dict[str, list[dict[str, Any]]]:
    return {
        "attachments": [{"id": ids["file"], "interaction_id": None, "organisation_id": ids["client"]}],
        "custom_values": [{"id": ids["value"], "field_id": ids["open"], "person_id": ids["person"]}],
        "participants": [{"id": ids["there"], "interaction_id": ids["talk"]}],
    }


@pytest.mark.parametrize("list_", ["attachments", "custom_values", "participants"])
def test_a_row_that_is_private_by_its_owner_is_not_moved_below_an_open_one(
    list_: str, place: Workplace, ids: dict[str, str]
) -> None:
    assert told(place, ids["client"]) == set()
    report = place.dossiers.import_(json.dumps({**HEAD, list_: moves(ids)[list_]}).encode())
    assert [one.why.code for one in report.skipped if one.why] == ["dossier.kept_private"]
    assert report.updated == ()
    assert told(place, ids["client"]) == set()


def test_a_package_that_brings_the_open_owner_along_moves_nothing_either(
    place: Workplace, ids: dict[str, str]
) -> None:
    """The new owner is not in the vault yet, and comes in the same file."""
    new = "11111111-1111-4111-8111-111111111111"
    package = {
        **HEAD,
        "custom_fields": [{"id": new, "subject": "person", "label_ru": "Новое", "sensitivity": "public"}],
        "custom_values": [{"id": ids["value"], "field_id": new}],
    }
    report = place.dossiers.import_(json.dumps(package).encode())
    assert [one.why.code for one in report.skipped if one.why] == ["dossier.kept_private"]
    assert told(place, ids["client"]) == set()


def test_a_move_that_opens_nothing_is_taken(place: Workplace, ids: dict[str, str]) -> None:
    """To a stricter owner, and back among equals."""
    package = {**HEAD, "custom_fields": [{"id": ids["open"], "sensitivity": "private"}]}
    package["custom_values"] = [{"id": ids["value"], "field_id": ids["open"]}]
    report = place.dossiers.import_(json.dumps(package).encode())
    assert report.skipped == ()
    assert len(report.updated) == 2
    assert told(place, ids["client"]) == set()


def test_the_dry_run_says_the_same(place: Workplace, ids: dict[str, str]) -> None:
    data = json.dumps({**HEAD, **moves(ids)}).encode()
    dry = place.dossiers.import_(data, dry_run=True)
    assert len(dry.skipped) == 3
    assert place.dossiers.import_(data).skipped == dry.skipped
