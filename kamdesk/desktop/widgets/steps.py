"""The steps of a page that is worked through (a proposal): a list on the left, freely clickable, each with its state."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QButtonGroup, QPushButton, QVBoxLayout, QWidget

from kamdesk.desktop.kit import Kit
from kamdesk.desktop.widgets.basic import Say, set_look

_MARKS = {"": "", "done": "ok", "attention": "warning", "error": "error"}
_COLOURS = {"done": "success", "attention": "warning", "error": "danger"}


@dataclass(frozen=True)
class Step:
    """One step: its id, what it is called, its drawing while it has no state."""

    id: str
    say: Say
    icon: str


class Steps(QWidget):
    """``chosen(id)`` when the user goes to a step; arrows move, the list is one stop of Tab after the chosen one."""

    chosen = Signal(str)

    def __init__(self, kit: Kit, say: Say, steps: Sequence[Step], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._kit = kit
        self._steps = {step.id: step for step in steps}
        self._states = {step.id: ("", "") for step in steps}
        self._buttons: dict[str, QPushButton] = {}
        self._group = QButtonGroup(self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        for step in steps:
            made = QPushButton()
            set_look(made, "nav")
            made.setCheckable(True)
            made.setAutoDefault(False)
            made.clicked.connect(lambda _checked=False, step_id=step.id: self.go(step_id))
            made.installEventFilter(self)
            self._group.addButton(made)
            self._buttons[step.id] = made
            column.addWidget(made)
        column.addStretch(1)
        self._buttons[steps[0].id].setChecked(True)
        kit.words.bind(self, self._say)
        kit.words.bind(self, lambda: self.setAccessibleName(say()))

    def current(self) -> str:
        """The id of the chosen step."""
        return next(step_id for step_id, made in self._buttons.items() if made.isChecked())

    def set_current(self, step_id: str) -> None:
        """Mark a step; sends nothing."""
        self._buttons[step_id].setChecked(True)

    def go(self, step_id: str) -> None:
        """Choose a step, as the user does."""
        self._buttons[step_id].setChecked(True)
        self.chosen.emit(step_id)

    def set_shown(self, step_id: str, shown: bool) -> None:
        """Show a step only where it makes sense."""
        self._buttons[step_id].setVisible(shown)

    def shown(self) -> list[str]:
        """The ids of the steps one can go to, in their order."""
        return [step_id for step_id, made in self._buttons.items() if not made.isHidden()]

    def set_state(self, step_id: str, state: str, why: str = "") -> None:
        """Mark a step "" (nothing to say), "done", "attention" or "error"; ``why`` is said in words."""
        self._states[step_id] = (state, why)
        self._say()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            order = [self._buttons[step_id] for step_id in self.shown()]
            step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()))
            if step is not None:
                order[(order.index(watched) + step) % len(order)].setFocus(Qt.FocusReason.OtherFocusReason)  # type: ignore[arg-type]
                return True
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                watched.click()  # type: ignore[attr-defined]
                return True
        return False

    def _say(self) -> None:
        side = self._kit.theme.px(18)
        for step_id, made in self._buttons.items():
            state, why = self._states[step_id]
            words = self._steps[step_id].say()
            made.setText(" " + words.replace("&", "&&"))
            made.setIcon(
                self._kit.icons.icon(_MARKS[state] or self._steps[step_id].icon, _COLOURS.get(state, "icon"))
            )
            made.setIconSize(QSize(side, side))
            made.setToolTip(why)
            made.setAccessibleName(f"{words}: {why}" if why else words)
