"""Versions, validity that ran out, the comparison and the list, over the real demo in both languages and themes."""

from __future__ import annotations

from datetime import date, timedelta
from types import SimpleNamespace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QMenu

from kamdesk.desktop.dialogs.base import DialogBase
from kamdesk.desktop.dialogs.prolong import ProlongDialog
from kamdesk.desktop.dialogs.proposal_compare import ProposalCompareDialog
from kamdesk.desktop.dialogs.proposal_start import StartDialog
from kamdesk.desktop.navigation.target import Target
from kamdesk.desktop.pages import proposals
from kamdesk.desktop.pages.proposal import ProposalEditPage
from kamdesk.desktop.pages.proposal_step import findings_of
from kamdesk.desktop.pages.proposals import ProposalsPage
from kamdesk.model.messages import Message
from kamdesk.rules.proposal_checks import Finding, Severity

TODAY = date(2026, 3, 5)


@pytest.fixture
def proposal(opened) -> str:
    proposals.register(opened.desk, lambda _path: True)
    return opened.place.proposals.list()[0].id


def open_dialog(opened, kind):
    opened.settle()
    found = [one for one in QApplication.topLevelWidgets() if isinstance(one, kind) and one.isVisible()]
    assert len(found) == 1
    return found[0]


def test_a_new_version_is_made_compared_and_gone_back_from(opened, proposal) -> None:
    page = opened.show(Target("proposal", proposal, "start"))
    assert isinstance(page, ProposalEditPage)
    page.actions_table.action("proposal.version").trigger()
    opened.settle()
    second = next(
        row.id for row in opened.place.proposals.list() if row.version == 2 and row.status == "draft"
    )
    assert opened.window.here().id == second
    page = opened.show(Target("proposal", second, "start"))
    assert page.versions.text() == "Версия 2 из 2"
    opened.place.proposals.edit(second, {"payment": "Аванс 10 %"})
    opened.settle()
    page.versions.compare()
    dialog = open_dialog(opened, ProposalCompareDialog)
    said = [(dialog._say(row.what), dialog._say(row.after)) for row in dialog.rows()]
    assert ("Условия оплаты", "Аванс 10 %") in said
    few = len(dialog.rows())
    dialog.only.click()
    assert len(dialog.rows()) > few
    dialog.reject()
    listed = opened.show(Target("proposals"))
    assert isinstance(listed, ProposalsPage)
    QAbstractItemModelTester(listed.model, QAbstractItemModelTester.FailureReportingMode.Fatal, listed)
    drafts = [row for row in listed.model.rows() if row.status == "draft"]
    assert len(drafts) == 2  # the first one is a draft still: nothing replaced it


def test_what_ran_out_is_said_and_prolonged_with_a_reason(opened, proposal) -> None:
    place = opened.place
    place.proposals.edit(proposal, {"valid_until": TODAY - timedelta(days=2), "validity_reason": ""})
    place.proposals.set_status(proposal, "sent", next_date=TODAY + timedelta(days=1))
    page = opened.show(Target("proposal", proposal, "team"))
    assert page.standing.isVisible()
    assert page.status.text().endswith("срок истёк")
    page.standing.prolong()
    dialog = open_dialog(opened, ProlongDialog)
    dialog.accept()
    assert dialog.isVisible()
    assert dialog.problem.text()
    dialog.reason.setPlainText("Поставщик держит цены")
    dialog.accept()
    opened.settle()
    assert not page.standing.isVisible()
    assert place.proposals.page(proposal).values["validity_reason"] == "Поставщик держит цены"
    place.vault.history.undo()
    opened.settle()
    page = opened.show(Target("proposal", proposal, "team"))
    assert page.standing.isVisible()
    texts = [one.text() for one in page.standing.findChildren(QAbstractButton)]
    assert texts == ["Продлить…", "Отметить: срок истёк"]
    page.standing.put_down()
    opened.settle()
    assert place.proposals.page(proposal).status == "expired"


def test_the_first_step_names_every_place_that_speaks_of_another_client() -> None:
    left = Finding(Severity.WARNING, Message("check.other_client"), "price")
    late = Finding(Severity.WARNING, Message("check.validity_over"), "price")
    state = SimpleNamespace(page=SimpleNamespace(findings=(left, late)))
    assert findings_of(state, "start") == [left]
    assert findings_of(state, "offer") == [left, late]


