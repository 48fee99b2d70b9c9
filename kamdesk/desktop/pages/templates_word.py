"""Templates that are open in Word: one watch for the window, which outlives the page; each good save becomes the template's file (R9)."""

from __future__ import annotations

from kamdesk.desktop.desk import Desk
from kamdesk.desktop.word_watch import OpenFile, WordWatch, open_by_system
from kamdesk.services.template_word import KEY

_NAME = "template_watch"
_PAUSE_MS = 120
"""Shorter than for proposals: one looks at the preview while saving, and the two looks at a growing file come before it."""


def template_watch(desk: Desk, open_file: OpenFile = open_by_system) -> WordWatch:
    """The watch of this window; made when it is first asked for."""
    found = desk.window.findChild(WordWatch, _NAME)
    if found is None:
        found = WordWatch(
            desk.kit,
            desk.workplace.template_word,  # type: ignore[arg-type]
            desk.plain,
            open_file,
            desk.window,
            pause_ms=_PAUSE_MS,
        )
        found.setObjectName(_NAME)
    return found


def key_of(template_id: str) -> str:
    """What a template is called while it is out."""
    return KEY + template_id


def template_of(key: str) -> str:
    """The template of such a key."""
    return key.removeprefix(KEY)
