"""People: lists, the card, judgements, contacts, seats, parts and criteria (D4–D6)."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import lru_cache

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from kamdesk.model.messages import KamdeskError
from kamdesk.model.tables import (
    Contact,
    Criterion,
    Dispatch,
    Employment,
    Organisation,
    Part,
    Person,
    Proposal,
    ProposalReader,
    Seat,
)
from kamdesk.model.tables.base import new_id
from kamdesk.model.values import PartialDate, PersonName
from kamdesk.model.vocabulary import Vocabularies
from kamdesk.rules import part_sets, typed
from kamdesk.rules.duplicates import organisation_key
from kamdesk.services import files
from kamdesk.services.base import current_id, get, name_of
from kamdesk.services.organisations import new_seat
from kamdesk.services.people_views import PersonCard, PersonRow, card, rows
from kamdesk.services.rows import check_changes
from kamdesk.store.unit_of_work import Store

_OUT = ("sent", "receipt_confirmed", "discussion")
"""States in which a proposal is with the client."""
_PHONES = ("phone", "mobile", "home_phone", "fax", "whatsapp")

_LONGEST_CADENCE = 3650
_MOST_NAMES = 3
"""Of people judged together that the words of undo name."""


class People:
    """Everything a user can do to a person. Single fields are edited through ``Records``."""

    def __init__(self, store: Store, vocabularies: Callable[[], Vocabularies]) -> None:
        self._store = store
        self._vocabularies = vocabularies

    # --- questions

    def list(
        self, organisation_id: str | None = None, *, limit: int | None = None, offset: int = 0
    ) -> tuple[PersonRow, ...]:
        """People in the order of the language: all of them, or those employed at one organisation now; or a page."""
        return self._store.read(
            lambda session: rows(session, organisation_id, self._vocabularies(), limit, offset)
        )

    def count(self) -> int:
        """How many people there are."""
        return self._store.read(lambda session: session.scalar(select(func.count()).select_from(Person)) or 0)

    def card(self, person_id: str) -> PersonCard:
        """Everything the person page shows besides facts, history and promises. Raises ``record.gone``."""
        today = self._store.now().date()
        return self._store.read(lambda session: card(session, person_id, self._vocabularies(), today))

    def written_to(self, organisation_id: str) -> frozenset[str]:
        """Who of a client was sent a proposal: the readers of those that went out."""
        sent = select(Dispatch.proposal_id)
        query = (
            select(ProposalReader.person_id)
            .join(Proposal, Proposal.id == ProposalReader.proposal_id)
            .where(
                Proposal.organisation_id == organisation_id,
                Proposal.status.in_(_OUT) | Proposal.id.in_(sent),
            )
        )
        return self._store.read(lambda session: frozenset(session.scalars(query)))

    def find(self, text: str) -> str:
        """The id of the one person meant by an id or by name parts in any order.

        Raises KamdeskError ``person.unknown`` or ``person.ambiguous``.
        """

        def work(session: Session) -> str:
            known = current_id(session, text)
            if session.get(Person, known) is not None:
                return known
            wanted = set(text.casefold().replace("ё", "е").replace(".", " ").split())
            found = {
                row.id: name_of(row).full()
                for row in session.scalars(select(Person))
                if wanted and wanted <= set(name_of(row).full().casefold().replace("ё", "е").split())
            }
            if not found:
                raise KamdeskError("person.unknown", name=text)
            if len(found) > 1:
                raise KamdeskError("person.ambiguous", name=text, names=", ".join(sorted(found.values())))
            return next(iter(found))

        return self._store.read(work)

    # --- intentions

    def add(self, name: str, organisation_id: str | None = None, title: str = "") -> str:
        """Add a person by a full name in one line, seated at an organisation when given; returns the id."""
        parsed = typed.parse_name(name)
        if not parsed:
            raise KamdeskError("person.name_empty")

        def work(session: Session) -> str:
            person = new_person(session, parsed)
            if organisation_id is not None:
                seat(session, person.id, organisation_id, title)
            return person.id

        return self._store.write("person.add", {"name": parsed.full()}, work)

    def set_name(self, person_id: str, name: str, *, visit: str = "") -> None:
        """Rename a person from a full name in one line; the gender is guessed when it was not known."""
        parsed = typed.parse_name(name)
        if not parsed:
            raise KamdeskError("person.name_empty")

        def work(session: Session) -> None:
            row = get(session, Person, person_id)
            row.family_name, row.given_name, row.middle_name = parsed.family, parsed.given, parsed.middle
            row.gender = row.gender or typed.gender_of(parsed)

        self._store.write("person.rename", {"name": parsed.full()}, work, visit=visit)

    def set_influence(self, person: str | Sequence[str], influence: int | None) -> None:
        """Judge the influence of one person or of several at once: 0 to 3, None for unknown."""
        self._judge(person, "person.set_influence", {"influence": influence})

    def set_stance(self, person: str | Sequence[str], stance: int | None, evidence: str = "") -> None:
        """Judge the stance of one person or of several at once, −3 to +3, None for unknown; dated today."""
        on: date | None = self._store.now().date() if stance is not None else None
        values: dict[str, object] = {"stance": stance, "stance_date": on}
        if evidence:
            values["stance_evidence"] = evidence
        self._judge(person, "person.set_stance", values)

    def set_ladder(self, person_id: str, now: str | None = None, wanted: str | None = None) -> None:
        """Judge the relationship as it is and as it is wanted; None leaves one as it was."""
        values = {
            name: value
            for name, value in (("ladder_now", now), ("ladder_wanted", wanted))
            if value is not None
        }
        self._judge(person_id, "person.set_ladder", values)

    def set_lens(self, person: str | Sequence[str], lens: str) -> None:
        """Say which type of stakeholder one or several are; "" goes back to what the seat suggests."""
        self._judge(person, "person.set_lens", {"lens": lens})

    def set_criteria(
        self, codes: Sequence[str], *, person_id: str | None = None, organisation_id: str | None = None
    ) -> None:
        """Rank what matters to a person or a client, most important first; () goes back to the preset of the type."""
        owner = {"person_id": person_id, "organisation_id": organisation_id}

        def work(session: Session) -> None:
            mine = (
                Criterion.person_id == person_id
                if person_id is not None
                else (Criterion.organisation_id == organisation_id)
            )
            known = {row.code: row for row in session.scalars(select(Criterion).where(mine))}
            for code, row in known.items():
                if code not in codes:
                    session.delete(row)
            for rank, code in enumerate(dict.fromkeys(codes)):
                if code in known:
                    known[code].rank = rank
                else:
                    session.add(Criterion(**owner, code=code, rank=rank))

        self._store.write("person.set_criteria", {"name": self._called(person_id, organisation_id)}, work)

    def set_parts(
        self, person_id: str, organisation_id: str, codes: Sequence[str], *, deal_id: str | None = None
    ) -> None:
        """Say which parts somebody plays at a client, in all of its deals or in one; replaces those known before."""

        def work(session: Session) -> None:
            set_parts(session, person_id, organisation_id, codes, self._vocabularies(), deal_id)

        self._store.write("person.set_parts", {"name": self._called(person_id, None)}, work)

    def set_seat(self, person_id: str, organisation_id: str, title: str, unit_id: str | None = None) -> None:
        """Give the person's present post at an organisation a title, or a first post there."""

        def work(session: Session) -> None:
            seat(session, person_id, organisation_id, title, unit_id)

        self._store.write("person.set_seat", {"name": self._called(person_id, None), "title": title}, work)

    def leave(self, person_id: str, organisation_id: str, until: PartialDate | None = None) -> None:
        """The person left: the seat stays and is vacant, the employment stays in history."""

        def work(session: Session) -> None:
            for row in _present(session, person_id, organisation_id):
                row.until, row.is_former = until, True

        self._store.write("person.leave", {"name": self._called(person_id, None)}, work)

    def add_contact(self, person_id: str, value: str, kind: str = "") -> str:
        """Add a phone, e-mail or other contact as typed and return its id; the kind is guessed when not given."""
        clean = value.strip()
        if not clean:
            raise KamdeskError("person.contact_empty")

        def work(session: Session) -> str:
            count = session.query(Contact).filter(Contact.person_id == person_id).count()
            row = new_contact(get(session, Person, person_id).id, clean, kind)
            row.position = count
            session.add(row)
            session.flush()
            return row.id

        return self._store.write("person.add_contact", {"name": self._called(person_id, None)}, work)

    def set_contact(self, contact_id: str, value: str, kind: str = "", *, visit: str = "") -> None:
        """Change a contact; its normalised form follows."""
        clean = value.strip()
        if not clean:
            raise KamdeskError("person.contact_empty")

        def work(session: Session) -> None:
            row = get(session, Contact, contact_id)
            found = contact_parts(clean, kind or row.kind)
            row.kind, row.value, row.normalised = found

        self._store.write("person.set_contact", {"value": clean}, work, visit=visit)

    def set_evidence(self, person_id: str, evidence: str, *, visit: str = "") -> None:
        """What shows the stance: words or deeds."""
        check_changes(Person, {"stance_evidence": evidence})
        values: dict[str, object] = {"stance_evidence": evidence.strip()}
        self._judge(person_id, "person.evidence", values, visit=visit)

    def set_favours(self, person_id: str, competitor: str) -> None:
        """Whose side they take: the name of a competitor, added as one where it is new; "" for nobody's."""
        clean = " ".join(competitor.split())

        def work(session: Session) -> None:
            row = get(session, Person, person_id)
            row.favours_id = _competitor(session, clean) if clean else None

        self._store.write("person.favours", {"name": self._called(person_id, None)}, work)

    def set_cadence(self, person_id: str, days: int | None) -> None:
        """How often to be in touch, in days; None for no cadence. Raises ``person.cadence_wrong``."""
        if days is not None and not 1 <= days <= _LONGEST_CADENCE:
            raise KamdeskError("person.cadence_wrong")
        self._judge(person_id, "person.cadence", {"cadence_days": days})

    def set_photo(self, person_id: str, name: str, picture: bytes) -> None:
        """Show a picture that the worker decoded and drew anew: one step, the earlier one comes back by undo."""

        def work(session: Session) -> None:
            row = get(session, Person, person_id)
            row.photo_id = files.add(session, self._store.files, name, picture)

        self._store.write("person.photo", {"name": self._called(person_id, None)}, work)

    def remove_photo(self, person_id: str) -> None:
        """Show no picture."""

        def work(session: Session) -> None:
            get(session, Person, person_id).photo_id = None

        self._store.write("person.photo_remove", {"name": self._called(person_id, None)}, work)

    def _judge(
        self, person: str | Sequence[str], code: str, values: Mapping[str, object], *, visit: str = ""
    ) -> None:
        ids = (person,) if isinstance(person, str) else tuple(person)

        def work(session: Session) -> None:
            for person_id in ids:
                row = get(session, Person, person_id)
                for name, value in values.items():
                    setattr(row, name, value)

        names = [self._called(one, None) for one in ids[:_MOST_NAMES]]
        name = ", ".join(names) + (" …" if len(ids) > len(names) else "")
        self._store.write(code, {"name": name}, work, visit=visit)

    def _called(self, person_id: str | None, organisation_id: str | None) -> str:
        def work(session: Session) -> str:
            if person_id is not None:
                return name_of(get(session, Person, person_id)).full()
            return get(session, Organisation, organisation_id or "").short_name

        return self._store.read(work)