def test_it_is_the_start_for_another_client(opened, proposal) -> None:
    other = opened.place.organisations.add("Завод «Юг»")
    page = opened.show(Target("proposal", proposal, "start"))
    page.versions.elsewhere()
    dialog = open_dialog(opened, StartDialog)
    dialog.client.setCurrentIndex(dialog.client.findData(other))
    assert "ещё упоминается" in dialog.note.text()
    assert dialog.source.currentItem().data(Qt.ItemDataRole.UserRole) == proposal
    dialog.accept()
    opened.settle()
    made = next(row for row in opened.place.proposals.list() if row.organisation_id == other)
    assert opened.window.here().id == made.id
    assert not opened.place.proposals.page(made.id).values["understanding"]


def test_several_change_their_status_at_once(opened, proposal) -> None:
    client = opened.place.proposals.page(proposal).organisation_id
    opened.place.proposals.start(client)
    page = opened.show(Target("proposals"))
    menu = QMenu()
    rows = [row for row in page.model.rows() if row.status == "draft"]
    ids = {row.id for row in rows}
    page.fill_menu(menu, rows)
    inner = menu.actions()[0].menu()
    labels = [one.text() for one in inner.actions()]
    assert "Отправлено" not in labels
    next(one for one in inner.actions() if one.text() == "Согласовано").trigger()
    opened.settle()
    assert {row.status for row in opened.place.proposals.list() if row.id in ids} == {"approved"}
    opened.place.vault.history.undo()
    assert {row.status for row in opened.place.proposals.list() if row.id in ids} == {"draft"}
    menu.deleteLater()


def test_the_matrix_stands_in_signs_leads_to_a_column_and_notes_what_was_said(opened, proposal) -> None:
    page = opened.show(Target("proposal", proposal, "arguments"))
    step = page.arguments
    step.show_view("criteria")
    model = step.criteria
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal, page)
    assert model.gaps() == 0
    assert model.short(0, 0).startswith("№ ")
    heads, cells = model.table()
    assert len(heads) == len(cells[0]) - 1
    step.table.clicked.emit(model.index(0, 1))
    assert step._stack.currentIndex() == 0
    reader_id, column = next(iter(step.columns.items()))
    reader = opened.place.proposals.page(proposal).readers[0]
    argument = reader.chosen[0].argument_id
    column.asked.emit(argument, "told")
    opened.settle()
    menu = next(one for one in step.findChildren(QMenu) if one.isVisible())
    menu.actions()[0].trigger()
    menu.hide()
    opened.settle()
    card = opened.place.people.card(reader.person_id)
    assert [one.on for one in card.told if one.argument_id == argument] == [TODAY]
    assert reader_id == reader.id


def test_a_dropped_argument_leaves_a_gap_with_a_sign(opened, proposal) -> None:
    place = opened.place
    for _turn in range(12):
        reader = place.proposals.page(proposal).readers[2]
        if reader.uncovered or not reader.chosen:
            break
        place.proposals.drop(reader.id, reader.chosen[0].argument_id)
    page = opened.show(Target("proposal", proposal, "arguments"))
    model = page.arguments.criteria
    assert model.gaps()
    shown = [model.short(row, 2) for row in range(model.rowCount())]
    assert any("✕" in one for one in shown)
    assert "✕" in page.arguments.gaps.text()


def test_documents_are_asked_about_while_another_client_is_named(opened, proposal) -> None:
    other = opened.place.organisations.add("Завод «Юг»")
    made = opened.place.proposals.start(other, from_id=proposal)
    page = opened.show(Target("proposal", made, "documents"))
    left = [
        one.message
        for one in opened.place.proposals.page(made).findings
        if one.message.code == "check.other_client"
    ]
    assert left
    page.actions_table.action("proposal.make").trigger()
    dialog = open_dialog(opened, DialogBase)
    said = " ".join(one.text() for one in dialog.findChildren(QLabel))
    assert all(opened.kit.words.message(message) in said for message in left)
    dialog.reject()
    opened.settle()
    assert not opened.place.proposals.page(made).documents
