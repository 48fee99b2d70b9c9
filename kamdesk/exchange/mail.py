"""Mails as files: .eml by the standard library, .msg of Outlook by python-oxmsg, both as one value of our own.

Read in the worker. Headers are taken apart by hand from the raw text, since the newer header parser of the standard library
raises on broken ones; the depth is counted before anything is parsed, since its parser recurses.
"""

from __future__ import annotations

import email
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, tzinfo
from email.errors import HeaderParseError
from email.header import decode_header
from email.message import Message as Part
from email.policy import compat32
from email.utils import getaddresses, parsedate_to_datetime
from html.parser import HTMLParser
from typing import Final

from kamdesk.exchange.addresses import Address, address
from kamdesk.exchange.encodings import decode, looks_binary
from kamdesk.model.messages import KamdeskError, Message

MAX_SIZE: Final = 64 * 1024 * 1024
MAX_PARTS: Final = 400
MAX_BOUNDARIES: Final = 40
"""Nested multiparts; the deepest mail of a person has four."""
MAX_FILES: Final = 100
MAX_TEXT: Final = 200_000
MAX_PEOPLE: Final = 300
_HEADER: Final = 20_000
COMPOUND: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_FIRST_HEADER: Final = re.compile(rb"\A(?:From [^\n]*\n)?[!-9;-~]{1,60}:[ \t]?")
_MAIL_HEADER: Final = re.compile(
    rb"^(?:From|To|Subject|Date|Received|Message-ID|Return-Path|MIME-Version|X-[\w-]+):",
    re.IGNORECASE | re.MULTILINE,
)


@dataclass(frozen=True, slots=True)
class MailFile:
    """A file inside a mail; ``name`` is as the sender wrote it and is not safe to save under."""

    name: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Mail:
    """A mail. ``sent_at`` is local without a zone. ``text`` is plain; ``remarks`` tell what was not taken, and why.

    ``message_id`` is without its angle brackets, "" where the mail has none. ``calendar`` is an invitation inside, b"" for none.
    """

    message_id: str
    sent_at: datetime | None
    sender: Address | None
    to: tuple[Address, ...]
    cc: tuple[Address, ...]
    subject: str
    text: str
    files: tuple[MailFile, ...] = ()
    calendar: bytes = b""
    remarks: tuple[Message, ...] = ()

    @property
    def people(self) -> tuple[Address, ...]:
        """Everybody named, the sender first, none twice."""
        named = (*((self.sender,) if self.sender else ()), *self.to, *self.cc)
        return tuple({one.email or one.name: one for one in reversed(named)}.values())[::-1]


def holds_mail(data: bytes, name: str) -> bool:
    """Whether the bytes look like a mail: an Outlook file by its name and its first bytes, else headers."""
    lowered = name.casefold()
    if data.startswith(COMPOUND):
        return lowered.endswith(".msg") or "__properties_version1.0".encode("utf-16-le") in data
    start = data[:4000].lstrip(b"\xef\xbb\xbf\r\n")
    headers = len(_MAIL_HEADER.findall(start))
    return bool(_FIRST_HEADER.match(start)) and (headers >= 1 if lowered.endswith(".eml") else headers >= 3)


