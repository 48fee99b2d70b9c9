"""Concessions wherever they stand: the step after sending, the card of a deal, all of a client with their effect (W7). Private."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import asdict
from decimal import Decimal
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from kamdesk.desktop.desk import Desk
from kamdesk.desktop.dialogs.base import DialogBase
from kamdesk.desktop.pages.people_keyed import Keyed, grows
from kamdesk.desktop.pages.people_words import Said, shown_name
from kamdesk.desktop.widgets.basic import IconLabel, button, columns, label, tool_button
from kamdesk.desktop.widgets.list_print import PrintColumn, list_pdf
from kamdesk.desktop.widgets.private import mark_private
from kamdesk.desktop.widgets.scroll import ScrollColumn
from kamdesk.desktop.widgets.section import Section
from kamdesk.services.concessions import ConcessionData, ConcessionView, Effect, Effects, effects_of

if TYPE_CHECKING:
    from kamdesk.desktop.dialogs.concession import Belongs


class ConcessionRow(QWidget):
    """What was given and what came back, on two lines; a mark where nothing did."""

    def __init__(
        self, desk: Desk, said: Said, item: ConcessionView, edit: Callable[[ConcessionView], object]
    ) -> None:
        super().__init__()
        kit, records = desk.kit, desk.workplace.records
        _ = kit.words.gettext
        self._kit, self._said, self._item = kit, said, item
        self.mark = IconLabel(kit, "warning", 18, "warning")
        self.given = label(kit, wrap=True)
        self.got = label(kit, look="muted", wrap=True)
        self.detail = label(kit, look="caption", wrap=True)
        words = QVBoxLayout()
        words.setSpacing(0)
        for one in (self.given, self.got, self.detail):
            words.addWidget(one)
        change = tool_button(
            kit,
            lambda: _("Edit the concession: {given}").format(given=self._item.given),
            "edit",
            lambda: edit(self._item),
        )
        delete = tool_button(
            kit, lambda: _("Delete the concession: {given}").format(given=self._item.given), "trash",
            lambda: kit.commands.run(lambda: records.delete("concession", self._item.id)),
        )  # fmt: skip
        row = columns(spacing=6)
        row.addWidget(self.mark, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(words, 1)
        row.addWidget(change, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(delete, 0, Qt.AlignmentFlag.AlignTop)
        self.setLayout(row)
        self.setFocusProxy(change)
        mark_private(self)
        kit.words.bind(self, lambda: self.show_item(self._item))

    def show_item(self, item: ConcessionView) -> None:
        """Show another state of it."""
        self._item = item
        _, said = self._kit.words.gettext, self._said
        self.mark.setVisible(item.for_nothing)
        self.given.setText(_("Given: {given}").format(given=item.given))
        self.got.setText(
            _("Nothing in return. Ask for something.")
            if item.for_nothing
            else _("Got: {got}").format(got=item.got or said.money(item.worth or Decimal(0), item.currency))
        )
        money = []
        if item.cost is not None:
            money.append(_("costs us {amount}").format(amount=said.money(item.cost, item.currency)))
        if item.worth is not None:
            money.append(_("worth {amount}").format(amount=said.money(item.worth, item.currency)))
        parts = (
            said.label("concession_kind", item.kind), said.day(item.given_on), *money,
            _("asked by {name}").format(name=shown_name(item.person)) if item.person else "", item.deal, item.note,
        )  # fmt: skip
        self.detail.setText(" · ".join(part for part in parts if part))


class ConcessionsSection(Section):
    """``show_rows(client, rows, …)``: a list with +; ``deal`` and ``proposal`` are what a new one belongs to."""

    def __init__(self, desk: Desk, said: Said) -> None:
        kit = desk.kit
        _ = kit.words.gettext
        super().__init__(kit, lambda: _("Concessions"), add=lambda: _("Add a concession"), on_add=self.start)
        self._desk, self._said = desk, said
        self._client = ""
        self._deal: str | None = None
        self._proposal: str | None = None
        self._rows: tuple[ConcessionView, ...] = ()
        self.effect = label(kit, look="muted", wrap=True)
        self.none = label(
            kit,
            lambda: _("Nothing was given so far. Write down each concession and what you got for it."),
            "muted",
            wrap=True,
        )
        self.list = Keyed(lambda item: ConcessionRow(desk, said, item, self._edit), spacing=8)
        for one in (self.effect, self.none, self.list):
            self.body.addWidget(one)
        mark_private(self)
        kit.words.bind(self, self._say)

    def show_rows(
        self,
        client: str,
        rows: Sequence[ConcessionView],
        deal: str | None = None,
        proposal: str | None = None,
    ) -> None:
        """Show these."""
        self._client, self._deal, self._proposal = client, deal, proposal
        self._rows = tuple(rows)
        self.list.show_items(rows)
        self.none.setVisible(not rows)
        self._say()

    def start(self) -> None:
        """Ask for a new one."""
        currency = self._rows[0].currency if self._rows else "RUB"
        self._ask(ConcessionData("", currency=currency, deal_id=self._deal, proposal_id=self._proposal), "")

    def _edit(self, view: ConcessionView) -> None:
        from kamdesk.desktop.dialogs.concession import data_of

        self._ask(data_of(view), view.id)

    def _ask(self, start: ConcessionData, row_id: str) -> None:
        from kamdesk.desktop.dialogs.concession import Belongs

        place, client = self._desk.workplace, self._client

        def read() -> Belongs:
            deals, proposals = place.concessions.names(client)
            people = tuple((one.id, shown_name(one.name)) for one in place.people.list(client))
            return Belongs(people, deals, proposals)

        self.kit.queries.run(read, lambda found: self._open(start, row_id, found), owner=self)

    def _open(self, start: ConcessionData, row_id: str, belongs: Belongs) -> None:
        from kamdesk.desktop.dialogs.concession import ConcessionDialog

        concessions, client = self._desk.workplace.concessions, self._client
        dialog = ConcessionDialog(self.kit, self._said, start, belongs, self._said.today(), self.window())

        def store(data: ConcessionData) -> None:
            self.kit.commands.run(
                lambda: concessions.edit(row_id, asdict(data)) if row_id else concessions.add(client, data),
                lambda _done: dialog.done_well(),
                dialog.refused,
                owner=dialog,
            )

        dialog.ordered.connect(store)
        dialog.open()

    def _say(self) -> None:
        lines = effect_lines(effects_of(self._rows).total, self._said, self.kit.words)
        self.effect.setText("\n".join(lines))
        self.effect.setVisible(bool(lines))


def effect_lines(effects: Sequence[Effect], said: Said, words) -> list[str]:
    """«Отдали 300 ₽, получили 100 ₽: −200 ₽ к доходу», a line a currency."""
    _, ngettext = words.gettext, words.ngettext
    lines = []
    for one in effects:
        text = _("Given {cost}, got {worth}: {net} to our income").format(
            cost=said.money(one.cost, one.currency),
            worth=said.money(one.worth, one.currency),
            net=said.money(one.net, one.currency),
        )
        if one.unknown:
            text += "; " + ngettext("{n} without a cost", "{n} without a cost", one.unknown).format(
                n=one.unknown
            )
        lines.append(text)
    return lines


class ClientConcessionsDialog(DialogBase):
    """All concessions to a client with their effect by year and by deal; printed as a list."""

    def __init__(self, desk: Desk, said: Said, client: str, name: str, parent: QWidget) -> None:
        kit = desk.kit
        _ = kit.words.gettext
        super().__init__(
            kit, lambda: _("Concessions: {name}").format(name=name), parent, cancel=lambda: _("Close")
        )
        self._desk, self._said, self._client, self._name = desk, said, client, name
        self._rows: tuple[ConcessionView, ...] = ()
        self.resize(kit.theme.px(680), kit.theme.px(560))
        self.sums = label(kit, wrap=True)
        self.section = ConcessionsSection(desk, said)
        column = ScrollColumn()
        column.body.addWidget(self.sums)
        column.body.addWidget(grows(self.section))
        column.body.addStretch(1)
        self.body.addWidget(column, 1)
        self.print_button = button(kit, lambda: _("Print"), "print", "", self._print)
        self.buttons.insertWidget(0, self.print_button)
        mark_private(self)
        self.reload()

    def reload(self) -> None:
        """Read anew."""
        concessions, client = self._desk.workplace.concessions, self._client
        self.kit.queries.run(
            lambda: concessions.list(organisation_id=client),
            self._show,
            owner=self,
            key=f"concessions {id(self)}",
        )

    def _show(self, rows: tuple[ConcessionView, ...]) -> None:
        self._rows = rows
        self.section.show_rows(self._client, rows)
        self.sums.setText("\n".join(self._lines(effects_of(rows))))
        self.sums.setVisible(bool(rows))
        self.print_button.setEnabled(bool(rows))

    def _lines(self, found: Effects) -> list[str]:
        _, words = self.kit.words.gettext, self.kit.words
        deals = {row.deal_id or "": row.deal for row in self._rows}
        headed = [(str(year) if year else _("No date"), sums) for year, sums in found.by_year.items()]
        headed += [(deals[deal] or _("Without a deal"), sums) for deal, sums in found.by_deal.items()]
        return [f"{head}: {text}" for head, sums in headed for text in effect_lines(sums, self._said, words)]

    def _print(self) -> None:
        _, said = self.kit.words.gettext, self._said
        heads = (
            (_("When"), 70, False), (_("Kind"), 80, False), (_("What was given"), 190, False), (_("What was got"), 190, False),
            (_("Costs us"), 90, True), (_("Worth to us"), 90, True), (_("Deal"), 120, False),
        )  # fmt: skip
        money = lambda one, value: said.money(value, one.currency) if value is not None else ""  # noqa: E731
        cells = [
            [
                self.kit.typed.show_date(one.given_on) if one.given_on else "",
                said.label("concession_kind", one.kind), one.given, one.got or "\u2014", money(one, one.cost),
                money(one, one.worth), one.deal,
            ]
            for one in self._rows
        ]  # fmt: skip
        title = _("Concessions: {name}").format(name=self._name)
        caption = " · ".join(effect_lines(effects_of(self._rows).total, said, self.kit.words))
        columns_of = [PrintColumn(*head) for head in heads]
        family = self.kit.theme.font().family()
        self.kit.jobs.start(
            title,
            lambda _progress: list_pdf(title, caption, columns_of, cells, family),
            lambda pdf: self._desk.printing.print_pdf(self, title, pdf),
            owner=self,
        )
