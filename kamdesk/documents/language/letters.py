"""How a letter begins: the salutation and the address block of one reader."""

from __future__ import annotations

import re
from typing import Final

from kamdesk.documents.language.names import (
    full_name,
    is_cyrillic,
    name_in_case,
    romanised,
    short_name,
    suits,
)
from kamdesk.documents.language.titles import organisation_in_case, title_in_case
from kamdesk.model.inputs import ClientData, Reader
from kamdesk.model.values import PersonName
from kamdesk.rules.typed import gender_of

_COURTESY: Final = re.compile(
    r"Dear (Dr|Prof|Professor|Sir|Dame|Lord|Lady|Mr|Mrs|Ms|Miss|Mx)\.? ", re.IGNORECASE
)


def salutation(reader: Reader, language: str) -> str:
    """«Уважаемый Пётр Сергеевич!» or "Dear Mr Ivanov,".

    The salutation written by hand wins, then the courtesy title: "Dear Dr Brown,", «Уважаемый профессор Иванов!». Without a patronymic a Russian letter says «господин» and the family
    name; where the gender is unknown it greets without a gendered word.
    """
    if reader.salutation.strip():
        return reader.salutation.strip()
    gender = reader.gender or gender_of(reader.name)
    title = courtesy(reader, language)
    if language == "ru":
        return _russian(reader.name, gender, title)
    return _english(_latin(reader.name), gender, title)


def courtesy(reader: Reader, language: str) -> str:
    """The courtesy title written by hand, where it is in the letters of the language; "" else."""
    title = " ".join(reader.courtesy.split())
    return title if is_cyrillic(title) == (language == "ru") else ""


def usual_courtesy(reader: Reader, language: str) -> str:
    """The courtesy title that is used where none is written by hand: Mr, Ms; in Russian none."""
    gender = reader.gender or gender_of(reader.name)
    return {"m": "Mr", "f": "Ms"}.get(gender, "") if language != "ru" and reader.name.family else ""


def _russian(name: PersonName, gender: str, title: str) -> str:
    if not name:
        return "Уважаемые коллеги!"
    given, middle = _whole(name.given), _whole(name.middle)
    if title and name.family and not gender:
        return f"Здравствуйте, {title} {name.family}!"
    if not gender:
        named = (
            f"{given} {middle}"
            if given and middle
            else " ".join(filter(None, (name.given, name.middle, name.family)))
        )
        return f"Здравствуйте, {named}!"
    word = "Уважаемый" if gender == "m" else "Уважаемая"
    if title and name.family:
        return f"{word} {title} {name.family}!"
    if name.family and not (given and middle):
        return f"{word} {'господин' if gender == 'm' else 'госпожа'} {name.family}!"
    return f"{word} {' '.join(part for part in (name.given, name.middle) if part)}!"


def _whole(part: str) -> str:
    """The part of a name when it is more than an initial: nobody is addressed as «П. С.»."""
    return "" if len(part) == 1 or part.endswith(".") else part


def _english(name: PersonName, gender: str, title: str) -> str:
    if not name:
        return "Dear colleagues,"
    if not name.family:
        return f"Dear {' '.join(filter(None, (title, name.given or name.middle)))},"
    if title:
        return f"Dear {title} {name.family},"
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
    short = short_name(dative, "ru", True, by_hand=reader.initials, nominative=reader.name)
    if not reader.name.family:
        short = " ".join(part for part in (dative.given, dative.middle) if part)
    title = courtesy(reader, "ru")
    if title and short:
        short = f"{title_in_case(title, 'dative')} {short}"
    return [post[:1].upper() + post[1:], organisation, short]


def _english_lines(reader: Reader, client: ClientData) -> list[str]:
    name = _latin(reader.name)
    title = courtesy(reader, "en") or usual_courtesy(reader, "en")
    # Who is greeted «Dear Dr Brown,» by hand is Dr Brown on the envelope too.
    by_hand = _COURTESY.match(reader.salutation.strip())
    if by_hand is not None and name.family and not courtesy(reader, "en"):
        title = by_hand[1]
    if suits(reader.written_name, "en", reader.name):
        name = PersonName("", full_name(reader.name, "en", reader.written_name))
    person = " ".join(part for part in (title, name.given, name.family) if part)
    return [person, reader.post.strip(), client.legal_name or client.name]
