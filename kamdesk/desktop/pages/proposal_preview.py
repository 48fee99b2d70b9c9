"""The pages of the real document at the right: made in the worker after a pause, the last good ones stay meanwhile.

What was edited in Word is the document, so it is shown; anything else is made anew from the proposal as it is now, without being stored.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from kamdesk.desktop.pages.proposal_words import ProposalWords
from kamdesk.desktop.pages.proposal_work import ProposalState, ProposalWork
from kamdesk.desktop.widgets.basic import label
from kamdesk.desktop.widgets.inline_choice import Combo
from kamdesk.desktop.widgets.page_preview import PagePreview
from kamdesk.model.messages import Message
from kamdesk.services.proposal_views import DocumentView

PAUSE_MS: Final = 700
DPI: Final = 144


@dataclass(frozen=True)
class _Drawn:
    """Pages as PNG and why another converter had to step in."""

    pages: tuple[bytes, ...]
    reason: Message | None


class ProposalPreview(QWidget):
    """Shows one document of the proposal, chosen above it; give it the focus for zoom and page keys."""

    def __init__(self, work: ProposalWork, words: ProposalWords) -> None:
        super().__init__()
        self._work = work
        self._words = words
        self._kit = work.kit
        self._chosen: tuple[str, str | None] = ("group", None)
        self._asked: object = None
        self._underway: object = None
        self._wanted = False
        self.active = True
        _ = self._kit.words.gettext
        self.choice = Combo(self._kit)
        self.choice.activated.connect(lambda at: self.choose(*self.choice.itemData(at)))
        self._kit.words.bind(self.choice, lambda: self.choice.setAccessibleName(_("Which document is shown")))
        self.note = label(self._kit, look="caption", wrap=True)
        self.problem = label(self._kit, look="error", wrap=True)
        self.pages = PagePreview(self._kit)
        self._pause = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._pause.timeout.connect(self._make)
        head = QHBoxLayout()
        head.addWidget(self.choice, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addLayout(head)
        column.addWidget(self.note)
        column.addWidget(self.problem)
        column.addWidget(self.pages, 1)
        for widget in (self.note, self.problem):
            widget.hide()
        work.loaded.connect(self._loaded)
        self._kit.jobs.idle.connect(self._no_job)
        self._kit.words.bind(self, self._fill)

    def chosen(self) -> tuple[str, str | None]:
        """Kind and reader of the shown document."""
        return self._chosen

    def choose(self, kind: str, reader_id: str | None) -> None:
        """Show another document."""
        if (kind, reader_id) != self._chosen:
            self._chosen = (kind, reader_id)
            self._fill()
            self.ask(at_once=True)

    def ask(self, *, at_once: bool = False) -> None:
        """Make the pages anew, after a pause in which more may change."""
        if at_once:
            self._pause.stop()
            self._make()
        else:
            self._pause.start()

    # --- inside -----------------------------------------------------------------------------------------------

    def _loaded(self, state: ProposalState) -> None:
        _kind, reader_id = self._chosen
        if reader_id is not None and state.reader(reader_id) is None:
            self._chosen = ("group", None)
        self._fill()
        if self._fingerprint(state) != self._asked:
            self.ask(at_once=self.pages.page_count() == 0)

    def _fill(self) -> None:
        """The documents one may look at; those that are asked for separately are offered as such."""
        state = self._work.state
        if state is None:
            return
        entries: list[tuple[str, str | None, str]] = [("group", None, "")]
        entries += [("cover", reader.id, self._words.name(reader.name)) for reader in state.page.readers]
        entries += [
            ("variant", reader.id, self._words.name(reader.name))
            for reader in state.page.readers
            if reader.separate
        ]
        wanted = [
            (self._words.document_of(kind, name), (kind, reader_id)) for kind, reader_id, name in entries
        ]
        shown = [(self.choice.itemText(at), self.choice.itemData(at)) for at in range(self.choice.count())]
        if wanted != shown:
            self.choice.clear()
            for text, data in wanted:
                self.choice.addItem(text, data)
        at = next((at for at, (_text, data) in enumerate(wanted) if data == self._chosen), 0)
        self.choice.setCurrentIndex(at)
        self._chosen = wanted[at][1]
        self._say_note(state)

    def _say_note(self, state: ProposalState) -> None:
        _ = self._kit.words.gettext
        edited = self._edited(state)
        words = ""
        if edited is not None:
            words = _("Version {n}, edited in Word: this is what goes out.").format(n=edited.version)
        self.note.setText(words)
        self.note.setVisible(bool(words))

    def _edited(self, state: ProposalState) -> DocumentView | None:
        document = state.current(*self._chosen)
        return document if document is not None and document.hand_edited else None

    def _fingerprint(self, state: ProposalState) -> object:
        """What the pages are made from; the same again needs no new ones."""
        edited = self._edited(state)
        if edited is not None:
            return edited.id
        page = state.page
        readers = tuple(
            (one.id, one.name, one.title, one.subject, one.chosen, one.separate) for one in page.readers
        )
        values = tuple((name, str(value)) for name, value in sorted(page.values.items()))
        return (self._chosen, values, page.offer, page.benefit, page.stages, readers, page.case_ids,
                page.recommender_ids, page.team, state.colleagues, state.cases, state.recommenders, state.templates)  # fmt: skip

    def _make(self) -> None:
        state = self._work.state
        if state is None or not self.active:
            return
        if self._underway is not None:
            self._wanted = True
            return
        fingerprint = self._fingerprint(state)
        self._asked = self._underway = fingerprint
        self._wanted = False
        _, place = self._kit.words.gettext, self._work.place
        proposal_id, (kind, reader_id), edited = state.page.id, self._chosen, self._edited(state)

        def work(progress: Any) -> _Drawn:
            reason = None
            if edited is not None:
                pdf = place.word_files.pdf(edited.id)
            else:
                made = place.generation.preview(proposal_id, kind, reader_id)
                pdf, reason = made.pdf or b"", made.converter_reason
            progress.report("")
            return _Drawn(tuple(page.png for page in place.workers.pages(pdf, dpi=DPI)), reason)

        self.pages.set_busy(True)
        self._kit.jobs.start(_("Pages"), work, self._made, self._failed, self._ended, owner=self)

    def _made(self, drawn: _Drawn) -> None:
        self._ended()
        self.problem.setVisible(drawn.reason is not None)
        if drawn.reason is not None:
            self.problem.setText(self._words.message(drawn.reason))
        self.pages.set_pages(drawn.pages, DPI)

    def _failed(self, message: Message) -> None:
        self._ended()
        self.problem.setText(self._words.message(message))
        self.problem.show()

    def _no_job(self) -> None:
        """A job that ended by a fault of the program answers to nobody: the next change must find the way free."""
        if self._underway is not None:
            self._ended()

    def _ended(self) -> None:
        self._underway = None
        self.pages.set_busy(False)
        if self._wanted:
            self.ask()
