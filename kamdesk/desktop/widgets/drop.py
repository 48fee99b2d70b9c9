"""Files dragged onto a window or a part of it: where they may fall is shown, and what fell is told as paths."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QEvent, QMimeData, QObject, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from kamdesk.desktop.kit import Kit
from kamdesk.desktop.widgets.basic import Say


def paths_of(data: QMimeData) -> list[Path]:
    """The files and folders on this computer that are dragged or copied."""
    return [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile() and url.toLocalFile()]


class DropCatcher(QObject):
    """Makes a widget take files: ``dropped(list of paths)``. A child that takes drops itself comes first, as Qt has it."""

    dropped = Signal(object)

    def __init__(self, kit: Kit, widget: QWidget, say: Say) -> None:
        super().__init__(widget)
        self._widget = widget
        self._cover = _Cover(kit, widget, say)
        widget.setAcceptDrops(True)
        widget.installEventFilter(self)

    @property
    def shown(self) -> bool:
        """Whether files are just being held over it."""
        return self._cover.isVisible()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kind = event.type()
        if kind == QEvent.Type.DragEnter and isinstance(event, QDragEnterEvent):
            # what was dragged out of this window is not taken back in
            if event.source() is None and paths_of(event.mimeData()):
                event.setDropAction(Qt.DropAction.CopyAction)
                event.accept()
                self._cover.show_over()
                return True
        elif kind == QEvent.Type.DragMove and isinstance(event, QDragMoveEvent) and self._cover.isVisible():
            event.setDropAction(Qt.DropAction.CopyAction)
            event.accept()
            return True
        elif kind == QEvent.Type.DragLeave:
            self._cover.hide()
        elif kind == QEvent.Type.Drop and isinstance(event, QDropEvent):
            self._cover.hide()
            paths = paths_of(event.mimeData())
            if paths:
                event.setDropAction(Qt.DropAction.CopyAction)
                event.accept()
                self.dropped.emit(paths)
                return True
        return super().eventFilter(watched, event)


class _Cover(QWidget):
    """A frame with words over the widget while files are held above it."""

    def __init__(self, kit: Kit, widget: QWidget, say: Say) -> None:
        super().__init__(widget)
        self._kit, self._say = kit, say
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()

    def show_over(self) -> None:
        """Show it over all of the widget."""
        self.setGeometry(self.parentWidget().rect())
        self.raise_()
        self.show()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        theme = self._kit.theme
        veil = theme.colour("window")
        veil.setAlpha(215)
        painter.fillRect(self.rect(), veil)
        pen = QPen(theme.colour("accent"), 2, Qt.PenStyle.DashLine)
        painter.setPen(pen)
        painter.drawRoundedRect(self.rect().adjusted(12, 12, -12, -12), 12, 12)
        font = painter.font()
        font.setPointSizeF(font.pointSizeF() * 1.3)
        painter.setFont(font)
        flags = int(Qt.AlignmentFlag.AlignCenter) | int(Qt.TextFlag.TextWordWrap)
        words, room = self._say(), self.rect().adjusted(40, 40, -40, -40)
        plate = painter.boundingRect(room, flags, words).adjusted(-20, -12, 20, 12)
        painter.setBrush(theme.colour("surface"))
        painter.setPen(QPen(theme.colour("accent"), 1))
        painter.drawRoundedRect(plate, 8, 8)
        painter.setPen(theme.colour("text"))
        painter.drawText(room, flags, words)
