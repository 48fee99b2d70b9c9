"""The rooms of a proposal's steps: a step is made when one first turns to it, and shows what was loaded when it is seen."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QStackedWidget

from kamdesk.desktop.pages.proposal_step import StepPage
from kamdesk.desktop.pages.proposal_words import ProposalWords
from kamdesk.desktop.pages.proposal_work import ProposalState, ProposalWork
from kamdesk.desktop.word_watch import WordWatch


class StepRooms(QStackedWidget):
    """``make(name)`` makes a step. The marks of the steps need none of them (``step_state``)."""

    def __init__(self, work: ProposalWork, make: Callable[[str], StepPage]) -> None:
        super().__init__()
        self._work = work
        self._make = make
        self._made: dict[str, StepPage] = {}
        self._behind: set[str] = set()
        work.loaded.connect(self._loaded)

    def step(self, name: str) -> StepPage:
        """A step, made if need be, showing what is loaded. Raises KeyError for an unknown one."""
        made = self._made.get(name)
        if made is None:
            made = self._made[name] = self._make(name)
            self.addWidget(made)
            self._behind.add(name)
        self._catch_up(name)
        return made

    def unsaved(self) -> dict[str, str]:
        """What was typed on any step and not added, by the key of its draft."""
        return {key: text for step in self._made.values() for key, text in step.unsaved().items()}

    def turn(self, name: str) -> StepPage:
        """Show a step."""
        step = self.step(name)
        self.setCurrentWidget(step)
        return step

    def _loaded(self, _state: ProposalState) -> None:
        self._behind = set(self._made)
        for name, step in self._made.items():
            if step is self.currentWidget():
                self._catch_up(name)
                return

    def _catch_up(self, name: str) -> None:
        state = self._work.state
        if name in self._behind and state is not None:
            self._behind.discard(name)
            self._made[name].show_loaded(state)
            self._work.fill_new()


def make_step(name: str, work: ProposalWork, words: ProposalWords, watch: WordWatch) -> StepPage:
    """A new step. Its module is loaded with the first of its kind: most visits see one or two of the eight.

    Raises KeyError for an unknown name.
    """
    if name == "start":
        from kamdesk.desktop.pages.proposal_start import StartStep

        return StartStep(work, words)
    if name == "offer":
        from kamdesk.desktop.pages.proposal_offer import OfferStep

        return OfferStep(work, words)
    if name == "figures":
        from kamdesk.desktop.pages.proposal_figures import FiguresStep

        return FiguresStep(work, words)
    if name == "readers":
        from kamdesk.desktop.pages.proposal_readers import ReadersStep

        return ReadersStep(work, words)
    if name == "arguments":
        from kamdesk.desktop.pages.proposal_arguments import ArgumentsStep

        return ArgumentsStep(work, words)
    if name == "team":
        from kamdesk.desktop.pages.proposal_team import TeamStep

        return TeamStep(work, words)
    if name == "documents":
        from kamdesk.desktop.pages.proposal_documents import DocumentsStep

        return DocumentsStep(work, words, watch)
    if name == "closing":
        from kamdesk.desktop.pages.proposal_closing import ClosingStep

        return ClosingStep(work, words)
    raise KeyError(name)
