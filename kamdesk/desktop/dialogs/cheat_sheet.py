"""The cheat sheet before facing a group: everything on the screen, discreet on paper unless asked for in full (W4)."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

from kamdesk.desktop.desk import Desk
from kamdesk.desktop.dialogs.base import DialogBase
from kamdesk.desktop.dialogs.disk import ask_where
from kamdesk.desktop.dialogs.printed_pages import before_whole, keep_file, open_word
from kamdesk.desktop.jobs import Progress
from kamdesk.desktop.widgets.basic import button, columns, label
from kamdesk.desktop.widgets.inline_choice import Combo
from kamdesk.desktop.widgets.own_template import TemplateLine
from kamdesk.desktop.widgets.page_preview import PagePreview
from kamdesk.desktop.widgets.private import mark_private
from kamdesk.desktop.widgets.tick import Tick
from kamdesk.desktop.word_watch import OpenFile, open_by_system
from kamdesk.model.internal import SHEET_PAPERS
from kamdesk.model.messages import Message

if TYPE_CHECKING:
    from kamdesk.services.own_templates import TemplateChoice
    from kamdesk.services.printed import Printed

_PAUSE_MS: Final = 300
_PREVIEW_DPI: Final = 80


def open_cheat_sheet(desk: Desk, parent: QWidget, subject: str) -> CheatSheetDialog:
    """Show the dialog for ``client:…``, ``deal:…`` or ``proposal:…``."""
    dialog = CheatSheetDialog(desk, subject, parent)
    dialog.open()
    return dialog


class CheatSheetDialog(DialogBase):
    """``shown`` says which pages the preview has: everything, or what paper gets. What goes out follows ``whole`` alone."""

    def __init__(
        self, desk: Desk, subject: str, parent: QWidget, open_file: OpenFile = open_by_system
    ) -> None:
        kit, _ = desk.kit, desk.kit.words.gettext
        super().__init__(
            kit, lambda: _("Cheat sheet"), parent, ok=lambda: self._print_words(), cancel=lambda: _("Close")
        )
        self._desk, self._subject, self._open_file = desk, subject, open_file
        self._made: dict[bool, Printed] = {}
        self._turn = 0
        self.setMinimumSize(kit.theme.px(900), kit.theme.px(580))
        self.preview = PagePreview(kit)
        self.preview.setMinimumSize(kit.theme.px(560), kit.theme.px(360))
        mark_private(self.preview)
        self.shown = Combo(kit)
        self.paper = Combo(kit)
        self.whole = Tick(kit)
        self.templates = TemplateLine(kit, self._changed)
        self.note = label(kit, look="caption", wrap=True)
        self._make_line()
        self.body.addWidget(self.preview, 1)
        self.body.addWidget(self.note)
        self.pdf_button = button(kit, lambda: "PDF", "pdf", "", self._ask_where)
        self.word_button = button(kit, lambda: "Word", "word", "", self.open_word)
        for at, one in enumerate((self.pdf_button, self.word_button)):
            one.setAutoDefault(False)
            self.buttons.insertWidget(at, one)
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._pause.timeout.connect(self.renew)
        kit.words.bind(self, self._retell)
        self.shown.setFocus()
        self._ready(False)
        self._begin()

    def _make_line(self) -> None:
        kit, _ = self.kit, self.kit.words.gettext
        for code in ("screen", "paper"):
            self.shown.addItem("", code)
        for code in SHEET_PAPERS:
            self.paper.addItem(code.upper(), code)
        kit.words.bind(self.shown, lambda: self.shown.setAccessibleName(_("What is shown")))
        kit.words.bind(self.paper, lambda: self.paper.setAccessibleName(_("Paper")))
        kit.words.bind(self.whole, lambda: self.whole.setText(_("Print what is only for us too")))
        self.shown.activated.connect(lambda _at: self._changed())
        self.paper.activated.connect(lambda _at: self._changed())
        self.whole.clicked.connect(self._whole)
        row = columns(
            label(kit, lambda: _("What is shown"), "muted", buddy=self.shown),
            self.shown,
            label(kit, lambda: _("Paper"), "muted", buddy=self.paper),
            self.paper,
            self.whole,
        )
        row.addWidget(self.templates, 1)
        row.addStretch(0)
        self.body.addLayout(row)

    # --- what is chosen ---------------------------------------------------------------------------------------

    def _retell(self) -> None:
        _ = self.kit.words.gettext
        for at, words in enumerate((_("Everything, for the screen"), _("As it is printed"))):
            self.shown.setItemText(at, words)
        self._say()
        if self._made:
            self._made = {}
            self._changed()

    def _say(self) -> None:
        _ = self.kit.words.gettext
        if self.whole.isChecked():
            said = _("The paper will hold judgements and what was said in confidence: keep it in the bag.")
        else:
            said = _(
                "What is printed or saved may lie on the table: no stance, parts, relationships or private facts."
            )
        self.note.setText(said)
        if self.ok_button is not None:
            self.ok_button.setText(self._print_words())

    def _print_words(self) -> str:
        _ = self.kit.words.gettext
        whole = getattr(self, "whole", None)
        return _("Print everything") if whole is not None and whole.isChecked() else _("Print discreetly")

    def _whole(self, checked: bool) -> None:
        """Ask the first time."""
        if not checked or before_whole(self.kit, self, self._agreed):
            self._changed()
        else:
            self.whole.setChecked(False)

    def _agreed(self) -> None:
        self.whole.setChecked(True)
        self._changed()

    def _changed(self) -> None:
        self._say()
        self._pause.start()

    # --- pages ------------------------------------------------------------------------------------------------

    def _begin(self) -> None:
        templates, language = self._desk.workplace.own_templates, self.kit.words.language

        def offered(choices: tuple[TemplateChoice, ...]) -> None:
            self.templates.offer(choices)
            self.renew()

        self.kit.queries.run(
            lambda: templates.choices("cheat_sheet", language), offered, self._refused, owner=self
        )

    def renew(self) -> None:
        """Make the pages that are to be seen anew, and show them."""
        full = self.shown.currentData() == "screen" or self.whole.isChecked()
        place = self._desk.workplace
        self._turn += 1
        turn = self._turn

        def drawn(made: Printed) -> None:
            def work(_progress: Progress) -> list[bytes]:
                return [
                    page.png for page in place.workers.pages(made.pdf, 0, max(1, made.pages), _PREVIEW_DPI)
                ]

            def show(pages: list[bytes]) -> None:
                if turn == self._turn:
                    self.preview.set_pages(pages, _PREVIEW_DPI)
                    self.preview.set_busy(False)
                    self._ready(True)

            _ = self.kit.words.gettext
            self.kit.jobs.start(_("Making the cheat sheet"), work, show, self._refused, owner=self)

        self._made = {}
        self._ready(False)
        self.preview.set_busy(True)
        self._make(full, drawn)

    def _make(self, full: bool, done: Callable[[Printed], object]) -> None:
        """Give ``done`` the pages, made now or before."""
        if full in self._made:
            done(self._made[full])
            return
        sheets, subject, turn = self._desk.workplace.cheat_sheets, self._subject, self._turn
        language, paper = self.kit.words.language, str(self.paper.currentData())
        template, _ = self.templates.chosen(), self.kit.words.gettext

        def work(_progress: Progress) -> Printed:
            return sheets.print(subject, language, paper=paper, full=full, template=template)

        def made(found: Printed) -> None:
            if turn == self._turn:
                self._made[full] = found
                self.tell("")
                done(found)

        self.kit.jobs.start(_("Making the cheat sheet"), work, made, self._refused, owner=self)

    def _ready(self, ready: bool) -> None:
        for one in (self.ok_button, self.pdf_button, self.word_button):
            one.setEnabled(ready)

    def _refused(self, problem: Message) -> None:
        self.preview.set_busy(False)
        self._ready(False)
        self._say_problem(problem)

    def _say_problem(self, problem: Message) -> None:
        self.tell(self.kit.words.message(problem))

    # --- out --------------------------------------------------------------------------------------------------

    def accept(self) -> None:
        """Ask for a printer: the discreet pages unless everything was asked for."""
        self._make(self.whole.isChecked(), self._to_printer)

    def _to_printer(self, made: Printed) -> None:
        super().accept()
        self._desk.printing.print_pdf(self.parentWidget(), made.name, made.pdf)

    def open_word(self) -> None:
        """Give a copy to the system's program for Word files."""
        self._make(
            self.whole.isChecked(),
            lambda made: open_word(self._desk, made, self._open_file, self._say_problem),
        )

    def _ask_where(self) -> None:
        self._make(self.whole.isChecked(), self._where)

    def _where(self, made: Printed) -> None:
        title = self.kit.words.gettext("Save the cheat sheet as PDF")
        ask_where(self, title, f"{made.name}.pdf", self.save_pdf, ending="pdf")

    def save_pdf(self, path: Path) -> None:
        """Write the pages to a file."""
        self._make(
            self.whole.isChecked(),
            lambda made: keep_file(self._desk, self, path, lambda: made.pdf, self._say_problem),
        )
