"""The tabs of a person: their order, and those that are panels of their own. A new tab is a line here."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from kamdesk.desktop.desk import Desk
from kamdesk.desktop.widgets.panel import Panel, PanelSpec
from kamdesk.model.messages import N_


def _files(desk: Desk) -> Panel:
    from kamdesk.desktop.pages.files_panel import FilesPanel

    return FilesPanel(desk, of_person=True)


def _objections(desk: Desk) -> Panel:
    from kamdesk.desktop.pages.person_objections import PersonObjections

    return PersonObjections(desk)


_ALL: Final[Mapping[str, PanelSpec | None]] = {
    "card": None,
    "history": None,
    "objections": PanelSpec(N_("Objections"), _objections),
    "files": PanelSpec(N_("Files"), _files),
}
"""In their order; None for those that the page itself fills with what it loads at once."""

TABS: Final = tuple(_ALL)
PANELS: Final[Mapping[str, PanelSpec]] = {tab: spec for tab, spec in _ALL.items() if spec is not None}
