"""Values of the influence map (D9): who stands on it, what ties them, where the cards are, what is drawn, what is answered.

One graph is laid out (:mod:`kamdesk.rules.map_layout`), drawn as a list of primitives (:mod:`kamdesk.rules.map_drawing`) and
painted twice: as SVG for paper and files, and by a painter in the window. Lengths are pixels at 100 %; y grows downwards.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final

from kamdesk.model.messages import Message
from kamdesk.model.values import PartialDate, PersonName

REPORTS_TO: Final = "reports_to"
TAKES_SEAT: Final = "takes_seat"
"""The kind of an expected edge: this person is to take that seat. No code of the vocabulary."""


def seat_node(seat_id: str) -> str:
    """The id of the card of a seat: of whoever holds it (first), or of the gap."""
    return f"seat:{seat_id}"


def person_node(person_id: str) -> str:
    """The id of the card of a person without a seat, of a second holder of one, or on a map of chosen people."""
    return f"person:{person_id}"


# --- who and what ------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class MapChange:
    """A change that is expected of the one on the card or of the seat; ``kind`` is a code of ``change_kind``."""

    id: str
    kind: str
    text: str = ""
    date: PartialDate | None = None
    private: bool = True


@dataclass(frozen=True, slots=True)
class MapNode:
    """A card: somebody on a seat, a vacant seat (``ghost``), or somebody without a seat.

    ``influence`` 0–3 and ``stance`` −3…+3 are None where unknown; ``lens``, ``parts``, ``coverage`` and ``ladder`` are codes.
    ``is_member`` is False for those who only stand near: people elsewhere tied to one of the map.
    ``others`` are further cards of the same person (several posts at once); ``main`` is the card of their first post.
    """

    id: str
    person_id: str | None = None
    seat_id: str | None = None
    name: PersonName = PersonName()
    title: str = ""
    organisation_id: str | None = None
    organisation: str = ""
    unit_id: str | None = None
    unit: str = ""
    lens: str = ""
    influence: int | None = None
    stance: int | None = None
    coverage: str = "none"
    ladder: str = ""
    parts: tuple[str, ...] = ()
    favours: str = ""
    ghost: bool = False
    photo_id: str | None = None
    changes: tuple[MapChange, ...] = ()
    is_member: bool = True
    others: tuple[str, ...] = ()
    main: bool = True


@dataclass(frozen=True, slots=True)
class MapEdge:
    """A tie between two cards, read from ``source`` to ``target``: "source reports to target", "source trusts target".

    ``kind`` is ``reports_to`` (of seats, ``id`` "seat:…"), a code of the vocabulary ``relation`` (``id`` of the relationship), or
    ``takes_seat``. ``private`` ones are for the user alone. ``past`` ones ended. ``expected`` ones are drawn dashed. ``cycle``: it is
    one of a circle of reporting, and the layout passed over it.
    """

    id: str
    source: str
    target: str
    kind: str
    directed: bool = True
    strength: int | None = None
    private: bool = False
    expected: bool = False
    past: bool = False
    cycle: bool = False
    note: str = ""


@dataclass(frozen=True, slots=True)
class MapPlaceAt:
    """What is remembered of a card: where it was dragged to (its upper left corner; None: nowhere), and whether it is folded."""

    node_id: str
    x: int | None = None
    y: int | None = None
    folded: bool = False


@dataclass(frozen=True)
class InfluenceGraph:
    """Everything a map shows. ``cycles`` are circles of reporting, each as node ids; an edge of each has ``cycle`` set.

    ``map_id`` is None for a client's map that nobody has arranged yet.
    """

    nodes: tuple[MapNode, ...] = ()
    edges: tuple[MapEdge, ...] = ()
    cycles: tuple[tuple[str, ...], ...] = ()
    places: tuple[MapPlaceAt, ...] = ()
    organisation_id: str | None = None
    map_id: str | None = None
    name: str = ""

    @cached_property
    def by_id(self) -> Mapping[str, MapNode]:
        """The cards by their ids."""
        return {node.id: node for node in self.nodes}

    @cached_property
    def card_of(self) -> Mapping[str, str]:
        """The main card of each person: person id → node id."""
        return {node.person_id: node.id for node in self.nodes if node.person_id is not None and node.main}

    @property
    def members(self) -> tuple[MapNode, ...]:
        """The cards of the map itself, without people elsewhere."""
        return tuple(node for node in self.nodes if node.is_member)


@dataclass(frozen=True, slots=True)
class MapRow:
    """A saved map in a list. One without a name is the client's own."""

    id: str
    name: str
    organisation_id: str | None
    members: int = 0


# --- where -------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Rect:
    """A rectangle by its upper left corner."""

    x: float
    y: float
    w: float
    h: float

    @property
    def right(self) -> float:
        """The right side."""
        return self.x + self.w

    @property
    def bottom(self) -> float:
        """The lower side."""
        return self.y + self.h

    def overlaps(self, other: Rect, gap: float = 0.0) -> bool:
        """Whether the two share an area or stand nearer than ``gap``; touching is not overlapping."""
        return (
            self.x < other.right + gap
            and other.x < self.right + gap
            and self.y < other.bottom + gap
            and other.y < self.bottom + gap
        )

    def contains(self, x: float, y: float) -> bool:
        """Whether the point lies inside or on the edge."""
        return self.x <= x <= self.right and self.y <= y <= self.bottom


@dataclass(frozen=True, slots=True)
class Placed:
    """Where a card stands. ``layer`` counts from 0 at the top, −1 in a tray. ``remembered``: by hand.

    ``folded``: its branch is closed and hides ``hidden`` cards; ``below`` counts all cards of its branch, open or closed.
    """

    node_id: str
    rect: Rect
    layer: int = 0
    remembered: bool = False
    folded: bool = False
    hidden: int = 0
    below: int = 0


