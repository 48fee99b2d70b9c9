"""The guard of facts about persons: health, religion, politics, ethnicity, intimate life (product.md, section 2).

It warns and never refuses, and it is asked about facts on persons only: «партия товара» in a proposal is daily
bread. The groups follow the special categories of personal data (152-FZ art. 10, GDPR art. 9).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from kamdesk.model.messages import Message


def _any(*stems: str) -> re.Pattern[str]:
    """A word that begins with one of the stems; «$» ends a stem that must be a whole word."""
    alternatives = "|".join(stem.replace("$", r"\b") for stem in stems)
    return re.compile(rf"\b(?:{alternatives})", re.IGNORECASE)


SUBJECTS: Final[Mapping[str, re.Pattern[str]]] = {
    "health": _any(
        "болезн", "боле(?:ет|ют|л|ла)$(?! за)", "заболе", "диагноз", "инвалид", "диабет(?!олог)", "онкология$", "онкологическ\\w* (?:заболев|диагноз)", "рак$(?! по)", "рака$", "инсульт",
        "инфаркт", "астм", "эпилеп", "депресси", "у психиатра", "психически", "алкогол", "запо[ий]$", "наркоман", "наркот",
        "вич$", "гепатит", "беремен", "бесплоди", "кодирова", "химиотерап", "давление скач", "проблемы со здоровьем",
        "слаб\\w* здоровь", "перенес\\w* операци", "лежал\\w* в больниц", "на больничном",
        "illness", "disease", "diagnos", "disab(?:led|ility)", "diabet", "cancer", "a stroke$", "heart attack", "asthma",
        "epilep", "depress(?:ion|ed)", "psychiatric", "sees a psychiatrist", "mental health", "alcoholi", "drug addict", "rehab", "hiv$", "hepatitis",
        "pregnan", "infertil", "chemotherap", "surgery$", "sick leave",
    ),
    "religion": _any(
        "религи", "веру(?:ет|ющ)", "православн", "католи", "протестант", "мусульман", "исламс", "принял\\w* ислам", "иуде", "буддис", "баптис",
        "атеис", "старовер", "сектант", "ходит в церковь", "воцерковл", "постится", "намаз", "халяльн", "кошерн",
        "religio", "an? christian$", "christian (?:faith|church)", "orthodox (?:christian|jew|church|believer)", "catholic", "protestant", "muslim", "islam(?:ic)?$", "jewish$", "judais", "buddhis",
        "baptist", "atheis", "goes to church", "halal$", "kosher$",
    ),
    "politics": _any(
        "политическ", "политик(?:ой|у)$ (?:увлека|обсужда)", "оппозицион", "коммунист", "либерал", "монархист", "единоросс",
        "член партии", "в партии$", "партийн", "голосовал за", "голосует за", "за путина", "против путина", "митинг", "иноагент",
        "political", "politics", "republican", "democrat$", "an? liberal$(?! arts)", "communist", "monarchist", "voted for", "votes for",
        "party member", "trade union", "профсоюз",
    ),
    "ethnicity": _any(
        "национальност", "этническ", "еврей", "еврейк", "татар(?:ин|ка)$", "армян(?:ин|ка)$", "чечен(?:ец|ка)$",
        "кавказец$", "цыган", "украин(?:ец|ка)$", "азербайджан(?:ец|ка)$", "казах$", "узбек$", "таджик$", "бурят$", "расы$", "расов",
        "ethnic", "nationality", "racial", "gypsy", "by race",
    ),
    "intimate": _any(
        "любовни[кц]", "любовниц", "изменяет (?:жене|мужу)", "измена (?:жене|мужу)", "интимн", "сексуальн", "секс$", "гей$", "гея$", "лесбиян", "гомосекс",
        "бисексуал", "ориентаци[яию]$ (?:не|нетрад)", "нетрадиционн", "роман на стороне",
        "affair with", "has an affair", "mistress", "(?:his|her|secret) lover$", "sexual", "intimate (?:life|relation)", "gay$", "lesbian", "homosexual", "bisexual",
        "cheats on",
    ),
}  # fmt: skip
"""Subject → the words that show it. A stem matches the beginning of a word, in either language."""


def concern(text: str) -> Message | None:
    """A warning about a fact on a person that touches what should not be written down; None where nothing does.

    The message ``guard.<subject>`` has the parameter ``word``: the words that were seen.
    """
    folded = text.replace("ё", "е").replace("Ё", "Е")
    for subject, pattern in SUBJECTS.items():
        seen = pattern.search(folded)
        if seen is not None:
            return Message(f"guard.{subject}", {"word": _whole_word(text, seen)})
    return None


def _whole_word(text: str, seen: re.Match[str]) -> str:
    """What was matched, to the end of its last word, as it was typed."""
    end = seen.end()
    while end < len(text) and text[end].isalpha():
        end += 1
    return text[seen.start() : end]
