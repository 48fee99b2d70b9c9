"""Step "Documents": what was made, what was edited in Word, what was sent, and everything that is done with a file (R11, R12)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from kamdesk.desktop.dialogs.base import confirm
from kamdesk.desktop.dialogs.compare_versions import CompareDialog
from kamdesk.desktop.dialogs.proposal_send import SendDialog, SendOrder
from kamdesk.desktop.dialogs.wording_back import WordingBackDialog
from kamdesk.desktop.pages.proposal_document_card import DocumentCard
from kamdesk.desktop.pages.proposal_step import StepPage
from kamdesk.desktop.pages.proposal_words import ProposalWords
from kamdesk.desktop.pages.proposal_work import ProposalState, ProposalWork
from kamdesk.desktop.widgets.basic import button, clear, label
from kamdesk.desktop.widgets.flow import FlowLayout
from kamdesk.desktop.widgets.section import Section
from kamdesk.desktop.word_watch import WordWatch
from kamdesk.model.messages import KamdeskError, Message
from kamdesk.model.written import write_date
from kamdesk.rules.proposal_checks import Finding, Severity
from kamdesk.services.generation import Audience
from kamdesk.services.proposal_views import DispatchView, DocumentView

ERRORS_SHOWN = 6


class DocumentsStep(StepPage):
    """``shown(kind, reader id)``: the pages of this document are wanted at the right."""

    shown = Signal(str, object)

    def __init__(self, work: ProposalWork, words: ProposalWords, watch: WordWatch) -> None:
        super().__init__(work, words, "documents")
        self._watch = watch
        self._seen: object = None
        self._copies: dict[str, Path] = {}
        self._making = 0
        self._accepted: set[str] = set()
        self.put(self._made())
        self.put(self._sent())
        watch.opened.connect(lambda _document: self._again())
        watch.taken.connect(self._taken)
        watch.failed.connect(self._failed)
        self.kit.words.bind(self, self._again)

    def first_widget(self) -> QWidget | None:
        return self.make

    def cards(self) -> list[DocumentCard]:
        """The documents in their order."""
        found = (self._cards.itemAt(at).widget() for at in range(self._cards.count()))
        return [card for card in found if isinstance(card, DocumentCard)]

    def found(self, state: ProposalState) -> list[tuple[Severity, Message]]:
        """Here everything that needs a decision before the documents leave."""
        errors: list[tuple[Severity, Message]] = [
            (one.severity, one.message) for one in state.page.findings if one.severity == Severity.ERROR
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
        focused = next((card.document.id for card in self.cards() if card.hasFocus()), "")
        clear(self._cards)
        done: set[tuple[str, str | None]] = set()
        for document in state.documents():
            key = document.kind, document.reader_id
            if key not in done:
                done.add(key)
                self._cards.addWidget(self._card(state.versions(document)))
        made = bool(page.documents)
        self._nothing.setVisible(not made)
        for widget in (self.send_button, self.save_all):
            widget.setEnabled(made)
        self._show_sent(page.dispatches)
        for card in self.cards():
            if card.document.id == focused:
                card.setFocus()

    # --- building ---------------------------------------------------------------------------------------------

    def _made(self) -> Section:
        kit, _ = self.kit, self.kit.words.gettext
        section = Section(kit, lambda: _("Documents"))
        self.make = button(kit, lambda: _("Make the documents"), "refresh", "", self.generate)
        self.save_all = button(kit, lambda: _("Save all to a folder…"), "save", "", self.ask_folder_for_all)
        self.send_button = button(kit, lambda: _("Record the sending…"), "mail", "", self.ask_send)
        tools = QWidget()
        flow = FlowLayout(tools)
        for made in (self.make, self.save_all, self.send_button):
            flow.addWidget(made)
        section.body.addWidget(tools)
        self._nothing = label(kit, lambda: _("One document for the group, a cover letter for each reader, and the variants that were asked for: they are made in a few seconds and finished in Word."), "muted", wrap=True)  # fmt: skip
        section.body.addWidget(self._nothing)
        self._cards = QVBoxLayout()
        self._cards.setSpacing(8)
        section.body.addLayout(self._cards)
        return section

    def _sent(self) -> Section:
        kit, _ = self.kit, self.kit.words.gettext
        section = Section(
            kit, lambda: _("What was sent"), add=lambda: _("Add a signed scan…"), on_add=self.ask_scan
        )
        self._dispatches = QVBoxLayout()
        self._dispatches.setSpacing(4)
        section.body.addLayout(self._dispatches)
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

    def _show_sent(self, dispatches: tuple[DispatchView, ...]) -> None:
        clear(self._dispatches)
        kit, _ = self.kit, self.kit.words.gettext
        if not dispatches:
            self._dispatches.addWidget(
                label(
                    kit,
                    lambda: _("Nothing yet. The exact file stays here once it is sent."),
                    "muted",
                    wrap=True,
                )
            )
        for one in dispatches:
            when = write_date(one.sent_on, kit.words.language) if one.sent_on is not None else ""
            about = " · ".join(
                part
                for part in (one.recipient, self.words.label("dispatch_channel", one.channel), when, one.note)
                if part
            )
            row = QHBoxLayout()
            words = QVBoxLayout()
            words.setSpacing(0)
            words.addWidget(label(kit, lambda one=one: one.file_name, wrap=True))
            words.addWidget(label(kit, lambda about=about: about, "caption", wrap=True))
            row.addLayout(words, 1)
            open_it = button(
                kit, lambda: _("Open a copy"), "external", "link", lambda at=one.id: self.open_sent(at)
            )
            open_it.setAccessibleName(_("Open a copy: {what}").format(what=one.file_name))
            row.addWidget(open_it)
            self._dispatches.addLayout(row)

    # --- what is done with one document -----------------------------------------------------------------------

    def do(self, document_id: str, what: str) -> None:
        """What a card asks for."""
        acts: dict[str, Callable[[str], object]] = {
            "word": self._watch.open,
            "print": self.print_document,
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
        self._ask_folder(lambda folder: self.save([document_id], folder))

    def ask_folder_for_all(self) -> None:
        """Save every document that goes out into a folder."""
        state = self.work.state
        ids = [one.id for one in state.page.documents if one.is_current] if state is not None else []
        self._ask_folder(lambda folder: self.save(ids, folder))

    def save(self, document_ids: list[str], folder: Path) -> None:
        """Write Word and PDF files into a folder, in a job."""
        _, ngettext, files = self.kit.words.gettext, self.kit.words.ngettext, self.work.place.word_files

        def work(progress: Any) -> list[Path]:
            written: list[Path] = []
            for done, document_id in enumerate(document_ids):
                progress.report("", done, len(document_ids))
                written += files.export(document_id, folder)
            return written

        def done(paths: list[Path]) -> None:
            n = len(paths)
            self.work.desk.window.notify(
                lambda: ngettext("{n} file saved to {folder}", "{n} files saved to {folder}", n).format(
                    n=n, folder=folder
                ),
                "success",
                action=lambda: _("Open the folder"),
                on_action=lambda: QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder))),
            )

        self.kit.jobs.start(_("Saving documents"), work, done, self._tell_problem, owner=self)

    def _ask_folder(self, chosen: Callable[[Path], object]) -> None:
        _ = self.kit.words.gettext
        dialog = QFileDialog(
            self, _("Where to save the documents"), str(self.kit.settings.get("proposal.folder", ""))
        )
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)

        def take(name: str) -> None:
            self.kit.settings.set("proposal.folder", name)
            chosen(Path(name))

        dialog.fileSelected.connect(take)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    # --- making -----------------------------------------------------------------------------------------------

    def generate(self, audience: Audience = Audience(), then: Callable[[], object] | None = None) -> None:  # noqa: B008
        """Make the documents in a job; asks first where a mandatory block is missing or empty, once for each."""
        state = self.work.state
        if state is None or self._making:
            return
        generation, proposal_id = self.work.place.generation, self.work.id
        found = [one for one in state.page.findings if one.severity == Severity.ERROR and one.block]
        wanted = state.page.values["template_id"]
        if not any(one.id == wanted and one.mode == "tags" for one in state.templates):
            self._ask_missing(found, audience, then)
            return
        self.kit.queries.run(
            lambda: generation.lacking(proposal_id),
            lambda lacking: self._ask_missing([*found, *lacking], audience, then),
            lambda _message: self._ask_missing(found, audience, then),  # making them says what is wrong
            owner=self,
        )

    def _ask_missing(
        self, missing: Sequence[Finding], audience: Audience, then: Callable[[], object] | None
    ) -> None:
        """Ask about what is missing, once for each, then make them."""
        if self._making:
            return
        if {one.message.code + one.block for one in missing} <= self._accepted:
            self._generate(audience, then)
            return
        _ = self.kit.words.gettext

        def go_on() -> None:
            self._accepted |= {one.message.code + one.block for one in missing}
            self._generate(audience, then)

        sentences = "\n".join(self.words.message(one.message) for one in missing)
        confirm(
            self.kit, self, lambda: _("Make the documents all the same?"), lambda: sentences, lambda: _("Make them"),
            go_on, danger=False,
        )  # fmt: skip

    def _generate(self, audience: Audience, then: Callable[[], object] | None) -> None:
        _, ngettext = self.kit.words.gettext, self.kit.words.ngettext
        generation, proposal_id = self.work.place.generation, self.work.id

        def work(progress: Any) -> tuple[int, int]:
            progress.report("")
            made = generation.generate(
                proposal_id, audience, progress=lambda done, total, what: progress.report(what, done, total)
            )
            kept = sum(one.edits_stand for one in made)
            return len(made) - kept, kept

        def done(counts: tuple[int, int]) -> None:
            n, kept = counts
            self._ended()
            if kept:
                self.work.desk.window.notify(
                    lambda: _("Made anew: {n}. Your edits were left in: {kept}.").format(n=n, kept=kept),
                    "info",
                )
            else:
                self.work.desk.window.notify(
                    lambda: ngettext("{n} document made", "{n} documents made", n).format(n=n), "success"
                )
            if then is not None:
                then()

        def failed(message: Message) -> None:
            self._ended()
            self._tell_problem(message)

        self.make.setEnabled(False)
        self._making = self.kit.jobs.start(
            _("Making documents"), work, done, failed, self._cancelled, owner=self
        )

    def _cancelled(self) -> None:
        self._ended()
        self._tell_problem(Message("generation.cancelled"))

    def _ended(self) -> None:
        self._making = 0
        self.make.setEnabled(True)

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

    # --- Word -------------------------------------------------------------------------------------------------

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

    # --- sending ----------------------------------------------------------------------------------------------

    def ask_send(self) -> None:
        """Record that documents were sent, with the next date."""
        state, _ = self.work.state, self.kit.words.gettext
        if state is None:
            return
        # As the page has them: the group document first, then by name in the order of the alphabet.
        current = [one for one in state.page.documents if one.is_current]
        if not current:
            self._tell_problem(Message("proposal.nothing_to_send"))
            return
        marks = {
            one.id: _("edited in Word")
            if one.hand_edited
            else _("made before the last change")
            if one.stale
            else ""
            for one in current
        }
        entries = [(one.id, self.words.document(one), marks[one.id]) for one in current]
        next_date: Any = state.page.values["next_date"]
        older = {one.id: self.words.older() for one in current if one.behind}
        dialog = SendDialog(self.kit, entries, state.today, next_date, self, older=older)
        dialog.ordered.connect(self.send)
        dialog.open()

    def send(self, order: SendOrder) -> None:
        """Keep the exact files, the status and the next date as one step."""
        sending, proposal_id, _ = self.work.place.sending, self.work.id, self.kit.words.gettext
        self.work.run(
            lambda: sending.send(
                proposal_id,
                order.document_ids,
                channel=order.channel,
                next_date=order.next_date,
                sent_on=order.sent_on,
                note=order.note,
            ),
            lambda _result: self.work.desk.window.notify(
                lambda: _("Recorded: the exact files are kept with the proposal."), "success"
            ),
            self._tell_problem,
        )

    def ask_scan(self) -> None:
        """Choose a file that was sent in another way."""
        _ = self.kit.words.gettext
        dialog = QFileDialog(self, _("The file that was sent"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(lambda name: self.take_scan(Path(name)))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def take_scan(self, path: Path) -> None:
        """Ask how and when a chosen file was sent, then keep it."""
        state = self.work.state
        if state is None:
            return
        sending, proposal_id = self.work.place.sending, self.work.id

        def work(order: SendOrder) -> str:
            try:
                content = path.read_bytes()
            except OSError as error:
                raise KamdeskError(
                    "template.cannot_read", name=path.name, reason=error.strerror or ""
                ) from error
            return sending.attach_sent(
                proposal_id, path.name, content, channel=order.channel, sent_on=order.sent_on, note=order.note
            )

        dialog = SendDialog(self.kit, (), state.today, None, self, scan=path.name)
        dialog.ordered.connect(lambda order: self.work.run(lambda: work(order), failed=self._tell_problem))
        dialog.open()

    def open_sent(self, dispatch_id: str) -> None:
        """Open a copy of exactly what was sent."""
        sending, plain = self.work.place.sending, self.work.desk.plain

        def done(path: Path) -> None:
            if not QDesktopServices.openUrl(QUrl.fromLocalFile(str(path))):
                self._tell_problem(Message("document.no_program", {"folder": str(path.parent)}))

        self.kit.queries.run(
            lambda: plain.give(*sending.sent_file(dispatch_id)), done, self._tell_problem, owner=self
        )

    def _tell_problem(self, message: Message) -> None:
        self.work.desk.window.notify(message, "info" if message.code == "generation.cancelled" else "error")

    def _again(self) -> None:
        self._seen = None
        if self.work.state is not None:
            self.show_state(self.work.state)
