"""The looks of merging: both records side by side, one choice a field; what agrees is folded away."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from kamdesk.desktop.dialogs.base import DialogBase
from kamdesk.desktop.kit import Kit
from kamdesk.desktop.widgets.basic import button, clear, columns, label, line
from kamdesk.desktop.widgets.private import mark_private
from kamdesk.desktop.widgets.scroll import scrolling
from kamdesk.desktop.widgets.tick import Tick
from kamdesk.model.values import Sensitivity
from kamdesk.rules import merge
from kamdesk.services.merging import MergeField, MergePlan

_LONGEST = 300


class MergeView(DialogBase):
    """``words(field, side)`` says a value; the choices of the moment are :meth:`choices`."""

    def __init__(self, kit: Kit, parent: QWidget, words: Callable[[MergeField, str], str]) -> None:
        _ = kit.words.gettext
        super().__init__(kit, lambda: _("Merge two records"), parent, ok=lambda: _("Merge"))
        self._words = words
        self._groups: dict[str, QButtonGroup] = {}
        self._plan: MergePlan | None = None
        self.setMinimumSize(kit.theme.px(860), kit.theme.px(560))
        self.swap = button(kit, lambda: _("Keep the other one"), "refresh", "link")
        self.swap.setAutoDefault(False)
        self.show_equal = Tick(kit)
        self.show_equal.toggled.connect(lambda _on: self._fill())
        self.moves = label(kit, look="caption", wrap=True)
        inner = QWidget()
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(14)
        self._grid.setVerticalSpacing(6)
        for at, stretch in enumerate((2, 4, 4, 1)):
            self._grid.setColumnStretch(at, stretch)
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 0, 4, 0)
        column.addLayout(self._grid)
        column.addStretch(1)
        scroll = scrolling(inner, sideways=False)
        self.body.addWidget(scroll, 1)
        self.body.addLayout(columns(self.show_equal, 1, self.swap))
        self.body.addWidget(self.moves)
        self.body.addWidget(
            label(
                kit,
                lambda: _(
                    "The stricter “May be shown to” holds. One undo brings both records back as they were."
                ),
                "caption",
                wrap=True,
            )
        )
        kit.words.bind(self, self._fill)

    def show_plan(self, plan: MergePlan) -> None:
        """Show two records; choices begin with what is proposed."""
        self._plan = plan
        self._groups = {}
        self._fill()

    def choices(self) -> dict[str, str]:
        """Name of field → kept, other or both."""
        return {
            name: str(group.checkedButton().property("side"))
            for name, group in self._groups.items()
            if group.checkedButton() is not None
        }

    # --- inside -----------------------------------------------------------------------------------------------

    def _fill(self) -> None:
        plan, _ = self._plan, self.kit.words.gettext
        if plan is None:
            return
        ngettext = self.kit.words.ngettext
        chosen = self.choices()
        clear(self._grid)
        self._groups = {}
        self._row(0, None, _("Kept"), _("Goes into it"))
        names = [label(self.kit, look="heading", wrap=True) for _side in range(2)]
        for at, (made, title) in enumerate(zip(names, (plan.kept_title, plan.other_title), strict=True)):
            made.setText(title)
            self._grid.addWidget(made, 1, at + 1)
        self._grid.addWidget(line(), 2, 0, 1, 4)
        differ = [field for field in plan.fields if not field.equal]
        agree = [field for field in plan.fields if field.equal]
        at = 3
        for field in differ:
            self._choice(at, field, chosen.get(field.name, field.proposed))
            at += 1
        if not differ:
            self._grid.addWidget(label(self.kit, lambda: _("All fields agree."), "muted"), at, 1, 1, 2)
            at += 1
        for field in agree if self.show_equal.isChecked() else ():
            self._row(at, field, self._words(field, merge.KEPT), "")
            at += 1
        n = len(agree)
        self.show_equal.setVisible(n > 0)
        self.show_equal.setText(
            ngettext("Show {n} field that agrees", "Show {n} fields that agree", n).format(n=n)
        )
        moving = ", ".join(f"{_(noun)}: {count}" for noun, count in plan.moves)
        self.moves.setText(_("Goes over to the kept record: {what}").format(what=moving) if moving else "")
        self.moves.setVisible(bool(moving))

    def _called(self, field: MergeField) -> str:
        russian, english = field.labels
        own = russian if self.kit.words.language == "ru" else english
        return own or self.kit.words.gettext(field.label)

    def _row(self, at: int, field: MergeField | None, *values: str) -> None:
        texts = [self._called(field) if field is not None else "", *values]
        for column, text in enumerate(texts):
            made = label(self.kit, look="muted" if column == 0 or field is None else "", wrap=True)
            made.setText(text)
            if field is not None and column and field.sensitivity is Sensitivity.PRIVATE:
                mark_private(made)
            self._grid.addWidget(made, at, column)

    def _choice(self, at: int, field: MergeField, side: str) -> None:
        _ = self.kit.words.gettext
        name = label(self.kit, look="muted", wrap=True)
        name.setText(self._called(field))
        self._grid.addWidget(name, at, 0)
        group = QButtonGroup(self)
        sides = [(merge.KEPT, ""), (merge.OTHER, "")]
        if field.can_join:
            sides.append((merge.BOTH, _("Both")))
        for column, (code, said) in enumerate(sides, start=1):
            value = said or self._words(field, code)
            made = _Side(value if len(value) <= _LONGEST else value[: _LONGEST - 1] + "…")
            made.setToolTip(value if len(value) > _LONGEST else "")
            made.radio.setAccessibleName(f"{self._called(field)}: {value}")
            made.radio.setProperty("side", code)
            made.radio.setChecked(code == side)
            if field.sensitivity is Sensitivity.PRIVATE:
                mark_private(made)
            group.addButton(made.radio)
            self._grid.addWidget(made, at, column)
        self._groups[field.name] = group


class _Side(QWidget):
    """A choice whose words may take several lines; a click on them chooses too."""

    def __init__(self, words: str) -> None:
        super().__init__()
        self.radio = QRadioButton()
        said = QLabel(words)
        said.setTextFormat(Qt.TextFormat.PlainText)
        said.setWordWrap(True)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 2, 0, 2)
        row.setSpacing(6)
        row.addWidget(self.radio, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(said, 1, Qt.AlignmentFlag.AlignTop)
        self.setFocusProxy(self.radio)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Choose this side."""
        self.radio.setChecked(True)
        super().mouseReleaseEvent(event)
