"""What is not known about a client yet, as sentences that lead to where it can be said."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from typing import Final

from kamdesk.desktop.kit import Kit
from kamdesk.desktop.pages.people_words import shown_name
from kamdesk.services.organisations import SeatView
from kamdesk.services.people_views import PersonRow

DECIDES: Final = frozenset({"decider", "economic_buyer"})
NOTABLE: Final = 2
DECISIVE: Final = 3
_MOST: Final = 7


@dataclass(frozen=True)
class Gap:
    """``say()`` is the sentence; it leads to a person (``person``) or to a tab of the client."""

    id: str
    say: Callable[[], str]
    person: str = ""
    tab: str = "decides"


def gaps(
    kit: Kit,
    people: Sequence[PersonRow],
    seats: Sequence[SeatView],
    *,
    meeting_ahead: bool,
    written_to: Collection[str] = (),
) -> tuple[Gap, ...]:
    """The gaps, the weightiest first, at most seven. ``written_to`` are the people a proposal was sent to."""
    _, ngettext = kit.words.gettext, kit.words.ngettext
    found: list[Gap] = []
    if not people:
        return (Gap("nobody", lambda: _("Nobody of the decision group is known yet")),)
    if not any(DECIDES & set(row.parts) for row in people):
        found.append(Gap("decider", lambda: _("Who makes the decision")))
    for row in people:
        name = shown_name(row.name)
        if (row.influence or 0) >= NOTABLE:
            if row.stance is None:
                found.append(
                    Gap(f"stance {row.id}", lambda name=name: _("Stance: {name}").format(name=name), row.id)
                )
            if row.coverage == "none" and row.id not in written_to:
                found.append(
                    Gap(
                        f"met {row.id}",
                        lambda name=name: _("No contact yet: {name}").format(name=name),
                        row.id,
                    )
                )
    for count, gap_id, say in (
        (
            sum(row.influence is None for row in people),
            "influence",
            lambda n: ngettext(
                "The influence of {n} person is not judged", "The influence of {n} people is not judged", n
            ),
        ),
        (
            sum(not row.lens for row in people),
            "lens",
            lambda n: ngettext(
                "The type of {n} person is not known", "The type of {n} people is not known", n
            ),
        ),
        (
            sum(not row.phone and not row.email for row in people),
            "contact",
            lambda n: ngettext(
                "{n} person has neither phone nor e-mail", "{n} people have neither phone nor e-mail", n
            ),
        ),
    ):
        if count:
            found.append(Gap(gap_id, lambda n=count, say=say: say(n).format(n=n)))
    found += [
        Gap(f"seat {seat.id}", lambda seat=seat: _("Vacant: {title}").format(title=seat.title))
        for seat in seats
        if not seat.holders
    ]
    if not meeting_ahead:
        found.append(Gap("meeting", lambda: _("No meeting is planned"), tab="history"))
    return tuple(found[:_MOST])
