"""The page of a person."""

from __future__ import annotations

import contextlib
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QScrollArea, QWidget

from kamdesk.desktop.actions import Actions, ActionSpec
from kamdesk.desktop.desk import Desk
from kamdesk.desktop.navigation.target import Target
from kamdesk.desktop.pages.people_words import Said, shown_name
from kamdesk.desktop.pages.person_facts import draft_key
from kamdesk.desktop.pages.person_photo import Photo
from kamdesk.desktop.pages.person_tabs import TABS
from kamdesk.desktop.pages.person_view import PersonView
from kamdesk.desktop.pages.record_list import delete_rows
from kamdesk.desktop.widgets.basic import action_button
from kamdesk.desktop.widgets.tab_order import order_tabs
from kamdesk.model.messages import N_
from kamdesk.store.changes import ChangeSet

if TYPE_CHECKING:
    from kamdesk.model.values import PartialDate
    from kamdesk.services.facts import FactGroup
    from kamdesk.services.notes import NoteView
    from kamdesk.services.people_views import PersonCard
    from kamdesk.services.person_forms import FormView
    from kamdesk.services.promises import PromiseView
    from kamdesk.services.questions import QuestionView
    from kamdesk.services.records import FieldValue
    from kamdesk.services.standard import OwnValue

_TABLES: Final = (
    "person", "employment", "seat", "unit", "organisation", "part", "contact", "criterion", "fact", "relationship",
    "interaction", "participant", "promise", "note", "telling", "expected_change", "acquaintance", "colleague", "deal",
    "preference", "custom_value", "custom_field", "question", "agenda_mark", "attachment",
)  # fmt: skip
ACTIONS: Final = (
    ActionSpec("person.fact", N_("Add a fact"), "fact", ("Ctrl+Shift+F",)),
    ActionSpec("person.contact", N_("Add a contact"), "phone", ("Ctrl+Shift+E",)),
    ActionSpec("person.relate", N_("Add a relationship"), "link", ("Ctrl+Shift+R",)),
    ActionSpec("person.expected", N_("Add an expected change"), "clock"),
    ActionSpec("person.move", N_("Moved to another company"), "forward"),
    ActionSpec("person.photo", N_("Choose a photo"), "picture"),
    ActionSpec("person.photo_paste", N_("Paste a photo"), "paste"),
    ActionSpec("person.photo_remove", N_("Remove the photo"), "trash"),
    ActionSpec("person.who_knows", N_("Who knows whom"), "table"),
    ActionSpec("person.log", N_("Log what happened"), "history", ("Ctrl+Shift+L",)),
    ActionSpec("person.plan", N_("Plan a meeting or a call"), "calendar", ("Ctrl+Shift+M",)),
    ActionSpec("person.next", N_("Next in the list"), "down", ("Alt+PgDown",), palette=False),
    ActionSpec("person.previous", N_("Previous in the list"), "up", ("Alt+PgUp",), palette=False),
    ActionSpec("person.brief", N_("Meeting brief"), "meeting", ("Ctrl+Shift+B",)),
    ActionSpec("person.print", N_("Print the dossier"), "print", ("Ctrl+P",)),
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
    photo: bytes | None
    forms: tuple[FormView, ...]
    buyer_set: str
    draft: str
    own: tuple[OwnValue, ...]
    to_learn: tuple[QuestionView, ...]


class PersonPage(PersonView):
    """``Target("person", id, tab)``; the tabs are in ``person_tabs``."""

    def __init__(self, desk: Desk) -> None:
        said = Said(desk.kit, desk.workplace.vocabularies, lambda: desk.workplace.store.now().date())
        super().__init__(desk, said)
        self._desk, self._said, self._place = desk, said, desk.workplace
        self._id = ""
        self._data: PersonData | None = None
        self._history_shown = False
        self._wanted = ""
        self.tabs.currentChanged.connect(lambda _at: self._turn_history())
        self.photo = Photo(desk, self, self.avatar, self.person_id)
        self.name.on_save(self._rename)
        self.actions_table = Actions(self, desk.kit.words, desk.kit.icons)
        self.actions_table.declare(
            ACTIONS,
            {
                "person.fact": lambda: self._start(self.facts.start),
                "person.contact": lambda: self._start(self.contacts.line.start),
                "person.relate": lambda: self._start(self.relations.start),
                "person.expected": lambda: self._start(self.expected.line.start),
                "person.move": lambda: self._start(self.posts.move_line.start),
                "person.photo": self.photo.choose,
                "person.photo_paste": self.photo.paste,
                "person.photo_remove": self.photo.remove,
                "person.who_knows": lambda: self.go("who_knows", self.client_id()),
                "person.log": lambda: self._history(planning=False),
                "person.plan": lambda: self._history(planning=True),
                "person.next": lambda: self._beside(1),
                "person.previous": lambda: self._beside(-1),
                "person.brief": self._brief,
                "person.print": self._print_dossier,
                "person.delete": self._delete,
            },
        )
        for named in ("person.print", "person.brief"):
            action = self.actions_table.action(named)
            self.add_head(action_button(desk.kit, action, words=named == "person.brief"))
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
        self._wanted = rest if tab == "history" else ""
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
        """Everything in one question, so that all of it is of one state of the vault."""
        place = self._place

        def work(_session: object) -> PersonData:
            card = place.people.card(person)
            return PersonData(
                card,
                place.records.form("person", person),
                place.facts.birthday(person),
                place.facts.of_person(person, place.vocabularies().codes("fact_kind")),
                place.promises.of(person_id=person),
                place.notes.of(person_id=person),
                place.files.content(card.photo_id) if card.photo_id else None,
                place.person_forms.of_person(person, cases=False),
                place.preferences.get().buyer_set,
                place.drafts.get(draft_key(person)),
                place.standard.values("person", person),
                place.questions.to_learn("person", person),
            )

        return place.store.read(work)

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
        self.matters.show_card(card, data.buyer_set)
        self.facts.show_facts(card.id, data.facts, data.draft)
        self.relations.show_relations(card.id, card.relations)
        self.expected.show_changes(card.id, card.expected)
        self.known_by.show_card(card)
        self.touch.show_card(card)
        self.forms.show_forms(card.id, data.forms)
        self.about.show_person(card.id, data.form, data.birthday)
        self.contacts.show_contacts(card.id, card.contacts)
        self.own.show_values(card.id, data.own)
        self.to_learn.show_questions(card.id, data.to_learn)
        self.posts.show_card(card)
        client = self.client_id()
        for side in (self.ours, self.theirs):
            side.show_owner(client or None, card.id)
            side.show_promises(data.promises)
        self.told_list.show_items(card.told)
        self.told_nothing.setVisible(not card.told)
        self.notes.show_notes(data.notes)
        self.history.show_owner(client, card.id)
        if self.tabs.currentIndex() == TABS.index("history"):
            self._history_shown = True
            self.history.reload()
        else:
            self._history_shown = False
        if self._wanted:
            self.history.point_at(self._wanted)
            self._wanted = ""
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

    def answer(self, about: str) -> None:
        """Go to where the answer to a question is typed."""
        head, _dot, name = about.partition(".")
        sections = {
            "relations": self.relations,
            "contacts": self.contacts,
            "seat": self.posts,
            "boss": self.posts,
        }
        if head == "fact" and name != "birthday":
            self.facts.start(name)
        elif head == "fact":
            self.about.birthday.focus()
        elif head == "custom":
            self.own.open_field(name)
        elif name in ("stance", "influence", "ladder_now", "ladder_wanted"):
            self.judgements.setFocus()
            self._reveal(self.judgements)
        elif name in ("criteria", "parts", "lens"):
            self._reveal(self.matters)
        elif name in sections:
            self._reveal(sections[name])
        elif self.about.fields is not None:
            with contextlib.suppress(KeyError):
                self.about.fields.open_field(name)

    def _reveal(self, section: QWidget) -> None:
        """Bring a section into sight and the keyboard into its first control."""
        room = self.stack.currentWidget()
        if isinstance(room, QScrollArea):
            room.ensureWidgetVisible(section)
        first = next(
            (
                child
                for child in section.findChildren(QWidget)
                if child.isVisible() and child.focusPolicy() & Qt.FocusPolicy.TabFocus
            ),
            section,
        )
        first.setFocus(Qt.FocusReason.OtherFocusReason)

    def _gone(self, _problem: object) -> None:
        self._desk.window.forget("person", self._id)

    def _rename(self, name: str) -> None:
        person, visit, people = self._id, self.name.visit, self._place.people
        self.kit.commands.run(
            lambda: people.set_name(person, name, visit=visit), failed=self.name.show_problem, owner=self.name
        )

    def _brief(self) -> None:
        self.go("brief", f"person:{self._id}")

    def _print_dossier(self) -> None:
        from kamdesk.desktop.dialogs.dossier_print import open_dossier_print

        open_dossier_print(self._desk, self, "person", self._id)

    def _start(self, begin) -> None:
        self.tabs.setCurrentIndex(0)
        begin()

    def _turn_history(self) -> None:
        """The history reads itself when one first turns to it."""
        if self.tabs.currentIndex() == TABS.index("history") and self._id and not self._history_shown:
            self._history_shown = True
            self.history.reload()

    def _history(self, *, planning: bool) -> None:
        self.tabs.setCurrentIndex(TABS.index("history"))
        self.history.start(planning=planning)

    def take_photo(self, path: Path) -> None:
        """Take a picture from a file."""
        self.photo.take_file(path)

    def unsaved(self) -> dict[str, str]:
        """What waits for a decision and goes to the drafts at a lock."""
        return self.facts.unsaved()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+V anywhere but in a field takes a picture."""
        if event.matches(QKeySequence.StandardKey.Paste):
            self.photo.paste()
        else:
            super().keyPressEvent(event)

    def _beside(self, step: int) -> None:
        """The next or previous record of the list from which one came."""
        found = self._desk.window.neighbours.beside("person", self._id, step)
        if found:
            self.go("person", found, TABS[self.tabs.currentIndex()])

    def _delete(self) -> None:
        if self._data is not None:
            delete_rows(self._desk, "person", [(self._id, shown_name(self._data.card.name))])
