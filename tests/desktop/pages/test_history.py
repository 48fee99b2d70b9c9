"""Timeline, log and plan, «Как прошло?», promises both ways, notes, quick capture."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from kamdesk.desktop.dialogs.quick_capture import QuickCapture
from kamdesk.desktop.navigation.target import Target
from kamdesk.desktop.pages import capture, clients, people
from kamdesk.services.interactions import InteractionData


@pytest.fixture
def page(opened):
    """The history of the demo's client."""
    for module in (clients, people, capture):
        module.register(opened.desk)
    made = opened.show(Target("client", opened.client, "history"))
    made.opened_in = opened
    return made


def test_log_what_happened(page) -> None:
    opened = page.opened_in
    history = page.history
    history.log_button.click()
    form = history.form
    form.kind._write("call")
    form.kind._chosen()
    form.when.line.setText("вчера в 15:30")
    form.people.chips.add(opened.person("Самарин"))
    form.purpose.line.setText("Уточнить сроки")
    form.outcome.text.setPlainText("Ждёт расчёт")
    form.step.line.setText("Прислать расчёт")
    form.step_on.line.setText("10.03.2026")
    form.save_button.click()
    opened.settle()
    row = next(
        one
        for one in opened.place.interactions.timeline(organisation_id=opened.client)
        if one.purpose == "Уточнить сроки"
    )
    assert (row.kind, row.state, row.starts_at) == ("call", "done", datetime(2026, 3, 4, 15, 30))
    assert row.people[0].name.family == "Самарин"
    assert form.isHidden()
    assert history.list.row(row.id) is not None


def test_a_moment_that_is_none_keeps_the_form(page) -> None:
    page.history.plan_button.click()
    page.history.form.when.line.setText("когда-нибудь")
    page.history.form.save_button.click()
    assert page.history.form.when.problem()
    assert page.history.form.isVisible()
    page.history.form.close_form()


def test_how_did_it_go(page) -> None:
    opened = page.opened_in
    past = opened.place.store.now() - timedelta(hours=3)
    row = opened.place.interactions.plan(
        InteractionData(organisation_id=opened.client, starts_at=past, purpose="Показать стенд")
    )
    opened.settle()
    card = page.history.list.row(row)
    assert card.asking.isVisible()
    assert any("Показать стенд" in line.name.text() for line in page.overview.next_list.rows())
    card.went.click()
    opened.settle()
    assert opened.place.interactions.view(row).state == "done"
    assert card.asking.isHidden()
    outcome = card.fields.editor("outcome")
    assert outcome.isVisible() and outcome.has_focus()
    outcome.text.setPlainText("Понравилось")
    outcome.flush()
    opened.settle()
    assert opened.place.interactions.view(row).outcome == "Понравилось"


def test_who_took_part_is_changed_on_the_card(page) -> None:
    opened = page.opened_in
    card = page.history.list.rows()[0]
    card.change_people()
    card.who.chips.add(opened.person("Самарин"))
    opened.settle()
    people = opened.place.interactions.view(card._item.id).people
    assert "Самарин" in [one.name.family for one in people]
    assert any(one.ours for one in people)


def test_filters_of_the_timeline(page) -> None:
    opened = page.opened_in
    all_of_it = len(page.history.list.rows())
    page.history.chips["planned"].click()
    opened.settle()
    assert 0 < len(page.history.list.rows()) < all_of_it
    page.history.chips["planned"].click()
    page.history.search.setText("нетакогослова")
    page.history.reload()
    opened.settle()
    assert page.history.none_found.isVisible()


def test_a_promise_takes_its_day_from_the_line(page) -> None:
    opened = page.opened_in
    page.ours.line.start()
    page.ours.line.line.setText("прислать протокол 12 марта")
    assert "12 марта" in page.ours.line.hint.text()
    page.ours.line.flush()
    opened.settle()
    row = next(
        one for one in opened.place.promises.ours(organisation_id=opened.client) if "протокол" in one.text
    )
    assert (row.due.month, row.due.day) == (3, 12)
    line = page.ours.list.row(row.id)
    line.tick.click()
    opened.settle()
    assert row.id not in [one.id for one in opened.place.promises.ours(organisation_id=opened.client)]
    opened.window.undo_requested.emit()
    opened.settle()
    assert not line.tick.isChecked()


