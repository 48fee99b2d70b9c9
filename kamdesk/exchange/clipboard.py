"""Pasted text of any shape as people: cells of Excel or Word, «ФИО — должность» lines, mail signatures, cards."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from kamdesk.exchange import people
from kamdesk.exchange.columns import Mapping
from kamdesk.exchange.people import RowOfFields
from kamdesk.exchange.records import ContactsRead, ImportedPerson, Skipped, clean
from kamdesk.exchange.signature import read_signature, sort_line, split_signatures
from kamdesk.exchange.tables import Table, read_text
from kamdesk.exchange.vcard import read_vcards
from kamdesk.model.messages import KamdeskError, Message

MAX_TEXT: Final = 5 * 2**20
_NUMBERED: Final = re.compile(r"\A\s*(?:\(?\d{1,3}[.)]|[-–—•*·▪])\s+")
_MOSTLY: Final = 0.6


@dataclass(frozen=True, slots=True)
class Pasted:
    """What a paste was taken for: ``shape`` is table, lines, signatures or cards.

    ``table`` and ``mapping`` are there for a table only: the mapping can be changed and the people read again with
    ``table.people(mapping)``.
    """

    shape: str
    people: ContactsRead
    table: Table | None = None
    mapping: Mapping | None = None


def read_pasted(text: str, source: str = "clipboard") -> Pasted:
    """The people in pasted text. Raises KamdeskError ``table.too_big`` and the errors of a table."""
    if len(text) > MAX_TEXT:
        raise KamdeskError("table.too_big", file=source, size=len(text) // 2**20, limit=MAX_TEXT // 2**20)
    text = (
        text.replace("\x00", "").replace("\r\n", "\n").replace("\r", "\n").replace("\u2028", "\n").strip("\n")
    )
    if re.search(r"^\s*BEGIN:VCARD\s*$", text, re.IGNORECASE | re.MULTILINE):
        return Pasted("cards", read_vcards(text.encode(), source, encoding="utf-8"))
    if _is_table(text):
        return _table(text, source)
    lines = [line for line in text.split("\n") if line.strip()]
    named = [line for line in lines if _begins_with_name(line)]
    if lines and len(named) >= _MOSTLY * len(lines):
        return Pasted("lines", _lines(text, source))
    return Pasted("signatures", _signatures(text, source))


def _table(text: str, source: str) -> Pasted:
    table = read_text(text, source, separator="\t" if "\t" in text else "")
    mapping = table.guess()
    return Pasted("table", table.people(mapping), table, mapping)


def _is_table(text: str) -> bool:
    """Tabs in most lines, or a separator that gives most lines the same number of cells and a known meaning."""
    lines = [line for line in text.split("\n") if line.strip()]
    with_tabs = sum("\t" in line for line in lines)
    if with_tabs:
        return with_tabs >= _MOSTLY * len(lines) or text.count('"') >= 2
    if len(lines) < 2:
        return False
    for separator in (";", ","):
        widths = {line.count(separator) for line in lines[:50]}
        if len(widths) == 1 and widths != {0}:
            table = read_text(text, "", separator=separator)
            if table.headers or (separator == ";" and table.guess().names_people):
                return True
    return False


def _begins_with_name(line: str) -> bool:
    row = RowOfFields()
    sort_line(_NUMBERED.sub("", line, count=1), row)
    return bool(row.all("name"))


def _lines(text: str, source: str) -> ContactsRead:
    """One person a line; a line without a name is told as skipped."""
    taken: list[ImportedPerson] = []
    skipped: list[Skipped] = []
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        row = RowOfFields()
        sort_line(_NUMBERED.sub("", line, count=1).strip(), row)
        person = people.person_of(row, f"{source}:{number}") if row.all("name") or row.all("email") else None
        if person is not None:
            taken.append(person)
        else:
            skipped.append(Skipped(f"{source}:{number}", clean(line)[:100], Message("contacts.not_a_person")))
    return ContactsRead(tuple(taken), tuple(skipped), len(taken) + len(skipped))


def _signatures(text: str, source: str) -> ContactsRead:
    """One person a block; a text with no name at all is one skipped row, or one contact without a name."""
    taken: list[ImportedPerson] = []
    for number, block in enumerate(split_signatures(text) or [text], 1):
        person = read_signature(block, f"{source}:{number}")
        if person is not None:
            taken.append(person)
    if taken:
        return ContactsRead(tuple(taken), (), len(taken))
    if not text.strip():
        return ContactsRead()
    first = next((clean(line) for line in text.split("\n") if line.strip()), "")
    return ContactsRead((), (Skipped(f"{source}:1", first[:100], Message("contacts.not_a_person")),), 1)
