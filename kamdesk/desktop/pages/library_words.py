"""How entries of the library are said: names in their own order, codes in words, days, the state of a consent."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Final

from kamdesk.desktop.kit import Kit
from kamdesk.model.values import PersonName
from kamdesk.model.vocabulary import Vocabularies
from kamdesk.model.written import write_date
from kamdesk.services.library_views import RecommenderView

CONSENT_LOOKS: Final = {
    "valid": ("ok-circle", "success"),
    "none": ("drop", "muted"),
    "expired": ("clock", "warning"),
    "scope": ("warning", "warning"),
}
"""State of a consent → drawing and colour: four shapes, so that the colour is never alone."""


def consent_look(view: RecommenderView) -> tuple[str, str]:
    """Drawing and colour of a consent's state; one that ends soon is pointed out while it is still valid."""
    return ("clock", "warning") if view.ends_soon else CONSENT_LOOKS[view.consent]


def is_cyrillic(text: str) -> bool:
    """Whether a text is written in Russian letters for the most part."""
    letters = [sign for sign in text.casefold() if sign.isalpha()]
    return sum("а" <= sign <= "я" or sign == "ё" for sign in letters) * 2 > len(letters)


def shown_name(name: PersonName) -> str:
    """The full name in the order of its own script: «Иванов Пётр Сергеевич», "Eamon Harkin"."""
    return name.full("ru" if is_cyrillic(name.full()) else "en")


class LibraryWords:
    """Words for entries in the language of the moment."""

    def __init__(self, kit: Kit, vocabularies: Callable[[], Vocabularies]) -> None:
        self._kit = kit
        self._vocabularies = vocabularies

    def label(self, vocabulary: str, code: str) -> str:
        """A code in words; "" for none, words that are no code as they are."""
        return self._vocabularies().label(vocabulary, code, self._kit.words.language) if code else ""

    def labels(self, vocabulary: str, codes: Sequence[str]) -> str:
        """Several codes in words, with commas."""
        return ", ".join(self.label(vocabulary, code) for code in codes)

    def day(self, value: date | None) -> str:
        """A day as it is written; "" for none."""
        return write_date(value, self._kit.words.language) if value is not None else ""

    def recommender(self, view: RecommenderView) -> str:
        """A recommender in a list to choose from: the name, and what speaks against naming them now."""
        parts = [shown_name(view.name)]
        if view.consent != "valid" or view.ends_soon:
            parts.append(self.consent(view))
        if view.overused:
            parts.append(self._kit.words.gettext("Named often"))
        return " · ".join(parts)

    def consent(self, view: RecommenderView) -> str:
        """The state of a consent in a few words."""
        _ = self._kit.words.gettext
        if view.ends_soon:
            return _("Consent ends soon")
        return {
            "valid": _("Consent given"),
            "none": _("No consent"),
            "expired": _("Consent has expired"),
            "scope": _("Not for proposals"),
        }[view.consent]

    def consent_details(self, view: RecommenderView) -> str:
        """When it was given, what it covers, until when; "" without a consent."""
        _ = self._kit.words.gettext
        if view.consent_on is None:
            return ""
        until = (
            _("until {day}").format(day=self.day(view.consent_until))
            if view.consent_until is not None
            else _("without an end date")
        )
        parts = [
            _("given on {day}").format(day=self.day(view.consent_on)),
            _("covers: {scope}").format(scope=self.label("consent_scope", view.consent_scope)),
            until,
        ]
        line = " · ".join(parts)
        return line[:1].upper() + line[1:]
