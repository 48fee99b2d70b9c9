"""Who may be whom (D16): e-mail or phone first, then the parts of the name. Nothing is merged here.

Spelling distance only orders what the rule found; it never makes a match, because «Иванова» and «Иванов» are two.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from itertools import combinations
from typing import Final

from kamdesk.model.messages import Message
from kamdesk.model.values import PartialDate, PersonName

_SHARED_MAILBOX: Final = re.compile(
    r"(?:info|office|sales?|mail|zakaz|order|contact|reception|secretary|priemnaya|priem|post|hello|support|buh|tender|zakupki|snab|company|admin)\d*@"
)
_LEGAL_FORMS: Final = re.compile(
    r"\b(?:ооо|оао|зао|пао|нао|ао|ип|гк|фгуп|гуп|муп|фгбу|гбуз|гбу|ано|тоо|чуп|одо"
    r"|общество с ограниченной ответственностью|(?:публичное |открытое |закрытое |непубличное )?акционерное общество"
    r"|llc|ltd|limited|inc|incorporated|gmbh|plc|corp|corporation|co|company|jsc|pjsc|oy|ab|ag|sa|srl|bv|kg)\b\.?"
)
_MARKS: Final = re.compile(r"[^\w]+")


@dataclass(frozen=True, slots=True)
class Identity:
    """What is compared of a person. ``phones`` are E.164; ``organisations`` are ids or names, as long as alike.

    ``keys`` are what other programs call the person (``vcard_uid:…``).
    """

    id: str
    name: PersonName
    emails: tuple[str, ...] = ()
    phones: tuple[str, ...] = ()
    organisations: tuple[str, ...] = ()
    birthday: PartialDate | None = None
    keys: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Match:
    """Another person this one may be. ``certainty`` is same, likely or possible; ``score`` orders (0–100)."""

    id: str
    certainty: str
    reason: Message
    score: int


_RANK: Final = {"same": 0, "likely": 1, "possible": 2}
_CROWD: Final = 20
"""An address or a number that more share is nobody's own."""
_NAMESAKES: Final = 50
"""A name that makes more pairs says nothing by itself: only with the same organisation or the same birthday."""


class DuplicateIndex:
    """Known people by e-mail, phone and name; a question costs no more than its answers, at any size."""

    def __init__(self, people: Iterable[Identity] = ()) -> None:
        self._people: dict[str, Identity] = {}
        self._by_email: dict[str, set[str]] = defaultdict(set)
        self._by_phone: dict[str, set[str]] = defaultdict(set)
        self._by_name: dict[str, set[str]] = defaultdict(set)
        self._by_key: dict[str, set[str]] = defaultdict(set)
        for person in people:
            self.add(person)

    def add(self, person: Identity) -> None:
        """Make a person known, for the questions that follow (the next rows of an import)."""
        self._people[person.id] = person
        for email in person.emails:
            self._by_email[_email(email)].add(person.id)
        for phone in person.phones:
            self._by_phone[phone].add(person.id)
        for key in _name_keys(person.name):
            self._by_name[key].add(person.id)
        for key in person.keys:
            self._by_key[key].add(person.id)

    def matches(self, person: Identity) -> tuple[Match, ...]:
        """Everybody this person may be, surest first; the person's own id is left out."""
        matches = []
        for other_id in self._candidates(person) - {person.id}:
            other = self._people[other_id]
            judged = self._judged(person, other)
            if judged is not None:
                certainty, reason = judged
                matches.append(Match(other_id, certainty, reason, _likeness(person.name, other.name)))
        return tuple(sorted(matches, key=lambda match: (_RANK[match.certainty], -match.score, match.id)))

    def pairs(self) -> list[tuple[str, Match]]:
        """Every two known people who may be one, each pair once, the surest first: (smaller id, match)."""
        found = []
        own = (self._by_key, self._by_email, self._by_phone)
        for one, two in pairs_in(*own, *self._namesakes(), crowded=own):
            person, other = self._people[one], self._people[two]
            judged = self._judged(person, other)
            if judged is not None:
                found.append((one, Match(two, *judged, _likeness(person.name, other.name))))
        return sorted(found, key=lambda pair: (_RANK[pair[1].certainty], -pair[1].score, pair[0], pair[1].id))

    def _namesakes(self) -> Iterator[Mapping[str, AbstractSet[str]]]:
        """Indexes in which those stand together whose names agree and who are not lost in a crowd of namesakes."""
        together: defaultdict[str, set[str]] = defaultdict(set)
        for key, ids in self._by_name.items():
            if len(ids) < 2:
                continue
            named: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
            for row_id in ids:
                person = self._people[row_id]
                named[_folded(person.name.given), _folded(person.name.middle)].add(row_id)
                for organisation in person.organisations:
                    together[f"{key} {organisation}"].add(row_id)
                if person.birthday is not None and person.birthday.day is not None:
                    together[f"{key} {person.birthday.month}-{person.birthday.day}"].add(row_id)
            yield _agreeing(named)
        yield together

    def _candidates(self, person: Identity) -> set[str]:
        found: set[str] = set()
        for email in person.emails:
            found |= self._by_email.get(_email(email), set())
        for phone in person.phones:
            found |= self._by_phone.get(phone, set())
        for key in person.keys:
            found |= self._by_key.get(key, set())
        for key in _name_keys(person.name):
            found |= self._by_name.get(key, set())
        return found

    def _judged(self, one: Identity, other: Identity) -> tuple[str, Message] | None:
        agree = names_agree(one.name, other.name)
        if set(one.keys) & set(other.keys):
            return ("possible" if agree is False else "same"), Message("duplicate.key")
        email = next(iter(sorted(set(map(_email, one.emails)) & set(map(_email, other.emails)))), "")
        if email and agree is not False:
            shared = _SHARED_MAILBOX.match(email) is not None and agree is None
            return ("possible" if shared else "same"), Message("duplicate.email", {"value": email})
        if email and not _SHARED_MAILBOX.match(email):
            return "possible", Message("duplicate.email_other_name", {"value": email})
        phone = next(iter(sorted(set(one.phones) & set(other.phones))), "")
        if phone and agree:
            return "same", Message("duplicate.phone", {"value": phone})
        if not agree:
            return None
        together = bool(set(one.organisations) & set(other.organisations))
        whole = _whole(one.name) and _whole(other.name)
        born_alike = birthdays_agree(one.birthday, other.birthday)
        if born_alike is False:
            # Two full names with two birthdays are two people, unless one of the days was mistyped.
            return ("possible", Message("duplicate.other_birthday")) if together else None
        if born_alike:
            return "likely", Message("duplicate.name_birthday")
        if together:
            return "likely", Message("duplicate.name_organisation")
        return (
            ("likely", Message("duplicate.full_name")) if whole else ("possible", Message("duplicate.name"))
        )


