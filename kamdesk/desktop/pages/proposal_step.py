"""What the steps of a proposal have in common: what scrolls, and what was found, said beside its cause."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from kamdesk.desktop.pages.proposal_words import STEPS, ProposalWords, step_of
from kamdesk.desktop.pages.proposal_work import ProposalState, ProposalWork
from kamdesk.desktop.widgets.basic import IconLabel, clear, label, set_look
from kamdesk.desktop.widgets.tab_order import order_tabs
from kamdesk.model.messages import Message
from kamdesk.rules.proposal_checks import Finding, Severity

NEVER_SENT: Final = ("draft", "internal_review", "approved")
"""Statuses in which there is nothing to be followed yet; one that was sent before keeps its steps."""

_UNWRITTEN: Final = ("check.text_empty", "check.benefit_empty")

_LOOKS = {
    Severity.ERROR: ("notice-error", "error", "danger"),
    Severity.WARNING: ("notice-warning", "warning", "warning"),
    Severity.HINT: ("fact", "info", "icon"),
}


class FindingsBox(QWidget):
    """Findings as sentences, the worst first; nothing of it stands in the way of typing."""

    def __init__(self, work: ProposalWork, words: ProposalWords) -> None:
        super().__init__()
        self._kit = work.kit
        self._words = words
        self._shown: tuple[tuple[Severity, Message], ...] | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(6)

    def show_findings(self, found: Sequence[tuple[Severity, Message]]) -> None:
        """Say these."""
        rank = list(Severity)
        wanted = tuple(sorted(found, key=lambda one: rank.index(one[0])))
        if wanted == self._shown:
            return
        self._shown = wanted
        clear(self._column)
        for severity, message in wanted:
            self._column.addWidget(self._line(severity, message))
        self.setVisible(bool(wanted))

    def texts(self) -> list[str]:
        """What is said."""
        return [self._words.message(message) for _severity, message in self._shown or ()]

    def _line(self, severity: Severity, message: Message) -> QFrame:
        look, icon, colour = _LOOKS[severity]
        line = QFrame()
        set_look(line, look)
        row = QHBoxLayout(line)
        row.setContentsMargins(10, 6, 10, 6)
        row.setSpacing(8)
        row.addWidget(IconLabel(self._kit, icon, 18, colour), 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(label(self._kit, lambda: self._words.message(message), wrap=True), 1)
        return line


class StepPage(QScrollArea):
    """One step; ``fills`` for one that scrolls inside itself. Subclasses fill ``body`` once and answer to :meth:`show_state`; editors bound by ``work.bind`` follow by themselves."""

    def __init__(self, work: ProposalWork, words: ProposalWords, step: str, *, fills: bool = False) -> None:
        super().__init__()
        self.work = work
        self.kit = work.kit
        self.words = words
        self.step = step
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        inner = QWidget()
        inner.setProperty("look", "page")
        # a stretch below and no alignment: an aligned layout is cut to its hint, which does not know wrapped text
        outer = QVBoxLayout(inner)
        outer.setContentsMargins(0, 0, 0 if fills else 8, 0 if fills else 16)
        self.body = QVBoxLayout()
        self.body.setSpacing(14)
        outer.addLayout(self.body, int(fills))
        outer.addStretch(int(not fills))
        self.setWidget(inner)
        self.findings = FindingsBox(work, words)
        self.findings.hide()
        self.body.addWidget(self.findings)

    def put(self, section: QWidget) -> None:
        """Put a section below the others, as tall as its text needs at the width it gets."""
        section.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.body.addWidget(section)

    def show_state(self, state: ProposalState) -> None:
        """Show what was loaded."""

    def found(self, state: ProposalState) -> list[tuple[Severity, Message]]:
        """What is said at the top: the findings whose cause stands here, as hints until documents were made. More may be
        added by a step."""
        calm = not state.page.documents
        return [(shown_severity(one, calm=calm), one.message) for one in findings_of(state, self.step)]

    def first_widget(self) -> QWidget | None:
        """Where the keyboard begins on this step."""
        return None

    def unsaved(self) -> dict[str, str]:
        """What was typed and not added, by the key of its draft."""
        return {}

    def show_loaded(self, state: ProposalState) -> None:
        """Say what was found and show what was loaded."""
        self.findings.show_findings(self.found(state))
        self.show_state(state)
        order_tabs(self)  # what was made anew stands at the end of Qt's own order


def shown_severity(found: Finding, *, calm: bool) -> Severity:
    """How a finding is shown; ``calm`` while no documents were made.

    What is not written yet asks for a look before and after that: the documents alone make nothing worse.
    """
    if found.message.code in _UNWRITTEN:
        return Severity.HINT if found.severity == Severity.HINT else Severity.WARNING
    return Severity.HINT if calm else found.severity


def findings_of(state: ProposalState, step: str) -> list[Finding]:
    """The findings of one step; the first one names every place that still speaks of another client."""
    return [
        one
        for one in state.page.findings
        if step_of(one) == step or (step == STEPS[0] and one.message.code == "check.other_client")
    ]


def step_state(state: ProposalState, step: str) -> tuple[str, list[Message]]:
    """The mark of a step ("done", "attention", "error" or "") and the sentences that say why."""
    found = findings_of(state, step)
    messages = [one.message for one in found if one.severity != Severity.HINT]
    if (
        messages and not state.page.documents
    ):  # a draft in the making: what is missing is said, nothing is alarming
        return "", messages
    if any(shown_severity(one, calm=False) == Severity.ERROR for one in found):
        return "error", messages
    if messages:
        return "attention", messages
    page = state.page
    done = {
        "start": bool(page.values["subject"]),
        "offer": bool(page.offer),
        "figures": bool(page.benefit),
        "readers": bool(page.readers),
        "arguments": any(reader.chosen for reader in page.readers),
        "team": bool(page.team and page.values["valid_until"] and page.values["signatory_id"]),
        "documents": bool(page.documents),
        "closing": page.status == "accepted",
    }
    if step == "documents" and page.documents:
        behind = [one for one in page.notices if one.code == "document.edited_older"]
        if behind:
            return "error", behind
        if any(one.is_current and one.stale for one in page.documents):
            return "attention", [Message("document.stale")]
        standing = [one for one in page.notices if one.code == "document.edited_stands"]
        if standing:
            return "attention", standing
    if step == "readers":
        chosen = {reader.person_id for reader in page.readers}
        if any(not person.lens and person.id not in chosen for person in state.people):
            return "", [Message("proposal.some_not_addressed")]
    return ("done" if done[step] else ""), []
