"""Objections that were heard: from whom, when, and how our answer went (R1).

Counted over the twins of an objection in other languages; nothing is counted whose result was not said.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from kamdesk.model.messages import KamdeskError
from kamdesk.model.tables import Employment, Interaction, Objection, ObjectionUse, Organisation, Person
from kamdesk.model.values import PersonName
from kamdesk.services.base import get, name_of, organisations_of, title_of
from kamdesk.services.library_variants import groups
from kamdesk.services.rows import check_changes, check_new, first_words, insert, put
from kamdesk.store.unit_of_work import Store


@dataclass(frozen=True, slots=True)
class Answered:
    """How often an objection was heard and how the answer went; ``known`` are those whose result was said."""

    heard: int = 0
    worked: int = 0
    partly: int = 0
    failed: int = 0

    @property
    def known(self) -> int:
        """How many results were said."""
        return self.worked + self.partly + self.failed

    @property
    def rank(self) -> int:
        """0 for an answer that worked, 1 where nothing is known or it convinced in part, 2 for one that only failed."""
        return 0 if self.worked else 2 if self.failed and not self.partly else 1


@dataclass(frozen=True, slots=True)
class HeardView:
    """An objection heard once. ``result`` is a code of ``objection_result``, "" where it was not said."""

    id: str
    objection_id: str
    text: str
    answer: str
    person_id: str | None
    person: PersonName
    organisation_id: str | None
    organisation: str
    heard_on: date | None
    result: str
    note: str


class ObjectionUses:
    """Everything a user can do about objections that were heard."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def record(
        self,
        objection_id: str,
        *,
        person_id: str | None = None,
        organisation_id: str | None = None,
        interaction_id: str | None = None,
        heard_on: date | None = None,
        result: str = "",
        note: str = "",
    ) -> str:
        """Record that it was heard, today unless said otherwise; the client of a person is taken from their seat.

        Raises ``objection.nobody`` without a person and a client, ``objection.future`` for a day to come.
        """
        if person_id is None and organisation_id is None:
            raise KamdeskError("objection.nobody")
        today = self._store.now().date()
        values = {
            "objection_id": objection_id,
            "person_id": person_id,
            "interaction_id": interaction_id,
            "heard_on": heard_on or today,
            "result": result,
            "note": note.strip(),
        }
        check_new(ObjectionUse, values)
        self._check_day(heard_on)

        def work(session: Session) -> str:
            get(session, Objection, objection_id)
            client = organisation_id
            if person_id is not None:
                get(session, Person, person_id)
                client = client or employer_of(session, person_id)
            if client is not None:
                get(session, Organisation, client)
            return insert(session, ObjectionUse(organisation_id=client, **values))

        return self._store.write("objection.heard", {"name": self._name(objection_id)}, work)

    def record_new(
        self,
        text: str,
        person_id: str | None = None,
        *,
        organisation_id: str | None = None,
        interaction_id: str | None = None,
        result: str = "",
        heard_on: date | None = None,
        note: str = "",
    ) -> str:
        """What was said against us in words: an entry of the library, and heard, in one step. Returns the use's id.

        One of the same words, whatever their case, is not written twice. Errors as :meth:`record`.
        """
        if person_id is None and organisation_id is None:
            raise KamdeskError("objection.nobody")
        clean = " ".join(text.split())
        check_new(Objection, {"text": clean})
        self._check_day(heard_on)

        def work(session: Session) -> str:
            person = get(session, Person, person_id) if person_id is not None else None
            client = organisation_id or (employer_of(session, person.id) if person is not None else None)
            if client is not None:
                get(session, Organisation, client)
            if interaction_id is not None:
                get(session, Interaction, interaction_id)
            known = {row.text.casefold(): row.id for row in session.scalars(select(Objection))}
            row_id = known.get(clean.casefold())
            if row_id is None:
                language = "ru" if any("а" <= sign <= "я" for sign in clean.casefold()) else "en"
                lenses = (person.lens,) if person is not None and person.lens else ()
                row_id = insert(session, Objection(text=clean, language=language, lenses=lenses))
            return insert(
                session,
                ObjectionUse(
                    objection_id=row_id,
                    person_id=person_id,
                    organisation_id=client,
                    interaction_id=interaction_id,
                    heard_on=heard_on or self._store.now().date(),
                    result=result,
                    note=note.strip(),
                ),
            )

        return self._store.write("objection.heard", {"name": first_words(clean)}, work)

    def edit(self, use_id: str, values: Mapping[str, object], *, visit: str = "") -> None:
        """Set fields of one. Raises KamdeskError for a value that does not fit, ``objection.future``, ``record.gone``."""
        check_changes(ObjectionUse, values)
        day = values.get("heard_on")
        self._check_day(day if isinstance(day, date) else None)
        self._store.write(
            "objection.edit_heard",
            {"name": self._of(use_id)},
            lambda session: put(session, ObjectionUse, use_id, values) and None,
            visit=visit,
        )

    def delete(self, use_id: str) -> None:
        """Take one away; the objection stays."""
        self._store.write(
            "objection.delete_heard",
            {"name": self._of(use_id)},
            lambda session: session.delete(get(session, ObjectionUse, use_id)),
        )

    def of_objection(self, objection_id: str) -> tuple[HeardView, ...]:
        """From whom it was heard, in any language, the latest first."""

        def work(session: Session) -> tuple[HeardView, ...]:
            ids = groups(session, Objection).get(objection_id, (objection_id,))
            query = select(ObjectionUse).where(ObjectionUse.objection_id.in_(ids))
            return _views(session, list(session.scalars(query)))

        return self._store.read(work)

    def of_person(self, person_id: str) -> tuple[HeardView, ...]:
        """What somebody said against us, the latest first."""
        query = select(ObjectionUse).where(ObjectionUse.person_id == person_id)
        return self._store.read(lambda session: _views(session, list(session.scalars(query))))

    def answers(self) -> dict[str, Answered]:
        """How the answers went, by objection; those never heard are not in it."""
        return self._store.read(answered)

    def _check_day(self, day: date | None) -> None:
        if day is not None and day > self._store.now().date():
            raise KamdeskError("objection.future")

    def _name(self, objection_id: str) -> str:
        return self._store.read(lambda session: first_words(title_of(get(session, Objection, objection_id))))

    def _of(self, use_id: str) -> str:
        return self._name(self._store.read(lambda session: get(session, ObjectionUse, use_id).objection_id))


