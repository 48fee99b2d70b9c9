"""Step "Arguments": a column for each reader, the matrix of criteria, projects and recommenders (R5, R6, R8)."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QCursor
from PySide6.QtWidgets import (
    QHBoxLayout,
    QHeaderView,
    QMenu,
    QScrollArea,
    QStackedWidget,
    QTableView,
    QWidget,
)

from kamdesk.desktop.dialogs.argument_pick import ArgumentPickDialog
from kamdesk.desktop.dialogs.reword import RewordDialog
from kamdesk.desktop.models.criteria import CriteriaModel
from kamdesk.desktop.pages.proposal_argument_column import ReaderColumn
from kamdesk.desktop.pages.proposal_proofs import ProofsView
from kamdesk.desktop.pages.proposal_step import StepPage
from kamdesk.desktop.pages.proposal_words import ProposalWords
from kamdesk.desktop.pages.proposal_work import ProposalState, ProposalWork
from kamdesk.desktop.widgets.basic import button, columns, label, rows
from kamdesk.desktop.widgets.list_print import PrintColumn, list_pdf
from kamdesk.desktop.widgets.scroll import scrolling
from kamdesk.desktop.widgets.switches import switches
from kamdesk.desktop.widgets.tab_order import order_tabs
from kamdesk.model.messages import Message
from kamdesk.model.written import write_date
from kamdesk.rules.proposal_checks import Severity
from kamdesk.services.proposal_views import ReaderView
from kamdesk.services.tellings import ContactChoice

VIEWS = ("columns", "criteria", "proofs")
AT_ONCE = 3
"""So many columns are in sight; the others are filled after these were shown."""


class ArgumentsStep(StepPage):
    """Every decision is stored at once and the ranking answers with what follows from it."""

    def __init__(self, work: ProposalWork, words: ProposalWords) -> None:
        super().__init__(work, words, "arguments", fills=True)
        self.columns: dict[str, ReaderColumn] = {}
        self._rest = QTimer(self, singleShot=True, interval=0)
        self._rest.timeout.connect(self._fill_next)
        self._stack = QStackedWidget()
        self._stack.addWidget(self._columns_view())
        self._stack.addWidget(self._criteria_view())
        self.proofs = ProofsView(work, words)
        self._stack.addWidget(self._scrolled(self.proofs))
        self.body.addLayout(self._switch())
        self.body.addWidget(self._stack, 1)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def first_widget(self) -> QWidget | None:
        column = next(iter(self.columns.values()), None)
        return column.box if column is not None else None

    def found(self, state: ProposalState) -> list[tuple[Severity, Message]]:
        """What concerns one reader is said in their column; here what was chosen by hand and cannot be used."""
        blocked = [one for one in state.page.notices if not one.code.startswith("document.")]
        rest = [entry for entry in super().found(state) if not entry[1].code.startswith("check.uncovered")]
        return [*rest, *((Severity.WARNING, one) for one in _once(blocked))]

    def show_state(self, state: ProposalState) -> None:
        readers = state.page.readers
        ids = [reader.id for reader in readers]
        if list(self.columns) != ids:
            self._arrange(ids)
        for at, reader in enumerate(readers):
            self.columns[reader.id].show_reader(reader, later=at >= AT_ONCE)
        self._rest.start()
        self._nobody.setVisible(not readers)
        self.criteria.show(state.page.criteria, readers)
        self._say_gaps()
        if self._stack.currentIndex() == VIEWS.index("proofs"):
            self.proofs.show_state(state)

    def show_view(self, view: str) -> None:
        """Show "columns", "criteria" or "proofs"."""
        at = VIEWS.index(view)
        self._chips[view].setChecked(True)
        self._stack.setCurrentIndex(at)
        if view == "proofs" and self.work.state is not None:
            self.proofs.show_state(self.work.state)

    def _fill_next(self) -> None:
        """The columns beyond the first ones, one in each turn of the window."""
        if any(column.fill() for column in self.columns.values()):
            self._rest.start()
            order_tabs(self)

    def unsaved(self) -> dict[str, str]:
        """What stands in the boxes and was not added, by the key of its draft."""
        return {
            draft_key(reader_id): column.box.toPlainText()
            for reader_id, column in self.columns.items()
            if column.box.toPlainText().strip()
        }

    # --- views ------------------------------------------------------------------------------------------------

    def _switch(self) -> QHBoxLayout:
        kit, _ = self.kit, self.kit.words.gettext
        sides = {
            "columns": lambda: _("By reader"),
            "criteria": lambda: _("What is covered"),
            "proofs": lambda: _("Projects and recommenders"),
        }
        row, self._chips = switches(kit, self, sides, self.show_view)
        self._chips[VIEWS[0]].setChecked(True)
        return row

    def _columns_view(self) -> QWidget:
        kit, _ = self.kit, self.kit.words.gettext
        inner = QWidget()
        self._row = QHBoxLayout(inner)
        self._row.setContentsMargins(0, 0, 0, 10)
        self._row.setSpacing(12)
        self._row.setAlignment(Qt.AlignmentFlag.AlignLeft)
        self._nobody = label(
            kit, lambda: _("Choose readers first: each gets a column here."), "muted", wrap=True
        )
        self._row.addWidget(self._nobody)
        self._scroll = self._scrolled(inner)
        return self._scroll

    @staticmethod
    def _scrolled(inner: QWidget) -> QScrollArea:
        scroll = scrolling(inner)
        scroll.setCornerWidget(QWidget())
        return scroll

    def _criteria_view(self) -> QWidget:
        kit, _ = self.kit, self.kit.words.gettext
        self.criteria = CriteriaModel(kit, self.words, self)
        self.table = QTableView()
        self.table.setModel(self.criteria)
        self.table.setSelectionMode(QTableView.SelectionMode.SingleSelection)
        self.table.setCornerButtonEnabled(False)
        self.table.horizontalHeader().setMinimumSectionSize(kit.theme.px(88))
        self.table.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.table.verticalHeader().setDefaultSectionSize(kit.theme.px(28))
        self.table.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.table.verticalHeader().setFixedWidth(kit.theme.px(172))
        self.table.verticalHeader().setTextElideMode(Qt.TextElideMode.ElideRight)
        for sent in (self.table.activated, self.table.clicked):
            sent.connect(lambda index: self.go_to_reader(list(self.columns)[index.column()]))
        self.table.horizontalHeader().setSectionsClickable(True)
        self.table.horizontalHeader().sectionClicked.connect(
            lambda at: self.go_to_reader(list(self.columns)[at])
        )
        kit.words.bind(self.table, lambda: self.table.setAccessibleName(_("Criteria and readers")))
        place = QWidget()
        words = label(
            kit,
            lambda: _(
                "First the place of the criterion for this reader, then how many arguments answer it; ✕ is a gap. A click or Enter goes to the reader's column."
            ),
            "muted",
            wrap=True,
        )
        self.gaps = label(kit, look="caption", wrap=True)
        self.print_button = button(kit, lambda: _("Print"), "print", "", self.print_matrix)
        head = columns(words, self.print_button)
        head.setStretch(0, 1)
        head.setAlignment(self.print_button, Qt.AlignmentFlag.AlignTop)
        place.setLayout(rows(head, self.gaps, self.table, spacing=8))
        return place

    def _say_gaps(self) -> None:
        n, ngettext, _ = self.criteria.gaps(), self.kit.words.ngettext, self.kit.words.gettext
        said = ngettext("✕ {n} gap", "✕ {n} gaps", n).format(n=n)
        self.gaps.setText(said if n else _("Every first criterion of every reader has its argument."))

    def print_matrix(self) -> None:
        """Print the matrix; it names what matters to whom, so the page says that it is for us only."""
        state, _ = self.work.state, self.kit.words.gettext
        if state is None:
            return
        heads, cells = self.criteria.table()
        title = _("What is covered: {subject}").format(subject=self.words.title(state.page))
        caption = _("For internal use only")
        wide = [PrintColumn(_("Criterion"), 20), *(PrintColumn(head, 14) for head in heads)]
        family = self.kit.theme.font().family()
        self.kit.jobs.start(
            title,
            lambda _progress: list_pdf(title, caption, wide, cells, family),
            lambda pdf: self.work.desk.printing.print_pdf(self, title, pdf),
            owner=self,
        )

    def _arrange(self, ids: list[str]) -> None:
        for reader_id, column in list(self.columns.items()):
            self._row.removeWidget(column)
            if reader_id not in ids:
                column.hide()
                column.deleteLater()
        kept = self.columns
        self.columns = {}
        for reader_id in ids:
            column = kept.get(reader_id) or self._column(reader_id)
            self.columns[reader_id] = column
            self._row.addWidget(column, 0, Qt.AlignmentFlag.AlignTop)

    def _column(self, reader_id: str) -> ReaderColumn:
        column = ReaderColumn(self.kit, self.words, reader_id)
        column.asked.connect(lambda argument_id, what: self.decide(reader_id, argument_id, what))
        column.typed.connect(lambda texts: self.write(reader_id, texts))
        column.placed.connect(lambda argument_id, place: self.place(reader_id, argument_id, place))
        column.library_asked.connect(lambda: self._ask_library(reader_id))
        column.card_asked.connect(lambda: self._ask_card(reader_id))
        self._bring_back(column)
        return column

    def _bring_back(self, column: ReaderColumn) -> None:
        """A text that stood in the box when the window was locked comes back."""
        drafts, key = self.work.place.drafts, draft_key(column.reader_id)

        def show(text: str) -> None:
            if text and not column.box.toPlainText():
                column.box.setPlainText(text)
                self.work.run(lambda: drafts.drop(key))

        self.kit.queries.run(lambda: drafts.get(key), show, owner=column)

    def go_to_reader(self, reader_id: str) -> None:
        """Bring a column into sight and go into its box."""
        self.show_view("columns")
        column = self.columns[reader_id]
        self._scroll.ensureWidgetVisible(column, 20, 0)
        column.box.setFocus(Qt.FocusReason.OtherFocusReason)

    # --- decisions --------------------------------------------------------------------------------------------

    def write(self, reader_id: str, texts: list[str]) -> None:
        """Sentences typed or pasted become entries of the library, pinned for this reader."""
        proposals, column = self.work.place.proposals, self.columns[reader_id]
        self.work.run(
            lambda: proposals.write_arguments(reader_id, texts),
            failed=lambda message: self._give_back(column, "\n".join(texts), message),
        )

    def decide(self, reader_id: str, argument_id: str, what: str) -> None:
        """Pin, unpin, move up or down, drop, take back or reword one argument."""
        proposals = self.work.place.proposals
        reader = self._reader(reader_id)
        if reader is None:
            return
        if what in ("up", "down"):
            order = [one.argument_id for one in reader.chosen]
            to = order.index(argument_id) + (-1 if what == "up" else 1)
            if 0 <= to < len(order):
                self.place(reader_id, argument_id, to)
        elif what == "told":
            self._ask_told(reader, argument_id)
        elif what == "reword":
            self._ask_words(reader, argument_id)
        elif what in ("pin", "unpin"):
            self.work.run(lambda: proposals.pin(reader_id, argument_id, what == "pin"))
        else:
            self.work.run(lambda: proposals.drop(reader_id, argument_id, what == "drop"))

    def place(self, reader_id: str, argument_id: str, place: int) -> None:
        """Put an argument at a place of a reader's column; one of another column or of the library is taken over."""
        proposals, reader = self.work.place.proposals, self._reader(reader_id)
        if reader is None:
            return
        order = [one.argument_id for one in reader.chosen]
        if argument_id in order and order.index(argument_id) < place and place >= len(order):
            place = len(order) - 1
        self.work.run(lambda: proposals.move(reader_id, argument_id, place))

    def _reader(self, reader_id: str) -> ReaderView | None:
        return self.work.state.reader(reader_id) if self.work.state is not None else None

    def _give_back(self, column: ReaderColumn, text: str, message: Message) -> None:
        column.box.setPlainText("\n".join(part for part in (column.box.toPlainText(), text) if part))
        self.work.desk.window.notify(message, "error")

    def _ask_told(self, reader: ReaderView, argument_id: str) -> None:
        """Note that it was said already: today, or at one of the last contacts with this person."""
        tellings, _, language = self.work.place.tellings, self.kit.words.gettext, self.kit.words.language
        at = QCursor.pos()

        def tell(contact: str | None) -> None:
            self.work.run(lambda: tellings.tell(reader.person_id, argument_id, None, interaction_id=contact))

        def show(contacts: tuple[ContactChoice, ...]) -> None:
            menu = QMenu(self)
            menu.addAction(_("Said today")).triggered.connect(lambda _checked=False: tell(None))
            for one in contacts:
                day = write_date(one.at.date(), language) if one.at is not None else ""
                parts = (day, self.words.label("interaction", one.kind), one.purpose[:40])
                menu.addAction(
                    " · ".join(part for part in parts if part).replace("&", "&&")
                ).triggered.connect(lambda _checked=False, one=one: tell(one.id))
            menu.aboutToHide.connect(menu.deleteLater)
            menu.popup(at)

        self.kit.queries.run(lambda: tellings.contacts(reader.person_id), show, owner=self)

    def _ask_words(self, reader: ReaderView, argument_id: str) -> None:
        proposals = self.work.place.proposals
        argument = next((one for one in reader.chosen if one.argument_id == argument_id), None)
        if argument is None:
            return
        dialog = RewordDialog(self.kit, argument.text, self.words.name(reader.name), self)
        dialog.reworded.connect(
            lambda text, in_library: self.work.run(
                lambda: proposals.reword(reader.id, argument_id, text, in_library=in_library)
            )
        )
        dialog.open()

    def _ask_library(self, reader_id: str) -> None:
        state, reader = self.work.state, self._reader(reader_id)
        if state is None or reader is None:
            return
        proposals = self.work.place.proposals

        def take(ids: tuple[str, ...]) -> None:
            self.work.run(lambda: proposals.pin_several(reader_id, ids))

        dialog = ArgumentPickDialog(
            self.kit, self.words, self.work.place.library, reader, str(state.page.values["language"]), self
        )
        dialog.picked.connect(take)
        dialog.open()

    def _ask_card(self, reader_id: str) -> None:
        reader = self._reader(reader_id)
        if reader is not None:
            self.work.person_asked.emit(reader.person_id)


def draft_key(reader_id: str) -> str:
    """Under which key a text is kept that was typed for a reader and not added."""
    return f"proposal.argument.{reader_id}"


def _once(messages: list[Message]) -> list[Message]:
    """Each sentence once, in order."""
    found: list[Message] = []
    for message in messages:
        if message not in found:
            found.append(message)
    return found
