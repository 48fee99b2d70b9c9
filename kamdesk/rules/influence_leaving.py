"""What changes when somebody leaves: parts that fall vacant, who follows, whom we reach only through them."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from typing import Final

from kamdesk.model.influence import REPORTS_TO, Answer, AnswerLine, InfluenceGraph, MapNode
from kamdesk.model.messages import Message
from kamdesk.model.vocabulary import Label
from kamdesk.rules.influence_ways import Ways
from kamdesk.rules.influence_words import (
    Known,
    called,
    deciders_of,
    first_card,
    live_edges,
    names_of,
)

FOR_US: Final = ("champion", "coach", "executive_sponsor")


def leaving(graph: InfluenceGraph, node_id: str, known: Sequence[Known]) -> Answer:
    """What is lost and who is left when whoever is on this card leaves."""
    name = first_card(graph, node_id)
    node = graph.by_id[name]
    if node.ghost:
        vacant = Message("influence.leaving_vacant", {"title": node.title})
        return Answer("leaving", vacant, (), (name,), found=False)
    head = Message("influence.leaving", {"who": called(graph, name)})
    lines = [
        *_expected_lines(node), *_part_lines(graph, node), *_seat_lines(graph, node), *_reports_lines(graph, node),
        *_way_lines(graph, name, known),
    ]  # fmt: skip
    if node.stance is not None and node.stance <= -2:
        said = {"stance": Label("stance", str(node.stance))}
        lines.append(AnswerLine(Message("influence.leaving_relief", said), (name,)))
    mine = [
        edge
        for edge in live_edges(graph)
        if name in (first_card(graph, edge.source), first_card(graph, edge.target))
    ]
    relations = [edge for edge in mine if edge.kind != REPORTS_TO]
    if relations:
        private = any(edge.private for edge in relations)
        lines.append(AnswerLine(Message("influence.leaving_ties", {"n": len(relations)}), (name,), private))
    if not lines:
        lines.append(AnswerLine(Message("influence.leaving_nothing"), (name,)))
    nodes = tuple(dict.fromkeys((name, *(one for line in lines for one in line.nodes))))
    private = any(line.private for line in lines)
    return Answer("leaving", head, tuple(lines), nodes, tuple(edge.id for edge in mine), private=private)


def _expected_lines(node: MapNode) -> list[AnswerLine]:
    lines = []
    for change in node.changes:
        what: object = Label("change_kind", change.kind)
        if change.date is not None:
            what = Message("influence.change_dated", {"what": what, "date": change.date})
        lines.append(
            AnswerLine(Message("influence.leaving_expected", {"what": what}), (node.id,), change.private)
        )
    return lines


def _part_lines(graph: InfluenceGraph, node: MapNode) -> list[AnswerLine]:
    """Each part: who else plays it, or that it falls vacant."""
    lines = []
    for code in node.parts:
        others = [
            other.id
            for other in graph.members
            if code in other.parts and other.person_id != node.person_id and other.main
        ]
        part = Label("part", code, inline=False)
        if others:
            said = {"part": part, "names": names_of(graph, others)}
            lines.append(AnswerLine(Message("influence.leaving_part_left", said), tuple(others)))
        else:
            key = "influence.leaving_champion" if code in FOR_US else "influence.leaving_part_vacant"
            lines.append(AnswerLine(Message(key, {"part": Label("part", code)}), (node.id,)))
    return lines


def _seat_lines(graph: InfluenceGraph, node: MapNode) -> list[AnswerLine]:
    """Who is to take the seat: by an expected change, or as the successor."""
    cards = {node.id, *node.others}
    heirs, private = [], False
    for edge in graph.edges:
        takes = edge.expected and edge.target in cards
        follows = edge.kind == "successor" and edge.target in cards and not edge.past
        if takes or follows:
            heirs.append(first_card(graph, edge.source))
            private = private or edge.private
    if heirs:
        said: dict[str, object] = {"names": names_of(graph, dict.fromkeys(heirs))}
        return [AnswerLine(Message("influence.leaving_successor", said), tuple(heirs), private)]
    shared = any(other.seat_id == node.seat_id and other.person_id != node.person_id for other in graph.nodes)
    if node.seat_id is None or node.ghost or shared or not node.title:
        return []
    return [AnswerLine(Message("influence.leaving_no_successor", {"title": node.title}), (node.id,))]


def _reports_lines(graph: InfluenceGraph, node: MapNode) -> list[AnswerLine]:
    cards = {node.id, *node.others}
    below = [
        edge.source
        for edge in graph.edges
        if edge.kind == REPORTS_TO and edge.target in cards and not graph.by_id[edge.source].ghost
    ]
    if not below:
        return []
    said = {"names": names_of(graph, below), "n": len(below)}
    return [AnswerLine(Message("influence.leaving_reports", said), tuple(below))]


def _way_lines(graph: InfluenceGraph, name: str, known: Sequence[Known]) -> list[AnswerLine]:
    """Whom we reach only through this one, and whether the deciders can still be reached."""
    before, after = Ways(graph, known), Ways(graph, known, without=name)
    cut = before.reached() - after.reached()
    lost = [node.id for node in graph.members if node.id in cut and node.id != name]
    lines = []
    if lost:
        said = {"names": names_of(graph, lost), "n": len(lost)}
        lines.append(AnswerLine(Message("influence.leaving_cut", said), tuple(lost)))
    for decider in deciders_of(graph):
        if decider == name:
            continue
        path = before.best(decider)
        if path is None or name not in path:
            continue
        other = after.best(decider)
        whom = called(graph, decider)
        if other is None:
            lines.append(AnswerLine(Message("influence.leaving_decider_lost", {"whom": whom}), (decider,)))
        else:
            said = {"whom": whom, "names": names_of(graph, other[:-1] or other)}
            private = any(after.edge(a, b).private for a, b in itertools.pairwise(other))
            lines.append(AnswerLine(Message("influence.leaving_decider_left", said), tuple(other), private))
    return lines
