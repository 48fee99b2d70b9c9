"""Small builders: labels, buttons and layouts whose words follow the language and whose look follows the theme.

``Say`` is how words are handed over everywhere: a callable that is called again after a switch of the language, as in
``button(kit, lambda: _("Add"), "add")``.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QAction, QHelpEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QApplication,
    QBoxLayout,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLayout,
    QPushButton,
    QSizePolicy,
    QStyle,
    QStyleOptionButton,
    QStylePainter,
    QToolButton,
    QToolTip,
    QVBoxLayout,
    QWidget,
)

from kamdesk.desktop.actions import tip
from kamdesk.desktop.kit import Kit

Say = Callable[[], str]


def set_look(widget: QWidget, look: str) -> None:
    """Give a widget one of the looks of the style sheet."""
    set_state(widget, "look", look)


def set_state(widget: QWidget, name: str, value: object) -> None:
    """Set a dynamic property the style sheet reads, and have it read again."""
    if widget.property(name) == value:
        return
    widget.setProperty(name, value)
    if widget.testAttribute(Qt.WidgetAttribute.WA_WState_Polished):  # else it is read when it is first shown
        widget.style().unpolish(widget)
        widget.style().polish(widget)


def label(
    kit: Kit, say: Say | None = None, look: str = "", *, wrap: bool = False, buddy: QWidget | None = None
) -> QLabel:
    """A label; plain text always, so that no client's data is read as markup. Without ``say`` it starts empty."""
    made = QLabel()
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setWordWrap(wrap)
    if look:
        set_look(made, look)
    if buddy is not None:
        made.setBuddy(buddy)
    if say is not None:
        kit.words.bind(made, lambda: made.setText(say()))
    return made


class WordsButton(QPushButton):
    """A push button that ends in … where a name from the dossier finds no room, and says all of it on pointing."""

    def paintEvent(self, event: QPaintEvent) -> None:
        lack = self._lack()
        if lack <= 0:
            super().paintEvent(event)
            return
        option = QStyleOptionButton()
        self.initStyleOption(option)
        room = option.fontMetrics.horizontalAdvance(self.text()) - lack
        option.text = option.fontMetrics.elidedText(self.text(), Qt.TextElideMode.ElideRight, max(0, room))
        QStylePainter(self).drawControl(QStyle.ControlElement.CE_PushButton, option)

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip and not self.toolTip():
            QToolTip.showText(
                event.globalPos(), self.text().replace("&&", "&") if self._lack() > 0 else "", self
            )
            return True
        return super().event(event)

    def _lack(self) -> int:
        return self.sizeHint().width() - self.width()


def button(
    kit: Kit, say: Say, icon: str = "", look: str = "", on_click: Callable[[], object] | None = None
) -> QPushButton:
    """A push button with words, reachable by Tab and pressed by Space and Enter. Looks: "primary", "quiet", "link", "danger", ""."""
    made = WordsButton()
    made.setAutoDefault(True)
    if look:
        set_look(made, look)
    if icon:
        made.setIcon(
            kit.icons.icon(
                icon, {"primary": "on_accent", "danger": "danger", "link": "accent_text"}.get(look, "icon")
            )
        )
        made.setIconSize(QSize(kit.theme.px(18), kit.theme.px(18)))
    kit.words.bind(made, lambda: made.setText(say().replace("&", "&&")))
    if on_click is not None:
        made.clicked.connect(lambda _checked=False: on_click())
    return made


def tool_button(
    kit: Kit, say: Say, icon: str, on_click: Callable[[], object] | None = None, *, checkable: bool = False
) -> QToolButton:
    """A button of a picture only; its words are its tool tip and its accessible name."""
    made = QToolButton()
    made.setIcon(kit.icons.icon(icon))
    made.setIconSize(QSize(kit.theme.px(20), kit.theme.px(20)))
    made.setCheckable(checkable)
    made.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def retranslate() -> None:
        made.setToolTip(say())
        made.setAccessibleName(say())

    kit.words.bind(made, retranslate)
    if on_click is not None:
        made.clicked.connect(lambda _checked=False: on_click())
    return made


def action_button(kit: Kit, action: QAction, *, words: bool = False) -> QToolButton:
    """A tool button for a declared action; with ``words`` beside the picture."""
    made = QToolButton()
    made.setDefaultAction(action)
    made.setIconSize(QSize(kit.theme.px(20), kit.theme.px(20)))
    made.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    if words:
        made.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)

    def follow() -> None:
        made.setAccessibleName(action.text())
        made.setToolTip(tip(action.text(), action.shortcut()))

    action.changed.connect(follow)
    follow()
    return made


class IconLabel(QLabel):
    """A drawing that stands by itself, in a colour of the theme; ``size`` is in pixels at text size 1."""

    def __init__(self, kit: Kit, icon: str, size: int = 20, colour: str = "icon") -> None:
        super().__init__()
        self._kit = kit
        self._icon = icon
        self._size = size
        self._colour = colour
        self.setFixedSize(kit.theme.px(size), kit.theme.px(size))
        self.setAccessibleName("")

    def set_icon(self, icon: str, colour: str = "icon") -> None:
        """Show another drawing."""
        self._icon, self._colour = icon, colour
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        self._kit.icons.paint(painter, self._icon, self.rect(), self._colour)


def rows(*parts: QWidget | QLayout | int, spacing: int = 8, margin: int = 0) -> QVBoxLayout:
    """The parts below each other; an int is a stretch of that factor."""
    made = QVBoxLayout()
    _filled(made, parts, spacing, margin)
    return made


def columns(*parts: QWidget | QLayout | int, spacing: int = 8, margin: int = 0) -> QHBoxLayout:
    """The parts beside each other; an int is a stretch of that factor."""
    made = QHBoxLayout()
    _filled(made, parts, spacing, margin)
    return made


def line() -> QFrame:
    """A hairline between two groups."""
    made = QFrame()
    made.setFrameShape(QFrame.Shape.HLine)
    made.setFixedHeight(1)
    set_look(made, "line")
    return made


def holds_keyboard(widget: QWidget) -> bool:
    """Whether the keyboard is on this widget or on a part of it."""
    held = QApplication.focusWidget()
    return held is not None and (held is widget or widget.isAncestorOf(held))


def clear(layout: QLayout) -> None:
    """Take everything out of a layout and delete it."""
    while layout.count():
        item = layout.takeAt(0)
        if item.widget() is not None:
            if holds_keyboard(item.widget()):
                QApplication.focusWidget().clearFocus()  # else it goes on to the next control, and the page scrolls there
            item.widget().hide()
            item.widget().deleteLater()
        elif item.layout() is not None:
            clear(item.layout())
            item.layout().deleteLater()


def _filled(
    layout: QBoxLayout, parts: tuple[QWidget | QLayout | int, ...], spacing: int, margin: int
) -> None:
    layout.setSpacing(spacing)
    layout.setContentsMargins(margin, margin, margin, margin)
    for part in parts:
        if isinstance(part, int):
            layout.addStretch(part)
        elif isinstance(part, QLayout):
            layout.addLayout(part)
        else:
            # a card is as tall as its content and stands at the top of its row
            low = part.sizePolicy().verticalPolicy() == QSizePolicy.Policy.Maximum and isinstance(
                layout, QHBoxLayout
            )
            layout.addWidget(part, 0, Qt.AlignmentFlag.AlignTop if low else Qt.AlignmentFlag(0))