def names_agree(one: PersonName, other: PersonName) -> bool | None:
    """Whether two names can be one person's; None where there is too little of one to say.

    The family name must be the same; given name and patronymic the same, an initial of the other, or unknown.
    """
    if not (one.family and other.family):
        return None if not (one and other) else (None if _part_agrees(one.given, other.given) else False)
    if _folded(one.family) != _folded(other.family):
        return False
    if not (_part_agrees(one.given, other.given) and _part_agrees(one.middle, other.middle)):
        return False
    return True if one.given and other.given else None


def birthdays_agree(one: PartialDate | None, other: PartialDate | None) -> bool | None:
    """Whether two birthdays can be one person's; None where day and month of one are not known."""
    if one is None or other is None:
        return None
    parts = ((one.year, other.year), (one.month, other.month), (one.day, other.day))
    if any(left is not None and right is not None and left != right for left, right in parts):
        return False
    return True if one.day is not None and other.day is not None else None


def pairs_in(
    *indexes: Mapping[str, AbstractSet[str]], crowded: tuple[Mapping[str, AbstractSet[str]], ...] = ()
) -> Iterator[tuple[str, str]]:
    """Every two ids that share an entry of an index, the smaller id first, each pair once.

    Entries of the ``crowded`` indexes that more than twenty share tell nobody apart and are passed over.
    """
    seen: set[tuple[str, str]] = set()
    for index in indexes:
        for ids in index.values():
            if len(ids) < 2 or (len(ids) > _CROWD and any(index is one for one in crowded)):
                continue
            for pair in combinations(sorted(ids), 2):
                if pair not in seen:
                    seen.add(pair)
                    yield pair


def _agreeing(named: Mapping[tuple[str, str], set[str]]) -> dict[str, set[str]]:
    """People of one family name by agreeing (given name, patronymic): each two such spellings that are rare enough."""
    result = {}
    spellings = list(named)
    for at, one in enumerate(spellings):
        for place, other in enumerate(spellings[at:], start=at):
            mine, theirs = named[one], named[other]
            pairs = len(mine) * (len(mine) - 1) // 2 if at == place else len(mine) * len(theirs)
            if 0 < pairs <= _NAMESAKES and all(
                _alike(left, right) for left, right in zip(one, other, strict=True)
            ):
                result[f"{at} {place}"] = mine | theirs
    return result


def _part_agrees(one: str, other: str) -> bool:
    return _alike(_folded(one), _folded(other))


def _alike(left: str, right: str) -> bool:
    if not left or not right or left == right:
        return True
    short, long = sorted((left, right), key=len)
    return len(short) == 1 and long.startswith(short)


def _whole(name: PersonName) -> bool:
    return all(len(_folded(part)) > 1 for part in (name.family, name.given, name.middle))


def _name_keys(name: PersonName) -> tuple[str, ...]:
    """Family name with the first letter of the given name: what initials and whole names share."""
    family, given = _folded(name.family), _folded(name.given)
    return (f"{family} {given[:1]}",) if family and given else ()


def _folded(text: str) -> str:
    return _MARKS.sub("", text.casefold().replace("ё", "е"))


def _email(text: str) -> str:
    return text.strip().casefold()


def _likeness(one: PersonName, other: PersonName) -> int:
    if one == other:
        return 100
    from rapidfuzz import fuzz

    return round(fuzz.token_sort_ratio(one.full().casefold(), other.full().casefold()))


def organisation_key(name: str) -> str:
    """What two spellings of one organisation share: «ООО „Вектор“», «Вектор, ООО» and «ВЕКТОР» are «вектор».

    Legal form, quotes, marks and case are left off; a name that is nothing but a legal form keeps it.
    """
    plain = name.casefold().replace("ё", "е")
    bare = _MARKS.sub(" ", _LEGAL_FORMS.sub(" ", _MARKS.sub(" ", plain))).split()
    return " ".join(bare) or " ".join(_MARKS.sub(" ", plain).split())
