"""What was typed into the search box, taken apart: words, and filters such as ``client:`` or «др:март».

No text is an error. A name before a colon that is no filter is searched as words and reported, so that the user is told.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from kamdesk.rules.other_spellings import other_layout

FILTERS: Final[Mapping[str, tuple[tuple[str, ...], tuple[str, ...]]]] = {
    "client": (("client", "company", "org"), ("клиент", "компания", "организация")),
    "person": (("person", "who"), ("человек", "кто")),
    "role": (("role", "part"), ("роль", "участие")),
    "type": (("type", "lens"), ("тип",)),
    "stance": (("stance",), ("отношение", "позиция")),
    "influence": (("influence",), ("влияние",)),
    "birthday": (("birthday", "bday"), ("др", "рождение")),
    "tag": (("tag",), ("тег", "метка")),
    "city": (("city", "territory", "region"), ("город", "территория", "регион")),
    "industry": (("industry",), ("отрасль",)),
    "kind": (("kind", "what"), ("что", "вид")),
    "in": (("in",), ("в", "где")),
    "since": (("since", "from", "after"), ("с", "после", "от")),
    "until": (("until", "till", "before"), ("до", "по")),
}
"""Filter → its English and Russian spellings, the one that is offered first."""

KINDS: Final[Mapping[str, tuple[str, ...]]] = {
    "person": ("person", "people", "человек", "люди"),
    "organisation": (
        "client",
        "organisation",
        "organization",
        "company",
        "клиент",
        "организация",
        "компания",
    ),
    "deal": ("deal", "сделка"),
    "proposal": ("proposal", "offer", "предложение", "кп"),
    "interaction": ("interaction", "history", "meeting", "взаимодействие", "история", "встреча"),
    "note": ("note", "заметка"),
    "fact": ("fact", "факт"),
    "promise": ("promise", "обещание"),
    "statement": ("business", "statement", "бизнес"),
    "attachment": ("file", "attachment", "файл", "вложение"),
    "contact": ("contact", "phone", "mail", "email", "контакт", "телефон", "почта"),
    "seat": ("seat", "post", "unit", "должность", "место", "подразделение"),
    "expected_change": ("change", "изменение"),
    "relationship": ("tie", "relationship", "связь", "отношения"),
    "custom_value": ("field", "поле"),
    "argument": ("argument", "довод", "аргумент"),
    "objection": ("objection", "возражение"),
    "case_study": ("case", "project", "кейс", "проект"),
    "recommender": ("recommender", "рекомендатель"),
    "price_item": ("price", "цена", "прайс"),
    "colleague": ("colleague", "коллега", "сотрудник"),
    "template": ("template", "шаблон"),
    "text_template": ("text", "текст"),
    "name": ("name", "имя", "название"),
}
"""What ``kind:`` and ``in:`` mean → how it is typed. ``name`` is what pages are called; the others are tables."""

_SPELLINGS: Final = {
    spelling: name for name, spellings in FILTERS.items() for group in spellings for spelling in group
}
_FILTER: Final = re.compile(
    r"(?<!\S)(?P<name>[^\W\d_]{1,20}):(?!//)(?:\"(?P<quoted>[^\"]*)\"?|«(?P<corners>[^»]*)»?|“(?P<curly>[^”]*)”?|(?P<plain>[^\s\"«“]\S*)?)"
)
_LONGEST: Final = 10_000


@dataclass(frozen=True, slots=True)
class Filter:
    """One filter: a key of :data:`FILTERS`, its value, "" while it is being typed, and its name as it was typed."""

    name: str
    value: str
    typed: str = ""


@dataclass(frozen=True, slots=True)
class SearchQuery:
    """``words`` is the text without the filters; ``unknown`` are names before a colon that are no filter."""

    words: str = ""
    filters: tuple[Filter, ...] = ()
    unknown: tuple[str, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to look for: no words, and no filter with a value."""
        return not self.words and not any(one.value for one in self.filters)


def filter_named(typed: str) -> str | None:
    """The filter of this name, either language, under the wrong layout too; None where there is none."""
    folded = typed.casefold().replace("ё", "е")
    return _SPELLINGS.get(folded) or (_SPELLINGS.get(other_layout(folded)) if len(folded) > 1 else None)


def parse(text: str) -> SearchQuery:
    """Take a typed text apart; of more than 10,000 characters the rest is not looked at."""
    filters: list[Filter] = []
    unknown: list[str] = []
    rest: list[str] = []
    done = 0
    text = text[:_LONGEST]
    for match in _FILTER.finditer(text):
        name = filter_named(match["name"])
        if name is None:
            # «10:30» and «http://» are no filters; a lone "e-mail:" is only a word with a colon.
            if any(match[part] for part in ("quoted", "corners", "curly", "plain")):
                unknown.append(match["name"])
            continue
        rest.append(text[done : match.start()])
        done = match.end()
        value = match["quoted"] or match["corners"] or match["curly"] or match["plain"] or ""
        filters.append(Filter(name, " ".join(value.replace("\x00", " ").split()), match["name"]))
    rest.append(text[done:])
    return SearchQuery(" ".join(" ".join(rest).split()), tuple(filters), tuple(dict.fromkeys(unknown)))


def kinds_named(typed: str) -> tuple[str, ...]:
    """The keys of :data:`KINDS` of which a spelling begins as typed; an exact one alone; () for none."""
    folded = typed.casefold().replace("ё", "е")
    if not folded:
        return ()
    exact = tuple(kind for kind, spellings in KINDS.items() if folded in spellings)
    if exact:
        return exact
    stem = folded[:-1] if len(folded) > 4 else folded  # заметки, встречи, deals
    return tuple(
        kind
        for kind, spellings in KINDS.items()
        if any(spelling.startswith((folded, stem)) for spelling in spellings)
    )


@dataclass(frozen=True, slots=True)
class Completing:
    """What is being typed at the end of the text: the name of a filter (``filter`` is None) or its value.

    ``start`` is where ``typed`` begins in the text; a completion replaces everything from there on.
    """

    filter: str | None
    typed: str
    start: int


_LAST_VALUE: Final = re.compile(r"(?<!\S)(?P<name>[^\W\d_]{1,20}):(?P<value>\"[^\"]*|«[^»]*|[^\s\"«]*)\Z")
_LAST_WORD: Final = re.compile(r"(?<!\S)[^\W\d_]{2,20}\Z")


def completing(text: str) -> Completing | None:
    """What could be completed at the end of a text; None where nothing could."""
    if len(text) > 1000:
        return None
    value = _LAST_VALUE.search(text)
    if value is not None:
        name = filter_named(value["name"])
        return None if name is None else Completing(name, value["value"].lstrip('"«'), value.start("value"))
    word = _LAST_WORD.search(text)
    return None if word is None else Completing(None, word.group(), word.start())


def filters_beginning(typed: str, language: str) -> tuple[str, ...]:
    """The spellings of filters that begin as typed, the first spelling of ``language`` for each, in their order."""
    folded = typed.casefold().replace("ё", "е")
    found = []
    for spellings in FILTERS.values():
        ours = spellings[1 if language == "ru" else 0]
        if any(one.startswith(folded) for group in spellings for one in group):
            found.append(next((one for one in ours if one.startswith(folded)), ours[0]))
    return tuple(found)


def quoted(value: str) -> str:
    """A value as it is typed after the colon: in quotes where it has spaces."""
    plain = value.replace('"', "").strip()
    return f'"{plain}"' if not plain or re.search(r"[\s«“]", plain) else plain
