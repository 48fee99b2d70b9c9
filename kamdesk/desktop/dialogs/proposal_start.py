"""Starting a proposal: for which client, about what, and from nothing or from an earlier one (R12)."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCompleter, QLineEdit, QListWidget, QListWidgetItem, QWidget

from kamdesk.desktop.dialogs.base import DialogBase
from kamdesk.desktop.kit import Kit
from kamdesk.desktop.pages.proposal_words import ProposalWords
from kamdesk.desktop.widgets.basic import label
from kamdesk.desktop.widgets.inline_choice import Combo
from kamdesk.model.written import write_date
from kamdesk.services.organisations import OrganisationRow
from kamdesk.services.proposal_views import ProposalRow


class StartDialog(DialogBase):
    """``ordered(client id, earlier proposal id or "", subject)``. Clients and proposals are given by :meth:`show_choices`."""

    ordered = Signal(str, str, str)

    def __init__(
        self,
        kit: Kit,
        words: ProposalWords,
        client: str = "",
        parent: QWidget | None = None,
        *,
        source: str = "",
    ) -> None:
        _ = kit.words.gettext
        super().__init__(kit, lambda: _("Start a proposal"), parent, ok=lambda: _("Start it"))
        self._source = source
        self.setMinimumWidth(kit.theme.px(600))
        self._words = words
        self._wanted = client
        self._proposals: tuple[ProposalRow, ...] = ()
        self.client = Combo(kit)
        self.client.setEditable(True)
        self.client.setInsertPolicy(Combo.InsertPolicy.NoInsert)
        self.client.completer().setCompletionMode(QCompleter.CompletionMode.PopupCompletion)
        self.client.completer().setFilterMode(Qt.MatchFlag.MatchContains)
        self.client.currentIndexChanged.connect(lambda _at: self._show_proposals())
        self.client.currentTextChanged.connect(lambda _text: self.tell(""))
        self.subject = QLineEdit()
        self.source = QListWidget()
        self.source.setMinimumSize(kit.theme.px(520), kit.theme.px(190))
        self.source.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.source.setResizeMode(QListWidget.ResizeMode.Adjust)
        self.source.itemActivated.connect(lambda _item: self.accept())
        self.source.currentItemChanged.connect(lambda _now, _was: self._say_carried())
        for say, field in (
            (lambda: _("Client"), self.client),
            (lambda: _("Subject"), self.subject),
            (lambda: _("Start from"), self.source),
        ):
            self.body.addWidget(label(kit, say, "caption", buddy=field))
            self.body.addWidget(field)
            kit.words.bind(field, lambda field=field, say=say: field.setAccessibleName(say()))
        self.subject.setPlaceholderText(_("What is offered, in a few words; it can be changed later"))
        self.note = label(kit, self._carried, "caption", wrap=True)
        self.body.addWidget(self.note)
        (self.subject if client else self.client).setFocus()

    def show_choices(self, clients: Sequence[OrganisationRow], proposals: Sequence[ProposalRow]) -> None:
        """Offer these."""
        self._proposals = tuple(proposals)
        for row in clients:
            self.client.addItem(row.name, row.id)
        at = self.client.findData(self._wanted)
        self.client.setCurrentIndex(at if at >= 0 else (0 if len(clients) == 1 else -1))
        self._show_proposals()

    def accept(self) -> None:
        """Order it, or say that a client is missing."""
        _ = self.kit.words.gettext
        at = self.client.findText(self.client.currentText(), Qt.MatchFlag.MatchFixedString)
        if at < 0:
            self.tell(_("Choose the client first."))
            self.client.setFocus()
            return
        item = self.source.currentItem()
        source = str(item.data(Qt.ItemDataRole.UserRole) or "") if item is not None else ""
        self.ordered.emit(str(self.client.itemData(at)), source, self.subject.text().strip())
        super().accept()

    def _say_carried(self) -> None:
        self.note.setText(self._carried())

    def _carried(self) -> str:
        """What comes along from an earlier proposal, and what stays with its client."""
        _ = self.kit.words.gettext
        client = self.client.currentData()
        item = self.source.currentItem()
        chosen = item.data(Qt.ItemDataRole.UserRole) if item is not None else None
        source = next((row for row in self._proposals if row.id == chosen), None)
        if source is None or client is None or source.organisation_id == client:
            return _(
                "From an earlier proposal come offer, figures and texts; for the same client also readers and arguments."
            )
        return _(
            "Offer, figures, terms and texts come along. Number, date, readers, wordings for them, the task and the next step of {client} do not; places that still name {client} are shown in the draft."
        ).format(client=source.organisation)

    def _show_proposals(self) -> None:
        _, language = self.kit.words.gettext, self.kit.words.language
        client = self.client.currentData()
        self.source.clear()
        nothing = QListWidgetItem(
            self.kit.icons.icon("add"), _("From nothing: our usual terms and the client's decision group")
        )
        self.source.addItem(nothing)
        for row in sorted(self._proposals, key=lambda one: one.organisation_id != client):
            parts = [row.number, row.organisation, self._words.label("proposal_status", row.status)]
            if row.date is not None:
                parts.append(write_date(row.date, language))
            subject = row.subject or _("Proposal without a subject")
            item = QListWidgetItem(
                self.kit.icons.icon("proposals"), f"{subject}\n{' · '.join(part for part in parts if part)}"
            )
            item.setData(Qt.ItemDataRole.UserRole, row.id)
            self.source.addItem(item)
            if row.id == self._source:
                self.source.setCurrentItem(item)
        if self.source.currentRow() < 0:
            self.source.setCurrentRow(0)
