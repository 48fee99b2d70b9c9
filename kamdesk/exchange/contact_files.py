"""One door for a file of contacts: what it is, is told by its content and not by its name."""

from __future__ import annotations

import re
from typing import Final

from kamdesk.exchange import encodings
from kamdesk.exchange.columns import Mapping
from kamdesk.exchange.records import ContactsRead
from kamdesk.exchange.tables import read_table
from kamdesk.exchange.vcard import read_vcards

_CARD: Final = re.compile(r"^\s*BEGIN:VCARD\s*$", re.IGNORECASE | re.MULTILINE)
_HEAD: Final = 4_096


def holds_cards(data: bytes) -> bool:
    """Whether the bytes are contact cards; the first kilobytes decide."""
    head = data[:_HEAD]
    return not encodings.looks_binary(head) and _CARD.search(encodings.decode(head)[0]) is not None


def read_contacts(data: bytes, file: str, *, mapping: Mapping | None = None) -> ContactsRead:
    """The people of a file of contact cards or of a table, everything that is not given being guessed.

    ``file`` is the name to be shown. A preview with a choice of encoding, separator, sheet and columns calls
    :func:`kamdesk.exchange.tables.read_table` itself. Raises KamdeskError as the readers do.
    """
    if holds_cards(data):
        return read_vcards(data, file)
    return read_table(data, file).people(mapping)
