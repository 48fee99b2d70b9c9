"""The process that ``start_row`` times: prints the clock once its first page is painted, then ends.

``ours VAULT FOLDER`` starts the program on a vault; ``bare`` shows an empty PySide6 window after importing our
mapped classes, as speed.md defines the counterpart.
"""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path


def ours(vault: Path, folder: Path) -> None:
    """The program itself, until the cards of its first page, or its empty state, are painted."""
    from PySide6.QtCore import QTimer

    from kamdesk.desktop.application import Application
    from kamdesk.desktop.kit_making import make_kit
    from kamdesk.desktop.places import Places
    from kamdesk.desktop.qt_setup import make_application
    from kamdesk.desktop.settings import MemorySettings

    app = make_application()
    kit = make_kit(app, MemorySettings())
    program = Application(app, kit, Places(folder, folder, folder, folder / "plain"))

    def look() -> None:
        window = program.session.window if program.session is not None else None
        page = window.page() if window is not None else None
        if page is None or not page.isVisible() or kit.queries.busy:
            return
        from kamdesk.desktop.pages.today_cards import AgendaCard

        if page.nothing.isVisible() or page.beginning.isVisible() or page.findChildren(AgendaCard):
            window.grab()  # everything that is due has been painted when this returns
            _say()

    timer = QTimer(interval=2)
    timer.timeout.connect(look)
    timer.start()
    program.start(vault)
    app.exec()


def bare() -> None:
    """An empty window and the mapped classes."""
    from PySide6.QtWidgets import QApplication, QMainWindow

    import kamdesk.model.tables  # noqa: F401 (its import is what is measured)

    app = QApplication([])
    window = QMainWindow()
    window.resize(1280, 720)
    window.show()
    app.processEvents()
    window.grab()
    _say()


def _say() -> None:
    print(time.time(), flush=True)
    os._exit(0)


if __name__ == "__main__":
    if sys.argv[1] == "ours":
        ours(Path(sys.argv[2]), Path(sys.argv[3]))
    else:
        bare()
