"""Makes the kit of the running program: settings of this computer, words, looks, lanes, and forms as people type them."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from PySide6.QtWidgets import QApplication

from kamdesk.desktop.icons import Icons
from kamdesk.desktop.jobs import Commands, Jobs
from kamdesk.desktop.kit import Kit, Option, TypedForms
from kamdesk.desktop.live import Words
from kamdesk.desktop.settings import JsonSettings, Settings
from kamdesk.desktop.system_language import system_language
from kamdesk.desktop.theme import TEXT_SCALES, Theme, ThemeChoice
from kamdesk.model.messages import LANGUAGES, KamdeskError
from kamdesk.model.vocabulary import Vocabularies
from kamdesk.model.written import write_date, write_decimal, write_partial_date
from kamdesk.resources import resources_folder
from kamdesk.translation import shipped_vocabularies


class OwnSettings(JsonSettings):
    """The settings of this computer; where their folder cannot be written they last as long as the program runs."""

    def set(self, key: str, value: Any) -> None:
        """Remember a value; None forgets it."""
        with contextlib.suppress(OSError):  # column widths are not worth stopping somebody's work
            super().set(key, value)


class VaultVocabularies:
    """The choices of the open vault in the language of the moment; what ships before a vault is open."""

    def __init__(self, words: Words) -> None:
        self._words = words
        self._source: Callable[[], Vocabularies] = shipped_vocabularies

    def use(self, source: Callable[[], Vocabularies]) -> None:
        """From now on ask this for the vocabularies."""
        self._source = source

    def options(self, vocabulary: str) -> Sequence[Option]:
        """The options of one vocabulary. Raises KeyError for an unknown one."""
        language = self._words.language
        return [Option(item.code, item.label(language)) for item in self._source().items(vocabulary)]


def typed_forms(words: Words, today: Callable[[], date] = date.today) -> TypedForms:
    """How dates and numbers are read and shown; what cannot be read raises KamdeskError ``typed.*``."""

    def read(code: str, parse: Callable[[str], Any]) -> Callable[[str], Any]:
        def reader(text: str) -> Any:
            value = parse(text)
            if value is None:
                raise KamdeskError(code)
            return value

        return reader

    def dates(text: str) -> Any:
        from kamdesk.rules.typed.dates import parse_date

        return parse_date(text, today())

    def partial_dates(text: str) -> Any:
        from kamdesk.rules.typed.dates import parse_partial_date

        return parse_partial_date(text, today())

    def decimals(text: str) -> Decimal | None:
        from kamdesk.rules.typed.numbers import parse_decimal

        return parse_decimal(text, words.language)

    def integers(text: str) -> int | None:
        value = decimals(text)
        return int(value) if value is not None and value == value.to_integral_value() else None

    return TypedForms(
        read_date=read("typed.date", dates),
        show_date=lambda value: write_date(value, words.language),
        read_partial_date=read("typed.partial_date", partial_dates),
        show_partial_date=lambda value: write_partial_date(value, words.language),
        read_decimal=read("typed.number", decimals),
        show_decimal=lambda value: write_decimal(value, words.language),
        read_integer=read("typed.integer", integers),
        show_integer=lambda value: write_decimal(Decimal(value), words.language),
    )


def make_kit(app: QApplication, settings: Settings) -> Kit:
    """The kit of one program run. End it with :func:`end_kit`."""
    chosen = settings.get("window.language")
    words = Words(chosen if chosen in LANGUAGES else system_language(), app)
    choice, scale = settings.get("window.theme"), settings.get("window.text_scale")
    theme = Theme(
        app,
        choice if choice in list(ThemeChoice) else ThemeChoice.SYSTEM,
        scale if scale in TEXT_SCALES else 1.0,
        app,
    )
    return Kit(
        words=words,
        theme=theme,
        icons=Icons(resources_folder() / "icons", theme),
        settings=settings,
        commands=Commands("edits", app),
        queries=Commands("reads", app),
        jobs=Jobs(app),
        vocabularies=VaultVocabularies(words),
        typed=typed_forms(words),
    )


def end_kit(kit: Kit) -> None:
    """End the lanes; what waits in them is finished first."""
    for lane in (kit.commands, kit.queries):
        lane.close()
