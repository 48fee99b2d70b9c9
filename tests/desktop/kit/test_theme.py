"""Colours reach their contrast in both themes; the look is switched while widgets stand."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtGui import QGuiApplication, QPalette
from PySide6.QtWidgets import QLabel, QStackedWidget, QWidget

from kamdesk.desktop.kit import Kit
from kamdesk.desktop.palette import DARK, LIGHT, Colours, contrast
from kamdesk.desktop.widgets.basic import rows
from kamdesk.desktop.widgets.inline_text import InlineLongText

SURFACES = ("window", "surface", "raised", "hover")
TEXT_ON = [
    *(
        ("text", back)
        for back in (*SURFACES, "pressed", "accent_soft", "danger_soft", "warning_soft", "success_soft")
    ),
    *(("muted", back) for back in SURFACES),
    *(("accent_text", back) for back in (*SURFACES, "accent_soft")),
    *(("danger", back) for back in ("window", "surface", "danger_soft")),
    ("on_accent", "accent"),
    ("on_accent", "accent_hover"),
    ("warning", "warning_soft"),
    ("success", "success_soft"),
]
DRAWN_ON = [
    *((name, back) for name in ("border", "icon", "accent") for back in ("window", "surface", "raised")),
    *((name, "surface") for name in ("danger", "warning", "success")),
    ("accent", "accent_soft"),
]


@pytest.mark.parametrize("colours", [LIGHT, DARK], ids=["light", "dark"])
def test_text_reaches_four_and_a_half(colours: Colours) -> None:
    weak = {pair: contrast(*(getattr(colours, name) for name in pair)) for pair in TEXT_ON}
    assert not {pair: ratio for pair, ratio in weak.items() if ratio < 4.5}


@pytest.mark.parametrize("colours", [LIGHT, DARK], ids=["light", "dark"])
def test_borders_icons_and_stances_reach_three(colours: Colours) -> None:
    weak = {pair: contrast(*(getattr(colours, name) for name in pair)) for pair in DRAWN_ON}
    weak |= {(step, "surface"): contrast(step, colours.surface) for step in colours.stance}
    weak |= {(step, "window"): contrast(step, colours.window) for step in colours.stance}
    weak |= {(step, "accent_soft"): contrast(step, colours.accent_soft) for step in colours.stance}
    assert not {pair: ratio for pair, ratio in weak.items() if ratio < 3}


def test_switch_sets_palette_and_tells(kit: Kit, qtbot) -> None:
    assert QGuiApplication.palette().color(QPalette.ColorRole.Window).name() == LIGHT.window
    with qtbot.waitSignal(kit.theme.changed):
        kit.theme.set_choice("dark")
    assert QGuiApplication.palette().color(QPalette.ColorRole.Window).name() == DARK.window


def test_text_size_is_kept_within_reason(kit: Kit) -> None:
    kit.theme.set_scale(1.5)
    assert QGuiApplication.font().pointSizeF() == pytest.approx(15)
    assert kit.theme.px(20) == 30
    kit.theme.set_scale(9)
    assert kit.theme.scale == 2.0


def test_system_choice_follows_the_system(kit: Kit, qapp) -> None:
    from PySide6.QtCore import Qt

    kit.theme.set_choice("system")
    dark = qapp.styleHints().colorScheme() == Qt.ColorScheme.Dark
    assert kit.theme.colours.dark is dark


class Told(QLabel):
    """Counts how often it is told of another style."""

    times = 0

    def changeEvent(self, event: QEvent) -> None:
        self.times += event.type() == QEvent.Type.StyleChange
        super().changeEvent(event)


def test_a_switch_tells_a_widget_as_often_however_deep_it_stands(kit: Kit, qtbot) -> None:
    top = inner = QWidget()
    qtbot.addWidget(top)
    flat = Told("flat", top)
    for _depth in range(12):
        inner = QWidget(inner)
    deep = Told("deep", inner)
    top.show()
    flat.times = deep.times = 0
    kit.theme.set_choice("dark")
    assert flat.times == deep.times


def test_a_hidden_text_has_its_height_when_it_is_shown_after_a_switch(kit: Kit, qtbot) -> None:
    words = "Дать контакт кадровой службы, которая учила у нас людей и знает, что их держит " * 3
    stack = QStackedWidget()
    qtbot.addWidget(stack)
    editors = []
    for _page in range(2):
        page = QWidget()
        editor = InlineLongText(kit, lambda: "What")
        editor.set_value(words)
        page.setLayout(rows(editor, 1))
        stack.addWidget(page)
        editors.append(editor)
    stack.resize(360, 400)
    stack.show()
    stack.setCurrentIndex(1)
    stack.setCurrentIndex(0)
    kit.theme.set_choice("dark")
    kit.theme.set_scale(1.3)
    stack.setCurrentIndex(1)
    qtbot.waitUntil(lambda: editors[0].text.height() == editors[1].text.height())
