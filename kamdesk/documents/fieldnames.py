"""Names of fields as a template writes them: the nearest known one, and names that clients must never be shown."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from collections.abc import Set as AbstractSet
from functools import lru_cache
from typing import Final

from kamdesk.documents.mixed_letters import unmixed_name

PRIVATE_WORDS: Final = frozenset(
    (
        "stance influence lens coverage ladder favours favors note notes hobby hobbies family wife husband children birthday "
        "birth fact facts criteria criterion promise promises adaptability sensitivity confidence judgement evidence margin "
        "dependence tactics private topics values favourite gift gifts secret temperament weakness pain trust "
        "отношение влияние линза контакт заметка заметки хобби увлечение увлечения семья жена муж дети рождения факт факты "
        "критерий критерии обещание обещания новаторство роль маржа зависимость тактика личное темы ценности подарок подарки "
        "доверие участие слабость темперамент боль"
    ).split()
)
"""Words of the dossier (terms.md) that no client-facing kind of document has; found in any part of a name."""
_APART: Final = re.compile(r"\w+(?:[\s.,;:/\\|·-]+\w+)+")
_DOTTED: Final = re.compile(r"[\w.]+")
_LONGEST: Final = 80
_GAPS: Final = re.compile(r"[\W_]+")
_ENOUGH: Final = 60


def is_private(name: str) -> bool:
    """Whether an unknown name asks for something of the dossier."""
    return not PRIVATE_WORDS.isdisjoint(re.split(r"[._]", name.casefold()))


def nearest(name: str, known: AbstractSet[str]) -> str:
    """The known name most like this one, at whatever depth it was written; "" when nothing comes near.

    «client.nmae.first» and «proposal.client.name» lead to «client.name» like «client.nmae» does.
    """
    from rapidfuzz import fuzz

    written = name.casefold()
    parts = written.split(".")
    pairs = {".".join(parts[at : at + 2]) for at in range(len(parts) - 1)}
    best, best_score = "", 0.0
    for candidate in sorted(known):
        folded = candidate.casefold()
        leaf = folded.rpartition(".")[2]
        score = fuzz.ratio(written, folded)
        score = max(score, *(fuzz.ratio(pair, folded) * 0.98 for pair in pairs), 0.0)
        score = max(score, *(fuzz.ratio(part, leaf) * 0.75 for part in parts[-1:]))
        if score > best_score:
            best, best_score = candidate, score
    return best if best_score >= _ENOUGH else ""


def nearest_word(word: str, known: AbstractSet[str]) -> str:
    """The known filter or keyword most like a word; "" when nothing comes near."""
    from rapidfuzz import fuzz

    scored = sorted((-fuzz.ratio(word.casefold(), one), one) for one in known)
    return scored[0][1] if scored and -scored[0][0] >= 65 else ""


def certain(name: str, path_of: Callable[[str], str | None]) -> str:
    """The field that a name can only mean: other letters that look alike, or a capital that Word put in; "" if none."""
    for candidate in (unmixed_name(name), name.lower(), unmixed_name(name).lower()):
        if candidate != name and path_of(candidate) is not None:
            return candidate
    return ""


def squeezed(text: str, known: AbstractSet[str]) -> str:
    """The field meant by a name written with spaces, commas or dashes in place of dots: «client, name»; "" if none."""
    if len(text) > _LONGEST or not _APART.fullmatch(text) or _DOTTED.fullmatch(text):
        return ""
    if text.partition("|")[0].strip() in known:
        return ""  # «сумма|прописью» is a filter, though there is a field «сумма_прописью»
    return _bare(frozenset(known)).get(_GAPS.sub("", text.casefold()), "")


@lru_cache(maxsize=16)
def _bare(known: frozenset[str]) -> Mapping[str, str]:
    """Names without dots and underscores, with the names."""
    return {_GAPS.sub("", name.casefold()): name for name in sorted(known, reverse=True)}
