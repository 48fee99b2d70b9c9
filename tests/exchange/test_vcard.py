"""Contact cards of our own: what the three versions can say, and what a broken card does to the rest."""

from __future__ import annotations

import base64

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kamdesk.exchange.records import ImportedPerson, TypedValue, from_plain, to_plain
from kamdesk.exchange.vcard import read_vcards
from kamdesk.model.messages import KamdeskError
from kamdesk.model.values import PartialDate, PersonName


def _card(*lines: str, version: str = "3.0") -> str:
    return "\r\n".join(("BEGIN:VCARD", f"VERSION:{version}", *lines, "END:VCARD", ""))


def _one(*lines: str, version: str = "3.0", charset: str = "utf-8") -> ImportedPerson:
    read = read_vcards(_card(*lines, version=version).encode(charset), "card.vcf")
    assert (read.rows, read.skipped) == (1, ())
    return read.people[0]


def test_quoted_printable_in_cp1251_with_soft_line_ends() -> None:
    encoded = "".join(f"={byte:02X}" for byte in "Иванов;Пётр;Сергеевич".encode("cp1251")).replace("=3B", ";")
    half = len(encoded) // 6 * 3
    person = _one(
        f"N;CHARSET=windows-1251;ENCODING=QUOTED-PRINTABLE:{encoded[:half]}=",
        encoded[half:],
        "TEL;WORK;VOICE:+7 495 123-45-67",
        version="2.1",
    )
    assert person.name == PersonName("Иванов", "Пётр", "Сергеевич")
    assert person.phones == (TypedValue("phone", "+7 495 123-45-67"),)


@pytest.mark.parametrize("charset", ["cp1251", "utf-8-sig", "utf-16", "koi8-r"])
def test_cards_in_other_code_pages(charset: str) -> None:
    person = _one(
        "N:Кузнецова;Алёна;Петровна;;",
        "FN:Алёна Петровна Кузнецова",
        "NOTE:Обещала прислать план закупок на следующий год и познакомить с главным инженером",
        charset=charset,
    )
    assert person.name == PersonName("Кузнецова", "Алёна", "Петровна")


@pytest.mark.parametrize(
    ("line", "date"),
    [
        ("BDAY:1975-03-05", PartialDate(1975, 3, 5)),
        ("BDAY:19750305", PartialDate(1975, 3, 5)),
        ("BDAY:--03-05", PartialDate(None, 3, 5)),
        ("BDAY:--0305", PartialDate(None, 3, 5)),
        ("BDAY:--0229", PartialDate(None, 2, 29)),
        ("BDAY:1604-03-05", PartialDate(None, 3, 5)),
        ("BDAY;X-APPLE-OMIT-YEAR=1604:1604-03-05", PartialDate(None, 3, 5)),
        ("BDAY;VALUE=date:1975-03", PartialDate(1975, 3)),
        ("BDAY:1975-03-05T00:00:00Z", PartialDate(1975, 3, 5)),
        ("BDAY:1975", PartialDate(1975)),
    ],
)
def test_birthdays(line: str, date: PartialDate) -> None:
    person = _one("FN:Пётр Иванов", line)
    assert (person.birthday, person.not_understood) == (date, ())


def test_a_birthday_that_is_none_is_kept_as_text() -> None:
    assert _one("FN:Пётр Иванов", "BDAY:circa 1800").not_understood == ("BDAY: circa 1800",)
    assert _one("FN:Пётр Иванов", "BDAY:1981-02-29").not_understood == ("BDAY: 1981-02-29",)
    assert _one("FN:Пётр Иванов", "BDAY:0000-00-00").not_understood == ()


def test_version_4_with_its_extensions() -> None:
    photo = base64.b64encode(b"\x89PNG\r\n\x1a\n12345").decode()
    person = _one(
        "FN:Анна Ким",
        "N:Ким;Анна;;;",
        "GENDER:F;женщина",
        "ANNIVERSARY:20090808",
        "RELATED;TYPE=spouse;VALUE=text:Олег",
        "RELATED;TYPE=child;VALUE=text:Маша",
        "RELATED;TYPE=friend:urn:uuid:f81d4fae",
        "HOBBY;LEVEL=high:лыжи",
        "INTEREST:шахматы",
        "EXPERTISE;LEVEL=expert:насосы",
        "IMPP:telegram:@annakim",
        "X-SOCIALPROFILE;TYPE=whatsapp:https://wa.me/79123456789",
        'TEL;VALUE=uri;TYPE="voice,cell":tel:+7-912-345-67-89',
        f"PHOTO:data:image/png;base64,{photo}",
        "UID:urn:uuid:4fbe8971",
        "LANG:ru",
        version="4.0",
    )
    assert (person.gender, person.spouse, person.children, person.hobby) == (
        "f",
        "Олег",
        "Маша",
        "лыжи; шахматы",
    )
    assert person.messengers == (
        TypedValue("telegram", "telegram:@annakim"),
        TypedValue("whatsapp", "https://wa.me/79123456789"),
    )
    assert person.phones == (TypedValue("mobile", "+7-912-345-67-89"),)
    assert (person.photo, person.photo_type) == (b"\x89PNG\r\n\x1a\n12345", "png")
    assert (person.uid, person.language, person.anniversary) == (
        "urn:uuid:4fbe8971",
        "ru",
        PartialDate(2009, 8, 8),
    )
    assert person.not_understood == ("RELATED: urn:uuid:f81d4fae", "EXPERTISE: насосы")


