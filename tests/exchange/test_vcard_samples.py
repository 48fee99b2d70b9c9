"""Cards written by eight programs for somebody else's tests: every field of every card."""

from __future__ import annotations

from pathlib import Path

import pytest

from kamdesk.exchange.records import ContactsRead, ImportedPerson, PostalAddress, TypedValue
from kamdesk.exchange.vcard import read_vcards
from kamdesk.model.values import PartialDate, PersonName

SAMPLES = Path(__file__).resolve().parents[3] / "shared" / "data" / "vcards"

pytestmark = pytest.mark.skipif(
    not SAMPLES.is_dir(), reason="the sample cards lie beside the project only in its workshop"
)


def _read(name: str) -> ContactsRead:
    read = read_vcards((SAMPLES / name).read_bytes(), name)
    assert read.rows == len(read.people) + len(read.skipped)
    return read


def _one(name: str) -> ImportedPerson:
    read = _read(name)
    assert (read.rows, len(read.people), read.skipped) == (1, 1, ())
    return read.people[0]


def test_every_card_of_every_sample_comes_in() -> None:
    files = sorted(SAMPLES.iterdir())
    assert sum(_read(path.name).rows for path in files) == sum(
        path.read_bytes().upper().count(b"BEGIN:VCARD") for path in files
    )
    assert all(not _read(path.name).skipped for path in files)


def test_android_2_1() -> None:
    john, jane, mobile, several, bob, henry = _read("John_Doe_ANDROID.vcf").people
    assert (john.name, john.emails) == (PersonName("Doe", "John"), ("john.doe@company.com",))
    assert jane.name == PersonName("Doe", "Jane")
    assert {person.categories for person in (john, jane, mobile, several, henry)} == {("My Contacts",)}
    assert (mobile.name.family, mobile.raw_name) == ("Ñ Ñ Ñ Ñ", "Ñ Ñ Ñ Ñ Ñ")
    assert mobile.phones == (TypedValue("mobile", "123456789"),)
    assert [phone.kind for phone in several.phones] == ["mobile", "home_phone", "mobile", "home_phone"]
    assert several.name.family == " ".join("Ñ" * 11)
    assert several.notes.startswith("Ñ Ñ Ñ")
    assert bob.name == PersonName("Ñ Ñ", "Ñ Ñ Ñ")
    assert bob.phones == (
        TypedValue("mobile", "123456"),
        TypedValue("phone", "123456"),
        TypedValue("fax", "123456"),
    )
    assert bob.emails == ("bob@company.com",)
    assert bob.organisation == "Ñ" * 12
    assert bob.url == "www.company.com; http://www.company.com"
    assert bob.photo is not None
    assert (bob.photo[:3], bob.photo_type) == (b"\xff\xd8\xff", "jpeg")
    assert bob.not_understood == (f"EMAIL: {'Ñ' * 14}",)
    assert henry.organisation == "Ñ" * 44
    assert (henry.emails, henry.phones) == (("henry@company.com",), (TypedValue("mobile", "55556666"),))


def test_gmail_3_0() -> None:
    person = _one("John_Doe_GMAIL.vcf")
    assert person.name == PersonName("Doe", "John", "Richter, James")
    assert person.raw_name == "Mr. John Richter, James Doe Sr."
    assert (person.gender, person.organisation, person.title) == ("m", "IBM", "Money Counter")
    assert person.emails == ("john.doe@ibm.com",)
    assert person.phones == (TypedValue("mobile", "905-555-1234"), TypedValue("home_phone", "905-666-1234"))
    assert person.addresses == (
        PostalAddress(
            "home",
            "Crescent moon drive, 555-asd, Nice Area, Albaney, New York 12345, United States of America",
        ),
    )
    assert person.birthday == PartialDate(1980, 3, 22)
    assert person.anniversary == PartialDate(1975, 3, 1)
    assert (person.spouse, person.url) == ("Jenny", "http://www.ibm.com")
    assert person.notes.startswith(
        'THIS SOFTWARE IS PROVIDED BY THE COPYRIGHT HOLDERS AND CONTRIBUTORS "AS IS"'
    )
    assert person.notes.endswith("DAMAGE.\nFavotire Color: Blue")
    assert person.not_understood == ("X-PHONETIC-FIRST-NAME: Jon", "X-PHONETIC-LAST-NAME: Dow")


