"""With what a template is looked at: the small invented example or a record of the vault, and for letters whose of its readers (R9)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from kamdesk.desktop.kit import Kit
from kamdesk.desktop.pages.templates_look_work import Sample
from kamdesk.desktop.widgets.inline_choice import Combo
from kamdesk.services.own_templates import OTHER_KINDS
from kamdesk.services.template_choices import SampleChoice

Choices = Mapping[str, Sequence[SampleChoice]]
"""What can be chosen by kind; "" for documents of a proposal."""


class SampleLine(QWidget):
    """``chosen()``: another sample or reader is to be looked at."""

    chosen = Signal()

    def __init__(self, kit: Kit) -> None:
        super().__init__()
        self._kit = kit
        self._choices: Choices = {}
        self._kind = ""
        self._readers: Sequence[Any] = ()
        self.sample = _narrow(Combo(kit), 12)
        self.reader = _narrow(Combo(kit), 8)
        self.reader.hide()
        for combo in (self.sample, self.reader):
            combo.activated.connect(lambda _at: self.chosen.emit())
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        row.addWidget(self.sample, 2)
        row.addWidget(self.reader, 1)
        kit.words.bind(self, self._fill)

    def show_choices(self, choices: Choices) -> None:
        """Offer these; what was chosen stays where it is still among them."""
        if choices != self._choices:
            self._choices = choices
            self._fill()

    def show_kind(self, kind: str) -> None:
        """Offer what a template of this kind may be looked at with."""
        group = kind if kind in OTHER_KINDS else ""
        if group != self._kind:
            self._kind = group
            self._fill()

    def show_readers(self, readers: Sequence[Any]) -> None:
        """Offer the readers of the chosen proposal; () hides the choice."""
        self.reader.setVisible(bool(readers))
        if readers == self._readers:
            return
        self._readers, chosen = readers, self.reader.currentData()
        self.reader.clear()
        for one in readers:
            self.reader.addItem(one.name, one.id)
        self.reader.setCurrentIndex(max(0, self.reader.findData(chosen)))

    def value(self) -> Sample:
        """What is chosen."""
        return Sample(self.sample.currentData() or "", self.reader.currentData() or "")

    def _fill(self) -> None:
        _, chosen = self._kit.words.gettext, self.value().sample_id
        of_proposal = not self._kind
        self.sample.clear()
        self.sample.addItem(_("An invented proposal") if of_proposal else _("An invented example"), "")
        for one in self._choices.get(self._kind, ()):
            self.sample.addItem(one.label, one.id)
        self.sample.setCurrentIndex(max(0, self.sample.findData(chosen)))
        name = (
            _("Proposal to look at the template with")
            if of_proposal
            else _("What to look at the template with")
        )
        self.sample.setAccessibleName(name)
        self.sample.setToolTip(name)
        self.reader.setAccessibleName(_("Whose letter is shown"))


def _narrow(combo: Combo, letters: int) -> Combo:
    """A combo box that gives way where names are long."""
    combo.setSizeAdjustPolicy(Combo.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    combo.setMinimumContentsLength(letters)
    return combo
