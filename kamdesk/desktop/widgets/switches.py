"""A row of chips of which one is on: the sides of one thing, or the kinds of a list."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QPushButton, QWidget

from kamdesk.desktop.kit import Kit
from kamdesk.desktop.widgets.basic import Say, set_look
from kamdesk.desktop.widgets.flow import FlowLayout


def switches(
    kit: Kit, owner: QWidget, said: Mapping[str, Say], chosen: Callable[[str], object] | None = None
) -> tuple[QHBoxLayout, dict[str, QPushButton]]:
    """The row, which goes on below where the width ends and has room for more at its end, and its chips by name; ``chosen(name)`` after a click.

    None is on at first; ``owner`` keeps the group that lets only one be on.
    """
    row, chips_row = QHBoxLayout(), FlowLayout()
    row.setSpacing(6)
    row.addLayout(chips_row, 1)
    group = QButtonGroup(owner)
    chips: dict[str, QPushButton] = {}
    for name, say in said.items():
        made = QPushButton()
        set_look(made, "chip")
        made.setCheckable(True)
        made.setAutoDefault(False)
        if chosen is not None:
            made.clicked.connect(lambda _checked=False, name=name: chosen(name))
        kit.words.bind(made, lambda made=made, say=say: made.setText(say()))
        group.addButton(made)
        chips[name] = made
        chips_row.addWidget(made)
    return row, chips
