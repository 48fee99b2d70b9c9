"""What every editor that stands in the text of a page has in common: when it saves, what Esc and Ctrl+Z do, where problems are said.

It looks like text; a frame appears under the mouse and with the focus. It saves on Enter, on leaving and after a pause, keeps a draft that
cannot be saved together with the reason, and gives Ctrl+Z to the window as soon as nothing unsaved is left.
"""

from __future__ import annotations

import uuid
from abc import abstractmethod
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QContextMenuEvent
from PySide6.QtWidgets import QAbstractScrollArea, QMenu, QVBoxLayout, QWidget

from kamdesk.desktop.kit import Kit
from kamdesk.desktop.widgets.basic import Say, label, set_state
from kamdesk.desktop.widgets.hooks import Hooks
from kamdesk.model.messages import KamdeskError, Message

PAUSE_MS = 1500
HISTORY_ACTION = "edit.history"
"""The window's action that shows who changed the field; the menu of every editor offers it."""


class _Nothing:
    """Equal to no text: a draft that was refused counts as unsaved."""


_NOTHING = _Nothing()


class InlineEditor(QWidget, metaclass=Hooks):
    """Base of the inline editors. ``saved(value)`` is sent after the save callback was called.

    Subclasses build one control and give ``_read`` (its value; raises KamdeskError or ValueError), ``_write`` and ``_raw``.
    ``visit`` names one stay in the field: saves with the same visit belong to one step of undo.
    """

    saved = Signal(object)
    drafted = Signal()

    def __init__(
        self, kit: Kit, say: Say, save: Callable[[Any], object] | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.kit = kit
        self._say = say
        self._save = save
        self._value: Any = None
        self._shown: Any = ""
        self._failed: Any = None
        self._before: Any = _NOTHING
        self._start: Any = None
        self.visit = ""
        self._pause = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._pause.timeout.connect(lambda: self.flush(tell=False))
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(2)
        self._problem = label(kit, look="error", wrap=True)
        self._problem.hide()
        self._control: QWidget | None = None

    # --- for pages --------------------------------------------------------------------------------------------

    def on_save(self, save: Callable[[Any], object]) -> None:
        """``save(value)`` is called with every valid new value; a KamdeskError it raises is shown here."""
        self._save = save

    def label_text(self) -> str:
        """What the field is called, in the language of the moment."""
        return self._say()

    def value(self) -> Any:
        """The value that was given or saved last."""
        return self._value

    def set_value(self, value: Any) -> None:
        """Show a stored value. A draft that is being typed stays where it is; Esc then gives the new value."""
        dirty = self.is_dirty()
        self._value = value
        if dirty:
            self._start = value
            return
        self._take_over()

    def is_empty(self) -> bool:
        """Whether there is nothing to be drawn: no value and no draft."""
        return self._value in (None, "", ()) and not self.is_dirty()

    def is_dirty(self) -> bool:
        """Whether something typed has not been saved."""
        return self._control is not None and self._raw() != self._shown

    def flush(self, tell: bool = True) -> bool:
        """Save what was typed. False where it cannot be: the draft stays, and with ``tell`` the reason is shown."""
        self._pause.stop()
        if not self.is_dirty():
            return True
        if self._raw() == self._failed:
            return False
        try:
            value = self._read()
        except (KamdeskError, ValueError) as problem:
            if tell:
                self._fail(problem)
            return False
        self._before, old_shown, shown = self._value, self._shown, self._raw()
        self._value, self._shown = value, shown
        try:
            if value != self._before and self._save is not None:
                self._save(value)
        except KamdeskError as problem:
            self._value, self._shown = self._before, old_shown
            self._fail(problem)
            return False
        self._clear_problem()
        if not self.has_focus():
            self._take_over()
        self.saved.emit(value)
        return True

    def restore(self) -> None:
        """Give up the draft: back to the value of the beginning of the visit. Ctrl+Z in the field brings the draft back."""
        self._pause.stop()
        self._clear_problem()
        saved_meanwhile = self._value != self._start and self.visit
        self._write_undoable(self._start if self.visit else self._value)
        if saved_meanwhile:
            self.flush()
        else:
            self._shown = self._raw()

    def show_problem(self, problem: Message | str) -> None:
        """Say beside the field why the value was not taken; the draft stays. For ``failed=`` of a command."""
        if self._before is not _NOTHING:
            self._value = self._before
        self._failed = self._raw()
        self._shown = _NOTHING
        self._tell(self.kit.words.message(problem) if isinstance(problem, Message) else problem)

    def problem(self) -> str:
        """What is said beside the field; "" for nothing."""
        return self._problem.text()

    def has_focus(self) -> bool:
        """Whether one is in the field."""
        return self._control is not None and self._control.hasFocus()

    def focus(self) -> None:
        """Go into the field."""
        if self._control is not None:
            self._control.setFocus(Qt.FocusReason.OtherFocusReason)

    # --- for subclasses ---------------------------------------------------------------------------------------

    @abstractmethod
    def _read(self) -> Any: ...

    @abstractmethod
    def _write(self, value: Any) -> None: ...

    @abstractmethod
    def _raw(self) -> Any: ...

    def _write_undoable(self, value: Any) -> None:
        self._write(value)

    def _stands(self, control: QWidget) -> None:
        """The subclass has built its control."""
        self._control = control
        control.installEventFilter(self)
        if isinstance(control, QAbstractScrollArea):
            control.viewport().installEventFilter(self)  # a menu is asked for there
        self._layout.insertWidget(0, control)
        self._layout.addWidget(self._problem)
        self.setFocusProxy(control)
        self.kit.words.bind(self, self._name)
        self._take_over()

    def _typed(self) -> None:
        """The control was changed by the user."""
        if self._raw() != self._failed:
            self._clear_problem()
        self._pause.start()
        self.drafted.emit()

    def _take_over(self) -> None:
        self._write(self._value)
        self._shown = self._raw()
        self._start = self._value
        self._clear_problem()

    def _name(self) -> None:
        if self._control is not None:
            self._control.setAccessibleName(self._say())

    def _fail(self, problem: Exception) -> None:
        self._failed = self._raw()
        if isinstance(problem, KamdeskError):
            self._tell(self.kit.words.message(problem.message))
        else:
            self._tell(self.kit.words.gettext("This is not understood. Check what was typed."))

    def _tell(self, words: str) -> None:
        self._problem.setText(words)
        self._problem.show()
        if self._control is not None:
            set_state(self._control, "wrong", True)
            self._control.setAccessibleDescription(words)

    def _clear_problem(self) -> None:
        self._failed = None
        self._problem.clear()
        self._problem.hide()
        if self._control is not None:
            set_state(self._control, "wrong", False)
            self._control.setAccessibleDescription("")

    def _entered(self) -> None:
        self.visit = uuid.uuid4().hex
        self._start = self._value

    def _left(self) -> None:
        if self.flush() and not self._problem.text():
            self._take_over()
        self.visit = ""

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QContextMenuEvent):
            return self._offer_menu(event)
        if watched is self._control:
            if event.type() == QEvent.Type.FocusIn:
                self._entered()
            elif event.type() == QEvent.Type.FocusOut and not self._popup_open():
                self._left()
        return False

    def _offer_menu(self, event: QContextMenuEvent) -> bool:
        """The control's own menu with the history of the field below it; False where the window knows of none."""
        history = self.window().findChild(QAction, HISTORY_ACTION)
        if history is None or self._control is None:
            return False
        own = getattr(self._control, "createStandardContextMenu", None)
        menu: QMenu = own() if own is not None else QMenu(self._control)
        if not menu.isEmpty():
            menu.addSeparator()
        menu.addAction(history)
        self._control.setFocus(Qt.FocusReason.MenuBarFocusReason)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(event.globalPos())
        return True

    def _popup_open(self) -> bool:
        """Whether the focus only went into a list or menu of this very field."""
        return False
