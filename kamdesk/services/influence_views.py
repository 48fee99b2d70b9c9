"""The queries behind the influence map: cards from seats and posts, ties from reporting and relationships, what was arranged."""

# Long because one card is put together from nine tables; each query stands beside the one value it fills.

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final, TypeVar

from sqlalchemy import ColumnElement, func, literal_column, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from kamdesk.model.influence import (
    REPORTS_TO,
    TAKES_SEAT,
    InfluenceGraph,
    MapChange,
    MapEdge,
    MapNode,
    MapPlaceAt,
    person_node,
    seat_node,
)
from kamdesk.model.tables import (
    Employment,
    ExpectedChange,
    InfluenceMap,
    Interaction,
    MapPlace,
    Organisation,
    Part,
    Participant,
    Person,
    Relationship,
    Seat,
    Unit,
)
from kamdesk.model.values import PartialDate, PersonName
from kamdesk.model.vocabulary import Vocabularies
from kamdesk.rules.influence_graph import with_cycles
from kamdesk.services.base import get, organisations_of
from kamdesk.services.people_views import coverage_of, effective_lens
from kamdesk.services.relationships import directed

_NAMED_AT_MOST: Final = 2_000
"""Ids that one query names; SQLite takes 32,766 parameters."""
_TAKING: Final = ("appointed", "moves")
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Post:
    """A present post: who, where, on which seat."""

    person_id: str
    organisation_id: str
    seat_id: str | None


def client_graph(
    session: Session, organisation_id: str, vocabularies: Vocabularies, today: date
) -> InfluenceGraph:
    """Everybody and every seat of one client, people elsewhere tied to them, and how the map was arranged."""
    organisation = get(session, Organisation, organisation_id)
    own = session.scalars(
        select(InfluenceMap).where(InfluenceMap.organisation_id == organisation.id, InfluenceMap.name == "")
    ).first()
    seats = session.scalars(
        select(Seat)
        .where(Seat.organisation_id == organisation.id)
        .order_by(Seat.position, literal_column("rowid"))
    ).all()
    posts = _posts(session, Employment.organisation_id == organisation.id)
    maker = _Maker(session, vocabularies, today)
    maker.load({post.person_id for post in posts}, seats, organisation.id)
    nodes = maker.seated(seats, posts)
    edges = maker.reporting(seats, nodes)
    return maker.graph(nodes, edges, own, organisation.id, organisation.short_name)


def selection_graph(session: Session, map_id: str, vocabularies: Vocabularies, today: date) -> InfluenceGraph:
    """The people and seats chosen for a map, wherever they work. Raises KamdeskError ``record.gone``."""
    row = get(session, InfluenceMap, map_id)
    if row.organisation_id is not None and not row.name:
        return client_graph(session, row.organisation_id, vocabularies, today)
    members = session.scalars(
        select(MapPlace).where(MapPlace.map_id == row.id, MapPlace.member).order_by(literal_column("rowid"))
    ).all()
    people = list(dict.fromkeys(member.person_id for member in members if member.person_id))
    chosen_seats = {member.seat_id for member in members if member.seat_id and not member.person_id}
    posts = [post for ids in _chunks(people) for post in _posts(session, Employment.person_id.in_(ids))]
    wanted = {post.seat_id for post in posts if post.seat_id} | chosen_seats
    seats = _above(
        session,
        [row for ids in _chunks(wanted) for row in session.scalars(select(Seat).where(Seat.id.in_(ids)))],
    )
    maker = _Maker(session, vocabularies, today)
    maker.load(people, list(seats.values()), None)
    nodes = maker.chosen(people, chosen_seats, seats, posts)
    edges = maker.reporting_of_chosen(seats, nodes, posts)
    return maker.graph(nodes, edges, row, row.organisation_id, row.name)


def lone_graph(session: Session, person_id: str, vocabularies: Vocabularies, today: date) -> InfluenceGraph:
    """Somebody without a present post, with people tied to them."""
    maker = _Maker(session, vocabularies, today)
    maker.load({person_id}, (), None)
    return maker.graph(maker.chosen([person_id], (), {}, ()), [], None, None, "")


