"""The library out and in: a file of our own, tables, doubles by their words, dry runs, undo; twins stay together."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from kamdesk.exchange.library_table import columns_of
from kamdesk.exchange.tables import read_table
from kamdesk.model.messages import KamdeskError
from kamdesk.services.library import Library
from kamdesk.services.library_files import LibraryFiles
from kamdesk.store.keys import KdfCost
from kamdesk.store.vault import create
from kamdesk.translation import shipped_vocabularies


@pytest.fixture
def vocabularies():
    return shipped_vocabularies()


@pytest.fixture
def filled(store, vocabularies) -> LibraryFiles:
    library = Library(store)
    case = library.add_case("Цех № 2", {"year": 2024, "may_quote": True})
    first = library.add_argument(
        "=Окупается за год", {"lenses": ("finance",), "criteria": ("payback",), "case_id": case}
    )
    library.translate("argument", first, "en", {"text": "Pays back in a year"})
    library.add_objection("Дорого", "Считаем за пять лет", {"argument_id": first})
    library.add_recommender({"family_name": "Котов", "given_name": "Илья", "organisation": "ГОК"})
    return LibraryFiles(store, lambda: vocabularies)


def test_a_file_comes_back_the_same_in_another_vault(filled, vocabularies, tmp_path: Path) -> None:
    data = filled.export()
    assert json.loads(data)["version"] == 1
    other = create(tmp_path / "other", "correct horse", cost=KdfCost(1024, 1, 1))
    try:
        files, library = LibraryFiles(other.store, lambda: vocabularies), Library(other.store)
        ahead = files.import_file(data, dry_run=True)
        assert len(ahead.created) == 5 and not library.arguments()
        files.import_file(data)
        russian = library.arguments(language="ru")[0]
        assert (russian.text, russian.case, russian.criteria) == (
            "=Окупается за год",
            "Цех № 2",
            ("payback",),
        )
        assert [one.text for one in russian.twins] == ["Pays back in a year"]
        assert library.objections()[0].argument_id == russian.id
        again = files.import_file(data)
        assert (len(again.same), len(again.created)) == (5, 0)
        other.history.undo()
        assert not library.arguments() and not library.cases()
    finally:
        other.close()


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"{", "library_file.not_ours"),
        (b'{"format": "kamdesk-standard", "version": 1}', "library_file.not_ours"),
        (b'{"format": "kamdesk-library", "version": 2}', "library_file.newer"),
    ],
)
def test_foreign_files_are_refused(filled, data: bytes, code: str) -> None:
    with pytest.raises(KamdeskError) as caught:
        filled.import_file(data)
    assert caught.value.message.code == code


def test_a_bad_entry_is_named_and_the_rest_is_taken(filled) -> None:
    document = {
        "format": "kamdesk-library",
        "version": 1,
        "arguments": [
            {"text": 5},
            {"text": "Новый", "lenses": ["finance", "nobody"], "more": 1},
            "x",
            {"text": "\x00"},
        ],
    }
    report = filled.import_file(json.dumps(document).encode())
    assert [one.source for one in report.skipped] == ["arguments[0]", "arguments[2]", "arguments[3]"]
    assert [one.name for one in report.created] == ["Новый"]


@pytest.mark.parametrize("form", ["xlsx", "csv"])
@pytest.mark.parametrize("language", ["ru", "en"])
def test_a_table_comes_back_and_no_cell_is_a_formula(filled, form: str, language: str) -> None:
    for kind in ("argument", "objection", "case_study", "recommender"):
        data = filled.table(kind, language, form)
        report = filled.import_table(columns_of(read_table(data, f"t.{form}"), kind), kind, dry_run=True)
        assert not report.skipped and not report.created and report.same, (kind, report)
    if form == "csv":
        assert b"'=" in filled.table("argument", language, form)


def test_an_xlsx_is_text_for_another_program(filled) -> None:
    import io

    import openpyxl

    sheet = openpyxl.load_workbook(io.BytesIO(filled.table("argument", "ru"))).active
    cells = [cell for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert all(cell.data_type in ("s", "inlineStr") for cell in cells)
    assert any(cell.value == "=Окупается за год" for cell in cells)


def test_a_word_that_is_no_code_is_told_of_beside_those_that_are(filled, store) -> None:
    text = "Аргумент;Что важно\nТише вдвое;Цена, шум, Качество / вид\nТише втрое;Цена"
    report = filled.import_table(columns_of(read_table(text.encode(), "a.csv"), "argument"), "argument")
    noted = {one.name: [note.params["text"] for note in one.notes] for one in report.created}
    assert noted == {"Тише вдвое": ["шум", "вид"], "Тише втрое": []}
    known = {one.text: one.criteria for one in Library(store).arguments()}
    assert known["Тише вдвое"] == ("price", "quality")


def test_words_of_a_table_become_codes_and_empty_fields_are_filled(filled, store) -> None:
    text = "Аргумент;Кому;Что важно;Источник\n=окупается  за ГОД;Финансы;Цена;Расчёт\nТише вдвое;Персонал (HR);шум;\n;;;\nx;;;\n"
    table = columns_of(read_table(text.encode(), "a.csv"), "argument")
    report = filled.import_table(table, "argument")
    assert [one.name for one in report.updated] == ["=Окупается за год"]
    quiet = next(one for one in report.created if one.name == "Тише вдвое")
    assert [one.code for one in quiet.notes] == ["library_table.not_understood"]
    library = Library(store)
    known = next(one for one in library.arguments() if one.text.startswith("=О"))
    assert (known.criteria, known.evidence_source) == (("payback",), "Расчёт")
    with pytest.raises(KamdeskError):
        filled.import_table(table.with_fields(["", "", "", ""]), "argument")
