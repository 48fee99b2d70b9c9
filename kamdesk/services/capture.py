"""Quick capture: lines of plain text sorted for confirmation, then saved in one step (D10)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from kamdesk.model.messages import KamdeskError, Message
from kamdesk.model.tables import Employment, Fact, Interaction, Note, Person
from kamdesk.model.values import PartialDate, PersonName
from kamdesk.rules import guard
from kamdesk.rules.capture import KnownPerson, sort_lines
from kamdesk.services import facts, promises
from kamdesk.services.base import get, name_of
from kamdesk.services.people import new_person, seat
from kamdesk.services.promises import PromiseData
from kamdesk.services.rows import check_new, ensure, first_words, insert
from kamdesk.store.unit_of_work import Store

_SIDES = {"promise_ours": "ours", "promise_theirs": "theirs", "next_step": "ours"}


@dataclass(frozen=True, slots=True)
class CaptureLine:
    """One line as it will be saved; everything can be changed before. ``kind`` is a code of ``capture_kind``.

    ``due`` is of a promise or step, ``when`` of a fact. ``person`` names the one meant by ``person_id``;
    ``new_name`` is somebody to be added. ``warning`` is a word of the guard about a fact.
    """

    kind: str
    text: str
    due: date | None = None
    when: PartialDate | None = None
    fact_kind: str = ""
    person_id: str = ""
    person: PersonName = PersonName()
    new_name: PersonName | None = None
    warning: Message | None = None


class Capture:
    """Sorting and saving of quickly typed lines."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def preview(self, text: str, organisation_id: str = "", person_id: str = "") -> tuple[CaptureLine, ...]:
        """What each line seems to be, in order; nothing is written.

        Names are looked for among the people of the client, or all people without one. ``person_id`` is the person
        whose page is open: whoever a fact or a promise is about when the line names nobody.
        """
        people = self._store.read(lambda session: _people(session, organisation_id, person_id))
        names = {one.id: one.name for one in people}
        found = []
        for line in sort_lines(text, people, self._store.now().date()):
            about = line.person_id or ("" if line.kind == "person" else person_id)
            found.append(
                CaptureLine(
                    line.kind,
                    line.text,
                    line.due,
                    line.when,
                    line.fact_kind,
                    about,
                    names.get(about, PersonName()),
                    line.new_name,
                    guard.concern(line.text) if line.kind == "fact" else None,
                )
            )
        return tuple(found)

    def save(
        self, lines: Sequence[CaptureLine], organisation_id: str = "", interaction_id: str = ""
    ) -> tuple[tuple[str, str], ...]:
        """Save confirmed lines in one step and return (table, id) of what each became, in order.

        With an interaction, promises are given at it and the first next step becomes its own; any other step is a
        promise of ours with its date, so that it stays in sight. A birthday replaces the one known.
        Raises KamdeskError before anything is written: ``capture.nothing``, ``capture.whose_fact``,
        ``capture.no_name``, ``note.of_whom``, ``record.gone``.
        """
        if not lines:
            raise KamdeskError("capture.nothing")
        for line in lines:
            _check(line, organisation_id)
        today = self._store.now().date()

        def work(session: Session) -> tuple[tuple[str, str], ...]:
            meeting = get(session, Interaction, interaction_id) if interaction_id else None
            client = organisation_id or (meeting.organisation_id if meeting is not None else None) or ""
            if client:
                ensure(session, "organisation", client)
            return tuple(_save(session, line, client, meeting, today) for line in lines)

        return self._store.write("capture.save", {"n": len(lines)}, work)


def _people(session: Session, organisation_id: str, person_id: str) -> tuple[KnownPerson, ...]:
    query = select(Person).order_by(Person.sort_key, Person.id)
    if organisation_id:
        staff = select(Employment.person_id).where(
            Employment.organisation_id == organisation_id, Employment.is_former.is_(False)
        )
        query = query.where(Person.id.in_(staff) | (Person.id == person_id))
    return tuple(KnownPerson(row.id, name_of(row)) for row in session.scalars(query))


def _check(line: CaptureLine, organisation_id: str) -> None:
    if line.kind in _SIDES:
        promises.check(PromiseData(line.text, side=_SIDES[line.kind]))
    elif line.kind == "fact":
        check_new(Fact, {"text": line.text})
        if not line.person_id:
            raise KamdeskError("capture.whose_fact", text=first_words(line.text))
    elif line.kind == "person":
        if not line.new_name:
            raise KamdeskError("capture.no_name", text=first_words(line.text))
    else:
        check_new(Note, {"text": line.text})
        if not line.person_id and not organisation_id:
            raise KamdeskError("note.of_whom")


def _save(
    session: Session, line: CaptureLine, client: str, meeting: Interaction | None, today: date
) -> tuple[str, str]:
    if line.kind == "next_step" and meeting is not None and not meeting.next_step:
        meeting.next_step, meeting.next_step_on = line.text, line.due
        return "interaction", meeting.id
    if line.kind in _SIDES:
        data = PromiseData(
            line.text,
            side=_SIDES[line.kind],
            due=line.due,
            organisation_id=client or None,
            person_id=line.person_id or None,
        )
        meeting_id = meeting.id if meeting is not None else None
        return "promise", promises.add(session, replace(data, interaction_id=meeting_id))
    if line.kind == "fact":
        return "fact", _save_fact(session, line, today)
    if line.kind == "person" and line.new_name is not None:
        return "person", _save_person(session, line.new_name, line.text, client, today)
    return "note", _save_note(session, line.text, line.person_id, client, today)


def _save_fact(session: Session, line: CaptureLine, today: date) -> str:
    if line.fact_kind == facts.BIRTHDAY and line.when is not None:
        return facts.set_birthday(session, line.person_id, line.when, today)
    # A birthday is a date; words about it without one are kept as any other fact.
    kind = "other_date" if line.fact_kind == facts.BIRTHDAY else line.fact_kind or "other"
    return facts.add(session, line.person_id, line.text, today, kind=kind, on=line.when)


def _save_person(session: Session, name: PersonName, text: str, client: str, today: date) -> str:
    """Add somebody new, or take the one of the same name at the client; the line stays as a note on them."""
    known = [one.id for one in _people(session, client, "") if one.name == name] if client else []
    person_id = known[0] if known else new_person(session, name).id
    if client:
        seat(session, person_id, client, "")
    if " ".join(text.split()) not in (name.full(), name.full("en")):
        _save_note(session, text, person_id, "", today)
    return person_id


def _save_note(session: Session, text: str, person_id: str, client: str, today: date) -> str:
    if person_id:
        ensure(session, "person", person_id)
        return insert(session, Note(text=text.strip(), written_on=today, person_id=person_id))
    return insert(session, Note(text=text.strip(), written_on=today, organisation_id=client or None))
