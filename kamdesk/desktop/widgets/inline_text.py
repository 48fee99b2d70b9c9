"""Inline editors that are typed: one line, several lines, and everything that is read out of a line (dates, numbers)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QResizeEvent, QShowEvent, QWheelEvent
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QSizePolicy, QWidget

from kamdesk.desktop.kit import Kit
from kamdesk.desktop.widgets.basic import Say, set_look
from kamdesk.desktop.widgets.inline_base import InlineEditor


class _Keys:
    """Enter, Esc and the two undos, shared by the one-line and the long field."""

    editor: _TypedEditor

    def _undo_belongs_to_window(self, event: QKeyEvent) -> bool:
        if event.matches(QKeySequence.StandardKey.Undo):
            return not self.editor.has_own_undo()
        if event.matches(QKeySequence.StandardKey.Redo):
            return not self.editor.has_own_redo()
        return False

    def _escape(self, event: QKeyEvent) -> bool:
        if event.key() != Qt.Key.Key_Escape:
            return False
        if self.editor.can_restore():
            self.editor.restore()
            event.accept()
        else:
            event.ignore()
        return True


class _Line(_Keys, QLineEdit):
    def __init__(self, editor: _TypedEditor) -> None:
        super().__init__()
        self.editor = editor
        set_look(self, "inline")

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride:
            if self._undo_belongs_to_window(event):
                event.ignore()
                return True
            if event.key() == Qt.Key.Key_Escape and self.editor.can_restore():
                event.accept()
                return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self._undo_belongs_to_window(event):
            event.ignore()
        elif self._escape(event):
            return
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.editor.flush()
        else:
            super().keyPressEvent(event)

    def undo_possible(self) -> bool:
        return self.isUndoAvailable()

    def redo_possible(self) -> bool:
        return self.isRedoAvailable()


class _Long(_Keys, QPlainTextEdit):
    def __init__(self, editor: _TypedEditor) -> None:
        super().__init__()
        self.editor = editor
        set_look(self, "inline")
        self.setTabChangesFocus(True)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(
            Qt.ScrollBarPolicy.ScrollBarAlwaysOff
        )  # it wraps; a bar that flashes up while it is laid out would lie over the last line
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.document().setDocumentMargin(2)
        self.document().documentLayout().documentSizeChanged.connect(lambda _size: self._fit())

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride:
            if self._undo_belongs_to_window(event):
                event.ignore()
                return True
            if event.key() == Qt.Key.Key_Escape and self.editor.can_restore():
                event.accept()
                return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        saving = event.modifiers() == Qt.KeyboardModifier.ControlModifier
        if self._undo_belongs_to_window(event):
            event.ignore()
        elif self._escape(event):
            return
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and saving:
            self.editor.flush()
        else:
            super().keyPressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()  # the field is as tall as its text; the page scrolls

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def showEvent(self, event: QShowEvent) -> None:
        """The theme or the text size may have changed while it was hidden."""
        super().showEvent(event)
        self._fit()

    def sizeHint(self) -> QSize:
        return QSize(300, self.height())

    def _fit(self) -> None:
        lines = max(1, int(self.document().size().height()))
        height = round(lines * self.fontMetrics().lineSpacing() + 2 * self.document().documentMargin() + 12)
        if height != self.height():
            self.setFixedHeight(height)

    def undo_possible(self) -> bool:
        return self.document().isUndoAvailable()

    def redo_possible(self) -> bool:
        return self.document().isRedoAvailable()


class _TypedEditor(InlineEditor):
    """What the one-line and the long field share."""

    _field: _Line | _Long
    _given_up = False
    _undone = False

    def has_own_undo(self) -> bool:
        """Whether Ctrl+Z has unsaved typing (or a draft given up by Esc) to work on here."""
        return self._field.undo_possible() and (self.is_dirty() or self._given_up)

    def has_own_redo(self) -> bool:
        """Whether Ctrl+Shift+Z can bring back typing that Ctrl+Z took away here."""
        return self._field.redo_possible()

    def can_restore(self) -> bool:
        """Whether Esc has something to give up."""
        return self.is_dirty() or bool(self.visit and self._value != self._start)

    def restore(self) -> None:
        super().restore()
        self._given_up = True

    def _entered(self) -> None:
        self._given_up = False
        super()._entered()

    def _user_typed(self) -> None:
        self._given_up = False
        self._typed()


class InlineText(_TypedEditor):
    """One line of text. ``value`` is a str; surrounding blanks are not kept."""

    def __init__(
        self,
        kit: Kit,
        say: Say,
        save: Callable[[Any], object] | None = None,
        *,
        placeholder: Say | None = None,
        look: str = "inline",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(kit, say, save, parent)
        self._field = self.line = _Line(self)
        set_look(self.line, look)
        self._stands(self.line)
        self.line.textChanged.connect(self._changed)
        kit.words.bind(self, lambda: self.line.setPlaceholderText((placeholder or say)()))

    _writing = False

    def _changed(self) -> None:
        if not self._writing:
            self._user_typed()

    def _raw(self) -> str:
        return self.line.text()

    def _read(self) -> Any:
        return self.line.text().strip()

    def _show(self, value: Any) -> str:
        return value or ""

    def _write(self, value: Any) -> None:
        self._writing = True
        if self.line.text() != self._show(value):
            self.line.setText(self._show(value))
            self.line.setCursorPosition(0)
        self._writing = False

    def _write_undoable(self, value: Any) -> None:
        self._writing = True
        self.line.selectAll()
        self.line.insert(self._show(value))
        self._writing = False


class InlineTyped(InlineText):
    """A line that is read into a value: give the reader and the way to show it. None when the line is empty."""

    def __init__(
        self,
        kit: Kit,
        say: Say,
        read: Callable[[str], Any],
        show: Callable[[Any], str],
        save: Callable[[Any], object] | None = None,
        *,
        placeholder: Say | None = None,
        parent: QWidget | None = None,
    ) -> None:
        self._reader, self._shower = read, show
        super().__init__(kit, say, save, placeholder=placeholder, parent=parent)

    def _read(self) -> Any:
        text = self.line.text().strip()
        return self._reader(text) if text else None

    def _show(self, value: Any) -> str:
        return "" if value is None else self._shower(value)


class InlineWords(InlineText):
    """Free words in one line, parted by commas (tags); a tuple, each word once."""

    def _read(self) -> tuple[str, ...]:
        words = (" ".join(word.split()) for word in self.line.text().replace(";", ",").split(","))
        return tuple(dict.fromkeys(word for word in words if word))

    def _show(self, value: Any) -> str:
        return ", ".join(value or ())


class InlineDate(InlineTyped):
    """A full date, typed as people type it."""

    def __init__(
        self,
        kit: Kit,
        say: Say,
        save: Callable[[Any], object] | None = None,
        *,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(kit, say, kit.typed.read_date, kit.typed.show_date, save, parent=parent)


class InlinePartialDate(InlineTyped):
    """A date of which a part may be unknown («5 марта», "1975")."""

    def __init__(
        self,
        kit: Kit,
        say: Say,
        save: Callable[[Any], object] | None = None,
        *,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(
            kit, say, kit.typed.read_partial_date, kit.typed.show_partial_date, save, parent=parent
        )


class InlineDecimal(InlineTyped):
    """An exact number («1,2 млн»); Decimal or None."""

    def __init__(
        self,
        kit: Kit,
        say: Say,
        save: Callable[[Any], object] | None = None,
        *,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(kit, say, kit.typed.read_decimal, kit.typed.show_decimal, save, parent=parent)


class InlineInteger(InlineTyped):
    """A whole number or None."""

    def __init__(
        self,
        kit: Kit,
        say: Say,
        save: Callable[[Any], object] | None = None,
        *,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(kit, say, kit.typed.read_integer, kit.typed.show_integer, save, parent=parent)


class InlineLongText(_TypedEditor):
    """Text of several lines that grows with its content; Enter is a new line, Ctrl+Enter saves, Tab leaves."""

    field_class: type[_Long] = _Long

    def __init__(
        self,
        kit: Kit,
        say: Say,
        save: Callable[[Any], object] | None = None,
        *,
        placeholder: Say | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(kit, say, save, parent)
        self._field = self.text = self.field_class(self)
        self._writing = False
        self._stands(self.text)
        self.text.textChanged.connect(self._changed)
        kit.words.bind(self, lambda: self.text.setPlaceholderText((placeholder or say)()))

    def _changed(self) -> None:
        if not self._writing:
            self._user_typed()

    def _raw(self) -> str:
        return self.text.toPlainText()

    def _read(self) -> Any:
        return self.text.toPlainText().strip()

    def _write(self, value: Any) -> None:
        self._writing = True
        if self.text.toPlainText() != (value or ""):
            self.text.setPlainText(value or "")
        self._writing = False

    def _write_undoable(self, value: Any) -> None:
        self._writing = True
        cursor = self.text.textCursor()
        cursor.select(cursor.SelectionType.Document)
        cursor.insertText(value or "")
        self._writing = False
