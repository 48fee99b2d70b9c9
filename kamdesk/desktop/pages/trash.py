"""The trash: what was deleted, and bringing it back."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMenu

from kamdesk.desktop.actions import Actions, ActionSpec
from kamdesk.desktop.desk import Desk
from kamdesk.desktop.dialogs.base import confirm
from kamdesk.desktop.dialogs.merge import KINDS
from kamdesk.desktop.navigation.target import Target
from kamdesk.desktop.pages.trash_view import TrashView
from kamdesk.model.messages import N_, Message
from kamdesk.services.trash import TrashItem
from kamdesk.store.changes import ChangeSet

ACTIONS = (
    ActionSpec(
        "trash.restore", N_("Restore the chosen records"), "undo", ("Ctrl+Return",), enabled="trash.chosen"
    ),
)
_PAGES = ("organisation", "person", "proposal")


class TrashPage(TrashView):
    """``Target("trash")``."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._desk = desk
        self._loaded: tuple[TrashItem, ...] = ()
        self.actions_table = Actions(self, desk.kit.words, desk.kit.icons)
        self.actions_table.declare(
            ACTIONS,
            {"trash.restore": self.restore},
            {"trash.chosen": lambda: bool(self.table.selected_rows())},
        )
        self.restore_button.clicked.connect(lambda _checked=False: self.restore())
        self.opened.connect(lambda _item: self.restore())
        self.chosen.connect(lambda _rows: self._chosen())
        self.asked.connect(lambda _text, _chips: self._narrow())
        self.table.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.table.customContextMenuRequested.connect(self._menu)
        self._chosen()

    def open(self, _target: Target) -> None:
        """Read what can be brought back."""
        self._read()

    def refresh(self, _changes: ChangeSet) -> None:
        """Anything may have been deleted, but only who looks here wants to know."""
        if self.isVisible():
            self._read()

    def restore(self, *, with_parents: bool = False) -> None:
        """Bring the chosen records back; where what they belong to is gone too, ask for both."""
        items: Sequence[TrashItem] = self.table.selected_rows()
        if not items:
            return
        trash = self._desk.workplace.trash

        def failed(message: Message) -> None:
            if message.code == "trash.parent_gone":
                self._offer_both(message)
            else:
                self._desk.window.notify(message, "error")

        self.kit.commands.run(
            lambda: trash.restore([item.id for item in items], with_parents=with_parents),
            lambda back: self._restored(items, back),
            failed,
            owner=self,
        )

    # --- inside -----------------------------------------------------------------------------------------------

    def _read(self) -> None:
        self.kit.queries.run(self._desk.workplace.trash.list, self._show, owner=self, key="trash")

    def _show(self, items: tuple[TrashItem, ...]) -> None:
        self._loaded = items
        self._narrow()
        if items and not self.table.selected_rows():
            self.table.selectRow(0)
        self._chosen()
        self.note.setVisible(bool(items))

    def _narrow(self) -> None:
        wanted = self.filters()
        self.set_rows([item for item in self._loaded if not wanted or _kind(item) in wanted])

    def _chosen(self) -> None:
        self.actions_table.refresh()
        self.restore_button.setEnabled(bool(self.table.selected_rows()))
        self.restore_button.setVisible(bool(self._loaded))

    def _offer_both(self, message: Message) -> None:
        _ = self.kit.words.gettext
        confirm(
            self.kit,
            self,
            lambda: _("It belongs to something that was deleted too"),
            lambda: self.kit.words.message(message),
            lambda: _("Restore both"),
            lambda: self.restore(with_parents=True),
            danger=False,
        )

    def _restored(self, items: Sequence[TrashItem], back: tuple[tuple[str, str], ...]) -> None:
        _, ngettext = self.kit.words.gettext, self.kit.words.ngettext
        n, window = len(items), self._desk.window
        table, row_id = back[0]
        page = n == 1 and table in _PAGES

        def say() -> str:
            if n == 1:
                return _("Restored: {name}").format(name=items[0].title or _(items[0].noun))
            return ngettext("{n} record restored", "{n} records restored", n).format(n=n)

        def go() -> None:
            window.navigate(Target(KINDS.get(table, table), row_id))

        window.notify(
            say, "success", action=(lambda: _("Open")) if page else None, on_action=go if page else None
        )

    def _menu(self, at) -> None:
        if self.table.selected_rows():
            menu = QMenu(self)
            menu.addAction(self.actions_table.action("trash.restore"))
            menu.aboutToHide.connect(menu.deleteLater)
            menu.popup(self.table.viewport().mapToGlobal(at))


def _kind(item: TrashItem) -> str:
    return item.table if item.table in ("organisation", "person") else "rest"
