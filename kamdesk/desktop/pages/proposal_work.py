"""One proposal as its page works on it: everything that is shown, loaded at once, and the ways to change it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit

from kamdesk.desktop.desk import Desk
from kamdesk.desktop.kit import Kit
from kamdesk.desktop.widgets.field_place import mark_field
from kamdesk.desktop.widgets.inline_base import InlineEditor
from kamdesk.model.messages import Message
from kamdesk.services.company import ColleagueView
from kamdesk.services.deal_views import DealRow
from kamdesk.services.library_views import CaseView, RecommenderView
from kamdesk.services.people_views import PersonRow
from kamdesk.services.proposal_views import DocumentView, ProposalPage, ReaderView
from kamdesk.services.templates import TemplateView

if TYPE_CHECKING:
    from kamdesk.bootstrap import Workplace

TABLES = (
    "proposal", "offer_item", "benefit_item", "assumption", "stage", "proposal_reader", "proposal_argument", "proposal_case",
    "proposal_recommender", "proposal_team", "document", "dispatch", "template", "argument", "case_study", "recommender",
    "colleague", "company", "person", "criterion", "employment", "seat", "organisation", "vocabulary_change", "preference", "deal", "telling",
    "follow_up", "concession", "interaction",
)  # fmt: skip
"""What a proposal's page shows something of."""


@dataclass(frozen=True)
class ProposalState:
    """The page of one proposal with everything one can choose for it.

    ``people`` and ``deals`` are those of the client, ``blocks`` the order that the settings give.
    """

    page: ProposalPage
    people: tuple[PersonRow, ...]
    templates: tuple[TemplateView, ...]
    colleagues: tuple[ColleagueView, ...]
    cases: tuple[CaseView, ...]
    recommenders: tuple[RecommenderView, ...]
    today: date
    blocks: tuple[str, ...] = ()
    deals: tuple[DealRow, ...] = ()

    def reader(self, reader_id: str | None) -> ReaderView | None:
        """One reader, None for somebody who is not one."""
        return next((reader for reader in self.page.readers if reader.id == reader_id), None)

    def current(self, kind: str, reader_id: str | None = None) -> DocumentView | None:
        """The version of a document that is printed and sent."""
        same = (one for one in self.page.documents if one.kind == kind and one.reader_id == reader_id)
        return next((one for one in same if one.is_current), None)

    def documents(self) -> tuple[DocumentView, ...]:
        """All versions: the document for the group, the letters in the order of the readers, the variants in the same order."""
        order = {reader.id: place for place, reader in enumerate(self.page.readers)}
        ranks = {"group": 0, "cover": 1}
        place = lambda one: (ranks.get(one.kind, 2), order.get(one.reader_id or "", 0))  # noqa: E731
        return tuple(sorted(self.page.documents, key=place))

    def versions(self, document: DocumentView) -> tuple[DocumentView, ...]:
        """All versions of the same document, the newest first."""
        return tuple(
            one
            for one in self.page.documents
            if one.kind == document.kind and one.reader_id == document.reader_id
        )


def load_state(place: Workplace, proposal_id: str) -> ProposalState:
    """Read it all; for the reading lane. Raises KamdeskError ``record.gone``."""
    page = place.proposals.page(proposal_id)
    language = str(page.values["language"])
    return ProposalState(
        page=page,
        people=place.people.list(page.organisation_id),
        templates=place.templates.list(language=language),
        colleagues=place.company.colleagues(),
        cases=place.library.cases(language=language),
        recommenders=place.library.recommenders(language=language),
        today=place.store.now().date(),
        blocks=place.preferences.get().blocks("group"),
        deals=place.deals.list(page.organisation_id),
    )


class ProposalWork(QObject):
    """Handed to every step: ``loaded(ProposalState)`` after each reload; edits go through :meth:`edit` and :meth:`run`."""

    loaded = Signal(object)
    failed = Signal(object)
    person_asked = Signal(str)
    client_asked = Signal(str)
    company_asked = Signal()
    document_asked = Signal(str, str)

    def __init__(self, kit: Kit, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self.kit = kit
        self.desk = desk
        self.id = ""
        self.state: ProposalState | None = None
        self._unfilled: list[tuple[str, InlineEditor]] = []

    @property
    def place(self) -> Workplace:
        """The services."""
        return self.desk.workplace

    def open(self, proposal_id: str) -> None:
        """Load a proposal and tell everybody."""
        self.id = proposal_id
        self.reload()

    def reload(self) -> None:
        """Read everything anew."""
        place, proposal_id = self.place, self.id
        self.kit.queries.run(
            lambda: load_state(place, proposal_id),
            self._loaded,
            self.failed.emit,
            owner=self,
            key=f"proposal {proposal_id} {id(self)}",
        )

    def concerns(self, changes: Any) -> bool:
        """Whether a ChangeSet touches what is shown."""
        return bool(self.id) and changes.touches(*TABLES)

    def run(
        self,
        work: Callable[[], Any],
        done: Callable[[Any], object] | None = None,
        failed: Callable[[Message], object] | None = None,
    ) -> None:
        """Do an edit in its lane; a problem without ``failed`` becomes a notice."""
        self.kit.commands.run(work, done, failed, owner=self if done or failed else None)

    def edit(
        self, name: str, value: object, *, visit: str = "", failed: Callable[[Message], object] | None = None
    ) -> None:
        """Set one field of the proposal."""
        proposals, proposal_id = self.place.proposals, self.id
        self.run(lambda: proposals.edit(proposal_id, {name: value}, visit=visit), failed=failed)

    def bind(self, name: str, editor: InlineEditor) -> InlineEditor:
        """Let an editor show and store one field of the proposal. Gives the editor."""
        editor.setObjectName(name)
        mark_field(editor, name)
        self._without_label_inside(editor)
        editor.on_save(lambda value: self.edit(name, value, visit=editor.visit, failed=editor.show_problem))
        self.loaded.connect(lambda state: editor.set_value(state.page.values[name]))
        self._unfilled.append((name, editor))
        return editor

    def fill_new(self) -> None:
        """Show what is loaded in the editors that were bound since then."""
        fresh, self._unfilled = self._unfilled, []
        for name, editor in fresh:
            if self.state is not None:
                editor.set_value(self.state.page.values[name])

    def _without_label_inside(self, editor: InlineEditor) -> None:
        """An empty field shows a dash: what it is called stands beside it already."""
        field = getattr(editor, "line", None) or getattr(editor, "text", None)
        if isinstance(field, (QLineEdit, QPlainTextEdit)) and field.placeholderText() == editor.label_text():
            self.kit.words.bind(field, lambda: field.setPlaceholderText("\u2014"))

    def _loaded(self, state: ProposalState) -> None:
        if state.page.id == self.id:
            self.state = state
            self._unfilled.clear()
            self.loaded.emit(state)
