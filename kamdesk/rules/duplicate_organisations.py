"""Which organisations may be one (D16): requisites and keys first, then the name without its legal form."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from kamdesk.model.messages import Message
from kamdesk.rules.duplicates import Match, organisation_key, pairs_in

_RANK: Final = {"same": 0, "likely": 1, "possible": 2}


@dataclass(frozen=True, slots=True)
class OrganisationIdentity:
    """What is compared of an organisation. ``names`` are its short and legal name; ``phones`` are E.164, e-mails lower case."""

    id: str
    names: tuple[str, ...]
    inn: str = ""
    kpp: str = ""
    ogrn: str = ""
    emails: tuple[str, ...] = ()
    phones: tuple[str, ...] = ()
    keys: tuple[str, ...] = ()


def organisation_pairs(organisations: Iterable[OrganisationIdentity]) -> list[tuple[str, Match]]:
    """Every two organisations that may be one, each pair once, the surest first: (smaller id, match)."""
    known = {one.id: one for one in organisations}
    own: defaultdict[str, set[str]] = defaultdict(set)
    named: defaultdict[str, set[str]] = defaultdict(set)
    for one in known.values():
        for key in _own_keys(one):
            own[key].add(one.id)
        for name in one.names:
            if key := organisation_key(name):
                named[key].add(one.id)
    found = []
    for left, right in pairs_in(own, named, crowded=(own,)):
        judged = judged_organisations(known[left], known[right])
        if judged is not None:
            found.append((left, Match(right, *judged, _likeness(known[left], known[right]))))
    return sorted(found, key=lambda pair: (_RANK[pair[1].certainty], -pair[1].score, pair[0], pair[1].id))


def judged_organisations(
    one: OrganisationIdentity, other: OrganisationIdentity
) -> tuple[str, Message] | None:
    """How sure it is that two organisations are one, and why; None where nothing says so.

    Two different INN are two legal entities whatever their names; one INN with two KPP is a head office and its branch.
    """
    if one.inn and one.inn == other.inn:
        if one.kpp and other.kpp and one.kpp != other.kpp:
            return "possible", Message("duplicate.inn_other_kpp")
        return "same", Message("duplicate.inn", {"value": one.inn})
    if one.ogrn and one.ogrn == other.ogrn:
        return "same", Message("duplicate.ogrn", {"value": one.ogrn})
    if one.inn and other.inn:
        return None
    if set(one.keys) & set(other.keys):
        return "same", Message("duplicate.key")
    for code, mine, theirs in (
        ("duplicate.email", one.emails, other.emails),
        ("duplicate.phone_only", one.phones, other.phones),
    ):
        common = sorted(set(mine) & set(theirs))
        if common:
            return "likely", Message(code, {"value": common[0]})
    if {organisation_key(name) for name in one.names} & {organisation_key(name) for name in other.names}:
        return "likely", Message("duplicate.organisation_name")
    return None


def _own_keys(one: OrganisationIdentity) -> Iterable[str]:
    for kind, values in (
        ("inn", (one.inn,)),
        ("ogrn", (one.ogrn,)),
        ("email", one.emails),
        ("phone", one.phones),
        ("key", one.keys),
    ):
        yield from (f"{kind} {value}" for value in values if value)


def _likeness(one: OrganisationIdentity, other: OrganisationIdentity) -> int:
    from rapidfuzz import fuzz

    scores = [fuzz.token_sort_ratio(a.casefold(), b.casefold()) for a in one.names for b in other.names]
    return round(max(scores, default=0))
