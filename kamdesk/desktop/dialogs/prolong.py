"""Letting a proposal hold longer: until when, and why, since the reason stands in the document (R7)."""

from __future__ import annotations

from datetime import date
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from kamdesk.desktop.dialogs.base import DialogBase
from kamdesk.desktop.dialogs.proposal_send import DateLine
from kamdesk.desktop.kit import Kit
from kamdesk.desktop.widgets.basic import label
from kamdesk.model.messages import KamdeskError, Message

PROLONGED_DAYS: Final = 30
"""By how many days from today a proposal is offered to hold longer."""


class ProlongDialog(DialogBase):
    """``ordered(date, reason)``; stays open with the problem until both are there."""

    ordered = Signal(object, str)

    def __init__(self, kit: Kit, suggested: date, reason: str, parent: QWidget | None = None) -> None:
        _ = kit.words.gettext
        super().__init__(kit, lambda: _("Prolong the proposal"), parent, ok=lambda: _("Prolong"))
        self.setMinimumWidth(kit.theme.px(460))
        self.until = DateLine(kit, lambda: _("Valid until"), suggested)
        self.reason = QPlainTextEdit(reason)
        self.reason.setTabChangesFocus(True)
        self.reason.setFixedHeight(kit.theme.px(70))
        kit.words.bind(self.reason, lambda: self.reason.setAccessibleName(_("Reason of the term")))
        kit.words.bind(
            self.reason,
            lambda: self.reason.setPlaceholderText(_("Why until then: it stands in the document")),
        )
        for say, field in (
            (lambda: _("Valid until"), self.until),
            (lambda: _("Reason of the term"), self.reason),
        ):
            self.body.addWidget(label(kit, say, "caption", buddy=field))
            self.body.addWidget(field)
        self.until.selectAll()
        self.until.setFocus()

    def accept(self) -> None:
        """Order it, or say what is missing."""
        _ = self.kit.words.gettext
        try:
            until = self.until.value()
        except (KamdeskError, ValueError) as error:
            said = self.kit.words.message(error.message) if isinstance(error, KamdeskError) else ""
            self.tell(said or _("This is not a date. Type it like 5 March or 15.3."))
            self.until.setFocus()
            return
        if until is None:
            self.tell(_("Say until when it holds."))
            self.until.setFocus()
        elif not self.reason.toPlainText().strip():
            self.tell(self.kit.words.message(Message("proposal.prolong_reason")))
            self.reason.setFocus()
        else:
            self.ordered.emit(until, self.reason.toPlainText().strip())
            super().accept()
