"""Rows of the dossier standard: an own field and a question, both edited where they stand."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout

from kamdesk.desktop.kit import Kit, Option
from kamdesk.desktop.widgets.basic import Say, label, set_look, tool_button
from kamdesk.desktop.widgets.inline_base import InlineEditor
from kamdesk.desktop.widgets.inline_choice import InlineChoice, InlineCodes, InlineYesNo
from kamdesk.desktop.widgets.inline_text import InlineText, InlineWords

if TYPE_CHECKING:
    from kamdesk.services.questions import QuestionView
    from kamdesk.services.standard import FieldView


class _Row(QFrame):
    """Both labels, buttons, and a second line of what belongs to them. ``changed(name, value)``, ``moved(step)``, ``removed``."""

    changed = Signal(str, object)
    moved = Signal(int)
    removed = Signal()

    def __init__(self, kit: Kit, ru: Say, en: Say) -> None:
        super().__init__()
        _ = kit.words.gettext
        self.kit = kit
        set_look(self, "row")
        self.editors: dict[str, InlineEditor] = {}
        self._first, self._second = QHBoxLayout(), QHBoxLayout()
        for part in (self._first, self._second):
            part.setSpacing(6)
        for language, say in (("ru", ru), ("en", en)):
            self._first.addWidget(self.keep(f"{self.words}_{language}", InlineText(kit, say)), 1)
        self.up = tool_button(kit, lambda: _("Move up"), "up", lambda: self.moved.emit(-1))
        self.down = tool_button(kit, lambda: _("Move down"), "down", lambda: self.moved.emit(1))
        self.remove = tool_button(kit, lambda: _("Delete"), "trash", self.removed.emit)
        for made in (self.up, self.down, self.remove):
            self._first.addWidget(made)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 2, 0, 6)
        outer.setSpacing(0)
        outer.addLayout(self._first)
        outer.addLayout(self._second)

    words = "label"
    """How the columns with its words begin."""

    def keep(self, name: str, editor: InlineEditor) -> InlineEditor:
        """Remember an editor under the name of its column and pass on what it saves."""
        editor.on_save(lambda value: self.changed.emit(name, value))
        self.editors[name] = editor
        return editor

    def beside(self, name: str, say: Say, editor: InlineEditor) -> QLabel | None:
        """Put an editor with its words on the second line."""
        self.keep(name, editor)
        words = None
        if not isinstance(editor, InlineYesNo):
            words = label(self.kit, say, "caption", buddy=editor)
            self._second.addWidget(words)
        if isinstance(editor, (InlineWords, InlineCodes)):
            self._second.addWidget(editor, 1)  # a list of words needs the room that is left
        else:
            self._second.addWidget(editor, 0, Qt.AlignmentFlag.AlignLeft)
        return words

    def end_line(self) -> None:
        """Nothing follows on the second line."""
        self._second.addStretch(1)


class FieldRow(_Row):
    """An own field."""

    def __init__(self, kit: Kit, item: FieldView) -> None:
        _, ngettext = kit.words.gettext, kit.words.ngettext
        super().__init__(kit, lambda: _("In Russian"), lambda: _("In English"))

        def options(vocabulary: str) -> Sequence[Option]:
            return kit.vocabularies.options(vocabulary)

        kind = lambda: _("Kind of field")  # noqa: E731 (said twice: beside the editor and by it)
        self.beside("kind", kind, InlineChoice(kit, kind, lambda: options("custom_kind"), required=True))
        choices = lambda: _("Choices")  # noqa: E731
        self._choices = self.beside("choices", choices, InlineWords(kit, choices))
        seen = lambda: _("May be shown to")  # noqa: E731
        self.beside(
            "sensitivity", seen, InlineChoice(kit, seen, lambda: options("sensitivity"), required=True)
        )
        self.beside("retired", lambda: "", InlineYesNo(kit, lambda: _("No longer asked")))
        self._used = label(kit, look="caption")
        self._second.addWidget(self._used)
        self.end_line()
        self._say_used = lambda n: ngettext("{n} value", "{n} values", n).format(n=n)
        self.show_item(item)

    def show_item(self, item: FieldView) -> None:
        """The field of now; what is being typed stays."""
        for name, editor in self.editors.items():
            editor.set_value(getattr(item, name))
        listed = item.kind in ("choice", "choices")
        self.editors["choices"].setVisible(listed)
        if self._choices is not None:
            self._choices.setVisible(listed)
        self._used.setText(self._say_used(item.used) if item.used else "")


class QuestionRow(_Row):
    """A question; ``answers()`` gives what can answer it."""

    words = "text"

    def __init__(self, kit: Kit, item: QuestionView, answers) -> None:
        _ = kit.words.gettext
        super().__init__(kit, lambda: _("In Russian"), lambda: _("In English"))
        about = lambda: _("Answered by")  # noqa: E731
        self.beside("about", about, InlineChoice(kit, about, lambda: answers(item.subject)))
        if item.subject == "person":
            only = lambda: _("Only of")  # noqa: E731
            self.beside("lenses", only, InlineCodes(kit, only, lambda: kit.vocabularies.options("lens")))
        self.beside("retired", lambda: "", InlineYesNo(kit, lambda: _("No longer asked")))
        self.end_line()
        self.show_item(item)

    def show_item(self, item: QuestionView) -> None:
        """The question of now; what is being typed stays."""
        for name, editor in self.editors.items():
            editor.set_value(getattr(item, name))
