"""How a proposal's page looks: the steps at the left, the work in the middle, the pages of the real document at the right."""

from __future__ import annotations

from abc import abstractmethod
from typing import TYPE_CHECKING, Final, cast

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QSplitter, QStackedWidget, QToolButton, QVBoxLayout, QWidget

from kamdesk.desktop.desk import Desk
from kamdesk.desktop.pages.proposal_person import ReaderPanel
from kamdesk.desktop.pages.proposal_preview import ProposalPreview
from kamdesk.desktop.pages.proposal_rooms import StepRooms, make_step
from kamdesk.desktop.pages.proposal_standing import StandingBar, VersionButton
from kamdesk.desktop.pages.proposal_words import STEPS, ProposalWords
from kamdesk.desktop.pages.proposal_work import ProposalWork
from kamdesk.desktop.widgets.basic import button, tool_button
from kamdesk.desktop.widgets.hooks import Hooks
from kamdesk.desktop.widgets.page import PageBase
from kamdesk.desktop.widgets.steps import Step, Steps
from kamdesk.desktop.word_watch import WordWatch
from kamdesk.model.messages import N_

if TYPE_CHECKING:
    from kamdesk.desktop.pages.proposal_arguments import ArgumentsStep
    from kamdesk.desktop.pages.proposal_closing import ClosingStep
    from kamdesk.desktop.pages.proposal_documents import DocumentsStep
    from kamdesk.desktop.pages.proposal_figures import FiguresStep
    from kamdesk.desktop.pages.proposal_offer import OfferStep
    from kamdesk.desktop.pages.proposal_readers import ReadersStep
    from kamdesk.desktop.pages.proposal_start import StartStep
    from kamdesk.desktop.pages.proposal_step import StepPage
    from kamdesk.desktop.pages.proposal_team import TeamStep

_LOOKS: Final = {
    "start": ("proposals", N_("Start from")),
    "offer": ("table", N_("Offer and prices")),
    "figures": ("reports", N_("Effect in figures")),
    "readers": ("people", N_("Readers")),
    "arguments": ("argument", N_("Arguments")),
    "team": ("calendar", N_("Team and validity")),
    "documents": ("word", N_("Documents")),
    "closing": ("phone", N_("After sending")),
}
"""Icon and words of each step."""
LEAST_PAGES: Final = 200
LEAST_WORK: Final = 560
"""Pixels that the pages need, and pixels at text size 1 that the work needs, to stand beside each other."""

_PREVIEW: Final = {"offer": 210, "figures": 210, "arguments": 230}
"""Width of the pages where the work itself needs room; 330 elsewhere. What the user sets is remembered for each step."""


