"""Many proposals at once: made, and written into a folder; what failed is told one by one, and the rest stands (R11).

Each proposal is one step of its own. A cancel leaves finished proposals as they are and nothing of the one that was under way.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from kamdesk.model.messages import KamdeskError, Message
from kamdesk.services.generation import Audience, Generation
from kamdesk.services.pressing import Progress
from kamdesk.services.proposal_views import ProposalPage
from kamdesk.services.proposals import Proposals
from kamdesk.services.word_files import WordFiles, check_folder

_EVERYTHING: Final = Audience()


@dataclass(frozen=True, slots=True)
class BatchProblem:
    """What could not be done: of which proposal, with which document ("" for the whole of it), and why."""

    proposal_id: str
    name: str
    why: Message


@dataclass(frozen=True, slots=True)
class BatchReport:
    """``done`` counts documents; ``proposals`` those proposals that were finished. ``cancelled``: some were not begun."""

    done: int
    proposals: int
    problems: tuple[BatchProblem, ...] = ()
    cancelled: bool = False
    kept_edits: int = 0
    paths: tuple[Path, ...] = ()


@dataclass(frozen=True, slots=True)
class Leaving:
    """A document that goes out now. ``behind``: it was edited by hand before the last changes of its proposal."""

    id: str
    proposal_id: str
    proposal: str
    kind: str
    recipient: str
    file_name: str
    behind: bool


class Batches:
    """What is done with several proposals or documents. All of it is for a job: it waits for the workers."""

    def __init__(self, proposals: Proposals, generation: Generation, word_files: WordFiles) -> None:
        self._proposals = proposals
        self._generation = generation
        self._word_files = word_files

    def make(
        self,
        proposal_ids: Sequence[str],
        audience: Audience = _EVERYTHING,
        *,
        progress: Progress | None = None,
        cancelled: Callable[[], bool] = lambda: False,
    ) -> BatchReport:
        """Make the documents of several proposals, two proposals side by side.

        ``progress`` counts proposals. Raises KamdeskError ``output.nothing_chosen``.
        """
        if not proposal_ids:
            raise KamdeskError("output.nothing_chosen")
        run = _Run(self._proposals, self._generation, audience, len(proposal_ids), progress, cancelled)
        with ThreadPoolExecutor(2) as pool:
            reports = list(pool.map(run.one, proposal_ids))
        return BatchReport(
            sum(one.done for one in reports),
            sum(one.proposals for one in reports),
            tuple(problem for one in reports for problem in one.problems),
            any(one.cancelled for one in reports),
            sum(one.kept_edits for one in reports),
        )

    def leaving(self, proposal_ids: Sequence[str]) -> tuple[Leaving, ...]:
        """The documents that go out of these proposals, in the order of the proposals.

        Raises ``output.no_documents`` where a proposal has none.
        """
        found: list[Leaving] = []
        for proposal_id in proposal_ids:
            page = self._proposals.page(proposal_id)
            name = name_of_page(page)
            current = [one for one in page.documents if one.is_current]
            if not current:
                raise KamdeskError("output.no_documents", name=name)
            found += [
                Leaving(one.id, proposal_id, name, one.kind, one.recipient, one.file_name, one.behind)
                for one in current
            ]
        return tuple(found)

    def save(
        self,
        documents: Sequence[Leaving],
        folder: Path,
        formats: Sequence[str] = ("docx", "pdf"),
        *,
        progress: Progress | None = None,
        cancelled: Callable[[], bool] = lambda: False,
    ) -> BatchReport:
        """Write documents into a folder, each whole or not at all; names that meet get a number.

        Raises KamdeskError ``document.folder_unwritable`` before anything is written.
        """
        check_folder(folder)
        paths: list[Path] = []
        problems: list[BatchProblem] = []
        taken: set[str] = set()
        for at, one in enumerate(documents):
            if cancelled():
                return BatchReport(at, 0, tuple(problems), cancelled=True, paths=tuple(paths))
            try:
                paths += self._word_files.export(one.id, folder, formats, taken)
            except KamdeskError as error:
                problems.append(BatchProblem(one.proposal_id, one.file_name, error.message))
            if progress is not None:
                progress(at + 1, len(documents), Message("generation.made", {"name": one.file_name}))
        finished = len({one.proposal_id for one in documents})
        return BatchReport(len(documents) - len(problems), finished, tuple(problems), paths=tuple(paths))


class _Run:
    """One run over several proposals; its ``one`` is called from two threads."""

    def __init__(
        self,
        proposals: Proposals,
        generation: Generation,
        audience: Audience,
        total: int,
        progress: Progress | None,
        cancelled: Callable[[], bool],
    ) -> None:
        self._proposals = proposals
        self._generation = generation
        self._audience = audience
        self._total = total
        self._progress = progress
        self._cancelled = cancelled
        self._numbering = threading.Lock()
        self._telling = threading.Lock()
        self._done = 0

    def one(self, proposal_id: str) -> BatchReport:
        """Make one proposal's documents."""
        if self._cancelled():
            return BatchReport(0, 0, cancelled=True)
        name = ""
        try:
            page = self._proposals.page(proposal_id)
            name = name_of_page(page)
            if page.values["number"]:
                report = self._make(proposal_id)
            else:
                # Two that have no number yet would both be made under the next one.
                with self._numbering:
                    report = self._make(proposal_id)
        except KamdeskError as error:
            if error.message.code == "generation.cancelled":
                return BatchReport(0, 0, cancelled=True)
            report = BatchReport(0, 0, (BatchProblem(proposal_id, name, error.message),))
        with self._telling:
            self._done += 1
            if self._progress is not None:
                self._progress(self._done, self._total, Message("generation.made", {"name": name}))
        return report

    def _make(self, proposal_id: str) -> BatchReport:
        made = self._generation.make(proposal_id, self._audience, cancelled=self._cancelled)
        problems = tuple(BatchProblem(proposal_id, one.name, one.why) for one in made.failed)
        return BatchReport(
            len(made.made), 1, problems, kept_edits=sum(document.edits_stand for document in made.made)
        )


def name_of_page(page: ProposalPage) -> str:
    """What a proposal is called in a list of problems: its number, or its subject, or its client."""
    return str(page.values["number"] or page.values["subject"] or page.organisation)
