"""Configurable reference data: stable codes with labels in both languages.

What ships stands in ``resources/vocabulary.json``; the database holds only what the user changed of it, laid
over the shipped data by :meth:`Vocabularies.with_changes`. Labels are not gettext: they can be edited by the user.
A sentence that names a code therefore carries a :class:`Label` as parameter of its ``Message``, and :func:`fill`
puts the words in just before the sentence is translated.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from functools import cached_property
from pathlib import Path
from types import MappingProxyType
from typing import Final

from kamdesk.model.messages import Message
from kamdesk.model.values import Money, PartialDate
from kamdesk.model.written import write_amount, write_date, write_decimal, write_money, write_partial_date

_OWN_KEYS: Final = frozenset({"code", "ru", "en"})


@dataclass(frozen=True, slots=True)
class Item:
    """One code of a vocabulary. ``extras`` is what else the file says of it (presets, texts, rates).

    ``hidden`` items are not offered any more but keep their label for what was recorded with them.
    ``added`` items are the user's own.
    """

    code: str
    ru: str
    en: str
    extras: Mapping[str, object] = field(default_factory=dict, hash=False)
    hidden: bool = False
    added: bool = False

    def label(self, language: str, *, reverse: bool = False) -> str:
        """The label; ``reverse`` gives a relation as read from its other end, in the other language where it has only that."""
        if reverse:
            turned = self.text("reverse", language) or self.text(
                "reverse", "en" if language == "ru" else "ru"
            )
            if turned:
                return turned
        return (self.ru or self.en or self.code) if language == "ru" else (self.en or self.ru or self.code)

    def text(self, key: str, language: str) -> str:
        """A bilingual extra, e.g. ``text("text", "ru")`` of a terms preset; "" where there is none."""
        value = self.extras.get(f"{key}_{language}", "")
        return value if isinstance(value, str) else ""

    def codes(self, key: str) -> tuple[str, ...]:
        """An extra that lists codes, e.g. ``codes("criteria")`` of a lens; () where there is none."""
        value = self.extras.get(key, ())
        return tuple(str(code) for code in value) if isinstance(value, (list, tuple)) else ()


@dataclass(frozen=True, slots=True)
class ItemChange:
    """What the user changed of one code. None leaves a part as it was; a code that does not ship is added.

    ``extras`` are laid over the shipped ones key by key. ``position`` counts from 0 in the whole list.
    """

    vocabulary: str
    code: str
    ru: str | None = None
    en: str | None = None
    hidden: bool | None = None
    position: int | None = None
    extras: Mapping[str, object] | None = None


@dataclass(frozen=True, slots=True)
class _Vocabulary:
    ru: str
    en: str
    configurable: bool
    unknown_ru: str
    unknown_en: str
    items: Mapping[str, Item]
    joins: tuple[str, ...] = ()


class Vocabularies:
    """All vocabularies, immutable. The file is read at the first question, not at construction.

    A name that does not exist raises KeyError (a fault of the program); an unknown *code* is shown as it is,
    because old data and other people's files may hold codes that this installation does not know.
    """

    __slots__ = ("__dict__", "_changes", "_path")

    def __init__(self, path: Path, changes: tuple[ItemChange, ...] = ()) -> None:
        self._path = path
        self._changes = changes

    @classmethod
    def load(cls, path: Path) -> Vocabularies:
        """The vocabularies of a file such as ``resources/vocabulary.json``."""
        return cls(path)

    def with_changes(self, changes: Iterable[ItemChange]) -> Vocabularies:
        """The shipped data with the user's changes over it; earlier changes are replaced, not added to."""
        other = Vocabularies(self._path, tuple(changes))
        other.__dict__["_shipped"] = self._shipped
        return other

    def names(self) -> tuple[str, ...]:
        """The names of all vocabularies, in the order of the file."""
        return tuple(self._all)

    def title(self, name: str, language: str) -> str:
        """What the vocabulary as a whole is called."""
        found = self._all[name]
        return found.ru if language == "ru" else found.en

    def is_configurable(self, name: str) -> bool:
        """Whether codes may be added and hidden; where the code of the program decides, only labels may change."""
        return self._all[name].configurable

    def items(self, name: str, *, hidden: bool = False) -> tuple[Item, ...]:
        """The items in their order; those the user hid only when asked for."""
        return tuple(item for item in self._all[name].items.values() if hidden or not item.hidden)

    def codes(self, name: str, *, hidden: bool = False) -> tuple[str, ...]:
        """The codes in their order."""
        return tuple(item.code for item in self.items(name, hidden=hidden))

    def item(self, name: str, code: str) -> Item | None:
        """One item, hidden ones too; None for an unknown code."""
        return self._all[name].items.get(code)

    def label(self, name: str, code: str | None, language: str, *, reverse: bool = False) -> str:
        """The words for a code; for an empty code the words for "unknown", where the vocabulary has them."""
        found = self._all[name]
        if not code:
            return found.unknown_ru if language == "ru" else found.unknown_en
        item = found.items.get(code)
        return item.label(language, reverse=reverse) if item is not None else code

    def sign(self, currency: str) -> str:
        """«₽»; the code of a currency that has no sign."""
        item = self.item("currency", currency)
        return str(item.extras.get("sign", "") if item is not None else "") or currency

    def money(self, amount: Decimal, currency: str, language: str, *, kopecks: bool = False) -> str:
        """«1 200 000 ₽», "€1,200.50": how the program writes an amount wherever it stands; documents have a form of their own."""
        return write_money(
            write_amount(amount, currency, language, kopecks=kopecks), self.sign(currency), language
        )

    def code_of(self, name: str, words: str) -> str | None:
        """The code whose code or label (either language, reverse too) was typed, case and ё aside; else None.

        What people say instead (the extra ``also``) is looked up after the labels of all codes.
        """
        wanted = _folded(words)
        if not wanted:
            return None
        for item in self._all[name].items.values():
            spellings = (item.code, item.ru, item.en, item.text("reverse", "ru"), item.text("reverse", "en"))
            if any(wanted == _folded(spelling) for spelling in spellings):
                return item.code
        for item in self._all[name].items.values():
            if any(wanted == _folded(spelling) for spelling in item.codes("also")):
                return item.code
        return None

    def criteria_of(self, lens: str) -> tuple[str, ...]:
        """The preset of ranked criteria of a stakeholder type; () for an unknown type."""
        item = self.item("lens", lens)
        return item.codes("criteria") if item is not None else ()

    def subject_of(self, lens: str) -> str:
        """The part of the common document that speaks to this type; "solution" for an unknown type."""
        item = self.item("lens", lens)
        subject = item.extras.get("subject") if item is not None else None
        return subject if isinstance(subject, str) else "solution"

    def evidence_of(self, lens: str) -> tuple[str, ...]:
        """The kinds of evidence that convince this type, best first; () for an unknown type."""
        item = self.item("lens", lens)
        return item.codes("evidence") if item is not None else ()

    @cached_property
    def _shipped(self) -> Mapping[str, _Vocabulary]:
        with self._path.open(encoding="utf-8") as stream:
            raw = json.load(stream)
        return MappingProxyType({name: _read(entry) for name, entry in raw["vocabularies"].items()})

    @cached_property
    def _all(self) -> Mapping[str, _Vocabulary]:
        by_name: dict[str, list[ItemChange]] = {}
        for change in self._changes:
            by_name.setdefault(change.vocabulary, []).append(change)
        own = {
            name: replace(vocabulary, items=_changed(vocabulary.items, by_name[name]))
            if name in by_name
            else vocabulary
            for name, vocabulary in self._shipped.items()
        }
        return MappingProxyType({name: _joined(vocabulary, own) for name, vocabulary in own.items()})


