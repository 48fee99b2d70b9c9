"""Many documents from the windows: drafts of e-mails, the print queue, several proposals at once, what was sent, names of files."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from email import message_from_bytes, policy
from pathlib import Path

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from kamdesk.desktop.dialogs.batch_report import BatchReportDialog
from kamdesk.desktop.dialogs.mail_drafts import MailDraftsDialog
from kamdesk.desktop.dialogs.print_queue import PrintQueueDialog
from kamdesk.desktop.dialogs.proposal_send import SendDialog
from kamdesk.desktop.navigation.target import Target
from kamdesk.desktop.pages import proposals
from kamdesk.desktop.pages.output_desk import OutputDesk
from kamdesk.desktop.pages.proposal import ProposalEditPage
from kamdesk.desktop.pages.proposals import ProposalsPage
from kamdesk.desktop.settings_names import FileNamesSection
from kamdesk.services.generation import Audience

from .conftest import Opened


@pytest.fixture
def desk(opened: Opened) -> Opened:
    proposals.register(opened.desk, lambda _path: True)
    return opened


def made(opened: Opened) -> str:
    """The demo's proposal with its documents."""
    proposal = opened.place.proposals.list()[0].id
    opened.place.generation.generate(proposal)
    return proposal


def dialog_of(opened: Opened, kind: type):
    """The open dialog of a kind."""
    opened.settle()
    [found] = [one for one in QApplication.topLevelWidgets() if isinstance(one, kind) and one.isVisible()]
    return found


def menu_words(page: ProposalsPage, rows: Sequence[object]) -> list[str]:
    """What can be done with these rows."""
    from PySide6.QtWidgets import QMenu

    menu = QMenu(page)
    page.fill_menu(menu, rows)
    words = [action.text() for action in menu.actions()]
    menu.deleteLater()
    return words


def test_drafts_are_opened_saved_and_followed_by_the_question(desk: Opened, tmp_path: Path) -> None:
    proposal = made(desk)
    page = desk.show(Target("proposal", proposal, "documents"))
    assert isinstance(page, ProposalEditPage)
    page.documents.draft_mails()
    dialog = dialog_of(desk, MailDraftsDialog)
    readers = desk.place.proposals.page(proposal).readers
    assert len(dialog.cards()) == len(readers)
    opened: list[Path] = []
    dialog._open_file = lambda path: opened.append(path) or True
    dialog.open_draft(dialog.cards()[0])
    mail = message_from_bytes(opened[0].read_bytes(), policy=policy.default)
    assert mail["X-Unsent"] == "1"
    assert mail["Subject"]
    assert [part.get_filename() for part in mail.iter_attachments()] == list(
        dialog.cards()[0].draft.attachments
    )
    assert dialog.cards()[0].drag_data().urls()[0].toLocalFile() == str(opened[0])
    dialog.whom.setCurrentIndex(1)
    dialog.draft()
    desk.settle()
    assert len(dialog.cards()) == 1
    dialog.save_to(tmp_path / "drafts")
    desk.settle()
    assert [path.suffix for path in (tmp_path / "drafts").iterdir()] == [".eml"]
    dialog.reject()
    desk.settle()
    assert any("отметьте отправку" in text for text in desk.window.notices.texts())


def test_drafts_say_which_documents_are_older_and_make_them_anew(desk: Opened) -> None:
    proposal = made(desk)
    desk.place.proposals.edit(proposal, {"payment": "Предоплата 100 %"})
    page = desk.show(Target("proposal", proposal, "documents"))
    assert isinstance(page, ProposalEditPage)
    letter = next(one for one in page.documents.cards() if one.document.kind == "cover").document
    page.documents.draft_mails()
    dialog = dialog_of(desk, MailDraftsDialog)
    named = list(dict.fromkeys(name for card in dialog.cards() for name in card.draft.older))
    assert len(named) == len(page.documents.cards())
    assert not dialog.older.isHidden()
    assert all(name in dialog.older_words.text() for name in named)
    dialog.anew.click()
    desk.settle()
    assert dialog.cards() and not any(card.draft.older for card in dialog.cards())
    assert dialog.older.isHidden()
    dialog.reject()
    desk.settle()

    desk.place.proposals.edit(proposal, {"payment": "Предоплата 50 %"})
    desk.settle()
    now = next(
        one
        for one in desk.place.proposals.page(proposal).documents
        if one.is_current and (one.kind, one.reader_id) == (letter.kind, letter.reader_id)
    )
    page.documents.draft_mails(now.id)
    dialog = dialog_of(desk, MailDraftsDialog)
    assert not dialog.older.isHidden()
    dialog.anew.click()
    desk.settle()
    [card] = dialog.cards()
    assert card.draft.document_ids != (now.id,)
    assert dialog.older.isHidden()
    dialog.reject()


