"""Keeping in touch: how fresh the contact with a person is, by the cadence that was agreed for them (W3).

No quota and no ranking: visits are not counted. The only question is how long ago the last real contact was, and a
single one of any kind starts the cadence anew.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

NO_CONTACT: Final = ("greeting", "gift")
"""Kinds of interaction that are no contact: a card or a present says nothing of how things are. Every other kind that
took place counts, the user's own kinds and our letter included: whether it was answered is not recorded."""

_LONGEST: Final = 3650
_LEAST_GRACE: Final = 7


@dataclass(frozen=True, slots=True)
class Freshness:
    """A code of the vocabulary ``freshness``, the day of the last real contact, and when the next one is due.

    ``due`` is None without a cadence, and for somebody who was never met.
    """

    code: str
    last_contact: date | None
    due: date | None


def freshness(cadence_days: int | None, last_contact: date | None, today: date) -> Freshness:
    """Green until the cadence runs out, then yellow for half of it (a week at least), then red; grey without a cadence.

    Somebody with a cadence who was never met is red. A contact ahead of the clock counts as made today: a clock that
    was set back must not turn everything red or green for years.
    """
    if cadence_days is None or cadence_days < 1:
        return Freshness("grey", last_contact, None)
    if last_contact is None:
        return Freshness("red", None, None)
    cadence = min(cadence_days, _LONGEST)
    due = min(last_contact, today) + timedelta(cadence)
    if today <= due:
        code = "green"
    else:
        code = "yellow" if (today - due).days <= max(_LEAST_GRACE, cadence // 2) else "red"
    return Freshness(code, last_contact, due)
