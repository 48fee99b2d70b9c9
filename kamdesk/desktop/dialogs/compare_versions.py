"""What differs between two versions of a document, in words and in reading order (R11)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from kamdesk.desktop.dialogs.base import DialogBase
from kamdesk.desktop.kit import Kit
from kamdesk.desktop.pages.proposal_words import ProposalWords
from kamdesk.desktop.widgets.basic import IconLabel, Say, button, label, set_look
from kamdesk.desktop.widgets.changed_words import ChangedWords, said
from kamdesk.desktop.widgets.scroll import scrolling

if TYPE_CHECKING:
    from kamdesk.documents.edits import Edit


class CompareDialog(DialogBase):
    """``used()``: the user takes the other version. ``say_use`` names that button; without it there is nothing to choose."""

    used = Signal()

    def __init__(
        self,
        kit: Kit,
        words: ProposalWords,
        say: Say,
        before: Say,
        after: Say,
        *,
        say_use: Say | None = None,
        parent: QWidget | None = None,
    ) -> None:
        _ = kit.words.gettext
        super().__init__(kit, say, parent, cancel=lambda: _("Close"))
        self.setMinimumWidth(kit.theme.px(700))
        self._words = words
        self._before, self._after = before, after
        self.note = label(kit, lambda: _("Comparing…"), "muted", wrap=True)
        self.body.addWidget(self.note)
        inner = QWidget()
        room = QVBoxLayout(inner)
        room.setContentsMargins(0, 0, 4, 0)
        self._column = QVBoxLayout()
        self._column.setSpacing(8)
        room.addLayout(self._column)
        room.addStretch(1)
        scroll = scrolling(inner)
        scroll.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        scroll.setMinimumSize(kit.theme.px(640), kit.theme.px(340))
        scroll.setAccessibleName(say())
        self.body.addWidget(scroll, 1)
        if say_use is not None:
            self.use = button(kit, say_use, on_click=self._use)
            self.use.setAutoDefault(False)
            self.buttons.insertWidget(0, self.use)

    def show_edits(self, edits: Sequence[Edit]) -> None:
        """Show what was found."""
        _, ngettext = self.kit.words.gettext, self.kit.words.ngettext
        n = len(edits)
        self.note.setText(
            ngettext("{n} difference", "{n} differences", n).format(n=n)
            if n
            else _("Both versions say the same.")
        )
        if any(edit.kind == "changed" and edit.before and edit.after for edit in edits):
            legend = _("Struck out: {before} Underlined: {after}").format(
                before=self._before().rstrip(":") + ".", after=self._after().rstrip(":") + "."
            )
            self._column.addWidget(label(self.kit, lambda: legend, "caption", wrap=True))
        for edit in edits:
            self._column.addWidget(self._entry(edit))

    def _entry(self, edit: Edit) -> QWidget:
        kit, _ = self.kit, self.kit.words.gettext
        card = QFrame()
        set_look(card, "fact")
        column = QVBoxLayout(card)
        column.setContentsMargins(12, 8, 12, 8)
        column.setSpacing(3)
        kinds = {"changed": _("Changed"), "added": _("Added"), "removed": _("Removed")}
        things = {
            "text": "", "cell": _("cell of a table"), "row": _("row of a table"), "table": _("table"), "picture": _("picture"),
        }  # fmt: skip
        place = self._words.message(edit.place)
        heading = " · ".join(
            part
            for part in (kinds.get(edit.kind, edit.kind), things.get(edit.what, edit.what), place)
            if part
        )
        column.addWidget(label(kit, lambda: heading, "caption", wrap=True))
        if edit.kind == "changed" and edit.before and edit.after:
            column.addWidget(ChangedWords(kit, edit.before, edit.after))
            return card
        for text, say, icon, colour in (
            (edit.before, self._before, "drop", "danger"),
            (edit.after, self._after, "ok", "success"),
        ):
            if text:
                row = QHBoxLayout()
                row.setSpacing(8)
                row.addWidget(IconLabel(kit, icon, 16, colour), 0, Qt.AlignmentFlag.AlignTop)
                row.addWidget(label(kit, say, "caption"), 0, Qt.AlignmentFlag.AlignTop)
                spoken = kit.words.message(said(edit.before, edit.after))
                words = label(kit, lambda spoken=spoken: spoken, wrap=True)
                words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
                row.addWidget(words, 1)
                column.addLayout(row)
        return card

    def _use(self) -> None:
        self.used.emit()
        self.accept()
