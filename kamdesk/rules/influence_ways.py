"""Through whom to be introduced: ways from people we know along ties that carry an introduction.

The weights are the house's own judgement: a near and strong tie carries an introduction, a rival or an opponent carries none.
"""

from __future__ import annotations

import itertools
from collections.abc import Collection, Mapping, Sequence
from typing import Any, Final

from kamdesk.model.influence import REPORTS_TO, Answer, AnswerLine, InfluenceGraph, MapEdge
from kamdesk.model.messages import Message
from kamdesk.rules.influence_words import Known, called, relation_label

_US: Final = ""
_CARRIES: Final[Mapping[str, float]] = {
    "trusts": 0.9, "friend": 0.9, "family": 0.9, "ally": 1.0, "mentor": 1.0, "assists": 1.0, "influences": 1.0,
    "introduced_by": 1.2, "ex_colleague": 1.3, "classmate": 1.3, "co_author": 1.3, "knows": 1.5, "successor": 1.5,
    "dotted_line": 1.6, "reports_to": 1.5,
}  # fmt: skip
"""How hard it is to be handed on along a tie of usual strength; 1 is a hand-on between people who are close."""
_USUAL: Final = 1.3
_BY_STRENGTH: Final[Mapping[int | None, float]] = {3: 0.75, 2: 1.0, 1: 1.35, None: 1.15}
_AGAINST_THE_GRAIN: Final = 1.25  # the weaker end of a directed tie introduces less easily
_ENDED: Final = 1.4
_SCEPTIC: Final = 1.5


def introduction(graph: InfluenceGraph, node_id: str, known: Sequence[Known]) -> Answer:
    """The easiest way from people we know to this one, step by step, and other ways by somebody else."""
    ways = Ways(graph, known)
    target = ways.card(node_id)
    who = called(graph, target)
    path = ways.best(target)
    if path is None:
        return Answer("introduction", Message("influence.intro_none", {"who": who}), found=False)
    if len(path) == 1:
        head = Message("influence.intro_direct", {"who": who, "how": ways.how[target]})
        others = ways.others(target, path, skip_direct=True)
        lines = tuple(ways.other_line(other) for other in others)
        return Answer("introduction", head, lines, (target,), (), private=any(line.private for line in lines))
    lines = ways.lines(path)
    lines += tuple(ways.other_line(other) for other in ways.others(target, path))
    head = Message("influence.intro_found", {"who": who, "n": len(path) - 1})
    return Answer(
        "introduction",
        head,
        lines,
        tuple(path),
        ways.edge_ids(path),
        private=any(line.private for line in lines),
    )


