"""The name at the top of a page: reads like a title, is edited where it stands."""

from __future__ import annotations

from shiboken6 import isValid

from kamdesk.desktop.kit import Kit
from kamdesk.desktop.widgets.basic import Say
from kamdesk.desktop.widgets.inline_text import InlineText


def title_editor(kit: Kit, say: Say) -> InlineText:
    """A line in the size of a title."""
    made = InlineText(kit, say)

    def fit() -> None:
        # the sheet of the program gives fields their font; only a sheet of its own says otherwise
        size, height = 18 * kit.theme.scale, kit.theme.px(30)
        made.line.setStyleSheet(
            f"QLineEdit {{ font-size: {size:.1f}pt; font-weight: 600; min-height: {height}px; }}"
        )

    fit()
    kit.theme.changed.connect(lambda: fit() if isValid(made) else None)
    return made
