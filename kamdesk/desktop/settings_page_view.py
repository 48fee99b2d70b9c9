"""What the page of settings looks like: sections with a line each, every choice one click."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QPushButton, QWidget

from kamdesk.desktop.kit import Kit
from kamdesk.desktop.theme import TEXT_SCALES
from kamdesk.desktop.widgets.basic import Say, button, columns, label, set_look
from kamdesk.desktop.widgets.inline_choice import Combo
from kamdesk.desktop.widgets.page import PageBase
from kamdesk.desktop.widgets.section import Section
from kamdesk.model.messages import LANGUAGES

IDLE_CHOICES = (2, 5, 10, 15, 30, 60, 0)
LEAD_CHOICES = (0, 1, 3, 5, 7, 14, 30, 60)


class Choices(QWidget):
    """A few choices as chips, one of them taken. ``chosen(str)``."""

    chosen = Signal(str)

    def __init__(self, kit: Kit, say: Say, options: Mapping[str, Say], current: str) -> None:
        super().__init__()
        self._group = QButtonGroup(self)
        self._chips: dict[str, QPushButton] = {}
        row = columns(spacing=6)
        for code, words in options.items():
            chip = QPushButton()
            chip.setCheckable(True)
            chip.setAutoDefault(False)
            set_look(chip, "chip")
            chip.clicked.connect(lambda _checked=False, code=code: self.chosen.emit(code))
            kit.words.bind(chip, lambda chip=chip, words=words: _name(chip, words(), say()))
            self._group.addButton(chip)
            self._chips[code] = chip
            row.addWidget(chip)
        row.addStretch(1)
        self.setLayout(row)
        self.set_current(current)

    def set_current(self, code: str) -> None:
        """Show which one is taken; sends nothing."""
        if code in self._chips:
            self._chips[code].setChecked(True)


class SettingsView(PageBase):
    """The looks; ``settings_page`` holds the behaviour."""

    def __init__(self, kit: Kit) -> None:
        super().__init__(kit)
        _ = kit.words.gettext
        self.set_title(lambda: _("Settings"))
        self._look()
        self._reminders()
        self._protection()
        self._keeping()

    def _look(self) -> None:
        kit, _ = self.kit, self.kit.words.gettext
        section = Section(kit, lambda: _("Language and look"))
        names = {code: partial(str, name) for code, name in LANGUAGES.items()}
        self.language = Choices(kit, lambda: _("Language"), names, kit.words.language)
        self.theme = Choices(
            kit, lambda: _("Theme"),
            {"system": lambda: _("As in the system"), "light": lambda: _("Light"), "dark": lambda: _("Dark")},
            str(kit.theme.choice),
        )  # fmt: skip
        self.scale = Choices(
            kit,
            lambda: _("Text size"),
            {str(scale): (lambda scale=scale: f"{scale:.0%}") for scale in TEXT_SCALES},
            str(kit.theme.scale),
        )
        for say, choices in (
            (lambda: _("Language"), self.language),
            (lambda: _("Theme"), self.theme),
            (lambda: _("Text size"), self.scale),
        ):
            section.body.addLayout(self._line(say, choices))
        self.body.addWidget(section)

    def _reminders(self) -> None:
        kit, _ = self.kit, self.kit.words.gettext
        section = Section(kit, lambda: _("Dates and reminders"))
        self.lead_days = Combo(kit)
        for days in LEAD_CHOICES:
            self.lead_days.addItem("", days)
        kit.words.bind(self.lead_days, self._say_lead)
        self.lead_days.setSizeAdjustPolicy(Combo.SizeAdjustPolicy.AdjustToContents)
        self.leap_birthday = Choices(
            kit,
            lambda: _("Born on 29 February"),
            {"feb28": lambda: _("On 28 February"), "mar1": lambda: _("On 1 March")},
            "feb28",
        )
        self.weekend_shift = Choices(
            kit,
            lambda: _("Greeting on a weekend"),
            {
                "none": lambda: _("On the day itself"),
                "before": lambda: _("On the Friday before"),
                "after": lambda: _("On the Monday after"),
            },
            "none",
        )
        for say, widget in (
            (lambda: _("Remind ahead"), self.lead_days),
            (lambda: _("Born on 29 February"), self.leap_birthday),
            (lambda: _("Greeting on a weekend"), self.weekend_shift),
        ):
            section.body.addLayout(self._line(say, widget))
        self.reminders_problem = label(kit, look="error", wrap=True)
        self.reminders_problem.hide()
        section.body.addWidget(self.reminders_problem)
        self.body.addWidget(section)

    def _say_lead(self) -> None:
        ngettext, _ = self.kit.words.ngettext, self.kit.words.gettext
        for row in range(self.lead_days.count()):
            days = self.lead_days.itemData(row)
            words = ngettext("{n} day before", "{n} days before", days).format(n=days)
            self.lead_days.setItemText(row, words if days else _("only on the day"))
        self.lead_days.setAccessibleName(_("Remind ahead"))

    def _protection(self) -> None:
        kit, _ = self.kit, self.kit.words.gettext
        self.protection = Section(kit, lambda: _("Protection"))
        self.idle = Combo(kit)
        for minutes in IDLE_CHOICES:
            self.idle.addItem("", minutes)
        kit.words.bind(self.idle, self._say_idle)
        self.idle.setSizeAdjustPolicy(Combo.SizeAdjustPolicy.AdjustToContents)
        self.lock_now = button(kit, lambda: _("Lock now"), "lock", "quiet")
        self.change = button(kit, lambda: _("Change the passphrase…"), "key")
        self.new_code = button(kit, lambda: _("Make a new recovery code…"), "refresh")
        self.code_state = label(kit, look="caption", wrap=True)
        self.open_words = label(
            kit,
            lambda: _(
                "This vault is a demo: it has no passphrase and anybody can open it. Keep nothing real in it."
            ),
            "muted",
            wrap=True,
        )
        self.open_words.hide()
        self.secret_lines = [
            self._held(self._line(lambda: _("Lock after"), self.idle, self.lock_now)),
            self._held(self._line(lambda: _("Passphrase"), self.change)),
            self._held(self._line(lambda: _("Recovery code"), self.new_code, self.code_state)),
        ]
        self.protection.body.addWidget(self.open_words)
        for line in self.secret_lines:
            self.protection.body.addWidget(line)
        self.body.addWidget(self.protection)

    def _keeping(self) -> None:
        kit, _ = self.kit, self.kit.words.gettext
        section = Section(kit, lambda: _("Vault and backups"))
        self.where = label(kit, wrap=True)
        self.show_folder = button(kit, lambda: _("Show the folder"), "folder", "quiet")
        self.last_backup = label(kit, wrap=True)
        self.back_up = button(kit, lambda: _("Back up now"), "save")
        self.copies = label(
            kit,
            lambda: _(
                "Backups lie beside the data. Copy the whole folder of the vault to another disk from time to time; without the passphrase nobody can read it."
            ),
            "caption",
            wrap=True,
        )
        where = self._line(lambda: _("Where it is"), self.where, self.show_folder)
        where.setStretch(1, 1)
        backup = self._line(lambda: _("Last backup"), self.last_backup, self.back_up)
        backup.setStretch(1, 1)
        section.body.addLayout(where)
        section.body.addLayout(backup)
        section.body.addWidget(self.copies)
        self.other = button(kit, lambda: _("Open another vault…"), look="quiet", icon="folder")
        section.body.addLayout(columns(self.other, 1))
        self.body.addWidget(section)

    def _line(self, say: Say, *parts: QWidget):
        name = label(self.kit, say, "caption")
        name.setFixedWidth(self.kit.theme.px(130))
        row = columns(name, *parts, spacing=10)
        if not any(
            isinstance(part, Choices)
            or part in (getattr(self, "where", None), getattr(self, "last_backup", None))
            for part in parts
        ):
            row.addStretch(1)
        return row

    def _held(self, layout) -> QWidget:
        held = QWidget()
        layout.setContentsMargins(0, 0, 0, 0)
        held.setLayout(layout)
        return held

    def _say_idle(self) -> None:
        ngettext, _ = self.kit.words.ngettext, self.kit.words.gettext
        for row in range(self.idle.count()):
            minutes = self.idle.itemData(row)
            words = ngettext("{n} minute without a touch", "{n} minutes without a touch", minutes).format(
                n=minutes
            )
            self.idle.setItemText(row, words if minutes else _("never by itself"))
        self.idle.setAccessibleName(_("Lock after"))


def _name(chip: QPushButton, words: str, group: str) -> None:
    chip.setText(words)
    chip.setAccessibleName(f"{group}: {words}")
