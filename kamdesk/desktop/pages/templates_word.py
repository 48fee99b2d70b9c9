"""Templates that are open in Word: one watch for the window, which outlives the page; each good save becomes the template's file (R9)."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject

from kamdesk.desktop.desk import Desk
from kamdesk.desktop.pages.templates_row import TemplateRow
from kamdesk.desktop.pages.templates_view import TemplatesView
from kamdesk.desktop.word_watch import OpenFile, WordWatch, open_by_system
from kamdesk.model.messages import Message
from kamdesk.services.template_word import KEY

_NAME = "template_watch"
_PAUSE_MS = 120
"""Shorter than for proposals: one looks at the preview while saving, and the two looks at a growing file come before it."""


def template_watch(desk: Desk, open_file: OpenFile = open_by_system) -> WordWatch:
    """The watch of this window; made when it is first asked for."""
    found = desk.window.findChild(WordWatch, _NAME)
    if found is None:
        found = WordWatch(
            desk.kit,
            desk.workplace.template_word,  # type: ignore[arg-type]
            desk.plain,
            open_file,
            desk.window,
            pause_ms=_PAUSE_MS,
        )
        found.setObjectName(_NAME)
    return found


def key_of(template_id: str) -> str:
    """What a template is called while it is out."""
    return KEY + template_id


def template_of(key: str) -> str:
    """The template of such a key."""
    return key.removeprefix(KEY)


class WordLine(QObject):
    """What the page says of the templates that are out. ``shown`` gives the chosen one."""

    def __init__(self, desk: Desk, page: TemplatesView, shown: Callable[[], TemplateRow | None]) -> None:
        super().__init__(page)
        self._desk, self._page, self._kit, self._shown = desk, page, desk.kit, shown
        self._problems: dict[str, Message] = {}
        self.watch = template_watch(desk)
        self.watch.opened.connect(self._opened)
        self.watch.taken.connect(self._saved_in_word)
        self.watch.failed.connect(self._failed)

    def _opened(self, _key: str) -> None:
        self.say()

    def open(self) -> None:
        """Hand the chosen template to the system's program, if it is the user's own."""
        row = self._shown()
        if row is not None and row.own:
            self._problems.pop(row.id, None)
            self.watch.open(key_of(row.id))

    def _saved_in_word(self, key: str, _same: str) -> None:
        _ = self._kit.words.gettext
        row_id = template_of(key)
        self._problems.pop(row_id, None)
        self.say()
        self._desk.window.notify(
            lambda: _(
                "Taken over as saved in Word. Proposals keep their documents until they are made anew."
            ),
            "success",
            lambda: _("Undo"),
            self._desk.window.undo_requested.emit,
        )

    def _failed(self, key: str, message: Message) -> None:
        self._problems[template_of(key)] = message
        self.say()

    def say(self) -> None:
        """Tell of the chosen template whether it is in Word, and what is wrong with what was saved last."""
        row, _ = self._shown(), self._kit.words.gettext
        out = row is not None and key_of(row.id) in self.watch.documents()
        self._page.in_word.setText(
            _("Open in Word: each time you save it there, it is checked and shown here.") if out else ""
        )
        self._page.in_word.setVisible(out)
        problem = self._problems.get(row.id) if row is not None else None
        if problem is not None:
            why = self._kit.words.message(problem)
            self._page.word_problem.setText(
                _("What was saved last cannot be used; the last good file stays. {why}").format(why=why)
            )
        self._page.word_problem.setVisible(problem is not None)
