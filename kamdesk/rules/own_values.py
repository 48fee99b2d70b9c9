"""Values of a field of one's own: how each kind is kept as text, and what text of another program can be read as."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any, Final

from kamdesk.model.fields import FieldKind
from kamdesk.model.values import PartialDate

SUBJECTS: Final = ("organisation", "person")
"""Tables whose rows may have fields of one's own and of whom questions are asked: the codes of ``custom_subject``."""

KINDS: Final[dict[str, FieldKind]] = {
    "text": FieldKind.TEXT,
    "long_text": FieldKind.LONG_TEXT,
    "integer": FieldKind.INTEGER,
    "decimal": FieldKind.DECIMAL,
    "yes_no": FieldKind.YES_NO,
    "date": FieldKind.DATE,
    "partial_date": FieldKind.PARTIAL_DATE,
    "choice": FieldKind.CODE,
    "choices": FieldKind.CODES,
}
"""Codes of ``custom_kind`` and the kind of editor each has."""


def to_text(kind: str, value: Any) -> str:
    """The stored text of a value; "" for nothing known. Raises ValueError for a value of another kind."""
    if value in (None, "", ()) or (kind == "yes_no" and value is False):
        return ""
    match kind:
        case "yes_no" if value is True:
            return "yes"
        case "integer" if isinstance(value, int) and not isinstance(value, bool):
            return str(value)
        case "decimal" if isinstance(value, Decimal) and value.is_finite():
            return format(value, "f")
        case "date" if isinstance(value, date):
            return value.isoformat()
        case "partial_date" if isinstance(value, PartialDate):
            return str(value)
        case "choices" if isinstance(value, tuple) and all(isinstance(one, str) for one in value):
            return json.dumps(list(value), ensure_ascii=False)
        case "text" | "long_text" | "choice" if isinstance(value, str):
            return value
    raise ValueError(f"no value of a field of kind {kind}")


def from_text(kind: str, text: str) -> Any:
    """The value kept as ``text``; None, "", () or False for nothing. Raises ValueError for text of another kind."""
    match kind:
        case "yes_no":
            if text not in ("", "yes"):
                raise ValueError("neither yes nor empty")
            return text == "yes"
        case "choices":
            found = json.loads(text) if text else []
            if not isinstance(found, list) or not all(isinstance(one, str) for one in found):
                raise ValueError("not a list of words")
            return tuple(found)
        case "text" | "long_text" | "choice":
            return text
    if not text:
        return None
    match kind:
        case "integer":
            return int(text)
        case "decimal":
            return _decimal(text)
        case "date":
            return date.fromisoformat(text)
        case "partial_date":
            return PartialDate.parse(text)
    raise ValueError(f"unknown kind {kind}")


def converted(old: str, new: str, text: str) -> str | None:
    """The stored text after a field became of another kind; None where nothing sensible can be made of it.

    Nothing is lost by such a change: a field whose values cannot all be converted keeps its kind.
    """
    if old == new or not text:
        return text
    try:
        value = from_text(old, text)
        if new in ("text", "long_text", "choice"):
            words = ", ".join(value) if isinstance(value, tuple) else "" if old == "yes_no" else text
            return words or None
        if new == "choices":
            return to_text(new, (text,)) if isinstance(value, str) else None
        if new == "partial_date" and isinstance(value, date):
            return to_text(new, PartialDate.of(value))
        if new == "date" and isinstance(value, PartialDate):
            whole = value.to_date()
            return to_text(new, whole) if whole is not None else None
        return to_text(new, from_text(new, text))
    except ValueError:
        return None


def outside(value: Any, choices: Sequence[str]) -> tuple[str, ...]:
    """What of a chosen value is not on the list any more; it is shown and kept, only not offered again."""
    chosen = value if isinstance(value, tuple) else (value,) if value else ()
    return tuple(one for one in chosen if one not in choices)


def _decimal(text: str) -> Decimal:
    try:
        found = Decimal(text)
    except InvalidOperation:
        raise ValueError("no number") from None
    if not found.is_finite():
        raise ValueError("no number")
    return found
