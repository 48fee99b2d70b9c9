"""Mails that Outlook saved as .msg: an adapter around python-oxmsg, which is young (0.0.2) and only reads."""

from __future__ import annotations

from datetime import tzinfo
from email.parser import HeaderParser
from email.policy import compat32
from email.utils import getaddresses
from typing import TYPE_CHECKING, Any, Final

from kamdesk.exchange.addresses import Address, address
from kamdesk.exchange.mail import (
    MAX_FILES,
    MAX_PEOPLE,
    MAX_TEXT,
    Mail,
    MailFile,
    decoded_text,
    moment,
    text_of_html,
)
from kamdesk.model.messages import KamdeskError, Message

if TYPE_CHECKING:
    from datetime import datetime

_HTML, _BODY_HTML, _HEADERS, _MESSAGE_ID = 0x1013, 0x1013, 0x007D, 0x1035
_RECIPIENT_TYPE, _CC = 0x0C15, 2
_SENDER_NAME, _SENDER_EMAIL, _SENDER_SMTP = 0x0C1A, 0x0C1F, 0x5D01
_DELIVERED: Final = 0x0E06
_SHORT_NAME, _LONG_NAME, _DISPLAY_NAME = 0x3704, 0x3707, 0x3001
_ATTACH_DATA: Final = 0x3701
_READABLE: Final = ("ipm.note", "ipm.schedule", "report", "ipm")


def read_outlook(data: bytes, file: str, zone: tzinfo | None = None) -> Mail:
    """The mail of a .msg file. Raises KamdeskError ``mail.unreadable`` whatever is wrong with it."""
    from oxmsg import Message as Outlook

    try:
        # olefile takes up to 1,536 bytes for the name of a file on the disk: this one is always content.
        if len(data) <= 1536:
            raise ValueError("too short")
        message = Outlook.load(data)
        if not message.message_class.casefold().startswith(_READABLE):
            raise ValueError("not a mail")
        return _mail(message, zone)
    except MemoryError:
        raise
    except Exception as error:
        # olefile and python-oxmsg raise whatever their parts raise for a broken file (struct.error, KeyError, OSError …).
        raise KamdeskError("mail.unreadable", file=file) from error


def _mail(message: Any, zone: tzinfo | None) -> Mail:
    properties = message.properties
    headers = HeaderParser(policy=compat32).parsestr(properties.str_prop_value(_HEADERS) or "")
    to, cc = _recipients(message)
    files, remarks = _files(message)
    body = (message.body or "").replace("\0", "").strip() or _html(message)
    return Mail(
        (properties.str_prop_value(_MESSAGE_ID) or str(headers.get("Message-ID", "")))
        .strip()
        .strip("<>")[:300],
        _sent_at(message, str(headers.get("Date", "")), zone),
        _sender(properties, str(headers.get("From", ""))),
        to,
        cc,
        " ".join(message.subject.replace("\0", "").split())[:500],
        body.replace("\r\n", "\n").replace("\r", "\n")[:MAX_TEXT],
        files,
        b"",
        remarks,
    )


def _html(message: Any) -> str:
    properties = message.properties
    raw = properties.binary_prop_value(_HTML)
    if raw:
        return text_of_html(decoded_text(raw, properties.body_encoding))
    return text_of_html(properties.str_prop_value(_BODY_HTML) or "")


def _sender(properties: Any, header: str) -> Address | None:
    name = properties.str_prop_value(_SENDER_NAME) or ""
    for number in (_SENDER_SMTP, _SENDER_EMAIL):
        found = address(name, properties.str_prop_value(number) or "")
        if found is not None and found.email:
            return found
    # Inside one company Outlook keeps an Exchange name instead of an address; the header has the true one.
    named = getaddresses([header]) if header else []
    return address(*named[0]) if named else address(name, "")


def _recipients(message: Any) -> tuple[tuple[Address, ...], tuple[Address, ...]]:
    to: list[Address] = []
    cc: list[Address] = []
    for one in message.recipients[:MAX_PEOPLE]:
        found = address(one.name, one.email_address)
        if found is not None:
            (cc if one.properties.int_prop_value(_RECIPIENT_TYPE) == _CC else to).append(found)
    return tuple(to), tuple(cc)


def _sent_at(message: Any, header: str, zone: tzinfo | None) -> datetime | None:
    sent = message.sent_date or message.properties.date_prop_value(_DELIVERED)
    if sent is None:
        return moment(header, zone)
    local: datetime = sent.astimezone(zone).replace(tzinfo=None, second=0, microsecond=0)
    return local if 1970 <= local.year <= 2199 else None


def _files(message: Any) -> tuple[tuple[MailFile, ...], tuple[Message, ...]]:
    files: list[MailFile] = []
    remarks: list[Message] = []
    for one in message.attachments[:MAX_FILES]:
        properties = one.properties
        names = (properties.str_prop_value(number) for number in (_LONG_NAME, _SHORT_NAME, _DISPLAY_NAME))
        name = next((value for value in names if value), "attachment.bin").replace("\0", "")[:200]
        data = properties.binary_prop_value(_ATTACH_DATA)
        if data:
            files.append(MailFile(name, data))
        else:
            remarks.append(Message("mail.file_unread", {"name": name}))
    return tuple(files), tuple(remarks)
