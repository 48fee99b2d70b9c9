"""The price list of the demo, read as a file of the user's is; its terms move with the calendar as the dossier's days do."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Final

from kamdesk.exchange.dossier_writing import moved_day
from kamdesk.exchange.prices import PricesRead, columns_of
from kamdesk.exchange.tables import read_table
from kamdesk.resources import resources_folder
from kamdesk.services.library_tables import prices_of

AS_OF: Final = date(2026, 11, 23)
"""The day for which the terms in the files were written; the dossiers beside them say the same."""
CURRENCIES: Final = {"ru": "RUB", "en": "EUR"}


def demo_prices(language: str, today: date) -> PricesRead:
    """The lines of the demo's price list as of ``today``; ``language`` is ru or en."""
    name = f"prices.{language}.csv"
    table = columns_of(read_table((resources_folder() / "demo" / name).read_bytes(), name))
    read = prices_of(table, language)
    lines = (
        replace(line, valid_until=moved_day(line.valid_until, AS_OF, today)) if line.valid_until else line
        for line in read.lines
    )
    return replace(read, lines=tuple(lines))
