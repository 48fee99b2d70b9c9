"""The vocabularies as this vault has them: what ships with the user's changes over it."""

from __future__ import annotations

import json
import re
import secrets
from collections.abc import Mapping
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from kamdesk.model.fields import FieldKind, FieldSpec
from kamdesk.model.messages import KamdeskError
from kamdesk.model.tables import VocabularyItem
from kamdesk.model.vocabulary import Item, ItemChange, Vocabularies
from kamdesk.model.vocabulary_extras import EXTRAS, spec_of
from kamdesk.rules import own_values
from kamdesk.store.changes import ChangeSet
from kamdesk.store.unit_of_work import Store

TABLE: Final = VocabularyItem.__tablename__
_AS_SHIPPED: Final = 0
"""Stored in ``position`` of an item that stands where it ships; a place of one's own is stored from 1 on."""


class VocabularyService:
    """Reading and changing reference data. ``current`` is kept ready and made anew only after a change."""

    def __init__(self, store: Store, shipped: Vocabularies) -> None:
        self._store = store
        self._shipped = shipped
        self._current: Vocabularies | None = None
        self._changed = 0
        self.close = store.subscribe(self._forget)

    @property
    def current(self) -> Vocabularies:
        """The vocabularies of now; immutable, so that a job can keep what it began with."""
        found = self._current
        if found is None:
            seen = self._changed
            found = self._shipped.with_changes(self._store.read(changes))
            # A change that was committed while this thread was reading makes the result old.
            if seen == self._changed:
                self._current = found
        return found

    def add(self, vocabulary: str, ru: str, en: str = "") -> str:
        """Add an item and return its code; one that was hidden under the same words is shown again.

        Raises KamdeskError ``vocabulary.fixed`` where the program decides by the codes, ``vocabulary.empty``,
        ``vocabulary.exists``.
        """
        ru, en = _clean(ru), _clean(en)
        self._check_open(vocabulary)
        if not ru and not en:
            raise KamdeskError("vocabulary.empty")
        known = next((code for words in (ru, en) if (code := self.current.code_of(vocabulary, words))), None)
        if known is not None:
            item = self.current.item(vocabulary, known)
            if item is None or not item.hidden:
                raise KamdeskError("vocabulary.exists", name=ru or en)
            self.restore(vocabulary, known)
            return known
        code = self._new_code(vocabulary, en)

        def work(session: Session) -> None:
            session.add(VocabularyItem(vocabulary=vocabulary, code=code, label_ru=ru, label_en=en))

        self._store.write("vocabulary.add", {"name": ru or en}, work)
        return code

    def rename(self, vocabulary: str, code: str, ru: str, en: str) -> None:
        """Other words for an item; empty ones give back the shipped words. Raises ``vocabulary.unknown``."""
        ru, en = _clean(ru), _clean(en)
        self._change("vocabulary.rename", vocabulary, code, label_ru=ru, label_en=en)

    def hide(self, vocabulary: str, code: str) -> None:
        """Offer an item no more; what was recorded with it keeps its words. Raises ``vocabulary.fixed``."""
        self._check_open(vocabulary)
        self._change("vocabulary.hide", vocabulary, code, hidden=True)

    def restore(self, vocabulary: str, code: str) -> None:
        """Offer a hidden item again. Raises ``vocabulary.unknown``."""
        self._change("vocabulary.restore", vocabulary, code, hidden=False)

    def move(self, vocabulary: str, code: str, place: int) -> None:
        """Put an item at a place of the whole list, from 0. Raises ``vocabulary.unknown``."""
        self._change("vocabulary.move", vocabulary, code, position=max(place, 0) + 1)

    def extras(self, vocabulary: str, code: str) -> tuple[tuple[FieldSpec, Any], ...]:
        """What else an entry says and may be edited, as values of the declared kinds."""
        item = self.current.item(vocabulary, code)
        found: Mapping[str, object] = item.extras if item is not None else {}
        return tuple((spec, _value(spec, found.get(spec.name))) for spec in EXTRAS.get(vocabulary, ()))

    def set_extra(self, vocabulary: str, code: str, name: str, value: Any) -> None:
        """Change what an entry says besides its labels. Raises ``vocabulary.unknown``, ``vocabulary.wrong``."""
        spec = spec_of(vocabulary, name)
        if spec is None:
            raise KamdeskError("vocabulary.wrong")
        stored = self._stored(spec, value)
        before = self._item(vocabulary, code)

        def work(session: Session) -> None:
            row = self._row(session, vocabulary, code)
            row.extra = json.dumps(_read(row.extra) | {name: stored}, ensure_ascii=False)

        self._store.write("vocabulary.extra", {"name": before.ru or before.en or before.code}, work)

    # --- pieces

    def _stored(self, spec: FieldSpec, value: Any) -> object:
        """The value as JSON keeps it."""
        if spec.kind is FieldKind.YES_NO and isinstance(value, bool):
            return value
        if spec.kind is FieldKind.CODES and isinstance(value, tuple):
            known = self.current.codes(spec.vocabulary, hidden=True)
            if all(one in known for one in value):
                return list(value)
        elif spec.kind is FieldKind.CODE and value in ("", *self.current.codes(spec.vocabulary, hidden=True)):
            return value
        elif spec.kind in (FieldKind.TEXT, FieldKind.LONG_TEXT) and isinstance(value, str):
            return value.strip()
        elif spec.kind in (FieldKind.DATE, FieldKind.DECIMAL):
            try:
                return own_values.to_text(spec.kind.value, value)
            except ValueError:
                raise KamdeskError("vocabulary.wrong") from None
        raise KamdeskError("vocabulary.wrong")

    def _forget(self, changed: ChangeSet) -> None:
        if changed.touches(TABLE):
            self._changed += 1
            self._current = None

    def _check_open(self, vocabulary: str) -> None:
        if not self._shipped.is_configurable(vocabulary) or not self._own(vocabulary):
            raise KamdeskError("vocabulary.fixed")

    def _own(self, vocabulary: str) -> bool:
        """Whether the list has items of its own; one joined of others is changed in those."""
        probe = ItemChange(vocabulary, "\x00", ru="-")
        return self._shipped.with_changes((probe,)).item(vocabulary, "\x00") is not None

    def _item(self, vocabulary: str, code: str) -> Item:
        item = self.current.item(vocabulary, code)
        if item is None or not self._own(vocabulary):
            raise KamdeskError("vocabulary.unknown", entry=code)
        return item

    def _change(self, step: str, vocabulary: str, code: str, **values: object) -> None:
        item = self._item(vocabulary, code)

        def work(session: Session) -> None:
            row = self._row(session, vocabulary, code)
            for name, value in values.items():
                setattr(row, name, value)

        self._store.write(step, {"name": item.ru or item.en or item.code}, work)

    @staticmethod
    def _row(session: Session, vocabulary: str, code: str) -> VocabularyItem:
        """The row that holds what the user changed of an entry, made where nothing was changed yet."""
        row = session.scalars(
            select(VocabularyItem)
            .where(VocabularyItem.vocabulary == vocabulary, VocabularyItem.code == code)
            .limit(1)
        ).first()
        if row is None:
            row = VocabularyItem(vocabulary=vocabulary, code=code, position=_AS_SHIPPED)
            session.add(row)
        return row

    def _new_code(self, vocabulary: str, en: str) -> str:
        """A readable code from the English words where there are any, never one that is or was in use."""
        slug = re.sub(r"[^a-z0-9]+", "_", en.casefold()).strip("_")[:40]
        taken = set(self.current.codes(vocabulary, hidden=True))
        code = slug or f"own_{secrets.token_hex(4)}"
        while code in taken:
            code = f"{slug or 'own'}_{secrets.token_hex(4)}"
        return code


