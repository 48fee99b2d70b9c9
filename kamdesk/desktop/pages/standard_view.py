"""The looks of the dossier standard: own fields and questions, of clients and of people."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from kamdesk.desktop.kit import Kit
from kamdesk.desktop.pages.capture_line import AddLine
from kamdesk.desktop.pages.people_keyed import Keyed, grows
from kamdesk.desktop.widgets.basic import Say, button, label
from kamdesk.desktop.widgets.hooks import Hooks
from kamdesk.desktop.widgets.page import PageBase
from kamdesk.desktop.widgets.scroll import ScrollColumn
from kamdesk.desktop.widgets.section import Section
from kamdesk.desktop.widgets.tabs import PageTabs, Tab
from kamdesk.rules.own_values import SUBJECTS

FIELDS, QUESTIONS = "fields", "questions"


class Entries(Section):
    """The fields, or the questions, of one subject, and a line for the next one."""

    def __init__(
        self,
        kit: Kit,
        say: Say,
        say_new: Say,
        nothing: Say,
        make: Callable[[object], QWidget],
        on_add: Callable[[str], object],
    ) -> None:
        _ = kit.words.gettext
        super().__init__(kit, say, add=lambda: _("Add"), on_add=lambda: self.line.start())
        self.line = AddLine(kit, say_new, on_add)
        self.list = Keyed(make)
        self.nothing = label(kit, nothing, "muted", wrap=True)
        for part in (self.list, self.nothing, self.line):
            self.body.addWidget(part)

    def show_entries(self, items) -> None:
        """Show these in their order."""
        self.list.show_items(items)
        self.nothing.setVisible(not items)


class StandardView(PageBase, metaclass=Hooks):
    """``sections[kind, subject]`` are the lists of the tabs one has been at; subclasses answer ``make_row``, ``add`` and ``fill_section``."""

    def __init__(self, kit: Kit) -> None:
        super().__init__(kit)
        _ = kit.words.gettext
        self.set_title(
            lambda: _("Dossier standard"),
            lambda: _("What your department keeps of clients and people, beside what the program knows."),
        )
        self.take = button(kit, lambda: _("Take over a file…"), "import", "", lambda: self.choose_file())
        self.give = button(kit, lambda: _("Save as a file…"), "export", "", lambda: self.save_file())
        for made in (self.take, self.give):
            self.add_head(made)
        self.sections: dict[tuple[str, str], Entries] = {}
        self.tabs = PageTabs(
            kit,
            lambda: _("Parts of the page"),
            [
                Tab(FIELDS, lambda: _("Own fields"), lambda: self._column(FIELDS)),
                Tab(QUESTIONS, lambda: _("What to learn"), lambda: self._column(QUESTIONS)),
            ],
        )
        self.fill(self.tabs)

    @abstractmethod
    def make_row(self, key: tuple[str, str], item: object) -> QWidget:
        """The widget of one entry."""

    @abstractmethod
    def fill_section(self, key: tuple[str, str]) -> None:
        """Show in a list what was read before it was made."""

    @abstractmethod
    def add(self, key: tuple[str, str], text: str) -> None:
        """Add an entry that was typed."""

    @abstractmethod
    def choose_file(self) -> None:
        """Ask for a file of a standard."""

    @abstractmethod
    def save_file(self) -> None:
        """Ask where to save the standard."""

    def _section(self, key: tuple[str, str]) -> Entries:
        _ = self.kit.words.gettext
        titles = {
            (FIELDS, "organisation"): lambda: _("Fields of a client"),
            (FIELDS, "person"): lambda: _("Fields of a person"),
            (QUESTIONS, "organisation"): lambda: _("Questions about a client"),
            (QUESTIONS, "person"): lambda: _("Questions about a person"),
        }
        of_fields = key[0] == FIELDS
        return Entries(
            self.kit,
            titles[key],
            (lambda: _("What the field is called")) if of_fields else (lambda: _("Question")),
            (lambda: _("No fields of your own yet. A field may be a text, a number, a date or a choice."))
            if of_fields
            else (lambda: _("Nothing is asked here.")),
            lambda item: self.make_row(key, item),
            lambda text: self.add(key, text),
        )

    def _column(self, kind: str) -> QWidget:
        column = ScrollColumn()
        for subject in SUBJECTS:
            made = self.sections[kind, subject] = self._section((kind, subject))
            column.body.addWidget(grows(made))
            self.fill_section((kind, subject))
        if isinstance(column.body, QVBoxLayout):
            column.body.setAlignment(Qt.AlignmentFlag.AlignTop)
        return column

    def panes(self) -> list[QWidget]:
        """The tabs, then what stands in them."""
        return [self.tabs.bar, self.sections[self.tabs.current(), SUBJECTS[0]].line]
