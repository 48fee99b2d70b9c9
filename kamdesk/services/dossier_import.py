"""Taking a dossier in: which rows are new, changed, the same or not to be had, and storing exactly that.

Nothing is deleted, absent is not empty, and who may see a row is never loosened. What is found and what is done
are one walk, so a dry run tells the truth.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from kamdesk.exchange.dossier import Dossier, DossierRow
from kamdesk.model.messages import Message, label
from kamdesk.model.tables import (
    Alias,
    Colleague,
    Company,
    Contact,
    Proposal,
    StoredFile,
    Template,
    TextTemplate,
    VocabularyItem,
)
from kamdesk.model.tables.base import Entity, fields_of
from kamdesk.model.values import Sensitivity
from kamdesk.rules import requisites
from kamdesk.services.dossier_fields import CONTENT, exchanged, links_of
from kamdesk.services.dossier_privacy import ArrivingPrivacy
from kamdesk.services.files import media_type, plain_name
from kamdesk.services.import_report import ImportedRow, ImportReport
from kamdesk.services.people import contact_parts
from kamdesk.services.proposal_data import offer_total
from kamdesk.store.files import FileStore

_BATCH: Final = 500
_CHECKS: Final[Mapping[str, Callable[[str], Message | None]]] = {
    "inn": requisites.check_inn,
    "kpp": requisites.check_kpp,
    "ogrn": requisites.check_ogrn,
    "iban": requisites.check_iban,
}
_USUAL: Final[Mapping[type[Template | TextTemplate], tuple[str, str]]] = {
    Template: ("kind", "language"),
    TextTemplate: ("purpose", "language"),
}
"""Of what one row for each kind and language is taken by itself."""


@dataclass(slots=True)
class _Lists:
    created: list[ImportedRow] = field(default_factory=list)
    updated: list[ImportedRow] = field(default_factory=list)
    same: list[ImportedRow] = field(default_factory=list)
    skipped: list[ImportedRow] = field(default_factory=list)
    remarks: list[Message] = field(default_factory=list)


class Taking:
    """One import: compares the rows of a dossier with the vault and, with ``store`` given, puts them in."""

    def __init__(
        self, session: Session, dossier: Dossier, source: str, now: datetime, files: FileStore | None
    ) -> None:
        self._session = session
        self._source = source
        self._now = now
        self._files = files
        self._entities = {entity.__collection__: entity for entity in exchanged()}
        self._tables = {entity.__tablename__: entity.__collection__ for entity in exchanged()}
        self._lists = _Lists()
        self._notes: dict[str, list[Message]] = {}
        self._contents: dict[str, bytes] = {}
        for problem in dossier.problems:
            self._lists.skipped.append(ImportedRow(self._at(problem.place), problem.name, why=problem.why))
        for unknown in dossier.unknown:
            params = {"place": self._at(unknown.place), "value": unknown.value[:200]}
            self._lists.remarks.append(Message("dossier.unknown_field", params))
        if dossier.more_unknown:
            self._lists.remarks.append(Message("dossier.more_unknown", {"n": dossier.more_unknown}))
        self._rows = self._merged(dossier.rows)
        self._here = self._load()
        self._privacy = ArrivingPrivacy(session, self._rows)

    def run(self) -> ImportReport:
        """Do it and tell. Without ``files`` nothing is added to the session: a dry run."""
        self._drop_incomplete()
        self._drop_known_otherwise()
        self._keep_usual()
        self._drop_orphans()
        self._cut_circles()
        proposals: set[str] = set()
        for (collection, row_id), row in self._rows.items():
            self._take(collection, row_id, row)
            proposals |= {row_id} if collection == "proposals" else set()
            proposals |= {row.values["proposal_id"]} if collection == "offer_items" else set()
        if self._files is not None:
            self._session.flush()
            self._sum_up(proposals)
        lists = self._lists
        return ImportReport(
            tuple(lists.created),
            tuple(lists.updated),
            tuple(lists.same),
            tuple(lists.skipped),
            tuple(lists.remarks),
        )

    # --- identity

    def _merged(self, rows: Iterable[DossierRow]) -> dict[tuple[str, str], DossierRow]:
        """The rows by collection and the id they have here: an id that was merged away stands for the kept row."""
        rows = list(rows)
        kept = self._kept(
            {row.id for row in rows} | {v for row in rows for v in row.values.values() if isinstance(v, str)}
        )
        result: dict[tuple[str, str], DossierRow] = {}
        for row in rows:
            links = links_of(self._entities[row.collection])
            values = {
                name: kept.get(value, value) if name in links else value for name, value in row.values.items()
            }
            row_id = kept.get(row.id, row.id)
            if row_id != row.id:
                # Which of two merged rows is newer cannot be told from here, so what was decided by hand stays.
                self._skip(row, Message("dossier.merged_here"))
                continue
            result[row.collection, row_id] = replace(row, values=values)
        return result

    def _kept(self, ids: set[str]) -> dict[str, str]:
        found: dict[str, str] = {}
        if self._session.scalars(select(Alias.id).limit(1)).first() is None:
            return found
        for alias in self._session.scalars(select(Alias)):
            if alias.old_id in ids:
                found[alias.old_id] = alias.kept_id
        return found

    def _load(self) -> dict[tuple[str, str], Entity]:
        """The rows that are here already, by collection and id, those that links name included."""
        wanted: dict[str, set[str]] = {collection: set() for collection in self._entities}
        for (collection, row_id), row in self._rows.items():
            wanted[collection].add(row_id)
            for name, target, _ in self._links(collection, row):
                wanted[target].add(row.values[name])
        found: dict[tuple[str, str], Entity] = {}
        for collection, ids in wanted.items():
            entity, ordered = self._entities[collection], sorted(ids)
            for start in range(0, len(ordered), _BATCH):
                query = select(entity).where(entity.id.in_(ordered[start : start + _BATCH]))
                found.update(((collection, row.id), row) for row in self._session.scalars(query))
        return found

    def _drop_incomplete(self) -> None:
        """New rows need what is required of them, and files their bytes; a row that is here may come in part."""
        for key, row in list(self._rows.items()):
            if key in self._here:
                continue
            if row.missing:
                self._leave(key, Message("dossier.missing", {"place": f"{row.place}.{row.missing}"}))
            elif key[0] == "files":
                content = _decoded(row.values[CONTENT.name])
                if content:
                    self._contents[row.id] = content
                else:
                    self._leave(key, Message("dossier.bad_file", {"place": row.place}))

    def _drop_known_otherwise(self) -> None:
        """Our company is one row, a code of a list is one row, and only one colleague is the user."""
        company = self._session.scalars(select(Company.id)).all()
        codes = {(item.vocabulary, item.code) for item in self._session.scalars(select(VocabularyItem))}
        me = self._session.scalars(select(Colleague.id).where(Colleague.is_me.is_(True))).all()
        for key, row in list(self._rows.items()):
            collection, row_id = key
            here = self._here.get(key)
            if isinstance(here, Company):
                # Requisites go into every contract we sign: nobody else's file may change them.
                if any(getattr(here, name) != value for name, value in row.values.items()):
                    self._leave(key, Message("dossier.company_here"))
            elif isinstance(here, Colleague):
                if row.values.get("is_me") and not here.is_me:
                    self._change(key, "is_me", False, Message("dossier.not_me", {"place": row.place}))
            elif here is not None:
                continue
            elif collection == "company":
                if company:
                    self._leave(key, Message("dossier.company_here"))
                company = [*company, row_id]
            elif collection == "vocabulary":
                if (row.values.get("vocabulary"), row.values.get("code")) in codes:
                    self._leave(key, Message("dossier.code_here"))
            elif collection == "colleagues" and row.values.get("is_me"):
                if me:
                    self._change(key, "is_me", False, Message("dossier.not_me", {"place": row.place}))
                me = [*me, row_id]

    def _keep_usual(self) -> None:
        """Which file and which text is taken by itself is decided here: what arrives is it only where there is none."""
        for entity, names in _USUAL.items():
            marked = self._session.scalars(select(entity).where(entity.is_default.is_(True)))
            usual = {tuple(getattr(row, name) for name in names) for row in marked}
            columns = entity.__table__.columns
            for key, row in list(self._rows.items()):
                if key[0] != entity.__collection__ or "is_default" not in row.values:
                    continue
                wanted, here = row.values["is_default"], self._here.get(key)
                place = tuple(row.values.get(name, columns[name].default.arg) for name in names)
                kept = here.is_default if isinstance(here, entity) else wanted and place not in usual
                usual |= {place} if kept else set()
                if wanted != kept:
                    self._change(key, "is_default", kept, Message("dossier.usual_here", {"place": row.place}))

    # --- links

    def _drop_orphans(self) -> None:
        """Skip rows whose owner is nowhere, empty other links that lead nowhere, until nothing changes."""
        changed = True
        while changed:
            changed = False
            for key, row in list(self._rows.items()):
                for name, target, dies in self._links(key[0], row):
                    if (target, row.values[name]) in self._rows or (target, row.values[name]) in self._here:
                        continue
                    changed = True
                    place = f"{row.place}.{name}"
                    if dies:
                        self._leave(key, Message("dossier.no_owner", {"place": place}))
                        break
                    self._change(key, name, None, Message("dossier.left_open", {"place": place}))
                    row = self._rows[key]

    def _links(self, collection: str, row: DossierRow) -> list[tuple[str, str, bool]]:
        """(field, collection it points to, whether the row dies with it) of the links that are filled."""
        links = links_of(self._entities[collection])
        return [
            (name, self._tables[links[name].target], links[name].dies)
            for name, value in row.values.items()
            if value is not None and name in links
        ]

    def _cut_circles(self) -> None:
        """A row that would in the end belong to itself (a seat that reports to its own subordinate) is cut loose."""
        for key, row in list(self._rows.items()):
            for name, target, _ in self._links(key[0], row):
                if target == key[0] and self._leads_back(key, name):
                    why = Message("dossier.circle", {"place": f"{row.place}.{name}"})
                    self._change(key, name, None, why)

    def _leads_back(self, key: tuple[str, str], name: str) -> bool:
        seen: set[str] = set()
        current: str | None = key[1]
        while current is not None and current not in seen:
            seen.add(current)
            row, here = self._rows.get((key[0], current)), self._here.get((key[0], current))
            if row is not None and name in row.values:
                current = row.values[name]
            else:
                current = getattr(here, name) if here is not None else None
        return current == key[1]

    # --- one row

    def _take(self, collection: str, row_id: str, row: DossierRow) -> None:
        self._look_at_requisites(row)
        values = dict(row.values)
        values.pop(CONTENT.name, None)
        here = self._here.get((collection, row_id))
        if here is not None:
            self._update(here, row, values)
            return
        entity = self._entities[collection]
        made = entity(id=row_id, **row.implied, **values)
        if isinstance(made, StoredFile):
            self._fill_file(made)
        if isinstance(made, Contact):
            made.normalised = contact_parts(made.value, made.kind or "")[2]
        if self._files is not None:
            self._session.add(made)
        self._lists.created.append(self._row(row, row_id if self._files is not None else ""))

    def _update(self, here: Entity, row: DossierRow, values: Mapping[str, Any]) -> None:
        """Set the given fields that differ; absent is not empty, the stricter sensitivity stays, and no move opens a row."""
        if self._privacy.opens(here, values):
            self._skip(row, Message("dossier.kept_private", {"place": row.place}))
            return
        changed = []
        for column, info in fields_of(type(here)):
            name = column.name
            if name not in values or values[name] == getattr(here, name) or isinstance(here, StoredFile):
                continue
            if info.row_sensitivity and _looser(values[name], getattr(here, name)):
                self._note(row, Message("dossier.kept_private", {"place": f"{row.place}.{name}"}))
                continue
            changed.append(label(info.label) if info.label else name)
            if self._files is not None:
                setattr(here, name, values[name])
        if not changed:
            self._lists.same.append(self._row(row, here.id))
            return
        if isinstance(here, Contact) and self._files is not None:
            here.normalised = contact_parts(here.value, here.kind)[2]
        self._note(row, Message("dossier.changed_fields", {"fields": _joined(changed)}))
        self._lists.updated.append(self._row(row, here.id))

    def _fill_file(self, made: StoredFile) -> None:
        """Put the bytes of an embedded file into the store, and what follows from them into the row."""
        data = self._contents[made.id]
        made.name = plain_name(made.name or "")
        made.media_type = media_type(made.name, data)
        made.size, made.sha256 = len(data), hashlib.sha256(data).hexdigest()
        made.storage = self._files.put(data) if self._files is not None else ""

    def _look_at_requisites(self, row: DossierRow) -> None:
        """Say what cannot be right; odd and foreign numbers exist, so nothing is refused."""
        for name, check in _CHECKS.items():
            value = row.values.get(name)
            problem = check(value) if isinstance(value, str) else None
            if problem is not None:
                self._note(row, problem)

    def _sum_up(self, proposals: set[str]) -> None:
        """Total and time of change of the proposals that were touched; only where something did change."""
        for proposal_id in sorted(proposals):
            row = self._session.get(Proposal, proposal_id)
            if row is None:
                continue
            total = offer_total(self._session, row)
            row.total_minor = total.minor if total is not None else None
            row.changed_at = row.changed_at or self._now

    # --- the report

    def _at(self, place: str) -> str:
        return f"{self._source}: {place}" if self._source else place

    def _row(self, row: DossierRow, row_id: str) -> ImportedRow:
        return ImportedRow(self._at(row.place), row.name, row_id, notes=tuple(self._notes.get(row.place, ())))

    def _note(self, row: DossierRow, note: Message) -> None:
        self._notes.setdefault(row.place, []).append(note)

    def _skip(self, row: DossierRow, why: Message) -> None:
        self._lists.skipped.append(ImportedRow(self._at(row.place), row.name, why=why))

    def _leave(self, key: tuple[str, str], why: Message) -> None:
        self._skip(self._rows.pop(key), why)

    def _change(self, key: tuple[str, str], name: str, value: object, why: Message) -> None:
        row = self._rows[key]
        self._rows[key] = replace(row, values={**row.values, name: value})
        self._note(row, why)


def _decoded(content: str) -> bytes:
    """The bytes of an embedded file; none when they are damaged."""
    try:
        return base64.b64decode(content, validate=True)
    except (binascii.Error, ValueError):
        return b""


def _looser(given: str, here: str) -> bool:
    return Sensitivity(given).rank < Sensitivity(here).rank


def _joined(parts: Sequence[object]) -> object:
    """Names of fields as one parameter: a chain of messages, so that each is translated."""
    joined = parts[0]
    for part in parts[1:]:
        joined = Message("dossier.and_field", {"first": joined, "next": part})
    return joined
