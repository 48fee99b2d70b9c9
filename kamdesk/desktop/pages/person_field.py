"""A field for a person of any client: offers names while one types, and takes the name of somebody new."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QStringListModel, QTimer
from PySide6.QtWidgets import QCompleter, QLineEdit

from kamdesk.desktop.kit import Kit
from kamdesk.desktop.pages.people_words import shown_name
from kamdesk.desktop.widgets.basic import Say

if TYPE_CHECKING:
    from kamdesk.services.relationships import Candidate

_PAUSE_MS: Final = 120


class PersonField(QLineEdit):
    """``find(text)`` is asked in the reading lane. :meth:`who` gives an id, or the words typed."""

    def __init__(self, kit: Kit, say: Say, find: Callable[[str], Sequence[Candidate]]) -> None:
        super().__init__()
        self._kit, self._find = kit, find
        self._ids: dict[str, str] = {}
        self._names = QStringListModel(self)
        completer = QCompleter(self._names, self)
        completer.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        self.setCompleter(completer)
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._pause.timeout.connect(self._ask)
        self.textEdited.connect(lambda _text: self._pause.start())
        kit.words.bind(self, lambda: self.setAccessibleName(say()))
        kit.words.bind(self, lambda: self.setPlaceholderText(say()))

    def who(self) -> str:
        """The id of somebody who was offered, else what was typed; "" for nothing."""
        text = self.text().strip()
        return self._ids.get(text, text)

    def is_new(self) -> bool:
        """Whether what was typed is nobody who was offered."""
        text = self.text().strip()
        return bool(text) and text not in self._ids

    def choose(self, person: str, words: str) -> None:
        """Show somebody who is known."""
        self._ids[words] = person
        self.setText(words)

    def _ask(self) -> None:
        text = self.text()
        self._kit.queries.run(
            lambda: self._find(text), lambda found: self._show(text, found), owner=self, key=f"who {id(self)}"
        )

    def _show(self, text: str, found: Sequence[Candidate]) -> None:
        if text != self.text():
            return
        ids: dict[str, str] = {}
        for one in found:
            words = " · ".join(part for part in (shown_name(one.name), one.organisation) if part)
            ids[words if words not in ids else f"{words} ({len(ids) + 1})"] = one.id
        self._ids |= ids
        self._names.setStringList(list(ids))
        if ids and self.hasFocus():
            self.completer().complete()