def _competitor(session: Session, name: str) -> str:
    rows = session.scalars(select(Organisation).where(Organisation.kind == "competitor"))
    known = next((row for row in rows if organisation_key(row.short_name) == organisation_key(name)), None)
    if known is None:
        known = Organisation(short_name=name, kind="competitor")
        session.add(known)
        session.flush()
    return str(known.id)


# --- pieces that the grid and the imports use inside a step of their own -------------------------------------


def person_of(name: PersonName, **values: object) -> Person:
    """A person with a guessed gender and an id, not yet added to a session."""
    row = Person(
        id=new_id(), family_name=name.family, given_name=name.given, middle_name=name.middle, **values
    )
    row.gender = row.gender or typed.gender_of(name)
    return row


def new_person(session: Session, name: PersonName, **values: object) -> Person:
    """Add a person with a guessed gender and return the row."""
    row = person_of(name, **values)
    session.add(row)
    session.flush()
    return row


@lru_cache(maxsize=256)  # an import asks four times for each number, and reading one is slow
def contact_parts(value: str, kind: str = "") -> tuple[str, str, str]:
    """(kind, value as typed, normalised) of a contact: E.164 for phones, lower case for everything else."""
    phone = typed.parse_phone(value) if kind in ("", *_PHONES) and "@" not in value else None
    if phone is not None:
        return kind or "phone", value, phone.e164 or value.casefold()
    guessed = (
        "email"
        if "@" in value[1:]
        else "telegram"
        if value.startswith("@")
        else "website"
        if "." in value
        else "other"
    )
    return kind or guessed, value, value.casefold()


