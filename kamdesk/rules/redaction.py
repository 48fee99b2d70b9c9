"""Who may be given what: effective sensitivity, and what a level of handover lets through (X1, decision 4).

All that leaves the program asks here; nothing else compares sensitivities.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from kamdesk.model.values import Sensitivity

_CEILINGS: Final[Mapping[str, Sensitivity]] = {
    "business": Sensitivity.BUSINESS,
    "business_personal": Sensitivity.PERSONAL,
    "everything": Sensitivity.PRIVATE,
}


def effective(
    column: Sensitivity,
    row: Sensitivity | None = None,
    parent: Sensitivity | None = None,
    ends: Iterable[Sensitivity] = (),
) -> Sensitivity:
    """The strictest of what column, row, parent and both ends of a link say (architecture, decision 4).

    ``parent`` is the effective sensitivity of the row it belongs to, ``ends`` those of a link's two rows. A
    structural column takes the sensitivity of what it belongs to; with nothing to belong to it stays structural.
    """
    others = [value for value in (row, parent, *ends) if value is not None]
    return Sensitivity.strictest(column, *others)


@dataclass(frozen=True, slots=True)
class Redaction:
    """What a receiver may be given: nothing stricter than ``ceiling``, nothing of a category left out."""

    ceiling: Sensitivity
    left_out: frozenset[str] = frozenset()

    @classmethod
    def of(
        cls, level: str, left_out: Iterable[str] = (), own_ceiling: Sensitivity = Sensitivity.PUBLIC
    ) -> Redaction:
        """For a code of ``redaction_level``; "own" takes ``own_ceiling``. Raises ValueError for another code."""
        if level == "own":
            return cls(own_ceiling, frozenset(left_out))
        if level not in _CEILINGS:
            raise ValueError(f"unknown level: {level}")
        return cls(_CEILINGS[level], frozenset(left_out))

    def passes(self, sensitivity: Sensitivity, *categories: str) -> bool:
        """Whether a field or a row of this effective sensitivity and these categories ("" for none) may go."""
        return sensitivity.rank <= self.ceiling.rank and self.left_out.isdisjoint(categories)
