"""The check of a template: each finding as a sentence with its place and the text around it, repaired where that is safe after a look (R9)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from kamdesk.desktop.kit import Kit
from kamdesk.desktop.widgets.basic import IconLabel, button, clear, label, set_look
from kamdesk.desktop.widgets.scroll import scrolling
from kamdesk.desktop.widgets.section import Card
from kamdesk.model.messages import Message

_LOOKS = {"error": ("error", "danger"), "warning": ("warning", "warning")}
_MOST = 100
"""Findings drawn; who has more repairs those first."""
SAFE, GUESS = "safe", "guess"


@dataclass(frozen=True)
class Checked:
    """What a check found. ``own``: the file is the user's and may be repaired. ``removed``: taken out when it was added."""

    findings: tuple[Any, ...] = ()
    removed: tuple[Message, ...] = ()
    refused: Message | None = None
    own: bool = False

    def safe(self) -> tuple[int, ...]:
        """The findings whose repair cannot change what is meant."""
        return tuple(at for at, one in enumerate(self.findings) if one.repair == SAFE) if self.own else ()


class DoctorPanel(QWidget):
    """``fix_wanted(indexes)``: repair these findings, after a look at before and after."""

    fix_wanted = Signal(object)

    def __init__(self, kit: Kit) -> None:
        super().__init__()
        self._kit = kit
        _ = kit.words.gettext
        self._shown: Checked | None = None
        self._severity = ""
        self._icon = IconLabel(kit, "ok-circle", 20, "success")
        self.verdict = label(kit, look="heading", wrap=True)
        self.fix_button = button(kit, lambda: self._fix_words(), "ok-circle", "primary", self._fix_all)
        self.copy_button = button(kit, lambda: _("Copy the report"), "copy", "link", self.copy_report)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignTop)
        head.addWidget(self.verdict, 1)
        head.addWidget(self.fix_button, 0, Qt.AlignmentFlag.AlignTop)
        head.addWidget(self.copy_button, 0, Qt.AlignmentFlag.AlignTop)
        self._bar = QWidget()
        bar = QHBoxLayout(self._bar)
        bar.setContentsMargins(0, 0, 0, 0)
        bar.setSpacing(6)
        group = QButtonGroup(self)
        self.filters: dict[str, QPushButton] = {}
        for code in ("", "error", "warning"):
            made = QPushButton()
            set_look(made, "chip")
            made.setCheckable(True)
            made.setAutoDefault(False)
            made.clicked.connect(lambda _checked=False, code=code: self.show_severity(code))
            group.addButton(made)
            self.filters[code] = made
            bar.addWidget(made)
        bar.addStretch(1)
        self.filters[""].setChecked(True)
        inner = QWidget()
        self._column = QVBoxLayout(inner)
        self._column.setContentsMargins(2, 2, 8, 2)
        self._column.setSpacing(8)
        self._column.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._scroll = scrolling(inner, sideways=False)
        set_look(self._scroll, "focusable")
        self._scroll.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setFocusProxy(self._scroll)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(head)
        column.addWidget(self._bar)
        column.addWidget(self._scroll, 1)
        kit.words.bind(self._scroll, lambda: self._scroll.setAccessibleName(_("Template check")))
        kit.words.changed.connect(self._draw)
        self._draw()

    def show_result(self, checked: Checked | None) -> None:
        """Show a check; None while it runs."""
        self._shown = checked
        self._draw()

    def show_severity(self, severity: str) -> None:
        """Show "error", "warning" or, with "", everything."""
        self._severity = severity
        self.filters[severity].setChecked(True)
        self._draw()

    def sentences(self) -> list[str]:
        """The findings as they are said, those that are shown."""
        return [self._kit.words.message(one.text) for _at, one in self._chosen()]

    def report(self) -> str:
        """Every finding as lines of text: severity, place, what, what to write instead, the text around."""
        _, say = self._kit.words.gettext, self._kit.words.message
        lines = [self.verdict.text()]
        for one in self._shown.findings if self._shown is not None else ():
            lines.append("")
            lines.append(f"{self._named(one)}: {say(one.text)}")
            if one.suggestion:
                lines.append(_("Write instead: {text}").format(text=one.suggestion))
            if one.around:
                lines.append(f"  {one.around}")
        return "\n".join(lines)

    def copy_report(self) -> None:
        """Put the report on the clipboard."""
        QGuiApplication.clipboard().setText(self.report())

    # --- drawing ----------------------------------------------------------------------------------------------

    def _chosen(self) -> list[tuple[int, Any]]:
        found = self._shown.findings if self._shown is not None else ()
        return [(at, one) for at, one in enumerate(found) if self._severity in ("", one.severity)]

    def _draw(self) -> None:
        clear(self._column)
        checked = self._shown
        self._say_verdict(checked)
        if checked is None:
            return
        if not checked.findings and checked.refused is None:
            self._nothing()
        shown = self._chosen()
        for at, finding in shown[:_MOST]:
            self._column.addWidget(self._card(at, finding))
        if len(shown) > _MOST:
            ngettext, n = self._kit.words.ngettext, len(shown) - _MOST
            words = ngettext("{n} more, not shown", "{n} more, not shown", n).format(n=n)
            self._column.addWidget(label(self._kit, lambda: words, "muted"))
        if checked.removed:
            self._column.addWidget(self._removed(checked.removed))

    def _say_verdict(self, checked: Checked | None) -> None:
        _, ngettext = self._kit.words.gettext, self._kit.words.ngettext
        found = checked.findings if checked is not None else ()
        errors = sum(one.severity == "error" for one in found)
        warnings = len(found) - errors
        for code, n, words in (
            ("", len(found), _("Everything: {n}")),
            ("error", errors, _("Faults: {n}")),
            ("warning", warnings, _("Warnings: {n}")),
        ):
            self.filters[code].setText(words.format(n=n))
        self._bar.setVisible(bool(errors and warnings))
        if not (errors and warnings):
            self._severity = ""
            self.filters[""].setChecked(True)
        self.fix_button.setVisible(checked is not None and bool(checked.safe()))
        self.fix_button.setText(self._fix_words())
        self.copy_button.setVisible(bool(found))
        self._icon.setVisible(checked is not None)
        if checked is None:
            self.verdict.setText(_("Being checked…"))
        elif checked.refused is not None:
            self._icon.set_icon("error", "danger")
            self.verdict.setText(self._kit.words.message(checked.refused))
        elif errors:
            self._icon.set_icon("error", "danger")
            words = ngettext(
                "{n} fault: documents cannot be made with it",
                "{n} faults: documents cannot be made with it",
                errors,
            )
            self.verdict.setText(words.format(n=errors))
        elif found:
            self._icon.set_icon("warning", "warning")
            self.verdict.setText(_("It can be used; look at what is said below"))
        else:
            self._icon.set_icon("ok-circle", "success")
            self.verdict.setText(_("No faults"))

    def _fix_words(self) -> str:
        ngettext = self._kit.words.ngettext
        n = len(self._shown.safe()) if self._shown is not None else 0
        return ngettext("Fix {n} slip…", "Fix {n} slips…", n).format(n=n)

    def _fix_all(self) -> None:
        if self._shown is not None:
            self.fix_wanted.emit(self._shown.safe())

    def _nothing(self) -> None:
        _ = self._kit.words.gettext
        self._column.addWidget(
            label(
                self._kit,
                lambda: _(
                    "Fields, blocks and marks are right, and nothing comes out blank with the chosen sample."
                ),
                "muted",
                wrap=True,
            )
        )

    def _named(self, finding: Any) -> str:
        _, say = self._kit.words.gettext, self._kit.words.message
        place = say(finding.place) if isinstance(finding.place, Message) else str(finding.place)
        severity = _("Fault") if finding.severity == "error" else _("Warning")
        return " · ".join(part for part in (severity, place) if part)

    def _card(self, at: int, finding: Any) -> Card:
        kit, say = self._kit, self._kit.words.message
        card = Card(kit)
        icon, colour = _LOOKS.get(finding.severity, _LOOKS["warning"])
        row = QHBoxLayout()
        row.setSpacing(10)
        row.addWidget(IconLabel(kit, icon, 18, colour), 0, Qt.AlignmentFlag.AlignTop)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(label(kit, lambda: self._named(finding), "caption", wrap=True))
        text = label(kit, lambda: say(finding.text), wrap=True)
        text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        words.addWidget(text)
        if finding.around:
            words.addWidget(Around(kit, finding))
        if finding.suggestion or finding.repair:
            words.addLayout(self._ways(at, finding))
        row.addLayout(words, 1)
        card.body.addLayout(row)
        card.body.setContentsMargins(12, 8, 12, 8)
        return card

    def _ways(self, at: int, finding: Any) -> QHBoxLayout:
        kit, _, suggestion = self._kit, self._kit.words.gettext, finding.suggestion
        row = QHBoxLayout()
        row.setSpacing(4)
        say = (lambda: _("Write instead: {text}").format(text=suggestion)) if suggestion else (lambda: "")
        row.addWidget(label(kit, say, wrap=True), 1)
        if suggestion:
            copy = button(
                kit,
                lambda: _("Copy"),
                "copy",
                "link",
                lambda: QGuiApplication.clipboard().setText(suggestion),
            )
            row.addWidget(copy)
        if finding.repair and self._shown is not None and self._shown.own:
            sure = finding.repair == SAFE
            fix = button(
                kit,
                lambda: _("Fix…") if sure else _("Replace…"),
                "ok-circle" if sure else "edit",
                "link",
                lambda: self.fix_wanted.emit((at,)),
            )
            row.addWidget(fix)
        return row

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


