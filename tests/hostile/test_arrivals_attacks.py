"""Broken and hostile invitations, mails and files: a message in words within the limits, never more."""

from __future__ import annotations

import io
import random
import zipfile
from collections.abc import Callable, Iterator

import pytest

from kamdesk.exchange.calendar import read_calendar
from kamdesk.exchange.mail import read_mail
from kamdesk.model.messages import KamdeskError
from kamdesk.services.attachments import is_program
from kamdesk.worker.supervisor import Workers
from tests.exchange.arrivals import invitation, mail
from tests.exchange.compound import compound, outlook_mail


@pytest.fixture(scope="module")
def workers() -> Iterator[Workers]:
    with Workers(1) as pool:
        yield pool


def answer(call: Callable[[], object]) -> str:
    """The code of the refusal, "" where it was read."""
    try:
        call()
    except KamdeskError as refused:
        return refused.message.code
    return ""


def event(*lines: str) -> bytes:
    body = "\r\n".join(lines)
    return f"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nUID:u\r\n{body}\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n".encode()


WILD_ZONE = (
    "BEGIN:VTIMEZONE\r\nTZID:Z\r\nBEGIN:STANDARD\r\nDTSTART:16010101T000000\r\nRRULE:FREQ=SECONDLY\r\nTZOFFSETFROM:+0500\r\n"
    "TZOFFSETTO:+0500\r\nEND:STANDARD\r\nEND:VTIMEZONE\r\n"
)
TAKEN = {
    "rule by the second": event("DTSTART:20260310T100000", "RRULE:FREQ=SECONDLY;COUNT=999999999"),
    "zone by the second": event("DTSTART;TZID=Z:20260310T100000").replace(
        b"BEGIN:VEVENT", WILD_ZONE.encode() + b"BEGIN:VEVENT", 1
    ),
    "unknown zone": event("DTSTART;TZID=Mars/Olympus:20260310T100000"),
    "a thousand guests": event(
        "DTSTART:20260310T100000", *[f"ATTENDEE:mailto:a{n}@b.ru" for n in range(2000)]
    ),
    "rule that is none": event("DTSTART:20260310T100000", "RRULE:FREQ=WHENEVER;X=\x01"),
    "long text": event("DTSTART:20260310T100000", "DESCRIPTION:" + "я" * 500_000),
    "doubled fields": event("DTSTART:20260310T100000", "DTSTART:20260311T100000", "SUMMARY:a", "SUMMARY:b"),
    "end before start": event("DTSTART:20260310T100000", "DTEND:20250310T100000"),
}
LEFT_OUT = {
    "year 9999": event("DTSTART:99991231T235959Z"),
    "year 1": event("DTSTART:00010101T000000Z"),
    "no time": event("SUMMARY:x"),
}
REFUSED = {
    "nested": b"BEGIN:VCALENDAR\r\n" + b"BEGIN:VEVENT\r\n" * 3000,
    "many parts": b"BEGIN:VCALENDAR\r\n" + b"BEGIN:VEVENT\r\nEND:VEVENT\r\n" * 4000 + b"END:VCALENDAR\r\n",
    "five megabytes": b"BEGIN:VCALENDAR\r\nX-A:" + b"a" * 5_000_000,
    "one long line": b"BEGIN:VCALENDAR\r\nX-A:" + b"a" * 2_000_000,
    "cut": invitation()[:120],
    "zeros": b"\0" * 5000,
    "nothing": b"",
}


@pytest.mark.parametrize("name", TAKEN)
def test_odd_invitations_are_taken(workers: Workers, name: str) -> None:
    (one,) = workers.read_calendar(TAKEN[name], "a.ics").invitations
    assert one.starts_at.year == 2026
    assert one.ends_at is None or one.ends_at > one.starts_at


@pytest.mark.parametrize("name", LEFT_OUT)
def test_impossible_times_are_left_out_and_said(workers: Workers, name: str) -> None:
    read = workers.read_calendar(LEFT_OUT[name], "a.ics")
    assert not read.invitations and read.remarks


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_no_calendar_is_refused(workers: Workers, name: str) -> None:
    with pytest.raises(KamdeskError) as raised:
        workers.read_calendar(REFUSED[name], "a.ics")
    assert raised.value.message.code.startswith("calendar.")


def boundaries(depth: int) -> bytes:
    heads = "".join(f"Content-Type: multipart/mixed; boundary=b{n}\r\n\r\n--b{n}\r\n" for n in range(depth))
    return ("From: a@b.ru\r\nTo: c@d.ru\r\nSubject: x\r\n" + heads).encode()


