"""How large a card of the influence map is and which words fit on it.

Widths of words are computed for Arial (and what has its measures), because below the windows nobody measures fonts: a little
too wide rather than too narrow. Pixels at 100 %.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from kamdesk.model.influence import MapNode
from kamdesk.model.values import PersonName

COMPACT_ABOVE: Final = 60
"""With more cards than this each is drawn small: name and one line of the job title."""

# Advance widths in thousandths of the size, of Arial and the metrically equal Liberation Sans.
_ADVANCES: Final = (
    (191, "'"), (222, "ijl’"), (260, "|"), (278, "!,./:;I[]ft \\\u00a0"), (333, "()-`r·"), (355, '"{}'), (365, "г"),
    (389, "*"), (438, "к"), (458, "зт^"), (500, "Jcksvxyzсухэ"), (521, "чьв"), (542, "Гп"), (552, "ян"),
    (556, "#$0123456789?L_abdeghnopquаеорё«»–ий"), (573, "бц"), (583, "Кдл+<=>~"), (604, "ЗFTZТ"), (635, "Уъ"),
    (656, "БЛЬЧ"), (667, "&ABEKPSVXYАВЕРХЁж"), (677, "Дм"), (719, "ИЙПЭыCDHNRUwНСЯ"), (740, "Цю"), (760, "Ф"),
    (778, "GOQО"), (792, "Ъш"), (823, "фщ"), (833, "MmМ"), (885, "Ы%"), (923, "ШЖЩW"), (1010, "—…Ю@№"),
)  # fmt: skip
_WIDTHS: Final = {sign: width / 1000 for width, signs in _ADVANCES for sign in signs}
_SPARE: Final = 1.02
_BOLD: Final = 1.07


@dataclass(frozen=True, slots=True)
class CardStyle:
    """The measures of a card: width, sizes of the words, height of a line of the title, lines of the title at most."""

    width: float
    name: float
    title: float
    line: float
    title_lines: int
    pad: float


_STYLES: Final = {
    3: CardStyle(188, 14.5, 12, 15, 2, 9),
    2: CardStyle(174, 13, 11.5, 14, 2, 8),
    1: CardStyle(164, 12.5, 11, 13.5, 2, 7),
    0: CardStyle(156, 12, 11, 13.5, 2, 6),
}
_COMPACT: Final = {
    3: CardStyle(164, 13, 11, 13.5, 1, 6),
    2: CardStyle(152, 12, 10.5, 13, 1, 5),
    1: CardStyle(142, 11.5, 10.5, 13, 1, 4),
    0: CardStyle(136, 11.5, 10.5, 13, 1, 4),
}
MARK: Final = 22
"""Room for the mark of stance at the right end of the name."""


def style_of(node: MapNode, compact: bool = False) -> CardStyle:
    """The measures for the influence of the one on the card; unknown counts as weak, a vacant seat as none."""
    known = 0 if node.ghost else 1 if node.influence is None else min(max(node.influence, 0), 3)
    return (_COMPACT if compact else _STYLES)[known]


def card_size(node: MapNode, compact: bool = False) -> tuple[float, float]:
    """Width and height: name, title in as many lines as it needs, a line for parts, a line for an expected change."""
    style = style_of(node, compact)
    lines = len(title_lines(node, style))
    extra = 0 if compact else bool(node.parts) + bool(node.changes)
    name = 0.0 if node.ghost and node.title else style.name * 1.25
    vacant = style.line if node.ghost else 0.0
    height = 2 * style.pad + name + vacant + lines * style.line + extra * (style.line + 1)
    return style.width, round(height + 2)


def title_lines(node: MapNode, style: CardStyle) -> tuple[str, ...]:
    """The job title broken into the lines it may take; the last one ends in "…" where it is too long."""
    return wrapped(node.title, style.width - 2 * style.pad - 8, style.title, style.title_lines)


def text_width(text: str, size: float, bold: bool = False) -> float:
    """About how wide the words are in Arial of ``size`` pixels."""
    share = sum(map(_share, text))
    return share * size * _SPARE * (_BOLD if bold else 1)


def _share(sign: str) -> float:
    width = _WIDTHS.get(sign)
    if width is not None:
        return width
    # Ideographs and the like are square; letters that are not listed count as wide ones.
    return 1.0 if ord(sign) >= 0x1100 else 0.72


def fitted(text: str, width: float, size: float, bold: bool = False) -> str:
    """The words, cut with "…" where they would be wider than ``width``."""
    if text_width(text, size, bold) <= width:
        return text
    room = width - text_width("…", size, bold)
    kept = 0.0
    for at, sign in enumerate(text):
        kept += text_width(sign, size, bold)
        if kept > room:
            return text[:at].rstrip(" ,.;:-–—(«") + "…"
    return text


@lru_cache(maxsize=2048)
def wrapped(text: str, width: float, size: float, most: int) -> tuple[str, ...]:
    """The words in at most ``most`` lines of ``width``; () for no words."""
    words = text.split()
    lines: list[str] = []
    while words and len(lines) < most:
        if len(lines) == most - 1:
            return (*lines, fitted(" ".join(words), width, size))
        line = words.pop(0)
        while words and text_width(f"{line} {words[0]}", size) <= width:
            line = f"{line} {words.pop(0)}"
        lines.append(fitted(line, width, size))
    return tuple(lines)


def short_name(name: PersonName) -> str:
    """«Иванов П. С.» in Russian order where the name is written in Cyrillic, "Eamon Harkin" else."""
    if not name.family or not is_cyrillic(name.full()):
        return " ".join(part for part in (name.given, name.family) if part) or name.middle
    initials = " ".join(f"{part[0]}." for part in (name.given, name.middle) if part)
    return f"{name.family} {initials}".strip()


def full_name(name: PersonName) -> str:
    """The full name in the order of its own script."""
    return name.full("ru" if is_cyrillic(name.full()) else "en")


def is_cyrillic(text: str) -> bool:
    """Whether any letter is Cyrillic."""
    return any("\u0400" <= sign <= "\u04ff" for sign in text)
