"""What no XML may hold is left out of a text, whatever it is written into: Word files, drawings, properties."""

from __future__ import annotations

import re
from typing import Final

_ILLEGAL: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def legal(text: str) -> str:
    """The text without characters that XML 1.0 cannot hold, line ends as line feeds; every other character stays."""
    if text.isprintable():
        return text
    return _ILLEGAL.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
