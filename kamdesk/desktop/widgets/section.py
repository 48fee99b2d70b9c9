"""The parts a page reads in: cards, sections with a heading and +, and lists of fields of which only the filled are drawn."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QMenu, QSizePolicy, QVBoxLayout, QWidget

from kamdesk.desktop.kit import Kit
from kamdesk.desktop.widgets.basic import Say, button, label, rows, set_look
from kamdesk.desktop.widgets.inline_base import InlineEditor
from kamdesk.desktop.widgets.inline_choice import InlineYesNo


class Card(QFrame):
    """A quiet surface with round edges; put things into ``body``."""

    def __init__(self, kit: Kit, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.kit = kit
        set_look(self, "card")
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(16, 14, 16, 14)
        self.body.setSpacing(8)


class Section(Card):
    """A card with a heading. ``add`` names its + button, ``on_add`` is what it does; ``tools`` takes more buttons."""

    def __init__(
        self,
        kit: Kit,
        say: Say,
        *,
        add: Say | None = None,
        on_add: Callable[[], object] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(kit, parent)
        self.heading = label(kit, say, "heading")
        self.tools = QHBoxLayout()
        self.tools.setSpacing(4)
        head = QHBoxLayout()
        head.addWidget(self.heading)
        head.addStretch(1)
        head.addLayout(self.tools)
        outer = self.body
        outer.addLayout(head)
        self.body = rows(spacing=8)
        outer.addLayout(self.body)
        self.add_button = None
        if add is not None:
            self.add_button = button(kit, add, "add", "link", on_add)
            self.tools.addWidget(self.add_button)
        kit.words.bind(self, lambda: self.setAccessibleName(say()))


class FieldList(QWidget):
    """Labels and editors below each other. Empty fields are not drawn; + offers them and goes into the chosen one."""

    def __init__(self, kit: Kit, say_add: Say | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._kit = kit
        self._fields: list[tuple[QWidget, InlineEditor, bool]] = []
        self._opened: set[InlineEditor] = set()
        _ = kit.words.gettext
        self._grid = QGridLayout()
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(12)
        self._grid.setVerticalSpacing(2)
        self._grid.setColumnStretch(1, 1)
        self.add_button = button(kit, say_add or (lambda: _("Add a field")), "add", "link", self._offer)
        below = QHBoxLayout()
        below.addWidget(self.add_button)
        below.addStretch(1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addLayout(self._grid)
        outer.addLayout(below)

    def add(self, editor: InlineEditor, *, always: bool = False) -> InlineEditor:
        """Add a field at the end; ``always`` draws it even when it is empty. Gives the editor."""
        # a box to tick carries its words itself
        name = label(
            self._kit, None if isinstance(editor, InlineYesNo) else editor.label_text, "muted", buddy=editor
        )
        name.setAlignment(Qt.AlignmentFlag.AlignTop)
        name.setContentsMargins(0, self._kit.theme.px(6), 0, 0)
        at = len(self._fields)
        self._grid.addWidget(name, at, 0)
        self._grid.addWidget(editor, at, 1)
        self._fields.append((name, editor, always))
        editor.saved.connect(lambda _value: self.refresh())
        self.refresh()
        return editor

    def editor(self, name: str) -> InlineEditor:
        """The editor with this object name (the field's name for ``editor_for``). Raises KeyError."""
        for _label, editor, _always in self._fields:
            if editor.objectName() == name:
                return editor
        raise KeyError(name)

    def refresh(self) -> None:
        """Draw what has a value now; call it after values were set."""
        hidden = 0
        for name, editor, always in self._fields:
            drawn = always or not editor.is_empty() or editor in self._opened or editor.has_focus()
            name.setVisible(drawn)
            editor.setVisible(drawn)
            hidden += not drawn
        self.add_button.setVisible(hidden > 0)

    def fold(self) -> None:
        """Forget which empty fields had been opened; call it when another record is shown."""
        self._opened.clear()
        self.refresh()

    def open_field(self, name: str) -> None:
        """Draw an empty field and go into it."""
        editor = self.editor(name)
        self._opened.add(editor)
        self.refresh()
        editor.focus()

    def _offer(self) -> None:
        menu = QMenu(self)
        for name, editor, _always in self._fields:
            if name.isHidden():
                action = menu.addAction(editor.label_text())
                action.triggered.connect(lambda _checked=False, editor=editor: self._open(editor))
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self.add_button.mapToGlobal(self.add_button.rect().bottomLeft()))

    def _open(self, editor: InlineEditor) -> None:
        self._opened.add(editor)
        self.refresh()
        editor.focus()
