"""Where the text of a document begins in the company's own Word file, and what was taken out of its copy (R9)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QWidget

from kamdesk.desktop.dialogs.base import DialogBase
from kamdesk.desktop.kit import Kit
from kamdesk.desktop.pages.proposal_words import ProposalWords
from kamdesk.desktop.widgets.basic import label
from kamdesk.desktop.widgets.tick import Tick
from kamdesk.services.templates import TemplateView

if TYPE_CHECKING:
    from kamdesk.bootstrap import Workplace
    from kamdesk.documents.letterhead_places import Place

_SHOWN = 110


@dataclass(frozen=True)
class LetterheadFile:
    """A company's file and the blocks of its body; ``places`` is empty for a template with fields."""

    view: TemplateView
    places: tuple[Place, ...]

    @classmethod
    def read(cls, place: Workplace, template_id: str) -> LetterheadFile:
        """Look at a kept file; asks the worker, so not for the GUI thread."""
        view = place.templates.view(template_id)
        if view.mode != "letterhead":
            return cls(view, ())
        return cls(view, place.workers.places(place.templates.content(template_id)))


class LetterheadDialog(DialogBase):
    """``chosen(index)``: the text begins before this block of the body, None behind all of it.

    ``settled(index, is_default, table_pattern)`` says the same with what is ticked below.
    """

    chosen = Signal(object)
    settled = Signal(object, bool, bool)

    def __init__(
        self, kit: Kit, words: ProposalWords, file: LetterheadFile, parent: QWidget | None = None
    ) -> None:
        _ = kit.words.gettext
        super().__init__(
            kit,
            lambda: _("“{name}” is ready to use").format(name=file.view.name),
            parent,
            ok=lambda: _("Use it"),
            cancel=lambda: _("Close"),
        )
        self.setMinimumWidth(kit.theme.px(620 if file.places else 420))
        self._file = file
        if file.view.removed:
            removed = [words.message(one) for one in file.view.removed]
            self.body.addWidget(
                label(
                    kit,
                    lambda: _("Taken out of our copy; the file on your disk stays as it is:"),
                    "muted",
                    wrap=True,
                )
            )
            self.body.addWidget(label(kit, lambda: "\n".join(f"• {one}" for one in removed), wrap=True))
        self.list = QListWidget()
        if file.places:
            self._offer_places()
        else:
            self.body.addWidget(
                label(
                    kit,
                    lambda: _(
                        "It has fields of its own: they are filled, and nothing else in it is changed."
                    ),
                    wrap=True,
                )
            )
        self.default = Tick(kit)
        self.default.setText(_("Take this file for new proposals"))
        self.default.setChecked(file.view.is_default)
        self.body.addWidget(self.default)
        self.pattern = Tick(kit)
        self.pattern.setText(_("Tables look like the first table of the file"))
        self.pattern.setChecked(file.view.table_pattern)
        self.pattern.setVisible(any(place.kind == "table" and place.role != "head" for place in file.places))
        self.body.addWidget(self.pattern)

    def _offer_places(self) -> None:
        kit, _ = self.kit, self.kit.words.gettext
        self.body.addWidget(label(kit, lambda: _("Where does the text begin? Everything from there on is replaced by the proposal; what stands above is kept."), wrap=True))  # fmt: skip
        self.list.setAccessibleName(_("Places in the file"))
        self.list.setWordWrap(False)
        self.list.setMinimumSize(QSize(kit.theme.px(560), kit.theme.px(260)))
        start = self._file.view.start_at
        for place in self._file.places:
            text = " ".join(place.text.split())[:_SHOWN]
            item = QListWidgetItem(
                kit.icons.icon(_ICONS.get(place.kind, "note")), text or self._without_text(place.kind)
            )
            item.setData(Qt.ItemDataRole.UserRole, None if place.kind == "end" else place.index)
            item.setToolTip(self._role(place.role))
            self.list.addItem(item)
            if (place.index == start) if start is not None else place.suggested:
                item.setText(
                    _("{text}   ← here").format(text=item.text()) if place.suggested else item.text()
                )
                self.list.setCurrentItem(item)
        self.list.itemActivated.connect(lambda _item: self.accept())
        self.body.addWidget(self.list, 1)
        self.list.setFocus()

    def accept(self) -> None:
        """Use the file from the chosen place on."""
        item = self.list.currentItem()
        start = self._file.view.start_at
        if self._file.places and item is not None:
            start = item.data(Qt.ItemDataRole.UserRole)
            self.chosen.emit(start)
        self.settled.emit(start, self.default.isChecked(), self.pattern.isChecked())
        super().accept()

    def _without_text(self, kind: str) -> str:
        _ = self.kit.words.gettext
        names = {
            "table": _("Table"),
            "picture": _("Picture"),
            "contents": _("Table of contents"),
            "empty": _("Empty line"),
            "end": _("At the end of the file"),
        }
        return names.get(kind, _("Empty line"))

    def _role(self, role: str) -> str:
        _ = self.kit.words.gettext
        names = {
            "head": _("Belongs to the letterhead"),
            "number": _("Number and date"),
            "address": _("Addressee"),
            "salutation": _("Salutation"),
            "signature": _("Signature"),
        }
        return names.get(role, "")


_ICONS = {"table": "table", "picture": "picture", "heading": "text-size", "end": "down"}
