"""A change shown inside its sentence: what went is struck out, what came is underlined; never by colour alone."""

from __future__ import annotations

from html import escape
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from kamdesk.desktop.kit import Kit
from kamdesk.desktop.widgets.basic import set_look
from kamdesk.model.messages import Message
from kamdesk.rules.changed_words import ADDED, REMOVED, changed_words

_STYLE: Final = {
    REMOVED: "text-decoration: line-through; color: {danger};",
    ADDED: "text-decoration: underline; color: {success};",
}


class ChangedWords(QLabel):
    """Both texts as one; who cannot see it hears «Было …, стало …»."""

    def __init__(self, kit: Kit, before: str, after: str, look: str = "") -> None:
        super().__init__()
        self._kit, self._before, self._after = kit, before, after
        self.setTextFormat(Qt.TextFormat.RichText)
        self.setWordWrap(True)
        self.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        if look:
            set_look(self, look)
        kit.words.bind(self, self._show)
        kit.theme.changed.connect(self._show)

    def _show(self) -> None:
        colours = {name: self._kit.theme.colour(name).name() for name in ("danger", "success")}
        made = []
        for one in changed_words(self._before, self._after):
            words = escape(one.text).replace("\n", "<br>").replace("  ", "&nbsp; ")
            style = _STYLE.get(one.kind, "").format(**colours)
            made.append(f'<span style="{style}">{words}</span>' if style else words)
        self.setText("".join(made))
        self.setAccessibleName(self._kit.words.message(said(self._before, self._after)))


def said(before: str, after: str) -> Message:
    """A change in words: added, removed, or what was and what became."""
    code = "wording.was_became" if before and after else "wording.added" if after else "wording.removed"
    return Message(code, {"before": before, "after": after})
