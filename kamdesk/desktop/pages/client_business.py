"""The client's business: what is known of it by kind, each statement dated, sourced and ready to become an argument (D2)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from kamdesk.desktop.desk import Desk
from kamdesk.desktop.navigation.target import Target
from kamdesk.desktop.pages.capture_line import AddLine
from kamdesk.desktop.pages.client_business_view import StatementCard
from kamdesk.desktop.pages.people_keyed import Keyed, grows, tall_enough
from kamdesk.desktop.pages.people_words import Said
from kamdesk.desktop.widgets.basic import button, label
from kamdesk.desktop.widgets.cards import EmptyState
from kamdesk.desktop.widgets.flow import FlowLayout
from kamdesk.desktop.widgets.panel import Panel
from kamdesk.desktop.widgets.private import mark_private
from kamdesk.desktop.widgets.scroll import ScrollColumn
from kamdesk.desktop.widgets.section import Section
from kamdesk.desktop.widgets.tab_order import order_tabs
from kamdesk.desktop.widgets.two_columns import TwoColumns
from kamdesk.services.statements import StatementGroup
from kamdesk.store.changes import ChangeSet

if TYPE_CHECKING:
    from kamdesk.model.messages import Message


@dataclass(frozen=True)
class _Kind:
    id: str
    group: StatementGroup


class BusinessPanel(Panel):
    """Tab ``business`` of a client. Kinds of which nothing is known are offered at the top, not drawn."""

    tables = ("statement", "organisation", "argument")

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        kit = desk.kit
        _ = kit.words.gettext
        self._desk, self._client = desk, ""
        self._rivals: tuple[str, ...] = ()
        self._said = Said(kit, desk.workplace.vocabularies, lambda: desk.workplace.store.now().date())
        self._groups: tuple[StatementGroup, ...] = ()
        self.line = AddLine(kit, lambda: _("What do you know? One sentence is enough"), self._add)
        self._kind = "development"
        self._line_kind = label(kit, look="caption")
        self.offers = QWidget()
        self._offer_flow = FlowLayout(self.offers, 6)
        self.left = Keyed(self._section, spacing=16)
        self.right = Keyed(self._section, spacing=16)
        two = TwoColumns(kit, (1, 1))
        for side in (self.left, self.right):
            side.setMinimumWidth(kit.theme.px(280))  # an open form must not push the other side away
        two.left.addWidget(self.left)
        two.right.addWidget(self.right)
        for column in (two.left, two.right):
            column.addStretch(1)
        filled = ScrollColumn()
        filled.body.addWidget(two)
        self.empty = EmptyState(
            kit,
            "organisation",
            lambda: _(
                "How they develop, where it hurts, whom they sell to, when their money comes and who else is after "
                "them. A sentence is enough; any of them can become an argument."
            ),
            heading=lambda: _("What we know of their business"),
            first=lambda: _("Note how they develop"),
            on_first=lambda: self.start("development"),
        )
        tall_enough(kit, self.empty)
        self.stack = QStackedWidget()
        self.stack.addWidget(filled)
        self.stack.addWidget(self.empty)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(8)
        outer.addWidget(self.offers)
        outer.addWidget(self._line_kind)
        outer.addWidget(self.line)
        outer.addWidget(self.stack, 1)
        self._line_kind.hide()
        self.line.closed.connect(self._line_kind.hide)
        self.setFocusProxy(self.offers)
        mark_private(self)
        kit.words.changed.connect(self._draw)

    def open(self, owner: str, rest: str = "") -> None:
        """Show the business of a client; ``rest`` may name a kind of which something is to be noted."""
        if owner != self._client:
            self.line.close_line()
        self._client = owner
        self._reload()
        if rest:
            self.start(rest)

    def refresh(self, changes: ChangeSet) -> None:
        """Read anew."""
        self._reload()

    def first_pane(self) -> QWidget:
        """The first offer, or the first statement."""
        first = self._offer_flow.itemAt(0)
        return first.widget() if first is not None and first.widget() is not None else self

    def start(self, kind: str) -> None:
        """Note something of a kind: a line at the top where nothing is known, in its card otherwise."""
        row = self.left.row(kind) or self.right.row(kind)
        if isinstance(row, KindSection):
            row.line.start()
            return
        self._kind = kind
        self._name_line()
        self._line_kind.show()
        self.line.start()

    # --- inside -----------------------------------------------------------------------------------------------

    def _name_line(self) -> None:
        self._line_kind.setText(self._said.label("statement_kind", self._kind))

    def _reload(self) -> None:
        client, place = self._client, self._desk.workplace
        if not client:
            return
        kinds = place.vocabularies().codes("statement_kind", hidden=True)

        def load() -> tuple[str, tuple[StatementGroup, ...], tuple[str, ...]]:
            rivals = tuple(one.name for one in place.organisations.links(("competitor",)))
            return client, place.statements.of(client, kinds), rivals

        self._desk.kit.queries.run(
            load, self._show, lambda _gone: None, owner=self, key=f"business {id(self)}"
        )

    def _show(self, loaded: tuple[str, tuple[StatementGroup, ...], tuple[str, ...]]) -> None:
        client, groups, rivals = loaded
        if client == self._client:
            self._groups, self._rivals = groups, rivals
            self._draw()

    def _draw(self) -> None:
        sides: tuple[list[_Kind], list[_Kind]] = ([], [])
        # by turns and not by height: what is being typed must not jump to the other side
        for at, group in enumerate(self._groups):
            sides[at % 2].append(_Kind(group.kind, group))
        self.left.show_items(sides[0])
        self.right.show_items(sides[1])
        self._offer()
        self._name_line()
        self.stack.setCurrentIndex(0 if self._groups else 1)
        order_tabs(self)

    def _offer(self) -> None:
        known = {group.kind for group in self._groups}
        wanted = [option for option in self._said.options("statement_kind") if option.code not in known]
        while self._offer_flow.count():
            item = self._offer_flow.takeAt(0)
            if item is not None and item.widget() is not None:
                item.widget().hide()
                item.widget().deleteLater()
        for option in wanted:
            made = button(
                self._desk.kit,
                lambda code=option.code: self._said.label("statement_kind", code),
                "add",
                "chip",
                lambda code=option.code: self.start(code),
            )
            self._offer_flow.addWidget(made)
            made.show()
        self.offers.setVisible(bool(wanted))

    def _section(self, item: _Kind) -> KindSection:
        return KindSection(self._desk, self._said, item, self._add_to, self._open_place, lambda: self._rivals)

    def _open_place(self, kind: str, row: str) -> None:
        self._desk.window.navigate(Target(kind, row))

    def _add(self, text: str) -> None:
        def done() -> None:
            self.line.taken()
            self.line.close_line()

        self._add_to(self._kind, text, done, self.line.show_problem)

    def _add_to(
        self, kind: str, text: str, done: Callable[[], object], failed: Callable[[Message], object]
    ) -> None:
        client, statements = self._client, self._desk.workplace.statements
        self._desk.kit.commands.run(
            lambda: statements.add(client, text, kind=kind), lambda _id: done(), failed, owner=self
        )


class KindSection(Section):
    """The statements of one kind, and the line that adds one more."""

    def __init__(
        self,
        desk: Desk,
        said: Said,
        item: _Kind,
        add: Any,
        open_place: Any,
        rivals: Callable[[], tuple[str, ...]],
    ) -> None:
        kit = desk.kit
        _ = kit.words.gettext
        kind = item.id
        super().__init__(
            kit,
            lambda: said.label("statement_kind", kind),
            add=lambda: _("Add"),
            on_add=lambda: self.line.start(),
        )
        self.line = AddLine(
            kit,
            lambda: _("What do you know? One sentence is enough"),
            lambda text: add(kind, text, self.line.taken, self.line.show_problem),
        )
        self.list = Keyed(lambda one: StatementCard(desk, said, one, open_place, rivals))
        self.body.addWidget(self.line)
        self.body.addWidget(self.list)
        if self.add_button is not None:
            name = self.add_button
            kit.words.bind(
                name,
                lambda: name.setAccessibleName(
                    _("Add: {kind}").format(kind=said.label("statement_kind", kind))
                ),
            )
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        grows(self)
        self.show_item(item)

    def show_item(self, item: _Kind) -> None:
        """Show another state of it."""
        self.list.show_items(item.group.statements)
