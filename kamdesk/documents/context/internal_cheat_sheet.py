"""The committee cheat sheet as nodes: a head, then a card for each member, cut so that it fits its two pages.

A card is a line with the name and what we think, and a table of one row below it; a column without words is left out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from kamdesk.documents import language as speech
from kamdesk.documents.blocks import Bullets, Heading, Node, Paragraph, Run, Table
from kamdesk.documents.context.document import OutgoingDocument
from kamdesk.documents.context.internal_brief import SEPARATOR, shortened
from kamdesk.documents.context.internal_words import InternalWords, small
from kamdesk.model.internal import (
    BriefConcession,
    BriefPerson,
    BriefPromise,
    CheatSheet,
    FullCheatSheet,
    JudgedPerson,
    SheetDeal,
    SheetTie,
)
from kamdesk.model.messages import Message
from kamdesk.model.values import PersonName

Say = Callable[[Message], str]
Item = tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class SheetCut:
    """How many of each kind are shown, and how many characters of one text."""

    members: int
    criteria: int
    to_say: int
    done: int
    objections: int
    ties: int
    asks: int
    facts: int
    head: int
    text: int


_CUTS: Final = tuple(
    SheetCut(*counts)
    for counts in (
        (24, 6, 5, 5, 2, 6, 5, 4, 8, 320),
        (24, 6, 4, 4, 2, 6, 4, 3, 6, 240),
        (24, 5, 4, 3, 2, 5, 4, 3, 6, 180),
        (24, 5, 3, 3, 2, 4, 3, 2, 5, 150),
        (24, 5, 3, 2, 1, 4, 3, 2, 5, 130),
        (24, 4, 3, 2, 1, 3, 2, 2, 4, 110),
        (24, 4, 2, 2, 1, 3, 2, 1, 4, 95),
        (20, 3, 2, 1, 1, 3, 2, 1, 3, 85),
        (20, 3, 2, 1, 1, 2, 1, 1, 3, 75),
        (20, 3, 1, 1, 1, 2, 1, 0, 3, 70),
        (18, 3, 1, 1, 1, 2, 1, 0, 2, 60),
        (16, 3, 1, 1, 1, 2, 1, 0, 2, 50),
        (14, 3, 1, 0, 1, 2, 1, 0, 2, 50),
        (12, 3, 1, 0, 1, 1, 1, 0, 2, 50),
        (9, 3, 1, 0, 0, 1, 0, 0, 1, 60),
        (6, 2, 1, 0, 0, 1, 0, 0, 1, 50),
    )
)
_NAME: Final = 90
"""Characters of a post, a name, a deal: what a card cannot do without."""


def cuts() -> tuple[SheetCut, ...]:
    """From the most generous to the strictest, which fits two pages of A5 whatever is given."""
    return _CUTS


def sheet_document(
    sheet: CheatSheet,
    words: InternalWords,
    cut: SheetCut,
    today: date,
    say: Say,
    private: FullCheatSheet | None = None,
) -> OutgoingDocument:
    """The pages at one cut. ``private`` adds what is not to lie on a table; its ``sheet`` is printed in place of ``sheet``.

    ``say`` puts a message of the influence map into words. Title and properties tell nothing but that it is about a meeting.
    """
    said = private.sheet if private is not None else sheet
    page = _Page(said, words, cut, say, private)
    parts = {
        "deal": page.deal(),
        "deciders": page.deciders(),
        "promises": page.promises(),
        "concessions": page.concessions(),
        "members": page.members(),
    }
    eyes = words("eyes_own" if private is not None else "eyes_house")
    deal = private.deals[0] if private is not None and len(private.deals) == 1 else None
    title = words("sheet" if private is not None else "sheet_discreet")
    return OutgoingDocument(
        kind="cheat_sheet",
        language=words.language,
        title=words("sheet_file"),
        company="",
        date=today.isoformat(),
        fields={
            "print": {
                "title": shortened(f"{title}: {said.client}", _NAME),
                "subtitle": shortened(said.about, 2 * _NAME),
                "running": shortened(said.client, _NAME),
                "foot": SEPARATOR.join((eyes, words("prepared", date=words.day(today)))),
                "eyes": eyes,
            },
            "sheet": {
                "client": said.client,
                "about": said.about,
                "stage": words.label("deal_stage", deal.stage) if deal is not None else "",
                "amount": page.amount(deal) if deal is not None else "",
                "rivals": ", ".join(name for name, _ in deal.rivals) if deal is not None else "",
                "date": words.day(today),
            },
        },
        blocks={**parts, "body": tuple(node for part in parts.values() for node in part)},
    )


class _Page:
    def __init__(
        self, sheet: CheatSheet, words: InternalWords, cut: SheetCut, say: Say, private: FullCheatSheet | None
    ) -> None:
        self._sheet, self._words, self._limit, self._say = sheet, words, cut, say
        self._private = private
        self._names = {one.id: one.name for one in sheet.members}

    # --- the head ---------------------------------------------------------------------------------------------

    def deal(self) -> tuple[Node, ...]:
        """Where the sale stands: a line for each deal."""
        deals = self._private.deals if self._private is not None else ()
        items = [self._deal(one) for one in deals]
        return self._list("sheet_deal", items)

    def _deal(self, one: SheetDeal) -> Item:
        words = self._words
        rivals = [f"{name} ({self._short(note)})" if note else name for name, note in one.rivals]
        told = (
            small(words.label("deal_stage", one.stage)),
            self.amount(one),
            words("expected_in", date=words.partial(one.expected)) if one.expected is not None else "",
            words("rivals", names=", ".join(rivals)) if rivals else words("no_rivals"),
        )
        return Run(shortened(one.name, _NAME), bold=True), Run(f" — {SEPARATOR.join(t for t in told if t)}")

    def amount(self, one: SheetDeal) -> str:
        """The amount of a deal; "" where none is known."""
        return (
            speech.money(one.amount.amount, one.amount.currency, self._words.language) if one.amount else ""
        )

    def deciders(self) -> tuple[Node, ...]:
        """Who decides, and who is heard by them."""
        reach = self._private.reach if self._private is not None else ()
        items = [(Run(shortened(self._say(one), 260)),) for one in reach]
        # The first line only names them: who is heard by them is what it is for.
        return self._list("sheet_reach", items, 2)

    def promises(self) -> tuple[Node, ...]:
        """Open promises, those to the people opposite first."""
        return self._list("promises", [self._promise(one) for one in self._sheet.promises])

    def _promise(self, one: BriefPromise) -> Item:
        words = self._words
        tail = [self._name(one.person)] if one.person else []
        tail += [words("by", date=words.day(one.due))] if one.due is not None else []
        runs = [Run(f"{words(one.side)}: ", bold=True), Run(self._short(one.text))]
        runs += [Run(f" ({', '.join(tail)})")] if tail else []
        runs += [Run(f" — {words('overdue')}", bold=True)] if one.overdue else []
        return tuple(runs)

    def concessions(self) -> tuple[Node, ...]:
        """What was given and got so far."""
        given = self._private.concessions if self._private is not None else ()
        return self._list("concessions", [self._concession(one) for one in given])

    def _concession(self, one: BriefConcession) -> Item:
        words = self._words
        got = f"{words('got')}: {self._short(one.got)}" if one.got else words("got_nothing")
        runs = [Run(f"{words('given')}: ", bold=True), Run(f"{self._short(one.given)} → {got}")]
        if one.cost is not None:
            cost = speech.money(one.cost, one.currency, words.language)
            runs.append(Run(f" ({words('costs_us', amount=cost)})"))
        return tuple(runs)

    def _list(self, key: str, items: Sequence[Item], besides: int = 0) -> tuple[Node, ...]:
        if not items:
            return ()
        most = self._limit.head + besides
        shown = list(items[:most])
        if len(items) > most:
            shown.append((Run(self._words.more(len(items) - most), muted=True),))
        return Heading(self._words(key), 2), Bullets(tuple(shown))

    # --- the members ------------------------------------------------------------------------------------------

    def members(self) -> tuple[Node, ...]:
        """A card for each."""
        return tuple(self._members())

    def _members(self) -> Iterator[Node]:
        people, most = self._sheet.members, self._limit.members
        if not people:
            return
        yield Heading(self._words("members"), 2)
        judged = {one.id: self._private.of(one.id) if self._private is not None else None for one in people}
        cells = {one.id: tuple(self._cells(one, judged[one.id])) for one in people[:most]}
        # The same columns in every card: the eye goes down one of them to compare.
        used = {name for row in cells.values() for name, text, _ in row if text}
        for person in people[:most]:
            shown = tuple(cell for cell in cells[person.id] if cell[0] in used)
            yield from self._card(person, judged[person.id], shown)
        rest = people[most:]
        if rest:
            names = ", ".join(self._name(one.name) for one in rest[:12])
            yield Paragraph((Run(shortened(f"{self._words.more(len(rest))}: {names}", 260), muted=True),))

    def _card(
        self, one: BriefPerson, judged: JudgedPerson | None, cells: tuple[tuple[str, str, float], ...]
    ) -> Iterator[Node]:
        words = self._words
        head = [Run(one.name.full(words.language), bold=True)]
        if one.post:
            head.append(Run(f", {shortened(one.post, _NAME)}"))
        if one.address_form:
            head.append(Run(f" — {words('address').lower()}: {shortened(one.address_form, 40)}"))
        if judged is not None:
            head.append(Run(f"\n{self._judgement(judged)}", italic=True))
        yield Paragraph(tuple(head), keep_next=bool(cells))
        if cells:
            names, texts, widths = zip(*cells, strict=True)
            yield Table(names, (texts,), widths=widths)

    def _judgement(self, one: JudgedPerson) -> str:
        """Part, influence, stance with what shows it, type; what is not known is said, for it has to be found out."""
        words = self._words
        missing = []
        parts = ", ".join(small(words.label("part", code)) for code in one.parts)
        told = [parts[:1].upper() + parts[1:]]
        for name, value in (("influence", one.influence), ("stance", one.stance)):
            if value is None:
                missing.append(words(name))
                continue
            told.append(f"{words(name)}: {small(words.label(name, value))}")
        if one.stance is not None:
            since = words("stance_since", date=words.day(one.stance_date)) if one.stance_date else ""
            shown = ", ".join(part for part in (self._short(one.stance_evidence), since) if part)
            told[-1] += f" ({shown})" if shown else ""
        told.append(f"{words('type').lower()}: {small(words.label('lens', one.lens))}" if one.lens else "")
        told.append(words("unknown_judgement", what=", ".join(missing)) if missing else "")
        return "; ".join(part for part in told if part)

    def _cells(self, one: BriefPerson, judged: JudgedPerson | None) -> Iterator[tuple[str, str, float]]:
        """Heading, text and share of the width of each column."""
        words, limit = self._words, self._limit
        ranked = words.known("criteria", one.criteria)[: limit.criteria]
        yield words("matters"), "\n".join(f"{n}. {what}" for n, what in enumerate(ranked, 1)), 0.8
        yield words("to_say"), self._lines(one.to_say, limit.to_say), 1.3
        yield words("known"), self._done(one), 1.1
        said = [f"{self._short(each.text)} → {self._short(each.answer)}" for each in one.objections]
        yield words("objection"), self._lines(said, limit.objections, cut=False), 1.2
        if judged is not None:
            yield words("talk"), self._talk(judged), 0.9
            yield words("ties"), self._ties(one.id), 1.0
            # What we have yet to find out of somebody is not to be read by the one who sits opposite.
            yield words("unknown"), self._asked(one), 1.0

    def _done(self, one: BriefPerson) -> str:
        words = self._words
        said = []
        for each in one.done:
            on = f" ({words.day(each.on)})" if each.on is not None else ""
            text = self._short(each.text) or words.label("interaction", each.kind).lower()
            said.append(f"{words(each.how)}: {text}{on}")
        return self._lines(said, self._limit.done, cut=False)

    def _talk(self, judged: JudgedPerson) -> str:
        good = [self._short(text) for text in judged.topics_good[:2]]
        facts = [self._short(text) for text in judged.facts[: self._limit.facts]]
        avoid = [self._short(text) for text in judged.topics_avoid[:2]]
        if avoid:
            avoid[0] = f"{self._words('avoid')}: {avoid[0]}"
        return "\n".join((*good, *facts, *avoid))

    def _ties(self, person_id: str) -> str:
        ties = self._private.ties_of(person_id) if self._private is not None else ()
        return self._lines([self._tie(one, person_id) for one in ties], self._limit.ties, cut=False)

    def _tie(self, one: SheetTie, person_id: str) -> str:
        words, reverse = self._words, one.target == person_id
        other = self._names[one.source if reverse else one.target]
        said = f"{words.label('relation', one.kind, reverse=reverse)}: {self._name(other)}"
        if one.strength == _STRONG:
            said += f" ({small(words.label('relation_strength', one.strength))})"
        return said + (f", {self._short(one.note)}" if one.note else "")

    def _asked(self, one: BriefPerson) -> str:
        russian = self._words.language == "ru"
        asked = [
            (each.text_ru or each.text_en) if russian else (each.text_en or each.text_ru)
            for each in self._sheet.questions
            if each.of == one.name
        ]
        return self._lines(asked, self._limit.asks)

    # --- pieces -----------------------------------------------------------------------------------------------

    def _name(self, name: PersonName) -> str:
        return speech.initials(name, self._words.language, family_first=self._words.language == "ru")

    def _short(self, text: str) -> str:
        return shortened(text, self._limit.text)

    def _lines(self, texts: Sequence[str], most: int, *, cut: bool = True) -> str:
        """One text a line, with how many more there are."""
        if not most:
            return ""
        shown = [self._short(text) if cut else text for text in texts[:most]]
        if len(texts) > most:
            shown.append(self._words.more(len(texts) - most))
        return "\n".join(shown)


_STRONG: Final = 3
