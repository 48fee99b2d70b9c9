"""Step "Documents": what was made, what was edited in Word, what was sent, and everything that is done with a file (R11, R12)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from kamdesk.desktop.dialogs.compare_versions import CompareDialog
from kamdesk.desktop.dialogs.wording_back import WordingBackDialog
from kamdesk.desktop.pages.output_desk import OutputDesk, ask_where
from kamdesk.desktop.pages.proposal_document_card import DocumentCard
from kamdesk.desktop.pages.proposal_making import Making
from kamdesk.desktop.pages.proposal_same import SameWarning
from kamdesk.desktop.pages.proposal_sent import SentSection
from kamdesk.desktop.pages.proposal_step import StepPage, shown_severity
from kamdesk.desktop.pages.proposal_words import ProposalWords
from kamdesk.desktop.pages.proposal_work import ProposalState, ProposalWork
from kamdesk.desktop.widgets.basic import button, clear, holds_keyboard, label
from kamdesk.desktop.widgets.flow import FlowLayout
from kamdesk.desktop.widgets.section import Section
from kamdesk.desktop.word_watch import WordWatch
from kamdesk.model.messages import Message
from kamdesk.rules.proposal_checks import Severity
from kamdesk.services.batch import Leaving
from kamdesk.services.generation import Audience
from kamdesk.services.proposal_views import DocumentView

ERRORS_SHOWN = 6


class DocumentsStep(StepPage):
    """``shown(kind, reader id)``: the pages of this document are wanted at the right."""

    shown = Signal(str, object)

    def __init__(self, work: ProposalWork, words: ProposalWords, watch: WordWatch) -> None:
        super().__init__(work, words, "documents")
        self._watch = watch
        self._seen: object = None
        self._copies: dict[str, Path] = {}
        self.output = OutputDesk(work.desk, words, self)
        self.making = Making(work, words, self, self._tell_problem)
        self.sent = SentSection(work, words, self._tell_problem)
        self.generate, self.ask_send = self.making.generate, self.sent.ask_send
        self.same = SameWarning(work)
        self.put(self.same)
        self.put(self._made())
        self.put(self.sent)
        self.making.busy.connect(self._make_busy)
        watch.opened.connect(lambda _document: self._again())
        watch.taken.connect(self._taken)
        watch.failed.connect(self._failed)
        self.kit.words.bind(self, self._again)

    def first_widget(self) -> QWidget | None:
        return self.make

    def _make_busy(self, busy: bool) -> None:
        """While documents are made the keyboard waits on the page: Qt would give it to whatever button comes next."""
        held = self.make.hasFocus()
        if held and busy:
            self.setFocus(Qt.FocusReason.OtherFocusReason)
        self.make.setDisabled(busy)
        if not busy and self.hasFocus():
            self.make.setFocus(Qt.FocusReason.OtherFocusReason)

    def cards(self) -> list[DocumentCard]:
        """The documents in their order."""
        found = (self._cards.itemAt(at).widget() for at in range(self._cards.count()))
        return [card for card in found if isinstance(card, DocumentCard)]

    def found(self, state: ProposalState) -> list[tuple[Severity, Message]]:
        """Here everything that needs a decision before the documents leave."""
        errors: list[tuple[Severity, Message]] = [
            (shown_severity(one, calm=False), one.message)
            for one in state.page.findings
            if one.severity == Severity.ERROR
        ]
        behind = [(Severity.ERROR, one) for one in state.page.notices if one.code == "document.edited_older"]
        if not state.page.documents:  # still being written: a look is enough
            return [(Severity.WARNING, message) for _severity, message in errors[:ERRORS_SHOWN]]
        return behind + errors[:ERRORS_SHOWN]

    def show_state(self, state: ProposalState) -> None:
        page = state.page
        seen = (state.documents(), page.dispatches, self._watch.documents())
        if seen == self._seen:
            return
        self._seen = seen
        focused = next((card.document.id for card in self.cards() if holds_keyboard(card)), "")
        clear(self._cards)
        done: set[tuple[str, str | None]] = set()
        for document in state.documents():
            key = document.kind, document.reader_id
            if key not in done:
                done.add(key)
                self._cards.addWidget(self._card(state.versions(document)))
        made = bool(page.documents)
        self._nothing.setVisible(not made)
        for widget in (self.send_button, self.save_all, self.print_button, self.mail_button):
            widget.setEnabled(made)
        self.sent.show_dispatches(page.dispatches)
        for card in self.cards():
            if card.document.id == focused:
                card.setFocus()

    # --- building ---------------------------------------------------------------------------------------------

    def _made(self) -> Section:
        kit, _ = self.kit, self.kit.words.gettext
        section = Section(kit, lambda: _("Documents"))
        self.make = button(kit, lambda: _("Make the documents"), "refresh", "", self.generate)
        self.mail_button = button(kit, lambda: _("E-mail drafts…"), "mail", "", lambda: self.draft_mails())
        self.print_button = button(kit, lambda: _("Print…"), "print", "", self.print_all)
        self.save_all = button(kit, lambda: _("Save all to a folder…"), "save", "", self.ask_folder_for_all)
        self.send_button = button(kit, lambda: _("Record the sending…"), "ok", "", lambda: self.ask_send())
        tools = QWidget()
        flow = FlowLayout(tools)
        for made in (self.make, self.mail_button, self.print_button, self.save_all, self.send_button):
            flow.addWidget(made)
        section.body.addWidget(tools)
        self._nothing = label(kit, lambda: _("One document for the group, a cover letter for each reader, and the variants that were asked for: they are made in a few seconds and finished in Word."), "muted", wrap=True)  # fmt: skip
        section.body.addWidget(self._nothing)
        self._cards = QVBoxLayout()
        self._cards.setSpacing(8)
        section.body.addLayout(self._cards)
        return section

    def _card(self, versions: tuple[DocumentView, ...]) -> DocumentCard:
        current = next((one for one in versions if one.is_current), versions[0])
        card = DocumentCard(
            self.kit,
            self.words,
            versions,
            is_out=current.id in self._watch.documents(),
            drag_file=self._copies.get,
        )
        card.asked.connect(self.do)
        return card

    # --- what is done with one document -----------------------------------------------------------------------

    def do(self, document_id: str, what: str) -> None:
        """What a card asks for."""
        acts: dict[str, Callable[[str], object]] = {
            "word": self._watch.open,
            "print": self.print_document,
            "mail": self.draft_mails,
            "save": self.ask_folder,
            "show": self._show,
            "prepare": self._prepare,
            "use": self.use,
            "compare_current": self.compare_with_current,
            "changes": self.show_changes,
        }
        acts[what](document_id)

    def _document(self, document_id: str) -> DocumentView | None:
        state = self.work.state
        return (
            next((one for one in state.page.documents if one.id == document_id), None)
            if state is not None
            else None
        )

    def _show(self, document_id: str) -> None:
        document = self._document(document_id)
        if document is not None:
            self._prepare(document_id)
            self.shown.emit(document.kind, document.reader_id)

    def _prepare(self, document_id: str) -> None:
        """Put a copy of the PDF where another program can take it, so that dragging it out has something to give."""
        document, plain, files = self._document(document_id), self.work.desk.plain, self.work.place.word_files
        kept = self._copies.get(document_id)
        if document is None or (kept is not None and kept.exists()):
            return
        name = f"{document.file_name}.pdf"
        self.kit.queries.run(
            lambda: plain.give(name, files.pdf(document_id)),
            lambda path: self._copies.__setitem__(document_id, path),
            self._tell_problem,
            owner=self,
            key=f"copy {document_id}",
        )

    def print_document(self, document_id: str) -> None:
        """Show the dialog before paper."""
        document, files, printing = (
            self._document(document_id),
            self.work.place.word_files,
            self.work.desk.printing,
        )
        if document is None:
            return
        name = self.words.document(document)
        self.kit.queries.run(
            lambda: files.pdf(document_id),
            lambda pdf: printing.print_pdf(self, name, pdf),
            self._tell_problem,
            owner=self,
        )

    def use(self, document_id: str) -> None:
        """Let this version go out; the others stay."""
        files = self.work.place.word_files
        self.work.run(lambda: files.use_version(document_id))

    def compare_with_current(self, document_id: str) -> None:
        """The differences between the version that goes out and another one."""
        document, state, files = self._document(document_id), self.work.state, self.work.place.word_files
        current = (
            state.current(document.kind, document.reader_id)
            if state is not None and document is not None
            else None
        )
        if document is None or current is None:
            return
        _ = self.kit.words.gettext
        dialog = CompareDialog(
            self.kit,
            self.words,
            lambda: _("Version {n} beside version {m}").format(n=current.version, m=document.version),
            lambda: _("version {n}:").format(n=current.version),
            lambda: _("version {n}:").format(n=document.version),
            say_use=lambda: _("Use version {n}").format(n=document.version),
            parent=self,
        )
        dialog.used.connect(lambda: self.use(document_id))
        self._fill_comparison(dialog, lambda: files.compare(current.id, document_id))

    def show_changes(self, document_id: str) -> None:
        """What was changed by hand in a version, to be taken over where it has a place in the proposal."""
        WordingBackDialog(self.work.desk, self.words, document_id, self).open()

    def _fill_comparison(self, dialog: CompareDialog, compare: Callable[[], Any]) -> None:
        _ = self.kit.words.gettext
        dialog.open()
        self.kit.jobs.start(
            _("Comparing two versions"), lambda _progress: compare(), dialog.show_edits,
            lambda message: dialog.tell(self.words.message(message)), owner=dialog,
        )  # fmt: skip

    # --- files ------------------------------------------------------------------------------------------------

    def ask_folder(self, document_id: str) -> None:
        """Save one document as Word and PDF into a folder."""
        ask_where(self.work.desk, self, lambda folder: self.save([document_id], folder))

    def ask_folder_for_all(self) -> None:
        """Save every document that goes out into a folder."""
        ids = [one.id for one in self._leaving()]
        ask_where(self.work.desk, self, lambda folder: self.save(ids, folder))

    def save(self, document_ids: list[str], folder: Path) -> None:
        """Write Word and PDF files into a folder, in a job."""
        chosen = [self._as_leaving(one) for one in self._documents(document_ids)]
        self.output.save_these(lambda: chosen, folder)

    def print_all(self) -> None:
        """Print every document that goes out, one after another."""
        self.output.print_these([self._as_leaving(one) for one in self._leaving()])

    def draft_mails(self, document_id: str = "") -> None:
        """E-mail drafts with everything that goes out, or with one document."""
        ids = [document_id] if document_id else None
        self.output.mail([self.work.id], ids, self._ask_after_mail)

    def _ask_after_mail(self) -> None:
        """The mail program does not tell what became of a draft, so the user is asked."""
        _ = self.kit.words.gettext
        self.work.desk.window.notify(
            lambda: _("When the e-mails have left, record it: the exact files are kept then."),
            "info",
            action=lambda: _("Record the sending…"),
            on_action=lambda: self.ask_send("email"),
        )

    def _leaving(self) -> list[DocumentView]:
        state = self.work.state
        return [one for one in state.documents() if one.is_current] if state is not None else []

    def _documents(self, ids: Sequence[str]) -> list[DocumentView]:
        state = self.work.state
        known = {one.id: one for one in state.page.documents} if state is not None else {}
        return [known[one] for one in ids if one in known]

    def _as_leaving(self, one: DocumentView) -> Leaving:
        state = self.work.state
        title = self.words.title(state.page) if state is not None else ""
        return Leaving(one.id, self.work.id, title, one.kind, one.recipient, one.file_name, one.behind)

    # --- Word -------------------------------------------------------------------------------------------------

    def open_in_word(self, kind: str, reader_id: str | None) -> None:
        """Open a document in Word; one that was not made yet, or is older than the proposal, is made first."""
        state = self.work.state
        document = state.current(kind, reader_id) if state is not None else None
        if document is not None and (document.hand_edited or not document.stale):
            self._watch.open(document.id)
            return
        audience = Audience(
            group=kind == "group",
            letters=(str(reader_id),) if kind == "cover" else (),
            variants=(str(reader_id),) if kind == "variant" else (),
        )
        self.generate(audience, lambda: self._open_newest(kind, reader_id))

    def _open_newest(self, kind: str, reader_id: str | None) -> None:
        proposals, proposal_id = self.work.place.proposals, self.work.id

        def find() -> str:
            same = (
                one
                for one in proposals.page(proposal_id).documents
                if (one.kind, one.reader_id) == (kind, reader_id)
            )
            return next(one.id for one in same if one.is_current)

        self.kit.queries.run(find, self._watch.open, self._tell_problem, owner=self)

    def _taken(self, _old: str, new: str) -> None:
        place, proposal_id, window = self.work.place, self.work.id, self.work.desk.window
        _ = self.kit.words.gettext

        def name() -> str:
            found = (one for one in place.proposals.page(proposal_id).documents if one.id == new)
            return next((one.file_name for one in found), "")

        def tell(file_name: str) -> None:
            if file_name:  # a document of another proposal is told by its own page
                window.notify(
                    lambda: _("Your changes to “{name}” were taken back from Word as a new version.").format(
                        name=file_name
                    ),
                    "success",
                    action=lambda: _("What was changed"),
                    on_action=lambda: self.show_changes(new),
                )

        self.kit.queries.run(name, tell, owner=self)

    def _failed(self, document_id: str, message: Message) -> None:
        if self._document(document_id) is not None:
            self._tell_problem(message)

    def _tell_problem(self, message: Message) -> None:
        self.work.desk.window.notify(message, "info" if message.code == "generation.cancelled" else "error")

    def _again(self) -> None:
        self._seen = None
        if self.work.state is not None:
            self.show_state(self.work.state)
