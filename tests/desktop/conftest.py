"""What every test of the windows gets: an application without a screen, a kit, and a look round for what was left behind."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal, InvalidOperation

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from kamdesk.desktop.icons import Icons
from kamdesk.desktop.jobs import Commands, Jobs
from kamdesk.desktop.kit import Kit, Option, TypedForms
from kamdesk.desktop.live import Words
from kamdesk.desktop.qt_setup import make_application
from kamdesk.desktop.settings import MemorySettings
from kamdesk.desktop.theme import Theme
from kamdesk.model.values import PartialDate
from kamdesk.resources import resources_folder


class SomeVocabularies:
    """A few choices, enough for widgets."""

    def __init__(self, words: Words) -> None:
        self._words = words

    def options(self, vocabulary: str) -> list[Option]:
        """The same three for every vocabulary, named in the language of the moment."""
        russian = self._words.language == "ru"
        labels = ("Цена", "Качество", "Сроки поставки") if russian else ("Price", "Quality", "Lead time")
        return [
            Option(code, label) for code, label in zip(("price", "quality", "lead_time"), labels, strict=True)
        ]


def read_decimal(text: str) -> Decimal:
    """A number with a comma or a point. Raises ValueError."""
    try:
        return Decimal(text.replace(" ", "").replace("\xa0", "").replace(",", "."))
    except InvalidOperation:
        raise ValueError("not a number") from None


def some_typed() -> TypedForms:
    """Plain readers: ISO dates, decimal commas."""
    from datetime import date

    return TypedForms(
        read_date=date.fromisoformat,
        show_date=date.isoformat,
        read_partial_date=PartialDate.parse,
        show_partial_date=str,
        read_decimal=read_decimal,
        show_decimal=lambda value: f"{value:f}".replace(".", ","),
        read_integer=int,
        show_integer=str,
    )


def make_kit(app: QApplication, language: str = "en", theme: str = "light", scale: float = 1.0) -> Kit:
    """A kit on its own; close its lanes with :func:`end_kit`."""
    words = Words(language, app)
    look = Theme(app, theme, scale, app)
    return Kit(
        words=words,
        theme=look,
        icons=Icons(resources_folder() / "icons", look),
        settings=MemorySettings(),
        commands=Commands("edits", app),
        queries=Commands("reads", app),
        jobs=Jobs(app),
        vocabularies=SomeVocabularies(words),
        typed=some_typed(),
    )


def end_kit(kit: Kit) -> None:
    """End the threads of a kit and take its words out of the application."""
    for lane in (kit.commands, kit.queries):
        lane.close()
    kit.words.set_language("en")
    for part in (kit.commands, kit.queries, kit.jobs, kit.words, kit.theme):
        part.deleteLater()


@pytest.fixture(scope="session")
def qapp() -> QApplication:
    """The application as the program makes it."""
    return make_application(["kamdesk"])


class PatientBot(QtBot):
    """Waits thirty seconds for what should come at once: the computer may be busy with something else."""

    def waitSignal(self, signal: object, *, timeout: int = 30_000, **more: object) -> object:
        """See QtBot."""
        return super().waitSignal(signal, timeout=timeout, **more)

    def waitSignals(self, signals: object, *, timeout: int = 30_000, **more: object) -> object:
        """See QtBot."""
        return super().waitSignals(signals, timeout=timeout, **more)

    def waitUntil(self, callback: object, *, timeout: int = 30_000) -> None:
        """See QtBot."""
        super().waitUntil(callback, timeout=timeout)


@pytest.fixture
def qtbot(qapp: QApplication, request: pytest.FixtureRequest) -> PatientBot:
    """The tool of pytest-qt, with our patience."""
    return PatientBot(request)


@pytest.fixture
def kit(qapp: QApplication) -> Iterator[Kit]:
    """A kit in English, light."""
    made = make_kit(qapp)
    yield made
    end_kit(made)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What the screenless platform cannot do is no fault of ours; any other word of Qt fails the test (pyproject)."""
    for item in items:
        if "tests/desktop" in item.nodeid:
            item.add_marker(pytest.mark.qt_log_ignore("^This plugin does not support", extend=True))


@pytest.fixture(autouse=True)
def nothing_left() -> Iterator[None]:
    """Fail where a test leaves a window behind; no key stays down for the next one.

    A key sent with Ctrl leaves Ctrl down for Qt until another event of a person, and lists select otherwise then.
    """
    yield
    if QApplication.instance() is not None and QApplication.keyboardModifiers():
        QTest.keyRelease(QWidget(), Qt.Key.Key_Control, Qt.KeyboardModifier.NoModifier)
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    known = [widget for widget in QApplication.topLevelWidgets() if isValid(widget) and widget.isVisible()]
    left = [f"{type(widget).__name__} {widget.objectName()}" for widget in known]
    for widget in known:
        widget.hide()
        widget.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert not left, f"left open: {left}"
