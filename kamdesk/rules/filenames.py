"""File names that every system takes: safe on Windows, short enough for Linux, never two alike.

Source of the rules: Microsoft, "Naming Files, Paths, and Namespaces"; 255 bytes a name on common Linux systems.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final

_FORBIDDEN: Final = re.compile(r'[<>:"/\\|?*\s]+')
_DEVICES: Final = re.compile(
    r"(?:con|prn|aux|nul|conin\$|conout\$|(?:com|lpt)[0-9\u00b9\u00b2\u00b3])\s*(?:\.|\Z)", re.IGNORECASE
)
_MOST_BYTES: Final = 200
"""Leaves room for a number and a temporary ending; a Cyrillic letter takes two."""


def safe_name(text: str, extension: str = "", fallback: str = "document") -> str:
    """A file name made from any text, with ``extension`` (such as ".docx") after it.

    Forbidden marks and blanks become one blank; control and invisible direction marks vanish (they can make a name
    look like another); device names get an underscore; a long name is cut between characters.
    """
    plain = unicodedata.normalize("NFC", text)
    visible = "".join(
        mark
        for mark in plain
        if mark.isspace() or unicodedata.category(mark) not in ("Cc", "Cf", "Cs", "Co", "Cn")
    )
    words = _FORBIDDEN.sub(" ", visible).strip(" .")
    words = _cut(words, _MOST_BYTES - len(extension.encode())).rstrip(" .") or fallback
    if _DEVICES.match(words):
        words = f"_{words}"
    return words + extension


def _cut(text: str, most: int) -> str:
    return text.encode()[:most].decode(errors="ignore")
