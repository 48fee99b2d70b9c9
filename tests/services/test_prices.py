"""The price list: any look of a table, a dry run that says what changes, replace, undo, paging and search."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from kamdesk.exchange.prices import columns_of, read_lines
from kamdesk.exchange.tables import read_table, read_text
from kamdesk.model.inputs import OfferLine
from kamdesk.model.messages import KamdeskError
from kamdesk.services.library import Library
from kamdesk.services.library_tables import LibraryTables, prices_of
from kamdesk.services.offer_prices import run_out
from kamdesk.services.prices import Prices

FIRST = (
    "ООО «Вентпром»\n\nАртикул;Наименование;Ед. изм.;Цена, €;НДС;Действует до\nРекуператоры\n"
    "RK-1;Рекуператор РК-100;шт;1 200,50;20%;31.12.2026\nRK-2;Рекуператор РК-200;шт;2 400;без НДС;когда-нибудь\n"
    "RK-1;Он же;шт;1;;\nN-9;;шт;5;;\nN-8;Насос;шт;по запросу;;\n"
)


def read(text: str):
    return read_lines(columns_of(read_text(text, "p.csv")))


def test_every_row_is_a_line_a_heading_or_skipped_with_the_reason() -> None:
    found = read(FIRST)
    assert [(one.article, one.price, one.currency, one.vat, one.section) for one in found.lines] == [
        ("RK-1", Decimal("1200.5"), "EUR", Decimal(20), "Рекуператоры"),
        ("RK-2", Decimal(2400), "EUR", Decimal(0), "Рекуператоры"),
    ]
    assert [one.why.code for one in found.skipped] == ["prices.twice", "prices.no_name", "prices.wrong_price"]
    assert [one.code for one in found.lines[1].remarks] == ["prices.no_vat", "prices.wrong_date"]
    assert found.headings == 1


def test_without_headers_the_content_decides() -> None:
    found = read("A-1\tНасос циркуляционный\tшт\t1 200,50\nA-2\tКлапан обратный\tшт\t300 €\n")
    assert [(one.article, one.name, one.unit, one.price, one.currency) for one in found.lines] == [
        ("A-1", "Насос циркуляционный", "шт", Decimal("1200.5"), ""),
        ("A-2", "Клапан обратный", "шт", Decimal(300), "EUR"),
    ]


def test_a_dry_run_says_what_changes_and_an_import_is_one_step(vault, store) -> None:
    service = Prices(store)
    ahead = service.take(read(FIRST), dry_run=True)
    assert (len(ahead.new), service.count()) == (2, 0)
    service.take(read(FIRST))
    again = service.take(read(FIRST))
    assert (again.same, again.does_something) == (2, False)
    other = read("Артикул;Наименование;Цена\nRK-1;Рекуператор РК-100;1300\nRK-3;Новый;7\n")
    report = service.take(other, replace=True)
    (change,) = report.changed
    assert (change.price, change.new_price, change.new_currency) == (Decimal("1200.5"), Decimal(1300), "EUR")
    assert [one.article for one in report.gone] == ["RK-2"]
    assert [one.article for one in service.list()] == ["RK-3", "RK-1"]
    kept = next(one for one in service.list() if one.article == "RK-1")
    assert (kept.unit, kept.vat) == ("шт", Decimal(20)), "what the file does not say stays"
    vault.history.undo()
    assert sorted(one.article for one in service.list()) == ["RK-1", "RK-2"]


def test_another_price_list_is_left_alone(store) -> None:
    service = Prices(store)
    service.take(read(FIRST), price_list="Опт")
    report = service.take(
        read("Артикул;Наименование;Цена\nRK-1;Рекуператор;9\n"), price_list="Розница", replace=True
    )
    assert (len(report.new), report.gone) == (1, ())
    assert {one.price_list for one in service.list()} == {"Опт", "Розница"}


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_one_article_in_two_price_lists_comes_back_twice(store, form: str) -> None:
    service = Prices(store)
    service.take(read("Артикул;Наименование;Цена\nRK-1;Рекуператор;9\n"), price_list="Опт")
    service.take(read("Артикул;Наименование;Цена\nRK-1;Рекуператор;12\n"), price_list="Розница")
    table = columns_of(read_table(service.table("ru", form), f"все.{form}"))
    report = service.take(read_lines(table), replace=True, dry_run=True)
    assert (report.new, report.changed, report.same, report.gone, report.skipped) == ((), (), 2, (), ())


def test_pages_search_edit_and_delete(vault, store) -> None:
    service, library = Prices(store), Library(store)
    service.take(read(FIRST))
    assert [one.article for one in service.list("рекуп 200")] == ["RK-2"]
    assert service.count("rk-") == 2 and service.count("%") == 0
    assert len(service.list(limit=1, offset=1)) == 1
    row = service.list("RK-1")[0]
    library.edit("price_item", row.id, {"price": Decimal("1.5")})
    assert service.item(row.id).price == Decimal("1.5")
    service.delete([one.id for one in service.list()])
    assert service.count() == 0
    vault.history.undo()
    assert service.count() == 2 and service.sections() == ("Рекуператоры",)


def test_chosen_columns_are_remembered_by_their_headers(store) -> None:
    tables = LibraryTables(store, lambda *_: pytest.fail("no file is read"))
    text = "Что;Сколько стоит\nНасос;5\n"
    table, _ = tables.of_text(text, "буфер", "price_item")
    with pytest.raises(KamdeskError):
        prices_of(table.with_fields(["", ""]), "ru")
    headed, _ = tables.of_text("Наименование;Цена;Опт\nНасос;5;4\n", "буфер", "price_item")
    assert headed.fields == ("name", "price", "")
    tables.keep(headed.with_fields(["name", "-", "price"]), "price_item")
    again, _ = tables.of_text("Опт;Наименование;Цена\n4;Насос;5\n", "буфер", "price_item")
    assert again.fields == ("price", "name", "-")
    with pytest.raises(KamdeskError):
        tables.of_text("  ", "буфер", "price_item")


@pytest.mark.parametrize("form", ["xlsx", "csv"])
@pytest.mark.parametrize("language", ["ru", "en"])
def test_what_went_out_is_the_same_when_it_comes_back(store, form: str, language: str) -> None:
    service, library = Prices(store), Library(store)
    service.take(read(FIRST), price_list="Опт")
    library.add_price_item("Клапан")
    service.take(read("Артикул;Наименование;Цена;Примечание\n=A1;Насос;0,125;-50 °C\n"))
    data = service.table(language, form)
    table = columns_of(read_table(data, f"p.{form}"))
    assert "" not in table.fields, "every header is read again"
    report = service.take(read_lines(table, language), replace=True, dry_run=True)
    assert (report.same, report.does_something) == (service.count(), False)


def test_prices_of_a_workbook_can_be_reckoned_with(store) -> None:
    import io

    from openpyxl import load_workbook

    service = Prices(store)
    service.take(read(FIRST))
    sheet = load_workbook(io.BytesIO(service.table("en"))).active
    heads = [cell.value for cell in sheet[1]]
    row = next(row for row in sheet.iter_rows(min_row=2) if row[0].value == "RK-1")
    assert row[heads.index("Price")].value == 1200.5 and row[heads.index("VAT, %")].value == 20
    assert row[heads.index("Article no.")].data_type == "s"


def test_a_price_that_ran_out_is_said_while_it_is_the_one_offered(store) -> None:
    service = Prices(store)
    today, old = date(2026, 3, 1), "Артикул;Наименование;Ед. изм.;Цена;Действует до\n"
    service.take(read(old + "A1;Насос;шт;100;28.02.2026\n;Клапан;шт;7;01.03.2026\n"))

    def said(*lines: OfferLine) -> list[str]:
        found = store.read(lambda session: run_out(session, lines, "RUB", today))
        return [str(one.message.params["name"]) for one in found]

    pump = OfferLine("Насос зимний", "шт", price=Decimal(100), article="a1")
    assert said(pump, pump) == ["Насос зимний"]
    assert said(OfferLine("Клапан", "шт", price=Decimal(7))) == [], "it is valid on its last day"
    assert said(OfferLine("Насос", "шт", price=Decimal(99), article="A1")) == [], "a price of one's own"
    assert said(OfferLine("Насос", "шт", price=Decimal(100))) == ["Насос"]
    assert said() == []
    service.take(read(old + "A1;Насос;шт;100;\n"), price_list="2026")
    assert said(pump) == [], "another price list has it, still valid"
