"""From fields with their values to one imported person: what all formats of contacts have in common."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import Final

from kamdesk.exchange import spelling
from kamdesk.exchange.records import (
    ImportedPerson,
    PostalAddress,
    TypedValue,
    clean,
    clean_lines,
    unique,
)
from kamdesk.model.values import PersonName

PHONES: Final = ("phone", "mobile", "home_phone", "fax")
MESSENGERS: Final = ("telegram", "whatsapp", "vk")
_LABELS: Final = (
    (re.compile(r"fax|факс", re.IGNORECASE), "fax"),
    (re.compile(r"mobile|cell|моб|сотов|iphone", re.IGNORECASE), "mobile"),
    (re.compile(r"home|дом", re.IGNORECASE), "home_phone"),
    (re.compile(r"work|main|business|раб|осн", re.IGNORECASE), "phone"),
)
_ADDRESS: Final = ("address_street", "address_city", "address_region", "address_postcode", "address_country")
_GENDERS: Final = (
    (re.compile(r"(m|male|м|муж\w*|мужской)\.?\Z", re.IGNORECASE), "m"),
    (re.compile(r"(f|female|ж|жен\w*|женский)\.?\Z", re.IGNORECASE), "f"),
)
_COURTESY: Final = (
    (re.compile(r"(mr|г-н|господин)\.?\Z", re.IGNORECASE), "m"),
    (re.compile(r"(mrs|ms|miss|г-жа|госпожа)\.?\Z", re.IGNORECASE), "f"),
)


@dataclass(slots=True)
class RowOfFields:
    """The values of one row by field and group, in the order in which they stood."""

    values: dict[tuple[str, str], list[str]] = field(default_factory=dict)
    not_understood: list[str] = field(default_factory=list)

    def add(self, name: str, group: str, value: str) -> None:
        """Add a value; an empty one is left out."""
        if value:
            self.values.setdefault((name, group), []).append(value)

    def all(self, name: str) -> list[str]:
        """Every value of a field, of all groups."""
        return [
            value for (field_name, _), values in self.values.items() if field_name == name for value in values
        ]

    def one(self, name: str) -> str:
        """All values of a field in one line, without repetition."""
        return "; ".join(unique([clean(value) for value in self.all(name)]))


def person_of(row: RowOfFields, source: str, month_first: bool = False) -> ImportedPerson | None:
    """The person of a row, or None when neither name nor e-mail nor phone is in it."""
    unclear = list(row.not_understood)
    emails = unique([match for value in row.all("email") for match in _emails(value, unclear)])
    phones = _phones(row, unclear)
    name, raw = _name(row)
    if not name:
        name = nameless(emails, phones)
    if not name:
        return None
    birthday, anniversary = row.one("birthday"), row.one("anniversary")
    person = ImportedPerson(
        source,
        name,
        raw_name=raw,
        organisation=row.one("organisation"),
        department=row.one("department"),
        title=row.one("title"),
        gender=gender(row.one("gender"), row.one("prefix")),
        emails=emails,
        phones=phones,
        messengers=_messengers(row),
        addresses=_addresses(row),
        birthday=spelling.parse_date(birthday, month_first),
        anniversary=spelling.parse_date(anniversary, month_first),
        notes="\n".join(unique([clean_lines(value) for value in row.all("notes")])),
        manager=row.one("manager"),
        assistant=row.one("assistant"),
        spouse=row.one("spouse"),
        children=row.one("children"),
        hobby=row.one("hobby"),
        categories=categories(row.all("categories")),
        url=row.one("website"),
        uid=row.one("uid"),
        language=row.one("language"),
        nickname=row.one("nickname"),
        lens=row.one("lens"),
        influence=row.one("influence"),
        stance=row.one("stance"),
        part=row.one("part"),
    )
    for label, text, value in (
        ("Birthday", birthday, person.birthday),
        ("Anniversary", anniversary, person.anniversary),
    ):
        if value is None and is_meant(text):
            unclear.append(f"{label}: {text}")
    return replace(person, not_understood=unique([clean_lines(text) for text in unclear]))


def is_meant(date_text: str) -> bool:
    """Whether a date cell says anything: Outlook's 0/0/00 and 0.0.00 do not."""
    return bool(date_text.strip(" 0./-:"))


