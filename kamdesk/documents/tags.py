"""Tags as people type them into Word: found in a paragraph's text, repaired where autocorrect spoilt them."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Final

_WHOLE: Final = re.compile(
    r"\{\{(?P<expression>.*?)\}\}|\{%(?P<statement>.*?)%\}|\{#(?P<comment>.*?)#\}", re.DOTALL
)
_MARKS: Final = re.compile(r"\{\{|\{%|\{#|\}\}|%\}|#\}")
_CLOSERS: Final = {"{{": "}}", "{%": "%}", "{#": "#}"}
_BROKEN: Final = re.compile(
    r"(?P<open>\{\s*[{%]|\{)(?P<inner>[^{}%]*)(?P<close>[}%]\s*\}|\})?|(?P<stray>\}\s*\}|%\s*\})"
)
PREFIXES: Final = ("p", "tr", "tc", "r")
"""docxtpl's marks: a tag with one takes its paragraph, row, cell or run out of the document."""
_PREFIX: Final = re.compile(r"(?P<prefix>p|tr|tc|r)\s+(?=\S)")
_STRINGS: Final = re.compile(r"\"(?:[^\"\\]|\\.)*\"|'(?:[^'\\]|\\.)*'")
_PATH: Final = re.compile(r"[^\W\d]\w*(?:\.\w+)+\Z")
_REPAIR: Final = {
    **dict.fromkeys("«»“”„‟\u2033", '"'),
    **dict.fromkeys("‘’‚‛‹›\u2032", "'"),
    **dict.fromkeys("–—−\u2010\u2011\u2012\u2015", "-"),
    **dict.fromkeys("\u00a0\u202f\u2000\u2001\u2002\u2003\u2007\u2008\u2009\u200a\u3000\t\n", " "),
    **dict.fromkeys("\u200b\u200c\u200d\u200e\u200f\u2060\ufeff\u00ad", ""),
    **dict.fromkeys("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069", ""),
}
_QUOTE: Final = "\"'«»“”„‟‘’‚‛‹›\u2032\u2033"
_QUOTED_NAME: Final = re.compile(
    rf"\A(?P<before>(?:(?:if|elif)\b)?\s*)[{_QUOTE}]\s*(?P<name>[^\W\d]\w*\.\w+)\s*[{_QUOTE}](?=\s*(?:\||\Z))"
)
_DAMAGE: Final = re.compile(f"[{''.join(_REPAIR)}]")
_VISIBLE_DAMAGE: Final = re.compile("[" + "".join(_REPAIR).replace("\t", "").replace("\n", "") + "]")


@dataclass(frozen=True, slots=True)
class Tag:
    """A whole tag. ``kind`` is expression, statement or comment; ``inner`` is without braces, place prefix and dashes.

    ``start`` and ``end`` count letters of the paragraph's text; ``prefix`` is docxtpl's p, tr, tc, r or "".
    """

    kind: str
    raw: str
    inner: str
    start: int
    end: int
    prefix: str = ""

    @property
    def word(self) -> str:
        """The first word of a statement: for, if, endfor …"""
        found = re.match(r"\w+", self.inner)
        return found[0] if found and self.kind == "statement" else ""


@dataclass(frozen=True, slots=True)
class BrokenTag:
    """Braces that do not make a tag. ``suggestion`` is the whole tag where it can be told. ``remark``: the beginning of one
    that has no end in this text; it swallows all that follows."""

    raw: str
    suggestion: str
    start: int
    end: int
    remark: bool = False


def scan(text: str, is_known: Callable[[str], bool]) -> tuple[list[Tag], list[BrokenTag]]:
    """The tags of a paragraph and what looks like the ruin of one, both in order."""
    tags: list[Tag] = []
    rest: list[tuple[int, int]] = []
    remark = _whole_tags(text, 0, tags, rest, remarks=True)
    if remark is None:
        return tags, _ruins(text, rest, is_known)
    # No end of a remark follows, or it would have ended this one.
    first, _ = rest.pop()
    rest.append((first, remark))
    _whole_tags(text, remark + 2, tags, rest, remarks=False)
    begun = BrokenTag(text[remark : remark + 2], "", remark, remark + 2, remark=True)
    return tags, sorted([*_ruins(text, rest, is_known), begun], key=lambda one: one.start)


def _ruins(text: str, rest: list[tuple[int, int]], is_known: Callable[[str], bool]) -> list[BrokenTag]:
    return [found for start, end in rest for found in _broken(text, start, end, is_known)]


