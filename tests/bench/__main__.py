"""``python3 dev.py bench [--quick] [--json] [--make]``: one table of ratios.

Without ``--make`` a vault of 2,000 people is made once in ``bench-output/`` and used again; with it, the big one.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from pathlib import Path

from kamdesk.store.vault import Secret, Vault, open_vault
from kamdesk.worker.supervisor import Workers
from tests.bench import document_rows, import_row, start_row, store_rows, window_rows
from tests.bench.make import BIG, CHEAP, TENTH, make
from tests.bench.measure import Row, table

ROOT = Path(__file__).resolve().parents[2]


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="dev.py bench", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="fewer rounds, under a minute")
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--make", action="store_true", help="make and use the big vault of speed.md")
    options = parser.parse_args()
    rounds = 5 if options.quick else 9
    folder = ROOT / "bench-output" / ("big" if options.make else "tenth")
    rows = measure(folder, big=options.make, rounds=rounds)
    if options.json:
        json.dump([row.as_json() for row in rows], sys.stdout, indent=1, ensure_ascii=False)
        print()
    else:
        print(table(rows))
    return 0


def measure(folder: Path, *, big: bool, rounds: int) -> list[Row]:
    """All rows, on the vault in ``folder`` (made when it is not there)."""
    rows: list[Row] = []
    _vault(folder, big=big).close()
    rows.append(start_row.start(folder, rounds))
    with tempfile.TemporaryDirectory() as name:
        temp = Path(name)
        vault = _vault(folder, big=big)
        try:
            rows.append(store_rows.search(vault, rounds))
            rows.append(store_rows.save(vault, temp, rounds))
            bare_open = window_rows.bare_client(vault, rounds)
        finally:
            vault.close()
        rows += window_rows.window(folder, bare_open, long=big)
        with Workers() as workers:
            workers.warm()
            rows += [document_rows.proposal(workers, lines, rounds) for lines in (10, 200, 2_000)]
            rows += import_row.imports(temp, workers, 10_000 if big else 1_000)
            pdf = document_rows.pdf(workers, temp, rounds)
            if pdf is not None:
                rows.append(pdf)
            rows.append(document_rows.batch(workers, rounds))
    return rows


def _vault(folder: Path, *, big: bool) -> Vault:
    if folder.exists():
        return open_vault(folder, Secret(""), cost=CHEAP)
    print(f"Making {folder} …", file=sys.stderr, flush=True)
    return make(folder, BIG if big else TENTH)


if __name__ == "__main__":
    sys.exit(main())
