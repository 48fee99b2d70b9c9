"""Facts about the graph of an influence map: circles of reporting, the discreet version, the same as a tree."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from kamdesk.model.influence import REPORTS_TO, InfluenceGraph, MapEdge, MapNode, TreeItem, TreeTie
from kamdesk.rules.map_layout import bosses


def with_cycles(graph: InfluenceGraph) -> InfluenceGraph:
    """The graph with its circles of reporting named, and in each the tie of the most influential one marked.

    Whoever stands highest in a circle is drawn at the top; the tie that goes up from there is shown as part of a circle.
    """
    above: dict[str, MapEdge] = {}
    for edge in graph.edges:
        if edge.kind == REPORTS_TO and not edge.expected:
            above.setdefault(edge.source, edge)
    cycles, broken = [], set()
    state: dict[str, int] = {}
    for number, start in enumerate(above):
        path: list[str] = []
        at: str | None = start
        while at is not None and at in above and at not in state:
            state[at] = number
            path.append(at)
            at = above[at].target
        if at is not None and at in path and state.get(at) == number:
            circle = path[path.index(at) :]
            top = max(circle, key=lambda name: (_influence(graph.by_id.get(name)), -circle.index(name)))
            turn = circle.index(top)
            cycles.append((*circle[turn:], *circle[:turn]))
            broken.add(above[top].id)
    if not cycles:
        return graph
    edges = tuple(replace(edge, cycle=True) if edge.id in broken else edge for edge in graph.edges)
    return replace(graph, edges=edges, cycles=tuple(cycles))


def _influence(node: MapNode | None) -> int:
    return node.influence if node is not None and node.influence is not None else -1


def discreet(graph: InfluenceGraph) -> InfluenceGraph:
    """The map as others may see it: who sits where and reports to whom, and nothing that judges or was told in confidence.

    Relationships are private by their declaration and are left out, with expected changes and people elsewhere.
    """
    nodes = tuple(
        replace(
            node, lens="", influence=None, stance=None, coverage="none", ladder="", parts=(), favours="",
            photo_id=None, changes=(),
        )
        for node in graph.nodes
        if node.is_member
    )  # fmt: skip
    return replace(graph, nodes=nodes, edges=tuple(edge for edge in graph.edges if edge.kind == REPORTS_TO))


def as_tree(graph: InfluenceGraph, *, outside: bool = False) -> tuple[TreeItem, ...]:
    """The map as nested items: the reporting trees, then people outside reporting under headings of their units.

    Nothing is folded. Each item carries its other ties. Every card of the map stands in it exactly once.
    """
    shown = {node.id: node for node in graph.nodes if node.is_member or outside}
    boss = bosses(list(shown.values()), graph.edges)
    children: dict[str, list[str]] = {}
    for name in shown:
        if name in boss:
            children.setdefault(boss[name], []).append(name)
    ties = _ties(graph, shown)
    built: dict[str, TreeItem] = {}
    todo = [(name, False) for name in shown if name not in boss]
    while todo:
        name, done = todo.pop()
        if done:
            kids = tuple(built[kid] for kid in children.get(name, ()))
            built[name] = TreeItem(shown[name], children=kids, ties=tuple(ties.get(name, ())))
        else:
            todo.append((name, True))
            todo.extend((kid, False) for kid in children.get(name, ()))
    trees = [built[name] for name in shown if name not in boss and name in children]
    groups: dict[str, list[TreeItem]] = {}
    for name, node in shown.items():
        if name not in boss and name not in children:
            groups.setdefault(node.unit or node.organisation, []).append(built[name])
    headed = [TreeItem(None, label, tuple(items)) for label, items in groups.items()]
    return (*trees, *headed)


def _ties(graph: InfluenceGraph, shown: Mapping[str, MapNode]) -> dict[str, list[TreeTie]]:
    ties: dict[str, list[TreeTie]] = {}
    for edge in graph.edges:
        if (edge.kind == REPORTS_TO and not edge.cycle) or edge.source not in graph.by_id:
            continue
        if edge.source in shown and edge.target in graph.by_id:
            ties.setdefault(edge.source, []).append(TreeTie(edge, edge.target))
        if edge.target in shown and edge.source != edge.target:
            ties.setdefault(edge.target, []).append(TreeTie(edge, edge.source, reverse=True))
    return ties