def _whole_tags(
    text: str, done: int, tags: list[Tag], rest: list[tuple[int, int]], *, remarks: bool
) -> int | None:
    """Put the whole tags from ``done`` on into ``tags`` and the stretches between them into ``rest``; gives where a remark
    begins that has no end. Without ``remarks`` none begins."""
    opening: re.Match[str] | None = None
    # One pass over the braces: searching for whole tags again and again would take ages on a text of "{{{{{{".
    for mark in _MARKS.finditer(text, done):
        if mark[0] in _CLOSERS:
            comment = opening is not None and opening[0] == "{#"
            if not comment and (remarks or mark[0] != "{#"):
                opening = mark
        elif opening is not None and _CLOSERS[opening[0]] == mark[0]:
            whole = _WHOLE.fullmatch(text, opening.start(), mark.end())
            if whole is not None:
                tags.append(_tag(whole))
                rest.append((done, opening.start()))
                done = mark.end()
            opening = None
    rest.append((done, len(text)))
    return opening.start() if opening is not None and opening[0] == "{#" else None


def _tag(match: re.Match[str]) -> Tag:
    kind = str(match.lastgroup)
    inner = match[kind]
    prefix = _PREFIX.match(inner) if kind != "comment" else None
    if prefix is not None:
        inner = inner[prefix.end() :]
    inner = re.sub(r"\A[-+]|[-+]\Z", "", inner) if kind != "comment" else inner
    return Tag(kind, match[0], inner.strip(), match.start(), match.end(), prefix["prefix"] if prefix else "")


def damaged(tag: str) -> bool:
    """Whether a tag holds typographic letters outside its strings: quotes, dashes, hard spaces."""
    return _VISIBLE_DAMAGE.search(_STRINGS.sub("", tag)) is not None


def repaired(tag: str) -> str:
    """The tag with what Word's autocorrect put in turned back; proper strings stay as they are."""
    pieces = []
    at = 0
    for match in _STRINGS.finditer(tag):
        pieces += [_DAMAGE.sub(lambda letter: _REPAIR[letter[0]], tag[at : match.start()]), match[0]]
        at = match.end()
    return "".join(pieces) + _DAMAGE.sub(lambda letter: _REPAIR[letter[0]], tag[at:])


def quoted_name(tag: Tag) -> str:
    """The dotted name in quotes that a tag begins with, which would be written out as it stands; "" where none is."""
    match = _QUOTED_NAME.match(tag.inner)
    return match["name"] if match is not None else ""


def unquoted(raw: str, name: str, right: str = "") -> str:
    """The tag with a name in quotes bare (as ``right`` where that is given), and with autocorrect's letters turned back."""
    bare = re.compile(rf"[{_QUOTE}]\s*{re.escape(name)}\s*[{_QUOTE}]")
    return repaired(bare.sub(right or name, raw, count=1))


def mended(tag: Tag, by: Callable[[str], str] = repaired) -> Tag:
    """The tag as it reads once ``by``, a repair, is done: by itself autocorrect's letters are turned back."""
    match = _WHOLE.match(by(tag.raw))
    return replace(_tag(match), start=tag.start, end=tag.end) if match is not None else tag


def _broken(text: str, start: int, end: int, is_known: Callable[[str], bool]) -> list[BrokenTag]:
    found = []
    for match in _BROKEN.finditer(text, start, end):
        raw = match[0].rstrip()
        if match["stray"]:
            found.append(BrokenTag(raw, "", match.start(), match.start() + len(raw)))
            continue
        inner = repaired(match["inner"]).strip()
        doubled = len(match["open"]) > 1 or (match["close"] is not None and len(match["close"]) > 1)
        known = inner.rpartition("|")[0] or inner
        statement = "%" in match["open"] or ("%" in (match["close"] or "") and not is_known(known.strip()))
        name = inner.split(" ")[0] if inner and not statement else ""
        if not doubled and not is_known(inner):
            continue
        if match["close"] is None and name and is_known(name):
            # Without a closing brace the tag ends with its name, the rest is text.
            raw = text[match.start() : match.start() + match[0].index(name) + len(name)]
            inner = name
        suggestion = ""
        if statement and inner:
            suggestion = f"{{% {inner} %}}"
        elif _PATH.match(inner):
            suggestion = f"{{{{ {inner} }}}}"
        found.append(BrokenTag(raw, suggestion, match.start(), match.start() + len(raw)))
    return found
