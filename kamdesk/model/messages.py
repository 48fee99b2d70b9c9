"""Words for people: below the windows code makes ``Message`` values, never sentences.

A message is a stable code with parameters. The English source text of each code stands in
``kamdesk.model.texts``; ``kamdesk.translation`` turns a message into words of the user's language.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

LANGUAGES: Final[Mapping[str, str]] = {"ru": "Русский", "en": "English"}
"""The languages of windows and documents: code, and its name in itself, for one must find one's own."""


@dataclass(frozen=True, slots=True)
class Message:
    """A sentence to be said to a person, by code. A parameter may itself be a ``Message``.

    A parameter called ``n`` chooses the plural form of a text that has one.
    """

    code: str
    params: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Plural:
    """An English source text with a singular and a plural form, chosen by the parameter ``n``."""

    one: str
    many: str


def label(source: str) -> Message:
    """A declared label (a field's, a noun's) as a parameter of another message; translated when it is said."""
    return Message("label", {"text": source})


def N_(text: str) -> str:  # noqa: N802 (gettext's customary name)
    """Mark a text for translation without translating it here."""
    return text


def P_(one: str, many: str) -> Plural:  # noqa: N802
    """Mark a pair of plural forms for translation."""
    return Plural(one, many)


class KamdeskError(Exception):
    """A problem that was expected: it is told to the user in words and nothing is half done.

    ``message`` says what happened and what to do next. Anything else that is raised is a fault of the program.
    """

    def __init__(self, code: str, **params: object) -> None:
        super().__init__(code)
        self.message = Message(code, params)
