"""Files of the library and price lists from somebody who means harm: circles, endless chains, formulas, absurd numbers."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest

from kamdesk.exchange import library_file, library_table, prices, tables
from kamdesk.model.messages import KamdeskError
from kamdesk.services.library_files import LibraryFiles
from kamdesk.store.keys import KdfCost
from kamdesk.store.vault import create
from kamdesk.translation import shipped_vocabularies


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[LibraryFiles]:
    """The library of a fresh vault."""
    vault = create(tmp_path / "vault", "correct horse", cost=KdfCost(1024, 1, 1))
    yield LibraryFiles(vault.store, shipped_vocabularies)
    vault.close()


def library(**kinds: object) -> bytes:
    return json.dumps({"format": "kamdesk-library", "version": 1, **kinds}).encode()


@pytest.mark.parametrize(
    "data",
    [
        b"[" * 100_000,
        b'{"a":' * 100_000,
        b"[" * 100_000 + b"]" * 100_000,
        b'{"format":"kamdesk-library","version":1' + b"0" * 5_000_000 + b"}",
        b'{"format":"kamdesk-library","version":NaN}',
        b'{"format":"kamdesk-library","version":1e400}',
        b'{"format":"kamdesk-library","version":0}',
        b'{"format":"kamdesk-library","version":-1}',
        b'{"format":"kamdesk-library","version":true}',
        b'{"format":["kamdesk-library"],"version":1}',
        b"PK\x03\x04" + b"x" * 1000,
        library().decode().encode("utf-16"),
        b"",
    ],
)
def test_what_is_no_library_is_said_to_be_none(data: bytes) -> None:
    with pytest.raises(KamdeskError, match=r"library_file\.(not_ours|newer)"):
        library_file.read(data, dict.fromkeys(("language", "lens", "criteria", "evidence_kind"), ()))


def test_a_chain_of_thousands_is_no_group_of_twins(empty: LibraryFiles) -> None:
    """Twins are one in each language; a file that chains a thousand entries made every page of a proposal wait 20 seconds."""
    rows = [
        {"ref": str(at), "text": f"довод {at}", "language": "ru", "variant_of_id": str(at + 1)}
        for at in range(300)
    ]
    rows += [{"ref": "en", "text": "argument", "language": "en", "variant_of_id": "0"}]
    assert len(empty.import_file(library(arguments=rows)).created) == 301
    kept = {one["ref"]: one for one in json.loads(empty.export())["arguments"]}
    linked = [one for one in kept.values() if "variant_of_id" in one]
    assert len(linked) == 1
    other = kept[linked[0]["variant_of_id"]]
    assert {linked[0]["text"], other["text"]} == {"argument", "довод 0"}


def test_a_circle_is_one_group(empty: LibraryFiles) -> None:
    rows = [
        {"ref": "a", "text": "круг", "language": "ru", "variant_of_id": "b"},
        {"ref": "b", "text": "circle", "language": "en", "variant_of_id": "a"},
        {"ref": "c", "text": "сам себе", "language": "ru", "variant_of_id": "c"},
        {"ref": "\ud800", "text": "половина знака", "case_id": "\udc00", "recommender_id": "\x00"},
    ]
    assert len(empty.import_file(library(arguments=rows, objections=rows)).created) == 8
    kept = json.loads(empty.export())
    assert [sum("variant_of_id" in one for one in kept[kind]) for kind in ("arguments", "objections")] == [
        1,
        1,
    ]


@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠"])
def test_no_cell_of_a_table_is_a_formula(sign: str) -> None:
    text = f"{sign}cmd|' /C calc'!A0"
    made = library_table.to_csv(["Аргумент"], [[text]]).decode("utf-8-sig")
    cell = list(csv.reader(io.StringIO(made, newline=""), delimiter=";"))[1][0]
    assert cell == f"'{text}"
    assert library_table.unquoted(cell) == text


def priced(price: str = "5", vat: str = "", until: str = "") -> prices.PricesRead:
    text = f"Наименование;Цена;НДС;Действует до\nНасос;{price};{vat};{until}\n"
    return prices.read_lines(prices.columns_of(tables.read_table(text.encode(), "p.csv")))


@pytest.mark.parametrize(
    "price",
    ["1e400", "1e6", "1e-400", "-5", "(5)", "NaN", "Infinity", "٣", "１２３", "²", "½", "0x10", "1_000", "=1+1", "5%", "9" * 400, "1.2.3"],
)  # fmt: skip
def test_an_absurd_price_is_told_and_not_taken(price: str) -> None:
    read = priced(price)
    assert not read.lines
    assert [one.why.code for one in read.skipped] == ["prices.wrong_price"]


@pytest.mark.parametrize("vat", ["1000%", "1000", "100", "-5", "- 5", "—20", "NaN", "1e2", "٣"])
def test_an_absurd_rate_is_told_and_left_out(vat: str) -> None:
    """A rate below nothing was taken for a dash, that is for no VAT, without a word."""
    (line,) = priced(vat=vat).lines
    assert (line.vat, [one.code for one in line.remarks]) == (None, ["prices.wrong_vat"])


@pytest.mark.parametrize("vat", ["-", "—", "– ", "без НДС", "none"])
def test_a_dash_says_no_vat(vat: str) -> None:
    """Without any rate the offer would take the usual one and charge what is not due."""
    (line,) = priced(vat=vat).lines
    assert (line.vat, [one.code for one in line.remarks]) == (Decimal(0), ["prices.no_vat"])


def test_thousands_and_the_end_of_time() -> None:
    for price in ("1,234,567.89", "1.234.567,89", "1 234 567,89"):
        assert priced(price).lines[0].price == Decimal("1234567.89")
    assert priced(until="31.12.9999").lines[0].valid_until.year == 9999
    for until in ("01.01.10000", "0000-00-00", "29.02.2023"):
        assert [one.code for one in priced(until=until).lines[0].remarks] == ["prices.wrong_date"]
