"""Alternatives, the discount on the whole, payments by stage and assumptions on the pages of a proposal."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from kamdesk.desktop.dialogs.price_pick import PickedPrice, PricePickDialog
from kamdesk.desktop.navigation.target import Target
from kamdesk.desktop.pages import proposals
from kamdesk.desktop.pages.proposal import ProposalEditPage
from kamdesk.desktop.widgets.inline_base import InlineEditor
from kamdesk.services.prices import PriceRow
from kamdesk.services.proposal_views import AssumptionRow

if TYPE_CHECKING:
    from tests.desktop.pages.conftest import Opened

D = Decimal


class Screen:
    """The demo's proposal on the screen."""

    def __init__(self, opened: Opened) -> None:
        self.opened, self.place = opened, opened.place
        proposals.register(opened.desk, lambda _path: True)
        opened.window.resize(1100, 720)  # no room for the pages at the right: each test would wait for them
        self.id = self.place.proposals.list()[0].id
        self.without_choices()

    def without_choices(self) -> None:
        """Take what the demo chose out again, for here it is chosen: alternatives, discount, payments, assumptions."""
        services, page = self.place.proposals, self.place.proposals.page(self.id)
        kept = [
            replace(row, alternative="", article="") for row in page.offer if row.alternative != "Базовый"
        ]
        services.save_offer(self.id, kept)
        services.save_benefit(self.id, [replace(row, assumption_id=None) for row in page.benefit])
        services.save_assumptions(self.id, ())
        services.save_stages(self.id, [replace(row, payment=None, result="") for row in page.stages])
        services.edit(self.id, {"recommended": "", "total_discount": None, "total_discount_kind": "percent"})

    def page(self, step: str) -> ProposalEditPage:
        """The page at a step, filled."""
        page = self.opened.show(Target("proposal", self.id, step))
        assert isinstance(page, ProposalEditPage)
        return page

    def stored(self):
        """The proposal as it is stored."""
        self.opened.settle()
        return self.place.proposals.page(self.id)


@pytest.fixture
def screen(opened: Opened) -> Screen:
    return Screen(opened)


def _said(widget) -> str:
    return " | ".join(one.text() for one in widget.findChildren(QLabel) if not one.isHidden())


def _columns(grid) -> list[str]:
    return [column.id for column in grid.model.columns]


def _set(grid, row: int, column: str, text: str) -> None:
    grid.model.setData(grid.model.index(row, _columns(grid).index(column)), text)


def test_columns_come_when_they_are_asked_for_or_used(screen: Screen) -> None:
    page = screen.page("offer")
    assert not {"article", "alternative"} & set(_columns(page.offer.grid))
    before = [row.values["name"] for row in page.offer.grid.rows()]
    page.offer.ask_alternative.click()
    assert "alternative" in _columns(page.offer.grid)
    assert [row.values["name"] for row in page.offer.grid.rows()] == before
    assert page.offer.ask_alternative.isHidden()
    QAbstractItemModelTester(page.offer.grid.model, QAbstractItemModelTester.FailureReportingMode.Fatal, page)
    page.offer.ask_article.click()
    assert _columns(page.offer.grid)[:3] == ["article", "name", "alternative"]


def test_what_is_typed_stays_when_a_column_comes(screen: Screen) -> None:
    page = screen.page("offer")
    before = len(page.offer.grid.rows())
    _set(page.offer.grid, before, "name", "Насадка")
    page.offer.ask_alternative.click()
    _set(page.offer.grid, before, "price", "900")
    offer = screen.stored().offer
    assert [(row.name, row.price) for row in offer[before:]] == [("Насадка", D(900))]


