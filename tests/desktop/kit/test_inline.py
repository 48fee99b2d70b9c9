"""Text that is edited where it stands: when it saves, what Esc and Ctrl+Z do, what happens to what cannot be saved."""

from __future__ import annotations

from decimal import Decimal

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from kamdesk.desktop.kit import Kit
from kamdesk.desktop.widgets.editor_for import can_edit, editor_for
from kamdesk.desktop.widgets.inline_base import InlineEditor
from kamdesk.desktop.widgets.inline_choice import InlineChoice, InlineCodes, InlineYesNo
from kamdesk.desktop.widgets.inline_text import InlineDecimal, InlineLongText, InlinePartialDate, InlineText
from kamdesk.desktop.widgets.section import FieldList
from kamdesk.model.fields import FieldKind, FieldSpec
from kamdesk.model.messages import KamdeskError, Message
from kamdesk.model.values import PartialDate

CONTROL = Qt.KeyboardModifier.ControlModifier


class Host(QWidget):
    """An editor, a place to go to, and a window's Ctrl+Z."""

    def __init__(self, editor: InlineEditor) -> None:
        super().__init__()
        self.undone = 0
        self.elsewhere = QLineEdit()
        layout = QVBoxLayout(self)
        layout.addWidget(editor)
        layout.addWidget(self.elsewhere)
        action = QAction(self)
        action.setShortcut("Ctrl+Z")
        action.triggered.connect(self._undo)
        self.addAction(action)

    def _undo(self) -> None:
        self.undone += 1


@pytest.fixture
def show(qtbot):
    """Show an editor and go into it."""

    kept: list[Host] = []

    def shown(editor: InlineEditor) -> Host:
        host = Host(editor)
        kept.append(host)
        qtbot.addWidget(host)
        host.show()
        qtbot.waitExposed(host)
        host.activateWindow()
        editor.focus()
        qtbot.waitUntil(editor.has_focus)
        return host

    return shown


def test_enter_saves_and_leaving_saves(kit: Kit, qtbot, show) -> None:
    saved: list[str] = []
    editor = InlineText(kit, lambda: "Name", saved.append)
    editor.set_value("Иван")
    host = show(editor)
    qtbot.keyClicks(editor.line, " Petrov ")
    assert editor.is_dirty()
    qtbot.keyClick(editor.line, Qt.Key.Key_Return)
    assert saved == [editor.line.text().strip()]
    editor.line.setText("Пётр")
    host.elsewhere.setFocus()
    qtbot.waitUntil(lambda: len(saved) == 2)
    assert saved[1] == "Пётр"
    assert editor.value() == "Пётр"


def test_pause_saves_within_one_visit(kit: Kit, qtbot, show) -> None:
    visits: list[str] = []
    editor = InlineText(kit, lambda: "Name")
    editor.on_save(lambda _value: visits.append(editor.visit))
    show(editor)
    qtbot.keyClicks(editor.line, "a")
    qtbot.waitUntil(lambda: len(visits) == 1)
    qtbot.keyClicks(editor.line, "b")
    editor.flush()
    assert visits[0]
    assert visits[0] == visits[1]


def test_esc_restores_and_undo_brings_the_draft_back(kit: Kit, qtbot, show) -> None:
    saved: list[str] = []
    editor = InlineText(kit, lambda: "Name", saved.append)
    editor.set_value("before")
    host = show(editor)
    editor.line.selectAll()
    qtbot.keyClicks(editor.line, "draft")
    qtbot.keyClick(editor.line, Qt.Key.Key_Escape)
    assert editor.line.text() == "before"
    assert saved == []
    QTest.keyClick(editor.line, Qt.Key.Key_Z, CONTROL)
    assert editor.line.text() == "draft"
    assert host.undone == 0


def test_esc_takes_back_what_a_pause_had_saved(kit: Kit, qtbot, show) -> None:
    saved: list[str] = []
    editor = InlineText(kit, lambda: "Name", saved.append)
    editor.set_value("before")
    show(editor)
    editor.line.selectAll()
    qtbot.keyClicks(editor.line, "half")
    editor.flush()
    qtbot.keyClick(editor.line, Qt.Key.Key_Escape)
    assert saved == ["half", "before"]


