"""How a template looks with a sample; for a letterhead, beside it, the blocks of the file to point at where the text begins."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QSplitter, QVBoxLayout, QWidget

from kamdesk.desktop.kit import Kit
from kamdesk.desktop.widgets.basic import label
from kamdesk.desktop.widgets.page_preview import PagePreview

_ICONS = {
    "table": "table",
    "picture": "picture",
    "heading": "text-size",
    "empty": "",
    "contents": "note",
    "end": "down",
}


class LookPanel(QWidget):
    """``start_chosen(index)``: the text is to begin at this block."""

    start_chosen = Signal(int)

    def __init__(self, kit: Kit) -> None:
        super().__init__()
        self._kit = kit
        _ = kit.words.gettext
        self._places: Sequence[Any] = ()
        self._start: int | None = None
        self.blocks = QListWidget()
        self.blocks.setWordWrap(True)
        self.blocks.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.blocks.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.blocks.itemActivated.connect(lambda item: self._choose(self.blocks.row(item)))
        self.blocks.itemClicked.connect(lambda item: self._choose(self.blocks.row(item)))
        self.preview = PagePreview(kit)
        self.problem = label(kit, look="error", wrap=True)
        self.problem.hide()
        self.left = QWidget()
        column = QVBoxLayout(self.left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(label(kit, lambda: _("Where does the text begin?"), "heading", wrap=True))
        column.addWidget(
            label(
                kit,
                lambda: _(
                    "What stands above stays on every letter. From the marked place on, the file gives way to the proposal."
                ),
                "caption",
                wrap=True,
            )
        )
        column.addWidget(self.blocks, 1)
        right = QWidget()
        shown = QVBoxLayout(right)
        shown.setContentsMargins(0, 0, 0, 0)
        shown.setSpacing(4)
        shown.addWidget(self.problem)
        shown.addWidget(self.preview, 1)
        self.splitter = QSplitter(Qt.Orientation.Horizontal)
        self.splitter.setHandleWidth(14)
        self.splitter.setChildrenCollapsible(False)
        self.splitter.addWidget(self.left)
        self.splitter.addWidget(right)
        self.splitter.setStretchFactor(0, 2)
        self.splitter.setStretchFactor(1, 3)
        self.splitter.setSizes([280, 420])
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self.splitter)
        kit.words.bind(self, self._fill)

    def show_places(self, places: Sequence[Any], start: int | None) -> None:
        """The blocks of a letterhead; () hides the list. None for the start is the suggested place."""
        self._places, self._start = tuple(places), start
        self.left.setVisible(bool(places))
        self._fill()

    def start(self) -> int:
        """The index of the block at which the text begins; −1 without blocks."""
        if self._start is not None and self._start < len(self._places):
            return self._start
        return next((place.index for place in self._places if place.suggested), -1)

    def show_problem(self, words: str) -> None:
        """Say why there is no picture; "" takes it away."""
        self.problem.setText(words)
        self.problem.setVisible(bool(words))

    def _fill(self) -> None:
        _ = self._kit.words.gettext
        self.blocks.setAccessibleName(_("Where does the text begin?"))
        at = self.blocks.currentRow()
        self.blocks.clear()
        start = self.start()
        for place in self._places:
            item = QListWidgetItem(self._say(place, start))
            if place.index == start:
                item.setIcon(self._kit.icons.icon("forward", "accent_text"))
                font = item.font()
                font.setBold(True)
                item.setFont(font)
            else:
                name = _ICONS.get(place.kind, "note")
                if name:
                    item.setIcon(self._kit.icons.icon(name, "muted"))
            if place.index < start:
                item.setForeground(self._kit.theme.colour("muted"))
            self.blocks.addItem(item)
        self.blocks.setCurrentRow(at if at >= 0 else start)

    def _say(self, place: Any, start: int) -> str:
        _ = self._kit.words.gettext
        roles = {
            "head": _("head of the letter"),
            "number": _("number and date"),
            "address": _("addressee"),
            "salutation": _("salutation"),
            "signature": _("signature"),
        }
        kinds = {
            "table": _("Table"),
            "picture": _("Picture"),
            "empty": _("Empty line"),
            "contents": _("Table of contents"),
            "end": _("After everything"),
        }
        text = place.text[:90] + ("…" if len(place.text) > 90 else "")
        words = text if text and place.kind not in ("contents", "end") else kinds.get(place.kind, text)
        if place.kind == "table" and text:
            words = f"{kinds['table']}: {text}"
        notes = [roles[place.role]] if place.role in roles else []
        if place.index == start:
            notes.append(_("the text begins here"))
        elif place.suggested:
            notes.append(_("suggested"))
        return f"{words}\n{', '.join(notes)}" if notes else words

    def _choose(self, row: int) -> None:
        if 0 <= row < len(self._places) and self._places[row].index != self.start():
            self.start_chosen.emit(self._places[row].index)
