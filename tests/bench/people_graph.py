"""A made decision group of any size for the row of the map: seeded, with bosses, ties and a few vacant seats."""

from __future__ import annotations

import random

from kamdesk.model.influence import REPORTS_TO, InfluenceGraph, MapEdge, MapNode
from kamdesk.model.values import PersonName

_FAMILIES = "Иванов Петров Кузнецова Смирнов Попова Волков Соколова Лебедев Козлов Новикова".split()


def graph_of(people: int) -> InfluenceGraph:
    """A graph of ``people`` cards: each has at most six below, two ties a card, every fifteenth seat vacant."""
    chance = random.Random(people)
    nodes, edges = [], []
    for n in range(people):
        ghost = n % 15 == 14
        name = PersonName() if ghost else PersonName(chance.choice(_FAMILIES), "Пётр", "Олегович")
        nodes.append(
            MapNode(
                f"seat:{n}",
                None if ghost else f"p{n}",
                f"{n}",
                name,
                f"Начальник отдела {n}",
                influence=chance.randint(0, 3),
                stance=chance.randint(-3, 3),
                ghost=ghost,
            )
        )
        if n:
            edges.append(MapEdge(f"seat:{n}", f"seat:{n}", f"seat:{(n - 1) // 6}", REPORTS_TO))
    for n in range(people * 2):
        one, other = chance.sample(range(people), 2)
        edges.append(MapEdge(f"tie:{n}", f"seat:{one}", f"seat:{other}", "influences"))
    return InfluenceGraph(tuple(nodes), tuple(edges), name="Группа")
