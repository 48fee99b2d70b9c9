"""The meeting brief: everything on the screen, one page on paper, discreet unless asked for in full (W4)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Protocol

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from kamdesk.documents.context.document import OutgoingDocument
from kamdesk.documents.context.internal_brief import brief_document, cuts, likely
from kamdesk.documents.context.internal_words import InternalWords
from kamdesk.documents.pdf import PdfMade
from kamdesk.model.internal import BRIEF_PAPERS, Brief, FullBrief
from kamdesk.model.messages import KamdeskError
from kamdesk.model.tables import Interaction
from kamdesk.model.vocabulary import Vocabularies
from kamdesk.rules.redaction import Redaction
from kamdesk.services.brief_questions import BriefQuestions
from kamdesk.services.brief_views import DISCREET, FULL, Subject, collect
from kamdesk.services.own_templates import Letterheads, OwnTemplates
from kamdesk.services.printed import Printed, fitted
from kamdesk.services.questions import Questions
from kamdesk.store.unit_of_work import Store


class Press(Letterheads, Protocol):
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
        self._questions = BriefQuestions(store, vocabularies, questions)
        self._templates = OwnTemplates(store, press)

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

    def print(
        self,
        subject: str,
        language: str,
        *,
        paper: str = "a4",
        full: bool = False,
        template: str | None = None,
    ) -> Printed:
        """One page of ``paper`` (a4 or a5) in a language; what does not fit is counted, never run over.

        ``template`` is a file of the user's, see :meth:`OwnTemplates.read`; its paper is its own.
        Raises KamdeskError ``record.gone``, ``brief.paper``, ``template.other_kind``.
        """
        if paper not in BRIEF_PAPERS:
            raise KamdeskError("brief.paper", paper=paper)
        brief, document = self._documents(subject, language, full)
        shipped = "brief" if paper == "a4" else "brief_a5"
        page = self._templates.read("brief", language, shipped, template)

        def made(cut: int) -> tuple[bytes, PdfMade]:
            docx = self._press.render(page, document(cut))
            return docx, self._press.to_pdf(docx)

        docx, pdf = fitted(made, _first_cut(document, paper), len(cuts()), 1)
        words, today = InternalWords(language, self._vocabularies()), self._store.now().date()
        return Printed(_name(brief, words, today), docx, pdf.pdf, pdf.pages)

    def document(self, subject: str, language: str, *, full: bool = True) -> OutgoingDocument:
        """What a template is filled with, cut to what is likely to fit A4. Raises KamdeskError ``record.gone``."""
        _brief, document = self._documents(subject, language, full)
        return document(_first_cut(document, "a4"))

    # --- pieces

    def _documents(
        self, subject: str, language: str, full: bool
    ) -> tuple[Brief, Callable[[int], OutgoingDocument]]:
        private = self.full(subject) if full else None
        brief = private.brief if private is not None else self.discreet(subject)
        words, today = InternalWords(language, self._vocabularies()), self._store.now().date()
        return brief, lambda cut: brief_document(brief, words, cuts()[cut], today, private)

    def _collect(self, subject: str, redaction: Redaction) -> FullBrief:
        wanted, vocabularies, now = Subject.parse(subject), self._vocabularies(), self._store.now()
        found = self._store.read(lambda session: collect(session, wanted, redaction, vocabularies, now))
        brief = found.brief
        people = [(one.id, one.name) for one in brief.people]
        asked = self._questions.of(people, redaction, (brief.client_id, brief.client))
        return replace(found, brief=replace(brief, questions=asked))


def _first_cut(document: Callable[[int], OutgoingDocument], paper: str) -> int:
    """The most generous cut that is likely to fit one page."""
    many = len(cuts())
    return next((cut for cut in range(many) if likely(document(cut), paper) <= 1), many - 1)


def _name(brief: Brief, words: InternalWords, today: date) -> str:
    """A file name that tells nothing but whom it is about and for when."""
    day = brief.starts_at.date() if brief.starts_at is not None else today
    whom = brief.client or (brief.people[0].name.full(words.language) if brief.people else "")
    return " ".join(part for part in (words("brief"), whom, day.isoformat()) if part)
