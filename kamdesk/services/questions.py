"""What to learn next: the department's questions, which of them one client or person leaves open, and why not to ask (D12).

Questions are never mandatory. Until the first one is changed, those of ``resources/standard.json`` are asked.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, Final

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from kamdesk.exchange import standard as file_of
from kamdesk.model.fields import FieldKind
from kamdesk.model.messages import KamdeskError, label
from kamdesk.model.tables import (
    AgendaMark,
    Contact,
    Criterion,
    CustomField,
    CustomValue,
    Employment,
    Fact,
    Part,
    Person,
    Question,
    Relationship,
    Seat,
    Statement,
)
from kamdesk.model.tables.base import entity_of, fields_of, spec_of
from kamdesk.model.vocabulary import Label, Vocabularies
from kamdesk.rules import own_values
from kamdesk.services.base import get
from kamdesk.services.standard import move
from kamdesk.store.unit_of_work import Store

_COUNTED: Final = {
    "person": ("contacts", "criteria", "parts", "seat", "boss", "relations"),
    "organisation": ("contacts", "criteria", "decider"),
}
"""What answers a question besides declared fields, facts, statements and own fields."""

_NO_QUESTION: Final = frozenset({"stance_date", "kind", "lens", "language"})


@dataclass(frozen=True, slots=True)
class QuestionView:
    """A question; ``about`` is what answers it, "" for nothing that the program could see."""

    id: str
    subject: str
    about: str
    text_ru: str
    text_en: str
    lenses: tuple[str, ...]
    retired: bool

    def text(self, language: str) -> str:
        """The question in a language; the other one's words where this has none."""
        first, second = (self.text_ru, self.text_en) if language == "ru" else (self.text_en, self.text_ru)
        return first or second


class Questions:
    """The questions and what they leave open. ``shipped`` is the file of those that are asked before any was changed."""

    def __init__(self, store: Store, vocabularies: Callable[[], Vocabularies], shipped: Path) -> None:
        self._store = store
        self._vocabularies = vocabularies
        self._file = shipped

    def list(self, subject: str = "", *, retired: bool = False) -> tuple[QuestionView, ...]:
        """The questions in their order."""
        return tuple(
            one
            for one in self._store.read(self._questions)
            if (not subject or one.subject == subject) and (retired or not one.retired)
        )

    def to_learn(self, subject: str, row_id: str, limit: int = 5) -> tuple[QuestionView, ...]:
        """The first questions that this client or person leaves open and that were not put aside."""

        def work(session: Session) -> tuple[QuestionView, ...]:
            known = _Known(session, subject, row_id)
            lens = known.row.lens if isinstance(known.row, Person) else ""
            found = (
                one
                for one in self._questions(session)
                if one.subject == subject
                and not one.retired
                and (not one.lenses or lens in one.lenses)
                and one.id not in known.put_aside
                and not known.answers(one.about)
            )
            return tuple(one for one, _at in zip(found, range(limit), strict=False))

        return self._store.read(work)

    def answers(self, subject: str) -> tuple[tuple[str, object], ...]:
        """What can answer a question: pairs of code and a label to be said (a ``Message``, a ``Label`` or words)."""

        def work(session: Session) -> tuple[tuple[str, object], ...]:
            found: list[tuple[str, object]] = [
                (f"{subject}.{name}", label(_WORDS[name])) for name in _COUNTED[subject]
            ]
            for column, info in fields_of(entity_of(subject)):
                if not info.hidden and info.kind is not FieldKind.LINK and column.name not in _NO_QUESTION:
                    found.append((f"{subject}.{column.name}", label(spec_of(column).label)))
            kinds = ("fact", "fact_kind") if subject == "person" else ("statement", "statement_kind")
            found += [
                (f"{kinds[0]}.{code}", Label(kinds[1], code)) for code in self._vocabularies().codes(kinds[1])
            ]
            own = session.scalars(
                select(CustomField)
                .where(CustomField.subject == subject, CustomField.retired.is_(False))
                .order_by(CustomField.position)
            )
            return (*found, *((f"custom.{row.id}", row.label_ru or row.label_en) for row in own))

        return self._store.read(work)

    def add(
        self, subject: str, text_ru: str, text_en: str = "", about: str = "", lenses: Sequence[str] = ()
    ) -> str:
        """Add a question. Raises KamdeskError ``standard.no_text``."""
        ru, en = " ".join(text_ru.split()), " ".join(text_en.split())
        if not ru and not en:
            raise KamdeskError("standard.no_text")

        def work(session: Session) -> str:
            self._own(session)
            last = session.scalar(select(func.max(Question.position)).where(Question.subject == subject))
            row = Question(subject=subject, text_ru=ru, text_en=en, about=about, lenses=tuple(lenses))
            row.position = 0 if last is None else last + 1
            session.add(row)
            session.flush()
            return row.id

        return self._store.write("standard.add_question", {"name": ru or en}, work)

    def set(self, question_id: str, **values: Any) -> None:
        """Change the words, what answers it, whom it is asked of, or whether it is asked. Raises ``standard.no_text``."""

        def work(session: Session) -> None:
            self._own(session)
            row = get(session, Question, question_id)
            for name, value in values.items():
                setattr(row, name, " ".join(value.split()) if isinstance(value, str) else value)
            if not row.text_ru and not row.text_en:
                raise KamdeskError("standard.no_text")

        self._store.write("standard.edit_question", {"name": self._called(question_id)}, work)

    def move(self, question_id: str, step: int) -> None:
        """Move a question up (−1) or down (+1)."""

        def work(session: Session) -> None:
            self._own(session)
            move(session, Question, question_id, step)

        self._store.write("standard.move_question", {"name": self._called(question_id)}, work)

    def delete(self, question_id: str) -> None:
        """Delete a question."""

        def work(session: Session) -> None:
            self._own(session)
            session.delete(get(session, Question, question_id))

        self._store.write("standard.delete_question", {"name": self._called(question_id)}, work)

    def put_aside(self, question_id: str, row_id: str) -> None:
        """Do not ask this of this client or person any more."""
        asked = next(one for one in self._store.read(self._questions) if one.id == question_id)

        def work(session: Session) -> None:
            owner = {f"{asked.subject}_id": row_id}
            session.add(AgendaMark(key=f"question:{question_id}:{row_id}", **owner))

        self._store.write("standard.not_asked", {"name": asked.text_ru or asked.text_en}, work)

    # --- pieces

    def _called(self, question_id: str) -> str:
        found = (one for one in self._store.read(self._questions) if one.id == question_id)
        return next((one.text_ru or one.text_en for one in found), "")

    @cached_property
    def _shipped(self) -> tuple[file_of.AskedQuestion, ...]:
        return file_of.read(self._file.read_bytes(), own_values.KINDS).questions

    def _questions(self, session: Session) -> tuple[QuestionView, ...]:
        rows = list(session.scalars(select(Question).order_by(Question.subject, Question.position)))
        return tuple(
            QuestionView(
                one.id, one.subject, one.about, one.text_ru, one.text_en, tuple(one.lenses), one.retired
            )
            for one in (rows or self._shipped)
        )

    def _own(self, session: Session) -> None:
        """Make the shipped questions the user's own before the first change of them."""
        if session.scalar(select(func.count()).select_from(Question)) == 0:
            for place, one in enumerate(self._shipped):
                session.add(
                    Question(
                        id=one.id,
                        subject=one.subject,
                        about=one.about,
                        text_ru=one.text_ru,
                        text_en=one.text_en,
                        lenses=one.lenses,
                        position=place,
                    )
                )
            session.flush()


