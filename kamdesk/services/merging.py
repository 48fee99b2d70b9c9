"""Merging two records of one person or organisation, field by field, as one step that undo takes back whole (D16).

The fields come from the declarations, what hangs on the other record is found by following every link of them.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, cast

from sqlalchemy import Connection, Table
from sqlalchemy.orm import Session

from kamdesk.model.fields import FieldKind, FieldSpec
from kamdesk.model.messages import N_, KamdeskError, label
from kamdesk.model.tables import Alias, CustomField, CustomValue, Entity, Fact, entity_of, fields_of
from kamdesk.model.tables.base import collation_key, spec_of
from kamdesk.model.values import PartialDate, Sensitivity
from kamdesk.rules import merge
from kamdesk.services.base import get, title_of
from kamdesk.store import joining
from kamdesk.store.raw import raw, row_of
from kamdesk.store.unit_of_work import Store

_CALLED: Final = {
    "name": N_("Full name"),
    "name_cases": N_("Forms of the name"),
    "legal_name_cases": N_("Forms of the legal name"),
}
"""What a value of several columns is called; else as its first column."""
_BIRTHDAY: Final = "birthday"
_CUSTOM: Final = "custom."


@dataclass(frozen=True, slots=True)
class MergeField:
    """One value that both records may have.

    ``name`` is how a choice names it. ``specs``, ``kept`` and ``other`` run side by side, one for each part; for a link
    ``kept_titles`` and ``other_titles`` say how the target is called. ``labels`` (Russian, English) name a field of one's
    own, "" for a declared one. ``proposed`` is kept, other or both; ``can_join`` allows both.
    """

    name: str
    label: str
    specs: tuple[FieldSpec, ...]
    kept: tuple[Any, ...]
    other: tuple[Any, ...]
    kept_titles: tuple[str, ...]
    other_titles: tuple[str, ...]
    equal: bool
    proposed: str
    can_join: bool
    sensitivity: Sensitivity
    labels: tuple[str, str] = ("", "")


@dataclass(frozen=True, slots=True)
class MergePlan:
    """What would be merged. ``moves`` counts by noun (English source of the label) what goes over from the other record."""

    table: str
    kept_id: str
    kept_title: str
    other_id: str
    other_title: str
    fields: tuple[MergeField, ...]
    moves: tuple[tuple[str, int], ...]
    kept_holds: int
    other_holds: int


class Merging:
    """Merging records, and what became of the ids of those that were merged."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def aliases(self) -> dict[str, str]:
        """Every id that was merged away → the id that is kept."""
        return self._store.read(
            lambda session: {str(old): str(kept) for old, kept in session.query(Alias.old_id, Alias.kept_id)}
        )

    def plan(self, table: str, kept_id: str, other_id: str) -> MergePlan:
        """Both records side by side. Raises KamdeskError ``record.gone``, ``merge.one_record``."""

        def work(session: Session) -> MergePlan:
            kept, other = _two(session, table, kept_id, other_id)
            connection = session.connection()
            fields = [*_fields(session, kept, other), *_own_fields(session, table, kept, other)]
            if table == "person":
                fields += _birthdays(session, kept, other)
            mine, theirs = (_hanging(connection, table, str(row.id)) for row in (kept, other))
            return MergePlan(
                table,
                str(kept.id),
                title_of(kept),
                str(other.id),
                title_of(other),
                tuple(fields),
                tuple(theirs.items()),
                sum(mine.values()),
                sum(theirs.values()),
            )

        return self._store.read(work)

    def merge(self, table: str, kept_id: str, other_id: str, choices: Mapping[str, str] | None = None) -> str:
        """Merge ``other_id`` into ``kept_id`` and return the kept id; nothing happens when they are one already.

        ``choices`` maps names of :class:`MergeField` to kept, other or both; what is not named is as proposed. Raises
        KamdeskError ``record.gone``, ``merge.unknown_field``, ``record.required``; nothing is changed then.
        """
        try:
            plan = self.plan(table, kept_id, other_id)
        except KamdeskError as problem:
            if problem.message.code != "merge.one_record":
                raise
            return str(problem.message.params["id"])
        chosen = _checked(plan, choices or {})

        def work(session: Session) -> str:
            self._merge(session.connection(), plan, chosen)
            return plan.kept_id

        params = {
            "noun": label(entity_of(table).__label__),
            "name": plan.kept_title,
            "other": plan.other_title,
        }
        return self._store.write("merge.step", params, work)

    def _merge(self, connection: Connection, plan: MergePlan, chosen: Mapping[str, str]) -> None:
        run = raw(connection)
        mine, theirs = (row_of(run, plan.table, row_id) for row_id in (plan.kept_id, plan.other_id))
        if mine is None or theirs is None:
            raise KamdeskError("record.gone")
        changed: dict[str, Any] = {}
        for field in plan.fields:
            side = chosen[field.name]
            if field.name == _BIRTHDAY:
                self._birthday(connection, plan, side)
            elif field.name.startswith(_CUSTOM):
                _own_value(run, plan, field.name.removeprefix(_CUSTOM), side)
            elif side == merge.OTHER:
                changed |= {spec.name: theirs[spec.name] for spec in field.specs}
            elif side == merge.BOTH:
                changed |= {s.name: _both(s, mine[s.name], theirs[s.name]) for s in field.specs}
        changed |= _sort_key(plan.table, {**mine, **changed})
        joining.put(run, plan.table, plan.kept_id, changed)
        decided = [
            field.name for field in plan.fields if not field.equal and field.name in _declared(plan.table)
        ]
        joining.absorb(connection, self._store.vault_id, plan.table, plan.kept_id, plan.other_id, decided)

    def _birthday(self, connection: Connection, plan: MergePlan, side: str) -> None:
        """A person has one birthday: the fact of the other one goes into the kept one's."""
        run = raw(connection)
        mine, theirs = (_birthday_row(run, row_id) for row_id in (plan.kept_id, plan.other_id))
        if mine is None or theirs is None:
            return
        changed = merge.joined("fact", mine, theirs)
        if side == merge.OTHER:
            changed |= {name: theirs[name] for name in ("date", "source_kind", "source", "noted_on")}
        joining.put(run, "fact", mine["id"], changed)
        joining.absorb(connection, self._store.vault_id, "fact", mine["id"], theirs["id"], ("date",))


