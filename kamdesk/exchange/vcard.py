"""Contact cards (vCard 2.1, 3.0, 4.0 and the extensions of RFC 6715, Apple, Microsoft, Evolution) as imported people.

One bad card does not stop the rest, a photo by address is never fetched, and what has no place here is kept.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Final

from kamdesk.exchange import encodings, people, spelling
from kamdesk.exchange.records import (
    ContactsRead,
    ImportedPerson,
    PostalAddress,
    Skipped,
    TypedValue,
    clean,
    clean_lines,
    unique,
)
from kamdesk.exchange.vcard_lines import Card, Line, cards, split, unescaped
from kamdesk.model.messages import KamdeskError, Message
from kamdesk.model.values import PartialDate, PersonName

MAX_BYTES: Final = 300 * 2**20

# Machinery of the writing program: nothing a person would miss.
_TECHNICAL: Final = re.compile(
    r"(REV|PRODID|UID|VERSION|KIND|CLASS|SORT-STRING|MAILER|PROFILE|SOURCE|NAME|CLIENTPIDMAP|CALURI|CALADRURI|FBURL|"
    r"X-ABADR|X-ABSHOWAS|X-ABLABEL|X-ABUID|X-MS-OL-.*|X-MS-CARDPICTURE|X-MOZILLA-.*|X-EVOLUTION-FILE-AS|X-IMAGEHASH|"
    r"X-IMAGETYPE|X-SHARED-PHOTO-DISPLAY-PREF|X-APPLE-.*|X-ADDRESSBOOKSERVER-.*)\Z"
)
_MESSENGERS: Final[Mapping[str, str]] = {
    "X-TELEGRAM": "telegram", "X-WHATSAPP": "whatsapp", "X-VK": "vk", "X-SKYPE": "other", "X-SKYPE-USERNAME": "other",
    "X-ICQ": "other", "X-JABBER": "other", "X-AIM": "other", "X-MSN": "other", "X-YAHOO": "other", "X-GADUGADU": "other",
    "X-GOOGLE-TALK": "other", "X-MS-IMADDRESS": "other", "X-QQ": "other",
}  # fmt: skip
_RELATED: Final[Mapping[str, str]] = {
    "X-SPOUSE": "spouse", "X-MS-SPOUSE": "spouse", "X-EVOLUTION-SPOUSE": "spouse", "X-KADDRESSBOOK-X-SPOUSESNAME": "spouse",
    "X-MANAGER": "manager", "X-MS-MANAGER": "manager", "X-EVOLUTION-MANAGER": "manager",
    "X-KADDRESSBOOK-X-MANAGERSNAME": "manager", "X-ASSISTANT": "assistant", "X-MS-ASSISTANT": "assistant",
    "X-EVOLUTION-ASSISTANT": "assistant", "X-KADDRESSBOOK-X-ASSISTANTSNAME": "assistant", "X-MS-CHILD": "children",
}  # fmt: skip
_RELATIONS: Final = ("spouse", "child", "manager", "assistant")
_ANNIVERSARIES: Final = frozenset(
    [
        "ANNIVERSARY",
        "X-ANNIVERSARY",
        "X-MS-ANNIVERSARY",
        "X-EVOLUTION-ANNIVERSARY",
        "X-KADDRESSBOOK-X-ANNIVERSARY",
    ]
)
_GROUP_KINDS: Final = frozenset(["org", "group", "location", "device", "application"])
_MAGIC: Final = (
    (b"\xff\xd8\xff", "jpeg"),
    (b"\x89PNG", "png"),
    (b"GIF8", "gif"),
    (b"RIFF", "webp"),
    (b"BM", "bmp"),
)


def read_vcards(data: bytes, file: str, *, encoding: str = "") -> ContactsRead:
    """Read all cards of a file's bytes; the encoding is detected when not given.

    Raises KamdeskError ``table.too_big``, ``contacts.not_vcard``, ``contacts.unknown_encoding``.
    """
    if len(data) > MAX_BYTES:
        raise KamdeskError("table.too_big", file=file, size=len(data) // 2**20, limit=MAX_BYTES // 2**20)
    text, _ = encodings.decode(data, encoding)
    taken: list[ImportedPerson] = []
    skipped: list[Skipped] = []
    for card in cards(text):
        source = f"{file}:{card.number}"
        result = _person(card, source)
        if isinstance(result, ImportedPerson):
            taken.append(result)
        else:
            skipped.append(result)
    if not taken and not skipped:
        raise KamdeskError("contacts.not_vcard", file=file)
    return ContactsRead(tuple(taken), tuple(skipped), len(taken) + len(skipped))


def _person(card: Card, source: str) -> ImportedPerson | Skipped:
    reader = _Reader(card)
    person = reader.person(source)
    if _kind(card) in _GROUP_KINDS or reader.is_company:
        return Skipped(source, person.raw_name or person.organisation, Message("contacts.organisation_card"))
    if not person.name:
        why = "contacts.no_name" if card.closed else "contacts.cut"
        return Skipped(source, person.organisation, Message(why))
    return person


def _kind(card: Card) -> str:
    names = ("KIND", "X-ADDRESSBOOKSERVER-KIND")
    return next((line.value.strip().lower() for line in card.lines if line.name in names), "")


class _Reader:
    """Gathers one card's lines into the fields of an imported person."""

    def __init__(self, card: Card) -> None:
        self._card = card
        self._labels = {
            line.group: unescaped(line.value).strip("_$!<> ")
            for line in card.lines
            if line.name == "X-ABLABEL" and line.group
        }
        self._texts: dict[str, list[str]] = {}
        self._name = PersonName()
        self._courtesy = ""
        self._gender = ""
        self._emails: list[str] = []
        self._phones: list[TypedValue] = []
        self._messengers: list[TypedValue] = []
        self._addresses: list[PostalAddress] = []
        self._mailing_labels: list[PostalAddress] = []
        self._unclear: list[str] = list(card.unreadable)
        self._photo: tuple[bytes, str] | None = None
        self.is_company = False
        for line in card.lines:
            self._take(line)

    def _take(self, line: Line) -> None:
        handler = _HANDLERS.get(line.name)
        if handler is not None:
            handler(self, line)
        elif line.name in _RELATED:
            self._add(_RELATED[line.name], unescaped(line.value))
        elif line.name in _MESSENGERS:
            self._messenger(_MESSENGERS[line.name], unescaped(line.value))
        elif line.name in _ANNIVERSARIES:
            self._add("anniversary", line.value)
        elif line.name == "X-ABSHOWAS" and line.value.strip().upper() == "COMPANY":
            self.is_company = True
        elif not _TECHNICAL.match(line.name) and line.value.strip(" ;,"):
            self._keep(line)

    def person(self, source: str) -> ImportedPerson:
        """The person as far as the card tells; an empty name where it tells none."""
        raw = self._one("full")
        emails, phones = unique(self._emails), tuple(dict.fromkeys(self._phones))
        name = self._name or spelling.parse_name(raw)
        name = name or (PersonName() if self.is_company else people.nameless(emails, phones))
        birthday, anniversary = self._date("BDAY", "birthday"), self._date("ANNIVERSARY", "anniversary")
        title, role = self._one("title"), self._one("role")
        person = ImportedPerson(
            source,
            name,
            raw_name=raw,
            organisation=self._one("organisation"),
            department=self._one("department"),
            title=title or role,
            gender=self._gender or people.gender("", self._courtesy),
            emails=emails,
            phones=phones,
            messengers=tuple(dict.fromkeys(self._messengers)),
            addresses=tuple(dict.fromkeys(self._addresses or self._mailing_labels)),
            birthday=birthday,
            anniversary=anniversary,
            notes="\n".join(unique([clean_lines(text) for text in self._texts.get("notes", [])])),
            uid=self._one("uid"),
            language=next((clean(text) for text in self._texts.get("language", [])), ""),
            categories=people.categories(self._texts.get("categories", [])),
            url=self._one("website"),
        )
        if title and role and role != title:
            self._unclear.append(f"ROLE: {role}")
        photo, photo_type = self._photo or (None, "")
        return replace(
            person,
            photo=photo,
            photo_type=photo_type,
            not_understood=unique([clean_lines(text)[:2000] for text in self._unclear]),
            manager=self._one("manager"),
            assistant=self._one("assistant"),
            spouse=self._one("spouse"),
            children=self._one("children"),
            hobby=self._one("hobby"),
            nickname=self._one("nickname"),
        )

    def _add(self, name: str, text: str) -> None:
        if text.strip():
            self._texts.setdefault(name, []).append(text)

    def _one(self, name: str) -> str:
        return "; ".join(unique([clean(text) for text in self._texts.get(name, [])]))

    def _keep(self, line: Line) -> None:
        label = self._labels.get(line.group, "") or ("pager" if "pager" in line.types else "")
        name = f"{line.name} ({label})" if label else line.name
        self._unclear.append(f"{name}: {clean_lines(unescaped(line.value))}")

    def _date(self, name: str, key: str) -> PartialDate | None:
        texts = self._texts.get(key, [])
        for text in texts:
            date = spelling.parse_date(unescaped(text))
            if date is not None:
                return date
        self._unclear += [f"{name}: {clean(text)}" for text in texts if people.is_meant(text)]
        return None

    # --- one method for each kind of line --------------------------------------------------------------

    def take_name(self, line: Line) -> None:
        """N: family; given; additional; prefixes; suffixes, each possibly a list with commas."""
        parts = [
            clean(" ".join(unescaped(word) for word in split(part, ",")))
            for part in split(line.value, ";")[:5]
        ]
        family, given, middle, prefix, suffix = [*parts, *[""] * (5 - len(parts))]
        self._name = PersonName(family, given, middle)
        self._courtesy = prefix
        if not any(other.name == "FN" and other.value.strip() for other in self._card.lines):
            self._add("full", " ".join(part for part in (prefix, given, middle, family, suffix) if part))

    def take_text(self, line: Line) -> None:
        """A line that is one text of one field."""
        self._add(_TEXTS[line.name], unescaped(line.value))

    def take_list(self, line: Line) -> None:
        """NICKNAME and CATEGORIES: words between commas, escaped or not."""
        self._add(_TEXTS[line.name], ", ".join(unescaped(word).strip() for word in split(line.value, ",")))

    def take_organisation(self, line: Line) -> None:
        """ORG: the organisation, then units from the larger to the smaller."""
        parts = [clean(unescaped(part)) for part in split(line.value, ";")]
        self._add("organisation", parts[0])
        self._add("department", ", ".join(part for part in parts[1:] if part))

    def take_phone(self, line: Line) -> None:
        """TEL: what was typed, and the kind by TYPE, bare words or Apple's label."""
        value = clean(unescaped(line.value))
        value = re.sub(r"\Atel:", "", value, flags=re.IGNORECASE).replace(";ext=", " ext. ")
        if not value:
            return
        label = self._labels.get(line.group, "")
        if not any(char.isdigit() for char in value) or "pager" in line.types or "assistant" in label.lower():
            self._keep(line)
            return
        words = " ".join((*line.types, label))
        self._phones.append(TypedValue(people.labelled(words, value), value))

    def take_email(self, line: Line) -> None:
        """EMAIL; a value without the shape of an address is kept apart."""
        value = clean(unescaped(line.value)).removeprefix("mailto:")
        if spelling.EMAIL.fullmatch(value):
            self._emails.append(value)
        elif value:
            self._keep(line)

    def take_address(self, line: Line) -> None:
        """ADR: box; extended; street; city; region; code; country, joined in the order of an envelope."""
        parts = [
            clean(unescaped(part).replace("\n", ", ")).strip(" ,") for part in split(line.value, ";")[:7]
        ]
        parts += [""] * (7 - len(parts))
        box, extended, street, city, region, code, country = parts
        text = people.address_line(
            ", ".join(filter(None, (street, extended, box))), city, region, code, country
        )
        if text:
            self._addresses.append(PostalAddress(_place(line), text))

    def take_label(self, line: Line) -> None:
        """LABEL: a whole address as printed; used where no ADR stands."""
        lines = clean_lines(unescaped(line.value)).split("\n")
        text = ", ".join(part.strip(" ,") for part in lines if part.strip(" ,"))
        if text:
            self._mailing_labels.append(PostalAddress(_place(line), text))

    def take_gender(self, line: Line) -> None:
        """GENDER: M, F and others; a comment may follow."""
        code = split(line.value, ";")[0].strip().upper()
        self._gender = {"M": "m", "F": "f"}.get(code, "")
        if not self._gender and line.value.strip(" ;"):
            self._keep(line)

    def take_impp(self, line: Line) -> None:
        """IMPP and X-SOCIALPROFILE: the scheme, service or address tells the messenger."""
        value = unescaped(line.value).strip()
        hints = " ".join((value, *line.types, line.params.get("X-SERVICE-TYPE", ""))).lower()
        kinds = (("telegram", "telegram"), ("t.me/", "telegram"), ("tg:", "telegram"), ("whatsapp", "whatsapp"),
                 ("wa.me/", "whatsapp"), ("vk.com", "vk"), ("vk:", "vk"))  # fmt: skip
        self._messenger(next((kind for hint, kind in kinds if hint in hints), "other"), value)

    def _messenger(self, kind: str, value: str) -> None:
        if clean(value):
            self._messengers.append(TypedValue(kind, clean(value)))

    def take_related(self, line: Line) -> None:
        """RELATED and X-ABRELATEDNAMES: spouse, child, manager, assistant by TYPE or Apple's label."""
        words = " ".join((*line.types, self._labels.get(line.group, "").lower()))
        relation = next((name for name in _RELATIONS if name in words), "")
        if not relation or line.value.lower().startswith(("urn:", "http:", "https:")):
            self._keep(line)
        else:
            self._add("children" if relation == "child" else relation, unescaped(line.value))

    def take_labelled_date(self, line: Line) -> None:
        """X-ABDATE: an anniversary when Apple's label says so."""
        if "anniversary" in self._labels.get(line.group, "").lower():
            self._add("anniversary", line.value)
        else:
            self._keep(line)

    def take_birthday(self, line: Line) -> None:
        """BDAY; 1604 or the year named in X-APPLE-OMIT-YEAR means that none is known."""
        omitted = line.params.get("X-APPLE-OMIT-YEAR", "")
        value = line.value.strip()
        self._add(
            "birthday",
            f"--{value[len(omitted) :].lstrip('-')}" if omitted and value.startswith(omitted) else value,
        )

    def take_photo(self, line: Line) -> None:
        """PHOTO: bytes given in the card; a link is kept as text and never fetched."""
        if line.binary is None:
            if line.value.strip():
                self._unclear.append(f"PHOTO: {clean(line.value)}")
        elif self._photo is None:
            named = next(
                (word for word in line.types if word in ("jpeg", "jpg", "png", "gif", "webp", "bmp")), ""
            )
            found = next(
                (kind for magic, kind in _MAGIC if line.binary.startswith(magic)),
                named.replace("jpg", "jpeg"),
            )
            self._photo = (line.binary, found)


