"""Actions from the table: words, conditions, the box; shortcuts under a Russian layout."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QMainWindow, QMenu, QVBoxLayout, QWidget

from kamdesk.desktop.actions import Actions, ActionSpec
from kamdesk.desktop.kit import Kit
from kamdesk.desktop.latin_keys import latin_key
from kamdesk.model.messages import N_

SPECS = (
    ActionSpec("undo", N_("Undo"), "undo", ("Ctrl+Z",), menu="edit", toolbar=True, enabled="can"),
    ActionSpec("lock", N_("Lock"), "lock", ("Ctrl+L",), menu="edit"),
    ActionSpec("hidden", N_("Quit"), "", ("Ctrl+Q",), palette=False),
)


class Sample(QMainWindow):
    def __init__(self, kit: Kit) -> None:
        super().__init__()
        self.can = True
        self.seen: list[str] = []
        self.table = Actions(self, kit.words, kit.icons)
        self.table.declare(
            SPECS,
            {spec.id: (lambda name=spec.id: self.seen.append(name)) for spec in SPECS},
            {"can": lambda: self.can},
        )
        self.field = QLineEdit()
        self.other = QWidget()
        self.other.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        inner = QWidget()
        layout = QVBoxLayout(inner)
        layout.addWidget(self.field)
        layout.addWidget(self.other)
        self.setCentralWidget(inner)


@pytest.fixture
def sample(kit: Kit, qtbot) -> Sample:
    made = Sample(kit)
    qtbot.addWidget(made)
    made.show()
    qtbot.waitExposed(made)
    made.activateWindow()
    made.other.setFocus()
    qtbot.waitUntil(made.other.hasFocus)
    return made


def press(widget: QWidget, key: int, modifiers: Qt.KeyboardModifier, text: str = "") -> None:
    """Send a key as a system does that knows no Latin letter for it: an override nobody takes, then the press."""
    for kind in (QEvent.Type.ShortcutOverride, QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
        QCoreApplication.sendEvent(widget, QKeyEvent(kind, key, modifiers, text))


def test_table_gives_menu_tools_and_box(sample: Sample, kit: Kit) -> None:
    menu = QMenu(sample)
    sample.table.fill(menu, "edit")
    assert [action.text() for action in menu.actions()] == ["Undo", "Lock"]
    assert [action.objectName() for action in sample.table.toolbar()] == ["undo"]
    assert [action.objectName() for action in sample.table.offered("lo")] == ["lock"]
    kit.words.set_language("ru")
    assert [action.objectName() for action in sample.table.offered("забл")] == ["lock"]
    assert sample.table.action("lock").toolTip().startswith("Заблокировать (")


def test_condition_and_changing_name(sample: Sample) -> None:
    sample.table.name_by("undo", lambda: "Undo: add Ivan")
    assert sample.table.action("undo").text() == "Undo: add Ivan"
    sample.can = False
    sample.table.refresh()
    assert not sample.table.action("undo").isEnabled()
    assert [action.objectName() for action in sample.table.offered()] == ["lock"]


def test_declaring_twice_or_without_handler_is_refused(sample: Sample) -> None:
    with pytest.raises(ValueError, match="declared twice"):
        sample.table.declare(SPECS[:1], {"undo": lambda: None}, {})
    with pytest.raises(KeyError):
        sample.table.declare((ActionSpec("new", "New"),), {})


def test_cyrillic_letter_does_what_its_key_does(sample: Sample) -> None:
    control = Qt.KeyboardModifier.ControlModifier
    press(sample.other, ord("Я"), control)
    press(sample.other, ord("Д"), control)
    assert sample.seen == ["undo", "lock"]
    press(sample.other, ord("Д"), Qt.KeyboardModifier.NoModifier, "д")
    assert sample.seen == ["undo", "lock"]


def test_disabled_action_is_not_reached(sample: Sample) -> None:
    sample.can = False
    sample.table.refresh()
    press(sample.other, ord("Я"), Qt.KeyboardModifier.ControlModifier)
    assert sample.seen == []


def test_cyrillic_copy_and_paste_in_a_field(sample: Sample, qtbot) -> None:
    control = Qt.KeyboardModifier.ControlModifier
    sample.field.setText("Пётр")
    sample.field.setFocus()
    qtbot.waitUntil(sample.field.hasFocus)
    press(sample.field, ord("Ф"), control)
    press(sample.field, ord("С"), control)
    assert QGuiApplication.clipboard().text() == "Пётр"
    sample.field.clear()
    press(sample.field, ord("М"), control)
    assert sample.field.text() == "Пётр"


def test_undo_typed_in_cyrillic_belongs_to_the_field_first(sample: Sample, qtbot) -> None:
    sample.field.setFocus()
    qtbot.waitUntil(sample.field.hasFocus)
    qtbot.keyClicks(sample.field, "abc")
    press(sample.field, ord("Я"), Qt.KeyboardModifier.ControlModifier)
    assert sample.field.text() == ""
    assert sample.seen == []


@pytest.mark.parametrize(
    ("cyrillic", "latin"), [("Й", "Q"), ("Ж", ";"), ("Б", ","), ("Ё", "`"), ("І", "S"), ("я", "Z")]
)
def test_place_of_the_key(cyrillic: str, latin: str) -> None:
    assert latin_key(ord(cyrillic)) == ord(latin)


def test_other_keys_are_left_alone() -> None:
    assert latin_key(Qt.Key.Key_Z) is None
    assert latin_key(Qt.Key.Key_F5) is None
