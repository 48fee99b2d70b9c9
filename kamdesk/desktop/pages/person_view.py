"""How the page of a person looks."""

from __future__ import annotations

from abc import abstractmethod
from typing import cast

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from kamdesk.desktop.desk import Desk
from kamdesk.desktop.pages.history import History
from kamdesk.desktop.pages.history_notes import NotesSection
from kamdesk.desktop.pages.own_fields import OwnFields, ToLearn
from kamdesk.desktop.pages.people_keyed import Keyed, grows
from kamdesk.desktop.pages.people_title import title_editor
from kamdesk.desktop.pages.people_words import Said
from kamdesk.desktop.pages.person_about import About
from kamdesk.desktop.pages.person_contacts import ContactsSection
from kamdesk.desktop.pages.person_decision import Matters
from kamdesk.desktop.pages.person_expected import ExpectedSection
from kamdesk.desktop.pages.person_facts import FactsSection
from kamdesk.desktop.pages.person_forms import FormsSection
from kamdesk.desktop.pages.person_judgements import Judgements
from kamdesk.desktop.pages.person_known_by import KnownBySection
from kamdesk.desktop.pages.person_photo import PhotoAvatar
from kamdesk.desktop.pages.person_posts import Posts
from kamdesk.desktop.pages.person_relations import RelationsSection
from kamdesk.desktop.pages.person_tabs import PANELS, TABS
from kamdesk.desktop.pages.person_touch import Touch
from kamdesk.desktop.pages.promises import Promises
from kamdesk.desktop.widgets.basic import label
from kamdesk.desktop.widgets.hooks import Hooks
from kamdesk.desktop.widgets.page import PageBase
from kamdesk.desktop.widgets.panel import LatePanel
from kamdesk.desktop.widgets.private import mark_private
from kamdesk.desktop.widgets.scroll import in_column
from kamdesk.desktop.widgets.section import Section
from kamdesk.desktop.widgets.tabs import TabBar
from kamdesk.desktop.widgets.two_columns import TwoColumns
from kamdesk.services.promises import OURS, THEIRS


class PersonView(PageBase, metaclass=Hooks):
    """A first line with picture and name; the card in two columns; the history on a tab of its own."""

    def __init__(self, desk: Desk, said: Said) -> None:
        super().__init__(desk.kit)
        kit, _ = desk.kit, desk.kit.words.gettext
        self.hide_title()
        self.avatar = PhotoAvatar(desk, 52)
        self.name = title_editor(kit, lambda: _("Full name"))
        cast(QBoxLayout, self._head.itemAt(0).layout()).insertWidget(0, self.name)
        self._caption.setContentsMargins(7, 0, 0, 0)
        self._caption.setWordWrap(True)
        self._head.insertWidget(0, self.avatar)
        self.tabs = TabBar()
        self.tabs.add_keys(self)
        for _tab in TABS:
            self.tabs.addTab("")
        kit.words.bind(self.tabs, self._name_tabs)
        self.add_below_title(self.tabs)
        self.judgements, self.matters = Judgements(desk, said), Matters(desk, said)
        self.facts = FactsSection(desk, said)
        self.about, self.contacts = About(desk, said), ContactsSection(desk, said)
        self.posts = Posts(desk, said, self.go)
        self.touch, self.forms = Touch(desk, said), FormsSection(desk, said)
        self.expected = ExpectedSection(desk, said)
        self.known_by = KnownBySection(desk, said, self.go)
        self.relations = RelationsSection(desk, said, lambda person: self.go("person", person))
        self.own = OwnFields(desk, "person")
        self.to_learn = ToLearn(desk, "person", lambda about: self.answer(about))
        self.told = Section(kit, lambda: _("What they were told"))
        self.told_list = Keyed(
            lambda item: _ToldRow(desk, said, item), lambda item: item.argument_id, spacing=4
        )
        self.told_nothing = label(
            kit, lambda: _("Arguments of proposals that were sent stand here, so that nobody hears one twice."),
            "muted", wrap=True,
        )  # fmt: skip
        self.told.body.addWidget(self.told_list)
        self.told.body.addWidget(self.told_nothing)
        self.ours, self.theirs = Promises(desk, said, OURS), Promises(desk, said, THEIRS)
        self.notes, self.history = NotesSection(desk, said), History(desk, said)
        mark_private(self.told)
        card = TwoColumns(kit, (1, 1))
        left = (
            self.facts, self.to_learn, self.relations, self.expected, self.ours, self.theirs, self.told, self.notes,
        )  # fmt: skip
        right = (
            self.judgements, self.contacts, self.about, self.own, self.posts, self.matters, self.touch, self.known_by,
            self.forms,
        )  # fmt: skip
        for column, sections in ((card.left, left), (card.right, right)):
            for section in sections:
                column.addWidget(grows(section))
        for column in (card.left, card.right):
            column.addStretch(1)
        self.stack = QStackedWidget()
        built_in = {"card": in_column(card), "history": in_column(self.history)}
        self.panels = {tab: LatePanel(desk, spec) for tab, spec in PANELS.items()}
        for tab in TABS:
            self.stack.addWidget(built_in.get(tab) or self.panels[tab])
        self.fill(self.stack)
        self.tabs.currentChanged.connect(self._turned)

    @abstractmethod
    def answer(self, about: str) -> None:
        """Go to where the answer to a question is typed."""

    def _name_tabs(self) -> None:
        _ = self.kit.words.gettext
        words = {"card": _("Card"), "history": _("History")}
        for at, tab in enumerate(TABS):
            self.tabs.setTabText(at, words.get(tab) or _(PANELS[tab].title))
        self.tabs.setAccessibleName(_("Parts of the page"))

    def _turned(self, at: int) -> None:
        self.leave()
        self.stack.setCurrentIndex(at)
        room = self.stack.currentWidget()
        if isinstance(room, LatePanel):
            room.turn()

    def panes(self) -> list[QWidget]:
        """The tabs, so that no first key falls into a field, then the content."""
        return [self.tabs, self.stack.currentWidget()]


class _ToldRow(QWidget):
    def __init__(self, desk: Desk, said: Said, item) -> None:
        super().__init__()
        self._said = said
        self.text = label(desk.kit, wrap=True)
        self.day = label(desk.kit, look="caption")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.text, 0, Qt.AlignmentFlag.AlignTop)
        column.addWidget(self.day)
        self.show_item(item)

    def show_item(self, item) -> None:
        """Show an argument and when it was told last."""
        self.text.setText(item.text)
        self.day.setText(self._said.day(item.on))
