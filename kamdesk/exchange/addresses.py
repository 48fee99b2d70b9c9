"""Names with an e-mail address, as invitations and mails carry them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

_LONGEST: Final = 254
_EMAIL: Final = re.compile(r"[^\s@<>\"',;:()\[\]]{1,64}@[^\s@<>\"',;:()\[\]]{1,190}\Z")
_CONTROL: Final = re.compile(r"[\x00-\x1f\x7f\u200b-\u200f\u202a-\u202e\u2066-\u2069]+")


@dataclass(frozen=True, slots=True)
class Address:
    """Somebody by a name as written there ("" where it is only an address) and an e-mail in lower case, or ""."""

    name: str
    email: str

    @property
    def shown(self) -> str:
        """What stands for them on a page."""
        return self.name or self.email


def address(name: str, email: str) -> Address | None:
    """A tidy address; None where neither a name nor an e-mail can be read.

    A name that only repeats the e-mail is left off. Signs that turn the direction of writing or are not seen are dropped: they
    serve to show another name than the true one.
    """
    mail = email.strip().strip("'\"<>").strip()
    if mail.casefold().startswith("mailto:"):
        mail = mail[7:]
    mail = mail.casefold() if len(mail) <= _LONGEST and _EMAIL.match(mail) else ""
    words = " ".join(_CONTROL.sub(" ", name).strip().strip("'\"").split())[:120]
    if words.casefold() in (mail, f"mailto:{mail}"):
        words = ""
    return Address(words, mail) if words or mail else None
