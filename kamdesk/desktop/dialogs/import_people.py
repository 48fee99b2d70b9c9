"""Import of people from a file: what it would bring is shown first, nothing is stored before that."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFileDialog, QWidget

from kamdesk.desktop.desk import Desk
from kamdesk.desktop.dialogs.disk import ask_file, name_filter
from kamdesk.desktop.dialogs.taken_report import TakenReport, summary, tell_report
from kamdesk.desktop.jobs import Progress
from kamdesk.desktop.widgets.basic import button
from kamdesk.model.messages import KamdeskError

if TYPE_CHECKING:
    from kamdesk.services.import_report import ImportReport

MOST_BYTES = 64 * 2**20


def choose_file(desk: Desk, parent: QWidget, client: str | None = None) -> QFileDialog:
    """Let a file be chosen; gives the open dialog. With ``client`` everybody in it works there."""
    _ = desk.kit.words.gettext
    contacts = name_filter(_("Contacts and dossiers"), "xlsx", "xls", "csv", "txt", "vcf", "json")
    return ask_file(
        parent,
        _("Import people from a file"),
        lambda path: look_at(desk, parent, path, client),
        [contacts, name_filter(_("All files"))],
    )


def look_at(desk: Desk, parent: QWidget, path: Path, client: str | None = None) -> None:
    """Read a file and show what it would bring."""
    _ = desk.kit.words.gettext

    def work(progress: Progress) -> tuple[bytes, ImportReport]:
        progress.report(path.name)
        try:
            if path.stat().st_size > MOST_BYTES:
                raise KamdeskError(
                    "table.too_big", file=path.name, size=path.stat().st_size >> 20, limit=MOST_BYTES >> 20
                )
            data = path.read_bytes()
        except OSError:
            raise KamdeskError("table.unreadable", file=path.name) from None
        return data, desk.workplace.read_file(data, path.name, organisation_id=client, dry_run=True)

    def done(result: tuple[bytes, ImportReport]) -> None:
        data, report = result
        dialog = ImportPreview(desk, report, parent)
        dialog.accepted.connect(lambda: _take(desk, data, path.name, client))
        dialog.open()

    desk.kit.jobs.start(_("Reading {file}").format(file=path.name), work, done, owner=parent)


class ImportPreview(TakenReport):
    """What would come of it, with the button that does it."""

    def __init__(self, desk: Desk, report: ImportReport, parent: QWidget) -> None:
        kit, _ = desk.kit, desk.kit.words.gettext
        super().__init__(kit, report, parent, ahead=True)
        kit.words.bind(self, lambda: self.setWindowTitle(_("Check before import")))
        useful = bool(report.created or report.updated)
        if useful:
            self.ok_button = button(kit, lambda: _("Import"), "import", "primary", self.accept)
            self.ok_button.setDefault(True)
            self.buttons.insertWidget(1, self.ok_button)


def _take(desk: Desk, data: bytes, name: str, client: str | None) -> None:
    _ = desk.kit.words.gettext

    def work(progress: Progress) -> ImportReport:
        progress.report(name)
        return desk.workplace.read_file(data, name, organisation_id=client)

    desk.kit.jobs.start(
        _("Importing {file}").format(file=name), work, lambda report: tell_report(desk, report)
    )


__all__ = ["ImportPreview", "choose_file", "look_at", "summary"]
