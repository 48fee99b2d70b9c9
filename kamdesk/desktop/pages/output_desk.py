"""What is done with many documents at once, from the list of proposals and from a proposal: made, saved, printed, drafted as mail (R11)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QWidget

from kamdesk.desktop.desk import Desk
from kamdesk.desktop.dialogs.batch_report import BatchReportDialog
from kamdesk.desktop.dialogs.disk import ask_folder
from kamdesk.desktop.jobs import JobCancelled, Progress
from kamdesk.desktop.navigation.target import Target
from kamdesk.desktop.pages.proposal_words import ProposalWords
from kamdesk.desktop.print_desk import QueueItem
from kamdesk.model.messages import Message

if TYPE_CHECKING:
    from kamdesk.desktop.dialogs.mail_drafts import MailDraftsDialog
    from kamdesk.services.batch import BatchReport, Leaving
    from kamdesk.services.pressing import Progress as Told


def ask_where(desk: Desk, parent: QWidget, chosen: Callable[[Path], object]) -> None:
    """Ask for a folder of the user's, beginning with the last one."""
    _, settings = desk.kit.words.gettext, desk.kit.settings

    def take(folder: Path) -> None:
        settings.set("proposal.folder", str(folder))
        chosen(folder)

    ask_folder(parent, _("Where to save the documents"), take, str(settings.get("proposal.folder", "")))


class OutputDesk:
    """For one page: ``parent`` owns the dialogs and is where the answers go."""

    def __init__(self, desk: Desk, words: ProposalWords, parent: QWidget) -> None:
        self._desk = desk
        self._words = words
        self._parent = parent

    def make(self, proposal_ids: Sequence[str]) -> int:
        """Make the documents of several proposals in a job; gives its number."""
        _, batches = self._desk.kit.words.gettext, self._desk.workplace.batches

        def work(progress: Progress) -> BatchReport:
            return batches.make(proposal_ids, progress=_quiet(progress), cancelled=lambda: progress.cancelled)

        def said(report: BatchReport) -> str:
            ngettext = self._desk.kit.words.ngettext
            parts = [ngettext("{n} document made", "{n} documents made", report.done).format(n=report.done)]
            if report.kept_edits:
                parts.append(_("your edits were left in {n}").format(n=report.kept_edits))
            if report.cancelled:
                parts.append(_("cancelled: the other proposals are as they were"))
            return "; ".join(parts)

        return self._desk.kit.jobs.start(
            _("Making documents"),
            work,
            lambda report: self._tell(report, said),
            self._problem,
            owner=self._parent,
        )

    def save(self, proposal_ids: Sequence[str], folder: Path) -> int:
        """Write what goes out of several proposals into a folder, in a job."""
        batches = self._desk.workplace.batches
        return self.save_these(lambda: batches.leaving(proposal_ids), folder)

    def save_these(self, find: Callable[[], Sequence[Leaving]], folder: Path) -> int:
        """Write documents into a folder, in a job."""
        _, batches = self._desk.kit.words.gettext, self._desk.workplace.batches

        def work(progress: Progress) -> BatchReport:
            return batches.save(
                find(), folder, progress=_quiet(progress), cancelled=lambda: progress.cancelled
            )

        def said(report: BatchReport) -> str:
            n = len(report.paths)
            ngettext = self._desk.kit.words.ngettext
            words = ngettext("{n} file saved to {folder}", "{n} files saved to {folder}", n)
            parts = [words.format(n=n, folder=folder)]
            if report.cancelled:
                parts.append(_("cancelled before the others"))
            return "; ".join(parts)

        return self._desk.kit.jobs.start(
            _("Saving documents"),
            work,
            lambda report: self._tell(report, said, folder),
            self._problem,
            owner=self._parent,
        )

    def ask_folder(self, proposal_ids: Sequence[str]) -> None:
        """Ask where, then save."""
        ask_where(self._desk, self._parent, lambda folder: self.save(proposal_ids, folder))

    def print(self, proposal_ids: Sequence[str]) -> None:
        """List what goes out of these proposals for the printer."""
        batches = self._desk.workplace.batches
        several = len(proposal_ids) > 1
        self._desk.kit.queries.run(
            lambda: batches.leaving(proposal_ids),
            lambda found: self.print_these(found, several),
            self._problem,
            owner=self._parent,
        )

    def print_these(self, documents: Sequence[Leaving], several: bool = False) -> None:
        """Show the queue with these documents."""
        files, words = self._desk.workplace.word_files, self._words
        items = [
            QueueItem(
                f"{one.proposal} · {words.document_of(one.kind, one.recipient)}"
                if several
                else words.document_of(one.kind, one.recipient),
                lambda at=one.id: files.pdf(at),
            )
            for one in documents
        ]
        self._desk.printing.print_many(self._parent, items)

    def mail(
        self,
        proposal_ids: Sequence[str],
        document_ids: Sequence[str] | None = None,
        given: Callable[[], object] | None = None,
    ) -> MailDraftsDialog:
        """Show the drafts; ``given`` is called at the end where some were opened or saved."""
        from kamdesk.desktop.dialogs.mail_drafts import MailDraftsDialog

        desk, parent = self._desk, self._parent
        dialog = MailDraftsDialog(
            desk,
            proposal_ids,
            parent,
            document_ids=document_ids,
            ask_folder=lambda chosen: ask_where(desk, parent, chosen),
        )
        if given is not None:
            dialog.given.connect(lambda _ids: given())
        dialog.open()
        return dialog

    # --- inside -----------------------------------------------------------------------------------------------

    def _tell(
        self, report: BatchReport, said: Callable[[BatchReport], str], folder: Path | None = None
    ) -> None:
        _ = self._desk.kit.words.gettext
        if report.problems:
            dialog = BatchReportDialog(self._desk.kit, lambda: said(report), report, self._parent)
            dialog.asked.connect(lambda at: self._desk.window.navigate(Target("proposal", at, "documents")))
            dialog.open()
        elif folder is not None:
            self._desk.window.notify(
                lambda: said(report),
                "success",
                action=lambda: _("Open the folder"),
                on_action=lambda: QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder))),
            )
        else:
            self._desk.window.notify(lambda: said(report), "info" if report.cancelled else "success")

    def _problem(self, message: Message) -> None:
        self._desk.window.notify(message, "error")


def _quiet(progress: Progress) -> Told:
    """What is told of a batch: a cancel ends it between two documents, with a report, and not by breaking off here."""

    def told(done: int, total: int, what: Message) -> None:
        if not progress.cancelled:
            try:
                progress.report(what, done, total)
            except JobCancelled:
                return

    return told
