"""The overview of a client: who decides, what do we owe them, what is next, what do we not know."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from kamdesk.desktop.desk import Desk
from kamdesk.desktop.navigation.target import Target
from kamdesk.desktop.pages.client_about import About
from kamdesk.desktop.pages.client_gaps import DECIDES, DECISIVE, NOTABLE
from kamdesk.desktop.pages.client_reading import StartHere
from kamdesk.desktop.pages.history_card import ICONS
from kamdesk.desktop.pages.history_notes import NotesSection
from kamdesk.desktop.pages.own_fields import OwnFields, ToLearn
from kamdesk.desktop.pages.people_keyed import Keyed, grows
from kamdesk.desktop.pages.people_line import PersonItem, PersonLine
from kamdesk.desktop.pages.people_words import Said, shown_name
from kamdesk.desktop.pages.promises import Promises
from kamdesk.desktop.widgets.basic import IconLabel, button, label
from kamdesk.desktop.widgets.private import mark_private
from kamdesk.desktop.widgets.section import Section
from kamdesk.desktop.widgets.two_columns import TwoColumns
from kamdesk.services.promises import OURS, THEIRS

if TYPE_CHECKING:
    from kamdesk.desktop.pages.client import ClientData
    from kamdesk.rules.org_tree import Gap
    from kamdesk.services.people_views import PersonRow

Go = Callable[..., object]
_MOST_PEOPLE = 6
_MOST_DECIDING = 12
_MOST_GAPS = 7


class Overview(QWidget):
    """Filled by :meth:`show_client`. ``go(kind, id, tab)`` opens a place, ``to_tab(tab)`` another tab of the page."""

    def __init__(self, desk: Desk, said: Said, go: Go, to_tab: Callable[[str], object]) -> None:
        super().__init__()
        self._desk, self._said, self._go, self._to_tab = desk, said, go, to_tab
        self._kit = kit = desk.kit
        self._client = ""
        self._all_gaps: tuple[Gap, ...] = ()
        self._gaps_open = False
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
        self.more_gaps = button(kit, lambda: "", "", "link", self._open_gaps)
        self.gaps.body.addWidget(self.gaps_list)
        self.gaps.body.addWidget(self.more_gaps, 0, Qt.AlignmentFlag.AlignLeft)
        self.gaps.body.addWidget(self.no_gaps)
        mark_private(self.gaps)
        self.ours = Promises(desk, said, OURS, settled=False)
        self.theirs = Promises(desk, said, THEIRS, settled=False)
        self.start_here = StartHere(desk, self.open_place)
        self.about = About(
            desk, said, lambda one: go("client", one), lambda: desk.window.navigate(self._start_target())
        )
        self.own = OwnFields(desk, "organisation")
        self.to_learn = ToLearn(desk, "organisation", self._answer)
        self.notes = NotesSection(desk, said)
        two = TwoColumns(kit, (1, 1))
        for card in (self.people, self.gaps, self.to_learn, self.about, self.own):
            two.left.addWidget(grows(card))
        for card in (self.next, self.ours, self.theirs, self.notes):
            two.right.addWidget(grows(card))
        for column in (two.left, two.right):
            column.addStretch(1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(16)
        outer.addWidget(grows(self.start_here))
        outer.addWidget(two)
        outer.addStretch(1)

    def show_client(self, data: ClientData) -> None:
        """Show what was loaded."""
        if data.id != self._client:
            self._client = data.id
            self._gaps_open = False
            self.notes.show_owner(organisation_id=data.id)
            for side in (self.ours, self.theirs):
                side.show_owner(data.id)
        self._show_people(data.people)
        self._show_next(data)
        self._all_gaps = data.gaps
        self._show_gaps()
        self.own.show_values(data.id, data.own)
        self.to_learn.show_questions(data.id, data.to_learn)
        self.start_here.show_order(data.id, data.reading)
        for side in (self.ours, self.theirs):
            side.show_promises(data.promises)
        self.notes.show_notes(data.notes)
        self.about.show_about(data.id, data.form, data.card)

    def show_part(self, what: str) -> None:
        """Go to a part of the overview: ``start`` (what to read first) or ``about``."""
        if what == "start":
            self.start_here.ask()
        elif self.about.fields is not None:
            self.about.fields.open_field("description")

    def _start_target(self) -> Target:
        return Target("client", self._client, "overview:start")

    def _answer(self, about: str) -> None:
        """Go to where the answer to a question is typed."""
        head, _dot, name = about.partition(".")
        if head == "statement":
            self._to_tab(f"business:{name}")
        elif head == "custom":
            self.own.open_field(name)
        elif name in ("decider", "contacts", "criteria"):
            self._to_tab({"decider": "decides"}.get(name, "overview"))
        else:
            self.about.open_field(name)

    def _open_gaps(self) -> None:
        self._gaps_open = True
        self._show_gaps()

    def _show_gaps(self) -> None:
        shown = self._all_gaps if self._gaps_open else self._all_gaps[:_MOST_GAPS]
        self.gaps_list.show_items(shown)
        rest = len(self._all_gaps) - len(shown)
        self.more_gaps.setText(self._kit.words.ngettext("and {n} more", "and {n} more", rest).format(n=rest))
        self.more_gaps.setVisible(rest > 0)
        self.no_gaps.setVisible(not self._all_gaps)

    def _show_people(self, people: Sequence[PersonRow]) -> None:
        said, ngettext = self._said, self._kit.words.ngettext
        weighty = sorted(people, key=lambda row: (not decides(row), -(row.influence or 0), -len(row.parts)))
        deciding = sum(decides(row) for row in people)
        most = max(_MOST_PEOPLE, min(deciding, _MOST_DECIDING))
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
        self._kit = kit = overview._kit  # noqa: SLF001 (a part of the same page)
        self.name = button(
            kit,
            lambda: "",
            "",
            "link",
            lambda: overview.open_place(self._item.place),
        )
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(IconLabel(kit, "help", 18, "muted"))
        row.addWidget(self.name)
        row.addStretch(1)
        self.setFocusProxy(self.name)
        kit.words.bind(self, lambda: self.show_item(self._item))

    def show_item(self, item: Gap) -> None:
        """Show another state."""
        self._item = item
        self.name.setText(self._kit.words.message(item.words).replace("&", "&&"))
