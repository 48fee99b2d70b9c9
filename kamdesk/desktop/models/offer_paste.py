"""Reads a price table as it is copied from Excel, Word or a PDF into columns of an offer: by its heading, or by what the columns hold."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Final

from kamdesk.desktop.models.tsv import from_tsv
from kamdesk.rules.typed.numbers import parse_amount

_HEADINGS: Final[tuple[tuple[str, re.Pattern[str]], ...]] = (
    ("sum", re.compile(r"сумма|стоимость|итого|всего|amount|total|\bsum\b")),
    ("discount", re.compile(r"скидк|discount|rebate")),
    ("price", re.compile(r"цен[аы]|тариф|price|\brate\b|unit cost")),
    ("vat", re.compile(r"\bндс\b|налог|\bvat\b|\btax\b")),
    ("quantity", re.compile(r"кол-?\s*во|количеств|объ[её]м|\bqty\b|quantity|\bpcs\b")),
    ("unit", re.compile(r"ед\.?\s*изм|единиц|\bед\.|\bизм\.|\bunits?\b|\buom\b|measure")),
    ("optional", re.compile(r"опци|option")),
    ("alternative", re.compile(r"\bвариант|комплектаци|alternative|\bvariant\b")),
    ("article", re.compile(r"^(?!.*(?:наимен|назван|descri|\bname\b)).*(?:артикул|\bкод\b|парт-?номер|article|\bsku\b|\bcode\b|part no|item no|cat(?:alog(?:ue)?)?\.? no)")),
    ("note", re.compile(r"примеч|коммент|remark|note|comment")),
    ("name", re.compile(r"наимен|назван|товар|позици|номенклат|услуг|работ|описан|оборудован|состав|item|product|name|descri|goods|service")),
)  # fmt: skip
_TOTAL: Final = re.compile(
    r"\s*(?:итого|всего|в т\. ?ч\.|в том числе|ндс|total|subtotal|grand total|vat|incl)\b", re.IGNORECASE
)
_NUMBER_SIGN: Final = re.compile(r"\s*(?:№|n|#|п/п|№\s*п/п|no\.?)\s*\Z", re.IGNORECASE)
_LOOKED_AT: Final = 6
"""How many lines at the top of a pasted table may come before its heading."""


def heading_of(line: Sequence[str]) -> dict[int, str]:
    """The column each place of a heading line stands for; {} where it is no heading."""
    found: dict[int, str] = {}
    for place, text in enumerate(line):
        words = " ".join(text.casefold().split())
        if not words or _NUMBER_SIGN.match(words) or parse_amount(words) is not None:
            continue
        name = next((name for name, pattern in _HEADINGS if pattern.search(words)), "")
        # «Стоимость за единицу» is a price, «Цена с НДС, всего» is a sum
        if name == "sum" and re.search(r"за (?:ед|1|шт)|per unit|each", words):
            name = "price"
        if name and name not in found.values():
            found[place] = name
    return found if "name" in found.values() and len(found) >= 2 else {}


def read_offer(text: str, *, guess: bool = True) -> list[Mapping[str, str]] | None:
    """Rows as texts by column (article, name, unit, quantity, price, discount, vat, optional, alternative, note), or None to leave it to the grid.

    Totals and empty lines are left out. Without a heading the columns are told by what they hold (only with ``guess``): the longest texts are
    the names, the first numbers quantities, the next prices.
    """
    lines = [line for line in from_tsv(text) if any(cell.strip() for cell in line)]
    for at, line in enumerate(lines[:_LOOKED_AT]):
        heading = heading_of(line)
        if heading:
            return _rows(lines[at + 1 :], heading)
    if not guess or len(lines) < 1 or max(map(len, lines), default=0) < 3:
        return None
    guessed = _guessed(lines)
    return _rows(lines, guessed) if guessed else None


def _rows(lines: Sequence[Sequence[str]], places: Mapping[int, str]) -> list[Mapping[str, str]]:
    rows: list[Mapping[str, str]] = []
    for line in lines:
        row = {
            name: " ".join(line[place].split())
            for place, name in places.items()
            if place < len(line) and name != "sum" and line[place].strip()
        }
        if row.get("name") and not _TOTAL.match(row["name"]):
            rows.append(row)
    return rows


def _guessed(lines: Sequence[Sequence[str]]) -> dict[int, str]:
    width = max(map(len, lines))
    columns = [[line[place].strip() if place < len(line) else "" for line in lines] for place in range(width)]
    numeric = [place for place, cells in enumerate(columns) if _are_numbers(cells)]
    words = [place for place, cells in enumerate(columns) if place not in numeric and any(cells)]
    if not words or not numeric:
        return {}
    name = max(words, key=lambda place: sum(map(len, columns[place])))
    found = {name: "name"}
    numeric = [place for place in numeric if place > name]
    units = [place for place in words if place > name and max(map(len, columns[place])) <= 12]
    if units:
        found[units[0]] = "unit"
    amounts = [place for place in numeric if not any("%" in cell for cell in columns[place])]
    if len(amounts) == 1:
        found[amounts[0]] = "price"
    elif len(amounts) >= 2:
        found[amounts[0]], found[amounts[1]] = "quantity", "price"
    percents = [place for place in numeric if place not in amounts]
    if percents:
        found[percents[-1]] = "vat"
    if len(percents) > 1:
        found[percents[0]] = "discount"
    return found


def _are_numbers(cells: Sequence[str]) -> bool:
    filled = [cell for cell in cells if cell]
    return bool(filled) and all(parse_amount(cell) is not None for cell in filled)


def read_percent(text: str) -> Decimal | None:
    """A percentage as typed: «22», «22 %», «0,22» of a cell formatted as a number stays 0.22. None where it is no number."""
    found = parse_amount(text)
    return found.amount if found is not None else None