def test_iphone_3_0() -> None:
    person = _one("John_Doe_IPHONE.vcf")
    assert person.name == PersonName("Doe", "John", "Richter James")
    assert (person.organisation, person.department, person.title) == ("IBM", "Accounting", "Money Counter")
    assert (person.nickname, person.emails) == ("Johny", ("john.doe@ibm.com",))
    assert person.phones == (
        TypedValue("mobile", "905-555-1234"),
        TypedValue("home_phone", "905-666-1234"),
        TypedValue("phone", "905-777-1234"),
        TypedValue("fax", "905-888-1234"),
        TypedValue("fax", "905-999-1234"),
    )
    assert person.addresses == (
        PostalAddress("home", "Silicon Alley 5, New York, 12345, United States of America"),
        PostalAddress("work", "Street4, Building 6, Floor 8, New York, 12345, USA"),
    )
    assert (person.birthday, person.url) == (PartialDate(2012, 6, 6), "http://www.ibm.com")
    assert person.photo is not None
    assert (len(person.photo), person.photo[-2:], person.photo_type) == (32531, b"\xff\xd9", "jpeg")
    assert person.not_understood == ("TEL (pager): 905-111-1234", "TEL (AssistantPhone): 905-222-1234")


def test_outlook_2_1() -> None:
    person = _one("John_Doe_MS_OUTLOOK.vcf")
    assert person.name == PersonName("Doe", "John", "Richter James")
    assert (person.organisation, person.department, person.title) == ("IBM", "Accounting", "Money Counter")
    assert person.phones == (
        TypedValue("phone", "(905) 555-1234"),
        TypedValue("home_phone", "(905) 666-1234"),
    )
    assert person.addresses == (
        PostalAddress("work", "Cresent moon drive, Albaney, New York, 12345, United States of America"),
        PostalAddress("home", "Silicon Alley 5, New York, 12345, United States of America"),
    )
    assert (person.birthday, person.anniversary) == (PartialDate(1980, 3, 22), PartialDate(2011, 1, 13))
    assert (person.manager, person.assistant, person.nickname) == ("Big Blue", "Jenny", "Johny")
    assert person.emails == ("john.doe@ibm.cm",)
    assert person.messengers == (TypedValue("other", "johny5@aol.com"),)
    assert person.url == "http://www.ibm.com"
    assert person.notes.startswith("THIS SOFTWARE IS PROVIDED BY GEORGE EL-HADDAD")
    assert person.photo is not None
    assert (person.photo[:2], person.photo[-2:]) == (b"\xff\xd8", b"\xff\xd9")
    assert person.not_understood == ("ROLE: Counting Money",)


def test_rfc_4_0() -> None:
    person = _one("rfc6350-example.vcf")
    assert (person.name, person.gender) == (PersonName("Perreault", "Simon"), "m")
    assert (person.birthday, person.anniversary) == (PartialDate(None, 2, 3), PartialDate(2009, 8, 8))
    assert (person.language, person.organisation) == ("fr", "Viagenie")
    assert person.addresses == (
        PostalAddress("work", "2875 Laurier, Suite D2-630, Quebec, QC, G1V 2M2, Canada"),
    )
    assert person.phones == (
        TypedValue("phone", "+1-418-656-9254 ext. 102"),
        TypedValue("mobile", "+1-418-262-6501"),
    )
    assert (person.emails, person.url) == (("simon.perreault@viagenie.ca",), "http://nomis80.org")
    assert person.not_understood == (
        "GEO: geo:46.772673,-71.282945",
        "KEY: http://www.viagenie.ca/simon.perreault/simon.asc",
        "TZ: -0500",
    )


def test_thunderbird_3_0() -> None:
    person = _one("thunderbird-MoreFunctionsForAddressBook-extension.vcf")
    assert (person.name, person.nickname) == (PersonName("Doe", "John"), "Johnny")
    assert (person.organisation, person.department, person.title) == (
        "TheOrganization",
        "TheDepartment",
        "TheTitle",
    )
    assert [address.kind for address in person.addresses] == ["work", "home"]
    assert person.addresses[0].text == "Suite 100, 222 Broadway, New York, NY, 98765, USA"
    assert [(phone.kind, phone.value[-4:]) for phone in person.phones] == [
        ("phone", "1111"), ("home_phone", "2222"), ("mobile", "5555"), ("fax", "3333"),
    ]  # fmt: skip
    assert (len(person.emails), person.emails[0]) == (5, "doe.john@hotmail.com")
    assert person.url == "http://www.private-webpage.com; http://www.work-webpage.com"
    assert person.categories == ("category1", "category2", "category3")
    assert (person.spouse, person.anniversary) == ("TheSpouse", PartialDate(1990, 4, 30))
    assert person.birthday == PartialDate(1970, 9, 21)
    assert person.notes.split("\n")[1:3] == ["Second Line", ""]
    assert person.notes.endswith('"note" field; even curse words.')
    assert person.photo is not None
    assert (len(person.photo), person.photo_type) == (8940, "jpeg")
    assert person.not_understood == ("TEL (pager): 555-555-4444",)