def changes(session: Session) -> tuple[ItemChange, ...]:
    """What the user changed of the vocabularies, as the model reads it."""
    rows = session.scalars(select(VocabularyItem).order_by(VocabularyItem.vocabulary, VocabularyItem.code))
    return tuple(
        ItemChange(
            row.vocabulary,
            row.code,
            ru=row.label_ru or None,
            en=row.label_en or None,
            hidden=row.hidden,
            position=None if row.position == _AS_SHIPPED else row.position - 1,
            extras=_known(row.vocabulary, _read(row.extra)),
        )
        for row in rows
    )


def _read(text: str | None) -> dict[str, object]:
    try:
        found = json.loads(text) if text else {}
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


def _known(vocabulary: str, found: Mapping[str, object]) -> Mapping[str, object]:
    """Only extras that are declared and of their kind: rows come from other people's dossiers too."""
    kept = {}
    for name, value in found.items():
        spec = spec_of(vocabulary, name)
        wanted = {FieldKind.YES_NO: bool, FieldKind.CODES: list}.get(spec.kind, str) if spec else None
        if wanted is not None and isinstance(value, wanted):
            kept[name] = [str(one) for one in value] if isinstance(value, list) else value
    return kept


def _value(spec: FieldSpec, stored: object) -> Any:
    """The value of an extra in its kind; nothing where it cannot be read."""
    if spec.kind is FieldKind.YES_NO:
        return stored is True
    if spec.kind is FieldKind.CODES:
        return tuple(str(one) for one in stored) if isinstance(stored, (list, tuple)) else ()
    text = stored if isinstance(stored, str) else ""
    if spec.kind in (FieldKind.DATE, FieldKind.DECIMAL):
        try:
            return own_values.from_text(spec.kind.value, text)
        except ValueError:
            return None
    return text


def _clean(words: str) -> str:
    return " ".join(words.split())
