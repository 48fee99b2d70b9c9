"""Quick capture: lines of plain text sorted for confirmation, then saved in one step (D10)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Final

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from kamdesk.model.messages import KamdeskError, Message
from kamdesk.model.tables import Employment, Fact, Interaction, Note, Participant, Person
from kamdesk.model.values import PartialDate, PersonName
from kamdesk.rules import guard
from kamdesk.rules.capture import CapturedLine, KnownPerson, sort_lines
from kamdesk.rules.capture_initiative import initiative_of
from kamdesk.rules.capture_people import WORD
from kamdesk.rules.capture_words import promised
from kamdesk.services import facts, promises
from kamdesk.services.base import get, name_of
from kamdesk.services.capture_planned import PlannedContact, held, planned_for
from kamdesk.services.people import new_person, seat
from kamdesk.services.promises import PromiseData
from kamdesk.services.rows import check_new, ensure, first_words, insert
from kamdesk.store.unit_of_work import Store

_LOOKED_AT: Final = 20_000
_MOST: Final = 2_000
_SIDES = {"promise_ours": "ours", "promise_theirs": "theirs", "next_step": "ours"}


@dataclass(frozen=True, slots=True)
class CaptureLine:
    """One line as it will be saved; everything can be changed before. ``kind`` is a code of ``capture_kind``.

    ``due`` is of a promise or step, ``when`` of a fact. ``person`` names the one meant by ``person_id``;
    ``new_name`` is somebody to be added, with the ``post``. ``warning`` is a word of the guard about a fact. ``choices`` are the people
    among whom one is to be chosen, the likely one first. A contact has a ``contact_kind`` (a code of ``interaction``), ``starts_at``
    (None: now), ``planned``, everybody of theirs in ``people`` and what came of it in ``outcome``. ``said`` is the line as it was
    typed: the ``text`` of a promise or step is only what is to be done. ``answers`` is the planned contact whose result the line
    tells; saved with it, the line answers that one instead of making another.
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
    post: str = ""
    choices: tuple[KnownPerson, ...] = ()
    contact_kind: str = ""
    starts_at: datetime | None = None
    planned: bool = False
    people: tuple[KnownPerson, ...] = ()
    outcome: str = ""
    said: str = ""
    answers: PlannedContact | None = None


class Capture:
    """Sorting and saving of quickly typed lines."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def preview(self, text: str, organisation_id: str = "", person_id: str = "") -> tuple[CaptureLine, ...]:
        """What each line seems to be, in order; nothing is written.

        Names are looked for among the people of the client, or all people without one. ``person_id`` is the person
        whose page is open: whoever a fact or a promise is about when the line names nobody.
        """
        people = self._store.read(lambda session: _meant(session, text, organisation_id, person_id))
        known = {one.id: one for one in people}
        found = []
        now = self._store.now()
        for line in sort_lines(text, people, now.date()):
            open_question = line.choices or line.kind in ("person", "interaction", "complaint")
            about = line.person_id or ("" if open_question else person_id)
            there = line.person_ids or (
                (person_id,) if line.kind == "interaction" and person_id in known else ()
            )
            found.append(
                CaptureLine(
                    line.kind,
                    promised(line.text, people, now.date()) if line.kind in _SIDES else line.text,
                    line.due,
                    line.when,
                    line.fact_kind,
                    about,
                    known[about].name if about in known else PersonName(),
                    line.new_name,
                    guard.concern(line.text, line.fact_kind) if line.kind == "fact" else None,
                    line.post,
                    tuple(known[one] for one in line.choices),
                    line.contact_kind,
                    line.starts_at,
                    line.planned,
                    tuple(known[one] for one in there),
                    line.outcome,
                    line.text,
                    self._answers(line, there, organisation_id, now),
                )
            )
        return tuple(found)

    def _answers(
        self, line: CapturedLine, there: tuple[str, ...], organisation_id: str, now: datetime
    ) -> PlannedContact | None:
        if line.kind != "interaction" or line.planned:
            return None
        return planned_for(self._store, line.contact_kind, line.starts_at or now, there, organisation_id)

    def client_meant(self, lines: Sequence[CaptureLine]) -> str:
        """Where all the people named in the lines work; "" where that is not one client."""
        ids = {one.person_id for one in lines if one.person_id} | {
            who.id for one in lines for who in one.people
        }
        if not ids:
            return ""
        query = select(Employment.organisation_id).where(
            Employment.person_id.in_(ids), Employment.is_former.is_(False)
        )
        found = self._store.read(lambda session: set(session.scalars(query)))
        return str(found.pop()) if len(found) == 1 else ""

    def save(
        self, lines: Sequence[CaptureLine], organisation_id: str = "", interaction_id: str = ""
    ) -> tuple[tuple[str, str], ...]:
        """Save confirmed lines in one step and return (table, id) of what each became, in order.

        A line that is a contact is recorded or planned, or answers the planned one it tells of, and what follows it belongs to it. With a contact, promises are given at it
        and the first next step becomes its own; any other step is a promise of ours with its date, so that it stays in sight. A
        birthday replaces the one known. Raises KamdeskError before anything is written: ``capture.nothing``, ``capture.who``,
        ``capture.whose_fact``, ``capture.no_name``, ``capture.with_whom``, ``note.of_whom``, ``record.gone``.
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
            made = []
            for line in lines:
                if line.kind == "interaction":
                    meeting = _save_contact(session, line, client, self._store.now())
                    made.append(("interaction", meeting.id))
                else:
                    made.append(_save(session, line, client, meeting, today))
            return tuple(made)

        return self._store.write("capture.save", {"n": len(lines)}, work)


