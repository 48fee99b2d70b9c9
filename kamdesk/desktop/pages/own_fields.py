"""Two sections of a client's and a person's page: the department's own fields, and what to learn next (D12)."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QHBoxLayout, QWidget

from kamdesk.desktop.desk import Desk
from kamdesk.desktop.kit import Kit, Option
from kamdesk.desktop.pages.people_keyed import Keyed
from kamdesk.desktop.widgets.basic import button, label, tool_button
from kamdesk.desktop.widgets.editor_for import editor_for
from kamdesk.desktop.widgets.field_place import mark_field, mark_record
from kamdesk.desktop.widgets.inline_base import InlineEditor
from kamdesk.desktop.widgets.inline_choice import InlineChoice, InlineCodes
from kamdesk.desktop.widgets.section import FieldList, Section
from kamdesk.model.fields import FieldSpec
from kamdesk.rules import own_values

if TYPE_CHECKING:
    from kamdesk.services.questions import QuestionView
    from kamdesk.services.standard import FieldView, OwnValue


class OwnFields(Section):
    """The own fields of one client or person; empty ones are offered by +. Hidden while the department has none."""

    def __init__(self, desk: Desk, subject: str) -> None:
        _ = desk.kit.words.gettext
        super().__init__(desk.kit, lambda: _("Own fields"))
        self._desk, self._subject, self._row = desk, subject, ""
        self._drawn: object = None
        self._fields: FieldList | None = None
        self.wrong = label(desk.kit, look="caption", wrap=True)
        self.wrong.hide()
        self.body.addWidget(self.wrong)
        self.hide()

    def show_values(self, row_id: str, values: tuple[OwnValue, ...]) -> None:
        """Show the values of a row; the editors are made anew only when the fields themselves changed."""
        kinds: tuple[object, ...] = (
            self.kit.words.language,
            *((one.field.id, one.field.kind, one.field.choices, one.field.label("ru")) for one in values),
        )
        if self._drawn != kinds or self._fields is None:
            self._drawn = kinds
            if self._fields is not None:
                self._fields.hide()
                self._fields.deleteLater()
            self._fields = FieldList(self.kit)
            for one in values:
                self._fields.add(self._editor(one))
            self.body.insertWidget(0, self._fields)
        elif row_id != self._row:
            self._fields.fold()
        self._row = row_id
        for one in values:
            editor = self._fields.editor(one.field.id)
            editor.set_value(one.value)
            mark_record(editor, "custom_value", one.id)
            mark_field(editor, "value" if one.id else "")
        self._fields.refresh()
        self._say_wrong(values)
        self.setVisible(bool(values))

    def open_field(self, field: str) -> None:
        """Go into a field, also an empty one."""
        if self._fields is not None:
            self._fields.open_field(field)

    def _say_wrong(self, values: tuple[OwnValue, ...]) -> None:
        _, language = self.kit.words.gettext, self.kit.words.language
        told = [
            _("{field}: “{text}” cannot be read as this kind of field").format(
                field=one.field.label(language), text=one.wrong
            )
            for one in values
            if one.wrong
        ]
        self.wrong.setText("\n".join(told))
        self.wrong.setVisible(bool(told))

    def _editor(self, one: OwnValue) -> InlineEditor:
        field, kit = one.field, self.kit

        def say() -> str:
            return field.label(kit.words.language)

        if field.kind == "choice":
            made: InlineEditor = InlineChoice(kit, say, partial(_choices, field))
        elif field.kind == "choices":
            made = InlineCodes(kit, say, partial(_choices, field))
        else:
            made = editor_for(FieldSpec(field.id, "", own_values.KINDS[field.kind]), one.value, kit, say=say)
        made.setObjectName(field.id)
        made.on_save(lambda value: self._save(field.id, value, made))
        return made

    def _save(self, field: str, value: Any, editor: InlineEditor) -> None:
        standard, row, visit = self._desk.workplace.standard, self._row, editor.visit
        self.kit.commands.run(
            lambda: standard.set_value(field, row, value, visit=visit),
            failed=editor.show_problem,
            owner=editor,
        )


class ToLearn(Section):
    """Questions that the dossier leaves open. ``answer(about)`` leads to where the answer is typed, False where nowhere."""

    def __init__(self, desk: Desk, subject: str, answer: Callable[[str], object]) -> None:
        _ = desk.kit.words.gettext
        super().__init__(desk.kit, lambda: _("What to learn next"))
        self._desk, self._subject, self._row = desk, subject, ""
        self._answer = answer
        self.list = Keyed(self._made, spacing=2)
        self.body.addWidget(self.list)
        self.tools.addWidget(
            button(desk.kit, lambda: _("Questions…"), "", "link", lambda: self._open_standard())
        )
        self.hide()

    def show_questions(self, row_id: str, questions: tuple[QuestionView, ...]) -> None:
        """Show what is open; nothing where everything is known."""
        self._row = row_id
        self.list.show_items(questions)
        self.setVisible(bool(questions))

    def _open_standard(self) -> None:
        from kamdesk.desktop.navigation.target import Target

        self._desk.window.navigate(Target("standard", "", "questions"))

    def _made(self, item: QuestionView) -> QWidget:
        return _Question(self.kit, item, self._answer, self._put_aside)

    def _put_aside(self, question: str) -> None:
        questions, row = self._desk.workplace.questions, self._row
        self.kit.commands.run(lambda: questions.put_aside(question, row), owner=self)


class _Question(QWidget):
    def __init__(
        self, kit: Kit, item: QuestionView, answer: Callable[[str], object], aside: Callable[[str], object]
    ) -> None:
        super().__init__()
        _ = kit.words.gettext
        self._kit, self._item = kit, item
        self.text = button(
            kit, lambda: self._item.text(kit.words.language), "", "link", lambda: answer(self._item.about)
        )
        self.aside = tool_button(
            kit, lambda: _("Do not ask this here"), "close", lambda: aside(self._item.id)
        )
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.text)
        row.addStretch(1)
        row.addWidget(self.aside)

    def show_item(self, item: QuestionView) -> None:
        """Show a question in its words of now."""
        self._item = item
        self.text.setText(item.text(self._kit.words.language))


def _choices(field: FieldView) -> list[Option]:
    return [Option(word, word) for word in field.choices]
