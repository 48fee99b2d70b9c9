"""The blocks of a document in their order: ticked ones stand in it, those with a place of their own do not move (R4)."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from kamdesk.desktop.kit import Kit, Option
from kamdesk.desktop.widgets.basic import Say, label
from kamdesk.rules.block_orders import STANDING, USUAL, order_of

_CODE = Qt.ItemDataRole.UserRole


class BlockOrder(QWidget):
    """``changed(tuple of codes)``, () where it is the usual order again.

    Drag or Alt with an arrow moves the block the keyboard is on, Space ticks it; ``mandatory`` ones are marked by a word.
    """

    changed = Signal(object)

    def __init__(
        self,
        kit: Kit,
        say: Say,
        kind: str,
        options: Callable[[], Sequence[Option]],
        mandatory: Callable[[], Sequence[str]],
    ) -> None:
        super().__init__()
        _ = kit.words.gettext
        self._kit, self._kind, self._options, self._mandatory = kit, kind, options, mandatory
        self._codes: tuple[str, ...] = USUAL[kind]
        self._filling = False
        self.list = _Moving(self.shift)
        self.list.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        self.list.setDefaultDropAction(Qt.DropAction.MoveAction)
        self.list.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.itemChanged.connect(lambda _item: self._store())
        self.list.model().rowsMoved.connect(lambda *_moved: self._store())
        kit.words.bind(self.list, lambda: self.list.setAccessibleName(say()))
        self.hint = label(
            kit,
            lambda: _("Drag a block, or move it with Alt and an arrow; Space takes it in or leaves it out."),
            "caption",
            wrap=True,
        )
        self.missing = label(kit, look="error", wrap=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        for widget in (self.hint, self.list, self.missing):
            column.addWidget(widget)
        kit.words.bind(self, self._fill)
        kit.theme.changed.connect(self._fill)

    def set_codes(self, codes: Sequence[str]) -> None:
        """Show a stored order; none is the usual one. Sends nothing."""
        wanted = order_of(self._kind, codes)
        if wanted != self._codes:
            self._codes = wanted
            self._fill()

    def codes(self) -> tuple[str, ...]:
        """The ticked blocks in their order."""
        items = (self.list.item(at) for at in range(self.list.count()))
        return tuple(str(item.data(_CODE)) for item in items if item.checkState() == Qt.CheckState.Checked)

    def shift(self, step: int) -> None:
        """Move the block the keyboard is on."""
        at = self.list.currentRow()
        to = at + step
        if at < 0 or not 0 <= to < self.list.count() or self._stands(at) or self._stands(to):
            return
        self._filling = True
        item = self.list.takeItem(at)
        self.list.insertItem(to, item)
        self.list.setCurrentRow(to)
        self._filling = False
        self._store()

    # --- inside -----------------------------------------------------------------------------------------------

    def _stands(self, at: int) -> bool:
        return str(self.list.item(at).data(_CODE)) in STANDING[self._kind]

    def _fill(self) -> None:
        """Blocks that are left out stand where they usually would, behind what comes before them."""
        _ = self._kit.words.gettext
        labels = {option.code: option.label for option in self._options()}
        mandatory, usual, order = set(self._mandatory()), USUAL[self._kind], list(self._codes)
        for at, code in enumerate(usual):
            if code not in order:
                before = [order.index(one) for one in usual[:at] if one in order]
                order.insert(max(before) + 1 if before else 0, code)
        current = self.list.currentItem().data(_CODE) if self.list.currentItem() is not None else None
        self._filling = True
        self.list.clear()
        for code in order:
            words = labels.get(code, code)
            if code in mandatory and self._kind != "cover":
                words = _("{block} — mandatory").format(block=words)
            elif code in STANDING[self._kind]:
                words = _("{block} — has its place").format(block=words)
            item = QListWidgetItem(words)
            item.setData(_CODE, code)
            flags = item.flags() | Qt.ItemFlag.ItemIsUserCheckable
            if code in STANDING[self._kind]:
                flags &= ~Qt.ItemFlag.ItemIsDragEnabled
            item.setFlags(flags & ~Qt.ItemFlag.ItemIsDropEnabled)
            item.setCheckState(Qt.CheckState.Checked if code in self._codes else Qt.CheckState.Unchecked)
            self.list.addItem(item)
            if code == current:
                self.list.setCurrentItem(item)
        self._fit()
        self._filling = False
        self._tell()

    def _store(self) -> None:
        if self._filling:
            return
        codes = self.codes()
        if codes and codes != self._codes:
            self._codes = codes
            self._tell()
            self.changed.emit(() if codes == USUAL[self._kind] else codes)
        elif not codes:  # a document without any block is none
            self._fill()

    def _tell(self) -> None:
        _ = self._kit.words.gettext
        labels = {option.code: option.label for option in self._options()}
        gone = [labels.get(code, code) for code in self._mandatory() if code not in self._codes]
        shown = bool(gone) and self._kind != "cover"
        self.missing.setVisible(shown)
        if shown:
            self.missing.setText(
                _("Left out though mandatory: {blocks}. Making the documents will ask about it.").format(
                    blocks=", ".join(gone)
                )
            )

    def _fit(self) -> None:
        row = self._kit.theme.px(28)
        for at in range(self.list.count()):
            self.list.item(at).setSizeHint(QSize(0, row))
        self.list.setFixedHeight(
            row * self.list.count() + 2 * self.list.frameWidth() + self._kit.theme.px(10)
        )


class _Moving(QListWidget):
    """Alt with an arrow moves a row."""

    def __init__(self, shift: Callable[[int], object]) -> None:
        super().__init__()
        self._shift = shift

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()))
        if step is not None and event.modifiers() & Qt.KeyboardModifier.AltModifier:
            self._shift(step)
        else:
            super().keyPressEvent(event)
