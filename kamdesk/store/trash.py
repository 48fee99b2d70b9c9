"""What was deleted and can be brought back, read from the change record; and forgetting it after thirty days.

How the days are counted: by starts of the program and not by the clock alone, which may be wrong. Between two starts at most
a week apart the days of the calendar count. After a longer gap (a holiday, or a clock that jumped) one day counts and nothing
is forgotten at that start; a clock set back, or a jump to days already seen, counts nothing. So nothing is ever forgotten
before thirty days of the calendar have passed, a clock ten years ahead forgets nothing, and who is away for a month finds the trash as it was.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from sqlalchemy import Connection

from kamdesk.model.messages import Message
from kamdesk.store.changes import decode_message
from kamdesk.store.raw import raw
from kamdesk.store.unit_of_work import Store

KEPT_DAYS: Final = 30
_LONGEST_GAP: Final = 7
_KEY: Final = "trash.days"


@dataclass(frozen=True, slots=True)
class Deleted:
    """A row that is gone, as it was last. ``id`` is of its line in the change record, ``at`` is UTC, ``kind`` do, undo or redo."""

    id: int
    table: str
    row_id: str
    step_id: int
    row: dict[str, Any]
    at: datetime
    message: Message
    kind: str


def deleted(connection: Connection, row_ids: list[str] | None = None) -> list[Deleted]:
    """Every row whose last change was its deletion, the newest first; of ``row_ids`` only where they are given."""
    named = "" if row_ids is None else f"AND c.row_id IN ({', '.join('?' * len(row_ids))}) "
    found = raw(connection).execute(
        "SELECT c.id, c.table_name, c.row_id, c.step_id, c.before, s.at, s.code, s.params, s.kind "
        "FROM change c JOIN step s ON s.id = c.step_id WHERE c.op = 'delete' "
        f"{named}AND NOT EXISTS (SELECT 1 FROM change d WHERE d.table_name = c.table_name "
        "AND d.row_id = c.row_id AND d.id > c.id) ORDER BY c.id DESC",
        tuple(row_ids or ()),
    )
    messages: dict[int, Message] = {}
    result = []
    for change_id, table, row_id, step_id, before, at, code, params, kind in found:
        if step_id not in messages:
            messages[step_id] = decode_message(code, params)
        result.append(
            Deleted(
                change_id,
                table,
                row_id,
                step_id,
                json.loads(before),
                datetime.fromisoformat(at),
                messages[step_id],
                kind,
            )
        )
    return result


@dataclass(frozen=True, slots=True)
class Days:
    """The count of days. ``marks`` are (last step before a start, days counted at that start), the oldest first.

    ``last`` is the day of the last start, ``latest`` the latest day ever seen, ``cut`` the last step already gone through.
    """

    last: date | None = None
    latest: date | None = None
    count: int = 0
    marks: tuple[tuple[int, int], ...] = ()
    cut: int = 0

    def left(self, step_id: int) -> int:
        """In how many days what a step deleted is forgotten; 0 at the next start."""
        since = next((count for step, count in self.marks if step >= step_id), self.count)
        return max(0, KEPT_DAYS - (self.count - since))

    def due(self) -> int:
        """The last step whose deletions are to be forgotten; 0 for none."""
        return max((step for step, count in self.marks if self.count - count >= KEPT_DAYS), default=0)

    def started(self, today: date, last_step: int) -> tuple[Days, bool]:
        """The count after a start, and whether something may be forgotten at it."""
        if self.last is None or self.latest is None:
            return Days(today, today, 0, ((last_step, 0),), 0), False
        gap = (today - self.last).days
        usual = 0 <= gap <= _LONGEST_GAP
        count = self.count + (gap if usual else int(today > self.latest))
        marks = (*(mark for mark in self.marks if mark[1] != count), (last_step, count))
        return Days(today, max(today, self.latest), count, marks, self.cut), usual


def days(connection: Connection) -> Days:
    """The count as it is kept in the vault."""
    found = raw(connection).execute("SELECT value FROM vault_setting WHERE key = ?", (_KEY,)).fetchone()
    if found is None:
        return Days()
    kept = json.loads(found[0])
    return Days(
        date.fromisoformat(kept["last"]),
        date.fromisoformat(kept["latest"]),
        kept["count"],
        tuple((step, count) for step, count in kept["marks"]),
        kept["cut"],
    )


def begin(store: Store) -> int:
    """At the start of the program: count the day and forget what is due. Returns how many rows were forgotten.

    Forgotten are all lines of the change record of a row that is gone (its earlier values too) and steps of which nothing
    is left; ``secure_delete`` overwrites them. Undo ends where something was forgotten.
    """
    today = store.now().date()

    def work(connection: Connection) -> int:
        run = raw(connection)
        before = days(connection)
        last_step = run.execute("SELECT coalesce(max(id), 0) FROM step").fetchone()[0]
        now, usual = before.started(today, last_step)
        forgotten = 0
        if usual and now.due() > now.cut:
            forgotten = _forget(run, now.cut, now.due())
            rest = tuple(mark for mark in now.marks if mark[0] > now.due())
            now = Days(now.last, now.latest, now.count, rest, now.due())
        if now != before:
            _keep(run, now)
        return forgotten

    return store.on_writer(work)


def _keep(run: Any, now: Days) -> None:
    text = json.dumps(
        {
            "last": now.last.isoformat() if now.last else None,
            "latest": now.latest.isoformat() if now.latest else None,
            "count": now.count,
            "marks": now.marks,
            "cut": now.cut,
        }
    )
    run.execute(
        "INSERT INTO vault_setting (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value",
        (_KEY, text),
    )


def _forget(run: Any, after: int, until: int) -> int:
    rows = run.execute(
        "SELECT c.table_name, c.row_id FROM change c WHERE c.step_id > ? AND c.step_id <= ? AND c.op = 'delete' "
        "AND NOT EXISTS (SELECT 1 FROM change d WHERE d.table_name = c.table_name AND d.row_id = c.row_id "
        "AND d.id > c.id)",
        (after, until),
    ).fetchall()
    if not rows:
        return 0
    run.executemany("DELETE FROM change WHERE table_name = ? AND row_id = ?", rows)
    run.execute("UPDATE step SET undone = 2 WHERE id <= ?", (until,))
    # The last step stays without its words: the counters of version vectors are ids of steps, and SQLite would give
    # its id again.
    bare = "id <= ? AND NOT EXISTS (SELECT 1 FROM change WHERE change.step_id = step.id)"
    run.execute(f"DELETE FROM step WHERE {bare} AND id < (SELECT max(id) FROM step)", (until,))
    run.execute(f"UPDATE step SET params = '{{}}' WHERE {bare}", (until,))
    return len(rows)
