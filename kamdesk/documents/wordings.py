"""The wordings of a document of ours, found again in the file that somebody edited (R11).

Each wording that was poured in stands between the ends of a bookmark ``kd_<mark>`` (see ``wording_marks.Marks``). Word puts what is typed
at the very end of a bookmark behind it, and forgets a bookmark whose whole text was replaced; so a wording reaches as far as
what stood around it when it was made, and one whose bookmark is gone is looked for by likeness.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any, Final

from kamdesk.documents.ooxml.names import MC, R, local, w
from kamdesk.documents.ooxml.package import Package
from kamdesk.documents.ooxml.xml import Element
from kamdesk.documents.wording_marks import MARK_PREFIX
from kamdesk.rules import markup
from kamdesk.rules.markup import Line, Piece

FLOWING: Final = frozenset({"understanding", "solution", "uniqueness", "exclusivity", "next_step"})
"""Wordings of several paragraphs and lists; all others are one line, or a few in one paragraph."""
_LIKE: Final = 55
"""From this share of common letters on (percent), a paragraph is one of a wording whose bookmark was lost."""
_COMPARED: Final = 2_000
LONGEST: Final = 50_000
"""Letters of a wording that is taken back: what somebody pasted for it beyond that is told of as a change only."""
_GONE: Final = frozenset({w("del"), w("moveFrom"), f"{{{MC}}}Fallback", w("txbxContent")})
_SIGNS: Final = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "\u2011"}
_LEAD: Final = re.compile(r"(?:([•▪‣◦·–—-])|(\d{1,3})[.)])\t")
_OFF: Final = frozenset({"0", "false", "off"})
_BOLD_STYLES: Final = frozenset({"strong", "строгий"})
_ITALIC_STYLES: Final = frozenset({"emphasis", "выделение"})
_HEADINGS: Final = re.compile(r"heading|title|заголовок|название", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Wording:
    """A wording that differs. ``before`` and ``after`` are markup (``kamdesk.rules.markup``); "" where it was taken out.

    ``found`` is mark, likeness or gone; ``paragraphs`` are the whole texts, in both files, of the paragraphs that it fills alone or
    beside what did not change.
    """

    mark: str
    before: str
    after: str
    found: str
    paragraphs: tuple[str, ...] = ()


def wording_to_json(wording: Wording) -> dict[str, Any]:
    """A wording as JSON values."""
    return {**asdict(wording), "paragraphs": list(wording.paragraphs)}


def wording_from_json(value: dict[str, Any]) -> Wording:
    """The wording that :func:`wording_to_json` wrote."""
    return Wording(**{**value, "paragraphs": tuple(value["paragraphs"])})


@dataclass(slots=True)
class _Paragraph:
    """``kind`` is that of a line of markup; ``lead`` letters at its beginning are a number or a dot typed by hand."""

    element: Element
    kind: str
    is_heading: bool
    pieces: list[Piece] = field(default_factory=list)
    lead: int = 0
    length: int = 0

    def add(self, piece: Piece) -> None:
        """Go on with a piece."""
        self.pieces.append(piece)
        self.length += len(piece.text)

    @property
    def left(self) -> str:
        """How far in it stands by its own formatting; "" where its style says it."""
        indent = self.element.find(f"{w('pPr')}/{w('ind')}")
        return "" if indent is None else indent.get(w("left")) or indent.get(w("start"), "")

    @property
    def text(self) -> str:
        return "".join(piece.text for piece in self.pieces)

    @property
    def key(self) -> str:
        return " ".join(self.text.split())


@dataclass(slots=True)
class _Span:
    """From a letter of one paragraph to a letter of another, both by their numbers."""

    first: int
    start: int
    last: int = -1
    end: int = -1


def wordings(before: bytes, after: bytes) -> tuple[Wording, ...]:
    """The wordings of a generated file that read otherwise in the edited one, in their order.

    Raises KamdeskError when a file cannot be read.
    """
    old, new = _Text(Package.read(before)), _Text(Package.read(after))
    known = {paragraph.key for paragraph in old.paragraphs if paragraph.key}
    found = _Finder(old, new, known)
    return tuple(made for mark in old.spans if (made := found.compared(mark)) is not None)


class _Text:
    """The paragraphs of a document's body, with looks, and where its marks lie."""

    def __init__(self, package: Package) -> None:
        main = package.main()
        self.paragraphs: list[_Paragraph] = []
        self.spans: dict[str, _Span] = {}
        self._open: dict[str, str] = {}
        self._links = {one.id: one.target for one in package.relations(main) if one.external}
        self._styles = _StyleNames(package, main)
        body = package.tree(main).find(w("body"))
        if body is not None:
            self._walk(body, None, Piece(""))
        self.spans = {mark: span for mark, span in self.spans.items() if span.last >= 0}

    def _walk(self, node: Element, paragraph: _Paragraph | None, look: Piece) -> None:
        for child in node:
            name = local(child.tag)
            if name in ("bookmarkStart", "bookmarkEnd"):
                self._bookmark(child, name, paragraph)
            elif child.tag in _GONE:
                for inner in child.iter(w("bookmarkStart"), w("bookmarkEnd")):
                    self._bookmark(inner, local(inner.tag), paragraph)
            elif name == "p":
                made = _Paragraph(child, *self._styles.of(child))
                self.paragraphs.append(made)
                self._walk(child, made, Piece(""))
                _strip_lead(made)
            elif name == "hyperlink":
                address = markup.safe_link(self._links.get(child.get(f"{{{R}}}id", ""), ""))
                self._walk(child, paragraph, Piece("", link=address))
            elif name == "r" and paragraph is not None:
                self._run(child, paragraph, look.link)
            elif name not in ("pPr", "sectPr", "tblPr", "tcPr", "trPr", "sdtPr"):
                self._walk(child, paragraph, look)

    def _run(self, run: Element, paragraph: _Paragraph, link: str) -> None:
        properties = run.find(w("rPr"))
        if properties is not None and _on(properties, "vanish", False):
            return  # what nobody sees in Word is no wording
        bold, italic = self._styles.look(properties)
        for child in run:
            name = local(child.tag)
            text = (child.text or "") if name == "t" else _SIGNS.get(name, "")
            if text:
                paragraph.add(Piece(text, bold, italic, link))

    def _bookmark(self, node: Element, name: str, paragraph: _Paragraph | None) -> None:
        identity = node.get(w("id"), "")
        here = len(self.paragraphs) - 1
        if name == "bookmarkStart":
            called = node.get(w("name"), "")
            if called.startswith(MARK_PREFIX):
                self._open[identity] = mark = called[len(MARK_PREFIX) :]
                inside = paragraph is not None
                start = self.paragraphs[here].length if inside else 0
                self.spans.setdefault(mark, _Span(here if inside else here + 1, start))
        elif identity in self._open:
            span = self.spans[self._open.pop(identity)]
            if span.last < 0 and here >= span.first:
                span.last, span.end = here, self.paragraphs[here].length

    def _is_list(self, span: _Span) -> bool:
        """Whether an item of a list is nothing but a list: its first paragraph stands beside the second, not above it."""
        if span.last <= span.first:
            return False
        first, second = self.paragraphs[span.first], self.paragraphs[span.first + 1]
        return first.kind == second.kind != markup.TEXT and first.left == second.left

    def lines(self, span: _Span, flowing: bool) -> tuple[Line, ...]:
        """What a span says, as lines of markup; the first paragraph of an argument is an item of the document's own list."""
        found: list[Line] = []
        for number in range(span.first, span.last + 1):
            paragraph = self.paragraphs[number]
            start = max(span.start if number == span.first else 0, paragraph.lead)
            end = span.end if number == span.last else paragraph.length
            inside = flowing or number > span.first or self._is_list(span)
            kind = paragraph.kind if inside else markup.TEXT
            found += _lines(markup.cut(paragraph.pieces, start, end), kind)
        return tuple(found)


