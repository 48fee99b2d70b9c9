"""The ways to the library, our company, templates, reference data and the import; the pages themselves are loaded when first shown."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtGui import QAction

from kamdesk.desktop.navigation.target import Target
from kamdesk.desktop.widgets.basic import Say

if TYPE_CHECKING:
    from kamdesk.desktop.desk import Desk
    from kamdesk.desktop.widgets.page import PageBase

_IN_LIBRARY: Final = ("argument", "objection", "case_study", "recommender", "price_item")


def register(desk: Desk) -> None:
    """Three sections, the pages of what a search finds, and two lines of the menu.

    ``Target("import", client, source)`` and ``Target("reference", "", vocabulary)`` are pages without a place in the rail.
    """
    _ = desk.kit.words.gettext
    window = desk.window
    window.add_section("library", lambda: _("Library"), "library", lambda: _library(desk))
    for table in _IN_LIBRARY:
        window.add_page_kind(table, lambda _target: _library(desk), section="library")
    window.add_section("company", lambda: _("Our company"), "company", lambda: _company(desk))
    window.add_page_kind("colleague", lambda _target: _company(desk), section="company")
    window.add_section("templates", lambda: _("Templates"), "template", lambda: _templates(desk))
    window.add_page_kind("template", lambda _target: _templates(desk), section="templates")
    for kind in ("texts", "text_template"):
        window.add_page_kind(kind, lambda _target: _texts(desk), section="templates")
    window.add_page_kind("import", lambda _target: _import(desk), section="people")
    window.add_page_kind("reference", lambda _target: _reference(desk))
    window.add_page_kind("standard", lambda _target: _standard(desk))
    _in_menu(desk, lambda: _("Dossier standard…"), "table", Target("standard"))
    _in_menu(desk, lambda: _("Reference data…"), "tag", Target("reference"))
    _in_menu(desk, lambda: _("Import people…"), "import", Target("import"))


def _in_menu(desk: Desk, say: Say, icon: str, target: Target) -> None:
    """A line at the top of the window's menu."""
    action = QAction(desk.kit.icons.icon(icon), "", desk.window)
    action.triggered.connect(lambda _checked=False: desk.window.navigate(target))
    desk.kit.words.bind(action, lambda: action.setText(say()))
    menu = desk.window.menu
    first = menu.actions()
    menu.insertAction(first[0] if first else None, action)


def _library(desk: Desk) -> PageBase:
    from kamdesk.desktop.pages.library import LibraryPage

    return LibraryPage(desk)


def _company(desk: Desk) -> PageBase:
    from kamdesk.desktop.pages.company import CompanyPage

    return CompanyPage(desk)


def _templates(desk: Desk) -> PageBase:
    from kamdesk.desktop.pages.templates import TemplatesPage

    return TemplatesPage(desk)


def _texts(desk: Desk) -> PageBase:
    from kamdesk.desktop.pages.text_templates import TextTemplatesPage

    return TextTemplatesPage(desk)


def _standard(desk: Desk) -> PageBase:
    from kamdesk.desktop.pages.standard import StandardPage

    return StandardPage(desk)


def _import(desk: Desk) -> PageBase:
    from kamdesk.desktop.pages.import_page import ImportPage

    return ImportPage(desk)


def _reference(desk: Desk) -> PageBase:
    from kamdesk.desktop.pages.reference_data import ReferenceDataPage

    return ReferenceDataPage(desk)