def test_alternatives_are_added_up_apart_and_one_is_recommended(screen: Screen) -> None:
    page = screen.page("offer")
    page.offer.ask_alternative.click()
    _set(page.offer.grid, 1, "alternative", "Полный")
    _set(page.offer.grid, 2, "alternative", "Базовый")
    screen.opened.settle()
    said = _said(page.offer.totals)
    assert "Полный (рекомендуем)" in said
    assert not page.offer._recommended.isHidden()
    screen.place.proposals.edit(screen.id, {"recommended": "Базовый"})
    screen.opened.settle()
    assert "Базовый (рекомендуем)" in _said(page.offer.totals)
    stored = screen.stored()
    assert stored.totals.recommended == "Базовый"
    assert stored.offer[1].alternative == "Полный"


def test_a_discount_on_the_whole_is_said_before_the_tax(screen: Screen) -> None:
    page = screen.page("offer")
    assert page.offer._discount_kind.isHidden()
    screen.place.proposals.edit(screen.id, {"total_discount": D(10)})
    screen.opened.settle()
    said = _said(page.offer.totals)
    assert "Сумма позиций" in said
    assert "Скидка на всё" in said
    assert not page.offer._discount_kind.isHidden()


def test_a_paste_brings_its_own_columns(screen: Screen) -> None:
    page = screen.page("offer")
    before = len(page.offer.grid.rows())
    QGuiApplication.clipboard().setText(
        "Артикул\tНаименование\tВариант\tКол-во\tЦена\nК-80\tКлапан 80\tБазовый\t2\t100\nК-100\tКлапан 100\tПолный\t2\t150\n"
    )
    page.offer.grid.view.setFocus()
    page.offer.grid.view.paste()
    QTest.qWait(50)
    offer = screen.stored().offer[before:]
    assert [(row.article, row.name, row.alternative, row.price) for row in offer] == [
        ("К-80", "Клапан 80", "Базовый", D(100)),
        ("К-100", "Клапан 100", "Полный", D(150)),
    ]


def test_lines_of_the_price_list_are_taken_over(screen: Screen) -> None:
    page = screen.page("offer")
    page.offer.from_list.click()
    screen.opened.settle()
    found = [one for one in QApplication.topLevelWidgets() if isinstance(one, PricePickDialog)]
    assert len(found) == 1
    row = PriceRow("1", "2026", "Насосы", "Н-7", "Насос Н-7", "шт.", D("12500.50"), "RUB", D(22), None, "")
    found[0].picked.emit((PickedPrice(row, D(3)),))
    found[0].reject()
    last = screen.stored().offer[-1]
    assert (last.article, last.name, last.unit, last.quantity, last.price, last.vat) == (
        "Н-7",
        "Насос Н-7",
        "шт.",
        D(3),
        D("12500.50"),
        D(22),
    )


def test_payments_of_stages_are_said_in_money(screen: Screen) -> None:
    page = screen.page("offer")
    grid = page.offer.stage_grid
    for row, share in enumerate(("30", "70")):
        _set(grid, row, "payment", share)
    _set(grid, 0, "result", "Проект согласован")
    stages = screen.stored().stages
    assert [stage.payment for stage in stages[:2]] == [D(30), D(70)]
    assert stages[0].result == "Проект согласован"
    assert "100\u00a0%" in page.offer.schedule._sum.text()
    due = _columns(grid).index("due")
    shown = grid.model.data(grid.model.index(0, due))
    total = screen.stored().totals.gross
    assert "₽" in shown
    assert screen.stored().payments[0] == (total * 30 / 100).quantize(D("0.01"))


def _figured(screen: Screen) -> ProposalEditPage:
    services = screen.place.proposals
    services.save_assumptions(
        screen.id,
        (AssumptionRow(name="Тариф", value=D("6.4"), unit="₽/кВт·ч", low=D("5.6"), high=D("7.5")),),
    )
    tariff = services.page(screen.id).assumptions[0].id
    spent, service, energy, *rest = services.page(screen.id).benefit
    rows = (replace(spent, spread=D(10)), service, replace(energy, assumption_id=tariff), *rest)
    services.save_benefit(screen.id, rows)
    return screen.page("figures")


