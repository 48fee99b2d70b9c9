"""Invitations and mails written for tests, small and true to what mail programs send."""

from __future__ import annotations

from collections.abc import Sequence
from email.message import EmailMessage


def invitation(
    *,
    start: str = "20260310T100000",
    method: str = "REQUEST",
    sequence: int = 0,
    organiser: str = "ivanov@progress.ru",
    attendees: Sequence[tuple[str, str]] = (
        ("Соколова Мария", "maria@ours.ru"),
        ("Сидорова Вера", "sidorova@progress.ru"),
    ),
    extra: str = "",
) -> bytes:
    """A request of one hour in floating local time."""
    people = "".join(f"ATTENDEE;CN={name}:mailto:{mail}\r\n" for name, mail in attendees)
    end = start[:9] + f"{int(start[9:11]) + 1:02d}" + start[11:]
    return (
        f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Test//RU\r\nMETHOD:{method}\r\nBEGIN:VEVENT\r\nUID:uid-1@progress.ru\r\n"
        f"SEQUENCE:{sequence}\r\nDTSTAMP:20260301T080000Z\r\nDTSTART:{start}\r\nDTEND:{end}\r\nSUMMARY:Показ стенда\r\n"
        f"LOCATION:Переговорная 3\r\nORGANIZER;CN=Иванов:mailto:{organiser}\r\n{people}{extra}END:VEVENT\r\nEND:VCALENDAR\r\n"
    ).encode()


def mail(
    *, sender: str = "ivanov@progress.ru", files: Sequence[tuple[str, bytes]] = (("Расчёт.txt", b"42"),)
) -> bytes:
    """A mail with a text and files."""
    message = EmailMessage()
    message["From"] = f"Пётр Иванов <{sender}>"
    message["To"] = "Мария Соколова <maria@ours.ru>"
    message["Subject"] = "Расчёт по линии"
    message["Date"] = "Wed, 04 Mar 2026 09:30:00 +0000"
    message["Message-ID"] = "<m-1@progress.ru>"
    message.set_content("Добрый день!\n\nРасчёт во вложении.")
    for name, data in files:
        message.add_attachment(data, maintype="application", subtype="octet-stream", filename=name)
    return message.as_bytes()