def answered(session: Session) -> dict[str, Answered]:
    """How the answers went, by objection, twins counted together."""
    of = groups(session, Objection)
    counts: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for objection_id, result in session.execute(select(ObjectionUse.objection_id, ObjectionUse.result)):
        for one in of.get(objection_id, (objection_id,)):
            counts[one]["heard"] += 1
            counts[one][result or ""] += 1
    return {
        row_id: Answered(count["heard"], count["worked"], count["partly"], count["failed"])
        for row_id, count in counts.items()
    }


def heard_from(session: Session, person_id: str) -> frozenset[str]:
    """The objections that somebody raised, with their twins."""
    of = groups(session, Objection)
    own = session.scalars(select(ObjectionUse.objection_id).where(ObjectionUse.person_id == person_id))
    return frozenset(one for objection_id in own for one in of.get(objection_id, (objection_id,)))


def _views(session: Session, rows: list[ObjectionUse]) -> tuple[HeardView, ...]:
    said = {
        row.id: row
        for row in session.scalars(
            select(Objection).where(Objection.id.in_({one.objection_id for one in rows}))
        )
    }
    people = {
        row.id: name_of(row)
        for row in session.scalars(
            select(Person).where(Person.id.in_({one.person_id for one in rows} - {None}))
        )
    }
    clients = organisations_of(session, [one.organisation_id for one in rows if one.organisation_id])
    rows.sort(key=lambda one: (one.heard_on or date.min, one.id), reverse=True)
    return tuple(
        HeardView(
            one.id,
            one.objection_id,
            said[one.objection_id].text,
            said[one.objection_id].answer,
            one.person_id,
            people.get(one.person_id or "", PersonName()),
            one.organisation_id,
            clients.get(one.organisation_id or "", ""),
            one.heard_on,
            one.result,
            one.note,
        )
        for one in rows
    )


def employer_of(session: Session, person_id: str) -> str | None:
    """The organisation somebody is at now, the first of several; None for nobody's."""
    return session.scalars(
        select(Employment.organisation_id)
        .where(Employment.person_id == person_id, Employment.until.is_(None), Employment.is_former.is_(False))
        .order_by(Employment.position)
    ).first()
