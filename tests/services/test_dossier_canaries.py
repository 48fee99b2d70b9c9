"""A marked value in every column of every entity: what each level lets out is found by search, not by trust."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from kamdesk.model.fields import FieldKind
from kamdesk.model.tables import StoredFile, entities, fields_of
from kamdesk.model.values import PartialDate, Sensitivity
from kamdesk.model.vocabulary import Vocabularies
from kamdesk.services import files
from kamdesk.services.dossier import Dossiers
from kamdesk.services.dossier_fields import LEFT_OUT, collections, exchanged, is_exchanged, links_of
from kamdesk.store.keys import KdfCost
from kamdesk.store.vault import create

CEILING = {
    "business": Sensitivity.BUSINESS,
    "personal": Sensitivity.PERSONAL,
    "everything": Sensitivity.PRIVATE,
}
ONLY_WITH_EVERYTHING = {"stored_file", "template"}


@dataclass(frozen=True)
class Canary:
    table: str
    column: str
    mark: str
    sensitivity: Sensitivity


class Planting:
    """One row of every entity around one client, each field holding a mark that is found nowhere else."""

    def __init__(self, vocabularies: Vocabularies, row_sensitivity: str) -> None:
        self.canaries: list[Canary] = []
        self.ids: dict[str, str] = {}
        self._own: dict[str, Sensitivity] = {}
        self._row_sensitivity = row_sensitivity
        self._choices = {
            (known.name, field.name): field.choices
            for known in collections(vocabularies)
            for field in known.fields
        }
        self._count = 0

    def plant(self, session: Any, store_files: Any) -> None:
        for entity in entities():
            if entity is StoredFile:
                self.ids["stored_file"] = files.add(
                    session, store_files, "Канарейка.txt", b"CANARY in a file"
                )
                continue
            row = entity(**self._values(entity))
            session.add(row)
            session.flush()
            self.ids[entity.__tablename__] = row.id

    def _values(self, entity: Any) -> dict[str, Any]:
        values: dict[str, Any] = {}
        own = Sensitivity.STRUCTURAL
        for column, info in fields_of(entity):
            if info.row_sensitivity:
                default = Sensitivity(column.default.arg)
                own = Sensitivity(self._row_sensitivity) if self._row_sensitivity else default
                values[column.name] = own.value
        links = links_of(entity)
        owners = (links[name].target for name in (*entity.__parents__, *entity.__ends__))
        own = Sensitivity.strictest(own, *(self._own.get(table, own) for table in owners))
        self._own[entity.__tablename__] = own
        for column, info in fields_of(entity):
            if column.name in (*values, "id", "sort_key"):
                continue
            if info.kind is FieldKind.LINK:
                values[column.name] = self.ids.get(links_of(entity)[column.name].target)
                continue
            value, mark = self._marked(entity, column.name, info)
            values[column.name] = value
            if mark:
                sensitivity = Sensitivity.strictest(info.sensitivity, own)
                self.canaries.append(Canary(entity.__tablename__, column.name, mark, sensitivity))
        return values

    def _marked(self, entity: Any, name: str, info: Any) -> tuple[Any, str]:
        self._count += 1
        n, word = self._count, f"CANARY.{entity.__tablename__}.{name}."
        choices = self._choices.get((entity.__collection__, name), ())
        if name == "language":
            return "ru", ""
        if choices:
            code = choices[-1]
            return (
                (int(code), "")
                if info.kind is FieldKind.INTEGER
                else ((code,) if info.kind is FieldKind.CODES else code, "")
            )
        day = date(1000 + n, 7, 13)
        made: dict[FieldKind, tuple[Any, str]] = {
            FieldKind.INTEGER: (76_540_000 + n, str(76_540_000 + n)),
            FieldKind.DECIMAL: (Decimal(f"765{n}000.7654321"), f"765{n}000.7654321"),
            FieldKind.AMOUNTS: ((Decimal(f"{n}.1234567"),), f"{n}.1234567"),
            FieldKind.CODES: ((word,), word),
            FieldKind.YES_NO: (True, ""),
            FieldKind.DATE: (day, day.isoformat()),
            FieldKind.PARTIAL_DATE: (PartialDate.of(day), day.isoformat()),
            FieldKind.MOMENT: (datetime(day.year, 7, 13, 10, 30), f"{day.isoformat()}T10:30"),
        }
        return made.get(info.kind, (word, word))


@pytest.fixture
def vocabularies(repository: Path) -> Vocabularies:
    return Vocabularies.load(repository / "resources" / "vocabulary.json")


@pytest.mark.parametrize("row_sensitivity", ["", "public", "private"])
@pytest.mark.parametrize("level", ["business", "personal", "everything"])
def test_only_what_the_level_allows_leaves(vault, vocabularies, level: str, row_sensitivity: str) -> None:
    planting = Planting(vocabularies, row_sensitivity)
    vault.store.write(
        "record.add", {"noun": "", "name": ""}, lambda session: planting.plant(session, vault.store.files)
    )
    out = Dossiers(vault.store, lambda: vocabularies).export(planting.ids["organisation"], level).decode()
    words = json.dumps(json.loads(out), ensure_ascii=False)
    assert len(planting.canaries) > 150
    for canary in planting.canaries:
        allowed = canary.sensitivity.rank <= CEILING[level].rank
        inside = canary.table not in LEFT_OUT and is_exchanged(canary.table, canary.column)
        if canary.table in ONLY_WITH_EVERYTHING and level != "everything":
            allowed = False
        assert (canary.mark in words) == (allowed and inside), canary
    assert ("Q0FOQVJZIGluIGEgZmlsZQ" in words) == (level == "everything")


def test_a_vault_with_every_field_filled_goes_out_in_out_the_same(vault, tmp_path, vocabularies) -> None:
    planting = Planting(vocabularies, "")
    vault.store.write(
        "record.add", {"noun": "", "name": ""}, lambda session: planting.plant(session, vault.store.files)
    )
    client = planting.ids["organisation"]
    out = Dossiers(vault.store, lambda: vocabularies).export(client, "everything")
    assert {entity.__collection__ for entity in exchanged()} <= json.loads(out).keys()
    second = create(
        tmp_path / "second", None, cost=KdfCost(1024, 1, 1), clock=lambda: vault.store.now().astimezone()
    )
    try:
        theirs = Dossiers(second.store, lambda: vocabularies)
        report = theirs.import_(out)
        assert not report.skipped
        assert not report.remarks
        notes = {note.code.split(".")[0] for row in report.created for note in row.notes}
        assert notes == {"requisites"}
        assert theirs.export(client, "everything") == out
    finally:
        second.close()


def test_every_hidden_column_was_decided_on() -> None:
    """A hidden column that is no link and no place is either a field of the format or known to be derived."""
    undecided = [
        f"{entity.__tablename__}.{column.name}"
        for entity in exchanged()
        for column, info in fields_of(entity)
        if info.hidden and info.kind is not FieldKind.LINK and column.name not in ("position", "sort_key")
        if is_exchanged(entity.__tablename__, column.name)
    ]
    assert undecided == []
