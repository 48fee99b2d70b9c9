"""The user's own Word files for documents that are not proposals: brief, cheat sheet, dossier, letter with results (R9).

A file of one of these kinds serves its kind alone. The letter goes to the client, so it takes a letterhead for any document too; what
stays in the house needs none, and takes only a file that was made for it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Protocol

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from kamdesk.documents import internal_templates
from kamdesk.documents.context.internal import INTERNAL
from kamdesk.documents.context.results import RESULTS
from kamdesk.model.messages import KamdeskError
from kamdesk.model.tables import StoredFile, Template
from kamdesk.services.base import get
from kamdesk.store.unit_of_work import Store

OTHER_KINDS: Final = (*RESULTS, *INTERNAL)
"""Kinds of templates that no document of a proposal is made on."""

SHIPPED: Final = ""
"""Chosen instead of a file's id: the template that ships, whatever is the usual one."""


class Letterheads(Protocol):
    """The part of the workers that makes a template of a letterhead."""

    def prepare(
        self, letterhead: bytes, start: int | None, kind: str, language: str, pattern: bool = True
    ) -> bytes:
        """A template from a letterhead."""
        ...


@dataclass(frozen=True, slots=True)
class TemplateChoice:
    """A file that may be taken. ``is_usual``: it is taken where nothing is chosen; at most one is."""

    id: str
    name: str
    is_usual: bool


class OwnTemplates:
    """Finds and reads the file that a document of the house or a letter with results is made on."""

    def __init__(self, store: Store, press: Letterheads) -> None:
        self._store = store
        self._press = press

    def choices(self, kind: str, language: str) -> tuple[TemplateChoice, ...]:
        """The user's files for a kind and language by name. Raises ``documents.unknown_kind``."""

        def work(session: Session) -> tuple[TemplateChoice, ...]:
            rows = _fitting(session, kind, language)
            usual = _usual(rows, kind, language)
            return tuple(TemplateChoice(row.id, row.name, row is usual) for row in rows)

        return self._store.read(work)

    def read(self, kind: str, language: str, shipped: str, chosen: str | None = None) -> bytes:
        """The template: the chosen file, for None the usual one, for :data:`SHIPPED` or without one that which ships.

        ``shipped`` is a name of :data:`internal_templates.NAMES`. Raises KamdeskError ``record.gone``,
        ``template.other_kind`` for a file that is not for this kind or language.
        """
        if chosen == SHIPPED:
            return internal_templates.read(shipped, language)

        def work(session: Session) -> tuple[str, str, int | None, bool] | None:
            rows = _fitting(session, kind, language)
            row = _usual(rows, kind, language)
            if chosen is not None:
                row = get(session, Template, chosen)
                if row not in rows:
                    raise KamdeskError("template.other_kind", name=row.name)
            if row is None:
                return None
            return get(session, StoredFile, row.file_id).storage, row.mode, row.start_at, row.table_pattern

        found = self._store.read(work)
        if found is None:
            return internal_templates.read(shipped, language)
        storage, mode, start, pattern = found
        data = self._store.files.get(storage)
        return self._press.prepare(data, start, kind, language, pattern) if mode == "letterhead" else data


def _fitting(session: Session, kind: str, language: str) -> list[Template]:
    if kind not in OTHER_KINDS:
        raise KamdeskError("documents.unknown_kind", kind=kind)
    query = select(Template).where(Template.language.in_((language, "")))
    rows = session.scalars(query.order_by(func.kamdesk_fold(Template.name), Template.id))
    return [
        row
        for row in rows
        if row.kind == kind or (kind in RESULTS and not row.kind and row.mode == "letterhead")
    ]


def _usual(rows: list[Template], kind: str, language: str) -> Template | None:
    marked = [row for row in rows if row.is_default]
    return min(
        marked, key=lambda row: (row.kind != kind, row.language != language, row.name, row.id), default=None
    )