def _meant(session: Session, text: str, organisation_id: str, person_id: str) -> tuple[KnownPerson, ...]:
    """Those who may be meant: the people of the client, and others of the vault by the beginnings of the family names in the text.

    A namesake from elsewhere is not offered where the client has one.
    """
    if not organisation_id:
        return _people(session, "", person_id, _beginnings(text))
    own = _people(session, organisation_id, person_id)
    stems = {_stem(one.name.family) for one in own}
    others = _people(session, "", person_id, _beginnings(text))
    ids = {one.id for one in own}
    return (*own, *(one for one in others if one.id not in ids and _stem(one.name.family) not in stems))


def _stem(family: str) -> str:
    return family.casefold().replace("ё", "е")[: max(3, len(family) - 2)]


def _beginnings(text: str) -> frozenset[str]:
    """The first letters of every word that may be a name, with either е and ё."""
    found = set()
    for match in WORD.finditer(text[:_LOOKED_AT]):
        word = match[0][:1].upper() + match[0][1:].lower()
        for length in (2, 3):
            start = word[:length]
            found |= {
                start,
                start.replace("е", "ё").replace("Е", "Ё"),
                start.replace("ё", "е").replace("Ё", "Е"),
            }
    return frozenset(found)


def _people(
    session: Session, organisation_id: str, person_id: str, beginnings: frozenset[str] = frozenset()
) -> tuple[KnownPerson, ...]:
    query = select(Person).order_by(Person.sort_key, Person.id)
    if organisation_id:
        staff = select(Employment.person_id).where(
            Employment.organisation_id == organisation_id, Employment.is_former.is_(False)
        )
        query = query.where(Person.id.in_(staff) | (Person.id == person_id))
    elif beginnings:
        start = func.substr(Person.family_name, 1, 3)
        query = query.where(
            start.in_(beginnings)
            | (func.length(Person.family_name) == 3) & func.substr(Person.family_name, 1, 2).in_(beginnings)
            | func.substr(Person.given_name, 1, 3).in_(beginnings)
            | (Person.id == person_id)
        ).limit(_MOST)
    return tuple(KnownPerson(row.id, name_of(row)) for row in session.scalars(query))


def _check(line: CaptureLine, organisation_id: str) -> None:
    if line.choices and line.kind != "person" and not line.person_id and not line.people:
        raise KamdeskError("capture.who", text=first_words(line.text))
    if line.kind in ("interaction", "complaint"):
        if not organisation_id and not line.people and not line.person_id:
            raise KamdeskError("capture.with_whom", text=first_words(line.text))
    elif line.kind in _SIDES:
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
    if line.kind == "complaint":
        moment = datetime(today.year, today.month, today.day)
        row = _save_contact(
            session, replace(line, contact_kind="complaint", starts_at=moment), client, moment
        )
        return "interaction", row.id
    if line.kind == "person" and line.new_name is not None:
        person_id = _save_person(session, line.new_name, line.text, client, today, line.post)
        if meeting is not None:
            session.add(Participant(interaction_id=meeting.id, person_id=person_id))
        return "person", person_id
    return "note", _save_note(session, line.text, line.person_id, client, today)


def _save_contact(session: Session, line: CaptureLine, client: str, now: datetime) -> Interaction:
    """The contact with everybody who was there; without a client on it where its people work at several."""
    ids = [one.id for one in line.people] or ([line.person_id] if line.person_id else [])
    for person_id in ids:
        ensure(session, "person", person_id)
    if line.answers is not None:
        answered = held(session, line.answers.id, line.text, line.outcome, ids, now)
        if answered is not None:
            return answered
    row = Interaction(
        organisation_id=client or None,
        kind=line.contact_kind or "meeting",
        state="planned" if line.planned else "done",
        starts_at=line.starts_at or now,
        purpose=line.text.strip(),
        outcome=line.outcome,
        initiative="" if line.planned else initiative_of(f"{line.text} {line.outcome}"),
    )
    insert(session, row)
    for person_id in dict.fromkeys(ids):
        session.add(Participant(interaction_id=row.id, person_id=person_id))
    session.flush()
    return row


def _save_fact(session: Session, line: CaptureLine, today: date) -> str:
    if line.fact_kind == facts.BIRTHDAY and line.when is not None:
        return facts.set_birthday(session, line.person_id, line.when, today)
    # A birthday is a date; words about it without one are kept as any other fact.
    kind = "other_date" if line.fact_kind == facts.BIRTHDAY else line.fact_kind or "other"
    return facts.add(session, line.person_id, line.text, today, kind=kind, on=line.when)


def _save_person(
    session: Session, name: PersonName, text: str, client: str, today: date, post: str = ""
) -> str:
    """Add somebody new, or take the one of the same name at the client; the line stays as a note on them."""
    known = [one.id for one in _people(session, client, "") if one.name == name] if client else []
    person_id = known[0] if known else new_person(session, name).id
    if client:
        seat(session, person_id, client, post)
    if " ".join(text.split()) not in (name.full(), name.full("en")):
        _save_note(session, text, person_id, "", today)
    return person_id


def _save_note(session: Session, text: str, person_id: str, client: str, today: date) -> str:
    if person_id:
        ensure(session, "person", person_id)
        return insert(session, Note(text=text.strip(), written_on=today, person_id=person_id))
    return insert(session, Note(text=text.strip(), written_on=today, organisation_id=client or None))
