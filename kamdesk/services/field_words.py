"""A stored value of any declared field in words: labels of codes, dates as people write them, names of linked records."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Protocol

from kamdesk.model.fields import FieldKind, FieldSpec
from kamdesk.model.messages import Message
from kamdesk.model.values import PartialDate
from kamdesk.model.vocabulary import Vocabularies
from kamdesk.model.written import write_date, write_decimal, write_partial_date


class Speaker(Protocol):
    """Words in the language of the moment: the ``Translator``, or the words of a window."""

    @property
    def language(self) -> str:
        """ "ru" or "en"."""

    def message(self, message: Message) -> str:
        """A message as a sentence."""


def in_words(
    specs: Sequence[FieldSpec],
    values: Sequence[Any],
    titles: Sequence[str],
    speaker: Speaker,
    vocabularies: Vocabularies,
) -> str:
    """A value of one or several parts; "" where none of them is known. ``titles`` name the targets of links."""
    parts = (
        _part(spec, value, title, speaker, vocabularies)
        for spec, value, title in zip(specs, values, titles, strict=True)
    )
    between = " " if all(spec.kind is FieldKind.TEXT for spec in specs) else " · "
    return between.join(part for part in parts if part)


def _part(spec: FieldSpec, value: Any, title: str, speaker: Speaker, vocabularies: Vocabularies) -> str:
    language = speaker.language
    if value is None or value in ("", ()):
        return ""
    if spec.kind in (FieldKind.LINK, FieldKind.FILE):
        return title or speaker.message(Message("field_history.nameless"))
    if isinstance(value, bool):
        return speaker.message(Message("field_history.yes" if value else "field_history.no"))
    if spec.vocabulary and isinstance(value, tuple):
        return ", ".join(vocabularies.label(spec.vocabulary, str(one), language) for one in value)
    if spec.vocabulary:
        return vocabularies.label(spec.vocabulary, str(value), language)
    if isinstance(value, tuple):
        return ", ".join(_plain(one, language) for one in value)
    return _plain(value, language)


def _plain(value: object, language: str) -> str:
    if isinstance(value, datetime):
        return f"{write_date(value.date(), language)}, {value:%H:%M}"
    if isinstance(value, date):
        return write_date(value, language)
    if isinstance(value, PartialDate):
        return write_partial_date(value, language)
    return write_decimal(value, language) if isinstance(value, Decimal) else str(value)
