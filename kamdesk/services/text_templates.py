"""Texts of letters and e-mails with fields (R9): the user's own beside those that ship, checked, filled for a proposal or a meeting."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Final, Protocol

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from kamdesk.documents.context.catalogue import catalogue
from kamdesk.documents.context.document import OutgoingDocument
from kamdesk.documents.context.text_contract import KIND
from kamdesk.documents.context.text_letter import for_meeting, for_proposal
from kamdesk.documents.text_render import TextFinding
from kamdesk.documents.texts import ShippedText, shipped_texts
from kamdesk.model.inputs import TeamMember
from kamdesk.model.letter import LetterText
from kamdesk.model.messages import LANGUAGES, KamdeskError, Message
from kamdesk.model.tables import Colleague, Interaction, Organisation, Proposal, ProposalReader, TextTemplate
from kamdesk.model.vocabulary import Vocabularies
from kamdesk.services.base import get, name_of
from kamdesk.services.field_catalogue import CatalogueField, catalogue_fields
from kamdesk.services.meeting_letter import letter_data
from kamdesk.services.proposal_data import load
from kamdesk.services.rows import check_changes, check_new, insert, put
from kamdesk.services.template_sample import SampleMaker, TemplateSamples
from kamdesk.store.unit_of_work import Store

_CLOSED: Final = ("declined", "expired", "withdrawn", "superseded", "accepted")
_SAMPLES: Final = 40
_FIELDS: Final = ("name", "purpose", "language", "subject", "body")


@dataclass(frozen=True, slots=True)
class TextView:
    """A text. ``own`` is False for one that ships; ``is_default`` says that it is taken by itself for its purpose and language."""

    id: str
    name: str
    purpose: str
    language: str
    subject: str
    body: str
    own: bool
    is_default: bool


@dataclass(frozen=True, slots=True)
class RenderedText:
    """A finished letter as plain text. ``template_id`` says from which text it was made."""

    subject: str
    body: str
    template_id: str = ""
    language: str = ""


@dataclass(frozen=True, slots=True)
class TriedText:
    """What a text makes of a sample: the letter or the problem, and the findings."""

    letter: LetterText | None
    problem: Message | None
    findings: tuple[TextFinding, ...]


@dataclass(frozen=True, slots=True)
class TextSample:
    """A proposal a text can be tried with."""

    proposal_id: str
    label: str
    language: str


class TextWorker(SampleMaker, Protocol):
    """The worker as texts need it."""

    def fill_text(self, subject: str, body: str, document: OutgoingDocument) -> LetterText: ...
    def check_text(
        self, subject: str, body: str, document: OutgoingDocument | None = None
    ) -> tuple[TextFinding, ...]: ...


class TextTemplates:
    """Everything a user can do with texts. ``worker`` is asked for when a text is first filled or checked."""

    def __init__(
        self, store: Store, worker: Callable[[], TextWorker], vocabularies: Callable[[], Vocabularies]
    ) -> None:
        self._store = store
        self._worker = worker
        self._vocabularies = vocabularies

    # --- reading ------------------------------------------------------------------------------------------

    def list(self, *, purpose: str = "", language: str = "") -> tuple[TextView, ...]:
        """The user's texts by name, then those that ship; narrowed to a purpose and a language."""
        own = self._store.read(_own)
        found = (*own, *_shipped(own))
        return tuple(
            view for view in found if purpose in ("", view.purpose) and language in ("", view.language)
        )

    def view(self, template_id: str) -> TextView:
        """One text. Raises ``record.gone``."""
        found = next((view for view in self.list() if view.id == template_id), None)
        if found is None:
            raise KamdeskError("record.gone")
        return found

    def find(self, name: str, language: str = "") -> TextView:
        """A text by id, name or purpose, of a language where one is given. Raises ``text.unknown``."""
        views = self.list(language=language)
        wanted = name.strip().casefold()
        for fits in (
            lambda view: view.id.casefold() == wanted,
            lambda view: view.name.casefold() == wanted,
            lambda view: view.purpose == wanted and view.is_default,
        ):
            found = next(filter(fits, views), None)
            if found is not None:
                return found
        raise KamdeskError("text.unknown", name=name)

    def default(self, purpose: str, language: str) -> TextView:
        """The text taken by itself: the user's choice, else the one that ships. Raises ``text.none``."""
        views = self.list(purpose=purpose, language=language)
        chosen = next((view for view in views if view.is_default), None) or next(iter(views), None)
        if chosen is None:
            raise KamdeskError("text.none")
        return chosen

    def samples(self) -> tuple[TextSample, ...]:
        """Open proposals to try a text with, the newest first; those that nobody reads yet come last."""
        unread = ~select(ProposalReader.id).where(ProposalReader.proposal_id == Proposal.id).exists()
        query = (
            select(Proposal, Organisation.short_name)
            .join(Organisation, Organisation.id == Proposal.organisation_id)
            .where(Proposal.status.not_in(_CLOSED))
            .order_by(unread, Proposal.id.desc())
            .limit(_SAMPLES)
        )

        def work(session: Session) -> tuple[TextSample, ...]:
            return tuple(
                TextSample(row.id, " · ".join(part for part in (client, row.subject) if part), row.language)
                for row, client in session.execute(query)
            )

        return self._store.read(work)

    # --- changing -----------------------------------------------------------------------------------------

    def add(
        self, name: str, *, purpose: str = "other", language: str = "ru", subject: str = "", body: str = ""
    ) -> str:
        """Add a text and return its id. Raises ``record.required`` and others for a value that does not fit."""
        values: dict[str, object] = {
            "name": " ".join(name.split()),
            "purpose": purpose,
            "language": language,
            "subject": _line(subject),
            "body": _clean(body),
        }
        check_new(TextTemplate, values)

        def work(session: Session) -> str:
            last = session.scalar(select(func.max(TextTemplate.position))) or 0
            return insert(session, TextTemplate(**values, position=last + 1))

        return self._store.write("text.add", {"name": values["name"]}, work)

    def edit(self, template_id: str, values: Mapping[str, object], *, visit: str = "") -> None:
        """Set name, purpose, language, subject or body. Raises ``text.shipped``, ``record.gone``, ``record.required``."""
        view = self._changeable(template_id)
        clean = {
            name: _line(value) if name in ("name", "subject") else _clean(value) if name == "body" else value
            for name, value in values.items()
            if name in _FIELDS
        }
        check_changes(TextTemplate, clean)

        def work(session: Session) -> None:
            row = put(session, TextTemplate, template_id, clean)
            if row.is_default and {"purpose", "language"} & clean.keys():
                _only_default(session, row)

        self._store.write("text.edit", {"name": view.name}, work, visit=visit)

    def duplicate(self, template_id: str) -> str:
        """A copy of a text, also of one that ships; returns its id."""
        view = self.view(template_id)
        taken = {one.name for one in self.list() if one.own}
        number, name = 1, view.name
        while name in taken:
            number += 1
            name = f"{view.name} ({number})"

        def work(session: Session) -> str:
            last = session.scalar(select(func.max(TextTemplate.position))) or 0
            copied = {field: getattr(view, field) for field in ("purpose", "language", "subject", "body")}
            return insert(session, TextTemplate(name=name, position=last + 1, **copied))

        return self._store.write("text.duplicate", {"name": view.name}, work)

    def delete(self, template_id: str) -> None:
        """Delete a text; undo brings it back. Raises ``text.shipped``, ``record.gone``."""
        view = self._changeable(template_id)
        self._store.write(
            "text.delete",
            {"name": view.name},
            lambda session: session.delete(get(session, TextTemplate, template_id)),
        )

    def set_default(self, template_id: str) -> None:
        """Take this text by itself for its purpose and language; one that ships takes its place back."""
        view = self.view(template_id)

        def work(session: Session) -> None:
            for row in session.scalars(
                select(TextTemplate).where(
                    TextTemplate.purpose == view.purpose, TextTemplate.language == view.language
                )
            ):
                row.is_default = row.id == template_id

        self._store.write("text.default", {"name": view.name}, work)

    def _changeable(self, template_id: str) -> TextView:
        view = self.view(template_id)
        if not view.own:
            raise KamdeskError("text.shipped")
        return view

    # --- filling ------------------------------------------------------------------------------------------

    def render(
        self,
        template_id: str = "",
        *,
        purpose: str = "",
        language: str = "",
        proposal_id: str = "",
        reader_id: str = "",
        meeting_id: str = "",
    ) -> RenderedText:
        """The letter from a text, or from the default one for ``purpose``: about a proposal or a meeting.

        ``reader_id`` is the id of a reader or of a person; "" addresses all. The language is that of the text, else the one
        asked for, else the proposal's or the client's. Raises KamdeskError with line and column of a mistake, ``text.none``,
        ``text.about_what``, ``text.not_reader``, ``record.gone``.
        """
        if bool(proposal_id) == bool(meeting_id):
            raise KamdeskError("text.about_what")
        view = self.view(template_id) if template_id else None
        wanted = view.language if view is not None else language
        document = (
            self._of_proposal(proposal_id, reader_id, wanted)
            if proposal_id
            else self._of_meeting(meeting_id, reader_id, wanted)
        )
        view = view or self.default(purpose or "other", document.language)
        made = self._worker().fill_text(view.subject, view.body, document)
        return RenderedText(made.subject, made.body, view.id, document.language)

    def check(
        self, subject: str, body: str, *, language: str = "ru", proposal_id: str = "", reader_id: str = ""
    ) -> tuple[TextFinding, ...]:
        """What is wrong with a text, in reading order; blank fields are those of the proposal, else of the sample."""
        document = self._sample(language, proposal_id, reader_id)
        return self._worker().check_text(subject, body, document)

    def try_out(
        self, subject: str, body: str, *, language: str = "ru", proposal_id: str = "", reader_id: str = ""
    ) -> TriedText:
        """What a text makes of a proposal, or of the sample. Nothing is stored."""
        document = self._sample(language, proposal_id, reader_id)
        worker = self._worker()
        findings: tuple[TextFinding, ...] = ()
        try:
            findings = worker.check_text(subject, body, document)
            return TriedText(worker.fill_text(subject, body, document), None, findings)
        except KamdeskError as error:
            return TriedText(None, error.message, findings)

    def fields(
        self, language: str, tag_language: str = "", proposal_id: str = ""
    ) -> tuple[CatalogueField, ...]:
        """The fields a text may name, plain ones first; ``example`` is what each says in the proposal, else in the sample.

        ``language`` is that of the descriptions, ``tag_language`` that of the tags and of the values.
        """
        values = self._sample(tag_language or language, proposal_id, "").fields
        found = catalogue_fields(KIND, language, tag_language)

        def said(field: CatalogueField) -> str:
            root, _, leaf = field.path.partition(".")
            return values.get(root, {}).get(leaf, "")

        shown = [replace(field, example=said(field)) for field in found]
        return tuple(sorted(shown, key=lambda field: field.is_block))

    # --- values -------------------------------------------------------------------------------------------

    def _sample(self, language: str, proposal_id: str, reader_id: str) -> OutgoingDocument:
        language = language if language in LANGUAGES else "ru"
        if proposal_id:
            return self._of_proposal(proposal_id, reader_id or "first", language)
        data, tailored = TemplateSamples(self._store, self._worker()).proposal(language)
        sender = self._store.read(_me) or (data.team[0] if data.team else None)
        made = for_proposal(data, tailored, data.readers[0].id, sender)
        examples = catalogue(KIND).examples(language)
        agreed = "1. Отправить опросный лист." if language == "ru" else "1. Send the questionnaire."
        block = {**made.fields["block"], "agreements": agreed}
        return replace(made, fields={**made.fields, "meeting": examples["meeting"], "block": block})

    def _of_proposal(self, proposal_id: str, reader_id: str, language: str) -> OutgoingDocument:
        today = self._store.now().date()

        def work(session: Session) -> tuple[Any, str, TeamMember | None]:
            loaded = load(session, proposal_id, self._vocabularies(), self._store.files, today)
            return loaded, _reader(session, proposal_id, reader_id), _me(session)

        loaded, reader, sender = self._store.read(work)
        if language and language != loaded.data.language:
            loaded = replace(loaded, data=replace(loaded.data, language=language))
        return for_proposal(loaded.data, loaded.tailor(self._vocabularies(), today), reader, sender)

    def _of_meeting(self, meeting_id: str, person_id: str, language: str) -> OutgoingDocument:
        today = self._store.now().date()
        data = self._store.read(
            lambda session: letter_data(
                session, get(session, Interaction, meeting_id), self._store.files, today
            )
        )
        if language:
            data = replace(data, language=language)
        if person_id:
            readers = tuple(reader for reader in data.readers if reader.id == person_id)
            if not readers:
                raise KamdeskError("text.not_reader")
            data = replace(data, readers=readers)
        return for_meeting(data)


