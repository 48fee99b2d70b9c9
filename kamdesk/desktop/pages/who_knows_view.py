"""The look of who knows whom: the client, the question who knows about what, the matrix, and what is said of one cell."""

from __future__ import annotations

from abc import abstractmethod

from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from kamdesk.desktop.desk import Desk
from kamdesk.desktop.models.who_knows import WhoKnowsModel
from kamdesk.desktop.pages.people_keyed import bare
from kamdesk.desktop.pages.person_known_by import how_well
from kamdesk.desktop.widgets.basic import button, columns, label, set_look
from kamdesk.desktop.widgets.cards import EmptyState
from kamdesk.desktop.widgets.hooks import Hooks
from kamdesk.desktop.widgets.inline_choice import Combo
from kamdesk.desktop.widgets.inline_text import InlinePartialDate, InlineText
from kamdesk.desktop.widgets.page import PageBase
from kamdesk.desktop.widgets.private import mark_private
from kamdesk.desktop.widgets.section import Card, FieldList
from kamdesk.desktop.widgets.who_knows_table import WhoKnowsTable


class WhoKnowsView(PageBase, metaclass=Hooks):
    """Behaviour is in ``who_knows``."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk.kit)
        kit, _ = desk.kit, desk.kit.words.gettext
        self.client = Combo(kit)
        self.client.setMinimumWidth(kit.theme.px(220))
        kit.words.bind(self.client, lambda: self.client.setAccessibleName(_("Client")))
        self.search = QLineEdit()
        self.search.setClearButtonEnabled(True)
        self.search.setMinimumWidth(kit.theme.px(220))
        kit.words.bind(self.search, lambda: self.search.setPlaceholderText(_("Who knows about…")))
        kit.words.bind(self.search, lambda: self.search.setAccessibleName(_("Who knows about…")))
        self.client_button = button(kit, lambda: _("Open the client"), "organisation", "link")
        bar = QWidget()
        line = columns(self.client, self.client_button, 1, self.search, spacing=8)
        line.setContentsMargins(0, 0, 0, 0)
        bar.setLayout(line)
        self.add_below_title(bar)
        self.experts = label(kit, look="muted", wrap=True)
        self.experts.hide()
        self.model = WhoKnowsModel(kit, lambda strength: how_well(kit, strength), self.set_strength)
        self.table = WhoKnowsTable(
            kit, lambda: _("Who of us knows whom: 0 to 3 sets a cell, Enter goes to the remark"), self.model
        )
        self.hint = label(
            kit,
            lambda: _("0 not at all · 1 slightly · 2 well · 3 closely. A key or a click sets it."),
            "caption",
            wrap=True,
        )
        self.detail = Card(kit)
        self.who = label(kit, look="heading", wrap=True)
        self.note = InlineText(kit, lambda: _("Remark"))
        self.since = InlinePartialDate(kit, lambda: _("Since"))
        self.fields = FieldList(kit)
        for editor in (self.since, self.note):
            self.fields.add(editor, always=True)
            set_look(editor.line, "")
        bare(self.since, lambda: _("2019, May 2019"))
        bare(self.note, lambda: _("From where, through whom"))
        self.detail.body.addWidget(self.who)
        self.detail.body.addWidget(self.fields)
        self.empty = EmptyState(
            kit,
            "people",
            lambda: _(
                "Our colleagues stand across, the people of the client down. Somebody is missing on one side."
            ),
            first=lambda: _("Add colleagues"),
            on_first=lambda: self.go("company"),
            other=lambda: _("Open the client"),
            on_other=lambda: self.go("client", self.client_id(), "decides"),
        )
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        for widget in (self.experts, self.hint):
            column.addWidget(widget)
        column.addWidget(self.table, 1)
        column.addWidget(self.detail)
        column.addWidget(self.empty, 1)
        self.content = inner
        self.fill(inner)
        mark_private(inner)
        self.set_title(lambda: _("Who knows whom"))

    @abstractmethod
    def set_strength(self, colleague: str, person: str, strength: int) -> None:
        """A cell was set."""

    def client_id(self) -> str:
        """The client that is shown."""
        return str(self.client.currentData() or "")

    def panes(self) -> list[QWidget]:
        """The matrix, then the search."""
        return [self.table, self.search]