def test_apple_labels_name_dates_and_relations() -> None:
    person = _one(
        "FN:John Doe",
        "item1.X-ABDATE:1999-05-06",
        "item1.X-ABLabel:_$!<Anniversary>!$_",
        "item2.X-ABRELATEDNAMES:Mary",
        "item2.X-ABLabel:_$!<Assistant>!$_",
        "item3.TEL:+1 905 222 1234",
        "item3.X-ABLabel:Домашний",
        "item4.X-ABDATE:2001-01-01",
        "item4.X-ABLabel:Экзамен",
    )
    assert (person.anniversary, person.assistant) == (PartialDate(1999, 5, 6), "Mary")
    assert person.phones == (TypedValue("home_phone", "+1 905 222 1234"),)
    assert person.not_understood == ("X-ABDATE (Экзамен): 2001-01-01",)


def test_organisation_with_units_and_escapes() -> None:
    person = _one("FN:John Doe", r"ORG:Smith\; Sons\, Ltd;Plant 2;Purchasing", r"NOTE:one\ntwo\\three")
    assert (person.organisation, person.department) == ("Smith; Sons, Ltd", "Plant 2, Purchasing")
    assert person.notes == "one\ntwo\\three"


def test_a_photo_by_address_is_named_and_not_fetched() -> None:
    person = _one("FN:John Doe", "PHOTO;VALUE=uri:https://example.org/me.jpg")
    assert person.photo is None
    assert person.not_understood == ("PHOTO: https://example.org/me.jpg",)


def test_bad_base64_costs_the_photo_only() -> None:
    person = _one("FN:John Doe", "PHOTO;ENCODING=b;TYPE=JPEG:@@@not base64@@@", "TITLE:Buyer")
    assert (person.photo, person.title) == (None, "Buyer")
    assert person.not_understood == ("PHOTO: @@@not base64@@@",)


def test_one_bad_card_does_not_stop_the_rest() -> None:
    text = (
        _card("FN:Первый Иван")
        + "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Незакрытый Олег\r\n"
        + _card("ORG:ООО «Пусто»")
        + "garbage between cards\r\n"
        + _card("KIND:org", "FN:ООО «Луч»", "TEL:+7 495 1234567")
        + _card("this is no line", "FN:Последний Пётр")
    )
    read = read_vcards(text.encode(), "mixed.vcf")
    assert [person.raw_name for person in read.people] == ["Первый Иван", "Незакрытый Олег", "Последний Пётр"]
    assert [(item.source, item.why.code) for item in read.skipped] == [
        ("mixed.vcf:3", "contacts.no_name"),
        ("mixed.vcf:4", "contacts.organisation_card"),
    ]
    assert read.rows == 5
    assert read.people[-1].not_understood == ("this is no line",)


def test_an_agents_card_does_not_become_the_person() -> None:
    person = _one("AGENT:", "BEGIN:VCARD", "FN:Помощник", "END:VCARD", "FN:Пётр Иванов", version="2.1")
    assert person.raw_name == "Пётр Иванов"


def test_a_person_without_a_name_is_called_by_what_is_known() -> None:
    assert _one("EMAIL:john.doe@example.com").name == PersonName("Doe", "John")
    assert _one("EMAIL:sales77@example.com").name == PersonName("sales77@example.com")
    assert _one("TEL:+7 495 1234567").name == PersonName("+7 495 1234567")


def test_the_full_name_serves_where_the_parts_are_missing() -> None:
    assert _one("FN:Иванов Пётр Сергеевич").name == PersonName("Иванов", "Пётр", "Сергеевич")
    assert _one("N:;;;;", "FN:Пётр Иванов").name == PersonName("Иванов", "Пётр")


def test_a_file_without_a_card_is_refused() -> None:
    with pytest.raises(KamdeskError) as refusal:
        read_vcards(b"just a text", "a.vcf")
    assert refusal.value.message.code == "contacts.not_vcard"


def test_a_reading_survives_the_way_between_processes() -> None:
    photo = base64.b64encode(b"\xff\xd8\xff1").decode()
    text = _card(
        "FN:Пётр Иванов", "TEL:1234567", "BDAY:--0229", "ADR;TYPE=home:;;Ленина 1;Тула;;;", "CATEGORIES:a,b",
        "IMPP:skype:me", f"PHOTO;ENCODING=b;TYPE=JPEG:{photo}", "X-ODD:1",
    ) + _card("ORG:x")  # fmt: skip
    read = read_vcards(text.encode(), "a.vcf")
    assert from_plain(to_plain(read)) == read


@settings(max_examples=60, deadline=None)
@given(st.lists(st.text(alphabet='BEGIN:VCARDN;=\\,\r\n "ФИОx0-', max_size=40), max_size=12))
def test_any_text_between_begin_and_end_is_accounted_for(lines: list[str]) -> None:
    data = ("BEGIN:VCARD\r\n" + "\r\n".join(lines) + "\r\nEND:VCARD\r\n").encode()
    read = read_vcards(data, "any.vcf")
    assert read.rows == len(read.people) + len(read.skipped) >= 1