def _two(session: Session, table: str, kept_id: str, other_id: str) -> tuple[Entity, Entity]:
    entity = entity_of(table)
    kept, other = get(session, entity, kept_id), get(session, entity, other_id)
    if kept.id == other.id:
        raise KamdeskError("merge.one_record", id=str(kept.id))
    return kept, other


def _declared(table: str) -> dict[str, list[FieldSpec]]:
    """Merge group → its fields. What has no label is bookkeeping and stays the kept one's."""
    groups: dict[str, list[FieldSpec]] = {}
    for column, info in fields_of(entity_of(table)):
        if column.name not in ("id", "sort_key") and info.label:
            groups.setdefault(info.group or column.name, []).append(spec_of(column))
    return groups


def _fields(session: Session, kept: Entity, other: Entity) -> list[MergeField]:
    run, table = raw(session.connection()), str(kept.__tablename__)
    mine, theirs = row_of(run, table, str(kept.id)) or {}, row_of(run, table, str(other.id)) or {}
    result = []
    for group, specs in _declared(table).items():
        names = [spec.name for spec in specs]
        one, two = [mine[name] for name in names], [theirs[name] for name in names]
        can_join = len(specs) == 1 and specs[0].kind in (FieldKind.CODES, FieldKind.LONG_TEXT)
        if all(merge.is_empty(value) for value in (*one, *two)):
            continue
        dates = [at for at, spec in enumerate(specs) if spec.kind is FieldKind.DATE]
        result.append(
            MergeField(
                group,
                _CALLED.get(group, specs[0].label),
                tuple(specs),
                tuple(getattr(kept, name) for name in names),
                tuple(getattr(other, name) for name in names),
                tuple(_target(session, kept, name) for name in names),
                tuple(_target(session, other, name) for name in names),
                one == two,
                merge.proposed(one, two, dates=dates, can_join=can_join),
                can_join,
                Sensitivity.strictest(*(spec.sensitivity for spec in specs)),
            )
        )
    return result


def _target(session: Session, row: Entity, name: str) -> str:
    """How the target of a link is called; "" for a column that is no link."""
    column = cast(Table, row.__table__).columns[name]
    key = next(iter(column.foreign_keys), None)
    value = getattr(row, name)
    if key is None or value is None:
        return ""
    found = session.get(entity_of(key.column.table.name), value)
    return title_of(found) if found is not None else ""


