"""Fields of a record in a narrow panel: the label above its editor, empty ones not drawn, + offers them."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QMenu, QVBoxLayout, QWidget

from kamdesk.desktop.kit import Kit
from kamdesk.desktop.widgets.basic import button, label
from kamdesk.desktop.widgets.inline_base import InlineEditor
from kamdesk.desktop.widgets.inline_choice import InlineYesNo


class StackedFields(QWidget):
    """``add`` editors in their order; an editor is found again by its object name."""

    def __init__(self, kit: Kit, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._kit = kit
        self._fields: list[tuple[QWidget, InlineEditor, bool]] = []
        self._opened: set[str] = set()
        _ = kit.words.gettext
        self._column = QVBoxLayout()
        self._column.setSpacing(8)
        self.add_button = button(kit, lambda: _("Add a field"), "add", "link", self._offer)
        below = QHBoxLayout()
        below.addWidget(self.add_button)
        below.addStretch(1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addLayout(self._column)
        outer.addLayout(below)

    def add(self, editor: InlineEditor, *, always: bool = False) -> InlineEditor:
        """Add a field at the end; ``always`` draws it even when it is empty."""
        box = QWidget()
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        # a box to tick carries its words itself
        if not isinstance(editor, InlineYesNo):
            name = label(self._kit, editor.label_text, "caption", buddy=editor)
            name.setContentsMargins(7, 0, 0, 0)
            column.addWidget(name)
        column.addWidget(editor)
        self._column.addWidget(box)
        self._fields.append((box, editor, always))
        editor.saved.connect(lambda _value: self.refresh())
        self.refresh()
        return editor

    def editors(self) -> dict[str, InlineEditor]:
        """The editors by object name."""
        return {editor.objectName(): editor for _box, editor, _always in self._fields}

    def refresh(self) -> None:
        """Draw what has a value now."""
        hidden = 0
        for box, editor, always in self._fields:
            drawn = (
                always or not editor.is_empty() or editor.objectName() in self._opened or editor.has_focus()
            )
            box.setVisible(drawn)
            hidden += not drawn
        self.add_button.setVisible(hidden > 0)

    def open_field(self, name: str) -> None:
        """Draw a field and go into it. Raises KeyError."""
        self._opened.add(name)
        self.refresh()
        self.editors()[name].focus()

    def _offer(self) -> None:
        menu = QMenu(self)
        for box, editor, _always in self._fields:
            if box.isHidden():
                name = editor.objectName()
                menu.addAction(editor.label_text()).triggered.connect(
                    lambda _checked=False, name=name: self.open_field(name)
                )
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self.add_button.mapToGlobal(self.add_button.rect().bottomLeft()))
