"""The history of a client or a person: what happened and what is planned, with filters; promises and notes beside it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QLineEdit, QPushButton, QVBoxLayout, QWidget

from kamdesk.desktop.desk import Desk
from kamdesk.desktop.kit import Option
from kamdesk.desktop.pages.history_card import InteractionCard
from kamdesk.desktop.pages.history_form import InteractionForm
from kamdesk.desktop.pages.people_keyed import Keyed, grows
from kamdesk.desktop.pages.people_words import Said, shown_name
from kamdesk.desktop.widgets.basic import button, columns, label, set_look
from kamdesk.desktop.widgets.cards import EmptyState
from kamdesk.desktop.widgets.flow import FlowLayout
from kamdesk.desktop.widgets.inline_choice import Combo
from kamdesk.desktop.widgets.tab_order import order_tabs

if TYPE_CHECKING:
    from kamdesk.services.interaction_views import InteractionView

_PAGE = 15


@dataclass(frozen=True)
class _Found:
    rows: tuple[InteractionView, ...]
    total: int
    people: tuple[Option, ...]
    deals: tuple[Option, ...]


class History(QWidget):
    """Show it with :meth:`show_owner`; :meth:`reload` reads anew."""

    def __init__(self, desk: Desk, said: Said) -> None:
        super().__init__()
        self._desk, self._said, self._kit = desk, said, desk.kit
        self._client = self._person = ""
        self._limit = _PAGE
        self._wanted, self._ask = "", False
        self._people: tuple[Option, ...] = ()
        self._deals: tuple[Option, ...] = ()
        kit, _ = desk.kit, desk.kit.words.gettext
        self.log_button = button(
            kit, lambda: _("Log what happened"), "add", "", lambda: self.start(planning=False)
        )
        self.plan_button = button(kit, lambda: _("Plan"), "calendar", "", lambda: self.start(planning=True))
        self.search = QLineEdit()
        self.search.setClearButtonEnabled(True)
        self.search.setMaximumWidth(kit.theme.px(220))
        kit.words.bind(self.search, lambda: self.search.setPlaceholderText(_("Search in the history")))
        kit.words.bind(self.search, lambda: self.search.setAccessibleName(_("Search in the history")))
        self._pause = QTimer(self, singleShot=True, interval=150)
        self._pause.timeout.connect(self.reload)
        self.search.textChanged.connect(lambda _text: self._pause.start())
        self.kind = Combo(kit)
        kit.words.bind(self.kind, self._fill_kinds)
        self.kind.activated.connect(lambda _at: self.reload())
        self.who, self.deal, self.period = (self._filter() for _number in range(3))
        kit.words.bind(self.who, lambda: self._fill(self.who, _("Anybody"), _("With whom"), self._people))
        kit.words.bind(self.deal, lambda: self._fill(self.deal, _("All deals"), _("Deal"), self._deals))
        kit.words.bind(self.period, self._fill_periods)
        self.chips: dict[str, QPushButton] = {}
        bar = QWidget()
        flow = FlowLayout(bar)
        filters = (self.search, self.kind, self.who, self.deal, self.period)
        for widget in (self.log_button, self.plan_button, *filters, *self._state_chips()):
            flow.addWidget(widget)
        self.form = grows(InteractionForm(desk, said))
        self.list = Keyed(
            lambda item: grows(InteractionCard(desk, said, item, lambda: self._people, lambda: self._deals)),
            spacing=10,
        )
        self.nothing = EmptyState(
            kit,
            "history",
            lambda: _("Meetings, calls and letters stand here, the planned ones on top."),
            first=lambda: _("Log what happened"),
            on_first=lambda: self.start(planning=False),
        )
        self.none_found = label(kit, lambda: _("Nothing fits. Change the filters."), "muted")
        self.more_button = button(kit, lambda: _("Show earlier ones"), "down", "link", self._more)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(10)
        for widget in (bar, self.form, self.list, self.none_found, self.nothing):
            outer.addWidget(widget)
        outer.addLayout(columns(self.more_button, 1))
        for widget in (self.nothing, self.none_found, self.more_button):
            widget.hide()

    def show_owner(self, client: str, person: str = "") -> None:
        """Whose history."""
        if (client, person) != (self._client, self._person):
            self.form.close_form()
            self._limit = _PAGE
            for box in (self.who, self.deal, self.period):
                box.setCurrentIndex(0)
        self._client, self._person = client, person

    def start(self, *, planning: bool) -> None:
        """Open the form."""
        self.form.start(self._client or None, self._people, planning=planning, with_person=self._person)

    def point_at(self, what: str) -> None:
        """Bring one into sight as soon as it is read: ``<id>``, or ``<id>:went`` to be asked how it went.

        Filters that could hide it are taken away.
        """
        self._wanted, _colon, asked = what.partition(":")
        self._ask = asked == "went"
        parts = (self.search, self.kind, self.who, self.deal, self.period, *self.chips.values())
        for part in parts:
            part.blockSignals(True)
        self.search.clear()
        for box in (self.kind, self.who, self.deal, self.period):
            box.setCurrentIndex(0)
        for chip in self.chips.values():
            chip.setChecked(False)
        for part in parts:
            part.blockSignals(False)
        self.reload()

    def reload(self) -> None:
        """Read anew."""
        kind = self.kind.currentData() or ""
        of_client, of_person = "" if self._person else self._client, self._person
        kinds, text = (kind,) if kind else (), self.search.text().strip()
        states = tuple(code for code, chip in self.chips.items() if chip.isChecked())
        limit, client = self._limit, self._client
        place = self._desk.workplace
        days = self.period.currentData()
        wanted: dict[str, Any] = {
            "organisation_id": of_client,
            "person_id": of_person or (self.who.currentData() or ""),
            "kinds": kinds,
            "text": text,
            "states": states,
            "deal_id": self.deal.currentData() or "",
            "since": self._said.today() - timedelta(days) if days else None,
        }

        def work() -> _Found:
            rows = place.interactions.timeline(**wanted, limit=limit)
            total = place.interactions.count(**wanted)
            people = place.people.list(client or None)
            named = tuple(Option(one.id, shown_name(one.name)) for one in people)
            deals = place.interactions.deals(client) if client else ()
            return _Found(rows, total, named, tuple(Option(row, name) for row, name in deals))

        self._kit.queries.run(work, self._show, owner=self, key=f"history {id(self)}")

    def _show(self, found: _Found) -> None:
        _ = self._kit.words.gettext
        if (self._people, self._deals) != (found.people, found.deals):
            self._people, self._deals = found.people, found.deals
            self._fill(self.who, _("Anybody"), _("With whom"), self._people)
            self._fill(self.deal, _("All deals"), _("Deal"), self._deals)
        self.who.setVisible(not self._person and len(self._people) > 1)
        self.deal.setVisible(bool(self._deals))
        self.list.show_items(found.rows)
        boxes = (self.kind, self.who, self.deal, self.period)
        narrowed = bool(
            self.search.text()
            or any(box.currentData() for box in boxes)
            or any(chip.isChecked() for chip in self.chips.values())
        )
        self.nothing.setVisible(not found.rows and not narrowed and self.form.isHidden())
        self.none_found.setVisible(not found.rows and narrowed)
        order_tabs(self)
        self.more_button.setVisible(len(found.rows) >= self._limit and found.total > len(found.rows))
        self._reach(found.total)

    def _reach(self, total: int) -> None:
        """Go to the one that is wanted; earlier ones are read where it is not among the first."""
        card = self.list.row(self._wanted) if self._wanted else None
        if isinstance(card, InteractionCard):
            self._wanted, ask = "", self._ask
            QTimer.singleShot(
                0, card, lambda: card.come_forward(ask=ask)
            )  # its place is known after the layout
        elif self._wanted and self._limit < total:
            self._limit = total
            self.reload()
        else:
            self._wanted = ""

    def _more(self) -> None:
        self._limit += _PAGE
        self.reload()

    def _state_chips(self) -> list[QPushButton]:
        for code in ("planned", "done", "cancelled"):
            chip = QPushButton()
            set_look(chip, "chip")
            chip.setCheckable(True)
            chip.setAutoDefault(False)
            chip.toggled.connect(lambda _on: self.reload())
            self._kit.words.bind(
                chip, lambda chip=chip, code=code: chip.setText(self._said.label("interaction_state", code))
            )
            self.chips[code] = chip
        return list(self.chips.values())

    def _filter(self) -> Combo:
        made = Combo(self._kit)
        made.activated.connect(lambda _at: self.reload())
        made.setMaximumWidth(self._kit.theme.px(190))
        return made

    def _fill(self, box: Combo, all_of_them: str, name: str, options: tuple[Option, ...]) -> None:
        chosen = box.currentData()
        box.clear()
        box.addItem(all_of_them, "")
        for option in options:
            box.addItem(option.label, option.code)
        box.setCurrentIndex(max(0, box.findData(chosen)))
        box.setAccessibleName(name)

    def _fill_periods(self) -> None:
        _ = self._kit.words.gettext
        at = max(0, self.period.currentIndex())
        self.period.clear()
        for days, words in (
            (0, _("All the time")),
            (30, _("Last 30 days")),
            (90, _("Last 90 days")),
            (365, _("Last year")),
        ):
            self.period.addItem(words, days)
        self.period.setCurrentIndex(at)
        self.period.setAccessibleName(_("Period"))

    def _fill_kinds(self) -> None:
        _ = self._kit.words.gettext
        chosen = self.kind.currentData()
        self.kind.clear()
        self.kind.addItem(_("All kinds"), "")
        for option in self._said.options("interaction"):
            self.kind.addItem(option.label, option.code)
        self.kind.setCurrentIndex(max(0, self.kind.findData(chosen)))
        self.kind.setAccessibleName(_("Kind"))
