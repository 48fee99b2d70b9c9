"""Preferences that belong to the vault: how birthdays are counted, which parts are offered. Undone like any edit."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from kamdesk.model.messages import KamdeskError
from kamdesk.model.tables import Preference
from kamdesk.rules import file_pattern
from kamdesk.rules.block_orders import KINDS, USUAL, order_of
from kamdesk.store.unit_of_work import Store


@dataclass(frozen=True, slots=True)
class Preferences:
    """All preferences with their defaults; the name of a field is the key in the vault.

    ``lead_days`` is how many days ahead dates stand on Today; ``leap_birthday``, ``weekend_shift`` and
    ``buyer_set`` are codes of those vocabularies. ``closing_…`` are the habits after a sending (``rules.closing.Habits``):
    working days, limits of the needles, and the percentage to which they shrink for a client who never bought.
    ``blocks_…`` are codes of blocks in their order for a kind of document; none means the usual ones.
    ``file_pattern`` is how files of proposals are called (``rules.file_pattern``); "" is the usual way.
    """

    lead_days: int = 7
    leap_birthday: str = "feb28"
    weekend_shift: str = "none"
    buyer_set: str = "parts"
    closing_receipt: int = 1
    closing_next_steps: int = 3
    closing_urgency: int = 5
    closing_dated: int = 7
    closing_idle_limit: int = 50
    closing_need_limit: int = 60
    closing_rest: int = 5
    closing_new_client: int = 60
    blocks_group: tuple[str, ...] = ()
    blocks_variant: tuple[str, ...] = ()
    blocks_cover: tuple[str, ...] = ()
    file_pattern: str = ""

    def blocks(self, kind: str) -> tuple[str, ...]:
        """The blocks of a kind of document in their order (R4)."""
        chosen = {"group": self.blocks_group, "variant": self.blocks_variant, "cover": self.blocks_cover}
        return order_of(kind, chosen[kind])


_LEAST: Final = {
    "lead_days": 0, "closing_receipt": 1, "closing_next_steps": 1, "closing_urgency": 1, "closing_dated": 1,
    "closing_idle_limit": 10, "closing_need_limit": 15, "closing_rest": 1, "closing_new_client": 20,
}  # fmt: skip
_MOST: Final = {
    "lead_days": 60, "closing_receipt": 10, "closing_next_steps": 30, "closing_urgency": 60, "closing_dated": 90,
    "closing_idle_limit": 100, "closing_need_limit": 100, "closing_rest": 30, "closing_new_client": 100,
}  # fmt: skip
_CODES: Final = {
    "leap_birthday": ("feb28", "mar1"),
    "weekend_shift": ("none", "before", "after"),
    "buyer_set": ("parts", "buyers"),
}
_LISTS: Final[Mapping[str, tuple[str, ...]]] = {f"blocks_{kind}": USUAL[kind] for kind in KINDS}
"""Preferences that are lists of codes, with the codes they may hold."""


def bounds(name: str) -> tuple[int, int]:
    """The least and the largest value of a preference that is a number. Raises KeyError for another."""
    return _LEAST[name], _MOST[name]


class PreferencesService:
    """Reading and changing them."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def get(self) -> Preferences:
        """The preferences of now."""
        return self._store.read(preferences)

    def set(self, **values: Any) -> None:
        """Change some. Raises KamdeskError ``preferences.wrong`` for a value that cannot be; a pattern says what is wrong."""
        for key, value in values.items():
            if key == "file_pattern" and (wrong := file_pattern.problem(str(value))) is not None:
                raise KamdeskError(wrong.code, **wrong.params)
            if not _fits(key, value):
                raise KamdeskError("preferences.wrong")

        def work(session: Session) -> None:
            for key, value in values.items():
                row = session.scalars(select(Preference).where(Preference.key == key)).first()
                if row is None:
                    row = Preference(key=key)
                    session.add(row)
                row.value = json.dumps(value)

        self._store.write("preferences.set", {}, work)


def preferences(session: Session) -> Preferences:
    """The preferences inside a question of another service; what does not fit counts as not set."""
    found: dict[str, Any] = {}
    for row in session.scalars(select(Preference)):
        try:
            value = json.loads(row.value)
        except (ValueError, RecursionError):
            continue
        if _fits(row.key, value):
            found[row.key] = tuple(value) if row.key in _LISTS else value
    return replace(Preferences(), **found)


def _fits(key: str, value: object) -> bool:
    if key in _CODES:
        return value in _CODES[key]
    if key == "file_pattern":
        return isinstance(value, str) and file_pattern.problem(value) is None
    if key in _LISTS:
        return (
            isinstance(value, (list, tuple))
            and all(code in _LISTS[key] for code in value)
            and len(set(value)) == len(value)
        )
    known = {one.name for one in fields(Preferences)}
    return (
        key in known
        and isinstance(value, int)
        and not isinstance(value, bool)
        and _LEAST[key] <= value <= _MOST[key]
    )
