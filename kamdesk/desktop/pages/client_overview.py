"""The overview of a client: who decides, what do we owe them, what is next, what do we not know."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from kamdesk.desktop.desk import Desk
from kamdesk.desktop.pages.client_gaps import DECIDES, DECISIVE, NOTABLE, Gap
from kamdesk.desktop.pages.history_card import ICONS
from kamdesk.desktop.pages.history_notes import NotesSection
from kamdesk.desktop.pages.people_keyed import Keyed, grows
from kamdesk.desktop.pages.people_line import PersonItem, PersonLine
from kamdesk.desktop.pages.people_words import Said, shown_name
from kamdesk.desktop.pages.promises import Promises
from kamdesk.desktop.widgets.basic import IconLabel, button, label
from kamdesk.desktop.widgets.editor_for import can_edit, editor_for
from kamdesk.desktop.widgets.inline_base import InlineEditor
from kamdesk.desktop.widgets.inline_text import InlineLongText
from kamdesk.desktop.widgets.private import mark_private
from kamdesk.desktop.widgets.section import FieldList, Section
from kamdesk.desktop.widgets.two_columns import TwoColumns
from kamdesk.services.promises import OURS, THEIRS

if TYPE_CHECKING:
    from kamdesk.desktop.pages.client import ClientData
    from kamdesk.services.people_views import PersonRow
    from kamdesk.services.records import FieldValue

Go = Callable[..., object]
_ON_HEADER = frozenset({"short_name"})
_WRAPPED = frozenset({"address", "size", "industry", "legal_name", "territory", "group_name"})
"""Fields of one line that are often longer than the line."""
_LAST = ("legal_name_genitive", "legal_name_dative")
_MOST_PEOPLE = 6


class Overview(QWidget):
    """Filled by :meth:`show_client`. ``go(kind, id, tab)`` opens a place, ``to_tab(tab)`` another tab of the page."""

    def __init__(self, desk: Desk, said: Said, go: Go, to_tab: Callable[[str], object]) -> None:
        super().__init__()
        self._desk, self._said, self._go, self._to_tab = desk, said, go, to_tab
        self._kit = kit = desk.kit
        self._client = ""
        self._drawn_for = ""
        _ = kit.words.gettext
        self.people = Section(
            kit, lambda: _("Who decides"), add=lambda: _("Whole group"), on_add=lambda: to_tab("decides")
        )
        if self.people.add_button is not None:
            self.people.add_button.setIcon(kit.icons.icon("table", "accent_text"))
        self.people_list = Keyed(lambda item: PersonLine(kit, item, lambda one: go("person", one)), spacing=8)
        self.people_more = button(kit, lambda: "", "", "link", lambda: to_tab("decides"))
        self.nobody = label(
            kit, lambda: _("Nobody is known yet. Paste or type the group."), "muted", wrap=True
        )
        for widget in (self.people_list, self.people_more, self.nobody):
            self.people.body.addWidget(widget)
        mark_private(self.people)
        self.next = Section(
            kit, lambda: _("What is next"), add=lambda: _("Plan"), on_add=lambda: to_tab("history:plan")
        )
        self.next_list = Keyed(lambda item: _NextLine(self, item), spacing=4)
        self.nothing_next = label(kit, lambda: _("Nothing is planned."), "muted")
        self.next.body.addWidget(self.next_list)
        self.next.body.addWidget(self.nothing_next)
        self.gaps = Section(kit, lambda: _("What we do not know"))
        self.gaps_list = Keyed(lambda item: _GapLine(self, item), spacing=0)
        self.no_gaps = label(kit, lambda: _("The group is known well."), "muted")
        self.gaps.body.addWidget(self.gaps_list)
        self.gaps.body.addWidget(self.no_gaps)
        mark_private(self.gaps)
        self.ours = Promises(desk, said, OURS, settled=False)
        self.theirs = Promises(desk, said, THEIRS, settled=False)
        self.about = Section(kit, lambda: _("About the client"))
        self.fields: FieldList | None = None
        self.notes = NotesSection(desk, said)
        two = TwoColumns(kit, (1, 1))
        for card in (self.people, self.gaps, self.about):
            two.left.addWidget(grows(card))
        for card in (self.next, self.ours, self.theirs, self.notes):
            two.right.addWidget(grows(card))
        for column in (two.left, two.right):
            column.addStretch(1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(two)
        outer.addStretch(1)

    def show_client(self, data: ClientData) -> None:
        """Show what was loaded."""
        if data.id != self._client:
            self._client = data.id
            self.notes.show_owner(organisation_id=data.id)
            for side in (self.ours, self.theirs):
                side.show_owner(data.id)
        self._show_people(data.people)
        self._show_next(data)
        self.gaps_list.show_items(data.gaps)
        self.no_gaps.setVisible(not data.gaps)
        for side in (self.ours, self.theirs):
            side.show_promises(data.promises)
        self.notes.show_notes(data.notes)
        self._show_fields(data.form)

    def _show_people(self, people: Sequence[PersonRow]) -> None:
        said, ngettext = self._said, self._kit.words.ngettext
        weighty = sorted(people, key=lambda row: (not decides(row), -(row.influence or 0), -len(row.parts)))
        deciding = sum(decides(row) for row in people)
        most = max(_MOST_PEOPLE, deciding)
        shown = [row for row in weighty if decides(row) or (row.influence or 0) >= NOTABLE][:most]
        shown = shown or weighty[:_MOST_PEOPLE]
        self.people_list.show_items([person_item(said, row, influence=decides(row)) for row in shown])
        rest = len(people) - len(shown)
        self.people_more.setText(ngettext("and {n} more", "and {n} more", rest).format(n=rest))
        self.people_more.setVisible(rest > 0)
        self.nobody.setVisible(not people)

    def _show_next(self, data: ClientData) -> None:
        _ = self._kit.words.gettext
        said = self._said
        items = [
            NextItem(
                f"asks {one.id}", ICONS.get(one.kind, "meeting"), one.purpose or said.label("interaction", one.kind),
                _("How did it go?"), "history", True,
            )
            for one in data.awaiting
        ]  # fmt: skip
        items += [
            NextItem(
                f"ahead {one.id}",
                ICONS.get(one.kind, "meeting"),
                one.purpose or said.label("interaction", one.kind),
                " · ".join(
                    part
                    for part in (
                        said.moment(one.starts_at),
                        ", ".join(shown_name(who.name) for who in one.people if not who.ours),
                    )
                    if part
                ),
                "history",
            )
            for one in data.ahead
        ]
        items += [
            NextItem(
                f"step {one.id}",
                "forward",
                one.next_step,
                said.day(one.next_step_on),
                "history",
                bool(one.next_step_on and one.next_step_on < said.today()),
            )
            for one in data.steps
        ]
        items += [
            NextItem(
                f"proposal {one.id}",
                "proposals",
                " · ".join(part for part in (one.number, one.subject) if part) or _("Proposal"),
                " · ".join(
                    part
                    for part in (
                        said.label("proposal_status", one.status),
                        _("contact {day}").format(day=said.day(one.next_date)) if one.next_date else "",
                    )
                    if part
                ),
                f"proposal:{one.id}",
            )
            for one in data.open_proposals
        ]
        self.next_list.show_items(items)
        self.nothing_next.setVisible(not items)

    def _show_fields(self, form: Sequence[FieldValue]) -> None:
        shown = [one for one in form if one.spec.name not in _ON_HEADER and can_edit(one.spec)]
        shown.sort(key=lambda one: one.spec.name in _LAST)
        if self.fields is None or self._drawn_for != self._client:
            if self.fields is not None:
                self.fields.hide()
                self.fields.deleteLater()
            self._drawn_for = self._client
            self.fields = FieldList(self._kit)
            self.about.body.addWidget(self.fields)
            for one in shown:
                editor = self._editor(one)
                editor.on_save(
                    lambda value, name=one.spec.name, editor=editor: self._save(name, value, editor)
                )
                self.fields.add(editor)
            return
        for one in shown:
            self.fields.editor(one.spec.name).set_value(one.value)
        self.fields.refresh()

    def _editor(self, one: FieldValue) -> InlineEditor:
        if one.spec.name not in _WRAPPED:
            return editor_for(one.spec, one.value, self._kit)
        made = InlineLongText(self._kit, lambda: self._kit.words.gettext(one.spec.label))
        made.setObjectName(one.spec.name)
        made.set_value(one.value)
        return made

    def _save(self, name: str, value: object, editor) -> None:
        if name in _WRAPPED:
            value = " ".join(str(value).split())
        records, client, visit = self._desk.workplace.records, self._client, editor.visit
        self._kit.commands.run(
            lambda: records.set("organisation", client, {name: value}, visit=visit),
            failed=editor.show_problem,
            owner=editor,
        )

    def open_place(self, place: str) -> None:
        """Go to a tab, a person or a proposal."""
        kind, _colon, record = place.partition(":")
        if record and kind in ("person", "proposal"):
            self._go(kind, record)
        else:
            self._to_tab(place)


def decides(row: PersonRow) -> bool:
    """Whether somebody decides: by their part in the decision or because their influence decides."""
    return bool(DECIDES & set(row.parts)) or row.influence == DECISIVE


def person_item(
    said: Said, row: PersonRow, *, with_client: bool = False, influence: bool = False
) -> PersonItem:
    """A person of a list as a line; with ``influence`` it says how much weight their word has."""
    parts = said.labels("part", sorted(row.parts, key=lambda code: code not in DECIDES))
    place = row.organisation if with_client else ""
    weight = ""
    if influence and row.influence is not None:
        weight = f"{said.title('influence')}: {said.label('influence', row.influence).lower()}"
    detail = " · ".join(part for part in (row.title, place, parts, weight) if part)
    return PersonItem(row.id, shown_name(row.name), detail, row.stance, said.label("stance", row.stance))


class NextItem:
    """A line of what is next; equal where everything shown is equal."""

    def __init__(
        self, item_id: str, icon: str, words: str, detail: str, place: str, late: bool = False
    ) -> None:
        self.id, self.icon, self.words, self.detail, self.place, self.late = (
            item_id,
            icon,
            words,
            detail,
            place,
            late,
        )

    def __eq__(self, other: object) -> bool:
        return isinstance(other, NextItem) and vars(self) == vars(other)

    __hash__ = None


class _NextLine(QWidget):
    def __init__(self, overview: Overview, item: NextItem) -> None:
        super().__init__()
        kit = overview._kit  # noqa: SLF001 (a part of the same page)
        self._item = item
        self.picture = IconLabel(kit, item.icon, 20, "accent_text")
        self.name = button(
            kit, lambda: self._item.words, "", "link", lambda: overview.open_place(self._item.place)
        )
        self.detail = label(kit, look="caption", wrap=True)
        self.detail.setContentsMargins(7, 0, 0, 2)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(self.name, 0, Qt.AlignmentFlag.AlignLeft)
        words.addWidget(self.detail)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.picture, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(words, 1)
        self.setFocusProxy(self.name)
        self.show_item(item)

    def show_item(self, item: NextItem) -> None:
        """Show another state."""
        self._item = item
        words = item.words if len(item.words) <= 64 else item.words[:63].rstrip() + "…"
        self.picture.set_icon(item.icon, "warning" if item.late else "accent_text")
        self.name.setText(words.replace("&", "&&"))
        self.name.setToolTip(item.words)
        self.detail.setText(item.detail)
        self.detail.setVisible(bool(item.detail))


class _GapLine(QWidget):
    def __init__(self, overview: Overview, item: Gap) -> None:
        super().__init__()
        self._item = item
        kit = overview._kit  # noqa: SLF001 (a part of the same page)
        self.name = button(
            kit,
            lambda: self._item.say(),
            "",
            "link",
            lambda: overview.open_place(
                f"person:{self._item.person}" if self._item.person else self._item.tab
            ),
        )
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(IconLabel(kit, "help", 18, "muted"))
        row.addWidget(self.name)
        row.addStretch(1)
        self.setFocusProxy(self.name)

    def show_item(self, item: Gap) -> None:
        """Show another state."""
        self._item = item
        self.name.setText(item.say().replace("&", "&&"))
