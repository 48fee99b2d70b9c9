"""Rows of the window: opening a client, the list of all people, the map of 300, memory and its growth."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from kamdesk.store.vault import Vault
from tests.bench.measure import Row, p95, seconds

_QUERIES = (
    "SELECT * FROM organisation WHERE id = ?",
    "SELECT * FROM seat WHERE organisation_id = ?",
    "SELECT p.* FROM person p JOIN employment e ON e.person_id = p.id WHERE e.organisation_id = ?",
    "SELECT c.* FROM contact c JOIN employment e ON e.person_id = c.person_id WHERE e.organisation_id = ?",
    "SELECT * FROM part WHERE organisation_id = ?",
    "SELECT * FROM interaction WHERE organisation_id = ?",
    "SELECT x.* FROM participant x JOIN interaction i ON i.id = x.interaction_id WHERE i.organisation_id = ?",
    "SELECT * FROM promise WHERE organisation_id = ?",
    "SELECT * FROM proposal WHERE organisation_id = ?",
)
"""The same rows by bare SQL: everything of a client that its page tells of."""


def bare_client(vault: Vault, rounds: int) -> float:
    """Seconds to read the rows of the large client with bare SQL, 95th percentile."""
    find = "SELECT organisation_id FROM seat GROUP BY organisation_id ORDER BY count(*) DESC LIMIT 1"

    def work(session: Any) -> list[float]:
        run = session.connection().exec_driver_sql
        client = run(find).scalar_one()
        return [
            seconds(lambda: [run(query, (client,)).fetchall() for query in _QUERIES])
            for _ in range(max(5, rounds))
        ]

    return p95(vault.store.read(work))


def window(vault: Path, bare_open: float, *, long: bool) -> list[Row]:
    """All rows of one run of the program; the vault must be closed here. Figures in MB stand as they are, times in seconds."""
    with tempfile.TemporaryDirectory() as folder:
        found = _run("kamdesk", str(vault), folder, *(["long"] if long else []))
    empty = _run("bare")
    return [
        Row(
            "open a client, 200 people, 3,000 entries, p95", p95(found["client"]), bare_open, "≤ 100 ms, ≤ 5×"
        ),
        Row("list of all people: first paint", found["people"], 0, "≤ 100 ms"),
        Row("list of all people: longest frame of scrolling", found["frame"], 0, "≤ 50 ms"),
        Row("influence map of 300: laid out and painted", found["map"], 0, "≤ 150 ms"),
        Row(
            "memory after use",
            found["memory_later"] / 1000,
            empty["memory"] / 1000,
            "≤ 250 MB, no growth",
            f"read ms as MB; at first {found['memory']:.0f} MB",
        ),
    ]


def _run(*arguments: str) -> dict[str, Any]:
    env = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    done = subprocess.run(
        [sys.executable, "-m", "tests.bench.window_child", *arguments],
        env=env,
        stdout=subprocess.PIPE,
        timeout=900,
        check=True,
    )
    return dict(json.loads(done.stdout.splitlines()[-1]))
