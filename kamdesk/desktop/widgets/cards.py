"""Cards that stand for one thing: a fact with source and age, a person's picture, and what an empty page says."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QFont, QPainter, QPainterPath, QPaintEvent, QPixmap
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from kamdesk.desktop.kit import Kit
from kamdesk.desktop.widgets.basic import IconLabel, Say, button, label, set_look, tool_button
from kamdesk.desktop.widgets.section import Card


class FactCard(Card):
    """What we know: ``text``, quietly below it where from and how old; ``icon`` and ``warn`` say a special state (to avoid, outdated)."""

    def __init__(
        self,
        kit: Kit,
        text: str,
        source: Say,
        *,
        kind: Say | None = None,
        icon: str = "fact",
        warn: bool = False,
        on_open: Callable[[], object] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(kit, parent)
        _ = kit.words.gettext
        set_look(self, "fact")
        self.body.setContentsMargins(12, 8, 8, 8)
        self.body.setSpacing(2)
        row = QHBoxLayout()
        row.setSpacing(10)
        row.addWidget(IconLabel(kit, icon, 20, "warning" if warn else "icon"), 0, Qt.AlignmentFlag.AlignTop)
        words = QVBoxLayout()
        words.setSpacing(2)
        if kind is not None:
            words.addWidget(label(kit, kind, "caption"))
        self.text = label(kit, lambda: text, wrap=True)
        words.addWidget(self.text)
        words.addWidget(label(kit, source, "caption", wrap=True))
        row.addLayout(words, 1)
        if on_open is not None:
            row.addWidget(
                tool_button(kit, lambda: _("Change: {what}").format(what=text), "edit", on_open),
                0,
                Qt.AlignmentFlag.AlignTop,
            )
        self.body.addLayout(row)


class EmptyState(QWidget):
    """Says what belongs here and offers the first step and an import."""

    def __init__(
        self,
        kit: Kit,
        icon: str,
        say: Say,
        *,
        first: Say | None = None,
        on_first: Callable[[], object] | None = None,
        other: Say | None = None,
        on_other: Callable[[], object] | None = None,
        heading: Say | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 32, 24, 32)
        column.setSpacing(10)
        column.addStretch(1)
        column.addWidget(IconLabel(kit, icon, 48, "accent"), 0, Qt.AlignmentFlag.AlignHCenter)
        if heading is not None:
            column.addWidget(label(kit, heading, "heading"), 0, Qt.AlignmentFlag.AlignHCenter)
        self.text = label(kit, say, "muted", wrap=True)
        self.text.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.text.setMinimumWidth(kit.theme.px(420))
        self.text.setMaximumWidth(kit.theme.px(560))
        # A centred label is given the height of a wider one: two lines would be cut to one.
        kit.words.bind(
            self.text,
            lambda: self.text.setMinimumHeight(self.text.heightForWidth(self.text.minimumWidth())),
        )
        column.addWidget(self.text, 0, Qt.AlignmentFlag.AlignHCenter)
        steps = QHBoxLayout()
        steps.setSpacing(8)
        steps.addStretch(1)
        self.first = self.other = None
        if first is not None:
            self.first = button(kit, first, "add", "primary", on_first)
            steps.addWidget(self.first)
        if other is not None:
            self.other = button(kit, other, "import", "", on_other)
            steps.addWidget(self.other)
        steps.addStretch(1)
        column.addSpacing(4)
        column.addLayout(steps)
        column.addStretch(2)


class Avatar(QWidget):
    """A person's photo in a circle; the initials where there is none. ``size`` in pixels at text size 1."""

    def __init__(
        self,
        kit: Kit,
        name: str = "",
        photo: bytes | None = None,
        size: int = 44,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._kit = kit
        self._size = size
        self.setFixedSize(kit.theme.px(size), kit.theme.px(size))
        self._name = ""
        self._photo = QPixmap()
        self.show_person(name, photo)

    def show_person(self, name: str, photo: bytes | None = None) -> None:
        """Show another person; ``photo`` must be a picture that was already vetted (PNG or JPEG)."""
        self._name = name
        self._photo = QPixmap()
        if photo is not None:
            self._photo.loadFromData(photo)
        self.setAccessibleName(name)
        self.update()

    def initials(self) -> str:
        """The first letters of the first two words of the name."""
        return "".join(word[0] for word in self._name.split()[:2]).upper()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        theme = self._kit.theme
        circle = QPainterPath()
        circle.addEllipse(QRectF(self.rect()).adjusted(1, 1, -1, -1))
        painter.fillPath(circle, theme.colour("accent_soft"))
        if not self._photo.isNull():
            painter.setClipPath(circle)
            scaled = self._photo.scaled(
                self.size() * self.devicePixelRatioF(),
                Qt.AspectRatioMode.KeepAspectRatioByExpanding,
                Qt.TransformationMode.SmoothTransformation,
            )
            scaled.setDevicePixelRatio(self.devicePixelRatioF())
            painter.drawPixmap(0, 0, scaled)
        elif self.initials():
            painter.setPen(theme.colour("accent_text"))
            painter.setFont(theme.font(self._size / 4, QFont.Weight.DemiBold))
            painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self.initials())
        else:
            side = self.width() // 2
            inner = self.rect().adjusted(side // 2, side // 2, -side // 2, -side // 2)
            self._kit.icons.paint(painter, "person", inner, "accent_text")
