"""What people type, read as people mean it: dates, times, numbers, phones and whole names, in both languages.

Every reader gives None for what it does not understand: the typed text then stays a draft beside its field.
"""

from __future__ import annotations

from kamdesk.rules.typed.dates import (
    find_date,
    parse_clock,
    parse_date,
    parse_moment,
    parse_partial_date,
)
from kamdesk.rules.typed.names import gender_of, parse_name
from kamdesk.rules.typed.numbers import TypedAmount, parse_amount, parse_decimal
from kamdesk.rules.typed.phones import TypedPhone, parse_phone

__all__ = [
    "TypedAmount",
    "TypedPhone",
    "find_date",
    "gender_of",
    "parse_amount",
    "parse_clock",
    "parse_date",
    "parse_decimal",
    "parse_moment",
    "parse_name",
    "parse_partial_date",
    "parse_phone",
]
