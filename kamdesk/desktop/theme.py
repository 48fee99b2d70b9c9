"""The look of the windows: Fusion with our palettes, the text size, the spacings; switched while the window stands."""

from __future__ import annotations

from enum import StrEnum
from typing import Final

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontDatabase, QPalette
from PySide6.QtWidgets import QApplication

from kamdesk.desktop.palette import DARK, LIGHT, Colours
from kamdesk.desktop.style_sheet import style_sheet


class Space:
    """Distances in pixels: between a label and its control XS, controls S, groups M, inside a card L, sections XL."""

    XS: Final = 4
    S: Final = 8
    M: Final = 12
    L: Final = 16
    XL: Final = 24
    XXL: Final = 40


class ThemeChoice(StrEnum):
    """What the user chose; ``SYSTEM`` follows the desktop where it tells."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"


TEXT_SCALES: Final = (0.9, 1.0, 1.15, 1.3, 1.5)
"""The text sizes offered in the settings."""

# Quiet faces of the systems; the first that is installed is taken, the system's own where none is.
_FAMILIES: Final = (
    "Segoe UI",
    "SF Pro Text",
    "Inter",
    "Noto Sans",
    "Ubuntu",
    "Cantarell",
    "Open Sans",
    "Liberation Sans",
)


_TICKED: Final = ("QCheckBox", "QRadioButton", "QSlider")


class Theme(QObject):
    """The theme of one application. ``changed`` is sent after palette, font and style sheet have been set."""

    changed = Signal()

    def __init__(
        self,
        app: QApplication,
        choice: str = ThemeChoice.SYSTEM,
        scale: float = 1.0,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._app = app
        self._choice = ThemeChoice(choice)
        self._scale = scale
        self._family = _family(app)
        app.setStyle("Fusion")
        app.styleHints().colorSchemeChanged.connect(self._system_changed)
        self._apply()

    @property
    def choice(self) -> ThemeChoice:
        """What the user chose."""
        return self._choice

    @property
    def scale(self) -> float:
        """Text size, 1.0 is 10 points."""
        return self._scale

    @property
    def colours(self) -> Colours:
        """The colours of the moment."""
        if self._choice is ThemeChoice.SYSTEM:
            dark = self._app.styleHints().colorScheme() == Qt.ColorScheme.Dark
        else:
            dark = self._choice is ThemeChoice.DARK
        return DARK if dark else LIGHT

    def colour(self, name: str) -> QColor:
        """One colour of the moment by the name of its field in :class:`Colours`."""
        return self.colours.q(name)

    def set_choice(self, choice: str) -> None:
        """Follow the system, or stay light or dark."""
        self._choice = ThemeChoice(choice)
        self._apply()

    def set_scale(self, scale: float) -> None:
        """Change the text size; 0.8 to 2."""
        self._scale = min(2.0, max(0.8, scale))
        self._apply()

    def px(self, pixels: float) -> int:
        """A length that grows with the text (heights of rows, icons beside words)."""
        return round(pixels * self._scale)

    def font(self, points: float = 10.0, weight: QFont.Weight = QFont.Weight.Normal) -> QFont:
        """The face of the windows in a size that follows the text-size setting."""
        font = QFont(self._family)
        font.setPointSizeF(points * self._scale)
        font.setWeight(weight)
        return font

    def _system_changed(self) -> None:
        if self._choice is ThemeChoice.SYSTEM:
            self._apply()

    def _apply(self) -> None:
        self._app.setFont(self.font())
        palette = _palette(self.colours)
        self._app.setPalette(palette)
        # Fusion draws the edges of boxes to tick a shade darker than the window: too dark to be seen in our themes.
        palette.setColor(QPalette.ColorRole.Window, self.colour("border").lighter(140))
        for drawn in _TICKED:
            self._app.setPalette(palette, drawn)  # type: ignore[arg-type]  # the stub says bytes, the call takes only str
        self._lay(style_sheet(self.colours, self._scale))
        self.changed.emit()

    def _lay(self, sheet: str) -> None:
        """Lay the sheet on every widget.

        Qt lays another sheet on every widget once for each of its ancestors, which takes seconds where pages are kept.
        Taken off first, the sheet is laid once for each.
        """
        if self._app.styleSheet():
            self._app.setStyleSheet("")
        self._app.setStyleSheet(sheet)


def _family(app: QApplication) -> str:
    installed = set(QFontDatabase.families())
    return next((name for name in _FAMILIES if name in installed), app.font().family())


def _palette(colours: Colours) -> QPalette:
    role = QPalette.ColorRole
    palette = QPalette()
    for key, name in {
        role.Window: "window",
        role.WindowText: "text",
        role.Base: "surface",
        role.AlternateBase: "hover",
        role.ToolTipBase: "raised",
        role.ToolTipText: "text",
        role.Text: "text",
        role.PlaceholderText: "muted",
        role.Button: "surface",
        role.ButtonText: "text",
        role.BrightText: "danger",
        role.Link: "accent_text",
        role.LinkVisited: "accent_text",
        role.Highlight: "accent_soft",
        role.HighlightedText: "text",
        role.Accent: "accent",
        role.Light: "raised",
        role.Midlight: "hairline",
        role.Mid: "hairline",
        role.Dark: "border",
        role.Shadow: "hairline",
    }.items():
        palette.setColor(key, colours.q(name))
    for key in (role.WindowText, role.Text, role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, key, colours.q("disabled"))
    return palette