def _reader(session: Session, proposal_id: str, wanted: str) -> str:
    """The id of the reader meant; "first" is the first one, "" where there is none or all are meant."""
    if not wanted:
        return ""
    rows = session.scalars(
        select(ProposalReader)
        .where(ProposalReader.proposal_id == proposal_id)
        .order_by(ProposalReader.position)
    ).all()
    if wanted == "first":
        return rows[0].id if rows else ""
    found = next((row.id for row in rows if wanted in (row.id, row.person_id)), None)
    if found is None:
        raise KamdeskError("text.not_reader")
    return found


def _me(session: Session) -> TeamMember | None:
    """Who writes: the user among our colleagues."""
    row = session.scalars(select(Colleague).where(Colleague.is_me)).first()
    return TeamMember(name_of(row), row.post, row.phone, row.email) if row is not None else None


def _own(session: Session) -> tuple[TextView, ...]:
    rows = session.scalars(
        select(TextTemplate).order_by(func.kamdesk_fold(TextTemplate.name), TextTemplate.id)
    )
    return tuple(
        TextView(r.id, r.name, r.purpose, r.language, r.subject, r.body, True, r.is_default) for r in rows
    )


def _shipped(own: Iterable[TextView]) -> tuple[TextView, ...]:
    replaced = {(view.purpose, view.language) for view in own if view.is_default}
    return tuple(_as_view(one, (one.purpose, one.language) not in replaced) for one in shipped_texts())


def _as_view(one: ShippedText, is_default: bool) -> TextView:
    return TextView(one.id, one.name, one.purpose, one.language, one.subject, one.body, False, is_default)


def _only_default(session: Session, row: TextTemplate) -> None:
    """Where a default text moves to another purpose or language, the default there gives way."""
    for other in session.scalars(
        select(TextTemplate).where(
            TextTemplate.purpose == row.purpose,
            TextTemplate.language == row.language,
            TextTemplate.id != row.id,
        )
    ):
        other.is_default = False


def _line(value: object) -> str:
    return " ".join(str(value or "").split())


def _clean(value: object) -> str:
    return str(value or "").replace("\r\n", "\n").replace("\r", "\n")
