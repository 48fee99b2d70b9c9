"""Sets up the one QApplication: its names, how numbers round at odd screen scales, keys under a Russian layout."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QDir, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from kamdesk.desktop.latin_keys import LatinKeys
from kamdesk.resources import resources_folder

_SWITCH: Final = 0.0005
"""Seconds after which a reading thread lets the window have its turn."""


def make_application(arguments: Sequence[str] | None = None) -> QApplication:
    """The application, the running one where there is one. Raises nothing; Qt itself ends the process without a display."""
    running = QApplication.instance()
    if isinstance(running, QApplication):
        app = running
    else:
        QGuiApplication.setHighDpiScaleFactorRoundingPolicy(Qt.HighDpiScaleFactorRoundingPolicy.PassThrough)
        app = QApplication(list(arguments if arguments is not None else sys.argv))
    # A list that is painted asks Python for each cell; beside a thread that reads it would wait 5 ms for each of them.
    sys.setswitchinterval(_SWITCH)
    app.setApplicationName("kamdesk")
    app.setApplicationDisplayName("kamdesk")
    app.setDesktopFileName("kamdesk")
    # Windows show the text of an action only in menus; icons in menus help to find one's way
    app.setAttribute(Qt.ApplicationAttribute.AA_DontShowIconsInMenus, False)
    # "style:" in the style sheet: a path there could not be quoted safely
    QDir.setSearchPaths("style", [str(resources_folder() / "icons" / "style")])
    if app.findChild(LatinKeys) is None:
        LatinKeys(app)
    return app
