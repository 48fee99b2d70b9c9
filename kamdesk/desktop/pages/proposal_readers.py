"""Step "Readers": to whom the proposal speaks, in which order, as which type, and who gets a variant of their own."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from kamdesk.desktop.dialogs.person_pick import PersonPickDialog
from kamdesk.desktop.kit import Option
from kamdesk.desktop.pages.proposal_step import StepPage
from kamdesk.desktop.pages.proposal_words import ProposalWords
from kamdesk.desktop.pages.proposal_work import ProposalState, ProposalWork
from kamdesk.desktop.widgets.basic import button, clear, label, set_look, tool_button
from kamdesk.desktop.widgets.cards import Avatar
from kamdesk.desktop.widgets.inline_choice import Combo, InlineChoice, InlineYesNo
from kamdesk.desktop.widgets.section import Section
from kamdesk.model.messages import Message
from kamdesk.rules.proposal_checks import Severity
from kamdesk.services.people_views import PersonRow
from kamdesk.services.proposal_views import ReaderView

_NAMED: Final = 3
"""So many people are called by name in one sentence."""
_LISTED: Final = 20
"""So many others are listed until one asks for all."""


class ReadersStep(StepPage):
    """Cards in the order of the documents; Alt with an arrow moves the one the keyboard is on."""

    def __init__(self, work: ProposalWork, words: ProposalWords) -> None:
        super().__init__(work, words, "readers")
        kit, _ = self.kit, self.kit.words.gettext
        self._shown: object = None
        self._unlisted = 0
        chosen = Section(kit, lambda: _("To whom"))
        self._hint = label(kit, lambda: _("One document for all of them, with a part for each subject, and a cover letter for each person."), "muted", wrap=True)  # fmt: skip
        chosen.body.addWidget(self._hint)
        self._cards = QVBoxLayout()
        self._cards.setSpacing(8)
        chosen.body.addLayout(self._cards)
        self.put(chosen)
        self._others = Section(kit, lambda: _("Others at the client"))
        self._why = label(kit, look="muted", wrap=True)
        self._others.body.addWidget(self._why)
        tools = QHBoxLayout()
        self.add_all = button(kit, lambda: _("Address all of them"), "people", "", self._add_all)
        tools.addWidget(self.add_all)
        tools.addStretch(1)
        self._others.body.addLayout(tools)
        self._other_rows = QVBoxLayout()
        self._other_rows.setSpacing(2)
        self._others.body.addLayout(self._other_rows)
        self._all = False
        self.more_others = button(kit, lambda: self._words_for_more(), "chevron-down", "link", self._show_all)
        more = QHBoxLayout()
        more.addWidget(self.more_others)
        more.addStretch(1)
        self._others.body.addLayout(more)
        self.put(self._others)
        self.somebody = button(
            kit, lambda: _("Somebody from another company…"), "person-add", "link", self._pick
        )
        row = QHBoxLayout()
        self.sheet_button = button(kit, lambda: _("Cheat sheet"), "print", "link", self._open_sheet)
        row.addWidget(self.somebody)
        row.addWidget(self.sheet_button)
        row.addStretch(1)
        self.body.addLayout(row)
        kit.words.bind(self, self._again)

    def first_widget(self) -> QWidget | None:
        return self._cards.itemAt(0).widget() if self._cards.count() else self.somebody

    def cards(self) -> list[ReaderCard]:
        """The cards in their order."""
        found = (self._cards.itemAt(at).widget() for at in range(self._cards.count()))
        return [card for card in found if isinstance(card, ReaderCard)]

    def found(self, state: ProposalState) -> list[tuple[Severity, Message]]:
        """Besides, who of the client is not addressed because no type is set."""
        silent = _without_type(state)
        if not silent:
            return super().found(state)
        names = ", ".join(self.words.name(person.name) for person in silent[:_NAMED])
        code = "proposal.not_addressed" if len(silent) <= _NAMED else "proposal.not_addressed_more"
        more = Message(code, {"names": names, "n": len(silent) - _NAMED})
        return [*super().found(state), (Severity.HINT, more)]

    def show_state(self, state: ProposalState) -> None:
        readers = state.page.readers
        chosen = {reader.person_id for reader in readers}
        others = tuple(person for person in state.people if person.id not in chosen)
        shown = (readers, others)
        if shown == self._shown:
            return
        focused = next((card.reader.id for card in self.cards() if card.isAncestorOf(self.focusWidget()) or card.hasFocus()), "") if self.focusWidget() else ""  # fmt: skip
        self._shown = shown
        clear(self._cards)
        for at, reader in enumerate(readers):
            self._cards.addWidget(self._card(reader, at, len(readers)))
        clear(self._other_rows)
        for person in others if self._all else others[:_LISTED]:
            self._other_rows.addWidget(self._other(person))
        self._unlisted = len(others) - self._other_rows.count()
        self.more_others.setVisible(self._unlisted > 0)
        self.more_others.setText(self._words_for_more())
        self._others.setVisible(bool(others))
        self.add_all.setVisible(len(others) > 1)
        self._say_why(others)
        for card in self.cards():
            if card.reader.id == focused:
                card.setFocus(Qt.FocusReason.OtherFocusReason)

    def shift(self, reader_id: str, step: int) -> None:
        """Put a reader one place up or down."""
        state = self.work.state
        if state is None:
            return
        ids = [reader.person_id for reader in state.page.readers]
        at = next(at for at, reader in enumerate(state.page.readers) if reader.id == reader_id)
        to = at + step
        if 0 <= to < len(ids):
            ids.insert(to, ids.pop(at))
            self._store(ids)

    def add(self, person_id: str) -> None:
        """Address the proposal to one more person."""
        state = self.work.state
        if state is not None:
            self._store([*(reader.person_id for reader in state.page.readers), person_id])

    def _add_all(self) -> None:
        state = self.work.state
        if state is not None:
            chosen = [reader.person_id for reader in state.page.readers]
            self._store([*chosen, *(person.id for person in state.people if person.id not in chosen)])

    def _words_for_more(self) -> str:
        n = self._unlisted
        return self.kit.words.ngettext("Show {n} more", "Show {n} more", n).format(n=n)

    def _show_all(self) -> None:
        """List the others who were left out, and go on from where the list ended."""
        self._all, at = True, self._other_rows.count()
        self._again()
        if at < self._other_rows.count():
            self._other_rows.itemAt(at).widget().focusNextChild()

    def _say_why(self, others: tuple[PersonRow, ...]) -> None:
        ngettext, n = self.kit.words.ngettext, len(others)
        self._why.setText(
            ngettext(
                "{n} person of the client is not addressed by this proposal.",
                "{n} people of the client are not addressed by this proposal.",
                n,
            ).format(n=n)
        )

    def remove(self, person_id: str) -> None:
        """Address it no longer to somebody; undo brings what was decided for them back."""
        state = self.work.state
        if state is not None:
            self._store([reader.person_id for reader in state.page.readers if reader.person_id != person_id])

    def _store(self, ids: list[str]) -> None:
        proposals, proposal_id = self.work.place.proposals, self.work.id
        self.work.run(lambda: proposals.set_readers(proposal_id, ids))

    def _card(self, reader: ReaderView, at: int, of: int) -> ReaderCard:
        card = ReaderCard(self.work, self.words, reader, at, of)
        card.moved.connect(lambda step: self.shift(reader.id, step))
        card.removed.connect(lambda: self.remove(reader.person_id))
        return card

    def _other(self, person: PersonRow) -> QWidget:
        kit, _ = self.kit, self.kit.words.gettext
        line = QWidget()
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        name = self.words.name(person.name)
        row.addWidget(Avatar(kit, name, size=28))
        open_card = button(
            kit, lambda: name, look="link", on_click=lambda: self.work.person_asked.emit(person.id)
        )
        row.addWidget(open_card)
        about = [person.title, self.words.label("lens", person.lens) if person.lens else _("no type set")]
        row.addWidget(label(kit, lambda: " · ".join(part for part in about if part), "caption"), 1)
        add = button(kit, lambda: _("Add"), "add", "quiet", lambda: self.add(person.id))
        add.setAccessibleName(_("Add: {what}").format(what=name))
        row.addWidget(add)
        return line

    def _open_sheet(self) -> None:
        from kamdesk.desktop.dialogs.cheat_sheet import open_cheat_sheet

        open_cheat_sheet(self.work.desk, self, f"proposal:{self.work.id}")

    def _pick(self) -> None:
        place = self.work.place
        dialog = PersonPickDialog(self.kit, self.words, place.people, self)
        dialog.picked.connect(self.add)
        dialog.open()

    def _again(self) -> None:
        self._shown = None
        if self.work.state is not None:
            self.show_state(self.work.state)


def _without_type(state: ProposalState) -> list[PersonRow]:
    """Who was left out because a new proposal addresses only those whose type is known."""
    chosen = {reader.person_id for reader in state.page.readers}
    return [person for person in state.people if not person.lens and person.id not in chosen]


class ReaderCard(QFrame):
    """One reader: name and seat, type, criteria in order, a variant of their own. ``moved(step)``, ``removed()``."""

    moved = Signal(int)
    removed = Signal()

    def __init__(
        self, work: ProposalWork, words: ProposalWords, reader: ReaderView, at: int, of: int
    ) -> None:
        super().__init__()
        kit, _ = work.kit, work.kit.words.gettext
        self.reader = reader
        set_look(self, "fact")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        name = words.name(reader.name)
        self.setAccessibleName(_("{name}, place {n} of {total}").format(name=name, n=at + 1, total=of))
        self.setAccessibleDescription(_("Alt with an arrow moves it"))
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 8, 8, 8)
        column.setSpacing(2)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(Avatar(kit, name, size=34))
        about = QVBoxLayout()
        about.setSpacing(0)
        self.open_card = button(
            kit, lambda: name, look="link", on_click=lambda: work.person_asked.emit(reader.person_id)
        )
        about.addWidget(self.open_card, 0, Qt.AlignmentFlag.AlignLeft)
        seat = label(kit, lambda: reader.title or _("No seat"), "caption", wrap=True)
        seat.setContentsMargins(7, 0, 0, 0)
        about.addWidget(seat)
        head.addLayout(about, 1)
        tools: tuple[tuple[Callable[[], str], str, Callable[[], object], bool], ...] = (
            (lambda: _("Up"), "up", lambda: self.moved.emit(-1), at > 0),
            (lambda: _("Down"), "down", lambda: self.moved.emit(1), at < of - 1),
            (lambda: _("Take away"), "close", self.removed.emit, True),
        )
        for say, icon, act, possible in tools:
            made = tool_button(
                kit, lambda say=say: _("{what}: {name}").format(what=say(), name=name), icon, act
            )
            made.setEnabled(possible)
            head.addWidget(made)
        column.addLayout(head)
        column.addLayout(self._choices(work, words))
        if reader.criteria:
            ranked = [
                f"{rank} {words.label('criteria', code)}"
                for rank, code in enumerate(reader.criteria, start=1)
            ]
            text = _("What matters: {what}").format(what=" · ".join(ranked))
            criteria = label(kit, lambda: text, "caption", wrap=True)
            # the room at the left by the layout: a label measures its text without margins of its own
            below = QHBoxLayout()
            below.setContentsMargins(42, 2, 0, 0)
            below.addWidget(criteria)
            column.addLayout(below)

    def _choices(self, work: ProposalWork, words: ProposalWords) -> QHBoxLayout:
        kit, _, reader = work.kit, work.kit.words.gettext, self.reader
        proposals = work.place.proposals

        def options() -> list[Option]:
            state = work.state
            own = (
                next((p.lens for p in state.people if p.id == reader.person_id), "")
                if state is not None
                else ""
            )
            by_card = words.label("lens", own) if own else _("not set")
            return [
                Option("", _("By the card: {type}").format(type=by_card)),
                *kit.vocabularies.options("lens"),
            ]

        lens = InlineChoice(
            kit, lambda: _("Type in this proposal"), options,
            lambda code: work.run(lambda: proposals.set_reader_lens(reader.id, code), failed=lens.show_problem), required=True,
        )  # fmt: skip
        lens.set_value(reader.own_lens)
        lens.combo.setSizeAdjustPolicy(Combo.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        lens.combo.setMinimumContentsLength(12)
        lens.combo.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        separate = InlineYesNo(
            kit, lambda: _("A variant of their own"),
            lambda on: work.run(lambda: proposals.set_separate(reader.id, on), failed=separate.show_problem),
        )  # fmt: skip
        separate.set_value(reader.separate)
        self.lens, self.separate = lens, separate
        row = QHBoxLayout()
        row.setContentsMargins(34, 0, 0, 0)
        row.addWidget(lens, 1)
        row.addWidget(separate)
        return row

    def keyPressEvent(self, event: QKeyEvent) -> None:
        alt = bool(event.modifiers() & Qt.KeyboardModifier.AltModifier)
        step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()))
        if alt and step is not None:
            self.moved.emit(step)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.open_card.click()
        elif event.key() == Qt.Key.Key_Delete:
            self.removed.emit()
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event) -> None:
        super().focusInEvent(event)
        set_look(self, "notice-info")

    def focusOutEvent(self, event) -> None:
        super().focusOutEvent(event)
        set_look(self, "fact")
