"""The dossier standard of the department: fields of one's own, their values, and the standard as a file (D12)."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from kamdesk.exchange import standard as file_of
from kamdesk.model.messages import KamdeskError
from kamdesk.model.tables import CustomField, CustomValue, Question
from kamdesk.model.tables.base import entity_of
from kamdesk.model.values import Sensitivity
from kamdesk.rules import own_values
from kamdesk.services.base import get, title_of
from kamdesk.store.unit_of_work import Store


@dataclass(frozen=True, slots=True)
class FieldView:
    """A field of one's own; ``kind`` is a code of ``custom_kind``, ``used`` how many rows have a value."""

    id: str
    subject: str
    kind: str
    label_ru: str
    label_en: str
    choices: tuple[str, ...]
    sensitivity: str
    retired: bool
    used: int

    def label(self, language: str) -> str:
        """What the field is called in a language; the other language's words where this one has none."""
        first, second = (self.label_ru, self.label_en) if language == "ru" else (self.label_en, self.label_ru)
        return first or second


@dataclass(frozen=True, slots=True)
class OwnValue:
    """A field with what one row holds in it; ``value`` is as the field's kind has it, ``wrong`` a text it cannot read.

    ``id`` is that of the stored value, "" where nothing is stored.
    """

    field: FieldView
    value: Any
    wrong: str = ""
    id: str = ""


@dataclass(frozen=True, slots=True)
class StandardReport:
    """What a file of a standard brought, or would bring: numbers of new and changed entries."""

    fields_new: int
    fields_changed: int
    questions_new: int
    questions_changed: int
    same: int


