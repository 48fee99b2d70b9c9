"""Quick capture (D10): lines of plain text, each sorted into what it seems to be, for the user to confirm.

A promise of ours, a promise of theirs, the next step, a fact, a new person, or simply a note. The rules look at the
verbs and who speaks; a line that fits none is a note, and nothing of the text is ever lost.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from kamdesk.model.values import PartialDate, PersonName
from kamdesk.rules.typed import find_date, parse_name, parse_partial_date

_BULLET: Final = re.compile(r"\A\s*(?:[-–—•*·▪]|\d{1,2}[.)](?=\s))\s*")

_PREFIXES: Final[tuple[tuple[re.Pattern[str], str], ...]] = tuple(
    (re.compile(rf"\A(?:{words})\s*[:—–-]\s+", re.IGNORECASE), kind)
    for words, kind in (
        (r"мы|я|мы обещали|наше обещание|we|i|we promised|our promise", "promise_ours"),
        (r"они|нам обещали|их обещание|they|they promised|their promise", "promise_theirs"),
        (r"следующий шаг|дальше|шаг|задача|next step|next|to ?do", "next_step"),
        (r"факт|личное|fact|personal", "fact"),
        (r"новый человек|новый контакт|new person|new contact", "person"),
        (r"заметка|note", "note"),
    )
)

_WILL_US: Final = (
    r"пришл(?:ю|[её]м)|вышл(?:ю|[её]м)|отправ(?:лю|им)|направ(?:лю|им)|подготов(?:лю|им)|переда(?:м|дим)|сдела(?:ю|ем)|уточн(?:ю|им)|посчита(?:ю|ем)"
    r"|рассчита(?:ю|ем)|перезвон(?:ю|им)|позвон(?:ю|им)|познаком(?:лю|им)|сообщ(?:у|им)|покаж(?:у|ем)|прив[её]з(?:у|[её]м)|организу(?:ю|ем)|согласу(?:ю|ем)|провер(?:ю|им)"
    r"|дадим|дам|верн(?:усь|[её]мся)|напиш(?:у|ем)|предлож(?:у|им)|обсуд(?:им|ю)"
)
_WILL_THEM: Final = (
    r"пришл(?:[её]т|ют)|вышл(?:[её]т|ют)|отправ(?:ит|ят)|направ(?:ит|ят)|подготов(?:ит|ят)|передаст|передадут|сдела(?:ет|ют)|уточн(?:ит|ят)|посчита(?:ет|ют)|перезвон(?:ит|ят)"
    r"|позвон(?:ит|ят)|познаком(?:ит|ят)|сообщ(?:ит|ат)|покаж(?:ет|ут)|организу(?:ет|ют)|согласу(?:ет|ют)|провер(?:ит|ят)|даст|дадут|подпиш(?:ет|ут)|оплат(?:ит|ят)|ответ(?:ит|ят)"
    r"|утверд(?:ит|ят)|включ(?:ит|ат)|выдел(?:ит|ят)|напиш(?:ет|ут)|верн(?:[её]тся|утся)|рассмотр(?:ит|ят)"
)

_RULES: Final[tuple[tuple[re.Pattern[str], str], ...]] = tuple(
    (re.compile(pattern, re.IGNORECASE), kind)
    for pattern, kind in (
        # Who promised: «обещали мы», «я обещал», "we promised" are ours, any other promising is theirs.
        (
            (
                r"\b(?:по)?обещал[аи]?\s+(?:мы|я)\b|\b(?:мы|я)\s+(?:\w+\s+){0,2}?(?:по)?обещал[аи]?\b|\bс (?:меня|нас)\b|\bза (?:мной|нами)\b"
                r"|\b(?:we|i)\s+(?:have\s+|also\s+)?(?:promised|agreed to (?:send|give|prepare|provide))\b|\b(?:we|i)(?:'ll|\s+will|\s+am going to|'m going to)\b"
                r"|\bpromised (?:them|him|her|the client)\b"
                rf"|\bдоговорил\w+,? что (?:мы )?(?:{_WILL_US})\b"
            ),
            "promise_ours",
        ),
        (
            (
                rf"\bдоговорил\w+,? что (?:они )?(?:{_WILL_THEM})\b|"
                r"\b(?:по)?обеща(?:л[аи]?|ют|ет)\b|\bс (?:них|него|не[её])\b|\bпромис"
                r"|\bpromised\b|\bpromises to\b|\b(?:they|he|she)(?:'ll|\s+will)\b|\b(?:they|he|she|[A-Z]\w+) agreed to (?:send|give|prepare|provide|sign|introduce|pay)\b"
            ),
            "promise_theirs",
        ),
        (
            (
                r"\bпознакомил(?:ся|ась|ись) с\b|\A(?:у них )?(?:новый|новая)\s+(?!год|договор|цен|проект|площадк|лини|цех|офис|склад|систем|верси|закон|бюджет|контракт|тендер|адрес)\w+"
                r"|\bназначен[аы]?\b|\bтеперь вместо\b|\bвместо\s+\w+\s+(?:теперь|будет)\b"
                r"|\bmet (?:with )?(?:the )?new\b|\Anew (?!year|contract|price|project|line|office|system|version|law|budget|tender|site)\w+|\bhas been appointed\b|\bwas appointed\b|\breplaces\b"
            ),
            "person",
        ),
        (
            (
                r"\A(?:след\w*\s+шаг|договорил\w+|созвон|встреча|встретиться|звонок|перезвонить|напомнить|назначить|не забыть|нужно|надо|проверить)\b|\b(?:по)?прос(?:ил[аи]?|ит|ят)\b|\b(?:нам|мне) (?:нужно|надо)\b"
                r"|\A(?:\w+\s+)?\w{3,}(?:ать|ять|ить|еть|уть|оть|ыть|ести|езти|ться|чь|йти)\b"
                r"|\A(?:next step|call|ring|send|e-?mail|meet|meeting|prepare|schedule|arrange|follow up|agreed|remind|ask|check|book|need to|to do|must)\b|\basked (?:us|me|for)\b|\b(?:we|i) need to\b"
            ),
            "next_step",
        ),
        (rf"\b(?:{_WILL_US})\b", "promise_ours"),
        (rf"\b(?:{_WILL_THEM})\b", "promise_theirs"),
    )
)

_FACTS: Final[tuple[tuple[re.Pattern[str], str], ...]] = tuple(
    (re.compile(pattern, re.IGNORECASE), kind)
    for pattern, kind in (
        (r"\bдень рожд|\bд\.\s?р\.|\bродил(?:ся|ась)\b|\bbirthday\b|\bborn on\b", "birthday"),
        (r"\bименины\b|\bname day\b", "name_day"),
        (r"\bгодовщин|\bюбиле|\banniversary\b", "anniversary"),
        (
            r"\bне (?:говорить|упоминать|заводить)|\bне любит, когда|\bлучше не\b|\bavoid\b|\bdo(?:n't| not) mention\b|\bhates\b",
            "topic_avoid",
        ),
        (
            (
                r"\bжена\b|\bжене\b|\bмуж\b|\bсын\w{0,3}\b|\bдоч(?:ь|к\w|ер\w+)\b|\bдет(?:и|ей|ям)\b|\bвнук|\bвнучк|\bженат|\bзамужем|\bwife\b|\bhusband\b|\bsons?\b|\bdaughters?\b"
                r"|\bchild(?:ren)?\b|\bmarried\b|\bgrand(?:son|daughter)"
            ),
            "family",
        ),
        (
            r"\bокончил|\bучил(?:ся|ась)\b|\bвыпускни|\bдиплом|\bgraduated\b|\bstudied\b|\balumn|\bdegree\b",
            "education",
        ),
        (
            r"\b(?:раньше|прежде|до этого) (?:работал|был)|\bработал[а]? (?:в|на|до)\b|\bкарьер|\bworked (?:at|for)\b|\bused to work\b|\bcareer\b",
            "career",
        ),
        (
            (
                r"\bувлека|\bхобби\b|\bиграет\b|\bболеет за\b|\bрыбалк|\bохот[аеуы]\b|\bкатается\b|\bколлекционир|\bпут[её]шеств|\bдач[аеуи]\b|\bhobb|\bplays\b|\benjoys\b|\bfan of\b|\bcollects\b"
                r"|\bfishing\b|\bskiing\b"
            ),
            "hobby",
        ),
        (
            r"\bлюбим|\bлюбит\b|\bпредпочитает\b|\bобожает\b|\bне пь[её]т\b|\bfavou?rite\b|\blikes\b|\bloves\b|\bprefers\b|\bdrinks\b",
            "favourite",
        ),
        (
            r"\bценит\b|\bважно для (?:него|не[её])\b|\bдля (?:него|не[её]) важн|\bvalues\b|\bcares about\b",
            "values",
        ),
    )
)

_CONTACT: Final = re.compile(r"[\w.+-]+@[\w-]+\.\w+|(?:\+7|\b8)[\s(-]*\d{3}[\s)-]*\d{3}[\s-]*\d\d[\s-]*\d\d")
_WORD: Final = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_NAME_WORD: Final = r"[А-ЯЁA-Z][а-яёa-z]+(?:-[А-ЯЁA-Z][а-яёa-z]+)?"
_NAME: Final = re.compile(
    rf"(?:{_NAME_WORD}\s+(?:{_NAME_WORD}\s+{_NAME_WORD}|[А-ЯЁA-Z]\.\s?(?:[А-ЯЁA-Z]\.)?|{_NAME_WORD}))|(?:[А-ЯЁA-Z]\.\s?){{1,2}}{_NAME_WORD}"
)


@dataclass(frozen=True, slots=True)
class KnownPerson:
    """Somebody who may be meant by a line."""

    id: str
    name: PersonName


@dataclass(frozen=True, slots=True)
class CapturedLine:
    """One line with what it seems to be; ``kind`` is a code of ``capture_kind``.

    ``due`` is the day of a promise or step, ``when`` the (partial) date of a fact such as a birthday, ``fact_kind``
    a code of ``fact_kind`` for facts. ``person_id`` is a known person who is named, ``new_name`` one who is not.
    """

    kind: str
    text: str
    due: date | None = None
    when: PartialDate | None = None
    fact_kind: str = ""
    person_id: str = ""
    new_name: PersonName | None = None


def sort_lines(text: str, people: Sequence[KnownPerson], today: date) -> tuple[CapturedLine, ...]:
    """Sort pasted or typed lines; blank ones are left out, the order stays."""
    lines = (_BULLET.sub("", line).strip() for line in text.splitlines())
    return tuple(_sorted(line, people, today) for line in lines if line)


_LOOKED_AT: Final = 500
"""Characters of a line that decide what it is; a pasted page in one line must not cost minutes."""


def _sorted(line: str, people: Sequence[KnownPerson], today: date) -> CapturedLine:
    kind, words = _prefixed(line)
    seen = words[:_LOOKED_AT]
    person_id = named_person(seen, people)
    fact_kind = _fact_kind(seen)
    if not kind:
        kind = _kind(seen, person_id, fact_kind, today)
    if kind == "fact":
        return CapturedLine(
            kind, words, when=_when(seen, today), fact_kind=fact_kind or "other", person_id=person_id
        )
    found = find_date(seen, today)
    return CapturedLine(
        kind,
        words,
        due=found[0]
        if found is not None and kind in ("promise_ours", "promise_theirs", "next_step")
        else None,
        person_id=person_id,
        new_name=_new_name(seen) if kind == "person" else None,
    )


def _prefixed(line: str) -> tuple[str, str]:
    for pattern, kind in _PREFIXES:
        match = pattern.match(line)
        if match is not None:
            return kind, line[match.end() :]
    return "", line


def _kind(words: str, person_id: str, fact_kind: str, today: date) -> str:
    plain = words.replace("\u2019", "'")
    promise = next((kind for pattern, kind in _RULES[:2] if pattern.search(plain)), "")
    if promise:
        return promise
    if not person_id and _CONTACT.search(words) and _new_name(words) is not None:
        return "person"
    if fact_kind:
        return "fact"
    said = next((kind for pattern, kind in _RULES[2:] if pattern.search(plain)), "")
    return said or ("next_step" if _begins_with_a_day_ahead(words, today) else "note")


def _begins_with_a_day_ahead(words: str, today: date) -> bool:
    """«В пятницу выезд на площадку» has no verb to go by, and is a plan all the same."""
    found = find_date(words, today)
    return found is not None and found[1] == 0 and found[0] >= today


def _fact_kind(words: str) -> str:
    return next((kind for pattern, kind in _FACTS if pattern.search(words)), "")


def _when(words: str, today: date) -> PartialDate | None:
    """The partial date that stands last in the line, in up to four words."""
    parts = words.rstrip(" .!").split()
    for start in range(len(parts)):
        for end in range(min(len(parts), start + 4), start, -1):
            piece = " ".join(parts[start:end])
            found = parse_partial_date(piece, today) if any(mark.isdigit() for mark in piece) else None
            if found is not None:
                return found
    return None


def _new_name(words: str) -> PersonName | None:
    """The name in a line about somebody new: the longest run of capitalised words that reads as one."""
    names = [match.group().strip() for match in _NAME.finditer(words)]
    read = [
        name
        for name in (parse_name(each) for each in sorted(names, key=len, reverse=True))
        if name is not None
    ]
    return read[0] if read else None


# --- who is meant ------------------------------------------------------------------------------------------

_ENDING: Final = re.compile(r"(?:ый|ий|ой|ая|яя|а|я|о|е|ь|й|у|ю)\Z")
_LONGEST_ENDING: Final = 3


def named_person(words: str, people: Sequence[KnownPerson]) -> str:
    """The id of the one known person a line names, in any grammatical case; "" for none or for several.

    A family name counts most, given name and patronymic together as much; a given name alone only where one person
    has it.
    """
    tokens = [token.casefold().replace("ё", "е") for token in _WORD.findall(words) if token[:1].isupper()]
    points = {person.id: _points(person.name, tokens) for person in people}
    best = max(points.values(), default=0)
    named = [person_id for person_id, reached in points.items() if reached == best]
    return named[0] if best and len(named) == 1 else ""


def _points(name: PersonName, tokens: Sequence[str]) -> int:
    parts = ((name.family, 4), (name.given, 2), (name.middle, 1))
    reached = sum(
        weight for part, weight in parts if len(part) > 2 and any(_is_form(token, part) for token in tokens)
    )
    return reached if reached > 1 else 0


def _is_form(token: str, name: str) -> bool:
    """Whether a word can be the name in some case: same stem, and an ending no longer than endings are."""
    plain = name.casefold().replace("ё", "е")
    if token == plain:
        return True
    stem = _ENDING.sub("", plain)
    # Павел → Павла, Лев → Льва: the last vowel runs away.
    fleeting = re.sub(r"[ео]([лцкнрв])\Z", r"\1", stem) if len(stem) > 3 else re.sub(r"е(.)\Z", r"ь\1", stem)
    return any(
        len(each) > 2 and token.startswith(each) and len(token) - len(each) <= _LONGEST_ENDING
        for each in (stem, fleeting)
    )
