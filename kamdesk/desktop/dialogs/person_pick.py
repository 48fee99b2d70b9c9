"""Choosing a person of any company: type a part of the name or the seat."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLineEdit, QListWidget, QListWidgetItem, QWidget

from kamdesk.desktop.dialogs.base import DialogBase
from kamdesk.desktop.kit import Kit
from kamdesk.desktop.pages.proposal_words import ProposalWords
from kamdesk.services.people import People
from kamdesk.services.people_views import PersonRow

_MOST = 200


class PersonPickDialog(DialogBase):
    """``picked(person id)``."""

    picked = Signal(str)

    def __init__(self, kit: Kit, words: ProposalWords, people: People, parent: QWidget | None = None) -> None:
        _ = kit.words.gettext
        super().__init__(kit, lambda: _("Choose a person"), parent, ok=lambda: _("Choose"))
        self._words = words
        self._rows: tuple[PersonRow, ...] = ()
        self.search = QLineEdit()
        self.search.setPlaceholderText(_("Name, seat or company"))
        self.search.setAccessibleName(_("Name, seat or company"))
        self.search.textChanged.connect(lambda _text: self._show())
        self.list = QListWidget()
        self.list.setAccessibleName(_("People"))
        self.list.setMinimumHeight(kit.theme.px(280))
        self.list.itemActivated.connect(lambda _item: self.accept())
        self.body.addWidget(self.search)
        self.body.addWidget(self.list, 1)
        self.search.setFocus()
        kit.queries.run(people.list, self._loaded, owner=self)

    def accept(self) -> None:
        """Choose the marked one."""
        item = self.list.currentItem()
        if item is None:
            self.tell(self.kit.words.gettext("Nobody is marked. Choose a line first."))
            return
        self.picked.emit(str(item.data(Qt.ItemDataRole.UserRole)))
        super().accept()

    def _loaded(self, rows: tuple[PersonRow, ...]) -> None:
        self._rows = rows
        self._show()

    def _show(self) -> None:
        self.list.clear()
        wanted = self.search.text().casefold().replace("ё", "е").split()
        for row in self._rows:
            text = " · ".join(
                part for part in (self._words.name(row.name), row.title, row.organisation) if part
            )
            folded = text.casefold().replace("ё", "е")
            if all(word in folded for word in wanted) and self.list.count() < _MOST:
                item = QListWidgetItem(text)
                item.setData(Qt.ItemDataRole.UserRole, row.id)
                self.list.addItem(item)
        if self.list.count():
            self.list.setCurrentRow(0)
