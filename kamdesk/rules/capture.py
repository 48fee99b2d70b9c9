"""Quick capture (D10): lines of plain text, each sorted into what it seems to be, for the user to confirm.

The contact itself with who was there, a promise of ours, a promise of theirs, the next step, a fact, a complaint, a new person, or
simply a note. The rules look at the verbs and who speaks; a line that fits none is a note, and nothing of the text is ever lost.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Final

from kamdesk.model.values import PartialDate, PersonName
from kamdesk.rules import capture_when
from kamdesk.rules.capture_contact import ContactHead, contact_head
from kamdesk.rules.capture_new import new_name, post_of
from kamdesk.rules.capture_people import KnownPerson, Mention, mentions, named_person
from kamdesk.rules.typed import find_date, gender_of, parse_partial_date

__all__ = ["CapturedLine", "KnownPerson", "named_person", "sort_lines"]

_BULLET: Final = re.compile(r"\A\s*(?:[-–—•*·▪]|\d{1,2}[.)](?=\s))\s*")

_PREFIXES: Final[tuple[tuple[re.Pattern[str], str], ...]] = tuple(
    (re.compile(rf"\A(?:{words})\s*[:—–-]\s+", re.IGNORECASE), kind)
    for words, kind in (
        (r"мы|я|мы обещали|наше обещание|we|i|we promised|our promise", "promise_ours"),
        (r"они|нам обещали|их обещание|they|they promised|their promise", "promise_theirs"),
        (r"следующий шаг|дальше|шаг|задача|next step|next|to ?do", "next_step"),
        (r"факт|личное|fact|personal", "fact"),
        (r"новый человек|новый контакт|new person|new contact", "person"),
        (r"претензия|жалоба|рекламация|complaint", "complaint"),
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
                r"\b(?:по)?обещал[аи]?\s+(?:мы|я)\b|\b(?:мы|я)\s+(?:\w+\s+){0,2}?(?:по)?обещал[аи]?\b|\bобеща(?:ю|ем)\b|\bс (?:меня|нас)\b|\bза (?:мной|нами)\b"
                r"|\b(?:we|i) owe\b|\b(?:we|i)\s+(?:have\s+|also\s+)?(?:promised|agreed to (?:send|give|prepare|provide))\b|\b(?:we|i)(?:'ll|\s+will|\s+am going to|'m going to)\b"
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
        (
            r"\bдень рожд|\bдня рожд|\bдр\b|\bд\.\s?р\.|\bродил(?:ся|ась)\b|\bbirthday\b|\bborn on\b",
            "birthday",
        ),
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

_COMPLAINT: Final = re.compile(
    r"\bжал(?:уются|уется|овал\w+)\b|\b(?:недовол\w+)\b|\bпретензи|\bрекламаци|\bсорвали (?:срок|поставк|отгруз)|\b(?:пришл[аои]|приехал[аои]?|привезли) "
    r"(?:\w+ ){0,2}(?:брак|с браком|с дефект\w+|не т[ое])|\bвозмущ|\bругал(?:ся|ась|ись)\b|\bcomplain\w*|\b(?:un|not )happy (?:with|about)\b|\bdissatisfied\b|\barrived (?:damaged|late|broken)\b",
    re.IGNORECASE,
)
_CONTACT: Final = re.compile(r"[\w.+-]+@[\w-]+\.\w+|(?:\+7|\b8)[\s(-]*\d{3}[\s)-]*\d{3}[\s-]*\d\d[\s-]*\d\d")
_CLAUSE: Final = re.compile(r"\s+[—–-]\s+|(?<![А-ЯЁA-Z])[.;!](?:\s+|\Z)|,\s+(?:(?:а|и|но|also|and|but)\s+)?")
_OTHER_SIDE: Final = re.compile(
    r"[,;.]\s+(?:(?:а|и|но|and|but)\s+)?(?=(?:мы|я|они|нам|с нас|с них|we|i|they)\b)", re.IGNORECASE
)
_SHE: Final = re.compile(r"\b(?:обещала|сказала|просила|она|she|her)\b", re.IGNORECASE)
_HE: Final = re.compile(r"\b(?:обещал|сказал|просил|он|he|his|him)\b", re.IGNORECASE)
_PROMISES: Final = ("promise_ours", "promise_theirs")
_DATED: Final = (*_PROMISES, "next_step")


@dataclass(frozen=True, slots=True)
class CapturedLine:
    """One line with what it seems to be; ``kind`` is a code of ``capture_kind``.

    ``due`` is the day of a promise or step, ``when`` the (partial) date of a fact such as a birthday, ``fact_kind``
    a code of ``fact_kind`` for facts. ``person_id`` is a known person who is named, ``new_name`` one who is not, with the
    ``post``. ``choices``: several fit and one is to be chosen, the likely one first. A contact has its ``contact_kind`` (a code of
    ``interaction``), ``starts_at`` (None: now), ``planned``, everybody named in ``person_ids`` and what came of it in ``outcome``.
    """

    kind: str
    text: str
    due: date | None = None
    when: PartialDate | None = None
    fact_kind: str = ""
    person_id: str = ""
    new_name: PersonName | None = None
    post: str = ""
    choices: tuple[str, ...] = ()
    contact_kind: str = ""
    starts_at: datetime | None = None
    planned: bool = False
    person_ids: tuple[str, ...] = ()
    outcome: str = ""


_LOOKED_AT: Final = 500
"""Characters of a line that decide what it is; a pasted page in one line must not cost minutes."""
_LONGEST_SPLIT: Final = 1_000


def sort_lines(text: str, people: Sequence[KnownPerson], today: date) -> tuple[CapturedLine, ...]:
    """Sort pasted or typed lines; blank ones are left out, the order stays. The likely people stand first in ``people``.

    A line that begins with a contact gives the contact and, after it, each thing that was said there. Who is not named in a
    line after a contact is the one who was there, where it was one, or the only one of the gender of the verb.
    """
    known = {one.id: one for one in people}
    found: list[CapturedLine] = []
    there: tuple[str, ...] = ()
    for raw in text.splitlines():
        line = _BULLET.sub("", raw).strip()
        if not line:
            continue
        for piece in _pieces(line, people, today, first=not found):
            if piece.kind == "interaction":
                there = piece.person_ids
            elif there:
                piece = _of_those(piece, there, known)
            found.append(piece)
    return tuple(found)


def _pieces(line: str, people: Sequence[KnownPerson], today: date, *, first: bool) -> list[CapturedLine]:
    head = contact_head(line, today) if len(line) <= _LONGEST_SPLIT and not _prefixed(line)[0] else None
    if head is not None:
        named = mentions(line[: head.end], people)
        if first or named or head.at is not None:
            return _contact(line, head, named, people, today)
    parts = _OTHER_SIDE.split(line, maxsplit=1) if len(line) <= _LONGEST_SPLIT else [line]
    if len(parts) == 2 and all(parts):
        sides = [_sorted(part.strip(), people, today) for part in parts]
        if all(one.kind in _PROMISES for one in sides):
            return sides
    return [_sorted(line, people, today)]


def _contact(
    line: str, head: ContactHead, named: Sequence[Mention], people: Sequence[KnownPerson], today: date
) -> list[CapturedLine]:
    """The contact, then what was said there; a clause that is nothing of its own goes on with the one before it."""
    rest = line[head.rest :].strip(" .;,—–-")
    sorted_rest: list[CapturedLine] = []
    outcome: list[str] = []
    for clause in _clauses(rest):
        one = _sorted(clause, people, today)
        own = one.kind not in ("note", "next_step") or (one.kind == "next_step" and not head.planned)
        if own and not (one.kind == "person" and one.new_name is None):
            sorted_rest.append(one)
        elif sorted_rest:
            last = sorted_rest[-1]
            sorted_rest[-1] = _sorted(f"{last.text}, {clause}", people, today)
            if sorted_rest[-1].kind != last.kind:
                sorted_rest[-1] = replace(last, text=f"{last.text}, {clause}")
        else:
            outcome.append(clause)
    sure = tuple(dict.fromkeys(one.ids[0] for one in named if len(one.ids) == 1))
    open_choice = next((one.ids for one in named if len(one.ids) > 1), ())
    at = head.at or (None if head.on == today else datetime(head.on.year, head.on.month, head.on.day))
    contact = CapturedLine(
        "interaction",
        line[: head.end].strip(" .;,:—–-"),
        contact_kind=head.kind,
        starts_at=at,
        planned=head.planned,
        person_ids=sure,
        person_id=sure[0] if len(sure) == 1 and not open_choice else "",
        choices=open_choice,
        outcome=", ".join(outcome),
    )
    return [contact, *sorted_rest]


def _clauses(rest: str) -> list[str]:
    return [clause.strip(" .;,") for clause in _CLAUSE.split(rest) if clause and clause.strip(" .;,")]


def _of_those(line: CapturedLine, there: Sequence[str], known: Mapping[str, KnownPerson]) -> CapturedLine:
    """Who was there is meant where a line names nobody; among several, the only one of the verb's gender."""
    if line.person_id or line.choices or line.kind in ("person", "note", "next_step"):
        return line
    if len(there) == 1:
        return replace(line, person_id=there[0])
    gender = "f" if _SHE.search(line.text) else "m" if _HE.search(line.text) else ""
    fit = [one for one in there if one in known and gender_of(known[one].name) == gender] if gender else []
    return replace(line, person_id=fit[0]) if len(fit) == 1 else line


