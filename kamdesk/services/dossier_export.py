"""Which rows of the vault make up the dossier of one client, and what of them a level lets through.

Everything is read from the declarations: a row belongs to the first parent it has, a link between two rows goes
only where both go, and the effective sensitivity is the strictest of column, row, parent and both ends.
"""

from __future__ import annotations

import base64
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from kamdesk.model.fields import FieldKind
from kamdesk.model.tables import (
    Argument,
    CaseStudy,
    Colleague,
    Company,
    CustomField,
    Employment,
    Interaction,
    Objection,
    Organisation,
    Part,
    Participant,
    Person,
    Promise,
    Proposal,
    ProposalReader,
    Question,
    Recommender,
    StoredFile,
    Template,
    TextTemplate,
    VocabularyItem,
)
from kamdesk.model.tables.base import Entity, entity_of, fields_of
from kamdesk.model.values import Sensitivity
from kamdesk.rules.redaction import Redaction, effective
from kamdesk.services.dossier_fields import CONTENT, exchanged, is_exchanged, links_of
from kamdesk.services.organisations import CLIENT_KINDS
from kamdesk.store.files import FileStore

_FILES: Final = 40 * 1024 * 1024
"""Bytes of embedded files in one dossier; as base64 they stay well under the 64 MB of a document."""

_SENSITIVITIES: Final = frozenset(Sensitivity)
_BATCH: Final = 500
_LIBRARY: Final[tuple[type[Entity], ...]] = (Argument, Objection, CaseStudy, Recommender, TextTemplate)
_OURS: Final[tuple[type[Entity], ...]] = (Company, Colleague, VocabularyItem, CustomField, Question)

Rows = dict[str, dict[str, Entity]]
"""Mapped rows by table and id; they stay inside the session that gave them."""


def client_rows(session: Session, organisation: Organisation) -> Rows:
    """The rows of one client's dossier: the client, its people and history, its proposals; our company,
    colleagues and dossier standard; the library in the client's languages. Nothing of another client but the rows that are linked;
    competitors in a deal and former employers that are no clients go along."""
    chosen: Rows = {entity.__tablename__: {} for entity in exchanged()}
    _add(chosen, [organisation])
    for entity in _OURS:
        _add(chosen, session.scalars(select(entity)))
    people = _people(session, organisation.id)
    _add(chosen, _by_ids(session, Person, people))
    _add(chosen, _meetings_without_client(session, people))
    proposals = list(session.scalars(select(Proposal).where(Proposal.organisation_id == organisation.id)))
    _add(chosen, proposals)
    languages = {organisation.language, *(row.language for row in proposals)} - {""}
    for library in _LIBRARY:
        _add(chosen, session.scalars(select(library).where(library.language.in_(languages))))  # type: ignore[attr-defined]
    others = set(session.scalars(select(Organisation.id).where(Organisation.kind.not_in(CLIENT_KINDS))))
    for entity in _by_parents():
        _add(chosen, _children(session, entity, chosen, others))
    _add(chosen, _linked(session, chosen, Organisation))
    _add(chosen, _linked(session, chosen, Template))
    _add(chosen, _linked(session, chosen, StoredFile))
    return chosen


def _add(chosen: Rows, rows: Iterable[Entity]) -> None:
    for row in rows:
        chosen[row.__tablename__][row.id] = row


def _people(session: Session, organisation_id: str) -> set[str]:
    """The ids of all who sit there, play a part, met us there, promised something or read a proposal."""
    queries: tuple[Select[Any], ...] = (
        select(Employment.person_id).where(Employment.organisation_id == organisation_id),
        select(Part.person_id).where(Part.organisation_id == organisation_id),
        select(Participant.person_id)
        .join(Interaction, Interaction.id == Participant.interaction_id)
        .where(Interaction.organisation_id == organisation_id),
        select(Promise.person_id).where(Promise.organisation_id == organisation_id),
        select(ProposalReader.person_id)
        .join(Proposal, Proposal.id == ProposalReader.proposal_id)
        .where(Proposal.organisation_id == organisation_id),
    )
    return {str(found) for query in queries for found in session.scalars(query) if found}


