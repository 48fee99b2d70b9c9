"""The card of one deal: stage by one click, amount as people type it, who decides about this one, against whom, what belongs to it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QStringListModel, Qt
from PySide6.QtWidgets import QCompleter, QHBoxLayout, QLabel, QMenu, QWidget

from kamdesk.desktop.desk import Desk
from kamdesk.desktop.navigation.target import Target
from kamdesk.desktop.pages.capture_line import AddLine
from kamdesk.desktop.pages.client_deal_rows import DealNotes, LinkedRow, MemberRow, RivalRow
from kamdesk.desktop.pages.concessions import ConcessionsSection
from kamdesk.desktop.pages.file_links import FileLinks, attach_to
from kamdesk.desktop.pages.part_choice import part_options
from kamdesk.desktop.pages.people_keyed import Keyed, grows
from kamdesk.desktop.pages.people_title import title_editor
from kamdesk.desktop.pages.people_words import Said, shown_name
from kamdesk.desktop.pages.promises import PromiseRow
from kamdesk.desktop.pages.proposal_closing_parts import ClosingSummary
from kamdesk.desktop.widgets.basic import button, label, tool_button
from kamdesk.desktop.widgets.editor_for import can_edit, editor_for
from kamdesk.desktop.widgets.field_place import mark_row
from kamdesk.desktop.widgets.flow import FlowLayout
from kamdesk.desktop.widgets.inline_base import InlineEditor
from kamdesk.desktop.widgets.scroll import ScrollColumn
from kamdesk.desktop.widgets.section import FieldList, Section
from kamdesk.desktop.widgets.tab_order import order_tabs
from kamdesk.services.deals import LOST
from kamdesk.services.promises import OURS, THEIRS

if TYPE_CHECKING:
    from kamdesk.services.closing_views import ClosingView
    from kamdesk.services.concessions import ConcessionView
    from kamdesk.services.deal_views import DealCard, DealProposal
    from kamdesk.services.interaction_views import InteractionView
    from kamdesk.services.records import FieldValue


_ON_HEAD = ("name", "stage")
"""Drawn above; every other declared field stands in the list."""
_ALWAYS = ("amount", "expected")


class DealCardView(ScrollColumn):
    """``on_deleted(name)`` after the deal was deleted."""

    def __init__(self, desk: Desk, said: Said, on_deleted: Callable[[str], object]) -> None:
        super().__init__()
        self._desk, self._said, self._kit = desk, said, desk.kit
        self._on_deleted = on_deleted
        self._card: DealCard | None = None
        self.buyer_set = "parts"
        kit, _ = desk.kit, desk.kit.words.gettext
        self.name = title_editor(kit, lambda: _("Name of the deal"))
        self.name.on_save(lambda name: self._edit({"name": name}, self.name))
        delete = tool_button(kit, lambda: _("Delete this deal"), "trash", self._delete)
        head = QHBoxLayout()
        head.addWidget(self.name, 1)
        head.addWidget(delete)
        self.stages = QWidget()
        self._stage_flow = FlowLayout(self.stages, 6)
        self._stage_buttons: dict[str, Any] = {}
        self.fields = FieldList(kit)
        self._has_fields = False
        self.body.setSpacing(10)
        self.body.addLayout(head)
        self.body.addWidget(self.stages)
        self.body.addWidget(self.fields)
        self._make_rivals()
        self._make_group()
        self._make_proposals()
        self._make_closing()
        self._make_history()
        self._make_promises()
        self._make_files()
        self.notes = DealNotes(desk, said)
        self.body.addWidget(grows(self.notes))
        kit.words.bind(self, self._draw_stages)

    # --- parts of the card ------------------------------------------------------------------------------------

    def _make_fields(self, form: Sequence[FieldValue]) -> None:
        for one in form:
            name = one.spec.name
            editor = editor_for(one.spec, one.value, self._kit)
            editor.on_save(lambda value, name=name, editor=editor: self._edit({name: value}, editor))
            self.fields.add(editor, always=name in _ALWAYS)

    def _make_rivals(self) -> None:
        kit = self._kit
        _ = kit.words.gettext
        self.rivals = Section(
            kit, lambda: _("Competitors"), add=lambda: _("Add a competitor"), on_add=self._start_rival
        )
        self.rival_line = AddLine(kit, lambda: _("Name of the company"), self._add_rival)
        self._known_rivals = QStringListModel(self)
        completer = QCompleter(self._known_rivals, self.rival_line.line)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        self.rival_line.line.setCompleter(completer)
        self.rival_list = Keyed(lambda item: RivalRow(self._desk, item), spacing=0)
        self.no_rivals = label(kit, lambda: _("Nobody else is known to be after it."), "muted")
        for widget in (self.rival_line, self.rival_list, self.no_rivals):
            self.rivals.body.addWidget(widget)
        self.body.addWidget(grows(self.rivals))

    def _make_group(self) -> None:
        kit = self._kit
        _ = kit.words.gettext
        self.group = Section(
            kit,
            lambda: _("Who decides about this deal"),
            add=lambda: _("Add a person"),
            on_add=self._offer_person,
        )
        self.group_list = Keyed(lambda item: MemberRow(self, self._desk, self._said, item), spacing=4)
        self.no_group = label(
            kit,
            lambda: _("The same people as always. Add whoever plays another part in this deal."),
            "muted",
            wrap=True,
        )
        self.group.body.addWidget(self.group_list)
        self.group.body.addWidget(self.no_group)
        self.sheet_button = button(kit, lambda: _("Cheat sheet"), "print", "link", self._open_sheet)
        self.group.body.addWidget(self.sheet_button, 0, Qt.AlignmentFlag.AlignLeft)
        self.body.addWidget(grows(self.group))

    def _open_sheet(self) -> None:
        from kamdesk.desktop.dialogs.cheat_sheet import open_cheat_sheet

        if self._card is not None:
            open_cheat_sheet(self._desk, self, f"deal:{self._card.row.id}")

    def _make_proposals(self) -> None:
        kit = self._kit
        _ = kit.words.gettext
        self.proposals = Section(
            kit, lambda: _("Proposals"), add=lambda: _("Start a proposal"), on_add=self._start_proposal
        )
        self.link_proposal = button(kit, lambda: _("Choose one"), "link", "link", self._offer_proposal)
        self.proposals.tools.insertWidget(0, self.link_proposal)
        self.proposal_list = Keyed(
            lambda item: LinkedRow(self._desk, self._proposal_words, "proposal", item), spacing=0
        )
        self.proposals.body.addWidget(self.proposal_list)
        self.body.addWidget(grows(self.proposals))

    def _make_closing(self) -> None:
        kit = self._kit
        _ = kit.words.gettext
        self.closing = Section(kit, lambda: _("After sending"))
        self.closing_list = Keyed(
            lambda item: ClosingSummary(self._desk, item), key=lambda item: item.proposal_id, spacing=12
        )
        self.closing.body.addWidget(self.closing_list)
        self.concessions = ConcessionsSection(self._desk, self._said)
        self.body.addWidget(grows(self.closing))
        self.body.addWidget(grows(self.concessions))

    def _make_history(self) -> None:
        kit = self._kit
        _ = kit.words.gettext
        self.history = Section(kit, lambda: _("Meetings and talks about it"))
        self.link_history = button(kit, lambda: _("Choose one"), "link", "link", self._offer_interaction)
        self.history.tools.addWidget(self.link_history)
        self.history_list = Keyed(
            lambda item: LinkedRow(self._desk, self._talk_words, "interaction", item), spacing=0
        )
        self.no_history = label(
            kit, lambda: _("Choose the meetings and calls that were about this deal."), "muted", wrap=True
        )
        self.history.body.addWidget(self.history_list)
        self.history.body.addWidget(self.no_history)
        self.body.addWidget(grows(self.history))

    def _make_promises(self) -> None:
        kit = self._kit
        _ = kit.words.gettext
        self.promises = Section(kit, lambda: _("Promises about it"))
        self.ours = AddLine(
            kit,
            lambda: _("What and by when: “send the calculation by Friday”"),
            lambda text: self._promise(text, OURS),
        )
        self.theirs = AddLine(
            kit,
            lambda: _("Who, what, by when: “contract from the lawyer by 15 March”"),
            lambda text: self._promise(text, THEIRS),
        )
        self.promises.tools.addWidget(button(kit, lambda: _("We promised"), "add", "link", self.ours.start))
        self.promises.tools.addWidget(
            button(kit, lambda: _("They promised"), "add", "link", self.theirs.start)
        )
        self.promise_list = Keyed(lambda item: PromiseRow(self._desk, self._said, item), spacing=2)
        for widget in (self.ours, self.theirs, self.promise_list):
            self.promises.body.addWidget(widget)
        self.body.addWidget(grows(self.promises))

    def _make_files(self) -> None:
        kit = self._kit
        _ = kit.words.gettext
        self.files = Section(
            kit,
            lambda: _("Files"),
            add=lambda: _("Attach a file"),
            on_add=lambda: attach_to(self._desk, self, deal=self._deal()),
        )
        self.file_links = FileLinks(self._desk)
        self.files.body.addWidget(self.file_links)
        self.body.addWidget(grows(self.files))

    # --- showing ----------------------------------------------------------------------------------------------

    def show_card(self, card: DealCard, buyer_set: str) -> None:
        """Show one deal."""
        fresh = self._card is None or self._card.row.id != card.row.id
        self._card, self.buyer_set = card, buyer_set
        if fresh:
            self.fields.fold()
            for line in (self.rival_line, self.ours, self.theirs):
                line.close_line()
            self.verticalScrollBar().setValue(0)
        row = card.row
        mark_row(self, "deal", row.id, name=self.name)
        self.name.set_value(row.name)
        self._draw_stages()
        form = [one for one in card.form if one.spec.name not in _ON_HEAD and can_edit(one.spec)]
        if not self._has_fields:
            self._has_fields = True
            self._make_fields(form)
        for one in form:
            self.fields.editor(one.spec.name).set_value(one.value)
        self.fields.refresh()
        if row.stage == LOST and not row.loss_reason:
            editor = self.fields.editor("loss_reason")
            for widget in (editor, *self._labels_of(editor)):
                widget.show()
        self.rival_list.show_items(card.rivals)
        self.no_rivals.setVisible(not card.rivals)
        members = [one for one in card.members if one.parts or one.general]
        self.group_list.show_items(members)
        self.no_group.setVisible(not any(one.parts for one in members))
        self.proposal_list.show_items(card.proposals)
        self.link_proposal.setVisible(bool(card.free_proposals))
        self._load_closing(row.organisation_id, row.id)
        self.history_list.show_items(card.interactions)
        self.no_history.setVisible(not card.interactions)
        self.link_history.setVisible(bool(card.free_interactions))
        self.promise_list.show_items(card.promises)
        self.file_links.show_files("client", row.organisation_id, card.files)
        self.notes.show_deal(card)
        order_tabs(self.widget())

    def _load_closing(self, client: str, deal: str) -> None:
        place = self._desk.workplace

        def show(found: tuple[tuple[ClosingView, ...], tuple[ConcessionView, ...]]) -> None:
            if deal == self._deal():
                self.closing.setVisible(bool(found[0]))
                self.closing_list.show_items(found[0])
                self.concessions.show_rows(client, found[1], deal)

        self._kit.queries.run(
            lambda: (place.closing.of_deal(deal), place.concessions.list(deal_id=deal)),
            show,
            owner=self,
            key=f"deal closing {id(self)}",
        )

    def flush(self) -> bool:
        """Save what is being typed."""
        return all(one.flush() for one in self.findChildren(InlineEditor))

    def _labels_of(self, editor: QWidget) -> list[QWidget]:
        return [one for one in self.fields.findChildren(QLabel) if one.buddy() is editor]

    def _draw_stages(self) -> None:
        stages = self._said.options("deal_stage")
        if list(self._stage_buttons) != [one.code for one in stages]:
            while self._stage_flow.count():
                item = self._stage_flow.takeAt(0)
                if item is not None and item.widget() is not None:
                    item.widget().hide()
                    item.widget().deleteLater()
            self._stage_buttons = {}
            for one in stages:
                made = button(
                    self._kit,
                    lambda code=one.code: self._said.label("deal_stage", code),
                    "",
                    "chip",
                    lambda code=one.code: self._set_stage(code),
                )
                made.setCheckable(True)
                self._stage_flow.addWidget(made)
                self._stage_buttons[one.code] = made
        for code, made in self._stage_buttons.items():
            made.setChecked(self._card is not None and self._card.row.stage == code)

    def _proposal_words(self, item: DealProposal) -> tuple[str, str, Target]:
        _ = self._kit.words.gettext
        title = " · ".join(part for part in (item.number, item.subject) if part) or _("Proposal")
        return title, self._said.label("proposal_status", item.status), Target("proposal", item.id)

    def _talk_words(self, item: InteractionView) -> tuple[str, str, Target]:
        title = item.purpose or self._said.label("interaction", item.kind)
        return (
            title,
            self._said.moment(item.starts_at),
            Target("client", item.organisation_id or "", f"history:{item.id}"),
        )

    # --- what is done -----------------------------------------------------------------------------------------

    def _deal(self) -> str:
        return self._card.row.id if self._card is not None else ""

    def _edit(self, values: Mapping[str, object], editor: InlineEditor) -> None:
        deals, deal, visit = self._desk.workplace.deals, self._deal(), editor.visit
        self._kit.commands.run(
            lambda: deals.edit(deal, values, visit=visit), failed=editor.show_problem, owner=editor
        )

    def _set_stage(self, stage: str) -> None:
        deals, deal = self._desk.workplace.deals, self._deal()
        self._draw_stages()
        self._kit.commands.run(lambda: deals.set_stage(deal, stage), owner=self)

    def _delete(self) -> None:
        if self._card is None:
            return
        records, deal, name = self._desk.workplace.records, self._deal(), self._card.row.name
        self._kit.commands.run(
            lambda: records.delete("deal", deal), lambda _none: self._on_deleted(name), owner=self
        )

    def _start_rival(self) -> None:
        organisations = self._desk.workplace.organisations
        self.rival_line.start()
        self._kit.queries.run(
            lambda: [one.name for one in organisations.links(("competitor",))],
            self._known_rivals.setStringList,
            owner=self,
        )

    def _add_rival(self, name: str) -> None:
        deals, deal = self._desk.workplace.deals, self._deal()
        self._kit.commands.run(
            lambda: deals.add_competitor(deal, name),
            lambda _id: self.rival_line.taken(),
            self.rival_line.show_problem,
            owner=self.rival_line,
        )

    def set_parts(self, person: str, codes: Sequence[str], editor: InlineEditor | None) -> None:
        """Say which parts somebody plays in this deal."""
        if self._card is not None:
            people, client, deal = self._desk.workplace.people, self._card.row.organisation_id, self._deal()
            self._kit.commands.run(
                lambda: people.set_parts(person, client, codes, deal_id=deal),
                failed=editor.show_problem if editor is not None else None,
                owner=self,
            )

    def _offer_person(self) -> None:
        if self._card is None:
            return
        shown = [one for one in self._card.members if not one.parts]
        options = part_options(self._said, self.buyer_set)
        menu = QMenu(self)
        for one in shown:
            inner = menu.addMenu(" · ".join(part for part in (shown_name(one.name), one.title) if part))
            for option in options:
                inner.addAction(option.label).triggered.connect(
                    lambda _checked=False, who=one.id, code=option.code: self.set_parts(who, (code,), None)
                )
        self._popup(menu, self.group.add_button)

    def _offer_proposal(self) -> None:
        if self._card is not None:
            self._offer(self._card.free_proposals, self._proposal_words, "proposal", self.link_proposal)

    def _offer_interaction(self) -> None:
        if self._card is not None:
            self._offer(self._card.free_interactions, self._talk_words, "interaction", self.link_history)

    def _offer(
        self, items: Sequence[Any], words: Callable[[Any], tuple[str, str, Target]], table: str, at: QWidget
    ) -> None:
        deals, deal = self._desk.workplace.deals, self._deal()
        menu = QMenu(self)
        for item in items:
            title, detail, _target = words(item)
            menu.addAction(
                " · ".join(part for part in (title, detail) if part).replace("&", "&&")
            ).triggered.connect(
                lambda _checked=False, row=item.id: self._kit.commands.run(
                    lambda: deals.link(deal, table, row)
                )
            )
        self._popup(menu, at)

    def _popup(self, menu: QMenu, at: QWidget | None) -> None:
        menu.aboutToHide.connect(menu.deleteLater)
        if at is not None and not menu.isEmpty():
            menu.popup(at.mapToGlobal(at.rect().bottomLeft()))

    def _start_proposal(self) -> None:
        if self._card is None:
            return
        proposals, row = self._desk.workplace.proposals, self._card.row
        self._kit.commands.run(
            lambda: proposals.start(row.organisation_id, subject=row.name, deal_id=row.id),
            lambda made: self._desk.window.navigate(Target("proposal", made)),
            owner=self,
        )

    def _promise(self, text: str, side: str) -> None:
        deals, deal, line = (
            self._desk.workplace.deals,
            self._deal(),
            self.ours if side == OURS else self.theirs,
        )
        due = self._due(text)
        self._kit.commands.run(
            lambda: deals.promise(deal, text, side=side, due=due),
            lambda _id: line.taken(),
            line.show_problem,
            owner=line,
        )

    def _due(self, text: str) -> date | None:
        from kamdesk.rules.typed import find_date

        found = find_date(text, self._said.today())
        return found[0] if found is not None else None
