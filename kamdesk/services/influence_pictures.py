"""Pictures of an influence map: the file with title and key, and landscape sheets of A4 or A3 for paper."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from kamdesk.documents.map_svg import to_svg
from kamdesk.model.influence import InfluenceGraph, MapDrawing, MapPlaceAt, Rect
from kamdesk.model.messages import KamdeskError, Message
from kamdesk.model.tables import Employment, Organisation, Person
from kamdesk.rules.map_drawing import DrawingOptions, draw
from kamdesk.rules.map_layout import arrange, bosses, visible_edges

Say = Callable[[Message], str]
SHEETS: Final = {"A4": (1123.0, 794.0), "A3": (1587.0, 1123.0)}
"""Landscape sheets in pixels at 96 dpi (ISO 216: 297 × 210 mm, 420 × 297 mm)."""
MARGIN: Final = 38.0  # 10 mm: what office printers can reach
SMALLEST: Final = 0.62
"""Zoom below which a map is split: names would be smaller than 6 points."""
_LARGEST: Final = 1.25
_MOST_SHEETS: Final = 40
"""Beyond that a pile of paper is no map any more; what is left of it goes on its sheet as small as it gets."""
_WIDTH: Final = re.compile(r'width="([\d.]+)"')


def svg(graph: InfluenceGraph, say: Say, discreet: bool, width: int | None, paper: str) -> str:
    """The whole map as one SVG. Raises KamdeskError ``influence.empty``."""
    drawing = _drawn(graph, say, discreet, paper, Message("influence.title", {"name": graph.name}))
    if not paper:
        return to_svg(drawing, width=width)
    return _on_sheet(drawing, paper)


def zoom_for(text: str, width: int) -> float:
    """The zoom that makes an SVG ``width`` pixels wide, at most 12,000."""
    found = _WIDTH.search(text)
    own = float(found[1]) if found is not None else 1.0
    return max(1, min(width, 12_000)) / own


def _drawn(graph: InfluenceGraph, say: Say, discreet: bool, paper: str, title: Message) -> MapDrawing:
    if not graph.members:
        raise KamdeskError("influence.empty")
    width, height = SHEETS.get(paper, (1292.0, 860.0))
    layout = arrange(graph, width=width - 2 * MARGIN, height=height - 2 * MARGIN - 90)
    options = DrawingOptions(
        edges=visible_edges(graph), discreet=discreet, key=True, title=say(title) if graph.name else ""
    )
    return draw(graph, layout, say, options)


def sheets(graph: InfluenceGraph, say: Say, discreet: bool, paper: str) -> tuple[str, ...]:
    """Sheets as SVG: one where all is readable on it, else an overview and a sheet for each branch."""
    parts = _split(graph, paper)
    pages = []
    for number, part in enumerate(parts, 1):
        title = Message("influence.title", {"name": graph.name})
        if len(parts) > 1:
            title = Message("influence.title_part", {"name": graph.name, "page": number, "pages": len(parts)})
        pages.append(_on_sheet(_drawn(part, say, discreet, paper, title), paper))
    return tuple(pages)


def _zoom(graph: InfluenceGraph, paper: str) -> float:
    width, height = SHEETS[paper]
    room = Rect(0, 0, width - 2 * MARGIN, height - 2 * MARGIN - 90)
    bounds = arrange(graph, width=room.w, height=room.h).bounds
    return min(room.w / max(bounds.w, 1), room.h / max(bounds.h, 1))


def _split(graph: InfluenceGraph, paper: str) -> list[InfluenceGraph]:
    """The graph itself where it is readable on a sheet; else with its largest branches folded, and each of them alone."""
    if paper not in SHEETS:
        raise KamdeskError("influence.paper", paper=paper)
    todo = [graph]
    parts: list[InfluenceGraph] = []
    while todo:
        part = todo.pop(0)
        branches = _branches(part)
        folds: list[str] = []
        while (
            branches
            and len(parts) + len(todo) + len(folds) + 1 < _MOST_SHEETS
            and _zoom(_folded(part, folds), paper) < SMALLEST
        ):
            folds.append(branches.pop(0))
        parts.append(_folded(part, folds))
        todo[:0] = [_branch(part, name) for name in folds]
    return parts


def _branches(graph: InfluenceGraph) -> list[str]:
    """Cards below a root with people of their own, the largest branch first."""
    boss = bosses(graph.members, graph.edges)
    below: dict[str, int] = {}
    for name in boss:
        at = boss.get(name)
        while at is not None:
            below[at] = below.get(at, 0) + 1
            at = boss.get(at)
    second = [name for name in below if name in boss and boss[name] not in boss]
    return sorted(second, key=lambda name: -below[name])


def _folded(graph: InfluenceGraph, names: list[str]) -> InfluenceGraph:
    if not names:
        return graph
    kept = tuple(place for place in graph.places if place.node_id not in names and place.x is None)
    return replace(graph, places=(*kept, *(MapPlaceAt(name, folded=True) for name in names)))


def _branch(graph: InfluenceGraph, root: str) -> InfluenceGraph:
    """One branch alone, opened at its root."""
    boss = bosses(graph.members, graph.edges)
    kept = {root}
    for node in graph.members:
        trail, at = [node.id], boss.get(node.id)
        while at is not None and at not in kept:
            trail.append(at)
            at = boss.get(at)
        if at is not None and node.id != root:
            kept.update(trail)
    nodes = tuple(node for node in graph.nodes if node.id in kept)
    edges = tuple(edge for edge in graph.edges if edge.source in kept and edge.target in kept)
    places = tuple(place for place in graph.places if place.node_id in kept and place.node_id != root)
    return replace(graph, nodes=nodes, edges=edges, places=places)


def _on_sheet(drawing: MapDrawing, paper: str) -> str:
    """The drawing centred on a sheet, as large as fits."""
    if paper not in SHEETS:
        raise KamdeskError("influence.paper", paper=paper)
    width, height = SHEETS[paper]
    area = drawing.bounds
    zoom = min((width - MARGIN) / area.w, (height - MARGIN) / area.h, _LARGEST)
    sheet = Rect(
        area.x - (width / zoom - area.w) / 2, area.y - MARGIN / 2 / zoom, width / zoom, height / zoom
    )
    return to_svg(MapDrawing(drawing.primitives, sheet), width=width)


def people_of(session: Session, territory: str, tag: str) -> tuple[str, ...]:
    """People with a present post at an organisation of this territory or with this tag; case aside, by name."""
    rows = session.execute(
        select(Person.id, Person.sort_key, Organisation.territory, Organisation.tags)
        .join(Employment, Employment.person_id == Person.id)
        .join(Organisation, Organisation.id == Employment.organisation_id)
        .where(Employment.until.is_(None), Employment.is_former.is_(False))
        .order_by(Person.sort_key, Person.id)
    )
    place, mark = territory.strip().casefold(), tag.strip().casefold()
    chosen = [
        person_id
        for person_id, _, where, tags in rows
        if (place and place in where.casefold()) or (mark and mark in (one.casefold() for one in tags))
    ]
    return tuple(dict.fromkeys(chosen))
