"""Two more lists of the library: the lines of the price list, which are typed into, and what worked with whom."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from kamdesk.desktop.kit import Kit
from kamdesk.desktop.models.rows import Column
from kamdesk.desktop.pages.library_kind import Asked, Kind
from kamdesk.desktop.pages.library_words import LibraryWords
from kamdesk.desktop.pages.proposal_words import ProposalWords
from kamdesk.desktop.widgets.cell_editing import TypedCell
from kamdesk.model.messages import KamdeskError
from kamdesk.rules.typed import parse_amount
from kamdesk.services.library import Library
from kamdesk.services.library_uses import LibraryUses
from kamdesk.services.prices import PriceRow, Prices


def price_kind(kit: Kit, library: Library, prices: Prices, words: LibraryWords, said: ProposalWords) -> Kind:
    """The price list, read in turns."""
    _ = kit.words.gettext

    def vat(row: PriceRow) -> str:
        return said.percent(row.vat) if row.vat is not None else ""

    def turn(asked: Asked, limit: int, offset: int) -> tuple[PriceRow, ...]:
        return prices.list(asked.text, limit=limit, offset=offset)

    def expired(row: PriceRow) -> str:
        return (
            _("The price was valid until {day}").format(day=words.day(row.valid_until)) if row.expired else ""
        )

    columns = (
        Column("section", lambda: _("Section"), lambda row: row.section, 150, hint=lambda row: row.section),
        Column("article", lambda: _("Article no."), lambda row: row.article, 110),
        Column(
            "name", lambda: _("Item"), lambda row: row.name, stretch=True,
            hint=lambda row: "\n".join(part for part in (expired(row), row.note or row.name) if part),
            icon=lambda row: "clock" if row.expired else "",
        ),
        Column("unit", lambda: _("Measure"), lambda row: row.unit, 70),
        Column(
            "price", lambda: _("Price"), lambda row: said.money(row.price, row.currency), 120, right=True,
            key=lambda row: (row.currency, row.price),
        ),
        Column("vat", lambda: _("VAT, %"), vat, 76, right=True, key=lambda row: row.vat),
        Column(
            "until", lambda: _("Valid until"), lambda row: words.day(row.valid_until), 110,
            key=lambda row: row.valid_until, hint=lambda row: expired(row) or None,
        ),
    )  # fmt: skip
    return Kind(
        "price_item",
        "money",
        lambda: _("Price list"),
        lambda: _("Type the name of an item"),
        lambda: _(
            "Import the price list from Excel: offers are picked from it, with article number, unit, price and VAT."
        ),
        columns,
        lambda asked: prices.list(asked.text),
        lambda text: {"name": text},
        "name",
        ("article", "price", "currency", "unit", "vat", "section"),
        ("valid_until", "note", "price_list"),
        {},
        (),
        turn,
    )


def price_cells(kit: Kit) -> Mapping[str, TypedCell]:
    """How the cells of the price list are typed, by column; a price may bring its currency."""
    _, typed = kit.words.gettext, kit.typed

    def text(field: str) -> TypedCell:
        return TypedCell(lambda row: getattr(row, field), lambda said: {field: said})

    def price(said: str) -> dict[str, object]:
        amount = parse_amount(said, kit.words.language)
        if amount is None or amount.percent or amount.amount < 0:
            raise ValueError(said)
        return {"price": amount.amount} | ({"currency": amount.currency} if amount.currency else {})

    def vat(said: str) -> dict[str, object]:
        rate = typed.read_decimal(said.rstrip(" %")) if said else None
        if rate is not None and not 0 <= rate < 100:
            raise ValueError(said)
        return {"vat": rate}

    def name(said: str) -> dict[str, object]:
        if not said:
            raise KamdeskError("prices.no_name")
        return {"name": said}

    no_number: Callable[[], str] = lambda: _("This is not a number")  # noqa: E731
    return {
        "section": text("section"),
        "article": text("article"),
        "name": TypedCell(lambda row: row.name, name),
        "unit": TypedCell(
            lambda row: row.unit,
            lambda said: {"unit": said},
            suggest=lambda: [option.label for option in kit.vocabularies.options("unit_of_measure")],
        ),
        "price": TypedCell(lambda row: typed.show_decimal(row.price), price, no_number),
        "vat": TypedCell(
            lambda row: typed.show_decimal(row.vat) if row.vat is not None else "", vat, no_number
        ),
        "until": TypedCell(
            lambda row: typed.show_date(row.valid_until) if row.valid_until is not None else "",
            lambda said: {"valid_until": typed.read_date(said) if said else None},
            lambda: _("This is not a date"),
        ),
    }


def worked_kind(kit: Kit, uses: LibraryUses, words: LibraryWords) -> Kind:
    """What worked with whom; a row leads to its argument."""
    _ = kit.words.gettext
    columns = (
        Column(
            "text", lambda: _("Argument"), lambda row: " ".join(row.text.split()), stretch=True, hint=lambda row: row.text
        ),
        Column(
            "lens", lambda: _("Type of stakeholder"),
            lambda row: words.label("lens", row.lens) or _("Type not known"), 170,
        ),
        Column("won", lambda: _("Accepted"), lambda row: str(row.won), 96, key=lambda row: (row.won, -row.lost), right=True),
        Column("lost", lambda: _("Declined"), lambda row: str(row.lost), 96, key=lambda row: row.lost, right=True),
        Column(
            "share", lambda: _("Share accepted"), lambda row: _("{won} of {all}").format(won=row.won, all=row.won + row.lost),
            120, key=lambda row: (row.share, row.won), right=True,
        ),
        Column("told", lambda: _("Last told"), lambda row: words.day(row.told_on), 140, key=lambda row: row.told_on),
    )  # fmt: skip
    return Kind(
        "worked",
        "ok-circle",
        lambda: _("What worked with whom"),
        lambda: "",
        lambda: _(
            "Once proposals are accepted or declined, the arguments that were told in them stand here by type of reader. "
            "It counts by itself; nothing is estimated."
        ),
        columns,
        lambda asked: [
            row for row in uses.worked(asked.lens) if asked.text.casefold() in row.text.casefold()
        ],
        None,
        "text",
        (),
        (),
        {},
        ("lens",),
    )
