"""Which field each column of a table was given by hand, remembered by the set of its headers (X3)."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence

from sqlalchemy import Connection, select
from sqlalchemy.dialects.sqlite import insert

from kamdesk.model.tables.system import vault_setting
from kamdesk.store.unit_of_work import Store

_KEY = "import.columns."


class ImportMemory:
    """The choices of one vault. A choice is by header, so that columns in another order find theirs again."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def keep(self, fingerprint: str, headers: Sequence[str], fields: Sequence[str]) -> None:
        """Remember what the columns of these headers were taken for; nothing is kept of a table without headers."""
        if not fingerprint:
            return
        chosen = {_plain(header): field for header, field in zip(headers, fields, strict=False)}
        value = json.dumps(chosen, ensure_ascii=False)

        def work(connection: Connection) -> None:
            statement = insert(vault_setting).values(key=_KEY + fingerprint, value=value)
            connection.execute(statement.on_conflict_do_update(index_elements=["key"], set_={"value": value}))

        self._store.on_writer(work)

    def fields(self, fingerprint: str, headers: Sequence[str], guessed: Sequence[str]) -> tuple[str, ...]:
        """The fields as they were chosen before, the guessed ones where nothing was."""
        kept = self._kept(fingerprint) if fingerprint else {}
        names = [_plain(header) for header in headers]
        names += [""] * (len(guessed) - len(names))
        return tuple(kept.get(name, field) for name, field in zip(names, guessed, strict=False))

    def _kept(self, fingerprint: str) -> Mapping[str, str]:
        query = select(vault_setting.c.value).where(vault_setting.c.key == _KEY + fingerprint)
        value = self._store.read(lambda session: session.execute(query).scalar())
        kept = json.loads(value) if value else {}
        return kept if isinstance(kept, dict) else {}


def _plain(header: str) -> str:
    return " ".join(header.casefold().replace("ё", "е").split())
