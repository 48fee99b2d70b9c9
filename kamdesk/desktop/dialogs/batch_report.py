"""What came of work on many documents: how many are done, and each that is not with its reason and the way to it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from kamdesk.desktop.dialogs.base import DialogBase
from kamdesk.desktop.kit import Kit
from kamdesk.desktop.widgets.basic import IconLabel, Say, button, columns, label
from kamdesk.desktop.widgets.scroll import scrolling

if TYPE_CHECKING:
    from kamdesk.services.batch import BatchReport


class BatchReportDialog(DialogBase):
    """``asked(proposal id)``: the user wants to go there."""

    asked = Signal(str)

    def __init__(
        self, kit: Kit, said: Say, report: BatchReport, parent: QWidget | None = None, *, leads: bool = True
    ) -> None:
        _ = kit.words.gettext
        super().__init__(kit, lambda: _("Not everything could be done"), parent, cancel=lambda: _("Close"))
        self.setMinimumSize(kit.theme.px(560), kit.theme.px(300))
        self.body.addWidget(label(kit, said, wrap=True))
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        for one in report.problems:
            words = QVBoxLayout()
            words.setSpacing(0)
            words.addWidget(label(kit, lambda one=one: one.name, wrap=True))
            words.addWidget(label(kit, lambda one=one: kit.words.message(one.why), "caption", wrap=True))
            row = columns(spacing=8)
            row.addWidget(IconLabel(kit, "error", 18, "danger"), 0, Qt.AlignmentFlag.AlignTop)
            row.addLayout(words, 1)
            if leads:
                go = button(
                    kit, lambda: _("Open"), look="link", on_click=lambda at=one.proposal_id: self._go(at)
                )
                go.setAccessibleName(_("Open: {what}").format(what=one.name))
                row.addWidget(go, 0, Qt.AlignmentFlag.AlignTop)
            column.addLayout(row)
        column.addStretch(1)
        self.body.addWidget(scrolling(inner), 1)

    def _go(self, proposal_id: str) -> None:
        self.asked.emit(proposal_id)
        self.reject()
