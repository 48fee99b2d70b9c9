"""The dossier of a client as one open document: written at a level of trust, taken in with a dry run."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from sqlalchemy.orm import Session

from kamdesk import __version__
from kamdesk.exchange import dossier as format_
from kamdesk.exchange.dossier import Collection, Dossier, Header
from kamdesk.exchange.dossier_writing import moved_to, write
from kamdesk.model.messages import KamdeskError
from kamdesk.model.tables import Organisation
from kamdesk.model.vocabulary import Vocabularies
from kamdesk.resources import resources_folder
from kamdesk.services.base import get
from kamdesk.services.dossier_export import client_rows, redacted
from kamdesk.services.dossier_fields import collections
from kamdesk.services.dossier_import import Taking
from kamdesk.services.import_report import ImportReport
from kamdesk.store.unit_of_work import Store


class Dossiers:
    """Everything a user can do with a dossier as a document of the open format."""

    def __init__(self, store: Store, vocabularies: Callable[[], Vocabularies]) -> None:
        self._store = store
        self._vocabularies = vocabularies

    def export(self, organisation_id: str, level: str = "business") -> bytes:
        """The dossier of one client as JSON in UTF-8. ``level`` is business, personal or everything.

        Below "everything" no file is embedded. Equal content gives equal bytes on the same day. Raises
        KamdeskError ``record.gone`` for a client that is not here, ValueError for another level.
        """
        if level not in format_.LEVELS:
            raise ValueError(level)
        known = self._collections()

        def work(session: Session) -> bytes:
            client = get(session, Organisation, organisation_id)
            rows = redacted(client_rows(session, client), level, self._store.files)
            header = Header(
                client.language,
                level,
                self._store.now().date(),
                f"kamdesk {__version__}",
                client=client.id,
            )
            return write(header, rows, known)

        data = self._store.read(work)
        if len(data) > format_.LIMIT:
            raise KamdeskError("dossier.too_large", limit=format_.LIMIT // (1024 * 1024))
        return data

    def import_(self, data: bytes, *, source: str = "", dry_run: bool = False) -> ImportReport:
        """Take a dossier in: one transaction, one step of undo; ``dry_run`` only tells.

        ``source`` is how the file is called in the report. Raises KamdeskError (``dossier.*``) for a document
        that cannot be read at all; nothing is stored then.
        """
        return self._take(format_.parse(data, self._collections()), source, dry_run)

    def open_demo(self, language: str, *, today: date | None = None) -> ImportReport:
        """Take in the demo dossier that ships, its dates moved to ``today`` (the store's day when not given)."""
        known = self._collections()
        name = f"dossier.{language}.json"
        demo = format_.parse((resources_folder() / "demo" / name).read_bytes(), known)
        return self._take(moved_to(demo, today or self._store.now().date(), known), name, False)

    def _take(self, dossier: Dossier, source: str, dry_run: bool) -> ImportReport:
        now = self._store.now()
        if dry_run:
            return self._store.read(lambda session: Taking(session, dossier, source, now, None).run())
        organisations = [row for row in dossier.rows if row.collection == "organisations"]
        about = [row for row in organisations if row.id == dossier.header.client] or organisations
        name = about[0].name if about else source
        files = self._store.files
        return self._store.write(
            "dossier.imported",
            {"name": name},
            lambda session: Taking(session, dossier, source, now, files).run(),
        )

    def _collections(self) -> tuple[Collection, ...]:
        return collections(self._vocabularies())
