"""Price tables through the command line: formulas, bombs, cells at the end of the world, odd encodings."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from kamdesk.exchange.sheet_writer import _DOC, _FIXED, _MAIN
from kamdesk.store.keys import KdfCost
from kamdesk.store.vault import create
from tests.hostile.conftest import Call

ENTITIES = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">' + "".join(
    f'<!ENTITY a{n} "{"&a" + (str(n - 1) if n > 1 else "") + ";"}">' for n in range(1, 9)
)


def cell(at: str, text: str) -> str:
    return f'<c r="{at}" t="inlineStr"><is><t>{text}</t></is></c>'


def row(number: int, name: str, price: str) -> str:
    return f'<row r="{number}">{cell(f"A{number}", name)}{price}</row>'


def workbook(rows: str, before: str = "", extra: dict[str, str] | None = None) -> bytes:
    made = io.BytesIO()
    heads = f'<row r="1">{cell("A1", "Наименование")}{cell("B1", "Цена")}</row>'
    book = f'<workbook xmlns="{_MAIN}" xmlns:r="{_DOC}"><sheets><sheet name="P" sheetId="1" r:id="rId1"/></sheets></workbook>'
    parts = {**_FIXED, "xl/workbook.xml": book, **(extra or {})}
    parts["xl/worksheets/sheet1.xml"] = (
        f'{before}<worksheet xmlns="{_MAIN}"><sheetData>{heads}{rows}</sheetData></worksheet>'
    )
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return made.getvalue()


FINE = '<c r="B2"><v>7</v></c>'
REFUSED: dict[str, Callable[[], bytes]] = {
    "a cell at the end of the world": lambda: workbook(
        '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    ),
    "a cell beyond the world": lambda: workbook(
        '<row r="9999999999"><c r="ZZZZZZ9999999999"><v>1</v></c></row>'
    ),
    "a cell of 100 MB": lambda: workbook(row(2, "a" * 100_000_000, FINE)),
    "a cell of 5 MB": lambda: workbook(row(2, "я" * 5_000_000, FINE)),
    "an entity of the disk": lambda: workbook(
        row(2, "&x;", FINE), '<!DOCTYPE x [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
    ),
    "entities of entities": lambda: workbook(row(2, "&a8;", FINE), ENTITIES + "]>"),
    "a shared text that is not there": lambda: workbook(
        '<row r="2"><c r="A2" t="s"><v>999999999</v></c><c r="B2"><v>1</v></c></row>'
    ),
    "120,000 rows": lambda: workbook(
        "".join(f'<row r="{n}"><c r="A{n}"><v>{n}</v></c></row>' for n in range(2, 120_000))
    ),
    "a line of 5 MB": lambda: b"Name;Price\n" + b"a" * 5_000_000,
    "two million separators": lambda: b"Name;Price\n" + b";" * 2_000_000,
    "nothing but quotes": lambda: b"Name;Price\n" + b'"' * 3_000_001 + b";5\n",
    "NUL among letters": lambda: b"Name;Price\nPu\x00mp;5\n",
    "EBCDIC": lambda: "Name;Price\nPump;5\n".encode("cp500"),
}
TAKEN = {
    "a command in a formula": (
        workbook(row(2, "Насос", '<c r="B2"><f>cmd|calc!A0</f><v>7</v></c>')),
        "Насос",
    ),
    "a path out of the archive": (workbook(row(2, "Насос", FINE), extra={"../../evil.xml": "x"}), "Насос"),
    "UTF-16 without its mark": ("Наименование;Цена\nНасос;7\n".encode("utf-16-le"), "Насос"),
    "KOI8": ("Наименование;Цена\nНасос центробежный;7\n".encode("koi8-r"), "Насос центробежный"),
    "ends of lines of old": (b"Name;Price\rPump;7\r", "Pump"),
    "a script in UTF-7": (b"Name;Price\n+ADw-script+AD4-;7\n", "+ADw-script+AD4-"),
}
TOLD = {
    "a formula that was never reckoned": row(2, "Насос", '<c r="B2"><f>1+1</f></c>'),
    "an error for a price": row(2, "Насос", '<c r="B2" t="e"><v>#REF!</v></c>'),
    "1e308": row(2, "Насос", '<c r="B2"><v>1e308</v></c>'),
    "a day that is none": row(2, "Насос", '<c r="B2" t="d"><v>99999-99-99</v></c>'),
}


@pytest.fixture
def vault(tmp_path: Path) -> Path:
    create(tmp_path / "vault", None, cost=KdfCost(1024, 1, 1)).close()
    return tmp_path / "vault"


def listed(vault: Path, call: Call) -> list[str]:
    return [one["name"] for one in call("--vault", vault, "prices", "list").result]


def written(tmp_path: Path, data: bytes) -> Path:
    path = tmp_path / ("prices.xlsx" if data.startswith(b"PK") else "prices.csv")
    path.write_bytes(data)
    return path


@pytest.mark.parametrize("name", REFUSED)
def test_a_table_is_refused_by_its_name_and_nothing_is_taken(
    name: str, vault: Path, call: Call, tmp_path: Path
) -> None:
    said = call("--vault", vault, "prices", "import", written(tmp_path, REFUSED[name]()))
    assert (said.code, said.result) == (1, None)
    assert "prices." in said.words or "column" in said.words
    assert "helper process" not in said.words
    assert listed(vault, call) == []


@pytest.mark.parametrize("name", TAKEN)
def test_what_is_odd_and_harmless_is_words(name: str, vault: Path, call: Call, tmp_path: Path) -> None:
    data, line = TAKEN[name]
    assert call("--vault", vault, "prices", "import", written(tmp_path, data)).code == 0
    assert listed(vault, call) == [line]


@pytest.mark.parametrize("name", TOLD)
def test_a_line_without_a_price_is_told(name: str, vault: Path, call: Call, tmp_path: Path) -> None:
    """A table of formulas that no program had reckoned was taken for sections of nothing, without a word."""
    said = call("--vault", vault, "prices", "import", written(tmp_path, workbook(TOLD[name])))
    assert [one["name"] for one in said.result["skipped"]] == ["Насос"]
    assert listed(vault, call) == []