def test_what_the_result_depends_on_most(screen: Screen) -> None:
    page = _figured(screen)
    box = page.figures.sensitivity
    assert box.isVisible()
    said = _said(box)
    assert "Тариф: окупаемость при 5,6\u00a0₽/кВт·ч" in said
    assert "Окупается и при худшем из этих допущений" in said
    assert "Тариф" in box.drawing.accessibleName()
    assert not box.drawing.grab().isNull()
    screen.opened.kit.words.set_language("en")
    screen.opened.kit.theme.set_choice("dark")
    screen.opened.settle()
    assert "It pays even at the worst of these" in _said(box)
    box.drawing.event(QEvent(QEvent.Type.PaletteChange))
    assert not box.drawing.grab().isNull()


def test_nothing_depends_on_anything_before_something_is_named(screen: Screen) -> None:
    page = screen.page("figures")
    assert page.figures.sensitivity.isHidden()


def test_assumptions_are_pasted_from_excel_and_chosen_for_a_line(screen: Screen) -> None:
    page = screen.page("figures")
    grid = page.figures.assumptions.grid
    QAbstractItemModelTester(grid.model, QAbstractItemModelTester.FailureReportingMode.Fatal, page)
    grid.paste(
        "Допущение\tЗначение\tЕд. изм.\tМин\tМакс\tИсточник\nЦена газа\t8,4\t₽/м³\t7,2\t9,9\tдоговор\n"
    )
    one = screen.stored().assumptions[0]
    assert (one.name, one.value, one.unit, one.low, one.high, one.source) == (
        "Цена газа",
        D("8.4"),
        "₽/м³",
        D("7.2"),
        D("9.9"),
        "договор",
    )
    _set(page.figures.grid, 2, "assumption_id", "цена")
    assert screen.stored().benefit[2].assumption_id == one.id
    place = _columns(page.figures.grid).index("assumption_id")
    assert page.figures.grid.model.data(page.figures.grid.model.index(2, place)) == "Цена газа"
    assert page.figures.sensitivity.isVisible()


def test_a_pasted_spread_is_no_period(screen: Screen) -> None:
    page = screen.page("figures")
    periods = page.figures._periods
    page.figures.grid.paste(
        "Показатель\tВид\t0\t1\t2\t3\t4\tРазброс\nБрак\tЭкономия\t0\t10\t10\t10\t10\t25\n"
    )
    QTest.qWait(50)
    last = screen.stored().benefit[-1]
    assert page.figures._periods == periods
    assert (last.name, last.spread, last.amounts[1]) == ("Брак", D(25), D(10))


def stops(page: QWidget, first: QWidget, n: int) -> list[QWidget]:
    """What Tab comes to next inside a page."""
    found, at = [], first
    while len(found) < n:
        at = at.nextInFocusChain()
        if at.focusPolicy() & Qt.FocusPolicy.TabFocus and at.isEnabled() and at.isVisibleTo(page):
            found.append(at)
    return found


def test_tab_goes_as_the_eye_does(screen: Screen) -> None:
    step = screen.page("offer").offer
    screen.place.proposals.edit(screen.id, {"total_discount": D(5)})
    screen.opened.settle()
    off = step.findChild(InlineEditor, "total_discount")
    kind = step.findChild(InlineEditor, "total_discount_kind")
    after = stops(step, off.focusProxy() or off, 5)
    assert kind.isAncestorOf(after[0]), "the discount, then what it is in"
    assert step.grid.view in after, "then the table, not what stands below it"
    step._want("alternative")
    screen.opened.settle()
    assert step.grid.view in stops(step, off.focusProxy() or off, 5), "a table that was made anew too"


def test_the_keyboard_comes_back_to_making_documents(screen: Screen, qtbot) -> None:
    step = screen.page("documents").documents
    screen.opened.window.activateWindow()
    step.make.setFocus()
    qtbot.waitUntil(step.make.hasFocus)
    step.making.busy.emit(True)
    assert not step.make.isEnabled() and step.hasFocus()
    step.making.busy.emit(False)
    assert step.make.hasFocus()
