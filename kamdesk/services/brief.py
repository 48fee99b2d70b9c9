"""The meeting brief: everything on the screen, one page on paper, discreet unless asked for in full (W4)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Protocol

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from kamdesk.documents import internal_templates
from kamdesk.documents.context.document import OutgoingDocument
from kamdesk.documents.context.internal_brief import brief_document, cuts, likely
from kamdesk.documents.context.internal_words import InternalWords
from kamdesk.documents.pdf import PdfMade
from kamdesk.model.internal import BRIEF_PAPERS, Brief, BriefQuestion, FullBrief
from kamdesk.model.messages import KamdeskError
from kamdesk.model.tables import CustomField, Interaction
from kamdesk.model.tables.base import entity_of, fields_of
from kamdesk.model.values import Sensitivity
from kamdesk.model.vocabulary import Vocabularies
from kamdesk.rules.redaction import Redaction
from kamdesk.services.brief_views import DISCREET, FULL, Subject, collect
from kamdesk.services.printed import Printed
from kamdesk.services.questions import Questions, QuestionView
from kamdesk.store.unit_of_work import Store

_ASKED = 4
"""Questions about one person; more are an interrogation."""


class Press(Protocol):
    """The part of the workers that makes a page."""

    def render(self, template: bytes, document: OutgoingDocument) -> bytes:
        """The finished Word file."""

    def to_pdf(self, docx: bytes, converter: str = "builtin") -> PdfMade:
        """The PDF of a Word file with its number of pages."""


class Briefs:
    """Briefs for an interaction, a person or a client; a subject is written as :class:`Subject` reads it."""

    def __init__(
        self, store: Store, vocabularies: Callable[[], Vocabularies], press: Press, questions: Questions
    ) -> None:
        self._store = store
        self._vocabularies = vocabularies
        self._press = press
        self._questions = questions

    def full(self, subject: str) -> FullBrief:
        """Everything, for the screen. Raises KamdeskError ``record.gone``."""
        return self._collect(subject, FULL)

    def discreet(self, subject: str) -> Brief:
        """What may lie on the table. Raises KamdeskError ``record.gone``."""
        return self._collect(subject, DISCREET).brief

    def next_meeting(self, client_id: str) -> str:
        """The subject of a client's nearest planned interaction, else of the client without one."""

        def work(session: Session) -> str:
            nearest = session.scalars(
                select(Interaction.id)
                .where(
                    Interaction.organisation_id == client_id,
                    Interaction.state == "planned",
                    func.coalesce(Interaction.ends_at, Interaction.starts_at) >= self._store.now(),
                )
                .order_by(Interaction.starts_at)
                .limit(1)
            ).first()
            return nearest or f"client:{client_id}"

        return self._store.read(work)

    def print(self, subject: str, language: str, *, paper: str = "a4", full: bool = False) -> Printed:
        """One page of ``paper`` (a4 or a5) in a language; what does not fit is counted, never run over.

        Raises KamdeskError ``record.gone``, ``brief.paper``.
        """
        if paper not in BRIEF_PAPERS:
            raise KamdeskError("brief.paper", paper=paper)
        private = self.full(subject) if full else None
        brief = private.brief if private is not None else self.discreet(subject)
        words = InternalWords(language, self._vocabularies())
        today = self._store.now().date()
        template = internal_templates.read("brief" if paper == "a4" else "brief_a5", language)

        def document(cut: int) -> OutgoingDocument:
            return brief_document(brief, words, cuts()[cut], today, private)

        def made(cut: int) -> tuple[bytes, PdfMade]:
            docx = self._press.render(template, document(cut))
            return docx, self._press.to_pdf(docx)

        many = len(cuts())
        start = next((cut for cut in range(many) if likely(document(cut), paper) <= 1), many - 1)
        docx, pdf = _fitted(made, start, many)
        return Printed(_name(brief, words, today), docx, pdf.pdf, pdf.pages)

    # --- pieces

    def _collect(self, subject: str, redaction: Redaction) -> FullBrief:
        wanted, vocabularies, now = Subject.parse(subject), self._vocabularies(), self._store.now()
        found = self._store.read(lambda session: collect(session, wanted, redaction, vocabularies, now))
        asked = tuple(self._asked(found.brief, redaction))
        return replace(found, brief=replace(found.brief, questions=asked))

    def _asked(self, brief: Brief, redaction: Redaction) -> list[BriefQuestion]:
        """What is not known of those who come, then of the client."""
        found = []
        for person in brief.people:
            open_ones = self._questions.to_learn("person", person.id, 3 * _ASKED)
            suits = [one for one in open_ones if redaction.passes(*self._given_away(one))][:_ASKED]
            found += [BriefQuestion(person.name, one.text_en, one.text_ru) for one in suits]
        if brief.client_id:
            open_ones = self._questions.to_learn("organisation", brief.client_id, 3 * _ASKED)
            suits = [one for one in open_ones if redaction.passes(*self._given_away(one))][:_ASKED]
            found += [BriefQuestion(brief.client, one.text_en, one.text_ru) for one in suits]
        return found

    def _given_away(self, question: QuestionView) -> tuple[Sensitivity, str]:
        """Sensitivity and category of a question: it gives away as much as what would answer it."""
        table, _dot, name = question.about.partition(".")
        if table in ("person", "organisation"):
            declared = {column.name: info for column, info in fields_of(entity_of(table))}
            # Parts, ties and criteria are no columns of the person; that we count them is our own business.
            private = name in ("parts", "relations", "criteria", "decider")
            usual = declared[name].sensitivity if name in declared else Sensitivity.PERSONAL
            category = declared[name].category if name in declared else ""
            return (Sensitivity.PRIVATE if private else usual), category
        if table == "custom":
            field = self._store.read(lambda session: session.get(CustomField, name))
            said = field.sensitivity if field is not None else ""
            return Sensitivity(said) if said in frozenset(Sensitivity) else Sensitivity.PRIVATE, ""
        kinds = {"fact": "fact_kind", "statement": "statement_kind"}.get(table)
        item = self._vocabularies().item(kinds, name) if kinds is not None else None
        extras = item.extras if item is not None else {}
        said = str(extras.get("sensitivity", ""))
        known = Sensitivity(said) if said in frozenset(Sensitivity) else Sensitivity.PERSONAL
        return Sensitivity.strictest(known, Sensitivity.PERSONAL), str(extras.get("left_out", ""))


def _fitted(make: Callable[[int], tuple[bytes, PdfMade]], start: int, many: int) -> tuple[bytes, PdfMade]:
    """The first cut from ``start`` on that makes one page; the strictest where none does.

    Making a page costs far more than guessing its length, so a guess that fits is not tried again more generously.
    """
    made = make(start)
    while made[1].pages > 1 and start < many - 1:
        start += 1
        made = make(start)
    return made


def _name(brief: Brief, words: InternalWords, today: date) -> str:
    """A file name that tells nothing but whom it is about and for when."""
    day = brief.starts_at.date() if brief.starts_at is not None else today
    whom = brief.client or (brief.people[0].name.full(words.language) if brief.people else "")
    return " ".join(part for part in (words("brief"), whom, day.isoformat()) if part)
