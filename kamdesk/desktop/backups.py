"""Backups without being asked: when the last is older than a day, hourly after changes, and at the end (trust.md, Backups)."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Final

from PySide6.QtCore import QObject, QTimer

from kamdesk.desktop.kit import Kit
from kamdesk.store.vault import Vault

_HOUR_MS: Final = 3_600_000
_DAY: Final = 24 * 3600
_SOON_MS: Final = 20_000


class BackupKeeper(QObject):
    """A demo is not backed up. Tell it of every change by :meth:`changed`."""

    def __init__(self, kit: Kit, vault: Vault, parent: QObject) -> None:
        super().__init__(parent)
        self._kit = kit
        self._vault = vault
        self._due = not vault.is_unprotected and _older_than_a_day(vault.folder / "backups")
        self._timer = QTimer(self)
        self._timer.setInterval(_HOUR_MS)
        self._timer.timeout.connect(self.make)
        self._timer.start()
        QTimer.singleShot(_SOON_MS, self, self.make)

    def changed(self) -> None:
        """Something was saved."""
        self._due = not self._vault.is_unprotected

    def make(self) -> None:
        """Make one in a job where one is due; a failure becomes a notice."""
        if self._due:
            self._due = False
            _ = self._kit.words.gettext
            self._kit.jobs.start(_("Backup"), lambda _progress: self._vault.back_up("by-itself"))

    def last(self) -> None:
        """The one at the end, at once. Raises KamdeskError."""
        self._timer.stop()
        if self._due:
            self._due = False
            self._vault.back_up("at-close")


def _older_than_a_day(folder: Path) -> bool:
    newest = max((path.stat().st_mtime for path in folder.glob("*.db")), default=0.0)
    return time.time() - newest > _DAY
