"""Shows the pages of a real document as pictures: zoom, page keys, and what is being made anew."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPixmap, QWheelEvent
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from kamdesk.desktop.kit import Kit
from kamdesk.desktop.widgets.basic import label, set_look, tool_button

_ZOOMS = (0.25, 0.33, 0.5, 0.67, 0.8, 1.0, 1.25, 1.5, 2.0, 3.0)
_MARGIN = 8
_BETWEEN = 12
"""Pixels around the sheets, and from one to the next."""


class PagePreview(QWidget):
    """``set_pages`` takes PNG bytes, one per page; zoom 0 (the start) fits the width. The place is kept when pages are made anew."""

    def __init__(self, kit: Kit, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        _ = kit.words.gettext
        self._kit = kit
        self._zoom = 0.0
        self._pages: list[_Sheet] = []
        self._busy = False
        self._where = label(kit, look="caption")
        self.smaller = tool_button(kit, lambda: _("Smaller"), "zoom-out", lambda: self._step(-1))
        self.larger = tool_button(kit, lambda: _("Larger"), "zoom-in", lambda: self._step(1))
        self.fit = tool_button(kit, lambda: _("Fit to the width"), "fit-width", lambda: self.set_zoom(0))
        bar = QHBoxLayout()
        bar.setContentsMargins(0, 0, 0, 0)
        bar.setSpacing(2)
        bar.addWidget(self._where, 1)
        for tool in (self.smaller, self.larger, self.fit):
            bar.addWidget(tool)
        self._inner = QWidget()
        self._inner.setProperty("look", "page")
        self._column = QVBoxLayout(self._inner)
        self._column.setContentsMargins(_MARGIN, _MARGIN, _MARGIN, _MARGIN)
        self._column.setSpacing(_BETWEEN)
        self._column.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignHCenter)
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        set_look(self._scroll, "focusable")
        self._scroll.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._scroll.setWidget(self._inner)
        self._scroll.installEventFilter(self)
        self._scroll.viewport().installEventFilter(self)
        self._scroll.verticalScrollBar().valueChanged.connect(lambda _value: self._say())
        self._scroll.verticalScrollBar().rangeChanged.connect(lambda _low, _high: self._say())
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(4)
        outer.addLayout(bar)
        outer.addWidget(self._scroll, 1)
        self.setFocusProxy(self._scroll)
        kit.words.bind(self, self._say)

    def set_pages(self, pages: Sequence[bytes], per_inch: float = 96.0) -> None:
        """Show these pages. ``per_inch`` is the resolution they were drawn at; draw at 144 or more for sharp text."""
        for sheet in self._pages:
            self._column.removeWidget(sheet)
            sheet.hide()
            sheet.deleteLater()
        self._pages = [_Sheet(self._kit, png, per_inch) for png in pages]
        for number, sheet in enumerate(self._pages, start=1):
            sheet.setAccessibleName(self._kit.words.gettext("Page {n}").format(n=number))
            self._column.addWidget(sheet, 0, Qt.AlignmentFlag.AlignHCenter)
        self._apply()

    def set_busy(self, busy: bool) -> None:
        """Say that the shown pages are being made anew."""
        self._busy = busy
        self._say()

    def set_zoom(self, zoom: float) -> None:
        """1.0 is the size on paper, 0 fits the width."""
        self._zoom = zoom
        self._apply()

    def page_count(self) -> int:
        """How many pages are shown."""
        return len(self._pages)

    def go_page(self, number: int) -> None:
        """Scroll to a page, counted from 1."""
        if 1 <= number <= len(self._pages):
            self._scroll.verticalScrollBar().setValue(self._tops()[number - 1] - _MARGIN)

    def current_page(self) -> int:
        """The page at the upper third of the view, counted from 1; 0 without pages."""
        line = self._scroll.verticalScrollBar().value() + self._scroll.viewport().height() // 3
        return max(
            (n for n, top in enumerate(self._tops(), start=1) if top <= line),
            default=min(1, len(self._pages)),
        )

    def _tops(self) -> list[int]:
        """Where each sheet begins, told from their sizes: the layout places new ones later, and all at the top till then."""
        heights = (sheet.height() + _BETWEEN for sheet in self._pages[:-1])
        return list(accumulate(heights, initial=_MARGIN))[: len(self._pages)]

    def _step(self, step: int) -> None:
        now = self._zoom or self._fitting()
        wider = [zoom for zoom in _ZOOMS if zoom > now + 0.01]
        narrower = [zoom for zoom in _ZOOMS if zoom < now - 0.01]
        self.set_zoom((wider or [_ZOOMS[-1]])[0] if step > 0 else (narrower or [_ZOOMS[0]])[-1])

    def _fitting(self) -> float:
        widest = max((sheet.paper_width for sheet in self._pages), default=794.0)
        return max(0.1, (self._scroll.viewport().width() - 20) / widest)

    def _apply(self) -> None:
        for sheet in self._pages:
            sheet.set_scale(self._zoom or self._fitting())
        self._say()

    def _say(self) -> None:
        _ = self._kit.words.gettext
        parts = []
        if self._pages:
            parts.append(_("Page {n} of {total}").format(n=self.current_page(), total=len(self._pages)))
        if self._busy:
            parts.append(_("being made anew…"))
        self._where.setText(" · ".join(parts))
        self._scroll.setAccessibleName(" · ".join([_("Preview"), *parts]))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and not self._zoom:
            self._apply()
        if isinstance(event, QWheelEvent) and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self._step(1 if event.angleDelta().y() > 0 else -1)
            return True
        if watched is self._scroll and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            return self._key(event)
        return False

    def _key(self, event: QKeyEvent) -> bool:
        control = event.modifiers() & Qt.KeyboardModifier.ControlModifier
        key = event.key()
        pages = {Qt.Key.Key_PageDown: self.current_page() + 1, Qt.Key.Key_PageUp: self.current_page() - 1,
                 Qt.Key.Key_Home: 1, Qt.Key.Key_End: len(self._pages)}  # fmt: skip
        if key in pages:
            self.go_page(max(1, min(pages[Qt.Key(key)], len(self._pages))))
        elif control and key in (Qt.Key.Key_Plus, Qt.Key.Key_Equal):
            self._step(1)
        elif control and key == Qt.Key.Key_Minus:
            self._step(-1)
        elif control and key == Qt.Key.Key_0:
            self.set_zoom(0)
        else:
            return False
        return True


class _Sheet(QWidget):
    def __init__(self, kit: Kit, png: bytes, per_inch: float) -> None:
        super().__init__()
        self._kit = kit
        self._picture = QPixmap()
        self._picture.loadFromData(png, "PNG")
        self.paper_width = self._picture.width() * 96.0 / per_inch
        self._paper_height = self._picture.height() * 96.0 / per_inch

    def set_scale(self, scale: float) -> None:
        """Take the size of the paper times ``scale``."""
        self.setFixedSize(max(1, round(self.paper_width * scale)), max(1, round(self._paper_height * scale)))
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawPixmap(self.rect(), self._picture)
        painter.setPen(self._kit.theme.colour("hairline"))
        painter.drawRect(self.rect().adjusted(0, 0, -1, -1))
