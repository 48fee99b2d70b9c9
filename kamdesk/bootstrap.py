"""The only place where the parts are wired together."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from kamdesk.exchange import dossier
from kamdesk.model.vocabulary import Vocabularies
from kamdesk.services.capture import Capture
from kamdesk.services.company import OurCompany
from kamdesk.services.dossier import Dossiers
from kamdesk.services.drafts import Drafts
from kamdesk.services.facts import Facts
from kamdesk.services.files import Files
from kamdesk.services.generation import Generation, OwnTemplate
from kamdesk.services.group import Group
from kamdesk.services.import_report import ImportReport
from kamdesk.services.imports import Imports
from kamdesk.services.interactions import Interactions
from kamdesk.services.library import Library
from kamdesk.services.notes import Notes
from kamdesk.services.organisations import Organisations
from kamdesk.services.people import People
from kamdesk.services.promises import Promises
from kamdesk.services.proposals import Proposals
from kamdesk.services.records import Records
from kamdesk.services.searching import Searching
from kamdesk.services.sending import Sending
from kamdesk.services.templates import Templates
from kamdesk.services.vocabulary import VocabularyService
from kamdesk.services.word_files import WordFiles
from kamdesk.store import vault as vaults
from kamdesk.store.unit_of_work import Clock, Store, utc_now
from kamdesk.store.vault import Vault
from kamdesk.translation import shipped_vocabularies
from kamdesk.worker.supervisor import Workers


@dataclass(frozen=True)
class Workplace:
    """An open vault with everything that can be done with it."""

    vault: Vault
    store: Store
    workers: Workers
    vocabulary: VocabularyService
    records: Records
    organisations: Organisations
    people: People
    group: Group
    facts: Facts
    notes: Notes
    interactions: Interactions
    promises: Promises
    capture: Capture
    company: OurCompany
    library: Library
    templates: Templates
    files: Files
    drafts: Drafts
    searching: Searching
    proposals: Proposals
    generation: Generation
    word_files: WordFiles
    sending: Sending
    dossiers: Dossiers
    imports: Imports

    @property
    def vocabularies(self) -> Callable[[], Vocabularies]:
        """The vocabularies with the user's changes, asked anew each time."""
        return lambda: self.vocabulary.current

    def own_template(self, name: str, data: bytes) -> OwnTemplate:
        """A Word file of the user's from disk, cleaned in the worker; a letterhead unless it has tags."""
        cleaned = self.workers.clean(data)
        return OwnTemplate(name, cleaned.data, "tags" if self.workers.has_tags(cleaned.data) else "letterhead")

    def read_file(self, data: bytes, name: str, *, organisation_id: str | None = None, dry_run: bool = False) -> ImportReport:
        """Take a file of contacts or an open dossier, or say what would happen. Raises KamdeskError."""
        if dossier.looks_like_dossier(data):
            return self.dossiers.import_(data, source=name, dry_run=dry_run)
        read = self.workers.read_contacts(data, name)
        return self.imports.people(read, organisation_id=organisation_id, dry_run=dry_run)

    def close(self) -> None:
        """End the workers and close the vault; what was submitted is finished first."""
        self.workers.close()
        self.vault.close()


def open_workplace(vault: Vault, *, workers: Workers | None = None) -> Workplace:
    """Wire the services of an open vault."""
    store = vault.store
    workers = workers or Workers()
    vocabulary = VocabularyService(store, shipped_vocabularies())

    def current() -> Vocabularies:
        return vocabulary.current

    proposals = Proposals(store, current)
    word_files = WordFiles(store, workers)
    return Workplace(
        vault=vault,
        store=store,
        workers=workers,
        vocabulary=vocabulary,
        records=Records(store, vault.history),
        organisations=Organisations(store),
        people=People(store, current),
        group=Group(store, current),
        facts=Facts(store),
        notes=Notes(store),
        interactions=Interactions(store),
        promises=Promises(store),
        capture=Capture(store),
        company=OurCompany(store),
        library=Library(store),
        templates=Templates(store, workers.clean),
        files=Files(store),
        drafts=Drafts(store),
        searching=Searching(store),
        proposals=proposals,
        generation=Generation(store, proposals, workers, current),
        word_files=word_files,
        sending=Sending(store, word_files),
        dossiers=Dossiers(store, current),
        imports=Imports(store, current, workers.decode_picture),
    )


def make_demo(folder: Path, language: str, *, clock: Clock = utc_now) -> tuple[Workplace, str]:
    """A vault without a passphrase with the demo dossier; returns the workplace and the id of its client."""
    place = open_workplace(vaults.create(folder, None, clock=clock))
    try:
        place.dossiers.open_demo(language)
        client = next(row.id for row in place.organisations.list() if row.kind == "client")
    except BaseException:
        place.close()
        raise
    return place, client
