"""The influence map of a client or of chosen people (D9): the graph, what was arranged by hand, answers, pictures."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from kamdesk.model.influence import Answer, InfluenceGraph, MapRow
from kamdesk.model.messages import KamdeskError
from kamdesk.model.tables import InfluenceMap, MapPlace, Organisation, Person, Seat
from kamdesk.model.vocabulary import Vocabularies
from kamdesk.rules import influence as questions
from kamdesk.rules.influence_graph import discreet as made_discreet
from kamdesk.rules.map_cards import short_name
from kamdesk.services import influence_pictures as pictures
from kamdesk.services.base import get
from kamdesk.services.influence_network import known_to_us, wide_graph
from kamdesk.services.influence_views import client_graph, node_of_place, selection_graph
from kamdesk.store.unit_of_work import Store
from kamdesk.translation import Translator

FARTHEST: Final = 200_000
"""Pixels that a card may stand from the origin; farther is a slip of the hand or of a file."""


class Influence:
    """Everything a user can do with influence maps.

    A map is named by ``organisation_id`` (a client's own) or by ``map_id`` (a saved one); exactly one of them is given.
    ``draw`` turns SVG and a zoom into PNG (the worker's).
    """

    def __init__(
        self,
        store: Store,
        vocabularies: Callable[[], Vocabularies],
        draw: Callable[[str, float], bytes],
    ) -> None:
        self._store, self._vocabularies, self._draw = store, vocabularies, draw

    # --- reading

    def graph(self, organisation_id: str = "", *, map_id: str = "", discreet: bool = False) -> InfluenceGraph:
        """Cards and ties of a client's map or of a saved one. Raises KamdeskError ``record.gone``."""
        today = self._store.now().date()

        def work(session: Session) -> InfluenceGraph:
            if map_id:
                return selection_graph(session, map_id, self._vocabularies(), today)
            return client_graph(session, organisation_id, self._vocabularies(), today)

        graph = self._store.read(work)
        return made_discreet(graph) if discreet else graph

    def maps(self) -> tuple[MapRow, ...]:
        """The saved maps of chosen people, by name."""

        def work(session: Session) -> tuple[MapRow, ...]:
            counted = select(MapPlace.map_id, func.count()).where(MapPlace.member).group_by(MapPlace.map_id)
            members = {row[0]: row[1] for row in session.execute(counted)}
            rows = session.scalars(select(InfluenceMap).where(InfluenceMap.name != ""))
            found = [MapRow(row.id, row.name, row.organisation_id, members.get(row.id, 0)) for row in rows]
            return tuple(sorted(found, key=lambda row: row.name.casefold()))

        return self._store.read(work)

    def members(self, map_id: str) -> tuple[str, ...]:
        """The ids of the people chosen for a saved map. Raises KamdeskError ``record.gone``."""

        def work(session: Session) -> tuple[str, ...]:
            row = get(session, InfluenceMap, map_id)
            query = select(MapPlace.person_id).where(MapPlace.map_id == row.id, MapPlace.member)
            return tuple(person_id for person_id in session.scalars(query) if person_id)

        return self._store.read(work)

    def candidates(self, *, territory: str = "", tag: str = "") -> tuple[str, ...]:
        """The ids of people at organisations of a territory or with a tag, for a new map; by name."""
        return self._store.read(lambda session: pictures.people_of(session, territory, tag))

    # --- questions

    def introduction(self, person_id: str, graph: InfluenceGraph | None = None) -> Answer:
        """Through whom can I be introduced to this person: over all clients. Raises KamdeskError ``record.gone``.

        ``graph`` is the map on which the way is to be lit up; else the way is told only.
        """

        def work(session: Session) -> Answer:
            person = get(session, Person, person_id)
            wide = wide_graph(session, person.id, self._vocabularies(), self._store.now().date(), graph)
            known = known_to_us(session, {node.person_id for node in wide.nodes if node.person_id})
            return questions.introduction(wide, wide.card_of[person.id], known)

        return self._store.read(work)

    def deciders(self, graph: InfluenceGraph) -> Answer:
        """Who reaches those who decide."""
        return questions.deciders(graph, self._known(graph))

    def connector(self, graph: InfluenceGraph) -> Answer:
        """Which single person holds the group together."""
        return questions.connector(graph, self._known(graph))

    def leaving(self, graph: InfluenceGraph, node_id: str) -> Answer:
        """What changes when this one leaves. Raises KamdeskError ``influence.not_on_map``."""
        if node_id not in graph.by_id:
            raise KamdeskError("influence.not_on_map")
        return questions.leaving(graph, node_id, self._known(graph))

    def _known(self, graph: InfluenceGraph) -> tuple[questions.Known, ...]:
        people = {node.person_id for node in graph.nodes if node.person_id}
        return self._store.read(lambda session: known_to_us(session, people))

    # --- arranging

    def place(
        self, node_id: str, x: int, y: int, *, organisation_id: str = "", map_id: str = "", visit: str = ""
    ) -> None:
        """Remember where a card was dragged to: its upper left corner in pixels at 100 %.

        A client's map comes into being with its first remembered card. Raises ``influence.not_on_map``, ``record.gone``.
        """
        spot = (max(-FARTHEST, min(FARTHEST, x)), max(-FARTHEST, min(FARTHEST, y)))

        def work(session: Session) -> None:
            row = self._place_row(session, organisation_id, map_id, node_id)
            row.x, row.y = spot

        self._arrange("influence.place", node_id, organisation_id, map_id, work, visit)

    def fold(self, node_id: str, folded: bool, *, organisation_id: str = "", map_id: str = "") -> None:
        """Close or open the branch below a card. Raises ``influence.not_on_map``, ``record.gone``."""

        def work(session: Session) -> None:
            self._place_row(session, organisation_id, map_id, node_id).folded = folded

        code = "influence.fold" if folded else "influence.unfold"
        self._arrange(code, node_id, organisation_id, map_id, work, "")

    def tidy(self, *, organisation_id: str = "", map_id: str = "") -> None:
        """Forget where cards were dragged to, all in one step; what is folded stays so."""

        def work(session: Session) -> None:
            row = self._map_row(session, organisation_id, map_id)
            if row is None:
                return
            for place in session.scalars(select(MapPlace).where(MapPlace.map_id == row.id)):
                if place.folded or place.member:
                    place.x = place.y = None
                else:
                    session.delete(place)

        self._store.write("influence.tidy", {}, work)

    def _arrange(
        self,
        code: str,
        node_id: str,
        organisation_id: str,
        map_id: str,
        work: Callable[[Session], None],
        visit: str,
    ) -> None:
        self._store.write(code, lambda session: {"name": _called(session, node_id)}, work, visit=visit)

    def _map_row(self, session: Session, organisation_id: str, map_id: str) -> InfluenceMap | None:
        if map_id:
            return get(session, InfluenceMap, map_id)
        owner = get(session, Organisation, organisation_id)
        query = select(InfluenceMap).where(InfluenceMap.organisation_id == owner.id, InfluenceMap.name == "")
        return session.scalars(query).first()

    def _place_row(self, session: Session, organisation_id: str, map_id: str, node_id: str) -> MapPlace:
        """The remembered place of a card; it is made, and the client's map too, where there is none."""
        row = self._map_row(session, organisation_id, map_id)
        if row is None:
            row = InfluenceMap(organisation_id=organisation_id, name="")
            session.add(row)
            session.flush()
        for place in session.scalars(select(MapPlace).where(MapPlace.map_id == row.id)):
            if node_of_place(place) == node_id:
                return place
        kind, _, row_id = node_id.partition(":")
        made = MapPlace(map_id=row.id)
        if kind == "seat":
            made.seat_id = row_id
        else:
            made.person_id = row_id
        session.add(made)
        return made

    # --- saved maps

    def create(self, name: str, people: Sequence[str], *, organisation_id: str = "") -> str:
        """Save a map of chosen people and return its id. Raises ``influence.name_empty``, ``influence.nobody``."""
        called = _checked(name)
        if not people:
            raise KamdeskError("influence.nobody")

        def work(session: Session) -> str:
            row = InfluenceMap(name=called, organisation_id=organisation_id or None)
            session.add(row)
            session.flush()
            _choose(session, row.id, people)
            return row.id

        return self._store.write("influence.create", {"name": called}, work)

    def rename(self, map_id: str, name: str) -> None:
        """Give a saved map another name. Raises ``influence.name_empty``, ``influence.not_a_selection``."""
        called = _checked(name)

        def work(session: Session) -> None:
            _saved(session, map_id).name = called

        self._store.write("influence.rename", {"name": called}, work)

    def delete(self, map_id: str) -> None:
        """Delete a saved map; the people stay. Raises ``influence.not_a_selection``, ``record.gone``."""

        def work(session: Session) -> None:
            session.delete(_saved(session, map_id))

        self._store.write("influence.delete", lambda session: {"name": _saved(session, map_id).name}, work)

    def set_members(self, map_id: str, people: Sequence[str]) -> None:
        """Choose anew who is on a saved map; those who stay keep their places. Raises ``influence.nobody``."""
        if not people:
            raise KamdeskError("influence.nobody")

        def work(session: Session) -> None:
            row = _saved(session, map_id)
            gone = delete(MapPlace).where(MapPlace.map_id == row.id, MapPlace.person_id.not_in(people))
            session.execute(gone)
            _choose(session, row.id, people)

        self._store.write(
            "influence.set_members", lambda session: {"name": _saved(session, map_id).name}, work
        )

    # --- pictures

    def svg(
        self,
        organisation_id: str = "",
        language: str = "ru",
        *,
        map_id: str = "",
        discreet: bool = False,
        width_px: int | None = None,
        paper: str = "",
    ) -> str:
        """The map as an SVG file with title and key to the signs. Raises ``influence.empty`` for a map without anybody.

        ``paper`` (A4 or A3) chooses a shape for that sheet, landscape. ``discreet`` leaves out stance, influence, parts,
        relationships and expected changes.
        """
        graph = self.graph(organisation_id, map_id=map_id, discreet=discreet)
        return pictures.svg(graph, self._say(language), discreet, width_px, paper)

    def picture(
        self,
        organisation_id: str = "",
        language: str = "ru",
        width_px: int = 1600,
        *,
        map_id: str = "",
        discreet: bool = False,
        paper: str = "",
    ) -> bytes:
        """The map as PNG, ``width_px`` wide. As :meth:`svg`."""
        text = self.svg(organisation_id, language, map_id=map_id, discreet=discreet, paper=paper)
        return self._draw(text, pictures.zoom_for(text, width_px))

    def sheets(
        self,
        organisation_id: str = "",
        language: str = "ru",
        *,
        map_id: str = "",
        discreet: bool = False,
        paper: str = "A4",
    ) -> tuple[str, ...]:
        """The map on landscape sheets of ``paper`` (A4 or A3) as SVG, each of exactly the size of the sheet at 96 dpi.

        What would be too small on one sheet is split: an overview with folded branches, then a sheet for each branch.
        """
        graph = self.graph(organisation_id, map_id=map_id, discreet=discreet)
        return pictures.sheets(graph, self._say(language), discreet, paper)

    def _say(self, language: str) -> pictures.Say:
        return Translator(language, self._vocabularies).message


def _called(session: Session, node_id: str) -> str:
    """How the card is called in a step. Raises KamdeskError ``influence.not_on_map``."""
    kind, _, row_id = node_id.partition(":")
    if kind == "seat":
        seat = session.get(Seat, row_id)
        if seat is not None:
            return seat.title
    elif kind == "person":
        person = session.get(Person, row_id)
        if person is not None:
            return _person_called(person)
    raise KamdeskError("influence.not_on_map")


def _person_called(person: Person) -> str:
    from kamdesk.services.base import name_of

    return short_name(name_of(person))


def _saved(session: Session, map_id: str) -> InfluenceMap:
    row = get(session, InfluenceMap, map_id)
    if not row.name:
        raise KamdeskError("influence.not_a_selection")
    return row


def _checked(name: str) -> str:
    called = " ".join(name.split())[:200]
    if not called:
        raise KamdeskError("influence.name_empty")
    return called


def _choose(session: Session, map_id: str, people: Sequence[str]) -> None:
    known = {row.person_id: row for row in session.scalars(select(MapPlace).where(MapPlace.map_id == map_id))}
    for person_id in dict.fromkeys(people):
        person = get(session, Person, person_id)
        if person.id in known:
            known[person.id].member = True
        else:
            session.add(MapPlace(map_id=map_id, person_id=person.id, member=True))
