"""The library as a table: one row an entry, out as XLSX or CSV, in from any table whose columns can be understood (R1).

Cells that leave are text: what begins with ``= + - @`` is never a formula for the program that opens them.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any, Final

from kamdesk.exchange.headers import IGNORED
from kamdesk.exchange.records import Skipped
from kamdesk.exchange.spelling import parse_date
from kamdesk.exchange.table_fields import FieldTable, Spellings, recognise
from kamdesk.exchange.tables import Table
from kamdesk.model.messages import Message

FIELDS: Final[Mapping[str, tuple[str, ...]]] = {
    "argument": (
        "text", "short", "lenses", "criteria", "industry", "product", "evidence_kind", "evidence", "evidence_source",
        "evidence_date", "valid_until", "language",
    ),
    "objection": ("text", "answer", "lenses", "criteria", "language"),
    "case_study": ("title", "client", "industry", "size", "year", "task", "done", "figures", "may_quote", "language"),
    "recommender": ("name", "post", "organisation", "phone", "email", "about", "language"),
}  # fmt: skip
"""The columns of each kind, in their order. A consent is no column: it is recorded by hand."""

_WORDS: Final[Mapping[str, str]] = {
    "text": "аргумент|довод|тезис|возражение|текст|argument|objection|text|message|claim",
    "short": "кратко|коротко|краткий текст|in short|short|short text|summary",
    "answer": "ответ|как отвечаем|отработка|answer|response|reply",
    "lenses": "тип участника|тип|кому|для кого|от кого слышали|от кого|адресат|type of stakeholder|lens|speaks to|heard from|audience|for whom",
    "criteria": "критерии|критерий|что важно|отвечает на|о чём|критерии выбора|criteria|criterion|answers to|about",
    "industry": "отрасль|industry|sector",
    "product": "продукт|товар|решение|product|solution",
    "evidence_kind": "вид подтверждения|чем подтверждается (вид)|kind of evidence|evidence kind",
    "evidence": "подтверждение|чем подтверждается|доказательство|факт|цифра|evidence|proof|figure|fact",
    "evidence_source": "источник|source",
    "evidence_date": "по состоянию на|дата подтверждения|дата|as of|date|evidence date",
    "valid_until": "действует до|срок действия|актуально до|valid until|expires",
    "language": "язык|language",
    "title": "проект|название|название проекта|реализованный проект|кейс|project|title|case|case study",
    "client": "клиент|заказчик|client|customer",
    "size": "размер|масштаб|size|scale",
    "year": "год|year",
    "task": "задача|task|challenge",
    "done": "что сделано|сделано|решение задачи|what was done|done",
    "figures": "результат|результат в цифрах|результаты|эффект|цифры|result|results|result in figures|figures",
    "may_quote": "можно ссылаться|можно называть|можно цитировать|we may quote it|may we quote it|may quote|quotable",
    "name": "рекомендатель|фио|ф. и. о.|имя|recommender|name|full name",
    "post": "должность|job title|title|position",
    "organisation": "организация|компания|organisation|organization|company",
    "phone": "телефон|phone",
    "email": "почта|e-mail|email|эл. почта|электронная почта",
    "about": "что может рассказать|о чём расскажет|комментарий|what they can tell|about|note",
}
_LISTS: Final[Mapping[str, str]] = {"lenses": "lens", "criteria": "criteria"}
"""Columns of several codes, with the vocabulary of each."""
_MAIN: Final = {"argument": "text", "objection": "text", "case_study": "title", "recommender": "name"}
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
_NUMBERING: Final = "№|n|no|no.|№ п/п|п/п|#"


def spellings(table: str) -> Spellings:
    """The headers of one kind; only its main column is needed."""
    words = {field: _WORDS[field] for field in FIELDS[table]} | {IGNORED: _NUMBERING}
    return Spellings(words, (), (_MAIN[table],))


def columns_of(read: Table, table: str) -> FieldTable:
    """What the columns are; without headers the first column of words is the main one."""

    def by_content(rows: Sequence[Sequence[str]]) -> list[str]:
        width = max((len(row) for row in rows[:50]), default=0)
        letters = [
            sum(len(re.findall(r"[^\W\d_]", row[at])) for row in rows[:50] if at < len(row))
            for at in range(width)
        ]
        fields = [""] * width
        if width and max(letters):
            fields[letters.index(max(letters))] = _MAIN[table]
        return fields

    return recognise(read, spellings(table), by_content)


def entries_of(
    table: FieldTable, kind: str, code_of: Callable[[str, str], str]
) -> tuple[list[tuple[str, dict[str, Any], tuple[Message, ...]]], list[Skipped]]:
    """Source, values and remarks of each row, and the rows that cannot be taken.

    ``code_of(vocabulary, words)`` gives the code of a label in any language, "" for none.
    """
    found: list[tuple[str, dict[str, Any], tuple[Message, ...]]] = []
    skipped: list[Skipped] = []
    for row, source in zip(table.rows, table.places, strict=True):
        values: dict[str, Any] = {}
        remarks: list[Message] = []
        for field in FIELDS[kind]:
            text = unquoted(table.cell(row, field))
            if not text:
                continue
            value, unknown = _understood(field, text, code_of)
            if value not in (None, ()):
                values[field] = value
            remarks += [Message("library_table.not_understood", {"text": one[:60]}) for one in unknown]
        if values.get(_MAIN[kind]):
            found.append((source, values, tuple(remarks)))
        else:
            called = next((cell.strip() for cell in row if cell.strip()), "")
            skipped.append(Skipped(source, called[:100], Message("library_table.no_text")))
    return found, skipped


def _understood(field: str, text: str, code_of: Callable[[str, str], str]) -> tuple[Any, tuple[str, ...]]:
    """The value of a cell and what of it means nothing."""
    if field in _LISTS:
        return _codes(_LISTS[field], text, code_of)
    value = _value(field, text, code_of)
    return value, (text,) if value is None else ()


def _codes(
    vocabulary: str, text: str, code_of: Callable[[str, str], str]
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The codes that a cell names, and the words that name none; a label may have a comma of its own."""
    whole = code_of(vocabulary, text)
    if whole:
        return (whole,), ()
    found = {part.strip(): code_of(vocabulary, part.strip()) for part in re.split(r"[,;\n/]", text)}
    codes = tuple(dict.fromkeys(code for code in found.values() if code))
    return codes, tuple(part for part, code in found.items() if part and not code)


