"""The section of the settings that says which blocks each kind of document has (R4)."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget

from kamdesk.desktop.kit import Kit, Option
from kamdesk.desktop.widgets.basic import button, columns, label
from kamdesk.desktop.widgets.block_order import BlockOrder
from kamdesk.desktop.widgets.inline_choice import Combo
from kamdesk.desktop.widgets.section import Section
from kamdesk.rules.block_orders import KINDS
from kamdesk.services.preferences import Preferences


class BlocksSection(Section):
    """``chosen(name of the preference, codes)``."""

    chosen = Signal(str, object)

    def __init__(self, kit: Kit, mandatory: tuple[str, ...]) -> None:
        _ = kit.words.gettext
        super().__init__(kit, lambda: _("Blocks of proposals and letters"))
        self._kit = kit
        self.body.addWidget(
            label(
                kit,
                lambda: _(
                    "Holds for all new documents; a proposal may have an order of its own. Number, date and addressee stand in the head of each."
                ),
                "muted",
                wrap=True,
            )
        )
        self.kinds = Combo(kit)
        self.kinds.setSizeAdjustPolicy(Combo.SizeAdjustPolicy.AdjustToContents)
        self.usual = button(kit, lambda: _("Back to the usual order"), "undo", "link", self._reset)
        self.body.addLayout(columns(self.kinds, self.usual, 1))
        self.stack = QStackedWidget()
        self.editors: dict[str, BlockOrder] = {}
        for kind in KINDS:
            editor = BlockOrder(
                kit,
                lambda: _("Blocks and their order"),
                kind,
                lambda: kit.vocabularies.options("block"),
                lambda: mandatory,
            )
            editor.changed.connect(lambda codes, kind=kind: self.chosen.emit(f"blocks_{kind}", codes))
            self.editors[kind] = editor
            self.stack.addWidget(editor)
        self.body.addWidget(self.stack)
        kit.words.bind(self.kinds, self._fill)
        self.kinds.currentIndexChanged.connect(self.stack.setCurrentIndex)

    def show_preferences(self, now: Preferences) -> None:
        """Show what is stored."""
        for kind, editor in self.editors.items():
            editor.set_codes(now.blocks(kind))

    def _reset(self) -> None:
        self.chosen.emit(f"blocks_{KINDS[self.stack.currentIndex()]}", ())

    def _fill(self) -> None:
        _, at = self._kit.words.gettext, max(0, self.kinds.currentIndex())
        labels: dict[str, Option] = {one.code: one for one in self._kit.vocabularies.options("document_kind")}
        self.kinds.blockSignals(True)
        self.kinds.clear()
        for kind in KINDS:
            self.kinds.addItem(labels[kind].label if kind in labels else kind, kind)
        self.kinds.setCurrentIndex(at)
        self.kinds.blockSignals(False)
        self.kinds.setAccessibleName(_("Kind of document"))
