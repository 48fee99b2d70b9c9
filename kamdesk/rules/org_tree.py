"""The organisation as a tree: what may stand below what, and which gaps it has (D3, D4).

A seat is not a person; reporting lines are facts of seats. Data from elsewhere may hold circles, so nothing here
relies on there being none.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from kamdesk.model.messages import Message
from kamdesk.model.values import PartialDate

DECIDES: Final = frozenset({"decider", "economic_buyer"})
NOTABLE: Final = 2
DECISIVE: Final = 3
_FRIENDS: Final = frozenset({"champion", "coach", "executive_sponsor"})


def would_loop(above: Mapping[str, str | None], what: str, below: str | None) -> bool:
    """Whether ``what`` would come to stand below itself if it were put below ``below``; ``above`` is as it is now."""
    seen: set[str] = set()
    at = below
    while at is not None and at not in seen:
        if at == what:
            return True
        seen.add(at)
        at = above.get(at)
    return False


def looped(above: Mapping[str, str | None]) -> frozenset[str]:
    """Everything that stands in a circle: going up from it one comes back to it."""
    return frozenset(one for one in above if would_loop(above, one, above[one]))


def moved(order: Sequence[str], what: str, step: int) -> tuple[str, ...]:
    """The order of siblings with one of them ``step`` places further; it stops at either end."""
    if what not in order:
        return tuple(order)
    rest = [one for one in order if one != what]
    at = max(0, min(len(rest), list(order).index(what) + step))
    return (*rest[:at], what, *rest[at:])


def below(above: Mapping[str, str | None], top: str) -> frozenset[str]:
    """All that stands below ``top``, at any depth, ``top`` itself left out."""
    return frozenset(
        one for one in above if one != top and would_loop({**above, top: None}, top, above.get(one))
    )


@dataclass(frozen=True, slots=True)
class Member:
    """One of the client's people as the gaps need them. ``lens`` is the effective type, ``unit`` the unit's name."""

    id: str
    name: str
    lens: str
    influence: int | None
    stance: int | None
    parts: Collection[str]
    coverage: str
    reachable: bool
    written_to: bool = False
    unit_id: str = ""
    unit: str = ""


@dataclass(frozen=True, slots=True)
class EmptySeat:
    """A seat on which nobody sits; ``since`` when the last holder left, where that is known."""

    id: str
    title: str
    since: PartialDate | None = None


@dataclass(frozen=True, slots=True)
class Gap:
    """Something that is not known. ``place`` is where it can be said: a tab of the client, or ``person:<id>``."""

    id: str
    words: Message
    place: str = "decides"


def gaps(
    members: Sequence[Member],
    vacant: Sequence[EmptySeat],
    *,
    meeting_ahead: bool,
    undated_deals: Sequence[tuple[str, str]] = (),
    circle: str = "",
) -> tuple[Gap, ...]:
    """What is not known of a client, the weightiest first.

    ``undated_deals`` are open ones without an expected month as (id, name); ``circle`` is the title of a seat that
    reports to itself by a detour.
    """
    if not members:
        return (Gap("nobody", Message("gap.nobody")), *_vacant(vacant))
    found: list[Gap] = []
    if circle:
        found.append(Gap("circle", Message("gap.circle", {"title": circle})))
    if not any(DECIDES & set(one.parts) for one in members):
        found.append(Gap("decider", Message("gap.decider")))
    for one in sorted(members, key=lambda one: -(one.influence or 0)):
        found += _of_member(one)
    found += _of_group(members)
    found += _vacant(vacant)
    found += [
        Gap(f"deal {deal}", Message("gap.deal_month", {"name": name}), f"deals:{deal}")
        for deal, name in undated_deals
    ]
    if not meeting_ahead:
        found.append(Gap("meeting", Message("gap.meeting"), "history:plan"))
    return tuple(found)


def _of_member(one: Member) -> list[Gap]:
    found = []
    place, weighty = f"person:{one.id}", (one.influence or 0) >= NOTABLE
    if one.stance is None and (weighty or DECIDES & set(one.parts)):
        code = "gap.decider_stance" if DECIDES & set(one.parts) else "gap.stance"
        found.append(Gap(f"stance {one.id}", Message(code, {"name": one.name}), place))
    if weighty and one.coverage == "none" and not one.written_to:
        found.append(Gap(f"met {one.id}", Message("gap.not_met", {"name": one.name}), place))
    return found


def _of_group(members: Sequence[Member]) -> list[Gap]:
    found = []
    money = [one for one in members if one.lens == "finance"]
    if not money:
        found.append(Gap("finance", Message("gap.no_finance")))
    elif all(one.coverage == "none" and not one.written_to for one in money) and not any(
        (one.influence or 0) >= NOTABLE for one in money
    ):
        place = f"person:{money[0].id}"
        found.append(Gap("finance", Message("gap.finance_not_met", {"name": money[0].name}), place))
    if not any(_FRIENDS & set(one.parts) or (one.stance or 0) > 2 for one in members):
        found.append(Gap("friend", Message("gap.no_friend")))
    units: dict[str, list[Member]] = {}
    for one in members:
        if one.unit_id:
            units.setdefault(one.unit_id, []).append(one)
    for unit, people in units.items():
        if len(people) > 1 and all(one.coverage == "none" for one in people):
            found.append(Gap(f"unit {unit}", Message("gap.unit_not_covered", {"unit": people[0].unit})))
    for gap, lacking in (
        ("influence", [one for one in members if one.influence is None]),
        ("lens", [one for one in members if not one.lens]),
        ("contact", [one for one in members if not one.reachable]),
    ):
        if len(lacking) == 1:
            one = lacking[0]
            found.append(Gap(gap, Message(f"gap.{gap}", {"name": one.name}), f"person:{one.id}"))
        elif lacking:
            found.append(Gap(gap, Message(f"gap.{gap}_many", {"n": len(lacking)})))
    return found


def _vacant(seats: Sequence[EmptySeat]) -> list[Gap]:
    return [
        Gap(
            f"seat {seat.id}",
            Message("gap.vacant_since", {"title": seat.title, "since": seat.since})
            if seat.since is not None
            else Message("gap.vacant", {"title": seat.title}),
            f"decides:{seat.id}",
        )
        for seat in seats
    ]
