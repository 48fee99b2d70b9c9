"""One open vault in the window: pages, search, undo, backups, idle lock; everything that ends with the vault."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Signal
from PySide6.QtWidgets import QApplication

from kamdesk.desktop.application_sections import SECTIONS, later
from kamdesk.desktop.backups import BackupKeeper
from kamdesk.desktop.clipboard_guard import ClipboardGuard
from kamdesk.desktop.desk import Desk
from kamdesk.desktop.first_start_frame import show_fitting
from kamdesk.desktop.first_start_import import begin_import
from kamdesk.desktop.kit import Kit
from kamdesk.desktop.kit_making import VaultVocabularies
from kamdesk.desktop.main_window import MainWindow
from kamdesk.desktop.navigation.target import Target
from kamdesk.desktop.places import IDLE_KEY, UNKEPT_KEY, Places
from kamdesk.desktop.print_desk import Printing
from kamdesk.desktop.private_folder import Edited, PrivateFolder
from kamdesk.desktop.searching import search_provider
from kamdesk.desktop.system_watch import IDLE_MINUTES, IdleWatch, SystemWatch
from kamdesk.desktop.undoing import Undoing
from kamdesk.desktop.widgets.basic import Say
from kamdesk.model.messages import KamdeskError, Message

if TYPE_CHECKING:
    from kamdesk.bootstrap import Workplace


_FIRST = ("today", "clients", "people", "settings")
"""Where one begins: the first of these sections that there is."""

_BACKUP_FAILED = "backup.failed"


class Session(QObject):
    """``lock_wanted()`` by key, idleness, screen lock or sleep; ``other_wanted(Path | None)`` for another vault or the first window."""

    lock_wanted = Signal()
    other_wanted = Signal(object)

    def __init__(
        self, app: QApplication, kit: Kit, places: Places, workplace: Workplace, clipboard: ClipboardGuard
    ) -> None:
        super().__init__()
        self._kit = kit
        self.workplace = workplace
        vault = workplace.vault
        if isinstance(kit.vocabularies, VaultVocabularies):
            kit.vocabularies.use(lambda: workplace.vocabulary.current)
        self.plain = self.plain_folder(places, vault.header.vault_id)
        self.window = MainWindow(kit)
        self.printing = make_printing(kit, self.plain, workplace, self.window.notify)
        self.desk = Desk(
            kit, self.window, workplace, self.plain, self.printing, clipboard, places, self.lock_wanted.emit
        )
        for register in SECTIONS:
            register(self.desk)
        minutes = 0 if vault.is_unprotected else kit.settings.get(IDLE_KEY, IDLE_MINUTES)
        self.idle = IdleWatch(app, minutes, self)
        self.idle.idle.connect(self.lock_wanted)
        self._add_settings()
        self.system = SystemWatch(self)
        if not vault.is_unprotected:
            self.system.locking.connect(self.lock_wanted)
        self.window.lock_requested.connect(self.lock_wanted)
        self.undoing = Undoing(kit, self.window, workplace.store, vault.history)
        self.backups = BackupKeeper(kit, vault, self)
        self.undoing.changed.connect(lambda _changes: self.backups.changed())
        self.window.set_search(search_provider(kit, workplace, self._go), lambda: workplace.searching.warm())

    @staticmethod
    def plain_folder(places: Places, vault_id: str) -> PrivateFolder:
        """The private folder of one vault: two windows on two vaults must not empty each other's."""
        return PrivateFolder(places.plain / vault_id)

    def begin(self, target: Target | None, bring: str = "") -> None:
        """Show the window at a place, and take back what was edited outside meanwhile.

        ``bring`` goes on with an import: paste, table, outlook or vcard.
        """
        places = (target, *(Target(section) for section in _FIRST))
        next(place for place in places if place is not None and self._go(place))
        show_fitting(self.window)
        self._take_back()
        self._remind()
        if bring:
            begin_import(self.desk, bring)

    def hide(self) -> None:
        """Take everything off the screen at once."""
        for window in QApplication.topLevelWidgets():
            window.hide()

    def keep_typed(self) -> None:
        """Save what is being typed, stop jobs; what cannot be saved yet goes to the drafts."""
        self.window.save_all()
        self._kit.jobs.cancel_all()
        page = self.window.page()
        unsaved = getattr(page, "unsaved", None)
        drafts = self.workplace.drafts
        for key, text in (unsaved() if callable(unsaved) else {}).items():
            self._kit.commands.run(lambda key=key, text=text: drafts.keep(key, text))

    def end(self) -> None:
        """The last backup, then the workers and the vault are closed and the private folder is emptied."""
        self.undoing.end()
        self.window.deleteLater()
        QCoreApplication.sendPostedEvents(
            self.window, QEvent.Type.DeferredDelete
        )  # no page may ask for anything any more
        try:
            self.backups.last()
        except KamdeskError:  # the window is gone: it is told at the next start
            self._kit.settings.set(_BACKUP_FAILED, True)
        self.workplace.close()
        self.plain.empty()

    # --- inside -----------------------------------------------------------------------------------------------

    def _add_settings(self) -> None:
        _ = self._kit.words.gettext

        def register() -> Callable[[Desk], None]:
            from kamdesk.desktop import settings_page

            return lambda desk: settings_page.register(desk, self.idle.set_minutes, self.other_wanted.emit)

        later(self.desk, "settings", lambda: _("Settings"), "settings", register)

    def _go(self, target: Target) -> bool:
        try:
            return self.window.navigate(target) is not None
        except KeyError:  # a place of another version, or of a page that this one does not have
            return False

    def _remind(self) -> None:
        _ = self._kit.words.gettext
        vault = self.workplace.vault
        if vault.is_unprotected:
            self.window.notify(
                lambda: _("This is the demo: try anything, keep nothing real in it."),
                action=lambda: _("Start with my own clients"),
                on_action=lambda: self.other_wanted.emit(None),
            )
        elif not vault.header.has("recovery") or self._kit.settings.get(UNKEPT_KEY):
            self.window.notify(
                lambda: _("There is no recovery code yet: a forgotten passphrase would lose everything."),
                "warning",
                action=lambda: _("Make it now"),
                on_action=lambda: self._go(Target("settings", "", "recovery")),
            )

        if self._kit.settings.get(_BACKUP_FAILED):
            self._kit.settings.set(_BACKUP_FAILED, None)
            self.window.notify(
                lambda: _(
                    "The last backup could not be made. Check the free space, then back up in the settings."
                ),
                "warning",
                action=lambda: _("Settings"),
                on_action=lambda: self._go(Target("settings")),
            )

    def _take_back(self) -> None:
        """Word files that were saved after the last lock or a crash become versions; the rest of the folder is emptied."""
        edited = self.plain.empty()
        for one in edited:
            self._kit.commands.run(
                lambda one=one: self._taken_back(one), self._told_back, lambda _message: None, owner=self
            )

    def _taken_back(self, one: Edited) -> bool:
        from kamdesk.services.template_word import KEY as TEMPLATE

        content = one.path.read_bytes()
        place = self.workplace
        files = place.template_word if one.key.startswith(TEMPLATE) else place.word_files
        done = files.take_back(one.key, content)
        self.plain.taken_back(one.path, content, one.key)
        return done is not None

    def _told_back(self, changed: bool) -> None:
        _ = self._kit.words.gettext
        if changed:
            self.window.notify(
                lambda: _("What you changed in Word meanwhile was taken back as a new version."), "success"
            )


def make_printing(
    kit: Kit, plain: PrivateFolder, workplace: Workplace, tell: Callable[[Say | Message, str], object]
) -> Printing:
    """Printing whose pages are drawn by the vault's workers; ``tell(words, kind)`` says how it went."""
    return Printing(
        kit,
        plain,
        lambda pdf, dpi: [page.png for page in workplace.workers.pages(pdf, dpi=dpi)],
        lambda say: tell(say, "success"),
        lambda message: tell(message, "error"),
    )
