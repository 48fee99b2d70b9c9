"""The building stones of a document: what a block says, without a word on how Word draws it.

Nodes are frozen values of plain strings and numbers. ``to_json``/``from_json`` carry them to the worker; pictures
travel as base64 text. Nothing here knows a style name, a template or a unit other than millimetres.
"""

from __future__ import annotations

import base64
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from typing import Any, Final


@dataclass(frozen=True, slots=True)
class Run:
    """A piece of a line. A line feed in ``text`` is a line break. ``small`` is said in lists only.

    ``link`` is an address of the web or of mail. ``mark`` names the wording that the run belongs to, by which an edited
    document tells what was changed: a code that says nothing of a person, letters of a bookmark's name only.
    """

    text: str
    bold: bool = False
    italic: bool = False
    muted: bool = False
    small: bool = False
    link: str = ""
    mark: str = ""


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of level 1 to 3."""

    text: str
    level: int = 1


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph. ``align`` is left, right, center or "" (as the document's body text stands).

    ``role`` is body, small (notes under a table), caption, lead (the sentence that matters) or address.
    """

    runs: tuple[Run, ...]
    align: str = ""
    role: str = "body"
    keep_next: bool = False


@dataclass(frozen=True, slots=True)
class Bullets:
    """A list; each item is a line of runs. ``numbered`` asks for 1, 2, 3.

    ``inner`` says of each item what it is, where not all are items of the list itself (""): bullet or number for an item of
    a list inside the item before, more for words that go on with that item in a paragraph of their own.
    """

    items: tuple[tuple[Run, ...], ...]
    numbered: bool = False
    inner: tuple[str, ...] = ()

    def parts(self) -> tuple[tuple[str, int, tuple[Run, ...]], ...]:
        """Each item with what it is and its number among its neighbours of the same list (0 for more)."""
        found: list[tuple[str, int, tuple[Run, ...]]] = []
        outer = within = 0
        before = ""
        for kind, item in zip(self.inner or ("",) * len(self.items), self.items, strict=True):
            outer += kind == ""
            within = within + 1 if kind == before else 1
            found.append((kind, 0 if kind == "more" else within if kind else outer, item))
            before = kind
        return tuple(found)


@dataclass(frozen=True, slots=True)
class Table:
    """A table of plain cells. ``widths`` are shares of the text width; ``alignments`` one of left, right, center a column.

    The last ``total_rows`` rows are sums: they are set apart and kept together. ``strong_rows`` are indices of
    other rows in bold.
    """

    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    alignments: tuple[str, ...] = ()
    widths: tuple[float, ...] = ()
    total_rows: int = 0
    strong_rows: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class KeyValues:
    """Names with their values, two columns without a grid; ``marks`` name the wordings of the values, as in a run."""

    pairs: tuple[tuple[str, str], ...]
    marks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture: ``png`` bytes or an ``svg`` text (turned into pixels in the worker). ``width`` in millimetres."""

    alt: str
    width: float
    png: bytes = b""
    svg: str = ""


@dataclass(frozen=True, slots=True)
class SignatureLine:
    """Post at the left, room and a rule to sign on, the name at the right."""

    post: str
    name: str


Node = Heading | Paragraph | Bullets | Table | KeyValues | Picture | SignatureLine

_TYPES: Final[Mapping[str, type[Any]]] = {
    kind.__name__: kind
    for kind in (
        Run,
        Heading,
        Paragraph,
        Bullets,
        Table,
        KeyValues,
        Picture,
        SignatureLine,
    )
}
_FIELDS: Final = {name: tuple(field.name for field in fields(kind)) for name, kind in _TYPES.items()}


def text(*parts: str, role: str = "body", align: str = "") -> Paragraph:
    """A paragraph of one plain run for each part."""
    return Paragraph(tuple(Run(part) for part in parts), align=align, role=role)


def to_json(value: Any) -> Any:
    """Nodes as JSON values: ``{"is": "Heading", …}``; tuples become lists, bytes ``{"base64": …}``."""
    if isinstance(value, str):  # nearly all there is
        return value
    if isinstance(value, tuple):
        return [to_json(item) for item in value]
    if isinstance(value, bytes):
        return {"base64": base64.b64encode(value).decode("ascii")}
    name = type(value).__name__
    if name in _FIELDS:
        return {"is": name, **{field: to_json(getattr(value, field)) for field in _FIELDS[name]}}
    return value


def from_json(value: Any) -> Any:
    """The nodes that ``to_json`` wrote. Raises KeyError or TypeError for anything else."""
    if isinstance(value, str):
        return value
    if isinstance(value, list):
        return tuple(from_json(item) for item in value)
    if isinstance(value, dict):
        if "base64" in value:
            return base64.b64decode(value["base64"])
        return _TYPES[value["is"]](**{name: from_json(item) for name, item in value.items() if name != "is"})
    return value


def plain_text(nodes: Iterable[Node]) -> str:
    """The words of the nodes, one line each; empty when they say nothing."""
    return "\n".join(line for node in nodes for line in _lines(node) if line)


def _lines(node: Node) -> list[str]:
    if isinstance(node, Heading):
        return [node.text]
    if isinstance(node, Paragraph):
        return ["".join(run.text for run in node.runs)]
    if isinstance(node, Bullets):
        return ["".join(run.text for run in item) for item in node.items]
    if isinstance(node, Table):
        return [" ".join(row) for row in (node.header, *node.rows)]
    if isinstance(node, KeyValues):
        return [f"{name}: {value}" for name, value in node.pairs]
    if isinstance(node, Picture):
        return [node.alt]
    return [node.post, node.name]
