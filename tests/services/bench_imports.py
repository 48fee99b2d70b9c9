"""How long 10,000 contact cards take, read in the worker, looked at and imported: ``python -m tests.services.bench_imports [N]``."""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from kamdesk.bootstrap import open_workplace
from kamdesk.store.vault import create

T = TypeVar("T")


def cards(n: int) -> bytes:
    """A file of ``n`` cards of people at fifty organisations."""
    return "".join(
        f"BEGIN:VCARD\r\nVERSION:3.0\r\nN:Фамилия{at};Имя{at % 97};Отчество;;\r\nFN:Имя{at % 97} Фамилия{at}\r\n"
        f"ORG:Завод {at % 50}\r\nTITLE:Инженер {at % 12}\r\nEMAIL:person{at}@example.com\r\n"
        f"TEL;TYPE=CELL:+7 9{at:09d}\r\nUID:card-{at}\r\nEND:VCARD\r\n"
        for at in range(n)
    ).encode()


def timed(what: str, work: Callable[[], T]) -> T:
    """Print the seconds of one step."""
    begin = time.perf_counter()
    result = work()
    print(f"{what:<28}{time.perf_counter() - begin:8.2f} s")
    return result


def main(n: int) -> None:
    """Read, dry run, import, import again, undo."""
    with tempfile.TemporaryDirectory() as folder:
        place = open_workplace(create(Path(folder) / "vault", None))
        try:
            place.workers.warm()
            read = timed(f"read {n} cards", lambda: place.workers.read_contacts(cards(n), "cards.vcf"))
            timed("dry run", lambda: place.imports.people(read, dry_run=True))
            timed("import", lambda: place.imports.people(read))
            timed("import again", lambda: place.imports.people(read))
            timed("undo", place.vault.history.undo)
        finally:
            place.close()


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 10_000)
