"""What the result depends on most: the three widest swings as a drawing and in sentences."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

from PySide6.QtCore import QByteArray, QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from kamdesk.desktop.kit import Kit
from kamdesk.desktop.widgets.basic import clear, label
from kamdesk.documents.tornado import WIDTH, Bar, Ink, height_of, tornado_chart
from kamdesk.model.written import NBSP, write_decimal
from kamdesk.rules.sensitivity import Sensitivity, Swing

_LEAST = 0.72
"""A drawing is not made smaller than this part of its size: its words would not be read."""


@dataclass(frozen=True)
class Sayings:
    """How the page writes an amount and a payback in periods (None: it does not pay back)."""

    money: Callable[[Decimal], str]
    payback: Callable[[Decimal | None], str]


class TornadoView(QWidget):
    """The drawing that stands in the documents too, in the colours of the theme, at most as large as there."""

    def __init__(self, kit: Kit, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._kit = kit
        self._draw: Callable[[Ink], str] = lambda _ink: ""
        self._size = QSize(WIDTH, 1)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def show_drawing(self, draw: Callable[[Ink], str], height: int, words: str) -> None:
        """``draw(ink)`` gives the SVG, ``words`` is what a screen reader is told."""
        self._draw, self._size = draw, QSize(WIDTH, height)
        self.setAccessibleName(words)
        self.setMinimumHeight(round(self._kit.theme.px(height) * _LEAST))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(self._kit.theme.px(WIDTH), self._kit.theme.px(self._size.height()))

    def heightForWidth(self, width: int) -> int:
        return round(self._scale(width) * self._size.height())

    def _scale(self, width: int) -> float:
        return min(width / WIDTH, self._kit.theme.px(100) / 100)

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = self._kit.theme
        name = lambda colour: theme.colour(colour).name()  # noqa: E731
        ink = Ink(name("text"), name("border"), name("accent"), name("surface"), theme.font().family())
        drawing = self._draw(ink)
        if drawing:
            scale = self._scale(self.width())
            place = QRectF(0, 0, WIDTH * scale, self._size.height() * scale)
            QSvgRenderer(QByteArray(drawing.encode())).render(QPainter(self), place)


class SensitivityBox(QWidget):
    """The drawing, a sentence for each of the three, and whether it pays back at the worst of them."""

    def __init__(self, kit: Kit, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._kit = kit
        _ = kit.words.gettext
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 6, 0, 0)
        outer.setSpacing(4)
        outer.addWidget(label(kit, lambda: _("What the result depends on most"), "heading"))
        self.drawing = TornadoView(kit)
        outer.addWidget(self.drawing)
        self._told = QVBoxLayout()
        self._told.setSpacing(2)
        outer.addLayout(self._told)

    def say(self, found: Sensitivity | None, sayings: Sayings) -> None:
        """Show another analysis; hidden where nothing can be varied."""
        clear(self._told)
        self.setVisible(found is not None and bool(found.swings))
        if found is None or not found.swings:
            return
        _ = self._kit.words.gettext
        measure = _("Net present value (NPV)") if found.measure == "npv" else _("Cumulative effect")
        bars = [self._bar(swing, sayings) for swing in found.biggest]
        sentences = [self._sentence(swing, sayings) for swing in found.biggest]
        base = sayings.money(found.base)

        def draw(ink: Ink) -> str:
            return tornado_chart(
                bars,
                found.base,
                title=measure,
                base_says=_("as expected: {sum}").format(sum=base),
                legend=(_("at the lowest value"), _("at the highest value")),
                ink=ink,
            )

        self.drawing.show_drawing(draw, height_of(bars), f"{measure}. " + " ".join(sentences))
        for words in (*sentences, self._verdict(found, sayings)):
            self._told.addWidget(label(self._kit, lambda words=words: words, "muted", wrap=True))

    def value(self, swing: Swing, value: Decimal) -> str:
        """A value of an assumption with its unit; of a line that rests on none, how far it is off: «−10 %»."""
        language = self._kit.words.language
        if not swing.id:
            off = value - 100
            sign = "+" if off > 0 else ""
            return sign + write_decimal(off, language).replace("-", "\u2212") + NBSP + "%"
        return NBSP.join(part for part in (write_decimal(value, language), swing.unit) if part)

    def _bar(self, swing: Swing, sayings: Sayings) -> Bar:
        low, high = (
            f"{self.value(swing, end.value)}: {sayings.money(end.worth)}" for end in (swing.low, swing.high)
        )
        return Bar(swing.name, swing.low.worth, swing.high.worth, low, high)

    def _sentence(self, swing: Swing, sayings: Sayings) -> str:
        _ = self._kit.words.gettext
        said = _("{name}: payback at {low} — {low_payback}, at {high} — {high_payback}.").format(
            name=swing.name,
            low=self.value(swing, swing.low.value),
            low_payback=sayings.payback(swing.low.payback),
            high=self.value(swing, swing.high.value),
            high_payback=sayings.payback(swing.high.payback),
        )
        if swing.break_even is None:
            return said
        even = self.value(swing, swing.break_even.quantize(_step(swing.expected)))
        where = (
            _("Nothing is gained below {value}.")
            if swing.gains_above
            else _("Nothing is gained above {value}.")
        )
        return said + " " + where.format(value=even)

    def _verdict(self, found: Sensitivity, sayings: Sayings) -> str:
        _ = self._kit.words.gettext
        worst = found.worst
        assert worst is not None
        said = {
            "name": worst.name,
            "value": self.value(worst, worst.worse.value),
            "sum": sayings.money(worst.worse.worth),
        }
        if found.always_pays:
            return _("It pays even at the worst of these: {name} at {value} leaves {sum}.").format(**said)
        return _("It does not pay at the worst of these: {name} at {value} leaves {sum}.").format(**said)


def _step(expected: Decimal) -> Decimal:
    """Three significant digits of what is expected, and whole numbers from a hundred on."""
    return Decimal(1).scaleb(min(0, expected.adjusted() - 2))