@dataclass(frozen=True, slots=True)
class Tray:
    """A labelled area for people outside the reporting lines: those of one unit, or elsewhere. ``label`` is user data."""

    label: str
    rect: Rect
    outside: bool = False


Command = tuple[str, tuple[float, ...]]
"""A piece of a path: ("M", (x, y)), ("L", (x, y)) or ("C", (x1, y1, x2, y2, x, y)), all absolute."""


@dataclass(frozen=True, slots=True)
class EdgePath:
    """The way a tie is drawn: reporting as elbows, everything else as a curve."""

    edge: MapEdge
    path: tuple[Command, ...]


@dataclass(frozen=True)
class MapLayout:
    """Cards with places (those in closed branches are absent), ties between them, trays, and the size of it all.

    ``clashes`` are pairs of remembered cards that lie on each other: both stay where they were put. ``compact``: small cards.
    """

    placed: tuple[Placed, ...] = ()
    edges: tuple[EdgePath, ...] = ()
    trays: tuple[Tray, ...] = ()
    bounds: Rect = Rect(0, 0, 0, 0)
    clashes: tuple[tuple[str, str], ...] = ()
    compact: bool = False

    @cached_property
    def by_id(self) -> Mapping[str, Placed]:
        """Where each shown card stands."""
        return {item.node_id: item for item in self.placed}

    def at(self, x: float, y: float) -> str | None:
        """The id of the card at a point; None for a bare place."""
        return next((item.node_id for item in reversed(self.placed) if item.rect.contains(x, y)), None)


# --- what is drawn -----------------------------------------------------------------------------------------

STANCES: Final = ("-3", "-2", "-1", "0", "1", "2", "3")
ROLES: Final = (
    "paper",  # what the map lies on
    "card",  # face of a card
    "card_edge",  # its edge
    "text",
    "muted",
    "line",  # reporting lines
    "relation",  # curves
    "conflict",  # curves of rivalry, circles of reporting
    "accent",  # selected, lit up
    "accent_soft",
    "ghost",  # edge and words of a vacant seat
    "tray",  # face of a tray
    "on_mark",  # sign inside a filled mark
    *(f"stance_{value}" for value in STANCES),
    "stance_none",
)
"""The colours of a drawing by what they mean; the painters have a table for each theme and for paper."""


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle with rounded corners. ``fill`` and ``stroke`` are roles, "" for none."""

    rect: Rect
    radius: float = 0
    fill: str = ""
    stroke: str = ""
    width: float = 1
    dashed: bool = False
    node: str = ""


@dataclass(frozen=True, slots=True)
class Ellipse:
    """An ellipse inside ``rect``."""

    rect: Rect
    fill: str = ""
    stroke: str = ""
    width: float = 1
    node: str = ""


@dataclass(frozen=True, slots=True)
class Polygon:
    """A closed shape of straight sides."""

    points: tuple[tuple[float, float], ...]
    fill: str = ""
    stroke: str = ""
    width: float = 1
    node: str = ""
    edge: str = ""


@dataclass(frozen=True, slots=True)
class Path:
    """An open line of straight and curved pieces; ``edge`` is the id of the tie it shows."""

    path: tuple[Command, ...]
    stroke: str
    width: float = 1
    dashed: bool = False
    edge: str = ""
    node: str = ""


@dataclass(frozen=True, slots=True)
class Text:
    """One line of words; ``y`` is the base line, ``size`` pixels, ``anchor`` start, middle or end of ``x``."""

    x: float
    y: float
    text: str
    size: float = 13
    bold: bool = False
    italic: bool = False
    anchor: str = "start"
    colour: str = "text"
    node: str = ""


Primitive = Box | Ellipse | Polygon | Path | Text


@dataclass(frozen=True, slots=True)
class MapDrawing:
    """Primitives in the order in which they are painted, and the area they fill."""

    primitives: tuple[Primitive, ...] = ()
    bounds: Rect = Rect(0, 0, 0, 0)


# --- what is answered --------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class AnswerLine:
    """A sentence of an answer, the cards it speaks of, and whether it rests on something private."""

    message: Message
    nodes: tuple[str, ...] = ()
    private: bool = False


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer of the map: a head line, sentences, and what to light up. ``private`` when any line is.

    ``kind`` is introduction, deciders, connector or leaving. ``found`` is False for "there is no way", "nobody".
    """

    kind: str
    head: Message
    lines: tuple[AnswerLine, ...] = ()
    nodes: tuple[str, ...] = ()
    edges: tuple[str, ...] = ()
    found: bool = True
    private: bool = False


# --- the same as a tree ------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class TreeTie:
    """A tie as read from the card it stands below: ``reverse`` when the tie was recorded from the other end."""

    edge: MapEdge
    node_id: str
    reverse: bool = False


@dataclass(frozen=True, slots=True)
class TreeItem:
    """A card with what hangs below it and its other ties, for keyboard, screen reader and print.

    A heading (a unit of people outside reporting) has ``node`` None and ``label`` set; both are user data.
    """

    node: MapNode | None
    label: str = ""
    children: tuple[TreeItem, ...] = field(default=())
    ties: tuple[TreeTie, ...] = field(default=())

    def walk(self, depth: int = 0) -> Iterator[tuple[int, TreeItem]]:
        """This item and all below it with their depth from 0."""
        yield depth, self
        for child in self.children:
            yield from child.walk(depth + 1)
