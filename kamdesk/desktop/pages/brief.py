"""The page of a meeting brief: read it, sharpen the aim, print it discreetly, say how it went."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Final

from kamdesk.desktop.actions import Actions, ActionSpec
from kamdesk.desktop.desk import Desk
from kamdesk.desktop.dialogs.disk import ask_where
from kamdesk.desktop.dialogs.printed_pages import before_whole, keep_file, open_word
from kamdesk.desktop.jobs import Progress
from kamdesk.desktop.navigation.target import Target
from kamdesk.desktop.pages.brief_view import BriefView
from kamdesk.desktop.pages.people_words import Said, shown_name
from kamdesk.desktop.word_watch import OpenFile, open_by_system
from kamdesk.model.messages import N_, Message
from kamdesk.store.changes import ChangeSet

if TYPE_CHECKING:
    from kamdesk.model.internal import FullBrief
    from kamdesk.services.printed import Printed

_TABLES: Final = (
    "interaction", "participant", "promise", "person", "fact", "criterion", "part", "telling", "proposal", "dispatch",
    "organisation", "employment", "seat", "attachment", "argument", "objection", "concession",
)  # fmt: skip
_PAPER: Final = "brief.paper"
_NOT_IN_NAMES: Final = re.compile(r"[\\/:*?\"<>|\x00-\x1f]+")
ACTIONS: Final = (
    ActionSpec("brief.print", N_("Print the brief"), "print", ("Ctrl+P",)),
    ActionSpec("brief.pdf", N_("Save the brief as PDF"), "pdf"),
    ActionSpec("brief.word", N_("Open the brief in Word"), "word"),
    ActionSpec("brief.went", N_("Say how the meeting went"), "ok"),
    ActionSpec("brief.letter", N_("Letter with results"), "mail"),
)


def register(desk: Desk) -> None:
    """Make the kind of page known: ``Target("brief", interaction_id)``, ``"person:<id>"``, ``"client:<id>"``."""
    desk.window.add_page_kind("brief", lambda _target: BriefPage(desk), "clients")


class BriefPage(BriefView):
    """Loads a brief by its subject. ``open_file`` opens a file with the system's program."""

    def __init__(self, desk: Desk, open_file: OpenFile = open_by_system) -> None:
        said = Said(desk.kit, desk.workplace.vocabularies, lambda: desk.workplace.store.now().date())
        super().__init__(desk, said)
        self._briefs = desk.workplace.briefs
        self._open_file = open_file
        self._subject = ""
        self._full: FullBrief | None = None
        at = self.paper.findData(self.kit.settings.get(_PAPER, "a4"))
        self.paper.setCurrentIndex(max(0, at))
        self.paper.activated.connect(lambda _at: self.kit.settings.set(_PAPER, self.paper.currentData()))
        self.whole.clicked.connect(lambda checked: self._whole(checked))
        handlers = {
            "brief.print": self.print_brief,
            "brief.pdf": self._ask_where,
            "brief.word": self.open_in_word,
            "brief.went": self.say_how_it_went,
            "brief.letter": self.write_letter,
        }
        self.actions_table = Actions(self, self.kit.words, self.kit.icons)
        self.actions_table.declare(ACTIONS, handlers)
        for widget, name in (
            (self.print_button, "brief.print"),
            (self.pdf_button, "brief.pdf"),
            (self.word_button, "brief.word"),
            (self.went_button, "brief.went"),
            (self.letter_button, "brief.letter"),
        ):
            widget.clicked.connect(lambda _checked=False, name=name: handlers[name]())
        self.kit.words.changed.connect(self._again)
        self._offer_templates()
        self.kit.words.changed.connect(self._offer_templates)

    def open(self, target: Target) -> None:
        """Show the brief of a subject."""
        self._subject = target.id
        self._reload()

    def refresh(self, changes: ChangeSet) -> None:
        """Read anew what a change may concern."""
        if self._subject and changes.touches(*_TABLES):
            self._reload()
        if changes.touches("template"):
            self._offer_templates()

    def client_id(self) -> str:
        """The client of the meeting, for quick capture."""
        return self._full.brief.client_id if self._full is not None else ""

    # --- what can be done -------------------------------------------------------------------------------------

    def print_brief(self) -> None:
        """Make the page and ask for a printer."""
        self._make(lambda made: self._desk.printing.print_pdf(self, made.name, made.pdf))

    def open_in_word(self) -> None:
        """Give a copy to the system's program for Word files."""
        self._make(lambda made: open_word(self._desk, made, self._open_file, self._tell))

    def save_pdf(self, path: Path) -> None:
        """Write the page to a file."""
        self._make(lambda made: keep_file(self._desk, self, path, lambda: made.pdf, self._tell))

    def say_how_it_went(self) -> None:
        """Go to the meeting in the history, where it asks."""
        self._history(":went")

    def say_who(self) -> None:
        """Go to the meeting in the history, where participants are named."""
        self._history()

    def write_letter(self) -> None:
        """Draft the letter with what was agreed."""
        from kamdesk.desktop.dialogs.meeting_letter import open_letter

        if self._full is not None and self._full.brief.interaction_id:
            open_letter(self._desk, self, self._full.brief.interaction_id)

    def save(self, name: str, value: object) -> None:
        """Keep the purpose or an aim."""
        if self._full is None or not self._full.brief.interaction_id:
            return
        editor = {"purpose": self.purpose, "aim_ideal": self.ideal, "aim_minimum": self.minimum}[name]
        row, visit, records = self._full.brief.interaction_id, editor.visit, self._desk.workplace.records
        self.kit.commands.run(
            lambda: records.set("interaction", row, {name: value}, visit=visit),
            failed=editor.show_problem,
            owner=self,
        )

    # --- inside -----------------------------------------------------------------------------------------------

    def _reload(self) -> None:
        subject, briefs = self._subject, self._briefs
        self.kit.queries.run(
            lambda: briefs.full(subject), self._show, self._gone, owner=self, key=f"brief {id(self)}"
        )

    def _offer_templates(self) -> None:
        templates, language = self._desk.workplace.own_templates, self._said.language
        self.kit.queries.run(
            lambda: templates.choices("brief", language), self.templates.offer, self._tell, owner=self
        )

    def _show(self, full: FullBrief) -> None:
        if full.brief.subject != self._subject:
            return
        self._full = full
        brief, said = full.brief, self._said
        first = shown_name(brief.people[0].name) if brief.people else ""
        name = first if self._subject.startswith("person:") else brief.client or first
        parts = (
            said.label("interaction", brief.kind) if brief.interaction_id else "",
            said.moment(brief.starts_at),
            brief.place,
        )
        where = " · ".join(part for part in parts if part)
        _ = self.kit.words.gettext
        self.set_title(lambda: _("Brief: {name}").format(name=name), lambda: where)
        self.show_brief(full)

    def _again(self) -> None:
        if self._full is not None:
            self._show(self._full)

    def _gone(self, _problem: object) -> None:
        self._desk.window.forget("brief", self._subject)

    def _whole(self, checked: bool) -> None:
        """Ask the first time; the paper goes back to discreet with the next page."""
        self.note.setText(self._note())
        if checked and not before_whole(self.kit, self, self._agreed):
            self.whole.setChecked(False)
            self.note.setText(self._note())

    def _agreed(self) -> None:
        self.whole.setChecked(True)
        self.note.setText(self._note())

    def _make(self, done: Callable[[Printed], object]) -> None:
        _, briefs, subject = self.kit.words.gettext, self._briefs, self._subject
        language, paper, full = self._said.language, str(self.paper.currentData()), self.whole.isChecked()
        template = self.templates.chosen()
        self.leave()

        def work(progress: Progress) -> Printed:
            return briefs.print(subject, language, paper=paper, full=full, template=template)

        self.kit.jobs.start(_("Making the brief"), work, done, self._tell, owner=self)

    def _ask_where(self) -> None:
        _ = self.kit.words.gettext
        ask_where(self, _("Save the brief as PDF"), self._file_name() + ".pdf", self.save_pdf, ending="pdf")

    def _file_name(self) -> str:
        """As the paper is called: two meetings of a day do not want the same file."""
        brief = self._full.brief if self._full is not None else None
        parts = [self.kit.words.gettext("Meeting brief")]
        if brief is not None:
            day = brief.starts_at or self._desk.workplace.store.now()
            parts += [brief.client or "", f"{day:%Y-%m-%d}"]
        return _NOT_IN_NAMES.sub(" ", " ".join(part for part in parts if part))

    def _history(self, ask: str = "") -> None:
        if self._full is None:
            return
        brief = self._full.brief
        tab = f"history:{brief.interaction_id}{ask}" if brief.interaction_id else "history"
        if brief.client_id:
            self.go("client", brief.client_id, tab)
        elif brief.people:
            self.go("person", brief.people[0].id, tab)

    def _tell(self, problem: Message) -> None:
        self._desk.window.notify(problem, "error")
