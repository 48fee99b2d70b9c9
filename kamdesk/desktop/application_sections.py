"""The table of sections: in this order they stand in the rail. A page module adds itself with its ``register(desk)``, see ``desk``.

Only the first section is loaded at the start. The others stand in the rail at once, and their module registers itself when
one goes there for the first time, so that the first page does not wait for the rest of the program.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from kamdesk.desktop.desk import Desk
from kamdesk.desktop.navigation.target import Target
from kamdesk.desktop.pages import library_entry, today, upkeep
from kamdesk.desktop.widgets.basic import Say
from kamdesk.desktop.widgets.page import PageBase

Register = Callable[[Desk], None]


def later(
    desk: Desk,
    section: str,
    say: Say,
    icon: str,
    register: Callable[[], Register],
    kinds: tuple[str, ...] = (),
) -> None:
    """Put a section into the rail whose pages register themselves when one of ``kinds`` is first opened."""

    def first(target: Target) -> PageBase:
        register()(desk)
        return desk.window.make_page(target)

    desk.window.add_section(section, say, icon, lambda: first(Target(section)))
    for kind in kinds:
        desk.window.add_page_kind(kind, first, section)


def _clients(desk: Desk) -> None:
    _ = desk.kit.words.gettext

    def register() -> Register:
        from kamdesk.desktop.pages import clients

        return clients.register

    later(desk, "clients", lambda: _("Clients"), "clients", register, ("client",))


def _people(desk: Desk) -> None:
    _ = desk.kit.words.gettext

    def register() -> Register:
        from kamdesk.desktop.pages import people

        return people.register

    later(desk, "people", lambda: _("People"), "people", register, ("person",))


def _proposals(desk: Desk) -> None:
    _ = desk.kit.words.gettext

    def register() -> Register:
        from kamdesk.desktop.pages import proposals

        return proposals.register

    later(desk, "proposals", lambda: _("Proposals"), "proposals", register, ("proposal",))


def _capture(desk: Desk) -> None:
    asked = desk.window.capture_requested

    def first() -> None:
        from kamdesk.desktop.pages import capture

        asked.disconnect(first)
        capture.register(desk)
        asked.emit()

    asked.connect(first)


def _incoming(desk: Desk) -> None:
    from kamdesk.desktop.pages import incoming

    incoming.register(desk)


def _brief(desk: Desk) -> None:
    def first(target: Target) -> PageBase:
        from kamdesk.desktop.pages import brief

        brief.register(desk)
        return desk.window.make_page(target)

    desk.window.add_page_kind("brief", first, "clients")


def _maps(desk: Desk) -> None:
    def make(_target: Target) -> PageBase:
        from kamdesk.desktop.pages.maps import MapsPage

        return MapsPage(desk)

    desk.window.add_page_kind("maps", make, "people")


def _who_knows(desk: Desk) -> None:
    def first(target: Target) -> PageBase:
        from kamdesk.desktop.pages import who_knows

        who_knows.register(desk)
        return desk.window.make_page(target)

    desk.window.add_page_kind("who_knows", first, "clients")


SECTIONS: Final[tuple[Register, ...]] = (
    today.register,
    _clients,
    _people,
    _who_knows,
    _proposals,
    library_entry.register,
    _capture,
    _incoming,
    _brief,
    _maps,
    upkeep.register,
)
"""Our pages in the order of the rail; the settings follow as the last."""
