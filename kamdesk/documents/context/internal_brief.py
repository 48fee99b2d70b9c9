"""The meeting brief as nodes, cut so that it fits one page: ranked first, then as much as there is room for (W4).

``cuts()`` goes from generous to strict; whoever makes the page tries them until one fits.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from kamdesk.documents import language as speech
from kamdesk.documents.blocks import Bullets, Heading, Node, Paragraph, Run
from kamdesk.documents.context.document import OutgoingDocument
from kamdesk.documents.context.internal_words import InternalWords, small
from kamdesk.documents.language.names import NBSP
from kamdesk.model.internal import (
    Brief,
    BriefContact,
    BriefDone,
    BriefPerson,
    BriefPromise,
    FullBrief,
    JudgedPerson,
)
from kamdesk.model.values import PersonName

Item = tuple[Run, ...]
SEPARATOR: Final = " · "


@dataclass(frozen=True, slots=True)
class Cut:
    """How many of each kind are shown, and how many characters of one text."""

    people: int
    promises: int
    to_say: int
    done: int
    objections: int
    contacts: int
    others: int
    asks: int
    text: int


_CUTS: Final = tuple(
    Cut(*counts)
    for counts in (
        (20, 20, 4, 6, 2, 3, 8, 12, 320),
        (20, 16, 3, 4, 2, 3, 6, 10, 260),
        (20, 12, 3, 3, 1, 3, 6, 8, 220),
        (16, 12, 2, 3, 1, 3, 5, 8, 180),
        (16, 10, 2, 2, 1, 3, 5, 6, 160),
        (16, 10, 2, 2, 1, 3, 4, 6, 140),
        (14, 8, 2, 1, 1, 3, 4, 6, 130),
        (14, 8, 2, 1, 1, 3, 3, 5, 110),
        (12, 8, 1, 1, 1, 3, 3, 5, 110),
        (12, 7, 1, 1, 1, 3, 3, 4, 95),
        (12, 7, 1, 1, 1, 3, 3, 4, 80),
        (12, 6, 1, 1, 0, 3, 3, 4, 90),
        (12, 6, 1, 1, 0, 3, 2, 3, 80),
        (10, 6, 1, 1, 0, 3, 2, 3, 75),
        (10, 5, 1, 0, 0, 3, 2, 3, 80),
        (8, 5, 1, 0, 0, 3, 2, 3, 75),
        (7, 5, 1, 0, 0, 3, 2, 2, 70),
        (6, 4, 1, 0, 0, 3, 1, 2, 70),
        (5, 4, 1, 0, 0, 2, 1, 2, 60),
        (3, 3, 1, 0, 0, 1, 1, 1, 60),
        (2, 2, 1, 0, 0, 1, 1, 1, 45),
    )
)


def cuts() -> tuple[Cut, ...]:
    """From the most generous to the strictest, which fits A5 whatever is given."""
    return _CUTS


def likely(document: OutgoingDocument, paper: str) -> float:
    """About how many pages the document takes, from the number of its characters: right within a fifth."""
    lines_a_page, letters = _ROOM[paper]
    lines = _HEAD_LINES
    for node in document.blocks["body"]:
        if isinstance(node, Heading):
            lines += _HEADING_LINES
        elif isinstance(node, Bullets):
            lines += sum(-(-sum(len(run.text) for run in item) // (letters - 4)) for item in node.items)
        elif isinstance(node, Paragraph):
            lines += -(-sum(len(run.text) for run in node.runs) // letters)
    return lines / lines_a_page


_ROOM: Final = {"a4": (66, 102), "a5": (57, 86)}
"""Lines a page and letters a line, measured on the templates."""

_HEAD_LINES: Final = 4.0
_HEADING_LINES: Final = 1.7


def brief_document(
    brief: Brief, words: InternalWords, cut: Cut, today: date, private: FullBrief | None = None
) -> OutgoingDocument:
    """The page at one cut. ``private`` adds what is not to lie on a table; its ``brief`` is printed in place of ``brief``."""
    said = private.brief if private is not None else brief
    name = said.client or (said.people[0].name.full(words.language) if said.people else "")
    heading = words("brief") if said.interaction_id else words("brief_of", name=name)
    page = _Page(said, words, cut, private)
    parts = dict(page.parts())
    eyes = words("eyes_own" if private is not None else "eyes_house")
    return OutgoingDocument(
        kind="brief",
        language=words.language,
        title=heading,
        company="",
        date=today.isoformat(),
        fields={
            "print": {
                "title": shortened(name if said.interaction_id else heading, 80),
                "subtitle": shortened(page.subtitle(), 160),
                "running": "",
                "foot": SEPARATOR.join((eyes, words("brief"), words("prepared", date=words.day(today)))),
                "eyes": eyes,
            },
            "brief": {
                "client": said.client,
                "kind": words.label("interaction", said.kind) if said.interaction_id else "",
                "when": words.when(said.starts_at, said.ends_at),
                "place": said.place,
                "purpose": said.purpose,
                "aim_ideal": private.aim_ideal if private is not None else "",
                "aim_minimum": private.aim_minimum if private is not None else "",
                "ours": page.ours(),
                "date": words.day(today),
            },
        },
        blocks={
            **parts,
            "body": tuple(node for part in parts.values() for node in part) + page.from_us(),
        },
    )


class _Page:
    def __init__(self, brief: Brief, words: InternalWords, cut: Cut, private: FullBrief | None) -> None:
        self._brief, self._words, self._limit, self._private = brief, words, cut, private

    def subtitle(self) -> str:
        """When, where, what kind of meeting."""
        brief, words = self._brief, self._words
        parts = (
            words.label("interaction", brief.kind) if brief.interaction_id else "",
            words.when(brief.starts_at, brief.ends_at),
            brief.place,
        )
        return SEPARATOR.join(part for part in parts if part)

    def parts(self) -> Iterator[tuple[str, tuple[Node, ...]]]:
        """Promises first (D11), then why, who, and what else to know: each part by its name in a template."""
        brief, limit = self._brief, self._limit
        yield "aim", tuple(self._aim())
        yield (
            "promises",
            self._list("promises", [self._promise(one) for one in brief.promises], limit.promises),
        )
        yield "people", tuple(self._people())
        contacts = [self._contact(one) for one in brief.contacts]
        yield "contacts", self._list("contacts", contacts, limit.contacts, tell=False)
        complaints = [self._contact(one) for one in brief.complaints]
        yield "complaints", self._list("complaints", complaints, limit.others)
        yield "proposals", self._list("proposals", self._proposals(), limit.others)
        yield "concessions", self._list("concessions", self._concessions(), limit.others)
        yield "dates", self._list("dates", self._dates(), limit.others)
        yield "questions", self._list("ask", self._asks(), limit.asks)

    def ours(self) -> str:
        """Who comes from us, in one line."""
        return ", ".join(self._name(one) for one in self._brief.ours)

    def from_us(self) -> tuple[Node, ...]:
        """The same as the last line of the page."""
        ours = self.ours()
        said = self._words("from_us", names=ours)
        return (Paragraph((Run(said, muted=True),), role="small"),) if ours else ()

    # --- parts ------------------------------------------------------------------------------------------------

    def _aim(self) -> Iterator[Node]:
        words, private = self._words, self._private
        rows = [("purpose", self._brief.purpose)]
        if private is not None:
            rows += [("ideal", private.aim_ideal), ("minimum", private.aim_minimum)]
        for key, text in rows:
            if text:
                yield Paragraph((Run(f"{words(key)}: ", bold=True), Run(self._short(text))))

    def _list(self, key: str, items: Sequence[Item], most: int, *, tell: bool = True) -> tuple[Node, ...]:
        if not items:
            return ()
        shown = list(items[:most])
        if tell and len(items) > most:
            shown.append((Run(self._words.more(len(items) - most), muted=True),))
        return Heading(self._words(key), 2), Bullets(tuple(shown))

    def _promise(self, one: BriefPromise) -> Item:
        words = self._words
        tail = [self._name(one.person)] if one.person else []
        if one.due is not None:
            tail.append(words("by", date=words.day(one.due)))
        runs = [Run(f"{words(one.side)}: ", bold=True), Run(self._short(one.text))]
        if tail:
            runs.append(Run(f" ({', '.join(tail)})"))
        if one.overdue:
            runs.append(Run(f" —{NBSP}{words('overdue')}", bold=True))
        return tuple(runs)

    def _people(self) -> Iterator[Node]:
        people, most = self._brief.people, self._limit.people
        if not people:
            return
        yield Heading(self._words("who"), 2)
        for person in people[:most]:
            yield from self._person(person)
        if len(people) > most:
            names = ", ".join(one.name.full(self._words.language) for one in people[most : most + 6])
            more = self._words.more(len(people) - most)
            yield Paragraph((Run(shortened(f"{more}: {names}", 160), muted=True),))

    def _person(self, one: BriefPerson) -> Iterator[Node]:
        words, limit = self._words, self._limit
        head = [Run(one.name.full(words.language), bold=True)]
        if one.post:
            head.append(Run(f", {shortened(one.post, 70)}"))
        if one.address_form:
            head.append(Run(f" — {words('address').lower()}: {shortened(one.address_form, 40)}"))
        yield Paragraph(tuple(head), keep_next=True)
        lines: list[Item] = []
        judged = self._private.of(one.id) if self._private is not None else None
        if judged is not None:
            lines += self._judged(judged)
        matters = ", ".join(small(one) for one in words.known("criteria", one.criteria)[:5])
        lines += _line(words("matters"), matters)
        lines += _line(words("known"), self._done(one.done))
        lines += _line(words("to_say"), self._several(one.to_say, limit.to_say))
        for objection in one.objections[: limit.objections]:
            said = f"{self._short(objection.text)} → {self._short(objection.answer)}"
            lines += _line(words("objection"), said)
        if lines:
            yield Bullets(tuple(lines))

    def _judged(self, one: JudgedPerson) -> list[Item]:
        words = self._words
        judged = (
            small(words.label("lens", one.lens)),
            f"{words('influence')}: {words.label('influence', one.influence).lower()}"
            if one.influence is not None
            else "",
            f"{words('stance')}: {words.label('stance', one.stance).lower()}"
            if one.stance is not None
            else "",
            ", ".join(small(words.label("part", code)) for code in one.parts),
        )
        lines = _line(words("judged"), "; ".join(part for part in judged if part))
        if self._limit.done:
            lines += _line(words("topics_good"), self._several(one.topics_good, 2))
        lines += _line(words("topics_avoid"), self._several(one.topics_avoid, 2))
        if self._limit.done:
            lines += _line(words("facts"), self._several(one.facts, self._limit.to_say))
        return lines

    def _done(self, done: Sequence[BriefDone]) -> str:
        words, most = self._words, self._limit.done
        if not most:
            return ""
        said = []
        for one in done[:most]:
            on = f" ({words.day(one.on)})" if one.on is not None else ""
            text = self._short(one.text) or words.label("interaction", one.kind).lower()
            said.append(f"{words(one.how)}: {text}{on}")
        return self._with_more(said, len(done) - most)

    def _contact(self, one: BriefContact) -> Item:
        words = self._words
        runs = [Run(words.moment(one.at) or "—", bold=True)]
        runs.append(Run(f" {words.label('interaction', one.kind).lower()}"))
        if one.people:
            shown = ", ".join(self._name(name) for name in one.people[:3]) + (
                f" {words.more(len(one.people) - 3)}" if one.people[3:] else ""
            )
            runs.append(Run(f" ({shown})"))
        if one.purpose:
            runs.append(Run(f": {self._short(one.purpose)}"))
        outcome = self._private.outcomes.get(one.id, "") if self._private is not None else ""
        if outcome:
            runs.append(Run(f" — {self._short(outcome)}", italic=True))
        if one.next_step:
            on = f", {words.day(one.next_step_on)}" if one.next_step_on is not None else ""
            runs.append(Run(f" → {words('next_step')}: {self._short(one.next_step)}{on}"))
        return tuple(runs)

    def _proposals(self) -> list[Item]:
        words = self._words
        items: list[Item] = []
        for one in self._brief.proposals:
            subject = self._short(one.subject)
            named = words("proposal", number=one.number, subject=subject) if one.number else subject
            tail = [words.label("proposal_status", one.status).lower()]
            if one.valid_until is not None:
                tail.append(words("valid_until", date=words.day(one.valid_until)))
            if one.next_date is not None:
                tail.append(words("contact_on", date=words.day(one.next_date)))
            items.append((Run(named, bold=True), Run(f" — {', '.join(tail)}")))
        return items

    def _concessions(self) -> list[Item]:
        """Only where it was asked for: what we gave way on is not for the client's eyes."""
        words, private = self._words, self._private
        items: list[Item] = []
        for one in private.concessions if private is not None else ():
            got = f"{words('got')}: {self._short(one.got)}" if one.got else words("got_nothing")
            runs = [Run(f"{words('given')}: ", bold=True), Run(f"{self._short(one.given)} → {got}")]
            if one.cost is not None:
                amount = speech.money(one.cost, one.currency, words.language)
                runs.append(Run(f" ({words('costs_us', amount=amount)})"))
            items.append(tuple(runs))
        return items

    def _dates(self) -> list[Item]:
        words = self._words
        items: list[Item] = []
        for one in self._brief.dates:
            what = [words.label("fact_kind", one.kind).lower()]
            if one.age is not None:
                what.append(words("age", age=one.age))
            if one.text and one.text.casefold() != what[0].casefold():
                what.append(self._short(one.text))
            items.append(
                (
                    Run(words.day(one.on), bold=True),
                    Run(f" {one.person.full(words.language)}: {', '.join(what)}"),
                )
            )
        return items

    def _asks(self) -> list[Item]:
        """What is not known, a line a person."""
        words = self._words
        by_person: dict[str, list[str]] = {}
        for one in self._brief.questions:
            first, second = (
                (one.text_ru, one.text_en) if words.language == "ru" else (one.text_en, one.text_ru)
            )
            of = one.of if isinstance(one.of, str) else self._name(one.of)
            by_person.setdefault(of, []).append(first or second)
        each = max(1, self._limit.asks // max(1, len(by_person)))
        return [
            (Run(f"{person}: ", bold=True), Run(" ".join(self._short(asked) for asked in asks[:each])))
            for person, asks in by_person.items()
        ]

    # --- pieces -----------------------------------------------------------------------------------------------

    def _name(self, name: PersonName) -> str:
        return speech.initials(name, self._words.language, family_first=self._words.language == "ru")

    def _short(self, text: str) -> str:
        return shortened(text, self._limit.text)

    def _several(self, texts: Sequence[str], most: int) -> str:
        return self._with_more([self._short(text) for text in texts[:most]], len(texts) - most)

    def _with_more(self, said: Iterable[str], rest: int) -> str:
        parts = [text.rstrip(" .;") for text in said if text]
        if parts and rest > 0:
            parts.append(self._words.more(rest))
        return "; ".join(parts)


def _line(name: str, text: str) -> list[Item]:
    return [(Run(f"{name}: ", bold=True), Run(text))] if text else []


def shortened(text: str, most: int) -> str:
    """The text on one line, at most so many characters, cut between words."""
    line = " ".join(text.split())
    if len(line) <= most:
        return line
    head = line[: most - 1]
    at = head.rfind(" ")
    return (head[:at] if at > most // 2 else head).rstrip(" ,;:") + "…"
