"""The choice of a Word file of the user's for a document of the house; not there where there is none to choose."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QHBoxLayout, QWidget

from kamdesk.desktop.kit import Kit
from kamdesk.desktop.widgets.basic import label
from kamdesk.desktop.widgets.inline_choice import Combo
from kamdesk.services.own_templates import SHIPPED, TemplateChoice


class TemplateLine(QWidget):
    """``chosen()`` is the id of a file, "" for the one that ships, or None while nothing was offered."""

    def __init__(self, kit: Kit, changed: Callable[[], object]) -> None:
        super().__init__()
        _ = kit.words.gettext
        self._kit = kit
        self.combo = Combo(kit)
        self.combo.setSizeAdjustPolicy(Combo.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.combo.setMinimumContentsLength(12)
        self.combo.activated.connect(lambda _at: changed())
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(label(kit, lambda: _("Template"), "muted", buddy=self.combo))
        row.addWidget(self.combo, 1)
        kit.words.bind(self.combo, self._retell)
        self.setVisible(False)

    def offer(self, choices: Sequence[TemplateChoice]) -> None:
        """Fill it: the usual file is chosen, else the template that ships."""
        self.combo.clear()
        self.combo.addItem("", SHIPPED)
        for one in choices:
            self.combo.addItem(one.name, one.id)
            if one.is_usual:
                self.combo.setCurrentIndex(self.combo.count() - 1)
        self._retell()
        self.setVisible(bool(choices))

    def chosen(self) -> str | None:
        """What is chosen."""
        return str(self.combo.currentData()) if self.combo.count() else None

    def _retell(self) -> None:
        _ = self._kit.words.gettext
        self.combo.setAccessibleName(_("Template"))
        if self.combo.count():
            self.combo.setItemText(0, _("The usual look"))
