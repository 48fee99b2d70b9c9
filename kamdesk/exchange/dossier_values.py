"""One value of the open dossier format: JSON to Python by the kind of its field, and back. Nothing is guessed."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Final

from kamdesk.model.fields import FieldKind
from kamdesk.model.messages import Message
from kamdesk.model.values import PartialDate

_TOO_LONG: Final = 10**15
_DECIMAL: Final = re.compile(r"-?\d{1,18}(\.\d{1,18})?\Z", re.ASCII)
BROKEN: Final = re.compile("[\x00\ud800-\udfff]")
"""What cannot be stored in a text: NUL and lone surrogates."""

MAX_ITEMS: Final = 10_000
MAX_TEXT: Final = 2_000_000
"""Characters of one text, as a form takes them too."""


@dataclass(frozen=True, slots=True)
class Number:
    """A JSON number as it was written, unless it is a short whole one; its field says whether it may be read."""

    text: str


class Wrong(Exception):
    """A value that its field cannot hold. ``message`` names the place and what was expected."""

    def __init__(self, code: str, place: str, **params: object) -> None:
        super().__init__(code)
        self.message = Message(code, {"place": place, **params})


def read_value(
    kind: FieldKind, raw: object, place: str, choices: tuple[str, ...] = (), default: object = None
) -> Any:
    """The Python value of a JSON value; null means the default. Raises Wrong."""
    if raw is None:
        return default
    value = _READERS[kind](raw, place)
    if choices:
        _check_choice(value, choices, place)
    return value


def write_value(value: Any) -> Any:
    """The JSON value of a Python value."""
    if value is None or isinstance(value, (str, bool, int)):
        return value
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, datetime):
        return value.isoformat(timespec="minutes")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, PartialDate):
        return str(value)
    if isinstance(value, tuple):
        return [write_value(item) for item in value]
    raise TypeError(type(value).__name__)


def _check_choice(value: object, choices: tuple[str, ...], place: str) -> None:
    for code in value if isinstance(value, tuple) else (value,):
        if code != "" and code is not None and str(code) not in choices:
            raise Wrong("dossier.not_a_choice", place, value=_brief(str(code)), choices=", ".join(choices))


def _text(raw: object, place: str) -> str:
    if not isinstance(raw, str):
        raise Wrong("dossier.expected_text", place)
    if len(raw) > MAX_TEXT:
        raise Wrong("dossier.too_long", place, limit=MAX_TEXT)
    if BROKEN.search(raw):
        raise Wrong("dossier.broken_text", place)
    return raw


def _content(raw: object, place: str) -> str:
    """The base64 of a file: as long as the document may be, and looked at where it is decoded."""
    if not isinstance(raw, str) or not raw.isascii():
        raise Wrong("dossier.bad_file", place)
    return raw


def _codes(raw: object, place: str) -> tuple[str, ...]:
    if not isinstance(raw, list) or len(raw) > MAX_ITEMS:
        raise Wrong("dossier.expected_texts", place)
    return tuple(_text(item, f"{place}[{index}]") for index, item in enumerate(raw))


def _integer(raw: object, place: str) -> int:
    if isinstance(raw, bool) or not isinstance(raw, int) or abs(raw) >= _TOO_LONG:
        raise Wrong("dossier.expected_integer", place)
    return raw


def _decimal(raw: object, place: str) -> Decimal:
    text = raw.text if isinstance(raw, Number) else raw
    if isinstance(text, int) and not isinstance(text, bool):
        text = str(text)
    if not isinstance(text, str) or not _DECIMAL.match(text):
        raise Wrong("dossier.expected_decimal", place)
    return Decimal(text)


def _amounts(raw: object, place: str) -> tuple[Decimal, ...]:
    if not isinstance(raw, list) or len(raw) > MAX_ITEMS:
        raise Wrong("dossier.expected_amounts", place)
    return tuple(_decimal(item, f"{place}[{index}]") for index, item in enumerate(raw))


def _yes_no(raw: object, place: str) -> bool:
    if not isinstance(raw, bool):
        raise Wrong("dossier.expected_yes_no", place)
    return raw


def _day(raw: object, place: str) -> date | None:
    text = _text(raw, place)
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise Wrong("dossier.expected_date", place, value=_brief(text)) from None


def _partial(raw: object, place: str) -> PartialDate | None:
    text = _text(raw, place)
    try:
        return PartialDate.parse(text) if text else None
    except ValueError:
        raise Wrong("dossier.expected_partial_date", place, value=_brief(text)) from None


def _moment(raw: object, place: str) -> datetime | None:
    text = _text(raw, place)
    try:
        found = datetime.fromisoformat(text) if text else None
    except ValueError:
        raise Wrong("dossier.expected_moment", place, value=_brief(text)) from None
    if found is not None and found.tzinfo is not None:
        raise Wrong("dossier.expected_moment", place, value=_brief(text))
    return found.replace(second=0, microsecond=0) if found is not None else None


def _brief(text: str) -> str:
    clean = "".join(letter if letter.isprintable() else " " for letter in text)
    return clean if len(clean) <= 40 else clean[:39] + "…"


_READERS: Final[Mapping[FieldKind, Callable[[object, str], Any]]] = {
    FieldKind.TEXT: _text,
    FieldKind.LONG_TEXT: _text,
    FieldKind.CODE: _text,
    FieldKind.CODES: _codes,
    FieldKind.INTEGER: _integer,
    FieldKind.DECIMAL: _decimal,
    FieldKind.YES_NO: _yes_no,
    FieldKind.DATE: _day,
    FieldKind.PARTIAL_DATE: _partial,
    FieldKind.MOMENT: _moment,
    FieldKind.AMOUNTS: _amounts,
    FieldKind.FILE: _content,
}
