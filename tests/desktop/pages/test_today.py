"""Today in the window: cards by mouse and by keyboard, the form of a result, the greeting, the turn of the day."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QDialog, QMenu

from kamdesk.desktop.application_sections import SECTIONS
from kamdesk.desktop.navigation.target import Target
from kamdesk.desktop.pages.dates import page_of
from kamdesk.model.values import PartialDate
from kamdesk.services.interactions import InteractionData
from kamdesk.services.promises import PromiseData

TODAY = date(2026, 3, 5)


@pytest.fixture
def day(opened):
    """The page over the demo with a meeting, an overdue promise and a birthday of one person."""
    for register in SECTIONS:
        register(opened.desk)
    person = opened.place.people.list(opened.client)[0].id
    opened.place.interactions.plan(
        InteractionData(
            opened.client, starts_at=datetime(2026, 3, 5, 9), purpose="Смета", person_ids=(person,)
        )
    )
    opened.place.promises.add(PromiseData("Расчёт", due=TODAY - timedelta(1), organisation_id=opened.client))
    opened.place.facts.set_birthday(person, PartialDate(1976, 3, 8))
    page = opened.show(Target("today"))
    return opened, page, person


def card(page, kind, title=""):
    return next(one for one in page.cards() if one.item.kind == kind and title in one.called())


def test_one_click_keeps_a_promise_and_it_can_be_taken_back(day) -> None:
    opened, page, _person = day
    card(page, "promise_ours", "Расчёт").buttons["kept"].click()
    opened.settle()
    assert not any("Расчёт" in one.called() for one in page.cards())
    opened.place.vault.history.undo()
    opened.settle()
    assert card(page, "promise_ours", "Расчёт")


def test_how_did_it_go_opens_a_form_that_survives_a_refresh(day) -> None:
    opened, page, _person = day
    asking = card(page, "result", "Смета")
    asking.buttons["result"].click()
    form = asking.form
    form.outcome.set_value("Согласовали")
    form.step.set_value("Прислать договор")
    form.step_on.set_value(TODAY + timedelta(2))
    page.reload()
    opened.settle()
    assert card(page, "result", "Смета").form is form
    form.save.click()
    opened.settle()
    assert not any(one.item.kind == "result" and "Смета" in one.called() for one in page.cards())
    step = card(page, "next_step", "Прислать договор")
    assert step.item.group == "week"
    view = opened.place.interactions.view(step.item.record)
    assert (view.state, view.outcome) == ("done", "Согласовали")


def test_the_keyboard_walks_acts_puts_off_and_dismisses(day) -> None:
    opened, page, _person = day
    cards = page.cards()
    cards[0].setFocus()
    QTest.keyClick(cards[0], Qt.Key.Key_Down)
    assert cards[1].hasFocus()
    QTest.keyClick(cards[1], Qt.Key.Key_Up)
    assert cards[0].hasFocus()
    QTest.keyClick(cards[0], Qt.Key.Key_Up)
    assert page.capture.hasFocus()
    promise = card(page, "promise_ours", "Расчёт")
    promise.setFocus()
    press = QKeyEvent(
        QEvent.Type.KeyPress, 0x42B, Qt.KeyboardModifier.NoModifier, "ы"
    )  # S under a Russian layout
    opened.app.sendEvent(promise, press)
    menu = next(one for one in promise.findChildren(QMenu) if one.isVisible())
    menu.actions()[0].trigger()
    menu.hide()
    opened.settle()
    assert page.off_button.isVisible() and "1" in page.off_button.text()
    page.off_button.click()
    off = next(one for one in page.cards() if "Расчёт" in one.called())
    off.buttons["bring_back"].click()
    opened.settle()
    promise = card(page, "promise_ours", "Расчёт")
    promise.setFocus()
    QTest.keyClick(promise, Qt.Key.Key_Delete)
    opened.settle()
    assert not any("Расчёт" in one.called() for one in page.cards()) and not page.off_button.isVisible()


def test_a_greeting_is_written_down(day) -> None:
    opened, page, person = day
    greeting = next(
        one for one in page.cards() if one.item.kind == "date" and one.item.people[0][0] == person
    )
    greeting.buttons["greet"].click()
    opened.settle()
    dialog = next(one for one in opened.window.findChildren(QDialog) if one.isVisible())
    first = dialog.text.toPlainText()
    assert "днём рождения" in first
    dialog.variant.setCurrentIndex(1)
    dialog.variant.activated.emit(1)
    assert dialog.text.toPlainText() != first
    dialog.text.setPlainText("Своими словами")
    dialog.variant.activated.emit(0)
    assert dialog.text.toPlainText() == "Своими словами"  # what was typed is never replaced
    dialog.accept()
    opened.settle()
    assert not any(one.item.kind == "date" and one.item.people[0][0] == person for one in page.cards())
    kinds = [one.kind for one in opened.place.interactions.timeline(person_id=person)]
    assert "greeting" in kinds


def test_a_switch_of_the_language_and_names_for_those_who_do_not_see(day) -> None:
    opened, page, _person = day
    asking = card(page, "result", "Смета")
    assert "Как прошло?" in asking.accessibleName()
    opened.kit.words.set_language("en")
    opened.settle()
    assert "How did it go?" in asking.accessibleName() and page.title() == "Today"
    assert asking.buttons["result"].accessibleName() == "How did it go?: Смета"


def test_it_wakes_when_the_day_turns(day) -> None:
    _opened, page, _person = day
    assert page._turn.isActive() and 0 < page._turn.interval() <= 600_500
    page.hide()
    assert not page._turn.isActive()
    page.show()
    assert page._turn.isActive()


def test_the_first_day_offers_the_first_client(opened) -> None:
    for register in SECTIONS:
        register(opened.desk)
    for row in opened.place.organisations.list():
        opened.place.records.delete("organisation", row.id)
    for row in opened.place.people.list():
        opened.place.records.delete("person", row.id)
    page = opened.show(Target("today"))
    left = {one.item.kind for one in page.cards()}
    assert page.beginning.isVisible() == (not left and not opened.place.agenda.has_clients())


def test_the_dates_of_a_year_by_month_and_on_paper(day) -> None:
    opened, _page, person = day
    page = opened.show(Target("dates"))
    QAbstractItemModelTester(page.model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    page.month.setCurrentIndex(3)
    page.reload()
    opened.settle()
    rows = [page.model.row(page.model.index(at, 0)) for at in range(page.model.rowCount())]
    assert any(row.person_id == person and row.day == date(2026, 3, 8) for row in rows)
    assert all((row.day or row.value).month == 3 for row in rows)
    page.month.setCurrentIndex(0)
    page.reload()
    opened.settle()
    assert page.model.rowCount() > len(rows)
    assert page_of("Даты <2026>", ["Дата"], [["8 марта & ещё"]] * 200).startswith(b"%PDF")


def test_preferences_of_dates_are_kept_and_undone(opened) -> None:
    from kamdesk.desktop import settings_page

    settings_page.register(opened.desk, lambda _minutes: None, lambda _folder: None)
    page = opened.show(Target("settings"))
    page.leap_birthday.chosen.emit("mar1")
    page.lead_days.setCurrentIndex(page.lead_days.findData(14))
    page.lead_days.activated.emit(page.lead_days.currentIndex())
    opened.settle()
    now = opened.place.preferences.get()
    assert (now.leap_birthday, now.lead_days) == ("mar1", 14)
    opened.place.vault.history.undo()
    opened.settle()
    assert page.lead_days.currentData() == 7


def test_a_proposal_that_ran_out_is_prolonged_or_put_down_on_its_card(day) -> None:
    opened, page, _person = day
    proposals = opened.place.proposals
    first, second = (
        proposals.start(opened.client, subject=name) for name in ("Насосы до марта", "Вал до марта")
    )
    for one in (first, second):
        proposals.edit(one, {"valid_until": TODAY - timedelta(2), "validity_reason": "До индексации"})
        proposals.set_status(one, "sent", next_date=TODAY + timedelta(20))
    opened.settle()
    asking = card(page, "proposal_over", "Насосы")
    assert list(asking.buttons) == ["prolong", "put_down", "log"] and asking.main_action() == "prolong"
    asking.buttons["prolong"].click()
    opened.settle()
    dialog = opened.app.activeModalWidget()
    assert dialog.reason.toPlainText() == "До индексации"
    dialog.accept()
    opened.settle()
    assert proposals.page(first).values["valid_until"] == TODAY + timedelta(30)
    card(page, "proposal_over", "Вал").buttons["put_down"].click()
    opened.settle()
    assert proposals.page(second).status == "expired"
    assert not any(one.item.kind == "proposal_over" for one in page.cards())
    opened.place.vault.history.undo()
    opened.settle()
    assert card(page, "proposal_over", "Вал")