def _strip_lead(paragraph: _Paragraph) -> None:
    lead = _LEAD.match(paragraph.text)
    if lead and paragraph.kind == markup.TEXT:
        paragraph.kind, paragraph.lead = (markup.BULLET if lead[1] else markup.NUMBER), lead.end()


def _lines(pieces: Sequence[Piece], kind: str) -> Iterator[Line]:
    """One paragraph as lines: a break inside it begins a new line of text; inside an item of a list it is a blank."""
    rows: list[list[Piece]] = [[]]
    for piece in pieces:
        parts = (
            piece.text.replace("\t", " ").split("\n")
            if kind == markup.TEXT
            else [" ".join(piece.text.splitlines())]
        )
        for number, part in enumerate(parts):
            if number:
                rows.append([])
            rows[-1].append(Piece(part, piece.bold, piece.italic, piece.link))
    for row in rows:
        trimmed = markup.trimmed(row)
        if trimmed:
            yield Line(kind, trimmed)


class _Finder:
    """Finds the wordings of the generated file in the edited one."""

    def __init__(self, old: _Text, new: _Text, known: set[str]) -> None:
        self._old, self._new, self._known = old, new, known
        self._keys = [one.key[:_COMPARED] for one in new.paragraphs]
        self._taken = {
            number
            for mark, span in new.spans.items()
            if mark in old.spans
            for number in range(span.first, span.last + 1)
        }
        self._spans: dict[str, _Span | None] = {}
        self._like: set[str] = set()
        for mark in old.spans:
            self._spans[mark] = new.spans.get(mark)
        for mark in (mark for mark, span in self._spans.items() if span is None):
            self._spans[mark] = self._by_likeness(mark)
            self._like.add(mark)
        for step in (1, -1):
            for mark in old.spans:
                self._spread(mark, step)

    def compared(self, mark: str) -> Wording | None:
        """The wording where it differs."""
        old, new = self._old.spans[mark], self._spans[mark]
        flowing = mark in FLOWING
        before = markup.written_lines(self._old.lines(old, flowing))
        if new is None:
            return Wording(mark, before, "", "gone", _keys(self._old, old))
        whole, reached = self._reached(old, new)
        if sum(one.length for one in self._new.paragraphs[reached.first : reached.last + 1]) > LONGEST:
            return None
        after = markup.written_lines(self._new.lines(reached, flowing))
        if before == after:
            return None
        paragraphs = (*_keys(self._old, old), *_keys(self._new, reached)) if whole else ()
        found = "likeness" if mark in self._like else "mark"
        return Wording(mark, before, after, found if after else "gone", paragraphs)

    def _reached(self, old: _Span, new: _Span) -> tuple[bool, _Span]:
        """The span with what was typed at its edges, and whether what stands around it is as it was."""
        head, tail = _around(self._old, old)
        head_now, tail_now = _around(self._new, new)
        start, end = new.start, new.end
        whole = head_now.startswith(head) and tail_now.endswith(tail)
        if head_now.startswith(head):
            start -= len(head_now) - len(head)
        if tail_now.endswith(tail):
            end += len(tail_now) - len(tail)
        return whole, _Span(new.first, start, new.last, end)

    def _by_likeness(self, mark: str) -> _Span | None:
        """The paragraphs of the edited file that are most like those of the wording."""
        from rapidfuzz import fuzz

        old = self._old.spans[mark]
        hits: list[int] = []
        for number in range(old.first, old.last + 1):
            text = self._old.paragraphs[number].key[:_COMPARED]
            scores = [
                (fuzz.ratio(text, self._keys[at]), at)
                for at, one in enumerate(self._new.paragraphs)
                if at not in self._taken and self._keys[at] and not one.is_heading
            ]
            best, at = max(scores, default=(0.0, -1))
            if best >= _LIKE:
                hits.append(at)
                self._taken.add(at)
        if not hits:
            return None
        first, last = min(hits), max(hits)
        if last - first > 2 * len(hits) + 2:  # scattered likeness is none
            first = last = hits[0]
        head, tail = _around(self._old, old)
        began, ended = self._new.paragraphs[first], self._new.paragraphs[last]
        start = began.lead + (len(head) if began.text[began.lead :].startswith(head) else 0)
        end = ended.length - (len(tail) if ended.text.endswith(tail) else 0)
        self._taken.update(range(first, last + 1))
        return _Span(first, start, last, end)

    def _spread(self, mark: str, step: int) -> None:
        """Take in paragraphs that are new beside a wording of several."""
        span, old = self._spans[mark], self._old.spans[mark]
        listed = mark not in FLOWING
        if span is None or (listed and (step < 0 or old.first == old.last)):
            return
        head, tail = _around(self._old, old)
        at = (span.last if step > 0 else span.first) + step
        edge = self._new.paragraphs[span.last if step > 0 else span.first]
        while not (tail if step > 0 else head) and 0 <= at < len(self._new.paragraphs):
            one = self._new.paragraphs[at]
            apart = one.element.getparent() is not edge.element.getparent()
            if apart or one.is_heading or at in self._taken or one.key in self._known:
                return
            if listed and (one.kind == markup.TEXT or (one.kind, one.left) != (edge.kind, edge.left)):
                return  # only what goes on with the list inside an argument
            if one.key:
                if step > 0:
                    span.last, span.end = at, one.length
                else:
                    span.first, span.start = at, one.lead
                self._taken.add(at)
            at += step


