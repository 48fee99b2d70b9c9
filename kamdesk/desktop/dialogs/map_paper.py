"""How an influence map is printed: the size of the paper, and whether judgements may stand on it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from kamdesk.desktop.dialogs.base import DialogBase
from kamdesk.desktop.kit import Kit
from kamdesk.desktop.widgets.basic import columns, label
from kamdesk.desktop.widgets.inline_choice import Combo
from kamdesk.desktop.widgets.tick import Tick


class MapPaperDialog(DialogBase):
    """``ordered(paper, whole)``: "A4" or "A3", and whether stance, influence, parts and relationships are shown."""

    ordered = Signal(str, bool)

    def __init__(self, kit: Kit, parent: QWidget | None = None) -> None:
        _ = kit.words.gettext
        super().__init__(kit, lambda: _("Print the map"), parent, ok=lambda: _("Go on"))
        self.paper = Combo(kit)
        for name in ("A4", "A3"):
            self.paper.addItem(name, name)
        kit.words.bind(self.paper, lambda: self.paper.setAccessibleName(_("Paper")))
        self.whole = Tick(kit)
        kit.words.bind(self.whole, lambda: self.whole.setText(_("With stance, parts and relationships")))
        self.body.addLayout(columns(label(kit, lambda: _("Paper"), buddy=self.paper), self.paper))
        self.body.addWidget(self.whole)
        self.body.addWidget(
            label(
                kit,
                lambda: _(
                    "Without it the sheet shows only who reports to whom: it may lie on the client's table."
                ),
                "caption",
                wrap=True,
            )
        )
        self.accepted.connect(lambda: self.ordered.emit(self.paper.currentData(), self.whole.isChecked()))
