"""Tables and contact cards made to do harm, or broken: a word for the user, nothing lost, nothing run, in bounds."""

from __future__ import annotations

import base64
import io
import random
import tracemalloc
import zipfile

import pytest
from openpyxl import Workbook

from kamdesk.exchange import tables
from kamdesk.exchange.clipboard import read_pasted
from kamdesk.exchange.tables import read_table, read_text
from kamdesk.exchange.vcard import read_vcards
from kamdesk.model.messages import KamdeskError
from kamdesk.model.values import PartialDate


def _refusal(data: bytes, name: str = "a.csv") -> str:
    with pytest.raises(KamdeskError) as refusal:
        read_table(data, name)
    return refusal.value.message.code


@pytest.mark.parametrize(
    "lead", ["=", "+", "-", "@", "\t=", "＝", "＋", "－", "＠", "=cmd|' /C calc'!A0", '=HYPERLINK("x")']
)
def test_formula_like_text_stays_text(lead: str) -> None:
    cell = f"{lead}Иванов"
    table = read_text(f'ФИО;Заметки\nПетров Иван;"{cell.replace(chr(34), chr(34) * 2)}"\n', "a.csv")
    assert table.rows[0][1] == cell
    book = Workbook()
    assert book.active is not None
    book.active.append(["ФИО", "Заметки"])
    book.active.append(["Петров Иван", "x"])
    book.active["B2"].value = cell
    book.active["B2"].data_type = "s"
    target = io.BytesIO()
    book.save(target)
    assert read_table(target.getvalue(), "a.xlsx").rows[0][1] == cell


def test_a_phone_and_a_negative_number_are_unharmed() -> None:
    assert read_text("ФИО;Телефон;Заметки\nИванов Пётр;+7 495 1234567;-5\n", "a").rows[0][1:] == (
        "+7 495 1234567",
        "-5",
    )


@pytest.mark.parametrize("encoding", ["cp1251", "utf-16", "utf-16-be", "utf-8-sig"])
def test_code_pages_with_semicolons(encoding: str) -> None:
    data = "ФИО;Почта\nИванов Пётр Сергеевич;a@b.ru\nЩукина Анна Юрьевна;c@d.ru\n".encode(encoding)
    assert [person.name.family for person in read_table(data, "a.csv").people().people] == [
        "Иванов",
        "Щукина",
    ]


def test_a_stray_nul_is_dropped_and_many_are_no_table() -> None:
    table = read_table("ФИО;Почта\nИва\0нов Пётр;a@b.ru\n".encode("cp1251") + b"x;y\n" * 50, "a.csv")
    assert table.rows[0] == ("Иванов Пётр", "a@b.ru")
    assert _refusal(bytes(range(32)) * 200) == "table.not_text"
    assert _refusal(b"\0" * 5000) == "table.not_text"


def test_an_unclosed_quote_of_50_mb_is_refused_or_read_line_by_line() -> None:
    head = 'ФИО;Почта\n"'.encode()
    assert _refusal(head + b"x" * (50 * 2**20 - len(head))) == "table.cell_too_long"
    assert _refusal(head + b"x" * (50 * 2**20)) == "table.too_big"
    line = "Иванов Пётр;a@b.ru\n"
    table = read_text('ФИО;Почта\n"' + line * 50_000, "a.csv")
    assert (len(table.rows), table.remarks[0].code) == (50_000, "table.unclosed_quote")


def test_too_many_rows_or_columns(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tables, "MAX_ROWS", 50)
    assert _refusal("ФИО;Почта\n".encode() + "Иванов Пётр;a@b.ru\n".encode() * 60) == "table.too_many_rows"
    assert _refusal(("ФИО;Почта\nИванов" + ";" * 1500 + "\n").encode()) == "table.too_many_columns"


def test_a_bomb_in_a_spreadsheet_is_stopped_while_counting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tables, "MAX_UNPACKED", 8 * 2**20)
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b"<a>" + b" " * (64 * 2**20) + b"</a>")
    tracemalloc.start()
    code = _refusal(target.getvalue(), "bomb.xlsx")
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert (code, peak < 16 * 2**20) == ("table.too_big", True)


