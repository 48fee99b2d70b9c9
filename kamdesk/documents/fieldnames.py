"""Names of fields as a template writes them: the nearest known one, and names that clients must never be shown."""

from __future__ import annotations

import re
from collections.abc import Set as AbstractSet
from typing import Final

PRIVATE_WORDS: Final = frozenset(
    (
        "stance influence lens coverage ladder favours favors note notes hobby hobbies family wife husband children birthday "
        "birth fact facts criteria criterion promise promises adaptability sensitivity confidence judgement evidence margin "
        "dependence tactics private topics values favourite gift gifts secret "
        "отношение влияние линза контакт заметка заметки хобби увлечение увлечения семья жена муж дети рождения факт факты "
        "критерий критерии обещание обещания новаторство роль маржа зависимость тактика личное темы ценности подарок подарки "
        "доверие участие"
    ).split()
)
"""Words of the dossier (terms.md) that no client-facing kind of document has; found in any part of a name."""


def is_private(name: str) -> bool:
    """Whether an unknown name asks for something of the dossier."""
    return not PRIVATE_WORDS.isdisjoint(re.split(r"[._]", name.casefold()))


def nearest(name: str, known: AbstractSet[str]) -> str:
    """The known name most like this one, at whatever depth it was written; "" when nothing comes near."""
    from rapidfuzz import fuzz

    written = name.casefold()
    leaf = written.rpartition(".")[2]
    tail = ".".join(written.split(".")[-2:])
    best, best_score = "", 0.0
    for candidate in sorted(known):
        folded = candidate.casefold()
        score = max(fuzz.ratio(written, folded), fuzz.ratio(tail, folded) * 0.98)
        score = max(score, fuzz.ratio(leaf, folded.rpartition(".")[2]) * 0.75)
        if score > best_score:
            best, best_score = candidate, score
    return best if best_score >= 60 else ""
