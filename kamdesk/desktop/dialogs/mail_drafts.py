"""E-mail drafts before they go to the mail program: to whom, with which text and files; opened, saved or dragged out (R11)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl, Signal
from PySide6.QtGui import QDrag, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QApplication, QFrame, QVBoxLayout, QWidget

from kamdesk.desktop.desk import Desk
from kamdesk.desktop.dialogs.base import DialogBase
from kamdesk.desktop.widgets.basic import IconLabel, button, clear, columns, label, set_look
from kamdesk.desktop.widgets.inline_choice import Combo
from kamdesk.desktop.widgets.scroll import scrolling
from kamdesk.desktop.widgets.tick import Tick
from kamdesk.desktop.word_watch import open_by_system
from kamdesk.model.messages import Message
from kamdesk.services.mail_drafts import PURPOSE, MailDraft
from kamdesk.services.proposal_views import ProposalPage
from kamdesk.services.word_files import write_file


class DraftCard(QFrame):
    """One draft. Enter and a double click open it, dragging gives the .eml to another program."""

    opened = Signal(object)

    def __init__(self, desk: Desk, draft: MailDraft, path: Path) -> None:
        super().__init__()
        kit = desk.kit
        _ = kit.words.gettext
        self.draft, self.path = draft, path
        self._pressed_at = QPoint()
        self._picture = kit.icons.icon("mail", "accent").pixmap(32, 32)
        set_look(self, "fact")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.OpenHandCursor)
        self.setToolTip(_("Drag it into a mail program or a folder"))
        names = ", ".join(one.name for one in draft.to)
        self.setAccessibleName(_("Draft to {names}: {subject}").format(names=names, subject=draft.subject))
        about = QVBoxLayout()
        about.setSpacing(0)
        known = ", ".join(f"{one.name} <{one.email}>" for one in draft.to if one.email)
        unknown = ", ".join(one.name for one in draft.to if not one.email)
        if known:
            about.addWidget(label(kit, lambda: known, wrap=True))
        if unknown:
            about.addWidget(
                label(
                    kit,
                    lambda: _("No e-mail address is known: {names}").format(names=unknown),
                    "error",
                    wrap=True,
                )
            )
        about.addWidget(label(kit, lambda: draft.subject, "muted", wrap=True))
        about.addWidget(label(kit, lambda: ", ".join(draft.attachments), "caption", wrap=True))
        row = columns(spacing=8)
        row.addWidget(IconLabel(kit, "mail", 22, "accent_text"), 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(about, 1)
        open_it = button(kit, lambda: _("Open"), "external", "link", lambda: self.opened.emit(self))
        open_it.setAccessibleName(_("Open: {what}").format(what=names))
        open_it.setAutoDefault(False)
        row.addWidget(open_it, 0, Qt.AlignmentFlag.AlignTop)
        row.setContentsMargins(10, 8, 8, 8)
        self.setLayout(row)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.opened.emit(self)
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._pressed_at = event.position().toPoint()
        self.setFocus(Qt.FocusReason.MouseFocusReason)

    def mouseDoubleClickEvent(self, _event: QMouseEvent) -> None:
        self.opened.emit(self)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        far = (event.position().toPoint() - self._pressed_at).manhattanLength()
        if event.buttons() & Qt.MouseButton.LeftButton and far >= QApplication.startDragDistance():
            drag = QDrag(self)
            drag.setMimeData(self.drag_data())
            drag.setPixmap(self._picture)
            drag.exec(Qt.DropAction.CopyAction)

    def drag_data(self) -> QMimeData:
        """The address of the .eml in the private folder."""
        data = QMimeData()
        data.setUrls([QUrl.fromLocalFile(str(self.path))])
        return data


class MailDraftsDialog(DialogBase):
    """``given(proposal ids)``: drafts were opened or saved, so that a sending may follow; sent when it is closed then.

    ``open_file`` gives a file to the program of the system.
    """

    given = Signal(object)

    def __init__(
        self,
        desk: Desk,
        proposal_ids: Sequence[str],
        parent: QWidget | None = None,
        *,
        document_ids: Sequence[str] | None = None,
        ask_folder: Callable[[Callable[[Path], object]], object] | None = None,
        open_file: Callable[[Path], bool] = open_by_system,
    ) -> None:
        kit, _ = desk.kit, desk.kit.words.gettext
        super().__init__(kit, lambda: _("E-mail drafts"), parent, cancel=lambda: _("Close"))
        self._desk, self._ids, self._document_ids = desk, tuple(proposal_ids), document_ids
        self._open_file = open_file
        self._ask_folder = ask_folder
        self._drafted = 0
        self._used = False
        self.setMinimumSize(kit.theme.px(660), kit.theme.px(520))
        self.body.addWidget(
            label(
                kit,
                lambda: _(
                    "Nothing is sent from here: a draft opens in your mail program, where you read and send it."
                ),
                "muted",
                wrap=True,
            )
        )
        self.text = Combo(kit)
        self.whom, self.files = Combo(kit), Combo(kit)
        self.earlier = Tick(kit)
        kit.words.bind(
            self.earlier, lambda: self.earlier.setText(_("Attach it with the earlier data all the same"))
        )
        self.earlier.hide()
        self.older = QFrame()
        set_look(self.older, "notice-warning")
        self.older_words = label(kit, wrap=True)
        self.anew = button(kit, lambda: _("Make them anew"), "refresh", "", self.make_anew)
        self.anew.setAutoDefault(False)
        older = columns(spacing=8)
        older.setContentsMargins(10, 6, 10, 6)
        older.addWidget(IconLabel(kit, "warning", 18, "warning"), 0, Qt.AlignmentFlag.AlignTop)
        older.addWidget(self.older_words, 1)
        older.addWidget(self.anew, 0, Qt.AlignmentFlag.AlignTop)
        self.older.setLayout(older)
        self.older.hide()
        self.body.addLayout(columns(self.whom, self.files, self.text, 1))
        self.body.addWidget(self.earlier)
        self.body.addWidget(self.older)
        inner = QWidget()
        self._cards = QVBoxLayout(inner)
        self._cards.setContentsMargins(0, 0, 0, 0)
        self._cards.setSpacing(8)
        self.body.addWidget(scrolling(inner), 1)
        self.open_all = button(kit, lambda: _("Open all"), "external", "", self.open_drafts)
        self.save_all = button(kit, lambda: _("Save to a folder…"), "save", "", self._save)
        for at, one in enumerate((self.open_all, self.save_all)):
            one.setAutoDefault(False)
            self.buttons.insertWidget(at, one)
        self._fill()
        for box in (self.whom, self.files, self.text):
            box.activated.connect(lambda _at: self.draft())
        self.earlier.toggled.connect(lambda _on: self.draft())
        texts = desk.workplace.text_templates
        kit.queries.run(lambda: texts.list(), self._show_texts, owner=self)
        self.finished.connect(lambda _result: self.given.emit(self._ids) if self._used else None)
        self.draft()

    def cards(self) -> list[DraftCard]:
        """The drafts in their order."""
        found = (self._cards.itemAt(at).widget() for at in range(self._cards.count()))
        return [card for card in found if isinstance(card, DraftCard)]

    def draft(self) -> None:
        """Make the drafts anew with what is chosen now."""
        self._drafted += 1
        turn, desk, kit = self._drafted, self._desk, self.kit
        drafts, plain, ids, documents = desk.workplace.mail_drafts, desk.plain, self._ids, self._document_ids
        order = {
            "formats": str(self.files.currentData()).split(","),
            "template_id": str(self.text.currentData() or ""),
            "one_for_all": self.whom.currentData() == "all",
            "accept_behind": self.earlier.isChecked(),
        }

        def work(_progress: Any) -> list[tuple[MailDraft, Path]]:
            made = [one for at in ids for one in drafts.drafts(at, documents, **order)]
            return [(one, plain.give(one.file_name, one.data)) for one in made]

        def done(found: list[tuple[MailDraft, Path]]) -> None:
            if turn == self._drafted:
                self._show(found)

        def failed(message: Message) -> None:
            if turn == self._drafted:
                self._show([])
                self.earlier.setVisible(message.code == "sending.behind")
                self.tell(kit.words.message(message))

        self.tell("")
        self._busy()
        kit.jobs.start(kit.words.gettext("Drafting e-mails"), work, done, failed, owner=self)

    def make_anew(self) -> None:
        """Make the documents of these proposals again, then the drafts; what was edited in Word stands as it is."""
        self._drafted += 1
        kit, place, ids, chosen = self.kit, self._desk.workplace, self._ids, self._document_ids

        def work(progress: Any) -> list[str] | None:
            for at in ids:
                place.generation.make(
                    at, progress=lambda done, total, what: progress.report(what, done, total)
                )
            return None if chosen is None else _now_current(map(place.proposals.page, ids), chosen)

        def done(documents: list[str] | None) -> None:
            self._document_ids = documents
            self.draft()

        def failed(message: Message) -> None:
            self.draft()
            self.tell(kit.words.message(message))

        self.tell("")
        self._busy()
        kit.jobs.start(kit.words.gettext("Making documents"), work, done, failed, owner=self)

    def open_drafts(self) -> None:
        """Give all drafts to the mail program."""
        for card in self.cards():
            self.open_draft(card)

    def open_draft(self, card: DraftCard) -> None:
        """Give one draft to the mail program; it is not sent by that."""
        if self._open_file(card.path):
            self._used = True
        else:
            self.tell(
                self.kit.words.message(Message("document.no_program", {"folder": str(card.path.parent)}))
            )

    def save_to(self, folder: Path) -> None:
        """Write all drafts into a folder."""
        drafts = [card.draft for card in self.cards()]
        self.kit.commands.run(
            lambda: [write_file(folder, one.file_name, one.data) for one in drafts],
            lambda paths: self._saved(len(paths), folder),
            lambda message: self.tell(self.kit.words.message(message)),
            owner=self,
        )

    # --- inside -----------------------------------------------------------------------------------------------

    def _saved(self, n: int, folder: Path) -> None:
        self._used = True
        ngettext = self.kit.words.ngettext
        self._desk.window.notify(
            lambda: ngettext("{n} file saved to {folder}", "{n} files saved to {folder}", n).format(
                n=n, folder=folder
            ),
            "success",
        )

    def _save(self) -> None:
        if self._ask_folder is not None:
            self._ask_folder(self.save_to)

    def _busy(self) -> None:
        clear(self._cards)
        self.older.hide()
        _ = self.kit.words.gettext
        self._cards.addWidget(label(self.kit, lambda: _("Drafting e-mails"), "muted"))
        self._cards.addStretch(1)
        for one in (self.open_all, self.save_all):
            one.setEnabled(False)

    def _show(self, found: list[tuple[MailDraft, Path]]) -> None:
        clear(self._cards)
        for draft, path in found:
            card = DraftCard(self._desk, draft, path)
            card.opened.connect(self.open_draft)
            self._cards.addWidget(card)
        self._cards.addStretch(1)
        for one in (self.open_all, self.save_all):
            one.setEnabled(bool(found))
        self._tell_older(found)
        ngettext = self.kit.words.ngettext
        self.open_all.setText(ngettext("Open {n} draft", "Open {n} drafts", len(found)).format(n=len(found)))

    def _tell_older(self, found: Sequence[tuple[MailDraft, Path]]) -> None:
        """Name the attached documents that are older than the last change, each once, in the order of the readers."""
        names = list(dict.fromkeys(name for draft, _path in found for name in draft.older))
        _ = self.kit.words.gettext
        self.older_words.setText(
            _("Attached as made before the last change of the proposal: {names}").format(
                names="; ".join(names)
            )
        )
        self.older.setVisible(bool(names))

    def _fill(self) -> None:
        _ = self.kit.words.gettext
        self.whom.addItem(_("One to each reader"), "each")
        self.whom.addItem(_("One to all readers"), "all")
        self.whom.setAccessibleName(_("To whom"))
        for words, value in (("PDF", "pdf"), ("Word", "docx"), (_("PDF and Word"), "pdf,docx")):
            self.files.addItem(words, value)
        self.files.setAccessibleName(_("Attached"))
        self.text.addItem(_("The usual text"), "")
        self.text.setAccessibleName(_("Text of the letter"))
        for box in (self.whom, self.files, self.text):
            box.setSizeAdjustPolicy(Combo.SizeAdjustPolicy.AdjustToContents)

    def _show_texts(self, views: Sequence[Any]) -> None:
        for view in views:
            if view.own or view.purpose == PURPOSE:
                self.text.addItem(view.name, view.id)


def _now_current(pages: Iterable[ProposalPage], chosen: Sequence[str]) -> list[str]:
    """The ids of the versions that go out now of the same documents."""
    found: list[str] = []
    for page in pages:
        kept = {(one.kind, one.reader_id) for one in page.documents if one.id in chosen}
        found += [one.id for one in page.documents if one.is_current and (one.kind, one.reader_id) in kept]
    return found
