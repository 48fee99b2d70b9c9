"""A map of chosen people: its name, and who is on it, found by territory, tag or name."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLineEdit, QListWidget, QListWidgetItem, QWidget

from kamdesk.desktop.dialogs.base import DialogBase
from kamdesk.desktop.kit import Kit
from kamdesk.desktop.pages.people_words import shown_name
from kamdesk.desktop.widgets.basic import Say, button, columns, label

if TYPE_CHECKING:
    from kamdesk.services.influence import Influence
    from kamdesk.services.people_views import PersonRow

_MOST = 500


class MapMembersDialog(DialogBase):
    """``ready(name, ids)``. What is ticked stays ticked while the search shows others."""

    ready = Signal(str, tuple)

    def __init__(
        self,
        kit: Kit,
        say: Say,
        influence: Influence,
        rows: Sequence[PersonRow],
        *,
        name: str = "",
        chosen: Sequence[str] = (),
        parent: QWidget | None = None,
    ) -> None:
        _ = kit.words.gettext
        super().__init__(kit, say, parent, ok=lambda: _("Save"))
        self._influence, self._rows = influence, tuple(rows)
        self._chosen = dict.fromkeys(chosen)
        self.name, self.search = QLineEdit(name), QLineEdit()
        for field, words in ((self.name, _("Name of the map")), (self.search, _("Name, seat, company"))):
            field.setPlaceholderText(words)
            field.setAccessibleName(words)
        self.where = QLineEdit()
        self.where.setPlaceholderText(_("Territory or tag"))
        self.where.setAccessibleName(_("Territory or tag"))
        self.add_all = button(kit, lambda: _("Tick all of them"), "", "", self._add_candidates)
        self.add_all.setAutoDefault(False)
        self.list = QListWidget()
        self.list.setAccessibleName(_("People"))
        self.list.setMinimumHeight(kit.theme.px(260))
        self.count = label(kit, look="caption")
        self.body.addWidget(self.name)
        self.body.addLayout(columns(self.where, self.add_all))
        self.body.addWidget(self.search)
        self.body.addWidget(self.list, 1)
        self.body.addWidget(self.count)
        self.search.textChanged.connect(lambda _text: self._show())
        self.list.itemChanged.connect(self._ticked)
        self._show()
        self.name.setFocus()

    def accept(self) -> None:
        """Give the name and the ticked people."""
        _ = self.kit.words.gettext
        if not self.name.text().strip():
            self.tell(_("Type a name for the map."))
            self.name.setFocus()
        elif not self._chosen:
            self.tell(_("Nobody is chosen. Mark at least one person for the map."))
            self.search.setFocus()
        else:
            self.ready.emit(self.name.text().strip(), tuple(self._chosen))
            super().accept()

    def _show(self) -> None:
        wanted = self.search.text().casefold().replace("ё", "е").split()
        blocked = self.list.blockSignals(True)
        self.list.clear()
        rows = sorted(self._rows, key=lambda row: row.id not in self._chosen) if not wanted else self._rows
        for row in rows:
            text = " · ".join(part for part in (shown_name(row.name), row.title, row.organisation) if part)
            folded = text.casefold().replace("ё", "е")
            if self.list.count() < _MOST and all(word in folded for word in wanted):
                item = QListWidgetItem(text)
                item.setData(Qt.ItemDataRole.UserRole, row.id)
                item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
                ticked = row.id in self._chosen
                item.setCheckState(Qt.CheckState.Checked if ticked else Qt.CheckState.Unchecked)
                self.list.addItem(item)
        self.list.blockSignals(blocked)
        self._say_count()

    def _ticked(self, item: QListWidgetItem) -> None:
        person = str(item.data(Qt.ItemDataRole.UserRole))
        if item.checkState() == Qt.CheckState.Checked:
            self._chosen[person] = None
        else:
            self._chosen.pop(person, None)
        self._say_count()

    def _add_candidates(self) -> None:
        where = self.where.text().strip()
        if not where:
            self.where.setFocus()
            return
        influence = self._influence
        self.kit.queries.run(
            lambda: influence.candidates(territory=where, tag=where), self._found, owner=self
        )

    def _found(self, people: tuple[str, ...]) -> None:
        _ = self.kit.words.gettext
        self.tell(
            "" if people else _("Nobody was found there. Look at the territory and tags of your clients.")
        )
        self._chosen.update(dict.fromkeys(people))
        self._show()

    def _say_count(self) -> None:
        n = len(self._chosen)
        self.count.setText(self.kit.words.ngettext("{n} person chosen", "{n} people chosen", n).format(n=n))
