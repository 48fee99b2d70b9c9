"""Russian and English text of documents done right (R10): names, titles, addresses, money, dates, spaces.

Everything takes the document's language ("ru" or "en"), never the interface's, and returns plain text. Babel,
pymorphy3 and num2words are loaded when first used.
"""

from __future__ import annotations

from kamdesk.documents.language.letters import address_block, salutation
from kamdesk.documents.language.names import full_name, initials, name_in_case, romanised, short_name
from kamdesk.documents.language.numbers import (
    in_words,
    long_date,
    money,
    number,
    percent,
    plural,
    short_date,
)
from kamdesk.documents.language.spaces import nbsp
from kamdesk.documents.language.titles import organisation_in_case, title_in_case

__all__ = [
    "address_block",
    "full_name",
    "in_words",
    "initials",
    "long_date",
    "money",
    "name_in_case",
    "nbsp",
    "number",
    "organisation_in_case",
    "percent",
    "plural",
    "romanised",
    "salutation",
    "short_date",
    "short_name",
    "title_in_case",
]
