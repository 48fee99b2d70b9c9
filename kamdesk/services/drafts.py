"""Text that was typed but not saved yet: it survives a lock and a crash, outside of steps and history."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, delete, select
from sqlalchemy.dialects.sqlite import insert

from kamdesk.model.messages import KamdeskError
from kamdesk.model.tables.system import draft
from kamdesk.services.records import MAX_TEXT
from kamdesk.store.unit_of_work import Store


@dataclass(frozen=True, slots=True)
class Draft:
    """What stood in the field called ``key`` and when it was kept (local time)."""

    key: str
    text: str
    at: datetime


class Drafts:
    """The drafts of one vault; a key names the place, e.g. ``note:new:<person id>``."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def keep(self, key: str, text: str) -> None:
        """Keep the text of one place; an empty text forgets it. Raises KamdeskError ``draft.too_long``."""
        if len(text) > MAX_TEXT:
            raise KamdeskError("draft.too_long")
        if not text:
            self.drop(key)
            return
        # A lone half of a surrogate pair cannot be stored; it appears when a paste was cut in the middle of an emoji.
        clean = text.encode("utf-8", "replace").decode("utf-8")
        at = self._store.now().isoformat()

        def work(connection: Connection) -> None:
            statement = insert(draft).values(key=key, text=clean, at=at)
            connection.execute(
                statement.on_conflict_do_update(index_elements=["key"], set_={"text": clean, "at": at})
            )

        self._store.on_writer(work)

    def get(self, key: str) -> str:
        """The kept text; "" where there is none."""
        return self._store.read(
            lambda session: session.execute(select(draft.c.text).where(draft.c.key == key)).scalar() or ""
        )

    def drop(self, key: str) -> None:
        """Forget a text, because it was saved or thrown away; harmless where there is none."""

        def work(connection: Connection) -> None:
            connection.execute(delete(draft).where(draft.c.key == key))

        self._store.on_writer(work)

    def all(self) -> tuple[Draft, ...]:
        """Every kept text, the newest first."""
        return self._store.read(
            lambda session: tuple(
                Draft(key, text, datetime.fromisoformat(at))
                for key, text, at in session.execute(
                    select(draft.c.key, draft.c.text, draft.c.at).order_by(draft.c.at.desc(), draft.c.key)
                )
            )
        )
