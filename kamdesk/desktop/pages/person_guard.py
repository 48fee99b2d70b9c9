"""What is asked when the guard speaks: change the words, store them since they are not that, or do not store them (section 2)."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from kamdesk.desktop.kit import Kit
from kamdesk.desktop.widgets.basic import button
from kamdesk.desktop.widgets.flow import FlowLayout

Done = Callable[[], object]


class GuardQuestion(QWidget):
    """Hidden until it is asked; the words wait beside it as a draft."""

    def __init__(self, kit: Kit, on_change: Done, on_store: Done, on_forget: Done) -> None:
        super().__init__()
        _ = kit.words.gettext
        self.change = button(kit, lambda: _("Change the words"), "edit", "", on_change)
        self.store = button(kit, lambda: _("It is not that: store"), "", "quiet", on_store)
        self.forget = button(kit, lambda: _("Do not store"), "", "quiet", on_forget)
        flow = FlowLayout(self)
        for made in (self.change, self.store, self.forget):
            made.setAutoDefault(False)
            flow.addWidget(made)
        self.hide()