def widened(
    session: Session, graph: InfluenceGraph, vocabularies: Vocabularies, today: date
) -> InfluenceGraph:
    """The graph with those who are tied to its people elsewhere, one tie farther out."""
    maker = _Maker(session, vocabularies, today)
    return maker.farther(graph)


def _posts(session: Session, condition: ColumnElement[bool]) -> list[Post]:
    query = (
        select(Employment.person_id, Employment.organisation_id, Employment.seat_id)
        .where(condition, Employment.until.is_(None), Employment.is_former.is_(False))
        .order_by(Employment.position, literal_column("employment.rowid"))
    )
    return [Post(*row) for row in session.execute(query)]


def _above(session: Session, seats: Iterable[Seat]) -> dict[str, Seat]:
    """These seats and all that they report to, up to the top."""
    found = {seat.id: seat for seat in seats}
    missing = {seat.reports_to_id for seat in found.values() if seat.reports_to_id} - found.keys()
    while missing:
        rows = [
            row for ids in _chunks(missing) for row in session.scalars(select(Seat).where(Seat.id.in_(ids)))
        ]
        found |= {row.id: row for row in rows}
        missing = {row.reports_to_id for row in rows if row.reports_to_id} - found.keys()
    return found


def _chunks(ids: Collection[T]) -> Iterable[list[T]]:
    listed = list(ids)
    return (listed[start : start + _NAMED_AT_MOST] for start in range(0, len(listed), _NAMED_AT_MOST))


