"""A named choice among records (a seat above, a unit, a person): saves at once, says a refusal beside it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QVBoxLayout, QWidget

from kamdesk.desktop.kit import Kit, Option
from kamdesk.desktop.widgets.basic import Say, label, set_state
from kamdesk.desktop.widgets.inline_choice import Combo
from kamdesk.model.messages import Message


class Chooser(QWidget):
    """``on_choose(id or "")`` when another record was chosen; answer a refusal with :meth:`show_problem`."""

    def __init__(
        self,
        kit: Kit,
        say: Say,
        on_choose: Callable[[str], object],
        *,
        caption: bool = True,
        look: str = "inline",
    ) -> None:
        super().__init__()
        self._kit, self._on_choose = kit, on_choose
        self._current = ""
        self.combo = Combo(kit, look)
        self.combo.setSizeAdjustPolicy(Combo.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.combo.setMinimumContentsLength(8)
        self._problem = label(kit, look="error", wrap=True)
        self._problem.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        if caption:
            name = label(kit, say, "caption", buddy=self.combo)
            name.setContentsMargins(8, 0, 0, 0)
            column.addWidget(name)
        column.addWidget(self.combo)
        column.addWidget(self._problem)
        self.setFocusProxy(self.combo)
        kit.words.bind(self.combo, lambda: self.combo.setAccessibleName(say()))
        self.combo.activated.connect(lambda _at: self._chosen())

    def show_choices(self, options: Sequence[Option], current: str) -> None:
        """Offer these and show which one holds."""
        shown = [(self.combo.itemText(at), self.combo.itemData(at)) for at in range(self.combo.count())]
        if shown != [(one.label, one.code) for one in options]:
            self.combo.clear()
            for one in options:
                self.combo.addItem(one.label, one.code)
        self._current = current
        self.combo.setCurrentIndex(self.combo.findData(current))
        self._tell("")

    def show_problem(self, problem: Message) -> None:
        """Say why it was refused; the old choice is shown again."""
        self.combo.setCurrentIndex(self.combo.findData(self._current))
        self._tell(self._kit.words.message(problem))

    def _chosen(self) -> None:
        code = str(self.combo.currentData() or "")
        if code != self._current:
            self._tell("")
            self._on_choose(code)

    def _tell(self, words: str) -> None:
        self._problem.setText(words)
        self._problem.setVisible(bool(words))
        set_state(self.combo, "wrong", bool(words))
        self.combo.setAccessibleDescription(words)
