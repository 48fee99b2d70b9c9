"""What the panel of an entry says below its fields: the same in other languages, how often told, who raised an objection."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from kamdesk.desktop.kit import Kit
from kamdesk.desktop.navigation.target import Target
from kamdesk.desktop.pages.library_words import LibraryWords, shown_name
from kamdesk.desktop.widgets.basic import Say, button, clear, columns, label, tool_button
from kamdesk.desktop.widgets.inline_choice import InlineChoice
from kamdesk.desktop.widgets.private import mark_private
from kamdesk.services.library_variants import Twin
from kamdesk.services.library_views import ArgumentView
from kamdesk.services.objection_uses import Answered, HeardView


class Twins(QWidget):
    """Links to the same entry in other languages, and the ways to have one. ``went(Target)``, ``wanted()``, ``part_wanted()``."""

    went = Signal(object)
    wanted = Signal()
    part_wanted = Signal()

    def __init__(self, kit: Kit, words: LibraryWords, table: str) -> None:
        super().__init__()
        self._kit, self._words, self._table = kit, words, table
        _ = kit.words.gettext
        self._links = QVBoxLayout()
        self._links.setSpacing(2)
        self.add = button(
            kit, lambda: _("Write it in another language"), "language", "link", self.wanted.emit
        )
        self.part = button(
            kit, lambda: _("Not the same after all"), look="link", on_click=self.part_wanted.emit
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addLayout(self._links)
        below = columns(self.add, self.part, spacing=6)
        below.addStretch(1)
        column.addLayout(below)

    def show_twins(self, twins: Sequence[Twin], languages: int) -> None:
        """Show these; one more can be written while a language is left."""
        clear(self._links)
        kit, _ = self._kit, self._kit.words.gettext
        if twins:
            self._links.addWidget(label(kit, lambda: _("The same in another language"), "caption"))
        for one in twins:
            made = button(
                kit,
                lambda one=one: (
                    f"{self._words.label('language', one.language)}: {' '.join(one.text.split())}"
                ),
                "language",
                "link",
                lambda one=one: self.went.emit(Target(self._table, one.id)),
            )
            made.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
            made.setToolTip(one.text)
            self._links.addWidget(made)
        self.part.setVisible(bool(twins))
        self.add.setVisible(len(twins) + 1 < languages)


def told_line(kit: Kit, words: LibraryWords, row: ArgumentView) -> str:
    """How often an argument was told, to whom last; "" while it never was."""
    if not row.told:
        return ""
    _, ngettext = kit.words.gettext, kit.words.ngettext
    line = ngettext("Told {n} time", "Told {n} times", row.told).format(n=row.told)
    if row.told_on is None:
        return line
    last = _("last on {day}: {name}").format(day=words.day(row.told_on), name=shown_name(row.told_to))
    return f"{line}, {last}"


def answer_line(kit: Kit, went: Answered) -> str:
    """«This answer worked 3 of 4 times»; what was heard without a result is said as such; "" when never heard."""
    _, ngettext = kit.words.gettext, kit.words.ngettext
    if not went.heard:
        return ""
    if not went.known:
        return ngettext(
            "Heard {n} time, no result recorded yet", "Heard {n} times, no result recorded yet", went.heard
        ).format(n=went.heard)
    line = ngettext(
        "This answer worked {worked} of {n} time", "This answer worked {worked} of {n} times", went.known
    ).format(worked=went.worked, n=went.known)
    if went.partly:
        line += "; " + ngettext("{n} more in part", "{n} more in part", went.partly).format(n=went.partly)
    return line


class HeardList(QWidget):
    """From whom an objection was heard, each with how the answer went, changed on the spot. Private.

    ``heard_wanted()`` asks to record one more; ``person`` shows the objections of one person instead of people.
    """

    heard_wanted = Signal()
    went = Signal(object)

    def __init__(
        self,
        kit: Kit,
        words: LibraryWords,
        save: Callable[[str, str], object],
        delete: Callable[[str], object],
    ) -> None:
        super().__init__()
        self._kit, self._words, self._save, self._delete = kit, words, save, delete
        _ = kit.words.gettext
        self.line = label(kit, wrap=True)
        self._rows = QVBoxLayout()
        self._rows.setSpacing(2)
        self.add = button(kit, lambda: _("Heard it: record"), "add", "link", self.heard_wanted.emit)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(label(kit, lambda: _("Who raised it"), "caption"))
        column.addWidget(self.line)
        column.addLayout(self._rows)
        below = columns(self.add)
        below.addStretch(1)
        column.addLayout(below)
        mark_private(self)

    def show_heard(self, went: Answered, rows: Sequence[HeardView]) -> None:
        """Show how it went in one line, and each time below."""
        _ = self._kit.words.gettext
        self.line.setText(answer_line(self._kit, went) or _("Not heard yet."))
        clear(self._rows)
        for row in rows[:20]:
            self._rows.addWidget(self._one(row))

    def _one(self, row: HeardView) -> QWidget:
        kit, _ = self._kit, self._kit.words.gettext
        who = shown_name(row.person) if row.person else row.organisation
        parts = [who, row.organisation if row.person else "", self._words.day(row.heard_on), row.note]
        words = " · ".join(part for part in parts if part)
        open_it = button(kit, lambda: words, "person" if row.person else "organisation", "link")
        open_it.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        open_it.setToolTip(words)
        target = (
            Target("person", row.person_id) if row.person_id else Target("client", row.organisation_id or "")
        )
        open_it.clicked.connect(lambda _on=False: self.went.emit(target))
        say = result_say(kit, words)
        choice = InlineChoice(
            kit,
            say,
            lambda: kit.vocabularies.options("objection_result"),
            lambda code: self._save(row.id, code),
        )
        choice.set_value(row.result)
        gone = tool_button(
            kit, lambda: _("Take away: {what}").format(what=words), "trash", lambda: self._delete(row.id)
        )
        line = QWidget()
        column = QVBoxLayout(line)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(open_it)
        below = columns(choice, spacing=4)
        below.addStretch(1)
        below.addWidget(gone)
        column.addLayout(below)
        return line


def result_say(kit: Kit, what: str) -> Say:
    """What the choice of a result is called: each of them by what it belongs to."""
    _ = kit.words.gettext
    return lambda: _("How the answer went: {what}").format(what=what)
