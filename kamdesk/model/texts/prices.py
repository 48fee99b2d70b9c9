"""Steps and problems of the price list."""

from __future__ import annotations

from kamdesk.model.messages import N_, P_, Plural

TEXTS: dict[str, str | Plural] = {
    "prices.import": P_("Import {n} line of the price list", "Import {n} lines of the price list"),
    "prices.delete": P_("Delete {n} line of the price list", "Delete {n} lines of the price list"),
    "prices.no_name": N_("The row has no name of an item."),
    "prices.no_price": N_("The row has no price."),
    "prices.wrong_price": N_("“{text}” is not a price."),
    "prices.twice": N_("Article {article} stands in the file already: {place}."),
    "prices.same_row": N_("The same item stands in the file already."),
    "prices.wrong_vat": N_("The VAT rate “{text}” was not understood, the item is taken without it."),
    "prices.no_vat": N_("“{text}” is kept as a rate of 0 %. In the offer it can be set to no VAT."),
    "prices.wrong_date": N_("The date “{text}” was not understood, the item is taken without it."),
    "prices.no_currency": N_("“{currency}” is no currency of the reference data."),
    "prices.run_out": N_(
        "“{name}”: this price of the price list was valid until {date}. Check it before you send."
    ),
    "prices.ending": N_("{file}: the price list is written as .xlsx or .csv."),
    "prices.no_columns": N_("No column with names and no column with prices was found. Choose them by hand."),
}
