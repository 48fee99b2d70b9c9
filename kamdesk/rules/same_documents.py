"""Documents of one proposal that were made or edited at different times must still say one number, date, total, terms and validity (R6)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, fields


@dataclass(frozen=True, slots=True)
class Figures:
    """What a document says, as it says it; "" where it says nothing of it, as a covering letter of prices."""

    number: str = ""
    date: str = ""
    total: str = ""
    validity: str = ""
    payment: str = ""
    delivery: str = ""
    lead_time: str = ""
    warranty: str = ""


@dataclass(frozen=True, slots=True)
class Difference:
    """A document that says ``value`` of ``part`` (a field of :class:`Figures`) where the others say ``usual``."""

    document_id: str
    part: str
    value: str
    usual: str


def differences(documents: Sequence[tuple[str, Figures]]) -> tuple[Difference, ...]:
    """Which documents differ from the others in what; where as many say one thing as another the first one counts.

    ``documents`` are ids with figures, the document of the group first. What only one of them says is no difference.
    """
    found = []
    for part in (one.name for one in fields(Figures)):
        said = [(one, value) for one, figures in documents if (value := _plain(getattr(figures, part)))]
        if len({value for _one, value in said}) < 2:
            continue
        usual = Counter(value for _one, value in said).most_common(1)[0][0]
        found += [Difference(one, part, value, usual) for one, value in said if value != usual]
    return tuple(found)


def _plain(text: str) -> str:
    return " ".join(text.split())
