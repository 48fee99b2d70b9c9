"""Which parts in a decision are offered: those by the steps of buying, or the three buyers (D4); and the switch for it."""

from __future__ import annotations

from collections.abc import Collection

from PySide6.QtWidgets import QHBoxLayout, QWidget

from kamdesk.desktop.desk import Desk
from kamdesk.desktop.kit import Option
from kamdesk.desktop.pages.people_words import Said
from kamdesk.desktop.widgets.chooser import Chooser
from kamdesk.rules import part_sets


def part_options(said: Said, buyer_set: str, held: Collection[str] = ()) -> list[Option]:
    """The parts of the chosen set and those for us; a part that somebody holds already is offered whatever its set."""
    items = said.vocabularies().items("part")
    groups = {item.code: str(item.extras.get("group", "")) for item in items}
    shown = {*part_sets.offered(tuple(groups), groups, buyer_set), *held}
    return [option for option in said.options("part") if option.code in shown]


class PartSet(QWidget):
    """The switch: it is a preference of the vault, undone like any edit."""

    def __init__(self, desk: Desk, said: Said) -> None:
        super().__init__()
        kit, self._said = desk.kit, said
        self._set = "parts"
        preferences = desk.workplace.preferences
        self.choice = Chooser(
            kit,
            lambda: said.title("buyer_set"),
            lambda code: kit.commands.run(lambda: preferences.set(buyer_set=code)),
            caption=False,
            look="",
        )
        self.choice.combo.setSizeAdjustPolicy(self.choice.combo.SizeAdjustPolicy.AdjustToContents)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.choice)
        self.setFocusProxy(self.choice)
        kit.words.bind(self, lambda: self.show_set(self._set))

    def show_set(self, buyer_set: str) -> None:
        """Show which set is used."""
        self._set = buyer_set
        self.choice.show_choices(self._said.options("buyer_set"), buyer_set)
        self.choice.combo.setToolTip(self._said.title("buyer_set"))
