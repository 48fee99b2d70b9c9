"""What every widget and page is handed: words, theme, icons, settings and the two lanes of work. A plain bundle, no logic.

Passed as one argument so that a page's constructor stays readable; nothing in it knows of a noun.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from kamdesk.desktop.icons import Icons
from kamdesk.desktop.jobs import Commands, Jobs
from kamdesk.desktop.live import Words
from kamdesk.desktop.settings import Settings
from kamdesk.desktop.theme import Theme


@dataclass(frozen=True)
class Option:
    """A choice: its stored code and its label in the language of the moment. ``icon`` may name a drawing."""

    code: str
    label: str
    icon: str = ""


class Vocabularies(Protocol):
    """The choices of a vocabulary in the language of the moment, in their order."""

    def options(self, vocabulary: str) -> Sequence[Option]:
        """The options of one vocabulary. Raises KeyError for an unknown one."""


@dataclass(frozen=True)
class TypedForms:
    """How dates and numbers are typed and shown; every ``read_*`` raises KamdeskError or ValueError with what is wrong.

    Each pair reads a stripped, non-empty text and shows a value that is not None.
    """

    read_date: Callable[[str], Any]
    show_date: Callable[[Any], str]
    read_partial_date: Callable[[str], Any]
    show_partial_date: Callable[[Any], str]
    read_decimal: Callable[[str], Any]
    show_decimal: Callable[[Any], str]
    read_integer: Callable[[str], Any]
    show_integer: Callable[[Any], str]


@dataclass(frozen=True)
class Kit:
    """The bundle. ``commands`` runs edits, ``queries`` reads (both in order, each in its own thread), ``jobs`` long work."""

    words: Words
    theme: Theme
    icons: Icons
    settings: Settings
    commands: Commands
    queries: Commands
    jobs: Jobs
    vocabularies: Vocabularies
    typed: TypedForms