def _meetings_without_client(session: Session, people: set[str]) -> Iterator[Interaction]:
    """Interactions that name no client, where one of these people took part."""
    query = select(Participant.interaction_id, Participant.person_id).join(
        Interaction, Interaction.id == Participant.interaction_id
    )
    found = {
        str(row[0])
        for row in session.execute(query.where(Interaction.organisation_id.is_(None)))
        if row[1] in people
    }
    return _by_ids(session, Interaction, found)


def _by_ids(session: Session, entity: type[Any], ids: Iterable[str]) -> Iterator[Any]:
    wanted = sorted(ids)
    for start in range(0, len(wanted), _BATCH):
        yield from session.scalars(select(entity).where(entity.id.in_(wanted[start : start + _BATCH])))


def _by_parents() -> list[type[Entity]]:
    """Entities that are chosen through the row they belong to, each after those it may belong to."""
    waiting = [entity for entity in exchanged() if entity.__parents__]
    ordered: list[type[Entity]] = []
    while waiting:
        names = {entity.__tablename__ for entity in waiting}
        ready = [
            entity for entity in waiting if not (_parent_tables(entity) - {entity.__tablename__}) & names
        ]
        if not ready:
            raise ValueError(f"parents in a circle: {sorted(names)}")
        ordered += ready
        waiting = [entity for entity in waiting if entity not in ready]
    return ordered


def _parent_tables(entity: type[Entity]) -> set[str]:
    links = links_of(entity)
    return {links[name].target for name in (*entity.__parents__, *entity.__ends__)}


def _children(session: Session, entity: type[Entity], chosen: Rows, others: set[str]) -> list[Entity]:
    """The rows of one table that belong to chosen rows and whose ends are all chosen, or organisations of ``others``."""
    found: dict[str, Entity] = {}
    for name in entity.__parents__:
        column = getattr(entity, name)
        ids = sorted(chosen[links_of(entity)[name].target])
        for start in range(0, len(ids), _BATCH):
            query = select(entity).where(column.in_(ids[start : start + _BATCH]))
            found.update((row.id, row) for row in session.scalars(query))
    return [row for row in found.values() if _belongs(row, chosen, others)]


def _belongs(row: Entity, chosen: Rows, others: set[str]) -> bool:
    owner = owner_of(row)
    if owner is not None and owner[1] not in chosen[owner[0]]:
        return False
    links = links_of(type(row))
    ends = ((links[name].target, getattr(row, name)) for name in row.__ends__)
    return all(
        found is None or found in chosen[table] or (table == Organisation.__tablename__ and found in others)
        for table, found in ends
    )


def owner_of(row: Entity) -> tuple[str, str] | None:
    """Table and id of the row that this one belongs to: the first parent that is filled."""
    for name in row.__parents__:
        if getattr(row, name):
            return links_of(type(row))[name].target, str(getattr(row, name))
    return None


def _linked(session: Session, chosen: Rows, entity: type[Any]) -> list[Entity]:
    """Rows of one table that chosen rows point to and that are not chosen themselves."""
    table = str(entity.__tablename__)
    wanted: set[str] = set()
    for found in chosen.values():
        for row in found.values():
            for link in links_of(type(row)).values():
                if link.target == table and getattr(row, link.name):
                    wanted.add(getattr(row, link.name))
    return list(_by_ids(session, entity, wanted - set(chosen[table])))


# --- what a level lets through -----------------------------------------------------------------------------


