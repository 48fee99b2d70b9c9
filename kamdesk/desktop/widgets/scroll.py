"""What scrolls: a room around any widget, and a column of cards, the body of a page or of a tab."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget


def scrolling(inner: QWidget, *, sideways: bool = True) -> QScrollArea:
    """A frameless room in which ``inner`` scrolls, no stop of Tab by itself; without ``sideways`` only up and down."""
    inner.setProperty("look", "page")
    room = QScrollArea()
    frameless(room, sideways=sideways)
    room.setWidget(inner)
    return room


def frameless(room: QScrollArea, *, sideways: bool = True) -> None:
    """Let a scroll area stand in a page without a frame of its own, fitted to its content."""
    room.setWidgetResizable(True)
    room.setFrameShape(QFrame.Shape.NoFrame)
    room.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    if not sideways:
        room.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)


def in_column(widget: QWidget) -> QScrollArea:
    """A room in which ``widget`` stands at the top, as tall as it wants."""
    inner = QWidget()
    column = QVBoxLayout(inner)
    column.setContentsMargins(0, 0, 4, 20)
    column.setAlignment(Qt.AlignmentFlag.AlignTop)
    column.addWidget(widget)
    return scrolling(inner)


class ScrollColumn(QScrollArea):
    """Put cards into ``body``; they stand at the top, below each other. No stop of Tab by itself."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        inner = QWidget()
        inner.setProperty("look", "page")
        self.body = QVBoxLayout(inner)
        self.body.setContentsMargins(0, 0, 2, 24)
        self.body.setSpacing(16)
        self.body.setAlignment(Qt.AlignmentFlag.AlignTop)
        frameless(self)
        self.setWidget(inner)
