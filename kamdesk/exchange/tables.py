"""Tables of other programs as rows of text: XLSX, XLS and ODS sheets, CSV and TSV files, pasted cells.

Everything is text afterwards: a leading ``= + - @`` is kept as it stands, dates are ISO, whole numbers have no
point. Nothing is evaluated. Sizes are capped, and no row is lost without a word.
"""

from __future__ import annotations

import csv
import io
import lzma
import re
import struct
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any, Final

from kamdesk.exchange import columns, encodings
from kamdesk.exchange.records import ContactsRead
from kamdesk.model.messages import KamdeskError, Message

MAX_BYTES: Final = 50 * 2**20
MAX_UNPACKED: Final = 300 * 2**20
MAX_ROWS: Final = 100_000
MAX_COLUMNS: Final = 1_000
MAX_CELL: Final = 100_000
MAX_SHEETS: Final = 30
"""Sheets that are looked at where none is named."""
SEPARATORS: Final = (";", ",", "\t", "|")

_ZIP: Final = b"PK\x03\x04"
_OLE: Final = b"\xd0\xcf\x11\xe0"
_BROKEN_ZIP: Final = (
    zipfile.BadZipFile, zlib.error, lzma.LZMAError, struct.error,
    NotImplementedError, RuntimeError, OSError, ValueError, EOFError, IndexError,
)  # fmt: skip
_MARKUP: Final = re.compile(r"\s*<(?:\?xml|!doctype|html|table|meta)\b", re.IGNORECASE)
_SENTINEL: Final = "\x1ekamdesk-end"


@dataclass(frozen=True, slots=True)
class Table:
    """A table as text. ``headers`` is empty where there is none; rows may be shorter than the headers.

    ``places`` gives the source of each row («team.csv:5», counted from 1, headers included; "team.xlsx:Sheet:5").
    ``encoding`` and ``separator`` are "" for spreadsheets, ``sheets`` is empty for text.
    """

    headers: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    places: tuple[str, ...]
    encoding: str = ""
    separator: str = ""
    sheet: str = ""
    sheets: tuple[str, ...] = ()
    remarks: tuple[Message, ...] = ()

    def guess(self) -> columns.Mapping:
        """The mapping that headers or content suggest."""
        return columns.guess(self.headers, self.rows)

    def people(self, mapping: columns.Mapping | None = None) -> ContactsRead:
        """The people of all rows by a mapping (the guessed one by default)."""
        read = columns.people_of(self.headers, self.rows, mapping or self.guess(), self.places)
        return ContactsRead(read.people, read.skipped, read.rows, self.remarks)


def read_table(data: bytes, file: str, *, encoding: str = "", separator: str = "", sheet: str = "") -> Table:
    """Read a file's bytes; what is not given is detected. ``file`` is the name to be shown in messages.

    Raises KamdeskError ``table.too_big``, ``table.not_text``, ``table.unreadable``, ``table.no_such_sheet``,
    ``table.too_many_rows``, ``table.too_many_columns``, ``table.cell_too_long``, ``contacts.unknown_encoding``.
    """
    if len(data) > MAX_BYTES:
        raise KamdeskError("table.too_big", file=file, size=len(data) // 2**20, limit=MAX_BYTES // 2**20)
    if data.startswith((_ZIP, _OLE)):
        return _spreadsheet(data, file, sheet)
    if encodings.looks_binary(data):
        raise KamdeskError("table.not_text", file=file)
    text, used = encodings.decode(data, encoding)
    if _MARKUP.match(text):  # many programs give a web page the ending .xls
        raise KamdeskError("table.unreadable", file=file)
    return read_text(text, file, separator=separator, encoding=used)


def read_sheets(data: bytes, file: str) -> tuple[Table, ...]:
    """The sheets of a workbook that hold something, at most ``MAX_SHEETS``; a file of text is one table without a name.

    A sheet that is too large is left out while another one can be read. Errors as in :func:`read_table`.
    """
    if len(data) > MAX_BYTES or not data.startswith((_ZIP, _OLE)):
        return (read_table(data, file),)
    book, sheets = _book(data, file)
    found: list[Table] = []
    refused: KamdeskError | None = None
    for name in sheets[:MAX_SHEETS]:
        try:
            records = list(_sheet_rows(book, name, file))
        except KamdeskError as error:
            refused = refused or error
            continue
        if records:
            found.append(_table(records, file, sheet=name, sheets=sheets))
    if not found and refused is not None:
        raise refused
    return tuple(found) or (_table([], file, sheet=sheets[0], sheets=sheets),)


def read_text(text: str, file: str, *, separator: str = "", encoding: str = "") -> Table:
    """Read separated values; the separator is guessed when not given. Errors as in :func:`read_table`."""
    text = text.removeprefix("\ufeff")
    if text[:4].lower() == "sep=" and len(text) > 4:  # Excel's own first line
        separator = separator or text[4]
        text = "\n" + text.partition("\n")[2]
    separator = separator or guess_separator(text)
    records, unclosed = _records(text, separator, file)
    remarks = (Message("table.unclosed_quote", {"file": file, "row": unclosed}),) if unclosed else ()
    return _table(records, file, encoding=encoding, separator=separator, remarks=remarks)


def guess_separator(text: str) -> str:
    """The separator that gives the same number of cells, more than one, in most of the first rows; else a comma."""
    head = text[:20_000]
    best, best_score = ",", 0.0
    for separator in SEPARATORS:
        widths = Counter(len(row) for row in _sample(head, separator) if any(row))
        if not widths:
            continue
        width, count = max(widths.items(), key=lambda item: (item[1], item[0]))
        if width > 1:
            score = count / widths.total() + min(width, 20) / 100
            if score > best_score:
                best, best_score = separator, score
    return best


def _sample(text: str, separator: str) -> list[list[str]]:
    rows: list[list[str]] = []
    try:
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=separator):
            rows.append(row)
            if len(rows) == 30:
                break
    except csv.Error:
        return rows
    return rows[:-1] if len(rows) > 1 and len(text) == 20_000 else rows


