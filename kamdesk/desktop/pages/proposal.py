"""A proposal's page: goes through its steps, keeps the pages at the right up to date, moves its status (R4–R12)."""

from __future__ import annotations

from typing import Any, Final

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QMenu

from kamdesk.desktop.actions import Actions, ActionSpec
from kamdesk.desktop.desk import Desk
from kamdesk.desktop.dialogs.proposal_send import StatusDialog
from kamdesk.desktop.navigation.target import Target
from kamdesk.desktop.pages.proposal_step import NEVER_SENT, step_state
from kamdesk.desktop.pages.proposal_view import ProposalPageView
from kamdesk.desktop.pages.proposal_words import STEPS
from kamdesk.desktop.pages.proposal_work import ProposalState
from kamdesk.desktop.word_watch import WordWatch
from kamdesk.model.messages import N_, Message
from kamdesk.rules.proposal_checks import AWAITING

ACTIONS: Final = (
    ActionSpec("proposal.word", N_("Open in Word"), "word", ("Ctrl+E",)),
    ActionSpec("proposal.make", N_("Make the documents"), "refresh", ("Ctrl+G",)),
    ActionSpec("proposal.print", N_("Print"), "print", ("Ctrl+P",)),
    ActionSpec("proposal.send", N_("Record the sending…"), "mail"),
    ActionSpec("proposal.pages", N_("Show the pages"), "eye", ("F7",)),
    ActionSpec("proposal.copy", N_("Start a proposal from this one"), "copy"),
    ActionSpec("proposal.version", N_("New version"), "copy", ("Ctrl+Shift+N",)),
    ActionSpec("proposal.compare", N_("Compare versions…"), "history"),
    ActionSpec("proposal.elsewhere", N_("Start for another client…"), "clients"),
    ActionSpec("proposal.sheet", N_("Cheat sheet for facing the group"), "print"),
    ActionSpec("proposal.prolong", N_("Prolong…"), "calendar"),
    ActionSpec("proposal.next", N_("Next step"), "down", ("Ctrl+PgDown",), palette=False),
    ActionSpec("proposal.back", N_("Previous step"), "up", ("Ctrl+PgUp",), palette=False),
)


