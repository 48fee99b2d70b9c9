"""The box: Down reaches the first hit, Enter waits for what was typed last, filters are completed, notes are told."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QMainWindow

from kamdesk.desktop.kit import Kit
from kamdesk.desktop.navigation.search_box import SearchBox
from kamdesk.desktop.navigation.search_hits import Answer, HitsModel, Note
from kamdesk.desktop.navigation.target import Hit, Target

PEOPLE = (
    Hit("People", "Ivanov", target=Target("person", "1"), title_marks=((0, 4),), found="Fact: about ivan", found_marks=((12, 16),)),
    Hit("People", "Ivanova", target=Target("person", "2")),
)  # fmt: skip
SUGGESTED = Hit("Filters", "client:", fill="client:", suggested=True)


def answer(text: str) -> Answer:
    """Two people; a filter for «cli»; nothing for «zzz»."""
    if text.startswith("zzz"):
        return Answer()
    if text == "cli":
        return Answer([*PEOPLE, SUGGESTED])
    return Answer(PEOPLE, [Note("Shown for “Ivanov”")], {"People": "2+"})


@pytest.fixture
def box(kit: Kit, qtbot) -> Iterator[SearchBox]:
    window = QMainWindow()
    qtbot.addWidget(window)
    window.resize(800, 600)
    made = SearchBox(kit)
    window.setMenuWidget(made)
    made.set_providers(lambda _text: [], answer)
    with qtbot.waitActive(window):
        window.show()
    made.start()
    yield made
    qtbot.waitUntil(lambda: not kit.queries.busy)


def typed(box: SearchBox, kit: Kit, qtbot, text: str) -> None:
    QTest.keyClicks(box, text)
    qtbot.waitUntil(lambda: box._answered and not kit.queries.busy)


def rows(box: SearchBox) -> list[str]:
    model = box._model
    return [model.index(row).data() for row in range(model.rowCount())]


def test_down_reaches_the_first_hit_and_up_leaves_it(box: SearchBox, kit: Kit, qtbot) -> None:
    typed(box, kit, qtbot, "ivan")
    assert rows(box) == ["Shown for “Ivanov”", "People · 2+", "Ivanov", "Ivanova"]
    assert not box._list.currentIndex().isValid()
    QTest.keyClick(box, Qt.Key.Key_Down)
    assert box._list.currentIndex().data() == "Ivanov"
    QTest.keyClick(box, Qt.Key.Key_Down)
    QTest.keyClick(box, Qt.Key.Key_Down)
    assert box._list.currentIndex().data() == "Ivanova"
    QTest.keyClick(box, Qt.Key.Key_Up)
    QTest.keyClick(box, Qt.Key.Key_Up)
    assert not box._list.currentIndex().isValid()


def test_enter_opens_the_first_hit_of_what_was_typed_last(box: SearchBox, kit: Kit, qtbot) -> None:
    with qtbot.waitSignal(box.opened) as opened:
        QTest.keyClicks(box, "ivan")
        QTest.keyClick(box, Qt.Key.Key_Return)
    assert opened.args[0].target == Target("person", "1")
    assert box.text() == ""


def test_a_suggested_filter_is_taken_by_the_arrow_at_the_end_or_by_enter(
    box: SearchBox, kit: Kit, qtbot
) -> None:
    typed(box, kit, qtbot, "cli")
    assert rows(box) == ["People", "Ivanov", "Ivanova", "Filters", "client:"]
    QTest.keyClick(box, Qt.Key.Key_Right)
    assert box.text() == "client:"
    box.clear()
    typed(box, kit, qtbot, "cli")
    for _ in range(3):
        QTest.keyClick(box, Qt.Key.Key_Down)
    QTest.keyClick(box, Qt.Key.Key_Return)
    assert box.text() == "client:" and box.hasFocus()


def test_an_empty_box_says_what_can_be_typed(box: SearchBox, kit: Kit, qtbot) -> None:
    assert rows(box)[0].startswith("Filters: client:")
    typed(box, kit, qtbot, "zzz")
    assert rows(box) == ["Nothing found. Try fewer letters."]
    QTest.keyClick(box, Qt.Key.Key_Down)
    QTest.keyClick(box, Qt.Key.Key_Return)
    assert box.text() == "zzz"


def test_a_very_long_text_is_cut(box: SearchBox, kit: Kit) -> None:
    box.setText("я" * 20_000)
    assert len(box.text()) == 10_000


def test_lines_are_painted_in_both_themes(box: SearchBox, kit: Kit, qtbot) -> None:
    typed(box, kit, qtbot, "ivan")
    for choice in ("dark", "light"):
        kit.theme.set_choice(choice)
        assert not box.window().grab().isNull()


def test_model_keeps_its_word(qapp) -> None:
    model = HitsModel()
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    model.set_hits([SUGGESTED, *PEOPLE], notes=[Note("a")], counts={"People": "2"})
    assert [model.index(row).data() for row in range(model.rowCount())] == [
        "a", "Filters", "client:", "People · 2", "Ivanov", "Ivanova",
    ]  # fmt: skip
    assert model.first() == 4
    said = model.index(4).data(Qt.ItemDataRole.AccessibleTextRole)
    assert said == "People: Ivanov Fact: about ivan"
    assert not model.index(0).flags() and not model.index(1).flags()
    tester.deleteLater()
    model.deleteLater()
