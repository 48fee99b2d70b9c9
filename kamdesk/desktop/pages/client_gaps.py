"""What is not known about a client yet: the rows of the page brought to the rule that finds the gaps."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING

from kamdesk.desktop.pages.people_words import shown_name
from kamdesk.rules.org_tree import DECIDES, DECISIVE, NOTABLE, EmptySeat, Gap, Member, gaps

if TYPE_CHECKING:
    from kamdesk.services.deal_views import DealRow
    from kamdesk.services.organisation_views import OrganisationTree
    from kamdesk.services.people_views import PersonRow

__all__ = ["DECIDES", "DECISIVE", "NOTABLE", "gaps_of"]


def gaps_of(
    people: Sequence[PersonRow],
    tree: OrganisationTree,
    deals: Sequence[DealRow] = (),
    *,
    meeting_ahead: bool,
    written_to: Collection[str] = (),
) -> tuple[Gap, ...]:
    """The gaps, the weightiest first. ``written_to`` are the people a proposal was sent to."""
    units = {person: (seat.unit_id or "", seat.unit) for seat in tree.seats for person, _name in seat.holders}
    members = [
        Member(
            row.id,
            shown_name(row.name),
            row.lens,
            row.influence,
            row.stance,
            row.parts,
            row.coverage,
            bool(row.phone or row.email),
            row.id in written_to,
            *units.get(row.id, ("", "")),
        )
        for row in people
    ]
    vacant = [EmptySeat(seat.id, seat.title, seat.vacant_since) for seat in tree.seats if not seat.holders]
    undated = [(deal.id, deal.name) for deal in deals if deal.is_open and deal.expected is None]
    circle = next((seat.title for seat in tree.seats if seat.id in tree.looped), "")
    return gaps(members, vacant, meeting_ahead=meeting_ahead, undated_deals=undated, circle=circle)
