"""Which blocks a kind of document has and in which order, as long as nobody decided otherwise (R4)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

KINDS: Final = ("group", "variant", "cover")
_PROPOSAL: Final = (
    "figures", "understanding", "uniqueness", "why_us", "exclusivity", "benefit", "solution", "schedule", "cases",
    "recommenders", "price", "terms", "validity", "next_step", "team", "signature", "annexes",
)  # fmt: skip
_LETTER: Final = ("why_us", "validity", "next_step", "annexes", "signature", "team")
USUAL: Final[Mapping[str, tuple[str, ...]]] = {"group": _PROPOSAL, "variant": _PROPOSAL, "cover": _LETTER}
"""Codes of the vocabulary ``block`` by kind of document; a letter has no others. Number, date and addressee stand in
the head of every document and are no matter of choice."""
STANDING: Final[Mapping[str, frozenset[str]]] = {
    "group": frozenset({"figures", "signature", "annexes"}),
    "variant": frozenset({"figures", "signature", "annexes"}),
    "cover": frozenset({"annexes", "signature", "team"}),
}
"""Blocks that may be left out but have their place: the key figures below the title, the others at the end."""


def order_of(kind: str, chosen: Sequence[str]) -> tuple[str, ...]:
    """The blocks of a document: as chosen, unless nothing was; codes that the kind does not have are passed over."""
    usual = USUAL[kind]
    return tuple(code for code in dict.fromkeys(chosen) if code in usual) or usual
