"""What a piece of foreign text is: a name and its parts, a date, an e-mail, a phone, a title, an organisation.

Guesses only: every import shows a preview in which a person decides.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Any, Final

from kamdesk.model.values import PartialDate, PersonName
from kamdesk.rules import typed
from kamdesk.rules.typed.given_names import folded, given_names

EMAIL: Final = re.compile(r"[\w.+%'-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}")
PHONE: Final = re.compile(
    r"(?<![\w.])\+?\(?\d[\d\s\u00a0().-]{4,20}\d(?:\s*(?:доб|вн|ext|x)\.?\s*\d{1,6})?(?!\w)", re.IGNORECASE
)
SITE: Final = re.compile(
    r"(?:https?://|www\.)[^\s,;|]{3,200}|(?<![@\w.-])[a-z0-9-]{2,63}\.(?:ru|com|рф|org|net|by|kz|eu|de)(?:/\S{0,200})?(?![\w.@])",
    re.IGNORECASE,
)
_MOBILE: Final = re.compile(r"(?:\+?7|8)?9\d{9}\Z")

_TITLE: Final = re.compile(
    r"\b(директор|начальник|руководител|глав[ан]|инженер|менеджер|специалист|бухгалтер|заместител|зам\.|президент|"
    r"председател|юрист|экономист|технолог|механик|энергетик|врач|заведующ|ведущ|старш|советник|партн[её]р|управляющ|"
    r"секретар|помощник|ассистент|аналитик|закупщик|снабжен|администратор|координатор|владелец|учредител|эксперт|"
    r"консультант|архитектор|конструктор|метролог|логист|кадров|hr\b|и\.\s?о\.|врио|мастер|прораб|главврач|медсестра|"
    r"ceo|cfo|cto|coo|cio|director|manager|head\b|chief|engineer|officer|president|vp\b|accountant|buyer|specialist|"
    r"lead\b|assistant|secretary|analyst|consultant|partner|owner|founder|chair(?:man|woman|person)?\b|counsel|lawyer|physician)",
    re.IGNORECASE,
)  # fmt: skip
_ORGANISATION: Final = re.compile(
    r"(?:^|[\s«\"])(ООО|АО|ОАО|ЗАО|ПАО|НАО|ИП|ГК|ФГУП|ФГБУ|ГБУЗ|МУП|ГУП|НПО|НПП|НИИ|ТД|LLC|Ltd|Inc|GmbH|JSC|PLC|PJSC|Corp|AG|SA|S\.A\.|BV)\b"
    r"|«[^»]{2,}»|\b(завод|холдинг|компани|комбинат|корпораци|групп[аы]\b|фабрик|институт|больниц|университет|банк|"
    r"company|group|holding|plant|corporation|bank|institute|hospital)",
    re.IGNORECASE,
)
_PATRONYMIC: Final = re.compile(r"[А-ЯЁ][а-яё]+(?:ович|евич|ыч|ич|овна|евна|ёвна|ична|инична)\Z")
_TURKIC: Final = re.compile(r"(оглы|оглу|улы|уулу|кызы|гызы)\Z", re.IGNORECASE)
_INITIAL: Final = re.compile(r"[A-ZА-ЯЁ]\.?\Z")
_WORD: Final = re.compile(r"[A-ZА-ЯЁ][\w'’ʼ-]*\Z")
_PARTICLE: Final = re.compile(
    r"(фон|ван|де|дер|ди|да|ла|ле|von|van|de|der|di|da|la|le|bin|ibn|al|el|оглы|оглу|улы|кызы|гызы)\Z",
    re.IGNORECASE,
)
_HONORIFIC: Final = re.compile(
    r"(mr|mrs|ms|miss|dr|prof|г-н|г-жа|господин|госпожа|д-р|проф)\.?\Z", re.IGNORECASE
)
_SUFFIX: Final = re.compile(r"(jr|sr|ii|iii|iv|phd|mba|м\.?д|к\.?т\.?н|д\.?т\.?н)\.?\Z", re.IGNORECASE)
MAX_NAME: Final = 120


def phone_kind(text: str) -> str:
    """ "mobile" for a Russian mobile number, "phone" for anything else."""
    return (
        "mobile"
        if _MOBILE.match(re.sub(r"\D", "", re.split(r"доб|вн|ext|x", text, maxsplit=1)[0]))
        else "phone"
    )


def is_email(text: str) -> bool:
    """Whether the whole text is an e-mail address."""
    return EMAIL.fullmatch(text.strip()) is not None


def is_phone(text: str) -> bool:
    """Whether the whole text is a phone number of at least six digits (a date is none)."""
    text = text.strip()
    digits = sum(char.isdigit() for char in text)
    return 6 <= digits <= 20 and PHONE.fullmatch(text) is not None and parse_date(text) is None


def is_title(text: str) -> bool:
    """Whether the text reads like a post."""
    return len(text) <= 200 and _TITLE.search(text) is not None


def is_organisation(text: str) -> bool:
    """Whether the text reads like the name of an organisation."""
    return len(text) <= 200 and _ORGANISATION.search(text) is not None


def is_full_name(text: str) -> bool:
    """Whether the text reads like somebody's name: two to four capitalised words, no post, no organisation."""
    words = _words(text)
    if not 2 <= len(words) <= 5 or len(text) > MAX_NAME or any(char.isdigit() for char in text):
        return False
    if not all(_WORD.match(word) or _INITIAL.match(word) or _PARTICLE.match(word) for word in words):
        return False
    if any(_PATRONYMIC.match(word.capitalize()) or _TURKIC.match(word) for word in words):
        return True
    if is_title(text) or is_organisation(text):
        return False
    if sum(bool(_INITIAL.match(word)) for word in words) in (1, 2):
        return any(len(word) > 2 for word in words)
    if any("а" <= char.lower() <= "я" for char in text):
        return len(words) <= 3 and any(_may_name(word) for word in words)
    return len(words) <= 3


