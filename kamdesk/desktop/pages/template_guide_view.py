"""The looks of the guided template: the document at the left, at the right what is offered, the fields, before and after, the look."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from kamdesk.desktop.dialogs.base import DialogBase
from kamdesk.desktop.kit import Kit
from kamdesk.desktop.pages.template_guide_state import GuideItem
from kamdesk.desktop.pages.template_guide_text import GuideText
from kamdesk.desktop.pages.templates_fields import FieldsPanel
from kamdesk.desktop.widgets.basic import Say, button, columns, label, line
from kamdesk.desktop.widgets.inline_choice import Combo
from kamdesk.desktop.widgets.page_preview import PagePreview
from kamdesk.desktop.widgets.scroll import scrolling
from kamdesk.desktop.widgets.switches import switches
from kamdesk.desktop.widgets.tick import Tick
from kamdesk.services.template_guide import GuideClient

_MOST = 200
_TOP = Qt.AlignmentFlag.AlignTop


class GuideView(DialogBase):
    """Tabs "offers", "after" and "look" at the right; the fields stand below what is offered."""

    changes: QWidget

    def __init__(self, kit: Kit, parent: QWidget | None = None) -> None:
        _ = kit.words.gettext
        super().__init__(
            kit, lambda: _("New template from a document"), parent, ok=lambda: _("Keep the template")
        )
        if parent is not None:
            room = parent.window().size()
            self.resize(max(900, room.width() - 60), max(560, room.height() - 60))
        self.body.setSpacing(6)
        self.body.addLayout(self._choices())
        splitter = QSplitter(Qt.Orientation.Horizontal)
        splitter.setHandleWidth(14)
        splitter.setChildrenCollapsible(False)
        splitter.addWidget(self._left())
        splitter.addWidget(self._right())
        splitter.setSizes([kit.theme.px(560), kit.theme.px(540)])
        self.body.addWidget(splitter, 1)
        # Enter belongs to the lists here: it would keep a template half marked.
        if self.ok_button is not None:
            self.ok_button.setDefault(False)
            self.ok_button.setAutoDefault(False)
        self.text.setFocus()

    def fill_choices(self, clients: Sequence[GuideClient], language: str) -> None:
        """The clients, the one that the document names first and chosen; the language of the document."""
        _ = self.kit.words.gettext
        self.client.addItem(_("No client"), "")
        for one in clients:
            self.client.addItem(one.name, one.id)
        self.client.setCurrentIndex(1 if clients and clients[0].named else 0)
        self.language.setCurrentIndex(max(0, self.language.findData(language)))

    def show_tab(self, tab: str) -> None:
        """Show what is offered, before and after, or the look."""
        self.tabs[tab].setChecked(True)
        self.stack.setCurrentIndex(list(self.tabs).index(tab))

    def show_changes(self, rows: Sequence[tuple[str, str, str]]) -> None:
        """Place, text before and after, of each paragraph that changes."""
        inner = QWidget()
        grid = QGridLayout(inner)
        grid.setContentsMargins(0, 0, 8, 0)
        grid.setHorizontalSpacing(14)
        for at in range(2):
            grid.setColumnStretch(at, 1)
        _ = self.kit.words.gettext
        grid.addWidget(label(self.kit, lambda: _("Before"), "caption"), 0, 0)
        grid.addWidget(label(self.kit, lambda: _("After"), "caption"), 0, 1)
        for number, (place, before, after) in enumerate(rows[:_MOST]):
            row = 1 + 3 * number
            grid.addWidget(line(), row, 0, 1, 2)
            grid.addWidget(label(self.kit, lambda place=place: place, "caption", wrap=True), row + 1, 0, 1, 2)
            grid.addWidget(label(self.kit, lambda text=before: text, "muted", wrap=True), row + 2, 0, _TOP)
            grid.addWidget(label(self.kit, lambda text=after: text, wrap=True), row + 2, 1, _TOP)
        grid.setRowStretch(3 * _MOST + 2, 1)
        scroll = scrolling(inner, sideways=False)
        scroll.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        scroll.setAccessibleName(_("Before and after"))
        old = self.changes
        self.stack.insertWidget(self.stack.indexOf(old), scroll)
        self.stack.removeWidget(old)
        old.deleteLater()
        self.changes = scroll
        if self.tabs["after"].isChecked():
            self.stack.setCurrentWidget(scroll)

    def why(self, item: GuideItem) -> str:
        """Why it is offered, in words."""
        _ = self.kit.words.gettext
        return {
            "dossier": _("Stands in the dossier"),
            "shape": _("Looks like it"),
            "heading": _("By its heading"),
            "table": _("A table with prices"),
            "own": _("Marked by you"),
        }.get(item.why, "")

    # --- parts ------------------------------------------------------------------------------------------------

    def _choices(self) -> QHBoxLayout:
        kit, _ = self.kit, self.kit.words.gettext
        self.name = QLineEdit()
        self.client, self.kind, self.language = Combo(kit), Combo(kit), Combo(kit)
        for combo, letters in ((self.client, 14), (self.kind, 14), (self.language, 7)):
            combo.setSizeAdjustPolicy(Combo.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            combo.setMinimumContentsLength(letters)
        for option in kit.vocabularies.options("document_kind"):
            self.kind.addItem(option.label, option.code)
        for option in kit.vocabularies.options("language"):
            self.language.addItem(option.label, option.code)
        named: tuple[tuple[QWidget, Say, int], ...] = (
            (self.name, lambda: _("Name of the template"), 3),
            (self.kind, lambda: _("For"), 2),
            (self.language, lambda: _("Language"), 1),
            (self.client, lambda: _("Whose document it was"), 2),
        )
        row = QHBoxLayout()
        row.setSpacing(12)
        for widget, say, share in named:
            column = QVBoxLayout()
            column.setSpacing(2)
            column.addWidget(label(kit, say, "caption", buddy=widget))
            column.addWidget(widget)
            widget.setAccessibleName(say())
            row.addLayout(column, share)
        return row

    def _left(self) -> QWidget:
        kit, _ = self.kit, self.kit.words.gettext
        left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        self.text = GuideText(kit)
        self.place = label(kit, look="caption")
        self.whole_table = Tick(kit)
        self.whole_table.setChecked(True)
        self.whole_table.hide()
        kit.words.bind(self.whole_table, lambda: self.whole_table.setText(_("A block takes the whole table")))
        column.addWidget(self.text, 1)
        column.addLayout(columns(self.place, 1, self.whole_table))
        return left

    def _right(self) -> QWidget:
        kit, _ = self.kit, self.kit.words.gettext
        right = QWidget()
        column = QVBoxLayout(right)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        sides = {
            "offers": lambda: _("Fields in the document"),
            "after": lambda: _("Before and after"),
            "look": lambda: _("How it looks"),
        }
        row, self.tabs = switches(kit, self, sides, self.show_tab)
        column.addLayout(row)
        self.stack = QStackedWidget()
        self.changes = QWidget()
        self.preview = PagePreview(kit)
        self.stack.addWidget(self._offers())
        self.stack.addWidget(self.changes)
        self.stack.addWidget(self.preview)
        column.addWidget(self.stack, 1)
        self.show_tab("offers")
        return right

    def _offers(self) -> QWidget:
        kit, _ = self.kit, self.kit.words.gettext
        self.list = QListWidget()
        self.list.setWordWrap(True)
        self.list.setSpacing(2)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        kit.words.bind(self.list, lambda: self.list.setAccessibleName(_("Fields in the document")))
        self.count = label(kit, look="caption")
        self.all_button = button(kit, lambda: _("Take all"), "ok", "link")
        self.remove_button = button(kit, lambda: _("Take away"), "close", "link")
        for one in (self.all_button, self.remove_button):
            one.setAutoDefault(False)
        self.fields = FieldsPanel(kit, "guide_fields", lambda: _("Put it for the marked words"))
        self.fields.copy_button.setAutoDefault(False)
        above = QWidget()
        column = QVBoxLayout(above)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(
            label(
                kit,
                lambda: _("What is ticked becomes a field or a block. Sure ones are ticked already."),
                "caption",
                wrap=True,
            )
        )
        column.addWidget(self.list, 1)
        column.addLayout(columns(self.count, 1, self.all_button, self.remove_button))
        split = QSplitter(Qt.Orientation.Vertical)
        split.setHandleWidth(10)
        split.setChildrenCollapsible(False)
        split.addWidget(above)
        split.addWidget(self.fields)
        split.setSizes([260, 260])
        return split
