"""An objection was heard: from whom, when, and how our answer went."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QLineEdit, QListWidget, QListWidgetItem, QWidget

from kamdesk.desktop.dialogs.base import DialogBase
from kamdesk.desktop.kit import Kit
from kamdesk.desktop.pages.library_words import shown_name
from kamdesk.desktop.widgets.basic import label
from kamdesk.desktop.widgets.inline_choice import Combo
from kamdesk.model.messages import KamdeskError, Message
from kamdesk.services.people import People
from kamdesk.services.people_views import PersonRow

_MOST = 100


class ObjectionHeardDialog(DialogBase):
    """``chosen(dict)`` with person_id, heard_on, result and note; the dialog stays until :meth:`done_well`."""

    chosen = Signal(object)

    def __init__(self, kit: Kit, parent: QWidget, text: str, people: People, today: object) -> None:
        _ = kit.words.gettext
        super().__init__(
            kit,
            lambda: _("Who raised it, and how did the answer go?"),
            parent,
            ok=lambda: _("Record the objection"),
        )
        self.setMinimumWidth(kit.theme.px(520))
        self._rows: Sequence[PersonRow] = ()
        self.body.addWidget(label(kit, lambda: text, "muted", wrap=True))
        self.search = QLineEdit()
        self.search.setPlaceholderText(_("Name, seat or company"))
        self.search.setAccessibleName(_("Who raised it"))
        self.search.textChanged.connect(lambda _text: self._show())
        self.list = QListWidget()
        self.list.setAccessibleName(_("People"))
        self.list.setMinimumHeight(kit.theme.px(170))
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.itemActivated.connect(lambda _item: self.accept())
        self.on = QLineEdit(kit.typed.show_date(today))
        self.result = Combo(kit)
        self.result.addItem(_("Not known"), "")
        for option in kit.vocabularies.options("objection_result"):
            self.result.addItem(option.label, option.code)
        self.note = QLineEdit()
        grid = QGridLayout()
        for at, (name, field) in enumerate(
            ((_("Heard on"), self.on), (_("How the answer went"), self.result), (_("Remark"), self.note))
        ):
            field.setAccessibleName(name)
            grid.addWidget(label(kit, lambda name=name: name, "caption", buddy=field), at, 0)
            grid.addWidget(field, at, 1)
        grid.setColumnStretch(1, 1)
        self.body.addWidget(self.search)
        self.body.addWidget(self.list, 1)
        self.body.addLayout(grid)
        self.search.setFocus()
        kit.queries.run(people.list, self._loaded, owner=self)

    def accept(self) -> None:
        """Ask for it to be recorded."""
        _ = self.kit.words.gettext
        item = self.list.currentItem()
        if item is None:
            self.tell(_("Nobody is marked. Choose a line first."))
            return
        text = self.on.text().strip()
        try:
            day = self.kit.typed.read_date(text) if text else None
        except (KamdeskError, ValueError):
            self.tell(_("This date is not understood. Type it as in 5 March 2027 or 05.03.2027."))
            self.on.setFocus()
            return
        self.chosen.emit(
            {
                "person_id": str(item.data(Qt.ItemDataRole.UserRole)),
                "heard_on": day,
                "result": str(self.result.currentData() or ""),
                "note": self.note.text(),
            }
        )

    def done_well(self) -> None:
        """It is recorded."""
        super().accept()

    def refused(self, message: Message) -> None:
        """Say why not."""
        self.tell(self.kit.words.message(message))

    def _loaded(self, rows: Sequence[PersonRow]) -> None:
        self._rows = rows
        self._show()

    def _show(self) -> None:
        self.list.clear()
        wanted = self.search.text().casefold().replace("ё", "е").split()
        for row in self._rows:
            line = " · ".join(part for part in (shown_name(row.name), row.title, row.organisation) if part)
            folded = line.casefold().replace("ё", "е")
            if all(word in folded for word in wanted) and self.list.count() < _MOST:
                item = QListWidgetItem(line)
                item.setData(Qt.ItemDataRole.UserRole, row.id)
                self.list.addItem(item)
        if self.list.count():
            self.list.setCurrentRow(0)
