"""The committee cheat sheet: whom we face together, what to say to each, and how they stand to each other (W4, D4).

For the KAM alone before facing a group. On the screen everything; on paper discreet unless asked for in full.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Final, Protocol

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from kamdesk.documents.context.document import OutgoingDocument
from kamdesk.documents.context.internal_cheat_sheet import cuts, sheet_document
from kamdesk.documents.context.internal_words import InternalWords
from kamdesk.documents.pdf import PdfMade
from kamdesk.model.internal import (
    SHEET_PAPERS,
    BriefPerson,
    BriefPromise,
    CheatSheet,
    FullCheatSheet,
    SheetDeal,
    SheetTie,
)
from kamdesk.model.messages import KamdeskError, Message
from kamdesk.model.tables import (
    Argument,
    Deal,
    DealCompetitor,
    Employment,
    Organisation,
    Part,
    Person,
    Proposal,
    ProposalReader,
    Relationship,
    Telling,
)
from kamdesk.model.values import Money
from kamdesk.model.vocabulary import Vocabularies
from kamdesk.rules import influence as questions_to_map
from kamdesk.rules.redaction import Redaction
from kamdesk.services.base import get
from kamdesk.services.brief_questions import BriefQuestions
from kamdesk.services.brief_views import DISCREET, FULL, Collector
from kamdesk.services.deals import open_stages
from kamdesk.services.influence_network import known_to_us
from kamdesk.services.influence_views import client_graph
from kamdesk.services.library_variants import groups
from kamdesk.services.own_templates import Letterheads, OwnTemplates
from kamdesk.services.printed import Printed
from kamdesk.services.proposal_data import load
from kamdesk.services.questions import Questions
from kamdesk.store.unit_of_work import Store
from kamdesk.translation import Translator

MOST_PAGES: Final = 2
_MOST_MEMBERS: Final = 24
_WITHOUT_PARTS: Final = 6
"""So many of the most influential are shown of a client nobody of whom has a part yet."""


class Press(Letterheads, Protocol):
    """The part of the workers that makes pages."""

    def render(self, template: bytes, document: OutgoingDocument) -> bytes:
        """The finished Word file."""

    def to_pdf(self, docx: bytes, converter: str = "builtin") -> PdfMade:
        """The PDF of a Word file with its number of pages."""


@dataclass(frozen=True, slots=True)
class SheetSubject:
    """Before whom: the group of a client or of a deal, or the readers of a proposal. One id is set."""

    kind: str
    id: str

    @classmethod
    def parse(cls, text: str) -> SheetSubject:
        """``client:<id>``, ``deal:<id>`` or ``proposal:<id>``. Raises KamdeskError ``record.gone``."""
        kind, _, row_id = text.partition(":")
        if kind not in ("client", "deal", "proposal") or not row_id:
            raise KamdeskError("record.gone")
        return cls(kind, row_id)

    def __str__(self) -> str:
        return f"{self.kind}:{self.id}"


class CheatSheets:
    """Cheat sheets; a subject is written as :class:`SheetSubject` reads it."""

    def __init__(
        self, store: Store, vocabularies: Callable[[], Vocabularies], press: Press, questions: Questions
    ) -> None:
        self._store = store
        self._vocabularies = vocabularies
        self._press = press
        self._questions = BriefQuestions(store, vocabularies, questions)
        self._templates = OwnTemplates(store, press)

    def full(self, subject: str) -> FullCheatSheet:
        """Everything, for the screen. Raises KamdeskError ``record.gone``."""
        return self._collect(SheetSubject.parse(subject), FULL)

    def discreet(self, subject: str) -> CheatSheet:
        """What may lie on the table. Raises KamdeskError ``record.gone``."""
        return self._collect(SheetSubject.parse(subject), DISCREET).sheet

    def print(
        self,
        subject: str,
        language: str,
        *,
        paper: str = "a4",
        full: bool = False,
        template: str | None = None,
    ) -> Printed:
        """At most two landscape pages of ``paper`` (a4 or a5); what does not fit is counted, never run over.

        ``template`` is a file of the user's, see :meth:`OwnTemplates.read`; its paper is its own. Raises KamdeskError
        ``record.gone``, ``sheet.paper``, ``sheet.nobody``, ``template.other_kind``.
        """
        if paper not in SHEET_PAPERS:
            raise KamdeskError("sheet.paper", paper=paper)
        sheet, document = self._documents(subject, language, full)
        shipped = "cheat_sheet" if paper == "a4" else "cheat_sheet_a5"
        page = self._templates.read("cheat_sheet", language, shipped, template)

        def made(cut: int) -> tuple[bytes, PdfMade]:
            docx = self._press.render(page, document(cut))
            return docx, self._press.to_pdf(docx)

        docx, pdf = _nearest(made, len(cuts()))
        words, today = InternalWords(language, self._vocabularies()), self._store.now().date()
        name = " ".join((words("sheet_file"), sheet.client, today.isoformat()))
        return Printed(name, docx, pdf.pdf, pdf.pages)

    def document(self, subject: str, language: str, *, full: bool = True) -> OutgoingDocument:
        """What a template is filled with, cut by the number of members: a guess, where printing tries.

        Raises KamdeskError ``record.gone``, ``sheet.nobody``.
        """
        sheet, document = self._documents(subject, language, full)
        return document(min(len(sheet.members), len(cuts()) - 1))

    def _documents(
        self, subject: str, language: str, full: bool
    ) -> tuple[CheatSheet, Callable[[int], OutgoingDocument]]:
        private = self.full(subject) if full else None
        sheet = private.sheet if private is not None else self.discreet(subject)
        if not sheet.members:
            raise KamdeskError("sheet.nobody", name=sheet.client)
        words = InternalWords(language, self._vocabularies())
        say, today = Translator(language, self._vocabularies).message, self._store.now().date()
        return sheet, lambda cut: sheet_document(sheet, words, cuts()[cut], today, say, private)

    # --- reading ----------------------------------------------------------------------------------------------

    def _collect(self, subject: SheetSubject, redaction: Redaction) -> FullCheatSheet:
        found = self._store.read(lambda session: self._read(session, subject, redaction))
        people = [(one.id, one.name) for one in found.sheet.members]
        return replace(found, sheet=replace(found.sheet, questions=self._questions.of(people, redaction)))

    def _read(self, session: Session, subject: SheetSubject, redaction: Redaction) -> FullCheatSheet:
        now, vocabularies = self._store.now(), self._vocabularies()
        collector = Collector(session, redaction, vocabularies, now)
        client, deal, proposal = _about(session, subject)
        people = _members(session, client, deal, proposal)
        chosen = self._chosen(session, proposal)
        members = tuple(_with_choice(collector.person(row, client), chosen) for row in people)
        named = deal.name if deal is not None else ""
        if proposal is not None:
            named = proposal.subject
        sheet = CheatSheet(
            str(subject),
            client.id,
            client.short_name,
            named,
            members,
            _of_sale(collector.promises(client, people), {row.id for row in people}),
        )
        if redaction != FULL:
            return FullCheatSheet(sheet)
        deal_id = deal.id if deal is not None else ""
        return FullCheatSheet(
            sheet,
            tuple(collector.judged(row, client, deal_id) for row in people),
            _deals(session, client, deal, vocabularies),
            self._reach(session, client),
            _ties(session, [row.id for row in people]),
            collector.concessions(client),
        )

    def _chosen(self, session: Session, proposal: Proposal | None) -> dict[str, tuple[str, ...]]:
        """What the proposal chose for each of its readers and they have not been told, best first."""
        if proposal is None:
            return {}
        today, vocabularies = self._store.now().date(), self._vocabularies()
        loaded = load(session, proposal.id, vocabularies, self._store.files, today)
        tailored = loaded.tailor(vocabularies, today)
        short = {one.id: one.short for one in loaded.library}
        people = dict(
            session.execute(
                select(ProposalReader.id, ProposalReader.person_id).where(
                    ProposalReader.proposal_id == proposal.id
                )
            ).all()
        )
        said = select(Telling.person_id, Telling.argument_id).where(Telling.person_id.in_(people.values()))
        twins = groups(session, Argument)
        told = {(row[0], one) for row in session.execute(said) for one in twins.get(row[1], (row[1],))}
        found: dict[str, tuple[str, ...]] = {}
        for reader in tailored.readers:
            person = people.get(reader.reader_id, reader.reader_id)
            found[person] = tuple(
                short.get(one.argument_id) or one.text
                for one in reader.chosen
                if (person, one.argument_id) not in told
            )
        return found

    def _reach(self, session: Session, client: Organisation) -> tuple[Message, ...]:
        graph = client_graph(session, client.id, self._vocabularies(), self._store.now().date())
        known = known_to_us(session, {node.person_id for node in graph.nodes if node.person_id})
        answer = questions_to_map.deciders(graph, known)
        return (answer.head, *(line.message for line in answer.lines))


def _nearest(make: Callable[[int], tuple[bytes, PdfMade]], many: int) -> tuple[bytes, PdfMade]:
    """The most generous cut that fits; halving the cuts finds it, for each costs a rendering and a conversion."""
    low, high = 0, many - 1
    best = make(low)
    if best[1].pages <= MOST_PAGES:
        return best
    low += 1
    best = make(high)
    while low < high:
        middle = (low + high) // 2
        made = make(middle)
        if made[1].pages <= MOST_PAGES:
            best, high = made, middle
        else:
            low = middle + 1
    return best


def _about(session: Session, subject: SheetSubject) -> tuple[Organisation, Deal | None, Proposal | None]:
    if subject.kind == "client":
        return get(session, Organisation, subject.id), None, None
    if subject.kind == "deal":
        deal = get(session, Deal, subject.id)
        return get(session, Organisation, deal.organisation_id), deal, None
    proposal = get(session, Proposal, subject.id)
    belongs = session.get(Deal, proposal.deal_id) if proposal.deal_id else None
    return get(session, Organisation, proposal.organisation_id), belongs, proposal


def _members(
    session: Session, client: Organisation, deal: Deal | None, proposal: Proposal | None
) -> Sequence[Person]:
    """Who sits opposite: the readers of the proposal, or those with a part, for this deal before in general.

    Where nobody has a part, those of the client with most say.
    """
    if proposal is not None:
        readers = (
            select(Person)
            .join(ProposalReader, ProposalReader.person_id == Person.id)
            .where(ProposalReader.proposal_id == proposal.id)
            .order_by(ProposalReader.position)
        )
        found = session.scalars(readers).all()
        if found:
            return found
    weight = func.coalesce(Person.influence, 0).desc()
    here = (
        select(Employment.person_id)
        .where(Employment.organisation_id == client.id)
        .where(Employment.until.is_(None), Employment.is_former.is_(False))
    )
    scope = Part.deal_id.is_(None) if deal is None else or_(Part.deal_id.is_(None), Part.deal_id == deal.id)
    plays = select(Part.person_id).where(Part.organisation_id == client.id, scope)
    # Whoever left keeps a part that was said in general, and is no longer opposite.
    of_deal = select(Part.person_id).where(Part.deal_id == (deal.id if deal is not None else ""))
    group = (
        select(Person)
        .where(Person.id.in_(plays), or_(Person.id.in_(here), Person.id.in_(of_deal)))
        .order_by(Person.id.in_(of_deal).desc(), weight, Person.sort_key)
        .limit(_MOST_MEMBERS)
    )
    members = session.scalars(group).all()
    if members:
        return members
    most = select(Person).where(Person.id.in_(here)).order_by(weight, Person.sort_key)
    return session.scalars(most.limit(_WITHOUT_PARTS)).all()


def _with_choice(one: BriefPerson, chosen: dict[str, tuple[str, ...]]) -> BriefPerson:
    """What the proposal chose comes before what the library suggests."""
    return replace(one, to_say=tuple(dict.fromkeys((*chosen.get(one.id, ()), *one.to_say))))


def _of_sale(promises: tuple[BriefPromise, ...], members: set[str]) -> tuple[BriefPromise, ...]:
    """Those to the people opposite before those to others, as they are ordered otherwise."""
    return tuple(sorted(promises, key=lambda one: bool(one.person_id) and one.person_id not in members))


def _deals(
    session: Session, client: Organisation, deal: Deal | None, vocabularies: Vocabularies
) -> tuple[SheetDeal, ...]:
    """The deal, or all open ones of the client."""
    rows = [deal] if deal is not None else []
    if deal is None:
        query = select(Deal).where(
            Deal.organisation_id == client.id, Deal.stage.in_(open_stages(vocabularies))
        )
        rows = list(session.scalars(query.order_by(func.coalesce(Deal.amount, 0).desc(), Deal.name)))
    return tuple(_deal(session, row) for row in rows)


def _deal(session: Session, row: Deal) -> SheetDeal:
    rivals = (
        select(Organisation.short_name, DealCompetitor.note)
        .join(Organisation, Organisation.id == DealCompetitor.organisation_id)
        .where(DealCompetitor.deal_id == row.id)
        .order_by(Organisation.sort_key)
    )
    amount = Money(row.amount, row.currency) if row.amount is not None else None
    found = tuple((name, note) for name, note in session.execute(rivals))
    return SheetDeal(row.name, row.stage, amount, row.expected, found)


def _ties(session: Session, people: list[str]) -> tuple[SheetTie, ...]:
    """Ties between members that have not ended, the strongest first."""
    query = (
        select(Relationship)
        .where(Relationship.from_id.in_(people), Relationship.to_id.in_(people), Relationship.until.is_(None))
        .order_by(func.coalesce(Relationship.strength, 2).desc(), Relationship.id)
    )
    return tuple(
        SheetTie(row.from_id, row.to_id, row.kind, row.strength, row.note) for row in session.scalars(query)
    )
