"""Texts of letters and e-mails: written with fields, seen at once with an open proposal, checked while one types (R9)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QTimer
from PySide6.QtGui import QTextCursor

from kamdesk.desktop.navigation.target import Target
from kamdesk.desktop.pages.text_templates_fields import FieldRow
from kamdesk.desktop.pages.text_templates_view import TextTemplatesView
from kamdesk.model.messages import Message

if TYPE_CHECKING:
    from kamdesk.desktop.desk import Desk
    from kamdesk.desktop.widgets.inline_base import InlineEditor
    from kamdesk.services.text_templates import TextSample, TextView, TriedText

_PAUSE_MS = 350
"""After a key: the letter follows the typing without a job for each letter."""
_TABLES = ("text_template",)
_SHOWN_IN_LETTERS = (
    "proposal",
    "proposal_reader",
    "organisation",
    "person",
    "colleague",
    "company",
    "offer_item",
)


class TextTemplatesPage(TextTemplatesView):
    """``Target("texts", "", tab)`` shows the page, ``Target("text_template", id)`` one text; the tabs are "read" and "fields"."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk.kit)
        self._desk = desk
        self._texts = desk.workplace.text_templates
        self._shown: TextView | None = None
        self._wanted = ""
        self._samples: Sequence[TextSample] = ()
        self._sampled = False
        self._timer = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._timer.timeout.connect(self._try)
        self.word_button.clicked.connect(lambda: desk.window.navigate(Target("templates")))
        self.add_button.clicked.connect(self._add)
        self.copy_button.clicked.connect(self._duplicate)
        self.own_button.clicked.connect(self._duplicate)
        self.delete_button.clicked.connect(self._delete)
        self.default_button.clicked.connect(self._set_default)
        self.table.chosen.connect(self._choose)
        self.sample.currentIndexChanged.connect(lambda _at: self._show_sample())
        self.fields.wanted.connect(self._put)
        self.findings.jump.connect(self._jump)
        for field, editor in self._editors().items():
            editor.on_save(lambda value, field=field: self._save(field, value))
            editor.drafted.connect(self._timer.start)
        self.kit.words.changed.connect(self._say_again)
        for tab, switch in self.tabs.items():
            switch.clicked.connect(lambda _checked=False, tab=tab: desk.window.tab_changed(tab))

    def open(self, target: Target) -> None:
        """Show the list, and the text that was asked for."""
        self._wanted = target.id if target.kind == "text_template" else ""
        if target.tab:
            self.show_tab(target.tab)
        self._load_samples()
        self._load()

    def refresh(self, changes: Any) -> None:
        """Load anew what a change touches; what is being typed stays."""
        if changes.touches(*_TABLES):
            self._load()
        if changes.touches(*_SHOWN_IN_LETTERS):
            self._load_samples()

    def _editors(self) -> dict[str, InlineEditor]:
        return {
            "name": self.name,
            "purpose": self.purpose,
            "language": self.language,
            "subject": self.subject,
            "body": self.body_text,
        }

    # --- loading ----------------------------------------------------------------------------------------------

    def _load(self) -> None:
        self.kit.queries.run(self._texts.list, self._show_rows, owner=self, key=f"texts {id(self)}")

    def _show_rows(self, rows: Sequence[TextView]) -> None:
        self.table.keep_selection(lambda: self.model.set_rows(rows))
        self.editor.setCurrentIndex(0 if rows else 1)
        wanted, self._wanted = self._wanted, ""
        if wanted and self.table.select_id(wanted):
            return
        now = next((row for row in rows if self._shown is not None and row.id == self._shown.id), None)
        if now is None:
            self._shown = None
            self.table.selectRow(0)
        elif now != self._shown:
            self._show(now)

    def _choose(self, rows: Sequence[TextView]) -> None:
        if len(rows) == 1 and (self._shown is None or self._shown.id != rows[0].id):
            for editor in self._editors().values():
                editor.flush()
            self._show(rows[0])

    def _show(self, row: TextView) -> None:
        before, self._shown = self._shown, row
        for widget in (self.name, self.choices, self.delete_button):
            widget.setVisible(row.own)
        self.shipped_name.setVisible(not row.own)
        self.own_row.setVisible(not row.own)
        self.shipped_name.setText(row.name)
        self.default_button.setEnabled(not row.is_default)
        self.subject.line.setReadOnly(not row.own)
        self.body_text.text.setReadOnly(not row.own)
        for field, editor in self._editors().items():
            editor.set_value(getattr(row, field))
        self._say_state()
        if before is None or before.language != row.language:
            self._show_sample()
        else:
            self._try()

    def _say_state(self) -> None:
        row, _ = self._shown, self.kit.words.gettext
        if row is None:
            return
        parts = [] if row.own else [_("Comes with kamdesk.")]
        if row.is_default:
            parts.append(_("It is taken by itself for this purpose."))
        self.state.setText(" ".join(parts))
        self.state.setVisible(bool(parts))

    # --- the sample -------------------------------------------------------------------------------------------

    def _load_samples(self) -> None:
        self.kit.queries.run(
            self._texts.samples, self._fill_samples, owner=self, key=f"text samples {id(self)}"
        )

    def _fill_samples(self, samples: Sequence[TextSample]) -> None:
        chosen, self._samples = self._proposal(), samples
        self._say_samples(chosen)

    def _say_samples(self, chosen: str) -> None:
        _ = self.kit.words.gettext
        self.sample.blockSignals(True)
        self.sample.clear()
        self.sample.addItem(_("An invented proposal"))
        self.sample.addItems([sample.label for sample in self._samples])
        self.sample.setAccessibleName(_("Proposal to look at the text with"))
        ids = [sample.proposal_id for sample in self._samples]
        if not self._sampled and ids:  # a real one at first; the invented one only stays where it was chosen
            self._sampled, chosen = True, ids[0]
        self.sample.setCurrentIndex(1 + ids.index(chosen) if chosen in ids else 0)
        self.sample.blockSignals(False)
        self._show_sample()

    def _proposal(self) -> str:
        at = self.sample.currentIndex() - 1
        return self._samples[at].proposal_id if 0 <= at < len(self._samples) else ""

    def _show_sample(self) -> None:
        """The fields with the values of the sample, and the letter it makes."""
        row = self._shown
        if row is None:
            return
        language, proposal, tags = self.kit.words.language, self._proposal(), row.language
        texts = self._texts

        def work() -> list[FieldRow]:
            return [
                FieldRow(one.path, one.tag, one.about, one.example)
                for one in texts.fields(language, tags, proposal)
            ]

        self.kit.queries.run(work, self.fields.show_fields, owner=self, key=f"text fields {id(self)}")
        self._try()

    def _try(self) -> None:
        """How the text reads as it stands now, typed and not saved included."""
        row = self._shown
        if row is None:
            return
        subject, body = self.subject.line.text(), self.body_text.text.toPlainText()
        texts, language, proposal = self._texts, row.language, self._proposal()

        def show(tried: TriedText) -> None:
            if self._shown is None or self._shown.id != row.id:
                return
            letter = tried.letter
            problem = self.kit.words.message(tried.problem) if tried.problem is not None else ""
            self.result.show_letter(letter.subject if letter else "", letter.body if letter else "", problem)
            self.findings.show_findings(tried.findings)

        self.kit.queries.run(
            lambda: texts.try_out(subject, body, language=language, proposal_id=proposal),
            show,
            self._refused,
            owner=self,
            key=f"text try {id(self)}",
        )

    # --- edits ------------------------------------------------------------------------------------------------

    def _put(self, tag: str) -> None:
        row, _ = self._shown, self.kit.words.gettext
        if row is None:
            return
        if not row.own:
            self._desk.window.notify(
                lambda: _("This text comes with kamdesk. Make a copy and put the field there."),
                "info",
                lambda: _("Make a copy to change"),
                self._duplicate,
            )
            return
        if self.subject.has_focus():
            self.subject.line.insert(tag)
        else:
            self.body_text.text.insertPlainText(tag)
            self.body_text.focus()

    def _jump(self, part: str, start: int, length: int) -> None:
        if part == "subject":
            self.subject.focus()
            self.subject.line.setSelection(start, max(length, 1))
            return
        edit = self.body_text.text
        cursor = edit.textCursor()
        end = max(edit.document().characterCount() - 1, 0)
        cursor.setPosition(min(start, end))
        cursor.setPosition(min(start + length, end), QTextCursor.MoveMode.KeepAnchor)
        self.body_text.focus()
        edit.setTextCursor(cursor)

    def _save(self, field: str, value: object) -> None:
        row = self._shown
        if row is None or not row.own:
            return
        editor = self._editors()[field]
        visit = editor.visit
        self.kit.commands.run(
            lambda: self._texts.edit(row.id, {field: value}, visit=visit),
            failed=editor.show_problem,
            owner=editor,
        )

    def _add(self) -> None:
        _ = self.kit.words.gettext
        language = self.kit.words.language
        name = self._free(_("New text"))
        greeting = "{{ получатель.обращение }}\n\n\n\n{{ блок.подпись }}"
        if language != "ru":
            greeting = "{{ recipient.salutation }}\n\n\n\n{{ block.signature }}"

        def added(row_id: str) -> None:
            self._wanted = row_id
            self._load()
            self.show_tab("fields")
            self.name.focus()

        self.kit.commands.run(
            lambda: self._texts.add(name, language=language, body=greeting), added, self._refused, owner=self
        )

    def _free(self, name: str) -> str:
        taken = {row.name for row in self.model.rows()}
        number, free = 1, name
        while free in taken:
            number += 1
            free = f"{name} ({number})"
        return free

    def _duplicate(self) -> None:
        row = self._shown
        if row is None:
            return

        def copied(row_id: str) -> None:
            self._wanted = row_id
            self._load()

        self.kit.commands.run(lambda: self._texts.duplicate(row.id), copied, self._refused, owner=self)

    def _set_default(self) -> None:
        row = self._shown
        if row is not None:
            self.kit.commands.run(lambda: self._texts.set_default(row.id), failed=self._refused, owner=self)

    def _delete(self) -> None:
        row, _ = self._shown, self.kit.words.gettext
        if row is None:
            return

        def deleted(_nothing: object) -> None:
            self._desk.window.notify(
                lambda: _("Deleted: {name}").format(name=row.name),
                "success",
                lambda: _("Undo"),
                self._desk.window.undo_requested.emit,
            )

        self.kit.commands.run(lambda: self._texts.delete(row.id), deleted, self._refused, owner=self)

    def _refused(self, message: Message) -> None:
        self._desk.window.notify(message, "error")

    def _say_again(self) -> None:
        self._say_state()
        self._say_samples(self._proposal())
