"""The section of the settings that says how files of proposals are called, with an example that follows what is typed (R11)."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from kamdesk.desktop.kit import Kit
from kamdesk.desktop.widgets.basic import button, columns, label, set_look
from kamdesk.desktop.widgets.flow import FlowLayout
from kamdesk.desktop.widgets.section import Section
from kamdesk.rules import file_pattern
from kamdesk.services.document_names import example
from kamdesk.services.preferences import Preferences


class FileNamesSection(Section):
    """``chosen(pattern)`` on leaving the line, and on a press of a field; "" for the usual way."""

    chosen = Signal(str)

    def __init__(self, kit: Kit, today: date) -> None:
        _ = kit.words.gettext
        super().__init__(kit, lambda: _("Names of files"))
        self._kit = kit
        self._today = today
        self._stored = ""
        self.body.addWidget(
            label(
                kit,
                lambda: _(
                    "So are documents called when they are saved, attached to e-mails and dragged out. Holds for documents made from now on; files that would be called alike get a number."
                ),
                "muted",
                wrap=True,
            )
        )
        self.line = QLineEdit()
        self.line.setMaxLength(file_pattern.LONGEST)
        kit.words.bind(self.line, self._say)
        self.usual = button(kit, lambda: _("Back to the usual names"), "undo", "link", self._reset)
        row = columns(self.line, self.usual)
        row.setStretch(0, 1)
        self.body.addLayout(row)
        fields = QWidget()
        flow = FlowLayout(fields)
        for name in file_pattern.FIELDS:
            chip = button(
                kit, lambda name=name: self._field(name), on_click=lambda name=name: self._put(name)
            )
            set_look(chip, "chip")
            kit.words.bind(
                chip,
                lambda chip=chip, name=name: chip.setAccessibleName(
                    _("Put in the field {name}").format(name=self._field(name))
                ),
            )
            flow.addWidget(chip)
        self.body.addWidget(fields)
        self.shown = label(kit, wrap=True)
        self.problem = label(kit, look="error", wrap=True)
        self.body.addWidget(self.shown)
        self.body.addWidget(self.problem)
        self.line.textChanged.connect(lambda _text: self._follow())
        self.line.editingFinished.connect(self._keep)
        self._follow()

    def show_preferences(self, now: Preferences) -> None:
        """Show what is stored; what is being typed stays."""
        changed, self._stored = now.file_pattern != self._stored, now.file_pattern
        if changed or not self.line.hasFocus():
            self.line.setText(self._stored)

    # --- inside -----------------------------------------------------------------------------------------------

    def _field(self, name: str) -> str:
        return f"{{{file_pattern.FIELDS[name] if self._kit.words.language == 'ru' else name}}}"

    def _put(self, name: str) -> None:
        self.line.setFocus()
        self.line.insert(self._field(name))

    def _reset(self) -> None:
        self.line.clear()
        self._keep()

    def _keep(self) -> None:
        pattern = self.line.text().strip()
        if pattern != self._stored and file_pattern.problem(pattern) is None:
            self._stored = pattern
            self.chosen.emit(pattern)

    def _follow(self) -> None:
        _, words = self._kit.words.gettext, self._kit.words
        pattern = self.line.text().strip()
        wrong = file_pattern.problem(pattern)
        self.problem.setText(words.message(wrong) if wrong is not None else "")
        self.problem.setVisible(wrong is not None)
        reader = _("Smith J.")
        names = example(pattern if wrong is None else "", words.language, self._today, (reader,))
        self.shown.setText("\n".join(f"{name}.pdf" for name in names))
        self.shown.setVisible(wrong is None)

    def _say(self) -> None:
        self.line.setAccessibleName(self._kit.words.gettext("Pattern of the names of files"))
        usual = file_pattern.USUAL
        if self._kit.words.language == "ru":
            for name, russian in file_pattern.FIELDS.items():
                usual = usual.replace(f"{{{name}}}", f"{{{russian}}}")
        self.line.setPlaceholderText(usual)
        if hasattr(self, "shown"):
            self._follow()
