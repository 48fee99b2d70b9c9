"""Faults of the program: written down without a word of a client, shown with a way to report them, and the program goes on."""

from __future__ import annotations

import platform
import sys
import threading
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Any, Final

from PySide6.QtCore import QObject, Qt, QUrl, Signal, qVersion
from PySide6.QtGui import QDesktopServices, QFontDatabase, QGuiApplication
from PySide6.QtWidgets import QApplication, QPlainTextEdit, QWidget

import kamdesk
from kamdesk.desktop.dialogs.base import DialogBase
from kamdesk.desktop.jobs import fault_report
from kamdesk.desktop.kit import Kit
from kamdesk.desktop.widgets.basic import button, label

KEEP: Final = 20
"""So many reports are kept."""


class CrashReports(QObject):
    """Catches what nobody caught, in any thread. ``happened(str)`` in the GUI thread, with the report."""

    happened = Signal(str)

    def __init__(
        self, folder: Path, now: Callable[[], datetime] = datetime.now, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._folder = folder
        self._now = now
        self._hooks: tuple[Any, Any] | None = None

    def install(self) -> None:
        """From now on Python hands unexpected exceptions to this object."""
        self._hooks = (sys.excepthook, threading.excepthook)
        sys.excepthook = self._caught
        threading.excepthook = lambda arguments: self._caught(
            arguments.exc_type, arguments.exc_value, arguments.exc_traceback
        )

    def uninstall(self) -> None:
        """Give the hooks back."""
        if self._hooks is not None:
            sys.excepthook, threading.excepthook = self._hooks
            self._hooks = None

    def keep(self, fault: str) -> Path | None:
        """Write a report of where the program failed; its path, or None where the folder cannot be written."""
        try:
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            path = self._folder / f"{self._now():%Y%m%d-%H%M%S-%f}.txt"
            path.write_text(self.words(fault), "utf-8")
            for old in sorted(self._folder.glob("*.txt"))[:-KEEP]:
                old.unlink(missing_ok=True)
        except OSError:
            return None
        return path

    def words(self, fault: str) -> str:
        """The whole report: versions, and the places in the program's own source; no values, no messages of errors."""
        about = (
            f"kamdesk {kamdesk.__version__}",
            f"Python {platform.python_version()}, Qt {qVersion()}, {platform.system()} {platform.release()}",
            f"{self._now():%Y-%m-%d %H:%M}",
        )
        return "\n".join((*about, "", fault, ""))

    def _caught(
        self, kind: type[BaseException], error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error or kind(), trace)
            return
        fault = fault_report(error) if error is not None else kind.__name__
        self.keep(fault)
        self.happened.emit(self.words(fault))


class CrashDialog(DialogBase):
    """Says that the program made a mistake, shows what would be reported, and lets one go on."""

    def __init__(self, kit: Kit, report: str, folder: Path, parent: QWidget | None = None) -> None:
        _ = kit.words.gettext
        super().__init__(kit, lambda: _("The program made a mistake"), parent, cancel=lambda: _("Go on"))
        self.setMinimumWidth(kit.theme.px(580))
        self.body.addWidget(
            label(
                kit,
                lambda: _(
                    "What you saved is safe. What was just asked for may not have been done: look, and repeat it where needed."
                ),
                wrap=True,
            )
        )
        self.body.addWidget(
            label(
                kit,
                lambda: _(
                    "This report is kept on this computer and sent nowhere. It holds no data of clients."
                ),
                "muted",
                wrap=True,
            )
        )
        self.report = QPlainTextEdit(report)
        self.report.setReadOnly(True)
        self.report.setTabChangesFocus(True)
        self.report.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        self.report.setMinimumSize(kit.theme.px(520), kit.theme.px(170))
        kit.words.bind(self.report, lambda: self.report.setAccessibleName(_("Report")))
        self.body.addWidget(self.report)
        self.buttons.insertWidget(0, button(kit, lambda: _("Copy the report"), "copy", "quiet", self._copy))
        self.buttons.insertWidget(
            1,
            button(
                kit,
                lambda: _("Show the reports"),
                "folder",
                "quiet",
                lambda: QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder))),
            ),
        )
        self.cancel_button.setDefault(True)
        self.cancel_button.setFocus()

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.report.toPlainText())


class CrashTeller(QObject):
    """Shows one dialog at a time, however many faults follow each other; the later ones are only written down."""

    def __init__(self, kit: Kit, reports: CrashReports, folder: Path) -> None:
        super().__init__(reports)
        self._kit = kit
        self._folder = folder
        self._shown = False
        reports.happened.connect(self._tell, Qt.ConnectionType.QueuedConnection)
        for lane in (kit.commands, kit.queries, kit.jobs):
            lane.fault.connect(reports.keep)  # the window itself tells of these, with the report to copy

    def _tell(self, report: str) -> None:
        if self._shown:
            return
        self._shown = True
        dialog = CrashDialog(self._kit, report, self._folder, QApplication.activeWindow())
        dialog.finished.connect(self._closed)
        dialog.open()

    def _closed(self) -> None:
        self._shown = False
