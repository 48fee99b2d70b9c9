"""Influence maps: a client's own, or a selection of people such as a territory's opinion leaders (D9).

What is drawn comes from seats, parts and relationships; here is only what the user arranged by hand.
"""

from __future__ import annotations

from sqlalchemy.orm import Mapped

from kamdesk.model.messages import N_
from kamdesk.model.tables import columns as col
from kamdesk.model.tables.base import Entity
from kamdesk.model.tables.columns import BUSINESS, STRUCTURAL, Search


class InfluenceMap(Entity):
    """A map that was arranged or put together. One without a name is the client's own map."""

    __tablename__ = "influence_map"
    __label__ = N_("Influence map")
    __collection__ = "influence_maps"
    __parents__ = ("organisation_id",)
    __title__ = ("name",)

    organisation_id: Mapped[str | None] = col.owned_by("organisation")
    name: Mapped[str] = col.text(N_("Name"), BUSINESS, search=Search.NAME)


class MapPlace(Entity):
    """A card on a map: a member of a selection, a place it was dragged to (pixels at 100 %), or a folded branch."""

    __tablename__ = "map_place"
    __label__ = N_("Place on the map")
    __collection__ = "map_places"
    __parents__ = ("map_id",)
    __ends__ = ("map_id", "person_id", "seat_id")

    map_id: Mapped[str] = col.link("influence_map", required=True)
    person_id: Mapped[str | None] = col.owned_by("person")
    seat_id: Mapped[str | None] = col.owned_by("seat")
    member: Mapped[bool] = col.yes_no(N_("Chosen for the map"), STRUCTURAL)
    x: Mapped[int | None] = col.integer(N_("Place from the left"), STRUCTURAL, group="place")
    y: Mapped[int | None] = col.integer(N_("Place from the top"), STRUCTURAL, group="place")
    folded: Mapped[bool] = col.yes_no(N_("Folded"), STRUCTURAL)
