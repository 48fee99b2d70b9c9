"""The only place where the parts are wired together."""

# Long because it names every service once; each is imported when it is first asked for, so that the first page
# does not wait for those of other pages.

from __future__ import annotations

from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from kamdesk.model.vocabulary import Vocabularies
from kamdesk.resources import resources_folder
from kamdesk.services.vocabulary import VocabularyService
from kamdesk.store import vault as vaults
from kamdesk.store.unit_of_work import Clock, Store, utc_now
from kamdesk.store.vault import Vault
from kamdesk.translation import shipped_vocabularies

if TYPE_CHECKING:
    from kamdesk.services.acquaintances import Acquaintances
    from kamdesk.services.agenda import Agenda
    from kamdesk.services.attachments import Attachments
    from kamdesk.services.batch import Batches
    from kamdesk.services.brief import Briefs
    from kamdesk.services.calendars import Calendars
    from kamdesk.services.capture import Capture
    from kamdesk.services.changes_expected import ExpectedChanges
    from kamdesk.services.cheat_sheet import CheatSheets
    from kamdesk.services.closing import Closing
    from kamdesk.services.company import OurCompany
    from kamdesk.services.concessions import Concessions
    from kamdesk.services.deals import Deals
    from kamdesk.services.dossier import Dossiers
    from kamdesk.services.dossier_print import DossierPrints
    from kamdesk.services.drafts import Drafts
    from kamdesk.services.duplicates import Duplicates
    from kamdesk.services.employment import Employments
    from kamdesk.services.facts import Facts
    from kamdesk.services.field_history import FieldHistory
    from kamdesk.services.files import Files
    from kamdesk.services.generation import Generation, OwnTemplate
    from kamdesk.services.greetings import Greetings
    from kamdesk.services.group import Group
    from kamdesk.services.import_report import ImportReport
    from kamdesk.services.imports import Imports
    from kamdesk.services.incoming import Incoming
    from kamdesk.services.influence import Influence
    from kamdesk.services.interactions import Interactions
    from kamdesk.services.library import Library
    from kamdesk.services.library_files import LibraryFiles
    from kamdesk.services.library_tables import LibraryTables
    from kamdesk.services.mail_drafts import MailDrafts
    from kamdesk.services.meeting_letter import MeetingLetters
    from kamdesk.services.merging import Merging
    from kamdesk.services.notes import Notes
    from kamdesk.services.objection_uses import ObjectionUses
    from kamdesk.services.organisations import Organisations
    from kamdesk.services.own_templates import OwnTemplates
    from kamdesk.services.people import People
    from kamdesk.services.person_forms import PersonForms
    from kamdesk.services.preferences import PreferencesService
    from kamdesk.services.prices import Prices
    from kamdesk.services.promises import Promises
    from kamdesk.services.proposal_compare import ProposalCompare
    from kamdesk.services.proposal_versions import ProposalVersions
    from kamdesk.services.proposals import Proposals
    from kamdesk.services.questions import Questions
    from kamdesk.services.reading_order import ReadingOrders
    from kamdesk.services.records import Records
    from kamdesk.services.relationships import Relationships
    from kamdesk.services.same_documents import SameDocuments
    from kamdesk.services.saved_filters import SavedFilters
    from kamdesk.services.searching import Searching
    from kamdesk.services.sending import Sending
    from kamdesk.services.standard import StandardFields
    from kamdesk.services.statements import Statements
    from kamdesk.services.tellings import Tellings
    from kamdesk.services.template_check import TemplateChecks
    from kamdesk.services.template_choices import TemplateChoices
    from kamdesk.services.template_guide import TemplateGuide
    from kamdesk.services.template_word import TemplateWord
    from kamdesk.services.templates import Templates
    from kamdesk.services.text_templates import TextTemplates
    from kamdesk.services.trash import Trash
    from kamdesk.services.word_files import WordFiles
    from kamdesk.services.wording import WordingsBack
    from kamdesk.worker.supervisor import Workers