class Around(QLabel):
    """The text around a fault, the fault itself framed by a line below and a colour; ``after`` shows it with the better words."""

    def __init__(self, kit: Kit, finding: Any, *, after: bool = False) -> None:
        super().__init__()
        self._kit, self._finding, self._after = kit, finding, after
        self.setTextFormat(Qt.TextFormat.RichText)
        self.setWordWrap(True)
        self.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        set_look(self, "muted")
        kit.theme.changed.connect(self._show)
        self._show()

    def parts(self) -> tuple[str, str, str]:
        """What stands before, the fault (or what takes its place), what stands behind."""
        around, params = self._finding.around, self._finding.text.params
        for name in ("tag", "word", "name"):
            words = " ".join(str(params.get(name) or "").rstrip("…").split())
            if words and words in around:
                before, found, behind = around.partition(words)
                return before, self._finding.suggestion if self._after else found, behind
        return around, "", ""

    def _show(self) -> None:
        before, fault, behind = self.parts()
        self.setText(f"{escape(before)}{self._marked(fault) if fault else ''}{escape(behind)}")

    def _marked(self, fault: str) -> str:
        colour = self._kit.theme.colour("success" if self._after else "danger").name()
        return f'<span style="color: {colour}; text-decoration: underline;"><b>{escape(fault)}</b></span>'
