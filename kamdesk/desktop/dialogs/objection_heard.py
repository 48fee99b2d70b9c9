"""An objection was heard: from which person or client, when, and how our answer went; after a meeting also in which words."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCompleter, QGridLayout, QLineEdit, QListWidget, QListWidgetItem, QWidget

from kamdesk.desktop.dialogs.base import DialogBase
from kamdesk.desktop.kit import Kit
from kamdesk.desktop.pages.library_words import shown_name
from kamdesk.desktop.widgets.basic import label
from kamdesk.desktop.widgets.inline_choice import Combo
from kamdesk.model.messages import KamdeskError, Message
from kamdesk.services.interaction_views import InteractionView

if TYPE_CHECKING:
    from kamdesk.bootstrap import Workplace
    from kamdesk.desktop.desk import Desk

_MOST = 100


@dataclass(frozen=True)
class Who:
    """A line of the list: ``field`` is what its id is stored as, person_id or organisation_id."""

    field: str
    id: str
    line: str


@dataclass(frozen=True)
class Offered:
    """Who may have raised it, the likely ones first, and the objections that are known in words."""

    who: Sequence[Who]
    texts: Sequence[str] = ()


def everybody(place: Workplace) -> tuple[Who, ...]:
    """All people, then all clients."""
    people = [
        Who(
            "person_id",
            row.id,
            " · ".join(p for p in (shown_name(row.name), row.title, row.organisation) if p),
        )
        for row in place.people.list()
    ]
    return (*people, *(Who("organisation_id", row.id, row.name) for row in place.organisations.list()))


def open_after_meeting(desk: Desk, parent: QWidget, item: InteractionView) -> ObjectionHeardDialog:
    """Ask what was said against us at a meeting: its people come first, then its client."""
    place, kit = desk.workplace, desk.kit
    likely = [*(one.id for one in item.people if not one.ours), item.organisation_id or ""]

    def load() -> Offered:
        who = everybody(place)
        first = [one for row_id in likely for one in who if one.id == row_id]
        rest = [one for one in who if one.id not in likely]
        return Offered((*first, *rest), [one.text for one in place.library.objections()])

    today = place.store.now().date()
    day = min(item.starts_at.date(), today) if item.starts_at is not None else today
    dialog = ObjectionHeardDialog(kit, parent, None, load, day)
    dialog.chosen.connect(
        lambda values: kit.commands.run(
            lambda: place.objection_uses.record_new(**values, interaction_id=item.id),
            lambda _id: dialog.done_well(),
            dialog.refused,
            owner=dialog,
        )
    )
    dialog.open()
    return dialog


class ObjectionHeardDialog(DialogBase):
    """``chosen(dict)`` with person_id or organisation_id, heard_on, result and note; the dialog stays until :meth:`done_well`.

    Without a ``text`` the words are asked for, and are among what is chosen.
    """

    chosen = Signal(object)

    def __init__(
        self, kit: Kit, parent: QWidget, text: str | None, load: Callable[[], Offered], today: object
    ) -> None:
        _ = kit.words.gettext
        super().__init__(
            kit,
            lambda: _("Who raised it, and how did the answer go?"),
            parent,
            ok=lambda: _("Record the objection"),
        )
        self.setMinimumWidth(kit.theme.px(520))
        self._rows: Sequence[Who] = ()
        self.said: QLineEdit | None = None
        if text is None:
            self.said = QLineEdit()
            self.said.setPlaceholderText(_("What was said against us"))
            self.said.setAccessibleName(_("What was said against us"))
            self.body.addWidget(self.said)
        else:
            self.body.addWidget(label(kit, lambda: text, "muted", wrap=True))
        self.search = QLineEdit()
        self.search.setPlaceholderText(_("Name, seat or company"))
        self.search.setAccessibleName(_("Who raised it"))
        self.search.textChanged.connect(lambda _text: self._show())
        self.list = QListWidget()
        self.list.setAccessibleName(_("People and clients"))
        self.list.setMinimumHeight(kit.theme.px(170))
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.itemActivated.connect(lambda _item: self.accept())
        self.on = QLineEdit(kit.typed.show_date(today))
        self.answered = Combo(kit)
        self.answered.addItem(_("Not known"), "")
        for option in kit.vocabularies.options("objection_result"):
            self.answered.addItem(option.label, option.code)
        self.note = QLineEdit()
        grid = QGridLayout()
        fields: tuple[tuple[str, QWidget], ...] = (
            (_("Heard on"), self.on),
            (_("How the answer went"), self.answered),
            (_("Remark"), self.note),
        )
        for at, (name, field) in enumerate(fields):
            field.setAccessibleName(name)
            grid.addWidget(label(kit, lambda name=name: name, "caption", buddy=field), at, 0)
            grid.addWidget(field, at, 1)
        grid.setColumnStretch(1, 1)
        self.body.addWidget(self.search)
        self.body.addWidget(self.list, 1)
        self.body.addLayout(grid)
        (self.said or self.search).setFocus()
        kit.queries.run(load, self._loaded, owner=self)

    def accept(self) -> None:
        """Ask for it to be recorded."""
        _ = self.kit.words.gettext
        item = self.list.currentItem()
        words = self.said.text().strip() if self.said is not None else ""
        if self.said is not None and not words:
            self.tell(_("Type what was said first."))
            self.said.setFocus()
            return
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
        who: Who = item.data(Qt.ItemDataRole.UserRole)
        self.chosen.emit(
            ({"text": words} if words else {})
            | {
                who.field: who.id,
                "heard_on": day,
                "result": str(self.answered.currentData() or ""),
                "note": self.note.text(),
            }
        )

    def done_well(self) -> None:
        """It is recorded."""
        super().accept()

    def refused(self, message: Message) -> None:
        """Say why not."""
        self.tell(self.kit.words.message(message))

    def _loaded(self, found: Offered) -> None:
        self._rows = found.who
        if self.said is not None:
            known = QCompleter(list(found.texts), self.said)
            known.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
            known.setFilterMode(Qt.MatchFlag.MatchContains)
            self.said.setCompleter(known)
        self._show()

    def _show(self) -> None:
        self.list.clear()
        wanted = self.search.text().casefold().replace("ё", "е").split()
        for row in self._rows:
            folded = row.line.casefold().replace("ё", "е")
            if all(word in folded for word in wanted) and self.list.count() < _MOST:
                icon = "person" if row.field == "person_id" else "organisation"
                item = QListWidgetItem(self.kit.icons.icon(icon), row.line)
                item.setData(Qt.ItemDataRole.UserRole, row)
                self.list.addItem(item)
        if self.list.count():
            self.list.setCurrentRow(0)
