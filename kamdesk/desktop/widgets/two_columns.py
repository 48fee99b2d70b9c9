"""Two columns beside each other that stand below each other where the window is narrow or the text large."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget

from kamdesk.desktop.kit import Kit


class TwoColumns(QWidget):
    """Put cards into ``left`` and ``right``; ``share`` is how the width is divided. ``narrow``: pixels at text size 1 below which they stack."""

    def __init__(
        self, kit: Kit, share: tuple[int, int] = (3, 2), narrow: int = 700, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._kit = kit
        self._narrow = narrow
        self.left, self.right = QVBoxLayout(), QVBoxLayout()
        self._box = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(16)
        for column, factor in zip((self.left, self.right), share, strict=True):
            column.setSpacing(16)
            column.setAlignment(Qt.AlignmentFlag.AlignTop)
            self._box.addLayout(column, factor)

    def resizeEvent(self, event: QResizeEvent) -> None:
        narrow = event.size().width() < self._kit.theme.px(self._narrow)
        wanted = QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight
        if self._box.direction() != wanted:
            self._box.setDirection(wanted)
        super().resizeEvent(event)

    def minimumSizeHint(self):
        # the width at which they would stack must be allowed, whatever stands beside each other now
        size = super().minimumSizeHint()
        size.setWidth(min(size.width(), self._kit.theme.px(320)))
        return size
