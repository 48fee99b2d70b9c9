"""Step "Start from": subject, client, language, number, Word file, the blocks of the document and its texts."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from kamdesk.desktop.dialogs.disk import WORD_FILES, ask_file, name_filter
from kamdesk.desktop.dialogs.letterhead_place import LetterheadDialog, LetterheadFile
from kamdesk.desktop.kit import Option
from kamdesk.desktop.pages.people_words import shown_name
from kamdesk.desktop.pages.proposal_step import StepPage
from kamdesk.desktop.pages.proposal_words import ProposalWords
from kamdesk.desktop.pages.proposal_work import ProposalState, ProposalWork
from kamdesk.desktop.widgets.basic import button, label
from kamdesk.desktop.widgets.block_order import BlockOrder
from kamdesk.desktop.widgets.flow import FlowLayout
from kamdesk.desktop.widgets.inline_choice import Combo, InlineChoice
from kamdesk.desktop.widgets.inline_text import InlineDate, InlineLongText, InlineText
from kamdesk.desktop.widgets.markup_text import InlineMarkupText
from kamdesk.desktop.widgets.section import FieldList, Section
from kamdesk.model.messages import KamdeskError
from kamdesk.rules.block_orders import USUAL
from kamdesk.rules.proposal_checks import mandatory_blocks
from kamdesk.services.own_templates import OTHER_KINDS
from kamdesk.services.people_views import PersonRow
from kamdesk.services.templates import TemplateView


class StartStep(StepPage):
    """A Word file may also be dropped anywhere on it."""

    def __init__(self, work: ProposalWork, words: ProposalWords) -> None:
        super().__init__(work, words, "start")
        self._templates: tuple[TemplateView, ...] = ()
        self.setAcceptDrops(True)
        for section in (self._about(), self._look(), self._texts(), self._order()):
            self.put(section)

    def first_widget(self) -> QWidget | None:
        return self.subject

    def show_state(self, state: ProposalState) -> None:
        page = state.page
        self._client.setText(page.organisation)
        chosen_id = page.values["template_id"]
        # One that was chosen before it became a file for other documents stays to be seen.
        self._templates = tuple(
            one for one in state.templates if one.kind not in OTHER_KINDS or one.id == chosen_id
        )
        self.template._fill()
        self.template.set_value(page.values["template_id"])
        self.deal._fill()
        self.deal.set_value(page.values["deal_id"])
        own: Any = page.values["blocks"]
        self.blocks.set_codes(own or state.blocks)
        self.usual_blocks.setVisible(bool(own))
        _ = self.kit.words.gettext
        self.blocks_note.setText(
            _("This proposal has an order of its own; it holds for the document and for separate variants.")
            if own
            else _(
                "As the settings say. What you change here holds for this proposal only; letters follow the settings."
            )
        )
        chosen = next((one for one in state.templates if one.id == page.values["template_id"]), None)
        self.place_button.setVisible(chosen is not None and chosen.mode == "letterhead")
        self._say_removed(chosen)
        annexes: Any = page.values["annexes"]
        self.annexes.set_value("\n".join(annexes or ()))
        for fields in (self.fields, self.texts):
            fields.refresh()

    # --- building ---------------------------------------------------------------------------------------------

    def _about(self) -> Section:
        kit, _ = self.kit, self.kit.words.gettext
        section = Section(kit, lambda: _("What it is about"))
        self.fields = FieldList(kit)
        bind = self.work.bind
        self.subject = bind(
            "subject",
            InlineText(
                kit, lambda: _("Subject"), placeholder=lambda: _("for example, modernising the pump station")
            ),
        )
        self.fields.add(self.subject, always=True)
        self._client = label(kit)
        self._client.setContentsMargins(8, 4, 0, 4)
        open_client = button(kit, lambda: _("Open the client"), "clients", "link", self._open_client)
        row = QHBoxLayout()
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(label(kit, lambda: _("Client"), "muted"))
        row.addWidget(self._client)
        row.addWidget(open_client)
        row.addStretch(1)
        section.body.addLayout(row)
        self.deal = InlineChoice(
            kit, lambda: _("Deal"), self._deal_options,
            self._choose_deal, nothing=None, required=True,
        )  # fmt: skip
        self.fields.add(self.deal, always=True)
        self.fields.add(bind("number", InlineText(kit, lambda: _("Outgoing number"),
                                                  placeholder=lambda: _("Given when the documents are made"))), always=True)  # fmt: skip
        self.fields.add(bind("date", InlineDate(kit, lambda: _("Date"))), always=True)
        language = InlineChoice(
            kit,
            lambda: _("Language of documents"),
            lambda: kit.vocabularies.options("language"),
            required=True,
        )
        self.fields.add(bind("language", language), always=True)
        section.body.addWidget(self.fields)
        return section

    def _look(self) -> Section:
        kit, _ = self.kit, self.kit.words.gettext
        section = Section(kit, lambda: _("How it looks"))
        self.template = InlineChoice(
            kit,
            lambda: _("Template or letterhead"),
            self._template_options,
            self._choose_template,
            nothing=None,
            required=True,
        )
        self.template.combo.setSizeAdjustPolicy(Combo.SizeAdjustPolicy.AdjustToContents)
        self.add_file = button(kit, lambda: _("Add a Word file…"), "word", "", self._ask_file)
        self.place_button = button(
            kit, lambda: _("Where the text begins…"), "template", "link", self._ask_place
        )
        section.body.addWidget(self.template)
        tools = QWidget()
        flow = FlowLayout(tools)
        flow.addWidget(self.add_file)
        flow.addWidget(self.place_button)
        section.body.addWidget(tools)
        self._removed = label(kit, look="caption", wrap=True)
        section.body.addWidget(self._removed)
        kit.words.bind(self._removed, lambda: self._say_removed(self._chosen()))
        return section

    def _order(self) -> Section:
        kit, _ = self.kit, self.kit.words.gettext
        section = Section(kit, lambda: _("Blocks and their order"))
        self.blocks = BlockOrder(
            kit,
            lambda: _("Blocks and their order"),
            "group",
            lambda: kit.vocabularies.options("block"),
            lambda: mandatory_blocks(self.work.place.vocabularies()),
        )
        self.blocks.changed.connect(self._store_blocks)
        self.blocks_note = label(kit, look="caption", wrap=True)
        self.usual_blocks = button(
            kit, lambda: _("As in the settings"), "undo", "link", lambda: self.work.edit("blocks", ())
        )
        section.body.addWidget(self.blocks_note)
        section.body.addWidget(self.blocks)
        row = QHBoxLayout()
        row.addWidget(self.usual_blocks)
        row.addStretch(1)
        section.body.addLayout(row)
        return section

    def _texts(self) -> Section:
        kit, _ = self.kit, self.kit.words.gettext
        section = Section(kit, lambda: _("Texts of the document"))
        self.texts = FieldList(kit)
        for name, say in (
            ("understanding", lambda: _("Our understanding of the task")),
            ("solution", lambda: _("Solution")),
            ("uniqueness", lambda: _("Why us")),
            ("exclusivity", lambda: _("Exclusive terms")),
            ("next_step", lambda: _("Next step for the client")),
        ):
            self.texts.add(self.work.bind(name, InlineMarkupText(kit, say)), always=True)
        self.annexes = InlineLongText(
            kit,
            lambda: _("Annexes"),
            lambda text: self.work.edit(
                "annexes",
                tuple(line.strip() for line in text.splitlines() if line.strip()),
                visit=self.annexes.visit,
                failed=self.annexes.show_problem,
            ),
            placeholder=lambda: _("One annex a line"),
        )
        self.texts.add(self.annexes, always=True)
        section.body.addWidget(self.texts)
        return section

    def _choose_deal(self, deal: str | None) -> None:
        """Take the deal; where other people decide about it, offer them as readers."""
        proposals, proposal_id = self.work.place.proposals, self.work.id

        def work() -> tuple[PersonRow, ...]:
            proposals.edit(proposal_id, {"deal_id": deal or None})
            return proposals.other_group(proposal_id)

        self.work.run(work, self._offer_group, self.deal.show_problem)

    def _offer_group(self, group: tuple[PersonRow, ...]) -> None:
        if not group:
            return
        _, proposals, proposal_id = self.kit.words.gettext, self.work.place.proposals, self.work.id
        names = ", ".join(shown_name(one.name) for one in group)
        people = [one.id for one in group]
        self.work.desk.window.notify(
            lambda: _("This deal is decided by others than the readers: {names}.").format(names=names),
            "info",
            lambda: _("Take them as readers"),
            lambda: self.work.run(lambda: proposals.set_readers(proposal_id, people)),
        )

    def _deal_options(self) -> list[Option]:
        _, state = self.kit.words.gettext, self.work.state
        deals = state.deals if state is not None else ()
        return [Option(None, _("No deal")), *(Option(one.id, one.name) for one in deals)]

    # --- template ---------------------------------------------------------------------------------------------

    def _template_options(self) -> list[Option]:
        _ = self.kit.words.gettext
        own = [
            Option(
                one.id,
                one.name if one.mode == "letterhead" else _("{name} (with fields)").format(name=one.name),
                "word",
            )
            for one in self._templates
        ]
        return [Option(None, _("Design of kamdesk"), "template"), *own]

    def _chosen(self) -> TemplateView | None:
        state = self.work.state
        wanted = state.page.values["template_id"] if state is not None else None
        return next((one for one in self._templates if one.id == wanted), None)

    def _choose_template(self, template_id: object) -> None:
        self.work.edit("template_id", template_id, failed=self.template.show_problem)

    def _say_removed(self, chosen: TemplateView | None) -> None:
        _ = self.kit.words.gettext
        removed = [self.words.message(one) for one in chosen.removed] if chosen is not None else []
        self._removed.setVisible(bool(removed))
        if removed:
            self._removed.setText(
                _("Taken out of our copy of the file, which stays as it is on your disk: {what}").format(
                    what=" ".join(removed)
                )
            )

    def _ask_file(self) -> None:
        _ = self.kit.words.gettext
        kinds = [name_filter(_("Word files"), *WORD_FILES)]
        ask_file(self, _("Your company's Word file"), self.take_file, kinds)

    def take_file(self, path: Path) -> None:
        """Clean and keep a Word file of the company, use it for this proposal, then ask where its text begins."""
        _, place, proposal_id = self.kit.words.gettext, self.work.place, self.work.id

        def work(progress: object) -> LetterheadFile:
            try:
                content = path.read_bytes()
            except OSError as error:
                raise KamdeskError(
                    "template.cannot_read", name=path.name, reason=error.strerror or ""
                ) from error
            template_id = place.templates.add_own(path.name, content)
            cleaned = place.templates.content(template_id)
            if place.workers.has_tags(cleaned):
                place.templates.set_use(template_id, mode="tags")
            place.proposals.edit(proposal_id, {"template_id": template_id})
            return LetterheadFile.read(place, template_id)

        self.kit.jobs.start(
            _("Reading the Word file"), work, self._show_place, self.template.show_problem, owner=self
        )

    def _ask_place(self) -> None:
        chosen, place = self._chosen(), self.work.place
        if chosen is not None:
            self.kit.queries.run(
                lambda: LetterheadFile.read(place, chosen.id),
                self._show_place,
                self.template.show_problem,
                owner=self,
            )

    def _show_place(self, file: LetterheadFile) -> None:
        dialog = LetterheadDialog(self.kit, self.words, file, self)
        templates = self.work.place.templates
        dialog.settled.connect(
            lambda start, default, pattern: self.work.run(
                lambda: templates.settle(
                    file.view.id, start_at=start, is_default=default, table_pattern=pattern
                )
            )
        )
        dialog.open()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if self._dropped(event) is not None:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        path = self._dropped(event)
        if path is not None:
            event.acceptProposedAction()
            self.take_file(path)

    @staticmethod
    def _dropped(event: QDropEvent) -> Path | None:
        paths = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
        return next((path for path in paths if path.suffix.casefold().removeprefix(".") in WORD_FILES), None)

    # --- the rest ---------------------------------------------------------------------------------------------

    def _store_blocks(self, codes: tuple[str, ...]) -> None:
        """What is like the settings is not kept as the proposal's own. The usual order, chosen against them, is."""
        state = self.work.state
        wanted = codes or USUAL["group"]
        same = state is not None and wanted == state.blocks
        self.work.edit("blocks", () if same else wanted)

    def _open_client(self) -> None:
        if self.work.state is not None:
            self.work.client_asked.emit(self.work.state.page.organisation_id)
