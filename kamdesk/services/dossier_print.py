"""The dossier on paper: of a client, a person or a decision group, at a level of redaction, as PDF and Word (X4, D15).

What goes is decided by the same machinery as a handover's (``dossier_export.Redacted``); this file only chooses the rows and
names what a category of texts means where a whole row belongs to it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any, Final, Protocol

from sqlalchemy import select
from sqlalchemy.orm import Session

from kamdesk.documents.context.document import OutgoingDocument
from kamdesk.documents.context.internal_dossier import dossier_document
from kamdesk.documents.context.internal_words import InternalWords
from kamdesk.documents.pdf import PdfMade
from kamdesk.model.internal import DOSSIER_PAPERS, GROUP_SECTIONS, DossierData, DossierOptions
from kamdesk.model.messages import KamdeskError
from kamdesk.model.tables import Employment, Interaction, Organisation, Participant, Person
from kamdesk.model.tables.base import Entity
from kamdesk.model.values import Sensitivity
from kamdesk.model.vocabulary import Vocabularies
from kamdesk.rules.redaction import Redaction
from kamdesk.services.base import get, name_of
from kamdesk.services.dossier_export import Redacted, Rows, client_rows
from kamdesk.services.dossier_fields import exchanged, links_of
from kamdesk.services.own_templates import SHIPPED, Letterheads, OwnTemplates
from kamdesk.services.printed import Printed
from kamdesk.store.unit_of_work import Store

ABOUT: Final = ("client", "person", "group")
_UNUSED: Final = (
    "stored_file",
    "template",
    "case_study",
    "recommender",
    "objection",
    "offer_item",
    "benefit_item",
    "stage",
    "company",
    "vocabulary",
)
"""Tables of a dossier that a print shows nothing of; a file's bytes need not be read to name it."""

_CATEGORY: Final[Mapping[tuple[str, str], str]] = {
    ("fact", "family"): "family",
    ("relationship", "family"): "family",
    ("interaction", "gift"): "gifts",
}
"""Rows that belong to a category as a whole, by table and kind."""


class Picture(Protocol):
    """Draws the influence map of a client as PNG; ``discreet`` leaves out stance, influence, parts and relationships."""

    def __call__(
        self, organisation_id: str, language: str, width_px: int, *, discreet: bool = False
    ) -> bytes: ...


class Press(Letterheads, Protocol):
    """The part of the workers that makes pages."""

    def render(self, template: bytes, document: OutgoingDocument) -> bytes:
        """The finished Word file."""

    def to_pdf(self, docx: bytes, converter: str = "builtin") -> PdfMade:
        """The PDF of a Word file with its number of pages."""

    def booklet(self, pdf: bytes) -> bytes:
        """The A5 pages as a booklet on A4."""


class DossierPrints:
    """Printing dossiers. ``picture`` draws the influence map; without it the map is a tree of words."""

    def __init__(
        self,
        store: Store,
        vocabularies: Callable[[], Vocabularies],
        press: Press,
        picture: Picture | None = None,
    ) -> None:
        self._store = store
        self._vocabularies = vocabularies
        self._press = press
        self._picture = picture
        self._templates = OwnTemplates(store, press)

    def print(
        self,
        about: str,
        row_id: str,
        language: str,
        options: DossierOptions | None = None,
        *,
        template: str | None = None,
    ) -> Printed:
        """The dossier of a client, a person, or a client's decision group.

        ``template`` is a file of the user's, see :meth:`OwnTemplates.read`; its paper is its own, and a booklet takes none.

        Raises KamdeskError ``record.gone``, ``dossier_print.paper``, ``dossier_print.level``, ``dossier_print.period``,
        ``template.other_kind``; ValueError for another kind of record.
        """
        chosen = options or DossierOptions()
        document = self.document(about, row_id, language, chosen)
        small = chosen.paper != "a4"
        shipped = "dossier_a5" if small else "dossier"
        # A booklet folds pages of A5; a file of the user's may be of any size.
        chosen_file = SHIPPED if chosen.paper == "booklet" else template
        page = self._templates.read("dossier", language, shipped, chosen_file)
        docx = self._press.render(page, document)
        made = self._press.to_pdf(docx)
        pdf = self._press.booklet(made.pdf) if chosen.paper == "booklet" else made.pdf
        words = InternalWords(language, self._vocabularies())
        name = " ".join((words(f"dossier_{about}"), document.fields["dossier"]["name"], document.date))
        return Printed(name, docx, pdf, made.pages)

    def document(
        self, about: str, row_id: str, language: str, options: DossierOptions | None = None
    ) -> OutgoingDocument:
        """What a template is filled with. Raises as :meth:`print` does."""
        chosen = options or DossierOptions()
        _check(about, chosen)
        return dossier_document(self.data(about, row_id, language, chosen), self._vocabularies())

    def data(self, about: str, row_id: str, language: str, options: DossierOptions) -> DossierData:
        """What is printed, redacted: rows by collection. Raises KamdeskError ``record.gone``."""
        redaction = redaction_of(options)

        def work(session: Session) -> tuple[str, Mapping[str, tuple[dict[str, Any], ...]], str]:
            rows, title, client_id = _rows(session, about, row_id)
            for table in _UNUSED:
                rows[table] = {}
            _leave_out(rows, redaction)
            redacted = Redacted(rows, redaction, self._store.files).collections()
            return title, {name: tuple(found) for name, found in redacted.items()}, client_id

        title, rows, client_id = self._store.read(work)
        today = self._store.now().date()
        if about == "group" and not options.sections:
            options = replace(options, sections=GROUP_SECTIONS)
        data = DossierData(about, row_id, title, language, today, options, rows)
        return replace(data, map_png=self._map(data, client_id))

    def _map(self, data: DossierData, client_id: str) -> bytes:
        """The drawn map; discreet unless all that it shows of people may be seen. Nothing without names to draw."""
        redaction, options = redaction_of(data.options), data.options
        wanted = not options.sections or "map" in options.sections
        if self._picture is None or data.about == "person" or not client_id or not wanted:
            return b""
        if not redaction.passes(Sensitivity.BUSINESS) or not (
            data.rows.get("seats") or data.rows.get("parts")
        ):
            return b""
        open_ = redaction.passes(Sensitivity.PRIVATE, "negotiation") and "family" not in redaction.left_out
        return self._picture(client_id, data.language, _MAP_PIXELS, discreet=not open_)