class Ways:
    """The net of people along which somebody can be handed on, from us; one card for each person."""

    def __init__(self, graph: InfluenceGraph, known: Sequence[Known], without: str = "") -> None:
        import networkx

        self._networkx, self._graph = networkx, graph
        self._net: Any = networkx.DiGraph()
        self.how: dict[str, Message] = {}
        gone = self.card(without) if without else None
        for edge in graph.edges:
            source, target = self.card(edge.source), self.card(edge.target)
            if edge.kind == "rival" or edge.expected or gone in (source, target) or source == target:
                continue
            cost = _CARRIES.get(edge.kind, _USUAL) * _BY_STRENGTH.get(edge.strength, 1.15)
            cost *= _ENDED if edge.past and edge.kind not in ("ex_colleague", "classmate") else 1
            back = cost * (_AGAINST_THE_GRAIN if edge.directed else 1)
            if edge.kind in (
                "trusts",
                REPORTS_TO,
            ):  # whoever is trusted, or the boss, opens the door more easily
                cost, back = back, cost
            self._tie(source, target, edge, cost)
            self._tie(target, source, edge, back)
        for one in known:
            card = graph.card_of.get(one.person_id)
            if card is not None and card != gone:
                self.how[card] = one.how
                self._net.add_edge(_US, card, cost=one.cost, edge=None)

    def card(self, node_id: str) -> str:
        """The first card of whoever is on this one."""
        node = self._graph.by_id[node_id]
        return self._graph.card_of.get(node.person_id, node_id) if node.person_id else node_id

    def _tie(self, source: str, target: str, edge: MapEdge, cost: float) -> None:
        nodes = self._graph.by_id
        if source not in nodes or target not in nodes or nodes[source].ghost or nodes[target].ghost:
            return
        stance = nodes[source].stance
        if stance is not None and stance <= -2:
            return  # an opponent introduces nobody
        cost += _SCEPTIC if stance == -1 else 0
        if not self._net.has_edge(source, target) or self._net[source][target]["cost"] > cost:
            self._net.add_edge(source, target, cost=cost, edge=edge)

    def best(self, target: str, hidden: Collection[str] = (), skip_direct: bool = False) -> list[str] | None:
        """The cards on the easiest way from us, the target last; None where there is none."""
        net: Any = self._net
        if hidden or skip_direct:
            closed = set(hidden) - {target}
            net = self._networkx.subgraph_view(
                net,
                filter_node=lambda name: name not in closed,
                filter_edge=lambda a, b: not (skip_direct and a == _US and b == target),
            )
        try:
            path = self._networkx.dijkstra_path(net, _US, target, weight="cost")
        except (self._networkx.NetworkXNoPath, self._networkx.NodeNotFound):
            return None
        return list(path[1:])

    def reached(self) -> set[str]:
        """The cards to which there is any way from us."""
        return set(self._networkx.descendants(self._net, _US)) if _US in self._net else set()

    def others(self, target: str, path: Sequence[str], skip_direct: bool = False) -> list[list[str]]:
        """Up to two more ways, each beginning with somebody else."""
        hidden, found = {path[0]} if len(path) > 1 else set(), []
        for _ in range(2):
            other = self.best(target, hidden, skip_direct or len(path) > 1)
            if other is None or len(other) > 5:
                break
            found.append(other)
            hidden.add(other[0])
        return found

    def edge(self, source: str, target: str) -> MapEdge:
        """The tie used between two neighbours of a way."""
        edge: MapEdge = self._net[source][target]["edge"]
        return edge

    def edge_ids(self, path: Sequence[str]) -> tuple[str, ...]:
        """The ties of a way."""
        return tuple(self.edge(a, b).id for a, b in itertools.pairwise(path))

    def lines(self, path: Sequence[str]) -> tuple[AnswerLine, ...]:
        """A way in sentences: with whom to start, then each hand-on with its relation."""
        first = path[0]
        start = {"who": called(self._graph, first), "how": self.how[first]}
        lines = [AnswerLine(Message("influence.intro_start", start), (first,))]
        for a, b in itertools.pairwise(path):
            lines.append(AnswerLine(self._step(a, b), (a, b), self.edge(a, b).private))
            if self._graph.by_id[a].stance == -1:
                lines.append(
                    AnswerLine(Message("influence.intro_careful", {"who": called(self._graph, a)}), (a,))
                )
        return tuple(lines)

    def _step(self, a: str, b: str) -> Message:
        relation = relation_label(self.edge(a, b), reverse=self.card(self.edge(a, b).source) != a)
        names = {"who": called(self._graph, a), "whom": called(self._graph, b)}
        return Message("influence.intro_step", {**names, "relation": relation})

    def other_line(self, path: Sequence[str]) -> AnswerLine:
        """Another way on one line."""
        private = any(self.edge(a, b).private for a, b in itertools.pairwise(path))
        if len(path) == 2:
            step = self._step(path[0], path[1])
            said = {"how": self.how[path[0]], "step": step}
            return AnswerLine(Message("influence.intro_other_short", said), tuple(path), private)
        chain = " → ".join(called(self._graph, name) for name in path)
        told: dict[str, object] = {"how": self.how[path[0]], "chain": chain}
        return AnswerLine(Message("influence.intro_other", told), tuple(path), private)