class ProposalEditPage(ProposalPageView):
    """``Target("proposal", id, step)``."""

    def __init__(self, desk: Desk, watch: WordWatch) -> None:
        super().__init__(desk, watch)
        self._desk = desk
        self._gone = False
        self._drafts: dict[str, str] = {}
        self._pages_wanted: bool | None = None
        self.actions_table = Actions(self, self.kit.words, self.kit.icons)
        self.actions_table.declare(ACTIONS, {
            "proposal.word": self.open_in_word,
            "proposal.make": self._make,
            "proposal.print": self.print_shown,
            "proposal.send": lambda: self.documents.ask_send(),
            "proposal.pages": lambda: self.pages_button.click(),
            "proposal.copy": self.start_from_this,
            "proposal.version": self.versions.new_version,
            "proposal.compare": self.versions.compare,
            "proposal.elsewhere": self.versions.elsewhere,
            "proposal.sheet": self.open_sheet,
            "proposal.prolong": self.standing.prolong,
            "proposal.next": lambda: self._turn(1),
            "proposal.back": lambda: self._turn(-1),
        })  # fmt: skip
        self.word.clicked.connect(lambda _checked=False: self.open_in_word())
        self.pages_button.clicked.connect(self._want_right)
        self.steps.chosen.connect(self.go_step)
        self.splitter.splitterMoved.connect(lambda _pos, _at: self._remember_width())
        self.work.loaded.connect(self._show)
        self.work.failed.connect(self._failed)
        self.work.person_asked.connect(self.show_person)
        self.work.client_asked.connect(lambda client: self._go_if_known("client", client))
        self.work.company_asked.connect(lambda: self._go_if_known("company", ""))
        self.person.closed.connect(self.close_person)
        self.person.open_asked.connect(lambda person: self._go_if_known("person", person))
        self.kit.theme.changed.connect(self._fit_right)
        # the step that takes edits back from Word must be there for each document that is out
        watch.opened.connect(lambda _document: self.documents)
        if watch.documents():
            self.middle.step("documents")
        self.kit.words.bind(self, self._say_again)

    # --- what a page answers to -------------------------------------------------------------------------------

    def open(self, target: Target) -> None:
        self.work.open(target.id)
        self.go_step(target.tab if target.tab in STEPS else self.steps.current(), remember=False)

    def refresh(self, changes: Any) -> None:
        if self.work.concerns(changes):
            self.work.reload()

    def leave(self) -> None:
        """Store what is typed; what was not added yet is kept as a draft, whatever becomes of the page."""
        super().leave()
        drafts, texts = self.work.place.drafts, self.unsaved()
        for key in self._drafts.keys() | texts.keys():
            text = texts.get(key, "")
            if self._drafts.get(key, "") != text:
                self.kit.commands.run(lambda key=key, text=text: drafts.keep(key, text))
        self._drafts = texts

    def client_id(self) -> str:
        """The client the proposal is for, "" while nothing is loaded: a new note is offered for them."""
        return self.work.state.page.organisation_id if self.work.state is not None else ""

    def unsaved(self) -> dict[str, str]:
        """What was typed and not added: for the drafts."""
        return self.middle.unsaved()

    # --- steps and pages --------------------------------------------------------------------------------------

    def go_step(self, step: str, *, remember: bool = True) -> None:
        """Go to a step; what was typed on the one before is stored."""
        self.leave()
        self.steps.set_current(step)
        shown = self.middle.turn(step)
        self._fit_right()
        if remember:
            self._desk.window.tab_changed(step)
            first = shown.first_widget()
            if (
                first is not None
                and self.isVisible()
                and not self.steps.isAncestorOf(self.focusWidget() or self.steps)
            ):
                first.setFocus()

    def show_person(self, person_id: str) -> None:
        """The card of a reader covers the pages until it is closed."""
        people = self.work.place.people

        def show(card: Any) -> None:
            self.person.show_card(card)
            self.right.setCurrentWidget(self.person)
            self._pages_wanted = True
            self._show_right()

        self.kit.queries.run(lambda: people.card(person_id), show, owner=self)

    def close_person(self) -> None:
        """Back to the pages."""
        self.right.setCurrentWidget(self.preview)

    def open_in_word(self) -> None:
        """Open the document whose pages are shown."""
        self.leave()
        self.documents.open_in_word(*self.preview.chosen())

    def print_shown(self) -> None:
        """Print the document whose pages are shown; make it first where it is not there."""
        state = self.work.state
        document = state.current(*self.preview.chosen()) if state is not None else None
        if document is None:
            self.go_step("documents")
            self._desk.window.notify(Message("document.not_made_yet"), "info")
            return
        self.documents.print_document(document.id)

    def start_from_this(self) -> None:
        """A new draft for the same client from this proposal."""
        state, proposals = self.work.state, self.work.place.proposals
        if state is not None:
            client, source = state.page.organisation_id, state.page.id
            self.work.run(
                lambda: proposals.start(client, from_id=source), lambda new: self.go("proposal", new)
            )

    def open_sheet(self) -> None:
        """The cheat sheet of the readers."""
        from kamdesk.desktop.dialogs.cheat_sheet import open_cheat_sheet

        open_cheat_sheet(self._desk, self, f"proposal:{self.work.id}")

    def _make(self) -> None:
        self.leave()
        self.go_step("documents")
        self.documents.generate()

    def _turn(self, step: int) -> None:
        shown = self.steps.shown()
        at = shown.index(self.steps.current()) + step if self.steps.current() in shown else 0
        if 0 <= at < len(shown):
            self.go_step(shown[at])
            first = self.middle.step(shown[at]).first_widget()
            if first is not None:
                first.setFocus()

    def _want_right(self) -> None:
        self._pages_wanted = self.pages_button.isChecked()
        self._show_right()
        if self._pages_wanted:
            self.preview.ask(at_once=True)

    def _show_right(self) -> None:
        """The pages stand there where there is room for them, unless the user said otherwise."""
        shown = self.has_room() if self._pages_wanted is None else self._pages_wanted
        self.pages_button.setChecked(shown)
        self.right.setVisible(shown)
        self.preview.active = shown

    def _fit_right(self) -> None:
        """Show or hide the pages as there is room, and give them their width."""
        self._show_right()
        width = self.preview_width(self.steps.current())
        self.splitter.setSizes([max(1, self.splitter.width() - width), width])

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        was = self.preview.active
        self._fit_right()
        if self.preview.active and not was:
            self.preview.ask()

    def _remember_width(self) -> None:
        self.kit.settings.set(f"proposal.preview.{self.steps.current()}", self.splitter.sizes()[1])

    def show_document(self, kind: str, reader_id: str | None) -> None:
        self.close_person()
        self.preview.choose(kind, reader_id)

    def _go_if_known(self, kind: str, record: str) -> None:
        self.go(kind, record)

    # --- showing ----------------------------------------------------------------------------------------------

    def _show(self, state: ProposalState) -> None:
        page = state.page

        def caption() -> str:
            money = ""
            if page.offer:
                money = self.texts.money(page.totals.gross, str(page.values["currency"]), "1")
            return " · ".join(part for part in (page.organisation, str(page.values["number"]), money) if part)

        self.set_title(lambda: self.texts.title(page), caption)
        for step in STEPS:
            mark, why = step_state(state, step)
            self.steps.set_state(step, mark, " ".join(self.texts.message(one) for one in why))
        self.steps.set_shown("closing", page.status not in NEVER_SENT)
        if page.status in NEVER_SENT and self.steps.current() == "closing":
            self.go_step("documents")
        self._show_status(state)

    def _show_status(self, state: ProposalState) -> None:
        _ = self.kit.words.gettext
        label = self.texts.label("proposal_status", state.page.status)
        if state.page.over:
            label = _("{status} · ran out").format(status=label)
        self.status.setText(label)
        self.status.setAccessibleName(_("Status: {status}").format(status=label))
        self.status.setToolTip(_("Status of the proposal"))
        old = self.status.menu()
        menu = QMenu(self.status)
        for code in state.page.next_statuses:
            action = menu.addAction(self.texts.label("proposal_status", code))
            action.triggered.connect(lambda _checked=False, code=code: self.ask_status(code))
        self.status.setMenu(menu)
        self.status.setEnabled(bool(state.page.next_statuses))
        if old is not None:
            old.deleteLater()

    def ask_status(self, code: str) -> None:
        """Move to another status; sending asks its own questions, some others a date or a reason."""
        state = self.work.state
        if state is None:
            return
        if code == "sent":
            self.go_step("documents")
            self.documents.ask_send()
            return
        if code in AWAITING or code == "declined":
            next_date: Any = state.page.values["next_date"]
            kept = next_date if next_date is not None and next_date >= state.today else None
            dialog = StatusDialog(
                self.kit,
                self.texts.label("proposal_status", code),
                kept,
                needs_date=code in AWAITING,
                needs_reason=code == "declined",
                parent=self,
            )
            dialog.ordered.connect(lambda when, reason: self._set_status(code, when, reason))
            dialog.open()
            return
        self._set_status(code, None, "")

    def _set_status(self, code: str, when: Any, reason: str) -> None:
        proposals, proposal_id = self.work.place.proposals, self.work.id
        self.work.run(lambda: proposals.set_status(proposal_id, code, next_date=when, loss_reason=reason))

    def _failed(self, message: Message) -> None:
        if message.code == "record.gone":
            if not self._gone:
                self._gone = True
                self._desk.window.forget("proposal", self.work.id)
            return
        self._desk.window.notify(message, "error")

    def _say_again(self) -> None:
        if self.work.state is not None:
            self._show(self.work.state)
