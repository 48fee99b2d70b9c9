"""The section of the settings that says when the steps after a sending are due and when a needle says something (W6)."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QSpinBox

from kamdesk.desktop.kit import Kit
from kamdesk.desktop.widgets.basic import button, columns, label
from kamdesk.desktop.widgets.section import Section
from kamdesk.model.messages import N_
from kamdesk.services.preferences import Preferences, bounds

NAMES: Final = {
    "closing_receipt": N_("Ask whether it arrived"),
    "closing_next_steps": N_("Agree on next steps"),
    "closing_urgency": N_("Find the source of urgency"),
    "closing_dated": N_("Have a dated call or meeting"),
    "closing_rest": N_("Rest after too many touches"),
    "closing_idle_limit": N_("Indifference from which to act"),
    "closing_need_limit": N_("Neediness from which to wait"),
    "closing_new_client": N_("Stricter for a new client"),
}
_MEANINGS: Final = {
    "closing_receipt": N_(
        "Working days from the sending. Without a word that it arrived nothing else can be asked."
    ),
    "closing_next_steps": N_("Working days from the sending until both sides know what happens next."),
    "closing_urgency": N_("Working days from the sending until we know why the client would decide now."),
    "closing_dated": N_("Working days from the sending until a call or a meeting has its day."),
    "closing_rest": N_("Working days of silence once the neediness has reached its limit."),
    "closing_idle_limit": N_("Of 100. It rises while nothing is agreed and steps are late."),
    "closing_need_limit": N_(
        "Of 100. It rises with every touch without an answer and every concession for nothing."
    ),
    "closing_new_client": N_(
        "Percent of the days and limits above that are left for a client who never bought."
    ),
}
_USUAL: Final = Preferences()


class _Number(QSpinBox):
    """A number that the wheel leaves alone: the wheel scrolls the page."""

    def wheelEvent(self, event) -> None:
        event.ignore()


class ClosingSection(Section):
    """``chosen(name of the preference, value)``, once the number is left or chosen by an arrow."""

    chosen = Signal(str, int)

    def __init__(self, kit: Kit) -> None:
        _ = kit.words.gettext
        super().__init__(kit, lambda: _("After sending"))
        self._kit = kit
        self.spins: dict[str, QSpinBox] = {}
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(6)
        grid.setColumnStretch(2, 1)
        for at, name in enumerate(NAMES):
            spin = self._spin(name)
            grid.addWidget(label(kit, lambda name=name: _(NAMES[name]), "caption", buddy=spin), at, 0)
            grid.addWidget(spin, at, 1)
            meaning = label(kit, lambda name=name: self._meaning(name), "muted", wrap=True)
            grid.addWidget(meaning, at, 2)
        self.body.addLayout(grid)
        self.usual = button(kit, lambda: _("Back to the usual numbers"), "undo", "link", self._reset)
        self.body.addLayout(columns(self.usual, 1))

    def show_preferences(self, now: Preferences) -> None:
        """Show what is stored."""
        for name, spin in self.spins.items():
            spin.blockSignals(True)
            spin.setValue(getattr(now, name))
            spin.blockSignals(False)
        self.usual.setEnabled(any(getattr(now, name) != getattr(_USUAL, name) for name in NAMES))

    def _spin(self, name: str) -> QSpinBox:
        kit, _ = self._kit, self._kit.words.gettext
        spin = _Number()
        spin.setRange(*bounds(name))
        spin.lineEdit().setTextMargins(kit.theme.px(6), 0, 0, 0)
        spin.setKeyboardTracking(False)  # a number that is being typed is none yet
        spin.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        spin.valueChanged.connect(lambda value: self.chosen.emit(name, value))
        kit.words.bind(spin, lambda: self._name(spin, _(NAMES[name])))
        self.spins[name] = spin
        return spin

    @staticmethod
    def _name(spin: QSpinBox, said: str) -> None:
        """Name the number, and its inner field, which screen readers meet on its own."""
        spin.setAccessibleName(said)
        spin.lineEdit().setAccessibleName(said)

    def _meaning(self, name: str) -> str:
        _ = self._kit.words.gettext
        return _("{meaning} Usually {n}.").format(meaning=_(_MEANINGS[name]), n=getattr(_USUAL, name))

    def _reset(self) -> None:
        for name, spin in self.spins.items():
            usual = getattr(_USUAL, name)
            if spin.value() != usual:
                self.chosen.emit(name, usual)