@pytest.mark.parametrize(
    "data",
    [
        boundaries(30),
        b"From: a@b.ru\r\nSubject: " + b"=?utf-8?b?" * 20_000 + b"\r\n\r\nx",
        b"From: " + b"a@b.ru, " * 50_000 + b"\r\nTo: x\r\nSubject: y\r\n\r\nx",
        b"From: =?no-such-code?b?////?= <a@b.ru>\r\nTo: x\r\nSubject: =?utf-8?q?=ZZ?=\r\nDate: yesterday\r\n\r\nx",
        b"From: a@b.ru\r\nTo: b\r\nSubject: x\r\nContent-Type: text/plain; charset=no-such\r\n\r\n\xff\xfe",
        b"From: a@b.ru\r\nTo: b\r\nSubject: x\r\nContent-Transfer-Encoding: base64\r\n\r\n!!!!",
        b"From: a@b.ru\r\nTo: b\r\nSubject: x\r\nDate: Mon, 99 Foo 99999 99:99:99 +9999\r\n\r\nx",
        b"From: a@b.ru\r\nTo: b\r\nSubject: x\r\nContent-Type: text/html\r\n\r\n" + b"<p><b>" * 100_000,
        b"From: a@b.ru\r\nTo: b\r\nSubject: x\r\nContent-Type: text/html\r\n\r\n" + b"<![if <!-- <!DOCTYPE [" * 2_000,
    ],
    ids=["deep", "endless word", "crowd", "unknown code", "charset", "base64", "date", "tags", "markup"],
)  # fmt: skip
def test_odd_mails_are_read_as_far_as_they_go(workers: Workers, data: bytes) -> None:
    read = workers.read_mail(data, "a.eml")
    assert len(read.text) <= 200_000 and len(read.subject) <= 500


def test_a_mail_nested_a_thousand_times_is_refused(workers: Workers) -> None:
    with pytest.raises(KamdeskError) as raised:
        workers.read_mail(boundaries(1000), "a.eml")
    assert raised.value.message.code == "mail.too_deep"


def test_mails_inside_mails_are_not_unpacked_without_end(workers: Workers) -> None:
    data = mail()
    for _step in range(300):
        data = b"From: a@b.ru\r\nTo: b\r\nSubject: x\r\nContent-Type: message/rfc822\r\n\r\n" + data
    code = answer(lambda: workers.read_mail(data, "a.eml"))
    assert code == "" or code.startswith("mail.")


def test_names_of_files_inside_cannot_lead_anywhere(workers: Workers, tmp_path) -> None:
    from kamdesk.services.files import plain_name

    names = (
        "../../etc/passwd",
        "C:\\Windows\\a.exe",
        "a\x00b.txt",
        "CON",
        "x" * 400 + ".pdf",
        "смета\u202efdp.exe",
    )
    read = workers.read_mail(mail(files=[(name.replace("\x00", ""), b"x") for name in names]), "a.eml")
    for one in read.files:
        safe = plain_name(one.name)
        assert "/" not in safe and "\\" not in safe and len(safe.encode()) <= 255
    assert is_program(read.files[-1].name)


@pytest.mark.parametrize("cut", [0, 8, 512, 1000, 1536, 2000, 5000])
def test_a_cut_mail_of_outlook_is_said(workers: Workers, cut: int) -> None:
    with pytest.raises(KamdeskError) as raised:
        workers.read_mail(outlook_mail()[:cut], "a.msg")
    assert raised.value.message.code == "mail.unreadable"


def test_flipped_bytes_of_a_mail_of_outlook_never_surprise() -> None:
    whole, chance = outlook_mail(), random.Random(7)
    for _round in range(150):
        data = bytearray(whole)
        for _flip in range(chance.randint(1, 12)):
            data[chance.randrange(8, len(data))] = chance.randrange(256)
        assert answer(lambda data=bytes(data): read_mail(data, "a.msg")) in ("", "mail.unreadable")


def test_a_compound_file_that_is_no_mail_is_refused(workers: Workers) -> None:
    with pytest.raises(KamdeskError) as raised:
        workers.read_mail(compound({"WordDocument": b"x" * 5000}), "a.msg")
    assert raised.value.message.code == "mail.unreadable"


def test_flipped_bytes_of_an_invitation_never_surprise() -> None:
    whole, chance = invitation(), random.Random(7)
    for _round in range(300):
        data = bytearray(whole)
        for _flip in range(chance.randint(1, 8)):
            data[chance.randrange(len(data))] = chance.randrange(256)
        code = answer(lambda data=bytes(data): read_calendar(data, "a.ics"))
        assert code == "" or code.startswith("calendar.")


def bomb() -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", b"\0" * 300_000_000)
    return target.getvalue()


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.docx", b"PK\x03\x04" + b"x" * 500),
        ("a.xlsx", b"PK\x03\x04" + b"x" * 500),
        ("a.pdf", b"%PDF-1.7\n" + b"x" * 5000),
        ("a.msg", b"\xd0\xcf\x11\xe0" + b"\0" * 5000),
        ("a.eml", b"\0" * 500),
    ],
)
def test_files_without_readable_words_are_refused_in_words(workers: Workers, name: str, data: bytes) -> None:
    with pytest.raises(KamdeskError):
        workers.extract_text(data, name)


def test_a_bomb_is_not_unpacked(workers: Workers) -> None:
    with pytest.raises(KamdeskError):
        workers.extract_text(bomb(), "a.docx")
    assert workers.extract_text("Турбина".encode(), "a.txt") == "Турбина"