_WORDS: Final = {
    "contacts": "Contact",
    "criteria": "What matters",
    "parts": "Part in the decision",
    "seat": "Seat",
    "boss": "Reports to",
    "relations": "Relationship",
    "decider": "Who decides",
}
"""English words of what is counted; each is a declared label that is translated already."""


class _Known:
    """What the vault knows of one row, asked once per kind of answer."""

    def __init__(self, session: Session, subject: str, row_id: str) -> None:
        self._session = session
        self._subject = subject
        self.row: Any = get(session, entity_of(subject), row_id)
        self._id = self.row.id
        self._values = {
            "fact": lambda: self._some(Fact.kind, Fact.person_id),
            "statement": lambda: self._some(Statement.kind, Statement.organisation_id),
            "custom": lambda: self._some(CustomValue.field_id, getattr(CustomValue, f"{subject}_id")),
        }
        self._cache: dict[str, frozenset[str]] = {}
        marks = session.scalars(select(AgendaMark.key).where(AgendaMark.key.like(f"question:%:{self._id}")))
        self.put_aside = frozenset(key.split(":")[1] for key in marks)

    def answers(self, about: str) -> bool:
        """Whether the vault has an answer; False where it cannot know."""
        head, _dot, name = about.partition(".")
        if head in self._values:
            if head not in self._cache:
                self._cache[head] = self._values[head]()
            return name in self._cache[head]
        if head != self._subject or not name:
            return False
        if name in _COUNTED[head]:
            return self._counted(name)
        return getattr(self.row, name, None) not in (None, "", (), False)

    def _some(self, column: Any, owner: Any) -> frozenset[str]:
        return frozenset(self._session.scalars(select(column).where(owner == self._id).distinct()))

    def _counted(self, name: str) -> bool:
        if name == "boss":
            return self._has_boss()
        if name == "relations":
            ends = (Relationship.from_id == self._id) | (Relationship.to_id == self._id)
            return self._any(Relationship.id, ends)
        if name == "decider":
            codes = ("decider", "economic_buyer")
            return self._any(Part.id, Part.organisation_id == self._id, Part.code.in_(codes))
        owner = f"{self._subject}_id"
        entity: Any = {"contacts": Contact, "criteria": Criterion, "parts": Part, "seat": Employment}[name]
        return self._any(entity.id, getattr(entity, owner) == self._id)

    def _has_boss(self) -> bool:
        return self._any(
            Seat.id,
            Seat.id.in_(
                select(Employment.seat_id).where(
                    Employment.person_id == self._id, Employment.is_former.is_(False)
                )
            ),
            Seat.reports_to_id.is_not(None),
        )

    def _any(self, column: Any, *where: Any) -> bool:
        return self._session.scalars(select(column).where(*where).limit(1)).first() is not None