def _words(text: str) -> list[str]:
    """Words without titles of courtesy and degrees; «П.С.» becomes two initials."""
    spaced = re.sub(r"\b([A-ZА-ЯЁ]\.)(?=\S)", r"\1 ", text.replace(",", " , "))
    words = [word for word in spaced.split() if word != ","]
    return [
        word for word in words if not _HONORIFIC.match(word) and not (_SUFFIX.match(word) and len(words) > 2)
    ]


def parse_name(text: str) -> PersonName:
    """The parts of a full name, by the rules for typed names; empty for a text without letters."""
    return typed.parse_name(text.strip()[:MAX_NAME]) or PersonName()


@cache
def _analyzer() -> Any:
    import pymorphy3

    return pymorphy3.MorphAnalyzer()


def _may_name(word: str) -> bool:
    """Whether a Russian word is a given or a family name, by the short list first and the dictionary then."""
    if folded(word) in given_names():
        return True
    parses = _analyzer().parse(word.lower())
    return any(("Name" in parse.tag or "Surn" in parse.tag) and "nomn" in parse.tag for parse in parses)


# --- dates -------------------------------------------------------------------------------------------------

_MONTHS: Final = (
    ("янв", "jan"), ("фев", "feb"), ("мар", "mar"), ("апр", "apr"), ("май", "мая", "may"), ("июн", "jun"),
    ("июл", "jul"), ("авг", "aug"), ("сен", "sep"), ("окт", "oct"), ("ноя", "nov"), ("дек", "dec"),
)  # fmt: skip
_NO_YEAR: Final = frozenset([0, 1604])  # Apple's X-APPLE-OMIT-YEAR, and programs that write zeros
_NOTHING: Final = frozenset([1899, 4501])  # Excel's day 0 and Outlook's "none"
_ISO: Final = re.compile(r"(\d{4})-?(\d\d)-?(\d\d)(?:[T ].*)?\Z")
_YEARLESS: Final = re.compile(r"--(\d\d)-?(\d\d)(?:[T ].*)?\Z")
_YEAR_MONTH: Final = re.compile(r"(\d{4})-(\d\d)\Z")
_MONTH_ONLY: Final = re.compile(r"--(\d\d)\Z")
_DOTTED: Final = re.compile(
    r"(\d{1,2})([./-])(\d{1,2})(?:\2(\d{2}|\d{4}))?(?:\s*г\.?)?(?:\s+\d{1,2}:\d\d.*)?\Z"
)
_WORDED: Final = re.compile(
    r"(?:(\d{1,2})(?:st|nd|rd|th)?\s+)?([A-Za-zА-Яа-я]{3,9})\.?(?:\s+(\d{1,2})(?:st|nd|rd|th)?(?=,|\s|\Z))?,?(?:\s+(\d{4}))?(?:\s*г(?:ода|\.)?)?\Z"
)
_PIVOT: Final = 20  # two-digit years up to 19 are of this century: nobody in a dossier was born before 1920


def parse_date(text: str, month_first: bool = False) -> PartialDate | None:
    """A birthday in any of the usual spellings; None when empty, meaningless or no date.

    ``month_first`` settles 3/4/1980 (American Outlook). 0/0/00 and 0.0.00 are Outlook's empty dates.
    """
    text = text.strip()[:40]
    try:
        return _date(text, month_first)
    except ValueError:
        return None


def _date(text: str, month_first: bool) -> PartialDate | None:
    if match := _ISO.match(text):
        return _of(int(match[1]), int(match[2]), int(match[3]))
    if match := _YEARLESS.match(text):
        return PartialDate(None, int(match[1]), int(match[2]))
    if match := _YEAR_MONTH.match(text):
        return _of(int(match[1]), int(match[2]), None)
    if match := _MONTH_ONLY.match(text):
        return PartialDate(None, int(match[1]))
    if match := _DOTTED.match(text):
        first, second = int(match[1]), int(match[3])
        if first == 0 or second == 0:
            return None
        if match[2] == "/" and (second > 12 or (month_first and first <= 12)):
            first, second = second, first
        return _of(_year(match[4]), second, first)
    if re.fullmatch(r"(19|20)\d\d(?:\s*г\.?)?", text):
        return PartialDate(int(text[:4]))
    if (match := _WORDED.match(text)) and (month := _month(match[2])):
        day = match[1] or match[3]
        return _of(int(match[4]) if match[4] else None, month, int(day) if day else None)
    return None


def _year(text: str | None) -> int | None:
    if not text:
        return None
    year = int(text)
    return year if len(text) == 4 else year + (2000 if year < _PIVOT else 1900)


def _of(year: int | None, month: int, day: int | None) -> PartialDate | None:
    if year in _NOTHING:
        return None
    return PartialDate(None if year in _NO_YEAR else year, month, day)


def _month(word: str) -> int | None:
    low = word.lower()
    return next((number for number, stems in enumerate(_MONTHS, 1) if low.startswith(stems)), None)