class StandardFields:
    """Reading and changing own fields and their values."""

    def __init__(self, store: Store) -> None:
        self._store = store

    # --- fields

    def fields(self, subject: str = "", *, retired: bool = False) -> tuple[FieldView, ...]:
        """The fields of one subject, or of both, in their order; those no longer asked only with ``retired``."""
        return self._store.read(lambda session: _fields(session, subject, retired=retired))

    def add_field(
        self,
        subject: str,
        kind: str,
        label_ru: str,
        label_en: str = "",
        choices: Sequence[str] = (),
        sensitivity: str = Sensitivity.BUSINESS.value,
    ) -> str:
        """Add a field and return its id. Raises ``standard.no_label``, ``standard.no_choices``, ``standard.exists``."""
        ru, en = _clean(label_ru), _clean(label_en)
        offered = tuple(dict.fromkeys(word for one in choices if (word := _clean(one))))
        _check(kind, ru, en, offered)

        def work(session: Session) -> str:
            _refuse_twice(session, subject, ru, en, "")
            place = session.scalar(
                select(func.max(CustomField.position)).where(CustomField.subject == subject)
            )
            row = CustomField(
                subject=subject, kind=kind, label_ru=ru, label_en=en, choices=offered, sensitivity=sensitivity
            )
            row.position = 0 if place is None else place + 1
            session.add(row)
            session.flush()
            return row.id

        return self._store.write("standard.add_field", {"name": ru or en}, work)

    def set_field(self, field_id: str, **values: Any) -> None:
        """Change words, kind, choices, sensitivity or ``retired`` of a field.

        Raises ``standard.kind_with_values`` when values that are there cannot be read as the new kind; nothing is
        changed then.
        """

        def work(session: Session) -> None:
            row = get(session, CustomField, field_id)
            new = {name: _clean(value) if isinstance(value, str) else value for name, value in values.items()}
            kind = new.get("kind", row.kind)
            ru, en = new.get("label_ru", row.label_ru), new.get("label_en", row.label_en)
            _check(kind, ru, en, new.get("choices", row.choices))
            _refuse_twice(session, row.subject, ru, en, row.id)
            if kind != row.kind:
                _convert(session, row, kind)
            for name, value in new.items():
                setattr(row, name, value)

        self._store.write("standard.edit_field", self._named(CustomField, field_id), work)

    def move_field(self, field_id: str, step: int) -> None:
        """Move a field up (−1) or down (+1) among those of its subject."""
        self._store.write(
            "standard.move_field",
            self._named(CustomField, field_id),
            lambda session: move(session, CustomField, field_id, step),
        )

    def delete_field(self, field_id: str) -> None:
        """Delete a field with its values; undo brings all of it back."""
        self._store.write(
            "standard.delete_field",
            self._named(CustomField, field_id),
            lambda session: session.delete(get(session, CustomField, field_id)),
        )

    # --- values

    def values(self, subject: str, row_id: str) -> tuple[OwnValue, ...]:
        """Every field of the subject with this row's value, and retired ones that hold something."""

        def work(session: Session) -> tuple[OwnValue, ...]:
            owner = getattr(CustomValue, f"{subject}_id")
            columns = select(CustomValue.field_id, CustomValue.value, CustomValue.id)
            stored = {
                str(row[0]): (str(row[1]), str(row[2]))
                for row in session.execute(columns.where(owner == row_id))
            }
            fields = _fields(session, subject, retired=True)
            return tuple(
                _value(one, *stored.get(one.id, ("", "")))
                for one in fields
                if not one.retired or stored.get(one.id, ("",))[0]
            )

        return self._store.read(work)

    def set_value(self, field_id: str, row_id: str, value: Any, *, visit: str = "") -> None:
        """Set what a row holds in a field; nothing (None, "", (), False) takes it away. Raises ``standard.wrong_value``."""

        def work(session: Session) -> None:
            field = get(session, CustomField, field_id)
            owner = f"{field.subject}_id"
            row = session.scalars(
                select(CustomValue).where(
                    CustomValue.field_id == field.id, getattr(CustomValue, owner) == row_id
                )
            ).first()
            text = _stored(field, value)
            if row is not None and text:
                row.value = text
            elif row is not None:
                session.delete(row)
            elif text:
                session.add(CustomValue(field_id=field.id, value=text, **{owner: row_id}))

        def params(session: Session) -> Mapping[str, object]:
            field = get(session, CustomField, field_id)
            owner = get(session, entity_of(field.subject), row_id)
            return {"field": field.label_ru or field.label_en, "name": title_of(owner)}

        self._store.write("standard.set_value", params, work, visit=visit)

    # --- as a file

    def export(self) -> bytes:
        """The whole standard as a file."""

        def work(session: Session) -> bytes:
            fields = tuple(
                file_of.OwnField(
                    one.id,
                    one.subject,
                    one.kind,
                    one.label_ru,
                    one.label_en,
                    one.choices,
                    one.sensitivity,
                    one.retired,
                )
                for one in _fields(session, "", retired=True)
            )
            questions = tuple(
                file_of.AskedQuestion(
                    row.id, row.subject, row.about, row.text_ru, row.text_en, row.lenses, row.retired
                )
                for row in session.scalars(select(Question).order_by(Question.subject, Question.position))
            )
            return file_of.write(file_of.Standard(fields, questions))

        return self._store.read(work)

    def import_(self, data: bytes, *, dry_run: bool = False) -> StandardReport:
        """Take over a file: new entries are added, known ones get its words; nothing is deleted or made more open.

        Raises KamdeskError as ``exchange.standard.read``, and ``standard.kind_with_values``.
        """
        standard = file_of.read(data, own_values.KINDS)
        if dry_run:
            return self._store.read(lambda session: _compare(session, standard))

        def work(session: Session) -> StandardReport:
            report = _compare(session, standard)
            for place, one in enumerate(standard.fields):
                _take_field(session, one, place)
            for place, asked in enumerate(standard.questions):
                _take_question(session, asked, place)
            return report

        return self._store.write("standard.import", {}, work)

    def _named(self, entity: type[Any], row_id: str) -> Callable[[Session], Mapping[str, object]]:
        return lambda session: {"name": title_of(get(session, entity, row_id))}


def move(session: Session, entity: type[Any], row_id: str, step: int) -> None:
    """Exchange the places of a field or question and its neighbour of the same subject."""
    row = get(session, entity, row_id)
    siblings = list(
        session.scalars(
            select(entity).where(entity.subject == row.subject).order_by(entity.position, entity.id)
        )
    )
    at = siblings.index(row)
    there = at + step
    if 0 <= there < len(siblings):
        siblings[at], siblings[there] = siblings[there], siblings[at]
    for place, one in enumerate(siblings):
        if one.position != place:
            one.position = place


