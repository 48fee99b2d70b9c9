"""Where one can go, and what a search finds."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Target:
    """A place: the ``kind`` of page, the ``id`` of the record ("" for a section), a ``tab`` of the page ("" its first)."""

    kind: str
    id: str = ""
    tab: str = ""

    @property
    def page(self) -> tuple[str, str]:
        """What one page object is kept for."""
        return self.kind, self.id


Marks = tuple[tuple[int, int], ...]
"""Begin and end of what is bold in a text, from left to right."""


@dataclass(frozen=True)
class Hit:
    """A result of the box: shown under ``group`` as ``title`` and ``detail``; opens ``target`` or calls ``run``.

    ``found`` is the text in which the words stand, where that is not the title. ``fill`` goes on instead of opening: it is
    what the box then holds (a filter, more of a group); a ``suggested`` one completes what is typed.
    """

    group: str
    title: str
    detail: str = ""
    icon: str = ""
    target: Target | None = None
    run: Callable[[], object] | None = None
    title_marks: Marks = ()
    found: str = ""
    found_marks: Marks = ()
    fill: str = ""
    suggested: bool = False
