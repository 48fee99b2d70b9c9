"""Writing one imported person into the dossier: a new one whole, a known one only where something was empty."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from kamdesk.exchange.records import ImportedPerson
from kamdesk.model.messages import Message, label
from kamdesk.model.tables import (
    Contact,
    Employment,
    ExternalKey,
    Fact,
    Note,
    Organisation,
    Person,
    Seat,
    Unit,
)
from kamdesk.model.tables.base import new_id
from kamdesk.model.values import PartialDate
from kamdesk.model.vocabulary import Vocabularies
from kamdesk.rules import guard
from kamdesk.services import facts, files
from kamdesk.services.base import get
from kamdesk.services.group import seat_meant
from kamdesk.services.people import contact_parts, new_contact, person_of, seat, set_parts
from kamdesk.store.unit_of_work import Store


def contacts_of(person: ImportedPerson) -> tuple[tuple[str, str], ...]:
    """All contacts as (kind, value as typed), the e-mails first."""
    return (
        *(("email", value) for value in person.emails),
        *((item.kind or "phone", item.value) for item in person.phones),
        *((item.kind or "other", item.value) for item in person.messengers),
    )


class PersonImporter:
    """Writes people of one import inside its step."""

    def __init__(
        self, session: Session, store: Store, vocabularies: Vocabularies, pictures: dict[str, bytes | None]
    ) -> None:
        self._session = session
        self._store = store
        self._vocabularies = vocabularies
        self._pictures = pictures
        self._remarks: list[Message] = []
        self._uids: set[str] | None = None
        self._units: dict[str, dict[str, str]] = {}
        self._vacant: dict[str, dict[str, list[Seat]]] = {}
        rows = session.execute(select(Organisation.id, Organisation.short_name, Organisation.legal_name))
        self._organisations = {_plain(name): row[0] for row in rows for name in (row[2], row[1]) if name}

    def remarks(self) -> tuple[Message, ...]:
        """What is to be said of the person just written; asking clears it."""
        said, self._remarks = tuple(self._remarks), []
        return said

    def organisation(self, name: str) -> str | None:
        """The id of the organisation named by the source, added as a prospect when it is new; None without a name."""
        clean = " ".join(name.split())
        if not clean:
            return None
        known = self._organisations.get(_plain(clean))
        if known is None:
            row = Organisation(id=new_id(), short_name=clean, kind="prospect")
            self._session.add(row)
            known = self._organisations[_plain(clean)] = row.id
        return known

    def create(self, person: ImportedPerson, organisation_id: str | None) -> str:
        """Add a person with everything the source tells; returns the id."""
        row = person_of(person.name, gender=person.gender, address_form=person.nickname)
        self._session.add(row)
        row.language = person.language if person.language in ("ru", "en") else ""
        self._judgements(row, person, organisation_id)
        self._fill(row, person, organisation_id, fresh=True)
        return row.id

    def update(self, person: ImportedPerson, row_id: str, organisation_id: str | None) -> tuple[Message, ...]:
        """Fill what is empty on a known person; returns what was filled, () when nothing was new."""
        self._session.flush()  # somebody of this very file may not have been sent yet
        row = get(self._session, Person, row_id)
        before = self._count(row)
        if not row.gender and person.gender:
            row.gender = person.gender
        if not row.middle_name and person.name.middle:
            row.middle_name = person.name.middle
        self._fill(row, person, organisation_id)
        self._session.flush()
        after = self._count(row)
        return tuple(
            Message("import.filled", {"field": label(source)})
            for source in after
            if before.get(source) != after[source]
        )

    def report_to(self, row_id: str, organisation_id: str | None, manager: str) -> None:
        """Join the person's seat to the manager's, when both sit at the same organisation and the name is clear."""
        if organisation_id is None:
            return
        held = self._session.scalars(
            select(Seat)
            .join(Employment, Employment.seat_id == Seat.id)
            .where(Employment.person_id == row_id, Seat.organisation_id == organisation_id)
        ).first()
        if held is None or held.reports_to_id is not None:
            return
        above = seat_meant(self._session, organisation_id, manager, held.id)
        if above is not None:
            held.reports_to_id = above

    # --- parts

    def _fill(
        self, row: Person, person: ImportedPerson, organisation_id: str | None, *, fresh: bool = False
    ) -> None:
        """``fresh``: somebody just added has nothing yet that must be asked for, which halves the time of an import."""
        self._post(row, person, organisation_id, fresh)
        self._contacts(row, person, fresh)
        self._facts(row, person, fresh)
        self._note(row, person, fresh)
        self._photo(row, person)
        if person.uid:
            self._key(row, person.uid)

    def _post(self, row: Person, person: ImportedPerson, organisation_id: str | None, fresh: bool) -> None:
        if organisation_id is None:
            return
        posts = None
        if not fresh:
            posts = self._session.scalars(
                select(Employment).where(
                    Employment.person_id == row.id,
                    Employment.organisation_id == organisation_id,
                    Employment.is_former.is_(False),
                    Employment.until.is_(None),
                )
            ).first()
        held = self._session.get(Seat, posts.seat_id) if posts is not None and posts.seat_id else None
        if held is not None and held.title:
            if person.title and _plain(held.title) != _plain(person.title):
                self._remarks.append(
                    Message("import.kept_title", {"ours": held.title, "theirs": person.title})
                )
            return
        unit_id = self._unit(organisation_id, person.department) if person.title else None
        if fresh:
            self._seat_fresh(row.id, organisation_id, " ".join(person.title.split()), unit_id)
        else:
            seat(self._session, row.id, organisation_id, person.title, unit_id)
            self._vacant.pop(organisation_id, None)

    def _seat_fresh(self, person_id: str, organisation_id: str, title: str, unit_id: str | None) -> None:
        """Seat somebody just added, as :func:`seat` does; the vacant seats are asked for once an organisation."""
        post = Employment(person_id=person_id, organisation_id=organisation_id)
        self._session.add(post)
        if not title:
            return
        vacant = self._vacant_seats(organisation_id).get(title.casefold(), [])
        held = vacant.pop() if vacant else None
        if held is None:
            held = Seat(id=new_id(), organisation_id=organisation_id, title=title)
            self._session.add(held)
        post.seat_id = held.id
        held.title = title
        if unit_id is not None:
            held.unit_id = unit_id

    def _vacant_seats(self, organisation_id: str) -> dict[str, list[Seat]]:
        if organisation_id not in self._vacant:
            taken = select(Employment.seat_id).where(
                Employment.seat_id.is_not(None), Employment.until.is_(None), Employment.is_former.is_(False)
            )
            query = select(Seat).where(Seat.organisation_id == organisation_id, Seat.id.not_in(taken))
            vacant = self._vacant[organisation_id] = {}
            for row in self._session.scalars(query.order_by(Seat.id.desc())):
                vacant.setdefault(row.title.casefold(), []).append(row)
        return self._vacant[organisation_id]

    def _unit(self, organisation_id: str, name: str) -> str | None:
        clean = " ".join(name.split())
        if not clean:
            return None
        if organisation_id not in self._units:
            query = (
                select(Unit.name, Unit.id)
                .where(Unit.organisation_id == organisation_id)
                .order_by(Unit.id.desc())
            )
            self._units[organisation_id] = {_plain(name): row for name, row in self._session.execute(query)}
        units = self._units[organisation_id]
        if _plain(clean) not in units:
            unit = Unit(id=new_id(), organisation_id=organisation_id, name=clean, kind="department")
            self._session.add(unit)
            units[_plain(clean)] = unit.id
        return units[_plain(clean)]

    def _contacts(self, row: Person, person: ImportedPerson, fresh: bool) -> None:
        query = select(Contact.normalised).where(Contact.person_id == row.id)
        known: set[str] = set() if fresh else set(self._session.scalars(query))
        place = len(known)
        extra = [("website", person.url)] if person.url else []
        addresses = [("address", item.text) for item in person.addresses]
        for kind, value in (*contacts_of(person), *extra, *addresses):
            normalised = contact_parts(value, kind)[2]
            if normalised in known:
                continue
            known.add(normalised)
            contact = new_contact(row.id, value, kind)
            contact.position = place
            place += 1
            self._session.add(contact)

    def _facts(self, row: Person, person: ImportedPerson, fresh: bool) -> None:
        today = self._store.now().date()
        have = set() if fresh else self._known_facts(row)
        for kind, on, words in _fact_lines(person):
            concern = guard.concern(words, kind) if words else None
            if concern is not None and (fresh or (kind, words) not in have):
                self._remarks.append(concern)
            if fresh:
                self._session.add(
                    facts.new_fact(row.id, words, today, kind=kind, on=on, source=person.source)
                )
            elif kind == facts.BIRTHDAY:
                if facts.BIRTHDAY not in {known for known, _ in have}:
                    facts.set_birthday(self._session, row.id, on, today)
            elif (kind, words) not in have:
                facts.add(self._session, row.id, words, today, kind=kind, on=on, source=person.source)

    def _note(self, row: Person, person: ImportedPerson, fresh: bool) -> None:
        lines = [person.notes, *person.not_understood]
        if person.assistant:
            lines.append(person.assistant)
        if person.categories:
            lines.append(", ".join(person.categories))
        text = "\n".join(line for line in lines if line.strip()).strip()
        if not text:
            return
        if person.not_understood:
            self._remarks.append(Message("import.kept_in_note", {"n": len(person.not_understood)}))
        query = select(Note.text).where(Note.person_id == row.id)
        if fresh or text not in self._session.scalars(query).all():
            self._session.add(Note(person_id=row.id, text=text, written_on=self._store.now().date()))

    def _photo(self, row: Person, person: ImportedPerson) -> None:
        if not person.photo or row.photo_id is not None:
            return
        picture = self._pictures.get(person.source)
        if picture is None:
            self._remarks.append(Message("import.photo_unreadable"))
            return
        row.photo_id = files.add(self._session, self._store.files, "photo.png", picture)

    def _judgements(self, row: Person, person: ImportedPerson, organisation_id: str | None) -> None:
        """The user's own columns: words of a vocabulary in either language, or the number itself."""
        found = {name: self._code(name, getattr(person, name)) for name in ("lens", "influence", "stance")}
        row.lens = found["lens"] or ""
        row.influence = int(found["influence"]) if found["influence"] else None
        row.stance = int(found["stance"]) if found["stance"] else None
        if row.stance is not None:
            row.stance_date = self._store.now().date()
        words = [word.strip() for word in person.part.replace(";", ",").split(",") if word.strip()]
        parts = [code for word in words if (code := self._code("part", word))]
        if parts and organisation_id is not None:
            self._session.flush()
            set_parts(self._session, row.id, organisation_id, parts, self._vocabularies)

    def _code(self, vocabulary: str, words: str) -> str | None:
        clean = words.strip().replace("−", "-")
        if not clean:
            return None
        known = self._vocabularies.code_of
        found = known(vocabulary, clean) or known(vocabulary, clean.removeprefix("+"))
        if found is None:
            self._remarks.append(Message("import.unknown_word", {"word": words.strip()}))
        return found

    def _key(self, row: Person, uid: str) -> None:
        if self._uids is None:
            query = select(ExternalKey.value).where(ExternalKey.kind == "vcard_uid")
            self._uids = set(self._session.scalars(query))
        if uid not in self._uids:
            self._uids.add(uid)
            self._session.add(ExternalKey(table_name="person", row_id=row.id, kind="vcard_uid", value=uid))

    def _known_facts(self, row: Person) -> set[tuple[str, str]]:
        return set(self._session.execute(select(Fact.kind, Fact.text).where(Fact.person_id == row.id)))

    def _count(self, row: Person) -> dict[str, object]:
        """What an update may fill, by the label of the field."""
        session = self._session
        contacts = session.scalar(
            select(func.count()).select_from(Contact).where(Contact.person_id == row.id)
        )
        notes = session.scalar(select(func.count()).select_from(Note).where(Note.person_id == row.id))
        seats = session.scalar(
            select(func.count())
            .select_from(Employment)
            .where(Employment.person_id == row.id, Employment.seat_id.is_not(None))
        )
        return {
            "Gender": row.gender,
            "Middle name": row.middle_name,
            "Contact": contacts,
            "Note": notes,
            "Seat": seats,
            "Fact": len(self._known_facts(row)),
            "Photo": row.photo_id,
        }


def _fact_lines(person: ImportedPerson) -> Iterator[tuple[str, PartialDate | None, str]]:
    if person.birthday is not None:
        yield facts.BIRTHDAY, person.birthday, ""
    if person.anniversary is not None:
        yield "anniversary", person.anniversary, ""
    for kind, words in (("hobby", person.hobby), ("family", person.spouse), ("family", person.children)):
        if words.strip():
            yield kind, None, words.strip()


def _plain(name: str) -> str:
    return " ".join(
        name.casefold().replace("ё", "е").replace("«", "").replace("»", "").replace('"', "").split()
    )
