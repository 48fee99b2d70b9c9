"""Words and signs of tags that people write from memory or that Word changes: capitals, «elseif», «&&», a third brace."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any, Final

from kamdesk.documents.fieldnames import nearest_word
from kamdesk.documents.findings import GUESS, SAFE
from kamdesk.documents.found import Edit, Found, Spot
from kamdesk.documents.mixed_letters import unmixed
from kamdesk.documents.tags import PREFIXES

WORDS: Final = frozenset(
    "for if with filter raw set else elif endfor endif endwith endfilter endraw endset".split()
)
_MEANT: Final = {
    "elseif": "elif", "elsif": "elif", "elif:": "elif", "endelse": "endif", "fi": "endif", "foreach": "for", "each": "for",
    "если": "if", "иначе": "else", "для": "for", "конец": "endif", "конецесли": "endif", "конецдля": "endfor", "end": "endif",
}  # fmt: skip
_SIGNS: Final = (
    (re.compile(r"\s*&&\s*"), " and "),
    (re.compile(r"\s*\|\|\s*"), " or "),
    (re.compile(r"!(?!=)\s*"), "not "),
    (re.compile(r"(?<![=!<>])=(?!=)"), "=="),
    (re.compile(r"<>"), "!="),
    (re.compile(r"\bAND\b|\bи\b"), "and"),
    (re.compile(r"\bOR\b|\bили\b"), "or"),
    (re.compile(r"\bNOT\b|\bне\b"), "not"),
    (re.compile(r"\bIN\b|\bиз\b|\bof\b"), "in"),
    (re.compile(r"[:;]\s*\Z"), ""),
)
"""Signs of other languages and what Jinja writes for them."""


def braces(spot: Spot) -> Iterator[Found]:
    """A third brace at either end would stay in the document."""
    start, end, text = spot.tag.start, spot.tag.end, spot.text
    before = text[start - 1 : start] == "{"
    after = text[end : end + 1] == "}"
    if before or after or spot.tag.inner != spot.tag.inner.strip("{}"):
        wide = Edit(spot.paragraph, start - before, end + after, _two)
        yield spot.found("syntax", "word.tag_extra_brace", _two(spot.tag.raw), repair=SAFE, edits=(wide,))


def _two(raw: str) -> str:
    return "{{ " + raw.strip("{} ") + " }}"


def unknown_word(spot: Spot) -> Found:
    """A statement that begins with no word of Jinja, with the word that was meant."""
    inner = spot.tag.inner
    word = spot.tag.word
    what = word or inner[:20]
    if word in PREFIXES and inner[len(word) :].strip():
        # «{% tr for … %}»: docxtpl knows its mark only right behind the sign.
        better = re.sub(rf"\A\{{%-?\s*{word}\s+", f"{{%{word} ", spot.tag.raw)
        return spot.found("wrong_marker", "word.mark_apart", better, repair=SAFE)
    glued = re.match(r"(tr|tc|p)(for|if|endfor|endif|else|elif)\b", inner)
    if glued:
        better = spot.tag.raw.replace(glued[0], f"{glued[1]} {glued[2]}", 1)
        better = re.sub(r"\A\{%-?\s*", "{%", better)
        return spot.found("wrong_marker", "word.mark_apart", better, repair=SAFE)
    right, repair = _right_word(inner, word)
    if not right:
        return spot.found("syntax", "word.tag_unknown_word", what=what)
    better = spot.tag.raw.replace(inner, right)
    return spot.found("syntax", "word.tag_unknown_word", better, repair=repair, what=what)


def _right_word(inner: str, word: str) -> tuple[str, str]:
    """A statement with its first word put right, and how sure that is; "" where it cannot be told."""
    apart = re.match(r"end\s+(for|if|with|filter|raw|set)\b", inner, re.IGNORECASE)
    if apart:
        return f"end{apart[1].lower()}{inner[apart.end() :]}", SAFE
    for candidate in (word.lower(), unmixed(word).lower()):
        if candidate in WORDS:
            return candidate + inner[len(word) :], SAFE
    if word.lower() in _MEANT:
        return _MEANT[word.lower()] + inner[len(word) :], GUESS
    near = nearest_word(word, WORDS) if len(word) > 2 else ""
    return (near + inner[len(word) :], GUESS) if near else ("", "")


def unreadable(spot: Spot, parse: Callable[[str], Any]) -> Found:
    """A tag that Jinja cannot read, with what was probably meant."""
    inner = spot.tag.inner
    better = inner.strip("{}% ")
    if spot.tag.kind == "statement":
        for pattern, sign in _SIGNS:
            better = pattern.sub(sign, better)
    elif "|" in better or "," in better:
        better = better.rstrip("|., ")
    source = (
        f"{{{{ {better} }}}}"
        if spot.tag.kind == "expression"
        else f"{{% {better.replace('elif', 'if', 1) if spot.tag.word == 'elif' else better} %}}{_end(spot.tag.word)}"
    )
    if better and better != inner and parse(source) is not None:
        suggestion = spot.tag.raw.replace(inner, better)
        suggestion = f"{{{{ {better} }}}}" if spot.tag.kind == "expression" else suggestion
        return spot.found("syntax", "word.tag_syntax", suggestion, repair=GUESS)
    return spot.found("syntax", "word.tag_syntax")


def _end(word: str) -> str:
    ends = {"elif": "endif", "set": ""}
    end = ends.get(word, f"end{word}")
    return f"{{% {end} %}}" if end else ""
