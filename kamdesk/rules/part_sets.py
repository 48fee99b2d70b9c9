"""The two sets of parts in a decision (D4): those by the steps of buying, and the three buyers. Never both at once.

The item of the vocabulary says in ``group`` to which set it belongs; a part for us (``for_us``) belongs to neither.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Final

SETS: Final[Mapping[str, str]] = {"parts": "classic", "buyers": "buyers"}
"""Codes of the vocabulary ``buyer_set`` and the groups they offer."""


def settled(
    codes: Sequence[str], known: Collection[str], groups: Mapping[str, str]
) -> tuple[str, ...] | None:
    """The parts that hold after ``codes`` were chosen where ``known`` held before; None where both sets are new.

    What is chosen now wins: the first part of one set takes away those of the other set of the same person in the
    same scope. ``groups`` gives the set of each code; codes without one are of no set and always stay.
    """
    sets = set(SETS.values())
    wanted = {groups.get(code, "") for code in codes} & sets
    if len(wanted) < 2:
        return tuple(dict.fromkeys(codes))
    added = {groups.get(code, "") for code in codes if code not in known} & sets
    if len(added) != 1:
        return None
    lost = wanted - added
    return tuple(dict.fromkeys(code for code in codes if groups.get(code, "") not in lost))


def offered(codes: Sequence[str], groups: Mapping[str, str], chosen_set: str) -> tuple[str, ...]:
    """Those of ``codes`` that belong to the set the user works with ("parts" or "buyers") or to none."""
    hidden = set(SETS.values()) - {SETS.get(chosen_set, SETS["parts"])}
    return tuple(code for code in codes if groups.get(code, "") not in hidden)
