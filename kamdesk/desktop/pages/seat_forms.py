"""A job title and a company's name in their cases: grey where computed, by hand where changed, and how they stand in letters (R10)."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from kamdesk.desktop.desk import Desk
from kamdesk.desktop.pages.person_forms import LABELS, FormRow
from kamdesk.desktop.widgets.basic import Say, button, label
from kamdesk.desktop.widgets.field_place import mark_record
from kamdesk.desktop.widgets.tab_order import take_place
from kamdesk.model.messages import N_, KamdeskError

if TYPE_CHECKING:
    from kamdesk.services.person_forms import CasesLook, FormView

_TITLES: Final = {name: words for name, words in LABELS.items() if name.startswith("title_")}
_COMPANY: Final = {
    "legal_name_genitive": N_("Legal name, genitive"),
    "legal_name_dative": N_("Legal name, dative"),
    "legal_name_instrumental": N_("Legal name, instrumental"),
}


class CaseForms(QWidget):
    """Opened by whoever needs them, since computing them takes a dictionary; open ones stay open from record to record.

    ``read(id, cases)`` gives the forms, ``look(id)`` how they stand in letters, ``write(id, name, text, visit)`` keeps one.
    """

    def __init__(
        self,
        desk: Desk,
        table: str,
        labels: Mapping[str, str],
        open_words: Say,
        read: Callable[..., Sequence[FormView]],
        look: Callable[[str], CasesLook | None],
        write: Callable[..., object],
    ) -> None:
        super().__init__()
        kit, _ = desk.kit, desk.kit.words.gettext
        self._desk, self._table, self._record, self._opened = desk, table, "", False
        self._read_forms, self._read_look, self._write_form = read, look, write
        self._looked: CasesLook | None = None
        self.open_button = button(kit, open_words, "down", "link", self.unfold)
        self._column = column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.open_button, 0, Qt.AlignmentFlag.AlignLeft)
        self._labels = labels
        self.rows: dict[str, FormRow] = {}
        self.hint = label(
            kit, lambda: _("Grey is computed. Type over it where it is wrong."), "caption", wrap=True
        )
        self.look_title = label(kit, lambda: _("How it will stand in letters"), "muted")
        self.look = label(kit, wrap=True)
        self.look.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        for words_label, above in ((self.hint, 0), (self.look_title, 8), (self.look, 2)):
            words_label.setContentsMargins(8, kit.theme.px(above), 0, 0)
            column.addWidget(words_label)
        self.open_button.hide()
        self._show((), None)
        kit.words.bind(self.look, self._say_look)

    def knows(self, field: str) -> bool:
        """Whether a field is one of these forms."""
        return field in self._labels

    def show_record(self, record: str) -> None:
        """Stand beside another record, or the same one after a change."""
        if record != self._record:
            self._record = record
            mark_record(self, self._table, record)
            self.open_button.hide()
            self._show((), None)
        self._read()

    def unfold(self) -> None:
        """Show all cases."""
        self._opened = True
        self._read(focus=True)

    def _read(self, *, focus: bool = False) -> None:
        record, opened = self._record, self._opened

        def work() -> tuple[Sequence[FormView], CasesLook | None]:
            try:
                return self._read_forms(record, cases=opened), self._read_look(record) if opened else None
            except KamdeskError:  # deleted while its forms were asked for: the page is about to say so
                return (), None

        def show(answer: tuple[Sequence[FormView], CasesLook | None]) -> None:
            if (record, opened) != (self._record, self._opened):
                return
            found, looked = answer
            self.open_button.setVisible(bool(found) and not opened)
            self._show(found if opened else (), looked)
            if focus and found:
                QTimer.singleShot(0, self, self._come_forward)  # its place is known after the layout

        self._desk.kit.queries.run(work, show, owner=self, key=f"case forms {id(self)}")

    def _come_forward(self) -> None:
        first = next(iter(self.rows.values())).editor
        first.focus()
        room = self.parentWidget()
        while room is not None and not isinstance(room, QScrollArea):
            room = room.parentWidget()
        if room is not None:
            room.ensureWidgetVisible(self.look)
            room.ensureWidgetVisible(first)

    def _make_rows(self) -> None:
        """Three editors that most people never open."""
        kit, _ = self._desk.kit, self._desk.kit.words.gettext
        for name, words in self._labels.items():
            row = FormRow(self._desk, lambda words=words: _(words), name, self._write)
            row.label.setContentsMargins(8, kit.theme.px(4), 0, 0)
            for widget in row.widgets():
                self._column.insertWidget(self._column.indexOf(self.hint), widget)
            self.rows[name] = row
        take_place(self)

    def _show(self, forms: Sequence[FormView], looked: CasesLook | None) -> None:
        known = {form.name: form for form in forms}
        if known and not self.rows:
            self._make_rows()
        for name, row in self.rows.items():
            row.show_form(known.get(name), name in known)
        self.hint.setVisible(bool(known))
        self._looked = looked
        self._say_look()

    def _say_look(self) -> None:
        looked, _ = self._looked, self._desk.kit.words.gettext
        for widget in (self.look_title, self.look):
            widget.setVisible(looked is not None)
        if looked is not None:
            cases = _("In text: {text}").format(text=", ".join(dict.fromkeys(looked.cases)))
            self.look.setText(f"{looked.address}\n\n{cases}")

    def _write(self, name: str, text: str, visit: str) -> None:
        self._write_form(self._record, name, text, visit=visit)


class SeatForms(CaseForms):
    """The job title of a seat, whoever sits there."""

    def __init__(self, desk: Desk) -> None:
        _, forms = desk.kit.words.gettext, desk.workplace.person_forms
        super().__init__(
            desk, "seat", _TITLES, lambda: _("Job title in all cases"),
            forms.of_seat, forms.look_of_seat, forms.set_of_seat,
        )  # fmt: skip


class CompanyForms(CaseForms):
    """The legal name of an organisation."""

    def __init__(self, desk: Desk) -> None:
        _, forms = desk.kit.words.gettext, desk.workplace.person_forms
        super().__init__(
            desk, "organisation", _COMPANY, lambda: _("Company name in all cases"),
            forms.of_company, forms.look_of_company, forms.set_of_company,
        )  # fmt: skip
