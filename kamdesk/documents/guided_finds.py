"""Which words of a finished document look like fields, and which parts like blocks: by what the dossier says, and by their shape (R9).

Nothing is decided here. ``sure`` says that the words can hardly mean anything else; the others are for the user to look at.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from kamdesk.documents.context.catalogue import Catalogue, catalogue
from kamdesk.documents.filter_words import NAMES
from kamdesk.documents.guided import Line, Mark, Stretch
from kamdesk.documents.guided_known import KnownWords, bare, known_words
from kamdesk.documents.guided_total import in_words, subject, totals


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Words that may become a field, or a stretch that may become a block; exactly one of ``mark`` and ``stretch``.

    ``path`` is the field's stable name, ``text`` what stands there now, ``why`` a code: dossier, shape, heading, table.
    """

    path: str
    text: str
    why: str
    sure: bool
    mark: Mark | None = None
    stretch: Stretch | None = None

    @property
    def first(self) -> int:
        """The paragraph it begins in."""
        return (
            self.mark.index
            if self.mark is not None
            else self.stretch.first
            if self.stretch is not None
            else 0
        )


_MONTHS: Final = (
    "января|февраля|марта|апреля|мая|июня|июля|августа|сентября|октября|ноября|декабря|"
    "January|February|March|April|May|June|July|August|September|October|November|December"
)
_GAP: Final = r"[\s\u00a0\u202f]"
_DATE: Final = re.compile(
    rf"[«\"“]?\b\d{{1,2}}[»\"”]?{_GAP}+(?:{_MONTHS}){_GAP}+\d{{4}}(?:{_GAP}*г(?:ода|\.)?)?|\b\d{{1,2}}\.\d{{1,2}}\.(?:\d{{4}}|\d{{2}})\b(?:{_GAP}*г\.)?",
    re.IGNORECASE,
)
_UNTIL: Final = re.compile(
    r"(\bдо|действ\w*|истекает|valid(?:ity)?(?: until| till)?|until)\s*:?\s*\Z", re.IGNORECASE
)
_NUMBER: Final = re.compile(
    rf"(?P<out>исх\w*\.?{_GAP}*)?(?:№|\bN[oº]?\b\.?|\bRef\.?(?: No\.?)?:?){_GAP}*(?P<number>[\w][\w/\-–.]*\d[\w/\-–]*|\d+)",
    re.IGNORECASE,
)
_SALUTATION: Final = re.compile(
    r"\A\s*((?:Уважаем(?:ый|ая|ые)|Здравствуйте|Dear)\b[^!\n]{0,120}?[!,])", re.IGNORECASE
)
_COMPANY: Final = re.compile(
    r"\b(?:ПАО|ОАО|ЗАО|НАО|АО|ООО|ФГУП|ГУП|МУП)[\s\u00a0]+[«\"“„][^»\"”“\n]{2,80}[»\"”“]"
)
_DATIVE_POST: Final = re.compile(
    r"\b\w*(?:директору|руководителю|начальнику|президенту|председателю|управляющему|инженеру|менеджеру|заместителю|главе|механику|энергетику|технологу|бухгалтеру)\b",
    re.IGNORECASE,
)
_DATIVE_NAME: Final = re.compile(
    r"\b[А-ЯЁ][а-яё]+(?:у|ю|ой|ей|е|ому|ему)[\s\u00a0]+[А-ЯЁ]\.[\s\u00a0]?[А-ЯЁ]\.|\b[А-ЯЁ]\.[\s\u00a0]?[А-ЯЁ]\.[\s\u00a0]?[А-ЯЁ][а-яё]+(?:у|ю|ой|ей|е|ому|ему)\b"
)
_REGARDS: Final = re.compile(
    r"\A\s*(?:с уважением|искренне ваш|yours (?:sincerely|faithfully)|(?:kind|best) regards|sincerely)",
    re.IGNORECASE,
)
_PRICE_HEAD: Final = re.compile(r"цена|стоимость|сумма|price|amount|total", re.IGNORECASE)
_SECTIONS: Final[tuple[tuple[str, str], ...]] = (
    ("block.exclusivity", r"особ\w+ услови|exclusive|special terms"),
    ("block.validity", r"срок действи|действительн\w+ предложен|validity"),
    ("block.terms", r"услови\w+ (?:оплаты|поставки|договора)|оплата и поставка|порядок оплаты|payment|terms"),
    ("block.schedule", r"график|этап\w* работ|срок\w* (?:работ|выполнения|поставки|реализации)|schedule|timeline"),
    ("block.prices", r"стоимост|состав и цен|цен[аы]\b|спецификаци|калькуляци|prices?\b|pricing|scope and price"),
    ("block.effect", r"экономическ|окупаем|эффективност|economic|payback|benefits?\b"),
    ("block.understanding", r"ваш\w* задач|понимани\w+ (?:вашей )?задач|исходн\w+ ситуаци|understanding|your task"),
    ("block.uniqueness", r"почему мы|преимуществ|why us|our strengths"),
    ("block.cases", r"реализованн\w+ проект|выполненн\w+ проект|наш опыт|референс|projects|references"),
    ("block.solution", r"решени|предлагаем\w* (?:оборудован|состав)|solution"),
    ("block.team", r"предложение подготовил|команда|prepared by|project team"),
    ("block.next_step", r"следующ\w+ шаг|next steps?"),
    ("block.annexes", r"приложени[яе]\b|annex|enclosure"),
)  # fmt: skip
_HEAD_LINES: Final = 30
"""Number, date and addressee stand among the first paragraphs of a letter."""
_LONGEST_HEADING: Final = 90

