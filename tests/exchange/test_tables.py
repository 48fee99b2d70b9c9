"""Tables as other programs write them: code pages, separators, spreadsheets, and no row lost."""

from __future__ import annotations

import csv
import io
from datetime import date, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from kamdesk.exchange.tables import MAX_CELL, cell_text, guess_separator, read_table, read_text
from kamdesk.model.messages import KamdeskError

OUTLOOK = (
    '"Обращение","Имя","Отчество","Фамилия","Организация","Должность","День рождения","Адрес эл. почты"\r\n'
    '"","Пётр","Сергеевич","Иванов","АО ""Луч""","Директор","0.0.00","ivanov@luch.ru"\r\n'
    '"","Алёна","Петровна","Щукина","Завод","Главный бухгалтер","05.03.1975","s@luch.ru"\r\n'
)
SHORT = "ФИО;Должность\nИванов Пётр Сергеевич;Директор\nЩукина Алёна Юрьевна;Бухгалтер\n"


def _xlsx(*rows: list[object], title: str = "Лист1") -> bytes:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = title
    for row in rows:
        sheet.append(row)
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


@pytest.mark.parametrize("text", [OUTLOOK, SHORT])
@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1251", "koi8-r", "cp866"]
)
def test_the_code_page_is_found(text: str, encoding: str) -> None:
    table = read_table(text.encode(encoding), "people.csv")
    assert table.encoding == encoding
    assert [person.name.full() for person in table.people().people] in (
        ["Иванов Пётр Сергеевич", "Щукина Алёна Петровна"],
        ["Иванов Пётр Сергеевич", "Щукина Алёна Юрьевна"],
    )


def test_western_letters() -> None:
    text = (
        "Name;Job Title\nJürgen Müller;Geschäftsführer\nRené Lefèvre;Ingénieur général\nZoë Ångström;Köchin\n"
    )
    assert read_table(text.encode("cp1252"), "west.csv").rows[0] == ("Jürgen Müller", "Geschäftsführer")


def test_the_encoding_can_be_forced_and_must_exist() -> None:
    assert read_table(SHORT.encode("cp1251"), "a.csv", encoding="cp866").rows[0][0] != "Иванов Пётр Сергеевич"
    with pytest.raises(KamdeskError) as refusal:
        read_table(b"a", "a.csv", encoding="klingon")
    assert refusal.value.message.code == "contacts.unknown_encoding"


@pytest.mark.parametrize("separator", [";", ",", "\t", "|"])
def test_the_separator_is_guessed(separator: str) -> None:
    text = (
        separator.join(["ФИО", "Почта", "Должность"])
        + "\n"
        + separator.join(["Иванов Пётр", "a@b.ru", "Инженер"])
    )
    assert guess_separator(text) == separator
    assert read_text(text, "a").headers == ("ФИО", "Почта", "Должность")


def test_excels_own_line_names_the_separator() -> None:
    table = read_text("sep=|\nФИО|Почта\nИванов Пётр|a@b.ru\n", "a.csv")
    assert (table.separator, table.rows) == ("|", (("Иванов Пётр", "a@b.ru"),))


def test_quoted_cells_keep_line_breaks_and_places_count_records() -> None:
    table = read_text('ФИО,Заметки\n"Иванов Пётр","две\r\nстроки"\n\nЩукина Анна,""\n', "a.csv")
    assert table.rows == (("Иванов Пётр", "две\nстроки"), ("Щукина Анна", ""))
    assert table.places == ("a.csv:2", "a.csv:4")


def test_a_spreadsheet_keeps_dates_numbers_and_formula_like_text() -> None:
    data = _xlsx(
        ["Кто решает"],
        ["ФИО", "Телефон", "Дата рождения", "Доля", "Заметки"],
        ["Иванов Пётр Сергеевич", 74951234567, date(1975, 3, 5), 12.5, "'=1+1"],
        [],
        ["Щукина Анна", "+7 495 1", datetime(2026, 1, 2, 15, 30), 3.0, "-5"],
    )
    table = read_table(data, "people.xlsx")
    assert table.headers == ("ФИО", "Телефон", "Дата рождения", "Доля", "Заметки")
    assert table.rows == (
        ("Иванов Пётр Сергеевич", "74951234567", "1975-03-05", "12.5", "'=1+1"),
        ("Щукина Анна", "+7 495 1", "2026-01-02 15:30", "3", "-5"),
    )
    assert table.places == ("people.xlsx:Лист1:3", "people.xlsx:Лист1:5")
    assert (table.sheet, table.sheets) == ("Лист1", ("Лист1",))


