"""The contact itself in quick capture: «Встреча с Ивановым …», "Spoke to Smith yesterday …", and where its own words end."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from kamdesk.rules import capture_when

# A noun may name what is still to come, a verb in the past may not.
_NOUNS: Final = (
    ("video", r"видео(?:встреча|звонок|созвон|конференция)|вкс|зум|телемост|(?:zoom|teams|video)(?: call| meeting)?(?= with| с\b)"),
    ("informal", r"(?:деловой )?(?:обед|ужин|завтрак)|кофе с|(?:business )?(?:lunch|dinner|breakfast|coffee|drinks) with"),
    ("interim_review", r"промежуточные итоги|interim review"),
    ("meeting", r"(?:рабочая |короткая |первая |вторая )?встреча|переговоры|совещание|планёрка|планерка|приём у|(?:a |short |first )?(?:meeting|negotiations) (?:with|at)|kick-?off"),
    ("call", r"(?:телефонный )?(?:звонок|созвон|разговор)|(?:phone |conference |short )?call (?:with|from|to)|phone conversation"),
    ("email", r"письмо (?:от|для)|(?:an )?e-?mail (?:from|to)"),
    ("messenger", r"переписка|chat with|(?:whatsapp|telegram|вотсап|телеграм)(?: с\b| with)"),
    ("presentation", r"презентация|демонстрация|показ (?:стенда|оборудования|решения)|presentation (?:for|to|at)|demo (?:for|to|at)"),
    ("exhibition", r"выставка|exhibition|trade fair"),
    ("conference", r"конференция|форум|conference (?:in|at|on)"),
    ("workshop", r"семинар|workshop (?:with|at|for)|seminar"),
    ("site_visit", r"визит (?:на|в|к)|выезд (?:на|в|к)|экскурсия (?:на|по|в)|site visit|visit to|plant tour"),
)  # fmt: skip
_VERBS: Final = (
    ("email", r"получил[аи]? письмо|(?:при|на)писал[аи]? письмо|отправил[аи]? письмо|(?:got|received|sent|wrote) an? e-?mail|e-?mailed"),
    ("call", r"(?:по|пере)?звонил[аи]?|созвонил(?:ся|ась|ись)|(?:по|пере)?говорил[аи]? (?:с\b|по телефону)|called|phoned|rang|(?:spoke|talked) (?:with|to)|had a (?:phone )?call with"),
    ("informal", r"(?:по)?обедал[аи]? с|(?:по)?ужинал[аи]? с|(?:вы)?пили? кофе с|had (?:lunch|dinner|coffee) with"),
    ("presentation", r"провел[аи]? презентацию|провёл презентацию|презентовал[аи]?|presented(?: to| at)?|gave a (?:demo|presentation)|demoed"),
    ("site_visit", r"(?:съ)?ездил[аи]? (?:на|в|к)|посетил[аи]?|побывал[аи]? (?:на|в|у)|visited"),
    ("meeting", r"встретил(?:ся|ась|ись)|встречал(?:ся|ась|ись)|(?:по|у)?видел(?:ся|ась|ись) с|провел[аи]? встречу|провёл встречу|был[аи]? (?:у|на встрече)|заезжал[аи]? к|met(?! (?:with )?(?:the |a )?new\b)|had a meeting|saw"),
    ("messenger", r"переписывал(?:ся|ась|ись)|списал(?:ся|ась|ись)|texted|messaged"),
)  # fmt: skip
_BEFORE: Final = r"\A\s*(?:(?:сегодня|вчера|позавчера|утром|днём|вечером|только что|today|yesterday|this morning|just|мы|я|we|i|have|had|в прошл\w+ \w+|last \w+|в (?:понедельник|вторник|среду|четверг|пятницу))[\s,]+){0,3}"
_SUBJECT: Final = r"(?-i:[А-ЯЁA-Z][а-яёa-z]+(?:\s+[А-ЯЁA-Z][а-яёa-z.]*){0,2}\s+)?"
_HEADS: Final = tuple(
    (re.compile(rf"{_BEFORE}{_SUBJECT if past else ''}(?P<head>{words})(?!\w)", re.IGNORECASE), kind, past)
    for past, table in ((True, _VERBS), (False, _NOUNS))
    for kind, words in table
)
_SEPARATOR: Final = re.compile(r"\s+[—–-]\s+|(?<![А-ЯЁA-Z])[.;:!](?:\s+|\Z)|,\s+")
_HEAD_WORDS: Final = frozenset(
    "и с со в во на у к по and with at in on the от сегодня вчера завтра утром днем вечером today yesterday tomorrow morning afternoon".split()
)
_WORD: Final = re.compile(r"[^\W_]+(?:[-:.][^\W_]+)*")


@dataclass(frozen=True, slots=True)
class ContactHead:
    """A contact: its kind (a code of ``interaction``), when, planned or done, and where its own words end in the line.

    ``on`` is its day, today unless another is said; ``at`` the moment where an hour is said.
    """

    kind: str
    on: date
    at: datetime | None
    planned: bool
    end: int
    rest: int


def contact_head(line: str, today: date) -> ContactHead | None:
    """The contact that a line begins with; None for any other line, and for a plan without an hour, which is a next step."""
    for pattern, kind, past in _HEADS:
        match = pattern.match(line)
        if match is None:
            continue
        end, rest = _own_words(line, match.end())
        words = line[:end]
        found = (capture_when.day_behind if past else capture_when.day_ahead)(words, today)
        day = found[0] if found is not None else today
        at = capture_when.moment(words, found or (today, 0, 0))
        if day > today and (past or at is None):
            return None
        return ContactHead(kind, day, at, day > today, end, rest)
    return None


def _own_words(line: str, start: int) -> tuple[int, int]:
    """Where the words about the contact end, and where what was said there begins. A further name still belongs to it."""
    end = rest = len(line)
    at = start
    while True:
        match = _SEPARATOR.search(line, at)
        if match is None:
            return len(line), len(line)
        following = _SEPARATOR.search(line, match.end())
        piece = line[match.end() : following.start() if following is not None else len(line)]
        if not match[0].startswith(",") or not _is_list(piece):
            end, rest = match.start(), match.end()
            return end, rest
        at = match.end()


def _is_list(piece: str) -> bool:
    """Whether a piece goes on naming people, days and hours: «Петровым и Сидоровой», «в 10»."""
    words = _WORD.findall(piece)
    return bool(words) and all(
        word[:1].isupper() or word[:1].isdigit() or word.casefold().replace("ё", "е") in _HEAD_WORDS
        for word in words
    )
