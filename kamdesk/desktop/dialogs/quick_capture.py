"""Quick capture: type lines after a meeting; each is sorted, one key changes what it is, Enter saves all in one step."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QTextCursor
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget

from kamdesk.desktop.desk import Desk
from kamdesk.desktop.dialogs.base import DialogBase
from kamdesk.desktop.dialogs.quick_capture_row import CaptureRow, as_kind, joined, on_day, warned
from kamdesk.desktop.kit import Option
from kamdesk.desktop.models.rows import Column, RowsModel
from kamdesk.desktop.pages.people_words import Said, shown_name
from kamdesk.desktop.widgets.basic import columns, label
from kamdesk.desktop.widgets.inline_choice import Combo
from kamdesk.desktop.widgets.table import RowsTable
from kamdesk.desktop.widgets.tick import Tick
from kamdesk.model.messages import KamdeskError, Message
from kamdesk.rules.typed import parse_date, parse_moment

if TYPE_CHECKING:
    from kamdesk.model.values import PartialDate, PersonName
    from kamdesk.services.capture import CaptureLine

_PAUSE_MS: Final = 200
_PLAIN: Final = Qt.KeyboardModifier.NoModifier
_ICONS: Final = {
    "promise_ours": "promise", "promise_theirs": "promise", "fact": "fact", "next_step": "forward",
    "person": "person-add", "note": "note", "interaction": "meeting", "complaint": "warning",
}  # fmt: skip


class QuickCapture(DialogBase):
    """``left(text)`` with the unsaved text when it is put away, "" after saving; ``drafted(text)`` at a pause in typing."""

    left = Signal(str)
    drafted = Signal(str)

    def __init__(
        self, desk: Desk, said: Said, client: str, person: str, text: str = "", parent: QWidget | None = None
    ) -> None:
        kit, _ = desk.kit, desk.kit.words.gettext
        super().__init__(kit, lambda: _("Quick capture"), parent, ok=lambda: _("Save all"))
        self._desk, self._said, self._person = desk, said, person
        self._found: tuple[CaptureLine, ...] = ()
        self._kinds: dict[str, str] = {}
        self._about: dict[str, str] = {}
        self._texts: dict[str, str] = {}
        self._days: dict[str, date | datetime | PartialDate | None] = {}
        self._out: set[str] = set()
        self._kept: set[str] = set()
        self._names: dict[str, PersonName] = {}
        self._client_chosen = bool(client)
        self._saved = False
        self.setMinimumSize(kit.theme.px(780), kit.theme.px(600))
        self.client = Combo(kit)
        self.client.setMinimumWidth(kit.theme.px(260))
        kit.words.bind(self.client, lambda: self.client.setAccessibleName(_("Client")))
        self.client.activated.connect(lambda _at: self._choose_client())
        self.text = QPlainTextEdit()
        self.text.setTabChangesFocus(True)
        self.text.setPlainText(text)
        self.text.setMaximumHeight(kit.theme.px(130))
        self.text.setAccessibleName(_("What was said, a line each"))
        self.text.setPlaceholderText(
            _(
                "A line each: “Meeting with Anna, she promised the drawings by Friday”, “I'll send the calculation tomorrow”, “Anna skis”"
            )
        )
        self.text.installEventFilter(self)
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._pause.timeout.connect(lambda: self._sort())
        self._pause.timeout.connect(lambda: self.drafted.emit(self.text.toPlainText()))
        self.text.textChanged.connect(self._pause.start)
        self.model = RowsModel(kit, self._columns(), row_id=lambda row: row.key)
        self.table = RowsTable(kit, lambda: _("How each line is understood"), self.model, "capture")
        self.table.horizontalHeader().setSectionsClickable(False)
        self.table.setSortingEnabled(False)
        self.table.doubleClicked.disconnect()
        self.table.opened.connect(lambda _line: self.accept())
        self.table.installEventFilter(self)
        self.table.chosen.connect(lambda _rows: self._show_fields())
        self.keys = label(kit, self._say_keys, "caption", wrap=True)
        self.about = Combo(kit)
        self.about.setMinimumWidth(kit.theme.px(220))
        kit.words.bind(self.about, lambda: self.about.setAccessibleName(_("Whom the chosen line is about")))
        self.about.activated.connect(lambda _at: self._set_about())
        self.warning = label(kit, look="muted", wrap=True)
        self.warning.hide()
        self.answers = Tick(kit)
        self.answers.setChecked(True)
        self.answers.hide()
        self.answers.clicked.connect(lambda _on: self._show())
        self.words = QLineEdit()
        kit.words.bind(self.words, lambda: self.words.setAccessibleName(_("Text of the chosen line")))
        self.words.editingFinished.connect(self._set_text)
        self.day = QLineEdit()
        self.day.setMaximumWidth(kit.theme.px(170))
        kit.words.bind(self.day, lambda: self.day.setAccessibleName(_("Day of the chosen line")))
        kit.words.bind(self.day, lambda: self.day.setPlaceholderText(_("Day")))
        self.day.editingFinished.connect(self._set_day)
        for field in (self.words, self.day):
            field.installEventFilter(self)
        self.body.addLayout(columns(label(kit, lambda: _("Client"), "muted"), self.client, 1))
        for widget in (self.text, self.table, self.keys):
            self.body.addWidget(widget)
        self.body.setStretch(2, 1)
        self.fields = columns(self.words, self.about, self.day)
        self.fields.setStretch(0, 1)
        self.body.addLayout(self.fields)
        self.body.addWidget(self.answers)
        self.body.addWidget(self.warning)
        self.finished.connect(lambda _result: self.left.emit("" if self._saved else self.text.toPlainText()))
        self._load(client)
        self.text.setFocus()

    def bring_back(self, text: str) -> None:
        """Show a text that was put away unsaved, before whatever was typed meanwhile."""
        if text:
            typed = self.text.toPlainText()
            self.text.setPlainText("\n".join(part for part in (text, typed) if part))
            self.text.moveCursor(QTextCursor.MoveOperation.End)

    # --- what is read -----------------------------------------------------------------------------------------

    def _load(self, client: str) -> None:
        place = self._desk.workplace

        def show(found: tuple) -> None:
            rows, people = found
            self.client.addItem(self.kit.words.gettext("No client"), "")
            for row in rows:
                self.client.addItem(row.name, row.id)
            self.client.setCurrentIndex(max(0, self.client.findData(client)))
            self._people: Sequence[Option] = [Option(one.id, shown_name(one.name)) for one in people]
            self._names = {one.id: one.name for one in people}
            self._sort()

        self.kit.queries.run(lambda: (place.organisations.list(), place.people.list()), show, owner=self)

    def _sort(self, *, then_save: bool = False) -> None:
        self._pause.stop()
        text, client, capture = (
            self.text.toPlainText(),
            self.client.currentData() or "",
            self._desk.workplace.capture,
        )
        person = self._person

        def work() -> tuple[tuple[CaptureLine, ...], str]:
            lines = capture.preview(text, client, person)
            return lines, "" if client else capture.client_meant(lines)

        def done(read: tuple[tuple[CaptureLine, ...], str]) -> None:
            self._found, meant = read
            if meant and not self._client_chosen and not self.client.currentData():
                self.client.setCurrentIndex(max(0, self.client.findData(meant)))
            self._show()
            if then_save:
                self._save()

        self.kit.queries.run(work, done, owner=self, key="" if then_save else "capture")

    def _choose_client(self) -> None:
        self._client_chosen = True
        self._sort()

    def _show(self) -> None:
        """Draw what was found with what was corrected."""
        rows = [
            CaptureRow(line.said, self._corrected(line), line.said in self._out, line.said in self._kept)
            for line in self._found
        ]
        self.table.keep_selection(lambda: self.model.set_rows(rows))
        if rows and not self.table.currentIndex().isValid():
            self.table.setCurrentIndex(self.model.index(0, 0))
        warnings = list(
            dict.fromkeys(
                self.kit.words.message(row.line.warning)
                for row in rows
                if row.line.warning is not None and row.left_out and row.key not in self._out
            )
        )
        if warnings:
            _ = self.kit.words.gettext
            warnings.append(_("Change the words, or store the line all the same with Space in the list."))
        self.warning.setText("\n".join(warnings))
        self.warning.setVisible(bool(warnings))
        self._show_fields()
        self._show_planned()
        if self.ok_button is not None:
            self.ok_button.setEnabled(any(not row.left_out for row in rows))

    def _corrected(self, line: CaptureLine) -> CaptureLine:
        key = line.said
        if not self.answers.isChecked():
            line = replace(line, answers=None)
        if key in self._kinds:
            line = as_kind(line, self._kinds[key])
        if key in self._about:
            person = self._about[key]
            name = self._names.get(person, type(line.person)())
            people = joined(line, person, name) if line.kind == "interaction" else line.people
            line = replace(line, person_id=person, person=name, choices=(), people=people)
        if key in self._days:
            line = on_day(line, self._days[key], self._said.today())
        return warned(replace(line, text=self._texts[key]) if key in self._texts else line)

    def _show_planned(self) -> None:
        """Name the planned meeting that is answered by this; unticked, the line becomes another one."""
        planned = next((line.answers for line in self._found if line.answers is not None), None)
        self.answers.setVisible(planned is not None)
        if planned is None:
            return
        _ = self.kit.words.gettext
        words = ", ".join(part for part in (self._said.moment(planned.starts_at), planned.purpose) if part)
        self.answers.setText(_("This is how the planned one went: {meeting}").format(meeting=words))

    # --- what is changed --------------------------------------------------------------------------------------

    def set_kind(self, code: str) -> None:
        """Make the current line something else."""
        row = self.table.current_row()
        if row is not None:
            self._kinds[row.key] = code
            self.tell("")
            self._show()

    def leave_out(self) -> None:
        """Do not save the current line after all, or save it: also one that the guard warned of."""
        row = self.table.current_row()
        if row is not None:
            now, other = (self._kept, self._out) if row.left_out else (self._out, self._kept)
            now.add(row.key)
            other.discard(row.key)
            self.tell("")
            self._show()

    def _set_about(self) -> None:
        row = self.table.current_row()
        if row is not None:
            self._about[row.key] = self.about.currentData() or ""
            self.tell("")
            self._show()

    def _set_text(self) -> None:
        row = self.table.current_row()
        text = " ".join(self.words.text().split())
        if row is not None and text and text != row.line.text:
            self._texts[row.key] = text
            self._kept.discard(row.key)
            self._show()

    def _set_day(self) -> None:
        row, typed = self.table.current_row(), self.day.text().strip()
        if row is None or typed == self._said_day(row.line):
            return
        try:
            self._days[row.key] = self._read_day(row.line, typed) if typed else None
        except (KamdeskError, ValueError):
            self.tell(
                self.kit.words.gettext("This day cannot be read. Type it as “5 March”, “Friday” or “15.3”.")
            )
            return
        self.tell("")
        self._show()

    def _read_day(self, line: CaptureLine, typed: str) -> date | datetime | PartialDate:
        if line.kind == "fact":
            return self.kit.typed.read_partial_date(typed)
        today = self._said.today()
        found = (parse_moment(typed, today) if line.kind == "interaction" else None) or parse_date(
            typed, today
        )
        if found is None:
            raise ValueError(typed)
        return found

    def _show_fields(self) -> None:
        """What can be corrected of the chosen line; where several people fit they stand first."""
        row = self.table.current_row()
        for field in (self.words, self.about, self.day):
            field.setEnabled(row is not None and not row.dropped)
        if row is None:
            return
        line = row.line
        self.about.setEnabled(line.kind != "person" and not row.dropped)
        self.day.setEnabled(line.kind not in ("person", "note", "complaint") and not row.dropped)
        self.about.clear()
        self.about.addItem(self.kit.words.gettext("Nobody in particular"), "")
        first = [Option(one.id, shown_name(one.name)) for one in (*line.choices, *line.people)]
        own = [Option(line.person_id, shown_name(line.person))] if line.person_id else []
        seen = set()
        for option in (*first, *own, *self._people):
            if option.code not in seen:
                seen.add(option.code)
                self.about.addItem(option.label, option.code)
        for one in (*line.choices, *line.people):
            self._names.setdefault(one.id, one.name)
        chosen = line.person_id or (line.people[0].id if line.people else "")
        self.about.setCurrentIndex(1 if line.choices and not chosen else max(0, self.about.findData(chosen)))
        if not self.words.hasFocus():
            self.words.setText(line.text)
        if not self.day.hasFocus():
            self.day.setText(self._said_day(line))

    def accept(self) -> None:
        """Save all; the dialog stays where something is missing, and says what."""
        if self._pause.isActive():
            self._sort(then_save=True)
        else:
            self._save()

    def _save(self) -> None:
        lines = [row.line for row in self.model.rows() if not row.left_out]
        if not lines:
            return
        client, capture = self.client.currentData() or "", self._desk.workplace.capture

        def done(saved: tuple[tuple[str, str], ...]) -> None:
            self._saved = True
            self._tell_saved(lines, saved)
            super(QuickCapture, self).accept()

        self.kit.commands.run(lambda: capture.save(lines, client), done, self._refused, owner=self)

    def _tell_saved(self, lines: Sequence[CaptureLine], saved: tuple[tuple[str, str], ...]) -> None:
        """What was saved; after a meeting the next thing is the letter with its results."""
        from kamdesk.desktop.dialogs.meeting_letter import open_letter

        n, words, desk = len(lines), self.kit.words, self._desk
        met = next(
            (
                row
                for line, (_table, row) in zip(lines, saved, strict=True)
                if line.kind == "interaction" and not line.planned and (line.people or line.answers)
            ),
            "",
        )
        letter = (lambda: words.gettext("Letter with results"), lambda: open_letter(desk, desk.window, met))
        desk.window.notify(
            lambda: words.ngettext("{n} line saved", "{n} lines saved", n).format(n=n),
            "success",
            action=lambda: words.gettext("Undo"),
            on_action=desk.window.undo_requested.emit,
            first=letter if met else None,
        )

    def _refused(self, problem: Message) -> None:
        self.tell(self.kit.words.message(problem))
        at = next(
            (at for at, row in enumerate(self.model.rows()) if row.line.choices and not row.left_out), -1
        )
        if problem.code == "capture.who" and at >= 0:
            self.table.setCurrentIndex(self.model.index(at, 0))
            self.about.setFocus()

    # --- inside -----------------------------------------------------------------------------------------------

    def _columns(self) -> tuple[Column, ...]:
        said, _ = self._said, self.kit.words.gettext

        def kind(row: CaptureRow) -> str:
            if row.left_out:
                return _("Will not be saved")
            own = said.label("interaction", row.line.contact_kind) if row.kind == "interaction" else ""
            return own or said.label("capture_kind", row.kind)

        def icon(row: CaptureRow) -> str:
            if row.line.warning is not None:
                return "warning"
            return "close" if row.left_out else _ICONS.get(row.kind, "note")

        def why(row: CaptureRow) -> str:
            return self.kit.words.message(row.line.warning) if row.line.warning is not None else kind(row)

        def who(row: CaptureRow) -> str:
            line = row.line
            if line.choices and not line.person_id:
                return _("{names}?").format(
                    names=_(" or ").join(shown_name(one.name) for one in line.choices[:3])
                )
            if line.kind == "interaction" and line.people:
                return ", ".join(shown_name(one.name) for one in line.people)
            name = shown_name(line.new_name if line.new_name else line.person)
            return ", ".join(part for part in (name, line.post) if part)

        def text(row: CaptureRow) -> str:
            return ": ".join(part for part in (row.line.text, row.line.outcome) if part)

        return (
            Column("kind", lambda: _("What it is"), kind, 160, icon=icon, sortable=False, hint=why),
            Column("text", lambda: _("Line"), text, 300, sortable=False, stretch=True, hint=text),
            Column("who", lambda: _("Who"), who, 190, sortable=False, hint=who),
            Column("day", lambda: _("Day"), lambda row: self._said_day(row.line), 120, sortable=False),
        )

    def _said_day(self, line: CaptureLine) -> str:
        said = self._said
        if line.due is not None:
            return said.day(line.due)
        if line.starts_at is not None:
            return said.moment(line.starts_at)
        if line.kind == "interaction":
            return said.day(said.today())
        return self.kit.typed.show_partial_date(line.when) if line.when is not None else ""

    def _say_keys(self) -> str:
        kinds = ", ".join(
            f"{at} {option.label.lower()}"
            for at, option in enumerate(self._said.options("capture_kind"), start=1)
        )
        return self.kit.words.gettext(
            "Alt with a number changes what the chosen line is: {kinds}. Tab goes to the list and its fields; there Space leaves a line out and Enter saves all."
        ).format(kinds=kinds)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if not isinstance(event, QKeyEvent) or event.type() != QEvent.Type.KeyPress:
            return super().eventFilter(watched, event)
        entered = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if watched is self.text and entered and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.accept()
            return True
        number = event.key() - int(Qt.Key.Key_0)
        alone = watched is self.table and event.modifiers() in (_PLAIN, Qt.KeyboardModifier.KeypadModifier)
        if 1 <= number <= 9 and (alone or event.modifiers() & Qt.KeyboardModifier.AltModifier):
            kinds = self._said.options("capture_kind")
            if number <= len(kinds):
                self.set_kind(kinds[number - 1].code)
            return True
        if watched is self.table and event.key() == Qt.Key.Key_Space:
            self.leave_out()
            return True
        if watched in (self.words, self.day) and entered:
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)  # takes the field over, as leaving it does
            return True
        return super().eventFilter(watched, event)
