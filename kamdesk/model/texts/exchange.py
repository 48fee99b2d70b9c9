"""What is said about files of contacts: why a file is refused, why a row was left out, what was not understood."""

from __future__ import annotations

from typing import Final

from kamdesk.model.messages import N_, P_, Plural

TEXTS: Final[dict[str, str | Plural]] = {
    "table.too_big": N_(
        "{file} is too big: {size} MB, the limit is {limit} MB. Split it and import the parts."
    ),
    "table.too_many_rows": N_("{file} has more than {limit} rows. Split it and import the parts."),
    "table.too_many_columns": N_(
        "{file} has more than {limit} columns in row {row}. Is it a table of contacts?"
    ),
    "table.cell_too_long": N_(
        "{file}, row {row}: a cell is longer than {limit} characters. Shorten it and try again."
    ),
    "table.not_text": N_(
        "{file} is not a table: it holds binary data. Save it as XLSX or CSV and try again."
    ),
    "table.unreadable": N_(
        "{file} cannot be read as a spreadsheet. Open it, save it as XLSX without a password and try again."
    ),
    "table.no_such_sheet": N_("{file} has no sheet “{sheet}”."),
    "table.empty": N_("{file} has no rows."),
    "table.unclosed_quote": N_(
        "From row {row} on, quotation marks were read as ordinary characters: one was never closed."
    ),
    "contacts.unknown_encoding": N_("The code page “{encoding}” is not known."),
    "contacts.too_big": N_(
        "{file} is too big: {size} MB, the limit is {limit} MB. Split it and import the parts."
    ),
    "contacts.not_vcard": N_("{file} has no contact card in it."),
    "contacts.no_name": N_("There is no name, e-mail or phone in it."),
    "contacts.organisation_card": N_("The card describes an organisation or a group, not a person."),
    "contacts.no_column": N_("No column is marked as name, e-mail or phone."),
    "contacts.not_a_person": N_("No name was found in this line."),
    "contacts.cut": N_("The card was never closed: the next one began or the file ended."),
    "contacts.read": P_("{n} contact read", "{n} contacts read"),
}
