"""Drafts of greetings: a few written by hand for each tone, chosen by the relation; no other words are made up (W2).

The letter says «вы», names no age (the years are for the eyes of the KAM), wishes nothing private, and never speaks of business
that is under way. Russian verbs are in the present, so that writer and reader may be of either gender.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from kamdesk.model.messages import LANGUAGES

TONES: Final = ("formal", "warm")
CLOSE: Final = ("loyalty", "trust")
"""Steps of the ladder from which a greeting may be warm."""


@dataclass(frozen=True, slots=True)
class Draft:
    """One variant. ``tone`` is formal or warm; ``text`` is the whole letter, paragraphs apart by an empty line."""

    tone: str
    text: str


_OPENINGS: Final[Mapping[tuple[str, str], str]] = {
    ("ru", "birthday"): "Поздравляю вас с днём рождения!",
    ("ru", "name_day"): "Поздравляю вас с именинами!",
    ("ru", "anniversary"): "Поздравляю вас с этой датой!",
    ("ru", "professional_holiday"): "Поздравляю вас с профессиональным праздником!",
    ("ru", "other_date"): "Поздравляю вас с этим днём!",
    ("en", "birthday"): "Happy birthday!",
    ("en", "name_day"): "Congratulations on your name day!",
    ("en", "anniversary"): "Congratulations on your anniversary!",
    ("en", "professional_holiday"): "Congratulations on your professional holiday!",
    ("en", "other_date"): "Congratulations on the day!",
}

_WISHES: Final[Mapping[tuple[str, str], Sequence[str]]] = {
    ("ru", "formal"): (
        "Желаю вам крепкого здоровья, успехов в работе и надёжных партнёров рядом.",
        "Пусть задуманное осуществляется, а рядом всегда будут люди, на которых можно положиться.",
        "Желаю благополучия вам и вашим близким, сил и удачи во всех начинаниях.",
    ),
    ("ru", "warm"): (
        "Работать с вами — удовольствие: с вами спокойно и в простых делах, и в сложных. Желаю вам радости, сил и времени на то, что вы любите.",
        "Спасибо вам за доверие и за прямой разговор. Пусть этот год принесёт хорошие новости и побольше свободных дней.",
        "От души желаю вам здоровья, хорошего настроения и людей рядом, с которыми легко.",
    ),
    ("en", "formal"): (
        "I wish you good health, success in your work and partners you can rely on.",
        "May what you have planned come true, with people around you whom you can count on.",
        "I wish you and those close to you well, and good luck in all you undertake.",
    ),
    ("en", "warm"): (
        "It is a pleasure to work with you, in simple matters and in difficult ones. I wish you joy, energy and time for what you love.",
        "Thank you for your trust and for always speaking plainly. May this year bring you good news and a few more free days.",
        "With all my heart I wish you good health, good spirits and good people around you.",
    ),
}  # fmt: skip

_WORK_DAY: Final[Mapping[str, Sequence[str]]] = {
    "ru": (
        "Ваше дело требует знаний и терпения, и мы видим, как много в него вложено. Желаю вам интересных задач и заслуженного признания.",
        "Спасибо за ваш труд и за то, что с вами можно говорить на одном языке. Успехов вам и вашим коллегам!",
    ),
    "en": (
        "Your profession takes knowledge and patience, and we see how much goes into it. I wish you interesting tasks and the recognition you deserve.",
        "Thank you for your work, and for speaking the same language with us. Success to you and your colleagues!",
    ),
}  # fmt: skip

_CLOSINGS: Final[Mapping[tuple[str, str], str]] = {
    ("ru", "formal"): "С уважением,",
    ("ru", "warm"): "С наилучшими пожеланиями,",
    ("en", "formal"): "Yours sincerely,",
    ("en", "warm"): "With best wishes,",
}


def drafts(kind: str, language: str, salutation: str, signature: str, ladder: str = "") -> tuple[Draft, ...]:
    """Greetings for a date of this ``kind`` (a code of ``fact_kind``), the tone that fits the relation first.

    ``language`` is "ru" or "en"; ``salutation`` and ``signature`` are whole lines, "" leaves the signature out.
    """
    language = language if language in LANGUAGES else "en"
    opening = _OPENINGS.get((language, kind), _OPENINGS[language, "other_date"])
    tones = tuple(reversed(TONES)) if ladder in CLOSE else TONES
    made = []
    for tone in tones:
        if kind == "professional_holiday":
            wishes: Sequence[str] = (_WORK_DAY[language][TONES.index(tone)], _WISHES[language, tone][0])
        else:
            wishes = _WISHES[language, tone]
        for wish in wishes:
            end = "\n".join(line for line in (_CLOSINGS[language, tone], signature) if line)
            made.append(Draft(tone, "\n\n".join((salutation, f"{opening} {wish}", end))))
    return tuple(made)


def subject(kind: str, language: str) -> str:
    """The subject of the mail: the occasion without a name, since subjects are read over shoulders."""
    if kind == "birthday":
        return "С днём рождения!" if language == "ru" else "Happy birthday!"
    return "Поздравляю!" if language == "ru" else "Congratulations!"
