"""Agreeing on a call or a meeting: its kind, its day and its hour."""

from __future__ import annotations

from datetime import date, datetime, time

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from kamdesk.desktop.dialogs.base import DialogBase
from kamdesk.desktop.dialogs.proposal_send import DateLine
from kamdesk.desktop.kit import Kit
from kamdesk.desktop.widgets.basic import Say, label
from kamdesk.desktop.widgets.inline_choice import Combo
from kamdesk.model.messages import KamdeskError, Message

_KINDS = ("call", "meeting", "video")


class PlanContactDialog(DialogBase):
    """``planned(kind, datetime)``; whoever plans it calls :meth:`done_well` or :meth:`refused`."""

    planned = Signal(str, object)

    def __init__(self, kit: Kit, day: date, parent: QWidget) -> None:
        _ = kit.words.gettext
        super().__init__(kit, lambda: _("Agree on a call or a meeting"), parent, ok=lambda: _("Agree"))
        self.kind = Combo(kit)
        for option in kit.vocabularies.options("interaction"):
            if option.code in _KINDS:
                self.kind.addItem(option.label, option.code)
        self.kind.setCurrentIndex(max(0, self.kind.findData("call")))
        self.day = DateLine(kit, lambda: _("Day"), day)
        self.hour = QLineEdit("10:00")
        self._field(lambda: _("Kind"), self.kind)
        self._field(lambda: _("Day"), self.day)
        self._field(lambda: _("Time"), self.hour)
        self.day.setFocus()

    def accept(self) -> None:
        """Ask for it to be planned; the dialog stays until it is."""
        _ = self.kit.words.gettext
        try:
            day = self.day.value()
        except (KamdeskError, ValueError):
            day = None
        if day is None:
            self.tell(_("This date is not understood. Type it as in 5 March 2027 or 05.03.2027."))
            self.day.setFocus()
            return
        try:
            at = time.fromisoformat(self.hour.text().strip().replace(".", ":").zfill(5))
        except ValueError:
            self.tell(_("This time is not understood. Type it as 10:00."))
            self.hour.setFocus()
            return
        self.planned.emit(self.kind.currentData(), datetime.combine(day, at))

    def done_well(self) -> None:
        """It is planned."""
        super().accept()

    def refused(self, message: Message) -> None:
        """Say why not."""
        self.tell(self.kit.words.message(message))

    def _field(self, say: Say, widget: QWidget) -> None:
        self.body.addWidget(label(self.kit, say, "muted", buddy=widget))
        self.body.addWidget(widget)
        self.kit.words.bind(widget, lambda: widget.setAccessibleName(say()))
