"""How the name, the job title and the salutation stand in documents: grey where computed, by hand where it was changed (R10)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from kamdesk.desktop.desk import Desk
from kamdesk.desktop.pages.people_words import Said
from kamdesk.desktop.widgets.basic import Say, button, columns, label
from kamdesk.desktop.widgets.inline_text import InlineText
from kamdesk.desktop.widgets.section import Section
from kamdesk.model.messages import N_

if TYPE_CHECKING:
    from kamdesk.services.person_forms import FormView, LetterLook

LABELS: Final = {
    "salutation": N_("Salutation"),
    "courtesy_title": N_("Courtesy title"),
    "written_name": N_("Full name as written"),
    "initials": N_("Initials and family name"),
    "name_genitive": N_("Name, genitive"),
    "name_dative": N_("Name, dative"),
    "name_instrumental": N_("Name, instrumental"),
    "title_genitive": N_("Job title, genitive"),
    "title_dative": N_("Job title, dative"),
    "title_instrumental": N_("Job title, instrumental"),
}
OPENED: Final = tuple(name for name in LABELS if name != "salutation")


class FormsSection(Section):
    """The salutation is always shown; the other forms when somebody opens them, since computing them takes a dictionary."""

    def __init__(self, desk: Desk, said: Said) -> None:
        kit, _ = desk.kit, desk.kit.words.gettext
        super().__init__(kit, lambda: _("In documents"))
        self._desk, self._person, self._opened = desk, "", False
        self.rows: dict[str, FormRow] = {}
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(2)
        grid.setColumnStretch(1, 1)
        for at, name in enumerate(LABELS):
            row = FormRow(desk, lambda name=name: _(LABELS[name]), name, self._write)
            row.place(grid, at)
            self.rows[name] = row
        self.body.addLayout(grid)
        self.open_button = button(
            kit, lambda: _("All forms of the name and title"), "down", "link", self.unfold
        )
        self.hint = label(
            kit, lambda: _("Grey is computed. Type over it where it is wrong."), "caption", wrap=True
        )
        self.body.addLayout(columns(self.open_button, 1))
        self.body.addWidget(self.hint)
        self.hint.hide()
        self.look_title = label(kit, lambda: _("How it will stand in letters"), "muted")
        self.look = label(kit, wrap=True)
        self.look.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.body.addWidget(self.look_title)
        self.body.addWidget(self.look)
        self._looked: LetterLook | None = None
        self.look_title.hide()
        self.look.hide()
        kit.words.bind(self.look, self._say_look)

    def show_forms(self, person: str, forms: Sequence[FormView]) -> None:
        """Show them; what is not among them has no such form. Cases that are not computed are asked for once opened."""
        if person != self._person:
            self._person, self._opened = person, False
        if self._opened:
            self._compute()
        else:
            self._show(forms)

    def _show(self, forms: Sequence[FormView]) -> None:
        known = {form.name: form for form in forms}
        cases = any(name in known for name in OPENED)
        for name, row in self.rows.items():
            form = known.get(name)
            row.show_form(form, (name == "salutation" or self._opened) and form is not None)
        self.open_button.setVisible(cases and not self._opened)
        self.hint.setVisible(cases and self._opened)
        if not self._opened:
            self._looked = None
            self._say_look()

    def _say_look(self) -> None:
        looked, _ = self._looked, self.kit.words.gettext
        for widget in (self.look_title, self.look):
            widget.setVisible(looked is not None)
        if looked is None:
            return
        parts = [looked.address, "", looked.salutation, ""]
        parts.append(_("Full name: {text}").format(text=looked.full_name))
        parts.append(_("Signature: {text}").format(text=looked.signature))
        if looked.cases:
            cases = ", ".join((looked.in_list, *looked.cases))
            parts.append(_("In text: {text}").format(text=cases))
        self.look.setText("\n".join(parts).strip("\n"))

    def _write(self, name: str, text: str, visit: str) -> None:
        self._desk.workplace.person_forms.set(self._person, name, text, visit=visit)

    def unfold(self) -> None:
        """Show all cases."""
        self._opened = True
        self._compute(focus=True)

    def _compute(self, *, focus: bool = False) -> None:
        forms, person = self._desk.workplace.person_forms, self._person

        def work() -> tuple[Sequence[FormView], LetterLook]:
            return forms.of_person(person), forms.look(person)

        def show(answer: tuple[Sequence[FormView], LetterLook]) -> None:
            if person == self._person:
                found, self._looked = answer
                self._show(found)
                self._say_look()
                if focus and self.rows["courtesy_title"].editor.isVisible():
                    self.rows["courtesy_title"].editor.focus()

        self.kit.queries.run(work, show, owner=self, key=f"forms {id(self)}")


class FormRow:
    """One form: label, editor with what is computed in grey below what is typed, and the way back. ``write(name, text, visit)``."""

    def __init__(self, desk: Desk, say: Say, name: str, write: Callable[[str, str, str], object]) -> None:
        kit, _ = desk.kit, desk.kit.words.gettext
        self._desk, self._name, self._write = desk, name, write
        self.form: FormView | None = None
        self.editor = InlineText(kit, say, self._save)
        self.editor.setObjectName(name)
        self.label = label(kit, say, "muted", buddy=self.editor)
        self.label.setContentsMargins(0, kit.theme.px(6), 0, 0)
        self.reset = button(kit, lambda: _("As computed"), "", "link", self._reset)
        # the words of the language come first, then what is computed
        kit.words.bind(self.editor, self._grey)

    def place(self, grid: QGridLayout, at: int) -> None:
        """Stand in a line of the grid."""
        for column, widget in enumerate(self.widgets()):
            grid.addWidget(widget, at, column)

    def widgets(self) -> tuple[QWidget, ...]:
        """Label, editor, and the way back."""
        return self.label, self.editor, self.reset

    def show_form(self, form: FormView | None, visible: bool) -> None:
        """Show a form: what is computed in grey below what is written by hand."""
        self.form = form
        for widget in self.widgets():
            widget.setVisible(visible)
        self.editor.set_value(form.own if form is not None else "")
        self.reset.setVisible(visible and form is not None and bool(form.own))
        self._grey()

    def _grey(self) -> None:
        self.editor.line.setPlaceholderText(self.form.computed if self.form is not None else "")

    def _reset(self) -> None:
        self.editor.focus()
        self._desk.kit.commands.run(lambda: self._write(self._name, "", ""))

    def _save(self, text: str) -> None:
        visit = self.editor.visit
        self._desk.kit.commands.run(
            lambda: self._write(self._name, text, visit), failed=self.editor.show_problem, owner=self.editor
        )
