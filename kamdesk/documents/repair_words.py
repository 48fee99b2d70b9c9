"""Says what a repair changed where both readings look alike: letters of the other script, unseen spaces, a tag cut into pieces."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from typing import Final

from kamdesk.documents.mixed_letters import twins
from kamdesk.model.messages import Message

SEAM: Final = "┊"
"""Stands between the pieces of a tag that Word keeps in several."""
_NAMED: Final = 8  # letters that one sentence can list
_COMPARED: Final = 500  # letters of a tag that are looked at one by one


def what_changed(before: str, after: str, pieces: Sequence[str]) -> Message:
    """The sentence about one repaired place. Its ``tag`` is ``before``; ``pieces`` the same with a seam where it was cut,
    "" where the readings differ to the eye or it was in one piece."""
    said = [*_letters(before, after)]
    if _unseen(before) and not _unseen(after):
        said.append(Message("word.repaired_spaces"))
    cut = ""
    if before == after and len(pieces) > 1:
        cut = SEAM.join(pieces)
        said.append(Message("word.repaired_joined", {"n": len(pieces)}))
    params = {"tag": before, "pieces": cut}
    if not said:
        return Message("word.repaired_tag", params)
    whole = said[0]
    for more in said[1:]:
        whole = Message("word.repaired_and", {"first": whole, "then": more})
    return Message(whole.code, {**whole.params, **params})


def _letters(before: str, after: str) -> Iterator[Message]:
    """The letters that became their twins of the other script."""
    found: dict[str, dict[str, None]] = {"cyrillic": {}, "latin": {}}
    matcher = SequenceMatcher(None, before[:_COMPARED], after[:_COMPARED], autojunk=False)
    for tag, i, j, k, m in matcher.get_opcodes():
        if tag == "replace" and j - i == m - k:
            for old, new in zip(before[i:j], after[k:m], strict=True):
                if twins(old, new):
                    found["latin" if new.isascii() else "cyrillic"][old] = None
    for script, letters in found.items():
        if letters:
            shown = ", ".join(f"«{one}»" for one in list(letters)[:_NAMED])
            yield Message(f"word.repaired_{script}", {"letters": shown, "n": len(letters)})


def _unseen(text: str) -> bool:
    return any(sign != " " and unicodedata.category(sign) in ("Zs", "Cf") for sign in text)
