"""The page of a person."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog

from kamdesk.desktop.actions import Actions, ActionSpec
from kamdesk.desktop.desk import Desk
from kamdesk.desktop.jobs import Progress
from kamdesk.desktop.kit import Option
from kamdesk.desktop.navigation.target import Target
from kamdesk.desktop.pages.clients import delete_rows
from kamdesk.desktop.pages.people_keyed import order_tabs
from kamdesk.desktop.pages.people_words import Said, shown_name
from kamdesk.desktop.pages.person_tabs import TABS
from kamdesk.desktop.pages.person_view import PersonView
from kamdesk.model.messages import N_, KamdeskError
from kamdesk.store.changes import ChangeSet

if TYPE_CHECKING:
    from kamdesk.model.values import PartialDate
    from kamdesk.services.facts import FactGroup
    from kamdesk.services.notes import NoteView
    from kamdesk.services.people_views import PersonCard
    from kamdesk.services.promises import PromiseView
    from kamdesk.services.records import FieldValue

_TABLES: Final = (
    "person", "employment", "seat", "unit", "organisation", "part", "contact", "criterion", "fact", "relationship",
    "interaction", "participant", "promise", "note", "telling",
)  # fmt: skip
ACTIONS: Final = (
    ActionSpec("person.fact", N_("Add a fact"), "fact", ("Ctrl+Shift+F",)),
    ActionSpec("person.contact", N_("Add a contact"), "phone", ("Ctrl+Shift+E",)),
    ActionSpec("person.relate", N_("Add a relationship"), "link", ("Ctrl+Shift+R",)),
    ActionSpec("person.photo", N_("Choose a photo"), "picture"),
    ActionSpec("person.log", N_("Log what happened"), "history", ("Ctrl+Shift+L",)),
    ActionSpec("person.plan", N_("Plan a meeting or a call"), "calendar", ("Ctrl+Shift+M",)),
    ActionSpec("person.delete", N_("Delete this person"), "trash"),
)


@dataclass(frozen=True)
class PersonData:
    """Everything the page shows besides the timeline."""

    card: PersonCard
    form: tuple[FieldValue, ...]
    birthday: PartialDate | None
    facts: tuple[FactGroup, ...]
    promises: tuple[PromiseView, ...]
    notes: tuple[NoteView, ...]
    people: tuple[Option, ...]
    photo: bytes | None


class PersonPage(PersonView):
    """``Target("person", id, tab)``; the tabs are in ``person_tabs``."""

    def __init__(self, desk: Desk) -> None:
        said = Said(desk.kit, desk.workplace.vocabularies, lambda: desk.workplace.store.now().date())
        super().__init__(desk, said)
        self._desk, self._said, self._place = desk, said, desk.workplace
        self._id = ""
        self._data: PersonData | None = None
        self.name.on_save(self._rename)
        self.actions_table = Actions(self, desk.kit.words, desk.kit.icons)
        self.actions_table.declare(
            ACTIONS,
            {
                "person.fact": lambda: self._start(self.facts.line.start),
                "person.contact": lambda: self._start(self.contacts.line.start),
                "person.relate": lambda: self._start(self.relations.start),
                "person.photo": self._choose_photo,
                "person.log": lambda: self._history(planning=False),
                "person.plan": lambda: self._history(planning=True),
                "person.delete": self._delete,
            },
        )
        self.kit.words.changed.connect(self._reload)

    def open(self, target: Target) -> None:
        """Show a person."""
        fresh = target.id != self._id
        self._id = target.id
        tab, _colon, rest = target.tab.partition(":")
        for name, room in self.panels.items():
            room.show_owner(self._id, rest if name == tab else "")
        if fresh or tab:
            self.tabs.setCurrentIndex(TABS.index(tab) if tab in TABS else 0)
        self.notes.show_owner(person_id=self._id)
        self._reload()
        if (
            self.name.has_focus()
        ):  # where Qt puts the keyboard as the page is shown: a stray key would change it
            self.tabs.setFocus(Qt.FocusReason.OtherFocusReason)

    def refresh(self, changes: ChangeSet) -> None:
        """Read anew what a change may concern."""
        if self._id and changes.touches(*_TABLES):
            self._reload()
        for room in self.panels.values():
            room.refresh(changes)

    def person_id(self) -> str:
        """The person that is shown, for quick capture."""
        return self._id

    def client_id(self) -> str:
        """Where the person works now; "" where that is not known."""
        if self._data is None:
            return ""
        return next((post.organisation_id for post in self._data.card.posts if not post.is_former), "")

    # --- inside -----------------------------------------------------------------------------------------------

    def _reload(self) -> None:
        person = self._id
        if person:
            self.kit.queries.run(lambda: self._load(person), self._show, self._gone, owner=self)

    def _load(self, person: str) -> PersonData:
        place = self._place
        card = place.people.card(person)
        kinds = tuple(place.vocabularies().codes("fact_kind"))
        return PersonData(
            card,
            place.records.form("person", person),
            place.facts.birthday(person),
            place.facts.of_person(person, kinds),
            place.promises.of(person_id=person),
            place.notes.of(person_id=person),
            tuple(Option(row.id, shown_name(row.name)) for row in place.people.list()),
            place.files.content(card.photo_id) if card.photo_id else None,
        )

    def _show(self, data: PersonData) -> None:
        card = data.card
        if card.id != self._id:
            return
        self._data = data
        name = shown_name(card.name)
        self.name.set_value(name)
        self.avatar.show_person(name, data.photo)
        self._say_caption()
        self.judgements.show_card(card)
        self.matters.show_card(card)
        self.facts.show_facts(card.id, data.facts)
        self.relations.show_relations(card.id, card.relations, data.people)
        self.about.show_person(card.id, data.form, data.birthday)
        self.contacts.show_contacts(card.id, card.contacts)
        self.posts.show_card(card)
        client = self.client_id()
        for side in (self.ours, self.theirs):
            side.show_owner(client or None, card.id)
            side.show_promises(data.promises)
        self.told_list.show_items(card.told)
        self.told_nothing.setVisible(not card.told)
        self.notes.show_notes(data.notes)
        self.history.show_owner(client, card.id)
        self.history.reload()
        for at in range(self.stack.count()):
            order_tabs(self.stack.widget(at))

    def _say_caption(self) -> None:
        data = self._data
        if data is None:
            return
        card, said, _ = data.card, self._said, self.kit.words.gettext
        post = next((post for post in card.posts if not post.is_former), None)
        last = _("last contact {day}").format(day=said.day(card.last_contact)) if card.last_contact else ""
        parts = [
            post.title if post else "",
            post.organisation if post else "",
            card.address_form,
            said.label("coverage", card.coverage),
            last,
        ]
        words = " · ".join(part for part in parts if part)
        self.set_title(lambda: shown_name(card.name), lambda: words)
        self._title.hide()

    def _gone(self, _problem: object) -> None:
        self._desk.window.forget("person", self._id)

    def _rename(self, name: str) -> None:
        person, visit, people = self._id, self.name.visit, self._place.people
        self.kit.commands.run(
            lambda: people.set_name(person, name, visit=visit), failed=self.name.show_problem, owner=self.name
        )

    def _start(self, begin) -> None:
        self.tabs.setCurrentIndex(0)
        begin()

    def _history(self, *, planning: bool) -> None:
        self.tabs.setCurrentIndex(TABS.index("history"))
        self.history.start(planning=planning)

    def _choose_photo(self) -> None:
        _ = self.kit.words.gettext
        dialog = QFileDialog(self, _("Choose a photo"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilters([_("Pictures") + " (*.png *.jpg *.jpeg *.webp *.bmp)"])
        dialog.fileSelected.connect(lambda name: self.take_photo(Path(name)))
        dialog.finished.connect(lambda _result: dialog.deleteLater())
        dialog.open()

    def take_photo(self, path: Path) -> None:
        """Decode a picture in the worker, keep it, show it as the person's photo."""
        _, place, person = self.kit.words.gettext, self._place, self._id

        def work(progress: Progress) -> None:
            progress.report(path.name)
            try:
                data = path.read_bytes()
            except OSError:
                raise KamdeskError("table.unreadable", file=path.name) from None
            photo = place.files.add(path.name, place.workers.decode_picture(data))
            place.records.set("person", person, {"photo_id": photo})

        self.kit.jobs.start(_("Reading {file}").format(file=path.name), work, owner=self)

    def _delete(self) -> None:
        if self._data is not None:
            delete_rows(self._desk, "person", [(self._id, shown_name(self._data.card.name))])
