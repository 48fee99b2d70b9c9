"""The page of a client."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt

from kamdesk.desktop.actions import Actions, ActionSpec
from kamdesk.desktop.desk import Desk
from kamdesk.desktop.dialogs.new_organisation import open_new_organisation
from kamdesk.desktop.navigation.target import Target
from kamdesk.desktop.pages.client_gaps import gaps_of
from kamdesk.desktop.pages.client_tabs import TABS
from kamdesk.desktop.pages.client_view import ClientView
from kamdesk.desktop.pages.people_words import Said
from kamdesk.desktop.widgets.basic import action_button
from kamdesk.desktop.widgets.tab_order import order_tabs
from kamdesk.model.messages import N_
from kamdesk.store.changes import ChangeSet

if TYPE_CHECKING:
    from kamdesk.rules.org_tree import Gap
    from kamdesk.services.deal_views import DealRow
    from kamdesk.services.interaction_views import InteractionView
    from kamdesk.services.notes import NoteView
    from kamdesk.services.organisation_views import OrganisationCard, OrganisationTree
    from kamdesk.services.people_views import PersonRow
    from kamdesk.services.promises import PromiseView
    from kamdesk.services.proposal_views import ProposalRow
    from kamdesk.services.questions import QuestionView
    from kamdesk.services.reading_order import ReadingOrder
    from kamdesk.services.records import FieldValue
    from kamdesk.services.standard import OwnValue

OPEN: Final = frozenset(
    {"draft", "internal_review", "approved", "sent", "receipt_confirmed", "discussion", "revision"}
)
RECENT_DAYS: Final = 7
_TABLES: Final = (
    "organisation", "person", "employment", "seat", "unit", "part", "contact", "interaction", "participant",
    "promise", "note", "proposal", "deal", "agenda_mark", "preference", "custom_value", "custom_field", "question",
    "statement", "criterion", "attachment",
)  # fmt: skip
ACTIONS: Final = (
    ActionSpec("client.propose", N_("Start a proposal"), "proposals", ("Ctrl+Shift+P",)),
    ActionSpec("client.log", N_("Log what happened"), "history", ("Ctrl+Shift+L",)),
    ActionSpec("client.plan", N_("Plan a meeting or a call"), "calendar", ("Ctrl+Shift+M",)),
    ActionSpec("client.group", N_("Type or paste the decision group"), "table", ("Ctrl+Shift+G",)),
    ActionSpec("client.who_knows", N_("Who knows whom"), "table"),
    ActionSpec("client.reading", N_("Start here: take this client over"), "forward"),
    ActionSpec("client.organisation", N_("Add an organisation of any kind"), "organisation"),
    ActionSpec("client.next", N_("Next in the list"), "down", ("Alt+PgDown",), palette=False),
    ActionSpec("client.previous", N_("Previous in the list"), "up", ("Alt+PgUp",), palette=False),
    ActionSpec("client.brief", N_("Meeting brief"), "meeting", ("Ctrl+Shift+B",)),
    ActionSpec("client.sheet", N_("Cheat sheet for facing the group"), "print"),
    ActionSpec("client.print", N_("Print the dossier"), "print", ("Ctrl+P",)),
    ActionSpec("client.delete", N_("Delete this client"), "trash"),
)


@dataclass(frozen=True)
class ClientData:
    """Everything the page shows besides the grid and the timeline, loaded in one go."""

    id: str
    form: tuple[FieldValue, ...]
    people: tuple[PersonRow, ...]
    tree: OrganisationTree
    card: OrganisationCard
    deals: tuple[DealRow, ...]
    reading: ReadingOrder
    buyer_set: str
    ahead: tuple[InteractionView, ...]
    awaiting: tuple[InteractionView, ...]
    steps: tuple[InteractionView, ...]
    promises: tuple[PromiseView, ...]
    notes: tuple[NoteView, ...]
    proposals: tuple[ProposalRow, ...]
    gaps: tuple[Gap, ...]
    own: tuple[OwnValue, ...]
    to_learn: tuple[QuestionView, ...]

    @property
    def open_proposals(self) -> tuple[ProposalRow, ...]:
        """Those that are not decided yet."""
        return tuple(row for row in self.proposals if row.status in OPEN)

    def value(self, name: str) -> object:
        """A field of the client."""
        return next((one.value for one in self.form if one.spec.name == name), "")


class ClientPage(ClientView):
    """``Target("client", id, tab)``; the tabs are in ``client_tabs``."""

    def __init__(self, desk: Desk) -> None:
        said = Said(desk.kit, desk.workplace.vocabularies, lambda: desk.workplace.store.now().date())
        super().__init__(desk, said)
        self._desk, self._said, self._place = desk, said, desk.workplace
        self._id = ""
        self._data: ClientData | None = None
        self._wanted = ""
        self.name.on_save(self._rename)
        self.actions_table = Actions(self, desk.kit.words, desk.kit.icons)
        self.actions_table.declare(
            ACTIONS,
            {
                "client.propose": self.start_proposal,
                "client.log": lambda: self.turn_to("history:log"),
                "client.plan": lambda: self.turn_to("history:plan"),
                "client.group": lambda: self.turn_to("decides"),
                "client.who_knows": lambda: self.go("who_knows", self._id),
                "client.reading": self._start_reading,
                "client.organisation": lambda: open_new_organisation(desk, self),
                "client.next": lambda: self._beside(1),
                "client.previous": lambda: self._beside(-1),
                "client.brief": self._brief,
                "client.sheet": self._sheet,
                "client.print": self._print_dossier,
                "client.delete": self._delete,
            },
        )
        for named in ("client.print", "client.brief"):
            action = self.actions_table.action(named)
            self._head.insertWidget(self._head.count() - 1, action_button(desk.kit, action))
        self.kit.words.changed.connect(self._reload)

    def open(self, target: Target) -> None:
        """Show a client; another tab of the same client is only turned to."""
        fresh = target.id != self._id
        self._id = target.id
        tab, _colon, rest = (target.tab or (TABS[0] if fresh else self.tab())).partition(":")
        own = tab not in self.panels
        if own:
            self._read(fresh)  # it is read in the other thread while the tab is made here
        for name, room in self.panels.items():
            room.show_owner(self._id, rest if name == tab else "")
        self.show_tab(tab)
        self._wanted = f"{tab}:{rest}" if rest and tab in ("overview", "decides", "history") else ""
        if not own:
            self._read(fresh)
        if "history" in self.parts():
            self.history.reload()
        if self.name.has_focus():
            self._start_keys()

    def refresh(self, changes: ChangeSet) -> None:
        """Read anew what a change may concern."""
        if self._id and changes.touches(*_TABLES):
            self._reload()
        for room in self.panels.values():
            room.refresh(changes)

    def client_id(self) -> str:
        """The client that is shown, for quick capture."""
        return self._id

    # --- inside -----------------------------------------------------------------------------------------------

    def _start_keys(self) -> None:
        """Out of the name, where Qt puts the keyboard as the page is shown: a stray key or a paste would change it."""
        if self.tab() == "decides":
            self.decides.grid.start()
        else:
            self.tabs.setFocus(Qt.FocusReason.OtherFocusReason)

    def _reload(self) -> None:
        if self._id:
            self._read()
            if "history" in self.parts():
                self.history.reload()

    def _read(self, fresh: bool = False) -> None:
        client = self._id
        self.kit.queries.run(
            lambda: self._load(client), lambda data: self._show(data, fresh), self._gone, owner=self
        )

    def _load(self, client: str) -> ClientData:
        place = self._place
        people, tree = place.people.list(client), place.organisations.tree(client)
        deals = place.deals.list(client)
        ahead = place.interactions.ahead(organisation_id=client)
        today = self._said.today()
        steps = place.interactions.next_steps(organisation_id=client)
        # a step has no mark that it was done: one of long ago is history, not what is next
        recent = tuple(
            row
            for row in steps
            if row.next_step_on is not None and (today - row.next_step_on).days <= RECENT_DAYS
        )
        return ClientData(
            client,
            place.records.form("organisation", client),
            people,
            tree,
            place.organisations.card(client),
            deals,
            place.reading.of(client, people),
            place.preferences.get().buyer_set,
            ahead,
            place.interactions.awaiting_result(organisation_id=client),
            recent,
            place.promises.of(organisation_id=client),
            place.notes.of(organisation_id=client),
            place.proposals.list(client),
            gaps_of(
                people, tree, deals, meeting_ahead=bool(ahead), written_to=place.people.written_to(client)
            ),
            place.standard.values("organisation", client),
            place.questions.to_learn("organisation", client),
        )

    def _show(self, data: ClientData, fresh: bool) -> None:
        if data.id != self._id:
            return
        self._data = data
        self.name.set_value(data.value("short_name"))
        self.set_title(lambda: str(data.value("short_name")))
        self._say_caption()
        for tab in self.parts():
            self._show_part(tab, data, fresh=fresh)
        wanted, self._wanted = self._wanted, ""
        if wanted:
            self.turn_to(wanted)

    def part_made(self, tab: str) -> None:
        """Fill a part with what was loaded; before that it is filled when it comes."""
        if tab == "history":
            self.history.show_owner(self._id)
            self.notes.show_owner(organisation_id=self._id)
            for side in (self.ours, self.theirs):
                side.show_owner(self._id)
        if self._data is not None:
            self._show_part(tab, self._data, fresh=True)
            if tab == "history":
                self.history.reload()

    def _show_part(self, tab: str, data: ClientData, *, fresh: bool) -> None:
        if tab == "overview":
            self.overview.show_client(data)
        elif tab == "decides":
            self.decides.show_client(data, fresh=fresh)
        elif tab == "history":
            for side in (self.ours, self.theirs):
                side.show_promises(data.promises)
            self.notes.show_notes(data.notes)
        else:
            self.proposals.show_proposals(data.proposals)
        order_tabs(self.stack.widget(TABS.index(tab)))

    def _say_caption(self) -> None:
        data = self._data
        if data is None:
            return
        kind = self._said.label("organisation_kind", data.value("kind"))
        parts = (kind, data.value("legal_name"), data.value("industry"), data.value("territory"))
        words = " · ".join(str(part) for part in parts if part)
        self.set_title(lambda: str(data.value("short_name")), lambda: words)
        self._title.hide()

    def _gone(self, _problem: object) -> None:
        self._desk.window.forget("client", self._id)

    def _rename(self, name: str) -> None:
        client, visit = self._id, self.name.visit
        self.kit.commands.run(
            lambda: self._place.records.set("organisation", client, {"short_name": name}, visit=visit),
            failed=self.name.show_problem,
            owner=self.name,
        )

    def turn_to(self, tab: str) -> None:
        """Turn to a tab; ``history:log`` and ``history:plan`` open the form there, ``history:<id>`` shows that one, ``history:<id>:went`` asks."""
        tab, _colon, what = tab.partition(":")
        self.tabs.setCurrentIndex(TABS.index(tab))
        if what and tab == "history" and what not in ("log", "plan"):
            self.history.point_at(what)
        elif what and tab == "history":
            self.history.start(planning=what == "plan")
        elif what and tab in self.panels:
            self.panels[tab].show_owner(self._id, what)
        elif what and tab == "decides":
            self.decides.go_to_seat(what)
        elif what and tab == "overview":
            self.overview.show_part(what)
        else:
            self.stack.currentWidget().setFocus()

    def _turned(self, at: int) -> None:
        super()._turned(at)
        self._desk.window.tab_changed(TABS[at])

    def _sheet(self) -> None:
        from kamdesk.desktop.dialogs.cheat_sheet import open_cheat_sheet

        open_cheat_sheet(self._desk, self, f"client:{self._id}")

    def _brief(self) -> None:
        """For the next meeting, else for the client as such."""
        client, briefs = self._id, self._place.briefs
        self.kit.queries.run(
            lambda: briefs.next_meeting(client), lambda subject: self.go("brief", subject), owner=self
        )

    def _print_dossier(self) -> None:
        from kamdesk.desktop.dialogs.dossier_print import open_dossier_print

        open_dossier_print(self._desk, self, "client", self._id)

    def _start_reading(self) -> None:
        client, reading = self._id, self._place.reading
        self.turn_to("overview:start")
        if self._data is not None and self._data.reading.dismissed:
            self.kit.commands.run(lambda: reading.restore(client), owner=self)

    def start_proposal(self) -> None:
        """Start a draft for this client and go there."""
        self.leave()
        client = self._id
        self.kit.commands.run(
            lambda: self._place.proposals.start(client), lambda row: self.go("proposal", row), owner=self
        )

    def _beside(self, step: int) -> None:
        """The next or previous record of the list from which one came."""
        found = self._desk.window.neighbours.beside("client", self._id, step)
        if found:
            self.go("client", found, TABS[self.tabs.currentIndex()])

    def _delete(self) -> None:
        client, _ = self._id, self.kit.words.gettext
        name = str(self._data.value("short_name")) if self._data is not None else ""

        def done(_none: object) -> None:
            window = self._desk.window
            window.notify(
                lambda: _("Deleted: {name}").format(name=name),
                "success",
                action=lambda: _("Undo"),
                on_action=window.undo_requested.emit,
            )
            window.forget("client", client)

        self.kit.commands.run(lambda: self._place.records.delete("organisation", client), done)
