"""Pages on the clipboard, and words in tool tips, that ask the disk or a server for something or would stop the window."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QLabel, QToolTip, QWidget
from pytestqt.qtbot import QtBot

from kamdesk.desktop.palette import LIGHT
from kamdesk.desktop.style_sheet import style_sheet
from kamdesk.desktop.widgets.markup_text import from_html, pasted

ASKING = (
    "<p style='background-image:url({})'>a</p>",
    "<body background='{}'>a</body>",
    "<table background='{}'><tr><td background='{}'>a</td></tr></table>",
    "<style>p {{background:url({})}} @import url({});</style><p>a</p>",
    "<link rel=stylesheet href='{}'><p>a</p>",
    "<ul style='list-style-image:url({})'><li>a</li></ul>",
    "<p>a<img src='{}'></p>",
    "<p>a<im<img>g src='{}'></p>",
    "<p>a<li<link>nk rel=stylesheet href='{}'></p>",
    "<object data='{}'>a</object><iframe src='{}'></iframe>",
    "<base href='{}'><p>a<img src='x'></p>",
)
BOMBS = {
    "bold in bold": "<b>" * 100_000,
    "lists in lists": "<ul>" * 20_000 + "x",
    "items that nothing ends": "<ul>" + "<li>x" * 50_000 + "</ul>",
    "scripts that nothing ends": "<script>" * 200_000,
    "styles that nothing ends": "<style>" * 200_000 + "x",
    "pictures that nothing ends": "<img " * 300_000,
    "wide cells": "<table>" + "<tr><td colspan=1000>x</td></tr>" * 1_000 + "</table>",
    "cells wide as the sea": "<table><tr><td colspan = '2000000000' rowspan=2000000000>x</td></tr></table>",
    "many paragraphs": "<p>x" * 400_000,
    "many cells": "<table><tr>" + "<td>x</td>" * 100_000 + "</tr></table>",
    "brackets": "<" * 1_900_000,
    "comments": "<!--" * 400_000,
    "signs": "&" * 500_000,
    "a style of its own for a letter": "<span style='" + "a:b;" * 100_000 + "'>x</span>",
    "as deep as it may be": ("<b>" * 99 + "x" + "</b>" * 99) * 120,
}


@pytest.fixture
def there(tmp_path: Path) -> Path:
    """A picture that was last looked at long ago."""
    path = tmp_path / "asked.png"
    picture = QImage(9, 9, QImage.Format.Format_RGB32)
    picture.save(str(path))
    os.utime(path, (1, 1_000_000_000))
    return path


@pytest.mark.parametrize("page", ASKING)
@pytest.mark.parametrize("form", ["{}", "file://{}"])
def test_nothing_is_asked_of_the_disk(page: str, form: str, there: Path, qapp: object) -> None:
    made = from_html(page.format(*[form.format(there)] * 2))
    assert there.stat().st_atime == 1
    assert made.lstrip("- ").startswith("a")


@pytest.mark.parametrize("name", BOMBS)
def test_a_page_does_not_stop_the_window(name: str, qapp: object) -> None:
    """The words come as they are where the page would take minutes."""
    source = QMimeData()
    source.setHtml(BOMBS[name])
    source.setText("слова")
    assert pasted(source)


def test_a_page_of_word_still_comes_with_its_looks(qapp: object) -> None:
    page = (
        "<html><head><title>t</title><style>p{color:red}</style></head><body><p>a <b>b</b> <a href='https://c.d'>e</a><o:p/></p>"
        "<ul><li>f</li><li>g</li></ul><script>alert(1)</script><table><tr><td colspan=3>h</td></tr></table></body></html>"
    )  # fmt: skip
    assert from_html(page).split("\n") == ["a **b** [e](https://c.d)", "- f", "- g", "h"]


@pytest.mark.qt_log_ignore("^This plugin does not support", extend=True)
def test_a_tool_tip_is_words_and_nothing_else(there: Path, qapp: QApplication, qtbot: QtBot) -> None:
    """An argument of somebody's library may be a picture on their server: pointing at it would tell who we are."""
    before = qapp.styleSheet()
    qapp.setStyleSheet(style_sheet(LIGHT, 1.0))
    widget = QWidget()
    qtbot.addWidget(widget)
    widget.show()
    for number in range(2):  # the second one takes the label of the first
        QToolTip.showText(QPoint(10, 10 + number), f"{number} <img src='{there}'> <b>a</b>", widget)
        (tip,) = (one for one in qapp.topLevelWidgets() if one.inherits("QTipLabel") and one.isVisible())
        tip.grab()
        assert isinstance(tip, QLabel) and tip.textFormat() is Qt.TextFormat.PlainText
        assert there.stat().st_atime == 1
    QToolTip.hideText()
    qtbot.waitUntil(
        lambda: not any(one.inherits("QTipLabel") and one.isVisible() for one in qapp.topLevelWidgets())
    )
    qapp.setStyleSheet(before)
