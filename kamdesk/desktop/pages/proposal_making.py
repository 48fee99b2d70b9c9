"""Making the documents from a proposal's page: asks about what is missing, works in a job, says what came of it (R4, R11)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from kamdesk.desktop.dialogs.base import confirm
from kamdesk.desktop.dialogs.batch_report import BatchReportDialog
from kamdesk.desktop.pages.proposal_words import ProposalWords
from kamdesk.desktop.pages.proposal_work import ProposalWork
from kamdesk.model.messages import Message
from kamdesk.rules.proposal_checks import Finding, Severity
from kamdesk.services.batch import BatchProblem, BatchReport
from kamdesk.services.generation import Audience, Generated

_OF_OTHERS = {"check.other_client", "check.argument_of_other"}
"""What speaks of another client is asked about before it is on paper, whatever it weighs."""


def _key(found: Finding) -> str:
    """What was asked about: a block, or the very words that name somebody else."""
    return "\n".join((found.message.code, found.block, str(found.message.params.get("words", ""))))


class Making(QObject):
    """``busy(bool)`` while documents are made. ``tell`` says a problem below the page."""

    busy = Signal(bool)

    def __init__(
        self, work: ProposalWork, words: ProposalWords, page: QWidget, tell: Callable[[Message], object]
    ) -> None:
        super().__init__(page)
        self._work = work
        self._words = words
        self._page = page
        self._tell = tell
        self._running = 0
        self._accepted: set[str] = set()

    def generate(self, audience: Audience = Audience(), then: Callable[[], object] | None = None) -> None:  # noqa: B008
        """Make the documents in a job; asks first, once for each, where a mandatory block is missing or empty and where
        another client is named."""
        state = self._work.state
        if state is None or self._running:
            return
        generation, proposal_id = self._work.place.generation, self._work.id
        found = [
            one
            for one in state.page.findings
            if (one.severity == Severity.ERROR and one.block) or one.message.code in _OF_OTHERS
        ]
        self._work.kit.queries.run(
            lambda: generation.lacking(proposal_id),
            lambda lacking: self._ask_missing([*found, *lacking], audience, then),
            lambda _message: self._ask_missing(found, audience, then),  # making them says what is wrong
            owner=self,
        )

    def _ask_missing(
        self, missing: Sequence[Finding], audience: Audience, then: Callable[[], object] | None
    ) -> None:
        """Ask about what is missing, once for each, then make them."""
        if self._running:
            return
        if {_key(one) for one in missing} <= self._accepted:
            self._generate(audience, then)
            return
        kit, _ = self._work.kit, self._work.kit.words.gettext

        def go_on() -> None:
            self._accepted |= {_key(one) for one in missing}
            self._generate(audience, then)

        sentences = "\n".join(self._words.message(one.message) for one in missing)
        confirm(
            kit, self._page, lambda: _("Make the documents all the same?"), lambda: sentences, lambda: _("Make them"),
            go_on, danger=False,
        )  # fmt: skip

    def _generate(self, audience: Audience, then: Callable[[], object] | None) -> None:
        _ = self._work.kit.words.gettext
        generation, proposal_id = self._work.place.generation, self._work.id

        def work(progress: Any) -> Generated:
            progress.report("")
            return generation.make(
                proposal_id, audience, progress=lambda done, total, what: progress.report(what, done, total)
            )

        def done(generated: Generated) -> None:
            self._ended()
            self._say(generated)
            if then is not None:
                then()

        def failed(message: Message) -> None:
            self._ended()
            self._tell(message)

        self.busy.emit(True)
        self._running = self._work.kit.jobs.start(
            _("Making documents"), work, done, failed, self._cancelled, owner=self
        )

    def _say(self, generated: Generated) -> None:
        _, ngettext = self._work.kit.words.gettext, self._work.kit.words.ngettext
        window = self._work.desk.window
        kept = sum(one.edits_stand for one in generated.made)
        n = len(generated.made) - kept
        if generated.failed:
            problems = tuple(BatchProblem(self._work.id, one.name, one.why) for one in generated.failed)
            BatchReportDialog(
                self._work.kit,
                lambda: ngettext("{n} document made", "{n} documents made", n).format(n=n),
                BatchReport(n, 1, problems),
                self._page,
                leads=False,
            ).open()
        elif kept:
            window.notify(
                lambda: _("Made anew: {n}. Your edits were left in: {kept}.").format(n=n, kept=kept), "info"
            )
        else:
            window.notify(
                lambda: ngettext("{n} document made", "{n} documents made", n).format(n=n), "success"
            )

    def _cancelled(self) -> None:
        self._ended()
        self._tell(Message("generation.cancelled"))

    def _ended(self) -> None:
        self._running = 0
        self.busy.emit(False)