def _place(line: Line) -> str:
    return next((kind for kind in ("work", "home") if kind in line.types), "")


_TEXTS: Final[Mapping[str, str]] = {
    "FN": "full", "TITLE": "title", "ROLE": "role", "NOTE": "notes", "URL": "website", "UID": "uid", "LANG": "language",
    "NICKNAME": "nickname", "CATEGORIES": "categories", "HOBBY": "hobby", "INTEREST": "hobby",
}  # fmt: skip
_HANDLERS: Final[Mapping[str, Callable[[_Reader, Line], None]]] = {
    **dict.fromkeys(_TEXTS, _Reader.take_text),
    "NICKNAME": _Reader.take_list,
    "CATEGORIES": _Reader.take_list,
    "N": _Reader.take_name,
    "ORG": _Reader.take_organisation,
    "TEL": _Reader.take_phone,
    "EMAIL": _Reader.take_email,
    "ADR": _Reader.take_address,
    "LABEL": _Reader.take_label,
    "GENDER": _Reader.take_gender,
    "IMPP": _Reader.take_impp,
    "X-SOCIALPROFILE": _Reader.take_impp,
    "RELATED": _Reader.take_related,
    "X-ABRELATEDNAMES": _Reader.take_related,
    "X-ABDATE": _Reader.take_labelled_date,
    "BDAY": _Reader.take_birthday,
    "PHOTO": _Reader.take_photo,
}