class _Maker:
    """Reads what stands on cards, in one query a table, and makes cards and ties of it."""

    def __init__(self, session: Session, vocabularies: Vocabularies, today: date) -> None:
        self._session, self._vocabularies, self._today = session, vocabularies, today
        self._people: dict[str, Any] = {}
        self._parts: dict[str, tuple[str, ...]] = {}
        self._met: dict[str, int] = {}
        self._units: dict[str, str] = {}
        self._organisations: dict[str, str] = {}
        self._changes: list[ExpectedChange] = []
        self._private = {
            item.code for item in vocabularies.items("relation", hidden=True) if item.extras.get("left_out")
        }
        self._undirected = {
            item.code
            for item in vocabularies.items("relation", hidden=True)
            if not directed(vocabularies, item.code)
        }

    def load(self, people: Collection[str], seats: Sequence[Seat], organisation_id: str | None) -> None:
        """Read everything about these people and seats. Parts are the general ones, at one client, else at all."""
        self._read_people(people)
        here = (Part.organisation_id == organisation_id,) if organisation_id is not None else ()
        for person_id, code in self._each(
            select(Part.person_id, Part.code).where(Part.deal_id.is_(None), *here), Part.person_id, people
        ):
            if code not in self._parts.get(person_id, ()):
                self._parts[person_id] = (*self._parts.get(person_id, ()), code)
        counted = (
            select(Participant.person_id, func.count())
            .join(Interaction, Interaction.id == Participant.interaction_id)
            .where(Interaction.state == "done")
            .group_by(Participant.person_id)
        )
        self._met = {row[0]: row[1] for row in self._each(counted, Participant.person_id, people)}
        units = {seat.unit_id for seat in seats if seat.unit_id}
        self._units = {row[0]: row[1] for row in self._each(select(Unit.id, Unit.name), Unit.id, units)}
        self._organisations = organisations_of(self._session, {seat.organisation_id for seat in seats})
        seat_ids = [seat.id for seat in seats]
        found = {
            row.id: row
            for column, ids in ((ExpectedChange.person_id, people), (ExpectedChange.seat_id, seat_ids))
            for chunk in _chunks(ids)
            for row in self._session.scalars(
                select(ExpectedChange).where(column.in_(chunk), ExpectedChange.happened_on.is_(None))
            )
        }
        self._changes = sorted(found.values(), key=lambda row: (str(row.date or "9999"), row.id))

    def _read_people(self, people: Collection[str]) -> None:
        columns = (
            Person.id, Person.family_name, Person.given_name, Person.middle_name, Person.lens, Person.influence,
            Person.stance, Person.ladder_now, Person.favours_id, Person.photo_id,
        )  # fmt: skip
        for row in self._each(select(*columns), Person.id, people):
            self._people[row[0]] = row

    def _each(self, query: Any, column: InstrumentedAttribute[Any], ids: Collection[str]) -> Iterable[Any]:
        for chunk in _chunks(ids):
            yield from self._session.execute(query.where(column.in_(chunk)))

    # --- cards

    def seated(self, seats: Sequence[Seat], posts: Sequence[Post]) -> list[MapNode]:
        """The cards of one client: each seat with its first holder, further holders, people without a seat."""
        held: dict[str, list[str]] = {}
        for post in posts:
            if post.seat_id and post.person_id not in held.setdefault(post.seat_id, []):
                held[post.seat_id].append(post.person_id)
        nodes: list[MapNode] = []
        for seat in seats:
            holders = [person_id for person_id in held.get(seat.id, ()) if person_id in self._people]
            nodes.append(self._card(seat_node(seat.id), holders[0] if holders else None, seat))
            nodes += [self._card(person_node(person_id), person_id, seat) for person_id in holders[1:]]
        placed = {node.person_id for node in nodes}
        for post in posts:
            if post.person_id not in placed and post.person_id in self._people:
                placed.add(post.person_id)
                nodes.append(
                    self._card(person_node(post.person_id), post.person_id, None, post.organisation_id)
                )
        return _joined(list({node.id: node for node in nodes}.values()), posts)

    def chosen(
        self, people: Sequence[str], vacant: Collection[str], seats: dict[str, Seat], posts: Sequence[Post]
    ) -> list[MapNode]:
        """A card for each chosen person with their first post, and for each chosen seat that is vacant."""
        first: dict[str, Post] = {}
        for post in posts:
            first.setdefault(post.person_id, post)
        nodes = []
        for person_id in people:
            if person_id in self._people:
                own = first.get(person_id)
                seat = seats.get(own.seat_id) if own is not None and own.seat_id else None
                at = own.organisation_id if own is not None else None
                nodes.append(self._card(person_node(person_id), person_id, seat, at))
        gaps = [seat_id for seat_id in sorted(vacant) if seat_id in seats]
        return nodes + [self._card(seat_node(seat_id), None, seats[seat_id]) for seat_id in gaps]

    def _card(
        self, node_id: str, person_id: str | None, seat: Seat | None, organisation_id: str | None = None
    ) -> MapNode:
        at = seat.organisation_id if seat is not None else organisation_id
        if at is not None and at not in self._organisations:
            self._organisations |= organisations_of(self._session, {at})
        node = MapNode(
            node_id,
            person_id,
            seat.id if seat is not None else None,
            title=seat.title if seat is not None else "",
            organisation_id=at,
            organisation=self._organisations.get(at or "", ""),
            unit_id=seat.unit_id if seat is not None else None,
            unit=self._units.get(seat.unit_id or "", "") if seat is not None else "",
            ghost=person_id is None,
            changes=self._changes_of(person_id, seat.id if seat is not None else None),
        )
        return node if person_id is None else self._with_person(node, person_id)

    def _with_person(self, node: MapNode, person_id: str) -> MapNode:
        _, family, given, middle, lens, influence, stance, ladder, favours, photo = self._people[person_id]
        if favours and favours not in self._organisations:
            self._organisations |= organisations_of(self._session, {favours})
        return replace(
            node,
            name=PersonName(family, given, middle),
            lens=effective_lens(lens, node.title, self._vocabularies),
            influence=influence,
            stance=stance,
            coverage=coverage_of(self._met.get(person_id, 0)),
            ladder=ladder,
            parts=self._parts.get(person_id, ()),
            favours=self._organisations.get(favours or "", ""),
            photo_id=photo,
        )

    def _changes_of(self, person_id: str | None, seat_id: str | None) -> tuple[MapChange, ...]:
        """What is expected of the holder, or of the seat itself."""
        return tuple(
            MapChange(row.id, row.kind, row.text, row.date, row.sensitivity == "private")
            for row in self._changes
            if (row.person_id is not None and row.person_id == person_id)
            or (row.seat_id is not None and row.seat_id == seat_id and row.person_id in (None, person_id))
        )

    # --- ties

    def reporting(self, seats: Sequence[Seat], nodes: Sequence[MapNode]) -> list[MapEdge]:
        """Reporting between the seats of one client; each holder of a seat reports to the first one of the boss's."""
        boss = {seat.id: seat.reports_to_id for seat in seats}
        known = {node.id for node in nodes}
        edges = []
        for node in nodes:
            above = boss.get(node.seat_id or "")
            if above and seat_node(above) in known:
                suffix = "" if node.id == seat_node(node.seat_id or "") else f"#{node.person_id}"
                edges.append(MapEdge(f"seat:{node.seat_id}{suffix}", node.id, seat_node(above), REPORTS_TO))
        return edges

    def reporting_of_chosen(
        self, seats: dict[str, Seat], nodes: Sequence[MapNode], posts: Sequence[Post]
    ) -> list[MapEdge]:
        """Reporting among chosen people, over seats that were not chosen too."""
        card: dict[str, str] = {}
        on_map = {node.person_id for node in nodes if node.person_id}
        for node in nodes:
            if node.ghost and node.seat_id:
                card.setdefault(node.seat_id, node.id)
        for post in posts:
            if post.seat_id and post.person_id in on_map:
                card.setdefault(post.seat_id, person_node(post.person_id))
        edges = []
        for node in nodes:
            seat, passed = seats.get(node.seat_id or ""), {node.seat_id}
            while seat is not None and seat.reports_to_id and seat.reports_to_id not in passed:
                passed.add(seat.reports_to_id)
                target = card.get(seat.reports_to_id)
                if target is not None and target != node.id:
                    edges.append(MapEdge(f"seat:{node.seat_id}#{node.id}", node.id, target, REPORTS_TO))
                    break
                seat = seats.get(seat.reports_to_id)
        return edges

    def graph(
        self,
        nodes: list[MapNode],
        edges: list[MapEdge],
        row: InfluenceMap | None,
        organisation_id: str | None,
        name: str,
    ) -> InfluenceGraph:
        """The whole graph: relationships, people elsewhere, expected moves, remembered places, circles marked."""
        ties = self._relationships({node.person_id for node in nodes if node.person_id})
        outside = {end for tie in ties for end in (tie.from_id, tie.to_id)} - {
            node.person_id for node in nodes
        }
        nodes = nodes + self._elsewhere(outside)
        cards: dict[str, str] = {}
        for node in nodes:
            if node.person_id and node.main:
                cards[node.person_id] = node.id
        edges = edges + [self._tie(tie, cards) for tie in ties if tie.from_id in cards and tie.to_id in cards]
        edges += self._expected(
            cards, {node.seat_id: node.id for node in nodes if node.ghost or node.seat_id}
        )
        graph = InfluenceGraph(
            tuple(nodes),
            tuple(edges),
            places=self._places(row, nodes),
            organisation_id=organisation_id,
            map_id=row.id if row is not None else None,
            name=name,
        )
        return with_cycles(graph)

    def farther(self, graph: InfluenceGraph) -> InfluenceGraph:
        """The graph with the ties of its people elsewhere, and the cards at their far ends."""
        edge = {node.person_id for node in graph.nodes if node.person_id and not node.is_member}
        ties = self._relationships(edge)
        known = {tie.id for tie in graph.edges}
        cards = dict(graph.card_of)
        people = {end for tie in ties for end in (tie.from_id, tie.to_id)} - cards.keys()
        nodes = self._elsewhere(people)
        cards |= {node.person_id: node.id for node in nodes if node.person_id}
        fresh = [tie for tie in ties if tie.id not in known and tie.from_id in cards and tie.to_id in cards]
        edges = (*graph.edges, *(self._tie(tie, cards) for tie in fresh))
        return replace(graph, nodes=(*graph.nodes, *nodes), edges=edges)

    def _relationships(self, people: Collection[str]) -> list[Relationship]:
        found = {
            row.id: row
            for chunk in _chunks(people)
            for row in self._session.scalars(
                select(Relationship).where(Relationship.from_id.in_(chunk) | Relationship.to_id.in_(chunk))
            )
        }
        return sorted(found.values(), key=lambda row: (row.kind, row.id))

    def _elsewhere(self, people: Collection[str]) -> list[MapNode]:
        """Cards of people elsewhere: with their first present post."""
        self._read_people(people)
        posts: dict[str, Post] = {}
        for chunk in _chunks(sorted(people)):
            for post in _posts(self._session, Employment.person_id.in_(chunk)):
                posts.setdefault(post.person_id, post)
        wanted = {post.seat_id for post in posts.values() if post.seat_id}
        seats = {
            row.id: row
            for chunk in _chunks(wanted)
            for row in self._session.scalars(select(Seat).where(Seat.id.in_(chunk)))
        }
        self._organisations |= organisations_of(
            self._session, {post.organisation_id for post in posts.values()}
        )
        cards = []
        for person_id in sorted(people):
            if person_id in self._people:
                at = posts.get(person_id)
                seat = seats.get(at.seat_id) if at is not None and at.seat_id else None
                node = self._card(person_node(person_id), person_id, seat, at.organisation_id if at else None)
                cards.append(replace(node, is_member=False))
        return cards

    def _tie(self, row: Relationship, cards: dict[str, str]) -> MapEdge:
        return MapEdge(
            row.id,
            cards[row.from_id],
            cards[row.to_id],
            row.kind,
            directed=row.kind not in self._undirected,
            strength=row.strength,
            private=row.sensitivity == "private" or row.kind in self._private,
            past=_is_past(row.until, self._today),
            note=row.note,
        )

    def _expected(self, cards: dict[str, str], seats: dict[str | None, str]) -> list[MapEdge]:
        """Who is to take which seat."""
        edges = []
        for row in self._changes:
            source, target = cards.get(row.person_id or ""), seats.get(row.seat_id) if row.seat_id else None
            if row.kind in _TAKING and source and target and source != target:
                private = row.sensitivity == "private"
                edges.append(
                    MapEdge(row.id, source, target, TAKES_SEAT, private=private, expected=True, note=row.text)
                )
        return edges

    def _places(self, row: InfluenceMap | None, nodes: Sequence[MapNode]) -> tuple[MapPlaceAt, ...]:
        if row is None:
            return ()
        known = {node.id: node for node in nodes}
        by_person: dict[str, str] = {}
        for node in nodes:
            if node.person_id and node.main:
                by_person[node.person_id] = node.id
        places: dict[str, MapPlaceAt] = {}
        for place in self._session.scalars(select(MapPlace).where(MapPlace.map_id == row.id)):
            node_id = node_of_place(place)
            if node_id not in known:
                # Whoever lost their seat, or got one, keeps the place they were given.
                node_id = by_person.get(place.person_id or "", "")
            if node_id and (place.x is not None or place.folded):
                places.setdefault(node_id, MapPlaceAt(node_id, place.x, place.y, place.folded))
        return tuple(places.values())


