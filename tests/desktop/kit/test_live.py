"""The language is switched while widgets stand; what is gone is not told."""

from __future__ import annotations

from PySide6.QtWidgets import QDialogButtonBox, QLabel

from kamdesk.desktop.kit import Kit
from kamdesk.model.messages import Message


def test_bound_widgets_are_told(kit: Kit, qtbot) -> None:
    _ = kit.words.gettext
    first, second = QLabel(), QLabel()
    qtbot.addWidget(first)
    qtbot.addWidget(second)
    kit.words.bind(first, lambda: first.setText(_("Quick capture")))
    kit.words.bind(second, lambda: second.setText(_("Lock")))
    assert (first.text(), second.text()) == ("Quick capture", "Lock")
    with qtbot.waitSignal(kit.words.changed):
        kit.words.set_language("ru")
    assert (first.text(), second.text()) == ("Быстрая запись", "Заблокировать")


def test_destroyed_widget_is_not_told(kit: Kit, qtbot) -> None:
    told: list[str] = []
    gone = QLabel()
    kit.words.bind(gone, lambda: told.append(kit.words.language))
    with qtbot.waitSignal(gone.destroyed):
        gone.deleteLater()
    kit.words.set_language("ru")
    assert told == ["en"]


def test_own_words_of_qt_are_russian_too(kit: Kit, qtbot) -> None:
    kit.words.set_language("ru")
    box = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
    qtbot.addWidget(box)
    assert box.button(QDialogButtonBox.StandardButton.Cancel).text() == "Отмена"


def test_unknown_message_is_shown_as_it_is(kit: Kit) -> None:
    assert kit.words.message(Message("no.such")) == "no.such"
