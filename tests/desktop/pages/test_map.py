"""The influence map in a real window: choosing, dragging, folding, asking, the tree, paper and pictures."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest

from kamdesk.desktop.navigation.target import Target
from kamdesk.desktop.pages import clients, people
from kamdesk.desktop.pages.map_print import as_pdf
from kamdesk.desktop.pages.map_work import MapOf, MapWork, node_at
from kamdesk.desktop.pages.map_work_view import EMPTY, MAP, TREE
from kamdesk.desktop.pages.maps import MapsPage
from kamdesk.desktop.widgets.map_canvas import nearest
from kamdesk.model.influence import Rect
from tests.desktop.pages.conftest import Opened
from tests.desktop.pages.walk import nameless

FATAL = QAbstractItemModelTester.FailureReportingMode.Fatal


@pytest.fixture
def work(opened: Opened) -> MapWork:
    clients.register(opened.desk)
    people.register(opened.desk)
    opened.desk.window.add_page_kind("maps", lambda _target: MapsPage(opened.desk))
    page = opened.show(Target("client", opened.client, "map"))
    opened.settle()
    return page.panels["map"].panel.work


def card(work: MapWork, family: str) -> str:
    """The card of a person."""
    return next(node.id for node in work.graph().nodes if node.name.family == family)


def middle(work: MapWork, node_id: str) -> QPoint:
    return work.canvas.viewport().mapFromGlobal(work.canvas.place_of(node_id))


def test_a_click_chooses_a_card_and_a_double_click_opens_the_person(opened: Opened, work: MapWork) -> None:
    boss = card(work, "Самарин")
    QTest.mouseClick(work.canvas.viewport(), Qt.MouseButton.LeftButton, pos=middle(work, boss))
    assert "Самарин" in work.canvas.accessibleDescription()
    QTest.mouseDClick(work.canvas.viewport(), Qt.MouseButton.LeftButton, pos=middle(work, boss))
    opened.settle()
    here = opened.desk.window.here()
    assert here is not None and (here.kind, here.id) == ("person", opened.person("Самарин"))


def test_a_dragged_card_stays_and_the_map_can_be_tidied_and_untidied(opened: Opened, work: MapWork) -> None:
    name = card(work, "Зимина")
    before = work.layout_now().by_id[name].rect
    start, view = middle(work, name), work.canvas.viewport()
    QTest.mousePress(view, Qt.MouseButton.LeftButton, pos=start)
    for step in (10, 40, 90):
        QTest.mouseMove(view, start + QPoint(step, step))
    QTest.mouseRelease(view, Qt.MouseButton.LeftButton, pos=start + QPoint(90, 90))
    opened.settle()
    moved = work.layout_now().by_id[name]
    assert moved.remembered and moved.rect.x > before.x + 20
    rects = [item.rect for item in work.layout_now().placed]
    assert not any(a.overlaps(b) for at, a in enumerate(rects) for b in rects[at + 1 :])
    work.tidy.click()
    opened.settle()
    assert work.layout_now().by_id[name].rect == before
    opened.place.vault.history.undo()
    opened.settle()
    assert work.layout_now().by_id[name].remembered


def test_everything_is_done_by_keyboard(opened: Opened, work: MapWork) -> None:
    canvas = work.canvas
    canvas.setFocus()
    QTest.keyClick(canvas, Qt.Key.Key_Home)
    boss = card(work, "Самарин")
    assert "Самарин" in canvas.accessibleDescription()
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Right, Qt.Key.Key_Left, Qt.Key.Key_Up):
        QTest.keyClick(canvas, key)
        assert canvas.accessibleDescription()
    work.choose(boss)
    QTest.keyClick(canvas, Qt.Key.Key_Space)
    opened.settle()
    assert work.layout_now().by_id[boss].folded
    assert len(work.layout_now().placed) == 1
    QTest.keyClick(canvas, Qt.Key.Key_Space)
    opened.settle()
    x = work.layout_now().by_id[boss].rect.x
    QTest.keyClick(canvas, Qt.Key.Key_Right, Qt.KeyboardModifier.ControlModifier)
    opened.settle()
    assert work.layout_now().by_id[boss].rect.x == pytest.approx(x + 20, abs=1)
    for key in (Qt.Key.Key_Plus, Qt.Key.Key_Minus, Qt.Key.Key_0):
        QTest.keyClick(canvas, key)
    QTest.keyClick(canvas, Qt.Key.Key_Return)
    opened.settle()
    here = opened.desk.window.here()
    assert here is not None and here.kind == "person"


def test_questions_light_up_cards_and_are_put_away(opened: Opened, work: MapWork) -> None:
    for ask in (
        work.ask_deciders,
        work.ask_connector,
        lambda: work.ask_leaving(card(work, "Штерн")),
        lambda: work.ask_introduction(opened.person("Самарин")),
    ):
        ask()
        opened.settle()
        assert work._answer is not None and work._answer.lines
        work.choose("")
        assert work._answer is None


def test_the_tree_says_the_same_and_is_a_sound_model(opened: Opened, work: MapWork) -> None:
    QAbstractItemModelTester(work.model, FATAL, work)
    work.as_tree.click()
    assert work.stack.currentIndex() == TREE
    found, todo = set(), [work.model.index(row, 0) for row in range(work.model.rowCount())]
    while todo:
        index = todo.pop()
        found.add(node_at(index))
        todo += [work.model.index(row, 0, index) for row in range(work.model.rowCount(index))]
    assert {node.id for node in work.graph().members} <= found
    first = work.model.index(0, 0)
    work.tree.setCurrentIndex(work.model.index(0, 0, first))
    assert work._selected == node_at(work.model.index(0, 0, first))
    opened.kit.words.set_language("en")
    opened.settle()
    assert work.model.headerData(0, Qt.Orientation.Horizontal) == "Who"
    work.as_map.click()
    assert work.stack.currentIndex() == MAP


def test_an_empty_map_says_what_belongs_there(opened: Opened, work: MapWork) -> None:
    fresh = opened.place.organisations.add("Пустой клиент")
    work.show_map(MapOf(organisation_id=fresh))
    opened.settle()
    assert work.stack.currentIndex() == EMPTY
    assert "Кто решает" in work.nothing.text()
    assert not work.print.isEnabled()
    opened.place.people.add("Первый Иван", fresh, "Директор")
    opened.settle()
    assert work.stack.currentIndex() == MAP


def test_paper_is_discreet_and_readable(opened: Opened, work: MapWork, tmp_path: Path) -> None:
    if shutil.which("pdftotext") is None:
        pytest.skip("pdftotext is not installed")
    influence, words = opened.place.influence, {}
    for discreet in (True, False):
        sheets = influence.sheets(opened.client, "ru", discreet=discreet, paper="A3")
        path = tmp_path / f"{discreet}.pdf"
        path.write_bytes(as_pdf(sheets, "A3"))
        read = subprocess.run(
            ["pdftotext", "-raw", str(path), "-"], capture_output=True, text=True, check=True
        )
        words[discreet] = read.stdout
    assert "Самарин" in words[True] and "Самарин" in words[False]
    assert "Проявляет интерес" in words[False] and "Проявляет интерес" not in words[True]
    dialog = work._paper.ask(MapOf(organisation_id=opened.client), "x")
    assert not nameless(dialog)
    dialog.reject()


@pytest.mark.parametrize(("name", "begins"), [("map.svg", b"<svg"), ("map.png", b"\x89PNG")])
def test_the_map_is_saved_as_a_picture(
    opened: Opened, work: MapWork, tmp_path: Path, name: str, begins: bytes
) -> None:
    work._paper.save(MapOf(organisation_id=opened.client), tmp_path / name)
    opened.settle()
    assert (tmp_path / name).read_bytes().startswith(begins)


def test_maps_of_chosen_people_are_made_changed_and_deleted(opened: Opened, work: MapWork) -> None:
    for shipped in opened.place.influence.maps():
        opened.place.influence.delete(shipped.id)
    people = [opened.person(name) for name in ("Самарин", "Штерн", "Караваев")]
    made = opened.place.influence.create("Совет", people)
    page = opened.show(Target("maps", "", made))
    opened.settle()
    assert len(page.work.graph().members) == 3
    page.give_name(made, "Совет директоров")
    opened.settle()
    assert page.list.selected_rows()[0].name == "Совет директоров"
    page.change_members()
    opened.settle()
    page.remove()
    opened.settle()
    assert opened.place.influence.maps() == ()
    assert page.nothing.isVisibleTo(page)
    opened.place.vault.history.undo()
    opened.settle()
    assert len(opened.place.influence.maps()) == 1


def test_the_eye_goes_to_the_nearest_card(work: MapWork) -> None:
    layout = work.layout_now()
    boss = card(work, "Самарин")
    below = nearest(layout, boss, (0, 1))
    assert below and layout.by_id[below].rect.y > layout.by_id[boss].rect.y
    assert nearest(layout, boss, (0, -1)) == ""
    assert isinstance(layout.by_id[below].rect, Rect)


def test_every_control_has_a_name(opened: Opened, work: MapWork) -> None:
    assert not nameless(opened.desk.window)