def new_contact(person_id: str, value: str, kind: str = "") -> Contact:
    """A contact row that is not yet added to a session."""
    chosen, typed_value, normalised = contact_parts(value, kind)
    return Contact(person_id=person_id, kind=chosen, value=typed_value, normalised=normalised)


def _present(session: Session, person_id: str, organisation_id: str) -> Sequence[Employment]:
    return session.scalars(
        select(Employment)
        .where(
            Employment.person_id == person_id,
            Employment.organisation_id == organisation_id,
            Employment.until.is_(None),
            Employment.is_former.is_(False),
        )
        .order_by(Employment.position)
    ).all()


def seat(
    session: Session, person_id: str, organisation_id: str, title: str, unit_id: str | None = None
) -> Seat | None:
    """Seat a person: rename the seat they have, take a vacant one of that title, or make one.

    Without a title the person is employed there without a seat. Returns the seat.
    """
    clean = " ".join(title.split())
    organisation = get(session, Organisation, organisation_id)
    present = _present(session, person_id, organisation.id)
    post = present[0] if present else None
    if post is None:
        post = Employment(person_id=person_id, organisation_id=organisation.id)
        session.add(post)
    if not clean and post.seat_id is None:
        session.flush()
        return None
    held = session.get(Seat, post.seat_id) if post.seat_id else None
    if held is None:
        held = _vacant(session, organisation.id, clean) or new_seat(session, organisation.id, clean)
        session.add(held)
        session.flush()
        post.seat_id = held.id
    held.title = clean
    if unit_id is not None:
        held.unit_id = unit_id
    session.flush()
    return held