def _own_fields(session: Session, table: str, kept: Entity, other: Entity) -> list[MergeField]:
    """Values of the department's own fields that both records have; one that only one has just goes along."""
    if table not in ("person", "organisation"):
        return []
    owner = CustomValue.person_id if table == "person" else CustomValue.organisation_id

    def values(row: Entity) -> dict[str, str]:
        query = session.query(CustomValue.field_id, CustomValue.value).filter(owner == row.id)
        return {str(field): str(value) for field, value in query}

    mine, theirs = values(kept), values(other)
    result = []
    for field in session.query(CustomField).filter(CustomField.id.in_(mine.keys() & theirs.keys())):
        sensitivity = Sensitivity(field.sensitivity)
        spec = FieldSpec("value", field.label_en or field.label_ru, FieldKind.TEXT, sensitivity=sensitivity)
        one, two = mine[field.id], theirs[field.id]
        result.append(
            MergeField(
                f"{_CUSTOM}{field.id}",
                spec.label,
                (spec,),
                (one,),
                (two,),
                ("",),
                ("",),
                one == two,
                merge.proposed([one], [two]),
                False,
                sensitivity,
                (field.label_ru or field.label_en, field.label_en or field.label_ru),
            )
        )
    return result


def _birthdays(session: Session, kept: Entity, other: Entity) -> list[MergeField]:
    def birthday(row: Entity) -> Fact | None:
        query = session.query(Fact).filter(Fact.person_id == row.id, Fact.kind == _BIRTHDAY)
        return query.order_by(Fact.id).first()

    mine, theirs = birthday(kept), birthday(other)
    if mine is None or theirs is None:
        return []  # the only one goes along
    one: PartialDate | None = mine.date
    two: PartialDate | None = theirs.date
    spec = FieldSpec(_BIRTHDAY, N_("Birthday"), FieldKind.PARTIAL_DATE, sensitivity=Sensitivity.PERSONAL)
    return [
        MergeField(
            _BIRTHDAY, spec.label, (spec,), (one,), (two,), ("",), ("",), one == two,
            merge.proposed_date(one, two), False, spec.sensitivity,
        )
    ]  # fmt: skip


def _hanging(connection: Connection, table: str, row_id: str) -> dict[str, int]:
    """How many rows of each noun point at a record."""
    counts: dict[str, int] = {}
    for child, column in joining.links_to(table):
        n = (
            raw(connection)
            .execute(f'SELECT count(*) FROM "{child}" WHERE "{column}" = ?', (row_id,))
            .fetchone()[0]
        )
        if n:
            noun = entity_of(child).__label__
            counts[noun] = counts.get(noun, 0) + n
    return counts


def _checked(plan: MergePlan, choices: Mapping[str, str]) -> dict[str, str]:
    known = {field.name: field for field in plan.fields}
    for name, side in choices.items():
        field = known.get(name)
        if field is None:
            if name in _declared(plan.table) and side in (merge.KEPT, merge.OTHER):
                continue  # empty on both sides
            raise KamdeskError("merge.unknown_field", field=name)
        if side not in (merge.KEPT, merge.OTHER) and not (side == merge.BOTH and field.can_join):
            raise KamdeskError("merge.unknown_choice", field=label(field.label), choice=side)
        values = field.other if side == merge.OTHER else field.kept
        for spec, value in zip(field.specs, values, strict=True):
            if spec.required and value in (None, "", ()):
                raise KamdeskError("record.required", field=label(spec.label))
    return {name: choices.get(name, field.proposed) for name, field in known.items()}


def _both(spec: FieldSpec, mine: str, theirs: str) -> str:
    if spec.kind is FieldKind.CODES:
        both: Sequence[str] = [*json.loads(mine or "[]"), *json.loads(theirs or "[]")]
        return json.dumps(list(dict.fromkeys(both)), ensure_ascii=False)
    return merge.together(mine, theirs, "\n\n") if mine else theirs


def _sort_key(table: str, row: Mapping[str, Any]) -> dict[str, str]:
    """The stored sort key in step with the chosen name; the rows are written past the mapped classes."""
    names = entity_of(table).__sorted_by__
    return {"sort_key": collation_key(*(str(row[name] or "") for name in names))} if names else {}


def _own_value(run: Any, plan: MergePlan, field_id: str, side: str) -> None:
    if side != merge.OTHER:
        return
    owner = f"{plan.table}_id"
    run.execute(
        f"UPDATE custom_value SET value = (SELECT value FROM custom_value WHERE field_id = ? AND {owner} = ?) "
        f"WHERE field_id = ? AND {owner} = ?",
        (field_id, plan.other_id, field_id, plan.kept_id),
    )


def _birthday_row(run: Any, person_id: str) -> dict[str, Any] | None:
    found = run.execute(
        "SELECT id FROM fact WHERE person_id = ? AND kind = ? ORDER BY id LIMIT 1", (person_id, _BIRTHDAY)
    ).fetchone()
    return row_of(run, "fact", found[0]) if found else None