def test_the_print_queue_keeps_the_order_that_was_set(desk: Opened) -> None:
    proposal = made(desk)
    page = desk.show(Target("proposal", proposal, "documents"))
    assert isinstance(page, ProposalEditPage)
    page.documents.print_all()
    dialog = dialog_of(desk, PrintQueueDialog)
    n = dialog.list.count()
    assert n == len(page.documents.cards())
    dialog.down.click()
    dialog.list.item(2).setCheckState(dialog.list.item(2).checkState().Unchecked)
    assert dialog.places() == (1, 0, *range(3, n))
    dialog.reject()


def test_several_proposals_are_made_and_saved_and_one_problem_is_told(desk: Opened, tmp_path: Path) -> None:
    first = desk.place.proposals.list()[0]
    second = desk.place.proposals.start(first.organisation_id, from_id=first.id, subject="Вторая очередь")
    third = desk.place.proposals.start(first.organisation_id, from_id=first.id, subject="Без читателей")
    desk.place.proposals.set_readers(third, ())
    page = desk.show(Target("proposals", "", ""))
    assert isinstance(page, ProposalsPage)
    rows = [row for row in desk.place.proposals.list() if row.id in (first.id, second)]
    assert {"Создать документы", "Черновики писем…", "Печать…", "Сохранить в папку…"} <= set(
        menu_words(page, rows)
    )
    page.output.make([first.id, second, third])
    report = dialog_of(desk, BatchReportDialog)
    report.reject()
    for one in (first.id, second):
        assert desk.place.proposals.page(one).documents
    assert not desk.place.proposals.page(third).documents
    page.output.save([first.id, second], tmp_path / "out")
    desk.settle()
    count = sum(len(desk.place.proposals.page(one).documents) for one in (first.id, second))
    assert len(list((tmp_path / "out").iterdir())) == 2 * count


def test_a_cancelled_batch_tells_what_is_done(desk: Opened) -> None:
    first = desk.place.proposals.list()[0]
    page = desk.show(Target("proposals", "", ""))
    assert isinstance(page, ProposalsPage)
    assert isinstance(page.output, OutputDesk)
    more = [desk.place.proposals.start(first.organisation_id, from_id=first.id) for _ in range(3)]
    job = page.output.make(more)
    desk.kit.jobs.cancel(job)
    desk.settle()
    for one in more:
        documents = desk.place.proposals.page(one).documents
        assert len(documents) in (0, 1 + len(desk.place.proposals.page(one).readers))


def test_what_was_sent_shows_whom_how_and_the_hash(desk: Opened) -> None:
    proposal = desk.place.proposals.list()[0].id
    desk.place.generation.generate(proposal, Audience(letters=()))
    page = desk.show(Target("proposal", proposal, "documents"))
    assert isinstance(page, ProposalEditPage)
    page.documents.ask_send("platform")
    dialog = dialog_of(desk, SendDialog)
    assert dialog.channel.currentData() == "platform"
    readers = list(dialog.reader_ticks.values())
    assert len(readers) == len(desk.place.proposals.page(proposal).readers)
    for tick in readers:
        tick.setChecked(False)
    dialog.next_date.setText("10.03.2026")
    dialog.accept()
    assert "кому ушло" in dialog.problem.text()
    dialog.recipient.setText("Площадка «Заказ»")
    dialog.accept()
    desk.settle()
    sent = desk.place.proposals.page(proposal).dispatches
    assert {one.recipient for one in sent} == {"Площадка «Заказ»"}
    assert len(sent) == 2
    shown = " ".join(
        label.text() for label in page.documents.sent.findChildren(type(page.documents._nothing))
    )
    assert "Площадка «Заказ»" in shown
    assert sent[0].sha256[:16] in shown
    page.documents.sent.print_list()
    from kamdesk.desktop.dialogs.print_dialog import PrintDialog

    dialog_of(desk, PrintDialog).reject()


def test_a_pattern_shows_an_example_and_is_stored_when_it_can_be(desk: Opened) -> None:
    section = FileNamesSection(desk.kit, date(2026, 3, 5))
    chosen: list[str] = []
    section.chosen.connect(chosen.append)
    section.show()
    section.line.setText("{клиент} {стенс}")
    assert "стенс" in section.problem.text()
    section._keep()
    assert not chosen
    section.line.setText("{клиент} - ")
    section._put("date")
    assert "2026-03-05" in section.shown.text()
    section._keep()
    assert chosen == ["{клиент} - {дата}"]
    QTest.qWait(1)
    section.hide()
    section.deleteLater()
