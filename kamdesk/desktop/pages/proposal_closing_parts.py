"""What the step "After sending" and the card of a deal share: the verdict of the day and the two needles with their arithmetic."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from kamdesk.desktop.desk import Desk
from kamdesk.desktop.navigation.target import Target
from kamdesk.desktop.widgets.basic import IconLabel, button, columns, label
from kamdesk.desktop.widgets.needle import NeedleGauge
from kamdesk.desktop.widgets.private import mark_private
from kamdesk.model.messages import Message
from kamdesk.rules import closing

if TYPE_CHECKING:
    from kamdesk.rules.closing import Needle
    from kamdesk.services.closing_views import ClosingView

ICONS: Final = {
    closing.CALL: ("phone", "accent_text"), closing.WRITE: ("mail", "accent_text"), closing.HOLD: ("clock", "warning"),
    closing.WAIT: ("calendar", "icon"), closing.ASK: ("forward", "accent_text"), closing.CLOSED: ("ok", "icon"),
}  # fmt: skip


class Verdict(QWidget):
    """What to do today, as a picture and a sentence."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        kit = desk.kit
        self._kit = kit
        self._said: Message | None = None
        self.picture = IconLabel(kit, "phone", 24, "accent_text")
        self.words = label(kit, wrap=True)
        self.words.setStyleSheet("font-weight: 600;")
        row = columns(spacing=10)
        row.addWidget(self.picture, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self.words, 1)
        self.setLayout(row)
        kit.words.bind(self, self._say)

    def show_view(self, view: ClosingView) -> None:
        """Say what holds for one proposal."""
        self._said = view.verdict
        self.picture.set_icon(*ICONS[view.reading.verdict.code])
        self._say()

    def _say(self) -> None:
        if self._said is not None:
            self.words.setText(self._kit.words.message(self._said))


class Needles(QWidget):
    """Both needles beside each other; below them, where it is asked for, what each is made of."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        kit = desk.kit
        _ = kit.words.gettext
        self._kit = kit
        self._view: ClosingView | None = None
        self.indifference = NeedleGauge(kit, lambda: _("Indifference"))
        self.neediness = NeedleGauge(kit, lambda: _("Neediness"))
        self.idle_parts = label(kit, look="caption", wrap=True)
        self.need_parts = label(kit, look="caption", wrap=True)
        self.how = button(kit, lambda: _("How it is counted"), "chevron-down", "link", self._turn)
        self.how.setCheckable(True)
        row = columns(spacing=24)
        for gauge, parts, say in (
            (self.indifference, self.idle_parts, lambda: _("Indifference")),
            (self.neediness, self.need_parts, lambda: _("Neediness")),
        ):
            side = QVBoxLayout()
            side.setSpacing(2)
            side.addWidget(label(kit, say, "muted"), 0, Qt.AlignmentFlag.AlignHCenter)
            side.addWidget(gauge, 0, Qt.AlignmentFlag.AlignHCenter)
            side.addWidget(parts)
            side.addStretch(1)
            row.addLayout(side, 1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(4)
        outer.addLayout(row)
        outer.addWidget(self.how, 0, Qt.AlignmentFlag.AlignLeft)
        mark_private(self)
        self._turn()
        kit.words.bind(self, self._say)

    def show_view(self, view: ClosingView) -> None:
        """Show those of one proposal."""
        self._view = view
        for gauge, needle in self._both(view):
            gauge.set_value(needle.value, needle.limit)
        self._say()

    def _both(self, view: ClosingView) -> tuple[tuple[NeedleGauge, Needle], ...]:
        return (
            (self.indifference, view.reading.indifference),
            (self.neediness, view.reading.neediness),
        )

    def _turn(self) -> None:
        for parts in (self.idle_parts, self.need_parts):
            parts.setVisible(self.how.isChecked())

    def _say(self) -> None:
        if self._view is None:
            return
        for parts, (_gauge, needle) in zip(
            (self.idle_parts, self.need_parts), self._both(self._view), strict=True
        ):
            parts.setText("\n".join(self._sentences(needle)))

    def _sentences(self, needle: Needle) -> list[str]:
        _ = self._kit.words.gettext
        said = [
            self._kit.words.message(Message("closing.points", {"why": one.why, "points": one.points}))
            for one in needle.parts
        ] or [self._kit.words.message(Message("closing.part.nothing"))]
        total = _("Together: {value} of 100, the limit is {limit}")
        return [*said, total.format(value=needle.value, limit=needle.limit)]


class ClosingSummary(QWidget):
    """A proposal that was sent, on the card of its deal: verdict, needles, and the way to its steps."""

    def __init__(self, desk: Desk, view: ClosingView) -> None:
        super().__init__()
        kit = desk.kit
        self._view = view
        self.name = button(
            kit,
            lambda: self._view.subject or self._view.number,
            "proposals",
            "link",
            lambda: desk.window.navigate(Target("proposal", self._view.proposal_id, "closing")),
        )
        self.name.setMinimumWidth(kit.theme.px(80))
        self.verdict, self.needles = Verdict(desk), Needles(desk)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(6)
        outer.addWidget(self.name, 0, Qt.AlignmentFlag.AlignLeft)
        outer.addWidget(self.verdict)
        outer.addWidget(self.needles)
        self.setFocusProxy(self.name)
        self.show_item(view)

    def show_item(self, view: ClosingView) -> None:
        """Show another state of it."""
        self._view = view
        self.name.setText((view.subject or view.number).replace("&", "&&"))
        self.verdict.show_view(view)
        self.needles.show_view(view)
