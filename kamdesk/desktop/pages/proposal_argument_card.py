"""One argument in a reader's column: the sentence, why it was chosen, and what can be done with it by mouse and keyboard."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QMimeData, QPoint, Qt, Signal
from PySide6.QtGui import QDrag, QFocusEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QVBoxLayout, QWidget

from kamdesk.desktop.kit import Kit
from kamdesk.desktop.pages.proposal_words import ProposalWords
from kamdesk.desktop.widgets.basic import IconLabel, label, set_look, tool_button
from kamdesk.model.inputs import ChosenArgument
from kamdesk.rules import markup

ARGUMENT_MIME = "application/x-kamdesk-argument"


class ArgumentCard(QFrame):
    """``asked(what)``: "pin", "unpin", "up", "down", "reword", "told" or "drop". Dragging it gives its id to a column."""

    asked = Signal(str)

    def __init__(
        self,
        kit: Kit,
        words: ProposalWords,
        argument: ChosenArgument,
        place: int,
        of: int,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        _ = kit.words.gettext
        self._kit = kit
        self.argument = argument
        said = markup.plain(argument.text)
        self._pressed_at = QPoint()
        set_look(self, "fact")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.OpenHandCursor)
        self.setAccessibleName(_("{n} of {total}: {what}").format(n=place + 1, total=of, what=said))
        reason = words.message(argument.reason)
        self.setAccessibleDescription(
            _("{why} Alt with an arrow moves it, F2 rewords it, Delete drops it, P pins it.").format(
                why=reason
            )
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(10, 8, 6, 4)
        column.setSpacing(3)
        self.text = label(kit, lambda: said, wrap=True)
        column.addWidget(self.text)
        if argument.evidence:
            source = f" ({argument.evidence_source})" if argument.evidence_source else ""
            column.addWidget(label(kit, lambda: argument.evidence + source, "caption", wrap=True))
        why = QHBoxLayout()
        why.setSpacing(6)
        why.addWidget(
            IconLabel(
                kit, "pin" if argument.pinned else "info", 16, "accent_text" if argument.pinned else "muted"
            ),
            0,
            Qt.AlignmentFlag.AlignTop,
        )
        self.reason = label(kit, lambda: words.message(argument.reason), "caption", wrap=True)
        why.addWidget(self.reason, 1)
        column.addLayout(why)
        column.addLayout(self._tools(place, of))

    def _tools(self, place: int, of: int) -> QHBoxLayout:
        kit, _ = self._kit, self._kit.words.gettext
        pinned = self.argument.pinned
        tools: tuple[tuple[str, Callable[[], str], str, bool], ...] = (
            (
                "unpin" if pinned else "pin",
                (lambda: _("Unpin")) if pinned else (lambda: _("Pin")),
                "pin",
                True,
            ),
            ("up", lambda: _("Up"), "up", place > 0),
            ("down", lambda: _("Down"), "down", place < of - 1),
            ("reword", lambda: _("Reword"), "edit", True),
            ("told", lambda: _("Said already…"), "meeting", True),
            ("drop", lambda: _("Drop"), "close", True),
        )
        row = QHBoxLayout()
        row.setSpacing(0)
        self.tools = {}
        for what, say, icon, possible in tools:
            made = tool_button(kit, say, icon, lambda what=what: self.asked.emit(what))
            made.setAccessibleName(f"{say()}: {markup.plain(self.argument.text)[:60]}")
            made.setEnabled(possible)
            if what == "unpin":
                made.setIcon(kit.icons.icon("pin", "accent_text"))
            made.setCursor(Qt.CursorShape.ArrowCursor)
            self.tools[what] = made
            row.addWidget(made)
        row.addStretch(1)
        return row

    def keyPressEvent(self, event: QKeyEvent) -> None:
        alt = bool(event.modifiers() & Qt.KeyboardModifier.AltModifier)
        key = Qt.Key(event.key())
        moves = {Qt.Key.Key_Up: "up", Qt.Key.Key_Down: "down"}
        plain = {
            Qt.Key.Key_Delete: "drop", Qt.Key.Key_Backspace: "drop", Qt.Key.Key_F2: "reword", Qt.Key.Key_Return: "reword",
            Qt.Key.Key_Enter: "reword", Qt.Key.Key_P: "unpin" if self.argument.pinned else "pin",
        }  # fmt: skip
        if alt and key in moves:
            self.asked.emit(moves[key])
        elif not event.modifiers() and (key in plain or event.text().casefold() == "з"):
            self.asked.emit(plain.get(key, plain[Qt.Key.Key_P]))
        elif not event.modifiers() and key in moves:
            self._step(-1 if key == Qt.Key.Key_Up else 1)
        else:
            super().keyPressEvent(event)

    def _step(self, step: int) -> None:
        parent = self.parentWidget()
        cards = parent.findChildren(ArgumentCard) if parent is not None else []
        cards.sort(key=lambda card: card.y())
        at = cards.index(self) + step if self in cards else -1
        if 0 <= at < len(cards):
            cards[at].setFocus(Qt.FocusReason.OtherFocusReason)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        set_look(self, "notice-info")

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        set_look(self, "fact")

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._pressed_at = event.position().toPoint()
        self.setFocus(Qt.FocusReason.MouseFocusReason)

    def mouseDoubleClickEvent(self, _event: QMouseEvent) -> None:
        self.asked.emit("reword")

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        far = (event.position().toPoint() - self._pressed_at).manhattanLength()
        if not event.buttons() & Qt.MouseButton.LeftButton or far < QApplication.startDragDistance():
            return
        data = QMimeData()
        data.setData(ARGUMENT_MIME, self.argument.argument_id.encode())
        data.setText(markup.plain(self.argument.text))
        drag = QDrag(self)
        drag.setMimeData(data)
        drag.setPixmap(self.grab())
        drag.setHotSpot(self._pressed_at)
        drag.exec(Qt.DropAction.MoveAction)
