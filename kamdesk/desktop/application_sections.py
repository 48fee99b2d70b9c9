"""The table of sections: in this order they stand in the rail. A page module adds itself with its ``register(desk)``, see ``desk``.

Only the first section is loaded at the start. The others stand in the rail at once, and their module registers itself when
one goes there for the first time, so that the first page does not wait for the rest of the program.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from kamdesk.desktop.desk import Desk
from kamdesk.desktop.navigation.target import Target
from kamdesk.desktop.pages import clients, library_entry
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


SECTIONS: Final[tuple[Register, ...]] = (
    clients.register,
    _people,
    _proposals,
    library_entry.register,
    _capture,
    _incoming,
)
"""Our pages in the order of the rail; the settings follow as the last."""
