"""The page "Settings": language, theme, text size, lock, passphrase, recovery code, where the vault is, backup now."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices

from kamdesk.desktop.desk import Desk
from kamdesk.desktop.dialogs.change_passphrase import ChangePassphraseDialog
from kamdesk.desktop.dialogs.disk import ask_folder
from kamdesk.desktop.dialogs.recovery_code import RecoveryCodeDialog
from kamdesk.desktop.navigation.target import Target
from kamdesk.desktop.places import IDLE_KEY, UNKEPT_KEY
from kamdesk.desktop.settings_blocks import BlocksSection
from kamdesk.desktop.settings_closing import ClosingSection
from kamdesk.desktop.settings_names import FileNamesSection
from kamdesk.desktop.settings_page_view import SettingsView
from kamdesk.desktop.system_watch import IDLE_MINUTES
from kamdesk.model.messages import Message
from kamdesk.model.written import write_date
from kamdesk.rules.proposal_checks import mandatory_blocks
from kamdesk.services.preferences import Preferences
from kamdesk.store.changes import ChangeSet
from kamdesk.store.vault import Vault


class SettingsPage(SettingsView):
    """What is chosen here holds at once; nothing has to be saved. ``open_other(folder)`` opens another vault."""

    def __init__(
        self, desk: Desk, set_idle: Callable[[int], object], open_other: Callable[[Path], object]
    ) -> None:
        super().__init__(desk.kit)
        self._desk = desk
        self._vault: Vault = desk.workplace.vault
        self._set_idle = set_idle
        self._open_other = open_other
        kit = desk.kit
        self.language.chosen.connect(self._choose_language)
        self.theme.chosen.connect(self._choose_theme)
        self.scale.chosen.connect(self._choose_scale)
        minutes = kit.settings.get(IDLE_KEY, IDLE_MINUTES)
        self.idle.setCurrentIndex(max(0, self.idle.findData(minutes)))
        self.idle.currentIndexChanged.connect(self._choose_idle)
        self.lead_days.activated.connect(lambda at: self._prefer(lead_days=self.lead_days.itemData(at)))
        self.leap_birthday.chosen.connect(lambda code: self._prefer(leap_birthday=code))
        self.weekend_shift.chosen.connect(lambda code: self._prefer(weekend_shift=code))
        self.blocks = BlocksSection(kit, mandatory_blocks(desk.workplace.vocabularies()))
        self.blocks.chosen.connect(lambda name, codes: self._prefer(**{name: codes}))
        self.body.insertWidget(2, self.blocks)
        self.names = FileNamesSection(kit, desk.workplace.store.now().date())
        self.names.chosen.connect(lambda pattern: self._prefer(file_pattern=pattern))
        self.body.insertWidget(3, self.names)
        self.closing = ClosingSection(kit)
        self.closing.chosen.connect(lambda name, value: self._prefer(**{name: value}))
        self.body.insertWidget(3, self.closing)
        self.lock_now.clicked.connect(desk.lock)
        self.change.clicked.connect(self._ask_passphrase)
        self.new_code.clicked.connect(self.make_code)
        self.show_folder.clicked.connect(
            lambda: QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._vault.folder)))
        )
        self.back_up.clicked.connect(self._back_up)
        self.other.clicked.connect(self._ask_other)
        self.where.setText(str(self._vault.folder))
        kit.words.bind(self, self._say)
        kit.theme.changed.connect(self._follow)
        kit.words.changed.connect(self._follow)

    def open(self, target: Target) -> None:
        """Show the state of now; the tab "recovery" begins with a new code."""
        self._follow()
        self._say()
        self._read_preferences()
        if target.tab == "recovery":
            self.make_code()

    def refresh(self, changes: ChangeSet) -> None:
        """Show the preferences of the vault as they are now, after an undo too."""
        if changes.touches("preference"):
            self._read_preferences()

    def make_code(self) -> None:
        """Make a recovery code and show it."""
        self.new_code.setEnabled(False)
        self.kit.commands.run(self._vault.make_recovery_code, self._show_code, self._code_failed, owner=self)

    # --- inside -----------------------------------------------------------------------------------------------

    def _read_preferences(self) -> None:
        self.kit.queries.run(
            self._desk.workplace.preferences.get, self._show_preferences, owner=self, key="settings"
        )

    def _show_preferences(self, now: Preferences) -> None:
        at = self.lead_days.findData(now.lead_days)
        if at < 0:  # set by the command line or another version: shown as it is
            self.lead_days.addItem("", now.lead_days)
            self._say_lead()
            at = self.lead_days.count() - 1
        self.lead_days.setCurrentIndex(at)
        self.leap_birthday.set_current(now.leap_birthday)
        self.weekend_shift.set_current(now.weekend_shift)
        self.blocks.show_preferences(now)
        self.closing.show_preferences(now)
        self.names.show_preferences(now)
        self.reminders_problem.hide()

    def _prefer(self, **values: object) -> None:
        preferences = self._desk.workplace.preferences

        def failed(message: Message) -> None:
            self.reminders_problem.setText(self.kit.words.message(message))
            self.reminders_problem.show()

        self.kit.commands.run(lambda: preferences.set(**values), None, failed, owner=self)

    def _say(self) -> None:
        _ = self.kit.words.gettext
        open_to_all = self._vault.is_unprotected
        self.open_words.setVisible(open_to_all)
        for line in self.secret_lines:
            line.setVisible(not open_to_all)
        has_code = self._vault.header.has("recovery") and not self.kit.settings.get(UNKEPT_KEY)
        self.code_state.setText(
            _("There is one.")
            if has_code
            else _("There is none yet: a forgotten passphrase would lose everything.")
        )
        self.last_backup.setText(self._backup_words())

    def _backup_words(self) -> str:
        _ = self.kit.words.gettext
        found = sorted((self._vault.folder / "backups").glob("*.db"))
        if not found:
            return _("None yet")
        at = datetime.fromtimestamp(found[-1].stat().st_mtime).astimezone()
        return _("{date}, {time}").format(
            date=write_date(at.date(), self.kit.words.language), time=f"{at:%H:%M}"
        )

    def _follow(self) -> None:
        self.language.set_current(self.kit.words.language)
        self.theme.set_current(str(self.kit.theme.choice))
        self.scale.set_current(str(self.kit.theme.scale))

    def _choose_language(self, language: str) -> None:
        self.kit.settings.set("window.language", language)
        self.kit.words.set_language(language)

    def _choose_theme(self, choice: str) -> None:
        self.kit.settings.set("window.theme", choice)
        self.kit.theme.set_choice(choice)

    def _choose_scale(self, scale: str) -> None:
        self.kit.settings.set("window.text_scale", float(scale))
        self.kit.theme.set_scale(float(scale))

    def _choose_idle(self, row: int) -> None:
        minutes = int(self.idle.itemData(row))
        self.kit.settings.set(IDLE_KEY, minutes)
        self._set_idle(minutes)

    def _ask_passphrase(self) -> None:
        dialog = ChangePassphraseDialog(self.kit, self)

        def chosen(old: str, new: str) -> None:
            self.kit.commands.run(
                lambda: self._vault.change_passphrase(old, new),
                lambda _done: self._passphrase_changed(dialog),
                dialog.refused,
                owner=dialog,
            )

        dialog.chosen.connect(chosen)
        dialog.open()

    def _passphrase_changed(self, dialog: ChangePassphraseDialog) -> None:
        _ = self.kit.words.gettext
        dialog.done_well()
        self._desk.window.notify(lambda: _("The passphrase is changed."), "success")

    def _show_code(self, code: str) -> None:
        self.new_code.setEnabled(True)
        self.kit.settings.set(UNKEPT_KEY, True)
        dialog = RecoveryCodeDialog(
            self.kit, code, lambda pdf: self._desk.printing.print_pdf(self, "", pdf), self
        )
        dialog.accepted.connect(self._code_kept)
        dialog.finished.connect(lambda _result: dialog.card.forget())
        dialog.open()

    def _code_kept(self) -> None:
        self.kit.settings.set(UNKEPT_KEY, None)
        self._say()

    def _code_failed(self, message: Message) -> None:
        self.new_code.setEnabled(True)
        self._desk.window.notify(message, "error")

    def _back_up(self) -> None:
        _ = self.kit.words.gettext
        self.back_up.setEnabled(False)

        def done(_path: Path) -> None:
            self.back_up.setEnabled(True)
            self._say()
            self._desk.window.notify(lambda: _("The backup is made and checked."), "success")

        def failed(message: Message) -> None:
            self.back_up.setEnabled(True)
            self._desk.window.notify(message, "error")

        self.kit.jobs.start(_("Backup"), lambda _progress: self._vault.back_up(), done, failed, owner=self)

    def _ask_other(self) -> None:
        _ = self.kit.words.gettext
        ask_folder(self, _("Open a vault: choose its folder"), self._open_other, self._vault.folder.parent)


def register(desk: Desk, set_idle: Callable[[int], object], open_other: Callable[[Path], object]) -> None:
    """Add the section to the window."""
    _ = desk.kit.words.gettext
    desk.window.add_section(
        "settings", lambda: _("Settings"), "settings", lambda: SettingsPage(desk, set_idle, open_other)
    )
