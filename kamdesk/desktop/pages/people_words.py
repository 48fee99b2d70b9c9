"""How records are said on pages: names in their own order, codes in words, days as people say them, ages of what is known."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime
from decimal import Decimal

from kamdesk.desktop.kit import Kit, Option
from kamdesk.model.values import PartialDate, PersonName
from kamdesk.model.vocabulary import Vocabularies
from kamdesk.model.written import write_date, write_partial_date


def shown_name(name: PersonName) -> str:
    """The full name in the order of its own script: «Иванов Пётр Сергеевич», "Eamon Harkin"."""
    cyrillic = any("а" <= sign <= "я" or sign == "ё" for sign in name.full().casefold())
    return name.full("ru" if cyrillic else "en")


class Said:
    """Words for records in the language of the moment. ``today`` is asked anew each time."""

    def __init__(
        self, kit: Kit, vocabularies: Callable[[], Vocabularies], today: Callable[[], date] = date.today
    ) -> None:
        self._kit = kit
        self.vocabularies = vocabularies
        self.today = today

    @property
    def language(self) -> str:
        """The language of the interface."""
        return self._kit.words.language

    def label(self, vocabulary: str, code: object) -> str:
        """A code in words; "" for none."""
        if code is None or code == "":
            return ""
        return self.vocabularies().label(vocabulary, str(code), self.language)

    def title(self, vocabulary: str) -> str:
        """What a vocabulary as a whole is called."""
        return self.vocabularies().title(vocabulary, self.language)

    def labels(self, vocabulary: str, codes: Sequence[str]) -> str:
        """Several codes in words, with commas."""
        return ", ".join(self.label(vocabulary, code) for code in codes)

    def options(self, vocabulary: str) -> list[Option]:
        """The choices of a vocabulary."""
        return [
            Option(item.code, item.label(self.language)) for item in self.vocabularies().items(vocabulary)
        ]

    def steps(self, vocabulary: str) -> list[tuple[int, str]]:
        """The steps of a judgement with whole numbers as codes."""
        return [(int(option.code), option.label) for option in self.options(vocabulary)]

    def relation(self, kind: str, reverse: bool) -> str:
        """A relationship as seen from one of its ends."""
        return self.vocabularies().label("relation", kind, self.language, reverse=reverse)

    def money(self, amount: Decimal, currency: str) -> str:
        """«1 200 000 ₽», "€1,200,000"."""
        return self.vocabularies().money(amount, currency, self.language)

    def day(self, value: date | None) -> str:
        """A day near today by its word or without the year, any other in full."""
        if value is None:
            return ""
        _ = self._kit.words.gettext
        near = {-1: _("yesterday"), 0: _("today"), 1: _("tomorrow")}.get((value - self.today()).days)
        if near:
            return near
        if value.year == self.today().year:
            return write_partial_date(PartialDate(None, value.month, value.day), self.language)
        return write_date(value, self.language)

    def moment(self, value: datetime | None) -> str:
        """A day and, unless it is midnight, the clock."""
        if value is None:
            return ""
        day = self.day(value.date())
        return day if (value.hour, value.minute) == (0, 0) else f"{day}, {value:%H:%M}"

    def ago(self, value: date | None) -> str:
        """How long something has been known, roughly."""
        if value is None:
            return ""
        _, ngettext = self._kit.words.gettext, self._kit.words.ngettext
        days = (self.today() - value).days
        if days < 1:
            return _("today")
        if days < 45:
            return ngettext("{n} day ago", "{n} days ago", days).format(n=days)
        months = round(days / 30.4)
        if months < 24:
            return ngettext("{n} month ago", "{n} months ago", months).format(n=months)
        years = round(days / 365.25)
        return ngettext("{n} year ago", "{n} years ago", years).format(n=years)