def node_of_place(place: MapPlace) -> str:
    """The card that a remembered place speaks of."""
    if place.seat_id:
        return seat_node(place.seat_id)
    return person_node(place.person_id) if place.person_id else ""


def _joined(nodes: list[MapNode], posts: Sequence[Post]) -> list[MapNode]:
    """Each card with the other cards of the same person; the one of the first post is the main one."""
    cards: dict[str, list[str]] = {}
    for node in nodes:
        if node.person_id:
            cards.setdefault(node.person_id, []).append(node.id)
    first: dict[str, str | None] = {}
    for post in posts:
        first.setdefault(post.person_id, post.seat_id)
    seats = {node.id: node.seat_id for node in nodes}

    def joined(node: MapNode) -> MapNode:
        own = cards[node.person_id] if node.person_id else []
        if len(own) < 2:
            return node
        main = next((one for one in own if seats[one] == first.get(node.person_id or "")), own[0])
        return replace(node, others=tuple(one for one in own if one != node.id), main=node.id == main)

    return [joined(node) for node in nodes]


def _is_past(until: PartialDate | None, today: date) -> bool:
    """Whether a date that may be known in part only lies before today."""
    if until is None or until.year is None:
        return False
    return (until.year, until.month or 12, until.day or 31) < (today.year, today.month, today.day)
