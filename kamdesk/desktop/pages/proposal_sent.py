"""What was sent of a proposal: the exact files with their hash, to whom, how and when; recording it, and the list on paper (R12)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QVBoxLayout

from kamdesk.desktop.dialogs.disk import ask_file
from kamdesk.desktop.dialogs.proposal_send import SendDialog, SendOrder
from kamdesk.desktop.pages.proposal_same import SameWarning
from kamdesk.desktop.pages.proposal_words import ProposalWords
from kamdesk.desktop.pages.proposal_work import ProposalWork
from kamdesk.desktop.widgets.basic import button, clear, columns, label, tool_button
from kamdesk.desktop.widgets.list_print import PrintColumn, list_pdf
from kamdesk.desktop.widgets.section import Section
from kamdesk.model.messages import KamdeskError, Message
from kamdesk.model.written import write_date
from kamdesk.services.proposal_views import DispatchView


class SentSection(Section):
    """A file that several people got stands in one row. ``tell`` says a problem below the page."""

    def __init__(self, work: ProposalWork, words: ProposalWords, tell: Callable[[Message], object]) -> None:
        _ = work.kit.words.gettext
        super().__init__(
            work.kit, lambda: _("What was sent"), add=lambda: _("Add a signed scan…"), on_add=self.ask_scan
        )
        self._work = work
        self._kit = work.kit
        self._words = words
        self._tell = tell
        self._dispatches: tuple[DispatchView, ...] = ()
        self._rows = QVBoxLayout()
        self._rows.setSpacing(8)
        self.body.addLayout(self._rows)
        self.print_button = button(work.kit, lambda: _("Print this list"), "print", "link", self.print_list)
        self.body.addWidget(self.print_button, 0, Qt.AlignmentFlag.AlignLeft)

    def show_dispatches(self, dispatches: tuple[DispatchView, ...]) -> None:
        """Show what was sent."""
        self._dispatches = dispatches
        clear(self._rows)
        kit, _ = self._kit, self._kit.words.gettext
        self.print_button.setVisible(bool(dispatches))
        if not dispatches:
            self._rows.addWidget(
                label(
                    kit,
                    lambda: _("Nothing yet. The exact file stays here once it is sent."),
                    "muted",
                    wrap=True,
                )
            )
        for same in grouped(dispatches):
            self._add_row(same)

    # --- one file ---------------------------------------------------------------------------------------------

    def _add_row(self, same: Sequence[DispatchView]) -> None:
        kit, _, one = self._kit, self._kit.words.gettext, same[0]
        about = " · ".join(part for part in (*self._about(one), one.note) if part)
        whom = self._whom(same)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(label(kit, lambda: one.file_name, wrap=True))
        if whom:
            words.addWidget(label(kit, lambda: _("To: {names}").format(names=whom), "caption", wrap=True))
        words.addWidget(label(kit, lambda: about, "caption", wrap=True))
        if one.sha256:
            mark = label(kit, lambda: _("SHA-256: {hash}").format(hash=f"{one.sha256[:16]}…"), "caption")
            mark.setToolTip(one.sha256)
            copy = tool_button(
                kit,
                lambda: _("Copy the SHA-256 of {what}").format(what=one.file_name),
                "copy",
                lambda: QGuiApplication.clipboard().setText(one.sha256),
            )
            words.addLayout(columns(mark, copy, 1, spacing=4))
        row = columns(spacing=8)
        row.addLayout(words, 1)
        open_it = button(kit, lambda: _("Open a copy"), "external", "link", lambda: self.open_sent(one.id))
        open_it.setAccessibleName(_("Open a copy: {what}").format(what=one.file_name))
        row.addWidget(open_it, 0, Qt.AlignmentFlag.AlignTop)
        self._rows.addLayout(row)

    def _about(self, one: DispatchView) -> tuple[str, str, str]:
        """Channel, day and origin in words."""
        when = write_date(one.sent_on, self._kit.words.language) if one.sent_on is not None else ""
        return (
            self._words.label("dispatch_channel", one.channel),
            when,
            self._words.label("dispatch_origin", one.origin),
        )

    def _whom(self, same: Sequence[DispatchView]) -> str:
        return ", ".join(sorted({one.recipient for one in same if one.recipient}, key=str.casefold))

    def open_sent(self, dispatch_id: str) -> None:
        """Open a copy of exactly what was sent; one that is not that any more is told."""
        sending, plain = self._work.place.sending, self._work.desk.plain

        def done(path: Path) -> None:
            if not QDesktopServices.openUrl(QUrl.fromLocalFile(str(path))):
                self._tell(Message("document.no_program", {"folder": str(path.parent)}))

        self._kit.queries.run(
            lambda: plain.give(*sending.sent_file(dispatch_id)), done, self._tell, owner=self
        )

    # --- recording --------------------------------------------------------------------------------------------

    def ask_send(self, channel: str = "") -> None:
        """Record that documents were sent, with the next date."""
        state, _ = self._work.state, self._kit.words.gettext
        if state is None:
            return
        # As the page has them: the group document first, then by name in the order of the alphabet.
        current = [one for one in state.page.documents if one.is_current]
        if not current:
            self._tell(Message("proposal.nothing_to_send"))
            return
        marks = {
            one.id: _("edited in Word")
            if one.hand_edited
            else _("made before the last change")
            if one.stale
            else ""
            for one in current
        }
        next_date: Any = state.page.values["next_date"]
        dialog = SendDialog(
            self._kit,
            [(one.id, self._words.document(one), marks[one.id]) for one in current],
            state.today,
            next_date,
            self.window(),
            older={one.id: self._words.older() for one in current if one.behind},
            readers=[(one.id, one.name.full(self._kit.words.language)) for one in state.page.readers],
            for_group=[one.id for one in current if one.kind == "group"],
            channel=channel,
        )
        dialog.body.insertWidget(0, SameWarning(self._work))
        dialog.ordered.connect(self.send)
        dialog.open()

    def send(self, order: SendOrder) -> None:
        """Keep the exact files, the status and the next date as one step."""
        sending, proposal_id, _ = self._work.place.sending, self._work.id, self._kit.words.gettext
        self._work.run(
            lambda: sending.send(
                proposal_id,
                order.document_ids,
                channel=order.channel,
                next_date=order.next_date,
                sent_on=order.sent_on,
                note=order.note,
                recipient=order.recipient,
                reader_ids=order.reader_ids,
                accept_behind=order.accept_behind,
            ),
            lambda _result: self._work.desk.window.notify(
                lambda: _("Recorded: the exact files are kept with the proposal."), "success"
            ),
            self._tell,
        )

    def ask_scan(self) -> None:
        """Choose a file that was sent in another way."""
        _ = self._kit.words.gettext
        ask_file(self, _("The file that was sent"), self.take_scan)

    def take_scan(self, path: Path) -> None:
        """Ask how and when a chosen file was sent, then keep it."""
        state = self._work.state
        if state is None:
            return
        sending, proposal_id = self._work.place.sending, self._work.id

        def work(order: SendOrder) -> str:
            try:
                content = path.read_bytes()
            except OSError as error:
                raise KamdeskError(
                    "template.cannot_read", name=path.name, reason=error.strerror or ""
                ) from error
            return sending.attach_sent(
                proposal_id,
                path.name,
                content,
                channel=order.channel,
                sent_on=order.sent_on,
                note=order.note,
                recipient=order.recipient,
            )

        dialog = SendDialog(self._kit, (), state.today, None, self.window(), scan=path.name)
        dialog.ordered.connect(lambda order: self._work.run(lambda: work(order), failed=self._tell))
        dialog.open()

    # --- paper ------------------------------------------------------------------------------------------------

    def print_list(self) -> None:
        """The list of what was sent as a page, with whole hashes."""
        state, kit, _ = self._work.state, self._kit, self._kit.words.gettext
        if state is None:
            return
        heads = (
            (_("File"), 220),
            (_("To whom"), 190),
            (_("Channel"), 90),
            (_("Sent on"), 90),
            (_("Which file"), 110),
            ("SHA-256", 240),
        )
        cells = [
            [one.file_name, self._whom(same), *self._about(one), one.sha256]
            for same in grouped(self._dispatches)
            for one in same[:1]
        ]
        title, number = _("What was sent"), str(state.page.values["number"] or "")
        caption = " · ".join(
            part for part in (state.page.organisation, number, self._words.title(state.page)) if part
        )
        family = kit.theme.font().family()
        kit.jobs.start(
            title,
            lambda _progress: list_pdf(
                title, caption, [PrintColumn(head, width, False) for head, width in heads], cells, family
            ),
            lambda pdf: self._work.desk.printing.print_pdf(self, title, pdf),
            owner=self,
        )


def grouped(dispatches: Sequence[DispatchView]) -> list[list[DispatchView]]:
    """Dispatches of the same bytes in the same way on the same day together, in their order."""
    found: dict[tuple[object, ...], list[DispatchView]] = {}
    for one in dispatches:
        key = one.file_name, one.sha256, one.channel, one.sent_on, one.note, one.origin
        found.setdefault(key, []).append(one)
    return list(found.values())