def _vacant(session: Session, organisation_id: str, title: str) -> Seat | None:
    taken = select(Employment.seat_id).where(
        Employment.seat_id.is_not(None), Employment.until.is_(None), Employment.is_former.is_(False)
    )
    seats = session.scalars(
        select(Seat).where(Seat.organisation_id == organisation_id, Seat.id.not_in(taken))
    )
    return next((row for row in seats if row.title.casefold() == title.casefold()), None)


def set_parts(
    session: Session,
    person_id: str,
    organisation_id: str,
    codes: Sequence[str],
    vocabularies: Vocabularies,
    deal_id: str | None = None,
) -> None:
    """Replace the parts of one person at one client, in general or in one deal of it.

    What is chosen now takes away the parts of the other set (D4); raises ``person.both_sets`` where both are new.
    """
    groups = {
        code: str(item.extras.get("group", ""))
        for code in codes
        if (item := vocabularies.item("part", code)) is not None
    }
    known = {
        row.code: row
        for row in session.scalars(
            select(Part).where(
                Part.person_id == person_id,
                Part.organisation_id == organisation_id,
                Part.deal_id.is_(None) if deal_id is None else Part.deal_id == deal_id,
            )
        )
    }
    wanted = part_sets.settled(codes, known, groups)
    if wanted is None:
        raise KamdeskError("person.both_sets")
    for code in wanted:
        if code not in known:
            session.add(
                Part(person_id=person_id, organisation_id=organisation_id, deal_id=deal_id, code=code)
            )
    gone = [row.id for code, row in known.items() if code not in wanted]
    if gone:
        session.execute(delete(Part).where(Part.id.in_(gone)))
