"""A change shown inside its sentence: what went is struck out, what came is underlined; never by colour alone."""

from __future__ import annotations

from html import escape
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from kamdesk.desktop.kit import Kit
from kamdesk.desktop.widgets.basic import set_look
from kamdesk.model.messages import Message
from kamdesk.rules.changed_words import ADDED, REMOVED, SAME, changed_words

_FEW: Final = 4  # from three quarters changed on, a sentence is another sentence
_THIN: Final = "\u2009"
_HERE: Final = "\u241f"  # stands for a text while its sentence is being made
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
        spoken = self._kit.words.message(said(self._before, self._after))
        self.setText(self._drawn() if self._before and self._after else escape(spoken).replace("\n", "<br>"))
        self.setAccessibleName(spoken)

    def _drawn(self) -> str:
        """The change inside its sentence; two sentences where hardly a word stayed."""
        stretches = changed_words(self._before, self._after)
        stayed = sum(len(one.text) for one in stretches if one.kind == SAME)
        if stayed * _FEW < max(len(self._before), len(self._after)):
            say = self._kit.words.message
            return "<br>".join(
                escape(say(Message(code, {"text": _HERE}))).replace(_HERE, self._marked(kind, text))
                for code, kind, text in (
                    ("wording.was", REMOVED, self._before),
                    ("wording.became", ADDED, self._after),
                )
            )
        made = ""
        for one in stretches:
            # What went and what came must not run together as one word.
            made += _THIN if one.kind == ADDED and made.endswith("</span>") else ""
            made += self._marked(one.kind, one.text)
        return made

    def _marked(self, kind: str, text: str) -> str:
        words = escape(text).replace("\n", "<br>")
        colours = {name: self._kit.theme.colour(name).name() for name in ("danger", "success")}
        style = _STYLE.get(kind, "").format(**colours)
        return f'<span style="{style}">{words}</span>' if style else words


def said(before: str, after: str) -> Message:
    """A change in words: added, removed, or what was and what became."""
    code = "wording.was_became" if before and after else "wording.added" if after else "wording.removed"
    return Message(code, {"before": before, "after": after})
