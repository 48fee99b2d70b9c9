"""The small markup of typed text: ``**bold**``, ``_italic_``, ``[words](https://…)``, lines that begin with "- " or "1. ".

Strict, so that «2*3*4», snake_case and «____» stay what they are: marks stand at the edges of words, in pairs, on one line.
A backslash before something that would be markup says that it is none. Text without markup is unchanged letter by letter.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Final

LINK_SCHEMES: Final = ("http://", "https://", "mailto:")
"""What a link may begin with; anything else is plain text."""
BULLET, NUMBER, TEXT = "bullet", "number", "text"
_UNSEEN: Final = "\x00-\x1f\x7f-\x9f\u061c\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufffe\uffff"
"""Signs that nobody sees: in an address they only make it look like another."""
_LONGEST: Final = 2000  # letters between two marks; longer stretches are no markup
_BOLD: Final = re.compile(r"(?<![^\W_])(?<!\*)\*\*(?![\s*])")
_BOLD_END: Final = re.compile(r"(?=(?<![\s*])\*\*(?![^\W_])(?!\*))")
_ITALIC: Final = re.compile(r"(?<!\w)_(?![\s_])")
_ITALIC_END: Final = re.compile(r"(?=(?<![\s_])_(?!\w))")
_LINK: Final = re.compile(
    r"\[([^\[\]\n]{1,%d})\]\(((?:https?://|mailto:)[^\s()<>\"\\%s]{1,%d})\)" % (_LONGEST, _UNSEEN, _LONGEST),
    re.IGNORECASE,
)
_DASHED: Final = re.compile(r"\s*[-–—•*]\s+(?=\S)")
_NUMBERED: Final = re.compile(r"\s*(\d{1,3})[.)]\s+(?=\S)")
_MARKS: Final = re.compile(r"[*_\[\\]")
_DEEPEST: Final = 4


@dataclass(frozen=True, slots=True)
class Piece:
    """Words that look alike. ``link`` is an address of :data:`LINK_SCHEMES` or ""."""

    text: str
    bold: bool = False
    italic: bool = False
    link: str = ""


Pieces = tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """A line: ``kind`` is text, bullet or number."""

    kind: str
    pieces: Pieces


@dataclass(frozen=True, slots=True)
class Span:
    """A construct in a text: ``kind`` is bold, italic, link, escape or list; letters [start, end), of which [inner, inner_end) are words."""

    kind: str
    start: int
    end: int
    inner: int
    inner_end: int


# --- reading ------------------------------------------------------------------------------------------------


def pieces(text: str) -> Pieces:
    """The inline markup of a text; neighbours that look alike are one piece."""
    return joined(_read(text, Piece(""), 0))


def lines(text: str) -> tuple[Line, ...]:
    """The lines that say something, each with its kind; numbers count only as 1, 2, 3 in neighbouring lines."""
    found: list[Line] = []
    number = 0
    for line in text.splitlines():
        kind, said, number = _kind(line, number)
        if said.strip():
            found.append(Line(kind, pieces(said.strip())))
    return tuple(found)


def plain(text: str) -> str:
    """The words without their marks; list marks stay, as they are read in a list or on a card."""
    if not _MARKS.search(text):
        return text
    said = []
    for line in text.split("\n"):
        bare = line[1:] if line.startswith("\\") and _is_listed(line[1:]) else line
        said.append("".join(piece.text for piece in pieces(bare)))
    return "\n".join(said)


def spans(text: str) -> tuple[Span, ...]:
    """Where the markup stands, outer before inner, for highlighting."""
    return tuple(_spans(text, 0, 0))


def _kind(line: str, number: int) -> tuple[str, str, int]:
    """Kind, words and the number reached."""
    if line.startswith("\\") and _is_listed(line[1:]):
        return TEXT, line[1:], 0
    numbered = _NUMBERED.match(line)
    if numbered and int(numbered[1]) == number + 1:
        return NUMBER, line[numbered.end() :], number + 1
    dashed = _DASHED.match(line)
    if dashed:
        return BULLET, line[dashed.end() :], 0
    return TEXT, line, number if not line.strip() else 0


def _is_listed(line: str) -> bool:
    return _DASHED.match(line) is not None or _NUMBERED.match(line) is not None


def _read(text: str, look: Piece, depth: int) -> Iterator[Piece]:
    at = 0
    for span in _outer(text):
        yield replace(look, text=text[at : span.start])
        inside = text[span.inner : span.inner_end]
        if span.kind == "escape":
            yield replace(look, text=inside)
        elif depth >= _DEEPEST:
            yield replace(look, text=text[span.start : span.end])
        elif span.kind == "link":
            address = text[span.inner_end + 2 : span.end - 1]
            yield from _read(inside, replace(look, link=look.link or address), depth + 1)
        else:
            styled = replace(look, bold=True) if span.kind == "bold" else replace(look, italic=True)
            yield from _read(inside, styled, depth + 1)
        at = span.end
    yield replace(look, text=text[at:])


class _Ends:
    """Where bold and italic may end in a text, found once: thousands of marks that nothing ends cost no search each."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._known: dict[str, list[int]] = {}

    def after(self, mark: str, start: int) -> int:
        """The first end behind at least one letter from ``start`` on, on the same line and near enough; else -1."""
        if mark not in self._known:
            pattern = _BOLD_END if mark == "**" else _ITALIC_END
            self._known[mark] = [match.start() for match in pattern.finditer(self._text)]
        known = self._known[mark]
        at = bisect_left(known, start + 1)
        if at == len(known) or known[at] > start + _LONGEST:
            return -1
        return -1 if "\n" in self._text[start : known[at]] else known[at]


