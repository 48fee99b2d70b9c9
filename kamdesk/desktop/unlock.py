"""Asks for the passphrase, or the recovery code and then a new passphrase; says in words what is in the way and what to do next."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PySide6.QtCore import QUrl, Signal
from PySide6.QtGui import QDesktopServices

from kamdesk.desktop.dialogs.disk import ask_folder
from kamdesk.desktop.kit import Kit
from kamdesk.desktop.unlock_view import UnlockView
from kamdesk.desktop.widgets.basic import set_state
from kamdesk.model.messages import Message

_AGAIN = frozenset(
    {"vault.already_open", "vault.cannot_read", "vault.cannot_write", "storage.busy", "storage.failed"}
)
_LOOK = frozenset(
    {
        "vault.header_damaged",
        "vault.damaged",
        "vault.data_missing",
        "vault.greedy_header",
        "vault.migration_failed",
    }
)
_TYPED = frozenset({"vault.wrong_passphrase", "vault.passphrase_empty"})


@dataclass(frozen=True)
class UnlockWork:
    """What is done in the lane of edits; every function may raise KamdeskError.

    ``open(folder, secret, kind)`` gives the opened vault, ``kind`` being passphrase or recovery; ``set_passphrase(opened, new)`` after
    the recovery code.
    """

    open: Callable[[Path, str, str], Any]
    set_passphrase: Callable[[Any, str], object]


class Unlock(UnlockView):
    """``opened(vault)`` at the end, ``folder_chosen(Path)`` for another vault, ``fresh_wanted()`` for the first start."""

    opened = Signal(object)
    folder_chosen = Signal(object)
    fresh_wanted = Signal()

    def __init__(self, kit: Kit, work: UnlockWork, folder: Path) -> None:
        super().__init__(kit)
        self._work = work
        self._folder = folder
        self._vault: Any = None
        self._last: Message | None = None
        self._wrong = 0
        self.where.setText(str(folder))
        self.open_button.clicked.connect(self._open)
        self.secret.entered.connect(self._open)
        self.use_code.clicked.connect(lambda: self._show(1))
        self.code_back.clicked.connect(lambda: self._show(0))
        self.code_button.clicked.connect(self._open_by_code)
        self.code.returnPressed.connect(self._open_by_code)
        self.code.textChanged.connect(lambda _text: set_state(self.code, "wrong", ""))
        self.new.changed.connect(lambda: self.new_button.setEnabled(self.new.ready()))
        self.new.entered.connect(self._set_new)
        self.new_button.clicked.connect(self._set_new)
        self.other.clicked.connect(self._ask_other)
        self.fresh.clicked.connect(self.fresh_wanted)
        self.step.clicked.connect(self._next_step)
        kit.words.bind(self, self._say_problem)
        self.secret.setFocus()

    def abandon(self) -> Any:
        """A vault that the recovery code opened while no new passphrase is set; None where there is none."""
        return self._vault

    def show_problem(self, message: Message) -> None:
        """Say what is in the way, with the next step where there is one to press."""
        self._last = message
        self._say_problem()

    # --- inside -----------------------------------------------------------------------------------------------

    def _say_problem(self) -> None:
        _ = self.kit.words.gettext
        words = self.kit.words.message(self._last) if self._last is not None else ""
        if self._wrong >= 3 and self._last is not None and self._last.code == "vault.wrong_passphrase":
            words += " " + _("If it is forgotten, the recovery code opens the vault.")
        self.tell(words)
        code = self._last.code if self._last is not None else ""
        self.step.setVisible(code in _AGAIN | _LOOK)
        self.step.setText(_("Open the folder") if code in _LOOK else _("Try again"))
        self.step.setIcon(self.kit.icons.icon("folder" if code in _LOOK else "refresh"))

    def _next_step(self) -> None:
        if self._last is not None and self._last.code in _LOOK:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._folder)))
        elif self.parts.currentIndex() == 1:
            self._open_by_code()
        else:
            self._open()

    def _show(self, part: int) -> None:
        self._last = None
        self._say_problem()
        self.parts.setCurrentIndex(part)
        (self.secret, self.code, self.new)[part].setFocus()

    def _run(
        self, work: Callable[[], Any], done: Callable[[Any], object], failed: Callable[[Message], object]
    ) -> None:
        self._last = None
        self._say_problem()
        self.parts.setEnabled(False)

        def well(result: Any) -> None:
            self.parts.setEnabled(True)
            done(result)

        def badly(message: Message) -> None:
            self.parts.setEnabled(True)
            failed(message)

        self.kit.commands.run(work, well, badly, owner=self)

    def _open(self) -> None:
        folder, secret = self._folder, self.secret.text()
        self._run(lambda: self._work.open(folder, secret, "passphrase"), self._opened, self._refused)

    def _opened(self, vault: Any) -> None:
        self.secret.clear()
        self.opened.emit(vault)

    def _refused(self, message: Message) -> None:
        if message.code in _TYPED:
            self._wrong += 1
            self.secret.set_wrong(True)
            self.secret.line.selectAll()
        self.show_problem(message)
        self.secret.setFocus()

    def _open_by_code(self) -> None:
        folder, code = self._folder, self.code.text()
        self._run(lambda: self._work.open(folder, code, "recovery"), self._code_fits, self._code_refused)

    def _code_fits(self, vault: Any) -> None:
        self._vault = vault
        self.code.clear()
        self._show(2)

    def _code_refused(self, message: Message) -> None:
        set_state(self.code, "wrong", "true")
        self.show_problem(message)
        self.code.setFocus()

    def _set_new(self) -> None:
        if not self.new.ready():
            return
        vault, passphrase = self._vault, self.new.first.text()
        self._run(
            lambda: self._work.set_passphrase(vault, passphrase), lambda _done: self._end(), self.show_problem
        )

    def _end(self) -> None:
        self.new.take()
        vault, self._vault = self._vault, None
        self.opened.emit(vault)

    def _ask_other(self) -> None:
        _ = self.kit.words.gettext
        ask_folder(self, _("Open a vault: choose its folder"), self.folder_chosen.emit, self._folder.parent)
