"""The looks of "Templates": the files at the left, at the right how one looks, what is wrong with it, which fields it may have."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QHBoxLayout,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from kamdesk.desktop.kit import Kit, Option
from kamdesk.desktop.models.rows import Column, RowsModel
from kamdesk.desktop.pages.template_doctor import DoctorPanel
from kamdesk.desktop.pages.templates_fields import FieldsPanel
from kamdesk.desktop.pages.templates_look import LookPanel
from kamdesk.desktop.pages.templates_row import TemplateRow
from kamdesk.desktop.pages.templates_samples import SampleLine
from kamdesk.desktop.widgets.basic import button, label, tool_button
from kamdesk.desktop.widgets.drop import DropCatcher
from kamdesk.desktop.widgets.inline_choice import InlineChoice, InlineYesNo
from kamdesk.desktop.widgets.inline_text import InlineText
from kamdesk.desktop.widgets.page import PageBase
from kamdesk.desktop.widgets.private import mark_private
from kamdesk.desktop.widgets.section import Card
from kamdesk.desktop.widgets.switches import switches
from kamdesk.desktop.widgets.table import RowsTable
from kamdesk.services.own_templates import OTHER_KINDS


class TemplatesView(PageBase):
    """``files_given(paths)``: Word files were dropped. The tabs are "look", "check" and "fields"."""

    files_given = Signal(object)

    def __init__(self, kit: Kit) -> None:
        super().__init__(kit)
        self._other_kind = False
        _ = kit.words.gettext
        self.drops = DropCatcher(
            kit,
            self,
            lambda: _("Drop your company's Word file here: it works as it is, without a single field."),
        )
        self.drops.dropped.connect(lambda paths: self.files_given.emit([str(path) for path in paths]))
        self.guide_button = button(kit, lambda: _("New template from a document…"), "template")
        self.add_button = button(kit, lambda: _("Add a Word file…"), "add", "primary")
        self.texts_button = button(kit, lambda: _("Texts of letters"), "mail", "link")
        self.add_head(self.texts_button)
        self.add_head(self.guide_button)
        self.add_head(self.add_button)
        self.model = RowsModel(kit, self._columns())
        self.table = RowsTable(kit, lambda: _("Templates"), self.model, "templates")
        left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.table, 1)
        column.addWidget(
            label(
                kit,
                lambda: _(
                    "Drop your company's Word file here, or paste it with Ctrl+V: it works as it is, without a single field. A star marks the one that new proposals take."
                ),
                "caption",
                wrap=True,
            )
        )
        self.splitter = QSplitter(Qt.Orientation.Horizontal)
        self.splitter.setHandleWidth(14)
        self.splitter.setChildrenCollapsible(False)
        self.splitter.addWidget(left)
        self.splitter.addWidget(self._right())
        self.splitter.setStretchFactor(1, 1)
        self.splitter.setSizes([kit.theme.px(450), 590])
        self.fill(self.splitter)
        self.set_title(lambda: _("Templates"))

    def show_tab(self, tab: str) -> None:
        """Show one of the three sides of the template."""
        name = tab if tab in self.tabs else "look"
        self.tabs[name].setChecked(True)
        self.stack.setCurrentWidget({"look": self.look, "check": self.doctor, "fields": self.fields}[name])

    def panes(self) -> list[QWidget]:
        """The list, the chosen side."""
        return [self.table, self.stack.currentWidget()]

    # --- parts ------------------------------------------------------------------------------------------------

    def said(self, vocabulary: str, code: str) -> str:
        """The words of a code; "" for none."""
        return next((o.label for o in self.kit.vocabularies.options(vocabulary) if o.code == code), "")

    def _columns(self) -> tuple[Column, ...]:
        kit, _ = self.kit, self.kit.words.gettext

        def name(row: TemplateRow) -> str:
            return row.name if row.own else _(row.name)

        def hint(row: TemplateRow) -> str:
            lines = [name(row), self.said("template_mode", row.mode)]
            lines.append(self.said("document_kind", row.kind) or _("Any document"))
            lines.append(self.said("language", row.language) or _("Any language"))
            lines.append(_("Your own file") if row.own else _("Comes with kamdesk"))
            if row.is_default:
                lines.append(_("New proposals take it"))
            return "\n".join(line for line in lines if line)

        def order(row: TemplateRow) -> tuple[object, ...]:
            return (
                not row.own,
                row.language not in ("", kit.words.language),
                row.order,
                name(row).casefold(),
            )

        def icon(row: TemplateRow) -> str:
            if row.is_default:
                return "star"
            return "template" if not row.own else "word" if row.mode == "letterhead" else "tag"

        return (
            Column("name", lambda: _("Template"), name, stretch=True, key=order, icon=icon, hint=hint),
            Column(
                "kind",
                lambda: _("For"),
                lambda row: self.said("document_kind", row.kind) or _("Any document"),
                92,
                hint=hint,
            ),
            Column("language", lambda: _("Language"), lambda row: row.language, 84, hint=hint),
            Column(
                "used",
                lambda: _("In use"),
                lambda row: str(row.proposals) if row.proposals else "",
                64,
                key=lambda row: row.proposals,
                right=True,
                hint=lambda row: kit.words.ngettext(
                    "Used in {n} proposal", "Used in {n} proposals", row.proposals
                ).format(n=row.proposals),
            ),
        )

    def _right(self) -> QWidget:
        kit, _ = self.kit, self.kit.words.gettext
        right = QWidget()
        column = QVBoxLayout(right)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addWidget(self._details())
        sides = {
            "look": lambda: _("How it looks"),
            "check": lambda: _("Template check"),
            "fields": lambda: _("Field catalogue"),
        }
        row, self.tabs = switches(kit, self, sides, self.show_tab)
        self.samples = SampleLine(kit)
        self.sample, self.reader = self.samples.sample, self.samples.reader
        row.addWidget(self.samples, 3)
        column.addLayout(row)
        self.look = LookPanel(kit)
        self.doctor = DoctorPanel(kit)
        self.fields = FieldsPanel(kit)
        # A paper of the house shows what we think of people.
        mark_private(self.look.preview)
        mark_private(self.fields)
        self.stack = QStackedWidget()
        for panel in (self.look, self.doctor, self.fields):
            self.stack.addWidget(panel)
        column.addWidget(self.stack, 1)
        self.show_tab("look")
        return right

    def _details(self) -> Card:
        kit, _ = self.kit, self.kit.words.gettext
        card = Card(kit)
        card.body.setContentsMargins(12, 8, 12, 8)
        self.name = InlineText(kit, lambda: _("Name of the template"))
        self.bundled_name = label(kit, look="heading", wrap=True)
        self.word_button = button(kit, lambda: _("Open in Word"), "word")
        self.mark_button = tool_button(kit, lambda: _("Mark fields in this file…"), "tag")
        self.replace_button = tool_button(kit, lambda: _("Replace the file…"), "refresh")
        self.delete_button = tool_button(kit, lambda: _("Delete"), "trash")
        self.state = label(kit, look="caption", wrap=True)
        head = QHBoxLayout()
        head.setSpacing(4)
        head.addWidget(self.name, 1)
        head.addWidget(self.bundled_name, 1)
        head.addWidget(self.word_button)
        head.addWidget(self.mark_button)
        head.addWidget(self.replace_button)
        head.addWidget(self.delete_button)
        self.mode = InlineChoice(
            kit, lambda: _("What it is"), lambda: kit.vocabularies.options("template_mode"), required=True
        )
        self.kind = InlineChoice(kit, lambda: _("For"), lambda: self._any("document_kind"), required=True)
        self.language = InlineChoice(kit, lambda: _("Language"), lambda: self._any("language"), required=True)
        self.choices = QWidget()
        row = QHBoxLayout(self.choices)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        for editor in (self.mode, self.kind, self.language):
            row.addWidget(editor)
        row.addStretch(1)
        self.usual = InlineYesNo(kit, self._usual_words)
        self.pattern = InlineYesNo(kit, lambda: _("Tables look like the first one of the file"))
        self.switches = QWidget()
        ticks = QHBoxLayout(self.switches)
        ticks.setContentsMargins(0, 0, 0, 0)
        ticks.setSpacing(8)
        ticks.addWidget(self.usual)
        ticks.addWidget(self.pattern)
        ticks.addStretch(1)
        self.in_word = label(kit, look="caption", wrap=True)
        self.in_word.hide()
        self.word_problem = label(kit, look="error", wrap=True)
        self.word_problem.hide()
        card.body.setSpacing(2)
        card.body.addLayout(head)
        card.body.addWidget(self.choices)
        card.body.addWidget(self.switches)
        card.body.addWidget(self.state)
        card.body.addWidget(self.in_word)
        card.body.addWidget(self.word_problem)
        return card

    def tell_use(self, kind: str) -> None:
        """Say of which documents it is the usual file: of proposals, or of those of its own kind."""
        self._other_kind = kind in OTHER_KINDS
        self.usual.box.setText(self._usual_words())

    def _usual_words(self) -> str:
        _ = self.kit.words.gettext
        if self._other_kind:
            return _("New documents of this kind take this file")
        return _("New proposals take this file")

    def _any(self, vocabulary: str) -> Sequence[Option]:
        _ = self.kit.words.gettext
        words = _("Any document") if vocabulary == "document_kind" else _("Any language")
        return [Option("", words), *self.kit.vocabularies.options(vocabulary)]
