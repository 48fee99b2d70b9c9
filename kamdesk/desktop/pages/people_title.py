"""The name at the top of a page: reads like a title, is edited where it stands."""

from __future__ import annotations

from PySide6.QtGui import QFont
from shiboken6 import isValid

from kamdesk.desktop.kit import Kit
from kamdesk.desktop.widgets.basic import Say
from kamdesk.desktop.widgets.inline_text import InlineText


def title_editor(kit: Kit, say: Say) -> InlineText:
    """A line in the size of a title."""
    made = InlineText(kit, say)

    def fit() -> None:
        made.line.setFont(kit.theme.font(18, QFont.Weight.DemiBold))
        made.line.setMinimumHeight(made.line.fontMetrics().height() + 12)

    fit()
    kit.theme.changed.connect(lambda: fit() if isValid(made) else None)
    return made