def _outer(text: str) -> Iterator[Span]:
    """The constructs of a text from left to right, not what is inside them."""
    at = 0
    ends = _Ends(text)
    while (mark := _MARKS.search(text, at)) is not None:
        span = _at(text, mark.start(), ends)
        if span is None:
            at = mark.start() + 1
        else:
            yield span
            at = span.end


def _at(text: str, at: int, ends: _Ends) -> Span | None:
    """The construct that begins at a letter."""
    if text[at] == "\\":
        held = _at(text, at + 1, ends) if at + 1 < len(text) and text[at + 1] != "\\" else None
        return None if held is None else Span("escape", at, held.end, at + 1, held.end)
    if text[at] == "[":
        match = _LINK.match(text, at)
        return None if match is None else Span("link", at, match.end(), match.start(1), match.end(1))
    for kind, begins, mark in (("bold", _BOLD, "**"), ("italic", _ITALIC, "_")):
        if begins.match(text, at):
            start = at + len(mark)
            end = ends.after(mark, start)
            return None if end < 0 else Span(kind, at, end + len(mark), start, end)
    return None


def _spans(text: str, offset: int, depth: int) -> Iterator[Span]:
    for span in _outer(text):
        yield Span(
            span.kind, span.start + offset, span.end + offset, span.inner + offset, span.inner_end + offset
        )
        if span.kind != "escape" and depth < _DEEPEST:
            yield from _spans(text[span.inner : span.inner_end], offset + span.inner, depth + 1)


def joined(items: Iterable[Piece]) -> Pieces:
    """The pieces without empty ones, neighbours that look alike as one."""
    return tuple(
        Piece("".join(piece.text for piece in group), *look)
        for look, group in groupby(
            (piece for piece in items if piece.text), key=lambda piece: (piece.bold, piece.italic, piece.link)
        )
    )


def cut(items: Sequence[Piece], start: int, end: int) -> Pieces:
    """The letters [start, end) of the joined text."""
    at = 0
    found: list[Piece] = []
    for piece in items:
        first, last = max(start - at, 0), min(end - at, len(piece.text))
        at += len(piece.text)
        if first < last:
            found.append(replace(piece, text=piece.text[first:last]))
    return joined(found)


def trimmed(items: Sequence[Piece]) -> Pieces:
    """The pieces without blanks at both ends."""
    text = "".join(piece.text for piece in items)
    return cut(items, len(text) - len(text.lstrip()), len(text.rstrip()))


# --- writing ------------------------------------------------------------------------------------------------


def written(items: Sequence[Piece]) -> str:
    """One line of markup that :func:`pieces` reads back. Words are never changed; a look that the strict marks cannot say
    (a bold half of a word) is left out."""
    parts = joined(items)
    text = "".join(piece.text for piece in parts)
    for attempt in (_marked(parts), _marked(tuple(replace(piece, italic=False) for piece in parts))):
        if "".join(piece.text for piece in pieces(attempt)) == text:
            return attempt
    return escaped(text)


def written_lines(items: Iterable[Line]) -> str:
    """Lines as text; numbers begin with 1 in each list, a text line that looks like an item is escaped."""
    said: list[str] = []
    number = 0
    for line in items:
        words = written(line.pieces)
        number = number + 1 if line.kind == NUMBER else 0
        if line.kind == TEXT:
            said.append("\\" + words if _is_listed(words) else words)
        else:
            said.append(f"{number}. {words}" if line.kind == NUMBER else f"- {words}")
    return "\n".join(said)


def escaped(text: str) -> str:
    """The text so that nothing of it is read as inline markup."""
    made: list[str] = []
    at = 0
    ends = _Ends(text)
    while (mark := _MARKS.search(text, at)) is not None:
        made.append(text[at : mark.start()])
        span = _at(text, mark.start(), ends) if mark[0] != "\\" else None
        end = span.end if span is not None else mark.start() + 1
        made.append(("\\" if span is not None else "") + text[mark.start() : end])
        at = end
    return "".join(made) + text[at:]


def safe_link(address: str) -> str:
    """The address as a link may carry it; "" for anything but http, https and mailto."""
    clean = "".join(address.split())
    if not clean.lower().startswith(LINK_SCHEMES) or re.search(f"[{_UNSEEN}]", clean):
        return ""
    for sign, code in (("(", "%28"), (")", "%29"), ("<", "%3C"), (">", "%3E"), ('"', "%22"), ("\\", "%5C")):
        clean = clean.replace(sign, code)
    return clean if len(clean) <= _LONGEST else ""


def _marked(parts: Pieces) -> str:
    made = ""
    for bold, group in groupby(parts, key=lambda piece: piece.bold):
        inside = ""
        for italic, alike in groupby(group, key=lambda piece: piece.italic):
            inside += _around("".join(_linked(piece) for piece in alike), "_" if italic else "")
        made += _around(inside, "**" if bold else "")
    return made


def _linked(piece: Piece) -> str:
    words = escaped(piece.text)
    address = safe_link(piece.link)
    return f"[{words}]({address})" if address and not re.search(r"[\[\]\n]", words) else words


def _around(words: str, mark: str) -> str:
    """The words between marks, blanks at the edges outside of them."""
    bare = words.strip()
    if not mark or not bare:
        return words
    start = words.index(bare)
    return f"{words[:start]}{mark}{bare}{mark}{words[start + len(bare) :]}"