class ProposalPageView(PageBase, metaclass=Hooks):
    """The parts; what they do is in ``proposal``."""

    def __init__(self, desk: Desk, watch: WordWatch) -> None:
        kit = desk.kit
        super().__init__(kit)
        _ = kit.words.gettext
        self.work = ProposalWork(kit, desk, self)
        self.texts = ProposalWords(kit, lambda: desk.workplace.vocabulary.current)
        self._watch = watch
        self.middle = StepRooms(self.work, self._make_step)
        self.steps = self._steps()
        self.preview = ProposalPreview(self.work, self.texts)
        self.person = ReaderPanel(kit, self.texts)
        self._build()
        self._head_buttons()

    # --- the steps, each made when it is first asked for ---------------------------------------------------------

    @property
    def start(self) -> StartStep:
        """What it is about."""
        return cast("StartStep", self.middle.step("start"))

    @property
    def offer(self) -> OfferStep:
        """Prices."""
        return cast("OfferStep", self.middle.step("offer"))

    @property
    def figures(self) -> FiguresStep:
        """Benefit."""
        return cast("FiguresStep", self.middle.step("figures"))

    @property
    def readers(self) -> ReadersStep:
        """To whom."""
        return cast("ReadersStep", self.middle.step("readers"))

    @property
    def arguments(self) -> ArgumentsStep:
        """Why."""
        return cast("ArgumentsStep", self.middle.step("arguments"))

    @property
    def team(self) -> TeamStep:
        """Who and until when."""
        return cast("TeamStep", self.middle.step("team"))

    @property
    def documents(self) -> DocumentsStep:
        """What goes out."""
        return cast("DocumentsStep", self.middle.step("documents"))

    @property
    def closing(self) -> ClosingStep:
        """What follows."""
        return cast("ClosingStep", self.middle.step("closing"))

    def _make_step(self, name: str) -> StepPage:
        step = make_step(name, self.work, self.texts, self._watch)
        if name == "documents":
            cast("DocumentsStep", step).shown.connect(self.show_document)
        return step

    @abstractmethod
    def show_document(self, kind: str, reader_id: str | None) -> None:
        """Show the pages of a document at the right."""

    # --- building -----------------------------------------------------------------------------------------------

    def _steps(self) -> Steps:
        kit, _ = self.kit, self.kit.words.gettext
        made = [Step(one, lambda words=_LOOKS[one][1]: _(words), _LOOKS[one][0]) for one in STEPS]
        steps = Steps(kit, lambda: _("Steps of the proposal"), made)
        steps.set_shown("closing", False)
        steps.setFixedWidth(kit.theme.px(172))
        kit.theme.changed.connect(lambda: steps.setFixedWidth(kit.theme.px(172)))
        return steps

    def _build(self) -> None:
        self.right = QStackedWidget()
        self.right.addWidget(self.preview)
        self.right.addWidget(self.person)
        self.right.setMinimumWidth(LEAST_PAGES)
        self.splitter = QSplitter(Qt.Orientation.Horizontal)
        self.splitter.setChildrenCollapsible(False)
        self.splitter.setHandleWidth(14)
        self.splitter.addWidget(self.middle)
        self.splitter.addWidget(self.right)
        self.splitter.setStretchFactor(0, 1)
        self.splitter.setStretchFactor(1, 0)
        row = QHBoxLayout()
        row.setSpacing(14)
        row.addWidget(self.steps)
        row.addWidget(self.splitter, 1)
        self.standing = StandingBar(self.work, self.texts)
        whole = QVBoxLayout()
        whole.setSpacing(0)
        whole.addWidget(self.standing)
        whole.addLayout(row, 1)
        self.fill(whole)

    def _head_buttons(self) -> None:
        kit, _ = self.kit, self.kit.words.gettext
        self.status = QToolButton()
        self.status.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.status.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.status.setIcon(kit.icons.icon("chevron-down"))
        self.status.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.status.setLayoutDirection(Qt.LayoutDirection.RightToLeft)  # the arrow stands behind the word
        self.pages_button = tool_button(kit, lambda: _("Show the pages"), "eye", checkable=True)
        self.pages_button.setChecked(True)
        self.word = button(kit, lambda: _("Open in Word"), "word", "primary")
        self.versions = VersionButton(self.work, self.texts)
        for widget in (self.versions, self.status, self.pages_button, self.word):
            self.add_head(widget)

    def preview_width(self, step: str) -> int:
        """How wide the pages are beside a step: as wanted, but no wider than the work leaves to them."""
        kept = self.kit.settings.get(f"proposal.preview.{step}")
        wanted = kept if isinstance(kept, int) else _PREVIEW.get(step, 330)
        return max(LEAST_PAGES, min(wanted, self._room() - self.kit.theme.px(LEAST_WORK)))

    def has_room(self) -> bool:
        """Whether the pages can stand beside the work, with this window and this text size."""
        return self._room() >= self.kit.theme.px(LEAST_WORK) + LEAST_PAGES

    def _room(self) -> int:
        """What the work and the pages share, in pixels."""
        return self.width() - self.steps.width() - 76

    def panes(self) -> list[QWidget]:
        """The work, the steps, the pages."""
        return [self.middle, self.steps, *([self.right] if self.right.isVisible() else [])]