@pytest.mark.parametrize("kind", [InlineText, InlineLongText])
def test_undo_is_the_fields_while_unsaved_and_the_windows_after(kit: Kit, qtbot, show, kind) -> None:
    editor = kind(kit, lambda: "Name", lambda _value: None)
    editor.set_value("x")
    host = show(editor)
    field = editor.focusProxy()
    QTest.keyClick(field, Qt.Key.Key_Z, CONTROL)
    assert host.undone == 1
    QTest.keyClicks(field, "abc")
    QTest.keyClick(field, Qt.Key.Key_Z, CONTROL)
    assert host.undone == 1
    assert editor._raw() == "x"
    QTest.keyClicks(field, "abc")
    editor.flush()
    QTest.keyClick(field, Qt.Key.Key_Z, CONTROL)
    assert host.undone == 2


def test_unreadable_draft_stays_with_its_reason(kit: Kit, qtbot, show) -> None:
    saved: list[object] = []
    editor = InlinePartialDate(kit, lambda: "Birthday", saved.append)
    editor.set_value(PartialDate(1975))
    host = show(editor)
    editor.line.setText("31 февраля")
    host.elsewhere.setFocus()
    qtbot.waitUntil(lambda: bool(editor.problem()))
    assert editor.line.text() == "31 февраля"
    assert editor.line.property("wrong") is True
    assert editor.line.accessibleDescription() == editor.problem()
    assert saved == []
    editor.set_value(PartialDate(1976))
    assert editor.line.text() == "31 февраля"
    editor.focus()
    qtbot.waitUntil(editor.has_focus)
    qtbot.keyClick(editor.line, Qt.Key.Key_Escape)
    assert editor.line.text() == "1976"
    assert editor.problem() == ""


def test_refused_by_the_service_at_once_or_later(kit: Kit, qtbot, show) -> None:
    def refuse(_value: object) -> None:
        raise KamdeskError("sample.refused")

    editor = InlineText(kit, lambda: "Name", refuse)
    editor.set_value("before")
    show(editor)
    editor.line.setText("after")
    assert not editor.flush()
    assert (editor.problem(), editor.value(), editor.line.text()) == ("sample.refused", "before", "after")
    editor.on_save(lambda _value: None)
    editor.line.setText("third")
    assert editor.flush()
    editor.show_problem(Message("sample.later"))
    assert (editor.problem(), editor.value(), editor.line.text()) == ("sample.later", "before", "third")
    assert editor.is_dirty()


def test_stored_value_does_not_overwrite_typing(kit: Kit, qtbot, show) -> None:
    editor = InlineText(kit, lambda: "Name", lambda _value: None)
    editor.set_value("one")
    show(editor)
    qtbot.keyClicks(editor.line, "!")
    typed = editor.line.text()
    editor.set_value("two")
    assert editor.line.text() == typed
    qtbot.keyClick(editor.line, Qt.Key.Key_Escape)
    assert editor.line.text() == "two"


def test_decimal_and_empty(kit: Kit, qtbot) -> None:
    saved: list[object] = []
    editor = InlineDecimal(kit, lambda: "Budget", saved.append)
    qtbot.addWidget(editor)
    editor.line.setText("1 200,50")
    assert editor.flush()
    editor.line.setText("")
    assert editor.flush()
    assert saved == [Decimal("1200.50"), None]
    assert editor.is_empty()


def test_choice_saves_at_once_and_keeps_an_unknown_code(kit: Kit, qtbot) -> None:
    saved: list[object] = []
    editor = InlineChoice(kit, lambda: "Type", lambda: kit.vocabularies.options("lens"), saved.append)
    qtbot.addWidget(editor)
    assert not editor.is_dirty()
    editor.set_value("quality")
    assert editor.combo.currentText() == "Quality"
    kit.words.set_language("ru")
    assert editor.combo.currentText() == "Качество"
    editor.combo.setCurrentIndex(1)
    editor.combo.activated.emit(1)
    assert saved == ["price"]
    editor.set_value("from_the_future")
    assert editor.combo.currentText() == "from_the_future"
    editor.set_value(None)
    assert editor.combo.currentText() == "Неизвестно"
    assert not editor.is_dirty()


def test_yes_no(kit: Kit, qtbot) -> None:
    saved: list[object] = []
    editor = InlineYesNo(kit, lambda: "Gifts & more", saved.append)
    qtbot.addWidget(editor)
    editor.show()
    qtbot.mouseClick(editor.box, Qt.MouseButton.LeftButton)
    qtbot.keyClick(editor.box, Qt.Key.Key_Space)
    assert saved == [True, False]
    editor.hide()


