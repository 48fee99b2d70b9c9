"""The template doctor (R9): what is wrong with the tags of a Word template, where, and what to write instead."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterator
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from itertools import accumulate, islice
from typing import Final, Protocol

from kamdesk.documents import vetting
from kamdesk.documents.blanks import blanks
from kamdesk.documents.context.catalogue import KINDS
from kamdesk.documents.context.catalogue import catalogue as catalogue_of
from kamdesk.documents.context.internal import INTERNAL
from kamdesk.documents.environment import LockedEnvironment
from kamdesk.documents.findings import GUESS, SAFE, Finding
from kamdesk.documents.found import Edit, Found, Spot, around, cut
from kamdesk.documents.hidden_tags import hidden_tags, never_filled
from kamdesk.documents.mixed_letters import mixed_words, unmixed
from kamdesk.documents.ooxml.names import local, w
from kamdesk.documents.ooxml.package import Package
from kamdesk.documents.ooxml.walk import Paragraph, Piece, paragraphs
from kamdesk.documents.ooxml.xml import Element
from kamdesk.documents.tagcheck import Known, TagChecker
from kamdesk.documents.tagrepair import apply
from kamdesk.documents.tags import BrokenTag, Tag, scan
from kamdesk.model.messages import KamdeskError, Message

MANDATORY_BLOCKS: Final = ("block.effect", "block.uniqueness", "block.exclusivity")
"""R4: benefit, uniqueness and exclusivity are mandatory; the whole text holds them all."""
MOST_FINDINGS: Final = 500
"""Nobody reads more; a hostile file could have a million."""
WHOSE_EYES: Final = ("print.eyes", "print.foot")
"""One of these says on an internal paper whose eyes it is for: it may be left lying on a table."""
WHOLE_BLOCKS: Final = ("block.all", "block.body")
_KINDS_WITH_BLOCKS: Final = frozenset({"group", "variant"})
_UNSEEN: Final = frozenset({"lang", "noProof", "rFonts"})
_OBJECTS: Final = frozenset(
    {"drawing", "pict", "object", "footnoteReference", "endnoteReference", "fldChar", "fldSimple", "sym"}
)


class Catalogue(Protocol):
    """What the doctor asks of the fields of one kind of document."""

    @property
    def names(self) -> AbstractSet[str]:
        """Every accepted dotted name, in both languages."""
        ...

    def path_of(self, name: str) -> str | None:
        """The stable path of a name; None where there is no such field."""
        ...


@dataclass(frozen=True, slots=True)
class Repaired:
    """The template with repaired tags, and what was repaired (``text.params["tag"]`` before, ``suggestion`` after)."""

    data: bytes
    repaired: tuple[Finding, ...]

    @property
    def pairs(self) -> tuple[tuple[str, str], ...]:
        """Each tag before and after, in order."""
        return tuple((str(item.text.params["tag"]), item.suggestion) for item in self.repaired)


def check(
    data: bytes,
    catalogue: Catalogue,
    kind: str,
    origin: str = vetting.FOREIGN,
    filled: AbstractSet[str] | None = None,
) -> tuple[Finding, ...]:
    """Everything found in a template for documents of ``kind``, in reading order.

    Never raises for a bad file: a file that is refused gives the reason as its only findings. ``origin`` is that of
    :func:`kamdesk.documents.vetting.vet`: in the user's own file what cleaning takes out is a warning. With ``filled``, the
    paths for which a sample says something (:func:`kamdesk.documents.blanks.filled_paths`), what would come out
    blank is found too.
    """
    report = vetting.vet(data, origin)
    if any(finding.kind == "refused" for finding in report.findings):
        return report.findings
    try:
        package = Package.read(data)
        found = tuple(one.finding for one in _examine(package, catalogue, kind))
        if filled is not None:
            found += tuple(
                one.finding
                for one in islice(blanks(package, catalogue, filled, LockedEnvironment()), MOST_FINDINGS)
            )
    except KamdeskError as error:
        found = (Finding(Message("word.at_document"), "refused", error.message),)
    return report.findings + found


def repair(
    data: bytes,
    catalogue: Catalogue,
    kind: str = "group",
    origin: str = vetting.FOREIGN,
    only: Collection[int] | None = None,
) -> Repaired:
    """A copy with better tags: split ones put together, autocorrect's letters turned back, marks of rows put right.

    Without ``only`` what is safe is done, and guesses are left to the user. ``only`` are indexes into the findings of
    :func:`check` for the same file, kind and origin; those are repaired, guesses too.
    Raises KamdeskError when the file cannot be read.
    """
    package = Package.read(data)
    if only is None:
        chosen = [one for one in _examine(package, catalogue, kind) if one.finding.repair == SAFE]
    else:
        before = len(vetting.vet(data, origin).findings)
        found = list(_examine(package, catalogue, kind))
        chosen = [found[at - before] for at in sorted(only) if 0 <= at - before < len(found)]
    done = tuple(apply(package, [edit for one in chosen for edit in one.edits]))
    return Repaired(package.write() if done else data, done)


# --- checking ----------------------------------------------------------------------------------------------


def _examine(package: Package, catalogue: Catalogue, kind: str) -> Iterator[Found]:
    yield from islice(_Examination(package, catalogue, kind).run(), MOST_FINDINGS)


class _Examination:
    """One walk through a template."""

    def __init__(self, package: Package, catalogue: Catalogue, kind: str) -> None:
        self._package = package
        self._catalogue = catalogue
        self._kind = kind
        self._known = Known(catalogue, kind, kind not in INTERNAL, _Elsewhere(kind))
        self._environment = LockedEnvironment()
        self._checker = TagChecker(self._known, self._environment)
        self._blocks: set[str] = set()
        self._fields: set[str] = set()
        self._splits: list[Spot] = []
        self._tags_seen = 0
        self._russian = False

    def run(self) -> Iterator[Found]:
        part = ""
        held = {paragraph.element: paragraph for paragraph in paragraphs(self._package)}
        remarks = _Remarks(list(held.values()))
        for paragraph in held.values():
            if paragraph.part != part:
                yield from self._checker.finish()
                self._checker, part = TagChecker(self._known, self._environment), paragraph.part
            yield from self._paragraph(paragraph, remarks)
            self._blocks |= self._checker.blocks
            self._fields |= self._checker.fields
        yield from self._checker.finish()
        yield from hidden_tags(self._package, held, self._known, self._environment)
        yield from never_filled(self._package)
        if self._splits:
            yield self._all_splits()
        yield from self._whole()

    def _paragraph(self, paragraph: Paragraph, remarks: _Remarks) -> Iterator[Found]:
        pieces = paragraph.pieces
        text = remarks.without("".join(piece.text for piece in pieces), paragraph)
        tags, broken = scan(text, lambda name: self._catalogue.path_of(name) is not None)
        self._tags_seen += len(tags) + len(broken)
        self._russian = self._russian or any(not tag.inner.isascii() for tag in tags)
        items: list[Tag | BrokenTag] = [*tags, *broken]
        order = _Order(paragraph.element, pieces)
        for item in sorted(items, key=lambda found: found.start):
            if isinstance(item, BrokenTag):
                yield _broken_found(item, paragraph, text)
                continue
            yield from self._checker.check(item, paragraph, text)
            spot = Spot(item, paragraph, text)
            found, split = _split(spot, order)
            if found is not None:
                yield found
            elif split:
                self._splits.append(spot)
        yield from _mixed_text(text, tags, paragraph)

    def _all_splits(self) -> Found:
        first = self._splits[0]
        said = Message("word.tags_split", {"n": len(self._splits)})
        finding = Finding(
            first.paragraph.place,
            "split_tag",
            said,
            "",
            "warning",
            around(first.text, first.tag.start, first.tag.end),
            first.paragraph.part,
            SAFE,
        )
        return Found(finding, tuple(spot.edit(lambda raw: raw) for spot in self._splits))

    def _whole(self) -> Iterator[Found]:
        place = Message("word.at_document")
        if not self._tags_seen:
            yield Found(Finding(place, "no_tags", Message("word.no_tags"), severity="warning"))
            return
        if self._kind in INTERNAL and self._fields.isdisjoint(WHOSE_EYES):
            tag = f"{{{{ {_name_like(WHOSE_EYES[0], self._russian, self._catalogue)} }}}}"
            yield Found(Finding(place, "missing_eyes", Message("word.missing_eyes"), tag, "warning"))
        if self._kind not in _KINDS_WITH_BLOCKS or not self._blocks.isdisjoint(WHOLE_BLOCKS):
            return
        for path in MANDATORY_BLOCKS:
            if path not in self._blocks and self._catalogue.path_of(path) is not None:
                tag = f"{{{{ {_name_like(path, self._russian, self._catalogue)} }}}}"
                block = Message(f"word.block_{path.partition('.')[2]}")
                text = Message("word.missing_block", {"block": block})
                yield Found(Finding(place, "missing_block", text, tag, "warning"))


class _Remarks:
    """Remarks ({# … #}) that go over several paragraphs: what stands in them is no tag."""

    def __init__(self, held: list[Paragraph]) -> None:
        self._held = held
        self._last: dict[str, int] | None = None
        self._numbers = {paragraph.element: number for number, paragraph in enumerate(held)}
        self._open = ""

    def without(self, text: str, paragraph: Paragraph) -> str:
        """The text of the next paragraph with blanks in place of what belongs to a remark over several."""
        if self._open == paragraph.part:
            end = text.find("#}")
            if end < 0:
                return " " * len(text)
            self._open = ""
            text = " " * (end + 2) + text[end + 2 :]
        if "{#" in text:
            begun = next((one for one in scan(text, lambda name: False)[1] if one.remark), None)
            if begun is not None and self._ends_later(paragraph):
                self._open = paragraph.part
                return text[: begun.start] + " " * (len(text) - begun.start)
        return text

    def _ends_later(self, paragraph: Paragraph) -> bool:
        if self._last is None:
            self._last = {one.part: number for number, one in enumerate(self._held) if "#}" in one.text}
        return self._last.get(paragraph.part, -1) > self._numbers[paragraph.element]


class _Elsewhere:
    """Says of which other kind of document a name is a field: «internal:brief», «outgoing:cover»; None where of none."""

    def __init__(self, kind: str) -> None:
        self._kind = kind

    def __call__(self, name: str) -> str | None:
        for other in KINDS:
            if other != self._kind and catalogue_of(other).path_of(name) is not None:
                return f"{'internal' if other in INTERNAL else 'outgoing'}:{other}"
        return None


def _name_like(path: str, russian: bool, catalogue: Catalogue) -> str:
    """The name of a field in the language in which the template's tags are written."""
    names = sorted(name for name in catalogue.names if catalogue.path_of(name) == path)
    return next((name for name in names if name.isascii() != russian), path)


def _broken_found(item: BrokenTag, paragraph: Paragraph, text: str) -> Found:
    if item.remark:
        said = Message("word.remark_unclosed", {"tag": cut(text[item.start :], 60)})
        shown = around(text, item.start, item.end)
        return Found(Finding(paragraph.place, "unclosed", said, "", "error", shown, paragraph.part))
    repair_kind = SAFE if item.suggestion else ""
    finding = Finding(
        paragraph.place,
        "syntax",
        Message("word.tag_broken", {"tag": cut(item.raw, 60)}),
        item.suggestion,
        "error",
        around(text, item.start, item.end),
        paragraph.part,
        repair_kind,
    )
    edit = Edit(paragraph, item.start, item.end, lambda raw: item.suggestion)
    return Found(finding, (edit,) if item.suggestion else ())


def _mixed_text(text: str, tags: list[Tag], paragraph: Paragraph) -> Iterator[Found]:
    outside = list(text)
    for tag in tags:
        outside[tag.start : tag.end] = " " * (tag.end - tag.start)
    bare = "".join(outside)
    for start, word, better in mixed_words(bare):
        said = Message("word.mixed_word", {"word": word})
        shown = around(text, start, start + len(word))
        finding = Finding(
            paragraph.place, "mixed_letters", said, better, "warning", shown, paragraph.part, GUESS
        )
        yield Found(finding, (Edit(paragraph, start, start + len(word), unmixed),))


def _split(spot: Spot, order: _Order) -> tuple[Found | None, bool]:
    """A finding when the pieces of a tag look different or are not plain text; whether it is split at all."""
    tag = spot.tag
    touched = order.touched(tag.start, tag.end)
    join = (spot.edit(lambda raw: raw),)
    if len(touched) > 1 and order.object_between(touched[0], touched[-1]):
        return spot.found("split_tag", "word.tag_with_object"), True
    if any(piece.element.tag != w("t") for piece in touched):
        better = " ".join(tag.raw.split())
        edits = (spot.edit(lambda raw: " ".join(raw.split())),)
        return spot.found("split_tag", "word.tag_with_break", better, repair=SAFE, edits=edits), True
    if len({_look(piece.run) for piece in touched}) > 1:
        return spot.found("split_tag", "word.tag_split", tag.raw, "warning", repair=SAFE, edits=join), True
    return None, len(touched) > 1


class _Order:
    """Where the pieces of a paragraph begin, and where pictures, notes and fields stand between them.

    Asked for every tag of a paragraph, so each list is made once.
    """

    def __init__(self, paragraph: Element, pieces: list[Piece]) -> None:
        self._paragraph = paragraph
        self._pieces = pieces
        self._starts = [0, *accumulate(len(piece.text) for piece in pieces)]
        self._numbers: dict[Element, int] | None = None
        self._objects: list[int] = []

    def touched(self, start: int, end: int) -> list[Piece]:
        """The pieces that the letters [start, end) stand in."""
        first = bisect_right(self._starts, start) - 1
        last = bisect_left(self._starts, end)
        return [piece for piece in self._pieces[first:last] if piece.text]

    def object_between(self, first: Piece, last: Piece) -> bool:
        """Whether a picture, a note's mark or a field stands between two pieces; inside a tag it would be lost."""
        if self._numbers is None:
            self._numbers = {}
            for number, node in enumerate(self._paragraph.iter()):
                self._numbers[node] = number
                if isinstance(node.tag, str) and local(node.tag) in _OBJECTS:
                    self._objects.append(number)
        at = bisect_right(self._objects, self._numbers[first.element])
        return at < len(self._objects) and self._objects[at] < self._numbers[last.element]


def _look(run: Element) -> str:
    properties = run.find(w("rPr"))
    if properties is None:
        return ""
    return " ".join(
        sorted(
            f"{local(item.tag)}{sorted(item.items())}"
            for item in properties
            if local(item.tag) not in _UNSEEN
        )
    )
