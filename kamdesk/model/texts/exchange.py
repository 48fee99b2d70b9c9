"""What is said about files of contacts: why a file is refused, why a row was left out, what was not understood."""

from __future__ import annotations

from typing import Final

from kamdesk.model.messages import N_, Plural

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
    "contacts.not_vcard": N_("{file} has no contact card in it."),
    "contacts.no_name": N_("There is no name, e-mail or phone in it."),
    "contacts.organisation_card": N_("The card describes an organisation or a group, not a person."),
    "contacts.no_column": N_("No column is marked as name, e-mail or phone."),
    "contacts.not_a_person": N_("No name was found in this line."),
    "contacts.cut": N_("The card was never closed: the next one began or the file ended."),
    # what a column of a table may be set to; the code is that of kamdesk.exchange.headers.FIELDS
    "column.name": N_("Full name"),
    "column.family": N_("Family name"),
    "column.given": N_("Given name"),
    "column.middle": N_("Middle name"),
    "column.prefix": N_("Title of courtesy"),
    "column.suffix": N_("Name suffix"),
    "column.nickname": N_("Nickname"),
    "column.organisation": N_("Organisation"),
    "column.department": N_("Unit"),
    "column.title": N_("Post"),
    "column.email": N_("E-mail"),
    "column.phone": N_("Work phone"),
    "column.mobile": N_("Mobile phone"),
    "column.home_phone": N_("Home phone"),
    "column.fax": N_("Fax"),
    "column.phone_label": N_("Kind of phone"),
    "column.telegram": N_("Telegram"),
    "column.whatsapp": N_("WhatsApp"),
    "column.vk": N_("VK"),
    "column.messenger": N_("Another messenger"),
    "column.website": N_("Website"),
    "column.address": N_("Address"),
    "column.address_street": N_("Address: street"),
    "column.address_city": N_("Address: city"),
    "column.address_region": N_("Address: region"),
    "column.address_postcode": N_("Address: postcode"),
    "column.address_country": N_("Address: country"),
    "column.birthday": N_("Birthday"),
    "column.anniversary": N_("Anniversary"),
    "column.notes": N_("Notes"),
    "column.categories": N_("Tags"),
    "column.spouse": N_("Spouse"),
    "column.children": N_("Children"),
    "column.hobby": N_("Hobby"),
    "column.manager": N_("Reports to"),
    "column.assistant": N_("Assistant"),
    "column.gender": N_("Gender"),
    "column.language": N_("Language"),
    "column.uid": N_("Identifier"),
    "column.lens": N_("Type of stakeholder"),
    "column.influence": N_("Influence"),
    "column.stance": N_("Stance"),
    "column.part": N_("Part in the decision"),
    "column.not_understood": N_("Keep in the notes"),
    "column.ignored": N_("Do not import"),
}