def test_notes_are_written_and_changed(page) -> None:
    opened = page.opened_in
    page.notes.line.start()
    page.notes.line.line.setText("Любят порядок в бумагах")
    page.notes.line.flush()
    opened.settle()
    row = next(one for one in page.notes.list.rows() if one.text.value() == "Любят порядок в бумагах")
    row.text.text.setPlainText("Любят порядок")
    row.text.flush()
    opened.settle()
    assert "Любят порядок" in [one.text for one in opened.place.notes.of(organisation_id=opened.client)]


def test_quick_capture_sorts_lines_and_saves_them_in_one_step(page) -> None:
    opened = page.opened_in
    opened.window.capture_requested.emit()
    opened.settle()
    dialog = next(one for one in opened.window.findChildren(QuickCapture))
    dialog.text.setPlainText(
        "Пришлём расчёт до пятницы\nШтерн обещала назвать дату\nСамарин увлекается парусом\nпросто мысль"
    )
    dialog._sort()
    opened.settle()
    assert [line.kind for line in dialog.model.rows()] == ["promise_ours", "promise_theirs", "fact", "note"]
    dialog.table.setCurrentIndex(dialog.model.index(3, 0))
    QTest.keyClick(dialog.table, Qt.Key.Key_4)
    assert dialog.model.rows()[3].kind == "next_step"
    before = opened.place.vault.history.undoable()
    QTest.keyClick(dialog.table, Qt.Key.Key_Return)
    opened.settle()
    step = opened.place.vault.history.undoable()
    assert step.message.code == "capture.save"
    assert before is None or step.id != before.id
    assert any("расчёт" in one.text for one in opened.place.promises.ours(organisation_id=opened.client))


def test_a_fact_that_the_guard_warns_of_is_only_stored_when_it_is_kept(page) -> None:
    opened = page.opened_in
    opened.window.capture_requested.emit()
    opened.settle()
    dialog = next(one for one in opened.window.findChildren(QuickCapture))
    dialog.text.setPlainText("Факт: Самарин после инфаркта не летает\nпросто мысль")
    dialog._sort()
    opened.settle()
    warned = dialog.model.rows()[0]
    assert (warned.kind, warned.left_out, warned.line.warning.code) == ("fact", True, "guard.health")
    assert "инфаркт" in dialog.warning.text() and dialog.words.isEnabled()
    dialog.table.setCurrentIndex(dialog.model.index(0, 0))
    QTest.keyClick(dialog.table, Qt.Key.Key_Space)
    assert not dialog.model.rows()[0].left_out and dialog.warning.isHidden()
    QTest.keyClick(dialog.table, Qt.Key.Key_Space)
    assert dialog.model.rows()[0].left_out
    QTest.keyClick(dialog.table, Qt.Key.Key_Space)
    dialog.words.setText("Самарин ездит поездом")
    dialog.words.editingFinished.emit()
    assert dialog.model.rows()[0].line.warning is None
    dialog.set_kind("note")
    dialog.set_kind("fact")
    dialog.words.setText("Самарин верующий")
    dialog.words.editingFinished.emit()
    assert dialog.model.rows()[0].line.warning.code == "guard.religion"
    assert dialog.model.rows()[0].left_out  # what was kept were other words
    dialog.accept()
    opened.settle()
    stored = str(opened.place.facts.of_person(opened.person("Самарин")))
    assert "верующий" not in stored and "инфаркт" not in stored


def test_capture_that_was_put_away_is_still_there(page) -> None:
    opened = page.opened_in
    opened.window.capture_requested.emit()
    opened.settle()
    dialog = next(one for one in opened.window.findChildren(QuickCapture))
    dialog.text.setPlainText("не потерять")
    dialog.reject()
    opened.settle()
    opened.window.capture_requested.emit()
    opened.settle()
    dialog = next(one for one in opened.window.findChildren(QuickCapture) if one.isVisible())
    assert dialog.text.toPlainText() == "не потерять"
    dialog.reject()
    opened.settle()


