"""A concession as it is typed: what was given, what was got, what each is worth, and to whom it belongs. Private."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from kamdesk.desktop.dialogs.base import DialogBase
from kamdesk.desktop.kit import Kit, Option
from kamdesk.desktop.pages.people_words import Said
from kamdesk.desktop.widgets.basic import label
from kamdesk.desktop.widgets.inline_base import InlineEditor
from kamdesk.desktop.widgets.inline_choice import InlineChoice
from kamdesk.desktop.widgets.inline_text import InlineDate, InlineDecimal, InlineText
from kamdesk.desktop.widgets.private import mark_private
from kamdesk.model.messages import Message
from kamdesk.services.concessions import ConcessionData, ConcessionView


@dataclass(frozen=True)
class Belongs:
    """What a concession may belong to: ids and names of the client's people, deals and proposals."""

    people: Sequence[tuple[str, str]]
    deals: Sequence[tuple[str, str]]
    proposals: Sequence[tuple[str, str]]


class ConcessionDialog(DialogBase):
    """``ordered(ConcessionData)``; whoever stores it calls :meth:`done_well` or :meth:`refused`."""

    ordered = Signal(object)

    def __init__(
        self, kit: Kit, said: Said, start: ConcessionData, belongs: Belongs, today: date, parent: QWidget
    ) -> None:
        _ = kit.words.gettext
        super().__init__(kit, lambda: _("Concession"), parent, ok=lambda: _("Save"))
        self.setMinimumWidth(kit.theme.px(560))
        self.given = InlineText(kit, lambda: _("What was given"))
        self.got = InlineText(kit, lambda: _("What was got"))
        self.kind = InlineChoice(
            kit, lambda: _("Kind"), lambda: said.options("concession_kind"), required=True
        )
        self.cost = InlineDecimal(kit, lambda: _("Costs us"))
        self.worth = InlineDecimal(kit, lambda: _("Worth to us"))
        self.currency = InlineChoice(
            kit, lambda: _("Currency"), lambda: said.options("currency"), required=True
        )
        self.given_on = InlineDate(kit, lambda: _("When"))
        self.person = _one_of(kit, lambda: _("Who asked"), belongs.people)
        self.deal = _one_of(kit, lambda: _("Deal"), belongs.deals)
        self.proposal = _one_of(kit, lambda: _("Proposal"), belongs.proposals)
        self.note = InlineText(kit, lambda: _("Remark"))
        self._fields: dict[str, InlineEditor] = {
            "given": self.given, "got": self.got, "kind": self.kind, "cost": self.cost, "worth": self.worth,
            "currency": self.currency, "given_on": self.given_on, "person_id": self.person, "deal_id": self.deal,
            "proposal_id": self.proposal, "note": self.note,
        }  # fmt: skip
        grid = QGridLayout()
        grid.setColumnStretch(1, 1)
        grid.setHorizontalSpacing(12)
        for at, (name, editor) in enumerate(self._fields.items()):
            grid.addWidget(label(kit, editor.label_text, "muted", buddy=editor), at, 0)
            grid.addWidget(editor, at, 1)
            if isinstance(editor, (InlineText, InlineDecimal, InlineDate)):
                # its name stands beside it already
                kit.words.bind(editor.line, lambda line=editor.line: line.setPlaceholderText("\u2014"))
            value = getattr(start, name)
            editor.set_value(today if name == "given_on" and value is None else value)
        self.body.addLayout(grid)
        mark_private(self)
        self.given.focus()

    def accept(self) -> None:
        """Ask for it to be stored; the dialog stays until it is."""
        if not all(editor.flush() for editor in self._fields.values()):
            return
        values = {name: editor.value() for name, editor in self._fields.items()}
        for name in ("given", "got", "note"):
            values[name] = values[name] or ""
        for name in ("person_id", "deal_id", "proposal_id"):
            values[name] = values[name] or None
        self.ordered.emit(ConcessionData(**values))

    def done_well(self) -> None:
        """It is stored."""
        super().accept()

    def refused(self, message: Message) -> None:
        """Say why not."""
        self.tell(self.kit.words.message(message))


def data_of(view: ConcessionView) -> ConcessionData:
    """A concession as it can be typed again."""
    return ConcessionData(
        view.given, view.got, view.kind, view.cost, view.worth, view.currency, view.given_on, view.deal_id,
        view.proposal_id, view.person_id, view.note,
    )  # fmt: skip


def _one_of(kit: Kit, say, known: Sequence[tuple[str, str]]) -> InlineChoice:
    return InlineChoice(kit, say, lambda: [Option(row_id, name) for row_id, name in known], nothing=None)
