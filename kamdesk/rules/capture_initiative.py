"""Whose initiative a captured contact was, where its words say so; "" where they do not (W6 judges it by its kind then)."""

from __future__ import annotations

import re
from typing import Final

_THEIRS: Final = re.compile(
    r"(?<!\w)(?:(?:по|пере)?звонил[аи]?|(?:на)?писал[аи]?|обратил(?:ся|ась|ись)|приш[её]л ответ|ответил[аи]?(?!\w)"
    r"|перезвонил[аи]?)\s+(?:мне|нам|сам[аи]?)(?!\w)"
    r"|получил[аи]? (?:письмо|ответ)|письмо от(?!\w)|звонок от(?!\w)|ответил[аи]? (?:на|что)(?!\w)"
    r"|(?<!\w)(?:called|phoned|rang|e-?mailed|wrote to|texted|messaged|got back to|replied to) (?:me|us)(?!\w)"
    r"|(?:got|received) an? (?:e-?mail|reply|answer)|(?:e-?mail|call|reply|message) from(?!\w)",
    re.IGNORECASE,
)
_NO_ANSWER: Final = re.compile(
    r"не дозвонил(?:ся|ась|ись)|не (?:взял[аи]?|бер[её]т|брал[аи]?) трубку|не ответил[аи]?|не отвеча[ею]т|без ответа|тишина"
    r"|no answer|did(?:n[’']t| not) (?:answer|reply|pick up)|voice ?mail|no reply|could(?:n[’']t| not) reach",
    re.IGNORECASE,
)
_OURS: Final = re.compile(
    r"отправил[аи]? письмо|написал[аи]? письмо|письмо для(?!\w)|(?:sent|wrote) an? e-?mail|e-?mail to(?!\w)",
    re.IGNORECASE,
)


def initiative_of(text: str) -> str:
    """A code of ``initiative``: what stayed without an answer was ours, whatever else the line says."""
    if _NO_ANSWER.search(text):
        return "ours"
    if _THEIRS.search(text):
        return "theirs"
    return "ours" if _OURS.search(text) else ""
