"""A reader's column on the step "Arguments": who they are, what is still unanswered, the arguments, and a box to type or paste new ones."""

from __future__ import annotations

import re
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from kamdesk.desktop.kit import Kit
from kamdesk.desktop.pages.proposal_argument_card import ARGUMENT_MIME, ArgumentCard
from kamdesk.desktop.pages.proposal_words import ProposalWords
from kamdesk.desktop.widgets.basic import IconLabel, button, clear, holds_keyboard, label, set_look
from kamdesk.desktop.widgets.cards import Avatar
from kamdesk.desktop.widgets.markup_text import MarkupKeys
from kamdesk.rules import markup
from kamdesk.services.proposal_views import ReaderView

_BULLET: Final = re.compile(r"^\s*(?:[-–—•·*▪◦]|\d{1,2}[.)])\s+")


def sentences(text: str) -> list[str]:
    """The arguments of a typed or pasted text: one a line, without the marks of a list. A list below a line that ends in
    a colon belongs to it and stays one argument with it."""
    found: list[str] = []
    led = False
    for line in text.splitlines():
        said = _BULLET.sub("", line).strip()
        listed = said != line.strip()
        if said and listed and led:
            found[-1] += f"\n{_mark(line)}{said}"
        elif said:
            found.append(said)
            led = markup.plain(said).endswith(":")
    return found


def _mark(line: str) -> str:
    """The mark of a list as the markup knows it: a pasted dot is a dash."""
    numbered = re.match(r"\s*(\d{1,2})[.)]", line)
    return f"{numbered[1]}. " if numbered else "- "