_CLIENT: Final = ("letter.client", "brief.client", "sheet.client", "dossier.name")
_ALIKE: Final[Mapping[str, tuple[tuple[str, ...], str]]] = {
    "client.name": (_CLIENT, ""),
    "client.short_name": (_CLIENT, ""),
    "client.name_gen": (_CLIENT, "genitive"),
    "client.name_dat": (_CLIENT, "dative"),
    "client.name_ins": (_CLIENT, "instrumental"),
    "proposal.date": (("letter.date", "brief.date", "sheet.date", "dossier.date"), ""),
    "proposal.subject": (("sheet.about",), ""),
}
"""The fields of other kinds of documents that say what a field of a proposal says, and the filter that is then needed."""


def suggest(
    lines: Sequence[Line], kind: str, language: str, known: KnownWords | None = None
) -> tuple[Suggestion, ...]:
    """Suggestions in reading order, none inside another. ``language`` is that of the tags.

    Raises KamdeskError for an unknown kind.
    """
    return _Finder(lines, catalogue(kind), language, known or KnownWords()).run()


class _Finder:
    """One walk over the lines of a document."""

    def __init__(self, lines: Sequence[Line], fields: Catalogue, language: str, known: KnownWords) -> None:
        self._lines = lines
        self._fields = {entry.path: entry for entry in fields.entries}
        self._language = language
        self._known = known
        self._wanted = list(known_words(known))
        self._said: list[Suggestion] = []
        self._dated = False

    def run(self) -> tuple[Suggestion, ...]:
        self._stretches()
        covered = {at for one in self._said for at in _covered(one, self._lines)}
        for order, line in enumerate(self._lines):
            if line.text.strip() and line.index not in covered and "{{" not in line.text:
                self._line(line, order < _HEAD_LINES or line.where != "body")
        self._sum()
        self._subject()
        return tuple(sorted(self._said, key=lambda one: (one.first, one.mark.start if one.mark else 0)))

    def _tag(self, path: str, *filters: str) -> str:
        at = 1 if self._language == "ru" else 0
        name = self._fields[path].tag[at]
        return "{{ " + "|".join([name, *((one, NAMES[one])[at] for one in filters)]) + " }}"

    def _own(self, path: str, filters: tuple[str, ...]) -> tuple[str, tuple[str, ...]]:
        """The field of this kind of document that says the same; the path itself where it has none."""
        names, case = _ALIKE.get(path, ((), ""))
        like = next((one for one in names if one in self._fields), "")
        if path in self._fields or not like:
            return path, filters
        return like, (case, *filters) if case else filters

    # --- single words --------------------------------------------------------------------------------------

    def _line(self, line: Line, head: bool) -> None:
        salutation = _SALUTATION.match(line.text)
        if salutation is not None:
            self._mark(line, salutation.start(1), salutation.end(1), "recipient.salutation", "shape", True)
        for words, path, filters in self._wanted:
            for match in words.finditer(line.text):
                self._mark(line, *match.span(), path, "dossier", True, *filters)
        for rule in (self._numbers, self._dates, self._words_of_sums, self._companies, self._datives):
            rule(line, head)

    def _numbers(self, line: Line, head: bool) -> None:
        for match in _NUMBER.finditer(line.text):
            if (head and not line.table) or match["out"]:
                self._mark(line, *match.span("number"), "proposal.number", "shape", bool(match["out"]))
                return

    def _dates(self, line: Line, head: bool) -> None:
        for match in _DATE.finditer(line.text):
            start, end = match.span()
            # Our dates end with «г.», which is the full stop of the sentence too.
            if self._language == "ru" and line.text[end:].rstrip() == ".":
                end += 1
            if _UNTIL.search(line.text[:start]):
                self._mark(line, start, end, "proposal.valid_until", "shape", True)
            elif head and not self._dated:
                self._dated = self._mark(line, start, end, "proposal.date", "shape", not line.table)

    def _words_of_sums(self, line: Line, _head: bool) -> None:
        for start, end, behind in in_words(line.text):
            self._mark(line, start, end, "proposal.sum_in_words", "shape", True, behind=behind)

    def _companies(self, line: Line, _head: bool) -> None:
        for match in _COMPANY.finditer(line.text):
            named = bare(match[0])
            if not any(named == bare(ours) for ours in self._known.our_names):
                self._mark(line, *match.span(), "client.name", "shape", False)

    def _datives(self, line: Line, head: bool) -> None:
        if not head:
            return
        for match in _DATIVE_NAME.finditer(line.text):
            self._mark(line, *match.span(), "recipient.full_name", "shape", False, "dative", "surname_first")

    def _sum(self) -> None:
        for line, start, end in totals(self._lines):
            self._mark(line, start, end, "proposal.sum", "shape", True)

    def _subject(self) -> None:
        found = subject(self._lines[:_HEAD_LINES])
        if found is not None:
            (line, start, end), named = found
            self._mark(line, start, end, "proposal.subject", "shape", named)

    def _mark(
        self,
        line: Line,
        start: int,
        end: int,
        path: str,
        why: str,
        sure: bool,
        *filters: str,
        behind: str = "",
    ) -> bool:
        """Say it where the field exists and nothing was said of these letters before. ``behind``: what stays after the tag."""
        path, filters = self._own(path, filters)
        if path not in self._fields or start >= end:
            return False
        for other in self._said:
            if other.mark is not None and other.mark.index == line.index:
                if other.mark.start < end and start < other.mark.end:
                    return False
            elif other.stretch is not None and line.index in _covered(other, self._lines):
                return False
        mark = Mark(line.index, start, end, self._tag(path, *filters) + behind)
        self._said.append(Suggestion(path, line.text[start:end], why, sure, mark=mark))
        return True

    # --- blocks --------------------------------------------------------------------------------------------

    def _stretches(self) -> None:
        self._addressee()
        self._signature()
        self._sections()
        self._tables()

    def _stretch(
        self, first: int, last: int, path: str, why: str, sure: bool, *, table: bool = False
    ) -> None:
        if path not in self._fields or any(one.path == path for one in self._said):
            return
        stretch = Stretch(first, last, self._tag(path), table)
        text = " ".join(line.text.strip() for line in self._lines[first : last + 1] if line.text.strip())
        made = Suggestion(path, text[:200], why, sure, stretch=stretch)
        new = _covered(made, self._lines)
        if not any(new & _covered(one, self._lines) for one in self._said):
            self._said.append(made)

    def _addressee(self) -> None:
        """«Генеральному директору / АО «…» / Иванову П. С.» as paragraphs below each other or in one cell."""
        head = [line for line in self._lines[:_HEAD_LINES] if line.where == "body"]
        start = next((line for line in head if _DATIVE_POST.search(line.text)), None)
        if start is None:
            return
        last = start
        for line in self._lines[start.index + 1 : start.index + 5]:
            if (line.table, line.row, line.cell) != (start.table, start.row, start.cell):
                break
            if _SALUTATION.match(line.text) or len(line.text) > _LONGEST_HEADING or not line.text.strip():
                break
            last = line
            if _DATIVE_NAME.search(line.text):
                break
        if last is not start or _DATIVE_NAME.search(start.text):
            self._stretch(start.index, last.index, "block.addressee", "shape", True)

    def _signature(self) -> None:
        start = next((line for line in reversed(self._lines) if _REGARDS.match(line.text)), None)
        if start is None or start.table:
            return
        last = start
        for line in self._lines[start.index + 1 : start.index + 6]:
            if line.table or line.where != start.where or len(line.text) > _LONGEST_HEADING:
                break
            if not line.text.strip() and last is not start:
                break
            last = line if line.text.strip() else last
        self._stretch(start.index, last.index, "block.signature", "shape", True)

    def _sections(self) -> None:
        """A heading that names a block, with everything up to the next heading."""
        for line in self._lines:
            path = _section(line)
            if path is None:
                continue
            end = self._end(line)
            if end > line.index:
                self._stretch(line.index, end, path, "heading", line.heading > 0)

    def _end(self, start: Line) -> int:
        last = start.index
        for line in self._lines[start.index + 1 :]:
            if line.where != "body" or _REGARDS.match(line.text):
                break
            if not line.table and (_section(line) is not None or 0 < line.heading <= (start.heading or 9)):
                break
            if line.text.strip():
                last = line.index
        # Without headings of Word nobody knows where a part ends: a page at most.
        return last if start.heading or last - start.index <= 60 else start.index

    def _tables(self) -> None:
        for number in sorted({line.table for line in self._lines if line.table}):
            own = [line for line in self._lines if line.table == number]
            heads = [line.text for line in own if line.row == 1]
            if len(heads) > 1 and any(_PRICE_HEAD.search(text) for text in heads):
                self._stretch(own[0].index, own[-1].index, "block.prices", "table", True, table=True)


def _covered(one: Suggestion, lines: Sequence[Line]) -> frozenset[int]:
    """The paragraphs that a stretch takes; none for words."""
    if one.stretch is None:
        return frozenset()
    return _taken(one.stretch, tuple((line.index, line.table) for line in lines))


@lru_cache(maxsize=256)
def _taken(stretch: Stretch, places: tuple[tuple[int, int], ...]) -> frozenset[int]:
    inside = {at for at, _table in places if stretch.first <= at <= stretch.last}
    tables = {table for at, table in places if at in inside and table}
    if not stretch.table and len({table for at, table in places if at in inside}) == 1:
        return frozenset(inside)
    return frozenset(inside | {at for at, table in places if table in tables})


def _section(line: Line) -> str | None:
    text = line.text.strip()
    if line.table or line.where != "body" or not text or len(text) > _LONGEST_HEADING:
        return None
    if not line.heading and text.endswith((".", ",", ";", "!")):
        return None
    if not line.heading and len(text) > 60:
        return None
    return next((path for path, words in _SECTIONS if re.search(words, text, re.IGNORECASE)), None)
