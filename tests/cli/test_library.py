"""The library and the price list from the command line: keys, dry runs, what was not taken, exit codes."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest

from kamdesk.cli.command import run

TAKEN = {"created", "completed", "same", "skipped", "notes", "remarks"}
CHANGED = {"new", "changed", "same", "gone", "gone_deleted", "skipped", "notes", "remarks"}


@pytest.fixture
def call(tmp_path: Path, demo_copy):
    """Run a verb with ``--json`` on a demo vault of this test's own, without its prices; gives (code, result, words)."""
    folder = tmp_path / "demo"
    place = demo_copy(folder, "ru")
    place.prices.delete([row.id for row in place.prices.list()])
    place.close()

    def verb(*arguments: object):
        out, err = io.StringIO(), io.StringIO()
        code = run(["--json", "--vault", str(folder), "--interface", "en", *map(str, arguments)], out, err)
        return code, json.loads(out.getvalue()) if out.getvalue().strip() else None, err.getvalue()

    return verb


def test_the_library_goes_out_and_comes_back(call, tmp_path: Path) -> None:
    for name in ("library.json", "arguments.xlsx", "arguments.csv"):
        code, written, _ = call("library", "export", tmp_path / name)
        assert code == 0 and Path(written["file"]).is_file()
        code, report, _ = call("library", "import", tmp_path / name, "--dry-run")
        assert code == 0 and set(report) == TAKEN
        assert (report["created"], report["skipped"]) == (0, []) and report["same"]
    assert call("library", "export", tmp_path / "library.pdf")[0] == 1
    (tmp_path / "other.json").write_text("{}", "utf-8")
    code, _, words = call("library", "import", tmp_path / "other.json")
    assert code == 1 and "not a library" in words
    assert call("library")[0] == call("library", "import")[0] == 2


def test_a_price_list_is_taken_updated_and_listed(call, tmp_path: Path) -> None:
    file = tmp_path / "prices.csv"
    file.write_text("Артикул;Наименование;Цена\nA1;Насос;100,5\nA2;Клапан;по запросу\n", "utf-8")
    code, report, _ = call("prices", "import", file, "--dry-run")
    assert code == 0 and set(report) == CHANGED
    assert report["new"] == 1 and report["skipped"][0]["place"] == "prices.csv:3"
    assert call("prices", "list")[1] == []
    call("prices", "import", file)
    (row,) = call("prices", "list", "нас")[1]
    assert (row["article"], row["price"], row["currency"]) == ("A1", "100.5", "RUB")
    file.write_text("Артикул;Наименование;Цена\nA3;Задвижка;7\n", "utf-8")
    report = call("prices", "import", file, "--replace")[1]
    assert [one["article"] for one in report["gone"]] == ["A1"] and report["gone_deleted"]
    assert [one["article"] for one in call("prices", "list")[1]] == ["A3"]
    assert call("prices", "import", file, "--currency", "XXX")[0] == 1
    assert call("prices", "import", tmp_path / "none.csv")[0] == 1
    assert call("prices")[0] == 2


def test_a_price_list_goes_out_and_a_sheet_is_named(call, tmp_path: Path) -> None:
    from openpyxl import Workbook

    book = Workbook()
    book.active.title = "Письмо"
    book.active.append(["Уважаемые коллеги"])
    for name, price in (("Розница", 100), ("Опт", 80)):
        sheet = book.create_sheet(name)
        for row in (["Прайс-лист"], ["Артикул", "Наименование", "Цена"], ["A1", "Насос", price]):
            sheet.append(row)
    file = tmp_path / "book.xlsx"
    book.save(file)
    call("prices", "import", file)
    assert call("prices", "list")[1][0]["price"] == "100", "the first of those understood best"
    report = call("prices", "import", file, "--sheet", "Опт")[1]
    assert report["changed"][0]["to"] == "80 RUB"
    code, _, words = call("prices", "import", file, "--sheet", "Нет такого")
    assert code == 1 and "Нет такого" in words
    for name in ("out.xlsx", "out.csv"):
        code, written, _ = call("prices", "export", tmp_path / name)
        assert code == 0 and set(written) == {"file"} and Path(written["file"]).is_file()
        assert call("prices", "import", tmp_path / name, "--replace", "--dry-run")[1]["same"] == 1
    assert call("prices", "export", tmp_path / "out.pdf")[0] == 1
