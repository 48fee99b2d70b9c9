"""The template doctor (R9): what is wrong with the tags of a Word template, where, and what to write instead."""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from itertools import islice
from typing import Final, Protocol

from kamdesk.documents import vetting
from kamdesk.documents.findings import Finding
from kamdesk.documents.mixed_letters import mixed_words, unmixed_name
from kamdesk.documents.ooxml.names import local, w
from kamdesk.documents.ooxml.package import Package
from kamdesk.documents.ooxml.walk import Paragraph, Piece, paragraphs, replace_text
from kamdesk.documents.ooxml.xml import Element
from kamdesk.documents.tagcheck import TagChecker, names_in
from kamdesk.documents.tags import BrokenTag, Tag, damaged, repaired, scan
from kamdesk.model.messages import KamdeskError, Message

MANDATORY_BLOCKS: Final = ("block.effect", "block.uniqueness", "block.exclusivity")
"""R4: benefit, uniqueness and exclusivity are mandatory; the whole text holds them all."""
MOST_FINDINGS: Final = 500
"""Nobody reads more; a hostile file could have a million."""
WHOLE_BLOCKS: Final = ("block.all", "block.body")
_KINDS_WITH_BLOCKS: Final = frozenset({"group", "variant"})
_UNSEEN: Final = frozenset({"lang", "noProof", "rFonts"})


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


def check(data: bytes, catalogue: Catalogue, kind: str, origin: str = vetting.FOREIGN) -> tuple[Finding, ...]:
    """Everything found in a template for documents of ``kind`` (group, variant, cover), in reading order.

    Never raises for a bad file: a file that is refused gives the reason as its only findings. ``origin`` is that of
    :func:`kamdesk.documents.vetting.vet`: in the user's own file what cleaning takes out is a warning.
    """
    report = vetting.vet(data, origin)
    if any(finding.kind == "refused" for finding in report.findings):
        return report.findings
    try:
        found = tuple(islice(_check_text(Package.read(data), catalogue, kind), MOST_FINDINGS))
    except KamdeskError as error:
        found = (Finding(Message("word.at_document"), "refused", error.message),)
    return report.findings + found


def repair(data: bytes, catalogue: Catalogue) -> Repaired:
    """Put split tags together and turn autocorrect's letters back; names that are guesses are left to the user.

    Raises KamdeskError when the file cannot be read.
    """
    package = Package.read(data)
    done: list[Finding] = []
    for paragraph in paragraphs(package):
        pieces = paragraph.pieces
        better_tags = _repairs("".join(piece.text for piece in pieces), pieces, catalogue)
        # From the end, so that the places of the tags before it stay true.
        for start, end, _, better in reversed(better_tags):
            package.edit(paragraph.part)
            replace_text(pieces, start, end, better)
        for _, _, raw, better in better_tags:
            done.append(
                Finding(
                    paragraph.place, "repaired", Message("word.repaired_tag", {"tag": raw}), better, "warning"
                )
            )
    return Repaired(package.write() if done else data, tuple(done))


def used_fields(data: bytes, catalogue: Catalogue) -> tuple[tuple[str, Message], ...]:
    """The stable paths of the fields and blocks a template uses, each with its first place.

    Whoever has the values tells from it what would come out blank. Raises KamdeskError when the file cannot be read.
    """
    found: dict[str, Message] = {}
    for paragraph in paragraphs(Package.read(data)):
        tags, _ = scan(paragraph.text, lambda name: False)
        for tag in tags:
            for name in names_in(tag):
                path = catalogue.path_of(name)
                if path is not None:
                    found.setdefault(path, paragraph.place)
    return tuple(found.items())


# --- checking ----------------------------------------------------------------------------------------------


def _check_text(package: Package, catalogue: Catalogue, kind: str) -> Iterator[Finding]:
    blocks: set[str] = set()
    first_split: Message | None = None
    splits = tags_seen = 0
    russian = False
    checker: TagChecker | None = None
    part = ""
    for paragraph in paragraphs(package):
        if checker is None or paragraph.part != part:
            yield from checker.finish() if checker is not None else ()
            checker, part = TagChecker(catalogue), paragraph.part
        pieces = paragraph.pieces
        text = "".join(piece.text for piece in pieces)
        tags, broken = scan(text, lambda name: catalogue.path_of(name) is not None)
        tags_seen += len(tags) + len(broken)
        russian = russian or any(not tag.inner.isascii() for tag in tags)
        items: list[Tag | BrokenTag] = [*tags, *broken]
        for item in sorted(items, key=lambda found: found.start):
            if isinstance(item, BrokenTag):
                yield _broken_finding(item, paragraph)
                continue
            yield from checker.check(item, paragraph, text)
            finding, split = _split(item, pieces, paragraph.place)
            if finding is not None:
                yield finding
            elif split:
                splits += 1
                first_split = first_split or paragraph.place
        yield from _mixed_text(text, tags, paragraph.place)
        blocks |= checker.blocks
    yield from checker.finish() if checker is not None else ()
    if splits and first_split is not None:
        yield Finding(first_split, "split_tag", Message("word.tags_split", {"n": splits}), severity="warning")
    yield from _whole(catalogue, kind, blocks, tags_seen, russian)


