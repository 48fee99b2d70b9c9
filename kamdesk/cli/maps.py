"""The verb ``map``: an influence map as JSON with its answers, or as a picture."""

from __future__ import annotations

import argparse
from collections.abc import Iterable
from dataclasses import asdict
from typing import Any

from kamdesk.bootstrap import Workplace
from kamdesk.model.influence import Answer, InfluenceGraph, MapEdge, MapNode, TreeItem
from kamdesk.model.messages import KamdeskError
from kamdesk.rules.influence_graph import as_tree, discreet
from kamdesk.translation import Translator


def influence_map(place: Workplace, options: argparse.Namespace, words: Translator) -> dict[str, Any]:
    """The map of a client: cards, ties, circles, the tree, answers; pictures where files are named."""
    client = place.organisations.find(options.client)
    graph = place.influence.graph(client)
    shown = discreet(graph) if options.discreet else graph
    made: dict[str, Any] = {
        "client": client,
        "name": graph.name,
        "nodes": [_node(node) for node in shown.nodes],
        "edges": [_edge(edge) for edge in shown.edges],
        "cycles": [list(cycle) for cycle in shown.cycles],
        "tree": [_tree(item) for item in as_tree(shown)],
    }
    if not options.discreet:
        made["answers"] = [_answer(answer, words) for answer in _answers(place, graph, options)]
    made["files"] = _pictures(place, client, options, words.language)
    return made


def _answers(place: Workplace, graph: InfluenceGraph, options: argparse.Namespace) -> Iterable[Answer]:
    yield place.influence.deciders(graph)
    yield place.influence.connector(graph)
    if options.to:
        yield place.influence.introduction(place.people.find(options.to), graph)
    if options.without:
        person = place.people.find(options.without)
        yield place.influence.leaving(graph, graph.card_of.get(person, ""))


def _pictures(place: Workplace, client: str, options: argparse.Namespace, language: str) -> list[str]:
    written = []
    for path, kind in ((options.svg, "svg"), (options.png, "png")):
        if path is None:
            continue
        if kind == "svg":
            data = place.influence.svg(client, language, discreet=options.discreet).encode()
        else:
            data = place.influence.picture(client, language, options.width, discreet=options.discreet)
        try:
            path.write_bytes(data)
        except OSError as error:
            raise KamdeskError("influence.cannot_write", file=str(path)) from error
        written.append(str(path))
    return written


def _node(node: MapNode) -> dict[str, Any]:
    plain: dict[str, Any] = {
        "id": node.id,
        "person": node.person_id,
        "seat": node.seat_id,
        "name": node.name.full(),
        "title": node.title,
        "organisation": node.organisation,
        "unit": node.unit,
        "type": node.lens,
        "influence": node.influence,
        "stance": node.stance,
        "coverage": node.coverage,
        "parts": list(node.parts),
        "vacant": node.ghost,
        "elsewhere": not node.is_member,
    }
    if node.changes:
        plain["changes"] = [
            {**asdict(one), "date": str(one.date) if one.date else None} for one in node.changes
        ]
    return plain


def _edge(edge: MapEdge) -> dict[str, Any]:
    return {
        "id": edge.id,
        "from": edge.source,
        "to": edge.target,
        "kind": edge.kind,
        "directed": edge.directed,
        "strength": edge.strength,
        "private": edge.private,
        "expected": edge.expected,
        "past": edge.past,
        "cycle": edge.cycle,
    }


def _tree(item: TreeItem) -> dict[str, Any]:
    plain: dict[str, Any] = {"id": item.node.id} if item.node is not None else {"heading": item.label}
    if item.children:
        plain["below"] = [_tree(child) for child in item.children]
    return plain


def _answer(answer: Answer, words: Translator) -> dict[str, Any]:
    return {
        "question": answer.kind,
        "answer": words.message(answer.head),
        "found": answer.found,
        "private": answer.private,
        "lines": [
            {"text": words.message(line.message), "nodes": list(line.nodes), "private": line.private}
            for line in answer.lines
        ],
    }


def in_words(result: dict[str, Any], words: Translator) -> str:
    """The answers as text, and the files that were written."""
    lines = [result["name"]]
    for answer in result.get("answers", ()):
        lines += ["", answer["answer"], *(f"  {line['text']}" for line in answer["lines"])]
    lines += ["", *result["files"]] if result["files"] else []
    return "\n".join(lines) + "\n"
