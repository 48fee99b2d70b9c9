"""The layout of influence maps: no card hides another, whatever the group and whatever was dragged."""

from __future__ import annotations

import random
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kamdesk.model.influence import (
    REPORTS_TO,
    InfluenceGraph,
    MapEdge,
    MapLayout,
    MapNode,
    MapPlaceAt,
    Rect,
)
from kamdesk.model.values import PersonName
from kamdesk.rules.influence_graph import with_cycles
from kamdesk.rules.map_layout import arrange, visible_edges
from kamdesk.rules.map_room import Room

TITLES = (
    "Генеральный директор",
    "Заместитель генерального директора по производству и развитию",
    "Инженер",
    "",
)


def node(number: int, *, influence: int | None = 1, ghost: bool = False, title: str = "Инженер") -> MapNode:
    return MapNode(
        f"seat:{number}",
        None if ghost else f"p{number}",
        str(number),
        PersonName() if ghost else PersonName("Иванов", "Пётр", "Сергеевич"),
        title,
        "o",
        "Завод",
        influence=influence,
        ghost=ghost,
    )


def reports(below: int, boss: int) -> MapEdge:
    return MapEdge(f"seat:{below}", f"seat:{below}", f"seat:{boss}", REPORTS_TO)


def made_group(many: int, seed: int = 7, loose: float = 0.06) -> InfluenceGraph:
    """A made client: a few layers, some gaps, some people outside reporting, every fifth with a relation."""
    chance = random.Random(seed)
    nodes, edges = [], []
    for number in range(many):
        ghost = number > 3 and chance.random() < 0.05
        influence = chance.choice((None, 0, 1, 1, 2, 2, 3))
        nodes.append(node(number, influence=influence, ghost=ghost, title=chance.choice(TITLES)))
        if number and not (number > 5 and chance.random() < loose):
            edges.append(reports(number, chance.randrange(max(1, int(number**0.72)))))
    for number in range(many // 5):
        a, b = chance.sample(range(many), 2)
        edges.append(MapEdge(f"r{number}", f"seat:{a}", f"seat:{b}", "trusts", strength=2))
    return with_cycles(InfluenceGraph(tuple(nodes), tuple(edges)))


def overlapping(layout: MapLayout) -> set[tuple[str, str]]:
    return {(a.node_id, b.node_id) for a, b in combinations(layout.placed, 2) if a.rect.overlaps(b.rect)}


@pytest.mark.parametrize("many", [1, 2, 9, 30, 100, 300])
def test_no_card_hides_another(many: int) -> None:
    for seed in (1, 2, 3):
        layout = arrange(made_group(many, seed))
        assert len(layout.placed) == many
        assert not overlapping(layout)
        for item in layout.placed:
            inside = layout.bounds
            assert inside.x <= item.rect.x and item.rect.right <= inside.right
            assert inside.y <= item.rect.y and item.rect.bottom <= inside.bottom


def test_thirty_people_are_read_without_zoom() -> None:
    for seed in range(12):
        bounds = arrange(made_group(30, seed, loose=0)).bounds
        assert bounds.w <= 1280
        assert bounds.h <= 1100


@given(
    st.lists(st.integers(-1, 39), min_size=1, max_size=40),
    st.dictionaries(
        st.integers(0, 39), st.tuples(st.integers(-300, 1500), st.integers(-300, 1500)), max_size=8
    ),
    st.sets(st.integers(0, 39), max_size=3),
)
def test_no_overlap_with_any_reporting_drags_and_folds(
    bosses: list[int], dragged: dict[int, tuple[int, int]], folded: set[int]
) -> None:
    many = len(bosses)
    nodes = tuple(node(number, influence=number % 5 if number % 5 < 4 else None) for number in range(many))
    edges = tuple(reports(number, boss) for number, boss in enumerate(bosses) if 0 <= boss < many)
    places = tuple(
        MapPlaceAt(f"seat:{number}", *dragged.get(number, (None, None)), folded=number in folded)
        for number in sorted({*dragged, *folded})
        if number < many
    )
    layout = arrange(with_cycles(InfluenceGraph(nodes, edges, places=places)))
    assert {frozenset(pair) for pair in overlapping(layout)} <= {frozenset(pair) for pair in layout.clashes}
    pinned = {item.node_id for item in layout.placed if item.remembered}
    assert all({a, b} <= pinned for a, b in layout.clashes)
    for place in places:
        shown = layout.by_id.get(place.node_id)
        if place.x is not None and shown is not None:
            assert (shown.rect.x, shown.rect.y) == (place.x, place.y)
    for tray in layout.trays:
        strangers = [item for item in layout.placed if item.layer >= 0 and item.rect.overlaps(tray.rect)]
        assert not strangers
    hidden = sum(item.hidden for item in layout.placed)
    nested = many - len(layout.placed)
    assert hidden == nested


def test_same_group_same_places() -> None:
    assert arrange(made_group(60)) == arrange(made_group(60))


def test_a_dragged_boss_takes_the_branch_along_and_the_others_stay() -> None:
    graph = InfluenceGraph(
        tuple(node(number) for number in range(5)),
        (reports(1, 0), reports(2, 0), reports(3, 1), reports(4, 1)),
    )
    before = arrange(graph).by_id
    spot = (int(before["seat:1"].rect.x) - 700, 400)
    after = arrange(InfluenceGraph(graph.nodes, graph.edges, places=(MapPlaceAt("seat:1", *spot),))).by_id
    assert (after["seat:1"].rect.x, after["seat:1"].rect.y) == spot
    assert after["seat:0"].rect == before["seat:0"].rect
    assert after["seat:2"].rect == before["seat:2"].rect
    for below in ("seat:3", "seat:4"):
        moved = after[below].rect.x - before[below].rect.x, after[below].rect.y - before[below].rect.y
        assert moved == (spot[0] - before["seat:1"].rect.x, spot[1] - before["seat:1"].rect.y)


def test_two_cards_dragged_onto_each_other_stay_and_are_reported() -> None:
    places = (MapPlaceAt("seat:1", 10, 10), MapPlaceAt("seat:2", 20, 15))
    graph = InfluenceGraph(
        tuple(node(number) for number in range(3)), (reports(1, 0), reports(2, 0)), places=places
    )
    layout = arrange(graph)
    assert layout.clashes == (("seat:1", "seat:2"),)
    assert arrange(graph, remember=False).clashes == ()


def test_folded_branch_says_how_many_it_hides() -> None:
    graph = InfluenceGraph(
        tuple(node(number) for number in range(6)),
        (reports(1, 0), reports(2, 1), reports(3, 1), reports(4, 3)),
        places=(MapPlaceAt("seat:1", folded=True),),
    )
    layout = arrange(graph)
    assert layout.by_id["seat:1"].hidden == 3
    assert {item.node_id for item in layout.placed} == {"seat:0", "seat:1", "seat:5"}
    assert arrange(graph, folded=("seat:0",)).by_id["seat:0"].hidden == 4


def test_circle_of_reporting_is_shown_and_survived() -> None:
    nodes = (node(0), node(1, influence=3), node(2), node(3))
    graph = with_cycles(InfluenceGraph(nodes, (reports(0, 1), reports(1, 2), reports(2, 0), reports(3, 3))))
    assert graph.cycles == (("seat:1", "seat:2", "seat:0"), ("seat:3",))
    layout = arrange(graph)
    assert len(layout.placed) == 4
    assert layout.by_id["seat:1"].layer == 0
    broken = [way.edge for way in layout.edges if way.edge.cycle]
    assert [edge.source for edge in broken] == ["seat:1"]


def test_a_chain_deeper_than_the_recursion_limit() -> None:
    many = 1500
    graph = InfluenceGraph(
        tuple(node(number) for number in range(many)),
        tuple(reports(number, number - 1) for number in range(1, many)),
    )
    assert len(arrange(graph).placed) == many


def test_people_outside_reporting_stand_in_trays_of_their_units() -> None:
    nodes = [node(0), node(1)]
    nodes += [
        MapNode(f"person:{n}", f"x{n}", None, PersonName("Петров"), "", "o", "Завод", unit=f"Цех {n % 2}")
        for n in range(6)
    ]
    elsewhere = MapNode("person:e", "e", None, PersonName("Чужой"), "", "z", "Банк", is_member=False)
    graph = InfluenceGraph((*nodes, elsewhere), (reports(1, 0),))
    layout = arrange(graph)
    assert [tray.label for tray in layout.trays] == ["Цех 0", "Цех 1"]
    assert "person:e" not in layout.by_id
    wide = arrange(graph, outside=True)
    assert [tray.outside for tray in wide.trays] == [False, False, True]
    assert not overlapping(wide)


def test_relations_of_a_large_map_are_those_of_the_selected_one() -> None:
    small, large = made_group(30), made_group(100)
    assert visible_edges(small) == {edge.id for edge in small.edges}
    assert visible_edges(large) == {edge.id for edge in large.edges if edge.kind == REPORTS_TO}
    tie = next(edge for edge in large.edges if edge.kind == "trusts")
    shown = visible_edges(large, tie.source)
    assert tie.id in shown


@given(st.lists(st.tuples(st.integers(0, 400), st.integers(0, 400)), min_size=1, max_size=30))
def test_free_room_is_free(spots: list[tuple[int, int]]) -> None:
    room = Room()
    for number, (x, y) in enumerate(spots):
        room.add(str(number), room.free(Rect(x, y, 90, 40), 8))
    for a, b in combinations(room.rects.values(), 2):
        assert not a.overlaps(b, 8)
