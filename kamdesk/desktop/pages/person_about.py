"""Who a person is on paper: how to address, birthday, gender, language, and every declared field without a place of its own."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from kamdesk.desktop.desk import Desk
from kamdesk.desktop.pages.people_keyed import bare
from kamdesk.desktop.pages.people_words import Said
from kamdesk.desktop.widgets.editor_for import can_edit, editor_for
from kamdesk.desktop.widgets.inline_base import InlineEditor
from kamdesk.desktop.widgets.inline_text import InlinePartialDate
from kamdesk.desktop.widgets.section import FieldList, Section
from kamdesk.model.values import PartialDate

if TYPE_CHECKING:
    from kamdesk.model.fields import FieldSpec
    from kamdesk.services.records import FieldValue

_ELSEWHERE: Final = frozenset(
    {
        "family_name", "given_name", "middle_name", "lens", "influence", "stance", "stance_evidence", "stance_date",
        "ladder_now", "ladder_wanted", "salutation", "courtesy_title", "initials", "written_name", "name_genitive",
        "name_dative", "name_instrumental", "cadence_days",
    }
)  # fmt: skip
"""Drawn by other parts of the page; every other declared field stands here."""
_FIRST: Final = ("address_form", "gender", "language")


class About(Section):
    """Fields of the person; only the filled ones are drawn."""

    def __init__(self, desk: Desk, said: Said) -> None:
        kit = desk.kit
        _ = kit.words.gettext
        super().__init__(kit, lambda: _("About the person"))
        self._desk, self._person = desk, ""
        self.birthday = InlinePartialDate(kit, lambda: _("Birthday"), self._save_birthday)
        self.fields: FieldList | None = None

    def show_person(self, person: str, form: Sequence[FieldValue], birthday: PartialDate | None) -> None:
        """Show the fields of a person."""
        shown = [one for one in form if one.spec.name not in _ELSEWHERE and can_edit(one.spec)]
        if self.fields is None:
            self.fields = self._made(shown)
        elif person != self._person:
            self.fields.fold()
        self._person = person
        for one in shown:
            self.fields.set_value(one.spec.name, one.value)
        self.birthday.set_value(birthday)
        self.fields.refresh()

    def _made(self, shown: Sequence[FieldValue]) -> FieldList:
        _ = self.kit.words.gettext
        fields = FieldList(self.kit)
        place = {name: at for at, name in enumerate(_FIRST)}
        for one in sorted(shown, key=lambda one: place.get(one.spec.name, len(place))):
            name = one.spec.name
            fields.add_late(
                name,
                lambda one=one: _(one.spec.label),
                lambda one=one: self._editor(one.spec),
            )
            if name == "address_form":
                fields.add(self.birthday)
                bare(self.birthday)
        self.body.addWidget(fields)
        return fields

    def _editor(self, spec: FieldSpec) -> InlineEditor:
        _ = self.kit.words.gettext
        made = editor_for(spec, None, self.kit)
        made.on_save(lambda value: self._save(spec.name, value, made))
        bare(made, (lambda: _("“Peter”, formally, by first name …")) if spec.name == "address_form" else None)
        return made

    def _save(self, name: str, value: object, editor: InlineEditor) -> None:
        records, person, visit = self._desk.workplace.records, self._person, editor.visit
        self.kit.commands.run(
            lambda: records.set("person", person, {name: value}, visit=visit),
            failed=editor.show_problem,
            owner=editor,
        )

    def _save_birthday(self, value: PartialDate | None) -> None:
        facts, person = self._desk.workplace.facts, self._person
        self.kit.commands.run(
            lambda: facts.set_birthday(person, value), failed=self.birthday.show_problem, owner=self.birthday
        )
