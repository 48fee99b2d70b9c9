"""Questions to an influence map (D9): who reaches the deciders, and which single person holds the group together.

Answers are sentences with the relation named. Ties marked private are used, and an answer that rests on one says so.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from kamdesk.model.influence import Answer, AnswerLine, InfluenceGraph, MapEdge
from kamdesk.model.messages import Message
from kamdesk.rules.influence_leaving import leaving
from kamdesk.rules.influence_ways import Ways, introduction
from kamdesk.rules.influence_words import (
    Known,
    called,
    deciders_of,
    first_card,
    live_edges,
    names_of,
    our_side,
    relation_label,
)

__all__ = ["Known", "connector", "deciders", "introduction", "leaving"]

_REACHES: Final[Mapping[str, float]] = {
    "influences": 3.0, "assists": 2.2, "mentor": 2.5, "reports_to": 1.5, "dotted_line": 1.2, "ally": 1.8, "friend": 2.2,
    "family": 2.2, "ex_colleague": 1.0, "classmate": 1.0, "co_author": 1.0, "knows": 0.6,
}  # fmt: skip
"""How much the source of a tie is heard by its target."""
_SAMPLED: Final = 120
"""In a larger group the shortest ways from so many people stand for all: exact counting takes the square of the number."""
_HEARS: Final[Mapping[str, float]] = {
    "trusts": 3.0, "ally": 1.8, "friend": 2.2, "family": 2.2, "ex_colleague": 1.0, "classmate": 1.0, "co_author": 1.0,
    "knows": 0.6,
}  # fmt: skip
"""How much the target of a tie is heard by its source."""


def deciders(graph: InfluenceGraph, known: Sequence[Known]) -> Answer:
    """Who decides, how we stand with them, and who is heard by them, those we know best first."""
    found = deciders_of(graph)
    if not found:
        return Answer("deciders", Message("influence.deciders_unknown"), found=False)
    ours = {graph.card_of.get(one.person_id, ""): one for one in known}
    lines: list[AnswerLine] = []
    nodes, edges = list(found), []
    for decider in found[:4]:
        lines.append(AnswerLine(_standing(graph, decider, ours), (decider,)))
        heard = _heard_by(graph, decider, ours)
        if not heard and decider not in ours:
            who = {"who": called(graph, decider)}
            lines.append(AnswerLine(Message("influence.decider_nobody", who), (decider,)))
        for name, edge in heard[:5]:
            lines.append(AnswerLine(_by(graph, name, decider, edge, ours), (name, decider), edge.private))
            nodes.append(name)
            edges.append(edge.id)
    head = Message("influence.deciders", {"names": names_of(graph, found)})
    private = any(line.private for line in lines)
    return Answer("deciders", head, tuple(lines), tuple(dict.fromkeys(nodes)), tuple(edges), private=private)


def _heard_by(graph: InfluenceGraph, decider: str, ours: Mapping[str, Known]) -> list[tuple[str, MapEdge]]:
    """Who is heard by this one, with the tie, the weightiest first; among equals those we know."""
    best: dict[str, tuple[float, MapEdge]] = {}
    cards = {decider, *graph.by_id[decider].others}
    for edge in graph.edges:
        if edge.expected or edge.past or edge.kind == "rival":
            continue
        for one, other, weights in ((edge.target, edge.source, _REACHES), (edge.source, edge.target, _HEARS)):
            weight = weights.get(edge.kind, 0.0) * (edge.strength or 2)
            node = graph.by_id[other]
            if one not in cards or not weight or node.ghost or other in cards:
                continue
            card = graph.card_of.get(node.person_id or "", other)
            weight += 0.5 * (node.influence or 0) + (1.0 if card in ours else 0.0)
            if card not in best or best[card][0] < weight:
                best[card] = (weight, edge)
    order = sorted(best, key=lambda name: (-best[name][0], name))
    return [(name, best[name][1]) for name in order]


def _standing(graph: InfluenceGraph, name: str, ours: Mapping[str, Known]) -> Message:
    return Message("influence.decider_known", {"who": called(graph, name), **our_side(graph, name, ours)})


def _by(graph: InfluenceGraph, name: str, decider: str, edge: MapEdge, ours: Mapping[str, Known]) -> Message:
    node = graph.by_id[edge.source]
    reverse = graph.card_of.get(node.person_id or "", edge.source) != name
    names = {"who": called(graph, name), "whom": called(graph, decider)}
    relation = relation_label(edge, reverse=reverse)
    return Message("influence.decider_by", {**names, "relation": relation, **our_side(graph, name, ours)})


def connector(graph: InfluenceGraph, known: Sequence[Known]) -> Answer:
    """The one person, other than those who decide, on whom the ties of the group hang most."""
    import networkx

    net = _people_net(graph)
    if net.number_of_nodes() < 3 or net.number_of_edges() < 2:
        return Answer("connector", Message("influence.connector_none"), found=False)
    some = _SAMPLED if net.number_of_nodes() > _SAMPLED else None
    between: dict[str, float] = networkx.betweenness_centrality(net, k=some, seed=0)
    deciding = set(deciders_of(graph))
    order = sorted(between, key=lambda name: (name in deciding, -between[name], name))
    first = order[0]
    if between[first] < 0.01:
        first = max(between, key=lambda name: between[name])
    if between[first] < 0.01:
        return Answer("connector", Message("influence.connector_even"), found=False)
    cut = _cut_off(net, first)
    private = any(edge.private for edge in _ties_of(graph, first))
    who = called(graph, first)
    lines = []
    if cut:
        said = {"who": who, "names": names_of(graph, cut), "n": len(cut)}
        lines.append(AnswerLine(Message("influence.connector_cut", said), cut))
    share = {"share": max(1, round(between[first] * 100)), "who": who}
    lines.append(AnswerLine(Message("influence.connector_between", share), (first,), private))
    carried = [name for name in deciding - {first} if _only_through(graph, known, first, name)]
    if carried:
        said = {"whom": names_of(graph, carried), "who": who}
        lines.append(AnswerLine(Message("influence.connector_decider", said), tuple(carried)))
    ours = {graph.card_of.get(one.person_id, ""): one for one in known}
    lines.append(AnswerLine(Message("influence.connector_us", our_side(graph, first, ours)), (first,)))
    following = [name for name in order if name != first and name not in deciding and between[name] >= 0.05]
    if following:
        said = {"who": called(graph, following[0])}
        lines.append(AnswerLine(Message("influence.connector_next", said), (following[0],)))
    edges = tuple(edge.id for edge in _ties_of(graph, first))
    head = Message("influence.connector", {"who": who})
    return Answer("connector", head, tuple(lines), (first, *cut), edges, private=private)


def _ties_of(graph: InfluenceGraph, name: str) -> list[MapEdge]:
    return [
        edge
        for edge in live_edges(graph)
        if name in (first_card(graph, edge.source), first_card(graph, edge.target))
    ]


def _people_net(graph: InfluenceGraph) -> Any:
    import networkx

    net: Any = networkx.Graph()
    net.add_nodes_from(node.id for node in graph.members if not node.ghost and node.main)
    for edge in live_edges(graph):
        source, target = first_card(graph, edge.source), first_card(graph, edge.target)
        if source in net and target in net and source != target:
            net.add_edge(source, target)
    return net


def _cut_off(net: Any, name: str) -> tuple[str, ...]:
    """Who would no longer be connected with the larger part of their group without this one."""
    import networkx

    whole = networkx.node_connected_component(net, name)
    rest = net.subgraph(whole - {name})
    pieces = sorted(networkx.connected_components(rest), key=len, reverse=True)
    return tuple(sorted(one for piece in pieces[1:] for one in piece))


def _only_through(graph: InfluenceGraph, known: Sequence[Known], name: str, target: str) -> bool:
    """Whether our way to ``target`` needs this one."""
    path = Ways(graph, known).best(target)
    return path is not None and name in path and Ways(graph, known, without=name).best(target) is None
