"""A person in one line: picture, name that opens the page, what they are, and the stance as a shape."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from kamdesk.desktop.kit import Kit
from kamdesk.desktop.widgets.basic import button, label
from kamdesk.desktop.widgets.cards import Avatar
from kamdesk.desktop.widgets.judgement import paint_step


class Mark(QWidget):
    """The shape of one step of a judgement; nothing for None. Its words are the tool tip and the accessible name."""

    def __init__(self, kit: Kit, kind: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._kit, self._kind = kit, kind
        self._value: int | None = None
        self.setFixedSize(kit.theme.px(26), kit.theme.px(26))

    def show_step(self, value: int | None, words: str) -> None:
        """Show a step."""
        self._value = value
        self.setToolTip(words)
        self.setAccessibleName(words)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        if self._value is not None:
            painter = QPainter(self)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            paint_step(painter, self._kit, self._kind, self._value, True, QRectF(self.rect()))


@dataclass(frozen=True)
class PersonItem:
    """What a line says of a person. ``detail`` stands quietly below the name; ``stance_words`` names the shape."""

    id: str
    name: str
    detail: str = ""
    stance: int | None = None
    stance_words: str = ""
    vacant: bool = False


class PersonLine(QWidget):
    """``on_open(id)`` when the name is pressed."""

    def __init__(
        self, kit: Kit, item: PersonItem, on_open: Callable[[str], object], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._item = item
        self.avatar = Avatar(kit, "" if item.vacant else item.name, size=34)
        self.name = button(kit, lambda: self._item.name, "", "link", lambda: on_open(self._item.id))
        self.detail = label(kit, look="caption", wrap=True)
        self.mark = Mark(kit, "stance")
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(self.name, 0, Qt.AlignmentFlag.AlignLeft)
        below = QHBoxLayout()
        below.setContentsMargins(6, 0, 0, 0)
        below.addWidget(self.detail, 1)
        words.addLayout(below)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(10)
        row.addWidget(self.avatar, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(words, 1)
        row.addWidget(self.mark, 0, Qt.AlignmentFlag.AlignTop)
        self.setFocusProxy(self.name)
        self.show_item(item)

    def show_item(self, item: PersonItem) -> None:
        """Show another state of the person."""
        self._item = item
        self.avatar.show_person("" if item.vacant else item.name)
        self.name.setText(item.name.replace("&", "&&"))
        self.detail.setText(item.detail)
        self.detail.setVisible(bool(item.detail))
        self.mark.show_step(item.stance, item.stance_words)
        self.mark.setVisible(item.stance is not None)
