"""The tabs of a person: their order, and those that are panels of their own. A new tab is a line here."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from kamdesk.desktop.desk import Desk
from kamdesk.desktop.widgets.panel import Panel, PanelSpec
from kamdesk.model.messages import N_

BUILT_IN: Final = ("card", "history")
"""Those that the page itself fills with what it loads at once."""


def _files(desk: Desk) -> Panel:
    from kamdesk.desktop.pages.files_panel import FilesPanel

    return FilesPanel(desk, of_person=True)


PANELS: Final[Mapping[str, PanelSpec]] = {
    "files": PanelSpec(N_("Files"), _files),
}

_ORDER: Final = ("card", "history", "files")

TABS: Final = tuple(tab for tab in _ORDER if tab in BUILT_IN or tab in PANELS)
