"""One field of several chosen records is changed in one step."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from kamdesk.desktop.dialogs.base import DialogBase
from kamdesk.desktop.kit import Kit
from kamdesk.desktop.widgets.basic import clear, columns, label
from kamdesk.desktop.widgets.editor_for import can_edit, editor_for
from kamdesk.desktop.widgets.inline_base import InlineEditor
from kamdesk.desktop.widgets.inline_choice import Combo
from kamdesk.model.fields import FieldSpec


class ChangeManyDialog(DialogBase):
    """``ordered(name of the field, value)``; an empty value empties the field of all."""

    ordered = Signal(str, object)

    def __init__(
        self, kit: Kit, count: int, specs: Sequence[FieldSpec], parent: QWidget | None = None
    ) -> None:
        _, ngettext = kit.words.gettext, kit.words.ngettext
        super().__init__(
            kit,
            lambda: ngettext("Change {n} record", "Change {n} records", count).format(n=count),
            parent,
            ok=lambda: _("Change"),
        )
        self._specs = tuple(spec for spec in specs if can_edit(spec) and not spec.required)
        self.field = Combo(kit)
        for spec in self._specs:
            self.field.addItem(_(spec.label), spec.name)
        kit.words.bind(self.field, lambda: self.field.setAccessibleName(_("Field")))
        self.editor: InlineEditor | None = None
        self._room = QVBoxLayout()
        self.body.addLayout(columns(label(kit, lambda: _("Field"), buddy=self.field), self.field))
        self.body.addLayout(self._room)
        self.body.addWidget(
            label(
                kit,
                lambda: _("What stood there before is kept in the history: Ctrl+Z brings it back."),
                "caption",
                wrap=True,
            )
        )
        self.field.currentIndexChanged.connect(lambda _at: self._choose())
        self._choose()

    def _choose(self) -> None:
        clear(self._room)
        spec = self._spec()
        self.editor = editor_for(spec, _nothing(spec), self.kit)
        self._room.addWidget(self.editor)

    def _spec(self) -> FieldSpec:
        return self._specs[max(0, self.field.currentIndex())]

    def accept(self) -> None:
        """Give the field and its value."""
        if self.editor is not None and self.editor.flush():
            self.ordered.emit(self._spec().name, self.editor.value())
            super().accept()


def _nothing(spec: FieldSpec) -> Any:
    return {"text": "", "long_text": "", "code": "", "codes": (), "yes_no": False}.get(spec.kind.value)
