"""Words and facts that all answers of the influence map share: how somebody is called, which ties hold, who decides."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from kamdesk.model.influence import InfluenceGraph, MapEdge
from kamdesk.model.messages import Message
from kamdesk.model.vocabulary import Label
from kamdesk.rules.map_cards import full_name

DECIDING: Final = (("decider", "economic_buyer"), ("signatory",))
_NAMED: Final = 6


@dataclass(frozen=True, slots=True)
class Known:
    """Somebody that we know: ``cost`` of asking them, 0.2 (trust) to 2 (met once), and how we know them in words."""

    person_id: str
    cost: float
    how: Message


def relation_label(edge: MapEdge, *, reverse: bool = False) -> Label:
    """The relation as read from its source, or from its other end."""
    return Label("relation", edge.kind, inline=False, reverse=reverse)


def called(graph: InfluenceGraph, node_id: str) -> str:
    """The full name of whoever is on a card; the title of a vacant seat."""
    node = graph.by_id[node_id]
    return full_name(node.name) or node.title


def names_of(graph: InfluenceGraph, ids: Iterable[str]) -> str | Message:
    """Names with commas; many are counted."""
    names = [called(graph, one) for one in ids]
    if len(names) <= _NAMED:
        return ", ".join(names)
    shown = ", ".join(names[: _NAMED - 1])
    return Message("influence.and_more", {"names": shown, "n": len(names) - _NAMED + 1})


def live_edges(graph: InfluenceGraph) -> Iterable[MapEdge]:
    """Ties that hold today."""
    return (edge for edge in graph.edges if edge.kind != "rival" and not edge.expected and not edge.past)


def first_card(graph: InfluenceGraph, node_id: str) -> str:
    """The first card of whoever is on this one."""
    node = graph.by_id[node_id]
    return graph.card_of.get(node.person_id, node_id) if node.person_id else node_id


def deciders_of(graph: InfluenceGraph) -> tuple[str, ...]:
    """The cards of those who decide: by part, else by decisive influence; each person once."""
    people = [node for node in graph.members if not node.ghost and node.main]
    for codes in DECIDING:
        found = [node.id for node in people if set(codes) & set(node.parts)]
        if found:
            return tuple(found)
    return tuple(node.id for node in people if node.influence == 3)


def our_side(graph: InfluenceGraph, name: str, ours: Mapping[str, Known]) -> dict[str, object]:
    """How we know somebody and where they stand, as parameters."""
    stance = graph.by_id[name].stance
    how = ours[name].how if name in ours else Message("influence.we_do_not_know")
    said = Message("influence.unknown_stance") if stance is None else Label("stance", str(stance))
    return {"how": how, "stance": said}
