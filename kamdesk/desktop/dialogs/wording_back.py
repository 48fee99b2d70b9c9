"""What was changed in Word: wordings to be taken over one by one or all, numbers that differ, and what stands in the document only (R11)."""

from __future__ import annotations

from typing import Any, Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from kamdesk.desktop.desk import Desk
from kamdesk.desktop.dialogs.base import DialogBase
from kamdesk.desktop.pages.proposal_words import ProposalWords
from kamdesk.desktop.widgets.basic import IconLabel, button, clear, columns, label, set_look
from kamdesk.desktop.widgets.changed_words import ChangedWords
from kamdesk.desktop.widgets.scroll import scrolling
from kamdesk.model.messages import Message
from kamdesk.rules import markup
from kamdesk.services.wording import ChangesBack, WordingChange

_MOST: Final = 60  # differences drawn one by one; a document that was rewritten is read in Word


class WordingBackDialog(DialogBase):
    """Reads the changes of one version by itself, and again after each one that was taken."""

    def __init__(
        self, desk: Desk, words: ProposalWords, document_id: str, parent: QWidget | None = None
    ) -> None:
        kit, _ = desk.kit, desk.kit.words.gettext
        super().__init__(kit, lambda: _("What was changed in Word"), parent, cancel=lambda: _("Close"))
        self._desk, self._words, self._document_id = desk, words, document_id
        self.setMinimumWidth(kit.theme.px(720))
        self.changes: ChangesBack | None = None
        self.note = label(kit, lambda: _("Comparing…"), "muted", wrap=True)
        self.body.addWidget(self.note)
        inner = QWidget()
        room = QVBoxLayout(inner)
        room.setContentsMargins(0, 0, 4, 0)
        self._column = QVBoxLayout()
        self._column.setSpacing(8)
        room.addLayout(self._column)
        room.addStretch(1)
        scroll = scrolling(inner)
        scroll.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        scroll.setMinimumSize(kit.theme.px(660), kit.theme.px(380))
        kit.words.bind(scroll, lambda: scroll.setAccessibleName(_("What was changed in Word")))
        self.body.addWidget(scroll, 1)
        self.all = button(
            kit, lambda: _("Take all as this proposal's wording"), "ok", "primary", self._take_all
        )
        self.all.setAutoDefault(False)
        self.all.hide()
        self.buttons.insertWidget(0, self.all)
        self._read()

    def _read(self) -> None:
        wordings, _ = self._desk.workplace.wordings, self.kit.words.gettext
        self.kit.jobs.start(
            _("Comparing two versions"),
            lambda _progress: wordings.changes(self._document_id),
            self._show,
            self._refused,
            owner=self,
        )

    def _refused(self, message: Message) -> None:
        self.note.hide()
        self.tell(self._words.message(message))

    def _show(self, changes: ChangesBack) -> None:
        kit, _, ngettext = self.kit, self.kit.words.gettext, self.kit.words.ngettext
        again = self.changes is not None
        self.changes = changes
        clear(self._column)
        n = len(changes.wordings)
        if n:
            said = ngettext(
                "{n} wording differs from this proposal. Take it over, or leave it in the document only.",
                "{n} wordings differ from this proposal. Take them over, or leave them in the document only.",
                n,
            ).format(n=n)
        elif again:
            said = _("Everything that has a place in this proposal was taken over. Ctrl+Z takes it back.")
        elif changes.elsewhere:
            said = _("Nothing of it has a place in this proposal: it stands in the document only.")
        else:
            said = _("Nothing was changed by hand.")
        self.note.setText(said)
        self.all.setVisible(n > 1)
        for number in changes.numbers:
            self._column.addWidget(self._warning(number))
        for one in changes.wordings:
            self._column.addWidget(self._wording(one))
        if changes.elsewhere:
            self._column.addWidget(label(kit, lambda: _("In the document only"), "heading"))
        for edit in changes.elsewhere[:_MOST]:
            self._column.addWidget(self._elsewhere(edit))
        more = len(changes.elsewhere) - _MOST
        if more > 0:
            rest = ngettext("{n} more difference", "{n} more differences", more).format(n=more)
            self._column.addWidget(label(kit, lambda: rest, "muted"))

    def _warning(self, message: Message) -> QWidget:
        row = QWidget()
        held = QHBoxLayout(row)
        held.setContentsMargins(0, 0, 0, 0)
        held.addWidget(IconLabel(self.kit, "warning", 18, "warning"), 0, Qt.AlignmentFlag.AlignTop)
        held.addWidget(label(self.kit, lambda: self._words.message(message), wrap=True), 1)
        return row

    def _wording(self, one: WordingChange) -> QWidget:
        kit, _ = self.kit, self.kit.words.gettext
        card, column = self._card()
        called = [self._words.message(one.what), *([", ".join(one.readers)] if one.readers else [])]
        column.addWidget(label(kit, lambda: " · ".join(called), "caption", wrap=True))
        before, after = markup.plain(one.before), markup.plain(one.after)
        if before == after:  # only the look was changed
            before, after = one.before, one.after
        column.addWidget(ChangedWords(kit, before, after))
        if not one.after:
            gone = (
                _("It was taken out of the document. Taken over, the argument is dropped for these readers.")
                if one.argument_id
                else _("It was taken out of the document. Taken over, the field is emptied.")
            )
            column.addWidget(label(kit, lambda: gone, "muted", wrap=True))
        if one.current not in (one.before, "") and markup.plain(one.current) != markup.plain(one.before):
            here = _("Changed here too, now it says: {text}").format(text=markup.plain(one.current))
            column.addWidget(label(kit, lambda: here, "muted", wrap=True))
        take = button(
            kit,
            lambda: _("Take as this proposal's wording"),
            "ok",
            "",
            lambda: self._take([one.mark]),
        )
        take.setAccessibleName(f"{take.text()}: {called[0]}, {after[:60]}")
        take.setAutoDefault(False)
        made: list[QWidget | int] = [take]
        if one.for_library:
            library = button(
                kit, lambda: _("For the library"), "library", "", lambda: self._take_to_library(one.mark)
            )
            library.setAccessibleName(f"{library.text()}: {after[:60]}")
            library.setAutoDefault(False)
            made.append(library)
        column.addLayout(columns(*made, 1))
        return card

    def _elsewhere(self, edit: Any) -> QWidget:
        card, column = self._card()
        place = self._words.message(edit.place)
        column.addWidget(label(self.kit, lambda: place[:1].upper() + place[1:], "caption", wrap=True))
        if edit.before or edit.after:
            column.addWidget(ChangedWords(self.kit, edit.before, edit.after))
        else:
            _ = self.kit.words.gettext
            picture = _("A picture was added") if edit.kind == "added" else _("A picture was removed")
            column.addWidget(label(self.kit, lambda: picture))
        return card

    @staticmethod
    def _card() -> tuple[QFrame, QVBoxLayout]:
        card = QFrame()
        set_look(card, "fact")
        column = QVBoxLayout(card)
        column.setContentsMargins(12, 8, 12, 8)
        column.setSpacing(4)
        return card, column

    # --- taking -------------------------------------------------------------------------------------------------

    def _take(self, marks: list[str] | None) -> None:
        wordings = self._desk.workplace.wordings
        self._run(lambda: wordings.take(self._document_id, marks))

    def _take_all(self) -> None:
        self._take(None)

    def _take_to_library(self, mark: str) -> None:
        wordings = self._desk.workplace.wordings
        self._run(lambda: wordings.take_to_library(self._document_id, mark))

    def _run(self, work: Any) -> None:
        self.tell("")
        self.setEnabled(False)

        def done(_result: object) -> None:
            self.setEnabled(True)
            self._read()

        def failed(message: Message) -> None:
            self.setEnabled(True)
            self.tell(self._words.message(message))

        self.kit.commands.run(work, done, failed, owner=self)