@pytest.mark.parametrize(
    "data",
    [
        b"PK\x03\x04",
        b"PK\x03\x04" + b"\xff" * 5000,
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 5000,
        b"PK\x03\x04" + bytes(range(256)) * 20,
        "<html><table><tr><td>Иванов</td></tr></table></html>".encode(),
        b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c">]><Workbook/>',
    ],
)
def test_broken_and_locked_spreadsheets(data: bytes) -> None:
    assert _refusal(data, "a.xlsx") == "table.unreadable"


def test_a_cut_spreadsheet_and_a_word_document_under_its_name() -> None:
    book = Workbook()
    target = io.BytesIO()
    book.save(target)
    whole = target.getvalue()
    assert _refusal(whole[: len(whole) // 2], "a.xlsx") == "table.unreadable"
    word = io.BytesIO()
    with zipfile.ZipFile(word, "w") as archive:
        archive.writestr("word/document.xml", "<w:document/>")
    assert _refusal(word.getvalue(), "a.xlsx") == "table.unreadable"


def test_flipped_bytes_in_a_spreadsheet_never_escape_as_a_fault() -> None:
    book = Workbook()
    assert book.active is not None
    for row in range(50):
        book.active.append(["Иванов Пётр", f"a{row}@b.ru"])
    target = io.BytesIO()
    book.save(target)
    chance = random.Random(7)
    codes: set[str] = set()
    for _ in range(150):
        damaged = bytearray(target.getvalue())
        for _ in range(chance.randint(1, 12)):
            damaged[chance.randrange(len(damaged))] = chance.randrange(256)
        try:
            read_table(bytes(damaged), "a.xlsx")
        except KamdeskError as refusal:
            codes.add(refusal.message.code)
    assert codes <= {"table.unreadable", "table.not_text"}


# --- cards -------------------------------------------------------------------------------------------------


def test_line_breaks_smuggled_into_a_name() -> None:
    card = (
        "BEGIN:VCARD\r\nVERSION:2.1\r\n"
        "N;ENCODING=QUOTED-PRINTABLE:Ivanov=0D=0AEND:VCARD=0D=0ABEGIN:VCARD;Peter\r\n"
        "FN;ENCODING=QUOTED-PRINTABLE:Peter=0D=0ATEL:666 Ivanov=00=1B[31m\r\nEND:VCARD\r\n"
    )
    read = read_vcards(card.encode(), "a.vcf")
    person = read.people[0]
    assert read.rows == 1
    assert person.name.family == "Ivanov END:VCARD BEGIN:VCARD"
    assert person.raw_name == "Peter TEL:666 Ivanov [31m"
    assert person.phones == ()


def test_nested_three_thousand_deep() -> None:
    nested = "BEGIN:VCARD\r\n" * 3000 + "FN:Иванов Пётр\r\n" + "END:VCARD\r\n" * 3000
    read = read_vcards((nested + "BEGIN:VCARD\r\nFN:Щукина Анна\r\nEND:VCARD\r\n").encode(), "a.vcf")
    assert [person.raw_name for person in read.people] == ["Иванов Пётр", "Щукина Анна"]
    assert read.rows == 3001
    agents = "BEGIN:VCARD\r\nFN:Иванов Пётр\r\n" + "AGENT:\r\nBEGIN:VCARD\r\n" * 3000 + "END:VCARD\r\n" * 3001
    assert [person.raw_name for person in read_vcards(agents.encode(), "a.vcf").people] == ["Иванов Пётр"]


@pytest.mark.parametrize("folded", [False, True])
def test_a_line_of_20_mb(folded: bool) -> None:
    filler = "x" * (20 * 2**20)
    note = "\r\n ".join(filler[i : i + 20_000] for i in range(0, len(filler), 20_000)) if folded else filler
    card = f"BEGIN:VCARD\r\nFN:Иванов Пётр\r\nNOTE:{note}\r\nTITLE:Инженер\r\nEND:VCARD\r\n"
    person = read_vcards(card.encode(), "a.vcf").people[0]
    assert (person.title, person.notes) == ("Инженер", "")
    assert person.not_understood[0].startswith("NOTE:xxx")
    assert len(person.not_understood[0]) <= 300


def test_a_parameter_that_takes_a_bad_expression_for_ever() -> None:
    card = (
        "BEGIN:VCARD\r\nFN:Иванов Пётр\r\nX;a" + "=b" * 20_000 + "\r\nY" + ';"' * 20_000 + "\r\nEND:VCARD\r\n"
    )
    read = read_vcards(card.encode(), "a.vcf")
    assert (read.rows, len(read.people[0].not_understood)) == (1, 2)


@pytest.mark.parametrize(
    "address",
    ["http://127.0.0.1:9/x.jpg", "file:///etc/passwd", "\\\\evil\\share\\a.png", "data:text/html,x"],
)
def test_a_photo_by_address_is_never_fetched(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def forbidden(*_: object) -> None:
        raise AssertionError("something was opened")

    monkeypatch.setattr("socket.socket.connect", forbidden)
    monkeypatch.setattr("builtins.open", forbidden)
    card = f"BEGIN:VCARD\r\nVERSION:4.0\r\nFN:Иванов Пётр\r\nPHOTO:{address}\r\nPHOTO;VALUE=uri:{address}\r\nEND:VCARD\r\n"
    person = read_vcards(card.encode(), "a.vcf").people[0]
    assert person.photo is None
    assert all(text.startswith("PHOTO: ") for text in person.not_understood)
    assert person.not_understood


def test_bad_base64_and_an_endless_photo() -> None:
    big = base64.b64encode(b"\xff\xd8\xff" + b"0" * (13 * 2**20)).decode()
    for photo in ("!!!!", "AAAA=AAAA", "Ж" * 8, "A", big):
        card = f"BEGIN:VCARD\r\nFN:Иванов Пётр\r\nPHOTO;ENCODING=b:{photo}\r\nEND:VCARD\r\n"
        person = read_vcards(card.encode(), "a.vcf").people[0]
        assert (person.photo, len(person.not_understood)) == (None, 1), photo[:10]
        assert len(person.not_understood[0]) < 300


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("--0229", PartialDate(None, 2, 29)), ("1981-02-29", None), ("99999-01-01", None), ("0000-00-00", None),
        ("--1301", None), ("9" * 5000, None), ("-" * 5000, None), ("1980-13-45", None),
    ],
)  # fmt: skip
def test_odd_birthdays(text: str, date: PartialDate | None) -> None:
    card = f"BEGIN:VCARD\r\nFN:Иванов Пётр\r\nBDAY:{text}\r\nEND:VCARD\r\n"
    assert read_vcards(card.encode(), "a.vcf").people[0].birthday == date


def test_a_card_of_a_hundred_thousand_lines_and_unknown_charsets() -> None:
    card = (
        "BEGIN:VCARD\r\nFN;CHARSET=klingon;ENCODING=QUOTED-PRINTABLE:=41nna Kim\r\n"
        + "TEL:1234567\r\n" * 100_000
    )
    read = read_vcards((card + "END:VCARD\r\n").encode(), "a.vcf")
    assert (read.rows, read.people[0].raw_name, len(read.people[0].phones)) == (1, "Anna Kim", 1)


def test_a_file_of_cards_beyond_the_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kamdesk.exchange.vcard.MAX_BYTES", 100)
    with pytest.raises(KamdeskError) as refusal:
        read_vcards(b"BEGIN:VCARD\r\n" * 20, "a.vcf")
    assert refusal.value.message.code == "table.too_big"


@pytest.mark.parametrize(
    "text",
    [
        "Иванов " * 100_000,
        "=cmd|' /C calc'!A0\tИванов Пётр\n" * 100,
        "\t" * 900 + "\n",
        "@" * 100_000,
        "a.b" * 50_000,
        "+7 " * 50_000,
        "1.1.1." * 50_000,
        '"' * 99_999,
        "\u202e\u0000\u2028Иванов Пётр",
        "с уважением " * 20_000,
        "http://" * 20_000,
    ],
)
def test_pastes_that_aim_at_slow_expressions(text: str) -> None:
    read = read_pasted(text).people
    assert read.rows == len(read.people) + len(read.skipped)
