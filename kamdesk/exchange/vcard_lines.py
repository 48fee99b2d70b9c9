"""The grammar of vCard 2.1, 3.0 and 4.0: cards of a file, their logical lines, parameters and values.

Written here and not left to vobject when *reading*: its expression for a line takes exponential time on a line such
as ``X;a=b=b=b…`` without a colon (1.3 s for 22 signs, doubling with each), it unfolds in quadratic time, and it
writes what it cannot read, names and all, to the log. Everything below is linear.
"""

from __future__ import annotations

import binascii
import quopri
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

MAX_VALUE: Final = 100_000
MAX_BINARY: Final = 12 * 2**20
MAX_LINES: Final = 2_000
PICTURES: Final = (b"\xff\xd8\xff", b"\x89PNG", b"GIF8")
_BINARY_NAMES: Final = frozenset(["PHOTO", "LOGO", "SOUND", "KEY"])
_HEAD: Final = re.compile(
    r'(?:(?P<group>[\w-]{1,60})\.)?(?P<name>[\w-]{1,60})(?P<params>(?:;[^;:"]{0,500}(?:"[^"]{0,500}"[^;:"]{0,500})*)*):'
)
_PARAM: Final = re.compile(r';([^;:"]*(?:"[^"]*"[^;:"]*)*)')
_VALUE: Final = re.compile(r'"([^"]*)"|([^,"]+)')
_BARE_ENCODINGS: Final = frozenset(["QUOTED-PRINTABLE", "BASE64", "B", "8BIT", "7BIT"])


@dataclass(slots=True)
class Line:
    """A logical line: ``name`` in capitals, ``types`` the words of TYPE and of bare 2.1 parameters in lower case.

    ``value`` is decoded from quoted-printable and its character set, but still escaped; ``binary`` is the photo.
    """

    name: str
    value: str
    group: str = ""
    types: tuple[str, ...] = ()
    params: dict[str, str] = field(default_factory=dict)
    binary: bytes | None = None


@dataclass(slots=True)
class Card:
    """A card: its number in the file from 1, its lines, what could not be read, whether it ended properly."""

    number: int
    version: str = ""
    lines: list[Line] = field(default_factory=list)
    unreadable: list[str] = field(default_factory=list)
    closed: bool = True


def cards(text: str) -> Iterator[Card]:
    """Every card of the text. A BEGIN inside a card ends it, except in AGENT, whose inner card is left out."""
    buffer: list[str] | None = None
    number = agents = 0
    for line in re.split(r"\r*\n|\r", text):  # some programs write \r\r\n inside photos
        word = line.strip().upper() if len(line) < 60 else ""
        if word == "BEGIN:VCARD":
            if buffer and buffer[-1].strip().upper().startswith("AGENT") and len(buffer[-1]) < 60:
                agents += 1
                continue
            if buffer is not None:
                yield _card(number, buffer, closed=False)
            number, buffer, agents = number + 1, [], 0
        elif buffer is None:
            continue
        elif word == "END:VCARD":
            if agents:
                agents -= 1
                continue
            yield _card(number, buffer)
            buffer = None
        elif not agents:
            buffer.append(line)
    if buffer is not None:
        yield _card(number, buffer, closed=False)


def _card(number: int, physical: list[str], closed: bool = True) -> Card:
    card = Card(number, closed=closed)
    for count, (logical, size) in enumerate(_logical(physical)):
        if count >= MAX_LINES:
            card.unreadable.append(f"… {len(physical)} lines")
            break
        line = _line(logical, size)
        if line is None:
            card.unreadable.append(logical[:200])
        elif line.name == "VERSION":
            card.version = line.value.strip()
        else:
            card.lines.append(line)
    return card


def _logical(physical: list[str]) -> Iterator[tuple[str, int]]:
    """Unfolded lines and their full length; what passes the limits is cut and told by its length."""
    parts: list[str] = []
    soft, base64 = False, False
    for line in [*physical, ""]:
        folded = bool(parts) and line[:1] in (" ", "\t") and not soft
        # Base64 of vCard 2.1 may go on without a blank, up to an empty line.
        bare = base64 and bool(line.strip()) and ":" not in line and ";" not in line
        if parts and (soft or folded or bare):
            parts.append(line[1:] if folded else line)
        else:
            if parts:
                yield _joined(parts)
            parts = [line] if line.strip() else []
            head = line[:500].upper()
            base64 = bool(parts) and ("BASE64" in head or "ENCODING=B" in head)
        soft = bool(parts) and parts[-1].endswith("=") and "QUOTED-PRINTABLE" in parts[0][:500].upper()
        if soft:
            parts[-1] = parts[-1][:-1]
    if parts:
        yield _joined(parts)


