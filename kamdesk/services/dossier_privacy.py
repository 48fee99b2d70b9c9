"""How private a row is where a dossier arrives: an import may not open a row by moving it below another one.

What a row says of itself is kept by the import. Much says nothing of itself and is private because of what it belongs to: the file
of a private meeting, the value of a private field. Such a row with other links in a package would go out with the next handover.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from sqlalchemy.orm import Session

from kamdesk.exchange.dossier import DossierRow
from kamdesk.model.tables.base import Entity, entity_of, fields_of
from kamdesk.model.values import Sensitivity
from kamdesk.rules.redaction import effective
from kamdesk.services.dossier_fields import default_of, links_of

_DEEPEST: Final = 12


class ArrivingPrivacy:
    """Compares a row as it is here with what a package would make of it; ``rows`` are those that arrive."""

    def __init__(self, session: Session, rows: Mapping[tuple[str, str], DossierRow]) -> None:
        self._session = session
        self._rows = rows

    def opens(self, here: Entity, values: Mapping[str, Any]) -> bool:
        """Whether the links among ``values`` would let more people see the row than may now."""
        entity = type(here)
        moved = {*entity.__parents__, *entity.__ends__}
        links = {name: value for name, value in values.items() if name in moved}
        now = {name: getattr(here, name) for name in links}
        if links == now:
            return False
        before = self._of(entity, _Read(here, {}), 0)
        return self._of(entity, _Read(here, links), 0).rank < before.rank

    def _of(self, entity: type[Entity], row: _Read, depth: int) -> Sensitivity:
        links = links_of(entity)
        owner = next((name for name in entity.__parents__ if row[name]), None)
        names = dict.fromkeys((*((owner,) if owner else ()), *entity.__ends__))
        above = [self._at(links[name].target, row[name], depth) for name in names if row[name]]
        return effective(Sensitivity.STRUCTURAL, _own(entity, row), None, above)

    def _at(self, table: str, row_id: str, depth: int) -> Sensitivity:
        entity = entity_of(table)
        if depth > _DEEPEST or not (entity.__parents__ or entity.__ends__ or _marks(entity)):
            return Sensitivity.STRUCTURAL
        here = self._session.get(entity, row_id)
        arriving = self._rows.get((entity.__collection__, row_id))
        if here is None and arriving is None:
            return Sensitivity.STRUCTURAL
        said = {} if here is not None or arriving is None else {**arriving.implied, **arriving.values}
        return self._of(entity, _Read(here, said), depth + 1)


class _Read:
    """A row as it would be: what a package says, else what stands here, else the default of a new row."""

    def __init__(self, here: Entity | None, said: Mapping[str, Any]) -> None:
        self._here, self._said = here, said

    def __getitem__(self, name: str) -> Any:
        if name in self._said:
            return self._said[name]
        return getattr(self._here, name) if self._here is not None else None


def _marks(entity: type[Entity]) -> str:
    """The column in which rows say how private they are; "" where they do not."""
    return next((column.name for column, info in fields_of(entity) if info.row_sensitivity), "")


def _own(entity: type[Entity], row: _Read) -> Sensitivity | None:
    name = _marks(entity)
    if not name:
        return None
    said = row[name]
    if said is None:
        said = next(default_of(column) for column, _info in fields_of(entity) if column.name == name)
    # A code nobody knows cannot say that a row is open.
    return Sensitivity(said) if said in frozenset(Sensitivity) else Sensitivity.PRIVATE
