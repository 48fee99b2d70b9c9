"""Quick capture: type lines after a meeting; each is sorted, keys change what it is, Enter saves all in one step."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QTextCursor
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from kamdesk.desktop.desk import Desk
from kamdesk.desktop.dialogs.base import DialogBase
from kamdesk.desktop.kit import Option
from kamdesk.desktop.models.rows import Column, RowsModel
from kamdesk.desktop.pages.people_words import Said, shown_name
from kamdesk.desktop.widgets.basic import columns, label
from kamdesk.desktop.widgets.inline_choice import Combo
from kamdesk.desktop.widgets.table import RowsTable
from kamdesk.model.messages import Message

if TYPE_CHECKING:
    from kamdesk.model.values import PersonName
    from kamdesk.services.capture import CaptureLine

_PAUSE_MS: Final = 200
_ICONS: Final = {
    "promise_ours": "promise", "promise_theirs": "promise", "fact": "fact", "next_step": "forward",
    "person": "person-add", "note": "note",
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
        self._lines: tuple[CaptureLine, ...] = ()
        self._kinds: dict[str, str] = {}
        self._about: dict[str, tuple[str, PersonName]] = {}
        self._saved = False
        self.setMinimumSize(kit.theme.px(780), kit.theme.px(600))
        self.client = Combo(kit)
        self.client.setMinimumWidth(kit.theme.px(260))
        kit.words.bind(self.client, lambda: self.client.setAccessibleName(_("Client")))
        self.client.activated.connect(lambda _at: self._sort())
        self.text = QPlainTextEdit()
        self.text.setTabChangesFocus(True)
        self.text.setPlainText(text)
        self.text.setMaximumHeight(kit.theme.px(130))
        self.text.setAccessibleName(_("What was said, a line each"))
        self.text.setPlaceholderText(
            _(
                "One line each: “send the calculation by Friday”, “Anna skis”, “they will name a date on Tuesday”"
            )
        )
        self.text.installEventFilter(self)
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._pause.timeout.connect(lambda: self._sort())
        self._pause.timeout.connect(lambda: self.drafted.emit(self.text.toPlainText()))
        self.text.textChanged.connect(self._pause.start)
        self.model = RowsModel(kit, self._columns(), row_id=lambda line: line.text)
        self.table = RowsTable(kit, lambda: _("How each line is understood"), self.model, "capture")
        self.table.horizontalHeader().setSectionsClickable(False)
        self.table.setSortingEnabled(False)
        self.table.doubleClicked.disconnect()
        self.table.opened.connect(lambda _line: self.accept())
        self.table.installEventFilter(self)
        self.table.chosen.connect(lambda _rows: self._show_about())
        self.keys = label(kit, self._say_keys, "caption", wrap=True)
        self.about = Combo(kit)
        self.about.setMinimumWidth(kit.theme.px(220))
        kit.words.bind(self.about, lambda: self.about.setAccessibleName(_("Whom the chosen line is about")))
        self.about.activated.connect(lambda _at: self._set_about())
        self.warning = label(kit, look="muted", wrap=True)
        self.warning.hide()
        about_label = label(kit, lambda: _("Whom the chosen line is about"), "muted", buddy=self.about)
        self.body.addLayout(columns(label(kit, lambda: _("Client"), "muted"), self.client, 1))
        for widget in (self.text, self.table, self.keys):
            self.body.addWidget(widget)
        self.body.setStretch(2, 1)
        self.body.addLayout(columns(about_label, self.about, 1))
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
            self.about.addItem(self.kit.words.gettext("Nobody"), "")
            for option in self._people:
                self.about.addItem(option.label, option.code)
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

        def done(lines: tuple[CaptureLine, ...]) -> None:
            self._show(lines)
            if then_save:
                self._save()

        self.kit.queries.run(
            lambda: capture.preview(text, client, person),
            done,
            owner=self,
            key="" if then_save else "capture",
        )

    def _show(self, lines: tuple[CaptureLine, ...]) -> None:
        shown = []
        for line in lines:
            if line.text in self._kinds:
                line = _as_kind(line, self._kinds[line.text])
            if line.text in self._about:
                person, name = self._about[line.text]
                line = replace(line, person_id=person, person=name)
            shown.append(line)
        self._lines = tuple(shown)
        self.table.keep_selection(lambda: self.model.set_rows(shown))
        if shown and not self.table.currentIndex().isValid():
            self.table.setCurrentIndex(self.model.index(0, 0))
        warnings = dict.fromkeys(
            self.kit.words.message(one.warning) for one in shown if one.warning is not None
        )
        self.warning.setText("\n".join(warnings))
        self.warning.setVisible(bool(warnings))
        self._show_about()
        if self.ok_button is not None:
            self.ok_button.setEnabled(bool(shown))

    # --- what is changed --------------------------------------------------------------------------------------

    def set_kind(self, code: str) -> None:
        """Make the current line something else."""
        line = self.table.current_row()
        if line is not None:
            self._kinds[line.text] = code
            self.tell("")
            self._show(self._lines)

    def _set_about(self) -> None:
        line = self.table.current_row()
        if line is not None:
            person = self.about.currentData() or ""
            self._about[line.text] = (person, self._names.get(person, type(line.person)()))
            self.tell("")
            self._show(self._lines)

    def _show_about(self) -> None:
        line = self.table.current_row()
        self.about.setEnabled(line is not None and line.kind != "person")
        if line is not None:
            self.about.setCurrentIndex(max(0, self.about.findData(line.person_id)))

    def accept(self) -> None:
        """Save all; the dialog stays where something is missing, and says what."""
        if self._pause.isActive():
            self._sort(then_save=True)
        else:
            self._save()

    def _save(self) -> None:
        if not self._lines:
            return
        lines, client, capture = self._lines, self.client.currentData() or "", self._desk.workplace.capture

        def done(_saved: object) -> None:
            self._saved = True
            n = len(lines)
            words = self.kit.words
            self._desk.window.notify(
                lambda: words.ngettext("{n} line saved", "{n} lines saved", n).format(n=n),
                "success",
                action=lambda: words.gettext("Undo"),
                on_action=self._desk.window.undo_requested.emit,
            )
            super(QuickCapture, self).accept()

        self.kit.commands.run(lambda: capture.save(lines, client), done, self._refused, owner=self)

    def _refused(self, problem: Message) -> None:
        self.tell(self.kit.words.message(problem))

    # --- inside -----------------------------------------------------------------------------------------------

    def _columns(self) -> tuple[Column, ...]:
        said, _ = self._said, self.kit.words.gettext

        def day(line: CaptureLine) -> str:
            if line.due is not None:
                return said.day(line.due)
            return self.kit.typed.show_partial_date(line.when) if line.when is not None else ""

        def who(line: CaptureLine) -> str:
            return shown_name(line.new_name if line.new_name else line.person)

        return (
            Column(
                "kind", lambda: _("What it is"), lambda line: said.label("capture_kind", line.kind), 160,
                icon=lambda line: _ICONS.get(line.kind, "note"), sortable=False,
            ),
            Column("text", lambda: _("Line"), lambda line: line.text, 300, sortable=False, stretch=True,
                   hint=lambda line: line.text),
            Column("who", lambda: _("Who"), who, 150, sortable=False),
            Column("day", lambda: _("Day"), day, 110, sortable=False),
        )  # fmt: skip

    def _say_keys(self) -> str:
        kinds = ", ".join(
            f"{at} {option.label.lower()}"
            for at, option in enumerate(self._said.options("capture_kind"), start=1)
        )
        return self.kit.words.gettext("Tab goes to the list. There: {kinds}. Enter saves all.").format(
            kinds=kinds
        )

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if not isinstance(event, QKeyEvent) or event.type() != QEvent.Type.KeyPress:
            return super().eventFilter(watched, event)
        entered = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if watched is self.text and entered and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.accept()
            return True
        if watched is self.table and event.text().isdigit():
            kinds = self._said.options("capture_kind")
            at = int(event.text()) - 1
            if 0 <= at < len(kinds):
                self.set_kind(kinds[at].code)
                return True
        return super().eventFilter(watched, event)


def _as_kind(line: CaptureLine, kind: str) -> CaptureLine:
    """The line as something else; a new person takes the name out of it."""
    if kind != "person" or line.new_name is not None:
        return replace(line, kind=kind)
    from kamdesk.rules.typed import parse_name

    head = line.text.partition(",")[0].partition("—")[0]
    return replace(line, kind=kind, new_name=parse_name(head))