def _joined(parts: list[str]) -> tuple[str, int]:
    size = sum(map(len, parts))
    limit = MAX_BINARY * 4 // 3 if size > MAX_VALUE and _is_binary(parts[0]) else MAX_VALUE
    return ("".join(parts) if size <= limit else parts[0][:200]), size


def _is_binary(start: str) -> bool:
    name = re.split(r"[;:]", start[:120], maxsplit=1)[0].rpartition(".")[2].upper()
    return name in _BINARY_NAMES


def _line(logical: str, size: int) -> Line | None:
    head = _HEAD.match(logical)
    if head is None or size > len(logical):
        return None
    line = Line(head["name"].upper().replace("_", "-"), "", head["group"] or "")
    encoding, charset = _parameters(line, head["params"])
    value = logical[head.end() :]
    if line.name in _BINARY_NAMES:
        return _binary(line, value, encoding)
    if encoding == "QUOTED-PRINTABLE":
        line.value = _decoded(quopri.decodestring(value.encode("utf-8")), charset)
    elif encoding in ("B", "BASE64"):
        try:
            line.value = _decoded(binascii.a2b_base64(value.encode("ascii", "replace")), charset)
        except binascii.Error:
            return None
    else:
        line.value = value
    return line


def _parameters(line: Line, text: str) -> tuple[str, str]:
    """Fill ``types`` and ``params``; return encoding and character set."""
    types: list[str] = []
    encoding = charset = ""
    for match in _PARAM.finditer(text):
        name, equals, raw = match[1].partition("=")
        name = name.strip().upper()
        if not equals:
            if name in _BARE_ENCODINGS:
                encoding = name
            elif name:
                types.append(name.lower())
            continue
        values = [quoted or plain for quoted, plain in _VALUE.findall(raw)]
        if name == "ENCODING" and values:
            encoding = values[0].strip().upper()
        elif name == "CHARSET" and values:
            charset = values[0].strip()
        elif name == "TYPE":
            types += [word.strip().lower() for value in values for word in value.split(",")]
        else:
            line.params[name] = ",".join(values)
    line.types = tuple(types)
    return encoding, charset


def _decoded(raw: bytes, charset: str) -> str:
    for name in filter(None, (charset, "utf-8")):
        try:
            return raw.decode(name)
        except (UnicodeDecodeError, LookupError):
            continue
    mended = raw.decode("utf-8", "replace")
    # A value cut inside a letter loses that letter; one that is no UTF-8 at all is of an old Russian program.
    return (
        mended.strip("\ufffd")
        if mended.count("\ufffd") * 5 <= len(mended)
        else raw.decode("cp1251", "replace")
    )


def _binary(line: Line, value: str, encoding: str) -> Line:
    """The bytes of a photo given in the line itself; a link stays a link and is never followed."""
    data = value
    if value[:5].lower() == "data:":
        media, comma, data = value.partition(",")
        if not comma or "base64" not in media.lower():
            line.value = value[:200]
            return line
        line.types += (media[5:].partition(";")[0].rpartition("/")[2].lower(),)
    elif encoding not in ("B", "BASE64"):
        line.value = value[:200]
        return line
    line.binary = _base64(data)
    if line.binary is None:
        line.value = value[:40]
    return line


def _base64(text: str) -> bytes | None:
    """The bytes; a picture whose end was lost is given as far as it goes, anything else must be whole."""
    packed = re.sub(r"\s+", "", text)
    try:
        return binascii.a2b_base64(packed.encode("ascii"), strict_mode=True) or None
    except UnicodeEncodeError:
        return None
    except binascii.Error:
        kept = packed.rstrip("=")
        kept = kept[:-1] if len(kept) % 4 == 1 else kept
    try:
        data = binascii.a2b_base64((kept + "=" * (-len(kept) % 4)).encode("ascii"), strict_mode=True)
    except binascii.Error:
        return None
    return data if data.startswith(PICTURES) else None


_ESCAPE: Final = re.compile(r"\\(.)", re.DOTALL)


def unescaped(text: str) -> str:
    """A text value without its backslashes; ``\\n`` becomes a line break."""
    return _ESCAPE.sub(lambda match: "\n" if match[1] in "nN" else match[1], text)


def split(text: str, separator: str) -> list[str]:
    """A structured value cut at unescaped separators; the parts are still escaped."""
    if "\\" not in text:
        return text.split(separator)
    parts, current, position = [], [], 0
    for match in re.finditer(rf"\\.|{re.escape(separator)}", text, re.DOTALL):
        if match[0] == separator:
            current.append(text[position : match.start()])
            parts.append("".join(current))
            current, position = [], match.end()
    return [*parts, text[position:]]
