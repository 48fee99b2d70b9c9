"""Whether requisites can be right: lengths and check digits of INN, KPP, OGRN, bank account and IBAN.

An error is said, never enforced: foreign and odd numbers exist. Every function takes the typed text and gives None
where it is right or empty. Check digits by python-stdnum; the account's by the Bank of Russia's order 515 of
08.09.1997 (weights 7, 1, 3 over the tail of the BIK and the account).
"""

from __future__ import annotations

import re
from itertools import cycle
from typing import Final

from kamdesk.model.messages import Message

_BLANKS: Final = re.compile(r"[\s\-\u00a0]+")
_KPP: Final = re.compile(r"\d{4}[\dA-Z]{2}\d{3}\Z")
_DIGITS: Final = re.compile(r"[0-9]+\Z")


def compact(text: str) -> str:
    """The number without blanks and hyphens, as it is stored for comparison."""
    return _BLANKS.sub("", text).upper()


def check_inn(text: str) -> Message | None:
    """ИНН: 10 digits of an organisation or 12 of a person, with check digits."""
    from stdnum.ru import inn

    number = compact(text)
    if not number:
        return None
    if len(number) not in (10, 12) or not _DIGITS.match(number):
        return Message("requisites.inn_length")
    return None if inn.is_valid(number) else Message("requisites.inn_digit")


def check_kpp(text: str) -> Message | None:
    """КПП: 9 characters, of which the fifth and sixth may be letters; there is no check digit."""
    number = compact(text)
    return None if not number or _KPP.match(number) else Message("requisites.kpp")


def check_ogrn(text: str) -> Message | None:
    """ОГРН of 13 digits or ОГРНИП of 15, with a check digit."""
    from stdnum.ru import ogrn

    number = compact(text)
    if not number:
        return None
    if len(number) not in (13, 15) or not _DIGITS.match(number):
        return Message("requisites.ogrn_length")
    return None if ogrn.is_valid(number) else Message("requisites.ogrn_digit")


def check_bik(text: str) -> Message | None:
    """БИК: 9 digits, the first two 04 for Russia (a bank abroad that settles in Russia has others)."""
    number = compact(text)
    return None if not number or (len(number) == 9 and _DIGITS.match(number)) else Message("requisites.bik")


def check_account(text: str, bik: str = "") -> Message | None:
    """Расчётный счёт: 20 digits; with the bank's БИК also its check digit. Two letters first make it an IBAN."""
    number, bank = compact(text), compact(bik)
    if not number:
        return None
    if number[:2].isalpha():
        return check_iban(number)
    if len(number) != 20 or not _DIGITS.match(number):
        return Message("requisites.account_length")
    if len(bank) != 9 or not _DIGITS.match(bank):
        return None
    # The cash centres of the Bank of Russia have 000 or 001 here and are known by two other digits.
    tail = f"0{bank[4:6]}" if bank[6:] in ("000", "001") else bank[6:]
    total = sum(int(digit) * weight for digit, weight in zip(tail + number, cycle((7, 1, 3)), strict=False))
    return None if total % 10 == 0 else Message("requisites.account_digit")


def check_iban(text: str) -> Message | None:
    """IBAN with its check digits and the length of its country."""
    from stdnum import iban

    number = compact(text)
    return None if not number or iban.is_valid(number, check_country=False) else Message("requisites.iban")