class ReaderColumn(QFrame):
    """``asked(argument id, what)`` as in the card, "back" for a dropped one; ``typed(list of sentences)``; ``library_asked()``;
    ``card_asked()``; ``placed(argument id, place)`` after a drag.
    """

    asked = Signal(str, str)
    typed = Signal(object)
    library_asked = Signal()
    card_asked = Signal()
    placed = Signal(str, int)

    def __init__(self, kit: Kit, words: ProposalWords, reader_id: str) -> None:
        super().__init__()
        self._kit = kit
        self._words = words
        self.reader_id = reader_id
        self._shown: ReaderView | None = None
        self._waiting: ReaderView | None = None
        set_look(self, "card")
        self.setAcceptDrops(True)
        self.setFixedWidth(kit.theme.px(290))
        self._head = QVBoxLayout()
        self._head.setSpacing(4)
        self._list = QWidget()
        self._cards = QVBoxLayout(self._list)
        self._cards.setContentsMargins(0, 0, 0, 0)
        self._cards.setSpacing(8)
        self.box = ArgumentBox(kit)
        self.box.entered.connect(self._entered)
        self._tail = QVBoxLayout()
        self._tail.setSpacing(2)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 10, 12, 10)
        column.setSpacing(8)
        column.addLayout(self._head)
        column.addWidget(self.box)
        column.addLayout(self._buttons())
        column.addWidget(self._list)
        column.addLayout(self._tail)
        column.addStretch(1)
        kit.words.bind(self, self._again)

    def cards(self) -> list[ArgumentCard]:
        """The cards from the first to the last."""
        self.fill()
        found = (self._cards.itemAt(at).widget() for at in range(self._cards.count()))
        return [card for card in found if isinstance(card, ArgumentCard)]

    def show_reader(self, reader: ReaderView, *, later: bool = False) -> None:
        """Show the column; the keyboard stays on the argument it was on, a text in the box stays. A new column is filled
        ``later`` by :meth:`fill`."""
        if reader == self._shown:
            return
        if later and self._shown is None:
            self._waiting = reader
            return
        self._waiting = None
        focused = next((card.argument.argument_id for card in self.cards() if holds_keyboard(card)), "")
        self._shown = reader
        self._fill_head(reader)
        self._fill_cards(reader, focused)
        self._fill_tail(reader)

    def fill(self) -> bool:
        """Fill a column that was to wait; whether it was one."""
        reader = self._waiting
        if reader is not None:
            self.show_reader(reader)
        return reader is not None

    # --- inside -----------------------------------------------------------------------------------------------

    def _buttons(self) -> QHBoxLayout:
        kit, _ = self._kit, self._kit.words.gettext
        self.add = button(kit, lambda: _("Add"), "add", "", self._enter)
        self.library = button(kit, lambda: _("From the library"), "library", "link", self.library_asked.emit)
        row = QHBoxLayout()
        row.setSpacing(4)
        row.addWidget(self.add)
        row.addWidget(self.library)
        row.addStretch(1)
        return row

    def _fill_head(self, reader: ReaderView) -> None:
        clear(self._head)
        kit, _ = self._kit, self._kit.words.gettext
        name = self._words.name(reader.name)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(Avatar(kit, name, size=34), 0, Qt.AlignmentFlag.AlignTop)
        about = QVBoxLayout()
        about.setSpacing(0)
        open_card = button(kit, lambda: name, look="link", on_click=self.card_asked.emit)
        open_card.setToolTip(_("Show the card"))
        about.addWidget(open_card, 0, Qt.AlignmentFlag.AlignLeft)
        parts = (reader.title, self._words.label("lens", reader.lens) if reader.lens else "")
        seat = label(kit, lambda: " · ".join(part for part in parts if part), "caption", wrap=True)
        seat.setContentsMargins(7, 0, 0, 0)
        about.addWidget(seat)
        row.addLayout(about, 1)
        self._head.addLayout(row)
        subject = self._words.label("subject", reader.subject)
        self._head.addWidget(
            label(kit, lambda: _("Part of the document: {what}").format(what=subject), "caption", wrap=True)
        )
        for code in reader.uncovered:
            line = QHBoxLayout()
            line.setSpacing(6)
            line.addWidget(IconLabel(kit, "warning", 16, "danger"), 0, Qt.AlignmentFlag.AlignTop)
            rank = reader.criteria.index(code) + 1 if code in reader.criteria else 0
            text = _("No argument for “{what}” (place {n})").format(
                what=self._words.label("criteria", code), n=rank
            )
            line.addWidget(label(kit, lambda text=text: text, "error", wrap=True), 1)
            self._head.addLayout(line)

    def _fill_cards(self, reader: ReaderView, focused: str) -> None:
        clear(self._cards)
        for place, argument in enumerate(reader.chosen):
            card = ArgumentCard(self._kit, self._words, argument, place, len(reader.chosen), self._list)
            card.asked.connect(lambda what, at=argument.argument_id: self.asked.emit(at, what))
            self._cards.addWidget(card)
            if argument.argument_id == focused:
                card.setFocus(Qt.FocusReason.OtherFocusReason)

    def _fill_tail(self, reader: ReaderView) -> None:
        clear(self._tail)
        if not reader.dropped:
            return
        kit, _ = self._kit, self._kit.words.gettext
        self._tail.addWidget(label(kit, lambda: _("Dropped"), "caption"))
        for argument_id, written in reader.dropped:
            text = markup.plain(written)
            row = QHBoxLayout()
            row.setSpacing(4)
            words = label(
                kit, lambda text=text: text if len(text) <= 80 else text[:79] + "…", "muted", wrap=True
            )
            words.setToolTip(text)
            row.addWidget(words, 1)
            back = button(
                kit,
                lambda: _("Take back"),
                "undo",
                "link",
                lambda at=argument_id: self.asked.emit(at, "back"),
            )
            back.setAccessibleName(_("Take back: {what}").format(what=text[:60]))
            row.addWidget(back, 0, Qt.AlignmentFlag.AlignTop)
            self._tail.addLayout(row)

    def _enter(self) -> None:
        if self.box.toPlainText().strip():
            self._entered()
        else:
            self.box.setFocus(Qt.FocusReason.OtherFocusReason)

    def _entered(self) -> None:
        found = sentences(self.box.toPlainText())
        if found:
            self.box.clear()
            self.typed.emit(found)

    def _again(self) -> None:
        reader, self._shown = self._shown, None
        if reader is not None:
            self.show_reader(reader)

    # --- drag -------------------------------------------------------------------------------------------------

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasFormat(ARGUMENT_MIME) or event.mimeData().hasText():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        data = event.mimeData()
        if data.hasFormat(ARGUMENT_MIME):
            at = self._list.mapFrom(self, event.position().toPoint())
            place = sum(card.geometry().center().y() < at.y() for card in self.cards())
            self.placed.emit(bytes(data.data(ARGUMENT_MIME).data()).decode(), place)
        elif data.hasText():
            self.typed.emit(sentences(data.text()))
        event.acceptProposedAction()


class ArgumentBox(MarkupKeys, QPlainTextEdit):
    """Enter adds what was typed, Shift+Enter makes a new line (each line becomes an argument), Tab leaves. ``entered()``."""

    entered = Signal()

    def __init__(self, kit: Kit) -> None:
        super().__init__()
        _ = kit.words.gettext
        self.setTabChangesFocus(True)
        self.setFixedHeight(kit.theme.px(58))
        self.dress(kit)
        kit.words.bind(
            self,
            lambda: self.setPlaceholderText(
                _("Type or paste a sentence. Each line becomes an argument of the library.")
            ),
        )
        kit.words.bind(self, lambda: self.setAccessibleName(_("New argument")))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if self.markup_key(event):
            return
        if enter and not event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            self.entered.emit()
        elif event.key() == Qt.Key.Key_Escape and self.toPlainText():
            self.undo_all()
        else:
            super().keyPressEvent(event)

    def undo_all(self) -> None:
        """Empty the box so that Ctrl+Z brings the text back."""
        cursor = self.textCursor()
        cursor.select(cursor.SelectionType.Document)
        cursor.removeSelectedText()
