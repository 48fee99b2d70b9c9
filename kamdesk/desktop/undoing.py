"""Carries each change to the pages, and names what can be undone and redone in the words of its step."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QObject, Qt, Signal

from kamdesk.desktop.kit import Kit
from kamdesk.desktop.main_window import MainWindow
from kamdesk.desktop.widgets.basic import Say
from kamdesk.model.messages import Message
from kamdesk.store.changes import ChangeSet
from kamdesk.store.history import History
from kamdesk.store.unit_of_work import Store

_KIND: Final = "success"


class Undoing(QObject):
    """``changed(ChangeSet)`` in the GUI thread after every commit, its initiator with it.

    Unsaved typing is undone by the field itself: an editor with an undo of its own keeps Ctrl+Z, any other leaves it to the window.
    """

    changed = Signal(object)
    _committed = Signal(object)

    def __init__(self, kit: Kit, window: MainWindow, store: Store, history: History) -> None:
        super().__init__(window)
        self._kit = kit
        self._window = window
        self._history = history
        self._undo: Message | None = None
        self._redo: Message | None = None
        self._committed.connect(self._apply, Qt.ConnectionType.QueuedConnection)
        self._forget = store.subscribe(self._committed.emit)
        window.undo_requested.connect(self._take_back)
        window.redo_requested.connect(self._bring_back)
        kit.words.bind(self, self._name)
        self.ask()

    def end(self) -> None:
        """Listen no more."""
        self._forget()

    def ask(self) -> None:
        """Ask anew what can be undone."""

        def work() -> tuple[Message | None, Message | None]:
            undo, redo = self._history.undoable(), self._history.redoable()
            return undo.message if undo else None, redo.message if redo else None

        self._kit.queries.run(work, self._asked, owner=self, key="undo")

    def _apply(self, changes: ChangeSet) -> None:
        self._window.apply(changes)
        self.changed.emit(changes)
        self.ask()

    def _asked(self, names: tuple[Message | None, Message | None]) -> None:
        self._undo, self._redo = names
        self._name()

    def _name(self) -> None:
        say = self._kit.words.message
        self._window.set_undo(
            say(self._undo) if self._undo is not None else "",
            say(self._redo) if self._redo is not None else "",
        )

    def _take_back(self) -> None:
        _ = self._kit.words.gettext
        self._turn(
            self._history.undo,
            lambda what: _("Undone: {what}").format(what=what),
            lambda: _("Bring it back"),
            self._bring_back,
        )

    def _bring_back(self) -> None:
        _ = self._kit.words.gettext
        self._turn(
            self._history.redo,
            lambda what: _("Done again: {what}").format(what=what),
            lambda: _("Undo"),
            self._take_back,
        )

    def _turn(
        self,
        turn: Callable[[], Message],
        say: Callable[[str], str],
        other: Say,
        on_other: Callable[[], object],
    ) -> None:
        """Turn one step and say which: it may belong to a page that is not in sight."""

        def done(message: Message) -> None:
            self._window.notices.clear_of(_KIND)
            self._window.notify(lambda: say(self._kit.words.message(message)), _KIND, other, on_other)
            self.ask()

        self._window.save_all()
        self._kit.commands.run(turn, done, owner=self)
