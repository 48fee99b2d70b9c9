"""The menu of the window: what can be edited, how it looks and in which language, lock and help."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

from PySide6.QtGui import QActionGroup
from PySide6.QtWidgets import QMenu

from kamdesk.desktop.actions import Actions
from kamdesk.desktop.kit import Kit
from kamdesk.desktop.theme import TEXT_SCALES
from kamdesk.desktop.widgets.basic import Say
from kamdesk.model.messages import LANGUAGES

"""In their own words: one must find one's own."""


def fill_window_menu(kit: Kit, menu: QMenu, actions: Actions) -> None:
    """Fill the menu; what is chosen there is done at once and remembered ("window.theme", "window.text_scale", "window.language")."""
    _ = kit.words.gettext

    def theme(choice: str) -> None:
        kit.theme.set_choice(choice)
        kit.settings.set("window.theme", choice)

    def scale(choice: str) -> None:
        kit.theme.set_scale(float(choice))
        kit.settings.set("window.text_scale", float(choice))

    def language(choice: str) -> None:
        kit.words.set_language(choice)
        kit.settings.set("window.language", choice)

    actions.fill(menu, "edit")
    menu.addSeparator()
    themes: Mapping[str, Say] = {
        "system": lambda: _("As in the system"),
        "light": lambda: _("Light"),
        "dark": lambda: _("Dark"),
    }
    sizes: Mapping[str, Say] = {str(size): partial("{:.0%}".format, size) for size in TEXT_SCALES}
    languages: Mapping[str, Say] = {code: partial(str, name) for code, name in LANGUAGES.items()}
    _choices(kit, menu, lambda: _("Theme"), themes, lambda: str(kit.theme.choice), theme)
    _choices(kit, menu, lambda: _("Text size"), sizes, lambda: str(kit.theme.scale), scale)
    _choices(kit, menu, lambda: _("Language"), languages, lambda: kit.words.language, language)
    menu.addSeparator()
    actions.fill(menu, "window")


def _choices(
    kit: Kit,
    parent: QMenu,
    say: Say,
    choices: Mapping[str, Say],
    current: Callable[[], str],
    choose: Callable[[str], object],
) -> None:
    """A menu of which one entry is marked: what holds now, whoever has changed it."""
    menu = QMenu(parent)
    kit.words.bind(menu, lambda: menu.setTitle(say()))
    group = QActionGroup(menu)
    marks = {}
    for value, name in choices.items():
        action = menu.addAction("")
        action.setCheckable(True)
        action.triggered.connect(lambda _checked=False, value=value: choose(value))
        group.addAction(action)
        marks[value] = action
        kit.words.bind(action, lambda action=action, name=name: action.setText(name()))

    def mark() -> None:
        if current() in marks:
            marks[current()].setChecked(True)

    menu.aboutToShow.connect(mark)
    mark()
    parent.addMenu(menu)
