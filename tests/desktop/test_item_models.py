"""Every item model of the program is run through Qt's model tester, in the window and through a change and two languages."""

from __future__ import annotations

import importlib
import pkgutil

from PySide6.QtCore import QAbstractItemModel
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QAbstractItemView

import kamdesk.desktop
from kamdesk.desktop import models, navigation, pages, widgets
from kamdesk.desktop.application_sections import SECTIONS
from kamdesk.desktop.navigation.target import Target
from tests.desktop.pages import conftest as made_pages
from tests.desktop.pages.conftest import Opened

opened = made_pages.opened


def ours() -> set[type]:
    """The item models that our modules declare."""
    for package in (kamdesk.desktop, models, navigation, pages, widgets):
        for module in pkgutil.iter_modules(package.__path__):
            if module.name != "__main__":
                importlib.import_module(f"{package.__name__}.{module.name}")
    found: set[type] = set()
    waiting: list[type] = [QAbstractItemModel]
    while waiting:
        for child in waiting.pop().__subclasses__():
            waiting.append(child)
            if child.__module__.startswith("kamdesk."):
                found.add(child)
    return found


def shown(opened: Opened) -> dict[int, QAbstractItemModel]:
    """Our models that the window holds now."""
    window = opened.window
    held = [view.model() for view in window.findChildren(QAbstractItemView)]
    held += window.findChildren(QAbstractItemModel)
    return {id(one): one for one in held if type(one).__module__.startswith("kamdesk.")}


def test_every_model_keeps_its_word(opened: Opened) -> None:
    for register in SECTIONS:
        register(opened.desk)
    proposal = opened.place.proposals.list()[0].id
    targets = (
        Target("client", opened.client, "decides"), Target("client", opened.client, "map"),
        Target("who_knows", opened.client), Target("import"), Target("templates"),
        Target("proposal", proposal, "arguments"),
    )  # fmt: skip
    testers: dict[int, QAbstractItemModelTester] = {}
    seen: dict[int, QAbstractItemModel] = {}
    for number, target in enumerate(targets):
        opened.show(target)
        if number == 0:
            QTest.keyClicks(opened.window.box, "cfvfhby")
            opened.settle()
        for key, model in shown(opened).items():
            if key not in seen:
                seen[key] = model
                testers[key] = QAbstractItemModelTester(
                    model, QAbstractItemModelTester.FailureReportingMode.Fatal
                )
    person = opened.person("Самарин")
    opened.place.people.set_name(person, "Яковлев Яков Яковлевич")
    opened.place.organisations.add_seat(opened.client, "Юрист")
    opened.settle()
    for language in ("en", "ru"):
        opened.kit.words.set_language(language)
        opened.settle()
    classes = {type(one) for one in seen.values()}
    untested = {one for one in ours() if not any(issubclass(kind, one) for kind in classes)}
    assert not untested, f"no test runs these through the model tester: {untested}"
