"""A template as the page of templates lists it: a Word file of the user's or one that ships."""

from __future__ import annotations

from dataclasses import dataclass

from kamdesk.model.messages import Message


@dataclass(frozen=True)
class TemplateRow:
    """A template in the list. ``own`` is a Word file of the user's; ``name`` of a bundled one is an English source text."""

    id: str
    name: str
    mode: str
    kind: str
    language: str
    own: bool
    start_at: int | None = None
    proposals: int = 0
    removed: tuple[Message, ...] = ()
    order: int = 0
    is_default: bool = False
    table_pattern: bool = True
    file_id: str = ""