class Redacted:
    """The chosen rows as plain values, as far as ``redaction`` lets them through, links to withheld rows emptied."""

    def __init__(self, rows: Rows, redaction: Redaction, files: FileStore) -> None:
        self._rows = rows
        self._redaction = redaction
        self._files = files
        self._known: dict[tuple[str, str], Sensitivity] = {}
        self._room = _FILES

    def collections(self) -> dict[str, list[dict[str, Any]]]:
        """Plain rows with ``id`` by collection."""
        passed: dict[str, dict[str, dict[str, Any]]] = {}
        for table, rows in self._rows.items():
            seen = ((row_id, self._values(row)) for row_id, row in rows.items())
            passed[table] = {row_id: values for row_id, values in seen if values is not None}
        self._drop_orphans(passed)
        return {entity_of(table).__collection__: list(rows.values()) for table, rows in passed.items()}

    def _sensitivity(self, table: str, row_id: str) -> Sensitivity:
        """The effective sensitivity of a row; a row outside the dossier tightens nothing, its link is cut anyway."""
        key = (table, row_id)
        row = self._rows[table].get(row_id)
        if row is None:
            return Sensitivity.STRUCTURAL
        if key not in self._known:
            self._known[key] = Sensitivity.STRUCTURAL  # holds while a circle of rows is walked
            links = links_of(type(row))
            owner = owner_of(row)
            ends = [(links[name].target, getattr(row, name)) for name in row.__ends__ if getattr(row, name)]
            self._known[key] = effective(
                Sensitivity.STRUCTURAL,
                _own(row),
                self._sensitivity(*owner) if owner else None,
                [self._sensitivity(*end) for end in ends],
            )
        return self._known[key]

    def _values(self, row: Entity) -> dict[str, Any] | None:
        """What of one row may go; None when it, or all that it says, is withheld."""
        table = row.__tablename__
        whole = self._sensitivity(table, row.id)
        if not self._redaction.passes(whole):
            return None
        values: dict[str, Any] = {"id": row.id}
        withheld = says = False
        for column, info in fields_of(type(row)):
            if not is_exchanged(table, column.name):
                continue
            value = getattr(row, column.name)
            if self._redaction.passes(effective(info.sensitivity, whole), info.category):
                values[column.name] = value
                says = says or _is_said(info.kind, info.sensitivity, info.row_sensitivity, value)
            elif info.required:
                return None
            else:
                withheld = withheld or bool(value)
        if withheld and not says:
            return None
        return self._with_content(row, values) if isinstance(row, StoredFile) else values

    def _with_content(self, row: StoredFile, values: dict[str, Any]) -> dict[str, Any] | None:
        """A file goes with its bytes and only when everything goes: nobody has read what stands in it."""
        if not self._redaction.passes(Sensitivity.PRIVATE) or row.size > self._room:
            return None
        self._room -= row.size
        content = self._files.get(row.storage)
        return {**values, CONTENT.name: base64.b64encode(content).decode("ascii")}

    def _drop_orphans(self, passed: dict[str, dict[str, dict[str, Any]]]) -> None:
        """Cut links to rows that do not go, and drop the rows that cannot be without them, until nothing changes."""
        changed = True
        while changed:
            changed = False
            for table, rows in passed.items():
                links = links_of(entity_of(table)).values()
                for row_id, values in list(rows.items()):
                    for link in links:
                        linked = values.get(link.name)
                        if linked is None or linked in passed.get(link.target, {}):
                            continue
                        changed = True
                        if link.dies:
                            del rows[row_id]
                            break
                        values[link.name] = None


def _own(row: Entity) -> Sensitivity | None:
    """What the row says of itself, where it has a say."""
    for column, info in fields_of(type(row)):
        if info.row_sensitivity:
            said = getattr(row, column.name)
            # A code nobody knows cannot say that a row is open.
            return Sensitivity(said) if said in _SENSITIVITIES else Sensitivity.PRIVATE
    return None


def _is_said(kind: FieldKind, sensitivity: Sensitivity, marks_row: bool, value: object) -> bool:
    """Whether a field that goes makes its row worth sending: a place in a list, or something that is filled in."""
    if kind is FieldKind.LINK or marks_row:
        return False
    return sensitivity is Sensitivity.STRUCTURAL or bool(value)


def redacted(rows: Rows, level: str, files: FileStore) -> Mapping[str, list[dict[str, Any]]]:
    """Plain rows by collection at a level of the format: business, personal, everything."""
    redaction = Redaction.of({"personal": "business_personal"}.get(level, level))
    return Redacted(rows, redaction, files).collections()