def _records(text: str, separator: str, file: str) -> tuple[list[tuple[int, list[str]]], int]:
    """Every record with its number, and the number of the one with a quote that is never closed (0 for none).

    An unclosed quote would swallow all that follows as one cell: a sentinel behind the text shows it, and from
    that record on quotation marks are read as ordinary characters.
    """
    lines = io.StringIO(text, newline="").readlines()
    if lines and not lines[-1].endswith(("\n", "\r")):
        lines[-1] += "\n"
    records: list[tuple[int, list[str]]] = []
    reader = csv.reader([*lines, _SENTINEL], delimiter=separator)
    start = 0
    try:
        for row in reader:
            if row == [_SENTINEL]:
                return records, 0
            if row and _SENTINEL in row[-1]:
                break
            _check_row(row, len(records) + 1, file)
            records.append((len(records) + 1, row))
            start = reader.line_num
    except csv.Error:  # longer than the csv module's own limit, which a cell may not reach
        _check_line(lines[start : start + 1], len(records) + 1, file)
    unclosed = len(records) + 1
    plain = csv.reader(lines[start:], delimiter=separator, quoting=csv.QUOTE_NONE)
    for row in _guarded(plain, len(records) + 1, file):
        _check_row(row, len(records) + 1, file)
        records.append((len(records) + 1, [_unquoted(cell) for cell in row]))
    return records, unclosed


def _unquoted(cell: str) -> str:
    """A cell read with quotes as characters, without the pair (or the stray first one) around it."""
    text = cell.strip()
    if not text.startswith('"'):
        return cell
    return text[1:].removesuffix('"')


def _guarded(reader: Iterable[list[str]], row: int, file: str) -> Iterator[list[str]]:
    try:
        yield from reader
    except csv.Error as error:
        raise KamdeskError("table.cell_too_long", file=file, row=row, limit=MAX_CELL) from error


def _check_line(lines: Sequence[str], row: int, file: str) -> None:
    if any(len(line) > MAX_CELL for line in lines):
        raise KamdeskError("table.cell_too_long", file=file, row=row, limit=MAX_CELL)


def _check_row(row: Sequence[str], number: int, file: str) -> None:
    if number > MAX_ROWS:
        raise KamdeskError("table.too_many_rows", file=file, limit=MAX_ROWS)
    if len(row) > MAX_COLUMNS:
        raise KamdeskError("table.too_many_columns", file=file, row=number, limit=MAX_COLUMNS)
    if any(len(cell) > MAX_CELL for cell in row):
        raise KamdeskError("table.cell_too_long", file=file, row=number, limit=MAX_CELL)


