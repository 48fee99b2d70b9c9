"""The texts of letters and e-mails that ship: one for each purpose and language, in ``resources/texts``.

A file begins with the lines ``name:`` and ``subject:``, then a blank line and the body.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from kamdesk.model.messages import LANGUAGES, KamdeskError
from kamdesk.resources import resources_folder

PURPOSES: Final = ("cover_email", "receipt", "next_steps", "reminder", "thanks", "other")
"""Codes of the vocabulary ``text_purpose`` that have one."""


@dataclass(frozen=True, slots=True)
class ShippedText:
    """A text that ships. ``id`` is stable: ``shipped.receipt.ru``; ``name`` stands in the language of the text."""

    id: str
    name: str
    purpose: str
    language: str
    subject: str
    body: str


@cache
def shipped_texts() -> tuple[ShippedText, ...]:
    """All of them, Russian first. Raises KamdeskError when the installation is incomplete."""
    folder = resources_folder() / "texts"
    return tuple(_read(folder, purpose, language) for language in LANGUAGES for purpose in PURPOSES)


def _read(folder: Path, purpose: str, language: str) -> ShippedText:
    path = folder / f"{purpose}.{language}.j2"
    try:
        head, _, body = path.read_text("utf-8").partition("\n\n")
        first, second = head.split("\n")
        name, subject = first.removeprefix("name: "), second.removeprefix("subject: ")
    except (OSError, ValueError) as error:
        raise KamdeskError("documents.template_missing", name=path.name) from error
    return ShippedText(f"shipped.{purpose}.{language}", name, purpose, language, subject, body.rstrip("\n"))