def _name(row: RowOfFields) -> tuple[PersonName, str]:
    whole = row.one("name")
    if row.all("family") or row.all("given") or row.all("middle"):
        name = PersonName(row.one("family"), row.one("given"), row.one("middle"))
        raw = whole or " ".join(
            part
            for part in (row.one("prefix"), name.given, name.middle, name.family, row.one("suffix"))
            if part
        )
        return name, raw
    return spelling.parse_name(whole), whole


def nameless(emails: tuple[str, ...], phones: tuple[TypedValue, ...]) -> PersonName:
    """What to call somebody without a name: john.doe@… tells it, else the e-mail or phone itself until it is known."""
    if emails:
        match = re.match(r"([a-z]{2,20})[._]([a-z]{2,30})@", emails[0], re.IGNORECASE)
        return PersonName(match[2].capitalize(), match[1].capitalize()) if match else PersonName(emails[0])
    return PersonName(phones[0].value) if phones else PersonName()


def gender(word: str, courtesy: str) -> str:
    """ "m", "f" or "" by the word of a column, else by «г-жа», "Mr."."""
    for rules, text in ((_GENDERS, word), (_COURTESY, courtesy)):
        for pattern, code in rules:
            if pattern.match(text.strip()):
                return code
    return ""


def _emails(value: str, unclear: list[str]) -> list[str]:
    found = spelling.EMAIL.findall(value)
    if not found:
        unclear.append(f"E-mail: {value}")
    return found


def _phones(row: RowOfFields, unclear: list[str]) -> tuple[TypedValue, ...]:
    found: list[TypedValue] = []
    for (name, group), values in row.values.items():
        if name not in PHONES:
            continue
        labels = row.values.get(("phone_label", group), []) if group else []
        for value in values:
            text = clean(value)
            if not any(char.isdigit() for char in text):
                unclear.append(f"Phone: {text}")
                continue
            kind = labelled(labels[0], text) if labels else name
            found.append(
                TypedValue(spelling.phone_kind(text) if kind == "phone" and not labels else kind, text)
            )
    return tuple(dict.fromkeys(found))


def labelled(label: str, value: str) -> str:
    """The kind of a phone by the words beside it."""
    return next((kind for pattern, kind in _LABELS if pattern.search(label)), spelling.phone_kind(value))


def _messengers(row: RowOfFields) -> tuple[TypedValue, ...]:
    found = [TypedValue(kind, clean(value)) for kind in MESSENGERS for value in row.all(kind)]
    found += [TypedValue("other", clean(value)) for value in row.all("messenger")]
    return tuple(dict.fromkeys(found))


def _addresses(row: RowOfFields) -> tuple[PostalAddress, ...]:
    found = [PostalAddress("", clean(value)) for value in row.all("address")]
    groups = dict.fromkeys(group for name, group in row.values if name in _ADDRESS)
    for group in groups:
        parts = {name: ", ".join(map(clean, row.values.get((name, group), []))) for name in _ADDRESS}
        found.append(PostalAddress(group if group in ("work", "home") else "", address_line(*parts.values())))
    return tuple(address for address in dict.fromkeys(found) if address.text)


def address_line(street: str, city: str, region: str, postcode: str, country: str) -> str:
    """One line in the order of an envelope: index first in Russian, street first elsewhere; nothing twice."""
    parts = [street, city, region, postcode, country]
    if any("а" <= char <= "я" for char in "".join(parts).lower()):
        parts = [postcode, country, region, city, street]
    return ", ".join(unique([part.strip(" ,") for part in parts]))


def categories(values: list[str]) -> tuple[str, ...]:
    """Single labels; Google's own (`* myContacts`) tell nothing and are left out."""
    words = [clean(word) for value in values for word in re.split(r"[;,]", value)]
    return unique([word for word in words if not word.startswith("* ")])
