"""Every page of the real window over the demo: named for those who do not see it, said in one language, nothing cut, switched live.

One test per section and language; a word of Qt's own on the way (a warning) fails it too.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QTabBar,
    QTableView,
    QWidget,
)

from kamdesk.bootstrap import open_workplace
from kamdesk.desktop import settings_page
from kamdesk.desktop.application_sections import SECTIONS
from kamdesk.desktop.navigation.target import Target
from kamdesk.desktop.pages import client_tabs, library_kinds, person_tabs
from kamdesk.desktop.pages.proposal_words import STEPS
from kamdesk.desktop.widgets.basic import WordsButton
from kamdesk.services.attachments import NewFile, Owner
from kamdesk.store.vault import Secret, open_vault
from kamdesk.translation import Translator
from tests.desktop.pages import conftest as pages
from tests.desktop.pages.conftest import Opened

OTHER = {"ru": "en", "en": "ru"}
PLACES = (
    "today", "dates", "sections", "overview", "decides", "map", "business", "deals", "history", "proposals", "files",
    "person", "who_knows", "maps", "brief", "start", "offer", "figures", "readers", "arguments", "team", "documents",
    "library", "company", "templates", "import", "reference", "standard", "trash", "duplicates", "settings",
)  # fmt: skip


@pytest.fixture(params=["ru", "en"])
def walk(
    request: pytest.FixtureRequest, qapp: QApplication, demo_folder: Callable[[str], Path], tmp_path: Path
) -> Iterator[Opened]:
    """The demo of a language in a window of that language, with all sections."""
    shutil.copytree(demo_folder(request.param), tmp_path / "vault")
    place = open_workplace(open_vault(tmp_path / "vault", Secret(""), clock=pages.clock))
    made = pages.open_on(qapp, pages.make_kit(qapp, request.param), place, tmp_path)
    for register in SECTIONS:
        register(made.desk)
    settings_page.register(made.desk, lambda _minutes: None, lambda _folder: None)
    yield made
    made.close()


def furnish(opened: Opened, place: str) -> None:
    """Put something on pages that the demo leaves empty."""
    services = opened.place
    if place == "files":
        services.attachments.add(Owner(organisation_id=opened.client), [NewFile("plan.txt", b"1")])
    elif place == "trash":
        services.records.delete("interaction", services.interactions.timeline()[0].id)
    elif place == "duplicates":
        one = services.people.list()[0]
        services.people.add(one.name.full(), opened.client)
    opened.settle()


def targets(opened: Opened, place: str) -> list[Target]:
    """The pages that belong to a place of :data:`PLACES`."""
    if place == "sections":
        return [Target("clients"), Target("people"), Target("proposals")]
    if place in client_tabs.TABS:
        return [Target("client", opened.client, place)]
    if place == "person":
        person = next(row for row in opened.place.people.list() if row.organisation_id == opened.client)
        return [Target("person", person.id, tab) for tab in person_tabs.TABS]
    if place in STEPS:
        return [Target("proposal", opened.place.proposals.list()[0].id, place)]
    if place == "brief":
        return [Target("brief", opened.place.briefs.next_meeting(opened.client))]
    if place == "brief":
        ahead = opened.place.interactions.ahead(organisation_id=opened.client)
        return [Target("brief", ahead[0].id)]
    if place == "who_knows":
        return [Target("who_knows", opened.client)]
    if place == "library":
        return [Target("library", "", tab) for tab in library_kinds.TABS]
    return [Target(place)]


def shown(window: QWidget) -> list[QWidget]:
    """What can be seen of a window, the window included."""
    return [one for one in (window, *window.findChildren(QWidget)) if one.isVisible()]


def nameless(window: QWidget) -> list[str]:
    """Controls that Tab reaches and a screen reader has no name for."""
    found = []
    for one in shown(window):
        if not one.isEnabled() or not one.focusPolicy() & Qt.FocusPolicy.TabFocus:
            continue
        known = QAccessible.queryAccessibleInterface(one)
        name = known.text(QAccessible.Text.Name) if known else ""
        if not (name or one.accessibleName() or (isinstance(one, QAbstractButton) and one.text())):
            found.append(f"{type(one).__module__}.{type(one).__name__} in {type(one.parent()).__name__}")
    return found


def texts(window: QWidget) -> set[str]:
    """Every word of the window's own that stands on the screen or is said on pointing at it."""
    found: set[str] = set()
    for one in shown(window):
        found |= {one.toolTip(), one.accessibleName(), one.windowTitle()}
        if isinstance(one, QLabel | QAbstractButton):
            found.add(one.text())
        elif isinstance(one, QComboBox):
            found |= {one.currentText(), one.placeholderText()}
        elif isinstance(one, QLineEdit | QPlainTextEdit):
            found.add(one.placeholderText())
        elif isinstance(one, QTabBar):
            found |= {one.tabText(at) for at in range(one.count())}
        elif isinstance(one, QTableView) and one.model() is not None:
            across = Qt.Orientation.Horizontal
            columns = range(one.model().columnCount())
            found |= {str(one.model().headerData(at, across) or "") for at in columns}
    return {text.replace("&&", "&").strip() for text in found} - {""}


def foreign(language: str) -> set[str]:
    """The texts of the catalogue that are words of the other language only."""
    catalogue = Translator("ru")._catalogue._catalog
    pairs = [(one, said) for one, said in catalogue.items() if isinstance(one, str) and one and said != one]
    english, russian = {one for one, _said in pairs}, {said for _one, said in pairs}
    return english - russian if language == "ru" else russian - english


def cut(window: QWidget) -> list[str]:
    """Push buttons that have no room for our words; a name from the dossier may end in … where the button can do that."""
    catalogue = Translator("ru")._catalogue._catalog
    ours = {*catalogue, *catalogue.values()}
    return [
        f"{one.text()!r} in {type(one.parent()).__name__}: {one.width()} of {one.sizeHint().width()}"
        for one in shown(window)
        if isinstance(one, QPushButton)
        and one.text()
        and one.width() < one.sizeHint().width()
        and (one.text() in ours or not isinstance(one, WordsButton))
    ]


@pytest.mark.parametrize("place", PLACES)
def test_a_page_is_whole(walk: Opened, place: str) -> None:
    window, words, theme = walk.window, walk.kit.words, walk.kit.theme
    own, other = words.language, OTHER[words.language]
    faults: list[str] = []
    furnish(walk, place)
    for target in targets(walk, place):
        walk.show(target)
        before = texts(window)
        for turn in (own, other, own):
            words.set_language(turn)
            walk.settle()
            said = f"{target.kind} {target.tab} in {turn}"
            faults += [f"{said}: no name: {one}" for one in nameless(window)]
            faults += [f"{said}: cut: {one}" for one in cut(window)]
            # the dossier itself is of one language: in the other one its words are no fault
            strange = texts(window) & foreign(turn) if turn == own else set()
            faults += [f"{said}: not translated: {one!r}" for one in sorted(strange)]
        faults += [
            f"{target.kind} {target.tab}: lost by a switch: {one!r}" for one in sorted(before - texts(window))
        ]
        for choice in ("dark", "light"):
            theme.set_choice(choice)
            walk.settle()
        window.grab()
    assert not faults, "\n".join(dict.fromkeys(faults))
