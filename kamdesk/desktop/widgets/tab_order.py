"""Where Tab goes next: as the eye does, by the layouts. Qt goes by the order of making, in which what came later stands at the end."""

from __future__ import annotations

from itertools import pairwise
from typing import cast

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractScrollArea, QGridLayout, QLayout, QScrollArea, QWidget


def order_tabs(root: QWidget) -> None:
    """Put the stops inside ``root`` in their order; the first keeps its place after what stands before ``root``."""
    for first, second in pairwise(tab_stops(root)):
        QWidget.setTabOrder(first, second)


def take_place(made: QWidget) -> None:
    """Let Tab come to a part that got new stops while the page was shown already, where it stands.

    What stands before it on the page says where that is, so the order is told for the smallest part that has both.
    """
    room = made
    while room.parentWidget() is not None and _leads(room, made):
        room = room.parentWidget()
    order_tabs(room)


def _leads(room: QWidget, made: QWidget) -> bool:
    first = next(iter(tab_stops(room)), made)
    return first is made or made.isAncestorOf(first)


def tab_stops(root: QWidget) -> list[QWidget]:
    """What takes Tab inside ``root``, hidden ones too, as the layouts have it."""
    stops: list[QWidget] = []

    def visit(widget: QWidget) -> None:
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus and widget.focusProxy() is None:
            stops.append(widget)
        if isinstance(widget, QScrollArea) and widget.widget() is not None:
            visit(widget.widget())
        elif widget.layout() is not None and not isinstance(widget, QAbstractScrollArea):
            walk(widget.layout())

    def walk(layout: QLayout) -> None:
        places = list(range(layout.count()))
        if isinstance(layout, QGridLayout):  # it counts in the order of putting in
            places.sort(key=lambda at: cast(tuple[int, ...], layout.getItemPosition(at))[:2])
        for at in places:
            item = layout.itemAt(at)
            if item.widget() is not None:
                visit(item.widget())
            elif item.layout() is not None:
                walk(item.layout())

    visit(root)
    return stops
