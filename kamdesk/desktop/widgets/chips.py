"""Chips: several choices beside each other, on request ranked by importance (criteria, tags, lenses).

Keyboard: arrows move between chips, Delete takes one away, Alt with an arrow ranks it; the mouse drags it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise

from PySide6.QtCore import QMimeData, QPoint, Qt, Signal
from PySide6.QtGui import QDrag, QDragEnterEvent, QDropEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QApplication, QMenu, QPushButton, QWidget

from kamdesk.desktop.kit import Kit, Option
from kamdesk.desktop.widgets.basic import Say, button, set_look
from kamdesk.desktop.widgets.flow import FlowLayout

_MIME = "application/x-kamdesk-chip"


class Chips(QWidget):
    """``changed(tuple of codes)`` after every change by the user. ``options()`` gives all choices in the language of the moment."""

    changed = Signal(object)

    def __init__(
        self,
        kit: Kit,
        say: Say,
        options: Callable[[], Sequence[Option]],
        *,
        ranked: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._kit = kit
        self._say = say
        self._options = options
        self._ranked = ranked
        self._codes: list[str] = []
        self._chips: list[_Chip] = []
        _ = kit.words.gettext
        self._flow = FlowLayout(self)
        self.add_button = button(kit, lambda: _("Add"), "add", "quiet", self._offer)
        self._flow.addWidget(self.add_button)
        self.setAcceptDrops(ranked)
        self.setFocusProxy(self.add_button)
        kit.words.bind(self, self._rebuild)

    def values(self) -> tuple[str, ...]:
        """The chosen codes in order."""
        return tuple(self._codes)

    def set_values(self, codes: Sequence[str]) -> None:
        """Show other choices; sends nothing."""
        if list(codes) != self._codes:
            self._codes = list(codes)
            self._rebuild()

    def add(self, code: str) -> None:
        """Choose one more, as the user does."""
        if code not in self._codes:
            self._codes.append(code)
            self._tell(len(self._codes) - 1)

    def remove(self, code: str) -> None:
        """Take one away, as the user does."""
        at = self._codes.index(code)
        self._codes.remove(code)
        self._tell(min(at, len(self._codes) - 1))

    def rank(self, code: str, to: int) -> None:
        """Give one another rank, as the user does."""
        at = self._codes.index(code)
        to = max(0, min(to, len(self._codes) - 1))
        if self._ranked and to != at:
            self._codes.insert(to, self._codes.pop(at))
            self._tell(to)

    def step(self, chip: _Chip, step: int) -> None:
        """Move the focus to a neighbour."""
        at = self._chips.index(chip) + step
        (self._chips[at] if 0 <= at < len(self._chips) else self.add_button).setFocus(
            Qt.FocusReason.OtherFocusReason
        )

    def _tell(self, focus: int) -> None:
        self._rebuild()
        (self._chips[focus] if self._chips else self.add_button).setFocus(Qt.FocusReason.OtherFocusReason)
        self.changed.emit(self.values())

    def _rebuild(self) -> None:
        labels = {option.code: option.label for option in self._options()}
        for chip in self._chips:
            self._flow.removeWidget(chip)
            chip.hide()
            chip.deleteLater()
        self._flow.removeWidget(self.add_button)
        self._chips = []
        for rank, code in enumerate(self._codes, start=1):
            chip = _Chip(self, self._kit, code, labels.get(code, code), rank if self._ranked else 0)
            self._chips.append(chip)
            self._flow.addWidget(chip)
            chip.show()
        self._flow.addWidget(self.add_button)
        self.add_button.setVisible(len(self._codes) < len(labels))
        self.add_button.setAccessibleName(self._kit.words.gettext("Add: {what}").format(what=self._say()))
        self._order_tabs()
        self._flow.invalidate()
        self.updateGeometry()

    def _order_tabs(self) -> None:
        stops = [*self._chips, self.add_button]
        for first, second in pairwise(stops):
            QWidget.setTabOrder(first, second)

    def _offer(self) -> None:
        menu = QMenu(self)
        for option in self._options():
            if option.code not in self._codes:
                menu.addAction(option.label).triggered.connect(
                    lambda _checked=False, code=option.code: self.add(code)
                )
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self.add_button.mapToGlobal(self.add_button.rect().bottomLeft()))

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if (
            event.mimeData().hasFormat(_MIME)
            and isinstance(event.source(), _Chip)
            and event.source() in self._chips
        ):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        at = event.position().toPoint()
        nearest = min(self._chips, key=lambda chip: (chip.geometry().center() - at).manhattanLength())
        self.rank(bytes(event.mimeData().data(_MIME).data()).decode(), self._chips.index(nearest))
        event.acceptProposedAction()


class _Chip(QPushButton):
    def __init__(self, chips: Chips, kit: Kit, code: str, text: str, rank: int) -> None:
        super().__init__(chips)
        self._chips = chips
        self._kit = kit
        self._rank = rank
        self.code = code
        self._pressed_at = QPoint()
        set_look(self, "chip")
        self.setText(f"{rank}  {text}" if rank else text)
        _ = kit.words.gettext
        self.setAccessibleName(_("{what}, place {n}").format(what=text, n=rank) if rank else text)
        hint = _("Delete takes it away, Alt with an arrow moves it") if rank else _("Delete takes it away")
        self.setAccessibleDescription(hint)
        self.setToolTip(hint)
        self.clicked.connect(self._menu)

    def _menu(self) -> None:
        _ = self._kit.words.gettext
        menu = QMenu(self._chips)
        if self._rank:
            menu.addAction(_("More important")).triggered.connect(
                lambda: self._chips.rank(self.code, self._rank - 2)
            )
            menu.addAction(_("Less important")).triggered.connect(
                lambda: self._chips.rank(self.code, self._rank)
            )
        menu.addAction(_("Take away")).triggered.connect(lambda: self._chips.remove(self.code))
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self.mapToGlobal(self.rect().bottomLeft()))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Up: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Down: 1}.get(
            Qt.Key(event.key())
        )
        if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self._chips.remove(self.code)
        elif step and event.modifiers() & Qt.KeyboardModifier.AltModifier and self._rank:
            self._chips.rank(self.code, self._rank - 1 + step)
        elif step and not event.modifiers():
            self._chips.step(self, step)
        else:
            super().keyPressEvent(event)

    def event(self, event):
        # Alt+← and Alt+→ go back and forward elsewhere; on a ranked chip they rank
        if isinstance(event, QKeyEvent) and event.type() == QKeyEvent.Type.ShortcutOverride and self._rank:
            arrows = (Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down)
            if event.modifiers() & Qt.KeyboardModifier.AltModifier and event.key() in arrows:
                event.accept()
                return True
        return super().event(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._pressed_at = event.position().toPoint()
        super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        far = (
            event.position().toPoint() - self._pressed_at
        ).manhattanLength() >= QApplication.startDragDistance()
        if not self._rank or not far or not event.buttons() & Qt.MouseButton.LeftButton:
            super().mouseMoveEvent(event)
            return
        self.setDown(False)
        data = QMimeData()
        data.setData(_MIME, self.code.encode())
        drag = QDrag(self)
        drag.setMimeData(data)
        drag.setPixmap(self.grab())
        drag.setHotSpot(self._pressed_at)
        drag.exec(Qt.DropAction.MoveAction)
