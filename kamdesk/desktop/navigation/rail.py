"""The rail on the left: the sections as pictures and words, folded to pictures on request."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QButtonGroup, QFrame, QPushButton, QVBoxLayout, QWidget

from kamdesk.desktop.kit import Kit
from kamdesk.desktop.widgets.basic import Say, set_look, tool_button

_WIDE, _NARROW = 186, 60


class Rail(QFrame):
    """Sends ``chosen(id)``. Arrows move between the sections, the rail is one stop of Tab."""

    chosen = Signal(str)

    def __init__(self, kit: Kit, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._kit = kit
        self._says: dict[str, Say] = {}
        self._buttons: dict[str, QPushButton] = {}
        self._group = QButtonGroup(self)
        self._group.setExclusive(True)
        self._folded = bool(kit.settings.get("window.rail_folded", False))
        set_look(self, "rail")
        _ = kit.words.gettext
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(8, 10, 8, 10)
        self._layout.setSpacing(2)
        self._fold = tool_button(kit, lambda: _("Fold or unfold the sections"), "sidebar", self.toggle)
        self._layout.addStretch(1)
        self._layout.addWidget(self._fold)
        kit.words.bind(self, self._say)
        kit.theme.changed.connect(self._say)

    def add(self, section: str, say: Say, icon: str) -> None:
        """Add a section at the end, once."""
        if section in self._says:
            return
        made = QPushButton()
        set_look(made, "nav")
        made.setCheckable(True)
        made.setAutoDefault(False)
        made.setIcon(self._kit.icons.icon(icon))
        made.clicked.connect(lambda _checked=False: self.chosen.emit(section))
        made.installEventFilter(self)
        self._group.addButton(made)
        self._says[section] = say
        self._buttons[section] = made
        self._layout.insertWidget(len(self._buttons) - 1, made)
        self._say()

    def words(self, section: str) -> str:
        """The name of a section in the language of the moment; "" for none."""
        return self._says[section]() if section in self._says else ""

    def set_current(self, section: str) -> None:
        """Mark the section one is in; "" marks none."""
        self._group.setExclusive(False)
        for name, made in self._buttons.items():
            made.setChecked(name == section)
        self._group.setExclusive(True)

    def toggle(self) -> None:
        """Fold to pictures or unfold."""
        self._folded = not self._folded
        self._kit.settings.set("window.rail_folded", self._folded)
        self._say()

    def eventFilter(self, watched, event):
        if isinstance(event, QKeyEvent) and event.type() == QKeyEvent.Type.KeyPress:
            step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()))
            if step is not None:
                order = list(self._buttons.values())
                order[(order.index(watched) + step) % len(order)].setFocus(Qt.FocusReason.OtherFocusReason)
                return True
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                watched.click()
                return True
        return super().eventFilter(watched, event)

    def _say(self) -> None:
        self.setFixedWidth(self._kit.theme.px(_NARROW if self._folded else _WIDE))
        side = self._kit.theme.px(20)
        for section, made in self._buttons.items():
            words = self._says[section]()
            made.setText("" if self._folded else " " + words.replace("&", "&&"))
            made.setToolTip(words if self._folded else "")
            made.setAccessibleName(words)
            made.setIconSize(QSize(side, side))
