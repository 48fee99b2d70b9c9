"""Which column of a table is what: each with its header, its first values and the field it becomes."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from kamdesk.desktop.kit import Kit
from kamdesk.desktop.pages.import_words import FIELD_LABELS, ImportWords
from kamdesk.desktop.widgets.basic import Say, clear, label
from kamdesk.desktop.widgets.inline_choice import Combo
from kamdesk.desktop.widgets.scroll import scrolling
from kamdesk.exchange.encodings import CHOICES
from kamdesk.exchange.tables import SEPARATORS
from kamdesk.worker.contacts import TableLook


class ColumnsPanel(QWidget):
    """``fields_changed(tuple)``: a column was given another field; ``reading_changed()``: sheet, encoding or separator."""

    fields_changed = Signal(object)
    reading_changed = Signal()

    def __init__(self, kit: Kit) -> None:
        super().__init__()
        self._kit = kit
        self._words = ImportWords(kit)
        _ = kit.words.gettext
        self._look: TableLook | None = None
        self._combos: list[Combo] = []
        self.sheet = self._choice(lambda: _("Sheet"))
        self.encoding = self._choice(lambda: _("Encoding"))
        self.separator = self._choice(lambda: _("Separator"))
        self._rows = QVBoxLayout()
        self._rows.setSpacing(8)
        self._rows.setAlignment(Qt.AlignmentFlag.AlignTop)
        inner = QWidget()
        inner.setLayout(self._rows)
        self._rows.setContentsMargins(2, 2, 8, 2)
        scroll = scrolling(inner, sideways=False)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(8)
        outer.addWidget(label(kit, lambda: _("What stands in the columns"), "heading"))
        reading = QHBoxLayout()
        reading.setSpacing(6)
        for combo in (self.sheet, self.encoding, self.separator):
            reading.addWidget(combo, 1)
        outer.addLayout(reading)
        outer.addWidget(scroll, 1)
        kit.words.bind(self, self._draw)

    def show_table(self, look: TableLook | None) -> None:
        """Show a table; None while there is none."""
        self._look = look
        self._draw()

    def fields(self) -> tuple[str, ...]:
        """What the columns are taken for."""
        return tuple(combo.currentData() for combo in self._combos)

    # --- inside -----------------------------------------------------------------------------------------------

    def _choice(self, say: Say) -> Combo:
        made = Combo(self._kit)
        made.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        made.activated.connect(lambda _at: self.reading_changed.emit())
        self._kit.words.bind(made, lambda: made.setAccessibleName(say()))
        self._kit.words.bind(made, lambda: made.setToolTip(say()))
        return made

    def _draw(self) -> None:
        clear(self._rows)
        self._combos = []
        look = self._look
        if look is None:
            return
        _ = self._kit.words.gettext
        self._fill(self.sheet, [(name, name) for name in look.sheets], look.sheet)
        encodings = list(dict.fromkeys((*CHOICES, look.encoding)))
        self._fill(
            self.encoding, [(name, name) for name in encodings] if look.encoding else [], look.encoding
        )
        names = {";": _("Semicolon"), ",": _("Comma"), "\t": _("Tab"), "|": _("Vertical line")}
        marks = list(dict.fromkeys((*SEPARATORS, look.separator)))
        self._fill(
            self.separator,
            [(mark, names.get(mark, mark)) for mark in marks] if look.separator else [],
            look.separator,
        )
        for at, field in enumerate(look.fields):
            self._rows.addWidget(self._column(look, at, field))

    def _fill(self, combo: Combo, choices: list[tuple[str, str]], chosen: str) -> None:
        combo.clear()
        for value, words in choices:
            combo.addItem(words, value)
        combo.setCurrentIndex(max(0, combo.findData(chosen)))
        combo.setVisible(len(choices) > 1)

    def _column(self, look: TableLook, at: int, field: str) -> QWidget:
        kit, _ = self._kit, self._kit.words.gettext
        header = look.headers[at].strip() if at < len(look.headers) else ""
        name = header or _("Column {n}").format(n=at + 1)
        values = [row[at].strip() for row in look.examples if at < len(row) and row[at].strip()]
        examples = ", ".join(list(dict.fromkeys(values))[:3])
        combo = Combo(kit)
        combo.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        for code in FIELD_LABELS:
            shown = field if code == field.partition(":")[0] else code
            combo.addItem(self._words.field(code), shown)
        combo.setCurrentIndex(max(0, combo.findData(field)))
        combo.setAccessibleName(_("What “{column}” is").format(column=name))
        combo.activated.connect(lambda _index: self.fields_changed.emit(self.fields()))
        self._combos.append(combo)
        row = QWidget()
        words = QVBoxLayout()
        words.setSpacing(0)
        head = label(kit, lambda: name)
        line = label(kit, lambda: examples or "—", "caption")
        for part, tip in ((head, name), (line, "\n".join(values[:10]))):
            part.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
            part.setToolTip(tip)
            words.addWidget(part)
        across = QHBoxLayout(row)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(8)
        across.addLayout(words, 1)
        across.addWidget(combo, 1)
        return row
