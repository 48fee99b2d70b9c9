"""A price list of ours as a table: in from one of any look, which column is what and the lines its rows come to; out (R2).

A row with nothing but words is the heading of a section. A row is either a line, a heading, or skipped with the reason.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Final

from kamdesk.exchange import library_table, sheet_writer
from kamdesk.exchange.headers import IGNORED
from kamdesk.exchange.records import Skipped
from kamdesk.exchange.spelling import parse_date
from kamdesk.exchange.table_fields import FieldTable, Spellings, recognise
from kamdesk.exchange.tables import Table
from kamdesk.model.messages import Message
from kamdesk.rules.typed import TypedAmount, parse_amount

FIELDS: Final = (
    "article",
    "name",
    "unit",
    "price",
    "currency",
    "vat",
    "section",
    "valid_until",
    "note",
    "price_list",
)
"""What a column may be set to by hand, besides "" and ``-``."""

HEADERS: Final = (
    ("Article no.", "Артикул"), ("Item", "Наименование"), ("Unit of measure", "Единица измерения"), ("Price", "Цена"),
    ("Currency", "Валюта"), ("VAT, %", "НДС, %"), ("Section", "Раздел"), ("Valid until", "Действует до"),
    ("Remark", "Примечание"), ("Price list", "Прайс-лист"),
)  # fmt: skip
"""What stands above the columns that leave, English and Russian, in the order of ``FIELDS``; all of them are read again."""

LONGEST: Final = 1_000
_UNITS: Final = frozenset("шт шт. штука компл компл. комплект м м2 м² м3 м³ кг т л уп уп. упак час ч мес услуга pcs pc set m kg l h hour each ea".split())  # fmt: skip
_NO_VAT: Final = re.compile(r"без|не обл|no\b|none|exempt|[-–—]+\s*\Z")
_SPELLINGS: Final = Spellings(
    {
        "article": "артикул|арт.|арт|код|код товара|код номенклатуры|код позиции|номенклатурный номер|номенклатурный №|каталожный номер|"
        "каталожный №|партномер|парт-номер|обозначение|article|article no|article no.|article number|sku|part number|part no|part no.|p/n|pn|"
        "item no|item no.|item number|item code|code|product code|mpn",
        "name": "наименование|название|номенклатура|товар|наименование товара|наименование товара, услуги|наименование товаров|продукция|продукт|"
        "наименование продукции|наименование позиции|позиция|товары (работы, услуги)|товары, работы, услуги|наименование работ|"
        "наименование работ, услуг|услуга|наименование услуги|оборудование|name|item|product|product name|item name|title|item description|"
        "product description",
        "unit": "ед. изм.|ед.изм.|ед. изм|ед.изм|ед.|ед|единица|единица измерения|единицы измерения|базовая единица|unit|uom|unit of measure|units",
        "currency": "валюта|currency|валюта цены",
        "vat": "ндс|ндс, %|ндс %|ндс,%|ставка ндс|ставка ндс, %|vat|vat %|vat, %|vat rate|vat rate, %|tax|tax rate",
        "section": "раздел|группа|категория|группа товаров|товарная группа|номенклатурная группа|вид номенклатуры|section|category|group|"
        "product group|family",
        "valid_until": "действует до|срок действия|действительна до|действительно до|срок действия цены|цена действует до|valid until|valid to|"
        "valid till|expires|expiry|expiry date|price valid until",
        "note": "примечание|примечания|комментарий|описание|характеристики|note|notes|remark|remarks|comment|comments|description",
        "price_list": "прайс-лист|прайс лист|price list",
        IGNORED: "№|n|no|no.|№ п/п|п/п|#|остаток|наличие|количество|кол-во|сумма|stock|quantity|qty|total|amount",
    },
    (
        (r"(?:розничная |базовая |отпускная |прайсовая |рекомендованная )?(?:цена|стоимость)\b.{0,40}", "price"),
        (r"(?:unit |list |retail |base |net |gross )?price\b.{0,30}|rrp\b.{0,20}", "price"),
        (r"прайс\b.{0,20}", "price"),
        (r"артикул\b.{0,20}|код\b.{0,20}", "article"),
        (r"наименование\b.{0,40}", "name"),
        (r"ед(?:иница)?\. ?изм\w*\.?", "unit"),
        (r"(?:ставка )?ндс\b.{0,10}", "vat"),
    ),
    ("name", "price"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class PriceLine:
    """A line as it stands in the source; ``currency`` is "" and ``vat`` None where the source does not say."""

    source: str
    article: str
    name: str
    unit: str
    price: Decimal
    currency: str = ""
    vat: Decimal | None = None
    section: str = ""
    valid_until: date | None = None
    note: str = ""
    price_list: str = ""
    remarks: tuple[Message, ...] = ()


@dataclass(frozen=True, slots=True)
class PricesRead:
    """A whole price list: every row is in ``lines``, in ``skipped``, or was one of the ``headings``."""

    lines: tuple[PriceLine, ...]
    skipped: tuple[Skipped, ...]
    headings: int
    remarks: tuple[Message, ...] = ()


def columns_of(table: Table) -> FieldTable:
    """What the columns of a table are as a price list."""
    return recognise(table, _SPELLINGS, _by_content)


def read_lines(table: FieldTable, language: str = "ru", remarks: tuple[Message, ...] = ()) -> PricesRead:
    """The lines of all rows. ``language`` decides whether «1,500» is one and a half."""
    lines: list[PriceLine] = []
    skipped: list[Skipped] = []
    section, headings = "", list[Skipped]()
    articles: dict[tuple[str, str], str] = {}
    of_column = _currency_of_header(table)
    for row, source in zip(table.rows, table.places, strict=True):
        name, article = _plain(table.cell(row, "name")), _plain(table.cell(row, "article"))
        typed = table.cell(row, "price")
        called = (name or article or next((cell.strip() for cell in row if cell.strip()), ""))[:100]
        if not typed and _words_only(row):
            section = called
            headings.append(Skipped(source, called, Message("prices.no_price")))
            continue
        amount = _price(typed, language)
        # Each price list has its own price for an article.
        known = _plain(table.cell(row, "price_list")).casefold(), article.casefold()
        problem = _problem(name, typed, amount) or (_twice(article, articles.get(known)) if article else None)
        if amount is None or problem is not None:
            skipped.append(Skipped(source, called, problem or Message("prices.no_price")))
            continue
        if article:
            articles[known] = source
        currency = _currency(table.cell(row, "currency")) or amount.currency or of_column
        lines.append(
            _line(
                table, row, PriceLine(source, article, name, "", amount.amount, currency), section, language
            )
        )
    if not lines and not skipped:
        # Sections of nothing are lines without a price: of formulas that were never reckoned, say.
        return PricesRead((), tuple(headings), 0, remarks)
    return PricesRead(tuple(lines), tuple(skipped), len(headings), remarks)


def to_table(lines: Sequence[PriceLine], language: str = "ru", form: str = "xlsx") -> bytes:
    """Lines as a table that :func:`read_lines` reads in the same language; ``form`` is xlsx or csv.

    Prices and rates are numbers in a workbook; in CSV they have the decimal sign that Excel expects in the language.
    """
    headers = [both[language == "ru"] for both in HEADERS]
    sign = "," if form == "csv" and language == "ru" else "."

    def number(value: Decimal | None) -> str:
        return f"{value.normalize():f}".replace(".", sign) if value is not None else ""

    rows = [
        [
            one.article, one.name, one.unit, number(one.price), one.currency, number(one.vat), one.section,
            one.valid_until.isoformat() if one.valid_until is not None else "", one.note, one.price_list,
        ]
        for one in lines
    ]  # fmt: skip
    if form == "csv":
        return library_table.to_csv(headers, rows)
    numbers = (FIELDS.index("price"), FIELDS.index("vat"))
    return sheet_writer.to_xlsx("Прайс-лист" if language == "ru" else "Price list", headers, rows, numbers)


def _line(table: FieldTable, row: Sequence[str], begun: PriceLine, section: str, language: str) -> PriceLine:
    """The line with what may be missing; what cannot be read is left out of it with a remark."""
    remarks: list[Message] = []
    vat, vat_text = None, table.cell(row, "vat")
    if _NO_VAT.match(vat_text.casefold()):
        # a line without a rate takes the usual one in an offer: that would be charged here for nothing
        vat = Decimal(0)
        remarks.append(Message("prices.no_vat", {"text": vat_text[:40]}))
    elif vat_text:
        vat = _percent(vat_text, language)
        if vat is None:
            remarks.append(Message("prices.wrong_vat", {"text": vat_text[:40]}))
    until, until_text = None, table.cell(row, "valid_until")
    if until_text:
        until = _day(until_text)
        if until is None:
            remarks.append(Message("prices.wrong_date", {"text": until_text[:40]}))
    return replace(
        begun,
        unit=_plain(table.cell(row, "unit"))[:40],
        vat=vat,
        section=_plain(table.cell(row, "section")) or section,
        valid_until=until,
        note=library_table.unquoted(table.cell(row, "note"))[:LONGEST],
        price_list=_plain(table.cell(row, "price_list")),
        remarks=tuple(remarks),
    )


def _price(text: str, language: str) -> TypedAmount | None:
    """A price as typed; None for words, a share or less than nothing."""
    read = parse_amount(text, language) if text else None
    return None if read is None or read.percent or read.amount < 0 else read


def _problem(name: str, typed: str, amount: TypedAmount | None) -> Message | None:
    if not name:
        return Message("prices.no_name")
    if amount is not None:
        return None
    return Message("prices.wrong_price", {"text": typed[:40]}) if typed else Message("prices.no_price")


def _day(text: str) -> date | None:
    read = parse_date(text)
    if read is None or read.year is None or read.month is None or read.day is None:
        return None
    return date(read.year, read.month, read.day)


def _twice(article: str, first: str | None) -> Message | None:
    return Message("prices.twice", {"article": article, "place": first}) if first else None


def _percent(text: str, language: str) -> Decimal | None:
    read = parse_amount(text, language)
    if read is None or not 0 <= read.amount < 100:
        return None
    # a cell formatted as percent holds 0.2
    return read.amount * 100 if 0 < read.amount < 1 and not read.percent else read.amount


def _currency(text: str) -> str:
    """The code of a currency as it is written; "" where it is not understood."""
    code = text.strip().upper()
    if re.fullmatch(r"[A-Z]{3}", code):
        return "RUB" if code == "RUR" else code
    read = parse_amount(f"1 {text}") if text.strip() else None
    return read.currency if read is not None else ""


def _currency_of_header(table: FieldTable) -> str:
    """«Цена, €» says the currency of its whole column."""
    at = table.fields.index("price") if "price" in table.fields else -1
    header = table.headers[at] if 0 <= at < len(table.headers) else ""
    said = re.sub(
        r"(?i)\b(?:цена|стоимость|прайс|price|unit|list|с|без|ндс|vat|за|ед)\b\.?|[(),/]", " ", header
    )
    return next((code for word in said.split() if (code := _currency_word(word))), "")


def _currency_word(word: str) -> str:
    read = parse_amount(f"1 {word}")
    return read.currency if read is not None else ""


def _words_only(row: Sequence[str]) -> bool:
    filled = [cell for cell in row if cell.strip()]
    return len(filled) == 1 and any(sign.isalpha() for sign in filled[0])


def _plain(text: str) -> str:
    return library_table.unquoted(" ".join(text.split()))[:LONGEST]


# --- tables without headers --------------------------------------------------------------------------------


def _by_content(rows: Sequence[Sequence[str]]) -> list[str]:
    """The longest texts are names, numbers at the right are prices, short words that repeat are units."""
    sample = [row for row in rows[:60] if sum(bool(cell.strip()) for cell in row) > 1]
    width = max((len(row) for row in sample), default=0)
    cells = [[row[at].strip() for row in sample if at < len(row) and row[at].strip()] for at in range(width)]
    fields = [""] * width
    numbers = [at for at in range(width) if _share(cells[at], _is_price) > 0.7]
    texts = [at for at in range(width) if at not in numbers and cells[at]]
    for at in texts:
        if "unit" not in fields and _share(cells[at], lambda cell: cell.casefold() in _UNITS) > 0.6:
            fields[at] = "unit"
    names = [at for at in texts if not fields[at]]
    if names:
        fields[max(names, key=lambda at: sum(map(len, cells[at])) / len(cells[at]))] = "name"
    if numbers:
        fields[numbers[-1]] = "price"
    for at in range(width):
        if not fields[at] and "article" not in fields and _share(cells[at], _is_article) > 0.7:
            fields[at] = "article"
    return fields


def _share(cells: Sequence[str], fits: Callable[[str], bool]) -> float:
    return sum(fits(cell) for cell in cells) / len(cells) if cells else 0.0


def _is_price(cell: str) -> bool:
    read = parse_amount(cell)
    return read is not None and not read.percent


def _is_article(cell: str) -> bool:
    return bool(re.fullmatch(r"[\w./\-]{2,30}", cell)) and any(sign.isdigit() for sign in cell)
