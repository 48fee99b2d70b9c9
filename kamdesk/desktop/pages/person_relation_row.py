"""One tie of a person: kind, name, strength and remark in a line; the pencil opens everything that can be said of it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtWidgets import QVBoxLayout, QWidget

from kamdesk.desktop.desk import Desk
from kamdesk.desktop.kit import Option
from kamdesk.desktop.pages.people_keyed import bare
from kamdesk.desktop.pages.people_words import Said, shown_name
from kamdesk.desktop.pages.unfolding import UnfoldingRow
from kamdesk.desktop.widgets.basic import button, columns, label, tool_button
from kamdesk.desktop.widgets.field_place import mark_field, mark_row
from kamdesk.desktop.widgets.inline_choice import InlineChoice
from kamdesk.desktop.widgets.inline_text import InlineLongText, InlinePartialDate
from kamdesk.desktop.widgets.section import FieldList

if TYPE_CHECKING:
    from kamdesk.services.relationships import RelationView
_REPORTING: Final = "reports_to"


class RelationRow(UnfoldingRow):
    """``person()`` is whose page it stands on; ``open_person(id)`` opens the other one's."""

    def __init__(
        self,
        desk: Desk,
        said: Said,
        item: RelationView,
        person: Callable[[], str],
        open_person: Callable[[str], object],
    ) -> None:
        super().__init__()
        self._desk, self._said, self._item, self._who = desk, said, item, person
        kit, _ = desk.kit, desk.kit.words.gettext
        self.kind = label(kit, look="muted")
        self.kind.setContentsMargins(7, 0, 0, 0)
        self.name = button(kit, lambda: "", "", "link", lambda: open_person(self._item.person_id))
        self.detail = label(kit, look="caption", wrap=True)
        self.detail.setContentsMargins(7, 0, 0, 2)
        self.setFocusProxy(self.name)
        line = columns(self.kind, self.name, 1, spacing=4)
        self.edit_button = tool_button(
            kit, lambda: _("Change: {what}").format(what=shown_name(self._item.person)), "edit", self.edit
        )
        line.addWidget(self.edit_button)
        line.addWidget(
            tool_button(
                kit,
                lambda: _("Delete: {what}").format(what=shown_name(self._item.person)),
                "trash",
                lambda: kit.commands.run(
                    lambda: desk.workplace.records.delete("relationship", self._item.id)
                ),
            )
        )
        self._room = QVBoxLayout(self)
        self._room.setContentsMargins(0, 0, 0, 0)
        self._room.setSpacing(0)
        self._room.addLayout(line)
        self._room.addWidget(self.detail)
        kit.words.bind(self, lambda: self.show_item(self._item))

    def show_item(self, item: RelationView) -> None:
        """Show another state of it."""
        self._item = item
        mark_row(self, "relationship", item.id, **self._editors)
        kit, said, _ = self._desk.kit, self._said, self._desk.kit.words.gettext
        self.kind.setText(f"{said.relation(item.kind, item.reverse)}:")
        self.name.setText(shown_name(item.person).replace("&", "&&"))
        since = kit.typed.show_partial_date(item.since) if item.since else ""
        until = kit.typed.show_partial_date(item.until) if item.until else ""
        strength = said.label("relation_strength", item.strength)
        parts = [
            item.organisation,
            _("tie: {strength}").format(strength=strength.casefold()) if strength else "",
            _("since {day}").format(day=since) if since else "",
            _("until {day}").format(day=until) if until else "",
            said.label("confidence", item.source_kind),
            item.note,
            "" if item.sensitivity == "private" else said.label("sensitivity", item.sensitivity),
        ]
        self.detail.setText(" · ".join(part for part in parts if part))
        self.detail.setVisible(bool(self.detail.text()) and self._fields is None)
        for name, editor in self._editors.items():
            editor.set_value(self._value(name))

    def edit(self) -> None:
        """Open the fields; again: put them away."""
        if self._fields is not None:
            self.close_fields()
            return
        kit, said, _ = self._desk.kit, self._said, self._desk.kit.words.gettext
        self._fields = QWidget()
        column = QVBoxLayout(self._fields)
        column.setContentsMargins(0, 0, 0, 6)
        self._editors = {
            "kind": InlineChoice(
                kit, lambda: _("Relationship"), lambda: [option for option, _kind in kinds(said)], self._turn,
                required=True,
            ),
            "strength": InlineChoice(
                kit, lambda: _("Strength"), lambda: said.options("relation_strength"), self._save_strength
            ),
            "since": InlinePartialDate(kit, lambda: _("Since"), self._saver("since")),
            "until": InlinePartialDate(kit, lambda: _("Until"), self._saver("until")),
            "note": InlineLongText(kit, lambda: _("Remark"), self._saver("note")),
            "source_kind": InlineChoice(
                kit, lambda: _("How we know"), lambda: said.options("confidence"), self._saver("source_kind")
            ),
            "sensitivity": InlineChoice(
                kit, lambda: _("May be shown to"), lambda: said.options("sensitivity"), self._saver("sensitivity"),
                required=True,
            ),
        }  # fmt: skip
        fields = FieldList(kit)
        for name, editor in self._editors.items():
            editor.set_value(self._value(name))
            bare(editor)
            mark_field(editor, name)
            fields.add(editor, always=True)
        column.addWidget(fields)
        column.addLayout(columns(button(kit, lambda: _("Done"), "ok", "", self.close_fields), 1))
        self._room.addWidget(self._fields)
        self.detail.hide()
        self._editors["kind"].focus()

    def folded(self) -> None:
        """Show the line again."""
        self.show_item(self._item)

    def _value(self, name: str) -> Any:
        item = self._item
        if name == "kind":
            mutual = self._said.relation(item.kind, True) == self._said.relation(item.kind, False)
            return f"{item.kind}~" if item.reverse and not mutual else item.kind
        if name == "strength":
            return "" if item.strength is None else str(item.strength)
        return getattr(item, name)

    def _turn(self, code: str) -> None:
        relationships, row, person = self._desk.workplace.relationships, self._item.id, self._who()
        kind, back = code.rstrip("~"), code.endswith("~")
        editor = self._editors["kind"]
        self._desk.kit.commands.run(
            lambda: relationships.turn(row, person, kind, reverse=back),
            failed=editor.show_problem,
            owner=editor,
        )

    def _save_strength(self, code: str) -> None:
        self._save("strength", int(code) if code else None)

    def _saver(self, name: str) -> Callable[[object], None]:
        return lambda value: self._save(name, value)

    def _save(self, name: str, value: object) -> None:
        relationships, row, editor = self._desk.workplace.relationships, self._item.id, self._editors[name]
        self._desk.kit.commands.run(
            lambda: relationships.edit(row, visit=editor.visit, **{name: value}),
            failed=editor.show_problem,
            owner=editor,
        )


def kinds(said: Said) -> list[tuple[Option, tuple[str, bool]]]:
    """The kinds as they read from this end: both readings of one that is not mutual."""
    from kamdesk.services.relationships import directed

    found: list[tuple[Option, tuple[str, bool]]] = []
    for item in said.vocabularies().items("relation"):
        if item.code == _REPORTING:
            continue  # reporting is a fact of seats and is said at the post and in the group grid
        forth, back = said.relation(item.code, False), said.relation(item.code, True)
        found.append((Option(item.code, forth), (item.code, False)))
        if back != forth and directed(said.vocabularies(), item.code):
            found.append((Option(f"{item.code}~", back), (item.code, True)))
    return found
