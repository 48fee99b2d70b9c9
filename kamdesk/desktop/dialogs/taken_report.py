"""What came of a paste or an import: a notice, and behind it every row that was not taken, with the reason."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from kamdesk.desktop.desk import Desk
from kamdesk.desktop.dialogs.base import DialogBase
from kamdesk.desktop.kit import Kit
from kamdesk.desktop.widgets.basic import label
from kamdesk.model.messages import P_

if TYPE_CHECKING:
    from kamdesk.services.import_report import ImportedRow, ImportReport


_DONE: Final = (
    P_("{n} person added", "{n} people added"),
    P_("{n} person completed", "{n} people completed"),
    P_("{n} person known already", "{n} people known already"),
    P_("{n} row not taken", "{n} rows not taken"),
)
_AHEAD: Final = (
    P_("{n} person will be added", "{n} people will be added"),
    P_("{n} person will be completed", "{n} people will be completed"),
    P_("{n} person known already", "{n} people known already"),
    P_("{n} row will not be taken", "{n} rows will not be taken"),
)


def summary(kit: Kit, report: ImportReport, *, ahead: bool = False) -> str:
    """How many were added, completed, known already and not taken, in one line; ``ahead``: what will become of them."""
    parts: list[str] = []
    for rows, words in zip(
        (report.created, report.updated, report.same, report.skipped), _AHEAD if ahead else _DONE, strict=True
    ):
        if rows:
            said = kit.words.ngettext(words.one, words.many, len(rows)).format(n=len(rows))
            parts.append(said[:1].lower() + said[1:] if parts else said)
    return ", ".join(parts) or kit.words.gettext("There was nobody to add")


def tell_report(desk: Desk, report: ImportReport) -> None:
    """Say what came of it; the details behind a button where a row needs a look."""
    _ = desk.kit.words.gettext
    noted = [row for row in (*report.created, *report.updated) if row.notes]
    details = bool(report.skipped or noted or report.remarks)
    desk.window.notify(
        lambda: summary(desk.kit, report),
        "warning" if report.skipped else "success",
        action=(lambda: _("Show rows")) if details else (lambda: _("Undo")),
        on_action=(lambda: TakenReport(desk.kit, report, desk.window).open())
        if details
        else desk.window.undo_requested.emit,
    )


class TakenReport(DialogBase):
    """Every row of the source by what became of it; ``ahead``: by what will become of it."""

    def __init__(
        self, kit: Kit, report: ImportReport, parent: QWidget | None = None, *, ahead: bool = False
    ) -> None:
        _ = kit.words.gettext
        super().__init__(kit, lambda: summary(kit, report, ahead=ahead), parent, cancel=lambda: _("Close"))
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setAlignment(Qt.AlignmentFlag.AlignTop)
        for remark in report.remarks:
            column.addWidget(label(kit, lambda remark=remark: kit.words.message(remark), wrap=True))
        for say, rows in (
            (lambda: _("Will not be taken") if ahead else _("Not taken"), report.skipped),
            (lambda: _("Will be completed") if ahead else _("Completed"), report.updated),
            (lambda: _("Will be added") if ahead else _("Added"), report.created),
            (lambda: _("Known already"), report.same),
        ):
            if rows:
                column.addWidget(label(kit, say, "heading"))
                for row in rows:
                    column.addWidget(label(kit, lambda row=row: _line(kit, row), wrap=True))
        room = QScrollArea()
        room.setWidgetResizable(True)
        room.setWidget(inner)
        room.setMinimumSize(kit.theme.px(620), kit.theme.px(320))
        self.body.addWidget(room, 1)


def _line(kit: Kit, row: ImportedRow) -> str:
    words = [kit.words.message(one) for one in ((row.why,) if row.why else ()) + row.notes]
    place = row.source.rpartition(":")[2]
    return " · ".join(part for part in (place, row.name, *words) if part)
