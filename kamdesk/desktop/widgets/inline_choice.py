"""Inline editors that are chosen: one of a vocabulary, several of it, yes or no. They save at once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import QComboBox, QSizePolicy, QStyledItemDelegate, QWidget

from kamdesk.desktop.kit import Kit, Option
from kamdesk.desktop.widgets.basic import Say, set_look
from kamdesk.desktop.widgets.chips import Chips
from kamdesk.desktop.widgets.inline_base import InlineEditor
from kamdesk.desktop.widgets.tick import Tick

Options = Callable[[], Sequence[Option]]


class Combo(QComboBox):
    """A combo box with our arrow that leaves the wheel to the page unless it has the focus."""

    def __init__(self, kit: Kit, look: str = "") -> None:
        super().__init__()
        self._kit = kit
        if look:
            set_look(self, look)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMaxVisibleItems(20)
        self.setItemDelegate(QStyledItemDelegate(self))  # the default one does not read the style sheet

    def wheelEvent(self, event: QWheelEvent) -> None:
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.property("look") == "inline" and not (self.underMouse() or self.hasFocus()):
            return
        side = self._kit.theme.px(16)
        place = QRect(self.width() - side - 6, (self.height() - side) // 2, side, side)
        self._kit.icons.paint(QPainter(self), "chevron-down", place)


class InlineChoice(InlineEditor):
    """One code of a vocabulary; the first entry is "not known", value "" (or what was given as ``nothing``).

    ``say_nothing`` gives the first entry other words; call :meth:`retell` when they or the options have changed.
    """

    def __init__(
        self,
        kit: Kit,
        say: Say,
        options: Options,
        save: Callable[[Any], object] | None = None,
        *,
        nothing: Any = "",
        required: bool = False,
        say_nothing: Say | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(kit, say, save, parent)
        self._options, self._nothing, self._required = options, nothing, required
        self._say_nothing = say_nothing
        self._codes: list[Any] = []
        self.combo = Combo(kit, "inline")
        self.combo.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.combo.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)  # options may come later
        self.combo.setMinimumContentsLength(6)
        self._stands(self.combo)
        kit.words.bind(self, self._fill)
        self.combo.activated.connect(lambda _index: self._chosen())

    def retell(self) -> None:
        """Ask for the options and the words of "not known" again."""
        self._fill()

    def _fill(self) -> None:
        _ = self.kit.words.gettext
        chosen, dirty = self._raw(), self.is_dirty()
        self.combo.clear()
        self._codes = []
        if not self._required:
            self._codes.append(self._nothing)
            self.combo.addItem(self._say_nothing() if self._say_nothing is not None else _("Not known"))
        for option in self._options():
            self._codes.append(option.code)
            if option.icon:
                self.combo.addItem(self.kit.icons.icon(option.icon), option.label)
            else:
                self.combo.addItem(option.label)
        self._write(chosen)
        if not dirty:
            self._shown = self._raw()

    def _chosen(self) -> None:
        self._typed()
        self.flush()

    def _raw(self) -> Any:
        at = self.combo.currentIndex()
        return self._codes[at] if 0 <= at < len(self._codes) else self._value

    def _read(self) -> Any:
        return self._raw()

    def _write(self, value: Any) -> None:
        wanted = self._nothing if value in (None, "") else value
        if wanted not in self._codes and self._codes and wanted != self._nothing:
            self._codes.append(wanted)  # a code that a newer vocabulary knows is shown as it is, never lost
            self.combo.addItem(str(wanted))
        self.combo.setCurrentIndex(self._codes.index(wanted) if wanted in self._codes else -1)

    def _popup_open(self) -> bool:
        return self.combo.view().isVisible()


class InlineCodes(InlineEditor):
    """Several codes as chips; ``value`` is a tuple, in order of importance where ``ranked``."""

    def __init__(
        self,
        kit: Kit,
        say: Say,
        options: Options,
        save: Callable[[Any], object] | None = None,
        *,
        ranked: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(kit, say, save, parent)
        self.chips = Chips(kit, say, options, ranked=ranked)
        self._value = ()
        self._stands(self.chips)
        self.chips.changed.connect(lambda _codes: self._chosen())

    def _chosen(self) -> None:
        self._typed()
        self.flush()

    def _raw(self) -> Any:
        return self.chips.values()

    def _read(self) -> Any:
        return self.chips.values()

    def _write(self, value: Any) -> None:
        self.chips.set_values(value or ())

    def has_focus(self) -> bool:
        """Whether one is at a chip."""
        return self.chips.isAncestorOf(self.focusWidget()) if self.focusWidget() else False


class InlineYesNo(InlineEditor):
    """A box to tick, with its words beside it."""

    def __init__(
        self,
        kit: Kit,
        say: Say,
        save: Callable[[Any], object] | None = None,
        *,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(kit, say, save, parent)
        self.box = Tick(kit)
        self._value = False
        self._stands(self.box)
        kit.words.bind(self, lambda: self.box.setText(say().replace("&", "&&")))
        self.box.clicked.connect(lambda _checked=False: self._chosen())

    def is_empty(self) -> bool:
        """A box that is not ticked is drawn only where it is asked for."""
        return not self._value

    def _chosen(self) -> None:
        self._typed()
        self.flush()

    def _raw(self) -> bool:
        return self.box.isChecked()

    def _read(self) -> bool:
        return self.box.isChecked()

    def _write(self, value: Any) -> None:
        self.box.setChecked(bool(value))