def read_mail(data: bytes, file: str, zone: tzinfo | None = None) -> Mail:
    """A mail file; ``zone`` is the local one, the system's without it.

    Raises KamdeskError ``mail.too_large``, ``mail.too_deep``, ``mail.unreadable``.
    """
    if len(data) > MAX_SIZE:
        raise KamdeskError("mail.too_large", file=file, megabytes=MAX_SIZE // 2**20)
    if data.startswith(COMPOUND):
        from kamdesk.exchange.mail_outlook import read_outlook

        return read_outlook(data, file, zone)
    if not holds_mail(data, file):
        raise KamdeskError("mail.unreadable", file=file)
    if len(re.findall(rb"boundary\s*=", data, re.IGNORECASE)) > MAX_BOUNDARIES:
        raise KamdeskError("mail.too_deep", file=file)
    try:
        message = email.message_from_bytes(data.lstrip(b"\xef\xbb\xbf\r\n"), policy=compat32)
    except RecursionError as error:
        raise KamdeskError("mail.too_deep", file=file) from error
    except (ValueError, LookupError, AttributeError, TypeError, AssertionError) as error:
        raise KamdeskError("mail.unreadable", file=file) from error
    return _Reader(message, zone).mail()


class _Reader:
    """Takes one parsed mail apart."""

    def __init__(self, message: Part, zone: tzinfo | None) -> None:
        self._message = message
        self._zone = zone
        self._plain: list[str] = []
        self._html: list[str] = []
        self._files: list[MailFile] = []
        self._calendar = b""
        self._remarks: list[Message] = []

    def mail(self) -> Mail:
        for number, part in enumerate(_parts(self._message)):
            if number >= MAX_PARTS or len(self._files) >= MAX_FILES:
                self._remarks.append(Message("mail.too_many_files", {"limit": MAX_FILES}))
                break
            self._take(part)
        text = (
            "\n\n".join(self._plain).strip() or "\n\n".join(text_of_html(one) for one in self._html).strip()
        )
        senders = self._addresses("From") or self._addresses("Sender")
        return Mail(
            _header(self._message, "Message-ID").strip().strip("<>")[:300],
            self._sent_at(),
            senders[0] if senders else None,
            self._addresses("To"),
            self._addresses("Cc"),
            _header(self._message, "Subject")[:500],
            text[:MAX_TEXT],
            tuple(self._files),
            self._calendar,
            tuple(self._remarks),
        )

    def _take(self, part: Part) -> None:
        kind = part.get_content_type().casefold()
        name = _file_name(part)
        put = str(part.get("Content-Disposition", "")).strip().casefold()
        if kind == "message/rfc822":
            self._nested(part, name)
            return
        data = _payload(part)
        if kind == "application/ms-tnef" or name.casefold() == "winmail.dat":
            self._remarks.append(Message("mail.winmail"))
        elif kind == "text/calendar" and not self._calendar:
            self._calendar = data
        elif kind in ("text/plain", "text/html") and not put.startswith("attachment") and not name:
            (self._plain if kind == "text/plain" else self._html).append(_text(part, data))
        elif kind.startswith("image/") and part.get("Content-ID") and not put.startswith("attachment"):
            return  # a picture of the signature: it stays in the mail, which is kept whole
        elif data:
            self._files.append(MailFile(name or _default_name(kind), data))

    def _nested(self, part: Part, name: str) -> None:
        """A mail inside is kept as a file of its own and not taken apart."""
        payload = part.get_payload()
        inner = payload[0] if isinstance(payload, list) and payload else None
        if not isinstance(inner, Part):
            return
        try:
            data = inner.as_bytes()
        except (ValueError, LookupError, TypeError, AttributeError, RecursionError):
            self._remarks.append(Message("mail.file_unread", {"name": name or "eml"}))
            return
        subject = _header(inner, "Subject")[:80]
        self._files.append(MailFile(name or f"{subject or 'mail'}.eml", data))

    def _addresses(self, header: str) -> tuple[Address, ...]:
        raw = [_raw(value)[:_HEADER] for value in _values(self._message, header)]
        found = []
        for name, mail in getaddresses(raw)[:MAX_PEOPLE]:
            one = address(_decoded(name), _decoded(mail))
            if one is not None:
                found.append(one)
        return tuple(found)

    def _sent_at(self) -> datetime | None:
        return moment(_header(self._message, "Date"), self._zone)


def moment(text: str, zone: tzinfo | None) -> datetime | None:
    """A date of a header on the local clock, to the minute; None where it is missing or makes no sense."""
    try:
        sent = parsedate_to_datetime(text.strip())
        local = sent.astimezone(zone) if sent.tzinfo is not None else sent
    except (ValueError, TypeError, IndexError, OverflowError, OSError):
        return None
    return local.replace(tzinfo=None, second=0, microsecond=0) if 1970 <= local.year <= 2199 else None


def _parts(message: Part) -> Iterator[Part]:
    """The leaves in order; a mail inside is a leaf. An own stack: the library's walk recurses."""
    stack = [message]
    while stack:
        part = stack.pop()
        payload = part.get_payload()
        if part.get_content_maintype() == "multipart" and isinstance(payload, list):
            stack.extend(one for one in reversed(payload) if isinstance(one, Part))
        else:
            yield part


def _payload(part: Part) -> bytes:
    try:
        data = part.get_payload(decode=True)
    except (ValueError, LookupError, TypeError, AssertionError):
        return b""
    return data if isinstance(data, bytes) else b""


def _text(part: Part, data: bytes) -> str:
    charset = str(part.get_content_charset() or "")
    return decoded_text(data, charset)


def decoded_text(data: bytes, charset: str = "") -> str:
    """Bytes as text by what the mail says of them, else by their look; "" for what is no text."""
    if charset:
        try:
            return data.decode(charset, "replace").replace("\0", "")
        except LookupError:
            charset = ""
    if looks_binary(data):
        return ""
    try:
        return decode(data)[0].replace("\0", "")
    except KamdeskError:
        return data.decode("utf-8", "replace").replace("\0", "")


def _raw(value: object) -> str:
    """A header as text; bytes that no encoding names are read as UTF-8 or, failing that, as the Russian code page."""
    text = str(value)
    try:
        data = text.encode("ascii", "surrogateescape")
    except UnicodeEncodeError:
        return text
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("cp1251", "replace")


def _header(message: Part, name: str) -> str:
    values = _values(message, name)
    return " ".join(_decoded(_raw(values[0])[:_HEADER]).split()) if values else ""


def _values(message: Part, name: str) -> list[object]:
    """Headers as they stand in the file; ``get`` would replace letters in an encoding that is not named."""
    return [value for key, value in message.raw_items() if key.casefold() == name.casefold()]


def _decoded(text: str) -> str:
    """Encoded words read; a piece in an unknown encoding is read as it looks."""
    try:
        pieces = decode_header(text)
    except (HeaderParseError, ValueError):
        return text
    return "".join(
        piece if isinstance(piece, str) else decoded_text(piece, charset or "utf-8")
        for piece, charset in pieces
    )


def _file_name(part: Part) -> str:
    try:
        name = part.get_filename("")
    except (ValueError, LookupError, TypeError, AttributeError):
        return ""
    return " ".join(_decoded(_raw(name)).split())[:200]


def _default_name(kind: str) -> str:
    import mimetypes

    return "attachment" + (mimetypes.guess_extension(kind) or ".bin")


# --- text of a web page ------------------------------------------------------------------------------------

_BLOCKS: Final = frozenset(
    "p div br tr li h1 h2 h3 h4 h5 h6 table ul ol blockquote hr pre section article".split()
)
_UNSEEN: Final = frozenset("script style head title template noscript".split())


class _Text(HTMLParser):
    """Only the words: no link is followed, no picture fetched, nothing run."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._pieces: list[str] = []
        self._unseen = 0
        self.size = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _UNSEEN:
            self._unseen += 1
        elif tag in _BLOCKS:
            self._pieces.append("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag in _UNSEEN and self._unseen:
            self._unseen -= 1
        elif tag in _BLOCKS:
            self._pieces.append("\n")

    def handle_data(self, data: str) -> None:
        if not self._unseen and self.size < MAX_TEXT:
            self._pieces.append(re.sub(r"\s+", " ", data))
            self.size += len(data)

    def text(self) -> str:
        """The words in lines, at most one empty line between two."""
        lines = (" ".join(line.split()) for line in "".join(self._pieces).split("\n"))
        return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def text_of_html(page: str) -> str:
    """The words of a web page as plain text."""
    parser = _Text()
    try:
        parser.feed(page[: MAX_TEXT * 10])
        parser.close()
    except (AssertionError, ValueError):
        # The parser gives up on some broken markup; what was read until then stands.
        return parser.text()
    return parser.text()


def without_files(mail: Mail) -> Mail:
    """The mail with the names of its files only, for what is sent as JSON beside their bytes."""
    return replace(mail, files=tuple(replace(one, data=b"") for one in mail.files), calendar=b"")
