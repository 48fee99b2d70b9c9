"""The table of sections: in this order they stand in the rail. A page module adds itself with its ``register(desk)``, see ``desk``."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from kamdesk.desktop.desk import Desk
from kamdesk.desktop.pages import capture, clients, library_entry, people, proposals

Register = Callable[[Desk], None]

SECTIONS: Final[tuple[Register, ...]] = (
    clients.register,
    people.register,
    proposals.register,
    library_entry.register,
    capture.register,
)
"""Our pages in the order of the rail; the settings follow as the last."""
