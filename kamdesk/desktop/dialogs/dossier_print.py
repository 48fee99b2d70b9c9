"""Printing a dossier: what is shown and what is left out, on which paper, with the pages as they will be (X4)."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QGridLayout, QLabel, QLineEdit, QScrollArea, QVBoxLayout, QWidget

from kamdesk.desktop.desk import Desk
from kamdesk.desktop.dialogs.base import DialogBase
from kamdesk.desktop.dialogs.disk import ask_where
from kamdesk.desktop.dialogs.printed_pages import keep_file, open_word
from kamdesk.desktop.jobs import Progress
from kamdesk.desktop.kit import Option
from kamdesk.desktop.widgets.basic import Say, button, columns, label
from kamdesk.desktop.widgets.inline_choice import Combo
from kamdesk.desktop.widgets.own_template import TemplateLine
from kamdesk.desktop.widgets.page_preview import PagePreview
from kamdesk.desktop.widgets.private import mark_private
from kamdesk.desktop.widgets.tick import Tick
from kamdesk.desktop.word_watch import OpenFile, open_by_system
from kamdesk.model.internal import DOSSIER_PAPERS, GROUP_SECTIONS, SECTIONS, DossierOptions
from kamdesk.model.messages import N_, KamdeskError, Message

if TYPE_CHECKING:
    from kamdesk.services.own_templates import TemplateChoice
    from kamdesk.services.printed import Printed

_PAUSE_MS: Final = 400
_PREVIEW_DPI: Final = 80
_MOST_PAGES: Final = 30
"""Pages that the preview draws; a dossier of years has hundreds."""

_SECTION_WORDS: Final = {
    "start": N_("Start here"),
    "map": N_("Who reports to whom"),
    "people": N_("People"),
    "history": N_("History"),
    "promises": N_("Promises"),
    "business": N_("The client's business"),
    "deals": N_("Deals and proposals"),
    "notes": N_("Notes"),
    "files": N_("Files"),
}
_PAPER_WORDS: Final = {"a4": N_("A4"), "a5": N_("A5"), "booklet": N_("A5 booklet on A4, to be folded")}
_CEILINGS: Final = ("public", "business", "personal", "private")


def open_dossier_print(desk: Desk, parent: QWidget, about: str, row_id: str) -> DossierPrintDialog:
    """Show the dialog for a client, a person or a client's decision group."""
    dialog = DossierPrintDialog(desk, about, row_id, parent)
    dialog.open()
    return dialog


