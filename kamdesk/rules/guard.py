"""The guard of facts about persons: health, religion, politics, ethnicity, intimate life, data on children (product.md, section 2).

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


_CHILD_RU: Final = r"(?:сын(?:а|у|ом|овья|овей)?|доч(?:ь|ка|ери|ерью|ки|ке|ерей)|дет(?:и|ей|ям)|реб[её]н\w+|внук\w*|внучк\w*)\b"
_CHILD_EN: Final = r"(?:sons?|daughters?|child(?:ren)?|kids?|grandsons?|granddaughters?)\b"
_FULL_NAME: Final = re.compile(r"\b[А-ЯЁ][а-яё]+(?:вич|вна|ична|инична)\w{0,2}\b|\d")

SUBJECTS: Final[Mapping[str, re.Pattern[str]]] = {
    "health": _any(
        "болезн", "боле(?:ет|ют|л|ла)$(?! за)", "заболе", "диагноз", "инвалид", "диабет(?!олог)", "онкология$", "онкологическ\\w* (?:заболев|диагноз)", "рак$(?! по)", "рака$", "инсульт",
        "инфаркт", "астм", "эпилеп", "депресси", "у психиатра", "психически", "алкогол", "запо[ий]$", "наркоман", "наркот",
        "вич$", "гепатит", "беремен", "бесплоди", "кодирова", "химиотерап", "давление скач", "проблемы со здоровьем",
        "слаб\\w* здоровь", "перенес\\w* операци", "лежал\\w* в больниц", "на больничном", "лечится (?:у|в)$", "лечил(?:ся|ась) (?:у|в)$", "аллерги", "мигрен",
        "гипертони", "псориаз", "туберкул", "артрит", "аутизм", "биполярн", "выкидыш", "импотен", "переболел", "ковид", "принимает таблетки",
        "illness", "disease", "diagnos", "disab(?:led|ility)", "diabet", "cancer", "a stroke$", "heart attack", "asthma",
        "epilep", "depress(?:ion|ed)", "psychiatric", "sees a psychiatrist", "mental health", "alcoholi", "drug addict", "rehab", "hiv$", "hepatitis",
        "pregnan", "infertil", "chemotherap", "surgery$", "sick leave", "allerg", "migraine", "bipolar", "autis(?:m|tic)$", "tuberculos",
        "arthritis", "miscarriage", "hypertension", "had covid", "on medication",
    ),
    "religion": _any(
        "религи", "веру(?:ет|ющ)", "православн", "католи", "протестант", "мусульман", "исламс", "принял\\w* ислам", "иуде", "буддис", "баптис",
        "атеис", "старовер", "сектант", "ходит в (?:церковь|мечеть|синагогу|храм)", "воцерковл", "постится", "соблюдает (?:пост|шаббат|рамадан)", "намаз", "халяльн",
        "кошерн", "верит в бога", "свидетел\\w* иеговы", "прихожан",
        "religio", "an? christian$", "christian (?:faith|church)", "orthodox (?:christian|jew|church|believer)", "catholic", "protestant", "muslim", "islam(?:ic)?$", "jewish$", "judais", "buddhis",
        "baptist", "atheis", "goes to (?:church|mosque|synagogue)", "halal$", "kosher$", "believes in god", "hindu", "mormon", "keeps (?:lent|ramadan|the sabbath)",
    ),
    "politics": _any(
        "политическ", "политик(?:ой|у)$ (?:увлека|обсужда)", "оппозицион", "коммунист", "либерал", "монархист", "единоросс",
        "член партии", "в партии$", "партийн", "голосовал за", "голосует за", "за путина", "против путина", "митинг", "иноагент",
        "политвзгляд", "ходит на выборы", "провластн", "консервативных взглядов", "левых взглядов", "правых взглядов",
        "political", "politics", "republican", "democrat$", "an? liberal$(?! arts)", "communist", "monarchist", "voted for", "votes for",
        "party member", "trade union", "профсоюз", "left-wing", "right-wing", "votes (?:labour|tory|conservative|republican|democrat)",
    ),
    "ethnicity": _any(
        "национальност", "этническ", "еврей", "еврейк", "татар(?:ин|ка)$", "армян(?:ин|ка)$", "чечен(?:ец|ка)$",
        "кавказец$", "цыган", "украин(?:ец|ка)$", "азербайджан(?:ец|ка)$", "казах$", "узбек$", "таджик$", "бурят$", "расы$", "расов",
        "грузин(?:ка)?$", "башкир(?:ка)?$", "якут(?:ка)?$", "дагестан(?:ец|ка)$", "осетин(?:ка)?$", "кореянка$", "кореец$", "цвет кожи", "нерусск",
        "ethnic", "nationality", "racial", "gypsy", "by race", "skin colou?r", "of (?:jewish|arab|african|asian) (?:origin|descent)",
    ),
    "intimate": _any(
        "любовни[кц]", "любовниц", "изменяет (?:жене|мужу)", "измена (?:жене|мужу)", "интимн", "сексуальн", "секс$", "гей$", "гея$", "лесбиян", "гомосекс",
        "бисексуал", "ориентаци[яию]$ (?:не|нетрад)", "нетрадиционн", "роман на стороне", "крутит роман", "роман с (?:секретар|коллег|подчин)", "содержанк",
        "affair with", "has an affair", "mistress", "(?:his|her|secret) lover$", "sexual", "intimate (?:life|relation)", "gay$", "lesbian", "homosexual", "bisexual",
        "cheats on", "sleeps with", "one-night",
    ),
    "children": _any(
        f"{_CHILD_RU}[^.;»\\n]{{0,40}}?(?:\\d|школ|гимнази|лице[йе]|класс|детск\\w+ сад|садик)", f"{_CHILD_EN}[^.;»\\n]{{0,40}}?(?:\\d|school|grade|kindergarten)",
    ),
}  # fmt: skip
"""Subject → the words that show it. A stem matches the beginning of a word, in either language."""


def concern(text: str, kind: str = "") -> Message | None:
    """A warning about a fact on a person that touches what should not be written down; None where nothing does.

    The message ``guard.<subject>`` has the parameter ``word``: the words that were seen. In a fact of the kind
    "family" patronymics, dates and ages are seen too (``guard.family``): of a family first names and relation are kept.
    """
    folded = text.replace("ё", "е").replace("Ё", "Е")
    for subject, pattern in SUBJECTS.items():
        seen = pattern.search(folded)
        if seen is not None:
            return Message(f"guard.{subject}", {"word": _whole_word(text, seen)})
    more = _FULL_NAME.search(text) if kind == "family" else None
    return Message("guard.family", {"word": _whole_word(text, more)}) if more is not None else None


def _whole_word(text: str, seen: re.Match[str]) -> str:
    """What was matched, to the end of its last word, as it was typed."""
    end = seen.end()
    while end < len(text) and text[end].isalnum():
        end += 1
    return text[seen.start() : end]
