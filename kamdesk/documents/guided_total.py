"""Where a finished proposal says what it comes to, in figures and in words, and what it is about (R9): by shape alone."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final

from kamdesk.documents.guided import Line

_GAP: Final = r"[\s\u00a0\u202f]"
_FIGURES: Final = rf"\d{{1,3}}(?:{_GAP}?\d{{3}})+(?:[.,]\d{{1,2}})?"
_SIGNS: Final = r"₽|руб(?:\.|л[а-я]+)?|RUB\b|€|EUR\b|\$|USD\b|евро"
_MONEY: Final = re.compile(
    rf"{_FIGURES}{_GAP}*(?:{_SIGNS})|(?:€|\$|USD|EUR|RUB){_GAP}?\d{{1,3}}(?:,\d{{3}})+(?:\.\d{{2}})?",
    re.IGNORECASE,
)
_BARE: Final = re.compile(rf"\A\s*({_FIGURES}|\d{{1,3}}(?:,\d{{3}})+(?:\.\d{{2}})?)\s*\Z")
"""A cell that holds an amount and nothing else: its currency stands in the head of the column."""
_TOTAL: Final = re.compile(
    r"итог|всего|общая (?:стоимость|сумма|цена)|стоимость (?:предложения|работ|договора)|цена (?:предложения|договора)|сумма|\btotal\b|amounts? to",
    re.IGNORECASE,
)
_NOT_TOTAL: Final = re.compile(
    r"без\s+(?:уч[её]та\s+)?НДС|(?:сумма|итого|всего|total)\s+(?:НДС|VAT)|excl\w*\.?\s+VAT|VAT amount|скидк|аванс|discount|prepay|advance",
    re.IGNORECASE,
)
_CURRENCY: Final = r"(?:рубл[а-я]+|евро|доллар[а-я]*|roubles?|euros?|dollars?)"
_MINOR: Final = rf"(?:{_GAP}+(?:and{_GAP}+)?\d{{2}}{_GAP}+(?:копе[а-я]+|цент[а-я]*|kopecks?|cents?))"
_NUMERAL: Final = (
    r"(?:один|одна|два|две|три|четыре|пять|шесть|семь|восемь|девять|десять|\w+надцать|двадцать|тридцать|сорок|\w+десят|девяносто|сто|двести|триста|четыреста|\w+сот|"
    r"one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\w+teen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)"
)
_IN_BRACKETS: Final = re.compile(rf"\((?P<words>[^()]{{6,200}}?{_CURRENCY}[^()]{{0,40}})\)", re.IGNORECASE)
_BEHIND_BRACKETS: Final = re.compile(
    rf"\((?P<words>{_NUMERAL}\b[^()\d]{{3,200}}\){_GAP}*{_CURRENCY}{_MINOR}?)", re.IGNORECASE
)
_PLAIN_WORDS: Final = re.compile(
    rf"\b(?P<words>{_NUMERAL}\b[^()\d.;:]{{3,200}}?\b{_CURRENCY}{_MINOR})", re.IGNORECASE
)
_BEFORE_BRACKETS: Final = re.compile(rf"({_FIGURES}){_GAP}*\Z")

_ABOUT: Final = re.compile(
    r"\A\s*(?:тема|предмет(?: предложения| договора)?|касательно|subject|re)\s*[:—–-]\s*(?P<about>\S.*?)\s*\Z",
    re.IGNORECASE,
)
_TITLE: Final = (
    r"(?:технико[-‑\s]?)?коммерческое предложение|(?:commercial |business )?(?:proposal|offer|quotation)"
)
_TITLED: Final = re.compile(rf"\A\s*(?:{_TITLE})\s*[:—–-]\s*(?P<about>\S.*?)\s*\Z", re.IGNORECASE)
_TITLE_ALONE: Final = re.compile(rf"\A\s*(?:{_TITLE})\s*\Z", re.IGNORECASE)
_NO_SUBJECT: Final = re.compile(
    r"[:!?]\s*\Z|\A\s*(?:исх|№|от\s+\d|дата|date|ref|to:|for\b|для\b|кому|уважаем|здравствуйте|dear)|\d{2}\.\d{2}\.\d{2,4}",
    re.IGNORECASE,
)
_LONGEST: Final = 160

Place = tuple[Line, int, int]
"""A paragraph and the letters [start, end) in it."""


def in_words(text: str) -> Iterator[tuple[int, int, str]]:
    """Where an amount is written out: start, end, and what must stand behind the field for a bracket that is taken with it."""
    taken: list[tuple[int, int]] = []
    for pattern, behind in ((_BEHIND_BRACKETS, ")"), (_IN_BRACKETS, ""), (_PLAIN_WORDS, "")):
        for match in pattern.finditer(text):
            start, end = match.span("words")
            if not any(first < end and start < last for first, last in taken):
                taken.append((start, end))
                yield start, end, behind


def totals(lines: Sequence[Line]) -> Iterator[Place]:
    """The sum beside a word of a total, in its line or in its row of a table; any other number may be any sum."""
    for line in lines:
        if not _TOTAL.search(line.text) or _NOT_TOTAL.search(line.text):
            continue
        found = _amount(line.text)
        if found is not None:
            yield line, *found
        elif line.table:
            yield from _in_row(lines, line)


def _amount(text: str) -> tuple[int, int] | None:
    """The first amount of a line: with its currency, or in front of a bracket in which it is written out."""
    money = _MONEY.search(text)
    for start, _end, behind in in_words(text):
        figures = _BEFORE_BRACKETS.search(text[: start - 1]) if text[start - 1 : start] == "(" else None
        if figures is not None and behind and (money is None or figures.start(1) <= money.start()):
            return figures.span(1)
    return money.span() if money is not None else None


def _in_row(lines: Sequence[Line], head: Line) -> Iterator[Place]:
    """The last amount of the row that a word of a total begins."""
    row = [one for one in lines if (one.table, one.row) == (head.table, head.row) and one.cell > head.cell]
    for one in reversed(row):
        bare = _BARE.match(one.text)
        money = None if bare is not None else _MONEY.search(one.text)
        if bare is not None:
            yield one, *bare.span(1)
            return
        if money is not None:
            yield one, *money.span()
            return


def subject(lines: Sequence[Line]) -> tuple[Place, bool] | None:
    """What the proposal is about, and whether the words before it say so; among the first paragraphs only."""
    body = [line for line in lines if line.where == "body" and line.text.strip()]
    for line in body:
        named = _ABOUT.match(line.text)
        if named is not None:
            return (line, *named.span("about")), True
    for line in body:
        titled = _TITLED.match(line.text)
        if titled is not None:
            return (line, *titled.span("about")), False
    for line, below in pairwise(body):
        words = below.text.strip()
        if (
            _TITLE_ALONE.match(line.text)
            and not (line.table or below.table)
            and len(words) <= _LONGEST
            and not _NO_SUBJECT.search(words)
        ):
            start = below.text.index(words)
            return (below, start, start + len(words)), False
    return None