class DossierPrintDialog(DialogBase):
    """Makes the pages anew after each change. The default button prints; PDF and Word keep a copy elsewhere."""

    def __init__(
        self, desk: Desk, about: str, row_id: str, parent: QWidget, open_file: OpenFile = open_by_system
    ) -> None:
        kit, _ = desk.kit, desk.kit.words.gettext
        super().__init__(
            kit, lambda: _("Print the dossier"), parent, ok=lambda: _("Print"), cancel=lambda: _("Close")
        )
        self._desk, self._about, self._row, self._open_file = desk, about, row_id, open_file
        self._made: Printed | None = None
        self._captions: dict[Combo, QLabel] = {}
        self._turn = 0
        self.setMinimumSize(kit.theme.px(900), kit.theme.px(580))
        self.preview = PagePreview(kit)
        self.preview.setMinimumWidth(kit.theme.px(420))
        mark_private(self.preview)
        self.note = label(kit, look="caption", wrap=True)
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._pause.timeout.connect(self.renew)
        options = QScrollArea()
        options.setWidgetResizable(True)
        options.setWidget(self._options())
        options.setMinimumWidth(kit.theme.px(340))
        options.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        both = columns(options, self.preview, spacing=14)
        both.setStretch(0, 2)
        both.setStretch(1, 3)
        self.body.addLayout(both, 1)
        self.body.addWidget(self.note)
        self.pdf_button = button(kit, lambda: "PDF", "pdf", "", self._ask_where)
        self.word_button = button(kit, lambda: "Word", "word", "", self.open_word)
        for at, one in enumerate((self.pdf_button, self.word_button)):
            one.setAutoDefault(False)
            self.buttons.insertWidget(at, one)
        kit.words.bind(self, self._retell)
        self.level.setFocus()
        self._ready(False)
        templates, language = desk.workplace.own_templates, kit.words.language

        def offered(choices: tuple[TemplateChoice, ...]) -> None:
            self.templates.offer(choices)
            self.renew()

        kit.queries.run(lambda: templates.choices("dossier", language), offered, self._refused, owner=self)

    # --- what is chosen ---------------------------------------------------------------------------------------

    def _options(self) -> QWidget:
        kit, _ = self.kit, self.kit.words.gettext
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 0, 8, 0)
        grid = QGridLayout()
        grid.setVerticalSpacing(6)
        grid.setColumnStretch(1, 1)
        column.addLayout(grid)
        self.what = self._combo(grid, lambda: _("What"), ("client", "group"))
        self.level = self._combo(
            grid, lambda: _("What is shown"), self._place().vocabularies().codes("redaction_level")
        )
        self.ceiling = self._combo(grid, lambda: _("Not stricter than"), _CEILINGS)
        self.ceiling.setCurrentIndex(1)
        self.what.activated.connect(lambda _at: self._tick_usual())
        self.paper = self._combo(grid, lambda: _("Paper"), DOSSIER_PAPERS)
        self.templates = TemplateLine(kit, self._changed)
        grid.addWidget(self.templates, grid.rowCount(), 0, 1, 2)
        self.since = self._date(grid, lambda: _("History from"))
        self.until = self._date(grid, lambda: _("History until"))
        column.addWidget(label(kit, lambda: _("Leave out"), "heading"))
        self.left_out = {
            code: self._tick(column, "left_out", code)
            for code in self._place().vocabularies().codes("left_out")
        }
        column.addWidget(label(kit, lambda: _("What is in it"), "heading"))
        self.sections = {code: self._section(column, code) for code in SECTIONS}
        column.addStretch(1)
        return inner

    def _place(self):
        return self._desk.workplace

    def _combo(self, grid: QGridLayout, say: Say, codes) -> Combo:
        made = Combo(self.kit)
        # The longest label would push the parts below out of sight; the list itself is as wide as it needs.
        made.setSizeAdjustPolicy(Combo.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        made.setMinimumContentsLength(14)
        for code in codes:
            made.addItem(code, code)
        self.kit.words.bind(made, lambda: made.setAccessibleName(say()))
        called = label(self.kit, say, "muted", buddy=made)
        row = grid.rowCount()
        grid.addWidget(called, row, 0)
        grid.addWidget(made, row, 1)
        made.activated.connect(lambda _at: self._changed())
        self._captions[made] = called
        return made

    def _date(self, grid: QGridLayout, say: Say) -> QLineEdit:
        made = QLineEdit()
        self.kit.words.bind(made, lambda: made.setAccessibleName(say()))
        row = grid.rowCount()
        grid.addWidget(label(self.kit, say, "muted", buddy=made), row, 0)
        grid.addWidget(made, row, 1)
        made.textChanged.connect(lambda _text: self._changed())
        return made

    def _tick(self, column: QVBoxLayout, vocabulary: str, code: str) -> Tick:
        made = Tick(self.kit)
        words = self.kit.words
        words.bind(
            made,
            lambda: made.setText(self._place().vocabularies().label(vocabulary, code, words.language)),
        )
        made.toggled.connect(lambda _on: self._changed())
        column.addWidget(made)
        return made

    def _section(self, column: QVBoxLayout, code: str) -> Tick:
        made = Tick(self.kit)
        made.setChecked(True)
        self.kit.words.bind(made, lambda: made.setText(self.kit.words.gettext(_SECTION_WORDS[code])))
        made.toggled.connect(lambda _on: self._changed())
        column.addWidget(made)
        return made

    def _retell(self) -> None:
        """Words of the choices in the language of the moment."""
        _, language = self.kit.words.gettext, self.kit.words.language
        vocabularies = self._place().vocabularies()
        said = {
            self.what: [Option("client", _("The whole client")), Option("group", _("The decision group"))],
            self.level: [
                Option(one.code, one.label(language)) for one in vocabularies.items("redaction_level")
            ],
            self.ceiling: [
                Option(code, vocabularies.label("sensitivity", code, language)) for code in _CEILINGS
            ],
            self.paper: [Option(code, _(words)) for code, words in _PAPER_WORDS.items()],
        }
        for combo, options in said.items():
            for option in options:
                combo.setItemText(combo.findData(option.code), option.label)
        self._show_choices()
        if self._made is not None:
            self._changed()

    def _tick_usual(self) -> None:
        """The parts that a print of the group has, or all."""
        for code, tick in self.sections.items():
            tick.setChecked(self.about() != "group" or code in GROUP_SECTIONS)

    def _show_choices(self) -> None:
        own, person = self.level.currentData() == "own", self._about == "person"
        for combo, shown in ((self.ceiling, own), (self.what, not person)):
            combo.setVisible(shown)
            self._captions[combo].setVisible(shown)

    def options(self) -> DossierOptions:
        """What is chosen. Raises KamdeskError for a date that cannot be read, ``dossier_print.nothing``."""
        chosen = tuple(code for code, tick in self.sections.items() if tick.isChecked())
        if not chosen:
            raise KamdeskError("dossier_print.nothing")
        return DossierOptions(
            level=str(self.level.currentData()),
            ceiling=str(self.ceiling.currentData()),
            left_out=tuple(code for code, tick in self.left_out.items() if tick.isChecked()),
            since=self._read(self.since),
            until=self._read(self.until),
            sections=chosen if len(chosen) < len(SECTIONS) else (),
            paper=str(self.paper.currentData()),
        )

    def _read(self, field: QLineEdit) -> date | None:
        text = field.text().strip()
        return self.kit.typed.read_date(text) if text else None

    def about(self) -> str:
        """client, person or group."""
        return self._about if self._about == "person" else str(self.what.currentData())

    # --- pages ------------------------------------------------------------------------------------------------

    def _changed(self) -> None:
        self._show_choices()
        self._pause.start()

    def renew(self) -> None:
        """Make the pages anew and show them."""
        try:
            options = self.options()
        except KamdeskError as error:
            self._refused(error.message)
            return
        place, about, row, language = self._place(), self.about(), self._row, self.kit.words.language
        _ = self.kit.words.gettext
        template = self.templates.chosen()
        self._turn += 1
        turn = self._turn

        def work(_progress: Progress) -> tuple[Printed, list[bytes]]:
            made = place.dossier_prints.print(about, row, language, options, template=template)
            many = min(_MOST_PAGES, place.workers.page_count(made.pdf))
            drawn = place.workers.pages(made.pdf, 0, many, _PREVIEW_DPI)
            return made, [page.png for page in drawn]

        def done(found: tuple[Printed, list[bytes]]) -> None:
            if turn != self._turn:
                return
            self._made, pages = found
            self.tell("")
            self.preview.set_pages(pages, _PREVIEW_DPI)
            self.preview.set_busy(False)
            self._ready(True)
            many = self._made.pages
            said = self.kit.words.ngettext("{n} page", "{n} pages", many).format(n=many)
            if options.paper == "booklet":
                said += " · " + _("Print on both sides, turned upwards, then fold.")
            self.note.setText(said)

        self._ready(False)
        self.preview.set_busy(True)
        self.kit.jobs.start(_("Making the dossier"), work, done, self._refused, owner=self)

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
        """Ask for a printer."""
        if self._made is not None:
            made = self._made
            super().accept()
            self._desk.printing.print_pdf(self.parentWidget(), made.name, made.pdf)

    def open_word(self) -> None:
        """Give a copy to the system's program for Word files."""
        if self._made is not None:
            open_word(self._desk, self._made, self._open_file, self._say_problem)

    def _ask_where(self) -> None:
        if self._made is None:
            return
        title = self.kit.words.gettext("Save the dossier as PDF")
        ask_where(self, title, f"{self._made.name}.pdf", self.save_pdf, ending="pdf")

    def save_pdf(self, path: Path) -> None:
        """Write the pages to a file."""
        made = self._made
        if made is not None:
            keep_file(self._desk, self, path, lambda: made.pdf, self._say_problem)
