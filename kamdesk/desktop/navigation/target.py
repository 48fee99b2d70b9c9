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


@dataclass(frozen=True)
class Hit:
    """A result of the box: shown under ``group`` as ``title`` and ``detail``; opens ``target`` or calls ``run``."""

    group: str
    title: str
    detail: str = ""
    icon: str = ""
    target: Target | None = None
    run: Callable[[], object] | None = None