class Workplace:
    """An open vault with everything that can be done with it."""

    def __init__(self, vault: Vault, workers: Workers | None = None) -> None:
        self.vault = vault
        if workers is not None:
            self.workers = workers
        self.vocabulary = VocabularyService(vault.store, shipped_vocabularies())

    @property
    def store(self) -> Store:
        """The store of the vault."""
        return self.vault.store

    @cached_property
    def workers(self) -> Workers:
        """The processes that open foreign files; none is there before it is needed."""
        from kamdesk.worker.supervisor import Workers

        return Workers()

    def vocabularies(self) -> Vocabularies:
        """The vocabularies with the user's changes, as of now."""
        return self.vocabulary.current

    @cached_property
    def records(self) -> Records:
        """Single fields of any entity."""
        from kamdesk.services.records import Records

        return Records(self.store, self.vault.history)

    @cached_property
    def organisations(self) -> Organisations:
        """Clients and other organisations."""
        from kamdesk.services.organisations import Organisations

        return Organisations(self.store)

    @cached_property
    def people(self) -> People:
        """People and what is judged of them."""
        from kamdesk.services.people import People

        return People(self.store, self.vocabularies)

    @cached_property
    def employments(self) -> Employments:
        """Posts of people with their dates."""
        from kamdesk.services.employment import Employments

        return Employments(self.store)

    @cached_property
    def relationships(self) -> Relationships:
        """Ties between people."""
        from kamdesk.services.relationships import Relationships

        return Relationships(self.store, self.vocabularies)

    @cached_property
    def expected(self) -> ExpectedChanges:
        """Changes that are expected of people and seats."""
        from kamdesk.services.changes_expected import ExpectedChanges

        return ExpectedChanges(self.store)

    @cached_property
    def acquaintances(self) -> Acquaintances:
        """Who of us knows whom."""
        from kamdesk.services.acquaintances import Acquaintances

        return Acquaintances(self.store)

    @cached_property
    def person_forms(self) -> PersonForms:
        """How names and titles are written in documents."""
        from kamdesk.services.person_forms import PersonForms

        return PersonForms(self.store)

    @cached_property
    def statements(self) -> Statements:
        """What is known of clients' business."""
        from kamdesk.services.statements import Statements

        return Statements(self.store)

    @cached_property
    def deals(self) -> Deals:
        """What is being sold."""
        from kamdesk.services.deals import Deals

        return Deals(self.store, self.vocabularies)

    @cached_property
    def reading(self) -> ReadingOrders:
        """Where somebody who takes a client over begins."""
        from kamdesk.services.reading_order import ReadingOrders

        return ReadingOrders(self.store, self.vocabularies)

    @cached_property
    def preferences(self) -> PreferencesService:
        """Preferences of the vault."""
        from kamdesk.services.preferences import PreferencesService

        return PreferencesService(self.store)

    @cached_property
    def saved_filters(self) -> SavedFilters:
        """Filters of lists kept by name."""
        from kamdesk.services.saved_filters import SavedFilters

        return SavedFilters(self.store)

    @cached_property
    def standard(self) -> StandardFields:
        """The dossier standard: own fields."""
        from kamdesk.services.standard import StandardFields

        return StandardFields(self.store)

    @cached_property
    def questions(self) -> Questions:
        """What to learn next."""
        from kamdesk.services.questions import Questions

        return Questions(self.store, self.vocabularies, resources_folder() / "standard.json")

    @cached_property
    def agenda(self) -> Agenda:
        """Today: what is due and why."""
        from kamdesk.services.agenda import Agenda

        return Agenda(self.store, self.vocabularies)

    @cached_property
    def greetings(self) -> Greetings:
        """Drafts of greetings."""
        from kamdesk.services.greetings import Greetings

        return Greetings(self.store)

    @cached_property
    def group(self) -> Group:
        """The group grid."""
        from kamdesk.services.group import Group

        return Group(self.store, self.vocabularies)

    @cached_property
    def facts(self) -> Facts:
        """What is known of people."""
        from kamdesk.services.facts import Facts

        return Facts(self.store)

    @cached_property
    def duplicates(self) -> Duplicates:
        """Records that may be one."""
        from kamdesk.services.duplicates import Duplicates

        return Duplicates(self.store)

    @cached_property
    def field_history(self) -> FieldHistory:
        """Earlier values of single fields."""
        from kamdesk.services.field_history import FieldHistory

        return FieldHistory(self.store)

    @cached_property
    def merging(self) -> Merging:
        """Making two records one."""
        from kamdesk.services.merging import Merging

        return Merging(self.store)

    @cached_property
    def notes(self) -> Notes:
        """Plain dated notes."""
        from kamdesk.services.notes import Notes

        return Notes(self.store)

    @cached_property
    def interactions(self) -> Interactions:
        """Meetings, calls and letters, past and planned."""
        from kamdesk.services.interactions import Interactions

        return Interactions(self.store)

    @cached_property
    def promises(self) -> Promises:
        """Promises both ways."""
        from kamdesk.services.promises import Promises

        return Promises(self.store)

    @cached_property
    def capture(self) -> Capture:
        """Quick capture."""
        from kamdesk.services.capture import Capture

        return Capture(self.store)

    @cached_property
    def company(self) -> OurCompany:
        """Our company and colleagues."""
        from kamdesk.services.company import OurCompany

        return OurCompany(self.store)

    @cached_property
    def influence(self) -> Influence:
        """Influence maps."""
        from kamdesk.services.influence import Influence

        return Influence(self.store, self.vocabularies, self.workers.draw_map)

    @cached_property
    def library(self) -> Library:
        """Arguments, objections, projects, recommenders."""
        from kamdesk.services.library import Library

        return Library(self.store)

    @cached_property
    def library_files(self) -> LibraryFiles:
        """The library and the price list as files and tables."""
        from kamdesk.services.library_files import LibraryFiles

        return LibraryFiles(self.store, self.vocabularies)

    @cached_property
    def library_tables(self) -> LibraryTables:
        """Tables of the library and price lists as they are read."""
        from kamdesk.services.library_tables import LibraryTables

        return LibraryTables(self.store, self.workers.read_table)

    @cached_property
    def objection_uses(self) -> ObjectionUses:
        """Objections that were heard."""
        from kamdesk.services.objection_uses import ObjectionUses

        return ObjectionUses(self.store)

    @cached_property
    def prices(self) -> Prices:
        """Our price list."""
        from kamdesk.services.prices import Prices

        return Prices(self.store)

    @cached_property
    def templates(self) -> Templates:
        """The user's own Word files."""
        from kamdesk.services.templates import Templates

        return Templates(self.store, self.workers.clean)

    @cached_property
    def template_checks(self) -> TemplateChecks:
        """The template doctor, with a sample at hand."""
        from kamdesk.services.template_check import TemplateChecks
        from kamdesk.services.template_house import Papers

        papers = Papers(
            lambda: self.briefs,
            lambda: self.cheat_sheets,
            lambda: self.dossier_prints,
            lambda: self.meeting_letters,
        )
        return TemplateChecks(self.store, lambda: self.workers, self.vocabularies, papers)

    @cached_property
    def template_choices(self) -> TemplateChoices:
        """With what a template may be looked at."""
        from kamdesk.services.template_choices import TemplateChoices

        return TemplateChoices(self.store, self.vocabularies)

    @cached_property
    def template_guide(self) -> TemplateGuide:
        """Templates made from finished documents."""
        from kamdesk.services.template_guide import TemplateGuide

        return TemplateGuide(self.store, self.templates, lambda: self.workers)

    @cached_property
    def template_word(self) -> TemplateWord:
        """Templates that are open in Word."""
        from kamdesk.services.template_word import TemplateWord

        return TemplateWord(self.templates)

    @cached_property
    def text_templates(self) -> TextTemplates:
        """Texts of letters and e-mails."""
        from kamdesk.services.text_templates import TextTemplates

        return TextTemplates(self.store, lambda: self.workers, self.vocabularies)

    @cached_property
    def files(self) -> Files:
        """Files kept in the vault."""
        from kamdesk.services.files import Files

        return Files(self.store)

    @cached_property
    def attachments(self) -> Attachments:
        """Files of clients, people, contacts and deals."""
        from kamdesk.services.attachments import Attachments

        return Attachments(self.store, self.workers.extract_text)

    @cached_property
    def incoming(self) -> Incoming:
        """Dropped invitations and mails."""
        from kamdesk.services.incoming import Incoming

        return Incoming(self.store, self.workers, self.attachments)

    @cached_property
    def calendars(self) -> Calendars:
        """Calendars that go out."""
        from kamdesk.services.calendars import Calendars

        return Calendars(self.store)

    @cached_property
    def drafts(self) -> Drafts:
        """Text typed and not saved yet."""
        from kamdesk.services.drafts import Drafts

        return Drafts(self.store)

    @cached_property
    def searching(self) -> Searching:
        """Search over everything."""
        from kamdesk.services.searching import Searching

        return Searching(self.store, self.vocabularies)

    @cached_property
    def proposals(self) -> Proposals:
        """What is decided about proposals."""
        from kamdesk.services.proposals import Proposals

        return Proposals(self.store, self.vocabularies)

    @cached_property
    def tellings(self) -> Tellings:
        """What was said to whom in a talk."""
        from kamdesk.services.tellings import Tellings

        return Tellings(self.store)

    @cached_property
    def proposal_compare(self) -> ProposalCompare:
        """Two versions side by side."""
        from kamdesk.services.proposal_compare import ProposalCompare

        return ProposalCompare(self.store, self.proposals)

    @cached_property
    def proposal_versions(self) -> ProposalVersions:
        """Versions of proposals."""
        from kamdesk.services.proposal_versions import ProposalVersions

        return ProposalVersions(self.store, self.proposals)

    @cached_property
    def generation(self) -> Generation:
        """Making documents."""
        from kamdesk.services.generation import Generation

        return Generation(self.store, self.proposals, self.workers, self.vocabularies)

    @cached_property
    def word_files(self) -> WordFiles:
        """Documents going out to Word and coming back."""
        from kamdesk.services.word_files import WordFiles

        return WordFiles(self.store, self.workers)

    @cached_property
    def batches(self) -> Batches:
        """Many proposals at once."""
        from kamdesk.services.batch import Batches

        return Batches(self.proposals, self.generation, self.word_files)

    @cached_property
    def mail_drafts(self) -> MailDrafts:
        """E-mails to readers, ready to be sent."""
        from kamdesk.services.mail_drafts import MailDrafts

        return MailDrafts(self.store, self.proposals, self.text_templates, self.word_files)

    @cached_property
    def wordings(self) -> WordingsBack:
        """Wordings changed in Word and taken back."""
        from kamdesk.services.wording import WordingsBack

        return WordingsBack(self.store, self.word_files, self.workers, self.vocabularies)

    @cached_property
    def same_documents(self) -> SameDocuments:
        """Whether the documents of a proposal say the same."""
        from kamdesk.services.same_documents import SameDocuments

        return SameDocuments(self.proposals, self.word_files.outgoing, lambda: self.workers)

    @cached_property
    def sending(self) -> Sending:
        """What leaves the house and what is kept of it."""
        from kamdesk.services.sending import Sending

        return Sending(self.store, self.word_files, self.proposals)

    @cached_property
    def closing(self) -> Closing:
        """What follows a sending."""
        from kamdesk.services.closing import Closing

        return Closing(self.store)

    @cached_property
    def concessions(self) -> Concessions:
        """What was given and got in negotiations."""
        from kamdesk.services.concessions import Concessions

        return Concessions(self.store)

    @cached_property
    def dossiers(self) -> Dossiers:
        """The open dossier format."""
        from kamdesk.services.dossier import Dossiers

        return Dossiers(self.store, self.vocabularies)

    @cached_property
    def briefs(self) -> Briefs:
        """Meeting briefs."""
        from kamdesk.services.brief import Briefs

        return Briefs(self.store, self.vocabularies, self.workers, self.questions)

    @cached_property
    def cheat_sheets(self) -> CheatSheets:
        """Cheat sheets of decision groups."""
        from kamdesk.services.cheat_sheet import CheatSheets

        return CheatSheets(self.store, self.vocabularies, self.workers, self.questions)

    @cached_property
    def own_templates(self) -> OwnTemplates:
        """The user's Word files for documents that are not proposals."""
        from kamdesk.services.own_templates import OwnTemplates

        return OwnTemplates(self.store, self.workers)

    @cached_property
    def meeting_letters(self) -> MeetingLetters:
        """Letters with a meeting's results."""
        from kamdesk.services.meeting_letter import MeetingLetters

        return MeetingLetters(self.store, self.workers)

    @cached_property
    def dossier_prints(self) -> DossierPrints:
        """Dossiers on paper."""
        from kamdesk.services.dossier_print import DossierPrints

        return DossierPrints(self.store, self.vocabularies, self.workers, self.influence.picture)

    @cached_property
    def imports(self) -> Imports:
        """Contacts from other programs."""
        from kamdesk.services.imports import Imports

        return Imports(self.store, self.vocabularies, self.workers.decode_picture)

    @cached_property
    def trash(self) -> Trash:
        """What was deleted and can be brought back."""
        from kamdesk.services.trash import Trash

        return Trash(self.store)

    def own_template(self, name: str, data: bytes) -> OwnTemplate:
        """A Word file of the user's from disk, cleaned in the worker; a letterhead unless it has tags."""
        from kamdesk.services.generation import OwnTemplate

        cleaned = self.workers.clean(data)
        return OwnTemplate(
            name, cleaned.data, "tags" if self.workers.has_tags(cleaned.data) else "letterhead"
        )

    def read_file(
        self, data: bytes, name: str, *, organisation_id: str | None = None, dry_run: bool = False
    ) -> ImportReport:
        """Take a file of contacts or an open dossier, or say what would happen. Raises KamdeskError."""
        from kamdesk.exchange import dossier

        if dossier.looks_like_dossier(data):
            return self.dossiers.import_(data, source=name, dry_run=dry_run)
        read = self.workers.read_contacts(data, name)
        return self.imports.people(read, organisation_id=organisation_id, dry_run=dry_run)

    def close(self) -> None:
        """End the workers and close the vault; what was submitted is finished first."""
        if "workers" in self.__dict__:
            self.workers.close()
        self.vault.close()


def open_workplace(vault: Vault, *, workers: Workers | None = None) -> Workplace:
    """The services of an open vault; ``workers`` of their own are started when they are first needed."""
    return Workplace(vault, workers)


def make_demo(folder: Path, language: str, *, clock: Clock = utc_now) -> tuple[Workplace, str]:
    """A vault without a passphrase with the demo's dossier and price list; the workplace and the id of its client."""
    from kamdesk.services.demo_prices import CURRENCIES, demo_prices

    place = open_workplace(vaults.create(folder, None, clock=clock))
    try:
        place.dossiers.open_demo(language)
        place.prices.take(demo_prices(language, place.store.now().date()), currency=CURRENCIES[language])
        client = next(row.id for row in place.organisations.list() if row.kind == "client")
    except BaseException:
        place.close()
        raise
    return place, client
