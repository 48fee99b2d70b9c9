"""How a letter begins: the salutation and the address block of one reader."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

from kamdesk.documents.language.names import initials, name_in_case, romanised
from kamdesk.documents.language.titles import organisation_in_case, title_in_case
from kamdesk.model.inputs import ClientData, Reader
from kamdesk.model.values import PersonName
from kamdesk.rules.typed import gender_of

_COURTESY: Final = re.compile(
    r"Dear (Dr|Prof|Professor|Sir|Dame|Lord|Lady|Mr|Mrs|Ms|Miss|Mx)\.? ", re.IGNORECASE
)


def salutation(reader: Reader, language: str) -> str:
    """«Уважаемый Пётр Сергеевич!» or "Dear Mr Ivanov,".

    The salutation written by hand wins. Without a patronymic a Russian letter says «господин» and the family
    name; where the gender is unknown it greets without a gendered word.
    """
    if reader.salutation.strip():
        return reader.salutation.strip()
    gender = reader.gender or gender_of(reader.name)
    return _russian(reader.name, gender) if language == "ru" else _english(_latin(reader.name), gender)


def _russian(name: PersonName, gender: str) -> str:
    if not name:
        return "Уважаемые коллеги!"
    given, middle = _whole(name.given), _whole(name.middle)
    if not gender:
        named = (
            f"{given} {middle}"
            if given and middle
            else " ".join(filter(None, (name.given, name.middle, name.family)))
        )
        return f"Здравствуйте, {named}!"
    word = "Уважаемый" if gender == "m" else "Уважаемая"
    if name.family and not (given and middle):
        return f"{word} {'господин' if gender == 'm' else 'госпожа'} {name.family}!"
    return f"{word} {' '.join(part for part in (name.given, name.middle) if part)}!"


def _whole(part: str) -> str:
    """The part of a name when it is more than an initial: nobody is addressed as «П. С.»."""
    return "" if len(part) == 1 or part.endswith(".") else part


def _english(name: PersonName, gender: str) -> str:
    if not name:
        return "Dear colleagues,"
    if not name.family:
        return f"Dear {name.given or name.middle},"
    if not gender:
        return f"Dear {' '.join(filter(None, (name.given, name.family)))},"
    return f"Dear {'Mr' if gender == 'm' else 'Ms'} {name.family},"


def _latin(name: PersonName) -> PersonName:
    return PersonName(romanised(name.family), romanised(name.given), romanised(name.middle))


def address_block(reader: Reader, client: ClientData, language: str, separator: str = "\n") -> str:
    """The addressee: title, organisation, name in the dative, one a line; in English name, title, organisation.

    ``separator`` joins the lines; a blank gives the one-line form «Генеральному директору АО «…» Иванову П. С.».
    """
    lines = _russian_lines(reader, client) if language == "ru" else _english_lines(reader, client)
    return separator.join(line for line in lines if line)


def _russian_lines(reader: Reader, client: ClientData) -> list[str]:
    organisation = client.legal_name or client.name
    post = title_in_case(reader.post.strip(), "dative", reader.post_cases)
    if post:
        organisation = organisation_in_case(organisation, "genitive", client.legal_name_cases)
    dative = name_in_case(reader.name, "dative", reader.gender, reader.name_cases)
    # The letters are those of the nominative: «Льву» and «Лев» agree, a hand-written form may have fewer parts.
    short = initials(
        replace(dative, given=reader.name.given, middle=reader.name.middle), "ru", family_first=True
    )
    if not reader.name.family:
        short = " ".join(part for part in (dative.given, dative.middle) if part)
    return [post[:1].upper() + post[1:], organisation, short]


def _english_lines(reader: Reader, client: ClientData) -> list[str]:
    name = _latin(reader.name)
    gender = reader.gender or gender_of(reader.name)
    title = {"m": "Mr", "f": "Ms"}.get(gender, "") if name.family else ""
    # Who is greeted «Dear Dr Brown,» by hand is Dr Brown on the envelope too.
    by_hand = _COURTESY.match(reader.salutation.strip())
    if by_hand is not None and name.family:
        title = by_hand[1]
    person = " ".join(part for part in (title, name.given, name.family) if part)
    return [person, reader.post.strip(), client.legal_name or client.name]