def _sorted(line: str, people: Sequence[KnownPerson], today: date) -> CapturedLine:
    kind, words = _prefixed(line)
    seen = words[:_LOOKED_AT]
    named = mentions(seen, people)
    fact_kind = _fact_kind(seen)
    if not kind:
        kind = _kind(seen, bool(named), fact_kind, today)
    person_id, choices = _meant(named, kind)
    if kind == "person":
        return CapturedLine(kind, words, person_id=person_id, new_name=new_name(seen), post=post_of(seen))
    if kind == "fact":
        return CapturedLine(
            kind,
            words,
            when=_when(seen, today),
            fact_kind=fact_kind or "other",
            person_id=person_id,
            choices=choices,
        )
    found = capture_when.day_ahead(seen, today) if kind in _DATED else None
    return CapturedLine(
        kind, words, due=found[0] if found is not None else None, person_id=person_id, choices=choices
    )


def _meant(named: Sequence[Mention], kind: str) -> tuple[str, tuple[str, ...]]:
    """Whom a line is about, or those among whom one is to be chosen. Of several named, a promise is of who does: the nominative."""
    if not named:
        return "", ()
    ids = {one.ids for one in named}
    if len(ids) == 1:
        mention = named[0]
    elif kind in ("promise_theirs", "fact"):
        mention = next((one for one in named if one.nominative), named[0])
    elif kind in ("promise_ours", "next_step"):
        mention = named[0]
    else:
        return "", ()
    return (mention.ids[0], ()) if len(mention.ids) == 1 else ("", mention.ids)


