"""The row of the import: cards of people found out (the dry run) and taken, against reading the same file in the worker."""

from __future__ import annotations

from pathlib import Path

from kamdesk.bootstrap import open_workplace
from kamdesk.store.vault import create
from kamdesk.worker.supervisor import Workers
from tests.bench.make import CHEAP
from tests.bench.measure import Row, seconds
from tests.services.bench_imports import cards


def imports(folder: Path, workers: Workers, number: int) -> list[Row]:
    """Both once, on an empty vault: the second import of a file is another task."""
    place = open_workplace(create(folder / "imports", None, cost=CHEAP), workers=workers)
    try:
        data = cards(number)
        bare = seconds(lambda: workers.read_contacts(data, "cards.vcf"))
        read = workers.read_contacts(data, "cards.vcf")
        dry = seconds(lambda: place.imports.people(read, dry_run=True))
        taken = seconds(lambda: place.imports.people(read))
    finally:
        place.vault.close()
    return [
        Row(f"import {number} cards: dry run", dry, bare, "≤ 1.5 s a thousand", "bare: reading the file"),
        Row(f"import {number} cards: taken, one step", taken, bare, "≤ 1.5 s a thousand"),
    ]
