"""The editor of marked text: shortcuts, highlighting, and what is left of formatted text that is pasted."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, QMimeData, Qt
from PySide6.QtGui import QKeyEvent, QTextCharFormat, QTextCursor
from PySide6.QtTest import QTest

from kamdesk.desktop.kit import Kit
from kamdesk.desktop.widgets.markup_text import InlineMarkupText, MarkupField, from_html, pasted

CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
WORD = """<html><head><style>p.MsoNormal {color:red}</style></head><body><!--StartFragment-->
<p class=MsoNormal><b><span lang=RU>Главное</span></b><span> — <i>быстро</i>, <a href="https://example.com/a_b">сайт</a>
и <a href="javascript:alert(1)">ловушка</a><script>alert(1)</script></span></p>
<p class=MsoListParagraphCxSpFirst style='mso-list:l0 level1 lfo1'><span style='font-family:Symbol'>·<span>&nbsp;&nbsp; </span></span>первое</p>
<img src="http://tracker.example/x.png"><!--EndFragment--></body></html>"""
BROWSER = "<p>Важно:</p><ul><li>раз</li><li><strong>два</strong></li></ul><ol><li>один</li><li>два</li></ol><h2>Итог</h2>"


def chosen(field: MarkupField, text: str) -> None:
    """Choose the first place of a text."""
    at = field.toPlainText().index(text)
    cursor = field.textCursor()
    cursor.setPosition(at)
    cursor.setPosition(at + len(text), QTextCursor.MoveMode.KeepAnchor)
    field.setTextCursor(cursor)


@pytest.mark.parametrize(
    ("key", "modifiers", "expected"),
    [
        (Qt.Key.Key_B, CONTROL, "Это **важно** нам"),
        (Qt.Key.Key_I, CONTROL, "Это _важно_ нам"),
        (Qt.Key(0x0418), CONTROL, "Это **важно** нам"),  # И of a Russian layout
        (Qt.Key.Key_L, CONTROL | SHIFT, "- Это важно нам"),
        (Qt.Key.Key_K, CONTROL | SHIFT, "Это [важно](https://) нам"),
    ],
)  # fmt: skip
def test_shortcuts(kit: Kit, key: Qt.Key, modifiers: Qt.KeyboardModifier, expected: str) -> None:
    field = MarkupField(kit, "Это важно нам")
    chosen(field, "важно")
    field.keyPressEvent(QKeyEvent(QEvent.Type.KeyPress, key, modifiers))
    assert field.toPlainText() == expected
    field.undo()
    assert field.toPlainText() == "Это важно нам"


def test_a_second_press_takes_the_marks_away(kit: Kit) -> None:
    field = MarkupField(kit, "раз\nдва")
    field.selectAll()
    QTest.keyClick(field, Qt.Key.Key_B, CONTROL)
    assert field.toPlainText() == "**раз**\n**два**"
    QTest.keyClick(field, Qt.Key.Key_B, CONTROL)
    assert field.toPlainText() == "раз\nдва"
    field.selectAll()
    QTest.keyClick(field, Qt.Key.Key_L, CONTROL | SHIFT)
    assert field.toPlainText() == "- раз\n- два"
    field.selectAll()
    QTest.keyClick(field, Qt.Key.Key_L, CONTROL | SHIFT)
    assert field.toPlainText() == "раз\nдва"


def test_the_marks_are_drawn_and_the_words_look_as_they_will(kit: Kit) -> None:
    field = MarkupField(kit, "😀 **важно** и _тихо_")
    field.highlighter.rehighlight()
    said = field.toPlainText().encode("utf-16-le")
    looks: dict[str, tuple[bool, bool, str]] = {}
    for one in field.document().firstBlock().layout().formats():
        words = said[2 * one.start : 2 * (one.start + one.length)].decode("utf-16-le")
        look = QTextCharFormat(one.format)
        looks[words] = (look.fontWeight() > 600, look.fontItalic(), look.foreground().color().name())
    assert looks["важно"][0] and looks["тихо"][1]
    assert looks["**"][2] == kit.theme.colour("muted").name()


def test_text_of_word_keeps_its_looks_and_nothing_else() -> None:
    assert from_html(WORD) == "**Главное** — _быстро_, [сайт](https://example.com/a_b) и ловушка\n- первое"


def test_text_of_a_page_keeps_its_lists() -> None:
    assert from_html(BROWSER) == "Важно:\n- раз\n- **два**\n1. один\n2. два\nИтог"


def test_plain_text_is_pasted_letter_by_letter(kit: Kit) -> None:
    data = QMimeData()
    data.setText("2*3*4 и **так**")
    assert pasted(data) == "2*3*4 и **так**"
    data.setHtml("<p>snake_case и 2*3*4</p>")
    data.setText("snake_case и 2*3*4")
    field = MarkupField(kit)
    field.insertFromMimeData(data)
    assert field.toPlainText() == "snake_case и 2*3*4"


def test_it_saves_what_was_typed(kit: Kit) -> None:
    saved: list[str] = []
    editor = InlineMarkupText(kit, lambda: "Решение", saved.append)
    editor.set_value("было")
    editor.text.setFocus()
    editor.text.setPlainText("стало **жирно**")
    assert editor.flush() and saved == ["стало **жирно**"]