def test_the_first_sheet_with_rows_is_taken_and_another_can_be_asked_for() -> None:
    book = Workbook()
    book.create_sheet("Люди").append(["ФИО", "Почта"])
    book["Люди"].append(["Иванов Пётр", "a@b.ru"])
    target = io.BytesIO()
    book.save(target)
    table = read_table(target.getvalue(), "a.xlsx")
    assert (table.sheet, len(table.rows)) == ("Люди", 1)
    assert read_table(target.getvalue(), "a.xlsx", sheet="Sheet").rows == ()
    with pytest.raises(KamdeskError) as refusal:
        read_table(target.getvalue(), "a.xlsx", sheet="Нет")
    assert refusal.value.message.code == "table.no_such_sheet"


def test_an_unclosed_quote_loses_no_row() -> None:
    table = read_text('ФИО;Почта\nИванов Пётр;a@b.ru\n"Петров Иван;c@d.ru\nСидоров Олег;e@f.ru\n', "a.csv")
    assert [row[0] for row in table.rows] == ["Иванов Пётр", "Петров Иван", "Сидоров Олег"]
    assert [(remark.code, remark.params["row"]) for remark in table.remarks] == [("table.unclosed_quote", 3)]
    assert len(table.people().people) == 3


def test_a_table_without_headers_and_an_empty_one() -> None:
    assert read_text("Иванов Пётр;a@b.ru\nПетров Иван;c@d.ru\n", "a").headers == ()
    empty = read_text("", "a")
    assert (empty.headers, empty.rows, empty.people().rows) == ((), (), 0)


def test_a_header_alone_has_no_rows() -> None:
    table = read_text("ФИО;Почта\n", "a")
    assert (table.headers, table.rows) == (("ФИО", "Почта"), ())


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        (1.0, "1"),
        (0.1, "0.1"),
        (True, "1"),
        ("=1", "=1"),
        (None, ""),
        (date(2026, 2, 1), "2026-02-01"),
        (1e20, "1e+20"),
    ],
)
def test_cells_as_text(cell: object, text: str) -> None:
    assert cell_text(cell) == text


def test_an_old_xls_is_named_unreadable_when_it_is_damaged() -> None:
    with pytest.raises(KamdeskError) as refusal:
        read_table(b"\xd0\xcf\x11\xe0" + b"\0" * 600, "old.xls")
    assert refusal.value.message.code == "table.unreadable"


def test_files_of_disk_and_bytes_agree(tmp_path: Path) -> None:
    path = tmp_path / "люди.csv"
    path.write_bytes(OUTLOOK.encode("cp1251"))
    assert read_table(path.read_bytes(), path.name).places[0] == "люди.csv:2"


_CELLS = st.text(alphabet="абв=+-@ \"';,\t\nA1", max_size=12)


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.lists(_CELLS, min_size=2, max_size=4), min_size=1, max_size=6),
    st.sampled_from([";", ",", "\t"]),
)
def test_what_csv_writes_is_read_back_cell_by_cell(rows: list[list[str]], separator: str) -> None:
    target = io.StringIO()
    csv.writer(target, delimiter=separator, quoting=csv.QUOTE_ALL).writerows([["ФИО", "Почта"], *rows])
    table = read_text(target.getvalue(), "a.csv", separator=separator)
    assert table.rows == tuple(tuple(row) for row in rows if any(cell.strip() for cell in row))
    assert not table.remarks


def test_a_cell_may_be_long_but_not_endless() -> None:
    assert len(read_text(f'ФИО;Заметки\nИванов Пётр;"{"х" * MAX_CELL}"\n', "a").rows[0][1]) == MAX_CELL
    with pytest.raises(KamdeskError) as refusal:
        read_text(f'ФИО;Заметки\nИванов Пётр;"{"х" * (MAX_CELL + 1)}"\n', "a.csv")
    assert refusal.value.message.code == "table.cell_too_long"
    assert refusal.value.message.params["row"] == 2
