"""The colours of both themes as data, with what they must reach: 4.5:1 for text, 3:1 for borders and icons.

One accent colour. Borders come in two kinds: ``hairline`` only separates (cards, rows; carries no meaning), ``border`` is the edge of
something that can be used and therefore reaches 3:1.
"""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtGui import QColor


@dataclass(frozen=True)
class Colours:
    """One theme. Every value is "#rrggbb"; :meth:`q` gives a QColor. ``stance`` runs from −3 to +3."""

    dark: bool
    window: str
    surface: str
    raised: str
    hover: str
    pressed: str
    text: str
    muted: str
    icon: str
    hairline: str
    border: str
    accent: str
    accent_hover: str
    on_accent: str
    accent_soft: str
    accent_text: str
    danger: str
    danger_soft: str
    warning: str
    warning_soft: str
    success: str
    success_soft: str
    disabled: str
    stance: tuple[str, str, str, str, str, str, str]

    def q(self, name: str) -> QColor:
        """The colour called ``name`` as a QColor."""
        return QColor(getattr(self, name))


LIGHT = Colours(
    dark=False,
    window="#f6f5f2",
    surface="#ffffff",
    raised="#ffffff",
    hover="#efede8",
    pressed="#e4e1da",
    text="#1f2328",
    muted="#5c6269",
    icon="#535a63",
    hairline="#e5e2dc",
    border="#85888c",
    accent="#0f6b6b",
    accent_hover="#0b5858",
    on_accent="#ffffff",
    accent_soft="#dcefed",
    accent_text="#0b5f5f",
    danger="#b3261e",
    danger_soft="#fbe6e3",
    warning="#8a5300",
    warning_soft="#fcefd8",
    success="#2a6b31",
    success_soft="#e2f2e2",
    disabled="#8d9196",
    stance=("#a81f1a", "#c4502a", "#a86a12", "#6a7078", "#4d7f4a", "#2a7a3c", "#0f6535"),
)

DARK = Colours(
    dark=True,
    window="#191b1e",
    surface="#222529",
    raised="#2b2f34",
    hover="#2d3136",
    pressed="#373c42",
    text="#eceef0",
    muted="#a9b0b8",
    icon="#b7bdc4",
    hairline="#33373c",
    border="#7b828a",
    accent="#5cc0b8",
    accent_hover="#7ad0c9",
    on_accent="#06201f",
    accent_soft="#1d3a3a",
    accent_text="#7fd3cb",
    danger="#ff9a8f",
    danger_soft="#44231f",
    warning="#f0b860",
    warning_soft="#3f311a",
    success="#8fd09a",
    success_soft="#20382a",
    disabled="#777d84",
    stance=("#ff8078", "#f59a6b", "#e5b45f", "#a4abb3", "#9cc890", "#78cc8a", "#5fd39a"),
)


def contrast(first: str, second: str) -> float:
    """The contrast ratio of two colours, 1 to 21 (WCAG 2.2, "relative luminance")."""
    lighter, darker = sorted((_luminance(first), _luminance(second)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    parts = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
