"""The check of a template: each finding as a sentence with its place, what to write instead, and a repaired copy where that is safe."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from kamdesk.desktop.kit import Kit
from kamdesk.desktop.widgets.basic import IconLabel, button, clear, label, set_look
from kamdesk.desktop.widgets.section import Card
from kamdesk.model.messages import Message

_LOOKS = {"error": ("error", "danger"), "warning": ("warning", "warning")}


@dataclass(frozen=True)
class Checked:
    """What a check found, what a repair would do to a copy, what was taken out when the file was added."""

    findings: tuple[Any, ...] = ()
    repaired: tuple[Any, ...] = ()
    repaired_file: bytes = b""
    removed: tuple[Message, ...] = ()
    refused: Message | None = None


class DoctorPanel(QScrollArea):
    """``repair_wanted()``: make a repaired copy."""

    repair_wanted = Signal()

    def __init__(self, kit: Kit) -> None:
        super().__init__()
        self._kit = kit
        _ = kit.words.gettext
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        set_look(self, "focusable")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        inner = QWidget()
        inner.setProperty("look", "page")
        self._column = QVBoxLayout(inner)
        self._column.setContentsMargins(2, 2, 2, 2)
        self._column.setSpacing(8)
        self._column.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.setWidget(inner)
        self._shown: Checked | None = None
        kit.words.bind(self, lambda: self.setAccessibleName(_("Template check")))
        kit.words.changed.connect(self._draw)

    def show_result(self, checked: Checked | None) -> None:
        """Show a check; None while it runs."""
        self._shown = checked
        self._draw()

    def sentences(self) -> list[str]:
        """The findings as they are said."""
        say = self._kit.words.message
        return [say(finding.text) for finding in self._shown.findings] if self._shown else []

    def _draw(self) -> None:
        clear(self._column)
        kit, _, ngettext = self._kit, self._kit.words.gettext, self._kit.words.ngettext
        checked = self._shown
        if checked is None:
            self._column.addWidget(label(kit, lambda: _("Being checked…"), "muted"))
            return
        if checked.refused is not None:
            message = checked.refused
            self._verdict("error", "danger", kit.words.message(message))
            return
        errors = sum(finding.severity == "error" for finding in checked.findings)
        if errors:
            words = ngettext(
                "{n} fault: documents cannot be made with it",
                "{n} faults: documents cannot be made with it",
                errors,
            )
            self._verdict("error", "danger", words.format(n=errors))
        elif checked.findings:
            self._verdict("warning", "warning", _("It can be used; look at what is said below"))
        else:
            self._verdict("ok-circle", "success", _("Nothing to complain of: it can be used"))
        if checked.repaired:
            self._column.addWidget(self._repair(checked))
        for finding in checked.findings:
            self._column.addWidget(self._card(finding))
        if checked.removed:
            self._column.addWidget(self._removed(checked.removed))

    def _verdict(self, icon: str, colour: str, words: str) -> None:
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(IconLabel(self._kit, icon, 20, colour), 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(label(self._kit, lambda: words, "heading", wrap=True), 1)
        self._column.addLayout(row)

    def _card(self, finding: Any) -> Card:
        kit, _, say = self._kit, self._kit.words.gettext, self._kit.words.message
        card = Card(kit)
        place = say(finding.place) if isinstance(finding.place, Message) else finding.place
        icon, colour = _LOOKS.get(finding.severity, _LOOKS["warning"])
        severity = _("Fault") if finding.severity == "error" else _("Warning")
        row = QHBoxLayout()
        row.setSpacing(10)
        row.addWidget(IconLabel(kit, icon, 18, colour), 0, Qt.AlignmentFlag.AlignTop)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(
            label(kit, lambda: " · ".join(part for part in (severity, place) if part), "caption", wrap=True)
        )
        text = label(kit, lambda: say(finding.text), wrap=True)
        text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        words.addWidget(text)
        if finding.suggestion:
            words.addLayout(self._suggestion(finding.suggestion))
        row.addLayout(words, 1)
        card.body.addLayout(row)
        card.body.setContentsMargins(12, 8, 12, 8)
        return card

    def _suggestion(self, suggestion: str) -> QHBoxLayout:
        kit, _ = self._kit, self._kit.words.gettext
        row = QHBoxLayout()
        row.addWidget(label(kit, lambda: _("Write instead: {text}").format(text=suggestion), wrap=True), 1)
        row.addWidget(
            button(
                kit,
                lambda: _("Copy"),
                "copy",
                "link",
                lambda: QGuiApplication.clipboard().setText(suggestion),
            )
        )
        return row

    def _repair(self, checked: Checked) -> Card:
        kit, _, ngettext = self._kit, self._kit.words.gettext, self._kit.words.ngettext
        card = Card(kit)
        n = len(checked.repaired)
        words = ngettext(
            "{n} slip can be put right by itself:", "{n} slips can be put right by themselves:", n
        )
        card.body.addWidget(label(kit, lambda: words.format(n=n), wrap=True))
        for done in checked.repaired[:6]:
            card.body.addWidget(
                label(kit, lambda done=done: "– " + self._kit.words.message(done.text), "muted", wrap=True)
            )
        row = QHBoxLayout()
        row.addWidget(
            button(kit, lambda: _("Repair a copy"), "ok-circle", "primary", self.repair_wanted.emit)
        )
        row.addStretch(1)
        card.body.addLayout(row)
        return card

    def _removed(self, removed: Sequence[Message]) -> Card:
        kit, _, say = self._kit, self._kit.words.gettext, self._kit.words.message
        card = Card(kit)
        card.body.addWidget(
            label(
                kit,
                lambda: _("Taken out when it was added; your own file is untouched"),
                "caption",
                wrap=True,
            )
        )
        for message in removed:
            card.body.addWidget(label(kit, lambda message=message: "– " + say(message), wrap=True))
        return card
