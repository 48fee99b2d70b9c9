"""Keeping in touch: how often, one click; how fresh the contact is (W3). Visits are not counted."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtWidgets import QPushButton, QWidget

from kamdesk.desktop.desk import Desk
from kamdesk.desktop.pages.people_words import Said
from kamdesk.desktop.widgets.basic import IconLabel, Say, columns, label, set_look
from kamdesk.desktop.widgets.flow import FlowLayout
from kamdesk.desktop.widgets.inline_text import InlineInteger
from kamdesk.desktop.widgets.private import mark_private
from kamdesk.desktop.widgets.section import Section

if TYPE_CHECKING:
    from kamdesk.services.people_views import PersonCard

_LOOKS: Final = {
    "green": ("ok", "success"), "yellow": ("clock", "warning"), "red": ("warning", "danger"), "grey": ("clock", "muted"),
}  # fmt: skip


class Touch(Section):
    """Private. The chips are the usual cadences; any other number of days is typed."""

    def __init__(self, desk: Desk, said: Said) -> None:
        kit, _ = desk.kit, desk.kit.words.gettext
        super().__init__(kit, lambda: _("Keeping in touch"))
        self._desk, self._said, self._person = desk, said, ""
        self.mark = IconLabel(kit, "clock", 18, "muted")
        self.words = label(kit, wrap=True)
        self.words.setMinimumWidth(kit.theme.px(160))
        line = columns(self.mark, self.words, spacing=8)
        line.setStretch(1, 1)
        self.body.addLayout(line)
        self.chips: dict[int | None, QPushButton] = {}
        bar = QWidget()
        flow = FlowLayout(bar)
        usual: tuple[tuple[int | None, Say], ...] = (
            (14, lambda: _("Two weeks")),
            (30, lambda: _("Month")),
            (91, lambda: _("Quarter")),
            (182, lambda: _("Half a year")),
            (None, lambda: _("No schedule")),
        )
        for days, say in usual:
            flow.addWidget(self._chip(days, say))
        self.own = InlineInteger(kit, lambda: _("Every so many days"), self._save_own)
        kit.words.bind(self.own, lambda: self.own.line.setPlaceholderText(_("days")))
        set_look(self.own.line, "")
        self.own.setFixedWidth(kit.theme.px(84))
        flow.addWidget(self.own)
        self.body.addWidget(bar)
        mark_private(self)

    def show_card(self, card: PersonCard) -> None:
        """Show the cadence of a person."""
        self._person = card.id
        for days, chip in self.chips.items():
            chip.setChecked(days == card.cadence_days)
        self.own.set_value(card.cadence_days if card.cadence_days not in self.chips else None)
        self.mark.set_icon(*_LOOKS.get(card.freshness, _LOOKS["grey"]))
        self.words.setText(self._words(card))

    def _words(self, card: PersonCard) -> str:
        _, said = self.kit.words.gettext, self._said
        last = _("last contact {day}").format(day=said.day(card.last_contact)) if card.last_contact else ""
        due = _("next by {day}").format(day=said.day(card.contact_due)) if card.contact_due else ""
        parts = (said.label("freshness", card.freshness), last or _("no contact yet"), due)
        return " · ".join(part for part in parts if part)

    def _chip(self, days: int | None, say: Say) -> QPushButton:
        chip = QPushButton()
        set_look(chip, "chip")
        chip.setCheckable(True)
        chip.setAutoDefault(False)
        chip.clicked.connect(lambda _on=False: self._save(days))
        self.kit.words.bind(chip, lambda: chip.setText(say()))
        self.chips[days] = chip
        return chip

    def _save(self, days: int | None) -> None:
        people, person = self._desk.workplace.people, self._person
        for value, chip in self.chips.items():
            chip.setChecked(value == days)
        self.kit.commands.run(lambda: people.set_cadence(person, days))

    def _save_own(self, days: int | None) -> None:
        people, person = self._desk.workplace.people, self._person
        self.kit.commands.run(
            lambda: people.set_cadence(person, days), failed=self.own.show_problem, owner=self.own
        )
