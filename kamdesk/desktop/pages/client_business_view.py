"""How a statement about a client's business looks: its words where they stand, below them source, age and review, beside them what can be done."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QStringListModel, Qt
from PySide6.QtWidgets import QCompleter, QFrame, QHBoxLayout, QVBoxLayout, QWidget

from kamdesk.desktop.desk import Desk
from kamdesk.desktop.pages.people_keyed import grows
from kamdesk.desktop.pages.people_words import Said
from kamdesk.desktop.widgets.basic import IconLabel, button, label, set_look, tool_button
from kamdesk.desktop.widgets.field_place import mark_row
from kamdesk.desktop.widgets.flow import FlowLayout
from kamdesk.desktop.widgets.inline_base import InlineEditor
from kamdesk.desktop.widgets.inline_choice import InlineChoice
from kamdesk.desktop.widgets.inline_text import InlineDate, InlineLongText, InlineText
from kamdesk.desktop.widgets.section import FieldList
from kamdesk.services.statements import COMPETITOR_MOVE, StatementView

Open = Callable[[str, str], object]


class StatementCard(QFrame):
    """``open_place(kind, id)`` opens the argument or the competitor; ``rivals()`` gives names of known competitors."""

    def __init__(
        self,
        desk: Desk,
        said: Said,
        item: StatementView,
        open_place: Open,
        rivals: Callable[[], Sequence[str]],
    ) -> None:
        super().__init__()
        set_look(self, "fact")
        self._desk, self._said, self._item, self._open = desk, said, item, open_place
        self._rivals = rivals
        self._fields: FieldList | None = None
        kit, place = desk.kit, desk.workplace
        _ = kit.words.gettext
        self.mark = IconLabel(kit, "fact", 20, "icon")
        self.text = InlineLongText(kit, lambda: _("Statement"), self._save_text)
        self.text.text.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.detail = label(kit, look="caption", wrap=True)
        self.detail.setContentsMargins(8, 0, 0, 0)
        run = kit.commands.run
        statements = place.statements
        self.confirm = button(
            kit, lambda: _("Still true"), "ok", "link", lambda: run(lambda: statements.confirm(self._item.id))
        )
        self.argument = button(kit, lambda: _("Make it an argument"), "argument", "link", self._argue)
        self.rival = button(
            kit,
            lambda: "",
            "organisation",
            "link",
            lambda: open_place("client", self._item.competitor_id or ""),
        )
        self._below = QWidget()
        flow = FlowLayout(self._below, 2)
        for one in (self.rival, self.confirm, self.argument):
            flow.addWidget(one)
        self.edit_button = tool_button(
            kit, lambda: _("Change: {what}").format(what=self._item.text), "edit", self._turn_fields
        )
        self.delete_button = tool_button(
            kit,
            lambda: _("Delete: {what}").format(what=self._item.text),
            "trash",
            lambda: run(lambda: place.records.delete("statement", self._item.id)),
        )
        self._words = QVBoxLayout()
        self._words.setSpacing(0)
        for widget in (self.text, self.detail, self._below):
            self._words.addWidget(widget)
        row = QHBoxLayout(self)
        row.setContentsMargins(10, 6, 6, 6)
        row.setSpacing(6)
        top = Qt.AlignmentFlag.AlignTop
        row.addWidget(self.mark, 0, top)
        row.addLayout(self._words, 1)
        row.addWidget(self.edit_button, 0, top)
        row.addWidget(self.delete_button, 0, top)
        self.setFocusProxy(self.text)
        grows(self)
        kit.words.bind(self, lambda: self.show_item(self._item))

    def show_item(self, item: StatementView) -> None:
        """Show another state of it."""
        self._item = item
        mark_row(self, "statement", item.id, text=self.text)
        _, said, typed = self._desk.kit.words.gettext, self._said, self._desk.kit.typed
        self.text.set_value(item.text)
        self.mark.set_icon("warning" if item.stale else "fact", "warning" if item.stale else "icon")
        parts = [said.label("confidence", item.source_kind), item.source, said.ago(item.noted_on)]
        if item.stale:
            parts.append(_("check again"))
        elif item.review_by is not None:
            parts.append(_("check again by {day}").format(day=typed.show_date(item.review_by)))
        if item.kind == COMPETITOR_MOVE and not item.source_kind:
            parts.insert(0, _("how we know: not said"))
        self.detail.setText(" · ".join(part for part in parts if part))
        self.rival.setText(item.competitor.replace("&", "&&"))
        self.rival.setVisible(bool(item.competitor_id))
        self.argument.setText(_("It is an argument: open") if item.argument_id else _("Make it an argument"))
        for one in (self.edit_button, self.delete_button):
            words = _("Change: {what}") if one is self.edit_button else _("Delete: {what}")
            one.setToolTip(words.format(what=item.text))
            one.setAccessibleName(words.format(what=item.text))
        if self._fields is not None:
            for name in ("kind", "source_kind", "source", "competitor", "review_by", "sensitivity"):
                self._fields.editor(name).set_value(getattr(item, name))
            self._fields.refresh()

    # --- its fields -------------------------------------------------------------------------------------------

    def _turn_fields(self) -> None:
        if self._fields is None:
            self._make_fields()
        else:
            self._fields.setVisible(self._fields.isHidden())
        assert self._fields is not None
        if not self._fields.isHidden():
            self._fields.editor("kind").focus()

    def _make_fields(self) -> None:
        kit, said, statements = self._desk.kit, self._said, self._desk.workplace.statements
        _ = kit.words.gettext
        fields = FieldList(kit)
        rival = InlineText(
            kit,
            lambda: _("Competitor"),
            self._saver("competitor", lambda value: statements.set_competitor(self._item.id, str(value))),
            placeholder=lambda: _("Name of the company"),
        )
        completer = QCompleter(QStringListModel(list(self._rivals()), rival), rival)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        rival.line.setCompleter(completer)
        editors: dict[str, InlineEditor] = {
            "kind": InlineChoice(
                kit, lambda: _("About"), lambda: said.options("statement_kind"),
                self._saver("kind", lambda value: statements.set_kind(self._item.id, str(value))), required=True,
            ),
            "source_kind": InlineChoice(
                kit, lambda: _("How we know"), lambda: said.options("confidence"), self._saver("source_kind")
            ),
            "source": InlineText(kit, lambda: _("Source"), self._saver("source")),
            "competitor": rival,
            "review_by": InlineDate(kit, lambda: _("Check again by"), self._saver("review_by")),
            "sensitivity": InlineChoice(
                kit, lambda: _("May be shown to"), lambda: said.options("sensitivity"), self._saver("sensitivity"),
                required=True,
            ),
        }  # fmt: skip
        self._fields = fields
        for name, editor in editors.items():
            editor.setObjectName(name)
            editor.set_value(getattr(self._item, name))
            fields.add(editor, always=name != "competitor" or self._item.kind == COMPETITOR_MOVE)
        self._words.addWidget(fields)

    def _saver(self, name: str, work: Callable[[object], object] | None = None) -> Any:
        def save(value: object) -> None:
            assert self._fields is not None
            editor, records, row = self._fields.editor(name), self._desk.workplace.records, self._item.id
            visit = editor.visit

            def plain(value: object) -> None:
                records.set("statement", row, {name: value}, visit=visit)

            self._desk.kit.commands.run(
                lambda: (work or plain)(value), failed=editor.show_problem, owner=editor
            )

        return save

    def _save_text(self, text: str) -> None:
        editor, statements, row = self.text, self._desk.workplace.statements, self._item.id
        visit = editor.visit
        self._desk.kit.commands.run(
            lambda: statements.edit(row, text, visit=visit), failed=editor.show_problem, owner=editor
        )

    def _argue(self) -> None:
        statements, row = self._desk.workplace.statements, self._item.id
        if self._item.argument_id:
            self._open("argument", self._item.argument_id)
        else:
            self._desk.kit.commands.run(lambda: statements.make_argument(row), owner=self)
