"""The tabs of a client: their order, and those that are panels of their own. A new tab is a line here."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from kamdesk.desktop.desk import Desk
from kamdesk.desktop.widgets.panel import Panel, PanelSpec
from kamdesk.model.messages import N_

BUILT_IN: Final = ("overview", "decides", "history", "proposals")
"""Those that the page itself fills with what it loads at once."""


def _files(desk: Desk) -> Panel:
    from kamdesk.desktop.pages.files_panel import FilesPanel

    return FilesPanel(desk)


def _map(desk: Desk) -> Panel:
    from kamdesk.desktop.pages.client_map import ClientMap

    return ClientMap(desk)


def _business(desk: Desk) -> Panel:
    from kamdesk.desktop.pages.client_business import BusinessPanel

    return BusinessPanel(desk)


def _deals(desk: Desk) -> Panel:
    from kamdesk.desktop.pages.client_deals import DealsPanel

    return DealsPanel(desk)


PANELS: Final[Mapping[str, PanelSpec]] = {
    "business": PanelSpec(N_("Business"), _business),
    "deals": PanelSpec(N_("Deals"), _deals),
    "map": PanelSpec(N_("Influence map"), _map),
    "files": PanelSpec(N_("Files"), _files),
}

_ORDER: Final = ("overview", "decides", "map", "business", "history", "deals", "proposals", "files")

TABS: Final = tuple(tab for tab in _ORDER if tab in BUILT_IN or tab in PANELS)
