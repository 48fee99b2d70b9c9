"""The key to the signs of an influence map, drawn below it on paper and in files."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from kamdesk.model.influence import (
    REPORTS_TO,
    STANCES,
    Box,
    InfluenceGraph,
    MapLayout,
    Path,
    Primitive,
    Rect,
    Text,
)
from kamdesk.model.messages import Message
from kamdesk.model.vocabulary import Label
from kamdesk.rules.map_cards import text_width
from kamdesk.rules.map_marks import stance_mark

_SIZE: Final = 11.0
_ROW: Final = 20.0
_GAP: Final = 22.0
_SIGN: Final = 26.0


def key_to_signs(
    graph: InfluenceGraph,
    layout: MapLayout,
    say: Callable[[Message], str],
    left: float,
    top: float,
    width: float,
    discreet: bool,
) -> tuple[list[Primitive], float]:
    """The key, only of signs that occur on the map, and its height with the room above it; 0 where nothing needs a key."""
    shown = [node for node in graph.nodes if node.id in layout.by_id]
    edges = [item.edge for item in layout.edges]
    entries: list[tuple[str, Message]] = []
    if not discreet:
        values = {str(node.stance) for node in shown if node.stance is not None and not node.ghost}
        entries += [(code, _label("stance", code)) for code in reversed(STANCES) if code in values]
        if any(node.stance is None and not node.ghost for node in shown):
            entries.append(("?", Message("influence.key_unknown")))
        if len({node.influence for node in shown if not node.ghost}) > 1:
            entries.append(("size", Message("influence.key_size")))
    if any(node.ghost for node in shown):
        entries.append(("ghost", Message("influence.key_vacant")))
    if any(edge.kind != REPORTS_TO and not edge.expected for edge in edges):
        entries.append(("relation", Message("influence.key_relation")))
    if any(edge.kind == "rival" for edge in edges):
        entries.append(("conflict", _label("relation", "rival")))
    if any(edge.expected for edge in edges):
        entries.append(("expected", Message("influence.key_expected")))
    if any(item.folded for item in layout.placed):
        entries.append(("folded", Message("influence.key_folded")))
    return _rows([(sign, say(words)) for sign, words in entries], left, top, width)


def _label(vocabulary: str, code: str) -> Message:
    return Message("influence.only", {"what": Label(vocabulary, code, inline=False)})


def _rows(
    entries: list[tuple[str, str]], left: float, top: float, width: float
) -> tuple[list[Primitive], float]:
    if not entries:
        return [], 0.0
    pieces: list[Primitive] = [Path((("M", (left, top)), ("L", (left + width, top))), "card_edge", 1)]
    x, y = left, top + 22
    for sign, words in entries:
        wide = _SIGN + text_width(words, _SIZE)
        if x > left and x + wide > left + width:
            x, y = left, y + _ROW
        pieces += _sign(sign, x, y)
        pieces.append(Text(x + _SIGN, y + 4, words, _SIZE, colour="muted"))
        x += wide + _GAP
    return pieces, y + 12 - top + 20


def _sign(sign: str, x: float, y: float) -> list[Primitive]:
    middle = x + 11
    if sign in STANCES:
        return stance_mark(int(sign), middle, y)
    if sign == "?":
        return stance_mark(None, middle, y)
    if sign == "size":
        return [
            Box(Rect(x, y - 3, 8, 6), 1.5, "card", "card_edge", 1.1),
            Box(Rect(x + 9, y - 6, 12, 12), 2, "card", "card_edge", 1.8),
        ]
    if sign == "ghost":
        return [Box(Rect(x + 2, y - 6, 18, 12), 3, "", "ghost", 1.2, dashed=True)]
    if sign == "folded":
        return [
            Box(Rect(x + 5, y - 3, 16, 10), 2, "card", "card_edge", 1),
            Box(Rect(x + 2, y - 6, 16, 10), 2, "card", "card_edge", 1),
        ]
    curve = (("M", (x, y + 4)), ("C", (x + 8, y - 8, x + 14, y + 10, x + 22, y - 4)))
    role = "conflict" if sign == "conflict" else "relation"
    return [Path(curve, role, 1.6, dashed=sign == "expected")]
