"""A row that opens its fields in its own place and puts them away again."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from kamdesk.desktop.widgets.inline_base import InlineEditor


class UnfoldingRow(QWidget):
    """Subclasses have an ``edit_button`` and lay ``_fields`` with ``_editors`` into ``_room`` when it is pressed."""

    edit_button: QWidget
    _room: QVBoxLayout

    def __init__(self) -> None:
        super().__init__()
        self._fields: QWidget | None = None
        self._editors: dict[str, InlineEditor] = {}

    def close_fields(self) -> None:
        """Put the fields away; they stay where one of them holds what cannot be saved."""
        if self._fields is None or not all(editor.flush() for editor in self._editors.values()):
            return
        fields, self._fields, self._editors = self._fields, None, {}
        self._room.removeWidget(fields)
        fields.hide()
        fields.deleteLater()
        self.folded()
        self.edit_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def folded(self) -> None:
        """Called when the fields were put away; nothing by default."""
