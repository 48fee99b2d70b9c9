"""The list of the dates of a year: birthdays and others by month, to look ahead and to print."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QBuffer, QIODevice, QMarginsF
from PySide6.QtGui import QPageLayout, QPageSize, QPdfWriter, QTextDocument
from PySide6.QtWidgets import QVBoxLayout

from kamdesk.desktop.desk import Desk
from kamdesk.desktop.models.rows import Column, RowsModel
from kamdesk.desktop.navigation.target import Target
from kamdesk.desktop.pages.file_links import ask_calendar
from kamdesk.desktop.pages.people_words import Said, shown_name
from kamdesk.desktop.pages.today_cards import qt_day
from kamdesk.desktop.widgets.basic import button, columns, label
from kamdesk.desktop.widgets.cards import EmptyState
from kamdesk.desktop.widgets.inline_choice import Combo
from kamdesk.desktop.widgets.page import PageBase
from kamdesk.desktop.widgets.private import mark_private
from kamdesk.desktop.widgets.table import RowsTable
from kamdesk.model.values import PartialDate
from kamdesk.model.written import MONTHS_EN, MONTHS_RU, write_partial_date
from kamdesk.store.changes import ChangeSet

if TYPE_CHECKING:
    from kamdesk.services.agenda import DateRow

_TABLES: Final = ("fact", "person", "employment", "organisation", "preference")
_YEARS: Final = 3


class DatesPage(PageBase):
    """``Target("dates")``."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk.kit)
        kit, _ = desk.kit, desk.kit.words.gettext
        self._desk = desk
        self._said = Said(kit, desk.workplace.vocabularies, lambda: desk.workplace.store.now().date())
        self._rows: tuple[DateRow, ...] = ()
        self.set_title(lambda: _("Dates of the year"))
        self.year, self.month = Combo(kit), Combo(kit)
        today = self._said.today()
        for year in range(today.year - 1, today.year + _YEARS):
            self.year.addItem(str(year), year)
        self.year.setCurrentIndex(1)
        kit.words.bind(self.year, lambda: self.year.setAccessibleName(_("Year")))
        kit.words.bind(self.month, self._fill_months)
        self.month.setMinimumWidth(kit.theme.px(150))
        for box in (self.year, self.month):
            box.activated.connect(lambda _at: self.reload())
        self.count = label(kit, look="muted")
        self.print_button = button(kit, lambda: _("Print"), "print", "", self._print)
        self.calendar_button = button(
            kit, lambda: _("Save birthdays as a calendar"), "calendar", "", self._ask_calendar
        )
        self.model = RowsModel(kit, self._columns(), row_id=lambda row: row.fact_id)
        self.table = RowsTable(kit, lambda: _("Dates of the year"), self.model, "dates")
        self.table.opened.connect(lambda row: self.go("person", row.person_id))
        mark_private(self.table)
        self.empty = EmptyState(
            kit,
            "calendar",
            lambda: _("No dates here. A birthday is typed on the page of a person, as far as it is known."),
            first=lambda: _("People"),
            on_first=lambda: self.go("people"),
        )
        self.empty.hide()
        column = QVBoxLayout()
        column.addLayout(
            columns(self.month, self.year, self.count, 1, self.calendar_button, self.print_button)
        )
        column.addWidget(self.table, 1)
        column.addWidget(self.empty, 1)
        self.fill(column)
        kit.words.changed.connect(self.reload)

    def open(self, target: Target) -> None:
        """Read the list."""
        self.reload()

    def refresh(self, changes: ChangeSet) -> None:
        """Read anew what a change may concern."""
        if changes.touches(*_TABLES):
            self.reload()

    def reload(self) -> None:
        """Read anew."""
        agenda, year, month = (
            self._desk.workplace.agenda,
            self.year.currentData(),
            self.month.currentData() or 0,
        )
        self.kit.queries.run(lambda: agenda.dates(year, month), self._show, owner=self, key="dates")

    def panes(self):
        return [self.month, self.table]

    # --- inside -----------------------------------------------------------------------------------------------

    def _show(self, rows: tuple[DateRow, ...]) -> None:
        self._rows = rows
        ngettext = self.kit.words.ngettext
        self.table.keep_selection(lambda: self.model.set_rows(rows))
        self.count.setText(ngettext("{n} date", "{n} dates", len(rows)).format(n=len(rows)))
        self.table.setVisible(bool(rows))
        self.empty.setVisible(not rows)
        self.print_button.setEnabled(bool(rows))

    def _fill_months(self) -> None:
        _ = self.kit.words.gettext
        at = max(0, self.month.currentIndex()) if self.month.count() else self._said.today().month
        self.month.clear()
        self.month.addItem(_("The whole year"), 0)
        names = MONTHS_RU if self.kit.words.language == "ru" else MONTHS_EN
        for number, name in enumerate(names, 1):
            self.month.addItem(name[:1].upper() + name[1:], number)
        self.month.setCurrentIndex(at)
        self.month.setAccessibleName(_("Month"))

    def _day(self, row: DateRow) -> str:
        """The day as it falls this year with its weekday; the month alone where the day is not known."""
        language = self.kit.words.language
        if row.day is None:
            return write_partial_date(PartialDate(None, row.value.month, None), language)
        return f"{row.day.day} {self.kit.words.locale.toString(qt_day(row.day), 'MMMM, ddd')}"

    def _years(self, row: DateRow) -> str:
        if row.years is None:
            return ""
        return self.kit.words.ngettext("{n} year", "{n} years", row.years).format(n=row.years)

    def _columns(self) -> tuple[Column, ...]:
        _ = self.kit.words.gettext

        def key(row: DateRow) -> tuple[int, int]:
            return (row.day.month, row.day.day) if row.day is not None else (row.value.month or 0, 32)

        return (
            Column("day", lambda: _("Date"), self._day, 150, key=key),
            Column("person", lambda: _("Person"), lambda row: shown_name(row.person), 240, stretch=True),
            Column("kind", lambda: _("Occasion"), lambda row: self._said.label("fact_kind", row.kind), 180),
            Column("years", lambda: _("Years"), self._years, 80, key=lambda row: row.years or 0),
            Column("client", lambda: _("Client"), lambda row: row.organisation, 200),
            Column("text", lambda: _("What we know"), lambda row: " ".join(row.text.split()), 160),
        )

    def _ask_calendar(self) -> None:
        name = self.kit.words.gettext("Birthdays") + ".ics"
        ask_calendar(self._desk, self, name, self._desk.workplace.calendars.birthdays)

    def _print(self) -> None:
        # the rows are those of the screen, in the order of days; what is known besides stays off the paper
        title = f"{self.title()}: {self.month.currentText()}, {self.year.currentText()}"
        heads = [column.title() for column in self.model.columns[:5]]
        lines = [[column.text(row) for column in self.model.columns[:5]] for row in self._rows]
        self._desk.printing.print_pdf(self, title, page_of(title, heads, lines))


def page_of(title: str, heads: list[str], lines: list[list[str]]) -> bytes:
    """A table on A4 as PDF; Qt numbers the pages and repeats the heading row."""
    row = "<tr>{}</tr>".format
    head = row("".join(f"<th align='left'>{escape(words)}</th>" for words in heads))
    body = "".join(row("".join(f"<td>{escape(words)}</td>" for words in line)) for line in lines)
    document = QTextDocument()
    document.setHtml(
        f"<div style='font-family:Arial;font-size:10pt'><h2>{escape(title)}</h2>"
        f"<table width='100%' cellpadding='4' cellspacing='0'><thead>{head}</thead>{body}</table></div>"
    )
    target = QBuffer()
    target.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(target)
    writer.setTitle(title)
    margins = QMarginsF(15, 15, 15, 15)
    size, portrait = QPageSize(QPageSize.PageSizeId.A4), QPageLayout.Orientation.Portrait
    writer.setPageLayout(QPageLayout(size, portrait, margins, QPageLayout.Unit.Millimeter))
    writer.setResolution(96)
    document.print_(writer)
    del writer
    return bytes(target.data().data())
