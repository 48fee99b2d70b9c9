"""The looks of the texts of letters: the list at the left, the text in the middle with what is wrong with it, how it reads at the right."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QPlainTextEdit,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from kamdesk.desktop.kit import Kit
from kamdesk.desktop.models.rows import Column, RowsModel
from kamdesk.desktop.pages.text_templates_fields import TextFields
from kamdesk.desktop.widgets.basic import button, label, tool_button
from kamdesk.desktop.widgets.cards import EmptyState
from kamdesk.desktop.widgets.inline_choice import Combo, InlineChoice
from kamdesk.desktop.widgets.inline_text import InlineLongText, InlineText
from kamdesk.desktop.widgets.page import PageBase
from kamdesk.desktop.widgets.scroll import in_column
from kamdesk.desktop.widgets.section import Card
from kamdesk.desktop.widgets.switches import switches
from kamdesk.desktop.widgets.table import RowsTable

if TYPE_CHECKING:
    from kamdesk.documents.text_render import TextFinding

_MOST_SHOWN = 4


class TextTemplatesView(PageBase):
    """The tabs are "read" and "fields"."""

    def __init__(self, kit: Kit) -> None:
        super().__init__(kit)
        _ = kit.words.gettext
        self.set_title(lambda: _("Texts of letters"))
        self.word_button = button(kit, lambda: _("Word templates"), "template", "link")
        self.add_button = button(kit, lambda: _("New text"), "add", "primary")
        self.add_head(self.word_button)
        self.add_head(self.add_button)
        self.model = RowsModel(kit, self._columns())
        self.table = RowsTable(kit, lambda: _("Texts of letters"), self.model, "texts")
        self.splitter = QSplitter(Qt.Orientation.Horizontal)
        self.splitter.setHandleWidth(14)
        self.splitter.setChildrenCollapsible(False)
        self.table.setMinimumWidth(kit.theme.px(150))  # narrower it says nothing
        self.splitter.addWidget(self.table)
        self.splitter.addWidget(self._middle())
        self.splitter.addWidget(self._right())
        for at, stretch in enumerate((0, 3, 2)):
            self.splitter.setStretchFactor(at, stretch)
        self.splitter.setSizes([kit.theme.px(size) for size in (260, 410, 350)])
        self.fill(self.splitter)

    def panes(self) -> list[QWidget]:
        """The list, the text, the chosen side."""
        return [self.table, self.body_text.text, self.stack.currentWidget()]

    def show_tab(self, tab: str) -> None:
        """Show how it reads, or the fields."""
        name = tab if tab in self.tabs else "read"
        self.tabs[name].setChecked(True)
        self.stack.setCurrentIndex(list(self.tabs).index(name))

    # --- parts ------------------------------------------------------------------------------------------------

    def _columns(self) -> tuple[Column, ...]:
        kit, _ = self.kit, self.kit.words.gettext

        def purpose(row: Any) -> str:
            return next(
                (o.label for o in kit.vocabularies.options("text_purpose") if o.code == row.purpose), ""
            )

        def kept(row: Any) -> str:
            return _("Your own text") if row.own else _("Comes with kamdesk")

        return (
            Column(
                "name",
                lambda: _("Text"),
                lambda row: row.name,
                stretch=True,
                key=lambda row: (not row.own, row.language != kit.words.language, row.name.casefold()),
                icon=lambda row: ("star" if row.is_default else "edit") if row.own else "mail",
                hint=lambda row: "\n".join(
                    part
                    for part in (
                        row.name,
                        purpose(row),
                        kept(row),
                        _("Taken by itself") if row.is_default else "",
                    )
                    if part
                ),
            ),
            Column("language", lambda: _("Language"), lambda row: row.language, 86),
        )

    def _middle(self) -> QWidget:
        kit, _ = self.kit, self.kit.words.gettext
        self.name = InlineText(kit, lambda: _("Name of the text"))
        self.shipped_name = label(kit, look="heading", wrap=True)
        self.default_button = tool_button(kit, lambda: _("Take this text by itself"), "star")
        self.copy_button = tool_button(kit, lambda: _("Make a copy"), "copy")
        self.delete_button = tool_button(kit, lambda: _("Delete"), "trash")
        self.purpose = InlineChoice(
            kit, lambda: _("What it is for"), lambda: kit.vocabularies.options("text_purpose"), required=True
        )
        self.language = InlineChoice(
            kit, lambda: _("Language"), lambda: kit.vocabularies.options("language"), required=True
        )
        self.subject = InlineText(kit, lambda: _("Subject line"))
        self.body_text = InlineLongText(kit, lambda: _("Text of the letter"))
        self.state = label(kit, look="caption", wrap=True)
        self.own_button = button(kit, lambda: _("Make a copy to change"), "copy", "primary")
        self.findings = Findings(kit)
        card = Card(kit)
        card.body.setContentsMargins(12, 8, 12, 8)
        card.body.setSpacing(4)
        head = QHBoxLayout()
        head.setSpacing(4)
        for widget, stretch in (
            (self.name, 1), (self.shipped_name, 1), (self.default_button, 0), (self.copy_button, 0), (self.delete_button, 0),
        ):  # fmt: skip
            head.addWidget(widget, stretch)
        card.body.addLayout(head)
        self.choices = QWidget()
        row = QHBoxLayout(self.choices)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        row.addWidget(self.purpose)
        row.addWidget(self.language)
        row.addStretch(1)
        card.body.addWidget(self.choices)
        card.body.addWidget(self.state)
        self.own_row = QWidget()
        own = QHBoxLayout(self.own_row)
        own.setContentsMargins(0, 0, 0, 4)
        own.addWidget(self.own_button)
        own.addStretch(1)
        card.body.addWidget(self.own_row)
        card.body.addWidget(self.subject)
        card.body.addWidget(in_column(self.body_text), 1)
        card.body.addWidget(self.findings)
        self.editor = QStackedWidget()
        self.editor.addWidget(card)
        self.editor.addWidget(
            EmptyState(
                kit,
                "mail",
                lambda: _(
                    "Here stand the texts of letters and e-mails. Fields in double braces are filled for each reader."
                ),
                first=lambda: _("New text"),
                on_first=self.add_button.click,
            )
        )
        return self.editor

    def _right(self) -> QWidget:
        kit, _ = self.kit, self.kit.words.gettext
        right = QWidget()
        column = QVBoxLayout(right)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        sides = {
            "read": lambda: _("How it reads"),
            "fields": lambda: _("Field catalogue"),
        }
        row, self.tabs = switches(kit, self, sides, self.show_tab)
        column.addLayout(row)
        self.sample = Combo(kit)
        self.sample.setSizeAdjustPolicy(Combo.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.sample.setMinimumContentsLength(12)
        column.addWidget(self.sample)
        self.result = Result(kit)
        self.fields = TextFields(kit)
        self.stack = QStackedWidget()
        self.stack.addWidget(self.result)
        self.stack.addWidget(self.fields)
        column.addWidget(self.stack, 1)
        self.show_tab("read")
        return right


class Result(QWidget):
    """The letter as it will read, with the sample that is chosen; "" and the reason where it cannot be made."""

    def __init__(self, kit: Kit) -> None:
        super().__init__()
        _ = kit.words.gettext
        self.subject = label(kit, look="heading", wrap=True)
        self.subject.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.problem = label(kit, look="error", wrap=True)
        self.body = QPlainTextEdit()
        self.body.setReadOnly(True)
        self.body.setTabChangesFocus(True)
        kit.words.bind(self.body, lambda: self.body.setAccessibleName(_("How it reads")))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.subject)
        column.addWidget(self.problem)
        column.addWidget(self.body, 1)
        self.show_letter("", "", "")

    def show_letter(self, subject: str, body: str, problem: str) -> None:
        """Show a letter, or why there is none."""
        self.subject.setText(subject)
        self.subject.setVisible(bool(subject))
        self.problem.setText(problem)
        self.problem.setVisible(bool(problem))
        if self.body.toPlainText() != body:
            at = self.body.verticalScrollBar().value()
            self.body.setPlainText(body)
            self.body.verticalScrollBar().setValue(at)


class Findings(QWidget):
    """What is wrong, a sentence each; ``jump(part, start, length)`` leads to the place."""

    jump = Signal(str, int, int)

    def __init__(self, kit: Kit) -> None:
        super().__init__()
        self._kit = kit
        _ = kit.words.gettext
        self._found: Sequence[TextFinding] = ()
        self.title = label(kit, look="caption")
        self.list = QListWidget()
        self.list.setWordWrap(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.itemClicked.connect(self._go)
        self.list.itemActivated.connect(self._go)
        kit.words.bind(self.list, lambda: self.list.setAccessibleName(_("What is wrong with the text")))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 4, 0, 0)
        column.setSpacing(4)
        column.addWidget(self.title)
        column.addWidget(self.list)
        kit.words.changed.connect(self._say_again)
        self.show_findings(())

    def show_findings(self, found: Sequence[TextFinding]) -> None:
        """Show other findings; nothing where there are none."""
        self._found = found
        _, ngettext, say = self._kit.words.gettext, self._kit.words.ngettext, self._kit.words.message
        self.list.clear()
        for one in found:
            finding = one.finding
            place = say(finding.place) if not isinstance(finding.place, str) else finding.place
            words = f"{place}: {say(finding.text)}"
            if finding.suggestion:
                words = words.rstrip(".") + ". " + _("Write instead: {text}").format(text=finding.suggestion)
            icon = "error" if finding.severity == "error" else "warning"
            item = QListWidgetItem(self._kit.icons.icon(icon), words)
            item.setToolTip(words)
            self.list.addItem(item)
        self.title.setText(
            ngettext("{n} place to look at", "{n} places to look at", len(found)).format(n=len(found))
        )
        self.setVisible(bool(found))
        lines = min(len(found), _MOST_SHOWN) * 2
        self.list.setFixedHeight(lines * self.fontMetrics().lineSpacing() + 16)

    def _say_again(self) -> None:
        self.show_findings(self._found)

    def sentences(self) -> list[str]:
        """The findings as they are said."""
        return [self.list.item(at).text() for at in range(self.list.count())]

    def _go(self, item: QListWidgetItem) -> None:
        found = self._found[self.list.row(item)]
        self.jump.emit(found.part, found.start, found.length)
