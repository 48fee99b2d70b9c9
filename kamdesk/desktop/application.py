"""The life of the application: first start or unlock, the window, lock, end. The only place that knows all of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication, QWidget

from kamdesk.desktop import restart as restarting
from kamdesk.desktop import vault_work
from kamdesk.desktop.clipboard_guard import ClipboardGuard
from kamdesk.desktop.collecting import Collector
from kamdesk.desktop.crash import CrashReports, CrashTeller
from kamdesk.desktop.first_start_frame import show_fitting
from kamdesk.desktop.kit import Kit
from kamdesk.desktop.kit_making import OwnSettings, end_kit, make_kit
from kamdesk.desktop.navigation.target import Target
from kamdesk.desktop.places import UNKEPT_KEY, Places, last_vault, remember_vault
from kamdesk.desktop.qt_setup import make_application
from kamdesk.desktop.readiness import make_ready
from kamdesk.desktop.vault_work import Opened, VaultWork
from kamdesk.model.messages import KamdeskError, Message

if TYPE_CHECKING:  # each is loaded when it is first shown
    from kamdesk.desktop.first_start import FirstStart
    from kamdesk.desktop.help_window import HelpWindow
    from kamdesk.desktop.session import Session
    from kamdesk.desktop.unlock import Unlock

_HURRY_MS = 5000
"""So long locking waits for work that is being saved before it ends the process all the same."""


_SLOW_MS = 600
"""A demo that is not open by then shows the window that asks, so that something is seen."""

_SHOWN_MS = 50
"""The first window is drawn before anything else is loaded."""

_READY_MS = 1200
"""So long after the window opened nobody waits for the first page any more."""


class Application(QObject):
    """One run of the program. :meth:`start`, then the event loop, then :meth:`end`; ``again`` is the command to restart with, if any."""

    def __init__(self, app: QApplication, kit: Kit, places: Places, work: VaultWork | None = None) -> None:
        super().__init__()
        self._app = app
        self._kit = kit
        self._places = places
        self._work = work or VaultWork(places)
        self._front: FirstStart | Unlock | None = None
        self._target: Target | None = None
        self._ending = False
        self.session: Session | None = None
        self.help: HelpWindow | None = None
        self.clipboard = ClipboardGuard(app, parent=self)
        self.again: Sequence[str] | None = None
        self._ready = QTimer(self, singleShot=True, interval=_READY_MS)
        self._ready.timeout.connect(lambda: make_ready(kit))
        app.setQuitOnLastWindowClosed(False)

    # --- the first windows ------------------------------------------------------------------------------------

    def start(self, folder: Path | None = None, target: Target | None = None) -> None:
        """Show the first window: of the vault given, of the last one, or the first steps."""
        self._target = target
        asked = folder or last_vault(self._kit.settings)
        if asked is None or (folder is None and not vault_work.looks_like_vault(asked)):
            self.show_first_start()
        else:
            self._open_or_ask(asked)

    def show_first_start(self) -> FirstStart:
        """The first steps."""
        from kamdesk.desktop.first_start import FirstStart, FirstStartWork

        kit = self._kit
        window = FirstStart(
            kit,
            FirstStartWork(self._work.create, self._work.demo, self._work.make_code, self._work.about),
            vault_work.free_folder(self._places.own_vault),
            vault_work.cautions,
            self._print_code,
        )
        window.opened.connect(self._first_done)
        window.folder_chosen.connect(self._open_or_ask)
        window.code_made.connect(lambda: kit.settings.set(UNKEPT_KEY, True))
        window.code_kept.connect(lambda: kit.settings.set(UNKEPT_KEY, None))
        self._show(window)
        return window

    def _open_or_ask(self, folder: Path) -> None:
        """A demo opens by itself, and asks for nothing on the screen unless it takes long or there is a problem."""
        try:
            demo = vault_work.is_demo(folder)
        except KamdeskError as problem:
            self.show_unlock(folder).show_problem(problem.message)
            return
        if not demo:
            self.show_unlock(folder)
            return
        slow = QTimer(self, singleShot=True, interval=_SLOW_MS)
        slow.timeout.connect(lambda: self._show_asking(folder))

        def failed(message: Message) -> None:
            slow.stop()
            self._show_asking(folder).show_problem(message)

        def opened(vault: Opened) -> None:
            slow.stop()
            self._opened(vault)

        slow.start()
        self._kit.commands.run(lambda: self._work.open(folder, "", "passphrase"), opened, failed, owner=self)

    def _show_asking(self, folder: Path) -> Unlock:
        from kamdesk.desktop.unlock import Unlock

        front = self._front
        return front if isinstance(front, Unlock) else self.show_unlock(folder)

    def show_unlock(self, folder: Path) -> Unlock:
        """Ask for the passphrase."""
        from kamdesk.desktop.unlock import Unlock, UnlockWork

        window = Unlock(self._kit, UnlockWork(self._work.open, self._work.set_passphrase), folder)
        window.opened.connect(self._opened)
        window.folder_chosen.connect(self._open_or_ask)
        window.fresh_wanted.connect(self.show_first_start)
        self._show(window)
        kit = self._kit
        QTimer.singleShot(_SHOWN_MS, window, lambda: kit.queries.run(self._work.warm))
        return window

    def _show(self, window: FirstStart | Unlock) -> None:
        window.closed.connect(lambda: self._front_closed(window))
        window.help_wanted.connect(lambda: self.show_help("start"))
        old, self._front = self._front, window
        show_fitting(window)
        if old is not None:
            old.hide()
            old.deleteLater()

    def _front_closed(self, window: QWidget) -> None:
        if window is self._front and self.session is None:
            self._quit()

    def _print_code(self, pdf: bytes) -> None:
        front = self._front
        opened = front.abandon() if front is not None else None
        if opened is not None:
            from kamdesk.desktop.session import Session, make_printing

            plain = Session.plain_folder(self._places, opened.workplace.vault.header.vault_id)
            printing = make_printing(self._kit, plain, opened.workplace, front.notify)
            printing.print_pdf(front, self._kit.words.gettext("Recovery code"), pdf)

    def _first_done(self, opened: Opened, source: str) -> None:
        self._opened(opened, source)

    def _opened(self, opened: Opened, bring: str = "") -> None:
        from kamdesk.desktop.session import (
            Session,  # the pages and services are loaded while the passphrase is typed
        )

        vault = opened.workplace.vault
        if not vault.is_unprotected:
            remember_vault(self._kit.settings, vault.folder)
        self.session = Session(self._app, self._kit, self._places, opened.workplace, self.clipboard)
        self.session.lock_wanted.connect(self.lock)
        self.session.other_wanted.connect(self._leave_for)
        self.session.window.closed.connect(self._quit)
        self.session.window.help_requested.connect(self.show_help)
        self.session.begin(self._target or opened.target, bring)
        self._ready.start()
        front, self._front = self._front, None
        if front is not None:
            front.hide()
            front.deleteLater()

    # --- lock and end -----------------------------------------------------------------------------------------

    def lock(self) -> None:
        """Hide everything, keep what is typed, end the process and ask for the passphrase in a fresh one."""
        if self.session is None or self._ending:
            return
        folder, target = self.session.workplace.vault.folder, self.session.window.here()
        self._leave(restarting.command(folder, target))

    def _leave_for(self, folder: object) -> None:
        """Another vault (a path), or the first window (None): in a fresh process too, since this one holds data."""
        self._leave(restarting.command(folder if isinstance(folder, Path) else None, None))

    def _leave(self, command: Sequence[str]) -> None:
        self._ending = True
        self.again = command
        session = self.session
        if session is None:
            self._quit()
            return
        session.hide()
        if self.help is not None:
            self.help.hide()
        session.keep_typed()
        if self._kit.commands.busy:
            self._kit.commands.idle.connect(self._quit)
            QTimer.singleShot(_HURRY_MS, self, self._quit)
        else:
            self._quit()

    def show_help(self, kind: str) -> None:
        """The page of the manual for where one stands."""
        if self.help is None:
            from kamdesk.desktop.help_window import HelpWindow

            self.help = HelpWindow(self._kit)
        self.help.show_page(kind)

    def _quit(self) -> None:
        self._app.quit()

    def end(self) -> None:
        """After the event loop: the last backup, the vault closed, plain files and private text gone."""
        self._ready.stop()
        self.clipboard.clear()
        if self.again is None:  # else the process is replaced at once, whatever still reads
            end_kit(self._kit)
        if self._front is not None:
            opened = self._front.abandon()
            if opened is not None:
                opened.workplace.close()
            self._front.deleteLater()
            self._front = None
        if self.session is not None:
            self.session.end()
            self.session = None
        if self.help is not None:
            self.help.deleteLater()
            self.help = None


def run(
    folder: Path | None,
    target: str = "",
    *,
    places: Places | None = None,
    work: Callable[[Places], VaultWork] = VaultWork,
) -> int:
    """Run the desktop until its end and return the exit code."""
    app = make_application()
    places = places or Places.of_user()
    kit = make_kit(app, OwnSettings(places.settings))
    reports = CrashReports(places.reports)
    reports.install()
    CrashTeller(kit, reports, places.reports)
    program = Application(app, kit, places, work(places))
    program.start(folder, restarting.read_target(target))
    collector = Collector(app)
    code = app.exec()
    program.end()
    collector.stop()
    reports.uninstall()
    if program.again is not None:
        restarting.restart(program.again)
    return code
