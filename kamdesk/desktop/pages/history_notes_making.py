"""What a note, or the marked piece of it, can become: a fact, a promise either way, a statement, an argument of the library."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QObject, QPoint, Qt
from PySide6.QtGui import QContextMenuEvent, QKeyEvent
from PySide6.QtWidgets import QMenu

from kamdesk.desktop.desk import Desk
from kamdesk.desktop.pages.people_words import shown_name
from kamdesk.desktop.widgets.basic import Say
from kamdesk.desktop.widgets.inline_text import InlineLongText

if TYPE_CHECKING:
    from kamdesk.services.capture import CaptureLine
    from kamdesk.services.notes import NoteSubject
    from kamdesk.services.people_views import PersonRow

_MOST: Final = 40


@dataclass(frozen=True)
class _Offer:
    """What is known of a piece: its note's subject, how it reads as a promise and as a fact, whom it may be about."""

    piece: str
    subject: NoteSubject
    promise: CaptureLine
    fact: CaptureLine
    people: tuple[PersonRow, ...]


class NoteMaking(QObject):
    """Sits on the editor of one note: our entries in its context menu, and Alt+Enter."""

    def __init__(self, desk: Desk, text: InlineLongText, note_id: Callable[[], str]) -> None:
        super().__init__(text)
        self._desk, self._text, self._note_id = desk, text, note_id
        self.menu: QMenu | None = None
        text.text.installEventFilter(self)

    def piece(self) -> str:
        """The marked piece, or the whole note where nothing is marked."""
        marked = self._text.text.textCursor().selectedText().replace("\u2029", "\n").strip()
        return marked or self._text.text.toPlainText().strip()

    def offer(self, at: QPoint | None = None) -> None:
        """Show what can be made of it, once it is known whom it may be about."""
        piece, note, place = self.piece(), self._note_id(), self._desk.workplace
        if not piece:
            return

        def work() -> _Offer:
            subject = place.notes.subject(note)
            line = " ".join(piece.split())
            one = place.capture.preview(line, subject.organisation_id, subject.person_id)[0]
            fact = place.capture.preview(f"fact: {line}", subject.organisation_id, subject.person_id)[0]
            people = place.people.list(subject.organisation_id) if subject.organisation_id else ()
            return _Offer(piece, subject, one, fact, tuple(people))

        self._desk.kit.queries.run(work, lambda found: self._show(found, at), owner=self)

    def _show(self, found: _Offer, at: QPoint | None) -> None:
        _ = self._desk.kit.words.gettext
        menu = self.menu = QMenu(self._text)
        self._offer_fact(menu, found)
        menu.addAction(_("We promised")).triggered.connect(lambda: self._promise(found, "ours"))
        menu.addAction(_("They promised")).triggered.connect(lambda: self._promise(found, "theirs"))
        if found.subject.organisation_id:
            menu.addAction(_("Statement about the client's business")).triggered.connect(
                lambda: self._statement(found)
            )
        menu.addAction(_("Argument for the library")).triggered.connect(lambda: self._argument(found))
        menu.aboutToHide.connect(menu.deleteLater)
        field = self._text.text
        menu.popup(at or field.viewport().mapToGlobal(field.cursorRect().bottomLeft()))

    def _offer_fact(self, menu: QMenu, found: _Offer) -> None:
        """The person of the note or of its words at once; anybody else of the client one step further."""
        _ = self._desk.kit.words.gettext
        sure = found.subject.person_id or found.fact.person_id
        if sure:
            name = shown_name(found.fact.person)
            menu.addAction(_("What we know of: {name}").format(name=name).rstrip(": ")).triggered.connect(
                lambda: self._fact(found, sure)
            )
            return
        if not found.people:
            return
        part = menu.addMenu(_("What we know of"))
        likely = {one.id for one in found.fact.choices}
        for row in sorted(found.people, key=lambda row: row.id not in likely)[:_MOST]:
            part.addAction(shown_name(row.name)).triggered.connect(
                lambda _checked=False, who=row.id: self._fact(found, who)
            )

    # --- what is made -------------------------------------------------------------------------------------------

    def _fact(self, found: _Offer, person_id: str) -> None:
        facts, line = self._desk.workplace.facts, found.fact
        _, window, words = self._desk.kit.words.gettext, self._desk.window, self._desk.kit.words

        def done(added) -> None:
            if added.warning is not None:
                window.notify(added.warning, "warning", lambda: _("Undo"), window.undo_requested.emit)
            else:
                self._made(lambda: words.gettext("It stands among what we know."))

        # words about a birthday without its day are no birthday
        dated = line.fact_kind == "birthday" and line.when is None
        kind = "other_date" if dated else line.fact_kind or "other"
        self._desk.kit.commands.run(
            lambda: facts.add(person_id, found.piece, kind=kind, on=line.when), done, owner=self
        )

    def _promise(self, found: _Offer, side: str) -> None:
        from kamdesk.services.promises import PromiseData

        _, subject, line = self._desk.kit.words.gettext, found.subject, found.promise
        data = PromiseData(
            found.piece,
            side=side,
            due=line.due,
            organisation_id=subject.organisation_id or None,
            person_id=line.person_id or subject.person_id or None,
        )
        promises = self._desk.workplace.promises
        self._desk.kit.commands.run(
            lambda: promises.add(data),
            lambda _id: self._made(lambda: _("It stands among the promises.")),
            owner=self,
        )

    def _statement(self, found: _Offer) -> None:
        _, statements = self._desk.kit.words.gettext, self._desk.workplace.statements
        self._desk.kit.commands.run(
            lambda: statements.add(found.subject.organisation_id, found.piece),
            lambda _id: self._made(lambda: _("It stands in the client's business.")),
            owner=self,
        )

    def _argument(self, found: _Offer) -> None:
        _, library = self._desk.kit.words.gettext, self._desk.workplace.library
        self._desk.kit.commands.run(
            lambda: library.add_argument(found.piece),
            lambda _id: self._made(lambda: _("It stands in the library.")),
            owner=self,
        )

    def _made(self, say: Say) -> None:
        _, window = self._desk.kit.words.gettext, self._desk.window
        window.notify(say, "success", lambda: _("Undo"), window.undo_requested.emit)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            entered = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
            if entered and event.modifiers() & Qt.KeyboardModifier.AltModifier:
                self.offer()
                return True
        if isinstance(event, QContextMenuEvent) and self._text.text.textCursor().hasSelection():
            menu = self._text.text.createStandardContextMenu()
            at = event.globalPos()
            first = menu.actions()[0] if menu.actions() else None
            action = menu.addAction(self._desk.kit.words.gettext("Make something of the marked piece…"))
            action.triggered.connect(lambda: self.offer(at))
            menu.insertAction(first, action)
            menu.aboutToHide.connect(menu.deleteLater)
            menu.popup(at)
            return True
        return False