def _prefixed(line: str) -> tuple[str, str]:
    for pattern, kind in _PREFIXES:
        match = pattern.match(line)
        if match is not None:
            return kind, line[match.end() :]
    return "", line


def _kind(words: str, named: bool, fact_kind: str, today: date) -> str:
    plain = words.replace("\u2019", "'")
    complaint = _COMPLAINT.search(plain)
    promise = next((kind for pattern, kind in _RULES[:2] if pattern.search(plain)), "")
    if complaint is not None and (not promise or complaint.start() < len(plain) // 3):
        return "complaint"
    if promise:
        return promise
    if not named and _CONTACT.search(words) and new_name(words) is not None:
        return "person"
    if _TO_DO.match(plain):
        return "next_step"
    if fact_kind:
        return "fact"
    said = next((kind for pattern, kind in _RULES[2:] if pattern.search(plain)), "")
    if not said and named and _SOMEBODY_WILL.search(plain):
        return "promise_theirs"
    return said or ("next_step" if _begins_with_a_day_ahead(words, today) else "note")


_TO_DO: Final = re.compile(
    r"(?:не забыть|напомнить|поздравить|подарить|купить|узнать|спросить|нужно|надо|remind|don't forget|remember to|find out|buy|congratulate)\b",
    re.IGNORECASE,
)
_SOMEBODY_WILL: Final = re.compile(
    r"\b[A-Z]\w+(?:'ll| will) (?!be\b|have\b|not\b|probably\b)\w+|\b[A-Z]\w+ to (?:send|give|provide|prepare|confirm|call|sign|pay|name|check|introduce|arrange)\b"
)


def _begins_with_a_day_ahead(words: str, today: date) -> bool:
    """«В пятницу выезд на площадку» has no verb to go by, and is a plan all the same."""
    found = find_date(words, today)
    return found is not None and found[1] == 0 and found[0] >= today


def _fact_kind(words: str) -> str:
    return next((kind for pattern, kind in _FACTS if pattern.search(words)), "")


def _when(words: str, today: date) -> PartialDate | None:
    """The partial date in the line, in up to four words."""
    piece = capture_when.partial_in(words, today)
    return parse_partial_date(piece, today) if piece else None