_MAP_PIXELS: Final = 2000


def redaction_of(options: DossierOptions) -> Redaction:
    """The rule of a print. Raises KamdeskError ``dossier_print.level``."""
    try:
        return Redaction.of(options.level, options.left_out, Sensitivity(options.ceiling))
    except ValueError as error:
        raise KamdeskError("dossier_print.level", level=options.level) from error


def _check(about: str, options: DossierOptions) -> None:
    if about not in ABOUT:
        raise ValueError(about)
    if options.paper not in DOSSIER_PAPERS:
        raise KamdeskError("dossier_print.paper", paper=options.paper)
    if options.since is not None and options.until is not None and options.until < options.since:
        raise KamdeskError("dossier_print.period")


def _rows(session: Session, about: str, row_id: str) -> tuple[Rows, str, str]:
    """The rows, the title, and the client they belong to ("" for a person without one)."""
    if about != "person":
        client = get(session, Organisation, row_id)
        return client_rows(session, client), client.short_name, client.id
    person = get(session, Person, row_id)
    at = (
        select(Organisation)
        .join(Employment, Employment.organisation_id == Organisation.id)
        .where(Employment.person_id == person.id)
        .order_by(Employment.is_former, Employment.position)
    )
    client_of = session.scalars(at.limit(1)).first()
    title = name_of(person).full()
    if client_of is None:
        return _alone(session, person), title, ""
    return client_rows(session, client_of), title, client_of.id


def _alone(session: Session, person: Person) -> Rows:
    """The rows of somebody who belongs to no client: their own, and the meetings they were at."""
    rows: Rows = {entity.__tablename__: {} for entity in exchanged()}
    rows["person"][person.id] = person
    met = session.scalars(
        select(Interaction)
        .join(Participant, Participant.interaction_id == Interaction.id)
        .where(Participant.person_id == person.id, Interaction.organisation_id.is_(None))
    )
    rows["interaction"] = {row.id: row for row in met}
    for entity in exchanged():
        if "person_id" in links_of(entity) and "person_id" in (*entity.__parents__, *entity.__ends__):
            own = session.scalars(select(entity).where(entity.person_id == person.id))  # type: ignore[attr-defined]
            rows[entity.__tablename__] = {row.id: row for row in own if _is_complete(row, rows)}
    return rows


def _is_complete(row: Entity, rows: Rows) -> bool:
    """Whether what a link needs is there too."""
    links = links_of(type(row))
    return all(
        getattr(row, name) is None or getattr(row, name) in rows.get(links[name].target, {})
        for name in row.__ends__
    )


def _leave_out(rows: Rows, redaction: Redaction) -> None:
    """Drop the rows that belong to a category left out as a whole."""
    for (table, kind), category in _CATEGORY.items():
        if category in redaction.left_out:
            rows[table] = {key: row for key, row in rows[table].items() if getattr(row, "kind", "") != kind}
