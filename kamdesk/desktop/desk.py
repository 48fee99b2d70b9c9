"""What a page module is handed, and how it registers itself.

A page module in ``desktop/pages`` has one function::

    def register(desk: Desk) -> None:
        _ = desk.kit.words.gettext
        desk.window.add_section("clients", lambda: _("Clients"), "clients", lambda: ClientsPage(desk))
        desk.window.add_page_kind("client", lambda target: ClientPage(desk), section="clients")

and a line in ``application_sections.SECTIONS``. The classes of pages that are not shown at once are imported inside the lambdas,
so that the window stands sooner. A page takes from the desk what it needs: ``desk.workplace`` for services, ``desk.plain`` for a
file given to another program, ``desk.printing.print_pdf(...)`` for paper, ``desk.clipboard`` for a text that must not stay there.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kamdesk.desktop.clipboard_guard import ClipboardGuard
from kamdesk.desktop.kit import Kit
from kamdesk.desktop.main_window import MainWindow
from kamdesk.desktop.places import Places
from kamdesk.desktop.print_desk import Printing
from kamdesk.desktop.private_folder import PrivateFolder

if TYPE_CHECKING:
    from kamdesk.bootstrap import Workplace


@dataclass(frozen=True)
class Desk:
    """One open vault in one window. ``lock()`` locks it, as Ctrl+L does."""

    kit: Kit
    window: MainWindow
    workplace: Workplace
    plain: PrivateFolder
    printing: Printing
    clipboard: ClipboardGuard
    places: Places
    lock: Callable[[], None]
