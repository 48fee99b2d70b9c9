"""Phone numbers: what was typed is kept, and the E.164 form stands beside it for matching and dialling."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

_EXTENSION: Final = re.compile(
    r"[,;]?\s*(?:доб(?:авочный)?\.?|вн(?:утр)?\.?|ext(?:ension)?\.?|x|#)\s*(\d{1,8})\s*\Z", re.IGNORECASE
)
_NOT_DIGITS: Final = re.compile(r"\D")


@dataclass(frozen=True, slots=True)
class TypedPhone:
    """``typed`` as it was written, ``e164`` ("" when it cannot be a number of that region), ``extension`` digits."""

    typed: str
    e164: str = ""
    extension: str = ""


def parse_phone(text: str, region: str = "RU") -> TypedPhone | None:
    """Read a phone; None for a text without digits. ``region`` is the ISO country of numbers without "+".

    A Russian number may begin with 8, +7, 7 or nothing («8 495 …», «(495) …»).
    """
    import phonenumbers

    typed = " ".join(text.split())
    extension = _EXTENSION.search(typed)
    bare = typed[: extension.start()] if extension is not None else typed
    digits = _NOT_DIGITS.sub("", bare)
    if not digits:
        return None
    number = bare if bare.lstrip().startswith("+") else digits
    # 00 is the call prefix of most of the world; Russia's own is 8~10, which nobody writes on a card.
    if number.startswith("00") and len(digits) > 10:
        number = "+" + number[2:]
    elif region == "RU" and number == digits and len(digits) == 11 and digits[0] in "78":
        number = "+7" + digits[1:]
    try:
        parsed = phonenumbers.parse(number, region)
    except phonenumbers.NumberParseException:
        return TypedPhone(typed, "", extension[1] if extension is not None else "")
    e164 = ""
    if phonenumbers.is_possible_number(parsed):
        e164 = phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164)
    return TypedPhone(typed, e164, extension[1] if extension is not None else "")
