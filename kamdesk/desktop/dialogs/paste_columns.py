"""What each column of a pasted table is: shown where the program is not sure, with the first rows below each choice."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QScrollArea, QWidget

from kamdesk.desktop.dialogs.base import DialogBase
from kamdesk.desktop.kit import Kit
from kamdesk.desktop.widgets.basic import label
from kamdesk.desktop.widgets.inline_choice import Combo

if TYPE_CHECKING:
    from kamdesk.exchange.columns import Mapping
    from kamdesk.exchange.tables import Table

_SAMPLE = 3


def unsure(table: Table, mapping: Mapping) -> bool:
    """Whether somebody should look: a column with content that was not understood, or a table in which nobody is named."""
    named = any(field.partition(":")[0] in ("name", "family") for field in mapping.fields)
    blind = any(
        not field and any(at < len(row) and row[at].strip() for row in table.rows)
        for at, field in enumerate(mapping.fields)
    )
    return blind or not named


class PasteColumns(DialogBase):
    """``chosen(ContactsRead)`` when it was confirmed."""

    chosen = Signal(object)

    def __init__(self, kit: Kit, table: Table, mapping: Mapping, parent: QWidget | None = None) -> None:
        _ = kit.words.gettext
        super().__init__(kit, lambda: _("What is in each column?"), parent, ok=lambda: _("Add people"))
        self._table, self._mapping = table, mapping
        self.combos: list[Combo] = []
        self.body.addWidget(
            label(
                kit,
                lambda: _(
                    "Some columns were not understood. What is not chosen is kept in a note on the person."
                ),
                "muted",
                wrap=True,
            )
        )
        inner = QWidget()
        grid = QGridLayout(inner)
        grid.setHorizontalSpacing(10)
        for at in range(len(mapping.fields)):
            self._column(grid, at)
        room = QScrollArea()
        room.setWidgetResizable(True)
        room.setWidget(inner)
        room.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        room.setMinimumHeight(kit.theme.px(190))
        self.body.addWidget(room, 1)
        self.setMinimumWidth(kit.theme.px(760))
        self.accepted.connect(lambda: self.chosen.emit(self._table.people(self._mapping)))
        self._check()

    def _column(self, grid: QGridLayout, at: int) -> None:
        _ = self.kit.words.gettext
        header = self._table.headers[at] if at < len(self._table.headers) else ""
        combo = Combo(self.kit)
        current = self._mapping.fields[at].partition(":")[0]
        fields = field_names(self.kit)
        if current not in fields:
            fields[current] = current
        for code, name in fields.items():
            combo.addItem(name, code)
        combo.setCurrentIndex(list(fields).index(current))
        combo.setAccessibleName(_("Column {n}: {header}").format(n=at + 1, header=header))
        combo.setMinimumWidth(self.kit.theme.px(130))
        combo.activated.connect(lambda _index, at=at: self._set(at))
        self.combos.append(combo)
        grid.addWidget(label(self.kit, lambda: header or _("Column {n}").format(n=at + 1), "caption"), 0, at)
        grid.addWidget(combo, 1, at)
        for place, row in enumerate(self._table.rows[:_SAMPLE]):
            text = row[at] if at < len(row) else ""
            shown = label(self.kit, lambda text=text: text if len(text) < 40 else text[:39] + "…")
            shown.setToolTip(text)
            grid.addWidget(shown, 2 + place, at)

    def _set(self, at: int) -> None:
        self._mapping = self._mapping.changed(at, self.combos[at].currentData())
        self._check()

    def _check(self) -> None:
        _ = self.kit.words.gettext
        ready = self._mapping.names_people
        self.tell("" if ready else _("Say which column has the name, the e-mail or the phone."))
        if self.ok_button is not None:
            self.ok_button.setEnabled(ready)


def field_names(kit: Kit) -> dict[str, str]:
    """What a column may be, in words; "" keeps it in a note, "-" leaves it out."""
    _ = kit.words.gettext
    return {
        "": _("To a note"),
        "-": _("Leave out"),
        "name": _("Full name"),
        "family": _("Family name"),
        "given": _("Given name"),
        "middle": _("Middle name"),
        "title": _("Job title"),
        "department": _("Unit"),
        "organisation": _("Organisation"),
        "manager": _("Reports to"),
        "lens": _("Type of stakeholder"),
        "part": _("Part in the decision"),
        "influence": _("Influence"),
        "stance": _("Stance"),
        "phone": _("Phone"),
        "mobile": _("Mobile phone"),
        "email": _("E-mail"),
        "telegram": _("Telegram"),
        "birthday": _("Birthday"),
        "notes": _("Note"),
        "address": _("Address"),
        "website": _("Website"),
        "gender": _("Gender"),
        "hobby": _("Hobby"),
    }