def _around(text: _Text, span: _Span) -> tuple[str, str]:
    """What stands before and behind a span in its first and last paragraph."""
    first, last = text.paragraphs[span.first], text.paragraphs[span.last]
    return first.text[first.lead : max(span.start, first.lead)], last.text[span.end :]


def _keys(text: _Text, span: _Span) -> tuple[str, ...]:
    return tuple(text.paragraphs[number].key for number in range(span.first, span.last + 1))


class _StyleNames:
    """What a file's styles say of a paragraph or a run: heading, list, bold, italic."""

    def __init__(self, package: Package, main: str) -> None:
        sheet = next(iter(package.related(main, "styles")), None)
        self._styles: dict[str, Element] = {}
        if sheet is not None:
            self._styles = {
                style.get(w("styleId"), ""): style for style in package.tree(sheet).iterfind(w("style"))
            }
        numbering = next(iter(package.related(main, "numbering")), None)
        self._formats = _formats(package.tree(numbering)) if numbering is not None else {}

    def of(self, paragraph: Element) -> tuple[str, bool]:
        """The kind of line, and whether it is a heading."""
        properties = paragraph.find(w("pPr"))
        identity = _value(properties, "pStyle")
        chain = [*self._chain(identity)]
        heading = any(_HEADINGS.match(self._name(style)) for style in chain)
        number = _value(properties, "numPr/numId") or next(
            (found for style in chain if (found := _value(style.find(w("pPr")), "numPr/numId"))), ""
        )
        if heading or not number or number == "0":
            names = " ".join(self._name(style) for style in chain[:1])
            listed = {"list bullet": markup.BULLET, "list number": markup.NUMBER}
            return next(
                (kind for name, kind in listed.items() if name in names and not number), markup.TEXT
            ), heading
        return markup.BULLET if self._formats.get(number, "bullet") == "bullet" else markup.NUMBER, heading

    def look(self, properties: Element | None) -> tuple[bool, bool]:
        """Whether a run is bold, whether it is italic; what a paragraph's style says does not count."""
        if properties is None:
            return False, False
        name = self._name(self._styles.get(_value(properties, "rStyle")))
        return (
            _on(properties, "b", name in _BOLD_STYLES),
            _on(properties, "i", name in _ITALIC_STYLES),
        )

    def _chain(self, identity: str) -> Iterator[Element]:
        seen: set[str] = set()
        while identity in self._styles and identity not in seen:
            seen.add(identity)
            style = self._styles[identity]
            yield style
            based = style.find(w("basedOn"))
            identity = based.get(w("val"), "") if based is not None else ""

    def _name(self, style: Element | None) -> str:
        name = style.find(w("name")) if style is not None else None
        return (name.get(w("val"), "") if name is not None else "").lower()


def _formats(root: Element) -> dict[str, str]:
    """The format of the first level of each list, by id."""
    abstract = {
        node.get(w("abstractNumId"), ""): next(
            (_value(level, "numFmt") for level in node.iterfind(w("lvl")) if level.get(w("ilvl")) == "0"),
            "bullet",
        )
        for node in root.iterfind(w("abstractNum"))
    }
    return {
        node.get(w("numId"), ""): abstract.get(_value(node, "abstractNumId"), "bullet")
        for node in root.iterfind(w("num"))
    }


def _value(node: Element | None, path: str) -> str:
    found = node.find("/".join(w(step) for step in path.split("/"))) if node is not None else None
    return found.get(w("val"), "") if found is not None else ""


def _on(properties: Element, name: str, otherwise: bool) -> bool:
    found = properties.find(w(name))
    return otherwise if found is None else found.get(w("val"), "1") not in _OFF
