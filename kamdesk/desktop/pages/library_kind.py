"""One kind of entries of the library as data: its list, how it is loaded and added, which fields its panel shows."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from kamdesk.desktop.models.rows import Column
from kamdesk.desktop.widgets.basic import Say


@dataclass(frozen=True)
class Asked:
    """What the list is narrowed to; "" is everything."""

    text: str = ""
    lens: str = ""
    criterion: str = ""
    language: str = ""


@dataclass(frozen=True)
class Kind:
    """One kind. ``main`` is the field that says what the entry is; ``always`` are drawn though empty, ``rest`` when filled.

    ``links`` maps a field to the table it leads to. ``narrows`` names the filters that make sense. ``add``
    reads a typed text as the values of a new entry, None where nothing is typed in. ``turn(asked, limit, offset)`` reads a list that is too long for one go, and ``load`` is not used then.
    """

    table: str
    icon: str
    title: Say
    hint: Say
    empty: Say
    columns: tuple[Column, ...]
    load: Callable[[Asked], Sequence[Any]]
    add: Callable[[str], Mapping[str, object]] | None
    main: str
    always: tuple[str, ...]
    rest: tuple[str, ...]
    links: Mapping[str, str]
    narrows: tuple[str, ...]
    turn: Callable[[Asked, int, int], Sequence[Any]] | None = None