def _fields(session: Session, subject: str, *, retired: bool) -> tuple[FieldView, ...]:
    counted = session.execute(select(CustomValue.field_id, func.count()).group_by(CustomValue.field_id))
    used = {str(row[0]): int(row[1]) for row in counted}
    query = select(CustomField).order_by(CustomField.subject, CustomField.position, CustomField.id)
    if subject:
        query = query.where(CustomField.subject == subject)
    if not retired:
        query = query.where(CustomField.retired.is_(False))
    return tuple(
        FieldView(
            row.id,
            row.subject,
            row.kind,
            row.label_ru,
            row.label_en,
            row.choices,
            row.sensitivity,
            row.retired,
            used.get(row.id, 0),
        )
        for row in session.scalars(query)
    )


def _value(field: FieldView, text: str, row_id: str) -> OwnValue:
    try:
        return OwnValue(field, own_values.from_text(field.kind, text), id=row_id)
    except ValueError:
        return OwnValue(field, own_values.from_text(field.kind, ""), wrong=text, id=row_id)


def _stored(field: CustomField, value: Any) -> str:
    try:
        return own_values.to_text(field.kind, value)
    except ValueError:
        raise KamdeskError("standard.wrong_value", field=field.label_ru or field.label_en) from None


def _clean(words: str) -> str:
    return " ".join(words.split())


def _check(kind: str, ru: str, en: str, choices: Sequence[str]) -> None:
    if not ru and not en:
        raise KamdeskError("standard.no_label")
    if kind in ("choice", "choices") and not choices:
        raise KamdeskError("standard.no_choices")


def _refuse_twice(session: Session, subject: str, ru: str, en: str, own_id: str) -> None:
    for row in session.scalars(select(CustomField).where(CustomField.subject == subject)):
        same = {word.casefold() for word in (row.label_ru, row.label_en) if word}
        for word in (ru, en):
            if word and row.id != own_id and word.casefold() in same:
                raise KamdeskError("standard.exists", name=word)


def _convert(session: Session, field: CustomField, kind: str) -> None:
    rows = list(session.scalars(select(CustomValue).where(CustomValue.field_id == field.id)))
    made = [own_values.converted(field.kind, kind, row.value) for row in rows]
    wrong = sum(text is None for text in made)
    if wrong:
        raise KamdeskError("standard.kind_with_values", n=wrong)
    for row, text in zip(rows, made, strict=True):
        row.value = text or ""


def _compare(session: Session, standard: file_of.Standard) -> StandardReport:
    counts = {"fields_new": 0, "fields_changed": 0, "questions_new": 0, "questions_changed": 0, "same": 0}
    for entity, entries, names in (
        (CustomField, standard.fields, ("fields_new", "fields_changed")),
        (Question, standard.questions, ("questions_new", "questions_changed")),
    ):
        for one in entries:
            row: Any = session.get(entity, one.id)
            if row is None:
                counts[names[0]] += 1
            elif all(getattr(row, name) == getattr(one, name) for name in one.__dataclass_fields__):
                counts["same"] += 1
            else:
                counts[names[1]] += 1
    return StandardReport(**counts)


def _take_field(session: Session, one: file_of.OwnField, place: int) -> None:
    row = session.get(CustomField, one.id)
    if row is None:
        row = CustomField(id=one.id, subject=one.subject, kind=one.kind, sensitivity=one.sensitivity)
        session.add(row)
    elif row.kind != one.kind:
        _convert(session, row, one.kind)
    stricter = Sensitivity.strictest(Sensitivity(row.sensitivity), Sensitivity(one.sensitivity))
    row.kind, row.sensitivity, row.position = one.kind, stricter.value, place
    row.label_ru, row.label_en, row.choices, row.retired = (
        one.label_ru,
        one.label_en,
        one.choices,
        one.retired,
    )


def _take_question(session: Session, one: file_of.AskedQuestion, place: int) -> None:
    row = session.get(Question, one.id)
    if row is None:
        row = Question(id=one.id, subject=one.subject)
        session.add(row)
    row.about, row.text_ru, row.text_en, row.position = one.about, one.text_ru, one.text_en, place
    row.lenses, row.retired = one.lenses, one.retired
