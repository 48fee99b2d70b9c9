"""How the tree of an organisation looks: the view with its keys, and beside it what is said of the chosen line."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QSize, Qt, Signal
from PySide6.QtGui import QDropEvent, QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTreeView,
    QVBoxLayout,
    QWidget,
)

from kamdesk.desktop.kit import Kit
from kamdesk.desktop.models.org_tree import ABOVE, NAME, WHO, OrgTreeModel
from kamdesk.desktop.pages.capture_line import AddLine
from kamdesk.desktop.widgets.basic import button, label, rows
from kamdesk.desktop.widgets.chooser import Chooser
from kamdesk.desktop.widgets.flow import FlowLayout
from kamdesk.desktop.widgets.inline_text import InlineText
from kamdesk.desktop.widgets.scroll import scrolling


class OrgTreeView(QTreeView):
    """Enter opens, F2 renames, Delete takes away, Ctrl+↑ and Ctrl+↓ move among siblings, the mouse drags."""

    opened = Signal()
    deleted = Signal()
    shifted = Signal(int)
    picked = Signal()

    def __init__(self, kit: Kit, model: OrgTreeModel) -> None:
        super().__init__()
        _ = kit.words.gettext
        self._kit = kit
        self.setModel(model)
        model.setParent(self)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.EditKeyPressed)
        self.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        self.setDefaultDropAction(Qt.DropAction.MoveAction)
        self.setUniformRowHeights(True)
        self.setAllColumnsShowFocus(True)
        self.setAnimated(False)
        self.setItemDelegate(_Tall(kit, self))
        self.setIconSize(QSize(kit.theme.px(18), kit.theme.px(18)))
        header = self.header()
        header.setStretchLastSection(False)
        header.setSectionsMovable(False)
        for column in (NAME, WHO, ABOVE):
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.Stretch)
        kit.words.bind(self, lambda: self.setAccessibleName(_("Units and seats")))
        self.selectionModel().currentChanged.connect(lambda _new, _old: self.picked.emit())
        self.doubleClicked.connect(lambda _index: self.opened.emit())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, control = event.key(), event.modifiers() == Qt.KeyboardModifier.ControlModifier
        if self.state() == QAbstractItemView.State.EditingState:
            super().keyPressEvent(event)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.opened.emit()
        elif key == Qt.Key.Key_Delete:
            self.deleted.emit()
        elif control and key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.shifted.emit(-1 if key == Qt.Key.Key_Up else 1)
        elif key == Qt.Key.Key_Escape:
            event.ignore()
        else:
            super().keyPressEvent(event)

    def dropEvent(self, event: QDropEvent) -> None:
        # a drop between two lines means the line that holds them both
        data, index = event.mimeData(), self.indexAt(event.position().toPoint())
        where = self.dropIndicatorPosition()
        between = (
            QAbstractItemView.DropIndicatorPosition.AboveItem,
            QAbstractItemView.DropIndicatorPosition.BelowItem,
        )
        onto = index.parent() if where in between else index
        model = self.model()
        if model.canDropMimeData(data, event.dropAction(), -1, -1, onto.siblingAtColumn(0)):
            model.dropMimeData(data, event.dropAction(), -1, -1, onto.siblingAtColumn(0))
        event.setDropAction(Qt.DropAction.IgnoreAction)
        event.accept()


class _Tall(QStyledItemDelegate):
    """Lines as tall as those of tables, so that a finger or a drag meets them."""

    def __init__(self, kit: Kit, tree: QTreeView) -> None:
        super().__init__(tree)
        self._kit = kit

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        size = super().sizeHint(option, index)
        size.setHeight(self._kit.theme.px(27))
        return size


class LineDetails(QFrame):
    """What is said of the chosen line: of a unit its kind, place and address; of a seat who, above whom, where, ``forms`` of its title."""

    def __init__(
        self,
        kit: Kit,
        choose: Callable[[str, str], object],
        on_address: Callable[[str], object],
        on_new_person: Callable[[str], object],
        act: Callable[[str], object],
        forms: QWidget,
    ) -> None:
        super().__init__()
        _ = kit.words.gettext
        self.title = label(kit, look="heading", wrap=True)
        self.hint = label(
            kit, lambda: _("Choose a line. Drag moves it, F2 renames, Ctrl with ↑ or ↓ changes the order."),
            "muted", wrap=True,
        )  # fmt: skip
        names = {
            "kind": lambda: _("Kind of unit"),
            "parent": lambda: _("Belongs to"),
            "holder": lambda: _("Who sits there"),
            "above": lambda: _("Reports to"),
            "unit": lambda: _("Unit"),
        }
        self.choosers = {
            what: Chooser(kit, say, lambda code, what=what: choose(what, code)) for what, say in names.items()
        }
        self.forms = forms
        self.address = InlineText(kit, lambda: _("Address"), on_address)
        self.person_line = AddLine(kit, lambda: _("Full name of the new person"), on_new_person, stays=False)
        self.buttons = {
            "open": button(kit, lambda: _("Open the card"), "person", "link", lambda: act("open")),
            "new": button(kit, lambda: _("Somebody new"), "person-add", "link", self.person_line.start),
            "vacate": button(kit, lambda: _("Left this post"), "close", "link", lambda: act("vacate")),
            "inside": button(kit, lambda: _("Add a unit inside"), "add", "link", lambda: act("inside")),
            "seat": button(kit, lambda: _("Add a seat here"), "seat", "link", lambda: act("seat")),
            "below": button(
                kit, lambda: _("Add a seat below this one"), "seat", "link", lambda: act("below")
            ),
            "rename": button(kit, lambda: _("Rename"), "edit", "link", lambda: act("rename")),
            "delete": button(kit, lambda: _("Delete"), "trash", "link", lambda: act("delete")),
        }
        body = rows(self.title, self.hint, spacing=4)
        buttons = QWidget()
        flow = FlowLayout(buttons, 2)
        for one in self.buttons.values():
            flow.addWidget(one)
        for part in (*self.choosers.values(), self.address, self.person_line, buttons, forms):
            body.addWidget(part)
        body.addStretch(1)
        inner = QWidget()
        inner.setLayout(body)
        room = scrolling(inner, sideways=False)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(8, 0, 0, 0)
        outer.addWidget(room)
        self.show_only(())

    def show_only(self, parts: tuple[str, ...]) -> None:
        """Draw these choices and buttons; () says how the tree is worked with."""
        for name, one in (*self.choosers.items(), *self.buttons.items()):
            one.setVisible(name in parts)
        self.address.setVisible("address" in parts)
        self.forms.setVisible("forms" in parts)
        self.title.setVisible(bool(parts))
        self.hint.setVisible(not parts)
        if "new" not in parts:
            self.person_line.close_line()