def _joined(vocabulary: _Vocabulary, own: Mapping[str, _Vocabulary]) -> _Vocabulary:
    """A vocabulary that consists of others shows theirs, changes included."""
    if not vocabulary.joins:
        return vocabulary
    items = {code: item for name in vocabulary.joins for code, item in own[name].items.items()}
    return replace(vocabulary, items=MappingProxyType(items))


def _read(entry: Mapping[str, object]) -> _Vocabulary:
    unknown = entry.get("unknown")
    words: Mapping[str, str] = unknown if isinstance(unknown, dict) else {}
    rows = entry["items"]
    items: dict[str, Item] = {}
    for row in rows if isinstance(rows, list) else ():
        extras = MappingProxyType({key: value for key, value in row.items() if key not in _OWN_KEYS})
        items[row["code"]] = Item(row["code"], row["ru"], row["en"], extras)
    return _Vocabulary(
        str(entry["ru"]),
        str(entry["en"]),
        bool(entry["configurable"]),
        words.get("ru", ""),
        words.get("en", ""),
        MappingProxyType(items),
        tuple(joins) if isinstance(joins := entry.get("joins"), list) else (),
    )


def _changed(items: Mapping[str, Item], changes: list[ItemChange]) -> Mapping[str, Item]:
    result = dict(items)
    for change in changes:
        old = result.get(change.code) or Item(change.code, "", "", added=True)
        result[change.code] = replace(
            old,
            ru=old.ru if change.ru is None else change.ru,
            en=old.en if change.en is None else change.en,
            hidden=old.hidden if change.hidden is None else change.hidden,
            extras=MappingProxyType({**old.extras, **(change.extras or {})}),
        )
    order = list(result)
    for change in sorted((c for c in changes if c.position is not None), key=lambda c: c.position or 0):
        order.remove(change.code)
        order.insert(change.position or 0, change.code)
    return MappingProxyType({code: result[code] for code in order})


def _folded(text: str) -> str:
    return " ".join(text.casefold().replace("ё", "е").split())


# --- labels inside sentences -------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Label:
    """A code of a vocabulary as the parameter of a ``Message``: it becomes words when the sentence is shown.

    ``inline`` writes the first letter small, as in the middle of a sentence («срок», but «НДС»); ``reverse`` gives a
    relation as read from its other end.
    """

    vocabulary: str
    code: str
    inline: bool = True
    reverse: bool = False


def fill(params: Mapping[str, object], vocabularies: Vocabularies, language: str) -> dict[str, object]:
    """The parameters with words for labels, dates, decimals and money, in nested messages too.

    ``Translator.message(fill_message(message, …))`` is the way to show any message that rules made.
    """
    return {name: _filled(value, vocabularies, language) for name, value in params.items()}


def fill_message(message: Message, vocabularies: Vocabularies, language: str) -> Message:
    """The message with its parameters filled, see :func:`fill`."""
    return Message(message.code, fill(message.params, vocabularies, language))


def _filled(value: object, vocabularies: Vocabularies, language: str) -> object:
    if isinstance(value, Message):
        return fill_message(value, vocabularies, language)
    if isinstance(value, Label):
        words = vocabularies.label(value.vocabulary, value.code, language, reverse=value.reverse)
        return _inline(words) if value.inline else words
    if isinstance(value, date):
        return write_date(value, language)
    if isinstance(value, PartialDate):
        return write_partial_date(value, language)
    if isinstance(value, Decimal):
        return write_decimal(value, language)
    if isinstance(value, Money):
        return vocabularies.money(value.amount, value.currency, language)
    return value


def _inline(words: str) -> str:
    """The first letter small unless the word is an abbreviation."""
    if len(words) > 1 and words[1].isupper():
        return words
    return words[:1].lower() + words[1:]