def _value(field: str, text: str, code_of: Callable[[str, str], str]) -> Any:
    """The value of a cell; None where it is not understood."""
    if field in ("language", "evidence_kind"):
        return code_of(field, text) or None
    if field in ("evidence_date", "valid_until"):
        read = parse_date(text)
        if read is None or read.year is None or read.month is None or read.day is None:
            return None
        return date(read.year, read.month, read.day)
    if field == "year":
        match = re.search(r"\b(19|20)\d\d\b", text)
        return int(match[0]) if match else None
    if field == "may_quote":
        return text.casefold() in ("да", "yes", "1", "true", "+", "можно", "x", "х")
    return text


# --- out ---------------------------------------------------------------------------------------------------


def unquoted(text: str) -> str:
    """Without the apostrophe of :func:`safe`."""
    return text[1:] if text[:1] == "'" and text[1:2] in _FORMULA else text


def safe(text: str) -> str:
    """A cell that no program takes for a formula: an apostrophe before its first sign, as Excel itself writes it."""
    return f"'{text}" if text[:1] and text[0] in _FORMULA else text


def to_csv(headers: Sequence[str], rows: Sequence[Sequence[str]]) -> bytes:
    """Semicolons, quotes, UTF-8 with its mark: Excel opens it in both languages."""
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, delimiter=";", quoting=csv.QUOTE_MINIMAL, lineterminator="\r\n")
    writer.writerow(headers)
    writer.writerows([[safe(cell) for cell in row] for row in rows])
    return stream.getvalue().encode("utf-8-sig")
