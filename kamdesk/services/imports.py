"""Taking people from other programs: a dry run that finds who is known already, then one step (X3).

Somebody is known by the key that the source gave before, by an e-mail or phone, or by the same full name at the
same organisation. What is known is never overwritten: empty fields are filled, contacts are added, and a
difference is told in the report.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass, field, replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from kamdesk.exchange.records import ContactsRead, ImportedPerson
from kamdesk.model.messages import KamdeskError, Message
from kamdesk.model.tables import Contact, Employment, ExternalKey, Person
from kamdesk.model.vocabulary import Vocabularies
from kamdesk.services.base import name_of
from kamdesk.services.import_person import PersonImporter, contacts_of
from kamdesk.services.import_report import ImportedRow, ImportReport
from kamdesk.services.people import contact_parts
from kamdesk.store.unit_of_work import Store

_SHARED_BY_MANY = 3
"""A phone or address that so many people have already tells nothing about who this is."""


_TELL_EVERY = 20
_SEND_EVERY = 200


class _DryRun(Exception):
    """Carries the report out of a transaction that must not be kept."""

    def __init__(self, report: ImportReport) -> None:
        super().__init__("dry run")
        self.report = report


class Imports:
    """Imports of contacts. Files are read by ``kamdesk.exchange`` before; here they become a dossier."""

    def __init__(
        self, store: Store, vocabularies: Callable[[], Vocabularies], decode_picture: Callable[[bytes], bytes]
    ) -> None:
        self._store = store
        self._vocabularies = vocabularies
        self._decode_picture = decode_picture

    def people(
        self,
        read: ContactsRead,
        *,
        organisation_id: str | None = None,
        dry_run: bool = False,
        leave_out: Collection[str] = (),
        progress: Callable[[int, int], object] | None = None,
    ) -> ImportReport:
        """Take people in one step, or say what would happen. ``leave_out`` names sources the user unticked.

        ``progress(done, total)`` is called from time to time; what it raises ends the import, and nothing is kept.

        With ``organisation_id`` everybody is seated at that client; else at the organisation the source names,
        which is added as a prospect when it is new.
        """
        pictures = self._pictures(read)

        def work(session: Session) -> ImportReport:
            report = self._take(
                session, read, organisation_id, frozenset(leave_out), pictures, progress or _silent
            )
            if dry_run:
                raise _DryRun(_without_new_ids(report))
            return report

        try:
            return self._store.write("import.people", {"n": len(read.people)}, work)
        except _DryRun as done:
            return done.report

    def _pictures(self, read: ContactsRead) -> dict[str, bytes | None]:
        """Photos decoded and encoded anew by the worker; None for one that could not be."""
        result: dict[str, bytes | None] = {}
        for person in read.people:
            if person.photo:
                try:
                    result[person.source] = self._decode_picture(person.photo)
                except KamdeskError:
                    result[person.source] = None
        return result

    def _take(
        self,
        session: Session,
        read: ContactsRead,
        organisation_id: str | None,
        left_out: frozenset[str],
        pictures: dict[str, bytes | None],
        progress: Callable[[int, int], object],
    ) -> ImportReport:
        # Rows are sent in batches, and those of one batch in any order: what they name is there at the end.
        session.connection().exec_driver_sql("PRAGMA defer_foreign_keys = ON")
        known = _Known.load(session)
        importer = PersonImporter(session, self._store, self._vocabularies(), pictures)
        created: list[ImportedRow] = []
        updated: list[ImportedRow] = []
        same: list[ImportedRow] = []
        skipped = [ImportedRow(item.source, item.name, "", item.why) for item in read.skipped]
        bosses: list[tuple[ImportedPerson, str, str | None]] = []
        for number, person in enumerate(read.people):
            if number % _TELL_EVERY == 0:
                progress(number, len(read.people))
            if number % _SEND_EVERY == 0:
                session.flush()
            called = person.name.full() or person.raw_name
            if person.source in left_out:
                skipped.append(ImportedRow(person.source, called, "", Message("import.left_out")))
                continue
            at = organisation_id or importer.organisation(person.organisation)
            found = known.find(person, at)
            if found is None:
                row_id = importer.create(person, at)
                notes = known.doubles(person)
                created.append(
                    ImportedRow(person.source, called, row_id, None, (*notes, *importer.remarks()))
                )
                known.add(person, row_id, at)
            else:
                changes = importer.update(person, found, at)
                target = updated if changes else same
                target.append(
                    ImportedRow(person.source, called, found, None, (*changes, *importer.remarks()))
                )
            if person.manager:
                bosses.append((person, created[-1].id if found is None else found, at))
        for person, row_id, at in bosses:
            importer.report_to(row_id, at, person.manager)
        return ImportReport(tuple(created), tuple(updated), tuple(same), tuple(skipped), read.remarks)


@dataclass
class _Known:
    """Who is here already, by every key that tells people apart."""

    by_uid: dict[str, str] = field(default_factory=dict)
    by_contact: dict[str, set[str]] = field(default_factory=dict)
    by_name: dict[str, set[str]] = field(default_factory=dict)
    employed: set[tuple[str, str]] = field(default_factory=set)
    names: dict[str, str] = field(default_factory=dict)

    @classmethod
    def load(cls, session: Session) -> _Known:
        known = cls()
        query = select(ExternalKey).where(ExternalKey.table_name == "person", ExternalKey.kind == "vcard_uid")
        known.by_uid = {row.value: row.row_id for row in session.scalars(query)}
        contacts = select(Contact.person_id, Contact.normalised).where(Contact.person_id.is_not(None))
        for person_id, value in session.execute(contacts):
            if value:
                known.by_contact.setdefault(value, set()).add(str(person_id))
        for row in session.scalars(select(Person)):
            known._name(name_of(row).full(), row.id)
        for person_id, organisation_id in session.execute(
            select(Employment.person_id, Employment.organisation_id)
        ):
            known.employed.add((person_id, organisation_id))
        return known

    def _name(self, full: str, row_id: str) -> None:
        self.by_name.setdefault(_key(full), set()).add(row_id)
        self.names[row_id] = full

    def find(self, person: ImportedPerson, organisation_id: str | None) -> str | None:
        """The id of the same person, or None."""
        if person.uid and person.uid in self.by_uid:
            return self.by_uid[person.uid]
        family = _key(person.name.family or person.name.given)
        full = _key(person.name.full())
        for kind, value in contacts_of(person):
            owners = self.by_contact.get(contact_parts(value, kind)[2], set())
            # The same name at the same number is the same person, however many share the number.
            namesakes = sorted(owner for owner in owners if full and _key(self.names[owner]) == full)
            if namesakes:
                return namesakes[0]
            # A switchboard number or an info@ address belongs to many: the family name must fit as well.
            if len(owners) < _SHARED_BY_MANY:
                for owner in sorted(owners):
                    if not family or family in _key(self.names[owner]).split():
                        return owner
        same = self.by_name.get(_key(person.name.full()), set()) if person.name else set()
        at_home = {
            row_id for row_id in same if organisation_id and (row_id, organisation_id) in self.employed
        }
        if len(at_home) == 1:
            return next(iter(at_home))
        if len(same) == 1 and not organisation_id and not contacts_of(person):
            return next(iter(same))
        return None

    def doubles(self, person: ImportedPerson) -> tuple[Message, ...]:
        """A word about others of the same name, who may be the same person."""
        same = self.by_name.get(_key(person.name.full()), set()) if person.name else set()
        return (Message("import.same_name", {"name": person.name.full()}),) if same else ()

    def add(self, person: ImportedPerson, row_id: str, organisation_id: str | None) -> None:
        """Remember somebody just created, so that a double in the same file is found."""
        if person.uid:
            self.by_uid[person.uid] = row_id
        for kind, value in contacts_of(person):
            self.by_contact.setdefault(contact_parts(value, kind)[2], set()).add(row_id)
        self._name(person.name.full(), row_id)
        if organisation_id:
            self.employed.add((row_id, organisation_id))


def _silent(_done: int, _total: int) -> None:
    """Nobody watches."""


def _without_new_ids(report: ImportReport) -> ImportReport:
    """The rows of a dry run name nobody who is not there: what was added is gone with the transaction."""
    return replace(report, created=tuple(replace(row, id="") for row in report.created))


def _key(name: str) -> str:
    return " ".join(sorted(name.casefold().replace("ё", "е").split()))
