"""What keeps a vault in order, wired to the window: trash, duplicates, the history of a field, places of merged records."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QMenu

from kamdesk.desktop.desk import Desk
from kamdesk.desktop.navigation.target import Target
from kamdesk.desktop.widgets.page import PageBase
from kamdesk.store.changes import ChangeSet

_AFTER_START_MS = 3000
"""The trash is gone through when the first page has long been there."""


def register(desk: Desk) -> None:
    """The pages of the window's menu, and what the window asks for by itself."""

    def trash(_target: Target) -> PageBase:
        from kamdesk.desktop.pages.trash import TrashPage

        return TrashPage(desk)

    def duplicates(_target: Target) -> PageBase:
        from kamdesk.desktop.pages.duplicates import DuplicatesPage

        return DuplicatesPage(desk)

    def history(table: str, row_id: str, field: str) -> None:
        from kamdesk.desktop.dialogs.field_history import show_history

        desk.window.save_all()
        show_history(desk, table, row_id, field)

    desk.window.add_page_kind("trash", trash)
    desk.window.add_page_kind("duplicates", duplicates)
    desk.window.history_requested.connect(history)
    _follow_merges(desk)
    start = QTimer(desk.window, singleShot=True, interval=_AFTER_START_MS)
    start.timeout.connect(lambda: desk.kit.commands.run(lambda: desk.workplace.trash.begin()))
    start.start()


def add_merging(desk: Desk, menu: QMenu, table: str, ids: Sequence[str]) -> None:
    """Put what can be done about duplicates into the menu of chosen rows of a list."""
    _ = desk.kit.words.gettext

    def merge() -> None:
        from kamdesk.desktop.dialogs.merge import offer_merge

        offer_merge(desk, table, ids[0], ids[1])

    if len(ids) == 2:
        menu.addAction(_("Merge…")).triggered.connect(lambda _checked=False: merge())
    menu.addAction(_("Find duplicates")).triggered.connect(
        lambda _checked=False: desk.window.navigate(Target("duplicates", "", f"{table}:{','.join(ids)}"))
    )


def _follow_merges(desk: Desk) -> None:
    """An old id of a merged record opens the kept one."""
    known: dict[str, str] = {}

    def read() -> None:
        found = desk.workplace.merging.aliases()
        known.clear()
        known.update(found)

    def changed(changes: ChangeSet) -> None:
        if changes.touches("alias"):
            read()

    desk.window.set_resolver(
        lambda target: replace(target, id=known[target.id]) if target.id in known else target
    )
    desk.workplace.store.subscribe(changed)
    desk.kit.queries.run(read)
