"""Every drawing renders, sharply, in the colour of the moment."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QRect, QSize
from PySide6.QtGui import QColor, QIcon, QImage, QPainter

from kamdesk.desktop.kit import Kit
from kamdesk.desktop.palette import DARK, LIGHT


def colours_of(image: QImage) -> set[str]:
    """The colours of fully covered points."""
    points = ((x, y) for x in range(image.width()) for y in range(image.height()))
    return {QColor(image.pixelColor(x, y)).name() for x, y in points if image.pixelColor(x, y).alpha() == 255}


def test_every_drawing_has_lines_in_the_icon_colour(kit: Kit) -> None:
    assert len(kit.icons.names()) >= 50
    for name in kit.icons.names():
        image = kit.icons.icon(name).pixmap(QSize(48, 48), 1.0).toImage()
        assert LIGHT.icon in colours_of(image), name


def test_icon_is_sharp_on_a_fine_screen(kit: Kit) -> None:
    pixmap = kit.icons.icon("people").pixmap(QSize(24, 24), 2.0)
    assert pixmap.width() == 48
    assert pixmap.devicePixelRatio() == 2.0


def test_same_icon_object_follows_the_theme(kit: Kit) -> None:
    icon = kit.icons.icon("people")
    kit.theme.set_choice("dark")
    assert DARK.icon in colours_of(icon.pixmap(QSize(48, 48), 1.0).toImage())
    faded = icon.pixmap(QSize(48, 48), 1.0, QIcon.Mode.Disabled).toImage()
    assert DARK.disabled in colours_of(faded)


def test_asked_for_no_size_it_draws_nothing_and_says_nothing(kit: Kit, qtlog) -> None:
    icon = kit.icons.icon("people")
    for size in (QSize(0, 0), QSize(0, 24), QSize(24, 0), QSize(-1, -1)):
        assert icon.pixmap(size, 1.0).isNull()
    target = QImage(8, 8, QImage.Format.Format_ARGB32)
    painter = QPainter(target)
    kit.icons.paint(painter, "people", QRect(0, 0, 0, 8))
    painter.end()
    assert not qtlog.records


def test_unknown_names_are_said_at_once(kit: Kit) -> None:
    with pytest.raises(KeyError):
        kit.icons.icon("no such drawing")
    with pytest.raises(KeyError):
        kit.icons.icon("people", "no such colour")