def _whole(
    catalogue: Catalogue, kind: str, blocks: set[str], tags_seen: int, russian: bool
) -> Iterator[Finding]:
    place = Message("word.at_document")
    if not tags_seen:
        yield Finding(place, "no_tags", Message("word.no_tags"), severity="warning")
        return
    if kind not in _KINDS_WITH_BLOCKS or not blocks.isdisjoint(WHOLE_BLOCKS):
        return
    for path in MANDATORY_BLOCKS:
        if path not in blocks and catalogue.path_of(path) is not None:
            tag = f"{{{{ {_name_like(path, russian, catalogue)} }}}}"
            text = Message("word.missing_block", {"block": Message(f"word.block_{path.partition('.')[2]}")})
            yield Finding(place, "missing_block", text, tag, "warning")


def _name_like(path: str, russian: bool, catalogue: Catalogue) -> str:
    """The name of a field in the language in which the template's tags are written."""
    names = sorted(name for name in catalogue.names if catalogue.path_of(name) == path)
    return next((name for name in names if name.isascii() != russian), path)


def _broken_finding(item: BrokenTag, paragraph: Paragraph) -> Finding:
    return Finding(
        paragraph.place, "syntax", Message("word.tag_broken", {"tag": _short(item.raw)}), item.suggestion
    )


def _mixed_text(text: str, tags: list[Tag], place: Message) -> Iterator[Finding]:
    outside = list(text)
    for tag in tags:
        outside[tag.start : tag.end] = " " * (tag.end - tag.start)
    for word, better in mixed_words("".join(outside)):
        yield Finding(place, "mixed_letters", Message("word.mixed_word", {"word": word}), better, "warning")


def _split(tag: Tag, pieces: list[Piece], place: Message) -> tuple[Finding | None, bool]:
    """A finding when the pieces of a tag look different or are not plain text; whether it is split at all."""
    touched = _touched(pieces, tag.start, tag.end)
    params = {"tag": _short(tag.raw)}
    if any(piece.element.tag != w("t") for piece in touched):
        return Finding(place, "split_tag", Message("word.tag_with_break", params), repaired(tag.raw)), True
    if len({_look(piece.run) for piece in touched}) > 1:
        return Finding(place, "split_tag", Message("word.tag_split", params), tag.raw, "warning"), True
    return None, len({piece.run for piece in touched}) > 1


def _touched(pieces: list[Piece], start: int, end: int) -> list[Piece]:
    found, at = [], 0
    for piece in pieces:
        if at < end and at + len(piece.text) > start:
            found.append(piece)
        at += len(piece.text)
    return found


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


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= 60 else line[:59] + "…"


# --- repairing ---------------------------------------------------------------------------------------------


def _repairs(text: str, pieces: list[Piece], catalogue: Catalogue) -> list[tuple[int, int, str, str]]:
    """(start, end, before, after) of each tag of a paragraph that gets better, in order."""
    tags, broken = scan(text, lambda name: catalogue.path_of(name) is not None)
    found = [(item.start, item.end, item.raw, item.suggestion) for item in broken if item.suggestion]
    for tag in tags:
        better = repaired(tag.raw) if damaged(tag.raw) else tag.raw
        name = repaired(tag.inner).strip()
        if (
            tag.kind == "expression"
            and catalogue.path_of(name) is None
            and (certain := _certain(name, catalogue))
        ):
            better = f"{{{{ {certain} }}}}"
        split = len({piece.element for piece in _touched(pieces, tag.start, tag.end)}) > 1
        if better != tag.raw or split:
            found.append((tag.start, tag.end, tag.raw, better))
    return sorted(found)


def _certain(name: str, catalogue: Catalogue) -> str:
    """The field that a name can only mean: other letters that look alike, or a capital that Word put in; "" if none."""
    for candidate in (unmixed_name(name), name.lower(), unmixed_name(name).lower()):
        if candidate != name and catalogue.path_of(candidate) is not None:
            return candidate
    return ""