def test_ranked_chips_by_keyboard(kit: Kit, qtbot) -> None:
    saved: list[object] = []
    options = lambda: kit.vocabularies.options("criteria")  # noqa: E731
    editor = InlineCodes(kit, lambda: "Criteria", options, saved.append, ranked=True)
    qtbot.addWidget(editor)
    editor.show()
    editor.chips.add("price")
    editor.chips.add("quality")
    second = editor.chips._chips[1]
    assert second.accessibleName() == "Quality, place 2"
    QTest.keyClick(second, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    assert editor.value() == ("quality", "price")
    QTest.keyClick(editor.chips._chips[0], Qt.Key.Key_Delete)
    assert saved[-1] == ("price",)
    editor.hide()


def test_empty_fields_are_not_drawn_and_plus_opens_them(kit: Kit, qtbot) -> None:
    fields = FieldList(kit)
    qtbot.addWidget(fields)
    for name, value in (("post", "Director"), ("hobby", "")):
        fields.add(editor_for(FieldSpec(name, name, FieldKind.TEXT), value, kit))
    fields.show()
    assert fields.editor("post").isVisible()
    assert not fields.editor("hobby").isVisible()
    assert fields.add_button.isVisible()
    fields.open_field("hobby")
    assert fields.editor("hobby").isVisible()
    assert not fields.add_button.isVisible()
    fields.fold()
    fields.editor("post").set_value("")
    fields.editor("hobby").set_value("skiing")
    fields.refresh()
    assert fields.editor("hobby").isVisible()
    fields.hide()


def test_an_editor_is_made_for_a_value_or_for_who_goes_into_it(kit: Kit, qtbot) -> None:
    made: list[str] = []
    host = QWidget()
    qtbot.addWidget(host)
    column = QVBoxLayout(host)
    before, fields, after = QLineEdit(), FieldList(kit), QLineEdit()
    for part in (before, fields, after):
        column.addWidget(part)

    def late(name: str) -> None:
        def make() -> InlineEditor:
            made.append(name)
            return editor_for(FieldSpec(name, name, FieldKind.TEXT), None, kit)

        fields.add_late(name, lambda: name, make)

    for name in ("post", "hobby", "size"):
        late(name)
    for name, value in (("post", ""), ("hobby", ""), ("size", "0")):
        fields.set_value(name, value)
    fields.refresh()
    host.show()
    qtbot.waitExposed(host)
    host.activateWindow()
    assert made == ["size"]
    assert fields.editor("size").value() == "0"
    assert fields.add_button.isVisible()
    fields.open_field("hobby")
    assert made == ["size", "hobby"]
    qtbot.waitUntil(fields.editor("hobby").has_focus)
    before.setFocus()
    stops = []
    for _step in range(5):
        stops.append(host.focusWidget())
        QTest.keyClick(host.focusWidget(), Qt.Key.Key_Tab)
    lines = [fields.editor(name).line for name in ("hobby", "size")]
    assert stops == [before, *lines, fields.add_button, after]
    fields.set_value("hobby", "skiing")
    fields.set_value("post", None)
    assert made == ["size", "hobby"], "what is there is told, what is empty stays unmade"
    assert fields.editor("hobby").value() == "skiing"
    fields.fold()
    assert not fields.editor("post").isVisible(), "asked for by its name, but nobody went into it"
    host.hide()


@pytest.mark.parametrize("kind", list(FieldKind))
def test_every_kind_has_an_editor_or_says_no(kit: Kit, qtbot, kind: FieldKind) -> None:
    spec = FieldSpec("sample", "Sample", kind, "lens")
    if not can_edit(spec):
        with pytest.raises(ValueError, match="no inline editor"):
            editor_for(spec, None, kit)
        return
    editor = editor_for(spec, None, kit)
    qtbot.addWidget(editor)
    assert not editor.is_dirty()
    assert editor.is_empty()


def test_free_words_are_parted_by_commas(kit: Kit, show) -> None:
    saved: list[object] = []
    spec = FieldSpec("tags", "Tags", FieldKind.CODES)
    editor = editor_for(spec, ("pumps",), kit, saved.append)
    host = show(editor)
    QTest.keyClick(editor.line, Qt.Key.Key_End)
    QTest.keyClicks(editor.line, ", key client; pumps,")
    host.elsewhere.setFocus()
    assert saved[-1] == ("pumps", "key client")
    editor.set_value(())
    assert editor.is_empty()