def test_a_captured_meeting_is_corrected_by_keys_and_saved_with_its_promise(page) -> None:
    opened = page.opened_in
    opened.window.capture_requested.emit()
    opened.settle()
    dialog = next(one for one in opened.window.findChildren(QuickCapture))
    dialog.text.setPlainText("Встреча с Самариным, обещал прислать ТЗ до пятницы\nнастроение хорошее\nлишнее")
    dialog._sort()
    opened.settle()
    assert [row.kind for row in dialog.model.rows()] == ["interaction", "promise_theirs", "note", "note"]
    dialog.table.setCurrentIndex(dialog.model.index(3, 0))
    QTest.keyClick(dialog.table, Qt.Key.Key_Space)
    assert dialog.model.rows()[3].left_out
    dialog.table.setCurrentIndex(dialog.model.index(1, 0))
    assert dialog.about.currentText().startswith("Самарин")
    dialog.day.setText("10 марта")
    dialog._set_day()
    dialog.words.setText("прислать ТЗ на линию")
    dialog._set_text()
    dialog.table.setCurrentIndex(dialog.model.index(2, 0))
    QTest.keyClick(dialog.text, Qt.Key.Key_4, Qt.KeyboardModifier.AltModifier)
    assert dialog.model.rows()[2].kind == "next_step"
    dialog.accept()
    opened.settle()
    meeting = opened.place.interactions.timeline(
        organisation_id=opened.client, kinds=("meeting",), states=("done",)
    )[0]
    assert meeting.purpose == "Встреча с Самариным" and meeting.next_step == "настроение хорошее"
    (promise,) = meeting.promises
    assert (promise.text, promise.due.day, promise.person.family) == ("прислать ТЗ на линию", 10, "Самарин")
    opened.window.undo_requested.emit()
    opened.settle()
    assert all(
        one.id != meeting.id for one in opened.place.interactions.timeline(organisation_id=opened.client)
    )


def test_a_marked_piece_of_a_note_becomes_a_fact_a_promise_a_statement_an_argument(page) -> None:
    opened = page.opened_in
    place = opened.place
    place.notes.add(
        "Самарин увлекается парусом. Обещали прислать ТЗ 10 марта. Строят новый цех.",
        organisation_id=opened.client,
    )
    opened.settle()
    row = next(one for one in page.notes.list.rows() if "парусом" in one.text.value())

    def make(piece: str, entry: str) -> None:
        field = row.text.text
        cursor = field.textCursor()
        start = field.toPlainText().index(piece)
        cursor.setPosition(start)
        cursor.setPosition(start + len(piece), cursor.MoveMode.KeepAnchor)
        field.setTextCursor(cursor)
        QTest.keyClick(field, Qt.Key.Key_Return, Qt.KeyboardModifier.AltModifier)
        opened.settle()
        menu = row.making.menu
        action = next(one for one in menu.actions() if one.text().startswith(entry))
        menu.hide()
        action.trigger()
        opened.settle()

    names = [
        opened.kit.words.gettext(one) for one in ("They promised", "Statement about the client's business")
    ]
    make("Самарин увлекается парусом", opened.kit.words.gettext("What we know of: {name}").split(":")[0])
    make("Обещали прислать ТЗ 10 марта", names[0])
    make("Строят новый цех", names[1])
    make("Строят новый цех", opened.kit.words.gettext("Argument for the library"))
    facts = place.facts.of_person(opened.person("Самарин"))
    assert any(
        one.text == "Самарин увлекается парусом"
        for group in facts
        for one in group.facts
        if group.kind == "hobby"
    )
    assert any(
        one.due and one.due.day == 10
        for one in place.promises.theirs(organisation_id=opened.client)
        if "ТЗ" in one.text
    )
    assert any(
        one.text == "Строят новый цех"
        for group in place.statements.of(opened.client)
        for one in group.statements
    )
    assert any(one.text == "Строят новый цех" for one in place.library.arguments())