def _table(records: list[tuple[int, list[str]]], file: str, sheet: str = "", **rest: Any) -> Table:
    """Blank rows dropped, headers found, places named."""
    filled = [(number, _tidy(row)) for number, row in records]
    filled = [(number, row) for number, row in filled if any(cell.strip() for cell in row)]
    header = columns.find_header([row for _, row in filled])
    headers = filled[header][1] if header is not None else ()
    body = filled[header + 1 :] if header is not None else filled
    before = f"{file}:{sheet}:" if sheet else f"{file}:"
    return Table(
        tuple(" ".join(cell.split()) for cell in headers),
        tuple(row for _, row in body),
        tuple(f"{before}{number}" for number, _ in body),
        sheet=sheet,
        **rest,
    )


def _tidy(row: Sequence[str]) -> tuple[str, ...]:
    return tuple(cell.replace("\r\n", "\n").replace("\r", "\n") for cell in row)


# --- spreadsheets ------------------------------------------------------------------------------------------


def _spreadsheet(data: bytes, file: str, wanted: str) -> Table:
    book, sheets = _book(data, file)
    if wanted and wanted not in sheets:
        raise KamdeskError("table.no_such_sheet", file=file, sheet=wanted)
    for name in (wanted,) if wanted else sheets:
        records = list(_sheet_rows(book, name, file))
        if records or name == sheets[-1] or wanted:
            return _table(records, file, sheet=name, sheets=sheets)
    raise KamdeskError("table.empty", file=file)


def _book(data: bytes, file: str) -> tuple[Any, tuple[str, ...]]:
    """The open workbook and the names of its sheets, at least one."""
    from python_calamine import CalamineWorkbook

    if data.startswith(_ZIP):
        _check_zip(data, file)
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        sheets = tuple(book.sheet_names)
    except BaseException as error:  # calamine's Rust code may panic, which is no Exception
        raise _unreadable(error, file) from error
    if not sheets:
        raise KamdeskError("table.empty", file=file)
    return book, sheets


def _unreadable(error: BaseException, file: str) -> BaseException:
    """The user's error for a failure of the reader; an interruption stays what it is."""
    if isinstance(error, KeyboardInterrupt | SystemExit | KamdeskError):
        return error
    return KamdeskError("table.unreadable", file=file)


def _sheet_rows(book: Any, name: str, file: str) -> Iterator[tuple[int, list[str]]]:
    try:
        sheet = book.get_sheet_by_name(name)
        first = sheet.start[0] + 1 if sheet.start else 1
        if sheet.height > MAX_ROWS:
            raise KamdeskError("table.too_many_rows", file=file, limit=MAX_ROWS)
        if sheet.width > MAX_COLUMNS:
            raise KamdeskError("table.too_many_columns", file=file, row=first, limit=MAX_COLUMNS)
        rows = sheet.to_python(skip_empty_area=True)
    except BaseException as error:
        raise _unreadable(error, file) from error
    for number, row in enumerate(rows, first):
        texts = [cell_text(cell) for cell in row]
        _check_row(texts, number, file)
        if any(texts):
            yield number, texts


def cell_text(cell: object) -> str:
    """A cell of a sheet as text: dates ISO, whole numbers without a point, everything else as it reads."""
    if isinstance(cell, bool):
        return "1" if cell else "0"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else f"{cell:.15g}"
    if isinstance(cell, datetime):
        midnight = cell.time() == time(0)
        return cell.date().isoformat() if midnight else cell.isoformat(" ", "minutes")
    if isinstance(cell, date | time):
        return cell.isoformat()
    if isinstance(cell, timedelta):
        return str(cell)
    return "" if cell is None else str(cell).replace("\x00", "").replace("_x000D_", "")


def _check_zip(data: bytes, file: str) -> None:
    """Unpack the sheet's parts once, counting: a declared size may lie, a bomb must not reach the reader."""
    total = 0
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            for entry in archive.infolist():
                if not entry.filename.endswith((".xml", ".rels", ".bin")):
                    continue
                with archive.open(entry) as stream:
                    while chunk := stream.read(2**20):
                        total += len(chunk)
                        if total > MAX_UNPACKED:
                            raise KamdeskError(
                                "table.too_big", file=file, size=total // 2**20, limit=MAX_UNPACKED // 2**20
                            )
    except _BROKEN_ZIP as error:
        raise KamdeskError("table.unreadable", file=file) from error
