"""What the dossier says of a client and of us, as words to look for in a finished document, and the field that each of them is (R9)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from kamdesk.documents.language.names import initials, name_in_case
from kamdesk.documents.language.titles import organisation_in_case, title_in_case
from kamdesk.model.inputs import CaseForms
from kamdesk.model.values import PersonName

_CASES: Final = ("", "genitive", "dative", "instrumental")


@dataclass(frozen=True, slots=True)
class KnownPerson:
    """Somebody of the dossier as documents name them."""

    name: PersonName
    post: str = ""
    gender: str = ""
    name_cases: CaseForms = CaseForms()
    post_cases: CaseForms = CaseForms()


@dataclass(frozen=True, slots=True)
class KnownWords:
    """What the open dossier says: the client, its people, our people who sign, our own name, a proposal's subject."""

    client: str = ""
    client_legal: str = ""
    client_address: str = ""
    people: tuple[KnownPerson, ...] = ()
    ours: tuple[KnownPerson, ...] = ()
    our_names: tuple[str, ...] = ()
    subject: str = ""
    legal_cases: CaseForms = CaseForms()


def known_words(known: KnownWords) -> Iterator[tuple[re.Pattern[str], str, tuple[str, ...]]]:
    """(words to search, field, filters), the longest first so that a part never takes a whole's place."""
    found: list[tuple[str, str, tuple[str, ...]]] = []
    legal = known.client_legal or known.client
    for case in _CASES:
        path = {
            "genitive": "client.name_gen",
            "dative": "client.name_dat",
            "instrumental": "client.name_ins",
        }.get(case, "client.name")
        if legal and path:
            found.append((_organisation(legal, case, known.legal_cases), path, ()))
    if known.client:
        found.append((known.client, "client.short_name", ()))
    if len(known.client_address) > 8:
        found.append((known.client_address, "client.address", ()))
    if len(known.subject) > 8:
        found.append((known.subject, "proposal.subject", ()))
    for person in known.people:
        found += _person(person, "recipient.full_name", "recipient.post")
    for person in known.ours:
        found += _person(person, "signatory.full_name", "signatory.post")
    seen: set[str] = set()
    for words, path, filters in sorted(found, key=lambda one: -len(one[0])):
        if len(words.strip()) > 2 and words.casefold() not in seen:
            seen.add(words.casefold())
            yield _loose(words), path, filters


def _organisation(name: str, case: str, forms: CaseForms) -> str:
    return organisation_in_case(name, case or "nominative", forms)


def _person(
    person: KnownPerson, name_path: str, post_path: str
) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    name = person.name
    for case in _CASES:
        declined = name_in_case(name, case, person.gender, person.name_cases) if case else name
        cases = (case,) if case else ()
        if declined.family and declined.given:
            yield declined.full("ru"), name_path, cases
            short = PersonName(declined.family, name.given, name.middle)
            yield initials(short, "ru"), name_path, (*cases, "initials")
            yield initials(short, "ru", family_first=True), name_path, (*cases, "surname_first")
        if declined.given and declined.middle and not case:
            yield f"{declined.given} {declined.middle}", name_path, ("polite_name",)
        if len(person.post) > 4:
            post = title_in_case(person.post, case, person.post_cases) if case else person.post
            yield post, post_path, cases


def _loose(words: str) -> re.Pattern[str]:
    """The words however they are spaced and quoted, not inside a longer word."""
    made = []
    for piece in re.split(r"([\s\u00a0\u202f]+|[«»\"“”„]|ё|Ё|\.)", words):
        if not piece:
            continue
        if piece.isspace() or piece in ("\u00a0", "\u202f"):
            made.append(r"[\s\u00a0\u202f]+")
        elif piece in '«»"“”„':
            made.append('[«»"“”„]')
        elif piece in "ёЁ":
            made.append("[её]")
        elif piece == ".":
            made.append(r"\.")
        else:
            made.append(re.escape(piece))
    text = "".join(made).replace(r"\.[\s\u00a0\u202f]+", r"\.[\s\u00a0\u202f]*")
    return re.compile(rf"(?<!\w){text}(?!\w)", re.IGNORECASE)


def bare(name: str) -> str:
    """A name without quotes, spaces and signs, to compare it."""
    return "".join(letter for letter in name.casefold() if letter.isalnum())
