"""The letter with a meeting's results: read and edit the draft, send it by mail or Word, and log that it was sent (W15)."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QScrollArea, QVBoxLayout, QWidget

from kamdesk.desktop.desk import Desk
from kamdesk.desktop.dialogs.base import DialogBase
from kamdesk.desktop.widgets.basic import WordsButton, button, columns, label, set_look
from kamdesk.desktop.widgets.own_template import TemplateLine
from kamdesk.desktop.widgets.private import mark_private
from kamdesk.desktop.word_watch import OpenFile, open_by_system
from kamdesk.model.letter import LetterText
from kamdesk.model.messages import KamdeskError, Message

if TYPE_CHECKING:
    from kamdesk.services.meeting_letter import LetterDraft


def open_letter(desk: Desk, parent: QWidget, interaction_id: str) -> None:
    """Draft the letter and show it; what stands in the way is told below the page."""
    letters = desk.workplace.meeting_letters
    desk.kit.queries.run(
        lambda: letters.draft(interaction_id),
        lambda draft: MeetingLetterDialog(desk, draft, parent).open(),
        lambda problem: desk.window.notify(problem, "error"),
        owner=parent,
    )


class MeetingLetterDialog(DialogBase):
    """Shows a draft. The default button logs the letter as sent; the others only make it."""

    def __init__(
        self, desk: Desk, draft: LetterDraft, parent: QWidget, open_file: OpenFile = open_by_system
    ) -> None:
        kit, _ = desk.kit, desk.kit.words.gettext
        super().__init__(
            kit,
            lambda: _("Letter with results"),
            parent,
            ok=lambda: _("It was sent: log it"),
            cancel=lambda: _("Close"),
        )
        self._desk, self._draft, self._open_file = desk, draft, open_file
        self._letters = desk.workplace.meeting_letters
        self.setMinimumSize(kit.theme.px(760), kit.theme.px(560))
        self.to = label(kit, lambda: self._say_to(), "muted", wrap=True)
        self.subject = QLineEdit(draft.text.subject)
        kit.words.bind(self.subject, lambda: self.subject.setAccessibleName(_("Subject")))
        self.text = QPlainTextEdit(draft.text.body)
        self.text.setTabChangesFocus(True)
        kit.words.bind(self.text, lambda: self.text.setAccessibleName(_("Text of the letter")))
        self.body.addWidget(self.to)
        self.templates = TemplateLine(kit, lambda: None)
        self.body.addWidget(self.templates)
        self.body.addLayout(
            columns(label(kit, lambda: _("Subject"), "muted", buddy=self.subject), self.subject)
        )
        self.offer = self._offered()
        middle = columns(self.text, self.offer, spacing=12)
        middle.setStretch(0, 3)
        middle.setStretch(1, 2)
        self.body.addLayout(middle, 1)
        self.mail_button = button(kit, lambda: _("Open in the mail program"), "mail", "", self.open_mail)
        self.word_button = button(kit, lambda: "Word", "word", "", self.open_word)
        self.copy_button = button(kit, lambda: _("Copy"), "copy", "", self.copy)
        for at, one in enumerate((self.mail_button, self.word_button, self.copy_button)):
            one.setAutoDefault(False)
            self.buttons.insertWidget(at, one)
        self.text.setFocus()
        templates, language = desk.workplace.own_templates, draft.language
        kit.queries.run(
            lambda: templates.choices("results", language), self.templates.offer, self._refused, owner=self
        )

    def letter(self) -> LetterText:
        """The letter as it stands now."""
        return LetterText(self.subject.text().strip(), self.text.toPlainText())

    def open_mail(self) -> None:
        """Give the draft to the mail program; it is not sent yet."""
        letters, row, text = self._letters, self._draft.interaction_id, self.letter()
        self._give(lambda: letters.mail(row, text), ".eml")

    def open_word(self) -> None:
        """Give the letter on our letterhead to the system's program for Word files."""
        letters, row, text = self._letters, self._draft.interaction_id, self.letter()
        template = self.templates.chosen()
        self._give(lambda: letters.word(row, text, template=template), ".docx")

    def copy(self) -> None:
        """Put the letter into the clipboard: it is meant to leave, so it stays there."""
        text = self.letter()
        QApplication.clipboard().setText(f"{text.subject}\n\n{text.body}".strip())

    def accept(self) -> None:
        """Log it as sent and close."""
        letters, row, text = self._letters, self._draft.interaction_id, self.letter()
        _, window = self.kit.words.gettext, self._desk.window

        def done(_id: str) -> None:
            window.notify(lambda: _("The letter stands in the history."), "success")
            super(MeetingLetterDialog, self).accept()

        self.kit.commands.run(lambda: letters.sent(row, text), done, self._refused, owner=self)

    # --- inside -----------------------------------------------------------------------------------------------

    def _say_to(self) -> str:
        _ = self.kit.words.gettext
        known = [f"{one.name} <{one.email}>" for one in self._draft.to if one.email]
        unknown = [one.name for one in self._draft.to if not one.email]
        lines = [_("To: {names}").format(names=", ".join(known))] if known else []
        if unknown:
            lines.append(_("No e-mail address is known: {names}").format(names=", ".join(unknown)))
        return "\n".join(lines)

    def _offered(self) -> QWidget:
        """Sentences of the outcome beside the letter: personal until one is put in."""
        kit, _ = self.kit, self.kit.words.gettext
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(label(kit, lambda: _("From your notes"), "heading"))
        column.addWidget(
            label(
                kit,
                lambda: _("Written for us, not for them. A press puts a sentence in."),
                "caption",
                wrap=True,
            )
        )
        for sentence in self._draft.offered:
            put = WordsButton(sentence.replace("&", "&&"))
            set_look(put, "link")
            put.setIcon(kit.icons.icon("add", "accent_text"))
            put.setAutoDefault(False)
            put.setMinimumWidth(kit.theme.px(80))
            put.setAccessibleName(_("Put into the letter: {text}").format(text=sentence))
            put.clicked.connect(lambda _checked=False, text=sentence: self.put(text))
            column.addWidget(put)
        column.addStretch(1)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setWidget(inner)
        area.setMinimumWidth(kit.theme.px(240))
        mark_private(area)
        area.setVisible(bool(self._draft.offered))
        return area

    def put(self, sentence: str) -> None:
        """Put a sentence where the cursor stands."""
        self.text.textCursor().insertText(sentence + "\n")
        self.text.setFocus()

    def _give(self, make: Callable[[], bytes], ending: str) -> None:
        plain, name = self._desk.plain, self.kit.words.gettext("Letter with results")

        def show(path: Path) -> None:
            if not self._open_file(path):
                self._refused(KamdeskError("document.no_program", folder=str(path.parent)).message)

        self.tell("")
        self.kit.queries.run(lambda: plain.give(name + ending, make()), show, self._refused, owner=self)

    def _refused(self, problem: Message) -> None:
        self.tell(self.kit.words.message(problem))
